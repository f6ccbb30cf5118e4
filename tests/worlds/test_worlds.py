"""The generator keeps its promises: worlds are repeatable, their truth stands in their documents, and they are hard."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice, pairwise
from pathlib import Path
from typing import Any

import pytest

from presstime.combine import combine_readings as combine
from presstime.ids import record_id
from presstime.records import Reading
from tests.worlds.ceiling import best_findings
from tests.worlds.metrics import judge
from tests.worlds.newsroom import text_of
from tests.worlds.pieces import fill, plain, replaced
from tests.worlds.scale import growing_readings
from tests.worlds.score import judge_story, load_truth
from tests.worlds.telling import wording
from tests.worlds.truth import as_json, minutes
from tests.worlds.world import World, make_world, page_file, write_story

WORDINGS = sorted(p.stem for p in (Path(__file__).parent / "wording").glob("*.toml"))
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=[(s, w) for w in WORDINGS for s in SEEDS], ids=lambda p: f"{p[1]}-{p[0]}")
def world(request: pytest.FixtureRequest) -> World:
    return make_world(*request.param)


def spans(reading: Reading) -> Iterator[tuple[int, int]]:
    records: list[Any] = [*reading.figures, *reading.events, *reading.places, *reading.times]
    yield from ((r.start, r.end) for r in records)
    for actor in reading.actors:
        yield from ((m.start, m.end) for m in actor.mentions)
    for s in reading.statements:
        others: list[Any] = [x for x in (s.cue, s.speaker) if x is not None]
        yield from ((c.start, c.end) for c in (*s.content, *others))


def places(value: Any, keys: set[str]) -> Iterator[tuple[str, int, int]]:
    if isinstance(value, tuple) and len(value) == 3 and value[0] in keys and isinstance(value[1], int):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from places(inner, keys)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from places(inner, keys)


def test_the_same_seed_gives_the_same_world_and_another_another() -> None:
    one, again, other = make_world(1, "tuning"), make_world(1, "tuning"), make_world(2, "tuning")
    assert [page_file(p) for p in one.pages] == [page_file(p) for p in again.pages]
    assert as_json(one.truth) == as_json(again.truth)
    assert one.readings() == again.readings()
    assert not {page_file(p) for p in one.pages} & {page_file(p) for p in other.pages}


def test_every_place_of_the_truth_is_found_in_its_document(world: World, tmp_path: Path) -> None:
    folder = write_story(world, tmp_path)
    loaded = load_truth(folder / "truth.json", world.truth.texts)
    for name in ("passages", "actors", "disputes", "series", "timeline", "reactions", "silences"):
        own = list(places(getattr(world.truth, name), set(world.truth.texts)))
        assert list(places(getattr(loaded, name), set(world.truth.texts))) == own
        assert all(0 <= a < b <= len(world.truth.texts[key]) for key, a, b in own)


def test_no_page_has_a_mark_or_a_slot_left_in_it(world: World) -> None:
    for text in world.truth.texts.values():
        assert not re.search(r"[<>{}]|  |\.\.|,,| [,.]", text)


def test_true_readings_hold_their_words(world: World) -> None:
    for page, reading in zip(world.pages, world.readings(), strict=True):
        text = reading.document.text
        assert text == text_of(page)[0].text
        assert all(0 <= a < b <= len(text) for a, b in spans(reading))
        assert all(text[f.start : f.end] == f.words for f in reading.figures)
        assert all(text[p.start : p.end].lower() == p.name.lower() for p in reading.places)
        assert all(text[m.start : m.end] == text[m.start : m.end].strip() for a in reading.actors for m in a.mentions)
        ids = [
            r.id for g in (reading.actors, reading.statements, reading.figures, reading.events, reading.places, reading.times) for r in g
        ]
        assert len(ids) == len(set(ids))
        assert all(f.id == record_id("figure", reading.document.id, (f.start, f.end)) for f in reading.figures)
        known = set(ids)
        assert all(s.speaker and s.speaker.actor in known for s in reading.statements)
        assert all(x is None or x in known for e in reading.events for x in (e.place, e.time, e.statement))


def test_a_wording_has_what_the_generator_asks_for() -> None:
    model = wording("tuning")
    for name in WORDINGS:
        words = wording(name)
        assert words.keys() == model.keys()
        for kind, tables in model["kinds"].items():
            assert set(words["kinds"][kind]) == set(tables)
            for table in ("claimed", "gerund", "bare"):
                assert all("{place}" in p for p in words["kinds"][kind].get(table, ()))
            assert all("{doer}" in p and "<e>" in p and "{time}" in p for p in words["kinds"][kind].get("claimed", ()))
            assert all("{who}" in p and "<v>" in p and "<c>" in p for p in words["kinds"][kind].get("loose", ()))
        for frame in ("claim", "accuse", "told", "cited", "deny"):
            assert all("{who}" in p and "{what}" in p and p.count("<v>") == 1 and p.count("<c>") == 1 for p in words["frames"][frame])


def patterns(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from patterns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from patterns(inner)


def bare(pattern: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\{\w+\}|</?\w>", " ", pattern).lower()))


def test_no_wording_is_shared() -> None:
    """No pattern of three words of its own or more stands in two wordings; "at {time}" can only be said one way."""
    own = {name: {b for p in patterns(wording(name)) if len((b := bare(p)).split()) >= 3} for name in WORDINGS}
    assert all(not own[a] & own[b] for a, b in combinations(WORDINGS, 2))


# ---------------------------------------------------------------- what makes worlds hard


def test_incidents_of_one_kind_on_one_day(world: World) -> None:
    found = world.happenings.incidents
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a.kind == b.kind and a.day == b.day]
    assert any(a.town != b.town for a, b in pairs), "in two towns"
    assert any(a.town == b.town and abs(a.minutes["first"] - b.minutes["first"]) > 300 for a, b in pairs), "in one town at two hours"


def test_two_people_of_one_surname_are_heard(world: World) -> None:
    surnames = Counter(a["name"].split()[-1] for a in world.truth.actors if a["kind"] == "person")
    assert max(surnames.values()) >= 2


def test_names_are_spelled_in_several_ways(world: World) -> None:
    people = [a for a in world.truth.actors if a["kind"] == "person"]
    surnames = [{world.truth.texts[k][a:b].split()[-1] for k, a, b in p["mentions"]} for p in people]
    bodies = [{world.truth.texts[k][a:b] for k, a, b in x["mentions"]} for x in world.truth.actors if x["kind"] == "organisation"]
    assert sum(len(written) > 1 for written in surnames) >= 3
    assert sum(len(written) > 1 for written in bodies) >= 3


def test_a_toll_is_revised_downward_and_another_rises(world: World) -> None:
    lines = [line["points"] for s in world.truth.series if s["scope"] == "event" for line in s["lines"]]
    falls = [p for p in lines if any(b["high"] and a["high"] and b["high"] < a["high"] and a["superseded"] for a, b in pairwise(p))]
    rises = [p for p in lines if any(b["low"] and a["low"] and b["low"] > a["low"] and a["superseded"] for a, b in pairwise(p))]
    assert falls and rises


def test_totals_parts_and_the_past_stand_apart(world: World) -> None:
    assert {s["scope"] for s in world.truth.series} == {"event", "total", "past"}
    assert any(s["group"] for s in world.truth.series)


def test_a_denial_stands_in_another_document_and_names_its_claim_loosely(world: World) -> None:
    loose = {i.key for i in world.happenings.incidents if i.denial == "loose"}
    assert loose
    apart = [d for d in world.truth.disputes if not {k for k, _, _ in d["claims"]} & {k for k, _, _ in d["denials"]}]
    assert apart


def test_one_of_two_like_claims_is_denied_and_a_company_stays_silent(world: World) -> None:
    shellings = [i for i in world.happenings.incidents if i.kind == "shelling"]
    assert {bool(i.denier) for i in shellings} == {True, False}
    assert len(world.truth.silences) == 1


def test_copies_of_every_kind(world: World) -> None:
    copies = [p for p in world.pages if p.copy_of]
    assert {bool(p.credit) for p in copies} == {True, False}
    assert any(p.foreign for p in copies) and any(p.opening for p in copies) and any(p.line for p in copies)
    by_key = {p.key: p for p in world.pages}
    texts = world.truth.texts
    assert any(texts[p.key] == texts[by_key[p.copy_of].key] for p in copies if p.copy_of), "whole"
    assert world.truth.versions
    assert any("said by" in p["origin"] for p in world.truth.passages), "a press conference"


def test_times_differ_between_tellings(world: World) -> None:
    assert any(e["times_differ"] for e in world.truth.timeline)
    assert minutes("2031-05-04TMO") == (360, 720)


# ---------------------------------------------------------------- pieces, scoring, scale


def test_a_mark_holds_its_words_through_filling_and_editing() -> None:
    piece = fill(
        "{who} <v>said</v> <c>{what}</c>.", {"who": plain("the mayor", "actor", "m"), "what": "people saw many lorries"}, sentence=True
    )
    edited = replaced(replaced(piece, "many", "a lot of"), "said", "stated")
    assert edited.text == "The mayor stated people saw a lot of lorries."
    assert {m.kind: edited.text[m.start : m.end] for m in edited.marks if not m.kind.startswith("slot")} == {
        "actor": "The mayor",
        "cue": "stated",
        "content": "people saw a lot of lorries",
    }


def test_findings_without_a_mistake_score_one_everywhere(world: World) -> None:
    readings = world.readings()
    keys = {r.document.id: r.document.id for r in readings}
    judged = judge(world.truth, readings, keys, best_findings(world.truth, readings, keys))
    assert [(name, *t.errors) for name, t in judged.items() if t.errors] == []
    assert all(t.precision == pytest.approx(1) and t.recall == pytest.approx(1) for t in judged.values())


def test_nothing_found_scores_nothing_and_a_story_folder_is_judged(tmp_path: Path) -> None:
    world = make_world(1, "tuning")
    readings = world.readings()
    keys = {r.document.id: r.document.id for r in readings}
    nothing = combine([], as_of=world.truth.as_of, context=world.context)
    missed = judge(world.truth, readings, keys, nothing)
    assert all(t.recall == 0 for name, t in missed.items() if name != "actors")
    (tmp_path / "documents").mkdir()
    text = "Outlet: Lunmora Post\nPublished: 2031-05-04T10:00:00+02:00\n\nThe Velm Water Board said the bridge was safe.\n"
    (tmp_path / "documents" / "a.txt").write_text(text)
    truth: dict[str, Any] = {"as_of": "2031-05-05T00:00:00+02:00", "origins": {"a": "Lunmora Post"}}
    truth |= {"actors": [{"name": "Velm Water Board", "kind": "organisation", "mentions": [["a", "Velm Water Board"]]}]}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    assert judge_story(tmp_path, cache=tmp_path / "cache")["actors"].f1 == 1


def test_a_growing_story_is_streamed_with_ids_of_its_own() -> None:
    found = list(islice(growing_readings(200), 120))
    assert len({r.document.id for r in found}) == 120
    assert found == list(islice(growing_readings(200), 120))
    assert all(0 <= a < b <= len(r.document.text) for r in found for a, b in spans(r))
