"""The command that watches a story's feeds and pages, and says how it stands with the watch.

In: a story's folder. Out: lines on standard output, one for every change, until it is stopped; or the state of the watch.
Thin: the work is done by `presstime.watch`. Example: `presstime watch flood`, and elsewhere `presstime watch flood --status`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from presstime.watch.loop import Watcher

__all__ = ["add_watch_command"]

DONE_WITH_PROBLEMS = 3


def add_watch_command(group: click.Group) -> None:
    """Adds the command to the program."""
    group.add_command(watch_command)


@click.command("watch")
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Poll every feed once, take in what it brings, tell what changed, and stop.")
@click.option("--for", "duration", metavar="TIME", help="Stop after so long, e.g. 90s, 10m or 8h.")
@click.option("--status", is_flag=True, help="Say how it stands with the watch, and stop. It may be running elsewhere.")
@click.option("--try-notify", is_flag=True, help="Send every target of every [[notify]] rule a message to try it, and stop.")
@click.option("--json", "as_json", is_flag=True, help="The status as JSON; while watching, every change as a line of JSON.")
def watch_command(story: Path, once: bool, duration: str | None, status: bool, try_notify: bool, as_json: bool) -> None:
    """Poll a story's feeds, take in what is new and on topic, and say what changed.

    Feeds, filter and notifications stand in story.toml. Ctrl-C stops it; started again, it goes on where it was.
    """
    from presstime.story_watch import seconds_of

    seconds = seconds_of(duration) if duration is not None else None
    if duration is not None and seconds is None:
        raise click.BadParameter(f"{duration!r} is no time between one second and a week; write it like 90s, 10m or 8h", param_hint="--for")
    if status:
        _say_status(story, as_json)
        return
    from presstime.story import open_story

    if try_notify:
        from presstime.watch.notify import try_targets

        if try_targets(open_story(story), click.echo):
            click.get_current_context().exit(DONE_WITH_PROBLEMS)
        return
    import asyncio

    from presstime.watch.loop import Watcher
    from presstime.watch.notify import notifying

    def say(line: str) -> None:
        click.echo(line, err=True)

    def found(change: str, words: str) -> None:
        click.echo(change if as_json else words)

    opened = open_story(story)
    with notifying(opened, say, once=once) as notifier:
        watcher = Watcher(opened, say=say, found=lambda change: found(_json(change), f"{change.at}  {change.words}"), teller=notifier)
        failing = asyncio.run(_watched(watcher, once, seconds))
    if failing:
        click.echo(f"{failing} feeds could not be had; see: presstime watch {story} --status", err=True)
    if once and failing:
        click.get_current_context().exit(DONE_WITH_PROBLEMS)


async def _watched(watcher: Watcher, once: bool, seconds: float | None) -> int:
    """Watch, and stop cleanly at SIGTERM and Ctrl-C."""
    import asyncio
    import signal

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(each, watcher.stop)
        except NotImplementedError:  # Windows: Ctrl-C ends the loop by itself
            break
    return await watcher.run(once=once, seconds=seconds)


def _say_status(story: Path, as_json: bool) -> None:
    import msgspec

    from presstime.watch.status import status_lines, status_of

    found = status_of(story)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(status_lines(found)))


def _json(change: object) -> str:
    import msgspec

    return msgspec.json.encode(change).decode()
