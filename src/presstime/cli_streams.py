"""What the commands read from and write to: lines, whole files, a line of progress, problems on standard error.

In: paths given on the command line, `-` for standard input. Out: documents, a file that appears only when it is whole, and an exit
status. Example: `with output(None) as write: write(b"…")` writes to standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from presstime.problems import InputError

if TYPE_CHECKING:
    from presstime.records import Context, Document, Problem

__all__ = ["context_of", "from_lines", "gathered", "leave", "lines_of", "output", "problem_dict", "progress_line", "show_problems"]

_DONE_WITH_PROBLEMS = 3


def context_of(story: Path | None) -> Context:
    """What a story tells a reader; nothing, where there is no story."""
    from presstime.records import Context

    if story is None:
        return Context()
    from presstime.story import open_story

    return open_story(story).context


def gathered(inputs: tuple[Path | str, ...], archive: Path | None, problems: list[Problem], story: Path | None) -> Iterator[Document]:
    """The documents of files, folders and addresses; problems are added to the list."""
    from datetime import datetime

    from presstime.gather import gather
    from presstime.records import Problem
    from presstime.story import open_story

    fetch = open_story(story).fetch if story is not None else None
    for item in gather(inputs, archive=archive, now=datetime.now().astimezone().isoformat(timespec="seconds"), fetch=fetch):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def from_lines(inputs: tuple[Path | str, ...], problems: list[Problem]) -> Iterator[Document]:
    """The documents of JSON lines, in files or on standard input; problems are added to the list."""
    from datetime import datetime

    from presstime.gather import documents_from_jsonl
    from presstime.records import Problem

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for source in inputs or (Path("-"),):
        with lines_of(source) as lines:
            for item in documents_from_jsonl(lines, whence="standard input" if str(source) == "-" else str(source), now=now):
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    yield item


@contextmanager
def lines_of(source: Path | str) -> Iterator[IO[bytes]]:
    """A file's lines, or those of standard input for `-`. Raises InputError where it cannot be read."""
    if str(source) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115  # only opening may fail with this message
    except OSError as error:
        raise InputError(f"{source} cannot be read ({error.strerror}); check the path") from None
    with file:
        yield file


@contextmanager
def output(out: Path | None) -> Iterator[Callable[[bytes], object]]:
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
def progress_line(what: str) -> Iterator[Callable[[str], None]]:
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


def problem_dict(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {"where": problem.where, "what": problem.what, "why": problem.why}


def show_problems(problems: Any, as_json: bool) -> None:
    """Names each problem on standard error."""
    for p in problems:
        click.echo(json.dumps(problem_dict(p), ensure_ascii=False) if as_json else f"problem: {p.where}: {p.why}", err=True)


def leave(problems: Any) -> None:
    """Ends the program with the status for what was done with problems, where there were any."""
    if problems:
        click.echo(f"presstime: done, but {len(problems)} of the inputs had problems (named above)", err=True)
        sys.exit(_DONE_WITH_PROBLEMS)
