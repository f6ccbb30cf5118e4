"""A story → files that other tools take in: `presstime export`.

In: a story's folder, or an edition's, a format and its options. Out: files, each there wholly or not at all. What is exported is what
was combined last, the same as stands in the report, unless another moment is asked for. docs/exports.md describes the formats.

Example: `export_story(Path("flood"), "xlsx", Path("flood.xlsx"), Options())` leaves a workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from presstime.compile import combine_story, parse_as_of, said_in, with_said, write_whole
from presstime.editions import MANIFEST, lines_between, open_edition
from presstime.ledger import Ledger
from presstime.problems import InputError
from presstime.records import Record
from presstime.show.export.atom import atom
from presstime.show.export.brief_text import markdown
from presstime.show.export.coded_files import acled_files, ged_files
from presstime.show.export.csv_tables import csv_files
from presstime.show.export.docx import docx
from presstime.show.export.geojson import geojson
from presstime.show.export.ics import ics
from presstime.show.export.json_ld import json_ld
from presstime.show.export.json_lines import json_lines
from presstime.show.export.packing import pack
from presstime.show.export.parquet import parquet_files
from presstime.show.export.pdf import pdf
from presstime.show.export.plover import plover
from presstime.show.export.report_pdf import report_pdf
from presstime.show.export.shown import Shown, shown_material
from presstime.show.export.sqlite import sqlite
from presstime.show.export.tolls import Policy
from presstime.show.export.xlsx import xlsx
from presstime.show.material import Material
from presstime.show.visible import NOTHING_RESTRICTED, Evidence, Restrictions, joined_restrictions, visible_material
from presstime.story import LEDGER, open_story
from presstime.version import __version__

__all__ = ["FORMATS", "OF_TOLLS", "PRINTED", "Options", "export_story", "made_files", "story_material"]

FORMATS = {
    "csv": "-csv.zip",
    "xlsx": ".xlsx",
    "parquet": "-parquet.zip",
    "sqlite": ".sqlite",
    "geojson": ".geojson",
    "jsonl": ".jsonl",
    "jsonld": ".jsonld",
    "ics": ".ics",
    "atom": ".atom",
    "markdown": ".md",
    "docx": ".docx",
    "pdf": ".pdf",
    "acled": "-acled-candidates.csv",
    "ged": "-ucdp-ged-candidates.csv",
    "plover": "-plover-candidates.jsonl",
}
"""Every format, and how its file's name ends where none is given."""
PRINTED = {"report-pdf": "-report.pdf"}
"""What a browser of this machine prints, and how its file's name ends."""
OF_TOLLS = ("acled", "ged", "plover")
"""The formats that turn words into numbers and take one of several tolls, by a policy that is stated."""


class Options(Record, frozen=True):
    """What the user has asked for. `since` is an earlier edition's folder, for the feed of what is new.

    `restrictions` are what people have marked as confidential or under embargo.
    """

    evidence: Evidence = "excerpt"
    bom: bool = False
    policy: Policy = Policy()
    since: Path | None = None
    restrictions: Restrictions = NOTHING_RESTRICTED


def story_material(path: Path, as_of: str | None = None) -> Material:
    """What a story's folder holds as it was combined last, or as of a moment; or what an edition's folder was made of.

    What is confidential or under embargo is not in it. Raises StoryError, InputError and LedgerError.
    """
    return visible_material(*_gathered(path, as_of))


def _gathered(path: Path, as_of: str | None) -> tuple[Material, Restrictions]:
    """A story's or an edition's material, and what may not be shown of it."""
    if (path / MANIFEST).is_file():
        if as_of:
            raise InputError(f"{path} is an edition, frozen as of its own moment; leave out --as-of, or give the story's folder")
        return open_edition(path), NOTHING_RESTRICTED
    story = open_story(path)
    zone = ZoneInfo(story.time_zone)
    with Ledger.open(path / LEDGER, create=False) as ledger:
        findings = ledger.findings()
        if as_of or findings is None:
            moment = parse_as_of(as_of, story.time_zone) if as_of else datetime.now(zone)
            findings, readings = combine_story(ledger, story, moment)
        else:
            readings = tuple(ledger.corrected_readings_of(found.id for found in findings.documents))
        problems = ledger.problems()
        said = said_in(ledger, readings, datetime.now(zone))
    material = Material(
        title=story.title,
        as_of=findings.as_of,
        time_zone=story.time_zone,
        findings=findings,
        readings=readings,
        problems=tuple(p for p in problems if not any(p in r.problems for r in readings)),
        presstime=__version__,
    )
    return with_said(material, said.beside), said.restrictions


def made_files(material: Material, format_: str, options: Options) -> dict[str, bytes]:
    """The files of a format, by name; those of formats with one file have the format's name. Raises InputError."""
    shown = shown_material(material, options.evidence, options.restrictions)
    several: dict[str, Callable[[], dict[str, bytes]]] = {
        "csv": lambda: csv_files(shown, bom=options.bom),
        "parquet": lambda: parquet_files(shown),
        "acled": lambda: acled_files(shown, options.policy, bom=options.bom),
        "ged": lambda: ged_files(shown, options.policy, bom=options.bom),
    }
    single: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: xlsx(shown),
        "sqlite": lambda: sqlite(shown),
        "geojson": lambda: geojson(shown),
        "jsonl": lambda: json_lines(shown),
        "jsonld": lambda: json_ld(shown),
        "ics": lambda: ics(shown),
        "atom": lambda: _feed(shown, options),
        "markdown": lambda: markdown(shown),
        "docx": lambda: docx(shown),
        "pdf": lambda: pdf(shown),
        "report-pdf": lambda: report_pdf(shown, options.restrictions),
        "plover": lambda: plover(shown, options.policy),
    }
    if format_ in several:
        return several[format_]()
    return {f"story{FORMATS.get(format_) or PRINTED[format_]}": single[format_]()}


def _feed(shown: Shown, options: Options) -> bytes:
    if options.since is None:
        return atom(shown)
    before = shown_material(open_edition(options.since), options.evidence, options.restrictions).material
    return atom(shown, lines_between(before, shown.material))


def export_story(path: Path, format_: str, out: Path | None, options: Options, *, as_of: str | None = None) -> tuple[Path, ...]:
    """Writes a story in a format; gives the files written. Raises StoryError, InputError and LedgerError.

    Formats of several files go into a zip where `out` ends in .zip, else into the folder `out`; the rows of a coding scheme, where
    `out` names a .csv, are that file, and their evidence stands beside it. A folder that is there gets the file inside it.
    """
    material, restrictions = _gathered(path, as_of)
    both = joined_restrictions(options.restrictions, restrictions)
    files = made_files(material, format_, msgspec.structs.replace(options, restrictions=both))
    name = f"{path.resolve().name}{FORMATS.get(format_) or PRINTED[format_]}"
    to = Path(name) if out is None else out / name if out.is_dir() and len(files) == 1 else out
    if len(files) == 1:
        written = {to: next(iter(files.values()))}
    elif to.suffix == ".zip":
        written = {to: pack(files)}
    elif to.suffix == ".csv" and len(files) == 2 and not to.is_dir():
        rows, evidence = files.values()
        written = {to: rows, to.with_name(f"{to.stem}-evidence.csv"): evidence}
    elif to.suffix and not to.is_dir():
        raise InputError(f"{format_} is several files: give a folder, or a file that ends in .zip, instead of {to}")
    else:
        written = {to / each: data for each, data in files.items()}
    for file, data in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
    return tuple(written)
