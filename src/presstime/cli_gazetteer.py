"""`presstime gazetteer`: load GeoNames' own files, see what is in use, look a name up, go back to the shipped one.

Comes in: a command's words. Goes out: lines for people, or JSON. Heavy parts are imported inside the commands.
Example: `presstime gazetteer load allCountries.zip alternateNamesV2.zip`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

__all__ = ["gazetteer_group"]

_LEFT = 8
"""So many of the kinds that were left out are named."""
_PROBLEMS = 3


@click.group("gazetteer")
def gazetteer_group() -> None:
    """The places that readings know: load more from GeoNames, look a name up."""


@gazetteer_group.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of into the cache folder.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
def load_command(files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Make a gazetteer of GeoNames' files and read it from now on.

    FILE is allCountries.zip, a country's own file (AM.zip), alternateNamesV2.zip, admin1CodesASCII.txt, admin2Codes.txt,
    countryInfo.txt (.zip or .txt), or a folder of them, from https://download.geonames.org/export/dump/. What presstime
    comes with stays; what GeoNames has besides is added. Undo it with: presstime gazetteer reset
    """
    import msgspec

    from presstime.gazetteer.load import load

    with _progress() as progress:
        done = load(files, out, progress)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(done, enc_hook=str), ensure_ascii=False, indent=2))
    else:
        for problem in done.problems:
            click.echo(f"problem: {problem.where}: {problem.why}", err=True)
        for file in done.files:
            bad = f"; {file.unreadable:,} lines could not be read" if file.unreadable else ""
            click.echo(f"{file.name}: {file.rows:,} lines, {file.used:,} of use{bad}")
        click.echo(f"places: {done.places:,}, of them new: {done.added:,}; names: {done.names:,}, with dates or historic: {done.dated:,}")
        if done.covered:
            click.echo(f"known already from presstime's own tables: {done.covered:,}")
        if done.left_out:
            most = ", ".join(f"{code} {count:,}" for code, count in list(done.left_out.items())[:_LEFT])
            more = ", …" if len(done.left_out) > _LEFT else ""
            click.echo(f"left out, of kinds that news hardly names: {sum(done.left_out.values()):,} ({most}{more})")
        click.echo(f"in use from now on: {done.path}, version {done.version}")
    if any(file.unreadable for file in done.files):
        click.echo("presstime: done, but some lines could not be read (named above)", err=True)
        sys.exit(_PROBLEMS)


@gazetteer_group.command("info")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def info_command(as_json: bool) -> None:
    """Which gazetteer is read, its version, and what is in it."""
    from presstime.gazetteer.info import about

    told = about()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for what, value in told.items():
        shown = (
            ", ".join(f"{k} {v:,}" for k, v in value.items())
            if isinstance(value, dict)
            else f"{value:,}"
            if isinstance(value, int)
            else value
        )
        click.echo(f"{what.replace('_', ' ')}: {shown}")


@gazetteer_group.command("find")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One place a line, as JSON.")
def find_command(name: str, as_json: bool) -> None:
    """The places that bear NAME, or the place of an id (geonames:146970), with their other names and dates."""
    from presstime.gazetteer.info import found

    for place in found(name):
        if as_json:
            click.echo(json.dumps(place, ensure_ascii=False))
            continue
        inside = ", ".join(str(place[key]) for key in ("admin1", "country") if place[key])
        people = f", {place['population']:,} people" if place["population"] else ""
        click.echo(
            f"{place['id']}  {place['name']}  ({place['kind']}{', ' + inside if inside else ''}{people})  {place['lat']}, {place['lon']}"
        )
        if place["names"]:
            click.echo("    " + ", ".join(_name(each) for each in place["names"]))


@gazetteer_group.command("reset")
def reset_command() -> None:
    """Go back to the gazetteer that presstime comes with."""
    import os

    from presstime.gazetteer.in_use import VARIABLE, reset

    path, deleted = reset()
    if path is None:
        click.echo("nothing was loaded; the gazetteer that presstime comes with is in use")
    elif deleted:
        click.echo(f"deleted {path}; the gazetteer that presstime comes with is in use")
    else:
        click.echo(f"the gazetteer that presstime comes with is in use; {path} is kept: delete it if you need it no more")
    if named := os.environ.get(VARIABLE):
        click.echo(f"but {VARIABLE} is set to {named} and goes before: take it away", err=True)


def _name(told: dict[str, object]) -> str:
    """A name with its dates: "Leningrad (1924 to 1991, historic)"."""
    since, until = told["since"], told["until"]
    dates = f"{since} to {until}" if since and until else f"since {since}" if since else f"until {until}" if until else ""
    notes = ", ".join(note for note in (dates, "historic" if told["historic"] else "") if note)
    return f"{told['name']} ({notes})" if notes else str(told["name"])


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each file on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.update(tasks[what], completed=done, total=max(of, 1))

        yield advance
