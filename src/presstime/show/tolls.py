"""Tolls as sentences: each figure with its qualifier, its giver and its moment; givers side by side, never added up.

In: the index. Out: pairs of a sentence and the figures it rests on.
Example: "At least 12 people were killed in Velm as of the morning of 3 March 2026, according to the Ledovian Health Ministry."
"""

from __future__ import annotations

from presstime.findings import Line, Series
from presstime.records import Figure
from presstime.show.figures import is_past, series_order
from presstime.show.material import Index, place_name
from presstime.show.moments import timex_words
from presstime.show.weave import quoted, stop, the_name
from presstime.show.wording import WORDS, amount_words, capital, join_words

__all__ = ["toll_headline", "toll_phrase", "toll_sentences"]

MAX_TOLLS = 6
_SINGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}


def _noun(figure: Figure) -> str:
    noun = (figure.of if figure.measure == "destroyed" else figure.group) or ("" if figure.measure == "destroyed" else "people")
    if figure.low == figure.high == 1:
        return _SINGULAR.get(noun, noun.removesuffix("s"))
    return noun


def toll_phrase(figure: Figure) -> str:
    """A figure as a clause: "at least 12 people were killed"; where it gives no number, its own words, quoted."""
    if figure.low is None and figure.high is None:
        return f"{WORDS.measure[figure.measure].verb}: {quoted(figure.words)}, no number given"
    one = figure.low == figure.high == 1
    be = "was" if one else "were"
    counted = " ".join(filter(None, (amount_words(figure, spelled=True), _noun(figure))))
    if figure.measure == "population":
        return f"{counted} {'lives' if one else 'live'} there"
    feared = "feared " if figure.certainty == "feared" else ""
    return f"{counted} {be} {feared}{WORDS.measure[figure.measure].verb}"


def _last(index: Index, line: Line) -> Figure | None:
    points = [point for point in line.points if point.figure in index.figures]
    current = [point for point in points if point.superseded_by is None] or points
    return index.figures[current[-1].figure] if current else None


def _giver(index: Index, line: Line) -> str:
    return the_name(index, line.giver)


def _where(index: Index, series: Series, figure: Figure) -> str:
    """The figure's place as its own source spells it, else the series'."""
    name = place_name(index, figure.place if figure.place in index.places else series.place)
    return f" in {the_name(index, name)}" if name else ""


def _tail(index: Index, figure: Figure) -> str:
    when = timex_words(figure.as_of)
    year = index.material.as_of[:4]
    when = when.removesuffix(f" {year}") if when and figure.as_of != year else when
    tail = ""
    if when and figure.scope == "past":
        tail = f" in {when}" if "T" not in (figure.as_of or "") else f" ({when})"
    elif when:
        tail = f" as of {when}"
    whole = index.figures.get(figure.part_of) if figure.part_of else None
    if whole is not None:
        tail += f", part of the {amount_words(whole, spelled=True)} {WORDS.measure[whole.measure].verb}"
    if figure.certainty == "preliminary":
        tail += ", by preliminary information"
    return tail


def toll_headline(index: Index) -> tuple[str, tuple[str, ...]]:
    """The first toll for the headline, with its giver, and the figures it rests on; empty where there is none."""
    for series in _ordered(index, past=False):
        for line in series.lines:
            figure = _last(index, line)
            if figure is not None and figure.low is not None:
                return f"{toll_phrase(figure).replace(' were ', ' ').replace(' was ', ' ')}, according to {_giver(index, line)}", (
                    figure.id,
                )
    return "", ()


def _ordered(index: Index, *, past: bool) -> list[Series]:
    held = [series for series in index.material.findings.series if is_past(index, series) == past and series.lines]
    return sorted(held, key=lambda series: series_order(index, series))[:MAX_TOLLS]


def toll_sentences(index: Index, *, past: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences for the series, of this event or of past ones, each with the ids of its figures."""
    sentences: list[tuple[str, tuple[str, ...]]] = []
    for series in _ordered(index, past=past):
        last = [(line, figure) for line in series.lines if (figure := _last(index, line))]
        numbered = [(line, figure) for line, figure in last if figure.low is not None or figure.high is not None]
        for line, figure in numbered:
            where = _where(index, series, figure)
            if figure.measure == "population":
                at = where.removeprefix(" ") or "there"
                words = f"{toll_phrase(figure).replace('there', at)}{_tail(index, figure)}, according to {_giver(index, line)}"
            else:
                words = f"{toll_phrase(figure)}{where}{_tail(index, figure)}, according to {_giver(index, line)}"
            sentences.append((stop(capital(words)), (figure.id, *_same(index, line, figure))))
            earlier = _earlier(index, line, figure)
            if earlier:
                amounts = join_words([amount for amount, _ in earlier])
                words = f"Before that, {_giver(index, line)} had given {amounts} for the same count"
                sentences.append((stop(words), tuple(one for _, one in earlier)))
        for line, figure in last:
            if (line, figure) not in numbered:
                where = _where(index, series, figure)
                said = f"{capital(_giver(index, line))} gave no number of {WORDS.measure[figure.measure].verb}{where} but the words"
                sentences.append((stop(f"{said} {quoted(figure.words)}"), (figure.id,)))
    return sentences


def _same(index: Index, line: Line, figure: Figure) -> list[str]:
    """Other documents' records of the very same figure; two are enough for a note."""
    same = [point.figure for point in line.points if point.figure in index.figures and point.figure != figure.id]
    return [one for one in same if _value(index.figures[one]) == _value(figure)][:2]


def _value(figure: Figure) -> tuple[object, ...]:
    return (figure.low, figure.high, figure.qualifier, figure.as_of)


def _earlier(index: Index, line: Line, figure: Figure) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for point in line.points:
        one = index.figures.get(point.figure)
        if one and point.superseded_by is not None and one.low is not None and amount_words(one) != amount_words(figure):
            found.setdefault(amount_words(one, spelled=True), one.id)
    return list(found.items())
