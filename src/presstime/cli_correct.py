"""The commands with which people put the record right and say what no reader knows.

In: a story's folder, the id of a record, a document or a handle. Out: an entry in the ledger, which the next combining and every
report heed. Thin: the work is done by `corrections`. Example: `presstime correct flood figure-1f… low 15 --why "a slip"`,
then `presstime mark flood doc-4f… embargo 2026-03-04T06:00+02:00`.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from presstime.ledger import Correction, Ledger

__all__ = ["add_correct_commands"]

_DIR = click.Path(path_type=Path)
_NOTHING = ("null", "none")


def add_correct_commands(group: click.Group) -> None:
    """Adds the commands to the program."""
    for command in (correct_command, mark_command, let_through_command, corrections_command):
        group.add_command(command)


def _by_whom(command: Any) -> Any:
    command = click.option("--json", "as_json", is_flag=True, help="Say what was entered as JSON lines.")(command)
    command = click.option("--why", default="", help="The reason, which is kept.")(command)
    command = click.option("--by", default=getpass.getuser, show_default="your user name", help="Who puts it right.")(command)
    return command


@click.command("correct")
@click.argument("story", type=_DIR)
@click.argument("record")
@click.argument("changes", nargs=-1, metavar="[FIELD VALUE]…")
@click.option("--accept", is_flag=True, help="Say that the record is right as it stands.")
@click.option("--withdraw", is_flag=True, help="Take the record out of what is known; its words stay in the document.")
@click.option("--split", "positions", type=int, multiple=True, metavar="AT", help="Split it at this character of the text.")
@click.option("--merge", "others", multiple=True, metavar="ID", help="Make one of it and this record.")
@click.option("--add", "words", metavar="WORDS", help="Add a missed statement: its words, as they stand in the document RECORD.")
@click.option("--speaker", metavar="NAME", help="With --add: who says it.")
@click.option("--act", default="claim", show_default=True, help="With --add: denial, accusation, demand … claim.")
@click.option("--seen", metavar="ID", help="The record's newest correction that you saw; another since is told and nothing entered.")
@_by_whom
def correct_command(
    story: Path,
    record: str,
    changes: tuple[str, ...],
    accept: bool,
    withdraw: bool,
    positions: tuple[int, ...],
    others: tuple[str, ...],
    words: str | None,
    speaker: str | None,
    act: str,
    seen: str | None,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """Put a record right. RECORD is its id; FIELD and VALUE as in docs/reading.md, VALUE null for none.

    \b
    presstime correct STORY figure-1f… low 15 high 15
    presstime correct STORY statement-9c… speaker "Ana Lind"
    """
    from presstime import corrections

    if sum((bool(changes), accept, withdraw, bool(positions), bool(others), words is not None)) != 1 or len(changes) % 2:
        raise click.UsageError("give one thing to do: FIELD VALUE pairs, or --accept, --withdraw, --split, --merge or --add.")
    who: dict[str, Any] = {"by": by, "why": why}
    with _opened(story) as ledger:
        if words is not None:
            start, end = _found(ledger, record, words)
            made: tuple[Correction, ...] = (corrections.add_statement(ledger, record, start, end, speaker, act=act, **who),)
        elif accept:
            made = (corrections.accept(ledger, record, seen=seen, **who),)
        elif withdraw:
            made = (corrections.withdraw(ledger, record, seen=seen, **who),)
        elif positions:
            made = corrections.split(ledger, record, positions, seen=seen, **who)
        elif others:
            made = corrections.merge(ledger, (record, *others), seen=seen, **who)
        else:
            fields = {field: _value(value) for field, value in zip(changes[::2], changes[1::2], strict=True)}
            made = corrections.correct_all(ledger, record, fields, seen=seen, **who)
    _say(story, made, as_json)


@click.command("mark")
@click.argument("story", type=_DIR)
@click.argument("what")
@click.argument("field")
@click.argument("value")
@click.option("--how", default="", help="With check: how it was checked.")
@click.option("--checked-by", help="With check: who checked it. Default: --by.")
@click.option("--note", default="", help="With check: a note.")
@click.option("--language", default="en", show_default=True, help="With translation: the language of the words, an ISO 639 code.")
@_by_whom
def mark_command(
    story: Path,
    what: str,
    field: str,
    value: str,
    how: str,
    checked_by: str | None,
    note: str,
    language: str,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """Say of a document, a statement or an account what no reader knows. WHAT is an id, or a handle such as @stepa.

    \b
    confidential yes|no             kept out of every report, export and message
    embargo TIME|none               kept out until then, e.g. 2026-03-04T06:00+02:00
    check RESULT --how HOW          somebody checked it
    outlet published headline …     a document's own field, put right
    translates ID|none              the document of which this one is a translation
    translation WORDS --language    a statement's words in another language
    owner NAME|none                 whose account a handle is
    """
    from presstime import corrections

    check = {"by": checked_by or by, "how": how, "result": value, "note": note}
    who: dict[str, Any] = {"by": by, "why": why}
    with _opened(story) as ledger:
        if what.startswith("@") or field == "owner":
            if field not in ("owner", "check"):
                raise click.UsageError(f"of an account one says the owner or a check, not {field}.")
            if field == "owner":
                made = corrections.own_handle(ledger, what, _value(value), **who)
            else:
                made = corrections.check_handle(ledger, what, check, **who)
        else:
            given: Any = _value(value)
            if field == "confidential":
                given = {"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)
            elif field == "check":
                given = check
            elif field == "translation" and given is not None:
                given = {"language": language, "words": value}
            made = corrections.mark(ledger, what, field, given, **who)
    _say(story, (made,), as_json)


@click.command("let-through")
@click.argument("story", type=_DIR)
@click.argument("name")
@click.option("--hold-back", is_flag=True, help="Hold the name back again.")
@_by_whom
def let_through_command(story: Path, name: str, hold_back: bool, by: str, why: str, as_json: bool) -> None:
    """Let a private person's name be published that is held back: of somebody accused by name, or a named victim."""
    from presstime import corrections

    with _opened(story) as ledger:
        made = corrections.let_through(ledger, name, not hold_back, by=by, why=why)
    _say(story, (made,), as_json)


@click.command("corrections")
@click.argument("story", type=_DIR)
@click.option("--of", "reference", metavar="ID", help="Those of this document, record, handle or name only.")
@click.option("--orphans", is_flag=True, help="Those whose words or record the newest reading has no more.")
@click.option("--json", "as_json", is_flag=True, help="One correction a line, as JSON.")
def corrections_command(story: Path, reference: str | None, orphans: bool, as_json: bool) -> None:
    """List what people have put right and said, oldest first."""
    from presstime.corrections import list_corrections

    with _opened(story) as ledger:
        found = list_corrections(ledger, reference, orphans=orphans)
    for correction, holds in found:
        if as_json:
            _print_json(correction, holds)
        else:
            click.echo(f"{_line(correction)}{'' if holds else '  (taken back)'}")


@contextmanager
def _opened(story: Path) -> Iterator[Ledger]:
    from presstime.ledger import Ledger
    from presstime.story import LEDGER, open_story

    open_story(story)
    with Ledger.open(story / LEDGER, create=False) as ledger:
        yield ledger


def _found(ledger: Ledger, document: str, words: str) -> tuple[int, int]:
    """Where words stand in a document's text."""
    from presstime.problems import InputError

    known = ledger.document(document)
    if known is None:
        raise InputError(f"there is no document {document!r} in the ledger; with --add, RECORD is a document's id")
    times = known.text.count(words) if words else 0
    if times != 1:
        much = "do not stand" if times == 0 else f"stand {times} times"
        raise InputError(f"these words {much} in {document}; give them as the text has them, and enough of them to stand once")
    start = known.text.index(words)
    return start, start + len(words)


def _value(words: str) -> str | None:
    return None if words.lower() in _NOTHING else words


def _line(one: Correction) -> str:
    about = f"“{one.words}”" if one.words else one.document or ""
    changed = f"{one.field}: {one.before or '–'} → {one.after}" if one.field != "undone" else f"takes back {one.takes_back}"
    return f"{one.id}  {one.at}  {one.by}  {one.kind} {about}  {changed}{f'  ({one.why})' if one.why else ''}"


def _say(story: Path, made: tuple[Correction, ...], as_json: bool) -> None:
    for one in made:
        if as_json:
            _print_json(one, True)
        else:
            click.echo(_line(one))
    if not as_json:
        click.echo(f"entered (presstime undo {story} {made[-1].batch or made[-1].id} takes it back); combine or compile to see it")


def _print_json(one: Correction, holds: bool) -> None:
    import json

    import msgspec

    sys.stdout.write(json.dumps(msgspec.to_builtins(one) | {"in_force": holds}, ensure_ascii=False) + "\n")
