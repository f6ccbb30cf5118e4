"""The JSON Schemas of what presstime writes and reads: records in, schema documents out.

Comes in: nothing but the record types. Goes out: one JSON Schema each for a reading, for findings and for story.toml,
as they stand in docs/schema/. Example: `python -m presstime.schema docs/schema` writes all three anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.records import Reading
from presstime.story import StoryFile

__all__ = ["schemas", "write_schemas"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TYPES: dict[str, tuple[type, str]] = {
    "reading": (Reading, "One reading: a line of `presstime read --to jsonl`"),
    "findings": (Findings, "What combine found: findings.json"),
    "story": (StoryFile, "A story's settings: story.toml, as the same tables in JSON"),
}


def schemas() -> dict[str, str]:
    """The text of each schema file, by the file's name. The same records always give the same text."""
    return {f"{name}.json": _text(*described) for name, described in TYPES.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`, which is made where it is not there; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _text(type_: type, title: str) -> str:
    schema: dict[str, Any] = {"$schema": DIALECT, "title": title, **msgspec.json.schema(type_)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """The command `python -m presstime.schema FOLDER`; gives the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python -m presstime.schema FOLDER   (in this repository: docs/schema)", file=sys.stderr)
        return 2
    for path in write_schemas(Path(arguments[0])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
