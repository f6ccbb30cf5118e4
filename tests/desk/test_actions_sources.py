"""Adding material from the desk: pasted, dropped, fetched; read behind the page, and nothing else reached by it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.actions_sources import MOST_FILES_BYTES
from presstime.desk.incoming import INCOMING, LONGEST_NAME, _safe_name
from presstime.desk.jobs import Job
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Ledger

from .desks import ATTACK, PASSWORD, csrf_of, logged_in, made_story

TEXT = "“We need boats by nightfall,” Ina Sorel, the mayor of Velm, said on Wednesday.\n\nAt least 12 people drowned, she said.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = made_story(tmp_path_factory.mktemp("sources"))
    accounts = Accounts(folder)
    accounts.add("Edvar Moss", "editor", PASSWORD)
    accounts.add("Rea Lind", "reader", PASSWORD)
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    yield opened
    opened.close()


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    return logged_in(desk, "Edvar Moss")


def over(desk: Desk, answer: Any) -> Job:
    """The job that a form began, when it is over."""
    assert answer.status_code == 303, answer.text[-300:]
    job = desk.jobs.get(answer.headers["location"].rpartition("/")[2])
    assert job is not None
    until = time.monotonic() + 60
    while not job.over and time.monotonic() < until:
        time.sleep(0.05)
    assert job.over, job
    return job


def paste(desk: Desk, browser: TestClient, **form: str) -> Job:
    return over(desk, browser.post("/sources/paste", data={"csrf": csrf_of(desk, browser), **form}))


def drop(desk: Desk, browser: TestClient, *files: tuple[str, bytes]) -> Any:
    return browser.post("/sources/files", data={"csrf": csrf_of(desk, browser)}, files=[("files", file) for file in files])


def raw_files(desk: Desk) -> list[bytes]:
    return [file.read_bytes() for file in (desk.folder / "archive").glob("??/*")]


def test_a_pasted_text_is_read_and_its_readings_are_shown(desk: Desk, browser: TestClient) -> None:
    job = paste(
        desk, browser, text=TEXT, outlet="The Velm Courier", published="2026-03-04", headline="Velm asks for boats", byline="T. Moen"
    )
    assert (job.state, job.done, job.total, job.problems) == ("done", 1, 1, [])
    page = browser.get(f"/jobs/{job.id}").text
    assert "Velm asks for boats" in page
    assert "data-refresh" not in page.partition("<main")[2]
    document = browser.get(f"/documents/{job.documents[0]}").text
    assert "We need boats by nightfall" in document
    assert "The Velm Courier" in document
    assert "T. Moen" in document
    said = browser.get("/api/v1/statements", params={"document": job.documents[0]}).json()["items"]
    assert {one["speaker"] for one in said} == {"Ina Sorel"}
    assert [one["low"] for one in browser.get("/api/v1/figures", params={"document": job.documents[0]}).json()["items"]] == [12]
    assert any(TEXT.strip().encode() in each for each in raw_files(desk))
    assert not (desk.folder / INCOMING).exists(), "what is in the ledger is not kept twice"
    again = paste(
        desk, browser, text=TEXT, outlet="The Velm Courier", published="2026-03-04", headline="Velm asks for boats", byline="T. Moen"
    )
    assert (again.documents, again.known) == ([], job.documents)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"text": "  \n "}, "text of a report"),
        ({"text": TEXT, "published": "last week"}, "is no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "http"),
        ({"text": TEXT, "outlet": "x" * 1500}, "too long"),
    ],
)
def test_a_paste_that_cannot_be_is_refused(desk: Desk, browser: TestClient, form: dict[str, str], why: str) -> None:
    answer = browser.post("/sources/paste", data={"csrf": csrf_of(desk, browser), **form})
    assert answer.status_code == 400
    assert why in answer.text
    assert not (desk.folder / INCOMING).exists()


def test_a_line_break_in_a_field_makes_no_field_of_its_own(desk: Desk, browser: TestClient) -> None:
    job = paste(desk, browser, text="One person was missing in Oulm.", outlet="Courier\nByline: Somebody Else", published="2026-03-04")
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        document = ledger.document(job.documents[0])
    assert document is not None
    assert document.byline is None
    assert document.outlet == "Courier Byline: Somebody Else"


def test_files_are_read_and_what_cannot_be_is_told_in_words(desk: Desk, browser: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("oulm.txt", "Three people were injured in Oulm, the hospital said.")
    files = (
        ("../../../outside.txt", b"Two people died in Velm, police said."),
        ("pack.zip", packed.getvalue()),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20),
    )
    job = over(desk, drop(desk, browser, *files))
    assert job.state == "done"
    assert len(job.documents) == 2
    assert [one.where for one in job.problems] == ["photo.jpg"]
    page = browser.get(f"/jobs/{job.id}").text
    assert "photo.jpg" in page
    assert "outside" in page
    assert b"Two people died in Velm, police said." in raw_files(desk)
    assert not (desk.folder / INCOMING).exists()
    assert not list(desk.folder.parent.glob("**/outside.txt"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\note.md", "note.md"),
        ("a\x00b\nc:d?.txt", "a_b_c_d_.txt"),
        ("..", "file"),
        ("", "file"),
        (".hidden", "hidden"),
        ("Şuşa 3.txt", "Şuşa 3.txt"),
    ],
)
def test_a_files_name_is_its_own_and_no_path(given: str, kept: str) -> None:
    assert _safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = _safe_name("ж" * 400 + ".pdf")
    assert name.endswith("ж.pdf")
    assert len(name.encode()) <= LONGEST_NAME


def test_no_file_and_too_much(desk: Desk, browser: TestClient) -> None:
    assert browser.post("/sources/files", data={"csrf": csrf_of(desk, browser)}).status_code == 400
    assert drop(desk, browser, *((f"{number}.txt", b"x") for number in range(101))).status_code == 400
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": str(MOST_FILES_BYTES + 1)}
    assert browser.post("/sources/files", content=b"--x", headers=headers).status_code == 413
    assert not (desk.folder / INCOMING).exists()


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "file:///etc/passwd", "ledger.db", "../story.toml", "", "ftp://velm.example/x", "https://a b"]
)
def test_what_is_no_address_is_not_opened(desk: Desk, browser: TestClient, url: str) -> None:
    before = desk.jobs.last()
    assert browser.post("/sources/address", data={"csrf": csrf_of(desk, browser), "url": url}).status_code == 400
    assert desk.jobs.last() == before


def test_an_address_inside_is_refused_by_the_guard(desk: Desk, browser: TestClient) -> None:
    asked: list[str] = []

    class Inside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"the router's secret")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Inside)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = server.server_address[1]
        job = over(desk, browser.post("/sources/address", data={"csrf": csrf_of(desk, browser), "url": f"http://127.0.0.1:{port}/admin"}))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    assert job.documents == []
    assert [one.what for one in job.problems] == ["refused"]
    page = browser.get(f"/jobs/{job.id}").text
    assert "router" not in page
    assert job.problems[0].why.split(".")[0][:40] in page


def test_readers_add_nothing_and_see_no_job(desk: Desk, browser: TestClient) -> None:
    job = desk.jobs.last()[0] if desk.jobs.last() else paste(desk, browser, text="Four people drowned in Oulm.")
    reader = logged_in(desk, "Rea Lind")
    form = {"csrf": csrf_of(desk, reader), "text": TEXT, "url": "https://velm.example/"}
    for path in ("/sources/paste", "/sources/files", "/sources/address", f"/jobs/{job.id}/stop"):
        assert reader.post(path, data=form).status_code == 403
    for path in ("/sources", f"/jobs/{job.id}"):
        assert reader.get(path).status_code == 403


def test_markup_in_what_is_added_is_text(desk: Desk, browser: TestClient) -> None:
    job = paste(desk, browser, text=f"The ferry sank, {ATTACK} said.", headline=ATTACK, outlet=ATTACK)
    other = over(desk, drop(desk, browser, (f"{ATTACK}.bin", bytes(range(256)) * 8)))
    for path in (f"/jobs/{job.id}", f"/jobs/{other.id}", "/sources", "/problems", "/new"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_what_was_broken_off_is_taken_up_again(tmp_path: Path) -> None:
    folder = made_story(tmp_path)
    place = folder / INCOMING / "0123456789abcdef"
    (place / "1").mkdir(parents=True)
    (place / "1" / "oulm.txt").write_text("Five people were injured in Oulm, the hospital said.", encoding="utf-8")
    (place / "job.json").write_text(
        '{"title": "oulm.txt", "by": "Edvar Moss", "at": "2026-03-04T10:00:00+01:00", "inputs": ["1/oulm.txt"]}'
    )
    (folder / INCOMING / "torn").mkdir()
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    try:
        job = desk.jobs.get("0123456789abcdef")
        assert job is not None
        until = time.monotonic() + 60
        while not job.over and time.monotonic() < until:
            time.sleep(0.05)
        assert job.state == "done"
        assert len(job.documents) == 1
        assert not (folder / INCOMING).exists()
    finally:
        desk.close()


def test_a_desk_that_is_closed_keeps_what_it_was_given(tmp_path: Path) -> None:
    folder = made_story(tmp_path)
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    desk.accounts.add("Edvar Moss", "editor", PASSWORD)
    desk.alone = False
    browser = logged_in(desk, "Edvar Moss")
    answer = browser.post("/sources/paste", data={"csrf": csrf_of(desk, browser), "text": TEXT})
    desk.close()
    left = list((folder / INCOMING).glob("*/pasted.txt"))
    with Ledger.open(folder / "ledger.db") as ledger:
        entered = any("We need boats" in one.text for one in ledger.documents())
    assert answer.status_code == 303
    assert entered or len(left) == 1
