"""GeoNames' own files → the user's own gazetteer, merged over the shipped one and read from then on.

Comes in: paths of GeoNames' files, archives of them or folders. Goes out: one SQLite file with the shipped tables and a
little more (tables.py), and a `Loaded` that says what was taken and what was not. The file appears only when it is
whole: a run that breaks off leaves the former one. Example: `load([Path("AM.zip")])` adds the villages of Armenia.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from presstime.gazetteer.in_use import LOADED_FILE, VARIABLE, put_in_use
from presstime.gazetteer.load_files import Source, sources
from presstime.gazetteer.load_merge import Merged, merge
from presstime.gazetteer.load_stage import STAGE, Progress, Stage, Tally
from presstime.gazetteer.tables import LOADED, SCHEMA
from presstime.gazetteer.unpack import cache_folder, packed_version, unpacked
from presstime.problems import GazetteerError
from presstime.records import Problem

__all__ = ["Loaded", "LoadedFile", "load"]

ROOM = 2.0
"""Bytes of room needed on the disk for each byte of text, working files and all (measured: docs/gazetteer.md)."""
ROOM_BESIDE = 200_000_000
STALE = 86_400
"""Seconds after which a working folder is what a run that was killed left behind."""
WORKING = ".gazetteer-load-"
CACHE_KB = 64_000
"""Kilobytes that SQLite keeps in memory of each file."""


class LoadedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave: its lines, how many were of use, and how many could not be read."""

    name: str
    kind: str
    rows: int
    used: int
    unreadable: int


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a loading made. `places` are all in the file, `added` those that the shipped one does not have.

    `left_out` counts, by GeoNames' code, the rows of kinds that news does not name (features.toml); `covered` those that
    presstime's own tables have already. `dated` names have a beginning, an end, or are marked as historic.
    """

    path: Path
    version: str
    places: int
    added: int
    names: int
    dated: int
    left_out: dict[str, int]
    covered: int
    files: tuple[LoadedFile, ...]
    problems: tuple[Problem, ...]


def load(paths: Sequence[Path], out: Path | None = None, progress: Progress | None = None) -> Loaded:
    """Make the gazetteer of the shipped one and GeoNames' files, and read it from now on.

    `out` is the file to write; the user's cache folder where none is given. `progress` is told what is done, how much
    of it, and of how much. InputError where a file is not GeoNames' or is damaged, GazetteerError where the file cannot
    be written; in both cases everything stays as it was.
    """
    found, problems = sources(paths)
    target = out if out is not None else cache_folder() / LOADED_FILE
    if target.is_dir():
        raise GazetteerError(f"{target} is a folder; give --out a file, such as {target / LOADED_FILE}")
    told = progress or (lambda what, done, of: None)
    shipped = unpacked()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        room_for(found, target.parent)
        with working_folder(target.parent) as folder:
            stage, merged, tallies = made(found, shipped, folder, told)
            (folder / "new.sqlite").replace(target)
    except sqlite3.Error as error:
        why = f"The gazetteer could not be written beside {target} ({error}); nothing was changed"
        raise GazetteerError(f"{why}: see that the disk has room, or say where with --out") from error
    except PermissionError as error:
        why = f"{error.filename or target} may not be written"
        raise GazetteerError(f"{why}; nothing was changed: end what is reading it, or say where with --out") from None
    try:
        put_in_use(target)
    except (OSError, RuntimeError) as error:
        why = f"{target} was written, but it cannot be noted that it is in use ({error})"
        raise GazetteerError(f"{why}: set {VARIABLE} to its path, or PRESSTIME_CACHE to a folder that can be written") from None
    return Loaded(
        path=target,
        version=merged.version,
        places=merged.places,
        added=merged.added,
        names=merged.names,
        dated=merged.dated,
        left_out=dict(stage.left.most_common()),
        covered=stage.covered,
        files=tuple(LoadedFile(name=t.source.name, kind=t.source.kind, rows=t.rows, used=t.kept, unreadable=t.bad) for t in tallies),
        problems=(*problems, *(p for t in tallies for p in (*t.problems, *more_than_told(t)))),
    )


def made(found: Sequence[Source], shipped: Path, folder: Path, progress: Progress) -> tuple[Stage, Merged, list[Tally]]:
    """The new file, whole, as `new.sqlite` in the folder; and what each source gave."""
    file = sqlite3.connect(folder / "new.sqlite", isolation_level=None)
    try:
        file.execute("PRAGMA page_size = 4096")
        file.execute("ATTACH ? AS stage", (str(folder / "stage.sqlite"),))
        file.execute("ATTACH ? AS old", (str(shipped),))
        with contextlib.suppress(sqlite3.Error):  # some builds of SQLite have no such setting: then TMPDIR is used
            file.execute(f"PRAGMA temp_store_directory = '{str(folder).replace(chr(39), chr(39) * 2)}'")
        file.execute("PRAGMA temp_store = FILE")
        for part in ("main", "stage"):
            file.execute(f"PRAGMA {part}.journal_mode = OFF")
            file.execute(f"PRAGMA {part}.synchronous = OFF")
            file.execute(f"PRAGMA {part}.cache_size = -{CACHE_KB}")
        file.executescript(SCHEMA + LOADED + STAGE)
        file.execute("BEGIN")
        stage = Stage(file, progress)
        tallies = [stage.places(s) for s in found if s.kind == "places"]
        stage.settle()
        tallies += [stage.codes(s) for s in found if s.kind in ("admin1", "admin2", "countries")]
        tallies += [stage.names(s) for s in found if s.kind == "names"]
        merged = merge(file, packed_version(), stage.region, progress)
        file.execute("COMMIT")
    finally:
        file.close()
    return stage, merged, tallies


def room_for(found: Sequence[Source], folder: Path) -> None:
    """GazetteerError where the disk has not enough room, before hours of work come to nothing."""
    needed = ROOM * sum(s.size for s in found) + ROOM_BESIDE
    free = shutil.disk_usage(folder).free
    if free < needed:
        why = f"The gazetteer needs {needed / 1e9:.1f} GB for a while and {folder} has {free / 1e9:.1f} GB left"
        raise GazetteerError(f"{why}; nothing was changed: make room, or say where with --out")


@contextlib.contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """A folder beside the target, gone afterwards; those of runs that were killed are cleared away."""
    for old in parent.glob(f"{WORKING}*"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > STALE:
                shutil.rmtree(old)
    with tempfile.TemporaryDirectory(prefix=WORKING, dir=parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def more_than_told(tally: Tally) -> list[Problem]:
    """A problem that counts the unreadable lines that are not named one by one."""
    more = tally.bad - len(tally.problems)
    if more <= 0:
        return []
    why = f"{more} more of its {tally.rows} lines were left out for such reasons; download the file again if these are too many"
    return [Problem(where=tally.source.name, what="bad-row", why=why)]
