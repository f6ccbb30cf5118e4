"""The command line: thin commands over the rooms, in DESIGN's words.

Every command reads files or standard input and writes files or standard output; progress goes to a terminal only,
problems go to standard error. Exit status: 0 all went well, 1 it could not be done, 2 the command was misused,
3 it was done but some of the material could not be read. Heavy parts are imported inside the commands, so that
`presstime --help` is instant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from presstime.cli_export import add_export_command
from presstime.cli_gazetteer import gazetteer_group
from presstime.cli_options import evidence_option
from presstime.cli_story import add_story_commands
from presstime.problems import InputError, PresstimeError

if TYPE_CHECKING:
    from presstime.findings import Findings
    from presstime.records import Context, Document, Problem, Reading

__all__ = ["main", "run"]

DONE_WITH_PROBLEMS = 3
_INPUT = click.Path(path_type=Path)


class _Group(click.Group):
    """Turns presstime's own errors into one line on standard error, and a closed pipe into silence."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PresstimeError as error:
            click.echo(f"presstime: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except OSError as error:  # a full disk, a folder that may not be written
            where = f" {error.filename}" if error.filename else ""
            why = error.strerror or error
            click.echo(f"presstime: cannot read or write{where} ({why}); check its path, its rights and the room left", err=True)
            ctx.exit(1)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from presstime.version import __version__

        click.echo(f"presstime {__version__}")
        ctx.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit.")
def main() -> None:
    """What is known, who says so, as of press time.

    Reads many reports of one event and compiles the combined-sources record: every statement with who said it,
    claims beside their denials, figures by who gave them, each line traceable to its words. Offline.

    Start with: presstime compile FOLDER -o STORY
    """


main.add_command(gazetteer_group)
add_story_commands(main)
add_export_command(main)


# ---------------------------------------------------------------- compile, new


@main.command("compile")
@click.argument("inputs", nargs=-1, type=_INPUT, metavar="INPUT…")
@click.option("--as-of", metavar="TIME", help="The moment to compile as of, e.g. 2026-03-03T20:00. Default: now.")
@click.option("-o", "--out", type=_INPUT, default=Path("story"), show_default=True, metavar="DIR", help="The story's folder, new or old.")
@evidence_option("full")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
def compile_command(inputs: tuple[Path, ...], as_of: str | None, out: Path, evidence: Any, as_json: bool) -> None:
    """Do it all: files and folders in, report.html, brief.md and findings.json out."""
    from presstime.compile import compile_story
    from presstime.editions import last_published

    with _progress("reading") as advance:
        done = compile_story(inputs, out, as_of=as_of, progress=advance, evidence=evidence, since=last_published(out))
    if as_json:
        click.echo(
            json.dumps(
                {
                    "report": str(done.report),
                    "brief": str(done.brief),
                    "findings": str(done.findings),
                    "as_of": done.as_of,
                    "documents": done.documents,
                    "new": done.new,
                    "left_out": done.left_out,
                    "problems": [_problem_dict(p) for p in done.problems],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        _show_problems(done.problems, False)
        click.echo(f"documents as of {done.as_of}: {done.documents}; newly read: {done.new}; problems: {len(done.problems)}")
        if done.left_out:
            click.echo(f"left out, published or (undated) gathered after that: {done.left_out}")
        click.echo(f"brief:  {done.brief}")
        click.echo(f"report: {done.report}")
    _leave(done.problems)


@main.command("new")
@click.argument("name", type=_INPUT)
@click.option("--title", help="The story's title; its folder's name otherwise.")
@click.option("--time-zone", default="UTC", show_default=True, help="The IANA time zone of the event, e.g. Asia/Tokyo.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
def new_command(name: Path, title: str | None, time_zone: str, as_json: bool) -> None:
    """Make a story's folder with a commented story.toml."""
    from presstime.story import STORY_FILE, new_story

    story = new_story(name, title, time_zone)
    made = story.folder / STORY_FILE
    if as_json:
        click.echo(json.dumps({"folder": str(story.folder), "story": str(made)}))
    else:
        click.echo(f"made {made}; tell it what it cannot know, then compile")


# ---------------------------------------------------------------- gather, read


@main.command("gather")
@click.argument("inputs", nargs=-1, required=True, type=_INPUT, metavar="INPUT…")
@click.option("--archive", type=_INPUT, metavar="DIR", help="Keep every raw file there, by its hash.")
@click.option("-o", "--out", type=_INPUT, metavar="FILE", help="Write there instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines.")
def gather_command(inputs: tuple[Path, ...], archive: Path | None, out: Path | None, as_json: bool) -> None:
    """Files, folders and archives in, one document a line (JSONL) out."""
    import msgspec

    problems: list[Problem] = []
    with _output(out) as write, _progress("gathering") as advance:
        for document in _gathered(inputs, archive, problems):
            advance(document.name or document.id)
            write(msgspec.json.encode(document) + b"\n")
    _show_problems(problems, as_json)
    _leave(problems)


@main.command("read")
@click.argument("inputs", nargs=-1, type=_INPUT, metavar="[INPUT…]")
@click.option("--from", "from_", type=click.Choice(["auto", "jsonl"]), default="auto", show_default=True, help="Any files, or JSON lines.")
@click.option("--to", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="What comes out: one reading a line.")
@click.option("--story", type=_INPUT, metavar="DIR", help="Read with what this story's story.toml tells.")
@click.option("-o", "--out", type=_INPUT, metavar="FILE", help="Write there instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines.")
def read_command(inputs: tuple[Path, ...], from_: str, to: str, story: Path | None, out: Path | None, as_json: bool) -> None:
    """Documents in, readings out: statements, figures, events, places, times, with offsets.

    With no INPUT, or with -, documents are read a line (JSONL) from standard input.
    """
    import msgspec

    from presstime.read.reading import read_safely

    context = _context(story)
    problems: list[Problem] = []
    streams = not inputs or inputs == (Path("-"),)
    documents = _from_lines(inputs, problems) if from_ == "jsonl" or streams else _gathered(inputs, None, problems)
    with _output(out) as write, _progress("reading") as advance:
        for document in documents:
            advance(document.name or document.id)
            reading = read_safely(document, context)
            problems.extend(reading.problems)
            write(msgspec.json.encode(reading) + b"\n")
    told = tuple(dict.fromkeys(problems))  # gather and read both name a document in another language
    _show_problems(told, as_json)
    _leave(told)


# ---------------------------------------------------------------- combine, report


@main.command("combine")
@click.argument("source", type=_INPUT, default=Path("-"), metavar="[STORY|READINGS.jsonl]")
@click.option("--as-of", metavar="TIME", help="The moment to combine as of. Default: now.")
@click.option("--story", type=_INPUT, metavar="DIR", help="Combine readings with what this story's story.toml tells.")
@click.option("-o", "--out", type=_INPUT, metavar="FILE", help="Write there instead of standard output.")
def combine_command(source: Path, as_of: str | None, story: Path | None, out: Path | None) -> None:
    """A story's ledger, or readings a line, in; findings.json out.

    Combining a story also puts the findings into its ledger.
    """
    findings, _, _ = _combined(source, as_of, story)
    from presstime.show.findings_json import encode_findings

    with _output(out) as write:
        write(encode_findings(findings))


@main.command("report")
@click.argument("source", type=_INPUT, default=Path("-"), metavar="[STORY|READINGS.jsonl]")
@click.option("--as-of", metavar="TIME", help="The moment to report as of. Default: now.")
@click.option("--story", type=_INPUT, metavar="DIR", help="Report readings with what this story's story.toml tells.")
@click.option("-o", "--out", type=_INPUT, metavar="DIR", help="The folder to write into. Default: the story's own, or .")
@evidence_option("full")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
def report_command(source: Path, as_of: str | None, story: Path | None, out: Path | None, evidence: Any, as_json: bool) -> None:
    """A story's ledger, or readings a line, in; report.html, brief.md and findings.json out."""
    from presstime.compile import write_report
    from presstime.editions import last_published

    findings, readings, told = _combined(source, as_of, story)
    folder = out or (source if source.is_dir() else Path())
    report, brief, found = write_report(folder, *told[:2], findings, readings, told[2], evidence=evidence, since=last_published(source))
    if as_json:
        click.echo(json.dumps({"report": str(report), "brief": str(brief), "findings": str(found)}))
    else:
        click.echo(f"report: {report}")


_Titled = tuple[str, str, tuple["Problem", ...]]


def _combined(source: Path, as_of: str | None, story_folder: Path | None) -> tuple[Findings, tuple[Reading, ...], _Titled]:
    """Findings, the readings they are made from, and (title, time zone, problems)."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from presstime.compile import combine_story, parse_as_of
    from presstime.story import LEDGER, open_story

    if source.is_dir():
        from presstime.ledger import Ledger

        story = open_story(source)
        moment = parse_as_of(as_of, story.time_zone) if as_of else datetime.now(ZoneInfo(story.time_zone))
        with Ledger.open(source / LEDGER, create=False) as ledger:
            findings, readings = combine_story(ledger, story, moment)
            ledger.enter_findings(findings)
            return findings, readings, (story.title, story.time_zone, ledger.problems())
    from presstime.combine import combine_readings
    from presstime.ledger import counts_as_of

    opened = open_story(story_folder) if story_folder else None
    time_zone = opened.time_zone if opened else "UTC"
    moment = parse_as_of(as_of, time_zone) if as_of else datetime.now(ZoneInfo(time_zone))
    readings = tuple(r for r in _readings(source) if counts_as_of(r.document, moment, time_zone))
    findings = combine_readings(readings, as_of=moment.isoformat(timespec="seconds"), context=_context(story_folder))
    problems = tuple(p for r in readings for p in r.problems)
    return findings, readings, (opened.title if opened else source.stem if str(source) != "-" else "Combined sources", time_zone, problems)


def _readings(source: Path) -> Iterator[Reading]:
    import msgspec

    from presstime.records import Reading

    with _lines(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield msgspec.json.decode(line, type=Reading)
            except msgspec.MsgspecError as error:
                if number == 1 and line.strip() == b"{":  # findings.json, or other JSON over many lines
                    why = f"{source}: this is not readings, one a line (findings alone do not hold the words); give what "
                    raise InputError(why + "`presstime read` writes, as in: presstime read FOLDER | presstime report") from None
                why = f"{source}: line {number} is no reading ({error}); make readings with `presstime read --to jsonl`"
                raise InputError(why) from None


# ---------------------------------------------------------------- streams


def _context(story: Path | None) -> Context:
    from presstime.records import Context

    if story is None:
        return Context()
    from presstime.story import open_story

    return open_story(story).context


def _gathered(inputs: tuple[Path, ...], archive: Path | None, problems: list[Problem]) -> Iterator[Document]:
    from datetime import datetime

    from presstime.gather import gather
    from presstime.records import Problem

    for item in gather(inputs, archive=archive, now=datetime.now().astimezone().isoformat(timespec="seconds")):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _from_lines(inputs: tuple[Path, ...], problems: list[Problem]) -> Iterator[Document]:
    from datetime import datetime

    from presstime.gather import documents_from_jsonl
    from presstime.records import Problem

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for source in inputs or (Path("-"),):
        with _lines(source) as lines:
            for item in documents_from_jsonl(lines, whence="standard input" if str(source) == "-" else str(source), now=now):
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    yield item


@contextmanager
def _lines(source: Path) -> Iterator[IO[bytes]]:
    if str(source) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise InputError(f"{source} cannot be read ({error.strerror}); check the path") from None
    with file:
        yield file


@contextmanager
def _output(out: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Writes to standard output, or to a file that appears only when it is whole."""
    if out is None:
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    with part.open("wb") as file:
        yield file.write
    part.replace(out)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str], None]]:
    """A line of progress on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda line: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} done"), TimeElapsedColumn())
    columns = (*counted, TextColumn("{task.fields[now]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, now="")
        yield lambda line: bar.update(task, advance=1, now=line[:60])


def _problem_dict(problem: Problem) -> dict[str, Any]:
    return {"where": problem.where, "what": problem.what, "why": problem.why}


def _show_problems(problems: Any, as_json: bool) -> None:
    for p in problems:
        click.echo(json.dumps(_problem_dict(p), ensure_ascii=False) if as_json else f"problem: {p.where}: {p.why}", err=True)


def _leave(problems: Any) -> None:
    if problems:
        click.echo(f"presstime: done, but {len(problems)} of the inputs had problems (named above)", err=True)
        sys.exit(DONE_WITH_PROBLEMS)


def run() -> None:
    """The program: the commands, with misuse told in one line that says what to do next."""
    try:
        sys.exit(main.main(prog_name="presstime", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        sys.exit(2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "presstime"
        click.echo(f"presstime: {error.format_message()} See: {command} --help", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("presstime: stopped; what was entered is kept: run it again to go on", err=True)
        sys.exit(1)
