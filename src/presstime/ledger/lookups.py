"""Looking things up in a ledger, a page at a time: an open ledger that is only looked at, and how rows become records.

Comes in: a ledger's path, a query, what of it is wanted. Goes out: records of the kind asked for, made by SQLite as JSON in one step
(a row at a time costs a change of threads for each). Example: `Lookups.open(path)` and then `statements(look, act="denial")`, of
lookups_statements.py, gives the first page of denials, the newest documents' first.
"""

from __future__ import annotations

import sqlite3
import typing
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec

from presstime.ledger.folding import add_functions
from presstime.problems import LedgerError
from presstime.records import Record

__all__ = ["PAGE", "Everything", "Lookups", "Page", "Sight", "where_seen"]

PAGE = 30
"""Records on a page: two screens. Of 40, a page of statements takes 3.0 ms of a processor, of 30, 2.4."""
CACHE_KIB = 64_000
BUSY_MS = 10_000

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Page(Record, Generic[T], frozen=True):
    """Some of the records asked for: `number` counts pages from 1, `total` is how many records there are on all pages."""

    items: tuple[T, ...]
    total: int
    number: int = 1
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; one even where there is nothing."""
        return max(1, -(-self.total // self.size))


class Sight(Record, frozen=True):
    """Who looks: someone who sees everything, or, with `now` (ISO 8601 in UTC), only what is neither confidential nor under embargo."""

    now: str | None = None


Everything = Sight()
"""Editors and owners see everything."""


def where_seen(sight: Sight, *tables: str) -> str:
    """A condition on the columns `confidential` and `embargo` of tables, by their aliases; it needs the parameter `now`."""
    if sight.now is None:
        return "1"
    return " AND ".join(f"({table}.confidential = 0 AND ({table}.embargo IS NULL OR {table}.embargo <= :now))" for table in tables)


class Lookups:
    """A ledger opened for looking only: nothing can be written through it. One thread uses it at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._version = -1
        self._kept: dict[Any, Any] = {}
        self.lasting: dict[Any, Any] = {}
        """What outlasts changes; whoever keeps something here says in the key of which state it is."""

    @classmethod
    def open(cls, path: Path | str) -> Lookups:
        """Open the ledger at `path`, which `Ledger.open` has made or brought to this version. Raises LedgerError."""
        path = Path(path)
        try:
            connection = sqlite3.connect(
                f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            connection.execute("PRAGMA mmap_size = 1073741824")
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger {path} cannot be looked at: {error}; check the path and that it is yours to read") from None
        add_functions(connection)
        return cls(connection, path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for this room's own modules."""
        return self._connection

    def close(self) -> None:
        """Close it; closing twice is no fault."""
        self._connection.close()

    def __enter__(self) -> Lookups:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def rows(self, type_: type[R], sql: str, *, limit: int = -1, offset: int = 0, **values: Any) -> tuple[R, ...]:
        """The rows of a SELECT as records, in its order. Its columns must have the names of the record's fields."""
        values |= {"limit_": limit, "offset_": offset}
        found = self._connection.execute(_as_json(type_, sql), values).fetchone()[0]
        return typing.cast("tuple[R, ...]", _decoder(type_).decode(found))

    def row(self, type_: type[R], sql: str, **values: Any) -> R | None:
        """The first row of a SELECT as a record; None where there is none."""
        return next(iter(self.rows(type_, sql, limit=1, **values)), None)

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row; None where there is none."""
        found = self._connection.execute(sql, values).fetchone()
        return found[0] if found else None

    def column(self, sql: str, **values: Any) -> list[Any]:
        """The only column of every row, in order. `sql` has no LIMIT of its own."""
        found = self._connection.execute(f"WITH found (one) AS ({sql} LIMIT -1) SELECT json_group_array(one) FROM found", values).fetchone()
        return list(msgspec.json.decode(found[0]))

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, kept until anything in the ledger changes: for counts over everything."""
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version != self._version or len(self._kept) > KEPT:
            self._version, self._kept = version, {}
        if key not in self._kept:
            self._kept[key] = make()
        return typing.cast("T", self._kept[key])

    def counted(self, sql: str, **values: Any) -> int:
        """The number that a SELECT count(*) gives, kept until anything changes."""
        return self.kept((sql, tuple(values.items())), lambda: int(self.value(sql, **values) or 0))


KEPT = 20_000
"""Counts and the like kept at once: some megabytes."""


@lru_cache(maxsize=512)
def _as_json(type_: type[Record], sql: str) -> str:
    hints = typing.get_type_hints(type_)
    names = zip(type_.__struct_fields__, type_.__struct_encode_fields__, strict=True)
    pairs = ", ".join(f"'{encoded}', " + (f'json("{name}")' if _is_json(hints[name]) else f'"{name}"') for name, encoded in names)
    return f"SELECT json_group_array(json_object({pairs})) FROM (SELECT * FROM ({sql}) LIMIT :limit_ OFFSET :offset_)"


def _is_json(hint: Any) -> bool:
    """Whether a field holds a list or a record, which a column holds as JSON."""
    options = typing.get_args(hint) if typing.get_origin(hint) not in (tuple, dict) else (hint,)
    return any(typing.get_origin(one) in (tuple, dict) or (isinstance(one, type) and issubclass(one, Record)) for one in options or (hint,))


@lru_cache(maxsize=128)
def _decoder(type_: type[Record]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(tuple[type_, ...], strict=False)  # type: ignore[valid-type]
