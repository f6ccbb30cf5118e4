"""Who may come in: accounts, sessions, keys for scripts, what each person has last seen, and what was worked out and is kept.

Comes in: a story's folder. Goes out: `Person`s. This is the only module of the desk that speaks SQL, and only to desk.db; the record is
the ledger's. Passwords are kept as argon2 hashes, sessions and keys as SHA-256 of a random secret, so that whoever reads the file can
use neither. Example: `accounts.open_session(person)` gives the secret that goes into the cookie, once.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from presstime.problems import InputError
from presstime.records import Record

__all__ = ["DESK_FILE", "ROLES", "SESSION_HOURS", "Accounts", "Person", "Role"]

Role = Literal["reader", "editor", "owner"]
ROLES: tuple[Role, ...] = ("reader", "editor", "owner")
"""From the one who may do least: each may do what those before may."""

DESK_FILE = "desk.db"
SESSION_HOURS = 12
"""A long shift: after it one logs in again, whatever one is doing."""
LEAST_PASSWORD = 12
"""Characters, with no rule on which: what NIST SP 800-63B asks for is length; it has 8 as the least, and 15 without a second factor."""
MOST_PASSWORD = 1_000
_NAME_LENGTH = 60

_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
  name TEXT PRIMARY KEY NOT NULL COLLATE NOCASE, role TEXT NOT NULL, password TEXT NOT NULL, made_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS key (secret TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS session (
  secret TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, token TEXT NOT NULL, until TEXT NOT NULL, alone INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS seen (name TEXT PRIMARY KEY NOT NULL COLLATE NOCASE, mark TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY NOT NULL, json TEXT NOT NULL);
"""


class Person(Record, frozen=True):
    """Whoever asks. `token` is what their forms must hold; None for a script with a key, which has no forms. `alone` without accounts."""

    name: str
    role: Role
    token: str | None
    alone: bool = False

    def may(self, role: Role) -> bool:
        """Whether this person may do what `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Accounts:
    """desk.db, open. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DESK_FILE
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise InputError(
                f"{self.path} cannot be used: {error}; check that the folder is yours to write, or move that file away"
            ) from None
        self.path.chmod(0o600)
        self._nobody = ""

    def close(self) -> None:
        """Close the file, when what goes on in it is over."""
        with self._lock:  # closing under another thread's statement crashes the process
            self._connection.close()

    def _do(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    # ------------------------------------------------------------ accounts

    def add(self, name: str, role: Role, password: str) -> None:
        """Make an account, or give an existing one this role and password and end its sessions. Raises InputError."""
        name = " ".join(name.split())
        if not 0 < len(name) <= _NAME_LENGTH or not name.isprintable():
            raise InputError(f"an account's name is one line of up to {_NAME_LENGTH} characters; choose another")
        if role not in ROLES:
            raise InputError(f"{role!r} is no role; choose one of: {', '.join(ROLES)}")
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            raise InputError(f"a password has at least {LEAST_PASSWORD} characters; a few unconnected words do")
        from argon2 import PasswordHasher

        hashed = PasswordHasher().hash(password)
        self._do(
            "INSERT INTO account (name, role, password, made_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password",
            name,
            role,
            hashed,
            _now().isoformat(timespec="seconds"),
        )
        self._do("DELETE FROM session WHERE name = ? COLLATE NOCASE", name)

    def remove(self, name: str) -> bool:
        """Remove an account, its sessions with it; what it did stays in the ledger under its name. False where there is none."""
        self._do("DELETE FROM session WHERE name = ? COLLATE NOCASE", name)
        return bool(self._do("DELETE FROM account WHERE name = ? RETURNING name", name))

    def names(self) -> tuple[tuple[str, Role], ...]:
        """Every account and its role, by name."""
        return tuple((name, role) for name, role in self._do("SELECT name, role FROM account ORDER BY name"))

    def check(self, name: str, password: str) -> Person | None:
        """The person whose password it is; takes as long where there is no such account. Some tens of milliseconds."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = PasswordHasher()
        found = self._do("SELECT name, role, password FROM account WHERE name = ?", " ".join(name.split()))
        if not self._nobody:
            self._nobody = hasher.hash(secrets.token_urlsafe(24))
        known = found[0][2] if found else self._nobody
        try:
            hasher.verify(known, password[: MOST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return None
        return Person(name=found[0][0], role=found[0][1], token=None) if found else None

    # ------------------------------------------------------------ keys for scripts

    def add_key(self, name: str, role: Role) -> str:
        """Make a key for a script, in the place of an earlier one of that name; gives it, this one time."""
        if role not in ROLES:
            raise InputError(f"{role!r} is no role; choose one of: {', '.join(ROLES)}")
        if not name.strip() or len(name) > _NAME_LENGTH or not name.isprintable():
            raise InputError(f"a key's name is one line of up to {_NAME_LENGTH} characters; choose another")
        secret = f"presstime-{secrets.token_urlsafe(32)}"
        self._do("DELETE FROM key WHERE name = ?", name)
        self._do(
            "INSERT INTO key (secret, name, role, made_at) VALUES (?, ?, ?, ?)",
            _hashed(secret),
            name,
            role,
            _now().isoformat(timespec="seconds"),
        )
        return secret

    def of_key(self, secret: str) -> Person | None:
        """Whose key it is."""
        found = self._do("SELECT name, role FROM key WHERE secret = ?", _hashed(secret))
        return Person(name=found[0][0], role=found[0][1], token=None) if found else None

    # ------------------------------------------------------------ sessions

    def open_session(self, name: str, role: Role, *, alone: bool = False) -> str:
        """Open a session; gives the secret that goes into the cookie. Sessions that are over go."""
        secret = secrets.token_urlsafe(32)
        until = (_now() + timedelta(hours=SESSION_HOURS)).isoformat(timespec="seconds")
        self._do("DELETE FROM session WHERE until < ?", _now().isoformat(timespec="seconds"))
        self._do(
            "INSERT INTO session (secret, name, role, token, until, alone) VALUES (?, ?, ?, ?, ?, ?)",
            _hashed(secret),
            name,
            role,
            secrets.token_urlsafe(32),
            until,
            int(alone),
        )
        return secret

    def of_session(self, secret: str, *, alone: bool) -> Person | None:
        """Whose session it is; None where it is over, or was opened with accounts and there are none now, or the other way round."""
        found = self._do(
            "SELECT s.name, coalesce(a.role, s.role), s.token, s.alone FROM session s "
            "LEFT JOIN account a ON a.name = s.name AND s.alone = 0 "
            "WHERE s.secret = ? AND s.until > ? AND s.alone = ? AND (s.alone = 1 OR a.name IS NOT NULL)",
            _hashed(secret),
            _now().isoformat(timespec="seconds"),
            int(alone),
        )
        return Person(name=found[0][0], role=found[0][1], token=found[0][2], alone=bool(found[0][3])) if found else None

    def close_session(self, secret: str) -> None:
        """End a session."""
        self._do("DELETE FROM session WHERE secret = ?", _hashed(secret))

    def close_lonely_sessions(self) -> None:
        """End the sessions that one person without an account had: a desk that is started anew gives a new address."""
        self._do("DELETE FROM session WHERE alone = 1")

    # ------------------------------------------------------------ what one has seen, what is kept

    def seen(self, name: str) -> str | None:
        """The mark, as JSON, that a person made when looking last."""
        found = self._do("SELECT mark FROM seen WHERE name = ?", name)
        return found[0][0] if found else None

    def set_seen(self, name: str, mark: str) -> None:
        """Keep a person's mark."""
        self._do("INSERT INTO seen (name, mark) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET mark = excluded.mark", name, mark)

    def kept(self, key: str) -> str | None:
        """JSON that was worked out before and never changes: what differs between two editions."""
        found = self._do("SELECT json FROM kept WHERE key = ?", key)
        return found[0][0] if found else None

    def keep(self, key: str, json: str) -> None:
        """Keep JSON that never changes."""
        self._do("INSERT INTO kept (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json", key, json)


def _now() -> datetime:
    return datetime.now(UTC)
