"""The coding schemes' rows as files: the rows in exactly their columns, and beside them the evidence.

In: a `Shown` and the policies for tolls. Out: names and bytes: the rows, and `…-evidence.csv` with a line for every span behind every
row: the row's id, the record, its document, offsets, words, outlet, origin, and for figures giver and bounds.
Example: `acled-candidates.csv` and `acled-candidates-evidence.csv`.
"""

from __future__ import annotations

from collections.abc import Callable

from presstime.show.export import acled, ged
from presstime.show.export.csv_tables import csv_bytes
from presstime.show.export.evidence import record_evidence
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell
from presstime.show.export.tables_of_readings import giver_name, origin_of
from presstime.show.export.tolls import Policy, entry_tolls

__all__ = ["EVIDENCE_COLUMNS", "acled_files", "ged_files"]

EVIDENCE_COLUMNS = (
    *(
        "row",
        "kind",
        "record",
        "document",
        "start",
        "end",
        "words",
        "sentence",
        "outlet",
        "published",
        "url",
        "giver",
        "low",
        "high",
        "qualifier",
    ),
    *("origin", "origin_name"),
)


def acled_files(shown: Shown, policy: Policy, *, bom: bool = False) -> dict[str, bytes]:
    """ACLED's rows and their evidence."""
    rows = acled.acled_rows(shown, policy)
    return _files(shown, "acled-candidates", acled.COLUMNS, rows, lambda entry: entry, bom)


def ged_files(shown: Shown, policy: Policy, *, bom: bool = False) -> dict[str, bytes]:
    """UCDP GED's rows and their evidence."""
    rows = ged.ged_rows(shown, policy)
    return _files(shown, "ucdp-ged-candidates", ged.COLUMNS, rows, lambda entry: f"candidate-{entry}", bom)


def _files(
    shown: Shown, name: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]], row_id: Callable[[str], str], bom: bool
) -> dict[str, bytes]:
    made = {row[0] for row in rows}
    evidence = []
    tolls = entry_tolls(shown)
    for entry in shown.material.findings.timeline:
        ident = row_id(entry.id)
        if ident in made:
            evidence += [line for telling in entry.tellings for line in _evidence(shown, ident, "event", telling.event, telling.giver)]
            evidence += [line for toll in tolls.get(entry.id, ()) for line in _evidence(shown, ident, "figure", toll.figure, toll.giver)]
    return {
        f"{name}.csv": csv_bytes(columns, rows, bom=bom),
        f"{name}-evidence.csv": csv_bytes(EVIDENCE_COLUMNS, list(dict.fromkeys(evidence)), bom=bom),
    }


def _evidence(shown: Shown, row: str, kind: str, record: str, giver: str | None) -> list[tuple[Cell, ...]]:
    figure = shown.index.figures.get(record)
    bounds = (figure.low, figure.high, figure.qualifier) if figure else (None, None, None)
    whose = giver or (giver_name(shown, figure) if figure else None)
    return [
        (
            *(
                row,
                kind,
                record,
                one.document,
                one.start,
                one.end,
                one.words,
                one.sentence,
                one.outlet,
                one.published,
                one.url,
                whose,
                *bounds,
            ),
            *(origin_of(shown, record, one.document), one.origin_name),
        )
        for one in record_evidence(shown, record)
    ]
