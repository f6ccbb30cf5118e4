"""The bodies that the API takes, one by one, and what is done with each.

Comes in: an `Ask` and a body that fits its record. Goes out: what was entered, or a job. Example: `{"record": "statement-9c", "seen": ""}`
sent to /api/v1/accept says that a statement is right as it stands, unless somebody has put it right meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

import msgspec

from presstime import corrections
from presstime.decisions import decide_on, undo_decision
from presstime.desk.accounts import Role
from presstime.desk.actions_marks import moment_given
from presstime.desk.actions_names import the_two
from presstime.desk.asking import Ask, RefusedError
from presstime.desk.incoming import add_address, add_text
from presstime.desk.jobs import Job, JobRow, job_row
from presstime.desk.publishing import EditionEvidence, EditionKind, publish_job, state_of
from presstime.desk.saving import by_of, done_entry, enter
from presstime.findings import Decision
from presstime.ledger import Correction, Ledger
from presstime.ledger.lookups_record import is_decision
from presstime.marking import check_handle, let_through, mark_all, own_handle
from presstime.records import Act, Form, Record

__all__ = ["BODIES", "Entered", "JobStarted", "Write"]

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Words = Annotated[str, msgspec.Meta(max_length=2_000)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=900_000)]
At = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Seen = Annotated[str, msgspec.Meta(max_length=500, description="id of the record's newest entry when it was looked at, empty for none")]


class Entered(Record, frozen=True):
    """What was entered, or stood already: corrections, or a decision. `undo` is what /api/v1/undo takes to take the whole act back."""

    undo: str
    entries: tuple[Correction, ...] = ()
    decision: Decision | None = None


class JobStarted(Record, frozen=True):
    """What was begun; /api/v1/jobs/{id} says how far it is."""

    job: JobRow


class Write(Record, frozen=True):
    """Something that can be done: how it is asked, what it takes and gives, who may, and a sentence on it."""

    method: Literal["POST", "PATCH"]
    path: str
    summary: str
    takes: Any
    gives: Any
    make: Callable[[Ask, Any], Any]
    role: Role = "editor"


class _Body(Record, frozen=True, forbid_unknown_fields=True):
    pass


class RecordChange(_Body, frozen=True):
    """Fields to be put right as one act, as the interchange format has them."""

    fields: dict[str, Any]
    why: Words = ""
    seen: Seen | None = None


class OfRecord(_Body, frozen=True):
    """A record."""

    record: Id
    why: Words = ""
    seen: Seen | None = None


class Split(_Body, frozen=True):
    """A record, and the characters of the text at which it is split."""

    record: Id
    at: Annotated[tuple[At, ...], msgspec.Meta(min_length=1, max_length=100)]
    why: Words = ""
    seen: Seen | None = None


class Merge(_Body, frozen=True):
    """Records of one kind in one document; the first is left."""

    records: Annotated[tuple[Id, ...], msgspec.Meta(min_length=2, max_length=100)]
    why: Words = ""
    seen: Seen | None = None


class NewStatement(_Body, frozen=True):
    """A missed statement, by its characters in the text."""

    document: Id
    start: At
    end: At
    speaker: Words | None = None
    act: Act = "claim"
    form: Form | None = None
    cue: tuple[At, At] | None = None
    why: Words = ""


class NewRecord(_Body, frozen=True):
    """A missed record of any kind, as the interchange format has it, without an id."""

    document: Id
    kind: Literal["actor", "statement", "figure", "event", "place", "time"]
    fields: dict[str, Any]
    why: Words = ""


class Marks(_Body, frozen=True):
    """Marks of a document or statement, as one act: check, translation, translates, outlet …; confidential and embargo by owners."""

    of: Id
    marks: Annotated[dict[str, Any], msgspec.Meta(min_length=1)]
    why: Words = ""
    seen: Seen | None = None


class Owner(_Body, frozen=True):
    """Whose an account is; null where that is not known."""

    handle: Id
    owner: Words | None
    why: Words = ""


class HandleCheck(_Body, frozen=True):
    """That somebody checked an account."""

    handle: Id
    by: Id
    how: Id
    result: Id
    note: Words = ""
    why: Words = ""


class Name(_Body, frozen=True):
    """Whether a private person's name may be published."""

    name: Id
    through: bool
    why: Words = ""


class Verdict(_Body, frozen=True):
    """That two actors, or two events, are the same, or are not; by their ids, an actor also by its name."""

    verdict: Literal["same", "apart"]
    one: Id
    other: Id
    why: Words = ""


class Undo(_Body, frozen=True):
    """A correction, an act's batch, or a decision."""

    entry: Id
    why: Words = ""


class NewText(_Body, frozen=True):
    """A text to be read, with what is known of it."""

    text: Text
    headline: Words = ""
    outlet: Words = ""
    byline: Words = ""
    published: Words = ""
    url: Words = ""


class Address(_Body, frozen=True):
    """The address of a page to be fetched."""

    url: Id


class NewEdition(_Body, frozen=True):
    """An edition as of a moment (null: now). Publishing is for owners; `state` is that of /api/v1/upcoming."""

    kind: EditionKind
    as_of: Words | None = None
    evidence: EditionEvidence = "excerpt"
    state: Words | None = None


def _entered(ask: Ask, act: Callable[[Ledger], Correction | Sequence[Correction]]) -> Entered:
    done = enter(ask, act)
    entries = (done,) if isinstance(done, Correction) else tuple(done)
    return Entered(entries=entries, undo=done_entry(entries))


def _started(job: Job) -> JobStarted:
    return JobStarted(job=job_row(job))


def _mark(ask: Ask, body: Marks) -> Entered:
    assert ask.person is not None
    if not ask.person.may("owner") and {"confidential", "embargo"} & set(body.marks):
        raise RefusedError(403, f"what is confidential or under embargo is for owners to say; yours is {ask.person.role}")
    marks = dict(body.marks)
    if isinstance(marks.get("embargo"), str):
        marks["embargo"] = moment_given(marks["embargo"], ask.desk.story.time_zone)
    return _entered(ask, lambda ledger: mark_all(ledger, body.of, marks, by=by_of(ask), why=body.why, seen=body.seen))


def _decide(ask: Ask, body: Verdict) -> Entered:
    kind, one, other = the_two(ask, body.one, body.other)
    made = enter(ask, lambda ledger: decide_on(ledger, kind, body.verdict, one, other, by=by_of(ask), why=body.why))
    return Entered(decision=made, undo=made.id)


def _undo(ask: Ask, body: Undo) -> Entered:
    if is_decision(ask.look, body.entry):
        made = enter(ask, lambda ledger: undo_decision(ledger, body.entry, by=by_of(ask), why=body.why))
        return Entered(decision=made, undo=made.id)
    return _entered(ask, lambda ledger: corrections.undo_correction(ledger, body.entry, by=by_of(ask), why=body.why))


def _publish(ask: Ask, body: NewEdition) -> JobStarted:
    assert ask.person is not None
    if body.kind == "published" and not ask.person.may("owner"):
        raise RefusedError(403, f"publishing is for owners; yours is {ask.person.role}: make a draft")
    if body.state is not None and body.state != state_of(ask.look):
        raise RefusedError(409, "something was entered since you looked at what publishing would say; ask /api/v1/upcoming again")
    return _started(publish_job(ask.desk, body.kind, body.as_of or None, body.evidence, by_of(ask)))


def _new_statement(ask: Ask, body: NewStatement) -> Entered:
    def act(ledger: Ledger) -> Correction:
        at = (body.document, body.start, body.end, body.speaker)
        return corrections.add_statement(ledger, *at, act=body.act, form=body.form, cue=body.cue, why=body.why, by=by_of(ask))

    return _entered(ask, act)


def _new_text(ask: Ask, body: NewText) -> JobStarted:
    fields = {name: getattr(body, name) for name in ("headline", "outlet", "byline", "published", "url")}
    return _started(add_text(ask.desk, body.text, fields, by_of(ask)))


def _said(why: Any, ask: Ask) -> dict[str, Any]:
    """What every act on a record is told."""
    return {"by": by_of(ask), "why": why.why, "seen": why.seen}


BODIES = (
    Write(
        method="PATCH",
        path="/records/{id}",
        summary="Put fields of a record right",
        takes=RecordChange,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.correct_all(ledger, a.path["id"], b.fields, **_said(b, a))),
    ),
    Write(
        method="POST",
        path="/records",
        summary="Add a record that the reader missed",
        takes=NewRecord,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.add_record(ledger, b.document, b.kind, b.fields, by=by_of(a), why=b.why)),
    ),
    Write(
        method="POST",
        path="/statements",
        summary="Add a missed statement by its words",
        takes=NewStatement,
        gives=Entered,
        make=_new_statement,
    ),
    Write(
        method="POST",
        path="/accept",
        summary="Say that a record is right as it stands",
        takes=OfRecord,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.accept(ledger, b.record, **_said(b, a))),
    ),
    Write(
        method="POST",
        path="/withdraw",
        summary="Take a record out of what is known",
        takes=OfRecord,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.withdraw(ledger, b.record, **_said(b, a))),
    ),
    Write(
        method="POST",
        path="/split",
        summary="Split a statement, figure or event",
        takes=Split,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.split(ledger, b.record, b.at, **_said(b, a))),
    ),
    Write(
        method="POST",
        path="/merge",
        summary="Make one of several records",
        takes=Merge,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: corrections.merge(ledger, b.records, **_said(b, a))),
    ),
    Write(
        method="POST",
        path="/marks",
        summary="Say what no reader knows of a document or statement",
        takes=Marks,
        gives=Entered,
        make=_mark,
    ),
    Write(
        method="POST",
        path="/handles/owner",
        summary="Say whose an account is",
        takes=Owner,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: own_handle(ledger, b.handle, b.owner, by=by_of(a), why=b.why)),
    ),
    Write(
        method="POST",
        path="/handles/check",
        summary="Say that an account was checked",
        takes=HandleCheck,
        gives=Entered,
        make=lambda a, b: _entered(
            a,
            lambda ledger: check_handle(
                ledger, b.handle, {"by": b.by, "how": b.how, "result": b.result, "note": b.note}, by=by_of(a), why=b.why
            ),
        ),
    ),
    Write(
        method="POST",
        path="/names",
        summary="Let a name be published, or hold it back",
        takes=Name,
        gives=Entered,
        make=lambda a, b: _entered(a, lambda ledger: let_through(ledger, b.name, b.through, by=by_of(a), why=b.why)),
        role="owner",
    ),
    Write(method="POST", path="/decisions", summary="Decide that two are one, or two", takes=Verdict, gives=Entered, make=_decide),
    Write(method="POST", path="/undo", summary="Take something back", takes=Undo, gives=Entered, make=_undo),
    Write(method="POST", path="/sources/text", summary="Add a text", takes=NewText, gives=JobStarted, make=_new_text),
    Write(
        method="POST",
        path="/sources/address",
        summary="Fetch a page and add it",
        takes=Address,
        gives=JobStarted,
        make=lambda a, b: _started(add_address(a.desk, b.url, by_of(a))),
    ),
    Write(
        method="POST", path="/editions", summary="Publish an edition, or make a draft", takes=NewEdition, gives=JobStarted, make=_publish
    ),
)
"""Everything that can be done. The routes, the OpenAPI description and the tests of who may ask are made from this table."""
