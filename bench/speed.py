"""How fast presstime reads and what it needs: `python -m bench.speed [FOLDER …]` prints the table of docs/speed.md.

Comes in: the example's own documents, and folders of texts where they are there. Goes out: words a second of the
language model alone (from raw text: words, sentences, trees, entities) and of the whole reading; their ratio; loading
times; resident memory; and the share of each step of a reading. Times are this process's own processor seconds, on one
core, so that another job on the machine changes them little; loading and start-up are told by the clock. Where dateparser is
installed, its search for dates goes over the same texts. It ends with status 1 where the whole reading of the example's
documents has become slower, in proportion to the model, than it was when `RATIO` was written down.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from presstime import Context, Document, Problem, read_document

__all__ = ["main"]

EXAMPLE = Path(__file__).parents[1] / "examples" / "corrow-dam" / "documents"
ENOUGH_WORDS = 12_000
"""Few documents are read again and again until so many words were read: about three seconds."""
FEWEST_ROUNDS = 3
"""However many words there are: the middle of three is not moved by one bad round."""
RATIO = 1.34
"""The whole reading's time for the example's documents, times the model's alone, as docs/speed.md has it. To be lowered where
it gets better; raised only with a reason there."""
SLOWER = 1.15
"""Times the ratio above at which this fails. Six runs of the same code gave 1.22 to 1.45."""
STARTS = 5
"""Runs of `presstime --help`; their median is told."""
STEPS = (
    *("lay_out", "find_times", "find_places", "Resolver", "find_statements", "find_actors", "find_figures", "find_events"),
    *("_with_actors", "_laid_out", "_blocks"),
)
"""The steps of read/reading.py, by their names there; the language model's is measured beside them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="How fast presstime reads.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of texts to read besides the example's")
    chosen = parser.parse_args(arguments)
    _row("`presstime --help`", f"{_start_up():.2f} s")
    begun = time.perf_counter()
    from presstime.read import language

    language.load()
    _row("loading the language model, onnxruntime's import with it", f"{time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    from presstime.gazetteer import open_gazetteer

    open_gazetteer()
    _row("opening the gazetteer", f"{time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    read_document(Document(id="first", sha256="", text="The ministry said on Tuesday that five people were killed."), Context())
    _row("the first, short document (word lists are read here)", f"{time.perf_counter() - begun:.2f} s")
    ratio: float | None = None
    for folder in (EXAMPLE, *chosen.folders):
        documents = _documents(folder)
        if documents:
            measured = _measure(_name(folder), documents)
            ratio = measured if folder == EXAMPLE else ratio
        else:
            print(f"\n{folder}: nothing to read there")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print()
    _row("resident memory, at most", f"{most:.0f} MB")
    return _gate(ratio)


def _gate(ratio: float | None) -> int:
    """The exit status; 1 where reading has become slower, or that was not measured."""
    if ratio is None:
        print(f"{EXAMPLE}: nothing to read there, so nobody knows whether reading has become slower")
        return 1
    if ratio > RATIO * SLOWER:
        allowed = f"{RATIO * SLOWER:.2f} is the most allowed, and it was {RATIO}"
        print(f"slower: the whole reading takes {ratio:.2f} times the model alone; {allowed}")
        return 1
    return 0


def _row(what: str, value: str) -> None:
    print(f"{what:60s} {value:>12s}", flush=True)


def _name(folder: Path) -> str:
    return "the example's documents" if folder == EXAMPLE else f"the documents in {folder}"


def _start_up() -> float:
    times = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "presstime", "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _documents(folder: Path) -> list[Document]:
    from presstime.gather import gather

    if not folder.is_dir():
        return []
    found = [each for each in gather([folder], archive=None, now="2026-03-04T12:00:00+00:00") if not isinstance(each, Problem)]
    return [each for each in found if each.language == "en"]


def _measure(name: str, documents: Sequence[Document]) -> float:
    """Prints a folder's rows; gives how many times the model's time the whole reading takes, the middle of the rounds."""
    from presstime.read import language

    words = sum(len(sentence) for each in documents for sentence in language.parse(each.text))
    rounds = max(FEWEST_ROUNDS, round(ENOUGH_WORDS / words))
    alone, whole = [0.0] * rounds, [0.0] * rounds
    for i in range(rounds):
        for each in documents:  # in turn: a machine that slows down slows both
            alone[i] += _seconds(partial(language.parse, each.text))
            whole[i] += _seconds(partial(read_document, each, Context()))
    ratio = statistics.median(w / a for w, a in zip(whole, alone, strict=True))
    with _watched() as seconds:
        profiled = _seconds(lambda: [read_document(each, Context()) for _ in range(rounds) for each in documents])
    print(f"\n{name}: {len(documents)} documents, {words} words, read {rounds} times")
    _row("the language model alone, from raw text", f"{words * rounds / sum(alone):.0f} words/s")
    _row("the whole reading", f"{words * rounds / sum(whole):.0f} words/s")
    _row("the whole reading takes, times the model alone", f"{ratio:.2f}")
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        _row(f"  {step}", f"{spent / profiled:.1%}")
    _row("  the rest", f"{1 - sum(seconds.values()) / profiled:.1%}")
    _beside_dateparser(documents, sum(alone) / rounds, seconds.get("find_times", 0.0) / rounds)
    return ratio


def _beside_dateparser(documents: Sequence[Document], model: float, times: float) -> None:
    """What dateparser's search for dates takes on the same texts, times what the model and our own times take."""
    try:
        from dateparser.search import search_dates  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        _row("dateparser is not installed", "not compared")
        return

    def search(text: str) -> None:
        search_dates(text, languages=["en"])

    search("It rained on Tuesday.")  # loads its words
    spent = sum(_seconds(partial(search, each.text)) for each in documents)
    _row("dateparser.search takes, times the language model alone", f"{spent / model:.2f}")
    _row("… times our times, which need the model's sentences", f"{spent / times:.0f}")
    _row("… times the model and our times together", f"{spent / (model + times):.2f}")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Counts the processor seconds of each step of a reading, while it is open. A step's own steps are in it."""
    from presstime.read import language, reading

    seconds: dict[str, float] = {}

    def watch(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*arguments: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return step(*arguments, **named)
            finally:
                seconds[name] = seconds.get(name, 0.0) + time.process_time() - begun

        return watching

    replaced = [(language, "hear"), *((reading, step) for step in STEPS if hasattr(reading, step))]
    before = [(module, name, getattr(module, name)) for module, name in replaced]
    for module, name, step in before:
        setattr(module, name, watch(name.strip("_"), step))
    try:
        yield seconds
    finally:
        for module, name, step in before:
            setattr(module, name, step)


if __name__ == "__main__":
    sys.exit(main())
