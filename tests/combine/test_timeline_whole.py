"""The timeline with people's decisions, piece by piece, with sides swapped, and with ten thousand tellings."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import Any

import pytest

from presstime.combine import _Given, combine_readings
from presstime.combine.event_place import Site
from presstime.combine.event_told import Deed, Shown
from presstime.combine.nations import Nations
from presstime.combine.presenting import present_findings
from presstime.combine.stages import Note, World
from presstime.combine.steps import bring_up_to_date
from presstime.combine.timeline import TIMELINE, _Told, entry_id
from presstime.findings import Decision, TimelineEntry
from presstime.ledger.bench import Bench
from presstime.records import Context, KnownPlace

from .made import AS_OF, Made, combined
from .test_timeline import CONTEXT, LAND, TOWN, plain, told, verbs, whole

# ---------------------------------------------------------------- people's word


def decided(verdict: str, one: str, other: str, number: int = 1, takes_back: str | None = None) -> Decision:
    given: dict[str, Any] = {"kind": "event", "verdict": verdict, "one": one, "other": other, "takes_back": takes_back}
    return Decision(id=f"decision-{number}", by="editor", at=f"2031-05-05T10:00:0{number}+02:00", why="seen", **given)


def under(decisions: Sequence[Decision], *made: Made) -> tuple[TimelineEntry, ...]:
    return combine_readings([m.reading for m in made], as_of=AS_OF, context=CONTEXT, decisions=tuple(decisions)).timeline


def test_people_can_join_two_entries_put_one_apart_and_take_it_back() -> None:
    made = told("a", "13:00"), told("b", "13:20", "Edda Rin"), told("c", "13:00", "Hill Board", place="Osk")
    a, b, c = (entry_id(m.records["events"][0].id) for m in made)
    assert [e.id for e in under((), *made)] == [a, c]
    (joined,) = under([decided("same", b, c)], *made)
    assert joined.id == a and set(joined.redirects) == {b, c} and len(joined.tellings) == 3
    assert {e.id for e in under([decided("apart", a, b)], *made)} == {a, b, c}
    back = [decided("apart", a, b), decided("undone", a, b, 2, takes_back="decision-1")]
    assert [e.id for e in under(back, *made)] == [a, c]


# ---------------------------------------------------------------- piece by piece


def many() -> list[Made]:
    text = "Shells hit Velm on Saturday evening."
    found = [
        told(f"d{n}", hour, who) for n, (hour, who) in enumerate(itertools.product(("06:00", "07:10", "19:00"), ("Lake Board", "Edda Rin")))
    ]
    found += [told("e0", "13:00", "Hill Board", place="Osk"), told("e1", "13:10", "Edda Rin", place="Osk", by="Velmori guns")]
    found.append(plain("f0", text, "hit", "Saturday evening", "2031-05-03T18:00:00+02:00", "2031-05-04T00:00:00+02:00", place="Velm"))
    found.append(plain("f1", "Ardani guns shelled Velm.", "shelled", by="Ardani guns", place="Velm", published=None))
    found.append(plain("f2", "Ardani guns shelled a bridge on Saturday.", "shelled", "Saturday", *whole("03"), by="Ardani guns"))
    return found


@pytest.mark.parametrize("last", [("d0", "f2"), ("f1", "e0"), ("f0", "d3"), ("d5", "f1")])
def test_documents_that_come_later_give_what_all_at_once_give(last: tuple[str, ...]) -> None:
    made = many()
    world = World(CONTEXT, Nations(CONTEXT))
    bench = Bench.in_memory()
    bring_up_to_date(bench, _Given([m.reading for m in made if m.document.id not in last]), world)
    for number in range(1, len(last) + 1):
        bring_up_to_date(bench, _Given([m.reading for m in reversed(made) if m.document.id not in last[number:]]), world)
    at_once = combined(*made, context=CONTEXT)
    assert present_findings(bench, world, AS_OF).timeline == at_once.timeline
    bring_up_to_date(bench, _Given([m.reading for m in made if m.document.id != last[0]]), world)
    without = combined(*(m for m in made if m.document.id != last[0]), context=CONTEXT)
    assert present_findings(bench, world, AS_OF).timeline == without.timeline


def test_naming_the_sides_the_other_way_round_changes_only_names() -> None:
    lands = Context(places=(LAND, TOWN, KnownPlace(name="Velmor", names=("Velmori",), lat=0.0, lon=0.0, precision="country")))
    shapes = []
    for one, other in (("Ardani", "Velmori"), ("Velmori", "Ardani")):
        made = (
            told("a", "13:00", by=f"{one} guns"),
            told("b", "13:10", "Edda Rin", by=f"{other} guns"),
            told("c", "13:05", "Hill Board", by=f"{one} troops"),
        )
        shapes.append(verbs(combined(*made, context=lands), *made))
    assert shapes[0] == shapes[1] == [["a", "c"], ["b"]]


def test_ten_thousand_tellings_of_one_day_settle_quickly() -> None:
    notes = []
    for n in range(10_000):
        begin = 30_000_000 + 30 * (n % 4)
        deed = Deed(
            type="ASSAULT",
            kinds=("fire",),
            site=Site((f"town {n % 20}",)),
            doers=(f"k:side{n % 2}",),
            begin=begin,
            end=begin + 1,
            voice=f"v{n % 50}",
        )
        shown = Shown(event=f"event-{n}", document=f"d{n}", standing="claimed")
        notes.append(Note("force 2031-05-03", f"event-{n}", f"{n:06}", _Told(deed, shown)))
    begun = time.process_time()
    found = TIMELINE.settle("force 2031-05-03", notes, World(Context(), Nations(Context()))).found
    assert time.process_time() - begun < 1  # about 0.05 s on the machine it was written on
    assert found is not None and sum(len(e.tellings) for e in found.entries) == 10_000 and len(found.entries) < 200
