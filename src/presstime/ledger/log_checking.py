"""Checking a ledger against its log: whether everything that is kept for good is what it was when it was entered.

Comes in: a ledger's connection, or the rows of a log. Goes out: what does not fit, as problems, the first one first. Example: a
figure's row that says 15 where its reading says 51 is a problem that names the figure's table and document.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from presstime.ledger.correcting import table_fault
from presstime.ledger.log import CHAIN_START, LOGGED, Head, canonical, commitment, row_hash
from presstime.records import Problem, Reading, Record, Span

__all__ = ["LogRow", "chain_faults", "entry_faults", "erased_rows", "file_faults", "log_rows", "misfit", "reading_faults", "span_fault"]

STORED = ("fields", "files", "erasure", "chained")
"""The kinds of rows whose content stands beside the log, and in no other table."""


class LogRow(Record, frozen=True):
    """A row of the log."""

    number: int
    at: str
    kind: str
    commitment: str
    previous: str
    hash: str


def misfit(where: str, why: str) -> Problem:
    """What does not fit, and where."""
    return Problem(where=where, what="does-not-fit", why=why)


def log_rows(connection: sqlite3.Connection) -> Iterator[LogRow]:
    """The log, from its first row."""
    for number, at, kind, committed, previous, hashed in connection.execute(
        "SELECT number, at, kind, commitment, previous, hash FROM log ORDER BY number"
    ):
        yield LogRow(number=number, at=at, kind=kind, commitment=committed, previous=previous, hash=hashed)


def file_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Whether SQLite finds the file whole and every reference in it kept."""
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        yield misfit("ledger", f"the database is damaged ({said}); restore the ledger from a copy, and verify that")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        yield misfit(f"table {broken[0]}", f"its row {broken[1]} refers to a row of {broken[2]} that is not there")


def chain_faults(rows: Iterable[LogRow], heads: Iterable[Head]) -> Iterator[Problem]:
    """Whether each row follows from the one before, and the heads kept elsewhere are in the chain."""
    wanted: dict[int, set[str]] = {}
    for head in heads:
        wanted.setdefault(head.number, set()).add(head.hash)
    number, previous = 0, CHAIN_START
    for row in rows:
        where = f"log row {row.number}"
        if row.number != number + 1:
            yield misfit(where, f"row {number + 1} should come here: rows were taken out, or put in")
        if row.previous != previous:
            yield misfit(where, f"it does not follow from row {number}: one of the two was changed, or rows between them taken out")
        if row_hash(row.number, row.at, row.kind, row.commitment, row.previous) != row.hash:
            yield misfit(where, "its hash is not that of its content: the row was changed")
        if wanted.pop(row.number, {row.hash}) != {row.hash}:
            yield misfit(where, "a head that was kept outside the database has another hash for this row: the log was written anew")
        number, previous = row.number, row.hash
    if beyond := sorted(each for each in wanted if each > 0):
        yield misfit(
            f"log row {beyond[0]}",
            f"a head that was kept outside the database names it, and the log ends at row {number}: the ledger was put back to an older "
            "state, cut short, or lost its last entries in a power cut",
        )


def entry_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Whether every entry is what its row of the log commits to, none lacks a row, and no row lacks its entry."""
    seen: set[int] = set()
    for kind, (table, entry, columns, which, order) in LOGGED.items():
        chained = {
            name: rest
            for name, *rest in connection.execute(
                "SELECT entry, number, salt, commitment FROM log JOIN log_payload USING (number) WHERE kind = ? AND entry IS NOT NULL",
                (kind,),
            )
        }
        rows = connection.execute(f"SELECT {entry}, {', '.join(columns)} FROM {table} WHERE {which} ORDER BY {order}")
        for name, *values in rows:
            number, salt, committed = chained.get(name, (None, None, None))
            where = f"{kind} {name}"
            if number is None:
                yield misfit(where, "the log has no row for it: it was put in past the log")
            elif commitment(salt or "", canonical(kind, *values)) != committed:
                yield misfit(where, f"it is not what row {number} of the log commits to: it was changed")
            else:
                seen.add(number)
    erased = erased_rows(
        connection.execute("SELECT number, payload FROM log JOIN log_payload USING (number) WHERE kind = 'erasure' AND payload IS NOT NULL")
    )
    rows = connection.execute(
        "SELECT l.number, l.kind, l.commitment, p.number, p.salt, p.payload, p.erased_by FROM log l LEFT JOIN log_payload p USING (number) "
        "ORDER BY l.number"
    )
    for number, kind, committed, kept, salt, payload, erased_by in rows:
        if number in seen:
            continue
        where = f"log row {number}"
        if kind in STORED and payload is not None and commitment(salt or "", payload) == committed:
            continue
        if kind in STORED and payload is not None:
            yield misfit(where, f"what stands beside it (kind {kind}) is not what it commits to: it was changed")
        elif erased_by is None or kept is None:
            yield misfit(where, f"the {kind} it commits to is not in the ledger, and no erasure says that it was taken out")
        elif number not in erased.get(erased_by, ()):
            yield misfit(where, f"it is marked as erased by row {erased_by}, which says nothing of it")
    stray = connection.execute("SELECT number FROM log_payload WHERE number NOT IN (SELECT number FROM log)").fetchone()
    if stray:
        yield misfit(f"log row {stray[0]}", "something stands beside it, and the row is not there")


def erased_rows(payloads: Iterable[tuple[int, str]]) -> dict[int, frozenset[int]]:
    """Each erasure by its row → the rows whose content it took out, from the payloads of the erasures; what is none is passed over."""
    found = {}
    for number, payload in payloads:
        try:
            told = msgspec.json.decode(msgspec.json.decode(payload, type=tuple[str, str])[1], type=dict[str, msgspec.Raw])
            found[number] = msgspec.json.decode(told["rows"], type=frozenset[int])
        except (msgspec.MsgspecError, KeyError):
            continue
    return found


def reading_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Whether each reading has its hash and its document's text, each record its words, and the tables what the readings say."""
    texts = dict(connection.execute("SELECT id, text FROM document"))
    numbers = connection.execute("SELECT number FROM reading ORDER BY number").fetchall()
    for (number,) in numbers:
        document, current, sha256, json = connection.execute(
            "SELECT document, current, sha256, json FROM reading WHERE number = ?", (number,)
        ).fetchone()
        where = f"reading {number} of {document}"
        if hashlib.sha256(json.encode("utf-8")).hexdigest() != sha256:
            yield misfit(where, "its hash is not that of its content: it was changed")
            continue
        try:
            reading = msgspec.json.decode(json, type=Reading)
        except msgspec.MsgspecError as error:
            yield misfit(where, f"it cannot be read ({error})")
            continue
        if reading.document.id != document or reading.document.text != texts.get(document):
            yield misfit(where, "it is of another text than the document in the ledger")
        elif fault := span_fault(reading):
            yield misfit(where, fault)
        elif current and (fault := table_fault(connection, reading)):
            yield misfit(f"document {document}", fault)


def span_fault(reading: Reading) -> str | None:
    """The first record whose characters are not in the text, or are not the words it claims; None where there is none."""
    text = reading.document.text
    length = len(text)
    for figure in reading.figures:
        if text[figure.start : figure.end] != figure.words:
            return f"the figure {figure.id} claims the words {figure.words!r}, and other characters stand there"
    for name, spans in _spans(reading):
        for span in spans:
            if not 0 <= span.start <= span.end <= length:
                return f"{name} claims the characters {span.start} to {span.end} of a text of {length}"
    return None


def _spans(reading: Reading) -> Iterator[tuple[str, Iterable[Span]]]:
    for actor in reading.actors:
        yield actor.id, actor.mentions
    for statement in reading.statements:
        yield statement.id, statement.content
        yield statement.id, [Span(start=each.start, end=each.end) for each in (statement.cue, statement.speaker) if each is not None]
    for group in (reading.figures, reading.events, reading.places, reading.times, reading.unattributed, reading.document.parts):
        for record in group:
            yield getattr(record, "id", "a passage"), (record,)  # type: ignore[misc]
