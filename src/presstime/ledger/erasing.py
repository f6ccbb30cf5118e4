"""Erasing: taking content out of a ledger for good, so that the chain still verifies and says that something was taken out.

Comes in: a connection, documents to take out whole or with characters to blacken, by whom and why. Goes out: what was taken out. Example:
a named witness is blackened in two documents; their readings, corrections and editions are emptied, and row 60 of the log says so.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from presstime.ledger.entering import enter_reading
from presstime.ledger.finding_rows import FINDING_TABLES
from presstime.ledger.folding import locate, phrases_of
from presstime.ledger.log import LOGGED, append_log, chain_entry
from presstime.ledger.rows import document_of, document_row
from presstime.ledger.search import refill_folded
from presstime.problems import LedgerError
from presstime.records import Document, Reading, Record, Span

__all__ = ["BLACK", "Erased", "blackened", "compact", "erase_entries", "erased_problem", "names_in", "statement_spans", "was_erased"]

BLACK = "█"
"""Stands for each character that was taken out, so that every offset after it stays."""


class Erased(Record, frozen=True):
    """What was taken out: the row of the log that says so, documents concerned, rows emptied, editions, and hashes of raw bytes."""

    row: int
    documents: tuple[str, ...]
    rows: int
    editions: tuple[str, ...]
    raw: tuple[str, ...]
    records: tuple[str, ...] = ()


def blackened(text: str, spans: Iterable[Span]) -> str:
    """A text in which the characters of spans are blackened, but for spaces between words."""
    letters = list(text)
    for span in spans:
        for place in range(span.start, span.end):
            letters[place] = letters[place] if letters[place].isspace() else BLACK
    return "".join(letters)


def names_in(text: str | None, names: Sequence[str]) -> list[Span]:
    """Where names stand in a text, in whatever case, accents or script."""
    phrases = tuple(phrase for name in names for phrase in phrases_of('"' + name.replace('"', " ") + '"'))
    return [Span(start=start, end=end) for start, end in locate(text or "", phrases, limit=1_000_000)] if phrases else []


def statement_spans(connection: sqlite3.Connection, statement: str) -> tuple[str, tuple[Span, ...]] | None:
    """The document of a statement, and the characters of its content, cue and speaker; None where there is none."""
    row = connection.execute(
        "SELECT document, speaker_start, speaker_end, cue_start, cue_end FROM statement WHERE id = ?", (statement,)
    ).fetchone()
    if row is None:
        return None
    pairs = [row[1:3], row[3:5], *connection.execute("SELECT start, end_ FROM content_span WHERE statement = ?", (statement,))]
    return row[0], tuple(Span(start=start, end=end) for start, end in pairs if start is not None)


def was_erased(connection: sqlite3.Connection, document: str) -> bool:
    """Whether a document, or part of it, was erased: it does not come back."""
    return any(_key(salt, document) == key for salt, key in connection.execute("SELECT salt, key FROM erased_document"))


def erased_problem(document: Document) -> str:
    """What to do about a document that was erased and is gathered again."""
    whence = document.name or document.id
    return f"{whence} was erased from this ledger, or parts of it were, and is not taken in again; remove it from the inputs"


def _key(salt: str, document: str) -> str:
    return hashlib.sha256(f"{salt}{document}".encode("utf-8", "surrogatepass")).hexdigest()


def erase_entries(
    connection: sqlite3.Connection,
    *,
    whole: Sequence[str],
    parts: Mapping[str, Sequence[Span]],
    names: Sequence[str],
    raw: Sequence[str],
    told: Mapping[str, str],
    read: Callable[[Document], Reading],
) -> Erased:
    """Takes out documents, or parts of them, and whatever else holds them, inside a transaction that is open.

    `whole` are documents that go; in those of `parts` characters are blackened, and names everywhere; they are read again with
    `read`. `raw` are hashes of raw bytes that go besides. `told` is what the log says of it (what, by, at, why). What was combined is
    thrown away. Raises LedgerError.
    """
    connection.execute("INSERT INTO erasing (number) VALUES (1)")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    touched = [*whole, *parts]
    held = {each: _document(connection, each) for each in touched}
    hashes = {document.sha256 for document in held.values()} | set(raw)
    inputs = _inputs_of(connection, held.values(), hashes)
    gone = _Gone(connection)
    for document in touched:
        gone.add("document", document)
        gone.add_all("reading", "SELECT CAST(number AS TEXT) FROM reading WHERE document = ?", document)
    for entry in inputs:
        gone.add("input", entry)
    corrections = [
        each for each in _rows(connection, "correction") if _holds(each, ("words", "before", "after", "why"), names, whole, parts)
    ]
    problems = [each for each in _rows(connection, "problem WHERE document IS NULL") if _problem_holds(each, names, held)]
    decisions = [each for each in _rows(connection, "decision") if names_in(each["why"], names)]
    for kind, entries in (("correction", corrections), ("problem", problems), ("decision", decisions)):
        for each in entries:
            gone.add(kind, each["id"])
    editions = [each["id"] for each in _rows(connection, "edition") if each["json"] and _edition_holds(each, names, touched)]
    for edition in editions:
        gone.add("edition", edition)
    content = json.dumps({**told, "rows": sorted(gone.numbers)}, ensure_ascii=False)
    row = append_log(connection, "erasure", None, content)
    connection.execute("DELETE FROM findings")
    for table in FINDING_TABLES:
        connection.execute(f"DELETE FROM {table}")
    for kind, entries in (("correction", corrections), ("problem", problems), ("decision", decisions)):
        connection.executemany(f"DELETE FROM {kind} WHERE id = ?", [(each["id"],) for each in entries])
    for entry in inputs:
        sha256, _, whence = entry.partition(" ")
        connection.execute("DELETE FROM input WHERE sha256 = ? AND whence = ?", (sha256, whence))
    connection.executemany(
        "UPDATE edition SET json = '', inputs = '{}', correction = NULL, title = '' WHERE id = ?", [(each,) for each in editions]
    )
    gone.empty(row)
    for document in touched:
        salt = secrets.token_hex(16)
        connection.execute("INSERT OR IGNORE INTO erased_document VALUES (?, ?)", (salt, _key(salt, document)))
        _take_out_records(connection, document)
        connection.execute("DELETE FROM reading WHERE document = ?", (document,))
    for document in whole:
        connection.execute("DELETE FROM document WHERE id = ?", (document,))
    for document, spans in parts.items():
        _blacken(connection, held[document], spans, names, read)
    connection.execute("DELETE FROM erasing")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise LedgerError(f"nothing was erased: the table {broken[0]} refers to what would go; please report this as a bug")
    return Erased(
        row=row,
        documents=tuple(touched),
        rows=len(gone.numbers),
        editions=tuple(editions),
        raw=tuple(sorted({entry.partition(" ")[0] for entry in inputs} | hashes)),
        records=tuple(entry.partition(" ")[2] for entry in inputs),
    )


class _Gone:
    """The rows of the log whose content goes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.numbers: set[int] = set()

    def add(self, kind: str, entry: str) -> None:
        found = self._connection.execute(
            "SELECT number FROM log_payload JOIN log USING (number) WHERE entry = ? AND kind = ?", (entry, kind)
        ).fetchall()
        self.numbers.update(number for (number,) in found)

    def add_all(self, kind: str, sql: str, *parameters: str) -> None:
        for (entry,) in self._connection.execute(sql, parameters).fetchall():
            self.add(kind, entry)

    def empty(self, by: int) -> None:
        rows = [(by, number) for number in sorted(self.numbers)]
        self._connection.executemany(
            "UPDATE log_payload SET salt = NULL, payload = NULL, entry = NULL, erased_by = ? WHERE number = ?", rows
        )


def _document(connection: sqlite3.Connection, document: str) -> Document:
    rows = _rows(connection, "document WHERE id = ?", document)
    if not rows:
        raise LedgerError(f"there is no document {document!r} in the ledger; see its id in the report or with presstime read")
    return document_of(rows[0])


def _rows(connection: sqlite3.Connection, table: str, *parameters: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table}", parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _inputs_of(connection: sqlite3.Connection, documents: Iterable[Document], hashes: set[str]) -> list[str]:
    """The inputs that hold the documents: with their hash, at their address, or a file that they are a member of."""
    names = [each.name for each in documents if each.name]
    urls = {each.url for each in documents if each.url}
    found = []
    for sha256, whence in connection.execute("SELECT sha256, whence FROM input").fetchall():
        holds = any(name.startswith((f"{whence}!", f"{whence}:")) for name in names)
        if sha256 in hashes or holds or any(whence == url or whence.startswith(f"{url} (warc/") for url in urls):
            found.append(f"{sha256} {whence}")
    return found


def _holds(
    row: dict[str, Any], fields: Sequence[str], names: Sequence[str], whole: Sequence[str], parts: Mapping[str, Sequence[Span]]
) -> bool:
    """Whether a correction is of a document that goes, of characters that are blackened, or holds a name."""
    if row["document"] in whole or any(names_in(row[field], names) for field in fields):
        return True
    own = msgspec.json.decode(row["spans"], type=tuple[Span, ...])
    return any(one.start < span.end and span.start < one.end for one in own for span in parts.get(row["document"], ()))


def _problem_holds(row: dict[str, Any], names: Sequence[str], held: Mapping[str, Document]) -> bool:
    own = {each.name for each in held.values() if each.name} | set(held)
    return row["where_"] in own or bool(names_in(row["why"], names) or names_in(row["where_"], names))


def _edition_holds(row: dict[str, Any], names: Sequence[str], documents: Sequence[str]) -> bool:
    made_of = {each["id"] for each in json.loads(row["inputs"]).get("documents", ())}
    return not made_of.isdisjoint(documents) or any(names_in(row[field], names) for field in ("json", "correction", "title"))


def _take_out_records(connection: sqlite3.Connection, document: str) -> None:
    for table in ("event", "figure", "statement", "place", "time", "actor", "unattributed", "problem"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def _blacken(
    connection: sqlite3.Connection, document: Document, spans: Sequence[Span], names: Sequence[str], read: Callable[[Document], Reading]
) -> None:
    """Puts the blackened text in the document's place, chains it, and enters what is read in it."""

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return blackened(value, names_in(value, names))
        if isinstance(value, list):
            return [plain(each) for each in value]
        return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value

    text = blackened(document.text, [*spans, *names_in(document.text, names)])
    own: dict[str, str | None] = {"id": document.id, "sha256": document.sha256, "text": text}
    if document.headline and document.headline in document.text and document.headline not in text:
        own["headline"] = plain(document.headline) if plain(document.headline) in text else None
    left = msgspec.convert(plain(msgspec.to_builtins(document)) | own, Document)
    columns = document_row(left)
    settings = ", ".join(f"{column} = :{column}" for column in columns if column != "id")
    connection.execute(f"UPDATE document SET {settings}, as_gathered = NULL WHERE id = :id", columns)
    chain_entry(connection, "document", left.id, [columns[column] for column in LOGGED["document"][2]])
    enter_reading(connection, read(left))


def compact(connection: sqlite3.Connection) -> None:
    """Write the ledger's file anew, so that nothing erased is left in its free pages or in the indexes of words."""
    connection.execute("BEGIN IMMEDIATE")
    for index in ("document_words", "statement_words"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    refill_folded(connection)
    connection.execute("DELETE FROM place_folded")
    connection.execute(
        "INSERT INTO place_folded (rowid, words, name, gazetteer) SELECT word_key(concat_words(gazetteer, name)), "
        "broad(concat_words(name, max(names))), name, gazetteer FROM place GROUP BY gazetteer, name"
    )
    for index in (
        "document_words",
        "statement_words",
        "document_folded",
        "statement_folded",
        "figure_folded",
        "place_folded",
        "actor_folded",
    ):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
