"""`--workers` of read and compile: the same as without, gone on with where a run was killed, and what costs too much is told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from presstime import Compiled, Reading
from presstime.cli import main
from presstime.compile import compile_story
from presstime.ledger import Ledger

DOCUMENTS = Path(__file__).parent.parent / "examples" / "corrow-dam" / "documents"
LONG = "The mayor of Sarn, Ilan Voss, said that at least 12 people were injured when the bridge fell. The company denied it.\n\n" * 40
LINES = [{"id": str(number), "text": LONG, "published": "2026-03-03"} for number in range(8)]


def presstime(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], prog_name="presstime")


def told(output: str | bytes) -> list[dict[str, Any]]:
    """Readings as JSON, without the moment when their documents were gathered."""
    found = [json.loads(line) for line in output.splitlines()]
    for each in found:
        del each["document"]["gathered"]
    return found


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in LINES), encoding="utf-8")
    return path


# ---------------------------------------------------------------- read


def test_read_gives_the_same_with_workers_as_without() -> None:
    plain, many = presstime("read", DOCUMENTS), presstime("read", DOCUMENTS, "--workers", "2")
    assert len(told(plain.stdout)) > 15
    assert told(many.stdout) == told(plain.stdout)
    assert (many.exit_code, many.stderr) == (plain.exit_code, plain.stderr)


@pytest.mark.parametrize("workers", [[], ["--workers", "2"]])
def test_a_run_that_is_killed_and_started_again_repeats_nothing(workers: list[str], lines: Path, tmp_path: Path) -> None:
    out, part = tmp_path / "readings.jsonl", tmp_path / ".readings.jsonl.part"
    arguments = ["read", "--from", "jsonl", str(lines), "--out", str(out), *workers]
    run = subprocess.Popen([sys.executable, "-m", "presstime", *arguments])
    end = time.monotonic() + 60
    while not part.exists() or part.read_bytes().count(b"\n") < 2:
        assert run.poll() is None and time.monotonic() < end, "it was over before it could be killed"
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert not out.exists()
    kept = part.read_bytes()
    kept = kept[: kept.rindex(b"\n") + 1]
    assert 2 <= kept.count(b"\n") < len(LINES)
    time.sleep(1.1)  # so that what is gathered anew has another moment
    again = presstime(*arguments)
    assert again.exit_code == 0 and not part.exists()
    whole = out.read_bytes()
    assert whole.startswith(kept), "what was written stays to the byte"
    readings = [msgspec.json.decode(line, type=Reading) for line in whole.splitlines()]
    assert [each.document.id for each in readings] == [each["id"] for each in LINES]
    assert readings[-1].document.gathered != readings[0].document.gathered
    presstime("read", "--from", "jsonl", lines, "--out", tmp_path / "at-once.jsonl")
    assert told(whole) == told((tmp_path / "at-once.jsonl").read_bytes())


def test_a_run_that_is_interrupted_leaves_no_worker_and_says_how_to_go_on(lines: Path, tmp_path: Path) -> None:
    part = tmp_path / ".readings.jsonl.part"
    arguments = ["read", "--from", "jsonl", str(lines), "--out", str(tmp_path / "readings.jsonl"), "--workers", "2"]
    command = [sys.executable, "-m", "presstime", *arguments]
    run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not part.exists() or not part.read_bytes():
        assert run.poll() is None and time.monotonic() < end, "it was over before it could be interrupted"
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    _, told_at_end = run.communicate(timeout=30)
    assert run.returncode == 1
    assert told_at_end.strip() == b"presstime: stopped; what was entered is kept: run it again to go on"
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    assert part.read_bytes().endswith(b"\n")


def test_two_runs_do_not_write_the_same_file(lines: Path, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (tmp_path / ".out.jsonl.part").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        done = presstime("read", "--from", "jsonl", lines, "--out", tmp_path / "out.jsonl")
    assert done.exit_code == 1
    assert "another run is writing" in done.stderr and done.stderr.count("\n") == 1


def test_a_document_over_its_time_is_a_problem_and_status_3(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in (LINES[0], {"id": "long", "text": LONG * 40})), encoding="utf-8")
    done = presstime("read", "--from", "jsonl", path, "--workers", "1", "--time-limit", "1.5", "--json")
    assert done.exit_code == 3
    assert [(each["document"]["id"], len(each["statements"]) > 0) for each in told(done.stdout)] == [("0", True), ("long", False)]
    problem = json.loads(done.stderr.splitlines()[0])
    assert (problem["where"], problem["what"]) == ("long", "too-slow")


@pytest.mark.parametrize("command", ["read", "compile"])
@pytest.mark.parametrize(
    "wrong", [["--workers", "0"], ["--workers", "two"], ["--time-limit", "5"], ["--workers", "1", "--memory-limit", "-1"]]
)
def test_misuse_is_status_2(command: str, wrong: list[str], tmp_path: Path) -> None:
    assert presstime(command, DOCUMENTS, "--out", tmp_path / "out", *wrong).exit_code == 2
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- compile


def test_compile_gives_the_same_with_workers_as_without(compiled: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "corrow-dam"
    folder.mkdir()
    shutil.copy(compiled.folder / "story.toml", folder)
    done = compile_story([DOCUMENTS], folder, as_of="2026-03-04T12:00", workers=2)
    assert (done.documents, done.new, done.problems) == (compiled.documents, compiled.new, compiled.problems)
    assert done.findings.read_bytes() == compiled.findings.read_bytes()
    with Ledger.open(folder / "ledger.db") as one, Ledger.open(compiled.folder / "ledger.db") as other:
        assert [each.document.id for each in one.readings()] == [each.document.id for each in other.readings()]


def test_what_was_given_up_on_is_tried_again_only_where_limits_are_given(tmp_path: Path) -> None:
    reports, story = tmp_path / "reports", tmp_path / "story"
    reports.mkdir()
    (reports / "long.txt").write_text(LONG * 3, encoding="utf-8")
    (reports / "short.txt").write_text("Five people were killed in Sarn, Ilan Voss said.", encoding="utf-8")

    def kinds_and_statements(*arguments: str) -> tuple[list[str], int]:
        done = presstime("compile", reports, "--out", story, "--json", *arguments)
        with Ledger.open(story / "ledger.db") as ledger:
            return [each["what"] for each in json.loads(done.stdout)["problems"]], sum(len(each.statements) for each in ledger.readings())

    assert kinds_and_statements("--workers", "1", "--time-limit", "0.4") == (["too-slow"], 1)
    assert kinds_and_statements("--workers", "1") == (["too-slow"], 1)
    kinds, statements = kinds_and_statements("--workers", "1", "--time-limit", "100")
    assert kinds == [] and statements > 100
