"""The log of an open ledger: its head, rows of its own, and whether everything fits it.

Comes in: a ledger's connection and path. Goes out: heads, rows, faults. Example: `ledger.log.head()` after a correction is row 42;
`next(ledger.log.faults(), None)` is None as long as nobody has changed anything past the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from presstime.ledger.bench_file import bench_path
from presstime.ledger.erasing import Erased, compact, erase_entries, statement_spans, was_erased
from presstime.ledger.log import Head, append_log, head_file, head_of, note_head
from presstime.ledger.log_checking import LogRow, chain_faults, entry_faults, file_faults, log_rows, misfit, reading_faults
from presstime.ledger.log_payloads import Payload, log_payloads
from presstime.ledger.opening import safest, transaction
from presstime.records import Document, Problem, Reading, Span

__all__ = ["LogBook", "Payload"]


class LogBook:
    """A ledger's log. Made by `Ledger.log`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        first = connection.execute("SELECT kind FROM log WHERE number = 1").fetchone()
        just_chained = first == ("chained",) and not head_file(path).exists()
        self._noted = 0 if just_chained else self.head().number

    def head(self) -> Head:
        """The last row of the log."""
        return head_of(self._connection)

    def head_at(self, kind: str, entry: str) -> Head | None:
        """The row in which an entry of a kind was put into the log; None where it was not, or has been erased."""
        row = self._connection.execute(
            "SELECT number, hash FROM log_payload JOIN log USING (number) WHERE entry = ? AND kind = ? ORDER BY number LIMIT 1",
            (entry, kind),
        ).fetchone()
        return Head(number=row[0], hash=row[1]) if row else None

    def put(self, kind: str, entry: str, content: str) -> None:
        """Put something into the log that is no row of another table, unless it is the last that was put there of that entry."""
        with transaction(self._connection):
            if self.stored(kind).get(entry) != content:
                append_log(self._connection, kind, entry, content)

    def stored(self, kind: str) -> dict[str, str]:
        """What was last put into the log of each entry of a kind."""
        rows = self._connection.execute(
            "SELECT entry, payload FROM log_payload JOIN log USING (number) WHERE kind = ? AND payload IS NOT NULL ORDER BY number", (kind,)
        )
        return {entry: msgspec.json.decode(payload, type=tuple[str, str])[1] for entry, payload in rows}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind the log has whose content was not erased."""
        sql = "SELECT kind, count(*) FROM log JOIN log_payload USING (number) WHERE erased_by IS NULL GROUP BY kind"
        return dict(self._connection.execute(sql))

    def erased_count(self) -> int:
        """How many rows of the log have had what they commit to erased."""
        return int(self._connection.execute("SELECT count(*) FROM log_payload WHERE erased_by IS NOT NULL").fetchone()[0])

    def notes(self) -> list[str]:
        """What is no fault, and whoever relies on the log should know: a clock that went back, entries chained later, erasures."""
        found = list(self.stored_once("chained"))
        latest = ""
        for row in self.rows():
            if row.at < latest:
                found.append(f"this machine's clock went back before row {row.number} of the log ({latest}, then {row.at})")
            latest = max(latest, row.at)
        return found

    def stored_once(self, kind: str) -> Iterator[str]:
        """What was put into the log of a kind that belongs to no entry."""
        rows = self._connection.execute("SELECT payload FROM log_payload JOIN log USING (number) WHERE kind = ? ORDER BY number", (kind,))
        for (payload,) in rows:
            yield msgspec.json.decode(payload, type=tuple[str, str])[1]

    @contextmanager
    def as_it_stands(self) -> Iterator[None]:
        """What is read inside is the ledger of one moment, whatever other processes enter meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def reading_json(self) -> Iterator[tuple[str, str, str]]:
        """Every reading, in the order in which they came: its document, its hash, and its JSON to the byte."""
        numbers = self._connection.execute("SELECT number FROM reading ORDER BY number").fetchall()
        for number in numbers:
            yield self._connection.execute("SELECT document, sha256, json FROM reading WHERE number = ?", number).fetchone()

    def payloads(self) -> Iterator[Payload]:
        """What each row commits to, from the first, in its canonical form."""
        yield from log_payloads(self._connection)

    def rows(self) -> Iterator[LogRow]:
        """The log, from its first row."""
        return log_rows(self._connection)

    def note(self, *, on_disk: bool = True) -> None:
        """Put the head into the file beside the ledger, where rows have been added since it was last put there.

        The rows are to be on the disk before the file names them: they are put there, unless `on_disk` says that they are. Where
        the file cannot be written, the ledger still holds the log.
        """
        head = self.head()
        if head.number <= self._noted:
            return
        with suppress(OSError, sqlite3.OperationalError):
            if not on_disk:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            note_head(self._path, head)
            self._noted = head.number

    def heads(self) -> Iterator[Head | Problem]:
        """The heads in the file beside the ledger; a line that is none is a problem, but the last, which may be half written."""
        file = head_file(self._path)
        if not file.exists():
            if self.head().number:
                yield misfit(file.name, "the file of the log's heads is not there: it was removed, or the ledger was copied without it")
            return
        lines = file.read_bytes().split(b"\n")
        for number, line in enumerate(lines, 1):
            try:
                yield msgspec.json.decode(line, type=Head)
            except msgspec.MsgspecError:
                if number < len(lines):
                    yield misfit(f"{file.name} line {number}", "it names no row of the log: the file was changed")

    def erase(
        self,
        whole: Sequence[str],
        parts: Mapping[str, Sequence[Span]],
        names: Sequence[str],
        *,
        raw: Sequence[str],
        told: Mapping[str, str],
        read: Callable[[Document], Reading],
        before_it_counts: Callable[[Erased], None],
    ) -> Erased:
        """Take content out for good, as `erase_entries` says, and write the ledger's file anew without it.

        `before_it_counts` is called when all is done but for the last step: where it raises, or the process dies, nothing is erased
        in the ledger, and the same can be done again. Raises LedgerError.
        """
        self._connection.execute("PRAGMA secure_delete = ON")
        with safest(self._connection), transaction(self._connection):
            done = erase_entries(self._connection, whole=whole, parts=parts, names=names, raw=raw, told=told, read=read)
            before_it_counts(done)
        bench_path(self._path).unlink(missing_ok=True)
        self.compact()
        self.note()
        return done

    def compact(self) -> None:
        """Write the ledger's file anew, so that nothing erased is left in its free pages."""
        compact(self._connection)

    def was_erased(self, document: str) -> bool:
        """Whether a document, or a part of it, was erased from this ledger."""
        return was_erased(self._connection, document)

    def place_of(self, statement: str) -> tuple[str, tuple[Span, ...]] | None:
        """The document of a statement and the characters it takes; None where there is no such statement."""
        return statement_spans(self._connection, statement)

    def faults(self) -> Iterator[Problem]:
        """What does not fit: the file, the chain and its heads, every entry, every reading, and the tables made of them."""
        yield from file_faults(self._connection)
        heads = list(self.heads())
        yield from (each for each in heads if isinstance(each, Problem))
        yield from chain_faults(self.rows(), [each for each in heads if isinstance(each, Head)])
        yield from entry_faults(self._connection)
        yield from reading_faults(self._connection)
