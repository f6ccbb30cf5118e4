"""Adding material from the desk: a pasted text, files, an address; and how far it is.

Comes in: an `Ask` with a form. Goes out: a job, and its page, which looks again until everything is read. Example: an editor pastes a
report with outlet and date; some seconds later its statements stand on the job's page, and the text with its marks is one click away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from starlette.responses import RedirectResponse, Response

from presstime.desk.asking import Ask, RefusedError, link
from presstime.desk.incoming import FIELDS, MOST_FILES, add_address, add_files, add_text, stop_job
from presstime.desk.jobs import Job
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.saving import by_of, text_of
from presstime.ledger.lookups_documents import document_rows_by_id
from presstime.ledger.lookups_figures import figure_rows
from presstime.ledger.lookups_statements import statement_rows

__all__ = ["MOST_FILES_BYTES", "ROUTES", "job_of"]

MOST_FILES_BYTES = 64 << 20
"""Bytes of what is dropped at once: a hundred PDFs of a report's length. An export of gigabytes is for the command line."""
MOST_TEXT = 900_000
"""Characters of a pasted text; a form holds 1 MiB."""
SHOWN = 60
READINGS = 12
"""Statements and figures of the document read last, on its job's page; the document's own page has them all."""


def sources_page(ask: Ask) -> Response:
    """The forms, and what was added since the desk was opened."""
    return render(
        ask, "sources.html", "Add sources", jobs=ask.desk.jobs.last("material"), most_files=MOST_FILES, most=MOST_FILES_BYTES >> 20
    )


def _to(job: Job) -> Response:
    return RedirectResponse(link("jobs", job.id), 303)


def paste(ask: Ask) -> Response:
    """Add a pasted text."""
    fields = {name: text_of(ask, name, 2_000) for name in FIELDS}
    return _to(add_text(ask.desk, text_of(ask, "text", MOST_TEXT), fields, by_of(ask)))


def files(ask: Ask) -> Response:
    """Add files."""
    return _to(add_files(ask.desk, _files(ask.form.get("files")), by_of(ask)))


def _files(given: Any) -> Iterator[tuple[str, BinaryIO]]:
    from starlette.datastructures import UploadFile

    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, UploadFile) and one.filename:
            yield one.filename, one.file


def address(ask: Ask) -> Response:
    """Add the page at an address."""
    return _to(add_address(ask.desk, text_of(ask, "url", 2_000), by_of(ask)))


def job_of(ask: Ask, identifier: str) -> Job:
    """A job, for whoever may see everything; or a refusal."""
    found = ask.desk.jobs.get(identifier)
    if found is None:
        raise RefusedError(404, "there is no such job since the desk was opened; what it did is in the log")
    return found


def job_page(ask: Ask) -> Response:
    """How far a job is, what it entered, what went wrong."""
    job = job_of(ask, ask.path["id"])
    documents = tuple(job.documents[:SHOWN])
    newest = job.documents[-1] if job.documents else ""
    return render(
        ask,
        "job.html",
        job.title,
        job=job,
        documents=document_rows_by_id(ask.look, documents, ask.sight),
        known=document_rows_by_id(ask.look, tuple(job.known[:SHOWN]), ask.sight),
        more=max(0, len(job.documents) - SHOWN),
        newest=newest,
        statements=statement_rows(ask.look, ask.sight, document=newest, size=READINGS).items if newest else (),
        figures=figure_rows(ask.look, ask.sight, document=newest, size=READINGS).items if newest else (),
    )


def stop(ask: Ask) -> Response:
    """Stop a job; what it has entered stays."""
    job = job_of(ask, ask.path["id"])
    if job.kind != "material":
        raise RefusedError(400, "an edition that is being made is not stopped")
    stop_job(ask.desk, job)
    return _to(job)


ROUTES = (
    Route(method="GET", path="/sources", role="editor", page=sources_page),
    Route(method="POST", path="/sources/paste", role="editor", page=paste),
    Route(method="POST", path="/sources/files", role="editor", page=files, most=MOST_FILES_BYTES),
    Route(method="POST", path="/sources/address", role="editor", page=address),
    Route(method="GET", path="/jobs/{id}", role="editor", page=job_page),
    Route(method="POST", path="/jobs/{id}/stop", role="editor", page=stop),
)
