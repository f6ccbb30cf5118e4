"""`presstime export`: files written whole, options that fit, errors that say what to do."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import feedparser
import pytest
from click.testing import CliRunner

from presstime import exporting
from presstime.cli import main
from presstime.cli_export import _FORMATS, _OF_TOLLS, export_command
from presstime.editions import publish
from presstime.ledger import Ledger
from presstime.show.visible import Evidence
from presstime.story import LEDGER

if TYPE_CHECKING:
    from presstime import Compiled


KINDS = {"new", "changed", "withdrawn", "newly denied", "newly corroborated"}


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["export", *map(str, words)])
    return done.exit_code, done.output


def test_the_command_knows_every_format() -> None:
    assert (*exporting.FORMATS, *exporting.PRINTED) == _FORMATS and exporting.OF_TOLLS == _OF_TOLLS
    evidence = next(option for option in export_command.params if option.name == "evidence")
    assert set(evidence.type.choices) == set(get_args(Evidence))  # type: ignore[attr-defined]


@pytest.mark.parametrize("format_", [each for each in exporting.FORMATS if each != "pdf"])
def test_each_format_is_written(format_: str, compiled: Compiled, tmp_path: Path) -> None:
    to = tmp_path / f"out{exporting.FORMATS[format_]}"
    status, said = run(format_, compiled.folder, "-o", to)
    assert status == 0, said
    assert to.stat().st_size > 0 and str(to) in said
    assert not list(tmp_path.glob(".*"))


def test_a_folder_a_zip_and_a_single_file(compiled: Compiled, tmp_path: Path) -> None:
    assert run("csv", compiled.folder, "-o", tmp_path / "tables")[0] == 0
    assert (tmp_path / "tables" / "statements.csv").is_file()
    assert run("csv", compiled.folder, "-o", tmp_path / "tables.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        assert archive.read("statements.csv") == (tmp_path / "tables" / "statements.csv").read_bytes()
    status, said = run("csv", compiled.folder, "-o", tmp_path / "tables.csv")
    assert status == 1 and "several files" in said
    status, said = run("acled", compiled.folder, "-o", tmp_path / "rows.csv", "--json")
    assert json.loads(said)["files"] == [str(tmp_path / "rows.csv"), str(tmp_path / "rows-evidence.csv")]
    status, said = run("xlsx", compiled.folder, "-o", tmp_path)
    assert (tmp_path / f"{compiled.folder.name}.xlsx").is_file()


def test_formats_have_the_names_that_people_use(compiled: Compiled, tmp_path: Path) -> None:
    assert run("md", compiled.folder, "-o", tmp_path / "brief.md")[0] == 0
    assert run("json-ld", compiled.folder, "-o", tmp_path / "a.jsonld")[0] == 0
    assert run("UCDP-GED", compiled.folder, "-o", tmp_path / "a.csv")[0] == 0


def test_what_does_not_fit_is_told(compiled: Compiled, tmp_path: Path) -> None:
    assert run("csv", compiled.folder, "--toll", "lowest")[0] == 2
    assert run("csv", compiled.folder, "--since", tmp_path)[0] == 2
    assert run("yaml", compiled.folder)[0] == 2
    status, said = run("csv", tmp_path / "nowhere")
    assert status == 1 and "presstime new" in said
    status, said = run("atom", compiled.folder, "--since", tmp_path, "-o", tmp_path / "a.atom")
    assert status == 1 and "no edition" in said and not (tmp_path / "a.atom").exists()


def test_a_failure_leaves_what_was_there(compiled: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "story.xlsx"
    to.write_bytes(b"before")

    def fail(*_: Any) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(exporting, "xlsx", fail)
    assert run("xlsx", compiled.folder, "-o", to)[0] == 1
    assert to.read_bytes() == b"before" and list(tmp_path.iterdir()) == [to]


def test_an_export_is_as_of_what_was_combined_last(compiled: Compiled) -> None:
    material = exporting.story_material(compiled.folder)
    assert material.as_of == compiled.as_of and len(material.readings) == compiled.documents


def test_an_edition_is_exported_and_what_is_new_since(compiled: Compiled, tmp_path: Path) -> None:
    story = tmp_path / "story"
    shutil.copytree(compiled.folder, story)
    _, edition = publish(story, as_of="2026-03-03T12:00")
    with Ledger.open(story / LEDGER, create=False) as ledger:  # what was combined last is the edition's moment; go on from there
        earlier = ledger.findings()
    assert earlier is not None and earlier.as_of.startswith("2026-03-03T12:00")
    status, said = run("jsonl", edition, "-o", tmp_path / "edition.jsonl")
    assert status == 0, said
    about = json.loads((tmp_path / "edition.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert about["as_of"].startswith("2026-03-03T12:00") and about["documents"] == len(earlier.documents)
    assert run("jsonl", edition, "--as-of", "2026-03-04", "-o", tmp_path / "x")[0] == 1
    status, said = run("atom", story, "--as-of", "2026-03-04T12:00", "--since", edition, "-o", tmp_path / "new.atom")
    assert status == 0, said
    feed = feedparser.parse((tmp_path / "new.atom").read_bytes())
    assert (
        feed.entries and {entry.tags[0].term for entry in feed.entries} <= KINDS and "new" in {entry.tags[0].term for entry in feed.entries}
    )
    run("atom", edition, "--since", edition, "-o", tmp_path / "same.atom")
    assert feedparser.parse((tmp_path / "same.atom").read_bytes()).entries == []
