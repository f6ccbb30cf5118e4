"""A ledger's file: made, opened, and brought from an older version to this one.

Comes in: a path. Goes out: an SQLite connection to a ledger of this version. Example: a ledger that an older
presstime left at version 1 is at this version when it opens, its tables built anew from the readings it keeps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from presstime.ledger.folding import add_functions
from presstime.ledger.log import LOG_SINCE, add_log_functions, chain_held
from presstime.problems import LedgerError

__all__ = ["APPLICATION", "VERSION", "BusyError", "connect", "giving_way", "run_script", "safest", "transaction"]

VERSION = 7
"""The version of schema.sql, kept in the file as user_version."""

APPLICATION = 0x50545431
"""What marks an SQLite file as a presstime ledger (application_id): "PTT1"."""

BUSY_MS = 30_000
"""How long to wait for another process's transaction: entering one document takes milliseconds, entering findings seconds."""


class BusyError(LedgerError):
    """Another process writes, or this one gave way to another: nothing was entered; do it again in a moment."""


CACHE_KIB = 32_000
CHECKPOINT_PAGES = 8_000
"""Memory for pages, and how many pages (of 4 KiB) the WAL file gathers before they are put into the ledger. With both,
1,000 readings of 35 records enter in 3.8 s instead of 7.4 s (medians of four runs each, on two busy cores); SQLite's own
are 2,000 and 1,000."""


def connect(path: Path, *, create: bool, rebuild: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """Open the ledger at `path`, making it where it is not there and `create` is set.

    `rebuild` is called inside the migration's transaction, to fill the tables anew. Raises LedgerError.
    """
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {path}; make one with presstime compile, or check the path")
        if not path.parent.is_dir():
            raise LedgerError(f"cannot make a ledger at {path}: the folder {path.parent} is not there; make it first")
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
        add_functions(connection)
        add_log_functions(connection)
        _prepare(connection, path, rebuild)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
            raise LedgerError(f"{path} is not a ledger: it is no SQLite file; choose another path") from None
        raise LedgerError(f"the ledger {path} cannot be opened: {error}; check that it is yours to write and not damaged") from None
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is done inside, or nothing of it. Takes the ledger's one place for a writer at once.

    Raises LedgerError where SQLite cannot write: a full disk, another process that does not end, a closed ledger.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.ProgrammingError:
        raise LedgerError("the ledger is closed; open it again") from None
    except sqlite3.OperationalError as error:
        kind = BusyError if _is_busy(error) else LedgerError
        raise kind(f"the ledger could not be written: {error}; wait for the other process, then run again") from error
    try:
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            kind = BusyError if _is_busy(error) else LedgerError
            raise kind(f"the ledger could not be written: {error}; nothing was lost, mend that and run again") from error
        raise


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether another process, or one that goes before, is why: not a full disk, which waiting does not mend."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT)


@contextmanager
def giving_way(connection: sqlite3.Connection, asked: Callable[[], bool]) -> Iterator[None]:
    """What is done inside is broken off, and nothing of its transaction kept, as soon as `asked` is true; raises BusyError then.

    `asked` is called every STEPS steps of SQLite, in under a millisecond each, so it must be quick.
    """
    broken = False

    def look() -> bool:
        nonlocal broken
        if not broken and asked():
            broken = True  # once: rolling back must not be broken off
            return True
        return False

    connection.set_progress_handler(look, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if not broken:
            raise
        raise BusyError("another had to write at once; do this again in a moment") from error
    finally:
        connection.set_progress_handler(None, 0)


STEPS = 2_000
"""SQLite's own steps between two looks: some 50 microseconds."""


@contextmanager
def safest(connection: sqlite3.Connection) -> Iterator[None]:
    """Transactions begun inside are on the disk when they end.

    A reading that a power cut loses is read again; what a person entered is not, and it is told as kept when the
    transaction ends. Waiting for the disk costs a few milliseconds, which a person does not notice.
    """
    connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


def _prepare(connection: sqlite3.Connection, path: Path, rebuild: Callable[[sqlite3.Connection], None]) -> None:
    version = _check(connection, path)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL loses nothing when a process dies; a power cut can lose the last documents, never break the file.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if version == VERSION:
        return
    with transaction(connection):
        version = _check(connection, path)  # another process may have been quicker
        if version == VERSION:
            return
        if version == 0:
            run_script(connection, _sql("schema.sql"))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        else:
            for step in _steps(version):
                run_script(connection, step)
            if version < LOG_SINCE:
                chain_held(connection, version)
            rebuild(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """The file's version; 0 for an empty one. Raises LedgerError for what is no ledger or too new."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not (empty and version == 0 and application == 0):
        raise LedgerError(f"{path} is an SQLite file but not a presstime ledger; choose another path")
    if version > VERSION:
        raise LedgerError(
            f"the ledger {path} is of version {version}, and this presstime knows versions up to {VERSION}; upgrade presstime to open it"
        )
    return version


def _steps(version: int) -> list[str]:
    """The migrations that lead from `version` to this one, in order: migrations/0002_….sql leads from 1 to 2."""
    folder = resources.files("presstime.ledger").joinpath("migrations")
    by_number = {int(entry.name[:4]): entry.name for entry in folder.iterdir() if entry.name.endswith(".sql")}
    return [_sql("migrations", by_number[number]) for number in range(version + 1, VERSION + 1)]


def _sql(*names: str) -> str:
    return resources.files("presstime.ledger").joinpath(*names).read_text(encoding="utf-8")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run each statement of a script inside the transaction that is open; executescript would commit it first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
