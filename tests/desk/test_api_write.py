"""The API that writes, against its own description: who may, what it answers, what it keeps, and that nothing makes it fall over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from presstime.desk.accounts import ROLES, Accounts
from presstime.desk.api import BASE
from presstime.desk.api_write import WRITES
from presstime.desk.app import ROUTES
from presstime.desk.openapi import description
from presstime.desk.routing import Route
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Ledger

from .desks import HOST, PASSWORD, client, csrf_of, logged_in, made_story

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
DESCRIBED = json.loads(description())
WRITING = {path: {way: one for way, one in ways.items() if way != "get"} for path, ways in DESCRIBED["paths"].items()}
schema = schemathesis.openapi.from_dict({**DESCRIBED, "paths": {path: ways for path, ways in WRITING.items() if ways}})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = made_story(tmp_path_factory.mktemp("write"))
    accounts = Accounts(folder)
    accounts.add("Edvar Moss", "editor", PASSWORD)
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    opened.findings.close()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def keys(desk: Desk) -> dict[str, str]:
    return {role: desk.accounts.add_key(f"a script, {role}", role) for role in ROLES}


def script_of(desk: Desk, key: str) -> TestClient:
    """A script: no cookie, no origin, a key."""
    opened = client(desk)
    opened.headers = {"authorization": f"Bearer {key}", "host": HOST}  # type: ignore[assignment]
    return opened


@pytest.fixture(scope="module")
def script(desk: Desk, keys: dict[str, str]) -> TestClient:
    return script_of(desk, keys["editor"])


@pytest.fixture(scope="module")
def owner(desk: Desk, keys: dict[str, str]) -> TestClient:
    return script_of(desk, keys["owner"])


def checked(path: str, way: str, answer: Any) -> Any:
    """That an answer is one of those described, and as described."""
    described = DESCRIBED["paths"][path][way]["responses"]
    assert str(answer.status_code) in described, (answer.status_code, answer.text)
    content = described[str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**content, "components": DESCRIBED["components"]}).validate(answer.json())
    return answer.json()


def some(desk: Desk, table: str) -> list[str]:
    with desk.looking() as look:
        return look.column(f"SELECT id FROM {table} WHERE document NOT LIKE 'hostile%' ORDER BY id")


def post(script: TestClient, path: str, body: dict[str, Any], status: int = 200, **headers: str) -> Any:
    answer = script.post(BASE + path, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return checked(BASE + path, "post", answer)


def entries(desk: Desk) -> int:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        return len(ledger.corrections()) + len(ledger.decisions())


# ---------------------------------------------------------------- the description


def test_everything_that_can_be_done_is_described_and_answered() -> None:
    described = {(way.upper(), path) for path, ways in WRITING.items() for way in ways}
    assert described == {(one.method, BASE + one.path) for one in WRITES}
    assert described <= {(route.method, route.path.replace(":path", "")) for route in ROUTES}


# ---------------------------------------------------------------- doing


def test_a_toll_is_corrected_conflicts_are_told_and_all_is_undone(desk: Desk, script: TestClient, owner: TestClient) -> None:
    figure = some(desk, "figure")[0]
    path = f"{BASE}/records/{figure}"
    before = script.get(f"{BASE}/figures/{figure}").json()
    answer = script.patch(path, json={"fields": {"low": 951, "high": 951, "qualifier": "exact"}, "why": "a slip", "seen": ""})
    made = checked(f"{BASE}/records/{{id}}", "patch", answer)
    assert {one["field"] for one in made["entries"]} <= {"low", "high", "qualifier"}
    assert made["entries"][0]["by"] == "a script, editor"
    assert script.get(f"{BASE}/figures/{figure}").json()["low"] == 951
    late = owner.patch(path, json={"fields": {"low": 3, "high": 3}, "seen": ""})
    fault = checked(f"{BASE}/records/{{id}}", "patch", late)["error"]
    assert fault["status"] == 409
    assert fault["earlier"]["by"] == "a script, editor"
    assert script.get(f"{BASE}/figures/{figure}").json()["low"] == 951
    post(script, "/undo", {"entry": made["undo"]})
    after = script.get(f"{BASE}/figures/{figure}").json()
    assert {**after, "review": None} == {**before, "review": None}


def test_accepting_withdrawing_adding_splitting_merging(desk: Desk, script: TestClient) -> None:
    statement = some(desk, "statement")[0]
    assert post(script, "/accept", {"record": statement})["entries"][0]["field"] == "checked"
    with desk.looking() as look:
        document, text = look.value("SELECT document FROM statement WHERE id = :id", id=statement), ""
        text = look.value("SELECT text FROM document WHERE id = :id", id=document)
    at = re.search(r"\w+ \w+ \w+ \w+ \w+", text[text.index("\n") :])
    assert at is not None
    start, end = (text.index("\n") + each for each in at.span())
    new = {"document": document, "start": start, "end": end, "speaker": "Ina Sorel", "act": "warning"}
    added = post(script, "/statements", new)["entries"][0]
    found = [one for one in script.get(f"{BASE}/statements", params={"document": document}).json()["items"] if one["review"] == "added"]
    assert [(one["speaker"], one["act"]) for one in found] == [("Ina Sorel", "warning")]
    assert script.post(BASE + "/statements", json=new).status_code == 400, "the same is not added twice"
    parts = post(script, "/split", {"record": found[0]["id"], "at": [start + text[start:end].index(" ")]})
    halves = [one for one in script.get(f"{BASE}/statements", params={"document": document}).json()["items"] if one["review"] == "added"]
    assert len(halves) == 2
    post(script, "/merge", {"records": [one["id"] for one in halves]})
    left = [one for one in script.get(f"{BASE}/statements", params={"document": document}).json()["items"] if one["speaker"] == "Ina Sorel"]
    assert len(left) == 1
    post(script, "/withdraw", {"record": left[0]["id"], "why": "it is a caption"})
    assert script.get(f"{BASE}/statements/{left[0]['id']}").status_code == 404
    assert added["id"] != parts["undo"]


def test_marks_by_role(desk: Desk, script: TestClient, owner: TestClient) -> None:
    statement = some(desk, "statement")[1]
    check = {"by": "Pell Varga", "how": "by telephone", "result": "theirs"}
    assert post(script, "/marks", {"of": statement, "marks": {"check": check}})["entries"][0]["field"] == "check"
    post(script, "/marks", {"of": statement, "marks": {"embargo": "2099-01-01T00:00"}}, 403)
    made = post(owner, "/marks", {"of": statement, "marks": {"embargo": "2099-01-01T00:00", "confidential": True}})
    assert {one["field"] for one in made["entries"]} == {"embargo", "confidential"}
    post(owner, "/undo", {"entry": made["undo"]})
    post(script, "/handles/owner", {"handle": "@velm", "owner": "Tarik Moen"})
    post(script, "/handles/check", {"handle": "@velm", **check})
    known = script.get(BASE + "/handles").json()
    assert [(one["handle"], one["owner"], len(one["checks"])) for one in known] == [("@velm", "Tarik Moen", 1)]
    post(script, "/names", {"name": "Dob Larrick", "through": True}, 403)
    post(owner, "/names", {"name": "Dob Larrick", "through": True})


def test_decisions_and_their_undoing(desk: Desk, script: TestClient) -> None:
    with desk.looking() as look:
        one, other = look.column("SELECT id FROM found_actor WHERE id <> 'found-mayor' ORDER BY id")[1:3]
    made = post(script, "/decisions", {"verdict": "same", "one": one, "other": other})
    assert made["decision"]["verdict"] == "same"
    assert made["undo"] in [each["id"] for each in script.get(BASE + "/decisions").json()["items"]]
    post(script, "/undo", {"entry": made["undo"]})
    assert made["undo"] not in [each["id"] for each in script.get(BASE + "/decisions").json()["items"]]
    post(script, "/decisions", {"verdict": "same", "one": one, "other": one}, 400)


def test_editors_make_drafts_and_only_owners_publish(script: TestClient, owner: TestClient) -> None:
    post(script, "/editions", {"kind": "published"}, 403)
    post(owner, "/editions", {"kind": "published", "state": "0-0-0-0"}, 409)
    post(owner, "/editions", {"kind": "published", "as_of": "2999-01-01"}, 400)


def test_a_text_is_added_as_a_job(script: TestClient) -> None:
    made = post(script, "/sources/text", {"text": "Two people drowned in Oulm.", "outlet": "The Velm Courier"}, 202)
    job = script.get(f"{BASE}/jobs/{made['job']['id']}").json()
    assert job["title"].startswith("pasted")
    assert job["state"] in ("waiting", "running", "done")
    post(script, "/sources/address", {"url": "/etc/passwd"}, 400)
    post(script, "/sources/address", {"url": "file:///etc/passwd"}, 400)


# ---------------------------------------------------------------- sent twice


def test_a_request_that_is_repeated_is_done_once(desk: Desk, script: TestClient, owner: TestClient) -> None:
    figure = some(desk, "figure")[1]
    body = {"record": figure, "why": "seen"}
    key = {"Idempotency-Key": "night 7"}
    first = script.post(BASE + "/accept", json=body, headers=key)
    count = entries(desk)
    again = script.post(BASE + "/accept", json=body, headers=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert entries(desk) == count
    assert script.post(BASE + "/withdraw", json=body, headers=key).status_code == 422
    assert script.post(BASE + "/accept", json={"record": figure}, headers=key).status_code == 422
    assert "idempotent-replayed" not in owner.post(BASE + "/accept", json=body, headers=key).headers, "keys are each person's own"
    bad = {"Idempotency-Key": "night 8"}
    assert script.post(BASE + "/accept", json={"record": "nothing"}, headers=bad).status_code == 400
    assert script.post(BASE + "/accept", json=body, headers=bad).status_code == 200, "what failed may be sent again, mended"


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("route", [one for one in ROUTES if one.method != "GET"], ids=lambda route: f"{route.method} {route.path}")
def test_no_form_and_no_request_of_a_session_without_its_token(desk: Desk, route: Route) -> None:
    browser = logged_in(desk, "Edvar Moss")
    path = re.sub(r"\{\w+(:path)?\}", "nothing-by-that-id", route.path)
    count = entries(desk)
    for more in ({"data": {"csrf": "x" * 43}}, {"json": {"csrf": ""}}, {}):
        if route.path != "/login":
            assert browser.request(route.method, path, **more).status_code == 403
    token = {"csrf": csrf_of(desk, browser)}
    assert browser.request(route.method, path, data=token, headers={"origin": "https://evil.example"}).status_code == 403
    assert entries(desk) == count


@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write.method} {write.path}")
def test_keys_may_what_their_role_may(desk: Desk, keys: dict[str, str], write: Any) -> None:
    path = BASE + write.path.replace("{id}", "nothing")
    for role in ROLES:
        status = script_of(desk, keys[role]).request(write.method, path, json={"nonsense": 1}).status_code
        assert status == (400 if ROLES.index(role) >= ROLES.index(write.role) else 403)
    assert script_of(desk, "presstime-wrong").request(write.method, path, json={}).status_code == 401


# ---------------------------------------------------------------- what nobody foresaw


@pytest.mark.parametrize(
    "fields",
    [
        {"low": 10**30, "high": 10**30},
        {"low": -1},
        {"words": "x"},
        {"id": "x"},
        {"start": 10**9, "end": 10**9 + 4},
        {"place": "nowhere"},
        {"qualifier": ["exact"]},
        {"low": {"a": [None]}},
        {"group": "\x00"},
        {},
    ],
)
def test_fields_that_cannot_be_are_refused_and_nothing_is_kept(desk: Desk, script: TestClient, fields: dict[str, Any]) -> None:
    figure = some(desk, "figure")[2]
    before = script.get(f"{BASE}/figures/{figure}").json()
    answer = script.patch(f"{BASE}/records/{figure}", json={"fields": fields})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert script.get(f"{BASE}/figures/{figure}").json() == before


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_described(case: Any, owner: TestClient) -> None:
    if case.path.endswith("/sources/address") or case.path.endswith("/editions"):
        return  # these begin work for minutes; what they refuse is tested above
    headers = {name: str(value) for name, value in (case.headers or {}).items() if name.lower() == "idempotency-key"}
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else None
    answer = owner.request(
        case.method, case.formatted_path, content=json.dumps(body), headers={**headers, "content-type": "application/json"}
    )
    assert answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/json"
    if case.method.lower() in WRITING.get(case.path, {}) and answer.status_code not in (404, 405):
        checked(case.path, case.method.lower(), answer)


def test_true_records_with_wild_values_make_nothing_fall_over(desk: Desk, owner: TestClient) -> None:
    """Every write with ids that are there and values from the ends of their types."""
    statement, figure, event = (some(desk, table)[3] for table in ("statement", "figure", "event"))
    with desk.looking() as look:
        document = look.value("SELECT document FROM statement WHERE id = :id", id=statement)
    wild: tuple[Any, ...] = (None, -1, 0, 10**18, 10**40, 1e308, "", "\ud800", "\x00", "z" * 1500, [], {}, [[]], True)
    for value in wild:
        for record in (statement, figure, event):
            for field in ("low", "speaker", "content", "start", "actor", "time", "answers", "confidence", "said_at"):
                body = json.dumps({"fields": {field: value}})
                status = owner.patch(f"{BASE}/records/{record}", content=body, headers={"content-type": "application/json"}).status_code
                assert status in (200, 400, 409), (field, value)
        for path, body in (
            ("/marks", {"of": document, "marks": {"published": value}}),
            ("/marks", {"of": document, "marks": {"translates": value}}),
            ("/marks", {"of": statement, "marks": {"check": value, "embargo": value}}),
            ("/handles/owner", {"handle": value, "owner": value}),
            ("/statements", {"document": document, "start": value, "end": value}),
            ("/split", {"record": statement, "at": [value]}),
            ("/records", {"document": document, "kind": "place", "fields": {"name": value, "start": value, "end": value}}),
        ):
            answer = owner.post(BASE + path, content=json.dumps(body), headers={"content-type": "application/json"})
            assert answer.status_code in (200, 400), (path, value, answer.text)
