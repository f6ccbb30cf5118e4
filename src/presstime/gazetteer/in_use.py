"""Which gazetteer is read: the one that comes with presstime, or the one that the user made of a GeoNames dump.

Comes in: PRESSTIME_GAZETTEER (a file, or "shipped"), else a line in the cache folder that `presstime gazetteer load`
wrote. Goes out: the path of the file. Where it names a file that is gone that is told, never passed over in silence.
Example: after `presstime gazetteer reset` the shipped one is read again.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from presstime.gazetteer.unpack import cache_folder, ours, unpacked
from presstime.problems import GazetteerError

__all__ = ["LOADED_FILE", "SHIPPED", "VARIABLE", "in_use", "loaded", "put_in_use", "reset"]

VARIABLE = "PRESSTIME_GAZETTEER"
SHIPPED = "shipped"
LOADED_FILE = "gazetteer-loaded.sqlite"
"""The file's own place in the cache folder."""
POINTER = "gazetteer-in-use.txt"
"""Holds the path of the loaded file, on one line."""


def loaded() -> Path | None:
    """The loaded file that is in use; None for the shipped one. GazetteerError where a file is named and not there."""
    if named := os.environ.get(VARIABLE):
        if named == SHIPPED:
            return None
        if not Path(named).is_file():
            raise GazetteerError(f"{VARIABLE} names {named}, and no file is there; correct it, or take the variable away.")
        return Path(named)
    with contextlib.suppress(RuntimeError):  # no home folder: nothing was ever loaded there
        pointer = cache_folder() / POINTER
        try:
            if not ours(pointer.parent):
                return None
            told = pointer.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise GazetteerError(f"{pointer} cannot be read ({error}); undo the loading: presstime gazetteer reset") from None
        if not told or not Path(told).is_file():
            why = f"The gazetteer that was loaded is gone ({told or pointer})"
            raise GazetteerError(f"{why}: load it again, or go back to the shipped one: presstime gazetteer reset")
        return Path(told)
    return None


def in_use() -> Path:
    """The file to look names up in: the loaded one, else the shipped one, unpacked now if it is not yet."""
    return loaded() or unpacked()


def put_in_use(path: Path) -> None:
    """From now on read the file at `path`."""
    pointer = cache_folder() / POINTER
    pointer.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = pointer.with_name(f".{POINTER}.{os.getpid()}")
    aside.write_text(f"{path.resolve()}\n", encoding="utf-8")
    aside.replace(pointer)


def reset() -> tuple[Path | None, bool]:
    """Read the shipped one again. Gives the loaded file that was in use, and whether it was deleted: only from the cache."""
    pointer = cache_folder() / POINTER
    told: Path | None = None
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        told = Path(pointer.read_text(encoding="utf-8").strip())
    pointer.unlink(missing_ok=True)
    own = cache_folder() / LOADED_FILE
    gone = own.is_file()
    own.unlink(missing_ok=True)
    return told or (own if gone else None), gone and (told is None or told == own.resolve())
