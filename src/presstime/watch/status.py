"""The state of a watch, for whoever asks: the command line, the desk, a monitor.

In: a story's folder. Out: a `Status`: whether it is being watched, each feed with its next poll and its fault, how many pages
stand how, what changed last. Example: one feed of fifty answers 503: its line says since when, and when it is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from presstime.records import Record
from presstime.story import Story, open_story
from presstime.watch.changes import WatchedChange
from presstime.watch.known import PAST, KnownFeed, feed
from presstime.watch.lock import watching
from presstime.watch.notify import RuleStatus, rule_states
from presstime.watch.state import WATCH_DB, State

__all__ = ["FeedStatus", "PageFault", "Status", "status_lines", "status_of"]

SHOWN = 10
"""Changes and faulty pages that are shown one by one."""


class FeedStatus(Record, frozen=True):
    """How it stands with a feed. Moments are ISO 8601 in the story's zone; `every` is seconds between two polls now."""

    url: str
    outlet: str | None
    every: float | None
    polled: str | None
    answered: str | None
    renewed: str | None
    next: str | None
    entries: int
    failures: int
    fault: str | None


class PageFault(Record, frozen=True):
    """A page that could not be had, or not as it should be, and when it is tried again."""

    url: str
    state: str
    fault: str
    next: str | None


class Status(Record, frozen=True):
    """How it stands with a watch. `pages` counts pages by how they stand; `changes` are all that were found, `last` the latest.

    `notify` says how it stands with each target of each [[notify]] rule.
    """

    story: str
    running: bool
    started: str | None
    feeds: tuple[FeedStatus, ...]
    pages: dict[str, int]
    due: int
    faults: tuple[PageFault, ...]
    changes: int
    last: tuple[WatchedChange, ...]
    notify: tuple[RuleStatus, ...] = ()


def status_of(folder: Path, now: datetime | None = None) -> Status:
    """The state of the watch of a story. Raises StoryError where there is no story; one never watched has an empty state."""
    story = open_story(folder)
    now = now or datetime.now().astimezone()
    if not (folder / WATCH_DB).is_file():
        unknown = tuple(_feed(KnownFeed(url=each.url), each.outlet, story) for each in story.feeds)
        return Status(
            story=story.title,
            running=False,
            started=None,
            feeds=unknown,
            pages={},
            due=0,
            faults=(),
            changes=0,
            last=(),
            notify=rule_states(None, story),
        )
    with State.open(folder, create=False) as state:
        asked = state.connection.execute
        started = state.note("started")
        return Status(
            story=story.title,
            running=watching(folder),
            started=_local(started.decode(), story) if started else None,
            feeds=tuple(_feed(feed(state, each.url), each.outlet, story) for each in story.feeds),
            pages={row[0]: row[1] for row in asked("SELECT state, count(*) FROM page GROUP BY state ORDER BY state")},
            due=int(asked("SELECT count(*) FROM page WHERE due <= ?", (now.timestamp(),)).fetchone()[0]),
            faults=tuple(
                PageFault(url=row[0], state=row[1], fault=row[2], next=_moment(row[3], story))
                for row in asked(
                    "SELECT url, state, fault, due FROM page WHERE fault IS NOT NULL AND state != 'off-topic' AND fault != ? "
                    "ORDER BY failures DESC, url LIMIT ?",
                    (PAST, SHOWN),
                )
            ),
            changes=int(asked("SELECT count(*) FROM change").fetchone()[0]),
            last=state.changes(SHOWN),
            notify=tuple(replace(each, told=_local(each.told, story), next=_local(each.next, story)) for each in rule_states(state, story)),
        )


def _feed(known: KnownFeed, outlet: str | None, story: Story) -> FeedStatus:
    return FeedStatus(
        url=known.url,
        outlet=outlet,
        every=known.pace or None,
        polled=_local(known.polled, story),
        answered=_local(known.answered, story),
        renewed=_local(known.renewed, story),
        next=_moment(known.due, story) if known.polled else None,
        entries=known.entries,
        failures=known.failures,
        fault=known.fault,
    )


def _moment(seconds: float | None, story: Story) -> str | None:
    return datetime.fromtimestamp(seconds, ZoneInfo(story.time_zone)).isoformat(timespec="seconds") if seconds is not None else None


def _local(moment: str | None, story: Story) -> str | None:
    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(story.time_zone)).isoformat(timespec="seconds")


def status_lines(status: Status) -> Sequence[str]:
    """The same in lines for a terminal: what is wrong comes first."""
    running = "is being watched" if status.running else "is not being watched"
    lines = [f"{status.story}: {running}" + (f"; started {status.started}" if status.started else "")]
    failing = [each for each in status.feeds if each.failures]
    lines.append(f"feeds: {len(status.feeds)}, failing: {len(failing)}")
    for each in sorted(status.feeds, key=lambda one: (-one.failures, one.url)):
        times = "once" if each.failures == 1 else f"{each.failures} times"
        how = f"failed {times}: {each.fault}" if each.failures else (each.fault or "well")
        told = f"  {each.url}: {how}"
        if each.answered:
            told += f"; answered last {each.answered}"
        elif each.polled is None:
            told += "; not polled yet"
        lines.append(told + (f"; next {each.next}" if each.next else ""))
    pages = ", ".join(f"{number} {state}" for state, number in status.pages.items()) or "none yet"
    lines.append(f"pages: {pages}; due now: {status.due}")
    lines += [f"  {each.url}: {each.fault}" + (f" (again {each.next})" if each.next else "") for each in status.faults]
    lines += [_rule_line(each) for each in status.notify]
    lines.append(f"changes: {status.changes}")
    lines += [f"  {each.at}  {each.words}" for each in status.last]
    return lines


def _rule_line(rule: RuleStatus) -> str:
    how = f"failed {rule.failures} times: {rule.fault} It is tried again at {rule.next}" if rule.failures else "well"
    waiting = f"; {rule.waiting} waiting" if rule.waiting else ""
    return f"notify {rule.rule} ({rule.target}): {how}" + (f"; told last {rule.told}" if rule.told else "") + waiting
