"""A whole day of fifty papers and 2,000 pages, watched by a process that is killed twice: `python -m bench.watch`.

In: nothing. Out: what was told, missed and told too often, what the server saw, how long it took. The suite runs the same
script with fewer pages (tests/watch/test_day.py). The day's clock jumps over what is waited for; the rest is real.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Run the day; 1 where anything was missed or told too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--papers", type=int, default=50)
    parser.add_argument("--every", default="20m", help="between two polls of a feed")
    parser.add_argument("--limit", type=float, default=1800, help="seconds after which it is given up")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "loopback_only"))
    __import__("loopback_guard").shut()
    from tests.watch.day.running import watch_day
    from tests.watch.day.script import TOWNS

    with tempfile.TemporaryDirectory(prefix="presstime-watch-") as folder:
        found = watch_day(
            Path(folder), papers=given.papers, pages=given.pages, towns=len(TOWNS), kills=(8, 16), every=given.every, limit=given.limit
        )
    served, expected = found.served, found.script.expected
    missed, extra = expected - found.told, found.told - expected
    pauses = [later - one for begun in served.begun.values() for (one, _), (later, _) in pairwise(begun) if later not in found.restarts]
    print(f"feeds {given.papers}, pages {given.pages}, documents {found.documents}, pages by state {found.pages}")
    print(f"changes scripted {sum(expected.values())}, missed {sum(missed.values())}, too many {sum(extra.values())}; ", end="")
    print(f"killed {len(found.restarts)} times")
    print(f"requests {served.requests()}, answered 304 {served.spared}, at once at most {max(served.most.values())} to a host, ", end="")
    print(f"shortest pause {min(pauses):.2f} s; connections where none is allowed {found.silent}")
    print(f"{found.seconds:.0f} s")
    for (kind, url), number in (missed + extra).items():
        print(f"  {kind} {url}: {number}")
    return 1 if missed or extra or found.silent else 0


if __name__ == "__main__":
    sys.exit(main())
