"""What the watch remembers: its own SQLite file beside the ledger, written in transactions only.

In: what became of feeds and pages, and changes. Out: what is due, and which changes a rule has not been told. A watch that
is killed at any moment goes on where it was: an entry is kept together with the feed's ETag that stands for it, a change
together with the findings that it was found against. `state.untold("desk", ("denial",))` are the denials that the rule
"desk" has still to hear of.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from types import TracebackType

import msgspec

from presstime.problems import LedgerError
from presstime.watch.changes import WatchedChange

__all__ = ["WATCH_DB", "State"]

WATCH_DB = "watch.db"
"""The file, in the story's folder."""
APPLICATION = 0x50545457
"""What marks it (application_id): "PTTW"."""
VERSION = 1
BUSY_SECONDS = 30.0


class State:
    """An open watch.db. Use it in a `with`, or close it. One watch writes it; any number of processes may read it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> State:
        """The state of the watch of a story's folder. Raises LedgerError where there is none, or it is none that can be used."""
        path = folder / WATCH_DB
        if not create and not path.is_file():
            raise LedgerError(f"{folder} has not been watched yet; begin with: presstime watch {folder}")
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.row_factory = sqlite3.Row
            _prepare(connection, path)
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise LedgerError(f"{path} cannot be opened: {error}; check that it is yours to write and not damaged") from None
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        return cls(connection)

    def close(self) -> None:
        """Close it; what was kept stays."""
        self.connection.close()

    def __enter__(self) -> State:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All of what is done inside, or nothing of it; within another one it is a part of that. Raises LedgerError."""
        if self.connection.in_transaction:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise LedgerError(f"watch.db could not be written: {error}; wait for the other process, then run again") from error
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise LedgerError(f"watch.db could not be written: {error}; nothing was lost, mend that and run again") from error
            raise

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        """What is committed inside is on the disk afterwards: telling twice because the power failed is worse than waiting for it."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous = NORMAL")

    # ------------------------------------------------------------ the outbox

    def enter_changes(self, changes: Iterable[WatchedChange]) -> tuple[WatchedChange, ...]:
        """Keep changes for good; gives those that were not there yet."""
        new = []
        with self.together():
            for each in changes:
                values = (each.id, each.kind, each.at, msgspec.json.encode(each))
                sql = "INSERT OR IGNORE INTO change (id, kind, at, json) VALUES (?, ?, ?, ?)"
                if self.connection.execute(sql, values).rowcount:
                    new.append(each)
        return tuple(new)

    def changes(self, last: int | None = None) -> tuple[WatchedChange, ...]:
        """Every change, or the last so many, in the order in which they were found."""
        sql = "SELECT json FROM (SELECT number, json FROM change ORDER BY number DESC LIMIT ?) ORDER BY number"
        return _changes(self.connection.execute(sql, (-1 if last is None else last,)))

    def begin_rule(self, rule: str) -> bool:
        """Make a rule known by its name: it is told what is found from now on. True where it was not known."""
        with self.together():
            sql = "INSERT OR IGNORE INTO rule (name, after) SELECT ?, coalesce(max(number), 0) FROM change"
            return self.connection.execute(sql, (rule,)).rowcount == 1

    def untold(self, rule: str, kinds: Collection[str] | None = None) -> tuple[WatchedChange, ...]:
        """The changes (of some kinds) found since the rule began that it has not been told, in the order in which they were found.

        What was about to be sent when the watch was killed is not among them: `unsure` has it. A rule that never began hears
        of nothing.
        """
        sql = (
            "SELECT c.json, c.kind FROM change c JOIN rule r ON r.name = ?1 AND c.number > r.after "
            "WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.rule = ?1 AND t.change = c.id) ORDER BY c.number"
        )
        return _changes(row for row in self.connection.execute(sql, (rule,)) if kinds is None or row["kind"] in kinds)

    def sending(self, rule: str, ids: Sequence[str], at: str) -> None:
        """Note, before a message goes out, what it tells; afterwards `told` or `unsent` says what became of it."""
        with self._on_disk(), self.together():
            self.connection.executemany(
                "INSERT OR IGNORE INTO told (rule, change, at, sent) VALUES (?, ?, ?, 0)", [(rule, each, at) for each in ids]
            )

    def told(self, rule: str, ids: Sequence[str], at: str) -> None:
        """Note that a rule has been told of changes: it is never told of them again."""
        with self._on_disk(), self.together():
            self.connection.executemany(
                "INSERT OR REPLACE INTO told (rule, change, at, sent) VALUES (?, ?, ?, 1)", [(rule, each, at) for each in ids]
            )

    def unsent(self, rule: str, ids: Sequence[str]) -> None:
        """Take back `sending`: the message did not go out, and the changes are untold again."""
        with self.together():
            self.connection.executemany("DELETE FROM told WHERE rule = ? AND change = ? AND sent = 0", [(rule, each) for each in ids])

    def unsure(self, rule: str) -> tuple[WatchedChange, ...]:
        """What was being sent when the watch was killed: it may have gone out or not."""
        sql = "SELECT c.json FROM change c JOIN told t ON t.change = c.id WHERE t.rule = ? AND t.sent = 0 ORDER BY c.number"
        return _changes(self.connection.execute(sql, (rule,)))

    def being_sent(self, rule: str) -> tuple[tuple[str, str], ...]:
        """The ids of what is being sent to a rule, each with since when (ISO 8601)."""
        rows = self.connection.execute("SELECT change, at FROM told WHERE rule = ? AND sent = 0", (rule,))
        return tuple((str(row["change"]), str(row["at"])) for row in rows)

    def last_told(self, rule: str) -> str | None:
        """When a rule was last told of something (ISO 8601), None where it never was."""
        row = self.connection.execute("SELECT max(at) FROM told WHERE rule = ? AND sent = 1", (rule,)).fetchone()
        return str(row[0]) if row[0] is not None else None

    # ------------------------------------------------------------ notes

    def note(self, name: str) -> bytes | None:
        """What was noted under a name."""
        row = self.connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row is not None else None

    def put_note(self, name: str, value: bytes) -> None:
        """Note something under a name, in the place of what was there."""
        with self.together():
            self.connection.execute("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", (name, value))


def _changes(rows: Iterable[sqlite3.Row]) -> tuple[WatchedChange, ...]:
    return tuple(msgspec.json.decode(row[0], type=WatchedChange) for row in rows)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not empty:
        raise LedgerError(f"{path} is not the watch's file; put it elsewhere, then watch again")
    if version > VERSION:
        raise LedgerError(f"{path} is of version {version}, and this presstime knows versions up to {VERSION}; upgrade presstime")
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL loses nothing when a process dies. What a power cut loses of it is found again, with the same ids.
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) != VERSION:
        script = resources.files("presstime.watch").joinpath("state.sql").read_text(encoding="utf-8")
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                connection.execute(statement)
                statement = ""
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
