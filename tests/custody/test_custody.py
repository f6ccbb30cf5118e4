"""Custody: whatever is changed past the ledger is named; a bundle shows it elsewhere; what is erased is gone, and the rest verifies."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from presstime.cli import main
from presstime.compile import compile_story
from presstime.custody.bundle import SUMS, open_bundle, sums_of, write_bundle
from presstime.custody.check_bundle import verify_bundle
from presstime.custody.erase import erase_story
from presstime.custody.keys import new_key, open_key, public_file
from presstime.custody.leaving_out import named_in
from presstime.custody.seal import seal_story
from presstime.custody.verify import verify_story
from presstime.editions import publish
from presstime.ledger import Ledger
from presstime.ledger.log import canonical, commitment, row_hash
from presstime.problems import InputError

REPORTS = {
    "ordel-post.txt": "Bridge falls at Tarn\n\n2 May 2021\n\n"
    "Four people were killed when the bridge at Tarn fell, the Interior Ministry said. "
    "“It had not been inspected for nine years,” said Mirela Voskan, who lives beside it.\n",
    "tarn-courier.txt": "Ministry on the Tarn bridge\n\n3 May 2021\n\nThe Interior Ministry denied that the bridge was neglected. "
    "Five people were killed, the hospital in Tarn said.\n",
    "quay-radio.txt": "Witness speaks\n\n3 May 2021\n\n“I heard it crack on Sunday,” MIRELA VOSKAN told Quay Radio. "
    "The mayor of Tarn, Jon Abeck, promised an inquiry.\n",
}
PASSPHRASE = b"four plain words here"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("custody")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    compile_story([folder / "in"], folder / "story")
    publish(folder / "story")
    return folder / "story"


@pytest.fixture
def story(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "story"))


def past_the_ledger(story: Path, *statements: str) -> None:
    connection = sqlite3.connect(story / "ledger.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def fault(story: Path) -> str:
    found = verify_story(story).fault
    return "" if found is None else f"{found.where}: {found.why}"


def test_a_story_verifies_and_its_head_stands_beside_it_and_in_its_edition(story: Path) -> None:
    found = verify_story(story)
    assert found.fault is None
    assert (found.documents, found.erased) == (3, 0)
    last = json.loads((story / "head.jsonl").read_text().splitlines()[-1])
    assert (last["number"], last["hash"]) == (found.head.number, found.head.hash)
    edition = json.loads(next((story / "editions").glob("*/edition.json")).read_text())
    with Ledger.open(story / "ledger.db") as ledger:
        rows = {row.number: row for row in ledger.log.rows()}
    assert rows[edition["log"]["row"]].hash == edition["log"]["hash"]
    assert rows[edition["log"]["row"]].kind == "edition"


def test_the_chain_is_what_the_documentation_says(story: Path) -> None:
    """By hand, with the standard library alone: the salt and a JSON list make the commitment, and each row holds the hash before."""
    connection = sqlite3.connect(story / "ledger.db")
    rows = connection.execute("SELECT number, at, kind, commitment, previous, hash FROM log ORDER BY number").fetchall()
    previous = "0" * 64
    for number, at, kind, committed, before, own in rows:
        assert before == previous
        assert row_hash(number, at, kind, committed, before) == own
        previous = own
    salt, committed, *columns = connection.execute(
        "SELECT salt, commitment, d.id, name, sha256, gathered, text FROM document d JOIN log_payload p ON p.entry = d.id "
        "JOIN log l ON l.number = p.number AND l.kind = 'document' LIMIT 1"
    ).fetchone()
    connection.close()
    assert commitment(salt, canonical("document", *columns)) == committed


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (("DROP TRIGGER reading_unchanged", "UPDATE reading SET json = replace(json, 'Four', 'Nine') WHERE number = 1"), "reading 1 of"),
        (("DROP TRIGGER input_unchanged", "UPDATE input SET gathered = '2020-01-01'"), "input "),
        (("UPDATE figure SET low = 9",), "the table figure does not say what was read"),
        (("UPDATE document SET outlet = 'Another'",), "its outlet in the table of documents"),
        (("DROP TRIGGER log_unchanged", "UPDATE log SET at = '2020' WHERE number = 2"), "log row 2: its hash is not that of its content"),
        (("DROP TRIGGER input_kept", "DELETE FROM input"), "it commits to is not in the ledger, and no erasure says"),
        (("DROP TRIGGER edition_unchanged", "UPDATE edition SET title = 'Another'"), "edition "),
        (
            (
                *("DROP TRIGGER log_kept", "DROP TRIGGER log_payload_kept", "DROP TRIGGER edition_kept"),
                *("DELETE FROM edition", "DELETE FROM log WHERE number > 5", "DELETE FROM log_payload WHERE number > 5"),
            ),
            "the log ends at row 5",
        ),
    ],
)
def test_what_is_changed_past_the_ledger_is_named(story: Path, statements: tuple[str, ...], named: str) -> None:
    past_the_ledger(story, *statements)
    assert named in fault(story)


@pytest.mark.parametrize(
    "statement",
    [
        *("DELETE FROM log", "UPDATE log SET at = ''", "UPDATE log_payload SET salt = ''", "DELETE FROM input"),
        *("DELETE FROM reading", "UPDATE reading SET json = ''", "DELETE FROM document", "UPDATE document SET text = ''"),
        *("DELETE FROM edition", "UPDATE edition SET json = ''"),
    ],
)
def test_what_is_kept_for_good_cannot_be_changed_or_removed(story: Path, statement: str) -> None:
    with pytest.raises(sqlite3.Error, match=r"never|no such function"):
        past_the_ledger(story, statement)
    assert fault(story) == ""


def damage(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda story: damage(next((story / "archive").glob("??/*"))), "the raw bytes do not have their hash"),
        (lambda story: next((story / "archive").glob("??/*")).unlink(), "the raw bytes of an input are not there"),
        (lambda story: damage(next((story / "editions").glob("*/brief.md"))), "it is not what was written"),
        (lambda story: (story / "head.jsonl").unlink(), "head.jsonl"),
        (lambda story: damage(story / "head.jsonl"), ""),
    ],
)
def test_a_file_that_is_changed_or_removed_is_named(story: Path, change: Callable[[Path], None], named: str) -> None:
    change(story)
    assert verify_story(story).fault is not None
    assert named in fault(story)


def test_a_half_written_last_head_is_no_fault(story: Path) -> None:
    with (story / "head.jsonl").open("ab") as file:
        file.write(b'{"ledger": "ledger.db", "num')
    assert fault(story) == ""


def test_an_older_state_put_back_is_found_by_the_head_beside_it(story: Path, tmp_path: Path) -> None:
    shutil.copy(story / "ledger.db", tmp_path / "older.db")
    publish(story, kind="draft", as_of="2021-05-02")
    shutil.copy(tmp_path / "older.db", story / "ledger.db")
    for side in ("ledger.db-wal", "ledger.db-shm"):
        (story / side).unlink(missing_ok=True)
    assert "put back to an older state" in fault(story)


# ---------------------------------------------------------------- bundles


@pytest.fixture(scope="session")
def bundle(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sealed")
    new_key(folder / "ana.pem", PASSPHRASE)
    seal_story(made, folder / "story.zip", key=open_key(folder / "ana.pem", PASSPHRASE))
    return folder / "story.zip", public_file(folder / "ana.pem")


def test_a_bundle_verifies_on_its_own_and_says_whose_it_is(bundle: tuple[Path, Path], tmp_path: Path) -> None:
    sealed, public = bundle
    found = verify_bundle(sealed, public.read_bytes())
    assert (found.fault, found.documents, found.readings) == (None, 3, 3)
    new_key(tmp_path / "other.pem", PASSPHRASE)
    other = verify_bundle(sealed, (tmp_path / "other.pub.pem").read_bytes()).fault
    assert other is not None and "signed with another key" in other.why


def test_one_byte_changed_anywhere_is_refused_and_the_place_named(bundle: tuple[Path, Path], tmp_path: Path) -> None:
    whole = bundle[0].read_bytes()
    chance = random.Random(31)
    changed = tmp_path / "changed.zip"
    for place in [0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(100))]:
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        changed.write_bytes(data)
        found = verify_bundle(changed).fault
        assert found is not None, f"byte {place} was changed and nothing was found"
        assert found.where


def remade(sealed: Path, to: Path, change: dict[str, bytes], *, sums: bool) -> Path:
    """The bundle with other files in it, as somebody makes it who knows its form."""
    with open_bundle(sealed) as given:
        files = {name: given.read(name) for name in given.namelist()}
    files |= change
    if sums:
        listed = [(name, hashlib.sha256(data).hexdigest()) for name, data in files.items() if not name.startswith(SUMS)]
        files[SUMS] = sums_of(listed)
    with to.open("wb") as file:
        write_bundle(file, files.items())
    return to


def test_a_bundle_made_anew_around_a_change_is_refused(bundle: tuple[Path, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle[0]) as given:
        changed = {"ledger/readings.jsonl": given.read("ledger/readings.jsonl").replace(b"Four people", b"Nine people")}
    one = verify_bundle(remade(bundle[0], tmp_path / "one.zip", changed, sums=False)).fault
    assert one is not None and one.where == "ledger/readings.jsonl"
    two = verify_bundle(remade(bundle[0], tmp_path / "two.zip", changed, sums=True)).fault
    assert two is not None and two.where == "SHA256SUMS.sig"
    more = verify_bundle(remade(bundle[0], tmp_path / "more.zip", {"more.txt": b"x"}, sums=False)).fault
    assert more is not None and more.where == "more.txt"


def test_without_a_signature_the_log_still_holds_the_readings(made: Path, tmp_path: Path) -> None:
    seal_story(made, tmp_path / "plain.zip")
    assert verify_bundle(tmp_path / "plain.zip").fault is None
    with zipfile.ZipFile(tmp_path / "plain.zip") as given:
        changed = {"ledger/readings.jsonl": given.read("ledger/readings.jsonl").replace(b"Four people", b"Nine people")}
    found = verify_bundle(remade(tmp_path / "plain.zip", tmp_path / "one.zip", changed, sums=True)).fault
    assert found is not None and found.where.startswith("ledger/readings.jsonl line ")


@pytest.mark.skipif(shutil.which("openssl") is None or shutil.which("sha256sum") is None, reason="needs openssl and sha256sum")
def test_a_bundle_verifies_with_common_tools(bundle: tuple[Path, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle[0]) as given:
        given.extractall(tmp_path)
    assert subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=tmp_path, check=False).returncode == 0
    signed = ["-pubin", "-inkey", "key.pub.pem", "-rawin", "-in", SUMS, "-sigfile", f"{SUMS}.sig"]
    assert subprocess.run(["openssl", "pkeyutl", "-verify", *signed], cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_a_redacted_bundle_leaves_out_a_source_and_verifies(made: Path, tmp_path: Path) -> None:
    done = seal_story(made, tmp_path / "redacted.zip", redact=["Mirela Voskan"])
    assert done.left_out > 0
    found = verify_bundle(tmp_path / "redacted.zip")
    assert (found.fault, found.documents) == (None, 1)
    with zipfile.ZipFile(tmp_path / "redacted.zip") as given:
        for name in given.namelist():
            assert b"voskan" not in given.read(name).lower()
        assert b"hospital in Tarn" in given.read("ledger/readings.jsonl")
        assert sum(json.loads(line).get("left_out", False) for line in given.read("ledger/log.jsonl").splitlines()) == done.left_out


def test_a_name_that_stands_nowhere_is_not_left_out_in_silence(made: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stands nowhere in this story"):
        seal_story(made, tmp_path / "x.zip", redact=["Olve Brandt"])
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_verify_is_not_sealed(story: Path, tmp_path: Path) -> None:
    damage(next((story / "archive").glob("??/*")))
    with pytest.raises(InputError, match="is not sealed, for it does not verify"):
        seal_story(story, tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [("said MIRELA VOSKAN", "Mirela Voskan", True), ("Mírela\nVoskan", "Mirela Voskan", True), ("analysis", "Ana", False)],
)
def test_names_are_found_as_words_in_any_case(text: str, name: str, found: bool) -> None:
    assert named_in([text], [name]) is found


# ---------------------------------------------------------------- erasing


def everything(story: Path) -> bytes:
    """All bytes under a story's folder but its editions' files."""
    return b"".join(f.read_bytes() for f in sorted(story.rglob("*")) if f.is_file() and "editions" not in f.parts)


def test_a_name_that_is_erased_is_gone_and_the_rest_verifies(story: Path) -> None:
    assert b"voskan" in everything(story).lower()
    done = erase_story(story, ["Mirela Voskan", "Voskan"], by="desk", why="the witness asked for it")
    assert len(done.documents) == 2
    assert b"voskan" not in everything(story).lower()
    assert [name.split("/")[0] for name in done.still] == ["editions"]
    found = verify_story(story)
    assert found.fault is None
    assert (found.documents, found.erased) == (3, done.rows)
    with Ledger.open(story / "ledger.db") as ledger:
        texts = [document.text for document in ledger.documents()]
        assert any("██████ ██████, who lives beside it" in text for text in texts)
        assert all(text[f.start : f.end] == f.words for r in ledger.readings() for text in [r.document.text] for f in r.figures)
        assert not ledger.search("voskan")
        (told,) = ledger.log.stored_once("erasure")
    assert {"what", "at", "by", "why", "rows"} == set(json.loads(told))
    seal_story(story, story.parent / "after.zip")
    assert verify_bundle(story.parent / "after.zip").fault is None
    assert b"voskan" not in (story.parent / "after.zip").read_bytes().lower()


def test_an_erased_document_does_not_come_back(story: Path, made: Path) -> None:
    with Ledger.open(story / "ledger.db") as ledger:
        document = next(d for d in ledger.documents() if "hospital in Tarn" in d.text)
    erase_story(story, [document.id], by="desk", why="an order of the court")
    assert b"hospital" not in everything(story).lower()
    done = compile_story([made.parent / "in"], story)
    assert [problem.what for problem in done.problems] == ["erased"]
    assert b"hospital in tarn" not in everything(story).lower()
    assert fault(story) == ""
    publish(story)
    with Ledger.open(story / "ledger.db") as ledger:
        assert [bool(each.json) for each in ledger.editions()] == [False, True]
    assert fault(story) == ""


def test_an_erased_statement_is_blackened_and_its_document_stays(story: Path) -> None:
    with Ledger.open(story / "ledger.db") as ledger:
        statement, document = next(
            (s.id, r.document.id)
            for r in ledger.readings()
            for s in r.statements
            if "crack on Sunday" in r.document.text and s.content and "crack" in r.document.text[s.content[0].start : s.content[0].end]
        )
    erase_story(story, [statement], by="desk", why="told in confidence")
    assert b"crack" not in everything(story)
    assert fault(story) == ""
    with Ledger.open(story / "ledger.db") as ledger:
        left = ledger.document(document)
    assert left is not None and "promised an inquiry" in left.text


def test_the_reason_may_not_hold_what_is_erased(story: Path) -> None:
    with pytest.raises(InputError, match="put it otherwise"):
        erase_story(story, ["Mirela Voskan"], by="desk", why="Mirela Voskan asked")
    with pytest.raises(InputError, match="stands nowhere"):
        erase_story(story, ["Olve Brandt"], by="desk", why="asked")
    assert fault(story) == ""


def test_an_erasure_that_breaks_off_can_be_done_again(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("presstime.custody.erase._remove_derived", full)
        with pytest.raises(OSError, match="No space"):
            erase_story(story, ["Mirela Voskan"], by="desk", why="asked")
    assert verify_story(story).erased == 0
    erase_story(story, ["Mirela Voskan"], by="desk", why="asked")
    assert fault(story) == ""


# ---------------------------------------------------------------- older ledgers, commands


def test_an_older_ledger_is_chained_and_marked_as_such(tmp_path: Path) -> None:
    old = tmp_path / "ledger.db"
    connection = sqlite3.connect(old)
    connection.executescript((Path(__file__).parent.parent / "cases" / "ledger" / "version-1.sql").read_text(encoding="utf-8"))
    connection.close()
    with Ledger.open(old) as ledger:
        assert next(ledger.log.rows()).kind == "chained"
        (told,) = ledger.log.stored_once("chained")
        assert "held by a ledger of version 1" in told
        kinds = [row.kind for row in ledger.log.rows()]
        assert kinds.count("document") == len(ledger.documents())
    with Ledger.open(old) as ledger:
        assert list(ledger.log.faults()) == []


def test_the_commands_say_what_they_did_and_end_with_1_where_it_does_not_fit(story: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    (tmp_path / "pass").write_bytes(PASSPHRASE + b"\n")
    key = str(tmp_path / "k.pem")
    assert run(main, ["key", "new", "-o", key, "--passphrase-file", str(tmp_path / "pass")]).exit_code == 0
    assert (tmp_path / "k.pem").stat().st_mode & 0o077 == 0
    sealed = run(main, ["seal", str(story), "-o", str(tmp_path / "b.zip"), "--key", key, "--passphrase-file", str(tmp_path / "pass")])
    assert sealed.exit_code == 0, sealed.output
    shown = run(main, ["verify", str(tmp_path / "b.zip"), "--key", str(tmp_path / "k.pub.pem")])
    assert shown.exit_code == 0 and "everything fits" in shown.output
    damage(next((story / "archive").glob("??/*")))
    shown = run(main, ["verify", str(story)])
    assert shown.exit_code == 1 and "does not fit: archive/" in shown.output
    assert run(main, ["erase", str(story), "Mirela Voskan", "--why", "asked"], input="n\n").exit_code != 0
