"""The review queue as people work it: one thing after another, each with the passage it rests on and what it is now.

Comes in: an `Ask`, a sort, a page. Goes out: `Waiting`s, a few to a page. What a person passes over is kept for that person, and comes
back when asked for. Example: the figure "at least 15 dead", its paragraph with the words marked, "givers differ", and a form to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from presstime.desk.asking import Ask
from presstime.desk.marking import Piece, passage, seen_stretches
from presstime.ledger import Correction
from presstime.ledger.anchors import spans_of
from presstime.ledger.lookups import Page
from presstime.ledger.lookups_documents import OneDocument, document
from presstime.ledger.lookups_events import telling_rows
from presstime.ledger.lookups_figures import FigureRow, figure
from presstime.ledger.lookups_names import CandidateRow, actor, member_rows
from presstime.ledger.lookups_queue import SORTS, Queued, Sort, candidate_at, document_orphans, queued, unsaid_quote
from presstime.ledger.lookups_record import alike_places, whole_record
from presstime.ledger.lookups_statements import OneStatement, statement
from presstime.records import Record, Span

__all__ = ["SIZE", "Evidence", "Waiting", "counts_of", "pass_over", "passed_over", "waiting_page"]

SIZE = 8
"""Things on a page: with their passages two screens, and made in some 20 ms."""
MOST_PASSED = 5_000


class Evidence(Record, frozen=True):
    """A passage and where it stands. `record` is what is marked in it."""

    document: str
    outlet: str | None
    published: str | None
    pieces: tuple[Piece, ...]
    record: str | None = None
    title: str = ""
    to: str | None = None


class Waiting(Record, frozen=True):
    """One thing that waits, and what is needed to see whether it is right. Of what it is one field is set beside `evidence`."""

    key: str
    sort: str
    kind: str
    id: str
    why: str
    evidence: tuple[Evidence, ...]
    seen: str = ""
    figure: FigureRow | None = None
    statement: OneStatement | None = None
    candidate: CandidateRow | None = None
    orphan: Correction | None = None
    words: str = ""
    record: Any = None
    alike: int = 0
    start: int = 0
    end: int = 0


# ---------------------------------------------------------------- what is passed over


def passed_over(ask: Ask) -> tuple[str, ...]:
    """What this person has passed over, by key, oldest first."""
    assert ask.person is not None
    kept = ask.desk.accounts.kept(f"passed over by {ask.person.name}")
    return msgspec.json.decode(kept, type=tuple[str, ...]) if kept else ()


def pass_over(ask: Ask, key: str | None) -> None:
    """Pass one thing over, or, with None, let all come back."""
    assert ask.person is not None
    passed = (*(one for one in passed_over(ask) if one != key), key)[-MOST_PASSED:] if key is not None else ()
    ask.desk.accounts.keep(f"passed over by {ask.person.name}", msgspec.json.encode(passed).decode())


# ---------------------------------------------------------------- pages of it


def counts_of(ask: Ask) -> dict[str, int]:
    """How much waits, by sort."""
    passed = set(passed_over(ask))
    return {sort: len(_left(found, passed)) for sort, found in queued(ask.look, document_orphans(ask.look)).items()}


def waiting_page(ask: Ask, sort: Sort | None, number: int) -> Page[Waiting]:
    """A page of what waits, of one sort or of all in their order."""
    passed = set(passed_over(ask))
    found = queued(ask.look, document_orphans(ask.look))
    chosen = [one for each in ([sort] if sort else SORTS) for one in _left(found[each], passed)]
    number = max(1, min(number, -(-len(chosen) // SIZE)))
    shown = (made for one in chosen[(number - 1) * SIZE : number * SIZE] if (made := _waiting(ask, one)) is not None)
    return Page(items=tuple(shown), total=len(chosen), number=number, size=SIZE)


def _left(found: Sequence[Queued], passed: set[str]) -> Sequence[Queued]:
    return [one for one in found if one.key not in passed] if passed else found


def _waiting(ask: Ask, one: Queued) -> Waiting | None:
    """One thing with its evidence; None where it went away a moment ago."""
    made: Mapping[str, Any] | None
    if one.kind == "candidate":
        made = _pair(ask, one)
    elif one.kind == "orphan":
        made = _lost(ask, one)
    elif one.kind == "unattributed":
        made = _unsaid(ask, one)
    else:
        made = _record(ask, one)
    return None if made is None else Waiting(key=one.key, sort=one.sort, kind=one.kind, why=one.why, **{"id": one.id, **made})


def _record(ask: Ask, one: Queued) -> Mapping[str, Any] | None:
    alike = alike_places(ask.look, one.id) if one.kind == "place" else ()
    identifier = (alike[0] if alike else "") if one.kind == "place" else one.id
    whole = whole_record(ask.look, one.kind, identifier)
    if whole is None:
        return None
    record = whole.record
    spans = spans_of(record)
    if one.kind == "statement" and record.content:
        spans = record.content
    source = document(ask.look, whole.reading.document.id, ask.sight)
    if source is None:
        return None
    return {
        "id": identifier,
        "evidence": (_evidence(ask, source, spans, record.id),),
        "seen": whole.seen,
        "record": record,
        "words": record.name if one.kind == "place" else "",
        "alike": len(alike),
        "figure": figure(ask.look, record.id, ask.sight) if one.kind == "figure" else None,
        "statement": statement(ask.look, record.id, ask.sight) if one.kind == "statement" else None,
    }


def _unsaid(ask: Ask, one: Queued) -> Mapping[str, Any] | None:
    quote = unsaid_quote(ask.look, one.id)
    source = document(ask.look, quote.document, ask.sight) if quote is not None else None
    if quote is None or source is None:
        return None
    span = Span(start=quote.start, end=quote.end)
    return {"evidence": (_evidence(ask, source, (span,), None),), "words": quote.words, "start": quote.start, "end": quote.end}


def _pair(ask: Ask, one: Queued) -> Mapping[str, Any] | None:
    """Two actors or events that may be one, each with the passage that names it first."""
    pair = candidate_at(ask.look, int(one.id))
    if pair is None:
        return None
    evidence = []
    for number, each in enumerate((pair.one, pair.other)):
        title = pair.names[number] if number < len(pair.names) else each
        shown = _of_actor(ask, each, title) if pair.kind == "actor" else _of_event(ask, each, title)
        evidence += [shown] if shown is not None else []
    return {"evidence": tuple(evidence), "candidate": pair}


def _of_actor(ask: Ask, identifier: str, title: str) -> Evidence | None:
    found = actor(ask.look, identifier, ask.sight)
    members = member_rows(ask.look, found.id, ask.sight, size=1).items if found is not None else ()
    whole = whole_record(ask.look, "actor", members[0].id) if members else None
    source = document(ask.look, members[0].document, ask.sight) if members else None
    if found is None or whole is None or source is None:
        return None
    shown = _evidence(ask, source, whole.record.mentions[:1], members[0].id)
    return msgspec.structs.replace(shown, title=title, to=f"/actors/{found.id}")


def _of_event(ask: Ask, identifier: str, title: str) -> Evidence | None:
    first = next(iter(telling_rows(ask.look, identifier, ask.sight)), None)
    source = document(ask.look, first.document, ask.sight) if first is not None else None
    if first is None or source is None:
        return None
    shown = _evidence(ask, source, (Span(start=first.start, end=first.end_),), first.event)
    return msgspec.structs.replace(shown, title=title, to=f"/events/{identifier}")


def _lost(ask: Ask, one: Queued) -> Mapping[str, Any] | None:
    """A correction that fits nothing any more, beside what now stands where it was made."""
    found = next((each for each in document_orphans(ask.look) if each.id == one.id), None)
    source = document(ask.look, found.document, ask.sight) if found is not None and found.document else None
    if found is None or source is None:
        return None
    inside = tuple(span for span in found.spans if span.end <= len(source.text))
    return {"evidence": (_evidence(ask, source, inside, None),), "orphan": found, "words": found.words}


def _evidence(ask: Ask, source: OneDocument, spans: Sequence[Span], record: str | None) -> Evidence:
    pieces = passage(source, tuple(spans), seen_stretches(ask, source))
    return Evidence(document=source.id, outlet=source.outlet, published=source.published, pieces=pieces, record=record)
