"""Times: values against cases, intervals, a history without a day of publication, and hostile text."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
import tomllib
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.gazetteer import open_gazetteer
from presstime.read.language import parse
from presstime.read.layout import lay_out
from presstime.read.time_rules import openings, rules
from presstime.read.time_zones import stated_zone, zone_of_dateline, zone_of_place
from presstime.read.times import find_times
from presstime.read.timex import easter, interval, read_date, thanksgiving
from presstime.records import Context, Document, Part, Place, Span

CASES = json.loads((Path(__file__).parents[1] / "cases" / "times.json").read_text(encoding="utf-8"))["cases"]
WORDS = (
    "May March Sunday Sun. 1 31 1999 2020- /12/ 24:00 99:99 9 am p.m. the end of early last next this week months ago later every a few "
    "hundred Tuesday night Feb 30 0000 BC century -long 's ’ “ ” — – Q4 noon T12 Z 1/2 ½ é Easter half ten-day o'clock 20th ’99"
)
PIECES = st.sampled_from((*WORDS.split(), "\n", "\n\n", "\t", "\u2028"))
RULES_WORDS = st.sampled_from(sorted({word for _, pattern in rules() for word in re.findall("[A-Za-z]+", pattern.pattern)}))
UNNAMED = ("P9M", "PXW", "PRESENT_REF", "XXXX-05", "2021-02-30", "2021-13", "BC0490", "2021-06-16T25:00", "", "9999-12-31")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_cases(case: dict) -> None:  # type: ignore[type-arg]
    text = case["text"]
    zone, dateline = case.get("time_zone", "UTC"), case.get("dateline_date")
    found = find_times("d", text, (), published=case["published"], time_zone=zone, dateline_date=dateline)
    assert [(text[t.start : t.end], t.value) for t in found] == [(want["words"], want["value"]) for want in case["times"]]
    for time_found, want in zip(found, case["times"], strict=True):
        told = {"from": time_found.from_, "to": time_found.to, "approximate": time_found.approximate}
        assert {key: told[key] for key in told if key in want} == {key: want[key] for key in told if key in want}


@pytest.mark.parametrize("text", [case["text"] for case in CASES])
def test_a_rule_is_tried_wherever_its_pattern_matches(text: str) -> None:
    _tried_wherever_they_match(text)


@given(st.lists(st.tuples(RULES_WORDS | PIECES, st.sampled_from((" ", " ", "-", ", ", "\n", ""))), max_size=30))
def test_so_it_is_in_any_text(words: list[tuple[str, str]]) -> None:
    _tried_wherever_they_match("".join(word + space for word, space in words))


def _tried_wherever_they_match(text: str) -> None:
    tried = {(start, number) for start, numbers in openings(text) for number in numbers}
    for number, (name, pattern) in enumerate(rules()):
        for match in pattern.finditer(text):
            assert (match.start(), number) in tried, f"{name} does not list what {match[0]!r} begins with"


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2021-06-16", "2021-06-16T00:00+04:00", "2021-06-17T00:00+04:00"),
        ("2021-06-16TMO", "2021-06-16T06:00+04:00", "2021-06-16T12:00+04:00"),
        ("2021-06-16TAF", "2021-06-16T12:00+04:00", "2021-06-16T18:00+04:00"),
        ("2021-06-16TEV", "2021-06-16T18:00+04:00", "2021-06-17T00:00+04:00"),
        ("2021-06-16TNI", "2021-06-16T18:00+04:00", "2021-06-17T06:00+04:00"),
        ("2021-06-16T13:05", "2021-06-16T13:05+04:00", "2021-06-16T13:06+04:00"),
        ("2021-06-16T13:05Z", "2021-06-16T13:05+00:00", "2021-06-16T13:06+00:00"),
        ("2021-12", "2021-12-01T00:00+04:00", "2022-01-01T00:00+04:00"),
        ("2021", "2021-01-01T00:00+04:00", "2022-01-01T00:00+04:00"),
        ("2021-W24", "2021-06-14T00:00+04:00", "2021-06-21T00:00+04:00"),
        ("2021-W24-WE", "2021-06-19T00:00+04:00", "2021-06-21T00:00+04:00"),
        ("2021-Q4", "2021-10-01T00:00+04:00", "2022-01-01T00:00+04:00"),
        ("2021-H1", "2021-01-01T00:00+04:00", "2021-07-01T00:00+04:00"),
        ("2021-SU", "2021-06-01T00:00+04:00", "2021-09-01T00:00+04:00"),
    ],
)
def test_intervals_stand_in_the_dateline_s_zone(value: str, start: str, end: str) -> None:
    assert interval(value, "Asia/Yerevan") == (start, end)


@pytest.mark.parametrize(
    "value", ["P9M", "PXW", "PRESENT_REF", "XXXX-05", "2021-02-30", "2021-13", "BC0490", "2021-06-16T25:00", "", "9999-12-31"]
)
def test_no_interval_that_cannot_be_named(value: str) -> None:
    assert interval(value, "UTC") is None


def test_a_decade_s_interval() -> None:
    found = interval("199X", "UTC")
    assert found == ("1990-01-01T00:00+00:00", "2000-01-01T00:00+00:00")


def test_kinds_intervals_and_approximation() -> None:
    text = "At around 1 pm on Monday, after nine months of daily fire, a truce began in early May."
    clock, months, daily, may = find_times("d", text, (), published="2021-06-16", time_zone="Asia/Tbilisi")
    assert (clock.kind, clock.approximate, clock.from_, clock.to) == ("time", True, "2021-06-14T13:00+04:00", "2021-06-14T13:01+04:00")
    assert (months.kind, months.from_) == ("duration", None)
    assert (daily.kind, daily.from_) == ("set", None)
    assert (may.kind, may.approximate, may.value) == ("date", True, "2021-05")
    assert len({clock.id, months.id, daily.id, may.id}) == 4


def test_the_dateline_s_day_goes_before_the_day_of_publication() -> None:
    (found,) = find_times("d", "Rain fell today.", (), published="2021-06-16", time_zone="UTC", dateline_date="2021-06-15")
    assert found.value == "2021-06-15"


@pytest.mark.parametrize(
    ("text", "published", "day", "as_of"),
    [
        ("PORT VELA, June 14 (MWA) -- Rain fell on Monday. The mayor left.", "2021-06-16", "2021-06-14", None),
        ("PORT VELA, Dec. 31 (MWA) -- Rain fell on Thursday. The mayor left.", "2021-01-01", "2020-12-31", None),
        ("PORT VELA, 9 JAN 90 (MWA) -- [TEXT] The mayor left the town. Rain fell.", None, "1990-01-09", None),
        ("PORT VELA (Combined Sources) — Water rose on Monday. (Press time is Monday night.)", "2021-06-14", None, "2021-06-14TNI"),
        ("PORT VELA — Water rose on Monday. As of 9 p.m. Tuesday, two roads were shut.", "2021-06-15", None, "2021-06-15T21:00"),
        ("PORT VELA — Water rose on Monday. The mayor left for the hills.", "2021-06-15", None, None),
    ],
)
def test_the_dateline_s_day_and_the_report_s_own_moment(text: str, published: str | None, day: str | None, as_of: str | None) -> None:
    layout = lay_out(Document(id="d", sha256="", text=text, published=published), Context())
    assert layout.dateline == "PORT VELA"
    assert (layout.dateline_date, layout.as_of) == (day, as_of)


@pytest.mark.parametrize(
    ("dateline", "zone"),
    [
        ("Yerevan", "Asia/Yerevan"),
        ("Dallas", "America/Chicago"),
        ("Los Angeles", "America/Los_Angeles"),
        ("Vladivostok", "Asia/Vladivostok"),
        ("Perth", "Australia/Perth"),
        ("Kabul", "Asia/Kabul"),
        ("Japan", "Asia/Tokyo"),
        ("Russia", None),
    ],
)
def test_a_dateline_s_place_gives_the_zone(dateline: str, zone: str | None) -> None:
    gazetteer = open_gazetteer()
    place = gazetteer.candidates(dateline)[0]
    if dateline in ("Japan", "Russia"):
        place = next(one for one in gazetteer.candidates(dateline) if one.kind == "country")
    assert zone_of_place(place) == zone
    told = Place(id="p", start=0, end=4, name=dateline, use="literal", gazetteer=place.id, confidence=1.0)
    assert zone_of_dateline(Span(start=0, end=9), (told,), gazetteer) == zone
    assert zone_of_dateline(None, (told,), gazetteer) is None
    assert zone_of_dateline(Span(start=20, end=29), (told,), gazetteer) is None


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("GMT", "UTC"),
        ("EDT", "-04:00"),
        ("UTC+3", "+03:00"),
        ("GMT -3:30", "-03:30"),
        ("Eastern time", "America/New_York"),
        ("Moscow time", "Europe/Moscow"),
        ("local time", None),
        ("", None),
        ("UTC+99", "UTC"),
    ],
)
def test_the_zone_that_words_state(words: str, zone: str | None) -> None:
    assert stated_zone(words) == zone


def test_every_zone_listed_is_known() -> None:
    table = tomllib.loads((files("presstime.read") / "words/en/zones.toml").read_text(encoding="utf-8"))
    for name in {name for part in table.values() for name in part.values()}:
        assert re.fullmatch(r"[+-]\d\d:\d\d", name) or ZoneInfo(name)


def test_a_line_that_is_only_a_year_is_read_in_boilerplate_too() -> None:
    text = "1936\n\nOn 20 July the general died."
    found = find_times("d", text, (), published=None, parts=(Part(kind="boilerplate", start=0, end=4),))
    assert [t.value for t in found] == ["1936", "1936-07-20"]


def test_boilerplate_is_read_only_for_full_dates() -> None:
    text = "Sign up and read us every week\n\nUpdated 5 May 2021\n\nRain fell on Monday."
    parts = (
        Part(kind="boilerplate", start=0, end=30),
        Part(kind="boilerplate", start=32, end=50),
        Part(kind="paragraph", start=52, end=len(text)),
    )
    found = find_times("d", text, (), published="2021-06-16", time_zone="UTC", parts=parts)
    assert [text[t.start : t.end] for t in found] == ["5 May 2021", "Monday"]


def test_a_wrong_zone_is_read_as_universal_time() -> None:
    (found,) = find_times("d", "It rained on 5 May 2021.", (), published=None, time_zone="Nowhere/Never")
    assert found.from_ == "2021-05-05T00:00+00:00"


def test_the_same_words_get_the_same_ids() -> None:
    first = find_times("d", "Rain fell on Monday.", (), published="2021-06-16", time_zone="UTC")
    assert first == find_times("d", "Rain fell on Monday.", (), published="2021-06-16", time_zone="UTC")
    assert first[0].id != find_times("e", "Rain fell on Monday.", (), published="2021-06-16", time_zone="UTC")[0].id


@pytest.mark.parametrize(
    ("words", "published", "day"),
    [
        ("9 JAN 90", None, "1990-01-09"),
        ("Jan. 22, 2013", None, "2013-01-22"),
        ("March 3", "2021-06-16", "2021-03-03"),
        ("December 30", "2021-01-02", "2020-12-30"),
        ("May 2020", None, "2020-05"),
        ("31/12/2020", None, "2020-12-31"),
        ("March 3", None, None),
        ("30 February 2020", None, None),
        ("no date", "2021-06-16", None),
    ],
)
def test_read_date(words: str, published: str | None, day: str | None) -> None:
    assert read_date(words, published) == day


def test_movable_days() -> None:
    assert [easter(year) for year in (2019, 2024, 2025)] == [dt.date(2019, 4, 21), dt.date(2024, 3, 31), dt.date(2025, 4, 20)]
    assert [thanksgiving(year) for year in (1999, 2023)] == [dt.date(1999, 11, 25), dt.date(2023, 11, 23)]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)),
    st.sampled_from([None, "2021-06-16", "0001-01-01", "9999-12-31", "soon"]),
)
def test_no_text_breaks_it_and_spans_are_in_order(text: str, published: str | None) -> None:
    at = 0
    for found in find_times("d", text, (), published=published, time_zone="Asia/Yerevan"):
        assert at <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]
        assert found.value
        assert (found.from_ is None) == (found.to is None)
        at = found.end


@pytest.mark.parametrize("words", ["1", " ", "1/", "May ", "the end of ", "12:", "\n"])
def test_hostile_repeats_take_linear_time(words: str) -> None:
    began = time.perf_counter()
    find_times("d", words * (100_000 // len(words)), (), published="2021-06-16", time_zone="UTC")
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Voters go to the polls on Sunday.", "2024-03-17"),
        ("On Tuesday, the league plans to hold a vote.", "2024-03-19"),
        ("On Tuesday, the league planned to hold a vote.", "2024-03-12"),
        ("The two sides meet on Thursday in Sarn.", "2024-03-14"),
        ("On Tuesday, in the hall by the old harbour, the mayor and his son are to open the fair.", "2024-03-19"),
        (
            "The envoy is scheduled to spend a few hours in the capital, the last stop of her tour of the eastern provinces, on Friday.",
            "2024-03-15",
        ),
    ],
)
def test_the_parse_tells_the_tense(text: str, day: str) -> None:
    """Published on Wednesday 13 March 2024."""
    found = find_times("d", text, parse(text), published="2024-03-13")
    assert [t.value for t in found if t.kind == "date"] == [day]
