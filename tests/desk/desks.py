"""A desk for the tests: an invented flood, an attack in every field that a stranger fills, and people of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from starlette.testclient import TestClient

from presstime.desk.app import create_app
from presstime.desk.routing import COOKIE
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.findings import Decision, FoundActor
from presstime.ids import record_id
from presstime.ledger import Edition, Ledger
from presstime.records import Actor, Document, Figure, Place, Problem, Reader, Reading, Span, Speaker, Statement
from tests.show.story import story

HOST = "127.0.0.1:8642"
BASE = f"http://{HOST}"
ATTACK = "<script>alert('gotcha')</script><img src=x onerror=alert(1)>\"'"
PASSWORD = "four plain unlinked words"
SECRET = "The barrage of Oulm will be opened at midnight"


def hostile_reading() -> Reading:
    """A document by somebody who would like the desk's browser to do something: markup in every field that gathering takes over."""
    text = f"{ATTACK} headline\n\nThe mayor {ATTACK} said {ATTACK} is not so. At least 7 {ATTACK} drowned in Велм near Şuşa."
    content = (text.index("is not so"), text.index("is not so") + 9)
    who = (text.index("The mayor"), text.index("The mayor") + 9)
    number = (text.index("At least 7"), text.index("At least 7") + 10)
    town, hill = text.index("Велм"), text.index("Şuşa")
    document = Document(
        id="hostile/doc <1>&?#",
        sha256="0" * 64,
        text=text,
        name=f"../../etc/{ATTACK}",
        url="javascript:alert(1)",
        outlet=f"Outlet {ATTACK}",
        headline=f"Headline {ATTACK}",
        byline=ATTACK,
        published="2026-03-04T07:00:00+01:00",
        gathered="2026-03-04T09:00:00+01:00",
        language='en" onmouseover="alert(1)',
        credits=(ATTACK,),
    )
    actor = Actor(
        id=record_id("actor", document.id, who),
        name=f"Mayor {ATTACK}",
        kind="person",
        role=ATTACK,
        mentions=(Span(start=who[0], end=who[1]),),
    )
    said = Statement(
        id=record_id("statement", document.id, content),
        speaker=Speaker(start=who[0], end=who[1], name=actor.name, actor=actor.id, how="subject", confidence=0.6),
        cue=None,
        content=(Span(start=content[0], end=content[1]),),
        form="indirect",
        act="denial",
        medium=ATTACK,
        addressee=ATTACK,
        confidence=0.4,
    )
    place = Place(id="place-velm", start=town, end=town + 4, name="Велм", use="literal", confidence=0.5)
    other = Place(id="place-susa", start=hill, end=hill + 4, name="Şuşa", use="literal", confidence=0.5)
    toll = Figure(
        id=record_id("figure", document.id, number),
        start=number[0],
        end=number[1],
        measure="killed",
        low=7,
        high=None,
        qualifier="at-least",
        words=text[number[0] : number[1]],
        group=ATTACK,
        cause=ATTACK,
        place=place.id,
        statement=None,
        confidence=0.7,
    )
    return Reading(
        document=document,
        reader=Reader(presstime="0.1.0", model=ATTACK, context=ATTACK),
        actors=(actor,),
        statements=(said,),
        figures=(toll,),
        places=(place, other),
        problems=(Problem(where=document.id, what="quote", why=ATTACK, start=0, end=5),),
    )


def made_story(folder: Path) -> Path:
    """A story's folder with a ledger: the flood, the attack, a decision, two editions."""
    material = story()
    (folder / "story.toml").write_text('title = "The flood at Velm"\ntime_zone = "Europe/Berlin"\n', encoding="utf-8")
    with Ledger.open(folder / "ledger.db") as ledger:
        for reading in material.readings:
            ledger.enter_reading(reading)
        hostile = hostile_reading()
        ledger.enter_reading(hostile)
        actor = hostile.actors[0]
        found = FoundActor(id="found-mayor", name=actor.name, names=(actor.name, "Şerban Oyar"), kind="person", members=(actor.id,))
        findings = msgspec.structs.replace(material.findings, actors=(*material.findings.actors, found))
        ledger.enter_findings(findings)
        ledger.enter_problem(Problem(where=f"inbox/{ATTACK}.pdf", what="binary", why="it is no text; send it as text"))
        one, other = (each.id for each in material.findings.actors[:2])
        ledger.enter_decision(
            Decision(
                id="decision-1",
                kind="actor",
                verdict="apart",
                one=one,
                other=other,
                by="Adela Morn",
                at="2026-03-04T10:00:00+01:00",
                why=ATTACK,
            )
        )
        json = msgspec.json.encode(findings).decode()
        for number, kind in ((1, "draft"), (2, "published")):
            ledger.enter_edition(
                Edition(
                    id=f"2026-03-0{number}T2000-aaaaa{number}",
                    kind=kind,  # type: ignore[arg-type]
                    as_of=f"2026-03-0{number}T20:00:00+01:00",
                    made_at=f"2026-03-0{number}T20:01:00+01:00",
                    sha256="0" * 64,
                    json=json,
                    title="The flood at Velm",
                    correction="We said 3; it is 4." if number == 2 else None,
                )
            )
    return folder


def client(desk: Desk) -> TestClient:
    """A browser, or a script, that has not come in yet. It follows no redirects."""
    return TestClient(create_app(desk), base_url=BASE, follow_redirects=False, headers={"origin": BASE})


@contextmanager
def alone(folder: Path) -> Iterator[tuple[Desk, TestClient]]:
    """A desk without accounts, and its one person's browser."""
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    try:
        browser = client(desk)
        assert browser.get(f"/enter?token={desk.token}").status_code == 303
        yield desk, browser
    finally:
        desk.close()


def logged_in(desk: Desk, name: str) -> TestClient:
    """A browser with a session of an account, opened without the form."""
    role = dict(desk.accounts.names())[name]
    browser = client(desk)
    browser.cookies.set(COOKIE, desk.accounts.open_session(name, role))
    return browser


def csrf_of(desk: Desk, browser: TestClient) -> str:
    """What the forms of a browser's session must hold."""
    person = desk.accounts.of_session(browser.cookies[COOKIE], alone=desk.alone)
    assert person is not None and person.token is not None
    return person.token
