"""The command line: thin commands over the rooms, in DESIGN's words.

Every command reads files or standard input and writes files or standard output; progress goes to a terminal only,
problems go to standard error. Exit status: 0 all went well, 1 it could not be done, 2 the command was misused,
3 it was done but some of the material could not be read. Heavy parts are imported inside the commands, so that
`presstime --help` is instant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from presstime.cli_correct import add_correct_commands
from presstime.cli_custody import add_custody_commands
from presstime.cli_desk import add_desk_command
from presstime.cli_export import add_export_command
from presstime.cli_gazetteer import gazetteer_group
from presstime.cli_options import PATH_OR_ADDRESS, evidence_option, limits_of, worker_options
from presstime.cli_read import add_read_commands
from presstime.cli_story import add_story_commands
from presstime.cli_streams import context_of, leave, lines_of, output, problem_dict, progress_line, show_problems
from presstime.cli_watch import add_watch_command
from presstime.problems import InputError, PresstimeError

if TYPE_CHECKING:
    from presstime.compile import Said
    from presstime.findings import Findings
    from presstime.records import Problem, Reading

__all__ = ["main", "run"]

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
    claims beside their denials, figures by who gave them, each line traceable to its words. Offline, unless you give it
    addresses.

    Start with: presstime compile FOLDER -o STORY
    """


main.add_command(gazetteer_group)
for _add in (
    add_read_commands,
    add_story_commands,
    add_correct_commands,
    add_export_command,
    add_desk_command,
    add_watch_command,
    add_custody_commands,
):
    _add(main)


# ---------------------------------------------------------------- compile, new


@main.command("compile")
@click.argument("inputs", nargs=-1, type=PATH_OR_ADDRESS, metavar="INPUT…")
@click.option("--as-of", metavar="TIME", help="The moment to compile as of, e.g. 2026-03-03T20:00. Default: now.")
@click.option("-o", "--out", type=_INPUT, default=Path("story"), show_default=True, metavar="DIR", help="The story's folder, new or old.")
@evidence_option("full")
@worker_options
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
def compile_command(
    inputs: tuple[Path | str, ...],
    as_of: str | None,
    out: Path,
    evidence: Any,
    workers: int | None,
    seconds: float | None,
    megabytes: int | None,
    as_json: bool,
) -> None:
    """Do it all: files, folders and addresses in, report.html, brief.md and findings.json out."""
    from presstime.compile import compile_story
    from presstime.editions import last_published

    limits = limits_of(workers, seconds, megabytes)
    since = last_published(out)
    with progress_line("reading") as advance:
        done = compile_story(inputs, out, as_of=as_of, progress=advance, evidence=evidence, since=since, workers=workers, limits=limits)
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
                    "problems": [problem_dict(p) for p in done.problems],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        show_problems(done.problems, False)
        click.echo(f"documents as of {done.as_of}: {done.documents}; newly read: {done.new}; problems: {len(done.problems)}")
        if done.left_out:
            click.echo(f"left out, published or (undated) gathered after that: {done.left_out}")
        click.echo(f"brief:  {done.brief}")
        click.echo(f"report: {done.report}")
    leave(done.problems)


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
    findings, readings, told = _combined(source, as_of, story)
    from presstime.compile import encode_shown

    with output(out) as write:
        write(encode_shown(findings, readings, told[1], told[3]))


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
    since = last_published(source)
    report, brief, found = write_report(folder, *told[:2], findings, readings, told[2], evidence=evidence, since=since, said=told[3])
    if as_json:
        click.echo(json.dumps({"report": str(report), "brief": str(brief), "findings": str(found)}))
    else:
        click.echo(f"report: {report}")


_Titled = tuple[str, str, tuple["Problem", ...], "Said | None"]


def _combined(source: Path, as_of: str | None, story_folder: Path | None) -> tuple[Findings, tuple[Reading, ...], _Titled]:
    """Findings, the readings they are made from, and (title, time zone, problems, what people have said)."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from presstime.compile import combine_folder, parse_as_of
    from presstime.story import open_story

    if source.is_dir():
        return combine_folder(source, as_of)
    from presstime.combine import combine_readings
    from presstime.ledger import counts_as_of

    opened = open_story(story_folder) if story_folder else None
    time_zone = opened.time_zone if opened else "UTC"
    moment = parse_as_of(as_of, time_zone) if as_of else datetime.now(ZoneInfo(time_zone))
    readings = tuple(r for r in _readings(source) if counts_as_of(r.document, moment, time_zone))
    findings = combine_readings(readings, as_of=moment.isoformat(timespec="seconds"), context=context_of(story_folder))
    title = opened.title if opened else source.stem if str(source) != "-" else "Combined sources"
    return findings, readings, (title, time_zone, tuple(p for r in readings for p in r.problems), None)


def _readings(source: Path) -> Iterator[Reading]:
    import msgspec

    from presstime.records import Reading

    with lines_of(source) as lines:
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
