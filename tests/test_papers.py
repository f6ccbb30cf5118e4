"""The papers say what the code has: every word of the records explained, every example true, every link alive."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import example_scores as scores
import msgspec
import pytest

from presstime.findings import Findings
from presstime.records import ACTS, EVENT_TYPES, MEASURES, Certainty, Form, PartKind, Qualifier, Reading, Standing
from presstime.story import parse_story

ROOT = Path(__file__).parent.parent
WORDS = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
PAPERS = (
    "README.md",
    "CHANGELOG.md",
    "docs/words.md",
    "docs/reading.md",
    "docs/combining.md",
    "docs/ledger.md",
    "docs/exports.md",
    "docs/pictures.md",
    "docs/inputs.md",
    "docs/gazetteer.md",
    "docs/story.md",
    "docs/fidelity.md",
    "docs/speed.md",
    "docs/model.md",
    "model/README.md",
    "examples/README.md",
    "LICENSES/CC-BY-SA-4.0.md",
    "LICENSES/CC-BY-4.0.md",
)


@pytest.mark.parametrize(
    "values", [ACTS, MEASURES, get_args(Form), get_args(Qualifier), get_args(Certainty), get_args(PartKind), get_args(Standing)]
)
def test_words_explains_every_value(values: tuple[str, ...]) -> None:
    assert not [value for value in values if f"`{value}`" not in WORDS]


def test_words_names_every_event_type() -> None:
    assert not [type_ for type_ in EVENT_TYPES if type_ not in WORDS]


@pytest.mark.parametrize(("record", "paper"), [(Reading, "docs/reading.md"), (Findings, "docs/combining.md")])
def test_every_field_of_every_record_is_explained(record: type, paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    _, components = msgspec.json.schema_components([record])
    assert not [f"{name}.{field}" for name, one in components.items() for field in one.get("properties", {}) if f"`{field}`" not in text]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).translate(str.maketrans("“”’", '""\'')).casefold()


def test_words_examples_are_words_of_the_example() -> None:
    corpus = _plain(" ".join(reading.document.text + " " + (reading.document.outlet or "") for reading in scores.load_gold().readings))
    examples = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", WORDS)
    assert len(examples) > 60
    invented = {_plain(each) for each in ("Delvane Works: no response found in the 19 documents gathered by noon.", "Vadisk / Tarnholt")}
    missing = []
    for example in examples:
        pieces = [piece.strip(' "') for piece in _plain(example).split("…")]
        if _plain(example) not in invented and not all(piece.rstrip('."') in corpus for piece in pieces):
            missing.append(example)
    assert not missing


def test_story_md_shows_a_story_that_opens() -> None:
    text = (ROOT / "docs" / "story.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    story = parse_story("\n".join(blocks))
    assert story.actors and story.places
    keys = {key for table in (tomllib.loads(block) for block in blocks) for key in table}
    assert keys == {"title", "time_zone", "region", "inputs", "actors", "places", "mappings"}
    assert not [field for field in (*story.actors[0].__struct_fields__, *story.places[0].__struct_fields__) if f"`{field}`" not in text]


@pytest.mark.parametrize("paper", PAPERS)
def test_links_to_the_papers_own_files_lead_somewhere(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("http"):
            continue
        name, _, heading = target.partition("#")
        other = (ROOT / paper).parent / name if name else ROOT / paper
        assert other.exists(), target
        assert not heading or heading in _headings(other), target


def _headings(paper: Path) -> set[str]:
    lines = (line for line in paper.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", line.lstrip("# ")).casefold().replace(" ", "-") for line in lines}


def test_readme_names_both_commands_and_the_licence_is_whole() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme and "make test" in readme
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence and "END OF TERMS AND CONDITIONS" in licence
