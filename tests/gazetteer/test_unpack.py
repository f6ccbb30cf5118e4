"""Unpacking: where to, once for many processes, and a plain error where nothing can be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from presstime.gazetteer import unpack
from presstime.problems import GazetteerError


def test_it_goes_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSTIME_CACHE", str(tmp_path / "a b" / "ü"))
    path = unpack.unpacked()
    assert path.parent == tmp_path / "a b" / "ü"
    assert path.name == f"gazetteer-{unpack.packed_version()}.sqlite"
    assert path.read_bytes()[:6] == b"SQLite"
    before = path.stat().st_mtime_ns
    assert unpack.unpacked() == path and path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the XDG rules hold on Linux")
def test_without_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRESSTIME_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert unpack.cache_folder() == tmp_path / "presstime"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert unpack.cache_folder() == tmp_path / ".cache" / "presstime"


def test_a_cache_that_is_a_file_falls_back_to_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("PRESSTIME_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(unpack.tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    assert unpack.unpacked().is_relative_to(tmp_path / "tmp")


def test_nowhere_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PRESSTIME_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(unpack.tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    with pytest.raises(GazetteerError, match="Set PRESSTIME_CACHE"):
        unpack.unpacked()


def test_a_broken_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "gazetteer.sqlite.xz"
    broken.write_bytes(unpack.PACKED.read_bytes()[:100_000])
    monkeypatch.setenv("PRESSTIME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(unpack, "PACKED", broken)
    with pytest.raises(GazetteerError, match="install presstime again"):
        unpack.unpacked()
    assert list((tmp_path / "cache").iterdir()) == []


def test_many_processes_at_once(tmp_path: Path) -> None:
    code = "from presstime.gazetteer import open_gazetteer; print(open_gazetteer().candidates('Kiev')[0].name)"
    environment = {**os.environ, "PRESSTIME_CACHE": str(tmp_path)}
    running = [subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [p.communicate(timeout=120)[0].strip() for p in running] == ["Kyiv"] * 4
    assert len(list(tmp_path.iterdir())) == 1
