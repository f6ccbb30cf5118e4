"""Enters many made readings into the ledger named on the command line: the process that test_killed kills.

Every tenth is long, so that a kill often falls inside a transaction.
"""

from __future__ import annotations

import sys
from pathlib import Path

from made_readings import made_reading

from presstime.ledger import Ledger

DOCUMENTS = 150
LONG = 60
"""Rounds of a long reading: 542 records."""


def main(path: Path) -> None:
    made = [made_reading(number, rounds=LONG if number % 10 == 5 else 3) for number in range(DOCUMENTS)]
    with Ledger.open(path) as ledger:
        print("entering", flush=True)
        for reading in made:
            ledger.enter_reading(reading)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
