"""The ledger: one SQLite file that keeps every reading of a story and what people put right.

Comes in: documents, readings, problems, corrections, findings. Goes out: the same, equal to what came in. Example:
`with Ledger.open(folder / "ledger.db") as ledger: ledger.enter_reading(reading)` keeps a reading whole or not at
all; entering it again changes nothing. This is the only room that writes SQL for the record.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from presstime.findings import Decision, Findings
from presstime.ledger.anchors import KINDS
from presstime.ledger.as_of import Counted, counts_as_of
from presstime.ledger.bench import Bench
from presstime.ledger.bench_file import bench_path, working_on_bench
from presstime.ledger.corrected import corrected, corrected_and_reviewed
from presstime.ledger.correcting import correction_row, corrections_of, insert, read_corrections, rewrite_document
from presstime.ledger.entering import enter_document, enter_reading
from presstime.ledger.entries import Check, Correction, Edition, Entered, Hit, Input, Review, Signature, Translation, new_correction
from presstime.ledger.erasing import erased_problem
from presstime.ledger.finding_rows import finding_rows
from presstime.ledger.log import Head
from presstime.ledger.log_book import LogBook
from presstime.ledger.opening import VERSION, BusyError, connect, giving_way, safest, transaction
from presstime.ledger.rows import document_of, encodable, problem_row
from presstime.ledger.search import search_words
from presstime.ledger.writing import rebuild_tables, replace_findings
from presstime.problems import LedgerError
from presstime.records import Document, Problem, Reader, Reading

__all__ = [
    "VERSION",
    "Bench",
    "BusyError",
    "Check",
    "Correction",
    "Counted",
    "Edition",
    "Entered",
    "Head",
    "Hit",
    "Input",
    "Ledger",
    "LogBook",
    "Review",
    "Signature",
    "Translation",
    "counts_as_of",
    "new_correction",
]


class Ledger:
    """An open ledger. Use it in a `with`, or close it. Everything that enters is there wholly or not at all.

    One process writes at a time, others wait; any number may read. Moments are ISO 8601 with their offset.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._asked: Callable[[], bool] | None = None
        self.log = LogBook(connection, path)
        """The chain of everything that is kept for good."""

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Ledger:
        """Open the ledger at `path`, bringing an older one to this version; make it unless `create` is false.

        Raises LedgerError where it cannot be opened, is no ledger, or is of a newer presstime.
        """
        path = Path(path)
        return cls(connect(path, create=create, rebuild=rebuild_tables), path)

    def close(self) -> None:
        """Close the ledger; what was entered stays, and the log's head is put beside it. Closing twice is no fault."""
        with suppress(sqlite3.Error):  # it is closed already, or damaged: verify tells
            self.log.note(on_disk=False)
        self._connection.close()

    def wait_at_most(self, seconds: float) -> None:
        """How long entering something waits for another process before it raises BusyError; half a minute unless said."""
        self._connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    @contextmanager
    def giving_way(self, asked: Callable[[], bool]) -> Iterator[None]:
        """Whatever is done inside ends with BusyError, without a trace, as soon as `asked` is true: someone else has to write."""
        self._asked = asked
        try:
            with giving_way(self._connection, asked):
                yield
        finally:
            self._asked = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------ documents and readings

    def enter_document(self, document: Document) -> Entered:
        """Keep a document that is not (yet) read. One that is there already is left as it is.

        A document whose id is taken by another text is not kept: a problem saying so is entered and given back.
        """
        return self._guarded(document, lambda: enter_document(self._connection, document))

    def enter_reading(self, reading: Reading) -> Entered:
        """Keep a reading, and its document, in one transaction; the newest reader's becomes the current one.

        Newest is the highest presstime version and, among equals, the one entered last. A document keeps the hash,
        the name and the moment with which it was first gathered, in the reading too. The same reading twice adds
        nothing. Problems as for `enter_document`.
        """
        return self._guarded(reading.document, lambda: enter_reading(self._connection, reading))

    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order in which they came, as its current reading has it and people have put it right."""
        return tuple(document_of(row) for row in self._rows("SELECT * FROM document ORDER BY number"))

    def document(self, document: str) -> Document | None:
        """One document, as `documents` has it; None where it is not there."""
        rows = self._rows("SELECT * FROM document WHERE id = ?", document)
        return document_of(rows[0]) if rows else None

    def readings(self, as_of: datetime | None = None, time_zone: str = "UTC") -> Iterator[Reading]:
        """The current readings as they were read, in the order in which their documents came; of those that count as of a moment.

        `counts_as_of` has the rule. Documents without a reading are in `documents()` only.
        """
        numbers = self._connection.execute(
            "SELECT r.number FROM reading r JOIN document d ON d.id = r.document WHERE r.current = 1 ORDER BY d.number"
        ).fetchall()  # so that the ledger may be written to while the readings are gone through
        for number in numbers:
            (json,) = self._connection.execute("SELECT json FROM reading WHERE number = ?", number).fetchone()
            reading = msgspec.json.decode(json, type=Reading)
            if as_of is None or counts_as_of(reading.document, as_of, time_zone):
                yield reading

    def corrected_readings(self, as_of: datetime | None = None, time_zone: str = "UTC") -> Iterator[Reading]:
        """The current readings as people have corrected them; otherwise as `readings`, by the dates as corrected."""
        for reading in self.corrected_readings_of([row[0] for row in self._connection.execute("SELECT id FROM document ORDER BY number")]):
            if as_of is None or counts_as_of(reading.document, as_of, time_zone):
                yield reading

    def corrected_readings_of(self, documents: Iterable[str]) -> Iterator[Reading]:
        """The current readings of some documents as people have corrected them, in the order asked for."""
        put_right = {row[0] for row in self._connection.execute("SELECT DISTINCT document FROM correction WHERE document IS NOT NULL")}
        for reading in self.readings_of(documents):
            own = corrections_of(self._connection, reading.document.id) if reading.document.id in put_right else ()
            yield corrected(reading, own)

    def reviewed_reading(self, document: str) -> tuple[Reading, Review] | None:
        """The current reading of a document as corrected, and what people have done to its records; None where there is none."""
        reading = self.reading_of(document)
        return None if reading is None else corrected_and_reviewed(reading, corrections_of(self._connection, document))

    def reading_of(self, document: str, reader: Reader | None = None) -> Reading | None:
        """The current reading of a document, or the last by a certain reader; None where there is none."""
        if reader is None:
            row = self._connection.execute("SELECT json FROM reading WHERE document = ? AND current = 1", (document,)).fetchone()
        else:
            row = self._connection.execute(
                "SELECT json FROM reading WHERE document = ? AND presstime = ? AND model = ? AND context = ? "
                "ORDER BY current DESC, number DESC LIMIT 1",
                (document, reader.presstime, reader.model, reader.context),
            ).fetchone()
        return msgspec.json.decode(row[0], type=Reading) if row else None

    def readings_of(self, documents: Iterable[str]) -> Iterator[Reading]:
        """The current readings of some documents, in the order asked for; those without one are left out."""
        for document in documents:
            row = self._connection.execute("SELECT json FROM reading WHERE document = ? AND current = 1", (document,)).fetchone()
            if row is not None:
                yield msgspec.json.decode(row[0], type=Reading)

    def reading_with(self, document: str, sha256: str) -> Reading | None:
        """The reading of a document that has a hash, be it current or not; None where it was never entered."""
        row = self._connection.execute("SELECT json FROM reading WHERE document = ? AND sha256 = ?", (document, sha256)).fetchone()
        return msgspec.json.decode(row[0], type=Reading) if row else None

    def signatures(self, documents: Iterable[str] | None = None) -> Iterator[Signature]:
        """What tells whether a current reading has changed, of every document (or of some), in the order in which they came."""
        sql = "SELECT d.id, r.sha256, d.sha256, d.published, d.gathered, d.as_of FROM document d JOIN reading r ON r.document = d.id "
        if documents is None:
            rows = self._connection.execute(sql + "WHERE r.current = 1 ORDER BY d.number").fetchall()
        else:
            one = sql + "WHERE r.current = 1 AND d.id = ?"
            rows = [row for each in documents for row in self._connection.execute(one, (each,))]
        for document, reading, raw, published, gathered, as_of in rows:
            yield Signature(document=document, reading=reading, raw=raw, published=published, gathered=gathered, as_of=as_of)

    @contextmanager
    def bench(self) -> Iterator[Bench]:
        """The workbench of combining, in one transaction: what is done on it is kept wholly or not at all.

        It lies in a file beside the ledger. Inside, this object reads the ledger as it stood when this began and enters
        nothing; other processes may enter what they like.
        """
        with working_on_bench(self._connection, bench_path(self.path), self._asked) as connection:
            yield Bench(connection)

    def throw_bench_away(self) -> None:
        """Delete the workbench, with all that it holds of documents; the next combining makes it anew. Others are waited for."""
        with working_on_bench(self._connection, bench_path(self.path), self._asked):
            pass
        bench_path(self.path).unlink(missing_ok=True)

    def rebuild(self) -> None:
        """Build every table that can be rebuilt anew from the readings and findings kept as JSON."""
        with transaction(self._connection):
            rebuild_tables(self._connection)

    # ------------------------------------------------------------ problems, inputs, corrections, editions

    def enter_problem(self, problem: Problem) -> bool:
        """Keep a problem that belongs to no reading; true where it was not there yet."""
        with transaction(self._connection):
            return insert(self._connection, "problem", [problem_row(problem, None)]) == 1

    def problems(self) -> tuple[Problem, ...]:
        """Every problem, of gathering and of the current readings, in the order in which they came."""
        rows = self._rows("SELECT * FROM problem ORDER BY rowid")
        return tuple(Problem(where=row["where_"], what=row["what"], why=row["why"], start=row["start"], end=row["end_"]) for row in rows)

    def enter_input(self, entry: Input) -> bool:
        """Keep that a raw file was gathered; true where these bytes had not been gathered from there before."""
        with transaction(self._connection):
            return insert(self._connection, "input", [msgspec.structs.asdict(entry)]) == 1

    def inputs(self) -> tuple[Input, ...]:
        """Every raw file that was gathered, in the order in which they came."""
        return tuple(Input(**row) for row in self._rows("SELECT * FROM input ORDER BY rowid"))

    def enter_correction(self, correction: Correction) -> bool:
        """Keep a correction for good; true where it was not there yet. Raises LedgerError, as for `enter_edition`."""
        with self.correcting() as enter:
            return enter(correction)

    @contextmanager
    def correcting(self) -> Iterator[Callable[[Correction], bool]]:
        """One transaction to look and to enter corrections in: no other process writes between the look and the entry.

        Gives a function that keeps a correction for good, and says whether it was not there yet. At the end the tables of
        the documents concerned are made anew; when it has ended, not even a power cut loses what was entered. Raises
        LedgerError, as for `enter_edition`.
        """
        touched: dict[str, None] = {}

        def enter(correction: Correction) -> bool:
            if not self._enter_if_new("correction", correction_row(correction)):
                return False
            if correction.document is not None:
                touched[correction.document] = None
            return True

        with safest(self._connection), transaction(self._connection):
            yield enter
            for document in touched:
                rewrite_document(self._connection, document)
        self.log.note()

    def corrections(self, document: str | None = None) -> tuple[Correction, ...]:
        """Every correction, or one document's, in the order in which they came."""
        return read_corrections(self._connection) if document is None else corrections_of(self._connection, document)

    def documents_naming(self, handle: str) -> tuple[str, ...]:
        """The documents in whose text, headline, outlet or byline a handle may stand; case does not matter."""
        word = handle.removeprefix("@").replace('"', " ")
        if not any(character.isalnum() for character in word):
            return ()
        sql = (
            "SELECT d.id FROM document_words w JOIN document d ON d.number = w.rowid WHERE document_words MATCH ?1 "
            "UNION SELECT id FROM document WHERE instr(lower(coalesce(outlet, '') || ' ' || coalesce(byline, '')), ?2) ORDER BY 1"
        )
        return tuple(row[0] for row in self._connection.execute(sql, (f'"{word}"', word.lower())))

    def correction_count(self) -> int:
        """How many corrections have been entered."""
        return int(self._connection.execute("SELECT coalesce(max(rowid), 0) FROM correction").fetchone()[0])

    def document_of_record(self, kind: str, record: str) -> str | None:
        """The document that a record of a kind is of, as corrected; None where there is no such record."""
        if kind not in KINDS:
            return None
        row = self._connection.execute(f"SELECT document FROM {kind} WHERE id = ?", (record,)).fetchone()
        return row[0] if row else None

    def enter_decision(self, decision: Decision) -> bool:
        """Keep a person's decision for good; true where it was not there yet. Raises LedgerError, as for `enter_edition`."""
        row = msgspec.structs.asdict(decision)
        row["by_"] = row.pop("by")
        return self._enter_once("decision", row)

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they came."""
        return tuple(
            Decision(**{"by" if k == "by_" else k: v for k, v in row.items()})
            for row in self._rows("SELECT * FROM decision ORDER BY rowid")
        )

    def enter_edition(self, edition: Edition) -> bool:
        """Keep an edition for good; true where it was not there yet.

        Raises LedgerError where its id is another's (such an entry is never replaced), or its document is not there.
        """
        return self._enter_once("edition", msgspec.structs.asdict(edition))

    def editions(self) -> tuple[Edition, ...]:
        """Every edition, in the order in which they were made."""
        return tuple(Edition(**row) for row in self._rows("SELECT * FROM edition ORDER BY rowid"))

    # ------------------------------------------------------------ findings

    def enter_findings(self, findings: Findings) -> None:
        """Put findings in the place of the last ones, in one transaction. Raises LedgerError where two have one id."""
        json = msgspec.json.encode(findings).decode("utf-8")
        rows = finding_rows(findings)
        with transaction(self._connection):
            last = self._connection.execute("SELECT json FROM findings").fetchone()
            if last is None or last[0] != json:
                replace_findings(self._connection, findings, json, rows)

    def findings(self) -> Findings | None:
        """The last findings, equal to those entered; None where nothing was combined yet."""
        row = self._connection.execute("SELECT json FROM findings").fetchone()
        return msgspec.json.decode(row[0], type=Findings) if row else None

    # ------------------------------------------------------------ searching

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Statements and documents that hold every word (or "phrase") of `query`, `limit` of each, best first.

        Case and accents do not matter; any text is a valid query; one without a word finds nothing.
        """
        return search_words(self._connection, query, limit)

    # ------------------------------------------------------------ inside

    def _rows(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        cursor = self._connection.execute(sql, parameters)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor]

    def _guarded(self, document: Document, enter: Callable[[], Entered]) -> Entered:
        """What `enter` gives, in one transaction; a problem for what JSON or SQLite cannot hold."""
        try:
            with transaction(self._connection):
                if self.log.was_erased(document.id):
                    told = Problem(where=document.id, what="erased", why=erased_problem(document))
                    return Entered(document=document.id, added=False, problem=told)
                return enter()
        except (UnicodeEncodeError, OverflowError, msgspec.MsgspecError) as error:
            problem = Problem(
                where=encodable(document.id),
                what="not-storable",
                why=f"the document cannot be kept as JSON ({encodable(str(error))}); clean its text or report this as a bug of the reader",
            )
            self.enter_problem(problem)
            return Entered(document=problem.where, added=False, problem=problem)

    def _enter_once(self, table: str, row: dict[str, Any]) -> bool:
        """Insert an entry that is never changed, in a transaction of its own; false where it is there already."""
        with safest(self._connection), transaction(self._connection):
            new = self._enter_if_new(table, row)
        self.log.note()
        return new

    def _enter_if_new(self, table: str, row: dict[str, Any]) -> bool:
        there = self._rows(f"SELECT * FROM {table} WHERE id = ?", row["id"])
        if there:
            if there[0] != row:
                raise LedgerError(f"another {table} has the id {row['id']!r}, and none is ever replaced; enter it under a new id")
            return False
        try:
            insert(self._connection, table, [row])
        except sqlite3.IntegrityError:
            raise LedgerError(f"the {table} {row['id']!r} is of no document in the ledger; enter the document first") from None
        return True
