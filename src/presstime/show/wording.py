"""The record's own words: from a figure, an act or a type to plain English, the same for every actor.

In: a Figure or Point, an Act, a Measure. Out: words from words.toml, never an outlet's.
Example: a figure with low 80 and qualifier "at-least" is worded "at least 80".
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from presstime.findings import Point, Series
from presstime.records import Figure

__all__ = [
    "WORDS",
    "ActWords",
    "Grammar",
    "MeasureWords",
    "Words",
    "amount_words",
    "bound_words",
    "capital",
    "counted_words",
    "country_names",
    "country_words",
    "is_worded",
    "join_words",
    "number_words",
    "plural",
    "plural_noun",
    "series_title",
    "singular_noun",
]


class ActWords(msgspec.Struct, frozen=True):
    """What an act is called, and the verbs that introduce it; `asks` before what should be done ("that both sides open the river").

    With `ahead`, the verbs are for words of what will be; before other words of this act the verb is a claim's.
    """

    noun: str
    says: str
    that: str
    asks: str = "asked that"
    ahead: bool = False


class MeasureWords(msgspec.Struct, frozen=True):
    """What a measure is called in a heading and in a sentence."""

    title: str
    verb: str


class Grammar(msgspec.Struct, frozen=True):
    """Closed classes of English words, lower case."""

    clausal_cues: frozenset[str]
    deny_cues: frozenset[str]
    auxiliaries: frozenset[str]
    finite: frozenset[str]
    no_clause_starts: frozenset[str]
    lower_starts: frozenset[str]
    days: frozenset[str]
    pronouns: frozenset[str]
    abbreviations: frozenset[str]
    first_person: frozenset[str]
    anaphors: frozenset[str]
    claim_nouns: frozenset[str]
    today: frozenset[str]
    modals: frozenset[str]
    subjunctive_cues: frozenset[str]
    expletive_verbs: frozenset[str]
    bare_plurals: frozenset[str]
    headed_roles: frozenset[str]
    relative_roles: frozenset[str]
    demonym_ends: tuple[str, ...]
    place_nouns: frozenset[str]
    negators: frozenset[str]
    body_nouns: frozenset[str]
    empty_after_modal: frozenset[str]
    pointing_subjects: frozenset[str]
    future: frozenset[str]
    willing: frozenset[str]
    run_on: frozenset[str]
    when_words: frozenset[str]
    nameless: frozenset[str]
    body_roles: frozenset[str]
    role_adjectives: frozenset[str]
    common_groups: frozenset[str]


class Translation(msgspec.Struct, frozen=True):
    """By which words a document says that it is a translation."""

    marks: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """All of words.toml."""

    act: dict[str, ActWords]
    measure: dict[str, MeasureWords]
    qualifier: dict[str, str]
    certainty: dict[str, str]
    event: dict[str, str]
    standing: dict[str, str]
    form: dict[str, str]
    review: dict[str, str]
    small: dict[str, str]
    kind: dict[str, str]
    part_of_day: dict[str, str]
    season: dict[str, str]
    medium: dict[str, str]
    translation: Translation
    plural: dict[str, str]
    grammar: Grammar


class _Country(msgspec.Struct, frozen=True):
    """What is needed of a line of the gazetteer's countries."""

    names: tuple[str, ...]


@cache
def _load() -> Words:
    return msgspec.toml.decode(files("presstime.show").joinpath("words.toml").read_bytes(), type=Words)


WORDS = _load()
"""The words, read once."""


@cache
def _countries() -> dict[str, str]:
    table = msgspec.toml.decode(files("presstime.gazetteer").joinpath("countries.toml").read_bytes(), type=dict[str, _Country])
    return {code: country.names[0] for code, country in table.items()}


@cache
def country_names() -> frozenset[str]:
    """The names of all countries that have an ISO 3166 code."""
    return frozenset(_countries().values())


def country_words(country: str | None) -> str | None:
    """A country's name from its ISO 3166 code; what is no code is given as it stands."""
    return _countries().get(country, country) if country and len(country) == 2 else country


def number_words(number: int | None) -> str:
    """A number as it is set in print: thousands parted by commas."""
    return "?" if number is None else f"{number:,}"


def amount_words(amount: Figure | Point, *, spelled: bool = False) -> str:
    """A figure's bounds in words, with its qualifier: "at least 80", "10 to 12", "no number given".

    With `spelled`, numbers below ten are words, as in running text. A bound for which the source has no numeral stands
    in brackets behind its own words: "“several insurgents” (at least 3)".
    """
    bounds = bound_words(amount, spelled=spelled)
    return f"“{amount.words}” ({bounds})" if isinstance(amount, Figure) and is_worded(amount) else bounds


def is_worded(figure: Figure) -> bool:
    """Whether a small bound comes from a word that is no numeral: "several insurgents" are at least three."""
    spelled = WORDS.small.get(str(figure.low))
    if figure.qualifier != "at-least" or spelled is None:
        return False
    words = figure.words.lower()
    return not any(character.isdigit() for character in words) and spelled not in words.replace("-", " ").split()


def bound_words(amount: Figure | Point, *, spelled: bool = False) -> str:
    """A figure's bounds alone, with its qualifier: "at least 3"."""
    if amount.low is None and amount.high is None:
        return WORDS.qualifier["vague"]
    low = amount.low if amount.low is not None else amount.high
    high = amount.high if amount.high is not None else amount.low
    numbers = {"low": number_words(low), "high": number_words(high)}
    if spelled:
        numbers = {side: WORDS.small.get(number, number) for side, number in numbers.items()}
    return WORDS.qualifier[amount.qualifier].format(**numbers)


def series_title(series: Series, place: str | None) -> str:
    """A series' heading: "Killed: children, Velm"."""
    of = [word for word in (series.of, series.group, place) if word]
    title = WORDS.measure[series.measure].title
    return f"{title}: {', '.join(of)}" if of else title


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count and its noun: "1 document", "14 documents"."""
    return f"{number_words(count)} {one if count == 1 else many or one + 's'}"


def plural_noun(noun: str) -> str:
    """A noun for more than one: "house" and "houses" are both "houses", "person" is "people"."""
    last = noun.split()[-1].lower() if noun.split() else ""
    if last in WORDS.plural:
        return noun[: len(noun) - len(last)] + WORDS.plural[last]
    if not last or last.endswith("s") or last.endswith("men") or last in WORDS.plural.values():
        return noun
    if last.endswith("man") and last not in ("human", "german", "roman", "ottoman"):
        return f"{noun[:-3]}men"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}{'es' if last.endswith(('ch', 'sh', 'x', 'z')) else 's'}"


def singular_noun(noun: str) -> str:
    """A noun for one: "houses" and "house" are both "house"."""
    last = noun.split()[-1].lower() if noun.split() else ""
    one = next((single for single, many in WORDS.plural.items() if many == last), None)
    if one is not None:
        return noun[: len(noun) - len(last)] + one
    if last.endswith("men"):
        return f"{noun[:-3]}man"
    if last.endswith("ies"):
        return f"{noun[:-3]}y"
    if last.endswith(("ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if last.endswith("s") and not last.endswith("ss") else noun


def counted_words(count: int, one: str, many: str | None = None) -> str:
    """A count and its noun in running text: "no outlet", "one document", "14 documents"."""
    amount = WORDS.small.get(str(count), number_words(count)) if count else "no"
    return f"{amount} {one if count <= 1 else many or one + 's'}"


def join_words(names: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Names in a row: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def capital(words: str) -> str:
    """The words with their first letter upper case, the rest untouched."""
    return words[:1].upper() + words[1:]
