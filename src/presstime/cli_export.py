"""The command `presstime export`: a story in a form that another tool takes in.

In: a format, a story's folder (or an edition's), options. Out: files, named on standard output. Thin: the work is done by `exporting`.
Example: `presstime export acled flood -o flood-acled.csv --words-policy acled --toll lowest`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import click

__all__ = ["add_export_command"]

_DIR = click.Path(path_type=Path)
_FORMATS = (
    "csv",
    "xlsx",
    "parquet",
    "sqlite",
    "geojson",
    "jsonl",
    "jsonld",
    "ics",
    "atom",
    "markdown",
    "docx",
    "pdf",
    "acled",
    "ged",
    "plover",
    "report-pdf",
)
_ALSO = {"md": "markdown", "json-lines": "jsonl", "json-ld": "jsonld", "ucdp-ged": "ged", "ucdp": "ged", "excel": "xlsx", "word": "docx"}
_OF_TOLLS = ("acled", "ged", "plover")


class _Format(click.Choice[str]):
    """A format by its name, or by another name that people use for it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(super().convert(_ALSO.get(str(value).lower(), value), param, ctx))


def add_export_command(group: click.Group) -> None:
    """Adds the command to the program."""
    group.add_command(export_command)


@click.command("export")
@click.argument("format_", metavar="FORMAT", type=_Format(_FORMATS, case_sensitive=False))
@click.argument("story", type=_DIR)
@click.option("-o", "--out", type=_DIR, metavar="PATH", help="The file to write, or for several files a folder or a .zip.")
@click.option("--as-of", metavar="TIME", help="Combine as of this moment. Default: what was combined last.")
@click.option(
    "--evidence",
    type=click.Choice(["excerpt", "full", "link"]),
    default="excerpt",
    show_default=True,
    help="Sentences around passages, whole texts, or the records' own words and the way to them.",
)
@click.option("--bom", is_flag=True, help="csv, acled, ged: begin files with the mark by which Excel knows UTF-8.")
@click.option("--since", type=_DIR, metavar="EDITION", help="atom: only what is new or changed since this edition's folder.")
@click.option(
    "--words-policy",
    type=click.Choice(["acled", "12", "24", "none"]),
    default="none",
    show_default=True,
    help="acled, ged, plover: the number for words such as dozens: 12 or acled (ACLED's), 24, or none.",
)
@click.option(
    "--toll",
    type=click.Choice(["latest", "lowest", "highest"]),
    help="acled, ged, plover: which toll to take. Default: none where they conflict.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
def export_command(
    format_: str,
    story: Path,
    out: Path | None,
    as_of: str | None,
    evidence: Literal["full", "excerpt", "link"],
    bom: bool,
    since: Path | None,
    words_policy: Literal["acled", "12", "24", "none"],
    toll: Literal["latest", "lowest", "highest"] | None,
    as_json: bool,
) -> None:
    """Write a STORY's folder, or an edition's, in a FORMAT that another tool takes in.

    \b
    csv xlsx parquet sqlite jsonl   every table: statements, figures, events, disputes, series…
    geojson ics atom                events and places; the timeline; what is new
    jsonld                          Web Annotations with PROV
    markdown docx pdf               the brief
    report-pdf                      the report
    acled ged plover                candidate rows in these coding schemes' columns
    """
    from presstime.exporting import Options, export_story
    from presstime.show.export.tolls import Policy

    if (toll is not None or words_policy != "none") and format_ not in _OF_TOLLS:
        raise click.UsageError(
            f"--toll and --words-policy are for {', '.join(_OF_TOLLS)}: only there does a figure in words become a number."
        )
    if since is not None and format_ != "atom":
        raise click.UsageError("--since is for atom: the feed of what is new since an edition.")
    options = Options(
        evidence=evidence, bom=bom, policy=Policy(words="acled" if words_policy == "12" else words_policy, toll=toll), since=since
    )
    written = export_story(story, format_, out, options, as_of=as_of)
    if as_json:
        click.echo(json.dumps({"format": format_, "files": [str(file) for file in written]}, ensure_ascii=False))
    else:
        for file in written:
            click.echo(f"written: {file}")
