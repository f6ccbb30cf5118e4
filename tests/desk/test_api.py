"""The API against its own description: every look-up is in it, what it answers is as described, and nothing makes it fall over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.api import BASE, LOOKUPS
from presstime.desk.api_write import MORE_LOOKUPS
from presstime.desk.app import ROUTES
from presstime.desk.openapi import description
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk

from .desks import client, made_story

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
DESCRIBED = json.loads(description())
schema = schemathesis.openapi.from_dict(DESCRIBED)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = made_story(tmp_path_factory.mktemp("api"))
    accounts = Accounts(folder)
    key = accounts.add_key("a script", "editor")
    accounts.close()
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    opened = client(desk)
    opened.headers["authorization"] = f"Bearer {key}"
    yield opened
    desk.close()


def checked(path: str, answer: Any) -> None:
    """That an answer is one of those described, and as described."""
    described = DESCRIBED["paths"][path]["get"]["responses"]
    assert str(answer.status_code) in described
    content = described[str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**content, "components": DESCRIBED["components"]}).validate(answer.json())


def test_every_look_up_is_described_and_answered() -> None:
    assert {path for path, ways in DESCRIBED["paths"].items() if "get" in ways} == {BASE + one.path for one in (*LOOKUPS, *MORE_LOOKUPS)}
    answered = {route.path.replace(":path", "") for route in ROUTES}
    assert set(DESCRIBED["paths"]) <= answered


@pytest.mark.parametrize("lookup", [lookup for lookup in LOOKUPS if "{" not in lookup.path], ids=lambda lookup: lookup.path)
def test_lists_are_as_described(script: TestClient, lookup: Any) -> None:
    checked(BASE + lookup.path, script.get(BASE + lookup.path))


def test_single_records_are_as_described(script: TestClient) -> None:
    for lookup in LOOKUPS:
        listed = lookup.path.partition("/{id}")[0]
        if "{id}" not in lookup.path or listed == "/claims":
            continue
        for one in script.get(BASE + listed).json()["items"][:5]:
            from urllib.parse import quote

            answer = script.get(BASE + lookup.path.replace("{id}", quote(one.get("id") or one["key"], safe="")))
            assert answer.status_code == 200, lookup.path
            checked(BASE + lookup.path, answer)


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_as_described(case: Any, script: TestClient) -> None:
    answer = script.request(case.method, case.formatted_path, params=case.query or {})
    assert answer.status_code < 500 or answer.json()["error"]["status"] == 503
    if case.formatted_path.startswith(BASE) and not case.formatted_path.endswith("/"):
        assert answer.headers["content-type"] == "application/json"
        if answer.status_code == 200 and case.path in DESCRIBED["paths"]:
            checked(case.path, answer)
