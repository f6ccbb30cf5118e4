"""Copies and origins: one agency's words are one origin, however many papers print them."""

from __future__ import annotations

import os
import subprocess
import sys

from presstime.combine.duplicates import find_duplicates

from .made import DAY, Made, combined

STORY = (
    "The lake rose in the night and the old wall above Velm gave way before anybody in the valley had woken. "
    "Carts and boats lay in the orchards at daybreak, and people called to one another from the roofs of the lower town. "
    "The keeper of the sluice had rung the bell twice, his daughter remembered, and then the rope was torn from his hands."
)
OWN = "Across the valley a choir had been singing when the lights failed, and its leader counted the children on the stairs by touch alone."


def at(hour: int) -> str:
    return f"{DAY}T{hour:02}:00:00+02:00"


def test_four_documents_of_one_agency_are_one_origin_however_they_say_so() -> None:
    made = [
        Made("north", f"VELM (Lake Agency) — {STORY}", at(8), dateline="VELM"),
        Made("south", STORY, at(9)),
        Made("east", f"{STORY.replace('at daybreak', 'at dawn')} Schools are closed.", at(10)),
        Made("west", f"{OWN} {STORY}", at(11), credits=("Lake Agency",)),
        Made("solo", OWN.replace("choir", "band").replace("singing", "playing"), at(12)),
    ]
    found = combined(*made)
    agency, other = found.origins
    assert (agency.name, agency.documents, agency.independent_at_most) == ("Lake Agency", ("north", "south", "east", "west"), 1)
    assert "dateline" in agency.how and "%" in agency.how
    assert other.name == "Solo Post"
    assert {d.id: d.near_copy_of for d in found.documents} == {
        "north": None,
        "south": "north",
        "east": "north",
        "west": "north",
        "solo": None,
    }


def test_a_long_passage_carried_over_is_listed_with_its_words() -> None:
    longer = (
        f"{STORY[:150]} {OWN} "
        + OWN.replace("choir", "quartet")
        + " Nobody else in the hamlet had a lamp to lend them that whole bitter night long."
    )
    found = combined(Made("north", STORY, at(8)), Made("south", longer, at(9)))
    north = next(o for o in found.origins if o.name == "North Post")
    assert north.documents == ("north", "south") and "words in a row in South Post" in north.how
    document, _, span = north.passages[0].partition(":")
    start, _, end = span.partition("-")
    assert document == "south" and STORY.startswith(longer[int(start) : int(end)])
    assert {d.id: d.near_copy_of for d in found.documents} == {"north": None, "south": None}


def test_a_combined_report_is_its_own_outlets_and_names_what_it_used() -> None:
    made = Made("north", f"VELM (Combined Sources) — {OWN}", at(8), dateline="VELM", credits=("Lake Agency", "Velm Echo"))
    (origin,) = combined(made).origins
    assert origin.name == "North Post" and "Lake Agency, Velm Echo" in origin.how


def test_posts_of_one_person_are_one_origin_under_the_persons_name() -> None:
    posts = [
        Made(f"p{i}", f"{words} {i}", at(8 + i), outlet="Ombudsman Nera Vale") for i, words in enumerate(("No siren rang", "We counted"))
    ]
    speaker = Made("paper", "Nera Vale said so.", at(12))
    speaker.say("Nera Vale", "so", kind="person")
    posts[0].actor("No siren", "group")
    found = combined(*posts, speaker)
    assert [(o.documents, o.independent_at_most) for o in found.origins if "Vale" in o.name] == [(("p0", "p1"), 1)]


def test_a_page_gathered_again_is_a_later_version() -> None:
    made = [Made(f"v{i}", text, at(8 + i), url="https://north.example/1") for i, text in enumerate((STORY, OWN))]
    found = combined(*made).documents
    assert [(d.id, d.version_of) for d in found] == [("v0", None), ("v1", "v0")]


def test_short_texts_and_empty_ones_are_no_copies_unless_they_are_the_same() -> None:
    texts = ["It rained in Velm.", "It rained in Velm, and in Osk.", "It rained in Velm.", "", ""]
    found = find_duplicates([Made(f"d{i}", t, at(8 + i)).document for i, t in enumerate(texts)])
    assert [s.near_copy_of for s in found] == [None, None, "d0", None, None]


def test_hashes_are_the_same_in_every_process() -> None:
    code = "from presstime.combine.duplicates import _run; print(_run(['velm', 'rose']).hex())"
    ran = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert ran[0] == ran[1] != ""
