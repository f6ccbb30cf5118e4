"""The map: what is put where, at any place of the globe, labels that stay apart, and words that carry no verdict."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from presstime.records import Event, Place
from presstime.show import Material
from presstime.show.basemap import EARTH_KM, Frame, draw_ground, make_frame, simplified
from presstime.show.basemap_data import load_world, sphere
from presstime.show.charts_text import text_width
from presstime.show.map import AREA_KM, HATCHED, HEIGHT, LISTED, SIZES, WIDTH, Layer, MapRow, map_row
from presstime.show.map_labels import Box, Wanted, place_labels
from presstime.show.map_places import LEAST_KM, map_places, region

from .pages import material, page_of, swapped, view_of
from .story import Desk, story
from .test_report import check_links

Where = tuple[str, float, float, str]
"""A name, its latitude and longitude, its precision."""


def told_at(*places: Where, events: bool = True, country: str | None = None) -> Material:
    """One document in which a pier fell at each of the places."""
    desk = Desk("doc-map", "Velm Post", [("paragraph", f"In {name} a pier fell.") for name, *_ in places], published="2026-03-03")
    for number, (part, (name, lat, lon, precision)) in enumerate(zip(desk.document.parts, places, strict=True)):
        place = Place(
            id=f"place-{number}",
            start=part.start + 3,
            end=part.start + 3 + len(name),
            name=name,
            use="literal",
            gazetteer=f"made:{number}",
            country=country,
            lat=lat,
            lon=lon,
            precision=precision,  # type: ignore[arg-type]
            confidence=0.9,
        )
        desk.places.append(place)
        if events:
            start = part.end - len("a pier fell.")
            event = Event(
                id=f"event-{number}", start=start, end=part.end - 1, type="COERCE", standing="reported", place=place.id, confidence=0.9
            )
            desk.events.append(event)
    return material([desk.reading()])


def drawn(made: Material) -> MapRow:
    row = map_row(view_of(made))
    assert row is not None
    return row


def label_boxes(layer: Layer) -> list[Box]:
    found = []
    for label in layer.labels:
        width = max(text_width(line, layer.size) for _, line in label.lines)
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.align]
        top = label.lines[0][0] - layer.size * 0.9
        bottom = label.lines[-1][0] + layer.size * (1.3 if label.marks else 0.2)
        found.append(Box(left=left, top=top, right=left + width, bottom=bottom))
    return found


def names(layer: Layer) -> list[str]:
    return [" ".join(line for _, line in label.lines) for label in layer.labels]


KM = 1 / 111.2  # degrees of latitude


# ---------------------------------------------------------------- the base map


def test_distances_and_directions_hold_near_the_middle() -> None:
    frame = make_frame((48.0, 17.0), 100 / EARTH_KM, 760, 540)
    assert frame.at(48.0, 17.0) == pytest.approx((380, 270))
    x, y = frame.at(48.0 + 50 * KM, 17.0)
    assert x == pytest.approx(380, abs=0.5) and 270 - y == pytest.approx(50 / frame.km, rel=0.01)
    east = frame.at(48.0, 17.5)
    assert east[0] > 380 and math.dist(east, (380, 270)) * frame.km == pytest.approx(0.5 * 111.32 * math.cos(math.radians(48)), rel=0.01)


def _is_land(lat: float, lon: float) -> bool:
    """Whether the middle of a small picture is land: an odd number of edges lies to its right."""
    frame = make_frame((lat, lon), 30 / EARTH_KM, 100, 100)
    path = draw_ground(frame).land
    crossings = 0
    for ring in path.split("z"):
        if not ring:
            continue
        first, _, rest = ring[1:].partition("l")
        points = np.cumsum([[float(n) for n in first.split()], *np.array([float(n) for n in rest.split()]).reshape(-1, 2).tolist()], axis=0)
        for (x1, y1), (x2, y2) in zip(points, np.roll(points, -1, axis=0), strict=True):
            if (y1 > 50.03) != (y2 > 50.03) and x1 + (50.03 - y1) / (y2 - y1) * (x2 - x1) > 50:
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (10, 20, True),  # the middle of a continent, no line near
        (0, -30, False),  # the middle of an ocean
        (-90, 0, True),  # the south pole
        (90, 0, False),  # the north pole
        (66.5, 180, True),  # on the antimeridian
        (66.5, -179.9, True),
        (42, 51, False),  # a sea without an outlet
        (-80, 179.99, False),
        (0, 180, False),
    ],
)
def test_land_is_land_and_sea_is_sea(lat: float, lon: float, land: bool) -> None:
    assert _is_land(lat, lon) == land


@pytest.mark.parametrize(
    ("lat", "lon", "km"), [(20, -157, 5500), (-41, 174, 8000), (88, 10, 2000), (-85, 0, 3000), (0, 179, 1500), (52, 5, 60)]
)
def test_no_line_leaves_the_picture_far_and_no_ring_is_empty(lat: float, lon: float, km: float) -> None:
    frame = make_frame((lat, lon), km / EARTH_KM, 760, 540)
    ground = draw_ground(frame)
    assert "nan" not in ground.land + ground.borders + ground.lakes and "inf" not in ground.land
    for ring in filter(None, (ground.land + ground.lakes).split("z")):
        first, _, rest = ring[1:].partition("l")
        start = np.array([float(number) for number in first.split()])
        points = start + np.cumsum(np.array([float(number) for number in rest.split()]).reshape(-1, 2), axis=0)
        assert len({tuple(point) for point in np.round([start, *points], 2).tolist()}) >= 3
        assert points[:, 0].min() >= -9 and points[:, 0].max() <= 769 and points[:, 1].min() >= -9 and points[:, 1].max() <= 549
    assert len(ground.land) < 120_000


def test_the_base_map_is_whole() -> None:
    world = load_world()
    assert len(world.rings["land"]) > 3000 and len(world.borders) > 300 and len([name for name in world.rings if len(name) == 2]) > 200
    assert np.allclose(np.linalg.norm(world.points, axis=1), 1)
    for ring in world.rings["land"][:200]:
        points = world.ring(ring)
        assert np.allclose(points[0], points[-1], atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-60, 60), st.floats(-179, 179))
def test_a_place_is_as_far_from_the_middle_as_on_the_globe(lat: float, lon: float, dlat: float, dlon: float) -> None:
    other = max(-90.0, min(90.0, lat + dlat)), lon + dlon
    angle = math.acos(float(np.clip(sphere(lon, lat) @ sphere(other[1], other[0]), -1, 1)))
    frame = Frame(lat=lat, lon=lon, width=0, height=0, pixels=100)
    if angle < math.radians(140):
        assert math.hypot(*frame.at(*other)) == pytest.approx(200 * math.sin(angle / 2), abs=0.01)


def test_a_simplified_line_stays_close() -> None:
    x = np.linspace(0, 300, 3000)
    line = np.stack([x, 40 * np.sin(x / 20)], axis=1)
    thin = simplified(line)
    assert len(thin) < 300
    height = np.interp(x, thin[:, 0], thin[:, 1])
    assert np.abs(height - line[:, 1]).max() < 3


# ---------------------------------------------------------------- places on it


def test_two_towns_six_kilometres_apart_are_both_readable() -> None:
    row = drawn(told_at(("Velm", 47.0, 20.0, "town"), ("Ostra", 47.0 + 6 * KM, 20.0, "town")))
    assert len(row.rings) == 2 and math.dist(*row.rings) > 12
    for layer in row.layers:
        assert sorted(names(layer)) == ["Ostra", "Velm"]
        one, other = label_boxes(layer)
        assert not one.meets(other)


def test_towns_in_one_place_of_a_wide_map_are_both_readable() -> None:
    row = drawn(told_at(("Velm", 47.0, 20.0, "town"), ("Ostra", 47.0 + 6 * KM, 20.0, "town"), ("Karsa", 52.0, 31.0, "town")))
    for layer in row.layers:
        assert len(layer.labels) == 3
        assert not any(one.meets(other) for one, other in combinations(label_boxes(layer), 2))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(44, 46), st.floats(20, 23)), min_size=2, max_size=90), st.sampled_from(["town", "district", "region"]))
def test_labels_never_meet_and_stay_in_the_picture(spots: list[tuple[float, float]], precision: str) -> None:
    row = drawn(told_at(*((f"Upper Velm {number}", lat, lon, precision) for number, (lat, lon) in enumerate(spots))))
    for layer in row.layers:
        found = label_boxes(layer)
        assert found
        assert not any(one.meets(other) for one, other in combinations(found, 2))
        assert all(box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= HEIGHT for box in found)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(Wanted, x=st.floats(0, 400), y=st.floats(0, 300), reach=st.just(6.0), width=st.floats(10, 120), height=st.floats(10, 40)),
        max_size=30,
    )
)
def test_no_label_covers_another_or_a_place(wanted: list[Wanted]) -> None:
    placed = [(one, spot) for one, spot in zip(wanted, place_labels(wanted, 400, 300, []), strict=True) if spot is not None]
    for (_, one), (_, other) in combinations(placed, 2):
        assert not one.box.meets(other.box)
    for one, spot in placed:
        assert not any(spot.box.meets(Box(left=w.x - 6, top=w.y - 6, right=w.x + 6, bottom=w.y + 6)) for w in wanted if w is not one)


def test_the_sources_spelling_comes_first_and_the_others_beside_it() -> None:
    desk = Desk("doc-map", "Velm Post", [("paragraph", "Rain fell on Velm. Velmi was dry. VELMI slept.")], published="2026-03-03")
    for words in ("Velm", "Velmi", "VELMI"):
        desk.place(words, "made:1", lat=47.0, lon=20.0, precision="town")
    row = drawn(material([desk.reading()]))
    assert names(row.layers[0]) == ["Velm / Velmi"]


def test_only_what_is_literally_a_place_is_shown() -> None:
    desk = Desk("doc-map", "Velm Post", [("paragraph", "Karsa said that Velm was quiet.")], published="2026-03-03")
    desk.place("Velm", "made:1", lat=47.0, lon=20.0, precision="town")
    desk.place("Karsa", "made:2", lat=40.0, lon=20.0, precision="town")
    reading = desk.reading()
    reading = structs.replace(reading, places=(reading.places[0], structs.replace(reading.places[1], use="metonym")))
    assert [place.name for place in drawn(material([reading])).places] == ["Velm"]


def test_precision_is_drawn_as_area() -> None:
    row = drawn(told_at(("Velm", 47.0, 20.0, "town"), ("Velm district", 47.1, 20.2, "district"), ("Upper Oru", 47.2, 19.8, "region")))
    assert len(row.rings) == 1 and len(row.areas) == 2
    per_pixel = float(row.scale_words.split()[0].replace(",", "")) / row.scale
    assert sorted(radius * per_pixel for *_, radius in row.areas) == pytest.approx([AREA_KM["district"], AREA_KM["region"]], rel=0.02)
    assert row.hatch == ""


def test_a_country_is_hatched_and_has_no_point() -> None:
    row = drawn(told_at(("the south", 47.2, 19.5, "country"), ("Velm", 47.5, 19.0, "town"), country="HU"))
    assert row.hatch.startswith("M") and len(row.rings) == 1 and HATCHED >= 1
    plain = drawn(told_at(("the south", 47.2, 19.5, "country"), ("Velm", 47.5, 19.0, "town"), country="HU", events=False))
    assert plain.hatch == ""


def test_across_the_antimeridian_the_near_is_near() -> None:
    row = drawn(told_at(("Velm", -17.0, 179.6, "town"), ("Ostra", -17.1, -179.7, "town")))
    (one, other) = row.rings
    assert abs(one[0] - other[0]) < WIDTH and all(0 <= x <= WIDTH for x, _ in row.rings)
    (lat, lon), reach = region(map_places(view_of(told_at(("Velm", -17.0, 179.6, "town"), ("Ostra", -17.1, -179.7, "town")))))
    assert abs(abs(lon) - 180) < 0.5 and reach * EARTH_KM < 200 and -18 < lat < -16


def test_near_the_pole() -> None:
    row = drawn(told_at(("Velm", 89.5, 0.0, "town"), ("Ostra", 89.5, 180.0, "town")))
    assert math.dist(*row.rings) * float(row.scale_words.split()[0]) / row.scale == pytest.approx(111.2, rel=0.02)


def test_one_far_place_does_not_press_the_rest_together() -> None:
    near = tuple((f"Velm {number}", 47.0 + number * 5 * KM, 20.0, "town") for number in range(6))
    row = drawn(told_at(*near, ("Karsa", -30.0, 140.0, "town")))
    assert len(row.rings) == 6 and "Beyond the map: Karsa" in row.description
    assert next(place.where for place in row.places if place.name == "Karsa") == "beyond the map"


def test_a_single_place_has_land_around_it() -> None:
    _, reach = region(map_places(view_of(told_at(("Velm", 47.0, 20.0, "town")))))
    assert reach * EARTH_KM == pytest.approx(LEAST_KM)


def test_many_places_are_cut_to_a_list_that_says_so() -> None:
    row = drawn(told_at(*((f"Velm {number}", 45 + number * KM, 20 + (number % 7) * 0.2, "town") for number in range(LISTED + 15))))
    assert len(row.places) == LISTED and row.more == 15
    assert f"and {15} more places" in " ".join(
        page_of(told_at(*((f"Velm {n}", 45 + n * KM, 20 + (n % 7) * 0.2, "town") for n in range(LISTED + 15)))).text_content().split()
    )


def test_no_point_no_map() -> None:
    assert map_row(view_of(story())) is None
    assert "No place with a known point" in page_of(story()).text_content()


@pytest.mark.parametrize("point", [(math.nan, 0.0), (91.0, 0.0), (0.0, 4000.0), (math.inf, math.inf)])
def test_what_is_no_point_on_earth_is_left_out(point: tuple[float, float]) -> None:
    desk = Desk("doc-map", "Velm Post", [("paragraph", "Velm was quiet.")], published="2026-03-03")
    desk.place("Velm", "made:1", lat=point[0], lon=point[1], precision="town")
    assert map_row(view_of(material([desk.reading()]))) is None


def test_marks_lead_to_their_lines_and_words_carry_no_verdict() -> None:
    page = page_of(told_at(("Velm", 47.0, 20.0, "town"), ("Ostra", 47.2, 20.3, "town")))
    check_links(page)
    assert page.xpath("//figure[@class='map']//a[@class='mark-event']/@href")
    words = " ".join(page.xpath("//figure[@class='map']/figcaption")[0].text_content().split())
    assert "All borders are drawn alike" in words and "no verdict" in words and "Natural Earth" in words
    assert len({path.get("class") for path in page.xpath("//figure[@class='map']/svg//path[contains(@class, 'border')]")}) == 1
    svg = page.xpath("//figure[@class='map']/svg")[0]
    assert svg.get("role") == "group" and not svg.xpath(".//a[not(@tabindex='-1')]")


def test_hostile_names_stay_words() -> None:
    page = page_of(told_at(("<b>Velm</b>", 47.0, 20.0, "town"), ("\x00“&", 47.3, 20.0, "town")))
    assert not page.xpath("//main//script") and "<b>Velm</b>" in page.xpath("//figure[@class='map']")[0].text_content()


def test_swapping_two_places_names_changes_only_the_names() -> None:
    made = told_at(("Velm", 47.0, 20.0, "town"), ("Orum", 47.2, 20.4, "town"))
    one, other = drawn(made), drawn(swapped(made, "Velm", "Orum"))
    assert sorted(one.rings) == sorted(other.rings) and one.land == other.land and one.scale == other.scale
    assert SIZES and {name for layer in one.layers for name in names(layer)} == {name for layer in other.layers for name in names(layer)}


def test_a_small_map_shows_where_the_map_is_and_covers_no_place() -> None:
    row = drawn(told_at(("Velm", 47.0, 20.0, "town"), ("Ostra", 47.2, 20.3, "town")))
    assert row.locator is not None and row.locator.land
    x, y, width, height = row.locator.here
    assert (x + width / 2, y + height / 2) == pytest.approx((row.locator.width / 2, row.locator.height / 2), abs=0.1)
    box = Box(left=row.locator.x, top=row.locator.y, right=row.locator.x + row.locator.width, bottom=row.locator.y + row.locator.height)
    assert not any(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in row.rings)
    assert not any(box.meets(label) for label in label_boxes(row.layers[0]))
    wide = drawn(told_at(*((f"Velm {number}", 10.0 * number - 30, 15.0 * number - 30, "town") for number in range(6))))
    assert wide.locator is None


def test_land_cut_along_the_antimeridian_is_joined() -> None:
    pytest.importorskip("pycountry")
    from presstime.show.basemap_build import stitch

    west = np.array([[178.0, 1.0], [180.0, 2.0], [180.0, 0.0], [178.0, -1.0], [178.0, 1.0]])
    east = np.array([[-180.0, 2.0], [-178.0, 1.0], [-178.0, -1.0], [-180.0, 0.0], [-180.0, 2.0]])
    (whole,) = stitch([west, east])
    assert (whole[0] == whole[-1]).all()
    corners = {(float(lon) % 360, float(lat)) for lon, lat in whole}
    assert corners == {(178.0, 1.0), (180.0, 2.0), (182.0, 1.0), (182.0, -1.0), (180.0, 0.0), (178.0, -1.0)}
    for (lon, _), (after, _) in pairwise(whole):
        assert not (abs(lon) == 180 and abs(after) == 180) or lon != after
