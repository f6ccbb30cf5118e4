"""A file of JSON to Documents and Problems, whatever it is: an export, a feed, an agency's items, rows, or documents.

In: an input and its bytes, and the mapping of story.toml that its name fits, if any. Out: Documents and Problems. What is none
of the known formats is read as documents, one object each (jsonl.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

import msgspec

from presstime.gather.content import Content
from presstime.gather.json_shapes import JsonTable, json_table, shape_of
from presstime.gather.jsonl import documents_from_json, documents_from_jsonl, read_line
from presstime.gather.opening import Found, Input, Run, documents
from presstime.mappings import Mapping
from presstime.records import Problem

__all__ = ["json_found", "json_lines_found"]

Documents = Callable[[Input, Iterator[Content | Problem], str | bytes, Run], Iterator[Found]]


def json_lines_found(given: Input, run: Run, mapping: Mapping | None) -> Iterator[Found]:
    """The documents of a file with one object a line, which may be longer than memory."""
    lines = _lines(given.stream, run.max_bytes)
    if mapping is None:
        yield from documents_from_jsonl(lines, whence=given.name, now=run.now, max_bytes=run.max_bytes)
        return
    from presstime.gather.tables import row_content

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{given.name}:{number}"
        if len(line.rstrip(b"\r\n")) > run.max_bytes:
            why = f"The line has more than the {run.max_bytes:,} bytes allowed. Split the document."
            yield Problem(where=where, what="too-large", why=why)
            continue
        value = read_line(line)
        if isinstance(value, str):
            yield Problem(where=where, what="bad-line", why=f"The line is not JSON ({value}). Mend it, or leave it out.")
        else:
            yield from documents(given, iter((row_content(value, mapping, where, f":{number}", "json"),)), line, run)


def json_found(given: Input, data: bytes, digest: str, mapping: Mapping | None, run: Run, make: Documents) -> Iterator[Found]:
    """The documents of a file that is one value of JSON, or one object a line."""
    if mapping is not None and mapping.format != "jsonl":
        yield from make(given, _mapped(data, given.name, mapping), digest, run)
        return
    if mapping is not None:
        yield from json_lines_found(Input(stream=BytesIO(data), name=given.name, file_name=given.file_name), run, mapping)
        return
    found = json_table(data)
    shape = shape_of(found.table) if found is not None else None
    if found is None or shape is None:
        yield from documents_from_json(data, whence=given.name, now=run.now, max_bytes=run.max_bytes)
        return
    yield from make(given, _shaped(given, found, shape), digest, run)
    if found.cut:
        why = "The file is damaged or cut short: what is whole in it was read. Get it again."
        yield Problem(where=given.name, what="broken", why=why)


def _shaped(given: Input, found: JsonTable, shape: str) -> Iterator[Content | Problem]:
    if shape == "telegram":
        from presstime.gather.telegram import telegram_contents

        yield from telegram_contents(found.table, given.name, given.hashed)
        return
    if shape == "mastodon":
        from presstime.gather.mastodon import mastodon_contents

        yield from mastodon_contents(found.table, given.name, given.beside("actor.json"))
        return
    try:
        value = {key: msgspec.json.decode(raw) for key, raw in found.table.items()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = f"The file is not JSON throughout ({str(error)[:120]}). Get it again."
        yield Problem(where=given.name, what="broken", why=why)
        return
    if shape == "json-feed":
        from presstime.gather.feed import json_feed_contents

        yield from json_feed_contents(value, given.name)
    elif shape == "reliefweb":
        from presstime.gather.reliefweb import reliefweb_contents

        yield from reliefweb_contents(value, given.name)
    else:
        from presstime.gather.ninjs import ninjs_content

        yield ninjs_content(value, given.name)


def _mapped(data: bytes, name: str, mapping: Mapping) -> Iterator[Content | Problem]:
    from presstime.gather.tables import json_rows

    value = read_line(data)
    if isinstance(value, str):
        yield Problem(where=name, what="broken", why=f"The file is not JSON ({value}). Get it again, or mend it.")
    else:
        yield from json_rows(value, name, mapping)


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The stream's lines; of one that is too long, enough to see that it is, and not the rest."""
    while line := stream.readline(max_bytes + 3):
        yield line
        while len(line) == max_bytes + 3 and not line.endswith(b"\n"):
            line = stream.readline(max_bytes + 3)
