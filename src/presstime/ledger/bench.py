"""Where combining keeps its work: notes, what was settled of them, facts, and the fingerprints of texts.

Comes in and goes out: rows of bytes under names that combining gives them; what they mean is combining's own. All of it
can be made again from the readings, and is thrown away whenever presstime, the story's context or the form changes.
Example: `bench.notes("series", "killed")` gives what was noted of every figure of the killed, in order of publication.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources

import msgspec

__all__ = ["BENCH_TABLES", "Bench", "NoteRow"]

BENCH_TABLES = (
    "bench_state",
    "bench_document",
    "bench_note",
    "bench_noted",
    "bench_key",
    "bench_node",
    "bench_link",
    "bench_outcome",
    "bench_fact",
    "bench_known",
    "bench_fingerprint",
)
_OF_STEPS = ("bench_noted", "bench_key", "bench_node", "bench_link", "bench_outcome", "bench_fact", "bench_known")
_BATCH = 500
"""Rows that are written or read together."""

KeyFacts = dict[str, tuple[str, bytes]]
"""The facts of one key: record → (document, fact)."""
_encode = msgspec.msgpack.encode
_key_facts = msgspec.msgpack.Decoder(KeyFacts).decode
_known_facts = msgspec.msgpack.Decoder(dict[str, dict[str, bytes]]).decode
"""The facts about one document's records: record → key → fact."""


class NoteRow(msgspec.Struct, frozen=True):
    """One note as it is kept in a row of its own."""

    key: str
    order: str
    record: str
    document: str
    data: bytes


class Bench:
    """A ledger's workbench, or one in memory. Its caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.fresh = not connection.execute("SELECT 1 FROM bench_document LIMIT 1").fetchone()
        """True until the first documents have been combined: nothing old needs to be looked up."""
        self._told: set[str] = set()
        """The steps whose facts were written while the bench was fresh."""

    @classmethod
    def in_memory(cls) -> Bench:
        """A bench that is gone when it is let go of."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(resources.files("presstime.ledger").joinpath("bench.sql").read_text(encoding="utf-8"))
        return cls(connection)

    def clear(self) -> None:
        """Throw everything away."""
        for table in BENCH_TABLES:
            self._connection.execute(f"DELETE FROM {table}")
        self.fresh = True
        self._told.clear()

    # ------------------------------------------------------------ state and documents

    def state(self, name: str) -> str | None:
        """Something remembered under a name."""
        row = self._connection.execute("SELECT value FROM bench_state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Remember something under a name."""
        self._connection.execute("INSERT OR REPLACE INTO bench_state VALUES (?, ?)", (name, value))

    def documents(self) -> dict[str, tuple[str, str]]:
        """The documents that were taken in: id → (signature of what was combined of it, order)."""
        return {d: (s, o) for d, s, o in self._connection.execute("SELECT document, signature, order_ FROM bench_document")}

    def take_in(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Documents as (id, signature, order)."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_document VALUES (?, ?, ?)", rows)

    def drop(self, documents: Iterable[str]) -> None:
        """Documents that count no more."""
        self._connection.executemany("DELETE FROM bench_document WHERE document = ?", ((d,) for d in documents))

    # ------------------------------------------------------------ notes, one a row

    def notes_of(self, stage: str, document: str) -> list[NoteRow]:
        """A document's notes of one step."""
        # named, since SQLite would rather go through all of a step's rows in the order of their keys
        sql = "SELECT key, order_, record, document, data FROM bench_note INDEXED BY bench_note_document WHERE document = ? AND stage = ?"
        return [NoteRow(*row) for row in self._connection.execute(sql, (document, stage))]

    def add_notes(self, stage: str, notes: Iterable[NoteRow]) -> None:
        """Keep notes; best in the order of their keys."""
        rows = ((stage, n.key, n.order, n.record, n.document, n.data) for n in notes)
        self._connection.executemany("INSERT OR REPLACE INTO bench_note VALUES (?, ?, ?, ?, ?, ?)", rows)

    def remove_notes(self, stage: str, notes: Iterable[NoteRow]) -> None:
        """Let go of notes."""
        rows = ((stage, n.key, n.order, n.record) for n in notes)
        self._connection.executemany("DELETE FROM bench_note WHERE stage = ? AND key = ? AND order_ = ? AND record = ?", rows)

    def notes(self, stage: str, key: str) -> list[NoteRow]:
        """The notes under one key, in order."""
        sql = "SELECT key, order_, record, document, data FROM bench_note WHERE stage = ? AND key = ? ORDER BY order_, record"
        return [NoteRow(*row) for row in self._connection.execute(sql, (stage, key))]

    # ------------------------------------------------------------ notes of a whole document, and of a whole key

    def noted(self, stage: str, document: str) -> bytes | None:
        """All that a step noted of a document."""
        sql = "SELECT data FROM bench_noted WHERE document = ? AND stage = ?"
        row = self._connection.execute(sql, (document, stage)).fetchone()
        return row[0] if row else None

    def put_noted(self, stage: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was noted, by document, in the place of what was noted before."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_noted VALUES (?, ?, ?)", ((d, stage, data) for d, data in rows))

    def remove_noted(self, stage: str, documents: Iterable[str]) -> None:
        """Let go of what was noted of documents."""
        self._connection.executemany("DELETE FROM bench_noted WHERE document = ? AND stage = ?", ((d, stage) for d in documents))

    def key(self, stage: str, key: str) -> bytes | None:
        """What meets under a key."""
        row = self._connection.execute("SELECT data FROM bench_key WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        return row[0] if row else None

    def next_key(self, stage: str, key: str, beginning: str) -> str | None:
        """The first key after one, in the order of keys, among those that begin alike; None where there is none."""
        sql = "SELECT key FROM bench_key WHERE stage = ? AND key > ? ORDER BY key LIMIT 1"
        return self._beginning(self._connection.execute(sql, (stage, key)).fetchone(), beginning)

    def previous_key(self, stage: str, key: str, beginning: str) -> str | None:
        """The last key before one, in the order of keys, among those that begin alike; None where there is none."""
        sql = "SELECT key FROM bench_key WHERE stage = ? AND key < ? ORDER BY key DESC LIMIT 1"
        return self._beginning(self._connection.execute(sql, (stage, key)).fetchone(), beginning)

    @staticmethod
    def _beginning(row: tuple[str] | None, beginning: str) -> str | None:
        return row[0] if row is not None and row[0].startswith(beginning) else None

    def put_keys(self, stage: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what meets, by key; best in the order of the keys."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_key VALUES (?, ?, ?)", ((stage, key, data) for key, data in rows))

    def remove_keys(self, stage: str, keys: Iterable[str]) -> None:
        """Let go of keys under which nothing meets any more."""
        self._connection.executemany("DELETE FROM bench_key WHERE stage = ? AND key = ?", ((stage, key) for key in keys))

    # ------------------------------------------------------------ nodes: the notes of linked steps, one a record

    def node(self, stage: str, record: str) -> NoteRow | None:
        """The node of one record."""
        sql = "SELECT key, order_, record, document, data FROM bench_node WHERE stage = ? AND record = ?"
        row = self._connection.execute(sql, (stage, record)).fetchone()
        return NoteRow(*row) if row else None

    def nodes(self, stage: str, key: str) -> list[NoteRow]:
        """The nodes that hang together under one key."""
        sql = "SELECT key, order_, record, document, data FROM bench_node INDEXED BY bench_node_key WHERE stage = ? AND key = ?"
        return [NoteRow(*row) for row in self._connection.execute(sql, (stage, key))]

    def links_within(self, stage: str, key: str) -> list[tuple[str, str]]:
        """The links of the notes of the nodes that hang together under one key."""
        # nodes first (CROSS JOIN says so): SQLite would rather go through all of a step's links for each key
        sql = (
            "SELECT l.one, l.other FROM bench_node n INDEXED BY bench_node_key "
            "CROSS JOIN bench_link l ON l.stage = n.stage AND l.one = n.record WHERE n.stage = ? AND n.key = ?"
        )
        return self._connection.execute(sql, (stage, key)).fetchall()

    def put_nodes(self, stage: str, nodes: Iterable[NoteRow]) -> None:
        """Keep nodes, each in the place of its record's earlier one."""
        rows = ((stage, n.record, n.key, n.order, n.document, n.data) for n in nodes)
        self._connection.executemany("INSERT OR REPLACE INTO bench_node VALUES (?, ?, ?, ?, ?, ?)", rows)

    def remove_nodes(self, stage: str, records: Iterable[str]) -> None:
        """Let go of nodes."""
        self._connection.executemany("DELETE FROM bench_node WHERE stage = ? AND record = ?", ((stage, record) for record in records))

    def add_links(self, stage: str, links: Iterable[tuple[str, str]]) -> None:
        """Keep links: a record, and one that its note names."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_link VALUES (?, ?, ?)", ((stage, *link) for link in links))

    def remove_links(self, stage: str, links: Iterable[tuple[str, str]]) -> None:
        """Let go of links."""
        rows = ((stage, *link) for link in links)
        self._connection.executemany("DELETE FROM bench_link WHERE stage = ? AND one = ? AND other = ?", rows)

    def neighbours(self, stage: str, record: str) -> set[str]:
        """The records linked with one, from either side."""
        sql = "SELECT other FROM bench_link WHERE stage = ?1 AND one = ?2 UNION SELECT one FROM bench_link WHERE stage = ?1 AND other = ?2"
        return {row[0] for row in self._connection.execute(sql, (stage, record))}

    # ------------------------------------------------------------ what was settled

    def outcome(self, stage: str, key: str) -> bytes | None:
        """What was settled of one key."""
        row = self._connection.execute("SELECT data FROM bench_outcome WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        return row[0] if row else None

    def outcomes(self, stage: str) -> Iterator[tuple[str, bytes]]:
        """What was settled of every key, in order of the keys."""
        yield from self._connection.execute("SELECT key, data FROM bench_outcome WHERE stage = ? ORDER BY key", (stage,))

    def keys_with(self, stage: str, words: str) -> list[str]:
        """The keys of which what was settled holds some words, such as an id."""
        sql = "SELECT key FROM bench_outcome WHERE stage = ? AND instr(data, ?) ORDER BY key"
        return [row[0] for row in self._connection.execute(sql, (stage, words.encode()))]

    def put_outcomes(self, stage: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was settled, by key."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_outcome VALUES (?, ?, ?)", ((stage, k, d) for k, d in rows))

    def remove_outcomes(self, stage: str, keys: Iterable[str]) -> None:
        """Let go of what was settled of keys."""
        self._connection.executemany("DELETE FROM bench_outcome WHERE stage = ? AND key = ?", ((stage, key) for key in keys))

    # ------------------------------------------------------------ facts

    def facts_of(self, document: str) -> dict[str, dict[str, list[bytes]]]:
        """Everything known about a document's records: step → record → facts, in order of their keys."""
        rows = self._connection.execute("SELECT stage, data FROM bench_known WHERE document = ?", (document,))
        return {stage: {record: [own[key] for key in sorted(own)] for record, own in _known_facts(data).items()} for stage, data in rows}

    def facts(self, stage: str, key: str) -> KeyFacts:
        """The facts that one key gave: record → (document, fact)."""
        row = self._connection.execute("SELECT data FROM bench_fact WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        return _key_facts(row[0]) if row else {}

    def all_facts(self, stage: str) -> Iterator[tuple[str, str, bytes]]:
        """Every fact of a step: record, document, fact; in order of their keys."""
        for (data,) in self._connection.execute("SELECT data FROM bench_fact WHERE stage = ? ORDER BY key", (stage,)):
            for record, (document, fact) in _key_facts(data).items():
                yield record, document, fact

    def replace_facts(self, stage: str, keys: Iterable[tuple[str, Mapping[str, tuple[str, bytes]]]]) -> set[str]:
        """Put the facts of keys, each given once, in the place of their earlier ones.

        Gives the documents about whose records a fact came, changed or went.
        """
        told = not self.fresh or stage in self._told
        changed: dict[str, list[tuple[str, str, bytes | None]]] = {}
        """Document → record, key, fact."""
        rows: list[tuple[str, str, bytes]] = []
        gone: list[tuple[str, str]] = []
        for key, new in keys:
            old = self.facts(stage, key) if told else {}
            if old == new:
                continue
            for record, fact in old.items():
                if record not in new or new[record][0] != fact[0]:
                    changed.setdefault(fact[0], []).append((record, key, None))
            for record, (document, data) in new.items():
                if old.get(record) != (document, data):
                    changed.setdefault(document, []).append((record, key, data))
            if new:
                rows.append((stage, key, _encode(dict(sorted(new.items())))))
            else:
                gone.append((stage, key))
            if len(rows) >= _BATCH:
                self._put_facts(rows)
        self._put_facts(rows)
        self._connection.executemany("DELETE FROM bench_fact WHERE stage = ? AND key = ?", gone)
        self._know(stage, changed, told)
        if self.fresh:
            self._told.add(stage)
        return set(changed)

    def _put_facts(self, rows: list[tuple[str, str, bytes]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO bench_fact VALUES (?, ?, ?)", rows)
        rows.clear()

    def _know(self, stage: str, changed: Mapping[str, Sequence[tuple[str, str, bytes | None]]], told: bool) -> None:
        """Writes what has changed beside the documents that it is about."""
        rows: list[tuple[str, str, bytes]] = []
        gone: list[tuple[str, str]] = []
        for document in sorted(changed):
            known: dict[str, dict[str, bytes]] = {}
            if told:
                sql = "SELECT data FROM bench_known WHERE document = ? AND stage = ?"
                row = self._connection.execute(sql, (document, stage)).fetchone()
                known = _known_facts(row[0]) if row else {}
            for record, key, data in changed[document]:
                own = known.setdefault(record, {})
                if data is not None:
                    own[key] = data
                else:
                    own.pop(key, None)
            kept = {record: dict(sorted(own.items())) for record, own in sorted(known.items()) if own}
            if kept:
                rows.append((document, stage, _encode(kept)))
            else:
                gone.append((document, stage))
        self._connection.executemany("INSERT OR REPLACE INTO bench_known VALUES (?, ?, ?)", rows)
        self._connection.executemany("DELETE FROM bench_known WHERE document = ? AND stage = ?", gone)

    # ------------------------------------------------------------ rows as they are, for a second process

    def rows(self, stage: str) -> Iterator[tuple[str, list[tuple[str | bytes, ...]]]]:
        """Everything that a step wrote, as rows of tables."""
        for table in _OF_STEPS:
            cursor = self._connection.execute(f"SELECT * FROM {table} WHERE stage = ?", (stage,))
            while rows := cursor.fetchmany(_BATCH):
                yield table, rows

    def put_rows(self, table: str, rows: Sequence[Sequence[str | bytes]]) -> None:
        """Keep rows of one of a step's tables."""
        if table not in _OF_STEPS:
            raise ValueError(f"{table} is no table of a step")
        if rows:
            places = ", ".join("?" for _ in rows[0])
            self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)

    def let_go(self, stage: str) -> None:
        """Throw away what a step wrote, but for what is known by it."""
        for table in _OF_STEPS:
            if table != "bench_known":
                self._connection.execute(f"DELETE FROM {table} WHERE stage = ?", (stage,))

    # ------------------------------------------------------------ fingerprints of texts

    def add_fingerprints(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Keep fingerprints, as (64-bit signed number, order, document); best in the order of their numbers."""
        self._connection.executemany("INSERT OR REPLACE INTO bench_fingerprint VALUES (?, ?, ?)", rows)

    def remove_fingerprints(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Let go of fingerprints."""
        self._connection.executemany("DELETE FROM bench_fingerprint WHERE hash = ? AND order_ = ? AND document = ?", rows)

    def earliest_holders(self, hashes: Sequence[int], number: int) -> list[list[tuple[str, str]]]:
        """For each fingerprint its first few holders, as (order, document)."""
        sql = "SELECT order_, document FROM bench_fingerprint WHERE hash = ? ORDER BY order_, document LIMIT ?"
        return [self._connection.execute(sql, (h, number)).fetchall() for h in hashes]

    def later_holders(self, fingerprint: int, after: str) -> list[str]:
        """The documents that hold a fingerprint and come after a point in the order."""
        sql = "SELECT document FROM bench_fingerprint WHERE hash = ? AND order_ > ? ORDER BY order_"
        return [row[0] for row in self._connection.execute(sql, (fingerprint, after))]
