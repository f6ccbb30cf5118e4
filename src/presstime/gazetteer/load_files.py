"""Paths that a user gives → the GeoNames files in them, and their lines, each with its number.

Comes in: files, zip archives and folders. Goes out: `Source`s, in the order in which they are to be read, and lines
as bytes, never more than a bounded length at once. An archive's members are read by known names only and never
unpacked to disk. Example: `AM.zip` holds AM.txt (places) and readme.txt, which is not read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

import msgspec

from presstime.problems import InputError
from presstime.records import Problem

__all__ = ["WHERE_FROM", "Source", "lines", "sources"]

Kind = Literal["places", "names", "admin1", "admin2", "countries"]
WHERE_FROM = "https://download.geonames.org/export/dump/"
KNOWN = "allCountries, a country's own file (AM.zip), cities500, alternateNamesV2, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt"
STEMS: tuple[tuple[str, Kind], ...] = (
    (r"allCountries|no-country|cities\d+", "places"),
    (r"alternateNames(?:V2)?", "names"),
    (r"admin1CodesASCII", "admin1"),
    (r"admin2Codes", "admin2"),
    (r"countryInfo", "countries"),
)
COUNTRY = re.compile(r"[A-Z]{2}")
COLUMNS: dict[int, Kind] = {19: "places", 10: "names", 8: "names"}
"""A country's places and a country's names come in files of one name: the number of columns tells them apart."""
WANTED: dict[Kind, str] = {"places": "19", "names": "10 (alternateNamesV2) or 8", "admin1": "4", "admin2": "4", "countries": "17 or more"}
ORDER: tuple[Kind, ...] = ("places", "admin1", "admin2", "countries", "names")
"""Places first: what comes behind is told of them."""
LONGEST_LINE = 1 << 18
"""Bytes. GeoNames' longest lines, with 10,000 letters of other names, have some 35,000."""
MOST_BYTES = 16 << 30
"""Of one file; allCountries.txt has 1.6 GB."""
MOST_RATIO = 100
"""Times that a member may be larger than it lies in its archive; GeoNames' own are 4 to 6 times."""
MOST_MEMBERS = 10_000
BUFFER = 1 << 20


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One text file of a dump. `member` is its name in the archive at `path`, if that is one; `size` in bytes."""

    name: str
    kind: Kind
    path: Path
    member: str | None = None
    size: int


def sources(paths: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    """The files of a dump among the paths, in reading order, and what else lies there. InputError where there is none."""
    found: dict[Path, list[Source]] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in (".txt", ".zip") and stem_kind(p.stem))
            if not files:
                raise InputError(f"{path} holds none of GeoNames' files ({KNOWN}); download them from {WHERE_FROM}")
            plain = {p.stem for p in files if p.suffix.lower() == ".txt"}
            for file in files:
                if file.suffix.lower() == ".zip" and file.stem in plain:
                    why = f"{file.stem}.txt lies beside it and is read instead; give the archive itself if you mean that"
                    problems.append(Problem(where=str(file), what="left-out", why=why))
                else:
                    found[file.resolve()] = in_file(file)
        elif path.exists():
            found.setdefault(path.resolve(), in_file(path))
        else:
            raise InputError(f"{path} is not there; download GeoNames' files from {WHERE_FROM} and give their paths")
    if not found:
        raise InputError(f"no file was given; give GeoNames' files or a folder of them ({KNOWN}), from {WHERE_FROM}")
    return sorted((s for group in found.values() for s in group), key=lambda s: ORDER.index(s.kind)), problems


def stem_kind(stem: str) -> Kind | Literal["country"] | None:
    """What a file of that name (without its ending) holds; None for a name that is not GeoNames'."""
    for pattern, kind in STEMS:
        if re.fullmatch(pattern, stem, re.IGNORECASE):
            return kind
    return "country" if COUNTRY.fullmatch(stem) else None


def in_file(path: Path) -> list[Source]:
    """The sources in one file. InputError where it is not what its name says."""
    if path.suffix.lower() == ".zip":
        return in_archive(path)
    kind = stem_kind(path.stem) if path.suffix.lower() == ".txt" else None
    if kind is None:
        raise InputError(f"{path} is none of GeoNames' files ({KNOWN}); keep the names that they have at {WHERE_FROM}")
    size = path.stat().st_size
    told = Source(name=path.name, kind="places" if kind == "country" else kind, path=path, size=size)
    return [checked(told, kind)]


def in_archive(path: Path) -> list[Source]:
    """The sources in a zip archive: members with names that are known, and nothing else."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise InputError(f"{path} is not a whole zip archive ({error}); download it again from {WHERE_FROM}") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check its rights") from None
    if len(members) > MOST_MEMBERS:
        raise InputError(f"{path} holds {len(members)} files; GeoNames' archives hold one to three: is it the right one?")
    found = []
    for member in members:
        stem, _, ending = member.filename.rpartition(".")
        kind = stem_kind(stem) if ending.lower() == "txt" else None
        if kind is None:
            continue
        if member.flag_bits & 1:
            raise InputError(
                f"{path}: {member.filename} is locked with a password, GeoNames' files are not; download it again from {WHERE_FROM}"
            )
        if member.file_size > MOST_BYTES or member.file_size > MOST_RATIO * max(member.compress_size, 1 << 16):
            size = f"{member.file_size / 1e6:,.0f} MB out of {member.compress_size / 1e6:,.1f} MB"
            raise InputError(f"{path}: {member.filename} says it unpacks to {size}, which no GeoNames file does; it is not read")
        told = Source(
            name=f"{path.name}: {member.filename}",
            kind="places" if kind == "country" else kind,
            path=path,
            member=member.filename,
            size=member.file_size,
        )
        found.append(checked(told, kind))
    if not found:
        raise InputError(f"{path} holds none of GeoNames' files ({KNOWN}); is it the right archive?")
    return found


def checked(source: Source, kind: str) -> Source:
    """The source with the kind that its first line shows. InputError where the columns are another file's."""
    for number, line in lines(source):
        if not line.strip() or line.startswith(b"#"):
            continue
        count = line.count(b"\t") + 1
        if source.kind in ("places", "names"):
            shown = COLUMNS.get(count)
            if shown == source.kind or (kind == "country" and shown is not None):
                return msgspec.structs.replace(source, kind=shown)
        elif count == 4 if source.kind != "countries" else count >= 17:
            return source
        has = f"{source.name}: line {number} has {count} column{'s' * (count != 1)} between tabs"
        raise InputError(f"{has}, where GeoNames has {WANTED[source.kind]}; it is another file: download it from {WHERE_FROM}")
    raise InputError(f"{source.name} is empty; download it again from {WHERE_FROM}")


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The source's bytes, straight out of the archive where it lies in one."""
    if source.member is None:
        with source.path.open("rb", buffering=BUFFER) as file:
            yield file
        return
    with zipfile.ZipFile(source.path) as archive, archive.open(source.member) as packed:
        yield io.BufferedReader(packed, BUFFER)  # type: ignore[type-var]  # a zip's member is a raw stream, which its stub does not say


def lines(source: Source) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, without its end. Of one that is too long only the beginning comes. InputError where it breaks off."""
    number = 0
    try:
        with opened(source) as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                    line = line[3:]
                yield number, line.rstrip(b"\r\n")
                while not line.endswith(b"\n") and len(line) == LONGEST_LINE:  # the rest of a line that is too long
                    line = file.readline(LONGEST_LINE)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        why = f"{source.name} breaks off or is damaged behind line {number} ({error})"
        raise InputError(f"{why}; nothing was changed: download it again from {WHERE_FROM}") from None
    except OSError as error:
        raise InputError(f"{source.name} cannot be read behind line {number} ({error.strerror or error}); nothing was changed") from None
