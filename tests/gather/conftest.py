"""What the gather tests share: gathering from files they write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from presstime.gather import MAX_BYTES, gather
from presstime.records import Document, Problem

NOW = "2026-03-05T08:00:00+00:00"
STORY = "Shells fell on the road to Velmora on Wednesday, killing at least five people, the interior ministry said."

Gathered = tuple[list[Document], list[Problem]]


@pytest.fixture
def story() -> str:
    return STORY


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | bytes], str]:
    """Write a file under the folder in which the test then stands; its name."""
    monkeypatch.chdir(tmp_path)

    def writer(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return name

    return writer


@pytest.fixture
def take() -> Callable[..., Gathered]:
    """Gather paths: the Documents, the Problems."""

    def taker(*paths: str | Path, archive: Path | None = None, max_bytes: int = MAX_BYTES, now: str = NOW) -> Gathered:
        found = list(gather(paths, archive=archive, now=now, max_bytes=max_bytes))
        return [item for item in found if isinstance(item, Document)], [item for item in found if isinstance(item, Problem)]

    return taker
