"""The gazetteer's compressed file in the package → a plain SQLite file that every process of this user shares.

It goes into the user's cache folder (PRESSTIME_CACHE where that is set) under its content's hash, written aside and
renamed, so that many processes may do it at once; where the cache cannot be written, into a temporary folder.
Example: the first `open_gazetteer()` after an installation unpacks, every later one finds the file there.
"""

from __future__ import annotations

import contextlib
import lzma
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from presstime.problems import GazetteerError

__all__ = ["PACKED", "VERSION", "cache_folder", "packed_version", "unpacked"]

PACKED = Path(__file__).with_name("gazetteer.sqlite.xz")
VERSION = Path(__file__).with_name("gazetteer.version")
CHUNK = 1 << 20


def cache_folder() -> Path:
    """The folder for what can be made again: PRESSTIME_CACHE, else the platform's own place for caches."""
    if named := os.environ.get("PRESSTIME_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "presstime"


def packed_version() -> str:
    """The hash of the gazetteer's rows, as the build wrote it."""
    try:
        return VERSION.read_text(encoding="ascii").strip()
    except OSError as error:
        raise GazetteerError(f"The gazetteer is missing from this installation ({VERSION.name}): install presstime again.") from error


def folders() -> Iterator[Path]:
    """Where the file may lie, the best first. The temporary folder is the user's own, so that none can plant a file."""
    with contextlib.suppress(RuntimeError):  # no home folder
        yield cache_folder()
    owner = os.getuid() if hasattr(os, "getuid") else 0
    yield Path(tempfile.gettempdir()) / f"presstime-{owner}"


def ours(folder: Path) -> bool:
    """Whether the folder belongs to this user (always, where the platform has no owners)."""
    return not hasattr(os, "getuid") or folder.stat().st_uid in (os.getuid(), 0)


def unpacked() -> Path:
    """The plain SQLite file, unpacked now if it is not there yet. GazetteerError where it can be written nowhere."""
    name = f"gazetteer-{packed_version()}.sqlite"
    tried: list[str] = []
    for folder in folders():
        target = folder / name
        try:
            if target.is_file() and target.stat().st_size > 0 and ours(folder):
                return target
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not ours(folder):
                tried.append(f"{folder} (belongs to another user)")
                continue
            unpack(target)
            return target
        except (OSError, RuntimeError) as error:
            tried.append(f"{folder} ({getattr(error, 'strerror', None) or error})")
    where = ", ".join(tried)
    raise GazetteerError(f"The gazetteer cannot be unpacked: nothing can be written in {where}. Set PRESSTIME_CACHE to a folder that can.")


def unpack(target: Path) -> None:
    """Write the file aside in the target's folder and rename it, whole or not at all."""
    handle, aside = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            try:
                with lzma.open(PACKED, "rb") as packed:
                    while chunk := packed.read(CHUNK):
                        out.write(chunk)
            except (FileNotFoundError, lzma.LZMAError, EOFError) as error:
                message = f"The gazetteer in this installation is missing or broken ({PACKED.name}): install presstime again."
                raise GazetteerError(message) from error
        try:
            Path(aside).replace(target)
        except PermissionError:  # on Windows another process may hold the finished file open: then it is there
            if not target.is_file():
                raise
    finally:
        Path(aside).unlink(missing_ok=True)
