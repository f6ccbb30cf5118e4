"""A figure in running text: its amount, whom it counts, where and as of when.

In: a figure and the index. Out: a clause, and what stands behind it. A place is told only where the figure's own words name it.
Example: "at least 12 people were killed in Velm" and " as of the morning of 3 March".
"""

from __future__ import annotations

import re

from presstime.records import Figure, Place
from presstime.show.material import Index, place_name
from presstime.show.moments import moment_words, timex_words
from presstime.show.naming import the_place
from presstime.show.weave import quoted
from presstime.show.wording import WORDS, amount_words, bound_words, is_worded, plural_noun, singular_noun

__all__ = ["NO_PEOPLE", "figure_tail", "toll_counted", "toll_noun", "toll_phrase", "toll_place"]

NO_PEOPLE = frozenset({"destroyed"})
"""Measures of things, whose noun is what was destroyed."""
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|around|outside|inside|across|on|from|to|of|through|into|over|off|above|below)\s(?:[\w’'-]+\s){0,2}\Z"
)


def toll_noun(figure: Figure) -> str:
    """Whom or what a figure counts, in its number: "people", "child", "houses"."""
    noun = (figure.of if figure.measure in NO_PEOPLE else figure.group) or ("things" if figure.measure in NO_PEOPLE else "people")
    return singular_noun(noun) if figure.low == figure.high == 1 else plural_noun(noun)


def toll_counted(figure: Figure) -> str:
    """Whom or what a measure counts at large: "people", "houses"."""
    return plural_noun(figure.of or "things") if figure.measure in NO_PEOPLE else "people"


def toll_phrase(figure: Figure, where: str = "", *, bare: bool = False) -> str:
    """A figure as a clause: "at least 12 people were killed"; where it gives no numeral, its own words, quoted.

    With `bare`, only the amount and whom it counts, for the second of two givers.
    """
    verb = WORDS.measure[figure.measure].verb
    if (figure.low is None and figure.high is None) or is_worded(figure):
        bound = f" ({bound_words(figure, spelled=True)})" if is_worded(figure) else ""
        return f"{verb}: {quoted(figure.words)}{bound}"
    amount = " ".join(filter(None, (amount_words(figure, spelled=True), toll_noun(figure))))
    amount = re.sub(r"\A0 ", "no ", amount)
    if bare:
        return amount_words(figure, spelled=True) if toll_noun(figure) in ("people", "person") else amount
    one = figure.low == figure.high == 1
    if figure.measure == "population":
        return f"{amount} {'lives' if one else 'live'}{where or ' there'}"
    sure = f"{figure.certainty} " if figure.certainty in ("feared", "confirmed") else ""
    return f"{amount} {'was' if one else 'were'} {sure}{verb}{where}"


def toll_place(index: Index, figure: Figure) -> str:
    """The figure's place as its own source spells it: never one that was only found near it."""
    place = index.places.get(figure.place or "")
    if place is None or place.use != "literal" or _in_a_name(index, place):
        return ""
    at = "at" if place.kind in ("facility", "camp", "front") else "in"
    return f" {at} {the_place(index, place_name(index, figure.place) or place.name)}"


def _in_a_name(index: Index, place: Place) -> bool:
    """Whether a place was read within the name of a body, whose seat need not be where people were killed, or as an adjective."""
    document = index.document_of[place.id]
    for one in index.readings[document].actors:
        for span in one.mentions:
            if span.start <= place.start and place.end <= span.end and (span.start, span.end) != (place.start, place.end):
                return True
    before = index.documents[document].text[max(0, place.start - 40) : place.start]
    return place.name.lower().endswith(WORDS.grammar.demonym_ends) and _LOCATIVE.search(before) is None


def _short(index: Index, when: str) -> str:
    """A moment without the year, where that is the story's."""
    return re.sub(rf" {index.material.as_of[:4]}\Z", "", when)


def figure_tail(index: Index, figure: Figure) -> str:
    """What a figure is as of, and what else its source says of it."""
    tail = ""
    published = index.documents[index.document_of[figure.id]].published
    if figure.as_of and figure.scope == "past":
        when = timex_words(figure.as_of) or ""
        tail = f" in {when}" if re.fullmatch(r"\d{4}(-\d\d)?", figure.as_of) else f" on {when}"
        tail = "" if (published or "").startswith(figure.as_of[:10]) else tail
    elif figure.as_of and figure.as_of != published:
        tail = f" as of {_moment(index, figure.as_of)}"
    elif published:
        tail = f" (published {_moment(index, published)})"
    if figure.scope == "total":
        tail += ", as a running total"
    if figure.certainty == "preliminary":
        tail += ", by preliminary information"
    return tail


def _moment(index: Index, value: str) -> str:
    if re.search(r"T\d\d:\d\d.*(?:[+-]\d\d:\d\d|Z)\Z", value):
        return _short(index, moment_words(value, index.material.time_zone) or value)
    return _short(index, timex_words(value) or value)
