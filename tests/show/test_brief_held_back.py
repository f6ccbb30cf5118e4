"""Names held back: whose they are, how a draft marks them, and that what is published has none of them."""

from __future__ import annotations

import pytest
from msgspec import structs

from presstime.findings import Findings, FoundActor
from presstime.show.brief import make_brief, render_brief
from presstime.show.held_back import find_held
from presstime.show.material import Material, index_material

from .story import Desk

AS_OF = "2026-03-03T20:00:00+01:00"
TEXT = (
    "“The road was open,” said Mayor Ilse Moran. Ana Lutt, 34, a nurse from Velm, was killed there. The mayor accused Tomas Behl, a "
    "dealer, of blocking it. “Lutt was my friend, and Behl blocked the road,” Moran said."
)


def material(kind: str = "draft") -> Material:
    desk = Desk("doc-1", "Daily Ostra", [("headline", "Ana Lutt dies as Behl blocks road"), ("paragraph", TEXT)], published="2026-03-03")
    desk.actor("Ana Lutt", ["Ana Lutt", " 34"][0], "person", role="nurse")
    desk.say("Ilse Moran", "Mayor Ilse Moran", "said", "“The road was open,”")
    desk.say("Ilse Moran", "The mayor", "accused", "Tomas Behl, a dealer, of blocking it", form="narrated", act="accusation")
    desk.say("Ilse Moran", "Moran", "said", "“Lutt was my friend, and Behl blocked the road,”", after="“Lutt was")
    behl = desk.span("Tomas Behl")
    desk.actor("Tomas Behl", "Tomas Behl", "person", role="dealer")
    reading = desk.reading()
    names = {"Ana Lutt": "nurse", "Tomas Behl": "dealer", "Ilse Moran": "mayor"}
    found = tuple(
        FoundActor(
            id=f"found-{name.split()[-1].lower()}",
            name=name,
            names=(),
            kind="person",
            role=role,
            members=tuple(one.id for one in reading.actors if one.name == name),
        )
        for name, role in names.items()
    )
    assert behl
    readings = (structs.replace(reading, actors=tuple(structs.replace(one, kind="person") for one in reading.actors)),)
    findings = Findings(as_of=AS_OF, kind=kind, actors=found)  # type: ignore[arg-type]
    return Material(title="The road at Velm", as_of=AS_OF, time_zone="UTC", findings=findings, readings=readings)


def test_victims_and_accused_are_held_and_offices_are_not() -> None:
    held = {one.name: (one.reason, one.instead) for one in find_held(index_material(material()))}
    assert held == {"Ana Lutt": ("named victim", "a nurse"), "Tomas Behl": ("accused by name", "a dealer")}


def test_a_draft_marks_them() -> None:
    brief = render_brief(material())
    assert "Lutt \\[held: named victim\\]" in brief and "Behl \\[held: accused by name\\]" in brief


def test_what_is_published_has_no_such_name() -> None:
    brief = render_brief(material("published"))
    assert "Lutt" not in brief and "Behl" not in brief
    assert "“\\[a nurse\\] was my friend, and \\[a dealer\\] blocked the road”" in brief
    assert "Moran" in brief
    made = make_brief(material("published"))
    assert not any(
        name in s.text for section in made.sections for p in section.paragraphs for s in p.sentences for name in ("Lutt", "Behl")
    )


def test_what_a_person_has_let_through_is_printed() -> None:
    brief = render_brief(material("published"), let_through=("found-lutt",))
    assert "Lutt" in brief and "Behl" not in brief


@pytest.mark.parametrize(
    ("sentence", "name", "reason"),
    [
        ("Police arrested Oran Tell, 40, on Monday.", "Oran Tell", "accused by name"),
        ("Oran Tell was charged with arson.", "Oran Tell", "accused by name"),
        ("Oran Tell, a farmer from Velm, was killed by a shell.", "Oran Tell", "named victim"),
        ("The shell killed Oran Tell at noon.", "Oran Tell", "named victim"),
        ("The body of Oran Tell was found.", "Oran Tell", "named victim"),
        ("The dead were named as Mira Sund and Oran Tell.", "Oran Tell", "named victim"),
        ("Oran Tell said that six people were killed.", "Oran Tell", None),
        ("Six people were killed, Oran Tell said.", "Oran Tell", None),
        ("Oran Tell opened the museum.", "Oran Tell", None),
    ],
)
def test_who_is_a_victim_or_accused(sentence: str, name: str, reason: str | None) -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", sentence)], published="2026-03-03")
    known = desk.actor(name, name, "person")
    found = (FoundActor(id="found-1", name=name, names=(), kind="person", members=(known,)),)
    index = index_material(
        Material(title="x", as_of=AS_OF, time_zone="UTC", findings=Findings(as_of=AS_OF, actors=found), readings=(desk.reading(),))
    )
    held = {one.name: one.reason for one in find_held(index)}
    assert held.get(name) == reason


def test_a_victim_whom_no_reading_knows_is_held_too() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "The victim was identified as Oran Tell. It rained.")], published="2026-03-03")
    index = index_material(Material(title="x", as_of=AS_OF, time_zone="UTC", findings=Findings(as_of=AS_OF), readings=(desk.reading(),)))
    assert [(one.name, one.instead) for one in find_held(index)] == [("Oran Tell", "a person named in the source")]
