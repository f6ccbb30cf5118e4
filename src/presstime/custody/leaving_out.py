"""What a bundle leaves out: entries that name somebody, or that people have marked as confidential or under embargo.

Comes in: names, a ledger's restrictions, payloads and readings. Goes out: which rows of the log are carried without what they commit
to. Example: with the name "Ana Lind", a document in which "ANA LIND said" stands is left out, and all that was entered of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from presstime.ledger.folding import locate, phrases_of
from presstime.ledger.log_payloads import Payload
from presstime.problems import InputError
from presstime.records import Reading
from presstime.show.visible import Restrictions, document_shown, statement_shown

__all__ = ["LeftOut", "kept_out_documents", "named_in", "strings_of", "what_to_leave_out"]

_OF_THE_CHAIN = ("erasure", "chained")
"""Kinds that hold nothing of the material: they are always carried."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """The rows carried without their content, the documents concerned, and the hashes of their raw bytes."""

    rows: frozenset[int] = frozenset()
    documents: frozenset[str] = frozenset()
    raw: frozenset[str] = frozenset()


def strings_of(value: Any) -> Iterator[str]:
    """Every text in a JSON value, those in JSON text within it too."""
    if isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from strings_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_of(each)
    elif isinstance(value, str):
        if value[:1] in ("{", "[", '"'):
            try:
                inner = json.loads(value)
            except (ValueError, RecursionError):
                yield value
            else:
                yield from strings_of(inner)
        else:
            yield value


def named_in(texts: Iterable[str], names: Sequence[str]) -> bool:
    """Whether one of the names stands in one of the texts, in whatever case, accents or script."""
    phrases = tuple(phrase for name in names for phrase in phrases_of('"' + name.replace('"', " ") + '"'))
    return bool(phrases) and any(next(locate(text, phrases, 1), None) is not None for text in texts)


def kept_out_documents(readings: Iterable[Reading], restrictions: Restrictions, now: str) -> frozenset[str]:
    """The documents of which people have marked anything as confidential, or as under an embargo that has not ended."""
    marked = {passage.document for passage in restrictions.passages}
    found = set()
    for reading in readings:
        document = reading.document.id
        shown = document_shown(document, restrictions, now)
        if shown and (document in marked or restrictions.confidential or restrictions.embargoes):
            shown = all(statement_shown(each, document, restrictions, now) for each in reading.statements)
            shown = shown and not any(
                passage.document == document and (passage.until is None or passage.until > now) for passage in restrictions.passages
            )
        if not shown:
            found.add(document)
    return frozenset(found)


def what_to_leave_out(
    payloads: Sequence[Payload], readings: Iterable[tuple[str, str]], names: Sequence[str], kept_out: frozenset[str]
) -> LeftOut:
    """What is left out for names, and for documents that are kept out: their own entries, and whatever refers to them.

    `readings` are documents' ids and the JSON of their readings. Raises InputError for a name that stands nowhere.
    """
    for name in names:
        if not phrases_of(name):
            raise InputError(f"{name!r} is no name; give one as it is written, such as --redact 'Ana Lind'")
    documents = set(kept_out)
    found: set[str] = set()
    values = {each.number: json.loads(each.payload) for each in payloads if each.payload is not None}
    for document, text in readings:
        if names:
            texts = list(strings_of(json.loads(text)))
            for name in names:
                if named_in(texts, [name]):
                    documents.add(document)
                    found.add(name)
    texts_of = {number: list(strings_of(value[1:])) for number, value in values.items()}
    rows = set()
    for each in payloads:
        if each.number in values and each.kind not in _OF_THE_CHAIN:
            for name in names:
                if named_in(texts_of[each.number], [name]):
                    found.add(name)
                    rows.add(each.number)
                    if each.kind == "document":
                        documents.add(values[each.number][1])
    if missing := [name for name in names if name not in found]:
        raise InputError(f"{missing[0]!r} stands nowhere in this story; check how it is written there")
    raw = {
        values[each.number][3]
        for each in payloads
        if each.kind == "document" and each.number in values and values[each.number][1] in documents
    }
    wanted = documents | raw
    for each in payloads:
        if each.number in values and each.kind not in _OF_THE_CHAIN and not wanted.isdisjoint(texts_of[each.number]):
            rows.add(each.number)
    return LeftOut(rows=frozenset(rows), documents=frozenset(documents), raw=frozenset(raw))
