"""A document's actors: who they are, what they are, whom they belong to, and where they are named.

Each case is a short text with the actors that a careful reader lists; what a case does not tell of an actor is not
asked. `mentions` are their words in order, of which the reading may know more; `none` are names that no actor has.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from presstime.read.lands import country_in, country_named, nationality
from presstime.read.linking import bodies, folded, nearest_before, trimmed
from presstime.read.reading import read_document
from presstime.records import Actor, Context, Document, KnownActor, Reading

CASES = json.loads((Path(__file__).parents[1] / "cases" / "actors.json").read_text(encoding="utf-8"))


@cache
def read(text: str) -> Reading:
    return read_document(Document(id="doc", sha256="0" * 64, text=text, language="en"), Context())


def fits(actor: Actor, wanted: dict[str, Any], text: str) -> bool:
    told = {key: getattr(actor, key) for key in wanted if key != "mentions"}
    words = [text[m.start : m.end] for m in actor.mentions]
    left = iter(words)
    return told == {k: v for k, v in wanted.items() if k != "mentions"} and all(m in left for m in wanted.get("mentions", ()))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = read(case["text"]).actors
    for wanted in case["actors"]:
        assert any(fits(actor, wanted, case["text"]) for actor in found), (wanted, found)
    assert not {folded(name) for name in case.get("none", ())} & {folded(actor.name) for actor in found}


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_what_holds_of_every_actor(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    names = [(actor.kind, actor.name.lower()) for actor in reading.actors]
    assert len(names) == len(set(names))
    assert len({actor.id for actor in reading.actors}) == len(names)
    for actor in reading.actors:
        assert actor.mentions
        assert list(actor.mentions) == sorted(actor.mentions, key=lambda m: (m.start, m.end))
        assert actor.role is None or all(word in case["text"] for word in actor.role.split() if word != "head" and word != "leader")
    ids = {actor.id for actor in reading.actors}
    writers = [s.speaker for s in reading.statements if s.speaker is not None and s.speaker.name.split()[0].lower() in ("i", "my")]
    assert all(s.speaker is None or s.speaker in writers or s.speaker.actor in ids for s in reading.statements)
    assert all(speaker.actor is None for speaker in writers)


@pytest.mark.parametrize(
    ("byline", "name"), [("By Ana Bel, Harrow Post", "Ana Bel"), ("Ana Bel and Jon Orr", "I"), ("Harrow Newsroom", "I"), (None, "I")]
)
def test_i_is_the_one_author(byline: str | None, name: str) -> None:
    text = "The gate was open. I said the ferry had left."
    reading = read_document(Document(id="doc", sha256="0" * 64, text=text, language="en", byline=byline), Context())
    (statement,) = reading.statements
    assert statement.speaker is not None
    assert statement.speaker.name == name
    assert [a.name for a in reading.actors if a.id == statement.speaker.actor] == ([name] if name != "I" else [])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120
    assert len({c["id"] for c in CASES}) == len(CASES)


def test_the_story_knows_better() -> None:
    known = KnownActor(name="Ana Bel", kind="person", role="prefect", country="FR")
    text = "Ana Bel, the mayor of Sarn, said the dam would hold."
    found = read_document(Document(id="doc", sha256="0" * 64, text=text, language="en"), Context(actors=(known,)))
    assert [(a.role, a.country) for a in found.actors if a.name == "Ana Bel"] == [("prefect", "FR")]


def test_countries() -> None:
    assert nationality("French") == ("France", "FR")
    assert nationality("french") is None
    assert country_named("the United States") == ("United States", "US")
    assert country_named("Paris") is None
    assert country_named("Paris", capitals=True) == ("France", "FR")
    assert country_in("US State Department") == ("United States", "US")
    assert country_in("Velm Fisheries Board") is None


def test_names() -> None:
    assert folded("The Velm Board’s") == "velm board"
    assert trimmed("of Scientology") == ""
    assert trimmed("Velm Museum of the") == "Velm Museum"
    assert bodies(["European Union", "EU"], {}) == {"eu": "European Union"}
    assert bodies(["Sarn Rescue Committee", "Velm Rescue Committee", "Rescue Committee"], {}) == {}
    assert nearest_before({"Ana Bel": [3, 90], "Tom Bel": [40]}, ["Ana Bel", "Tom Bel"], 60) == "Tom Bel"
