"""What publishing would say, worked out behind the pages and kept until anything changes; and publishing itself, as a job.

Comes in: an `Ask`, or a desk. Goes out: an `Upcoming`, or nothing yet; a job. Example: the correction note shown before publishing is the
note of the edition: where somebody has changed anything in between, nothing is published, and the new note is shown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Literal

import msgspec

from presstime.desk.asking import Ask
from presstime.desk.jobs import Job
from presstime.desk.state import Desk
from presstime.ledger.lookups import Lookups
from presstime.ledger.lookups_log import mark_now, overview_counts
from presstime.problems import InputError, PresstimeError
from presstime.upcoming import Upcoming, upcoming

__all__ = ["EditionEvidence", "EditionKind", "publish_job", "state_of", "upcoming_of"]

EditionKind = Literal["draft", "published"]
EditionEvidence = Literal["full", "excerpt", "link"]


def state_of(look: Lookups) -> str:
    """Where the ledger stands, in a few characters: the same as long as nobody has entered anything."""
    mark = mark_now(look, "")
    return f"{mark.document}-{mark.correction}-{mark.decision}-{mark.edition}"


def upcoming_of(ask: Ask) -> Upcoming | None:
    """What publishing now would say; None while that is being worked out, or findings are."""
    desk = ask.desk
    if desk.findings_busy:
        return None
    as_of = overview_counts(ask.look, ask.sight).as_of
    hour = datetime.now(UTC).isoformat(timespec="hours")  # an embargo may end
    key = f"upcoming {state_of(ask.look)} {as_of} {hour}"
    kept = desk.accounts.kept(key)
    if kept is None:
        desk.in_background(key, partial(_work_out, desk, key))
        return None
    return msgspec.json.decode(kept, type=Upcoming)


def _work_out(desk: Desk, key: str) -> None:
    try:
        found = upcoming(desk.folder, datetime.now().astimezone())
    except PresstimeError as error:
        found = Upcoming(fault=str(error))
    if not desk.jobs.closed:
        desk.accounts.keep(key, msgspec.json.encode(found).decode())


def publish_job(desk: Desk, kind: EditionKind, as_of: str | None, evidence: EditionEvidence, by: str) -> Job:
    """Publish an edition, or make a draft. Raises InputError where the moment is none, or too much is waiting."""
    from presstime.compile import parse_as_of

    if as_of:
        moment = parse_as_of(as_of, desk.story.time_zone)
        if kind == "published" and moment > datetime.now().astimezone():
            raise InputError("an edition is published as of now or an earlier moment; a draft may be of a coming one")
    job = Job(kind="edition", title="Publishing an edition" if kind == "published" else "Making a draft", by=by)
    if not desk.jobs.start(job, partial(_publish, desk, kind=kind, as_of=as_of, evidence=evidence)):
        raise InputError("too much waits to be done already; publish when some of it is")
    return job


def _publish(desk: Desk, job: Job, kind: EditionKind, as_of: str | None, evidence: EditionEvidence) -> None:
    from presstime.editions import publish

    job.step = "combining, and writing the edition"
    with desk.findings.going_before():
        edition, _ = publish(desk.folder, as_of=as_of, kind=kind, evidence=evidence)
    job.made = edition.id
    job.step = "published" if kind == "published" else "made"
    desk.findings.changed()  # findings are as of now again, and not as of the edition
