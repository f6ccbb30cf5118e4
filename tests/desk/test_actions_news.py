"""What is new since one last looked: counted on every page, each person's own, and gone when they say that they have looked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.app import ROUTES
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk

from .desks import PASSWORD, csrf_of, logged_in, made_story

PAGES = sorted(
    one.path for one in ROUTES if one.method == "GET" and "{" not in one.path and one.role is not None and "/api/" not in one.path
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = made_story(tmp_path)
    accounts = Accounts(folder)
    for name, role in (("Edvar Moss", "editor"), ("Oda Winter", "owner")):
        accounts.add(name, role, PASSWORD)  # type: ignore[arg-type]
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    opened.findings.close()
    yield opened
    opened.close()


def looked(desk: Desk, browser: TestClient) -> None:
    assert browser.post("/seen", data={"csrf": csrf_of(desk, browser)}).status_code == 303


def test_what_is_new_stands_on_every_page_until_one_has_looked(desk: Desk) -> None:
    editor, owner = logged_in(desk, "Edvar Moss"), logged_in(desk, "Oda Winter")
    looked(desk, editor)
    looked(desk, owner)
    assert "nothing new" in owner.get("/").text
    with desk.looking() as look:
        figure = look.column("SELECT id FROM figure ORDER BY id")[0]
        one, other = look.column("SELECT id FROM found_actor WHERE id <> 'found-mayor' ORDER BY id")[1:3]
    assert editor.post("/accept", data={"csrf": csrf_of(desk, editor), "ref": figure}).status_code == 303
    assert editor.post("/decisions/apart", data={"csrf": csrf_of(desk, editor), "one": one, "other": other}).status_code == 303
    for path in PAGES:
        answer = owner.get(path)
        if answer.status_code == 200:
            assert '<a class="news has" href="/new">2 new' in answer.text, path
    news = owner.get("/new").text
    assert "Edvar Moss" in news
    looked(desk, owner)
    assert "nothing new" in owner.get("/statements").text


def test_what_one_did_oneself_is_not_new(desk: Desk) -> None:
    editor = logged_in(desk, "Edvar Moss")
    looked(desk, editor)
    with desk.looking() as look:
        figure = look.column("SELECT id FROM figure ORDER BY id")[0]
    assert editor.post("/accept", data={"csrf": csrf_of(desk, editor), "ref": figure}).status_code == 303
    assert "nothing new" in editor.get("/").text
