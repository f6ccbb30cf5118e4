"""Findings follow what people do, behind the pages; whoever saves goes before; and nothing acknowledged is lost, whatever happens."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from presstime.corrections import accept
from presstime.desk.accounts import Accounts
from presstime.desk.recombining import Recombiner
from presstime.ledger import BusyError, Ledger
from presstime.ledger.opening import transaction

from .desks import PASSWORD, alone, csrf_of, made_story

KILLS = 10
SERVER = """
import sys
from pathlib import Path
import uvicorn
from presstime.desk.app import create_app
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
folder, port = Path(sys.argv[1]), int(sys.argv[2])
uvicorn.run(create_app(Desk(folder, allowed_hosts("127.0.0.1", port))), host="127.0.0.1", port=port, log_level="error")
"""


def killed(folder: Path) -> list[str]:
    with Ledger.open(folder / "ledger.db") as ledger:
        return [one.id for reading in ledger.corrected_readings() for one in reading.figures if one.measure == "killed"]


def test_a_correction_is_in_the_findings_a_moment_later(tmp_path: Path) -> None:
    with alone(made_story(tmp_path)) as (desk, browser):
        desk.findings.changed()
        assert desk.findings.wait(60)
        assert desk.findings.fault is None
        with desk.looking() as look:
            ref = look.value("SELECT figure FROM series_point p JOIN figure f ON f.id = p.figure WHERE f.low = f.high LIMIT 1")
        page = browser.get(f"/correct/figure/{ref}").text
        assert "Save" in page
        form = {"csrf": csrf_of(desk, browser), "low": "77777", "high": "77777", "was": '{"low": "", "high": ""}', "seen": ""}
        assert browser.post(f"/correct/figure/{ref}", data=form).status_code == 303
        with desk.looking() as look:
            assert look.value("SELECT low FROM figure WHERE id = :ref", ref=ref) == 77777, "the correction itself is there at once"
        assert desk.findings.busy
        assert "Findings are being brought up to date" in browser.get("/figures").text
        assert desk.findings.wait(60)
        assert "Findings are being brought up to date" not in browser.get("/figures").text
        with desk.looking() as look:
            assert look.value("SELECT low FROM series_point WHERE figure = :ref", ref=ref) == 77777


def test_ten_changes_in_a_row_are_combined_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []
    recombiner = Recombiner(made_story(tmp_path), after=0.3)
    monkeypatch.setattr(recombiner, "_combine", lambda: made.append(time.monotonic()))
    for _ in range(10):
        recombiner.changed()
        time.sleep(0.02)
    assert recombiner.wait(20)
    recombiner.close()
    assert len(made) == 1


def test_combining_gives_way_to_whoever_saves_and_is_done_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A combining that would hold the ledger for a minute: the save does not wait for it."""
    folder = made_story(tmp_path)
    begun = threading.Event()
    runs: list[str] = []

    def endless(ledger: Ledger, **_: Any) -> Any:
        runs.append("begun")
        with ledger.bench():
            begun.set()
            if len(runs) == 1:
                ledger._connection.execute(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
                ).fetchone()
        return ledger.findings()

    monkeypatch.setattr("presstime.combine.combine", endless)
    recombiner = Recombiner(folder, after=0.1)
    recombiner.changed()
    assert begun.wait(20)
    ref = killed(folder)[0]
    started = time.monotonic()
    with recombiner.going_before(), Ledger.open(folder / "ledger.db") as ledger:
        ledger.wait_at_most(10)
        entry = accept(ledger, ref, by="Adela Morn")
    assert time.monotonic() - started < 3
    assert recombiner.busy
    assert recombiner.wait(20)
    recombiner.close()
    assert recombiner.broken_off == 1
    assert runs == ["begun", "begun"]
    with Ledger.open(folder / "ledger.db") as ledger:
        assert ledger.corrections()[-1] == entry


def test_somebody_who_saves_without_a_pause_does_not_keep_findings_from_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recombiner = Recombiner(made_story(tmp_path), after=0.2, patience=0.5)
    done = threading.Event()
    monkeypatch.setattr(recombiner, "_combine", done.set)
    with recombiner.going_before():
        until = time.monotonic() + 10
        while not done.is_set() and time.monotonic() < until:
            recombiner.changed()
            time.sleep(0.05)
    recombiner.close()
    assert done.is_set()


def test_findings_that_cannot_be_made_are_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with alone(made_story(tmp_path)) as (desk, browser):
        monkeypatch.setattr(desk.findings, "_combine", lambda: (_ for _ in ()).throw(ValueError("<b>no</b>")))
        desk.findings.changed()
        assert desk.findings.wait(20)
        page = browser.get("/figures").text
        assert "Findings are not up to date" in page
        assert "<b>no</b>" not in page
        monkeypatch.undo()
        desk.findings.changed()
        assert desk.findings.wait(60)
        assert desk.findings.fault is None


def test_where_another_process_writes_nothing_is_lost_and_nobody_waits_long(tmp_path: Path) -> None:
    with alone(made_story(tmp_path)) as (desk, browser):
        ref = killed(tmp_path)[0]
        form = {"csrf": csrf_of(desk, browser), "ref": ref, "seen": "", "why": "the clerk's <list>", "back": "/review"}
        with Ledger.open(tmp_path / "ledger.db") as other, transaction(other._connection):
            started = time.monotonic()
            answer = browser.post("/accept", data=form)
            assert time.monotonic() - started < 5
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "2"
        assert "Not kept yet" in answer.text
        assert 'name="why" value="the clerk&#39;s &lt;list&gt;"' in answer.text
        with Ledger.open(tmp_path / "ledger.db") as ledger:
            assert ledger.corrections() == ()
        assert browser.post("/accept", data=form).status_code == 303


def test_a_disk_that_is_full_is_no_other_process(tmp_path: Path) -> None:
    with Ledger.open(made_story(tmp_path) / "ledger.db") as ledger:
        ledger._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(Exception, match="full") as raised:
            accept(ledger, killed(tmp_path)[0], by="Adela Morn" * 50_000)
        assert not isinstance(raised.value, BusyError)


def test_killed_ten_times_while_correcting_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """A real server, killed without warning in the middle of saving; each time what it had answered is in the ledger."""
    folder = made_story(tmp_path)
    accounts = Accounts(folder)
    accounts.add("Oda Winter", "owner", PASSWORD)
    key = accounts.add_key("killer", "editor")
    accounts.close()
    refs = killed(folder)
    acknowledged: list[tuple[str, str]] = []
    for turn in range(KILLS):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(folder), str(port)])
        headers = {"authorization": f"Bearer {key}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20) as client:
            for _ in range(300):
                try:
                    client.get("/help")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            stop = threading.Timer(0.1 + 0.03 * turn, server.send_signal, (signal.SIGKILL,))
            for number in range(1, 5_000):
                value, ref = f"turn {turn}, {number}", refs[number % len(refs)]
                form = {"cause": value, "was": '{"cause": ""}', "back": "/review"}
                try:
                    answer = client.post(f"/correct/figure/{ref}", data=form)
                except httpx.TransportError:
                    break
                assert answer.status_code == 303
                acknowledged.append((ref, value))
                if number == 1:
                    stop.start()
            stop.join()
            server.kill()
            server.wait(20)
        with Ledger.open(folder / "ledger.db") as ledger:
            entered = {one.after for one in ledger.corrections()}
            standing = {one.id: one.cause for reading in ledger.corrected_readings() for one in reading.figures}
        assert {f'"{value}"' for _, value in acknowledged} <= entered
        on_the_way = (refs[number % len(refs)], f"turn {turn}, {number}")  # sent, and not answered: it may be there or not
        assert all((ref, standing[ref]) in ((ref, value), on_the_way) for ref, value in dict(acknowledged).items())
    assert len(acknowledged) > 2 * KILLS
