"""Statements and figures → their origin, where it is not their document's, and how we know.

In: what a document carries, whom its sentences have something from, and which statements tell of one utterance. Out: a
`TraceFact` for each statement and figure whose origin is another's: words that stand in an earlier report; what was told
to, or is cited from, another newsroom; what a speaker said on one occasion, which several outlets heard; and in a
document that is mostly an agency's copy, what its own paragraphs say.

Example: “We were asleep,” she told NPA. in the Velm Echo → Norrel Press Agency, "told to Norrel Press Agency".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from presstime.combine.book import Book
from presstime.combine.copies import CopyFact, copy_of
from presstime.combine.credited import is_body_name, is_newsroom_name, sources_in
from presstime.combine.hearings import HEARINGS, is_carried
from presstime.combine.newsrooms import Newsroom, newsroom
from presstime.combine.origins import ORIGINS, Kind, OriginFact, newsroom_of, origin_id, passage_id
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.who import speaker_of
from presstime.findings import Origin, Trace
from presstime.ids import make_id
from presstime.records import Reading, Statement

__all__ = ["TRACES", "Said", "TraceFact", "present_said", "present_traces"]

_SENTENCE = re.compile(r"[.!?…][”\"’»)\]]*\s+(?=[“„«\"‘(]?[A-ZÀ-ÞА-Я0-9])|[;\n]\s*")
_LONGEST = 400
"""Characters before and after a record in which its sentence is looked for."""
_SAID = "quoted alike by several outlets: one statement of its speaker"


class TraceFact(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The origin of one statement or figure, and how we know. For an utterance `name` is the speaker's id."""

    origin: str
    name: str
    kind: Kind
    how: str


class _Told(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A statement or figure. `trace` is its origin where that is known from its own document; `own` its document's origin.

    `heard` tells that it is a statement that others have as well; `speaker` is who makes it, `first` that its document is
    the newsroom to which it was said.
    """

    document: str
    own: str
    trace: TraceFact | None = None
    heard: bool = False
    speaker: str = ""
    first: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """An origin that traces lead to: what one speaker (`name`, an actor's id) said on one occasion, or a newsroom that is cited.

    `documents` are those that quote or cite it, in order; `order` is the first one's.
    """

    origin: str
    name: str
    kind: Kind
    order: str
    documents: tuple[str, ...]


# ---------------------------------------------------------------- noting


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Told]]:
    document = reading.document
    whose = known.of(ORIGINS, document.id)
    if not whose:
        return
    own = whose[0]
    fact = copy_of(known.facts, document.id)
    outlet = newsroom_of(document, known)
    traced: dict[str, TraceFact] = {}
    told_here = {
        _voice(known, document.id, s)
        for s in reading.statements
        if any(x.told and _is_own(x.name, outlet) for x in sources_in(_sentence(document.text, [(c.start, c.end) for c in s.content])))
    } - {""}
    for s in reading.statements:
        spans = [(c.start, c.end) for c in s.content]
        trace = _trace(reading, known, fact, own, outlet, spans, s)
        heard = known.of(HEARINGS, s.id)
        if trace is not None:
            traced[s.id] = trace
        if trace is None and not heard:
            continue
        speaker = _voice(known, document.id, s)
        links = tuple(sorted({h.with_ for h in heard} - {s.id})) if trace is None or not is_carried(fact, spans) else ()
        data = _Told(
            document=document.id,
            own=own.origin,
            trace=trace if trace is not None and trace.origin != own.origin else None,
            heard=bool(heard),
            speaker=speaker,
            first=speaker in told_here,
        )
        yield Note("", s.id, known.at(spans[0][0] if spans else 0), data, links)
    for f in reading.figures:
        trace = _trace(reading, known, fact, own, outlet, [(f.start, f.end)], None)
        shared = bool(f.statement and known.of(HEARINGS, f.statement))
        if trace is None and f.statement in traced:
            trace = traced[f.statement]
        if shared and trace is None and f.statement:
            yield Note("", f.id, known.at(f.start), _Told(document=document.id, own=own.origin), (f.statement,))
        elif trace is not None and trace.origin != own.origin:
            yield Note("", f.id, known.at(f.start), _Told(document=document.id, own=own.origin, trace=trace))


def _trace(
    reading: Reading,
    known: Known,
    fact: CopyFact,
    own: OriginFact,
    outlet: Newsroom,
    spans: Sequence[tuple[int, int]],
    statement: Statement | None,
) -> TraceFact | None:
    """A record's origin as far as its own document shows it; its document's where that is certain, None where nothing is."""
    document = reading.document
    if not spans:
        return None
    if is_carried(fact, spans):
        for passage in fact.carried:
            if _within(spans, passage.start, passage.end):
                found = known.of(ORIGINS, passage_id(document.id, passage))
                return _as_trace(found[0] if found else own)
        return _as_trace(own)
    sentence = _sentence(document.text, spans)
    for source in sources_in(sentence):
        cited, sure = newsroom(known, document.id, source.name)
        if _is_own(source.name, outlet) or cited.key == outlet.key:
            continue
        if not is_newsroom_name(cited.name) and (not sure or is_body_name(cited.name)):
            continue
        how = f"told to {cited.name}" if source.told else f"cited from {cited.name}"
        return TraceFact(origin=origin_id(cited.key), name=cited.name, kind="agency", how=how)
    for passage in fact.heard:
        found = known.of(ORIGINS, passage_id(document.id, passage))
        if found and found[0].kind == "statement" and _within(spans, passage.start, passage.end):
            return _as_trace(found[0])
    if own.origin != origin_id(outlet.key) and fact.carried and not _near_carried(document.text, fact, spans):
        how = f"in {outlet.name}’s own paragraphs, which {own.name}’s report does not have"
        return TraceFact(origin=origin_id(outlet.key), name=outlet.name, kind="report", how=how)
    return None


def _voice(known: Known, document: str, statement: Statement) -> str:
    """The id of who makes a statement; nothing where that is not known."""
    speaker = speaker_of(known, document, statement)
    return speaker.actor if speaker is not None else ""


def _as_trace(fact: OriginFact) -> TraceFact:
    return TraceFact(origin=fact.origin, name=fact.name, kind=fact.kind, how=fact.how)


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return sum(max(0, min(b, end) - max(a, start)) for a, b in spans) * 2 > sum(b - a for a, b in spans)


def _near_carried(text: str, fact: CopyFact, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the paragraph of a record holds carried words: an edited sentence among them is no own paragraph."""
    start = text.rfind("\n", 0, spans[0][0]) + 1
    end = text.find("\n", spans[-1][1])
    end = len(text) if end < 0 else end
    if start == 0 and end == len(text):  # a text without paragraphs
        sentence = _bounds(text, spans)
        return any(p.start < sentence[1] and sentence[0] < p.end for p in fact.carried)
    return sum(max(0, min(p.end, end) - max(p.start, start)) for p in fact.carried) * 3 > end - start


def _is_own(name: str, outlet: Newsroom) -> bool:
    """Whether a name is the outlet's own, in full or for short: "told the Courier" in the Sondrey Courier."""
    words, own = set(re.findall(r"\w+", name.lower())), set(re.findall(r"\w+", outlet.name.lower()))
    initials = "".join(w[0] for w in re.findall(r"\w+", outlet.name.lower()))
    return words <= own or name.lower() == initials


def _bounds(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence, or sentences, in which some stretches stand."""
    if not spans:
        return 0, 0
    first, last = spans[0][0], spans[-1][1]
    start = max(0, first - _LONGEST)
    for match in _SENTENCE.finditer(text, start, first + 1):  # what follows the mark is looked at as well
        start = match.end()
    # a quotation may end its sentence's speech and not the sentence: “…,” she told NPA.
    ended = _SENTENCE.search(text, max(first, last - 2), min(len(text), last + _LONGEST))
    return start, ended.end() if ended else min(len(text), last + _LONGEST)


def _sentence(text: str, spans: Sequence[tuple[int, int]]) -> str:
    start, end = _bounds(text, spans)
    return text[start:end]


# ---------------------------------------------------------------- settling


def _settle(key: str, notes: Sequence[Note[_Told]], world: World) -> Settled[TraceFact, Said]:
    """Records that tell of one utterance, or a record alone."""
    facts = {n.record: n.data.trace for n in notes if n.data.trace is not None}
    heard = [n for n in notes if n.data.heard]
    documents = tuple(dict.fromkeys(n.data.document for n in heard))
    sources = {n.data.trace.origin if n.data.trace is not None else n.data.own for n in heard}
    if len(documents) < 2 or len(sources) < 2:
        return Settled(found=_cited(notes), facts=facts)
    given = _given(heard)
    speaker = next((n.data.speaker for n in heard if n.data.speaker), "")
    if given is None:
        given = TraceFact(origin=make_id("origin", "said", speaker, heard[0].record), name=speaker, kind="statement", how=_SAID)
    for n in notes:
        if n.record not in facts and n.data.own != given.origin:
            facts[n.record] = given
    if given.how != _SAID:
        return Settled(found=_cited(notes), facts=facts)
    return Settled(found=Said(origin=given.origin, name=speaker, kind="statement", order=heard[0].order, documents=documents), facts=facts)


def _cited(notes: Sequence[Note[_Told]]) -> Said | None:
    """The newsroom to which a record is traced: none of its documents need be in the story."""
    for n in notes:
        trace = n.data.trace
        if trace is not None and trace.name:
            return Said(origin=trace.origin, name=trace.name, kind=trace.kind, order=n.order, documents=(n.data.document,))
    return None


def _given(heard: Sequence[Note[_Told]]) -> TraceFact | None:
    """The origin that one of the documents names: the newsroom to which the words were said, or the speaker's own page."""
    for n in heard:
        if n.data.first:
            return TraceFact(origin=n.data.own, name="", kind="report", how="these words were said to the outlet that quotes them first")
    return next((n.data.trace for n in heard if n.data.trace is not None), None)


TRACES = Stage(name="traces", data=_Told, fact=TraceFact, found=Said, notes=_notes, settle=_settle, linked=True)


# ---------------------------------------------------------------- presenting


def present_said(found: Iterable[Said], book: Book) -> tuple[Origin, ...]:
    """The origins to which traces alone lead, in the order of the first document that quotes or cites them.

    What was said on one occasion and heard by several is one origin; so is a newsroom that others cite. Those that
    `book` has already are left out.
    """
    groups: dict[str, list[Said]] = defaultdict(list)
    for said in sorted(found, key=lambda s: (s.order, s.origin)):
        if said.origin not in book.origins:
            groups[said.origin].append(said)
    made = []
    for origin, saids in groups.items():
        first = saids[0]
        documents = tuple(dict.fromkeys(d for said in saids for d in said.documents))
        if (first.kind == "statement" and first.name != book.name(first.name)) or not first.name:
            name = book.name(first.name) or "one speaker"
            how, shown = f"quoted alike by {len(documents)} documents: one statement of {name}", f"said by {name}"
        else:
            shown, how = first.name, "cited by name; no document of its own stands here as its report"
        made.append(Origin(id=origin, name=shown, kind=first.kind, documents=documents, how=how, independent_at_most=1))
    return tuple(made)


def present_traces(traced: Iterable[tuple[str, TraceFact]], book: Book) -> tuple[Trace, ...]:
    """The origin of each statement and figure that is not its document's, in order of their ids."""
    made = {}
    for record, fact in traced:
        origin = book.origins.get(fact.origin)
        how = fact.how
        if origin is not None and how == _SAID:
            how = origin.how
        elif origin is not None and not fact.name:
            how = f"said to {origin.name}, which quotes these words first-hand"
        made[record] = Trace(record=record, origin=fact.origin, how=how)
    return tuple(made[record] for record in sorted(made))
