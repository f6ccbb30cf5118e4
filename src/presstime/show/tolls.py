"""Tolls as sentences: each figure with its qualifier, its giver and its moment; givers side by side, never added up.

In: the index and the names so far. Out: `Toll`s, a sentence and the figures it rests on: what each giver says now, what each said
before, and parts beside their whole. A place is told only where the figure's own words name it.
Example: "According to the Health Ministry, at least 12 people were killed in Velm, as of the morning of 3 March; according to the
Velm Council, 15."
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from presstime.findings import Line, Series
from presstime.records import MEASURES, Figure, Record
from presstime.show.figures import is_past, series_order
from presstime.show.material import Index
from presstime.show.naming import Names
from presstime.show.toll_words import NO_PEOPLE, figure_tail, toll_counted, toll_noun, toll_phrase, toll_place
from presstime.show.weave import quoted, stop
from presstime.show.wording import (
    WORDS,
    amount_words,
    bound_words,
    capital,
    is_worded,
    join_words,
    number_words,
    plural_noun,
)

__all__ = ["Toll", "figure_tail", "is_part", "main_series", "toll_headline", "toll_phrase", "toll_sentences", "tolls_left_out"]

MAX_TOLLS = 4
"""Counts of one measure that the lead tells; more places and groups are in the report."""
MAX_GIVERS = 6
MAX_RUNS = 3
"""Turns, up or down, that are told; of more, how many there were."""
MAX_STEPS = 4
"""Revisions in one direction that are told one by one."""
_LEAD = frozenset({"killed", "injured", "missing", "detained", "displaced"})
"""Measures whose first series stands in the lead."""
_HEADLINE = _LEAD | {"destroyed"}


class Toll(Record, frozen=True):
    """A sentence about figures, the figures it rests on, and what they count."""

    measure: str
    words: str
    figures: tuple[str, ...]


def _last(index: Index, series: Series, line: Line) -> Figure | None:
    """The figure a giver has not replaced."""
    points = [point for point in line.points if point.figure in index.figures]
    current = [point for point in points if point.superseded_by is None] or points
    latest = [point for point in current if point.figure in series.latest] or current
    if not latest:
        return None
    figure = index.figures[latest[-1].figure]
    same = [index.figures[one] for one in latest[-1].also if one in index.figures]
    # what an outlet tells in its own voice may have been joined to the giver's line: the giver's own words are the ones to tell
    own = [one for one in (figure, *same) if one.statement is not None]
    return own[0] if own else figure


def is_part(index: Index, series: Series) -> bool:
    """Whether a series counts parts of other figures, or what comes on top of them."""
    figures = [index.figures[point.figure] for line in series.lines for point in line.points if point.figure in index.figures]
    return series.scope in ("part", "more") or (bool(figures) and all(figure.part_of is not None for figure in figures))


def _ordered(index: Index, *, past: bool) -> list[Series]:
    held = [s for s in index.material.findings.series if (s.scope == "past" or is_past(index, s)) == past and s.lines]
    return sorted((s for s in held if not is_part(index, s)), key=lambda series: _weight(index, series))


def _weight(index: Index, series: Series) -> tuple[object, ...]:
    """Within a measure the whole event's first, then the most told; running totals and counts of groups behind those of everyone."""
    past, measure, grouped, points = series_order(index, series)
    vague = all(point.low is None and point.high is None for line in series.lines for point in line.points)
    placed = any(index.figures[p.figure].place in index.places for line in series.lines for p in line.points if p.figure in index.figures)
    apart = placed and series.place is not None
    return (past, measure, vague, series.scope == "total", grouped, apart, -_documents(index, series), points, _first(index, series))


def _documents(index: Index, series: Series) -> int:
    return len({index.document_of[f] for line in series.lines for p in line.points for f in (p.figure, *p.also) if f in index.document_of})


def _first(index: Index, series: Series) -> tuple[str, int]:
    """Where the series is first told: an order that no name decides."""
    figures = [index.figures[p.figure] for line in series.lines for p in line.points if p.figure in index.figures]
    return min(((index.documents[index.document_of[f.id]].published or "9", f.start) for f in figures), default=("9", 0))


def _by_weight(index: Index, series: Series) -> list[tuple[Line, Figure]]:
    """A series' givers with their last figures, those told by most documents first, the newest first among equals.

    A document of which it is not known who published it comes last.
    """
    lines = [(line, figure) for line in series.lines if (figure := _last(index, series, line)) is not None]

    def weight(held: tuple[Line, Figure]) -> tuple[bool, int, str]:
        line, figure = held
        documents = {index.document_of[f] for p in line.points for f in (p.figure, *p.also) if f in index.document_of}
        named = figure.statement is not None or index.documents[index.document_of[figure.id]].outlet is not None
        return named, len(documents), max((index.documents[one].published or "" for one in documents), default="")

    lines.sort(key=lambda held: held[1].start)
    return sorted(lines, key=weight, reverse=True)


def _same_value(one: Figure, other: Figure) -> bool:
    return (one.low, one.high, one.qualifier, toll_noun(one)) == (other.low, other.high, other.qualifier, toll_noun(other))


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two givers' figures are told in one clause: the same value, place and certainty."""
    return _same_value(one, other) and one.place == other.place and one.certainty == other.certainty


def toll_headline(index: Index, names: Names) -> tuple[str, tuple[str, ...]]:
    """The most told toll for the headline, with its giver, and the figures it rests on; a second giver's where that differs."""
    for series in _ordered(index, past=False):
        given = [(line, f) for line, f in _by_weight(index, series) if f.low is not None and not is_worded(f)]
        if series.measure not in _HEADLINE or not given:
            continue
        line, figure = given[0]
        noun = toll_noun(figure)
        counted = "" if noun in ("people", "person") else f" {noun}"
        feared = "feared " if figure.certainty == "feared" else ""
        words = f"{amount_words(figure)}{counted} {feared}{WORDS.measure[figure.measure].verb}, according to {names.plain(_giver(line))}"
        other = next(((o, f) for o, f in given[1:] if (f.low, f.high) != (figure.low, figure.high) and toll_noun(f) == noun), None)
        if other is None:
            return words, (figure.id,)
        return f"{words}; {amount_words(other[1])}, according to {names.plain(_giver(other[0]))}", (figure.id, other[1].id)
    return "", ()


def _giver(line: Line) -> str:
    return line.actor or line.giver


def main_series(index: Index) -> Series | None:
    """The series that the headline tells, as far as one has a number."""
    held = [series for series in _ordered(index, past=False) if series.measure in _HEADLINE]
    return next((s for s in held if any(p.low is not None for line in s.lines for p in line.points)), None)


def toll_sentences(index: Index, names: Names, which: Literal["main", "other", "past"]) -> list[Toll]:
    """Sentences for the series: what each giver says, what was before, and the parts.

    "main" are the series of each measure that a story leads with: the first, and those of givers who are not in it, so that one
    side's dead do not stand behind the other's; "other" are the rest of this event, "past" those of earlier ones.
    """
    found: list[Toll] = []
    held = _ordered(index, past=which == "past")
    for measure in MEASURES:
        mine = [series for series in held if series.measure == measure and (measure != "population")]
        if which != "past":
            leading = _leading(mine[:MAX_TOLLS]) if measure in _LEAD else []
            mine = leading if which == "main" else [series for series in mine[:MAX_TOLLS] if series not in leading]
        for series in mine[:MAX_TOLLS]:
            found.extend(_of_series(index, names, series))
    return found


def _leading(held: list[Series]) -> list[Series]:
    """The first series, and each with a number by somebody who has no line in those before it."""
    found: list[Series] = []
    givers: set[str] = set()
    for series in held:
        mine = {_giver(line) for line in series.lines if any(p.low is not None or p.high is not None for p in line.points)}
        if not found or mine - givers:
            found.append(series)
            givers |= mine
    return found


def tolls_left_out(index: Index) -> int:
    """How many counts of this event are not told."""
    counts = [sum(s.measure == measure for s in _ordered(index, past=False)) for measure in MEASURES if measure != "population"]
    return sum(max(0, count - MAX_TOLLS) for count in counts)


def _of_series(index: Index, names: Names, series: Series) -> list[Toll]:
    given = _by_weight(index, series)[:MAX_GIVERS]
    found: list[Toll] = []
    numbered = [(line, f) for line, f in given if (f.low is not None or f.high is not None) and not is_worded(f)]
    if numbered:
        found.append(_side_by_side(index, names, series, numbered))
        found.extend(_conflict(index, names, series, numbered))
    for line, figure in given:
        if (line, figure) not in numbered and figure.measure != "affected":
            found.append(_worded(index, names, line, figure))
    for line, figure in numbered:
        if (before := line_revisions(index, names, line, figure)) is not None:
            found.append(before)
    for _, figure in numbered:
        found.extend(_parts(index, names, figure))
    return found


def _side_by_side(index: Index, names: Names, series: Series, given: list[tuple[Line, Figure]]) -> Toll:
    """The givers of one count, those of the same figure together, the others beside them."""
    groups: list[list[tuple[Line, Figure]]] = []
    for line, figure in given:
        held = next((group for group in groups if _alike(group[0][1], figure)), None)
        if held is None:
            groups.append([(line, figure)])
        else:
            held.append((line, figure))
    pieces: list[str] = []
    first_where = toll_place(index, given[0][1])
    for group in groups:
        figure = group[0][1]
        givers = join_words(list(dict.fromkeys(names.told(_giver(line)) for line, _ in group)))
        where = toll_place(index, figure)
        tails = list(dict.fromkeys(figure_tail(index, one) for _, one in group))
        tail = tails[0] if len(tails) == 1 else ""
        bare = bool(pieces)
        phrase = toll_phrase(figure, where, bare=bare)
        if bare:
            sure = figure.certainty if figure.certainty in ("feared", "confirmed") else None
            phrase += f" {sure} {WORDS.measure[figure.measure].verb}" if sure else ""
            phrase += where if where != first_where else ""
        pieces.append(f"according to {givers}, {phrase}{tail}")
    figures = tuple(f for line, figure in given for f in (figure.id, *_same(index, line, figure)))
    words = "; ".join(pieces).replace(",,", ",")
    return Toll(measure=series.measure, words=stop(capital(words)), figures=figures)


def _conflict(index: Index, names: Names, series: Series, given: list[tuple[Line, Figure]]) -> list[Toll]:
    """That figures told side by side cannot all be right, as combine found it; which of them is, nobody says here."""
    held = {figure.id: line for line, figure in given}
    of = {one: line for line, figure in given for one in (figure.id, *(f for p in line.points for f in (p.figure, *p.also)))}
    noun = {line: toll_noun(figure) for line, figure in given}
    pairs = [(of[c.one], of[c.other]) for c in series.conflicts if c.one in of and c.other in of]
    pairs = [(one, other) for one, other in pairs if one in noun and other in noun and noun[one] == noun[other]]
    if not pairs:
        return []
    lines: list[Line] = []
    for line in held.values():
        if any(line in pair for pair in pairs):
            lines.append(line)
    if len(lines) < 2:
        return []
    givers = join_words([names.told(_giver(line)) for line in lines])
    figures = tuple(figure.id for line, figure in given if line in lines)
    verb = WORDS.measure[series.measure].verb
    return [
        Toll(measure=series.measure, words=f"The numbers of {toll_counted(given[0][1])} {verb} given by {givers} differ.", figures=figures)
    ]


def _worded(index: Index, names: Names, line: Line, figure: Figure) -> Toll:
    bound = f" ({bound_words(figure, spelled=True)})" if is_worded(figure) else ""
    giver = capital(names.told(_giver(line)))
    counted = f"{toll_counted(figure)} {WORDS.measure[figure.measure].verb}"
    words = f"{giver} gave no number of {counted}{toll_place(index, figure)} but the words {quoted(figure.words)}{bound}"
    return Toll(measure=figure.measure, words=stop(words.replace(",,", ",")), figures=(figure.id,))


def line_revisions(index: Index, names: Names, line: Line, figure: Figure) -> Toll | None:
    """What a giver said before and how it changed: "raised the figure from five to 18 and then lowered it to 15"."""
    steps: list[Figure] = []
    for point in line.points:
        one = index.figures.get(point.figure)
        if one is None or (one.low is None and one.high is None) or is_worded(one):
            continue
        if (one.id == figure.id or point.superseded_by is not None) and (not steps or not _same_value(steps[-1], one)):
            steps.append(one)
    if steps and steps[-1].id != figure.id and not _same_value(steps[-1], figure):
        return None
    if len(steps) < 2:
        return None
    runs: list[tuple[str, list[Figure]]] = []
    for before, after in pairwise(steps):
        way = _way(before, after)
        if runs and runs[-1][0] == way and way != "changed":
            runs[-1][1].append(after)
        else:
            runs.append((way, [after]))
    counted = (
        f"{'' if toll_noun(figure) in ('people', 'person') else plural_noun(toll_noun(figure)) + ' '}{WORDS.measure[figure.measure].verb}"
    )
    giver = capital(names.told(_giver(line)))
    if len(runs) > MAX_RUNS:
        often = f"{number_words(len(steps) - 1)} times, from {_amount(steps[0])} first to {_amount(steps[-1])} last"
        words = f"{giver} changed the number of {_people(counted, figure)} {often}"
        return Toll(measure=figure.measure, words=stop(words.replace(",,", ",")), figures=(steps[-1].id, steps[0].id))
    first = f"{giver} {runs[0][0]} the number of {_people(counted, figure)} from {_amount(steps[0])} to {_climb(runs[0][1])}"
    rest = [f"{way} it to {_climb(reached)}" for way, reached in runs[1:]]
    words = (
        (", and then " if len(runs[0][1]) > 1 else " and then ").join([first, *rest])
        if len(rest) < 2
        else f"{first}, {', '.join(rest[:-1])} and then {rest[-1]}"
    )
    return Toll(measure=figure.measure, words=stop(words.replace(",,", ",")), figures=tuple(one.id for one in reversed(steps)))


def _climb(reached: list[Figure]) -> str:
    """The figures that a giver went through on one way: "at least 12 and then to 19"; of many, only the last."""
    amounts = [_amount(one) for one in (reached if len(reached) <= MAX_STEPS else reached[-1:])]
    return amounts[0] if len(amounts) == 1 else f"{', then to '.join(amounts[:-1])} and then to {amounts[-1]}"


def _people(counted: str, figure: Figure) -> str:
    return f"{toll_counted(figure)} {counted}" if counted == WORDS.measure[figure.measure].verb else counted


def _amount(figure: Figure) -> str:
    if figure.qualifier == "range" and figure.low is not None and figure.high is not None:
        return f"between {number_words(figure.low)} and {number_words(figure.high)}"
    return amount_words(figure, spelled=True)


def _way(before: Figure, after: Figure) -> str:
    """Whether a figure went up or down; a bound that is only made firmer, or the other way about, was changed."""
    one = before.low if before.low is not None else before.high
    other = after.low if after.low is not None else after.high
    if one is None or other is None or one == other:
        return "changed"
    return "raised" if other > one else "lowered"


def _parts(index: Index, names: Names, whole: Figure) -> list[Toll]:
    """The parts of a figure beside it: "Of the 80 people injured given by the ministry, 15 were civilians."."""
    found: list[Toll] = []
    for line, part in _parts_of(index).get(whole.id, ()):
        own = index.figures.get(part.part_of or "")
        whole = own if own is not None and own.measure == whole.measure else whole
        verb = WORDS.measure[whole.measure].verb
        group = part.of if part.measure in NO_PEOPLE else part.group
        be = "was" if part.low == part.high == 1 else "were"
        if part.low is None and part.high is None:
            continue
        if part.measure != whole.measure:
            what = f"{be} {WORDS.measure[part.measure].verb}"
        elif group and group != whole.group:
            what = f"{be} {'a ' if part.low == part.high == 1 else ''}{toll_noun(part)}"
        elif toll_place(index, part) and toll_place(index, part) != toll_place(index, whole):
            what = f"{be}{toll_place(index, part)}"
        else:
            continue
        amount = amount_words(part, spelled=True)
        giver = names.told(_giver(line))
        the = "the " if whole.qualifier == "exact" else ""
        tail = ", by preliminary information" if part.certainty == "preliminary" else ""
        words = f"According to {giver}, {amount} of {the}{amount_words(whole, spelled=True)} {toll_noun(whole)} {verb} {what}{tail}"
        found.append(Toll(measure=whole.measure, words=stop(words.replace(",,", ",")), figures=(part.id, whole.id)))
    return found


def _parts_of(index: Index) -> dict[str, list[tuple[Line, Figure]]]:
    """The parts by the figure that has them, or that says the same."""
    kept: dict[str, list[tuple[Line, Figure]]] = {}
    same: dict[str, str] = {}
    for series in index.material.findings.series:
        for line in series.lines:
            for point in line.points:
                same.update(dict.fromkeys(point.also, point.figure))
    for series in index.material.findings.series:
        if series.scope == "past":
            continue
        for line in series.lines:
            for point in line.points:
                part = index.figures.get(point.figure)
                if part is not None and part.part_of is not None and point.superseded_by is None:
                    kept.setdefault(same.get(part.part_of, part.part_of), []).append((line, part))
    return kept


def _same(index: Index, line: Line, figure: Figure) -> list[str]:
    """Other documents' records of the very same figure; two are enough for a note."""
    also = [f for p in line.points if p.figure == figure.id for f in p.also]
    same = [p.figure for p in line.points if p.figure != figure.id]
    found: Iterable[str] = (one for one in (*also, *same) if one in index.figures)
    return [one for one in found if _same_value(index.figures[one], figure) and index.figures[one].as_of == figure.as_of][:2]
