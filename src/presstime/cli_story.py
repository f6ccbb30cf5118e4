"""The commands on a story that has been compiled: editions, what differs between them, what people decide, and taking it back.

In: a story's folder. Out: an edition's folder, lines of differences, an entry in the ledger. Thin: the work is done by
`editions` and the ledger. Example: `presstime publish flood --as-of 2026-03-03T20:00`, then `presstime editions flood`.
"""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import Any, Literal

import click

from presstime.cli_options import evidence_option

__all__ = ["add_story_commands"]

_DIR = click.Path(path_type=Path)


def add_story_commands(group: click.Group) -> None:
    """Adds the commands to the program."""
    for command in (publish_command, editions_command, diff_command, same_command, apart_command, undo_command):
        group.add_command(command)


@click.command("publish")
@click.argument("story", type=_DIR)
@click.option("--as-of", metavar="TIME", help="The moment of the edition. Default: now.")
@click.option("--draft", is_flag=True, help="Freeze it as a draft: it is kept, and later changes to it need no correction note.")
@evidence_option("excerpt")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
def publish_command(story: Path, as_of: str | None, draft: bool, evidence: Any, as_json: bool) -> None:
    """Freeze a story as an edition: report, brief and findings that stay the same to the byte.

    Where lines of the edition published before have turned out wrong, the edition holds a correction note.
    """
    from presstime.editions import publish

    edition, folder = publish(story, as_of=as_of, kind="draft" if draft else "published", evidence=evidence)
    if as_json:
        _say({"id": edition.id, "kind": edition.kind, "as_of": edition.as_of, "folder": str(folder), "correction": edition.correction})
        return
    click.echo(f"{edition.kind} edition as of {edition.as_of}: {folder}")
    if edition.correction:
        click.echo(edition.correction)


@click.command("editions")
@click.argument("story", type=_DIR)
@click.option("--write", metavar="ID", help="Write this edition's files again, from the ledger alone.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON lines.")
def editions_command(story: Path, write: str | None, as_json: bool) -> None:
    """List a story's editions, oldest first."""
    from presstime.editions import list_editions, write_again

    if write is not None:
        click.echo(f"written: {write_again(story, write)}")
        return
    for e in list_editions(story):
        if as_json:
            _say({"id": e.id, "kind": e.kind, "as_of": e.as_of, "made_at": e.made_at, "made_with": e.made_with, "correction": e.correction})
        else:
            click.echo(f"{e.id}  {e.kind}  as of {e.as_of}  made {e.made_at}{'  with a correction note' if e.correction else ''}")


@click.command("diff")
@click.argument("edition", type=_DIR)
@click.argument("other", type=_DIR)
@click.option("--json", "as_json", is_flag=True, help="One difference a line, as JSON.")
def diff_command(edition: Path, other: Path, as_json: bool) -> None:
    """Say what differs between two editions, given as their folders: new, changed, withdrawn, newly denied or corroborated."""
    from presstime.editions import compare

    lines = compare(edition, other)
    for line in lines:
        if as_json:
            _say({"kind": line.kind, "of": line.of, "words": line.words, "before": line.before, "after": line.after})
        else:
            click.echo(line.words)
    if not lines and not as_json:
        click.echo("nothing differs")


# ---------------------------------------------------------------- what people decide


def _options(command: Any) -> Any:
    command = click.option("--why", default="", help="The reason, which is kept.")(command)
    command = click.option("--by", default=getpass.getuser, show_default="your user name", help="Who decides.")(command)
    return command


@click.command("same")
@click.argument("story", type=_DIR)
@click.argument("one")
@click.argument("other")
@_options
def same_command(story: Path, one: str, other: str, by: str, why: str) -> None:
    """Decide that two actors, or two events, are one. ONE and OTHER are ids of findings.json; old ids stay good."""
    _decide(story, "same", one, other, by, why)


@click.command("apart")
@click.argument("story", type=_DIR)
@click.argument("one")
@click.argument("other")
@_options
def apart_command(story: Path, one: str, other: str, by: str, why: str) -> None:
    """Decide that two names are two actors, or two tellings two events, though the rules join them."""
    _decide(story, "apart", one, other, by, why)


@click.command("undo")
@click.argument("story", type=_DIR)
@click.argument("entry")
@_options
def undo_command(story: Path, entry: str, by: str, why: str) -> None:
    """Take back a decision, a correction or a whole act of several corrections, by its id. Both entries are kept."""
    from presstime.decisions import undo

    click.echo(f"taken back: {undo(story, entry, by=by, why=why)}")


def _decide(story: Path, verdict: Literal["same", "apart"], one: str, other: str, by: str, why: str) -> None:
    from presstime.decisions import decide

    made = decide(story, verdict, one, other, by=by, why=why)
    click.echo(f"decided: {made.id} (presstime undo {story} {made.id} takes it back); combine or compile to see it")


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
