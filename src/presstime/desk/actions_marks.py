"""What people say that no reader knows: checks, whose an account is, what is kept out and until when, translations, names let through.

Comes in: an `Ask` with a form. Goes out: an entry in the ledger, and the page one came from. Example: on /marks?of=doc-1 an owner sets
"under embargo until 2026-03-04T06:00": from that moment on no reader, report or export has it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from starlette.responses import RedirectResponse, Response

from presstime.desk.asking import Ask, RefusedError, filters, link
from presstime.desk.handles import all_handles, names_said
from presstime.desk.marking import passage, seen_stretches
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.said import checks_of, in_force_of, translation_of
from presstime.desk.saving import by_of, saved, text_of
from presstime.ledger import Correction
from presstime.ledger.lookups_documents import OneDocument, document
from presstime.ledger.lookups_log import document_corrections
from presstime.ledger.lookups_record import Whole, whole_record
from presstime.ledger.lookups_statements import statement
from presstime.marking import check_handle, let_through, mark_all, own_handle
from presstime.records import Record

__all__ = ["DOCUMENT_FIELDS", "ROUTES", "moment_given"]

Text = Annotated[str, msgspec.Meta(max_length=2_000)]
DOCUMENT_FIELDS = ("headline", "outlet", "byline", "published", "language", "url", "translates")
"""What is put right of a document itself, in the order of the form."""
_SHORT = 2_000


class _Of(Record, frozen=True):
    of: Text = ""


class _Handles(Record, frozen=True):
    handle: Text = ""


class _Marked(NamedTuple):
    """What is marked: a document, or a statement in it."""

    document: OneDocument
    whole: Whole | None
    title: str
    to: str
    seen: str


def _marked(ask: Ask, identifier: str) -> _Marked:
    found = document(ask.look, identifier, ask.sight)
    if found is not None:
        own = [one for one in document_corrections(ask.look, found.id) if one.kind == "document"]
        return _Marked(found, None, found.headline or found.name or found.id, link("documents", found.id), own[-1].id if own else "")
    whole = whole_record(ask.look, "statement", identifier)
    source = document(ask.look, whole.reading.document.id, ask.sight) if whole is not None else None
    if whole is None or source is None:
        raise RefusedError(404, "there is no such document or statement now; it may have been withdrawn, see the log")
    who = whole.record.speaker.name if whole.record.speaker else "Nobody named"
    return _Marked(source, whole, f"{who}: {whole.record.act}", link("statements", whole.record.id), whole.seen)


def marks_page(ask: Ask) -> Response:
    """The forms for one document or statement."""
    found = _marked(ask, filters(ask, _Of).of)
    heeded = in_force_of(ask, found.document.id)
    record = found.whole.record if found.whole is not None else None
    spans: tuple[Any, ...] = (record.content or ((record.cue,) if record.cue else ())) if record is not None else ()
    kind = "statement" if record is not None else "document"
    row = statement(ask.look, record.id, ask.sight) if record is not None else None
    kept = row if row is not None else found.document
    return render(
        ask,
        "marks.html",
        found.title,
        of=record.id if record is not None else found.document.id,
        kind=kind,
        to=found.to,
        seen=found.seen,
        document=found.document,
        pieces=passage(found.document, spans, seen_stretches(ask, found.document)) if spans else (),
        checks=checks_of(heeded, kind, spans),
        translation=translation_of(heeded, spans) if spans else None,
        kept=kept,
        own=_own_marks(heeded, kind, spans),
        until=_local(kept.embargo, ask.desk.story.time_zone) if kept.embargo else "",
        fields=DOCUMENT_FIELDS,
        zone=ask.desk.story.time_zone,
    )


def _own_marks(heeded: tuple[Correction, ...], kind: str, spans: tuple[Any, ...]) -> dict[str, Any]:
    """Whether the very thing is marked confidential or under embargo, and not what it stands in."""
    from presstime.ledger.anchors import overlap

    found: dict[str, Any] = {"confidential": False, "embargo": None}
    for one in heeded:
        if one.field in found and one.kind == kind and (kind == "document" or overlap(one.spans, spans) > 0):
            found[one.field] = msgspec.json.decode(one.after or "null")
    return found


def _local(moment: str, zone: str) -> str:
    """A moment as a form's field for dates and times has it: in the story's zone, without an offset."""
    try:
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return ""


def moment_given(words: str, zone: str) -> str:
    """A moment as a person gives it → with its offset; one without an offset is in the story's zone. What is none stays as it is."""
    try:
        found = datetime.fromisoformat(words.strip())
    except ValueError:
        return words
    return (found if found.tzinfo is not None else found.replace(tzinfo=ZoneInfo(zone))).isoformat()


def _mark(ask: Ask, marks: dict[str, Any]) -> Response:
    """Enter marks of what the form names."""
    found = _marked(ask, text_of(ask, "of", _SHORT))
    of = found.whole.record.id if found.whole is not None else found.document.id
    why, by = text_of(ask, "why", _SHORT), by_of(ask)
    seen = text_of(ask, "seen", _SHORT) if "seen" in ask.form else None
    return saved(ask, lambda ledger: mark_all(ledger, of, marks, by=by, why=why, seen=seen), back=found.to)


def check(ask: Ask) -> Response:
    """That somebody checked a document or statement. Checks stand side by side: none takes the place of another."""
    ask.form.pop("seen", None)
    return _mark(ask, {"check": _check(ask)})


def _check(ask: Ask) -> dict[str, str]:
    return {"by": text_of(ask, "checked_by", _SHORT), **{field: text_of(ask, field, _SHORT) for field in ("how", "result", "note")}}


def translate(ask: Ask) -> Response:
    """A statement's words in another language; none where the words are empty."""
    words = text_of(ask, "words", 20_000).strip()
    return _mark(ask, {"translation": {"language": text_of(ask, "language", 20).strip(), "words": words} if words else None})


def put_right(ask: Ask) -> Response:
    """What the form changed of a document's outlet, date, headline and the like."""
    found = _marked(ask, text_of(ask, "of", _SHORT))
    if found.whole is not None:
        raise RefusedError(400, "these are a document's; of a statement each field is put right on its own page")
    given: dict[str, Any] = {}
    for field in DOCUMENT_FIELDS:
        if field in ask.form:
            words = text_of(ask, field, _SHORT).strip()
            if words != (getattr(found.document, field) or ""):
                given[field] = words or None
    if not given:
        return RedirectResponse(found.to, 303)
    return _mark(ask, given)


def keep_out(ask: Ask) -> Response:
    """Confidential, under embargo until a moment, or neither."""
    how = text_of(ask, "keep", 40)
    if how not in ("shown", "confidential", "embargo"):
        raise RefusedError(400, "choose one: it may be shown, it is confidential, or it is under embargo until a moment")
    until = text_of(ask, "until", 60)
    if how == "embargo" and not until.strip():
        raise RefusedError(400, "say until when the embargo holds")
    return _mark(
        ask,
        {
            "confidential": how == "confidential",
            "embargo": moment_given(until, ask.desk.story.time_zone) if how == "embargo" else None,
        },
    )


# ---------------------------------------------------------------- accounts


def handles_page(ask: Ask) -> Response:
    """Accounts of which something was said, and the forms."""
    return render(ask, "handles.html", "Accounts elsewhere", handles=all_handles(ask), wanted=filters(ask, _Handles).handle)


def own(ask: Ask) -> Response:
    """Whose an account is; nobody known where the name is empty."""
    handle, owner = text_of(ask, "handle", 300), text_of(ask, "owner", 300).strip()
    why, by = text_of(ask, "why", _SHORT), by_of(ask)
    return saved(ask, lambda ledger: own_handle(ledger, handle, owner or None, by=by, why=why), back="/handles")


def check_account(ask: Ask) -> Response:
    """That somebody checked an account."""
    handle, told = text_of(ask, "handle", 300), _check(ask)
    why, by = text_of(ask, "why", _SHORT), by_of(ask)
    return saved(ask, lambda ledger: check_handle(ledger, handle, told, by=by, why=why), back="/handles")


# ---------------------------------------------------------------- names


def names_page(ask: Ask) -> Response:
    """Whose names are held back from what is published, and who was let through."""
    from presstime.desk.publishing import upcoming_of

    return render(ask, "names.html", "Names held back", said=names_said(ask), upcoming=upcoming_of(ask))


def let(ask: Ask) -> Response:
    """Let a name be published, or hold it back again."""
    name, through = text_of(ask, "name", 300), text_of(ask, "through", 10)
    if through not in ("yes", "no"):
        raise RefusedError(400, "say yes to let the name through, or no to hold it back")
    why, by = text_of(ask, "why", _SHORT), by_of(ask)
    return saved(ask, lambda ledger: let_through(ledger, name, through == "yes", by=by, why=why), back="/names")


ROUTES = (
    Route(method="GET", path="/marks", role="editor", page=marks_page),
    Route(method="POST", path="/marks/check", role="editor", page=check),
    Route(method="POST", path="/marks/translation", role="editor", page=translate),
    Route(method="POST", path="/marks/document", role="editor", page=put_right),
    Route(method="POST", path="/marks/keep-out", role="owner", page=keep_out),
    Route(method="GET", path="/handles", role="editor", page=handles_page),
    Route(method="POST", path="/handles/owner", role="editor", page=own),
    Route(method="POST", path="/handles/check", role="editor", page=check_account),
    Route(method="GET", path="/names", role="editor", page=names_page),
    Route(method="POST", path="/names", role="owner", page=let),
)
