"""Lines of JSON, one document a line, to Documents.

In: lines `{"id", "text", "published"|"date"|"dct", "outlet", "url", "headline", "byline"}`, or Documents and readings
in presstime's own interchange form. Out: a Document a line, its text and id exactly as given; a line that cannot be
read is a Problem with its number, and the rest goes on. {"id": "a1", "text": "Five died."} keeps the id "a1".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from presstime.gather.content import Content, document_of
from presstime.gather.dates import published_date
from presstime.gather.json_shapes import shape_of_value
from presstime.gather.language import identify_language
from presstime.gather.names import safe_name
from presstime.ids import document_id
from presstime.records import Document, Problem, Provenance

__all__ = ["documents_from_json", "documents_from_jsonl", "read_line", "with_language"]

MAX_LINE = 10_000_000
_ALIASES = {
    "published": ("published", "date", "dct"),
    "outlet": ("outlet",),
    "url": ("url",),
    "headline": ("headline", "title"),
    "byline": ("byline", "author"),
    "language": ("language", "lang"),
}
_FORM = 'Each line is one JSON object with at least a "text".'
_DECODER = msgspec.json.Decoder()
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])


def documents_from_jsonl(lines: Iterable[str | bytes], *, whence: str, now: str, max_bytes: int = MAX_LINE) -> Iterator[Document | Problem]:
    """A Document, or a Problem, for every line that is not blank. `whence` names the file or stream.

    An id that comes again with the same text gives nothing more; with another text it is a Problem. A document in
    another language than English is followed by a Problem that says so.
    """
    seen: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines, 1):
        data = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
        data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
        data = data.rstrip(b"\r\n")
        if not data.strip():
            continue
        yield from _documents(data, f"{safe_name(whence)}:{number}", seen, now, max_bytes)


def documents_from_json(data: bytes, *, whence: str, now: str, max_bytes: int = MAX_LINE) -> Iterator[Document | Problem]:
    """The documents of a .json file: one object, an array of objects, or one object a line."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        items = _ARRAY.decode(data)
    except (msgspec.DecodeError, RecursionError):
        try:
            msgspec.json.decode(data, type=msgspec.Raw)
        except (msgspec.DecodeError, RecursionError):
            yield from documents_from_jsonl(data.split(b"\n"), whence=whence, now=now, max_bytes=max_bytes)
            return
        items = [msgspec.Raw(data.strip())]
    seen: dict[str, tuple[str, str]] = {}
    for number, item in enumerate(items, 1):
        yield from _documents(bytes(item), f"{safe_name(whence)}:{number}", seen, now, max_bytes)


def _documents(data: bytes, name: str, seen: dict[str, tuple[str, str]], now: str, max_bytes: int) -> Iterator[Document | Problem]:
    if len(data) > max_bytes:
        why = f"The line has {len(data):,} bytes, more than the {max_bytes:,} allowed. Split the document."
        yield Problem(where=name, what="too-large", why=why)
        return
    document, problems = _read(data, name, now)
    if isinstance(document, Problem):
        yield document
        return
    earlier = seen.setdefault(document.id, (document.text, name))
    if earlier[1] != name:
        if earlier[0] != document.text:
            why = f'The id "{document.id}" stands for another text in {earlier[1]}, which was taken. Give each document its own id.'
            yield Problem(where=name, what="duplicate-id", why=why)
        return
    yield document
    yield from problems


def read_line(data: bytes) -> Any:
    """What a line of JSON holds; where it is none, in words why (what a line holds is never a string alone)."""
    try:
        value = _DECODER.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return _short(error)
    return "it is a text alone" if isinstance(value, str) else value


def _read(data: bytes, name: str, now: str) -> tuple[Document | Problem, tuple[Problem, ...]]:
    value = read_line(data)
    if isinstance(value, str):
        return Problem(where=name, what="bad-line", why=f"The line is not JSON ({value}). {_FORM}"), ()
    if not isinstance(value, dict):
        return Problem(where=name, what="bad-line", why=f"The line is JSON, but not an object. {_FORM}"), ()
    inner = value.get("document")
    if isinstance(inner, dict) and "text" not in value:
        return _interchange(inner, name, now)
    if "sha256" in value and isinstance(value.get("id"), str):
        return _interchange(value, name, now)
    if shape_of_value(value) == "ninjs":
        return _agency_item(value, data, name, now)
    return _plain(value, data, name, now)


def _agency_item(value: dict[str, Any], data: bytes, name: str, now: str) -> tuple[Document | Problem, tuple[Problem, ...]]:
    from presstime.gather.ninjs import ninjs_content

    content = ninjs_content(value, name)
    if isinstance(content, Problem):
        return content, ()
    file_name = name.rsplit(":", 1)[0].rsplit("/", 1)[-1].rsplit("!", 1)[-1]
    document = document_of(content, name=name, file_name=file_name, data=data, now=now)
    document, other = with_language(document, content.language)
    return document, (*content.problems, *other)


def _plain(value: dict[str, Any], data: bytes, name: str, now: str) -> tuple[Document | Problem, tuple[Problem, ...]]:
    text = value.get("text")
    if not isinstance(text, str):
        why = f'The line has no "text" that is a string. {_FORM} Or say in story.toml, under [[mappings]], which key is what.'
        return Problem(where=name, what="bad-line", why=why), ()
    if not text.strip():
        return Problem(where=name, what="empty", why="The document's text is empty. Fill it in, or leave the line out."), ()
    identity = value.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        return Problem(where=name, what="bad-line", why='The "id" is neither a string nor a number. Write it in quotation marks.'), ()
    fields: dict[str, str] = {}
    provenance: list[Provenance] = []
    problems: list[Problem] = []
    for field, keys in _ALIASES.items():
        key = next((key for key in keys if value.get(key) not in (None, "")), None)
        if key is None:
            continue
        stated = value[key]
        if isinstance(stated, list) and all(isinstance(item, str) for item in stated):
            stated = ", ".join(stated)
        if isinstance(stated, str) and field == "published":
            stated = published_date(stated)
        if not isinstance(stated, str):
            why = f'The "{key}" is not understood and was left out. Write {"2026-03-04" if field == "published" else "a string"}.'
            problems.append(Problem(where=name, what=field if field == "published" else "bad-line", why=why))
            continue
        fields[field] = stated
        provenance.append(Provenance(field=field, source=f"jsonl {key}"))
    content = Content(text=text, parts=(), media=(), problems=(), provenance=tuple(provenance), **dict[str, Any](fields))
    file_name = name.rsplit(":", 1)[0].rsplit("/", 1)[-1].rsplit("!", 1)[-1]
    document = document_of(content, name=name, file_name=file_name, data=data, now=now)
    # A file's name dates its one article, but not the many documents of a file of lines.
    if content.published is None and document.published is not None and document.provenance[-1].source == "file name":
        identity = document_id(content.outlet, content.url or file_name, None, text) if identity is None else identity
        document = msgspec.structs.replace(document, published=None, provenance=content.provenance)
    if identity not in (None, ""):
        document = msgspec.structs.replace(document, id=str(identity))
    document, other = with_language(document, content.language)
    return document, (*problems, *other)


def _interchange(value: dict[str, Any], name: str, now: str) -> tuple[Document | Problem, tuple[Problem, ...]]:
    """A Document in presstime's own form, as it is, once its offsets are known to lie within its text."""
    try:
        document = msgspec.convert(value, Document)
    except msgspec.ValidationError as error:
        why = f"The line looks like a presstime document but is none ({_short(error)}). Write it with presstime read --to jsonl."
        return Problem(where=name, what="bad-line", why=why), ()
    if not document.text.strip():
        return Problem(where=name, what="empty", why="The document's text is empty. Fill it in, or leave the line out."), ()
    end = 0
    for part in document.parts:
        if not end <= part.start <= part.end <= len(document.text):
            return _bad_offsets(name), ()
        end = part.end
    if any(not 0 <= item.caption.start <= item.caption.end <= len(document.text) for item in document.media):
        return _bad_offsets(name), ()
    gathered = document.gathered or now
    document = msgspec.structs.replace(document, name=document.name or name, gathered=gathered)
    if document.language is None:
        return with_language(document, None)
    return document, _language_problem(document)


def with_language(document: Document, declared: str | None) -> tuple[Document, tuple[Problem, ...]]:
    """`document` with its language, and a Problem where that is not English."""
    found = identify_language(document.text, declared)
    provenance = (*document.provenance, Provenance(field="language", source=found.how))
    document = msgspec.structs.replace(document, language=found.code, provenance=provenance)
    return document, _language_problem(document)


def _language_problem(document: Document) -> tuple[Problem, ...]:
    if document.language == "en":
        return ()
    why = f'{document.name} is in another language ("{document.language}"): it is kept and can be searched, but not read. '
    return (Problem(where=document.id, what="language", why=why + "Give an English translation as a document of its own."),)


def _bad_offsets(name: str) -> Problem:
    why = "The document's parts or captions do not lie in order within its text. Count offsets in Unicode code points."
    return Problem(where=name, what="bad-line", why=why)


def _short(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:160] or type(error).__name__
