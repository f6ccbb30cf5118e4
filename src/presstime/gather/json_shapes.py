"""What a file of JSON is: an export, a feed, an agency's item, an answer of an API, or none of these.

In: raw bytes. Out: the table at its top with its values still as bytes, and its shape by the keys that its format
prescribes. {"version": "https://jsonfeed.org/version/1.1", "items": []} is a "json-feed". Of a file that is cut short, the
objects that stand whole in its list are kept.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal

import msgspec

from presstime.records import Record

__all__ = ["JsonTable", "Shape", "json_table", "shape_of", "shape_of_value", "whole_objects"]

Shape = Literal["telegram", "mastodon", "json-feed", "reliefweb", "ninjs"]

_TABLE = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LISTS = re.compile(rb'"(messages|orderedItems|items|data)"\s*:\s*\[')
_FEED = re.compile(rb'"https?://jsonfeed\.org/version/[\d.]+"')
_MAX_SALVAGED = 1_000_000
_HEAD = 65_536
"""Bytes in which a file that is cut short must have named its list."""
_NINJS_TEXT = (
    "headline",
    "headlines",
    "title",
    "titles",
    "description_text",
    "descriptions",
    "bodies",
    "body_text",
    "body_xhtml",
    "body_html",
)
_NINJS_SURE = ("versioncreated", "pubstatus", "standard", "representationtype", "firstcreated", "urgency", "copyrightholder")
_NINJS_BODY = re.compile(r"body_\w+$|description_\w+$|headline_\w+$")


class JsonTable(Record, frozen=True):
    """The object at the top of a file: its values as bytes, and whether the file was cut short."""

    table: dict[str, msgspec.Raw]
    cut: bool = False


def json_table(data: bytes) -> JsonTable | None:
    """The object that a file holds; None where it holds no single object."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return JsonTable(table=_TABLE.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _salvaged(data)


def _salvaged(data: bytes) -> JsonTable | None:
    """A table whose end is missing: what stands before its list, and of that the objects that are whole."""
    found = _LISTS.search(data[:_HEAD])
    if found is None:
        return None
    try:
        table = _TABLE.decode(data[: found.start()] + b'"":0}')
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    del table[""]
    whole = whole_objects(data, found.end() - 1, _MAX_SALVAGED)
    if not whole:
        return None
    table[found[1].decode("ascii")] = msgspec.Raw(b"[" + b",".join(bytes(raw) for raw in whole) + b"]")
    return JsonTable(table=table, cut=True)


def whole_objects(data: bytes, start: int, most: int) -> list[msgspec.Raw]:
    """The objects that stand whole, one after the other, in a list that begins at byte `start` and is cut short."""
    scanner = json.JSONDecoder()
    text = data[start:].decode("utf-8", "replace")
    position = text.find("[") + 1
    raws: list[msgspec.Raw] = []
    while (position := text.find("{", position)) >= 0 and len(raws) < most:
        try:
            _, end = scanner.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        raws.append(msgspec.Raw(text[position:end].encode("utf-8", "replace")))
        position = end
    return raws


def shape_of(table: dict[str, msgspec.Raw]) -> Shape | None:
    """The format whose keys the table has."""
    begins = {key: bytes(value[:200]).strip()[:1] for key, value in ((key, memoryview(raw)) for key, raw in table.items())}
    if "version" in table and _FEED.fullmatch(bytes(table["version"]).strip()):
        return "json-feed"
    if begins.get("orderedItems") == b"[":
        return "mastodon"
    if begins.get("messages") == b"[" and ("name" in table or "type" in table or "id" in table):
        return "telegram"
    if any(begins.get(key) == b"{" and b'"list"' in bytes(memoryview(table[key])[:2000]) for key in ("chats", "left_chats")):
        return "telegram"
    if begins.get("data") == b"[" and b'"fields"' in bytes(memoryview(table["data"])[:2000]):
        return "reliefweb"
    return "ninjs" if _is_ninjs(table) else None


def shape_of_value(value: Any) -> Shape | None:
    """The format of an object that is decoded already, a line of many: only an agency's item comes so."""
    return "ninjs" if isinstance(value, dict) and "text" not in value and _is_ninjs(value) else None


def _is_ninjs(table: dict[str, Any]) -> bool:
    told = any(key in _NINJS_TEXT or _NINJS_BODY.match(key) for key in table)
    return told and ("uri" in table or "guid" in table) and ("type" in table or any(key in table for key in _NINJS_SURE))
