"""The commands gather and read: anything in, documents out; documents in, readings out.

In: paths, addresses, or lines on standard input. Out: a document or a reading a line. A run of `read` that was ended goes on where it
was. Example: `presstime read REPORTS --workers 2 -o readings.jsonl`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from presstime.cli_options import PATH_OR_ADDRESS, limits_of, worker_options
from presstime.cli_streams import context_of, from_lines, gathered, leave, output, progress_line, show_problems
from presstime.problems import InputError

if TYPE_CHECKING:
    from presstime.read.unfinished import Written
    from presstime.records import Context, Document, Problem, Reading

__all__ = ["add_read_commands"]

_INPUT = click.Path(path_type=Path)


def add_read_commands(group: click.Group) -> None:
    """Adds gather and read to the program."""
    group.add_command(gather_command)
    group.add_command(read_command)


@click.command("gather")
@click.argument("inputs", nargs=-1, required=True, type=PATH_OR_ADDRESS, metavar="INPUT…")
@click.option("--archive", type=_INPUT, metavar="DIR", help="Keep every raw file there, by its hash, and every fetched page as WARC.")
@click.option("--story", type=_INPUT, metavar="DIR", help="Fetch addresses as this story's story.toml tells.")
@click.option("-o", "--out", type=_INPUT, metavar="FILE", help="Write there instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines.")
def gather_command(inputs: tuple[Path | str, ...], archive: Path | None, story: Path | None, out: Path | None, as_json: bool) -> None:
    """Files, folders, archives and addresses in, one document a line (JSONL) out."""
    import msgspec

    problems: list[Problem] = []
    with output(out) as write, progress_line("gathering") as advance:
        for document in gathered(inputs, archive, problems, story):
            advance(document.name or document.id)
            write(msgspec.json.encode(document) + b"\n")
    show_problems(problems, as_json)
    leave(problems)


@click.command("read")
@click.argument("inputs", nargs=-1, type=PATH_OR_ADDRESS, metavar="[INPUT…]")
@click.option("--from", "from_", type=click.Choice(["auto", "jsonl"]), default="auto", show_default=True, help="Any files, or JSON lines.")
@click.option("--to", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="What comes out: one reading a line.")
@click.option("--story", type=_INPUT, metavar="DIR", help="Read with what this story's story.toml tells.")
@click.option("-o", "--out", type=_INPUT, metavar="FILE", help="Write there instead of standard output.")
@worker_options
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines.")
def read_command(
    inputs: tuple[Path | str, ...],
    from_: str,
    to: str,
    story: Path | None,
    out: Path | None,
    workers: int | None,
    seconds: float | None,
    megabytes: int | None,
    as_json: bool,
) -> None:
    """Documents in, readings out: statements, figures, events, places, times, with offsets.

    With no INPUT, or with -, documents are read a line (JSONL) from standard input. With --out, a run that was ended is gone on with:
    give the same command again.
    """
    import msgspec

    from presstime.read.pool import ReadingPool
    from presstime.read.reading import reader_of
    from presstime.read.unfinished import Written, begun

    limits = limits_of(workers, seconds, megabytes)
    context = context_of(story)
    problems: list[Problem] = []
    streams = not inputs or inputs == (Path("-"),)
    documents = from_lines(inputs, problems) if from_ == "jsonl" or streams else gathered(inputs, None, problems, story)
    with ExitStack() as stack:
        pool = stack.enter_context(ReadingPool(workers, limits)) if workers else None
        items: Iterator[Document | Written]
        if out is None:
            items, write = documents, stack.enter_context(output(None))
        else:
            part, write = stack.enter_context(_unfinished(out))
            items = begun(part, documents, reader_of(context))
        advance = stack.enter_context(progress_line("reading"))
        for item in pool.read(items, context) if pool else _in_turn(items, context):
            reading = item.reading if isinstance(item, Written) else item
            advance(reading.document.name or reading.document.id)
            problems.extend(reading.problems)
            if not isinstance(item, Written):
                write(msgspec.json.encode(reading) + b"\n")
    told = tuple(dict.fromkeys(problems))  # gather and read both name a document in another language
    show_problems(told, as_json)
    leave(told)


def _in_turn(items: Iterable[Document | Written], context: Context) -> Iterator[Reading | Written]:
    from presstime.read.reading import read_safely
    from presstime.records import Document

    for item in items:
        yield read_safely(item, context) if isinstance(item, Document) else item


@contextmanager
def _unfinished(out: Path) -> Iterator[tuple[Path, Callable[[bytes], object]]]:
    """The file beside `out` that becomes it when it is whole, and what appends to it, each time at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    with part.open("ab", buffering=0) as file:
        _lock(file, part, out)

        def append(data: bytes) -> None:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) or 0 :]

        yield part, append
    part.replace(out)


def _lock(file: IO[bytes], part: Path, out: Path) -> None:
    """Raises InputError where another run is making the same file."""
    try:
        import fcntl
    except ImportError:  # not on this system
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.path.samestat(os.fstat(file.fileno()), part.stat())
    except OSError:
        ours = False
    if not ours:
        raise InputError(f"another run is writing {out}; wait for its end, or give another --out")
