"""The file of a ledger's workbench: beside the ledger, so that combining for a minute keeps nobody from entering a correction.

Comes in: a ledger's path and connection. Goes out: an SQLite connection to its bench, in a transaction. All that lies there can be
made again, so a file of another form, or one that is damaged, is thrown away and made anew. Example: the bench of
`story/ledger.db` is `story/ledger.db-bench`.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import resources
from pathlib import Path

from presstime.ledger.opening import CACHE_KIB, giving_way, run_script, transaction
from presstime.problems import LedgerError

__all__ = ["bench_path", "working_on_bench"]

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def bench_path(ledger: Path) -> Path:
    """Where a ledger's bench lies."""
    return ledger.with_name(f"{ledger.name}-bench")


@contextmanager
def working_on_bench(ledger: sqlite3.Connection, path: Path, asked: Callable[[], bool] | None) -> Iterator[sqlite3.Connection]:
    """One transaction on the bench in the file `path`, made where it is not there. One process works on it at a time, others wait.

    Inside, the ledger is read as it stood when this began; others may write to it. What is done is broken off when `asked` is true.
    """
    wait = ledger.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        connection = sqlite3.connect(path, timeout=wait / 1000, isolation_level=None)
    except sqlite3.Error as error:
        raise LedgerError(f"the workbench {path} cannot be opened: {error}; check that it is yours to write") from None
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA synchronous = NORMAL")
        with giving_way(connection, asked) if asked else nullcontext(), transaction(connection):
            _make(connection)
            with _as_it_stands(ledger):
                yield connection
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise
        path.unlink(missing_ok=True)
        raise LedgerError(f"the workbench {path} was damaged and is thrown away; nothing was lost, run again") from error
    finally:
        connection.close()


def _make(connection: sqlite3.Connection) -> None:
    """Makes the tables where they are not there, and makes them anew where they are of another form."""
    sql = resources.files("presstime.ledger").joinpath("bench.sql").read_text(encoding="utf-8")
    form = zlib.crc32(sql.encode()) & 0x7FFFFFFF
    if connection.execute("PRAGMA user_version").fetchone()[0] == form:
        return
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        connection.execute(f"DROP TABLE {table}")
    run_script(connection, sql)
    connection.execute(f"PRAGMA user_version = {form}")


@contextmanager
def _as_it_stands(ledger: sqlite3.Connection) -> Iterator[None]:
    """What is read inside is the ledger of one moment, whatever others write to it meanwhile."""
    ledger.execute("BEGIN")
    try:
        ledger.execute("SELECT 1 FROM document LIMIT 1").fetchone()
        yield
    finally:
        if ledger.in_transaction:
            ledger.execute("ROLLBACK")
