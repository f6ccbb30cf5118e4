"""How fast readings are combined: `python -m bench.combining [--sizes 1000 10000]` prints rows of docs/speed.md.

Comes in: nothing; the readings are made by the generator of worlds (tests/worlds/scale.py), all of one growing story.
Goes out, for every size: the time of combining a ledger of so many documents from nothing (entering them and writing the
findings out not counted), by the clock and in seconds of processors; the memory it took, that of the second process of
combining with it; and the time of combining again when ten more documents have been entered. Each size runs in a process
of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from presstime.combine import combine
from presstime.ledger import Ledger
from presstime.show.findings_json import encode_findings
from tests.worlds.scale import growing_context, growing_readings

__all__ = ["main"]

SIZES = (1_000, 10_000)
MORE = 10
_LATE = datetime(2100, 1, 1, tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a row for every size."""
    parser = argparse.ArgumentParser(prog="python -m bench.combining", description="How fast readings are combined.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="documents in the ledger")
    parser.add_argument("--here", action="store_true", help="measure in this process")
    chosen = parser.parse_args(arguments)
    if not chosen.here:
        print("| documents | from nothing | … of processors | memory | 10 more | … of processors | findings.json |")
        print("|---|---|---|---|---|---|---|", flush=True)
    for size in chosen.sizes:
        if chosen.here:
            print(_measured(size), flush=True)
        else:
            subprocess.run([sys.executable, "-m", "bench.combining", "--here", "--sizes", str(size)], check=True)
    return 0


def _measured(size: int) -> str:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        readings = growing_readings(size + MORE)
        for reading in islice(readings, size):
            ledger.enter_reading(reading)
        context = growing_context()
        begun, used = time.perf_counter(), _processors()
        findings = combine(ledger, moment=_LATE, context=context)
        whole, whole_used = time.perf_counter() - begun, _processors() - used
        memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        written = len(encode_findings(findings)) / 1e6
        del findings
        new = []
        for reading in readings:
            ledger.enter_reading(reading)
            new.append(reading.document.id)
        begun, used = time.perf_counter(), _processors()
        combine(ledger, new, moment=_LATE, context=context)
        more, more_used = time.perf_counter() - begun, _processors() - used
    return f"| {size:,} | {whole:.1f} s | {whole_used:.1f} s | {memory:,.0f} MB | {more:.2f} s | {more_used:.2f} s | {written:.1f} MB |"


def _processors() -> float:
    """Seconds that this process and those that it began have had of processors."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


if __name__ == "__main__":
    raise SystemExit(main())
