"""Origins: one agency's words are one origin, however many papers print them and however they say so."""

from __future__ import annotations

import pytest

from presstime.combine.credited import credits_of, is_body_name, is_newsroom_name, sources_in
from presstime.findings import Findings

from .made import DAY, Made, combined
from .test_copies import FOURTH, OTHER, STORY, THIRD


def at(hour: int) -> str:
    return f"{DAY}T{hour:02}:00:00+02:00"


def own(found: Findings) -> dict[str, str]:
    names = {o.id: o.name for o in found.origins}
    return {d.id: names[d.origin or ""] for d in found.documents}


def test_four_documents_of_one_agency_are_one_origin_however_they_say_so() -> None:
    made = [
        Made("north", f"VELM (Lake Agency) — {STORY}", at(8), dateline="VELM"),
        Made("south", STORY, at(9)),
        Made("east", f"{STORY.replace('at daybreak', 'at dawn')} Schools are closed.", at(10)),
        Made("west", f"{FOURTH} {STORY}", at(11), credits=("Lake Agency",)),
        Made("solo", OTHER, at(12)),
    ]
    found = combined(*made)
    agency, other = found.origins
    assert (agency.name, agency.kind, agency.documents) == ("Lake Agency", "agency", ("north", "south", "east", "west"))
    assert agency.independent_at_most == 1 and "dateline" in agency.how and "%" in agency.how
    assert other.name == "Solo Post" and other.kind == "report"
    assert {d.id for d in found.documents if d.near_copy_of == "north"} == {"south", "east", "west"}


def test_an_agency_is_one_under_its_name_and_its_initials() -> None:
    made = [
        Made("wire", f"VELM (NPA) — {STORY}", at(8), outlet="Norrel Press Agency", dateline="VELM"),
        Made("credit", f"VELM (NPA) — {OTHER}", at(9), dateline="VELM"),
        Made("byline", THIRD, at(10), byline="Post reporter and NPA"),
    ]
    assert set(own(combined(*made)).values()) == {"Norrel Press Agency"}


def test_initials_that_fit_two_outlets_are_neithers() -> None:
    made = [
        Made("one", STORY, at(8), outlet="Norrel Press Agency"),
        Made("two", OTHER, at(9), outlet="Nettle Point Advertiser"),
        Made("three", f"VELM (NPA) — {THIRD}", at(10), dateline="VELM"),
    ]
    assert own(combined(*made)) == {"one": "Norrel Press Agency", "two": "Nettle Point Advertiser", "three": "NPA"}


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Ana Dell, for Norrel Press", "Norrel Press"),
        ("Norrel Press staff", "Norrel Press"),
        ("Ana Dell | NPA", "NPA"),
        ("Post reporter and Lake News Service", "Lake News Service"),
        ("Ana Dell and Tom Rill", None),
        ("By Ana Dell in Velm", None),
        ("Staff reporter", None),
    ],
)
def test_bylines_name_whose_copy_it_is(byline: str, name: str | None) -> None:
    found = credits_of(Made("north", STORY, byline=byline).document)
    assert [c.name for c in found] == ([name] if name else [])


@pytest.mark.parametrize(
    "text", ["Forwarded from Velm Alerts\n{}", "RT @velm_alerts: {}", "{} via @velm_alerts", "Reposted from @velm_alerts: {}"]
)
def test_forwarded_posts_are_their_authors(text: str) -> None:
    made = [
        Made("a", text.format(STORY[:220]), at(8), outlet="Rill Watcher"),
        Made("b", text.format(THIRD[:120]), at(9), outlet="Osk Neighbours"),
    ]
    found = combined(*made)
    assert len({d.origin for d in found.documents}) == 1 and own(found)["a"].lower() == "velm alerts"


def test_a_bodys_own_page_is_the_origin_of_its_reprints_and_of_no_other_report() -> None:
    made = [
        Made("paper", f"{STORY} Schools stay shut.", at(8)),
        Made("board", STORY, at(9), outlet="Velm Water Board (statement)"),
        Made("other", OTHER, at(10)),
    ]
    found = combined(*made)
    assert own(found) == {"paper": "Velm Water Board", "board": "Velm Water Board", "other": "Other Post"}
    assert found.origins[0].kind == "statement"


def test_a_combined_report_is_its_own_outlets_and_names_what_it_used() -> None:
    text = f"VELM (Combined Sources) — {STORY[:200]} {THIRD}"
    made = [
        Made("north", text, at(9), dateline="VELM", credits=("Lake Agency", "Velm Echo")),
        Made("lake", STORY, at(8), outlet="Lake Agency"),
    ]
    found = combined(*made)
    assert own(found)["north"] == "North Post"
    assert "Lake Agency, Velm Echo" in next(o for o in found.origins if o.name == "North Post").how
    assert next(o for o in found.origins if o.name == "Lake Agency").documents == ("lake", "north")


def test_a_report_that_cites_one_newsroom_throughout_carries_its_report() -> None:
    text = "Two barges sank at Velm, the Osk Herald reported on Monday.\n\nA lock keeper slept, according to the Osk Herald."
    once = "Two barges sank at Velm, the Osk Herald reported on Monday.\n\nA lock keeper told the North Post that he had slept."
    made = [Made("north", text, at(8)), Made("south", once, at(9)), Made("osk", STORY, at(7), outlet="Osk Herald")]
    assert own(combined(*made)) == {"osk": "Osk Herald", "north": "Osk Herald", "south": "South Post"}


def test_outlets_with_published_as_in_brackets_are_one() -> None:
    made = [Made(f"p{i}", t, at(8 + i), outlet=f"Ombudsman Nera Vale{x}") for i, (t, x) in enumerate(((STORY, " (post)"), (OTHER, "")))]
    assert len({d.origin for d in combined(*made).documents}) == 1


def test_newsrooms_and_bodies_are_told_apart_by_their_names() -> None:
    assert all(map(is_newsroom_name, ("Velm Echo", "Radio Osk", "Lake News Service", "Reuters", "Norrel Press Association")))
    assert not any(map(is_newsroom_name, ("Press Council", "Morning Alliance", "State Forest Agency", "Interior Ministry", "Nera Vale")))
    assert is_body_name("Interior Ministry") and is_body_name("Velm Hydro (statement)") and not is_body_name("Velm Echo")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("“We slept,” she told Radio Osk. Anyone could hear.", [("Radio Osk", True)]),
        ("According to Lake News Service, two sank", [("Lake News Service", False)]),
        ("citing a report by the Velm Echo, it said", [("Velm Echo", False)]),
        ("She told reporters in parliament that it rained.", []),
    ],
)
def test_a_sentence_tells_from_whom_it_has_something(words: str, names: list[tuple[str, bool]]) -> None:
    assert list(dict.fromkeys((s.name, s.told) for s in sources_in(words))) == names
