"""Tolls as sentences: each figure with its qualifier, its giver and its moment; givers side by side, never added up.

In: the index. Out: pairs of a sentence and the figures it rests on.
Example: "At least 12 people were killed in Velm as of the morning of 3 March 2026, according to the Ledovian Health Ministry."
"""

from __future__ import annotations

from presstime.findings import Line, Series
from presstime.records import Figure
from presstime.show.figures import is_past, series_order, spread
from presstime.show.material import Index, place_name
from presstime.show.moments import timex_words
from presstime.show.weave import quoted, stop, the_name
from presstime.show.wording import WORDS, amount_words, bound_words, capital, is_worded, join_words

__all__ = ["toll_headline", "toll_phrase", "toll_sentences"]

MAX_TOLLS = 5
MAX_GIVERS = 4
_SINGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}


def _noun(figure: Figure) -> str:
    noun = (figure.of if figure.measure == "destroyed" else figure.group) or ("" if figure.measure == "destroyed" else "people")
    if figure.low == figure.high == 1:
        return _SINGULAR.get(noun, noun.removesuffix("s"))
    return noun


def _counted(figure: Figure) -> str:
    return figure.of or "things" if figure.measure == "destroyed" else "people"


def toll_phrase(figure: Figure) -> str:
    """A figure as a clause: "at least 12 people were killed"; where it gives no numeral, its own words, quoted."""
    if figure.low is None and figure.high is None:
        return f"{WORDS.measure[figure.measure].verb}: {quoted(figure.words)}, no number given"
    if is_worded(figure):
        return f"{WORDS.measure[figure.measure].verb}: {_in_brackets(figure)}"
    one = figure.low == figure.high == 1
    be = "was" if one else "were"
    counted = " ".join(filter(None, (amount_words(figure, spelled=True), _noun(figure))))
    if figure.measure == "population":
        return f"{counted} {'lives' if one else 'live'} there"
    feared = "feared " if figure.certainty == "feared" else ""
    return f"{counted} {be} {feared}{WORDS.measure[figure.measure].verb}"


def _in_brackets(figure: Figure) -> str:
    """The source's own words with the bound they mean behind: "“several insurgents” (at least three)"."""
    return f"{quoted(figure.words)} ({bound_words(figure, spelled=True)})"


def _last(index: Index, line: Line) -> Figure | None:
    points = [point for point in line.points if point.figure in index.figures]
    current = [point for point in points if point.superseded_by is None] or points
    return index.figures[current[-1].figure] if current else None


def _giver(index: Index, line: Line) -> str:
    return the_name(index, line.giver)


def _where(index: Index, series: Series, figure: Figure) -> str:
    """The figure's place as its own source spells it, else the series'."""
    name = place_name(index, figure.place if figure.place in index.places else series.place)
    return f" in {name}" if name else ""


def _tail(index: Index, figure: Figure) -> str:
    when = timex_words(figure.as_of)
    year = index.material.as_of[:4]
    when = when.removesuffix(f" {year}") if when and figure.as_of != year else when
    tail = ""
    if when and figure.scope == "past":
        tail = f" in {when}" if "T" not in (figure.as_of or "") else f" ({when})"
    elif when:
        tail = f" as of {when}"
    if figure.scope == "total":
        tail += ", as a running total"
    whole = index.figures.get(figure.part_of) if figure.part_of else None
    if whole is not None:
        tail += f", part of the {amount_words(whole, spelled=True)} {WORDS.measure[whole.measure].verb}"
    if figure.certainty == "preliminary":
        tail += ", by preliminary information"
    return tail


def toll_headline(index: Index) -> tuple[str, tuple[str, ...]]:
    """The most told toll for the headline, with its giver, and the figures it rests on; empty where there is none."""
    for series in _ordered(index, past=False):
        for line in _by_weight(index, series):
            figure = _last(index, line)
            if figure is not None and figure.low is not None and not is_worded(figure):
                phrase = toll_phrase(figure).replace(" were ", " ").replace(" was ", " ")
                return f"{phrase}, according to {_giver(index, line)}", (figure.id,)
    return "", ()


def _by_weight(index: Index, series: Series) -> list[Line]:
    """A series' lines, those told by most documents first, the newest first among equals."""

    def weight(line: Line) -> tuple[int, str]:
        documents = {index.document_of[point.figure] for point in line.points if point.figure in index.figures}
        return len(documents), max((index.documents[one].published or "" for one in documents), default="")

    return sorted(series.lines, key=weight, reverse=True)


def _ordered(index: Index, *, past: bool) -> list[Series]:
    held = [series for series in index.material.findings.series if is_past(index, series) == past and series.lines]
    return spread(sorted(held, key=lambda series: series_order(index, series)), MAX_TOLLS)


def toll_sentences(index: Index, *, past: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences for the series, of this event or of past ones, each with the ids of its figures."""
    sentences: list[tuple[str, tuple[str, ...]]] = []
    for series in _ordered(index, past=past):
        first = True
        for line in _by_weight(index, series)[:MAX_GIVERS]:
            figure = _last(index, line)
            if figure is not None:
                sentences.append((_sentence(index, series, line, figure, first=first), (figure.id, *_same(index, line, figure))))
                first = False
                sentences.extend(_before(index, line, figure))
    return sentences


def _sentence(index: Index, series: Series, line: Line, figure: Figure, *, first: bool) -> str:
    """A giver's figure: in full for the first giver of a series, shorter for those beside it."""
    where, tail, giver = _where(index, series, figure), _tail(index, figure), _giver(index, line)
    if figure.low is None and figure.high is None:
        counted = f"{_counted(figure)} {WORDS.measure[figure.measure].verb}"
        return stop(f"{capital(giver)} gave no number of {counted}{where} but the words {quoted(figure.words)}")
    if is_worded(figure):
        counted = f"{_counted(figure)} {WORDS.measure[figure.measure].verb}"
        return stop(f"{capital(giver)} gave no number of {counted}{where} but the words {_in_brackets(figure)}{tail}")
    if not first:
        noun = f" {_noun(figure)}" if _noun(figure) != "people" else ""
        return stop(f"{capital(giver)} gave {amount_words(figure, spelled=True)}{noun}{where}{tail}")
    phrase = toll_phrase(figure)
    if figure.measure == "population":
        return stop(capital(f"{phrase.removesuffix(' there')}{where or ' there'}{tail}, according to {giver}"))
    return stop(capital(f"{phrase}{where}{tail}, according to {giver}"))


def _before(index: Index, line: Line, figure: Figure) -> list[tuple[str, tuple[str, ...]]]:
    earlier = _earlier(index, line, figure)
    if not earlier:
        return []
    words = f"Before that, {_giver(index, line)} had given {join_words([amount for amount, _ in earlier])} for the same count"
    return [(stop(words), tuple(one for _, one in earlier))]


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
