"""What holds of all findings, whatever the readings: no crash, no order, no invented id or number, no side."""

from __future__ import annotations

import random
from collections.abc import Iterable

import example_scores as scores
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import contexts, readings

from presstime.combine import combine_readings as combine
from presstime.findings import Findings
from presstime.records import Context, Reading
from presstime.story import open_story

from .made import AS_OF, Made

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def several() -> st.SearchStrategy[list[Reading]]:
    ids = st.lists(st.sampled_from(["doc-1", "doc-2", "doc-3", "doc-4"]), min_size=0, max_size=4, unique=True)
    return ids.flatmap(lambda given: st.tuples(*(readings(id=i) for i in given)).map(list))


def ids_of(read: Iterable[Reading]) -> set[str]:
    kinds = ("actors", "statements", "figures", "events")
    return {r.document.id for r in read} | {x.id for r in read for k in kinds for x in getattr(r, k)}


def named_in(found: Findings) -> set[str]:
    """Every id of a reading's record that findings name."""
    named = {m for a in found.actors for m in a.members} | {s for c in found.claims for s in c.statements}
    named |= {s for d in found.disputes for s in d.denials} | {s for r in found.reactions for s in r.statements}
    named |= {s.because for s in found.silences} | {t.event for e in found.timeline for t in e.tellings}
    for series in found.series:
        for line in series.lines:
            named |= {p.figure for p in line.points} | {p.superseded_by for p in line.points if p.superseded_by}
    for d in found.documents:
        named |= {d.id} | {x for x in (d.version_of, d.near_copy_of) if x}
    return named | {d for o in found.origins for d in o.documents} | {p.partition(":")[0] for o in found.origins for p in o.passages}


@QUICK
@given(several(), contexts(), st.randoms(use_true_random=False))
def test_findings_are_the_same_whatever_the_order_and_name_only_what_was_read(
    read: list[Reading], context: Context, shuffler: random.Random
) -> None:
    found = combine(read, as_of=AS_OF, context=context)
    shuffled = list(read)
    shuffler.shuffle(shuffled)
    assert combine(shuffled, as_of=AS_OF, context=context) == found
    assert named_in(found) <= ids_of(read)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Findings) == found
    own = {o.id for o in found.origins}
    assert all(d.origin in own for d in found.documents) and {d.claim for d in found.disputes} <= {c.id for c in found.claims}
    assert all(o.independent_at_most <= len(o.documents) for o in found.origins)
    assert len({d.id for d in found.documents}) == len(found.documents) == len(read)
    for kind in ("origins", "actors", "claims", "disputes", "series", "timeline"):
        made = [x.id for x in getattr(found, kind)]
        assert len(made) == len(set(made)), kind


@QUICK
@given(several())
def test_nothing_is_added_or_averaged(read: list[Reading]) -> None:
    found = combine(read, as_of=AS_OF, context=Context())
    figures = {f.id: f for r in read for f in r.figures}
    points = [p for s in found.series for line in s.lines for p in line.points]
    assert len({p.figure for p in points}) == len(points)
    for p in points:
        f = figures[p.figure]
        assert (p.low, p.high, p.qualifier) == (f.low, f.high, f.qualifier)
        assert f.measure != "population"


def test_of_two_readings_of_one_document_one_counts_and_not_by_order() -> None:
    a, b = Made("north", "Lake Board said six died."), Made("north", "Lake Board said six died.")
    a.say("Lake Board", "six died", "accusation")
    b.say("Lake Board", "six died")
    one, other = (combine(x, as_of=AS_OF, context=Context()) for x in ([a.reading, b.reading], [b.reading, a.reading]))
    assert one == other and len(one.documents) == 1


def story_told_of(one: str, other: str) -> list[Reading]:
    """The same story with the sides' names given: each accuses, denies, counts and reacts once."""
    first = Made("north", f"{one} said {other} shelled the bridge at Osk. {other} denied that. {one} said 3 were dead. {one} condemned it.")
    claim = first.say(one, f"{other} shelled the bridge at Osk", "accusation", kind="government")
    first.happen("shelled", by=other, to="the bridge", place=first.place("Osk"), statement=claim)
    first.say(other, "that", "denial", kind="government", answers=(claim,))
    first.count("3", 3, 3, statement=first.say(one, "3 were dead", kind="government"))
    first.say(one, "it", "condemnation", kind="government")
    second = Made(
        "south", f"{other} said 5 were dead at Osk. {other} demanded that {one} leave. Delvan Works waited.", "2031-05-04T12:00:00+02:00"
    )
    second.count("5", 5, 5, statement=second.say(other, "5 were dead", kind="government"))
    second.say(other, f"that {one} leave", "demand", kind="government", addressee=one)
    return [first.reading, second.reading]


@pytest.mark.parametrize(("one", "other"), [("Ardan", "Velmo"), ("China", "India"), ("Samoa", "Tonga"), ("Delhi", "Cairo")])
def test_swapping_the_sides_swaps_their_names_and_nothing_else(one: str, other: str) -> None:
    found = [combine(story_told_of(*sides), as_of=AS_OF, context=Context()) for sides in ((one, other), (other, one))]
    assert found[0].disputes and found[0].series and found[0].timeline and found[0].reactions
    plain, swapped = (without_ids(f) for f in found)
    assert plain == exchanged(swapped, one, other, found[1])


def without_ids(found: Findings) -> list[object]:
    """What findings say, without ids and country names, which follow from the names."""
    return [
        [(d.about, d.claimed_by, d.denied_by, d.no_response, len(d.denials)) for d in found.disputes],
        [(s.measure, [(x.giver, [(p.low, p.high, p.superseded_by is None) for p in x.points]) for x in s.lines]) for s in found.series],
        [(e.type, e.place, [(t.giver, t.standing) for t in e.tellings], e.standing) for e in found.timeline],
        [(r.actor, r.act, r.towards, len(r.statements)) for r in found.reactions],
        [s.actor for s in found.silences],
        [(a.name, a.names, a.kind) for a in found.actors],
    ]


def exchanged(told: list[object], one: str, other: str, found: Findings) -> list[object]:
    """The same with the two names exchanged."""
    text = msgspec.json.encode(told).decode().replace(one, "\0").replace(other, one).replace("\0", other)
    builtins = msgspec.json.decode(text)
    same: list[object] = msgspec.convert(builtins, type=list[object])
    return tupled(same) if found else []


def tupled(value: list[object]) -> list[object]:
    """Lists from JSON as the tuples and lists that `without_ids` makes."""
    disputes, series, timeline, reactions, silences, actors = value
    return [
        [(a, tuple(b), tuple(c), tuple(d), e) for a, b, c, d, e in disputes],  # type: ignore[attr-defined]
        [(m, [(g, [tuple(p) for p in ps]) for g, ps in lines]) for m, lines in series],  # type: ignore[attr-defined]
        [(t, p, [tuple(x) for x in ts], s) for t, p, ts, s in timeline],  # type: ignore[attr-defined]
        [tuple(r) for r in reactions],  # type: ignore[attr-defined]
        silences,
        [(n, tuple(ns), k) for n, ns, k in actors],  # type: ignore[attr-defined]
    ]


@pytest.fixture(scope="module")
def example() -> Findings:
    """What combine makes of the invented example's gold readings."""
    gold = scores.load_gold()
    return combine(gold.readings, as_of=gold.findings.as_of, context=open_story(scores.EXAMPLES / "corrow-dam").context)


def test_from_the_examples_gold_readings_come_its_gold_findings(example: Findings) -> None:
    gold, names = scores.load_gold(), scores.aliases()
    found = {
        "disputes": scores.disputes(gold, example, names),
        "series": scores.series(gold, example, names),
        "timeline": scores.timeline(gold, example),
        "reactions": scores.reactions(gold, example, names),
        "silences": scores.silences(gold, example, names),
        "origins": scores.origins(gold, example, gold.readings),
    }
    assert {k: s.missed for k, s in found.items() if s.missed} == {}
    # one of the five disputes is told twice in other words, and one is a claim that the gold does not count, under whoever
    # reported it; no silence is made up, and one origin gathers the copies
    assert (len(example.disputes), len(example.silences)) == (7, 1)
    assert len(next(o for o in example.origins if o.name == "Norrel Press").documents) == 5


def test_the_examples_shelling_is_one_entry_told_with_two_times(example: Findings) -> None:
    (entry,) = [e for e in example.timeline if e.type == "ASSAULT"]
    assert entry.times_differ and entry.standing == "disputed" and entry.place == "Ferry Gate"
    assert {t.from_ for t in entry.tellings} >= {"2026-03-02T21:00", "2026-03-02T22:00"}


def test_the_examples_toll_is_the_golds_toll(example: Findings) -> None:
    gold = scores.load_gold().findings.series[0]
    series = next(s for s in example.series if s.measure == "killed" and s.event is None and s.group is None)
    for line in gold.lines[:2]:
        got = next(x for x in series.lines if x.giver == line.giver)
        assert [(p.figure, p.low, p.high, p.superseded_by) for p in got.points] == [
            (p.figure, p.low, p.high, p.superseded_by) for p in line.points
        ]
