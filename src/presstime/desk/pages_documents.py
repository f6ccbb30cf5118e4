"""The documents' pages: the list, and one document with every reading marked in its text, and a way back from each reading to its words.

Comes in: an `Ask`. Goes out: a page. Example: /documents/doc-1?show=figure#figure-2 shows the text with its figures marked, at the second.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.handles import handles_in
from presstime.desk.marking import cut_marks, marked_blocks, part_of_text, seen_stretches
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.said import checks_of, in_force_of
from presstime.ledger.lookups_documents import choices, document, document_rows, marks, problem_rows, reading_rows
from presstime.ledger.lookups_log import log_rows
from presstime.ledger.lookups_names import actor_rows
from presstime.records import ACTS, Record

__all__ = ["ROUTES", "DocumentFilters", "PageNumber", "one_document"]

PageNumber = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Text = Annotated[str, msgspec.Meta(max_length=500)]
KINDS = ("statement", "figure", "event", "place", "time", "actor", "unattributed", "problem")


class DocumentFilters(Record, frozen=True):
    """What the list of documents takes. `day` is of publishing; `copies`: copies of others, own texts, or later versions."""

    outlet: Text | None = None
    language: Text | None = None
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    copies: Literal["", "copy", "own", "version"] = ""
    q: Text = ""
    page: PageNumber = 1


class _View(Record, frozen=True):
    show: Literal["", "statement", "figure", "event", "place", "time", "actor", "unattributed", "problem"] = ""
    part: PageNumber = 1
    at: Text | None = None


def documents_page(ask: Ask) -> Response:
    """The list."""
    wanted = filters(ask, DocumentFilters)
    chosen = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}
    page = document_rows(ask.look, ask.sight, **chosen, number=wanted.page)
    lists = {"outlets": choices(ask.look, "outlet"), "languages": choices(ask.look, "language")} if ask.sight.now is None else {}
    return render(ask, "documents.html", "Documents", page=page, wanted=wanted, lists=lists)


def one_document(ask: Ask, identifier: str) -> Any:
    """The document, or a refusal that does not tell whether there is one."""
    found = document(ask.look, identifier, ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such document in this story; search for its headline or words")
    return found


def document_page(ask: Ask) -> Response:
    """One document. `at` is a record of it: the part of the text in which it stands is shown."""
    found = one_document(ask, ask.path["id"])
    wanted = filters(ask, _View)
    shown = seen_stretches(ask, found)
    every = cut_marks(marks(ask.look, found.id, ask.sight), shown)
    part = wanted.part
    start, end, parts = part_of_text(found, part)
    target = next((mark for mark in every if mark.of == wanted.at), None)
    if target is not None and not start <= target.start < end:
        part = next((number for number in range(1, parts + 1) if target.start < part_of_text(found, number)[1]), 1)
        start, end, parts = part_of_text(found, part)
    marked = [mark for mark in every if mark.kind == wanted.show or (wanted.show == "statement" and mark.kind in ("speaker", "cue"))]
    here = [mark for mark in (marked if wanted.show else every) if mark.start < end and mark.end > start]
    counts = {kind: len({mark.of for mark in every if mark.kind == kind}) for kind in KINDS}
    listed = {kind: tuple({m.of: m for m in reversed(here) if m.kind == kind}.values())[::-1] for kind in KINDS}
    heeded = in_force_of(ask, found.id)
    return render(
        ask,
        "document.html",
        found.headline or found.name or found.id,
        document=found,
        blocks=marked_blocks(found, here, shown, start, end),
        counts=counts,
        listed=listed,
        words={mark.of: " ".join(found.text[mark.start : mark.end].split())[:90] for each in listed.values() for mark in each},
        wanted=wanted,
        acts=ACTS,
        names=tuple(
            dict.fromkeys(
                [mark.what for mark in every if mark.kind == "actor"] + [one.name for one in actor_rows(ask.look, ask.sight, size=60).items]
            )
        ),
        part=min(part, parts),
        parts=parts,
        readings=reading_rows(ask.look, found.id),
        problems=problem_rows(ask.look, ask.sight, document=found.id),
        history=log_rows(ask.look, ask.sight, entry="correction", document=found.id, size=10),
        checks=checks_of(heeded, "document", ()),
        handles=handles_in(ask, found, shown),
        translation_of=document(ask.look, found.translates, ask.sight) if found.translates else None,
        version_of=document(ask.look, found.version_of, ask.sight) if found.version_of else None,
        copy_of=document(ask.look, found.near_copy_of, ask.sight) if found.near_copy_of else None,
    )


ROUTES = (
    Route(method="GET", path="/documents", role="reader", page=documents_page),
    Route(method="GET", path="/documents/{id:path}", role="reader", page=document_page),
)
