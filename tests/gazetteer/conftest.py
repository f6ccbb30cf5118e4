"""A gazetteer loaded from the made dump, once for all tests of this folder; and a cache that is each test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_dump import write

from presstime.gazetteer import Gazetteer, lookup
from presstime.gazetteer.in_use import VARIABLE
from presstime.gazetteer.load import Loaded, load
from presstime.gazetteer.unpack import unpacked


@pytest.fixture(scope="session")
def shipped() -> Gazetteer:
    return Gazetteer(unpacked())


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory, shipped: Gazetteer) -> Path:
    """The folder with the made dump."""
    return write(tmp_path_factory.mktemp("dump"), shipped)


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory, dump: Path) -> Loaded:
    """What loading the whole made dump gave; its file stays for the session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESSTIME_CACHE", str(cache_with_shipped(tmp_path_factory.mktemp("cache"))))
        patch.delenv(VARIABLE, raising=False)
        return load([dump])


@pytest.fixture(scope="session")
def merged(done: Loaded) -> Gazetteer:
    return Gazetteer(done.path)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own, with the shipped file in it, and no gazetteer open."""
    folder = cache_with_shipped(tmp_path / "cache")
    monkeypatch.setenv("PRESSTIME_CACHE", str(folder))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(lookup, "_open", {})
    yield folder


def cache_with_shipped(folder: Path) -> Path:
    """A cache folder that need not unpack the shipped file once more."""
    folder.mkdir(exist_ok=True)
    file = unpacked()
    os.link(file, folder / file.name) if file.stat().st_dev == folder.stat().st_dev else (folder / file.name).write_bytes(file.read_bytes())
    return folder
