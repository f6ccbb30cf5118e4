"""Charts of figures and the picture of the timeline: what is drawn where, with what mark, and that names stay apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.findings import Telling, TimelineEntry
from presstime.show import Material
from presstime.show.charts import GIVERS, GUTTER, LABEL, ChartRow, chart_rows
from presstime.show.charts_axis import local_interval, number_ticks, time_scale
from presstime.show.charts_text import shorten, text_width, wrap
from presstime.show.charts_timeline import WhenPicture, _stack, when_pictures
from presstime.show.timeline import entry_rows

from .pages import Told, material, page_of, swapped, told_series, view_of
from .story import COUNCIL, MINISTRY, Desk, story
from .test_report import check_links


def only(made: Material) -> ChartRow:
    charts = chart_rows(view_of(made))
    assert len(charts.main) == 1 and not charts.apart
    return charts.main[0]


def day(hour: int, minute: int = 0) -> str:
    return f"2026-03-03T{hour:02}:{minute:02}:00+01:00"


def test_a_giver_has_one_line_with_what_it_replaced() -> None:
    main = chart_rows(view_of(story())).main
    killed = next(row for row in main if row.title == "Killed: Velm")
    ministry = next(line for line in killed.lines if line.giver == MINISTRY)
    five, twelve, nineteen = ministry.points
    assert five.y > twelve.y > nineteen.y and five.x <= twelve.x < nineteen.x
    assert [point.superseded for point in ministry.points] == [True, True, False]
    assert [point.hollow for point in ministry.points] == [False, True, False] and twelve.arrow == 1
    assert ministry.path == f"M{five.x} {five.y}H{twelve.x}V{twelve.y}H{nineteen.x}V{nineteen.y}"


def test_groups_and_earlier_events_are_apart() -> None:
    made = told_series([("A", day(9), 1, 1, "exact"), ("B", day(10), 2, 2, "exact")], group="children")
    charts = chart_rows(view_of(made))
    assert not charts.main and len(charts.apart) == 1
    totals = chart_rows(view_of(told_series([("A", day(9), 1, 1, "exact"), ("B", day(10), 2, 2, "exact")], scope="total")))
    assert not totals.main and totals.apart[0].note == "running total"


def test_a_single_number_or_words_alone_make_no_chart() -> None:
    assert not chart_rows(view_of(told_series([("A", day(9), 4, 4, "exact")]))).main
    assert not chart_rows(view_of(told_series([("A", day(9), None, None, "vague"), ("B", day(9), None, None, "vague")]))).main


def test_a_range_is_a_bar_from_its_low_to_its_high() -> None:
    row = only(told_series([("A", day(9), 10, 10, "exact"), ("A", day(12), 20, 40, "range"), ("A", day(15), 40, 40, "exact")]))
    ten, between, forty = row.lines[0].points
    assert between.bar is not None and between.bar[0] == pytest.approx(forty.y, abs=0.2)
    one = (ten.y - forty.y) / 30
    assert between.bar[1] - between.bar[0] == pytest.approx(20 * one, abs=0.3)
    assert ten.bar is None


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "hollow", "arrow", "about"),
    [
        ("exact", 5, 5, False, 0, False),
        ("about", 5, 5, False, 0, True),
        ("at-least", 5, None, True, 1, False),
        ("more-than", 5, None, True, 1, False),
        ("at-most", None, 5, True, -1, False),
        ("less-than", None, 5, True, -1, False),
    ],
)
def test_marks_say_how_a_number_is_meant(qualifier: str, low: int | None, high: int | None, hollow: bool, arrow: int, about: bool) -> None:
    point = only(told_series([("A", day(9), low, high, qualifier), ("A", day(12), 9, 9, "exact")])).lines[0].points[0]
    assert (point.hollow, point.arrow, point.about) == (hollow, arrow, about)


def test_words_without_a_number_get_a_cross_and_are_told() -> None:
    made = told_series([("A", day(9), 4, 4, "exact"), ("B", day(10), None, None, "vague"), ("A", day(11), 6, 6, "exact")])
    row = only(made)
    assert [line.giver for line in row.lines] == ["A"]
    assert any("were killed" in mark.words and mark.words.endswith("B") for mark in row.vague)


def test_equal_values_of_two_givers_stand_side_by_side() -> None:
    row = only(told_series([("A", day(9), 4, 4, "exact"), ("B", day(9), 4, 4, "exact")]))
    one, other = (line.points[0] for line in row.lines)
    assert one.y == other.y and abs(one.x - other.x) >= 6


def test_a_coarse_time_is_as_wide_as_it_is() -> None:
    row = only(told_series([("A", "2026-03-03TEV", 4, 4, "exact"), ("A", day(9), 2, 2, "exact")]))
    clock, evening = row.lines[0].points
    assert clock.span is None and evening.span is not None
    hour = (row.right - row.left) / ((row.time.last - row.time.first) / timedelta(hours=1))
    assert evening.span[1] - evening.span[0] == pytest.approx(6 * hour, abs=1)
    assert evening.span[0] < evening.x < evening.span[1]


def boxes(row: ChartRow) -> list[tuple[float, float]]:
    return [(line.label.lines[0][0] - LABEL * 0.8, line.label.lines[-1][0] + LABEL * 0.2) for line in row.lines]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 23)), min_size=2, max_size=14))
def test_names_at_the_ends_neither_meet_nor_leave_the_picture(values: list[tuple[int, int]]) -> None:
    names = [f"Directorate of Public Information of the Province of Velm {number}" for number in range(len(values))]
    told: list[Told] = [(name, day(hour), value, value, "exact") for name, (value, hour) in zip(names, values, strict=True)]
    row = only(told_series(told))
    assert len(row.lines) == min(GIVERS, len(values)) and row.more == len(values) - len(row.lines)
    for (_, bottom), (top, _) in pairwise(sorted(boxes(row))):
        assert bottom <= top + 0.2
    assert min(top for top, _ in boxes(row)) >= 0 and max(bottom for _, bottom in boxes(row)) <= row.height
    for line in row.lines:
        assert all(text_width(words, LABEL) <= GUTTER - 10 for _, words in line.label.lines)
        assert all(0 <= point.y <= row.height and row.left <= point.x for point in line.points)


def test_givers_differ_in_mark_and_not_only_in_colour() -> None:
    row = only(told_series([(f"Giver {number}", day(9 + number), 4 + number, 4 + number, "exact") for number in range(GIVERS)]))
    assert sorted(line.number for line in row.lines) == list(range(GIVERS))
    page = page_of(told_series([(f"Giver {number}", day(9 + number), 4 + number, 4 + number, "exact") for number in range(GIVERS)]))
    drawn = []
    for group in page.xpath("//svg//g[contains(@class, 'giver')]"):
        mark = group.xpath(".//*[starts-with(@class, 'mark')]")[-1]
        drawn.append((mark.tag, "".join(c for c in mark.get("d", "") if c.isalpha() or c == "-")))
    assert len(set(drawn)) >= GIVERS - 1  # the two triangles differ in their numbers' signs alone


def test_the_axis_is_in_the_storys_zone_and_names_the_day() -> None:
    told: list[Told] = [("A", "2026-03-03T13:00:00+00:00", 1, 1, "exact"), ("A", "2026-03-03T23:30:00+00:00", 2, 2, "exact")]
    tokyo, utc = only(told_series(told, "Asia/Tokyo")), only(told_series(told, "UTC"))
    assert [tick.words for tick in tokyo.time.days] == ["3 March", "4 March"] or [tick.words for tick in tokyo.time.days] == ["4 March"]
    assert [tick.words for tick in utc.time.days] == ["3 March"]


@pytest.mark.parametrize(
    ("most", "words"),
    [(19, ["0", "5", "10", "15", "20"]), (1, ["0", "1"]), (3000, ["0", "1,000", "2,000", "3,000"]), (0, ["0", "1"])],
)
def test_numbers_on_the_axis_are_round_and_begin_at_nought(most: int, words: list[str]) -> None:
    ticks, pixels = number_ticks(most, 10, 110)
    assert [tick.words for tick in ticks] == words
    assert ticks[0].at == 110 and ticks[-1].at == pytest.approx(10) and most * pixels <= 100


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.timedeltas(timedelta(), timedelta(days=9000)),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "nowhere"]),
)
def test_ticks_of_time_are_few_and_apart(start: datetime, length: timedelta, zone: str) -> None:
    first = start.replace(tzinfo=UTC)
    scale = time_scale(first, first + length, zone, 40, 260)
    assert len(scale.ticks) <= 9
    assert all(40 <= tick.at <= 260 for tick in (*scale.ticks, *scale.days))
    assert all(after.at - before.at >= 20 for before, after in pairwise(scale.ticks))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-03-03", "2026-03-02T23:00:00+00:00", "2026-03-03T23:00:00+00:00"),
        ("2026-03-03TEV", "2026-03-03T17:00:00+00:00", "2026-03-03T23:00:00+00:00"),
        ("2026-03", "2026-02-28T23:00:00+00:00", "2026-03-31T22:00:00+00:00"),
        ("2011", "2010-12-31T23:00:00+00:00", "2011-12-31T23:00:00+00:00"),
        ("2026-03-03T09:00:00+01:00", "2026-03-03T08:00:00+00:00", "2026-03-03T08:01:00+00:00"),
    ],
)
def test_what_a_value_covers_in_the_storys_zone(value: str, first: str, last: str) -> None:
    found = local_interval(value, "Europe/Berlin")
    assert found == (datetime.fromisoformat(first), datetime.fromisoformat(last))


def test_what_names_no_time_covers_nothing() -> None:
    assert [local_interval(value, "UTC") for value in (None, "", "P9M", "FUTURE_REF", "2026-13", "0000")] == [None] * 6


def test_a_chart_is_told_in_words_and_its_inside_is_hidden() -> None:
    page = page_of(story())
    charts = page.xpath("//figure[@class='chart']/svg")
    assert charts
    for svg in charts:
        assert svg.get("role") == "img"
        ids = svg.get("aria-labelledby"), svg.get("aria-describedby")
        title, description = (svg.xpath(f".//*[@id='{one}']")[0].text_content() for one in ids)
        assert "over time" in title and MINISTRY in description
        assert not svg.xpath(".//a") and svg.xpath("./g/@aria-hidden") == ["true"] and "viewbox" in {name.lower() for name in svg.attrib}
    assert "at least 12" in "".join(page.xpath("//svg/desc/text()"))


def test_hostile_names_stay_words() -> None:
    bad = "<script>alert(1)</script>\x00“&"
    made = told_series([(bad, day(9), 1, 1, "exact"), (bad, day(10), 2, 2, "exact"), (bad, day(11), None, None, "vague")])
    page = page_of(made)
    assert not page.xpath("//main//script") and "<script>" in page.xpath("//figure[@class='chart']//desc")[0].text_content()
    check_links(page)


def test_swapping_two_givers_changes_only_the_names() -> None:
    told: list[Told] = [
        ("Oru", day(9), 3, 3, "exact"),
        ("Kar", day(10), 9, None, "at-least"),
        ("Kar", day(9), 3, 3, "exact"),
        ("Oru", day(12), 8, 9, "range"),
    ]
    made = told_series(told)
    one, other = only(made), only(swapped(made, "Oru", "Kar"))
    assert {line.giver for line in one.lines} == {line.giver for line in other.lines}
    assert len(one.lines[0].points) == len(other.lines[0].points) and one.numbers == other.numbers and one.time == other.time


# ---------------------------------------------------------------- the timeline as a picture


def pictures(*tellings: list[tuple[str, str | None, str | None]], standing: str = "reported") -> tuple[WhenPicture, ...]:
    """Entries of the timeline, each with its tellings: giver, from, to."""
    total = sum(len(told) for told in tellings)
    desk = Desk("doc-when", "Velm Post", [("paragraph", f"The {number}th pier fell.") for number in range(total)], published="2026-03-03")
    entries = []
    number = 0
    for at, told in enumerate(tellings):
        made = []
        for giver, first, last in told:
            event = desk.event(f"The {number}th pier fell", "COERCE")
            made.append(Telling(event=event, from_=first, to=last, standing=standing, giver=giver, origin=None))  # type: ignore[arg-type]
            number += 1
        differ = len({(first, last) for _, first, last in told}) > 1
        entries.append(
            TimelineEntry(id=f"e{at}", type="COERCE", place=None, tellings=tuple(made), standing="reported", times_differ=differ)
        )
    view = view_of(material([desk.reading()], timeline=tuple(entries)))
    return when_pictures(view, entry_rows(view))


def clock(hour: int, minute: int = 0) -> tuple[str, str]:
    return day(hour, minute), day(hour, minute + 1)


def test_times_that_differ_are_joined_and_each_has_its_giver() -> None:
    wide, narrow = pictures([(COUNCIL, *clock(9)), (MINISTRY, *clock(13, 30))], [("Velm Post", *clock(11))])
    for picture in (wide, narrow):
        first = picture.rows[0]
        assert [mark.label for mark in first.marks] == [f"09:00 {COUNCIL}", f"13:30 {MINISTRY}"] or narrow is picture
        assert first.join == (first.marks[0].x, first.marks[1].x) and first.join[0] < first.join[1]
        assert picture.rows[1].join is None and picture.rows[1].marks[0].label == ""


def test_a_coarse_telling_is_a_bar_as_wide_as_its_interval() -> None:
    wide, _ = pictures([("A", day(6), day(12))], [("B", *clock(14))])
    (bar,), (dot,) = (row.marks for row in wide.rows)
    hour = (wide.time.right - wide.time.left) / ((wide.time.last - wide.time.first) / timedelta(hours=1))
    assert bar.width == pytest.approx(6 * hour, abs=0.5) and dot.width == 0


def test_an_event_of_another_year_does_not_press_the_rest_together() -> None:
    wide, _ = pictures([("A", *clock(9))], [("B", *clock(14))], [("C", *clock(15))], [("D", "2019-05-01", "2019-05-02")])
    assert len(wide.rows) == 3 and wide.outside is not None and "1 event at other times" in wide.outside
    assert wide.time.last - wide.time.first < timedelta(days=1)


def test_fewer_than_two_times_make_no_picture() -> None:
    assert pictures([("A", *clock(9))], [("B", None, None)]) == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 360), st.floats(5, 150)), min_size=2, max_size=6))
def test_names_of_givers_do_not_meet(marks: list[tuple[float, float]]) -> None:
    placed = _stack([x for x, _ in marks], [room for _, room in marks], 372)
    spans = [(x, x + room, line) for (x, line), (_, room) in zip(placed, marks, strict=True)]
    for (left, right, line), (other_left, other_right, other_line) in combinations(spans, 2):
        assert line != other_line or right <= other_left or other_right <= left
    assert all(left >= 2 and right <= 372 for left, right, _ in spans)


@given(st.text(max_size=60), st.floats(20, 200))
def test_words_are_cut_to_their_room(words: str, room: float) -> None:
    assert text_width(shorten(words, 11, room), 11) <= room + 11
    lines = wrap(words, 11, room, 3)
    assert len(lines) <= 3 and all(text_width(line, 11) <= room + 11 for line in lines)
