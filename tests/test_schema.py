"""docs/schema holds what the records are now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presstime.schema import main, schemas

PUBLISHED = Path(__file__).parent.parent / "docs" / "schema"


def test_the_published_schemas_are_up_to_date() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")}
    assert published == schemas(), "run: python -m presstime.schema docs/schema"


def test_the_schemas_have_the_interchange_formats_names() -> None:
    reading = json.loads(schemas()["reading.json"])["$defs"]
    assert {"document", "reader", "statements", "unattributed", "problems"} <= set(reading["Reading"]["properties"])
    assert "from" in reading["Time"]["properties"]
    assert "from_" not in reading["Time"]["properties"]
    assert "no-comment" in reading["Statement"]["properties"]["act"]["enum"]
    findings = json.loads(schemas()["findings.json"])["$defs"]
    assert {"as_of", "origins", "silences"} <= set(findings["Findings"]["properties"])
    story = json.loads(schemas()["story.json"])["$defs"]
    assert story["StoryFile"]["additionalProperties"] is False
    assert story["StoryPlace"]["properties"]["lat"]["anyOf"][0] == {"type": "number", "minimum": -90, "maximum": 90}


def test_the_command_writes_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()} == schemas()
    assert main([]) == 2
    assert "usage: python -m presstime.schema FOLDER" in capsys.readouterr().err
