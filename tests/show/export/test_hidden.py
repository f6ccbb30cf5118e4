"""What `visible` keeps out is in no export: not its words, its names, nor its id. A test per format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from msgspec.structs import replace

from presstime.exporting import FORMATS, Options, made_files
from presstime.show.export.shown import CUT, shown_material, shown_words
from presstime.show.export.tolls import Policy
from presstime.show.material import Material
from presstime.show.visible import Restrictions

from ..story import story

HIDDEN = "doc-karsa"
SECRET = (HIDDEN, "Karsa Courier", "Tomas Behl", "No order to open", "the gates gave way", "fables", "Foreign Ministry of Karsa", "Velmi")


RESTRICTED = (
    Restrictions(confidential=frozenset({HIDDEN})),
    Restrictions(embargoes={HIDDEN: "2026-03-04T00:00:00+01:00"}),
)


def everything(name: str, data: bytes, folder: Path) -> str:
    """All text of a file, unpacked."""
    if name.endswith(".parquet"):
        (folder / name).write_bytes(data)
        return str(duckdb.sql(f"SELECT * FROM '{folder / name}'").fetchall())
    if name.endswith(".pdf"):
        import pypdf

        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())
    return data.decode("utf-8", "replace")


def violent_story() -> Material:
    """Show's story with its places located and its events uses of force, so that every format has something of the hidden document."""
    made = story()
    readings = tuple(
        replace(
            reading,
            places=tuple(replace(place, lat=10.0, lon=20.0, precision="town") for place in reading.places),
            events=tuple(replace(event, type="ASSAULT", scope="event") for event in reading.events),
            figures=tuple(replace(figure, scope="event") for figure in reading.figures),
        )
        for reading in made.readings
    )
    timeline = tuple(replace(entry, type="ASSAULT") for entry in made.findings.timeline)
    return replace(made, readings=readings, findings=replace(made.findings, timeline=timeline))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_holds_what_may_be_shown(format_: str, tmp_path: Path) -> None:
    """The control: without a rule, the words are there, so that their absence below means something."""
    files = made_files(violent_story(), format_, Options(policy=Policy(words="acled")))
    text = "".join(everything(name, data, tmp_path) for name, data in files.items())
    assert any(words in text for words in SECRET)


@pytest.mark.parametrize(("evidence", "restrictions"), [("excerpt", RESTRICTED[0]), ("full", RESTRICTED[0]), ("full", RESTRICTED[1])])
@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_hidden_is_in_no_format(format_: str, evidence: Any, restrictions: Restrictions, tmp_path: Path) -> None:
    files = made_files(violent_story(), format_, Options(evidence=evidence, restrictions=restrictions))
    text = "".join(everything(name, data, tmp_path) for name, data in files.items())
    assert not [words for words in SECRET if words in text]


def test_hiding_leaves_the_rest() -> None:
    before, after = story(), shown_material(story(), restrictions=RESTRICTED[0]).material
    assert [r for r in before.readings if r.document.id != HIDDEN] == list(after.readings)
    assert {a.id for a in before.findings.actors} >= {a.id for a in after.findings.actors}
    assert any(series.measure == "killed" for series in after.findings.series)


@pytest.mark.parametrize("format_", FORMATS)
def test_one_statement_is_hidden_in_every_format(format_: str, tmp_path: Path) -> None:
    made = violent_story()
    (statement,) = (s for r in made.readings if r.document.id == HIDDEN for s in r.statements if s.form == "direct")
    files = made_files(made, format_, Options(evidence="full", restrictions=Restrictions(confidential=frozenset({statement.id}))))
    text = "".join(everything(name, data, tmp_path) for name, data in files.items())
    assert "No order to open" not in text and statement.id not in text


def test_an_embargo_ends() -> None:
    over = Restrictions(embargoes={HIDDEN: "2026-03-03T12:00:00+01:00"})
    assert shown_material(story(), restrictions=over).material == story()


def test_excerpts_hold_the_sentences_of_passages_and_no_more() -> None:
    excerpt, full = shown_material(story(), "excerpt"), shown_material(story(), "full")
    text = full.index.documents["doc-world"].text
    assert shown_words(full, "doc-world", 0, len(text)) == text
    assert "Sign up" not in shown_words(excerpt, "doc-world", 0, len(text)) and CUT in shown_words(excerpt, "doc-world", 0, len(text))


def test_with_links_alone_only_the_records_own_words_leave(tmp_path: Path) -> None:
    made = story()
    shown = shown_material(made, "link")
    for reading in made.readings:
        for statement in reading.statements:
            for span in statement.content:
                assert shown_words(shown, reading.document.id, span.start, span.end) == reading.document.text[span.start : span.end]
    stretches = [span for one in made.readings for span in shown.stretches[one.document.id]]
    assert sum(span.end - span.start for span in stretches) < sum(len(one.document.text) for one in made.readings) * 0.8
    apart = "The road to Velm was cut"  # words around a statement, of nobody
    spoken = replace(made.readings[0], document=replace(made.readings[0].document, text=f"{made.readings[0].document.text}\n\n{apart}."))
    more = replace(made, readings=(spoken, *made.readings[1:]))
    for evidence, there in (("link", False), ("full", True)):
        files = made_files(more, "jsonl", Options(evidence=evidence))  # type: ignore[arg-type]
        assert (apart in "".join(everything(name, data, tmp_path) for name, data in files.items())) == there
