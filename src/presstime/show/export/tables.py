"""All tables of a story: what CSV, XLSX, Parquet, SQLite and JSON Lines hold.

In: a `Shown`. Out: the tables, in a fixed order: about, what was found across documents, then what was read in each of them.
Example: the table `figures` has a row for "at least 12 people", with its document, its offsets, its giver and its origin.
"""

from __future__ import annotations

from presstime.show.export.shown import Shown
from presstime.show.export.table import Table, make_table
from presstime.show.export.tables_of_documents import captions, carried, changes, checks, documents, passages, problems
from presstime.show.export.tables_of_findings import (
    actors,
    candidates,
    claims,
    dispute_sides,
    disputes,
    origins,
    points,
    reactions,
    series,
    silences,
    tellings,
    timeline,
    traces,
)
from presstime.show.export.tables_of_readings import events, figures, places, statements, times, unattributed

__all__ = ["about", "story_tables"]


def story_tables(shown: Shown) -> tuple[Table, ...]:
    """Every table of what may be shown."""
    found = (origins, traces, actors, candidates, claims, disputes, dispute_sides, series, points, timeline, tellings, reactions, silences)
    read = (statements, figures, events, places, times, unattributed, captions, passages, changes, carried, checks, problems)
    return (about(shown), documents(shown), *(make(shown) for make in found), *(make(shown) for make in read))


_ABOUT = """
title text The story's title
as_of moment The moment that the export is as of
time_zone text The story's time zone, an IANA name
kind text draft or published
evidence text How much of the documents' text may stand here: excerpt (sentences around passages), full, or link (the records' own words)
documents integer How many documents there are
presstime text The version of presstime that made it
models list The language models that read the documents
"""


def about(shown: Shown) -> Table:
    """One row: of what, and as of when, the export is."""
    material = shown.material
    models = tuple(sorted({reading.reader.model for reading in material.readings}))
    row = (
        *(material.title, material.as_of, material.time_zone, material.findings.kind),
        *(shown.evidence, len(material.readings), material.presstime, models),
    )
    return make_table("about", "about", "What this is, as of when, and what made it.", _ABOUT, [row])
