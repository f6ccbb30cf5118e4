"""Rows in ACLED's, UCDP GED's and PLOVER's fields: exact columns, known codes, nothing invented, nothing adjudicated."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, cast

import pytest

from presstime.findings import Findings, FoundActor, Line, Point, Series, Telling, TimelineEntry
from presstime.records import EVENT_TYPES, ActorKind, Participant, Qualifier
from presstime.show.export import acled, ged
from presstime.show.export.coded_files import EVIDENCE_COLUMNS, acled_files, ged_files
from presstime.show.export.coding import codes, countries
from presstime.show.export.plover import QUAD_CODES, plover
from presstime.show.export.shown import Shown, shown_material
from presstime.show.export.tolls import Policy, Toll, count_tolls
from presstime.show.material import Material

from ..story import Desk

NONE = Policy()


def news(
    text: str,
    event: str,
    kind: Any = "ASSAULT",
    *,
    killed: tuple[tuple[str, int | None, int | None, str], ...] = (),
    actor: str | None = None,
    actor_kind: str = "group",
    actor_country: str | None = None,
    recipient: str | None = None,
    group: str | None = None,
    place: dict[str, Any] | None = None,
    days: tuple[str, str] | None = ("2026-03-03", "2026-03-04"),
    standing: Any = "reported",
    outlet: str = "The Velm Post",
    ident: str = "doc-1",
    **fields: Any,
) -> tuple[Desk, Telling, list[tuple[str, int | None, int | None, str]]]:
    """One document that tells one event, with figures of killed."""
    desk = Desk(ident, outlet, [("headline", "News from Velm"), ("paragraph", text)], published="2026-03-03T10:00:00+01:00")
    where = desk.place("Velm", "geonames:1", **({"lat": 40.5, "lon": 45.25, "precision": "town", "country": "AM"} | (place or {})))
    sides: dict[str, Participant] = {}
    for role, words in (("actor", actor), ("recipient", recipient)):
        if words:
            own = desk.actor(words, words, cast(ActorKind, actor_kind), country=actor_country) if role == "actor" else None
            span = desk.span(words)
            sides[role] = Participant(start=span.start, end=span.end, name=words, actor=own)
    figures = []
    for words, low, high, how in killed:
        figure = desk.count(words, "killed", low, high, cast(Qualifier, how), group=group, place=where)
        figures.append((figure, low, high, how))
    made = desk.event(event, kind, standing, place=where, **sides, **fields)
    start, end = days or (None, None)
    return desk, Telling(event=made, from_=start, to=end, standing=standing, giver=outlet), figures


def one_event(*tellings: tuple[Desk, Telling, Any], kind: Any = "ASSAULT", group: str | None = None) -> Shown:
    """A story of one event, its figures in one series, a line for each document."""
    lines = [
        Line(
            giver=desk.document.outlet or "",
            points=tuple(Point(figure=f, as_of=desk.document.published, low=lo, high=hi, qualifier=how) for f, lo, hi, how in figures),
        )
        for desk, _, figures in tellings
        if figures
    ]
    findings = Findings(
        as_of="2026-03-03T20:00:00+01:00",
        series=(Series(id="series-1", measure="killed", group=group, lines=tuple(lines)),) if lines else (),
        timeline=(
            TimelineEntry(
                id="entry-1", type=kind, place="geonames:1", tellings=tuple(t for _, t, _ in tellings), standing=tellings[0][1].standing
            ),
        ),
        actors=tuple(
            FoundActor(id=f"found-{a.name}", name=a.name, names=(), kind=a.kind, country=a.country, members=(a.id,))
            for desk, _, _ in tellings
            for a in desk.actors
        ),
    )
    readings = tuple(desk.reading() for desk, _, _ in tellings)
    return shown_material(Material(title="Velm", as_of=findings.as_of, time_zone="Europe/Berlin", findings=findings, readings=readings))


def acled_row(shown: Shown, policy: Policy = NONE) -> dict[str, Any]:
    (row,) = acled.acled_rows(shown, policy)
    return dict(zip(acled.COLUMNS, row, strict=True))


def ged_row(shown: Shown, policy: Policy = NONE) -> dict[str, Any]:
    (row,) = ged.ged_rows(shown, policy)
    return dict(zip(ged.COLUMNS, row, strict=True))


SHELLING = news(
    "Rebels shelled homes in Velm, killing 12 civilians.",
    "shelled",
    killed=(("12 civilians", 12, 12, "exact"),),
    actor="Rebels",
    recipient="civilians",
    sub_event="Shelling/artillery/missile attack",
    mode="heavy-weapons",
)


# ---------------------------------------------------------------- ACLED


def test_acleds_columns_are_exact() -> None:
    assert ", ".join(acled.COLUMNS) == (
        "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1, "
        "actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude, "
        "longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp"
    )


def test_an_event_is_coded_as_far_as_its_words_tell() -> None:
    row = acled_row(one_event(SHELLING))
    notes = row.pop("notes")
    assert row == {
        "event_id_cnty": "entry-1",
        "event_date": "2026-03-03",
        "year": 2026,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Rebels",
        "assoc_actor_1": None,
        "inter1": 2,
        "actor2": "Civilians (Armenia)",
        "assoc_actor_2": None,
        "inter2": 7,
        "interaction": 27,
        "civilian_targeting": "Civilian targeting",
        "iso": 51,
        "region": "Caucasus and Central Asia",
        "country": "Armenia",
        "admin1": None,
        "admin2": None,
        "admin3": None,
        "location": "Velm",
        "latitude": 40.5,
        "longitude": 45.25,
        "geo_precision": 1,
        "source": "The Velm Post",
        "source_scale": None,
        "fatalities": 12,
        "tags": "machine-coded candidate",
        "timestamp": 1772564400,
    }
    assert notes.startswith("Machine-coded candidate, not reviewed. Standing: reported.")
    assert "doc-1, characters 23-30, The Velm Post" in notes and "“12 civilians”" in notes


@pytest.mark.parametrize(
    ("days", "date", "precision"),
    [
        (("2026-03-03T04:00:00+01:00", "2026-03-03T04:01:00+01:00"), "2026-03-03", 1),
        (("2026-03-03", "2026-03-04"), "2026-03-03", 1),
        (("2026-03-02", "2026-03-09"), "2026-03-02", 2),
        (("2026-03-01", "2026-04-01"), "2026-03-01", 3),
        (("2026-01-01", "2027-01-01"), None, None),
        (None, None, None),
    ],
)
def test_time_precision_is_the_span_that_was_told(days: Any, date: str | None, precision: int | None) -> None:
    row = acled_row(one_event(news("Shells hit Velm.", "Shells hit", days=days, sub_event="Shelling/artillery/missile attack")))
    assert (row["event_date"], row["time_precision"]) == (date, precision)


@pytest.mark.parametrize(
    ("place", "acled_code", "ged_code", "pointed"),
    [
        ({"precision": "town", "kind": "town"}, 1, 1, True),
        ({"precision": "town", "kind": "camp"}, 1, 2, True),
        ({"precision": "district", "kind": "district"}, 2, 3, True),
        ({"precision": "area", "kind": "area"}, 2, 5, True),
        ({"precision": "region", "kind": "region"}, 3, 4, True),
        ({"precision": "region", "kind": "front"}, 3, 5, True),
        ({"precision": "country", "kind": "country"}, None, 6, False),
    ],
)
def test_geo_precision_is_the_size_of_what_was_named(place: Any, acled_code: int | None, ged_code: int, pointed: bool) -> None:
    shown = one_event(
        news("12 died when shells hit Velm.", "shells hit", killed=(("12 died", 12, 12, "exact"),), place=place, sub_event="Attack")
    )
    row, other = acled_row(shown), ged_row(shown)
    assert (row["geo_precision"], other["where_prec"]) == (acled_code, ged_code)
    assert (row["latitude"] is not None, other["latitude"] is not None) == (pointed, pointed)


@pytest.mark.parametrize(
    ("actor", "kind", "country", "code"),
    [
        ("Rebels", "group", None, 2),
        ("Militiamen", "group", None, 3),
        ("Vigilantes", "group", None, 4),
        ("A mob", "group", None, 5),
        ("Demonstrators", "group", None, 6),
        ("Residents", "group", None, 7),
        ("Peacekeepers", "group", None, 8),
        ("Police officers", "group", None, 1),
        ("The army", "organisation", "AM", 1),
        ("The army", "organisation", "GE", 8),
        ("The army", "organisation", None, None),
        ("The Government", "government", "AM", 1),
        ("Gunmen", "group", None, 3),
        ("Troops", "group", None, None),
        ("Ilan Voss", "person", None, None),
    ],
)
def test_inter_codes(actor: str, kind: str, country: str | None, code: int | None) -> None:
    told = news(f"{actor} attacked Velm.", "attacked", actor=actor, actor_kind=kind, actor_country=country, sub_event="Attack")
    row = acled_row(one_event(told))
    assert row["inter1"] == code
    assert row["interaction"] == (None if code is None else 10 * code)


def test_what_is_no_party_is_no_actor() -> None:
    row = acled_row(one_event(news("Rebels shelled homes in Velm.", "shelled", actor="Rebels", recipient="homes", sub_event="Attack")))
    assert (row["actor1"], row["actor2"], row["inter2"], row["interaction"]) == ("Rebels", None, None, 20)
    assert "No party, but named: homes." in row["notes"]


def test_a_side_on_which_tellings_disagree_is_empty_and_both_are_in_the_notes() -> None:
    one = news("Rebels shelled Velm.", "shelled", actor="Rebels", sub_event="Attack")
    other = news("The army shelled Velm.", "shelled", actor="The army", sub_event="Attack", ident="doc-2", outlet="Harbour Daily")
    for pair in ((one, other), (other, one)):
        row = acled_row(one_event(*pair))
        assert (row["actor1"], row["inter1"], row["interaction"]) == (None, None, None)
        assert "Tellings disagree on the actor" in row["notes"] and "Rebels" in row["notes"] and "The army" in row["notes"]


@pytest.mark.parametrize(
    ("sub_event", "event_type", "disorder"),
    [
        ("Armed clash", "Battles", "Political violence"),
        ("Peaceful protest", "Protests", "Demonstrations"),
        ("Excessive force against protesters", "Protests", "Political violence; Demonstrations"),
        ("Violent demonstration", "Riots", "Demonstrations"),
        ("Mob violence", "Riots", "Political violence"),
        ("Arrests", "Strategic developments", "Strategic developments"),
        (None, None, "Political violence"),
    ],
)
def test_types_follow_the_sub_event(sub_event: str | None, event_type: str | None, disorder: str) -> None:
    row = acled_row(one_event(news("It happened in Velm.", "happened", sub_event=sub_event)))
    assert (row["sub_event_type"], row["event_type"], row["disorder_type"]) == (sub_event, event_type, disorder)


def test_what_acled_does_not_cover_makes_no_row() -> None:
    for kind, standing in (("AID", "reported"), ("CONSULT", "reported"), ("COERCE", "reported"), ("ASSAULT", "planned")):
        assert acled.acled_rows(one_event(news("It was in Velm.", "was", kind, standing=standing), kind=kind), NONE) == []


def test_every_sub_event_has_its_types() -> None:
    table = codes("acled")
    assert all(kind in table["disorder_type"] or name in table["disorder_type"] for name, kind in table["event_type"].items())
    assert len(countries()) == 250 and countries()["AM"].iso == 51 and countries()["XK"].iso is None


# ---------------------------------------------------------------- tolls


def toll(words: str, low: int | None, high: int | None, moment: str = "2026-03-03T10:00:00+01:00") -> Toll:
    return Toll(figure=words, giver="G", words=words, low=low, high=high, group=None, moment=moment, document="doc-1")


@pytest.mark.parametrize(
    ("tolls", "low", "best", "high", "conflict"),
    [
        ([toll("12", 12, 12)], 12, 12, 12, False),
        ([toll("at least 12", 12, None)], 12, 12, 12, False),
        ([toll("at most 12", None, 12)], 12, None, 12, False),
        ([toll("10 to 12", 10, 12)], 10, None, 12, False),
        ([toll("at least 12", 12, None), toll("15", 15, 15)], 12, 15, 15, False),
        ([toll("at least 12", 12, None), toll("at least 15", 15, None)], 12, 15, 15, False),
        ([toll("12", 12, 12), toll("15", 15, 15)], 12, None, 15, True),
        ([toll("at least 17", 17, None), toll("16", 16, 16)], 16, None, 17, True),
        ([toll("dozens", None, None)], None, None, None, False),
    ],
)
def test_best_is_only_what_all_tolls_allow(tolls: list[Toll], low: Any, best: Any, high: Any, conflict: bool) -> None:
    for order in (tolls, tolls[::-1]):
        count = count_tolls(order, NONE)
        assert (count.low, count.best, count.high, count.conflict) == (low, best, high, conflict)


@pytest.mark.parametrize(("policy", "best"), [("latest", 15), ("lowest", 12), ("highest", 19)])
def test_a_stated_policy_picks_one_of_tolls_in_conflict(policy: Any, best: int) -> None:
    tolls = [toll("12", 12, 12), toll("19", 19, 19, "2026-03-03T11:00:00+01:00"), toll("15", 15, 15, "2026-03-03T12:00:00+01:00")]
    assert count_tolls(tolls, Policy(toll=policy)).best == best


def test_the_latest_of_two_that_differ_is_none() -> None:
    assert count_tolls([toll("12", 12, 12), toll("15", 15, 15)], Policy(toll="latest")).best is None


@pytest.mark.parametrize(
    ("words", "acled_number", "doubled"),
    [
        ("dozens", 12, 24),
        ("Hundreds of people", 100, 200),
        ("scores", 20, 40),
        ("several", None, None),
        ("hundreds of thousands", None, None),
    ],
)
def test_words_are_numbers_by_a_stated_policy_alone(words: str, acled_number: int | None, doubled: int | None) -> None:
    assert count_tolls([toll(words, None, None)], NONE).best is None
    assert count_tolls([toll(words, None, None)], Policy(words="acled")).best == acled_number
    assert count_tolls([toll(words, None, None)], Policy(words="24")).best == doubled


def test_fatalities_in_conflict_are_empty_and_all_in_the_notes() -> None:
    one = news("12 died when shells hit Velm.", "shells hit", killed=(("12 died", 12, 12, "exact"),), sub_event="Attack")
    other = news(
        "15 died when shells hit Velm.", "shells hit", killed=(("15 died", 15, 15, "exact"),), sub_event="Attack", ident="doc-2", outlet="B"
    )
    shown = one_event(one, other)
    row = acled_row(shown)
    assert row["fatalities"] is None
    assert "Tolls (in conflict): The Velm Post: “12 died” [doc-1]; B: “15 died” [doc-2]." in row["notes"]
    assert (ged_row(shown)["low"], ged_row(shown)["best"], ged_row(shown)["high"]) == (12, None, 15)
    assert acled_row(shown, Policy(toll="highest"))["fatalities"] == 15
    assert "conflicting tolls: highest" in acled_row(shown, Policy(toll="highest"))["notes"]


def test_a_figure_between_two_events_belongs_to_neither() -> None:
    desk, telling, figures = news(
        "Shells hit Velm and rebels raided Orm, and 12 died.", "Shells hit", killed=(("12 died", 12, 12, "exact"),)
    )
    raid = Telling(event=desk.event("raided", "ASSAULT"), from_="2026-03-03", to="2026-03-04", standing="reported", giver="P")
    shown = one_event((desk, telling, figures))
    second = TimelineEntry(id="entry-2", type="ASSAULT", place=None, tellings=(raid,), standing="reported")
    from msgspec.structs import replace

    findings = replace(shown.material.findings, timeline=(*shown.material.findings.timeline, second))
    both = shown_material(replace(shown.material, findings=findings, readings=(desk.reading(),)))
    assert [row[acled.COLUMNS.index("fatalities")] for row in acled.acled_rows(both, NONE)] == [None, None]
    assert ged.ged_rows(both, NONE) == []


# ---------------------------------------------------------------- UCDP GED


def test_geds_columns_are_exact() -> None:
    assert ", ".join(ged.COLUMNS) == (
        "id, year, type_of_violence, side_a, side_b, number_of_sources, source_article, source_office, source_date, source_headline, "
        "source_original, where_prec, where_coordinates, adm_1, adm_2, latitude, longitude, country, event_clarity, date_prec, date_start, "
        "date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low"
    )


def test_a_deadly_event_is_coded_as_far_as_its_words_tell() -> None:
    told = news(
        "Rebels shelled homes in Velm, killing 12 civilians.",
        "shelled",
        killed=(("12 civilians", 12, 12, "exact"),),
        actor="Rebels",
        recipient="civilians",
        group="civilians",
    )
    row = ged_row(one_event(told, group="civilians"))
    assert row.pop("source_article").startswith("The Velm Post,2026-03-03,News from Velm (doc-1, characters 23-30: “Rebels shelled")
    assert row == {
        "id": "candidate-entry-1",
        "year": 2026,
        "type_of_violence": 3,
        "side_a": "Rebels",
        "side_b": "Civilians",
        "number_of_sources": 1,
        "source_office": "The Velm Post",
        "source_date": "2026-03-03",
        "source_headline": "News from Velm",
        "source_original": "The Velm Post",
        "where_prec": 1,
        "where_coordinates": "Velm",
        "adm_1": None,
        "adm_2": None,
        "latitude": 40.5,
        "longitude": 45.25,
        "country": "Armenia",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2026-03-03",
        "date_end": "2026-03-03",
        "deaths_a": None,
        "deaths_b": None,
        "deaths_civilians": 12,
        "deaths_unknown": 0,
        "best": 12,
        "high": 12,
        "low": 12,
    }


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("2026-03-04", 1),
        ("2026-03-05", 2),
        ("2026-03-09", 2),
        ("2026-03-10", 3),
        ("2026-03-31", 4),
        ("2027-01-01", 5),
        ("2028-01-01", None),
    ],
)
def test_date_prec_is_the_span_that_was_told(end: str, code: int | None) -> None:
    told = news("12 died as shells hit Velm.", "shells hit", killed=(("12 died", 12, 12, "exact"),), days=("2026-03-03", end))
    assert ged_row(one_event(told))["date_prec"] == code


@pytest.mark.parametrize(
    ("actor", "recipient", "code"),
    [
        ("Rebels", "the army", 1),
        ("The army", "rebels", 1),
        ("Rebels", "militiamen", 2),
        ("Police", "residents", 3),
        ("Troops", "rebels", None),
    ],
)
def test_type_of_violence_is_of_who_fought_whom(actor: str, recipient: str, code: int | None) -> None:
    told = news(
        f"{actor} shelled {recipient} in Velm; 12 died.",
        "shelled",
        killed=(("12 died", 12, 12, "exact"),),
        actor=actor,
        recipient=recipient,
    )
    assert ged_row(one_event(told))["type_of_violence"] == code


def test_an_event_without_dead_makes_no_row() -> None:
    assert ged.ged_rows(one_event(news("Shells hit Velm.", "Shells hit")), NONE) == []


# ---------------------------------------------------------------- PLOVER, files


def test_plover_lines_have_types_quads_and_evidence(example: Shown) -> None:
    lines = [json.loads(line) for line in plover(example, NONE).decode("utf-8").splitlines()]
    assert set(QUAD_CODES) == set(EVENT_TYPES) and len(lines) > 20
    for line in lines:
        assert line["status"] == "machine-coded candidate" and line["quad_code"] == QUAD_CODES[line["event_type"]]
        assert line["evidence"]
        for one in line["evidence"]:
            assert example.index.documents[one["document"]].text[one["start"] : one["end"]] == one["words"]
    assert len({line["event_id"] for line in lines}) == len(lines)


def test_plover_gives_the_dead_with_their_policy() -> None:
    (line,) = [json.loads(each) for each in plover(one_event(SHELLING), NONE).decode("utf-8").splitlines()]
    assert line["dead"] == {
        "low": 12,
        "best": 12,
        "high": 12,
        "conflict": False,
        "policy": {"words": "none", "toll": None},
        "tolls": ["The Velm Post: “12 civilians” [doc-1]"],
    }
    assert (line["event_mode"], line["actor_sectors"], line["geonames_id"]) == ("heavy-weapons", ["REB"], "1")


def test_rows_stand_beside_their_evidence() -> None:
    shown = one_event(SHELLING)
    for files, name, row in ((acled_files(shown, NONE), "acled", "entry-1"), (ged_files(shown, NONE), "ucdp-ged", "candidate-entry-1")):
        rows = list(csv.reader(io.StringIO(files[f"{name}-candidates.csv"].decode("utf-8"))))
        assert tuple(rows[0]) == (acled.COLUMNS if name == "acled" else ged.COLUMNS)
        evidence = list(csv.DictReader(io.StringIO(files[f"{name}-candidates-evidence.csv"].decode("utf-8"))))
        assert tuple(evidence[0]) == EVIDENCE_COLUMNS
        assert [(e["row"], e["kind"], e["words"], e["low"]) for e in evidence] == [
            (row, "event", "shelled", ""),
            (row, "figure", "12 civilians", "12"),
        ]


def test_notes_stay_short_enough_for_a_cell(hostile: Shown) -> None:
    notes = acled.COLUMNS.index("notes")
    assert max(len(str(row[notes])) for row in acled.acled_rows(hostile, NONE)) < 10_000


@pytest.mark.parametrize("name", ["hostile", "empty", "flood"])
def test_any_story_is_coded(name: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(name)
    for files in (acled_files(shown, Policy(words="acled")), ged_files(shown, Policy(toll="latest"))):
        for data in files.values():
            csv.field_size_limit(1 << 24)
            for row in list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))[1:]:
                assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") for cell in row)
    assert plover(shown, NONE) == plover(shown, NONE)
