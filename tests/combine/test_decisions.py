"""People's decisions about actors: what they join is one, what they keep apart is two, and undoing restores what was."""

from __future__ import annotations

from presstime.combine import combine_readings
from presstime.findings import Decision, Findings
from presstime.records import Context

from .made import AS_OF, Made


def decide(verdict: str, one: str, other: str, number: int = 1, takes_back: str | None = None) -> Decision:
    at = f"2031-05-04T20:{number:02d}:00+02:00"
    return Decision(
        id=f"decision-{number}",
        kind="actor",
        verdict=verdict,  # type: ignore[arg-type]
        one=one,
        other=other,
        by="Ada",
        at=at,
        why="asked them",
        takes_back=takes_back,
    )


def story() -> list[Made]:
    said = (("Edda Rin", "no", "person"), ("Edda Olm", "yes", "person"), ("Rin", "never", "person"), ("Lake Board", "so", "organisation"))
    made = []
    for number, (name, words, kind) in enumerate(said):
        document = Made(f"n{number}", f"{name} said {words}.", published=f"2031-05-04T1{number}:00:00+02:00")
        document.say(name, words, kind=kind)
        made.append(document)
    return made


def found(*decisions: Decision) -> Findings:
    return combine_readings([m.reading for m in story()], as_of=AS_OF, context=Context(), decisions=decisions)


def ids(findings: Findings) -> dict[str, str]:
    return {a.name: a.id for a in findings.actors}


def test_same_joins_what_the_rules_keep_apart_and_loses_no_id() -> None:
    before = ids(found())
    assert set(before) == {"Edda Rin", "Edda Olm", "Lake Board"}
    after = found(decide("same", before["Edda Rin"], before["Edda Olm"]))
    (joined,) = [a for a in after.actors if "Edda Rin" in (a.name, *a.names)]
    assert {before["Edda Rin"], before["Edda Olm"]} <= {joined.id, *joined.redirects}
    assert {"Edda Rin", "Edda Olm"} <= {joined.name, *joined.names} and len(joined.members) == 3
    assert len(after.actors) == 2


def test_apart_keeps_apart_what_the_rules_join() -> None:
    before = next(a for a in found().actors if a.name == "Edda Rin")
    (bare,) = before.redirects
    after = found(decide("apart", before.id, bare))
    assert sorted(a.name for a in after.actors) == ["Edda Olm", "Edda Rin", "Lake Board", "Rin"]
    assert all({c.one, c.other} != {before.id, bare} for c in after.candidates)


def test_undoing_restores_exactly_what_was() -> None:
    plain = found()
    before = ids(plain)
    same = decide("same", before["Edda Rin"], before["Lake Board"])
    undone = decide("undone", before["Edda Rin"], before["Lake Board"], 2, takes_back=same.id)
    assert found(same) != plain and found(same, undone) == plain
    again = decide("undone", before["Edda Rin"], before["Lake Board"], 3, takes_back=undone.id)
    assert found(same, undone, again) == found(same)


def test_the_last_word_holds_whatever_the_order_they_are_given_in() -> None:
    before = ids(found())
    pair = before["Edda Rin"], before["Edda Olm"]
    same, apart = decide("same", *pair), decide("apart", pair[1], pair[0], 2)
    assert found(same, apart) == found(apart, same) == found(apart)


def test_three_that_people_join_two_by_two_are_one() -> None:
    before = ids(found())
    first = decide("same", before["Edda Rin"], before["Edda Olm"])
    second = decide("same", before["Lake Board"], before["Edda Olm"], 2)
    assert len(found(first, second).actors) == 1


def test_statements_of_the_joined_are_one_actors_reactions() -> None:
    made = [Made("north", "Edda Rin condemned the raid."), Made("south", "Edda Olm condemned the raid at noon.")]
    made[0].say("Edda Rin", "the raid", "condemnation", kind="person")
    made[1].say("Edda Olm", "the raid at noon", "condemnation", kind="person")
    readings = [m.reading for m in made]
    one, other = (a.id for a in combine_readings(readings, as_of=AS_OF, context=Context()).actors)
    after = combine_readings(readings, as_of=AS_OF, context=Context(), decisions=[decide("same", one, other)])
    assert [len(r.statements) for r in after.reactions] == [2]
