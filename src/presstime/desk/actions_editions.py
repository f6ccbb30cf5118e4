"""Publishing from the desk: what it will say is shown first, then it is done as a job; and an edition's files to take along.

Comes in: an `Ask` with a form. Goes out: a page, a job, or a .zip. Example: an owner opens /publish, reads the correction note on the
edition before, and publishes; an editor can make a draft there.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, get_args

from starlette.responses import RedirectResponse, Response

from presstime.desk.asking import Ask, RefusedError, link
from presstime.desk.pages_editions import one_edition
from presstime.desk.publishing import EditionEvidence, EditionKind, publish_job, state_of, upcoming_of
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.saving import by_of, text_of
from presstime.ledger.lookups_log import edition_rows
from presstime.story import EDITIONS

__all__ = ["ROUTES"]


def publish_page(ask: Ask) -> Response:
    """What publishing would say, and the form."""
    return _page(ask)


def _page(ask: Ask, *, status: int = 200, changed: bool = False) -> Response:
    values: dict[str, Any] = {
        "upcoming": upcoming_of(ask),
        "state": state_of(ask.look),
        "changed": changed,
        "last": next((one for one in edition_rows(ask.look, size=200).items if one.kind == "published"), None),
        "running": next((one for one in ask.desk.jobs.last("edition") if not one.over), None),
        "zone": ask.desk.story.time_zone,
    }
    return render(ask, "publish.html", "Publish", status=status, **values)


def _publish(ask: Ask, kind: EditionKind) -> Response:
    evidence = text_of(ask, "evidence", 20) or "excerpt"
    if evidence not in get_args(EditionEvidence):
        raise RefusedError(400, f"evidence is one of: {', '.join(get_args(EditionEvidence))}")
    if kind == "published" and text_of(ask, "state", 100) != state_of(ask.look):
        return _page(ask, status=409, changed=True)
    job = publish_job(ask.desk, kind, text_of(ask, "as_of", 60).strip() or None, evidence, by_of(ask))  # type: ignore[arg-type]
    return RedirectResponse(link("jobs", job.id), 303)


def draft(ask: Ask) -> Response:
    """Make a draft."""
    return _publish(ask, "draft")


def publish(ask: Ask) -> Response:
    """Publish an edition: what the page showed is what is published, or nothing is."""
    return _publish(ask, "published")


def download(ask: Ask) -> Response:
    """An edition's files as a .zip; written again from the ledger where they are gone. Never shown in the browser as a page of the desk."""
    from presstime.editions import write_again

    edition = one_edition(ask, ask.path["id"])
    place = ask.desk.folder / EDITIONS / edition.id
    if place.resolve().parent != (ask.desk.folder / EDITIONS).resolve():
        raise RefusedError(404, "there is no such edition; see the list of editions")
    if not (place / "report.html").is_file():
        write_again(ask.desk.folder, edition.id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(place.rglob("*")):
            if file.is_file() and not file.is_symlink():
                archive.write(file, f"{edition.id}/{file.relative_to(place).as_posix()}")
    name = "".join(character if character.isalnum() or character in "-_" else "-" for character in edition.id)
    return Response(packed.getvalue(), 200, {"content-disposition": f'attachment; filename="{name}.zip"'}, "application/zip")


ROUTES = (
    Route(method="GET", path="/publish", role="editor", page=publish_page),
    Route(method="POST", path="/publish/draft", role="editor", page=draft),
    Route(method="POST", path="/publish/published", role="owner", page=publish),
    Route(method="GET", path="/download/{id:path}", role="editor", page=download),
)
