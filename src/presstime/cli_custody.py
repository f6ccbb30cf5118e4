"""The commands of custody: verify, seal, key and erase.

In: a story's folder, or a sealed bundle. Out: what does not fit, a bundle, a tombstone in the log. Thin: the work is done by `custody`.
Example: `presstime verify flood` says that everything fits, or names the first thing that does not, and ends with status 1.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from presstime.problems import InputError

__all__ = ["add_custody_commands"]

_PATH = click.Path(path_type=Path)


def add_custody_commands(group: click.Group) -> None:
    """Adds the commands to the program."""
    for command in (verify_command, seal_command, erase_command, key_group):
        group.add_command(command)


@click.command("verify")
@click.argument("source", type=_PATH, metavar="STORY|BUNDLE")
@click.option("--key", type=_PATH, metavar="PUBLIC.pem", help="A bundle must be signed with the key of which this is the public half.")
@click.option("--json", "as_json", is_flag=True, help="Say what was found as JSON.")
def verify_command(source: Path, key: Path | None, as_json: bool) -> None:
    """Recompute every hash of a story, or of a sealed bundle, and name the first thing that does not fit.

    Ends with status 1 where something does not fit.
    """
    import msgspec

    if source.is_dir():
        from presstime.custody.verify import verify_story

        if key is not None:
            raise InputError("a story's folder is not signed; give --key with a sealed bundle")
        found = verify_story(source)
    else:
        from presstime.custody.check_bundle import verify_bundle

        if not source.is_file():
            raise InputError(f"there is no story or bundle at {source}; check the path")
        found = verify_bundle(source, _read(key) if key is not None else None)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        for note in found.notes:
            click.echo(f"note: {note}", err=True)
        if found.fault is None:
            counted = f"{found.documents} documents, {found.readings} readings, {found.entries} rows of the log ({found.erased} erased)"
            click.echo(f"everything fits: {counted}; the log's head is row {found.head.number}, {found.head.hash}")
        else:
            click.echo(f"does not fit: {found.fault.where}: {found.fault.why}")
    if found.fault is not None:
        sys.exit(1)


@click.command("seal")
@click.argument("story", type=_PATH)
@click.option("-o", "--out", type=_PATH, required=True, metavar="FILE", help="The bundle to write, a zip.")
@click.option("--key", type=_PATH, metavar="KEY.pem", help="Sign it with this key (presstime key new makes one).")
@click.option("--passphrase-file", type=_PATH, metavar="FILE", help="Read the key's passphrase there instead of asking for it.")
@click.option("--redact", multiple=True, metavar="NAME", help="Leave out whatever names this person or source. May be repeated.")
@click.option("--with-confidential", is_flag=True, help="Carry what is marked as confidential or under embargo, too.")
@click.option("--json", "as_json", is_flag=True, help="Say what was sealed as JSON.")
def seal_command(
    story: Path, out: Path, key: Path | None, passphrase_file: Path | None, redact: tuple[str, ...], with_confidential: bool, as_json: bool
) -> None:
    """Put a story into one file that others can verify without presstime's database."""
    import msgspec

    from presstime.custody.seal import seal_story

    opened = None
    if key is not None:
        from presstime.custody.keys import open_key

        opened = open_key(key, _passphrase(passphrase_file, new=False))
    done = seal_story(story, out, key=opened, redact=redact, with_confidential=with_confidential)
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
        return
    click.echo(f"sealed: {done.bundle}, {done.files} files, {done.rows} rows of the log, {'signed' if done.signed else 'not signed'}")
    if done.left_out:
        click.echo(f"left out: what {done.left_out} rows of the log commit to; look through the bundle before you hand it on")
    click.echo(f"the hash of its list of hashes, to tell by another way: {done.sums}")


@click.command("erase")
@click.argument("story", type=_PATH)
@click.argument("targets", nargs=-1, required=True, metavar="DOCUMENT|STATEMENT|NAME…")
@click.option("--why", required=True, help="The reason. It stands in the log for good: name nobody in it.")
@click.option("--by", default=getpass.getuser, show_default="your login", help="Who erases.")
@click.option("--yes", is_flag=True, help="Do not ask: what is erased cannot be had back.")
@click.option("--json", "as_json", is_flag=True, help="Say what was erased as JSON.")
def erase_command(story: Path, targets: tuple[str, ...], why: str, by: str, yes: bool, as_json: bool) -> None:
    """Take documents, statements (by id) or names out of a story for good; the log keeps that it was done, and no content.

    A name is blackened in every document, and these are read again.
    """
    import msgspec

    from presstime.custody.erase import erase_story

    if not yes:
        click.confirm(f"Erase {len(targets)} of {story} for good?", abort=True, err=True)
    done = erase_story(story, targets, by=by, why=why)
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
        return
    emptied = f"{done.rows} rows of the log emptied, {done.raw} raw files gone"
    click.echo(f"erased: {len(done.documents)} documents concerned, {emptied}; row {done.row} says so")
    if any(not name.startswith("archive/") for name in done.removed):
        click.echo(f"the report was removed, for it held what was erased; make it anew: presstime report {story}")
    for name in done.still:
        click.echo(f"still holds it: {name}; withdraw it, and what was copied from it", err=True)
    if done.lost:
        click.echo(f"{len(done.lost)} other documents lay in the same raw files, which are gone: {', '.join(done.lost[:5])}", err=True)
    for word in done.words:
        click.echo(f"{word!r} still stands in some document: erase that form of the name too, if it is the same person", err=True)
    click.echo("remove it from the inputs too, and from copies: bundles, exports, backups", err=True)


@click.group("key")
def key_group() -> None:
    """Your own key, with which you sign what you seal."""


@key_group.command("new")
@click.option("-o", "--out", type=_PATH, default=Path("presstime-key.pem"), show_default=True, metavar="FILE")
@click.option("--passphrase-file", type=_PATH, metavar="FILE", help="Read the passphrase there instead of asking for it.")
def key_new_command(out: Path, passphrase_file: Path | None) -> None:
    """Make a key, locked with a passphrase, and its public half beside it."""
    from presstime.custody.keys import new_key, public_file

    told = new_key(out, _passphrase(passphrase_file, new=True))
    click.echo(f"made {out}, which only you should have, and {public_file(out)}, which everybody may have")
    click.echo(f"its fingerprint: {told}")


def _passphrase(file: Path | None, *, new: bool) -> bytes:
    if file is not None:
        return _read(file).rstrip(b"\r\n")
    typed = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True, default=None if new else "", show_default=False)
    return str(typed).encode()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}); check the path") from None
