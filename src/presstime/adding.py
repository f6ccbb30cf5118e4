"""New material for a story: gathered and read in a process of its own, so that whatever serves pages meanwhile goes on answering.

In: a story's folder, and paths or addresses. Out, one after another: how many texts there are, each reading and each problem, for whoever
enters them; nothing is written to the ledger here. What crashes or is stopped leaves nothing but raw bytes in the archive.
Example: `for step in added(Path("flood"), ["https://harrowpost.example/road"], now)` has a `Step` with 1 text, then one with its reading.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from presstime.gather.names import is_address
from presstime.ledger import Input, Ledger
from presstime.problems import PresstimeError
from presstime.records import Document, Problem, Reading, Record
from presstime.story import ARCHIVE, LEDGER, open_story

__all__ = ["Step", "added", "is_address"]

NICENESS = 5
"""By how much the process gives way to the one that answers people."""
LOOKS = 0.2
"""Seconds between two looks whether it is to stop."""
CHUNK = 1_000
"""Raw files told of at once."""


class Step(Record, frozen=True):
    """What has come. `texts` is how many texts were found so far; `known` says that a text is in the ledger already, read by this
    reader; `fault` is why nothing more will come.
    """

    texts: int | None = None
    reading: Reading | None = None
    known: str | None = None
    problem: Problem | None = None
    inputs: tuple[Input, ...] = ()
    fault: str | None = None


def added(folder: Path, inputs: Sequence[Path | str], now: str, stop: Callable[[], bool] = lambda: False) -> Iterator[Step]:
    """Gather and read `inputs`, in a process of its own; `now` is the moment of gathering, ISO 8601 with its offset.

    Ends early, without a word, as soon as `stop` is true.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(str(folder), [str(each) for each in inputs], now, theirs), daemon=True)
    process.start()
    theirs.close()
    decode = msgspec.json.Decoder(Step).decode
    try:
        while not stop():
            if not ours.poll(LOOKS):
                continue
            try:
                step = decode(ours.recv_bytes())
            except EOFError:
                process.join(5)
                if process.exitcode:
                    why = "reading broke off without saying why: is there memory left? Add the material again, in smaller parts."
                    yield Step(fault=why)
                return
            yield step
            if step.fault is not None:
                return
    finally:
        if process.is_alive():
            process.terminate()
        process.join(5)
        ours.close()


def _work(folder: str, inputs: list[str], now: str, pipe: Connection) -> None:
    """What the process does."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICENESS)

    def tell(step: Step) -> None:
        pipe.send_bytes(msgspec.json.encode(step))

    with suppress(BrokenPipeError):  # whoever asked is gone
        try:
            for step in _steps(Path(folder), [each if is_address(each) else Path(each) for each in inputs], now):
                tell(step)
        except PresstimeError as error:
            tell(Step(fault=str(error)))
        except Exception as error:  # the process ends here: whoever asked must be told
            tell(Step(fault=f"{type(error).__name__}: {error}"))
    pipe.close()


def _steps(folder: Path, inputs: Sequence[Path | str], now: str) -> Iterator[Step]:
    from presstime.gather import gather, gathered_files
    from presstime.read.reading import read_safely, reader_of

    story = open_story(folder)
    archive = folder / ARCHIVE
    before = len(gathered_files(archive)) if archive.is_dir() else 0
    texts: list[Document] = []
    for item in gather(inputs, archive=archive, now=now, mappings=story.mappings, fetch=story.fetch):
        if isinstance(item, Problem):
            yield Step(problem=item)
        else:
            texts.append(item)
            yield Step(texts=len(texts))
    raw = [Input(sha256=one.sha256, whence=one.whence, gathered=one.gathered) for one in gathered_files(archive)[before:]]
    for at in range(0, len(raw), CHUNK):
        yield Step(inputs=tuple(raw[at : at + CHUNK]))
    reader = reader_of(story.context)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        for text in texts:
            held = ledger.reading_of(text.id, reader)
            if held is not None and held.document.text == text.text:
                yield Step(known=text.id)
            else:
                yield Step(reading=read_safely(text, story.context))
