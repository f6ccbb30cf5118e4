"""Who may come in: every route and every role, sessions, cookies, tokens, forms from elsewhere, names and hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import ROLES
from presstime.desk.app import ROUTES
from presstime.desk.limits import FAILURES, WINDOW, Attempts
from presstime.desk.routing import COOKIE, Route
from presstime.desk.security import MOST_BODY, allowed_hosts
from presstime.desk.state import Desk, check_place
from presstime.problems import InputError

from .desks import BASE, HOST, PASSWORD, alone, client, csrf_of, logged_in, made_story

PEOPLE = {"reader": "Rea Lind", "editor": "Edvar Moss", "owner": "Oda Winter"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from presstime.desk.accounts import Accounts

    folder = made_story(tmp_path_factory.mktemp("desk"))
    accounts = Accounts(folder)
    for role, name in PEOPLE.items():
        accounts.add(name, role, PASSWORD)  # type: ignore[arg-type]
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    yield opened
    opened.close()


def address(route: Route) -> str:
    return re.sub(r"\{\w+(:path)?\}", "nothing-by-that-id", route.path).replace("/assets/nothing-by-that-id", "/assets/desk.css")


def ask(browser: TestClient, route: Route, **more: Any) -> int:
    return browser.request(route.method, address(route), **more).status_code


# ---------------------------------------------------------------- every route, every role


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_nobody_gets_in_without_a_session(desk: Desk, route: Route) -> None:
    answer = client(desk).request(route.method, address(route))
    if route.role is None:
        assert route.path in {"/enter", "/login", "/left", "/assets/{name}"}, "a route for everybody is a decision: name it here"
    elif route.path.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.json()["error"]["status"] == 401
    elif route.method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login")
        assert "flood" not in answer.text
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_forced_browsing_is_refused_by_role(desk: Desk, route: Route, role: str) -> None:
    browser = logged_in(desk, PEOPLE[role])
    form = {"csrf": csrf_of(desk, browser)}
    status = ask(browser, route, **({} if route.method == "GET" else {"data": form}))
    if route.role is not None and ROLES.index(role) < ROLES.index(route.role):  # type: ignore[arg-type]
        assert status == 403
    elif route.role is not None:
        assert status not in (401, 403)
        assert status < 500


def test_what_is_in_no_table_is_not_answered(desk: Desk) -> None:
    browser = logged_in(desk, PEOPLE["owner"])
    assert browser.get("/nowhere").status_code == 404
    assert browser.post("/documents", data={"csrf": csrf_of(desk, browser)}).status_code == 405
    assert browser.get("/api/v1/nowhere").json()["error"]["status"] == 404


# ---------------------------------------------------------------- logging in


def test_a_name_and_its_password_open_a_session_with_a_careful_cookie(desk: Desk) -> None:
    browser = client(desk)
    answer = browser.post("/login", data={"name": PEOPLE["editor"], "password": PASSWORD, "back": "/statements?act=denial"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/statements?act=denial"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert browser.get("/").status_code == 200
    secret = browser.cookies[COOKIE]
    assert secret.encode() not in desk.accounts.path.read_bytes()
    browser.post("/logout", data={"csrf": csrf_of(desk, browser)})
    browser.cookies.set(COOKIE, secret)
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example", "/ok\n/x"]
)
def test_logging_in_leads_nowhere_else(desk: Desk, back: str) -> None:
    answer = client(desk).post("/login", data={"name": PEOPLE["editor"], "password": PASSWORD, "back": back})
    assert answer.headers["location"] == "/"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(desk: Desk) -> None:
    wrong = client(desk).post("/login", data={"name": PEOPLE["reader"], "password": "not that one, no"})
    unknown = client(desk).post("/login", data={"name": "Nobody Known", "password": "not that one, no"})
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text == unknown.text
    assert "set-cookie" not in wrong.headers


def test_after_some_wrong_passwords_the_right_one_must_wait(desk: Desk) -> None:
    name = PEOPLE["owner"]
    for _ in range(FAILURES):
        assert client(desk).post("/login", data={"name": name, "password": "guess guess guess"}).status_code == 403
    answer = client(desk).post("/login", data={"name": name.upper(), "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW
    desk.attempts.went_well(name)


def test_failures_are_forgotten_after_a_quarter_of_an_hour() -> None:
    now = 1000.0
    attempts = Attempts(clock=lambda: now)
    for _ in range(FAILURES):
        assert attempts.wait("Oda", "10.0.0.1") == 0
        attempts.failed("Oda", "10.0.0.1")
    assert attempts.wait("oda ", "10.0.0.2") == int(WINDOW)
    assert attempts.wait("Another", "10.0.0.1") == 0
    now += WINDOW + 1
    assert attempts.wait("Oda", "10.0.0.1") == 0


def test_one_address_cannot_try_many_names() -> None:
    attempts = Attempts(clock=lambda: 5.0)
    for number in range(25):
        attempts.failed(f"name {number}", "10.0.0.9")
    assert attempts.wait("a fresh name", "10.0.0.9") > 0
    assert attempts.wait("a fresh name", "10.0.0.8") == 0


def test_a_role_that_was_changed_holds_at_once_and_ends_its_sessions(desk: Desk) -> None:
    desk.accounts.add("Tem Porary", "owner", PASSWORD)
    browser = logged_in(desk, "Tem Porary")
    assert browser.get("/accounts").status_code == 200
    desk.accounts.add("Tem Porary", "reader", PASSWORD)
    assert browser.get("/accounts").status_code == 303
    assert logged_in(desk, "Tem Porary").get("/accounts").status_code == 403
    desk.accounts.remove("Tem Porary")


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("x" * 61, PASSWORD), ("a\nb\x00", PASSWORD), ("Ina", "short")])
def test_accounts_that_cannot_be(desk: Desk, name: str, password: str) -> None:
    with pytest.raises(InputError):
        desk.accounts.add(name, "reader", password)


def test_passwords_are_kept_as_argon2_only(desk: Desk) -> None:
    kept = desk.accounts.path.read_bytes() + Path(f"{desk.accounts.path}-wal").read_bytes()
    assert b"$argon2id$" in kept
    assert PASSWORD.encode() not in kept
    assert desk.accounts.path.stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- keys for scripts


def test_a_key_may_what_its_role_may(desk: Desk) -> None:
    key = desk.accounts.add_key("a script", "reader")
    script = client(desk)
    script.headers = {"authorization": f"Bearer {key}", "host": HOST}  # type: ignore[assignment]
    assert script.get("/api/v1/overview").status_code == 200
    assert script.get("/api/v1/candidates").status_code == 403
    assert script.get("/api/v1/overview", headers={"authorization": f"Bearer {key}x"}).status_code == 401
    assert desk.accounts.add_key("a script", "reader") != key
    assert script.get("/api/v1/overview").status_code == 401


# ---------------------------------------------------------------- forms from elsewhere


def test_a_form_without_the_sessions_token_is_refused(desk: Desk) -> None:
    browser = logged_in(desk, PEOPLE["editor"])
    token = csrf_of(desk, browser)
    for data in ({}, {"csrf": ""}, {"csrf": token[:-1]}, {"csrf": csrf_of(desk, logged_in(desk, PEOPLE["editor"]))}):
        assert browser.post("/seen", data=data).status_code == 403
    assert browser.post("/seen", data={"csrf": token}).status_code == 303
    assert browser.post("/seen", headers={"x-csrf-token": token}).status_code == 303


def test_a_form_sent_from_another_site_is_refused_even_with_the_token(desk: Desk) -> None:
    browser = logged_in(desk, PEOPLE["editor"])
    form = {"csrf": csrf_of(desk, browser)}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999", f"http://{HOST}.evil.example"):
        assert browser.post("/seen", data=form, headers={"origin": origin}).status_code == 403
    del browser.headers["origin"]
    assert browser.post("/seen", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_logging_in_from_another_site_is_refused(desk: Desk) -> None:
    data = {"name": PEOPLE["editor"], "password": PASSWORD}
    assert client(desk).post("/login", data=data, headers={"origin": "https://evil.example"}).status_code == 403
    bare = client(desk)
    del bare.headers["origin"]
    assert bare.post("/login", data=data).status_code == 403


# ---------------------------------------------------------------- one person, one token


def test_the_token_is_good_once(tmp_path: Path) -> None:
    made_story(tmp_path)
    with alone(tmp_path) as (desk, browser):
        assert browser.get("/").status_code == 200
        assert desk.token is None
        assert client(desk).get("/enter?token=").status_code == 401
        assert client(desk).get("/").status_code == 401
        secret = browser.cookies[COOKIE]
    again = Desk(tmp_path, allowed_hosts("127.0.0.1", 8642))
    try:
        other = client(again)
        other.cookies.set(COOKIE, secret)
        assert other.get("/").status_code == 401, "a desk that is started anew knows no earlier session"
        assert other.get("/enter?token=wrong").status_code == 401
        assert again.token is not None
    finally:
        again.close()


def test_a_desk_with_accounts_has_no_token(desk: Desk) -> None:
    assert desk.token is None
    assert client(desk).get("/enter?token=None").status_code == 404


def test_a_desk_without_accounts_is_for_this_machine_only() -> None:
    with pytest.raises(InputError, match="--add-account"):
        check_place("0.0.0.0", alone=True)
    check_place("127.0.0.1", alone=True)
    check_place("0.0.0.0", alone=False)


# ---------------------------------------------------------------- hosts, lengths, paths


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8642", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8642.evil.example", "localhost:1", ""]
)
def test_another_name_for_this_machine_is_not_answered(desk: Desk, host: str) -> None:
    answer = logged_in(desk, PEOPLE["owner"]).get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "flood" not in answer.text


def test_this_machines_names_are_answered(desk: Desk) -> None:
    for host in ("127.0.0.1:8642", "localhost:8642", "LOCALHOST:8642"):
        assert logged_in(desk, PEOPLE["reader"]).get("/", headers={"host": host}).status_code == 200


def test_a_form_that_is_too_long_is_not_read(desk: Desk) -> None:
    browser = logged_in(desk, PEOPLE["editor"])
    form = {"csrf": csrf_of(desk, browser), "more": "x" * MOST_BODY}
    assert browser.post("/seen", data=form).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * (MOST_BODY // 10)

    headers = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": form["csrf"]}
    assert browser.post("/seen", content=endless(), headers=headers).status_code == 413


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff\xfe", b'{"a": }'])
def test_a_body_that_is_no_json_object_is_refused(desk: Desk, body: bytes) -> None:
    browser = logged_in(desk, PEOPLE["editor"])
    headers = {"content-type": "application/json", "x-csrf-token": csrf_of(desk, browser)}
    assert browser.post("/seen", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/assets/../accounts.py", "/assets/..%2f..%2fledger.db", "/assets/%2e%2e/%2e%2e/story.toml", "/assets//etc/passwd"),
        *("/assets/desk.css%00.js", "/documents/..%2f..%2fledger.db", "/editions/..%2f..%2fledger.db", "/editions/%2e%2e%2fledger.db"),
        *("/compare?one=../ledger.db&other=../../x", "/ledger.db", "/desk.db", "/story.toml"),
    ],
)
def test_no_path_leads_to_a_file(desk: Desk, path: str) -> None:
    answer = logged_in(desk, PEOPLE["owner"]).get(path)
    assert answer.status_code in (400, 404)
    assert b"SQLite" not in answer.content
    assert b"time_zone" not in answer.content


def test_the_base_of_the_tests_is_the_desks(desk: Desk) -> None:
    assert BASE.endswith(HOST)
    assert HOST in desk.hosts
