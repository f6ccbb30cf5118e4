"""A document's sentences → its figures: who was killed, injured, missing, detained, displaced… how many, who says so.

In come the sentences and the statements, places and times found before; out go `Figure`s with their bounds and
qualifier, in the order of the text. A figure stands in the smallest statement whose content holds it, else in the
outlet's own voice. Casualties of which it is not said whether they lived, and "killed or injured", are `affected`.

Example: "At least 15 of the 80 wounded are civilians." → injured, low 15, "at-least", group "civilians".
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.ids import make_id
from presstime.read.counted import find_counts
from presstime.read.counting import Count
from presstime.read.earlier import earlier_moment
from presstime.read.figure_scope import PAST_DAYS, in_relative, is_most, past_moment, read_day, scope_of
from presstime.read.figure_words import is_one_of, listed, lists, measure_of
from presstime.read.nearby import touching
from presstime.read.tree import Sentence, children, subjects, subtree
from presstime.read.victims import stands_for_one
from presstime.records import Certainty, Figure, Measure, Place, Statement, Time

__all__ = ["PAST_DAYS", "find_figures", "read_day"]

TOLD_BEFORE = 300
"""Characters back within which a figure may be given anew, or a part be told of without "of them"."""
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
    for number, sentence in enumerate(sentences):
        start, end = sentence.start, sentence.end
        before = sentences[number - 1].start if number else start
        when = times_near(start, end)
        counts = find_counts(sentence, [(t.start, t.end) for t in when])
        if not counts:
            continue
        said, where = statements_near(start, end), places_near(start, end)
        # wholes first: "15 of the 80 wounded" names its whole behind it
        for count in sorted(counts, key=lambda c: (c.part, not c.whole)):
            whole = _whole_of(sentence, count, found, before)
            measure = count.measure or (whole.measure if whole is not None else None)
            if measure is None and not count.part and found and start - found[-1].end < TOLD_BEFORE:
                measure = found[-1].measure  # "but revised the figure to 13"
            if measure is None or (_in_old_version(sentence, count) and not _is_retracted(sentence, count, said)):
                continue
            if not stands_for_one(sentence, sentences[number - 1] if number else None, count):
                continue
            figure = _figure(document_id, text, sentence, count, measure, whole, said, where, when, as_of, found)
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
    found: Sequence[Figure],
) -> Figure:
    start, end = sentence.starts[count.first], sentence.ends[count.behind - 1]
    number = count.number
    noun = count.noun
    own = _own_words(sentence, count)
    group = _group(text, sentence, count, measure)
    scope = scope_of(sentence, count, [*own, *_shared_behind(sentence, count)], times, as_of, measure, found)
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
        cause=None
        if measure == "population"
        else _cause(text, sentence, count, own, alone=scope != "past" or sentence.relations[count.clause] != "advcl"),
        as_of=earlier_moment(sentence, count, times)
        or _as_of(sentence, own, times)
        or (past_moment(sentence, count, own, times) if scope == "past" else as_of),
        scope=scope,
        statement=_statement_at(start, end, statements),
        confidence=(NUMBERED if count.by_tree else GUESSED) if number is not None else SINGLE,
    )


def _as_of(sentence: Sentence, own: Sequence[int], times: Sequence[Time]) -> str | None:
    """The moment a clause itself gives its count for: "by Tuesday evening 14 people had died", "as of 6 p.m."."""
    inside = set(own)
    for time in times:
        first = next((w for w in range(1, len(sentence)) if sentence.starts[w] == time.start), 0)
        if not first or first not in inside or time.kind not in ("date", "time") or time.to is None:
            continue
        before = [w.lower() for w in sentence.words[max(0, first - 2) : first]]
        if before[-1:] == ["by"] or before == ["as", "of"]:
            return time.value
    return None


def _in_old_version(sentence: Sentence, count: Count) -> bool:
    """Whether a count is one that a correction quotes: "an earlier version of this report said 41 people were injured"."""
    return any(
        is_one_of(sentence, w, listed("versions")) and is_one_of(sentence, w - 1, listed("versions_before"))
        for w in range(1, count.first)
        if sentence.words[w + 1].lower() in ("of", "said", "stated", "gave")
    )


def _is_retracted(sentence: Sentence, count: Count, statements: Sequence[Statement]) -> bool:
    """Whether the statement that holds a count is known to take it back."""
    held = _statement_at(sentence.starts[count.first], sentence.ends[count.behind - 1], statements)
    return any(s.id == held and s.act == "retraction" for s in statements)


def _whole_of(sentence: Sentence, count: Count, found: Sequence[Figure], before: int) -> Figure | None:
    """The figure a part is a part of: one within its own words, else the last before it that is not smaller.

    A part that does not say its measure takes it only of a whole in its own sentence or the one before, which begins
    at `before`.
    """
    if not count.part:
        return None
    low = count.number.low if count.number is not None else 1
    start, end = sentence.starts[count.first], sentence.ends[count.behind - 1]
    nearest: Figure | None = None
    for figure in found[-WHOLES_BACK:]:
        most = figure.high if figure.high is not None else figure.low
        too_small = low is not None and most is not None and figure.high is not None and most < low
        if too_small or figure.part_of is not None or count.measure not in (None, figure.measure):
            continue
        if count.measure is None and (figure.measure in ("destroyed", "population") or figure.start < before):
            continue
        if not count.by_tree and figure.end < start - TOLD_BEFORE:
            continue
        if figure.start <= start and end <= figure.end and (figure.start, figure.end) != (start, end):
            return figure
        if figure.start == start:
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
        if sentence.universal[top] in ("VERB", "AUX") or sentence.heads[top] < 0 or children(sentence, top, "cop"):
            break
        top = sentence.heads[top]
    far = [c for c in children(sentence, top, "conj", "parataxis", "ccomp") if not count.first <= c < count.behind]
    far += [c for c in children(sentence, top, "advcl") if c >= count.behind and is_one_of(sentence, c, listed("bringing_to"))]
    return subtree(sentence, top, far)


def _shared_behind(sentence: Sentence, count: Count) -> list[int]:
    """What stands behind the second of two verbs and is of both: "killed 74 and sickened 2,300 since March"."""
    if sentence.relations[count.clause] != "conj" or subjects(sentence, count.clause):
        return []
    return [w for c in children(sentence, sentence.heads[count.clause], "obl") if c >= count.behind for w in subtree(sentence, c)]


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
    if (
        noun is None
        or measure == "destroyed"
        or is_one_of(sentence, noun, listed("word_of"))
        or (sentence.universal[noun] in ("PROPN", "PRON") and count.number is None)
    ):
        return None
    if sentence.words[noun].lower() in ("old", "another", "other") or sentence.universal[noun] == "VERB":  # "the five detained"
        return None
    inner = noun
    held = measure_of(sentence, noun, lists().nouns)
    if is_one_of(sentence, noun, listed("generic")) and not (held in ("detained", "displaced") and held != measure):
        named = [
            c
            for c in children(sentence, noun, "nmod")
            if any(sentence.words[x].lower() in ("of", "among") for x in children(sentence, c, "case")) and sentence.universal[c] == "NOUN"
        ]
        plain = [c for c in children(sentence, noun, "amod", "compound") if sentence.universal[c] in ("NOUN", "ADJ", "PROPN")]
        if named and not is_one_of(sentence, named[0], listed("generic") | listed("diseases")):
            inner = named[0]
        elif plain and is_one_of(sentence, plain[0], ("civilian", "military", "police")) and not is_one_of(sentence, noun, ("member",)):
            return text[sentence.starts[plain[0]] : sentence.ends[plain[0]]]
        elif is_one_of(sentence, noun, ("member",)) and plain and noun - 1 in plain:
            pass
        else:
            return None
    number = count.number
    if number is not None and number.behind < count.behind <= noun and sentence.universal[count.behind] == "CCONJ":
        return text[sentence.starts[number.behind] : sentence.ends[count.behind - 1]]  # "two northern and three southern soldiers"
    counted = range(number.first, number.behind) if number is not None else range(0)
    kept = [c for c in children(sentence, inner, "amod", "compound", "flat") if c < inner and c not in counted]
    first = inner
    for c in reversed(kept):
        if c == first - 1 and not is_one_of(sentence, c, listed("no_group")):
            first = c
    return text[sentence.starts[first] : sentence.ends[inner]]


def _cause(text: str, sentence: Sentence, count: Count, own: Sequence[int], *, alone: bool) -> str | None:
    """What did it, in the text's words: the nearest noun of a cause in the clause; `alone`: else the only one in the sentence."""
    words = [
        w
        for w in own
        if (sentence.universal[w] in ("NOUN", "PROPN") or sentence.relations[w] == "nsubj")
        and not count.first <= w < count.behind
        and is_one_of(sentence, w, listed("causes"))
    ]
    if not words and alone:  # "killed 23 and wounded 40 in the blast"
        words = [
            w
            for w in range(len(sentence))
            if sentence.universal[w] == "NOUN" and not count.first <= w < count.behind and is_one_of(sentence, w, listed("causes"))
        ]
        words = words if len(words) == 1 else []
    if not in_relative(sentence, count.clause, range(len(sentence)), ("acl:relcl",)):
        words = [w for w in words if not in_relative(sentence, w, range(len(sentence)), ("acl:relcl",))]
    words = [w for w in words if sentence.relations[w] != "compound" and not _undergoes(sentence, w, count) and not _is_pit(sentence, w)]
    if not words:
        return None
    word = min(words, key=lambda w: abs(w - count.behind))
    first = word
    while first - 1 in children(sentence, word, "compound", "amod") and sentence.universal[first - 1] in ("NOUN", "PROPN", "ADJ"):
        if is_one_of(sentence, first - 1, listed("no_cause")) or is_most(sentence, first - 1):
            break
        first -= 1
    return text[sentence.starts[first] : sentence.ends[word]]


def _is_pit(sentence: Sentence, word: int) -> bool:
    """Whether a mine is one that people work in: "died in the mine"."""
    inside = any(sentence.words[c].lower() in ("in", "at", "into", "near", "of", "from") for c in children(sentence, word, "case"))
    return inside and is_one_of(sentence, word, ("mine",))


def _undergoes(sentence: Sentence, word: int, count: Count) -> bool:
    """Whether a noun is the subject of a passive, and so no cause; one with an object is none, whatever its label.

    Nor is it one where it is only said to be something about the deed: "The attack was in revenge for five deaths".
    """
    while sentence.relations[word] == "conj" and sentence.universal[sentence.heads[word]] in ("NOUN", "PROPN"):
        word = sentence.heads[word]
    verb = sentence.heads[word]
    if sentence.relations[word] == "nsubj" and sentence.universal[count.clause] == "NOUN" and children(sentence, verb, "cop"):
        return True
    active = children(sentence, verb, "obj") or any(children(sentence, other, "obj") for other in children(sentence, verb, "conj"))
    return sentence.relations[word] == "nsubj:pass" and (not active or bool(children(sentence, verb, "aux:pass")))


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
