"""Opening a ledger: what is made, what is refused, and how an older version is brought to this one."""

from __future__ import annotations

import re
import sqlite3
from importlib import resources
from pathlib import Path

import pytest
from looking import ask, dump, sound
from made_readings import made_reading

from presstime.ledger import VERSION, Ledger, opening, writing
from presstime.ledger.entries import Edition
from presstime.problems import LedgerError

VERSION_1 = Path(__file__).parent.parent / "cases" / "ledger" / "version-1.sql"


def shape(path: Path) -> dict[str, object]:
    """Tables by their columns, and indexes, triggers and views by their text without comments and spaces."""
    found: dict[str, object] = {}
    for name, kind, sql in ask(path, "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE '%_words_%'"):
        if kind == "table" and "VIRTUAL" not in sql:
            found[name] = (ask(path, f"PRAGMA table_xinfo({name})"), sorted(ask(path, f"PRAGMA foreign_key_list({name})")))
        else:
            found[name] = re.sub(r"--.*|\s", "", sql or "")
    return found


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_an_older_ledger_is_brought_to_this_version(old: Path, tmp_path: Path) -> None:
    assert ask(old, "PRAGMA user_version") == [(1,)]
    with Ledger.open(old) as ledger:
        assert [document.id for document in ledger.documents()] == ["doc-1", "doc-2"]
        assert list(ledger.readings()) == [made_reading(1, rounds=1)]
        assert [problem.what for problem in ledger.problems()] == ["binary", "quote"]
        assert len(ledger.search("denied")) == 2
        assert ledger.enter_edition(Edition(id="e", kind="draft", as_of="2023", made_at="2023", sha256="", json="{}"))
        assert not ledger.enter_reading(made_reading(1, rounds=1)).added
    assert ask(old, "PRAGMA user_version") == [(VERSION,)]
    assert ask(old, "SELECT count(*) FROM statement") == [(2,)]
    assert sound(old)
    new = tmp_path / "new.db"
    Ledger.open(new).close()
    assert shape(old) == shape(new)


def test_corrections_of_an_older_ledger_are_kept_and_stand_in_the_tables(old: Path) -> None:
    reading = made_reading(1, rounds=1)
    figure = reading.figures[0]
    connection = sqlite3.connect(old)
    for step in opening._steps(1)[:3]:
        connection.executescript(step)
    where = f'[{{"start":{figure.start},"end":{figure.end}}}]'
    values = ("c-1", "doc-1", "figure", where, figure.words, "high", "null", "9", "Ana", "2023", "")
    connection.execute(f"INSERT INTO correction VALUES ({', '.join('?' * len(values))})", values)
    connection.execute("PRAGMA user_version = 4")
    connection.commit()
    connection.close()
    with Ledger.open(old) as ledger:
        (kept,) = ledger.corrections()
        assert (kept.id, kept.spans[0].start, kept.after, kept.takes_back, kept.batch) == ("c-1", figure.start, "9", None, None)
    assert ask(old, "SELECT high, review FROM figure") == [(9, "corrected")]
    assert sound(old)


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)

    def fails(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("presstime.ledger.rebuild_tables", fails)
    with pytest.raises(LedgerError, match="disk full"):
        Ledger.open(old)
    assert dump(old) == before
    assert ask(old, "PRAGMA user_version") == [(1,)]
    monkeypatch.setattr("presstime.ledger.rebuild_tables", writing.rebuild_tables)
    Ledger.open(old).close()
    assert ask(old, "PRAGMA user_version") == [(VERSION,)]


def test_there_is_a_step_from_every_version_to_the_next() -> None:
    folder = resources.files("presstime.ledger").joinpath("migrations")
    steps = sorted(int(entry.name[:4]) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    assert steps == list(range(2, VERSION + 1))
    schema = resources.files("presstime.ledger").joinpath("schema.sql").read_text(encoding="utf-8")
    assert f"the ledger as it is now, version {VERSION}." in schema


def test_a_newer_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=f"is of version {VERSION + 1}, and this presstime knows .* upgrade presstime"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_new_ledger_is_set_up_for_safety(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        for pragma, value in (("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", opening.BUSY_MS), ("user_version", VERSION)):
            assert ledger._connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    before = dump(path)
    Ledger.open(path, create=False).close()
    assert dump(path) == before


def test_every_table_view_and_column_is_explained_in_the_schema() -> None:
    schema = resources.files("presstime.ledger").joinpath("schema.sql").read_text(encoding="utf-8")
    for made in re.finditer(r"(.*)\nCREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", schema):
        assert made[1].startswith("-- "), made[2]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"a text that is no database, and long enough to be taken for one" * 20, "is not a ledger: it is no SQLite file"), (None, "other")],
)
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "thing.db"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.close()
        message = "is an SQLite file but not a presstime ledger; choose another path"
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=message):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_ledger_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="make one with presstime compile, or check the path"):
        Ledger.open(tmp_path / "ledger.db", create=False)
    with pytest.raises(LedgerError, match=r"the folder .* is not there; make it first"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db")
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []
