"""Whose an account is, and what was found out about it: as people have said, beside the documents that name it.

Comes in: an `Ask`, perhaps a document. Goes out: records. Example: in a post of @stepa: "account of Stepan Vell, entered by Adela Morn".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from presstime.desk.asking import Ask
from presstime.desk.said import SaidCheck
from presstime.ledger import Correction
from presstime.ledger.anchors import in_force
from presstime.ledger.beside import handle_key
from presstime.ledger.lookups_documents import OneDocument
from presstime.ledger.lookups_log import handle_corrections
from presstime.records import Record, Span

__all__ = ["HandleRow", "NameRow", "all_handles", "handles_in", "handles_of", "names_said"]

_HANDLE = re.compile(r"(?<![\w@./-])@\w[\w.]{0,40}\w(?:@[\w-]+(?:\.[\w-]+)+)?")
MOST_FOUND = 20
"""Accounts that are named beside one document: a round-up of posts has a dozen."""


class HandleRow(Record, frozen=True):
    """An account: its owner's name, who entered that and when; its checks. `owner` is None where nobody has said whose it is."""

    handle: str
    owner: str | None = None
    by: str | None = None
    at: str | None = None
    entry: str | None = None
    checks: tuple[SaidCheck, ...] = ()


class NameRow(Record, frozen=True):
    """A person's name of which somebody has said whether it may be published."""

    name: str
    through: bool
    by: str
    at: str
    why: str
    entry: str


def all_handles(ask: Ask) -> tuple[HandleRow, ...]:
    """Every account of which something was said, by its handle."""
    return ask.look.kept("handles", lambda: _rows(handle_corrections(ask.look)))


def _rows(corrections: Iterable[Correction]) -> tuple[HandleRow, ...]:
    found: dict[str, HandleRow] = {}
    for one in in_force(corrections):
        if one.kind != "handle":
            continue
        key = handle_key(one.words)
        row = found.get(key, HandleRow(handle=one.words))
        value = msgspec.json.decode(one.after or "null")
        if one.field == "owner":
            row = msgspec.structs.replace(row, owner=value if isinstance(value, str) else None, by=one.by, at=one.at, entry=one.id)
        elif one.field == "check" and isinstance(value, dict):
            words = {field: str(value.get(field) or "") for field in ("by", "how", "result", "note")}
            row = msgspec.structs.replace(row, checks=(*row.checks, SaidCheck(**words, entered_by=one.by, at=one.at)))
        found[key] = row
    return tuple(found[key] for key in sorted(found))


def handles_in(ask: Ask, document: OneDocument, shown: Sequence[Span]) -> tuple[HandleRow, ...]:
    """The accounts that a document names, in the order in which they stand there, with what was said of them; of what may be seen."""
    said = {handle_key(one.handle): one for one in all_handles(ask)}
    texts = [document.byline or "", document.outlet or "", *(document.text[span.start : span.end] for span in shown)]
    found: dict[str, HandleRow] = {}
    for words in texts[:2]:
        if handle_key(words) in said:  # a byline may be the bare name of the account
            found[handle_key(words)] = said[handle_key(words)]
    for words in texts:
        for match in _HANDLE.finditer(words) if "@" in words else ():
            key = handle_key(match[0])
            if len(found) < MOST_FOUND:
                found.setdefault(key, said.get(key, HandleRow(handle=match[0])))
    return tuple(found.values())


def handles_of(ask: Ask, names: Iterable[str]) -> tuple[HandleRow, ...]:
    """The accounts that somebody of these names has, or that go by one of them."""
    wanted = {" ".join(name.split()).casefold() for name in names}
    keys = {handle_key(name) for name in wanted}
    return tuple(one for one in all_handles(ask) if (one.owner or "").casefold() in wanted or handle_key(one.handle) in keys)


def names_said(ask: Ask) -> tuple[NameRow, ...]:
    """The people of whom somebody has said whether their name may be published, by name."""
    found: dict[str, NameRow] = {}
    for one in in_force(handle_corrections(ask.look)):
        if one.kind == "name" and one.field == "let_through":
            found[one.words] = NameRow(name=one.words, through=one.after == "true", by=one.by, at=one.at, why=one.why, entry=one.id)
    return tuple(found[name] for name in sorted(found))
