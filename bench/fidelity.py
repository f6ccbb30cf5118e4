"""Scores presstime against gold that lies outside the repository: `python -m bench.fidelity ../shared`.

Comes in: a folder with `gold/` (texts with their gold) and `bench/score.py` (the scorer). Goes out: every task's score,
in one order, on standard output; the readings stay in build/bench/, so that a task can be scored again with
`score.py TASK GOLD READINGS --errors 30`. Presstime runs as a user runs it, by its command line, a process a file.
Where the folder is not there, one line says so and the exit status is 0: the gold is not part of the repository.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

__all__ = ["TASKS", "Task", "main"]

DONE_WITH_PROBLEMS = 3
"""presstime's exit status where some documents could not be read: their names are printed, and the score counts them."""
STORY_DOCUMENT = "karabakh-2023-09-19"
"""The document whose findings are scored too."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task of score.py: its name, the gold it is scored on, and the texts to read (the gold itself as a rule)."""

    name: str
    gold: str
    texts: str


def _same(name: str, gold: str) -> Task:
    return Task(name, gold, gold)


TASKS = (
    _same("statements", "statements-polnear-dev.jsonl"),
    _same("statements", "statements-wikinews.jsonl"),
    _same("figures", "figures-press-releases-dev.jsonl"),
    _same("figures", "figures-muc-dev.jsonl"),
    _same("places", "places-trnews-dev.jsonl"),
    _same("places", "places-geowebnews-dev.jsonl"),
    _same("times", "times-aquaint-dev.jsonl"),
    _same("times", "times-wikiwars-dev.jsonl"),
    _same("events", "events-plover-dev.jsonl"),
    Task("document", f"{STORY_DOCUMENT}.json", f"{STORY_DOCUMENT}.text.jsonl"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Scores every task; 0 where all ran or there is no gold, 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.fidelity", description="Scores presstime against gold.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/ and bench/score.py")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="where the readings go (default: %(default)s)")
    parser.add_argument("--only", action="append", metavar="TASK", help="score this task only; may be given more than once")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="files read at once (default: one a core)")
    parser.add_argument("--errors", type=int, default=0, help="show so many mistakes a task")
    chosen = parser.parse_args(arguments)
    gold, scorer = chosen.shared / "gold", chosen.shared / "bench" / "score.py"
    if not gold.is_dir() or not scorer.is_file():
        print(f"nothing is scored: there is no gold in {gold} with its scorer {scorer}; both lie outside the repository")
        return 0
    tasks = [task for task in TASKS if not chosen.only or task.name in chosen.only]
    chosen.out.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    failed = False
    with ThreadPoolExecutor(chosen.jobs) as pool:
        for task, readings in zip(tasks, pool.map(lambda each: _read(gold / each.texts, chosen.out), tasks), strict=True):
            failed |= not _score(scorer, task.name, gold / task.gold, readings, chosen.errors)
    if not chosen.only or "findings" in chosen.only:
        findings = _findings(_read(gold / f"{STORY_DOCUMENT}.text.jsonl", chosen.out), chosen.out)
        failed |= not _score(scorer, "findings", gold / f"{STORY_DOCUMENT}.json", findings, chosen.errors)
    print(f"\nscored in {time.perf_counter() - begun:.0f} s; the readings are in {chosen.out}", flush=True)
    return int(failed)


def _presstime(*arguments: str | Path) -> bool:
    """Runs a command; whether it did what was asked. What it says of single documents goes to standard error."""
    return subprocess.run([sys.executable, "-m", "presstime", *arguments], check=False).returncode in (0, DONE_WITH_PROBLEMS)


def _read(texts: Path, out: Path) -> Path | None:
    readings = out / f"{texts.stem.removesuffix('.text')}.readings.jsonl"
    return readings if texts.is_file() and _presstime("read", "--from", "jsonl", "--to", "jsonl", texts, "--out", readings) else None


def _findings(readings: Path | None, out: Path) -> Path | None:
    findings = out / "findings.json"
    return findings if readings and _presstime("combine", readings, "--out", findings) else None


def _score(scorer: Path, task: str, gold: Path, made: Path | None, errors: int) -> bool:
    print(f"\n== {task}: {gold.name}", flush=True)
    if made is None:
        print(f"not scored: {gold.name} or its text is not there, or presstime failed on it (see above)", flush=True)
        return False
    command = [sys.executable, str(scorer), task, str(gold), str(made)]
    return subprocess.run([*command, "--errors", str(errors)] if errors else command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
