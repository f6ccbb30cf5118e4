"""Builds the gazetteer: `python -m presstime.gazetteer.build OUT` (`make gazetteer`). Needed at build time only.

Comes in: the rows of sources.py. Goes out: OUT/gazetteer.sqlite.xz and OUT/gazetteer.version. The same sources give the
same rows and the same version. Example: `python -m presstime.gazetteer.build src/presstime/gazetteer`.
"""

from __future__ import annotations

import hashlib
import lzma
import sqlite3
import sys
import tempfile
from pathlib import Path

from presstime.gazetteer.lookup import MATCHES, SEPARATOR
from presstime.gazetteer.names import fold
from presstime.gazetteer.sources import Row, countries, regions_and_districts, supplements, towns
from presstime.gazetteer.tables import FIRST_OF_OURS, SCHEMA, SHOWN

__all__ = ["build", "main"]


def keys(row: Row) -> dict[str, int]:
    """Each key under which a place is found, and how it bears that name. A main name wins over another."""
    found: dict[str, int] = {}
    for match, names in enumerate(((row.name, *row.names[: row.given]), (*row.names[row.given :], *row.hidden), row.short, row.demonyms)):
        for name in names:
            if key := fold(name):
                found.setdefault(key, match)
    return found


def build(out: Path) -> str:
    """Write the file and its version into the folder `out`; gives the version."""
    assert len(MATCHES) == 4
    town_rows = towns()
    named = countries(town_rows)
    divisions = regions_and_districts(town_rows)
    rows = [*town_rows, *named, *divisions]
    rows += supplements(rows)
    for number, row in enumerate((r for r in rows if r.number is None), FIRST_OF_OURS):
        row.number = number
    places, index = [], []
    for row in rows:
        seen = {row.name}
        shown: list[str] = []
        for name in row.names:
            if name not in seen and len(shown) < SHOWN:
                seen.add(name)
                shown.append(name)
        names = SEPARATOR.join(shown) or None
        point = (row.lat, row.lon)
        places.append((row.number, row.id, row.name, row.kind, row.country, row.admin1, *point, row.population, row.capital_of, names))
        index += [(key, row.number, match) for key, match in keys(row).items()]
    places.sort(key=lambda p: p[0] or 0)
    index.sort()
    digest = hashlib.blake2b(repr((SCHEMA, places, index)).encode(), digest_size=8).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "gazetteer.sqlite"
        file = sqlite3.connect(plain)
        file.execute("PRAGMA page_size = 4096")
        file.execute("PRAGMA journal_mode = OFF")
        file.executescript(SCHEMA)
        file.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
        file.executemany("INSERT INTO key VALUES (?, ?, ?)", index)
        file.executemany("INSERT INTO meta VALUES (?, ?)", [("licence", "CC BY 4.0, after GeoNames (geonames.org)"), ("version", digest)])
        file.commit()
        file.execute("VACUUM")
        file.close()
        out.mkdir(parents=True, exist_ok=True)
        data = plain.read_bytes()
        (out / "gazetteer.sqlite.xz").write_bytes(lzma.compress(data, preset=6))
    (out / "gazetteer.version").write_text(digest + "\n", encoding="ascii")
    print(f"{len(places)} places, {len(index)} names, {len(data) / 1e6:.1f} MB, version {digest}", file=sys.stderr)
    return digest


def main() -> None:
    """The command: the folder to write into is its one argument."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m presstime.gazetteer.build OUT")
    build(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
