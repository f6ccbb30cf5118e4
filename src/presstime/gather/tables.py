"""Tables of any layout, CSV and JSON, to documents, by a mapping of story.toml.

In: bytes and a `Mapping`. Out: a `Content` a row, its text as given, each field with the column it came from; Problems for
rows that are damaged or have no text. With fields = {text = "Body"}, the row "2026-03-04,Five died." under the heading
"Date,Body" gives "Five died."
"""

from __future__ import annotations

import csv
import fnmatch
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from presstime.gather.content import Content
from presstime.gather.dates import published_date
from presstime.gather.decode import decode
from presstime.gather.pieces import Piece, fragment_pieces
from presstime.gather.stated import Stated, from_seconds
from presstime.mappings import MappedFields, Mapping
from presstime.records import Problem

__all__ = ["csv_contents", "json_rows", "mapping_for", "row_content"]

MAX_CELL = 10_000_000
MAX_COLUMNS = 2_000
SHOWN = 12
_DELIMITERS = (",", ";", "\t", "|")
_PLAIN_NAMES = {
    "text": ("text",),
    "id": ("id",),
    "headline": ("headline", "title"),
    "byline": ("byline", "author"),
    "outlet": ("outlet",),
    "published": ("published", "date", "dct"),
    "url": ("url",),
    "language": ("language", "lang"),
}
"""Columns that need no mapping: the names that a line of JSON has too."""


def mapping_for(name: str, mappings: Sequence[Mapping]) -> Mapping | None:
    """The first mapping whose pattern fits the file's name, or the end of its path."""
    parts = name.replace("!", "/").split("/")
    ends = ["/".join(parts[start:]) for start in range(len(parts))]
    return next((mapping for mapping in mappings if any(fnmatch.fnmatchcase(end, mapping.files) for end in ends)), None)


def csv_contents(data: bytes, name: str, mapping: Mapping | None) -> Iterator[Content | Problem]:
    """The rows of a table with a heading, numbered from 1."""
    if not data.strip():
        yield Problem(where=name, what="empty", why="The file holds nothing. Save the table again, or leave it out.")
        return
    decoded = decode(data, name, declared=mapping.encoding if mapping else None)
    if isinstance(decoded, Problem):
        yield decoded
        return
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
    first = next((line for line in decoded.text[:65_536].splitlines() if line.strip()), "")
    delimiter = (mapping.delimiter if mapping else None) or max(_DELIMITERS, key=first.count)
    # A line's end is looked for by the reader itself: within quotation marks it belongs to the cell.
    rows = _rows(csv.reader(_lines(decoded.text), delimiter=delimiter, skipinitialspace=delimiter != "\t"), name)
    heading = next(rows, None)
    if not isinstance(heading, list):
        yield heading or Problem(where=name, what="empty", why="The table has no heading. Write the columns' names in its first row.")
        return
    columns = [cell.strip() for cell in heading[:MAX_COLUMNS]]
    if mapping is None and (mapping := _plain_mapping(columns)) is None:
        yield _unmapped(name, [column for column in columns if column])
        return
    missing = [key for key in _named(mapping.fields) if key not in columns]
    if missing:
        yield _no_such(name, missing, columns)
        return
    number = 0
    for row in rows:
        number += 1
        if isinstance(row, Problem):
            yield Problem(where=f"{name}:{number}", what=row.what, why=row.why)
            continue
        if len(row) != len(columns) and any(cell.strip() for cell in row):
            why = f"The row has {len(row)} cells under {len(columns)} columns: look whether a quotation mark or a comma is missing."
            yield Problem(where=f"{name}:{number}", what="bad-line", why=why)
        yield row_content(dict(zip(columns, row, strict=False)), mapping, f"{name}:{number}", f":{number}", "csv")
    if not number:
        yield Problem(where=name, what="empty", why="The table has a heading but no rows. Fill it, or leave it out.")


def _lines(text: str) -> Iterator[str]:
    """The text's lines with their ends, none copied before it is needed."""
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end + 1
        yield text[position:end].replace("\x00", " ")
        position = end


def _rows(reader: Any, name: str) -> Iterator[list[str] | Problem]:
    """The rows that hold anything; a cell without end is a Problem and the rest goes on."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(where=name, what="bad-line", why=f"The row cannot be read ({error}). Mend it in the table.")
            continue
        if any(cell.strip() for cell in row):
            yield row


def json_rows(value: Any, name: str, mapping: Mapping) -> Iterator[Content | Problem]:
    """The rows of a decoded file of JSON: the list that the mapping's `items` names, the list at its top, or the one object."""
    found = _at(value, mapping.items) if mapping.items else value
    if mapping.items and found is None:
        keys = ", ".join(list(value)[:SHOWN]) if isinstance(value, dict) else "a list"
        why = f'The file has nothing at "{mapping.items}", which its mapping names under items; at its top it has: {keys}. Mend story.toml.'
        yield Problem(where=name, what="mapping", why=why)
        return
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, 1):
        yield row_content(row, mapping, f"{name}:{number}", f":{number}", "json")
    if not rows:
        yield Problem(where=name, what="empty", why="The list is empty. Get the file again, or leave it out.")


def row_content(row: Any, mapping: Mapping, where: str, place: str, kind: str) -> Content | Problem:
    """One row's content by the mapping."""
    if not isinstance(row, dict):
        return Problem(
            where=where, what="bad-line", why="The row is no object with keys. Name the list of objects under items in story.toml."
        )
    stated = Stated(where)
    fields = mapping.fields
    names = (fields.text,) if isinstance(fields.text, str) else fields.text
    texts = [text for name in names if isinstance(text := _value(row, name, kind), str) and text.strip()]
    if not texts:
        why = f"The row has no text under {' or '.join(names)}. Fill it in, name another column in story.toml, or leave the row out."
        return Problem(where=where, what="empty", why=why)
    for field in ("headline", "byline", "outlet", "dateline", "url", "language"):
        name = getattr(fields, field)
        if name is not None:
            stated.take(field, _words(_value(row, name, kind)), f"{kind} {name}")
        stated.take(field, getattr(mapping.values, field, None), "story.toml mapping")
    if fields.published is not None:
        _date(_value(row, fields.published, kind), fields.published, mapping, stated, kind)
    identity = _words(_value(row, fields.id, kind)) if fields.id is not None else None
    stated.note("text", f"{kind} {', '.join(names)}")
    if not mapping.html:
        return stated.content([Piece(text=text) for text in texts], place=place, identity=identity, raw=_raw(row))
    pieces: list[Piece] = []
    for text in texts:
        found = fragment_pieces(text, where)
        if isinstance(found, Problem):
            return found
        pieces += found
    if not pieces:
        return Problem(where=where, what="empty", why="The row's HTML holds no text. Fill it in, or leave the row out.")
    return stated.content(pieces, place=place, identity=identity, raw=_raw(row))


def _raw(row: dict[str, Any]) -> bytes:
    return msgspec.json.encode(
        {key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for key, value in row.items()}
    )


def _date(value: Any, name: str, mapping: Mapping, stated: Stated, kind: str) -> None:
    """The row's date: in the mapping's own form, in one of those that are known anyway, or as seconds since 1970."""
    words = _words(value)
    if words is None:
        return
    moment: datetime | None = None
    if mapping.date_format is not None:
        try:
            moment = datetime.strptime(words, mapping.date_format)
        except ValueError:
            why = f'The date "{words[:80]}" is not of the form {mapping.date_format} that its mapping states. Mend either.'
            stated.problem("published", why)
            return
        coarse = not any(code in mapping.date_format for code in ("%H", "%I", "%c", "%X", "%T"))
    else:
        if words.isdecimal() and len(words) in (10, 13):
            stated.take("published", from_seconds(words[:10]), f"{kind} {name}")
            return
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            stated.date(words, f"{kind} {name}")
            return
        coarse = len(words) <= len("2026-03-04")
    if coarse:
        stated.take("published", moment.date().isoformat(), f"{kind} {name}")
        return
    if moment.tzinfo is None and mapping.time_zone is not None:
        moment = moment.replace(tzinfo=zoneinfo.ZoneInfo(mapping.time_zone))
    stated.take("published", published_date(moment.isoformat()), f"{kind} {name}")


def _value(row: dict[str, Any], name: str, kind: str) -> Any:
    return row.get(name) if kind == "csv" or name in row else _at(row, name)


def _at(value: Any, path: str) -> Any:
    """What stands at a path of keys, "data.results.0.title"."""
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _words(value: Any) -> str | None:
    """A cell as words: a number's digits, a list's texts with commas between."""
    if isinstance(value, list):
        value = ", ".join(each for each in value if isinstance(each, str))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None


def _named(fields: MappedFields) -> list[str]:
    values = [getattr(fields, field) for field in MappedFields.__struct_fields__]
    return [name for value in values for name in ((value,) if isinstance(value, str) else value or ())]


def _plain_mapping(columns: Iterable[str]) -> Mapping | None:
    """A mapping by the columns' own names, where one of them is "text"."""
    folded = {column.casefold(): column for column in columns}
    fields = {field: folded[key] for field, names in _PLAIN_NAMES.items() for key in names[::-1] if key in folded}
    return Mapping(files="*", fields=MappedFields(**fields)) if "text" in fields else None


def _unmapped(name: str, columns: list[str]) -> Problem:
    shown = ", ".join(columns[:SHOWN]) + (" …" if len(columns) > SHOWN else "")
    why = f"No column of the table is called text; its columns are: {shown}. Say in story.toml, under [[mappings]], which is what."
    return Problem(where=name, what="mapping", why=why)


def _no_such(name: str, missing: list[str], columns: list[str]) -> Problem:
    shown = ", ".join(column for column in columns[:SHOWN] if column)
    why = f"The table has no column {', '.join(missing)}, which its mapping names; its columns are: {shown}. Mend story.toml."
    return Problem(where=name, what="mapping", why=why)
