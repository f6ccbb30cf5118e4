"""A document's sentences → its figures: who was killed, injured, missing, detained, displaced… how many, who says so.

In come the sentences and the statements, places and times found before; out go `Figure`s with their bounds and
qualifier, in the order of the text. A figure stands in the smallest statement whose content holds it, else in the
outlet's own voice. Casualties of which it is not said whether they lived, and "killed or injured", are `affected`.

Example: "At least 15 of the 80 wounded are civilians." → injured, low 15, "at-least", group "civilians".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from presstime.ids import make_id
from presstime.read.counted import Count, find_counts
from presstime.read.figure_words import is_one_of, listed
from presstime.read.nearby import touching
from presstime.read.tree import Sentence, children, subtree
from presstime.records import Certainty, Figure, Measure, Place, Statement, Time

__all__ = ["PAST_DAYS", "find_figures", "read_day"]

PAST_DAYS = 45
"""A count dated earlier than this many days before the document is of another, earlier event."""
WHOLES_BACK = 8
"""How many figures back the whole of a part may stand."""
NUMBERED, SINGLE, GUESSED = 0.85, 0.7, 0.55
"""Confidence of a number joined by the tree, of a single victim, and of words that only stand side by side."""


def find_figures(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    places: Sequence[Place],
    times: Sequence[Time],
    as_of: str | None,
) -> tuple[Figure, ...]:
    """Every figure of a document, in order. `as_of` is the document's TIMEX value; it dates the figures."""
    statements_near = touching(statements, lambda s: [(c.start, c.end) for c in s.content])
    places_near = touching(places, lambda p: [(p.start, p.end)])
    times_near = touching(times, lambda t: [(t.start, t.end)])
    found: list[Figure] = []
    seen: set[str] = set()
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        when = times_near(start, end)
        counts = find_counts(sentence, [(t.start, t.end) for t in when])
        if not counts:
            continue
        said, where = statements_near(start, end), places_near(start, end)
        # wholes first: "15 of the 80 wounded" names its whole behind it
        for count in sorted(counts, key=lambda c: c.part):
            whole = _whole_of(sentence, count, found)
            measure = count.measure or (whole.measure if whole is not None else None)
            if measure is None:
                continue
            figure = _figure(document_id, text, sentence, count, measure, whole, said, where, when, as_of)
            if figure.id not in seen:
                seen.add(figure.id)
                found.append(figure)
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _figure(
    document_id: str,
    text: str,
    sentence: Sentence,
    count: Count,
    measure: Measure,
    whole: Figure | None,
    statements: Sequence[Statement],
    places: Sequence[Place],
    times: Sequence[Time],
    as_of: str | None,
) -> Figure:
    start, end = sentence.starts[count.first], sentence.ends[count.behind - 1]
    number = count.number
    noun = count.noun
    own = _own_words(sentence, count)
    group = _group(text, sentence, count, measure)
    return Figure(
        id=make_id("figure", document_id, f"{start}:{end}", measure, group),  # "detained and later killed six": one span, two figures
        start=start,
        end=end,
        measure=measure,
        of=sentence.lemmas[noun] if measure == "destroyed" and noun is not None else None,
        low=number.low if number is not None else 1,
        high=number.high if number is not None else 1,
        qualifier=number.qualifier if number is not None else "exact",
        words=text[start:end],
        certainty=count.certainty or _certainty(sentence, count, own),
        group=group,
        part_of=whole.id if whole is not None else None,
        place=_nearest_place(sentence, start, places),
        cause=_cause(text, sentence, count, own),
        as_of=as_of,
        scope=_scope(sentence, count, own, times, as_of),
        statement=_statement_at(start, end, statements),
        confidence=(NUMBERED if count.by_tree else GUESSED) if number is not None else SINGLE,
    )


def _whole_of(sentence: Sentence, count: Count, found: Sequence[Figure]) -> Figure | None:
    """The figure a part is a part of: one within its own words, else the last before it that is not smaller."""
    if not count.part:
        return None
    low = count.number.low if count.number is not None else 1
    start, end = sentence.starts[count.first], sentence.ends[count.behind - 1]
    nearest: Figure | None = None
    for figure in found[-WHOLES_BACK:]:
        most = figure.high if figure.high is not None else figure.low
        too_small = low is not None and most is not None and figure.high is not None and most < low
        if too_small or figure.part_of is not None or count.measure not in (None, figure.measure) or figure.start == start:
            continue
        if start <= figure.start and figure.end <= end + 1:
            return figure
        if figure.start < start and (nearest is None or figure.start > nearest.start):
            nearest = figure
    return nearest


def _own_words(sentence: Sentence, count: Count) -> list[int]:
    """The words of the clause the count stands in."""
    top = count.clause
    for _ in range(4):
        if sentence.universal[top] in ("VERB", "AUX") or sentence.heads[top] < 0:
            break
        top = sentence.heads[top]
    far = [c for c in children(sentence, top, "conj", "parataxis", "ccomp") if not count.first <= c < count.behind]
    return subtree(sentence, top, far)


def _certainty(sentence: Sentence, count: Count, own: Sequence[int]) -> Certainty | None:
    near = range(max(0, count.first - 10), min(len(sentence), count.behind + 5))
    if any(is_one_of(sentence, w, listed("preliminary")) for w in near):
        return "preliminary"
    for word in own:
        if is_one_of(sentence, word, listed("confirmed")):
            return "confirmed"
    return (
        "feared"
        if count.behind < len(sentence)
        and any(sentence.words[w].lower() in ("feared", "presumed") for w in range(count.first, min(len(sentence), count.behind + 3)))
        else None
    )


def _group(text: str, sentence: Sentence, count: Count, measure: Measure) -> str | None:
    """Who is counted, in the text's own words: "northern soldiers", "suspected insurgents"; None for "people", "others"."""
    noun = count.noun
    if noun is None or measure == "destroyed" or (sentence.universal[noun] == "PROPN" and count.number is None):
        return None
    inner = noun
    if is_one_of(sentence, noun, listed("generic")):
        named = [
            c
            for c in children(sentence, noun, "nmod")
            if any(sentence.words[x].lower() in ("of", "among") for x in children(sentence, c, "case")) and sentence.universal[c] == "NOUN"
        ]
        plain = [c for c in children(sentence, noun, "amod", "compound") if sentence.universal[c] in ("NOUN", "ADJ", "PROPN")]
        if named and not is_one_of(sentence, named[0], listed("generic")):
            inner = named[0]
        elif plain and is_one_of(sentence, plain[0], ("civilian", "military", "police")):
            return text[sentence.starts[plain[0]] : sentence.ends[plain[0]]]
        else:
            return None
    number = count.number
    counted = range(number.first, number.behind) if number is not None else range(0)
    kept = [c for c in children(sentence, inner, "amod", "compound", "flat") if c < inner and c not in counted]
    first = inner
    for c in reversed(kept):
        if c == first - 1 and not is_one_of(sentence, c, listed("no_group")):
            first = c
    return text[sentence.starts[first] : sentence.ends[inner]]


def _cause(text: str, sentence: Sentence, count: Count, own: Sequence[int]) -> str | None:
    """What did it, in the text's words: the nearest noun of a cause in the clause."""
    words = [
        w
        for w in own
        if sentence.universal[w] in ("NOUN", "PROPN") and not count.first <= w < count.behind and is_one_of(sentence, w, listed("causes"))
    ]
    if not words:  # "killed 23 and wounded 40 in the blast"
        words = [w for w in range(len(sentence)) if sentence.universal[w] == "NOUN" and is_one_of(sentence, w, listed("causes"))]
        words = words if len(words) == 1 else []
    words = [w for w in words if sentence.relations[w] != "compound" and not _undergoes(sentence, w)]
    if not words:
        return None
    word = min(words, key=lambda w: abs(w - count.behind))
    first = word
    while first - 1 in children(sentence, word, "compound", "amod") and sentence.universal[first - 1] in ("NOUN", "PROPN", "ADJ"):
        first -= 1
    return text[sentence.starts[first] : sentence.ends[word]]


def _undergoes(sentence: Sentence, word: int) -> bool:
    """Whether a noun is the subject of a passive, and so no cause; one with an object is none, whatever its label."""
    verb = sentence.heads[word]
    return sentence.relations[word] == "nsubj:pass" and not children(sentence, verb, "obj")


def _scope(
    sentence: Sentence, count: Count, own: Sequence[int], times: Sequence[Time], as_of: str | None
) -> Literal["event", "total", "past"]:
    if count.measure == "population":
        return "event"
    spans = [t for t in times if any(t.start <= sentence.starts[w] < t.end for w in own)]
    for time in spans:
        before = next((sentence.words[w - 1].lower() for w in range(1, len(sentence)) if sentence.starts[w] == time.start), "")
        if before == "since":
            return "total"
    low = [sentence.words[w].lower() for w in own]
    if any(is_one_of(sentence, w, listed("total")) for w in own) or _over_years(sentence, own) or ("this", "year") in pairwise(low):
        return "total"
    anchor = read_day(as_of)
    if not spans:  # "the clashes of 2011, in which 60 people died"
        told_of = _told_of(sentence, count.first)
        spans = [t for t in times if any(t.start <= sentence.starts[w] < t.end for w in told_of)]
    if spans and anchor is not None:
        near = min(spans, key=lambda t: abs(t.start - sentence.starts[count.first]))
        if near.to is not None and near.kind in ("date", "time"):
            end = read_day(near.to)
            if end is not None and end < anchor - timedelta(days=PAST_DAYS):
                return "past"
    if any(is_one_of(sentence, w, listed("past")) for w in own):
        return "past"
    return "event"


def _told_of(sentence: Sentence, word: int) -> list[int]:
    """The noun and its words that the relative clause around a word tells of; empty outside one."""
    while sentence.heads[word] >= 0:
        if sentence.relations[word] == "acl:relcl":
            noun = sentence.heads[word]
            while sentence.relations[noun] == "nmod":  # "the clashes of 2011 on the river, in which …"
                noun = sentence.heads[noun]
            return subtree(sentence, noun, [word])
        word = sentence.heads[word]
    return []


def _over_years(sentence: Sentence, own: Sequence[int]) -> bool:
    """Whether it is a running total: "in ten years of war", "over the past decade", "since January"."""
    for word in own:
        cases = {sentence.words[c].lower() for c in children(sentence, word, "case")}
        if "since" in cases and (sentence.universal[word] in ("PROPN", "NUM") or sentence.words[word].isdigit()):
            return True
        if cases & {"in", "over", "during", "for"} and is_one_of(sentence, word, listed("spans")):
            before = {sentence.words[w].lower() for w in subtree(sentence, word)}
            if "old" not in before and "ago" not in before:
                return True
    return False


def read_day(value: str | None) -> date | None:
    """The day an ISO 8601 date, time or day-precise TIMEX value begins with, else None."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _nearest_place(sentence: Sentence, start: int, places: Sequence[Place]) -> str | None:
    """The id of the literal place named nearest in the sentence, what stands behind the figure before what is in front."""
    inside = [p for p in places if p.use == "literal" and sentence.start <= p.start and p.end <= sentence.end]
    if not inside:
        return None
    return min(inside, key=lambda p: p.start - start if p.start >= start else 2 * (start - p.start)).id


def _statement_at(start: int, end: int, statements: Sequence[Statement]) -> str | None:
    """The id of the smallest statement whose content holds the span; of two alike the later one, which is told within the other."""
    holding = [
        (sum(c.end - c.start for c in s.content), -n, s.id)
        for n, s in enumerate(statements)
        if any(c.start <= start and end <= c.end for c in s.content)
    ]
    return min(holding)[2] if holding else None
