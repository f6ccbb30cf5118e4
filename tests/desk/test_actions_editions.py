"""Publishing from the desk: by role, the correction note shown before it is printed, nothing published that was not looked at."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Edition, Ledger

from .desks import PASSWORD, csrf_of, logged_in, made_story


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = made_story(tmp_path)
    accounts = Accounts(folder)
    for name, role in (("Edvar Moss", "editor"), ("Rea Lind", "reader"), ("Oda Winter", "owner")):
        accounts.add(name, role, PASSWORD)  # type: ignore[arg-type]
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    yield opened
    opened.close()


def eventually(what: Any) -> Any:
    until = time.monotonic() + 60
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.1)
    assert found
    return found


def shown(browser: TestClient) -> str:
    """The page of publishing when it has been worked out."""

    def page() -> str:
        text = browser.get("/publish").text
        return "" if "is being worked out" in text or "brought up to date" in text else text

    return str(eventually(page))


def state_in(page: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def editions(desk: Desk) -> list[Edition]:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        return [one for one in ledger.editions() if "aaaaa" not in one.id]


def done(desk: Desk, answer: Any) -> str:
    """The edition that a form made."""
    assert answer.status_code == 303, answer.text[-400:]
    job = desk.jobs.get(answer.headers["location"].rpartition("/")[2])
    assert job is not None
    eventually(lambda: job.over)
    assert job.fault is None
    assert job.made is not None
    return job.made


def publish(desk: Desk, browser: TestClient, **form: str) -> str:
    form = {"csrf": csrf_of(desk, browser), "state": state_in(shown(browser)), **form}
    return done(desk, browser.post("/publish/published", data=form))


def a_toll(desk: Desk) -> tuple[str, int]:
    with desk.looking() as look:
        sql = (
            "SELECT id || ' ' || low FROM figure WHERE measure = 'killed' AND scope = 'event' AND document NOT LIKE 'hostile%' ORDER BY id"
        )
        one, _, low = look.column(sql)[0].rpartition(" ")
        return one, int(low)


def test_the_correction_note_is_shown_before_and_printed_as_shown(desk: Desk) -> None:
    owner = logged_in(desk, "Oda Winter")
    first = publish(desk, owner)
    assert "None: every line of the edition before stands." in shown(owner)
    toll, low = a_toll(desk)
    key = {"x-csrf-token": csrf_of(desk, owner)}
    answer = owner.patch(f"/api/v1/records/{toll}", json={"fields": {"low": low + 31, "high": low + 31, "qualifier": "exact"}}, headers=key)
    assert answer.status_code == 200
    page = shown(owner)
    note = re.search(r'<p class="note"><bdi>(.*?)</bdi>', page, re.S)
    assert note is not None
    assert str(low + 31) in note[1]
    second = publish(desk, owner)
    made = {one.id: one for one in editions(desk)}
    assert made[first].correction is None or str(low + 31) not in made[first].correction
    assert made[second].correction is not None
    import html

    assert html.unescape(note[1]).splitlines()[1:] == made[second].correction.splitlines()[1:]
    assert str(low + 31) in owner.get(f"/editions/{second}").text


def test_what_changed_since_it_was_looked_at_is_not_published(desk: Desk) -> None:
    owner, editor = logged_in(desk, "Oda Winter"), logged_in(desk, "Edvar Moss")
    state = state_in(shown(owner))
    toll, _ = a_toll(desk)
    assert editor.post("/accept", data={"csrf": csrf_of(desk, editor), "ref": toll}).status_code == 303
    answer = owner.post("/publish/published", data={"csrf": csrf_of(desk, owner), "state": state})
    assert answer.status_code == 409
    assert "Nothing was published" in answer.text
    assert editions(desk) == []


def test_owners_publish_editors_draft_readers_neither(desk: Desk) -> None:
    editor, reader = logged_in(desk, "Edvar Moss"), logged_in(desk, "Rea Lind")
    page = shown(editor)
    assert "/publish/published" not in page
    form = {"csrf": csrf_of(desk, editor), "state": "0-0-0-0"}
    assert editor.post("/publish/published", data=form).status_code == 403
    for path in ("/publish/published", "/publish/draft"):
        assert reader.post(path, data={"csrf": csrf_of(desk, reader)}).status_code == 403
    assert reader.get("/publish").status_code == 403
    made = done(desk, editor.post("/publish/draft", data={"csrf": csrf_of(desk, editor), "as_of": "2026-03-03T20:00", "evidence": "full"}))
    assert [(one.id, one.kind) for one in editions(desk)] == [(made, "draft")]
    assert editions(desk)[0].as_of.startswith("2026-03-03T20:00")
    assert made in editor.get("/editions").text


@pytest.mark.parametrize("form", [{"as_of": "soon"}, {"as_of": "2999-01-01T00:00"}, {"evidence": "everything"}])
def test_an_edition_that_cannot_be_is_refused(desk: Desk, form: dict[str, str]) -> None:
    owner = logged_in(desk, "Oda Winter")
    data = {"csrf": csrf_of(desk, owner), "state": state_in(shown(owner)), **form}
    assert owner.post("/publish/published", data=data).status_code == 400
    assert editions(desk) == []


def test_an_editions_files_are_taken_along_and_never_shown_as_a_page(desk: Desk) -> None:
    editor, reader = logged_in(desk, "Edvar Moss"), logged_in(desk, "Rea Lind")
    made = done(desk, editor.post("/publish/draft", data={"csrf": csrf_of(desk, editor), "as_of": "2026-03-03T20:00"}))
    answer = editor.get(f"/download/{made}")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert {f"{made}/report.html", f"{made}/brief.md", f"{made}/findings.json"} <= set(packed.namelist())
    assert reader.get(f"/download/{made}").status_code == 403
    for path in ("..%2f..%2fledger.db", "%2e%2e%2fledger.db", "x/../../ledger.db", "nothing"):
        assert editor.get(f"/download/{path}").status_code in (404, 400)


def test_what_is_confidential_is_in_no_edition(desk: Desk) -> None:
    owner = logged_in(desk, "Oda Winter")
    with desk.looking() as look:
        document = look.column("SELECT document FROM statement WHERE document NOT LIKE 'hostile%' ORDER BY id")[0]
    form = {"csrf": csrf_of(desk, owner), "of": document, "keep": "confidential", "seen": ""}
    assert owner.post("/marks/keep-out", data=form).status_code == 303
    made = publish(desk, owner, evidence="full")
    assert [one.kind for one in editions(desk)] == ["published"]
    with zipfile.ZipFile(io.BytesIO(owner.get(f"/download/{made}").content)) as packed:
        for name in packed.namelist():
            assert document not in packed.read(name).decode("utf-8", "replace"), name
