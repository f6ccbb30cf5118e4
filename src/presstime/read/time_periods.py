"""A mention of a year, or of what years are made into → its TIMEX3 value.

In: a mention's groups ("the", "spring", "2019") and what is known of the telling. Out: a value, or None where the words
name no time.

Example: "the third quarter of 2020" → "2020-Q3"
"""

from __future__ import annotations

from presstime.read.time_state import Groups, State, Tense, Value, direction, rests_on
from presstime.read.timex import full_year, time_table

__all__ = ["century", "decade", "ordinal", "quarter", "season", "short_year", "year_range", "year_written"]


def year_range(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The years of 1914–18; the first is the range's own."""
    first, last = int(groups["y1"]), groups["y"]
    year = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return Value(f"{year:04d}", earlier=f"{first:04d}") if year > first else None


def year_written(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A year that is written out, before or after Christ."""
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}", approximate=bool(groups.get("near")))
    return Value(f"{full_year(groups['y']):04d}", approximate=bool(groups.get("near")))


def short_year(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A year of two digits: in a history the one nearest to where the story is."""
    if state.anchor is None and state.story_year is not None and not state.before_christ:
        century = state.story_year - state.story_year % 100
        near = min((century + shift + int(groups["y"]) for shift in (0, -100, 100)), key=lambda year: abs(year - (state.story_year or 0)))
        return Value(f"{near:04d}", by="story")
    return year_written(groups, state, tense)


def decade(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The 1990s, the nineties."""
    if "decade" in groups:
        return Value(f"{groups['decade'][:3]}X", approximate=any(groups.get(key) for key in ("near", "near2", "near3")))
    tens = int(groups["short"][0]) if "short" in groups else int(time_table()["decades"][groups["word"]])
    century = 19 if state.told_year() is None or (state.told_year() or 0) >= 1920 else (state.told_year() or 0) // 100
    return Value(f"{century}{tens}X", by="story")


def century(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The 19th century, as the first two digits of its years."""
    number = ordinal(groups["nth"]) - 1
    return Value(f"{'BC' if 'bc' in groups else ''}{number:02d}") if 0 <= number <= 29 else None


def quarter(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A quarter or half of a year."""
    if "q" in groups or "q2" in groups:
        return Value(f"{groups.get('y2') or groups.get('y3')}-Q{groups.get('q') or groups.get('q2')}")
    year = int(groups["y"]) if "y" in groups else state.told_year()
    if year is None:
        return None
    year += direction(groups.get("which", "")) if "y" not in groups else 0
    letter, most = ("H", 2) if groups["what"] == "half" else ("Q", 4)
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": most, "final": most, "latter": most}[groups["nth"]]
    return Value(f"{year:04d}-{letter}{number}", by="written" if "y" in groups else rests_on(state)) if number <= most else None


def season(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A season, of the year that is written or that the story is at."""
    code = time_table()["seasons"][groups["season"]]
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    rough = any(groups.get(key) for key in ("near", "near2"))
    if "bare" in groups and state.anchor:
        return None  # "winter coats"
    if groups.get("bare") == "kind" and code == "WI":
        return Value(f"XXXX-{code}", by="story")
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}-{code}")
    if "lby" in groups:
        return Value(f"BC{int(groups['lby']):04d}-{code}")
    if "y" in groups or "ly" in groups:
        return Value(f"{groups.get('y') or groups['ly']}-{code}", approximate=rough)
    told = state.told_year()
    if told is None:
        return Value(f"XXXX-{code}", by="story")
    which = groups.get("which", "")
    told = (state.year or told) if which.startswith(("that", "the same")) else told
    if state.anchor and which.startswith(("last", "next", "this")):
        told = state.anchor.year
    month = state.anchor.month if state.anchor and told == state.anchor.year else state.story_month
    if "which2" in groups:
        told += direction(groups["which2"])
    elif direction(which) < 0:
        told -= month is not None and (middle + 1 >= month if state.anchor else True)
    elif direction(which) > 0:
        told += month is not None and (middle - 1 <= month)
    elif code == "WI" and month is not None and month >= 9:
        told += -1 if state.before_christ else 1
    return Value(f"{'BC' if state.before_christ and not state.anchor else ''}{told:04d}-{code}", approximate=rough, by=rests_on(state))


def ordinal(words: str) -> int:
    """The number of "3rd" or "third"."""
    return int(words[:-2]) if words[0].isdigit() else int(time_table()["ordinals"][words])
