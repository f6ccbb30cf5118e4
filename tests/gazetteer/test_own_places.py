"""A place that story.toml names goes through the whole way: its names, point, precision and country, before the gazetteer's."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from presstime.cli import main
from presstime.compile import compile_story
from presstime.ledger import Ledger
from presstime.records import Place

STORY = """
title = "Shelling of Belcastro"

[[places]]
name = "Belcastro"
names = ["Belkast"]
lat = 40.1811
lon = 44.5136
precision = "district"
country = "AM"

[[places]]
name = "Paris"
gazetteer = "geonames:4717560"

[[places]]
name = "Gyumri"
lat = 1.5
lon = 2.5
"""
TEXT = """Shells hit Belcastro

Two houses in Belkast were destroyed on Monday, the mayor of Belcastro said. Aid came from Paris and from Gyumri.
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Place]:
    """The places of the one document of the story, by their names."""
    folder = tmp_path_factory.mktemp("own") / "story"
    folder.mkdir()
    (folder / "story.toml").write_text(STORY, encoding="utf-8")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    compile_story([folder / "report.txt"], folder, as_of="2026-03-04T12:00")
    with Ledger.open(folder / "ledger.db", create=False) as ledger:
        [reading] = ledger.readings()
    return {place.name: place for place in reading.places}


@pytest.mark.parametrize(("name", "other"), [("Belcastro", "Belkast"), ("Belkast", "Belcastro")])
def test_a_place_under_each_of_its_names(places: dict[str, Place], name: str, other: str) -> None:
    place = places[name]
    assert (place.lat, place.lon, place.precision, place.country) == (40.1811, 44.5136, "district", "AM")
    assert place.names == (other,) and place.gazetteer is None and place.use == "literal"


def test_it_comes_before_the_gazetteers(places: dict[str, Place]) -> None:
    assert (places["Gyumri"].lat, places["Gyumri"].lon, places["Gyumri"].gazetteer) == (1.5, 2.5, None)


def test_one_of_several_is_meant(places: dict[str, Place]) -> None:
    paris = places["Paris"]
    assert (paris.gazetteer, paris.country, paris.precision) == ("geonames:4717560", "US", "town")
    assert paris.lat is not None and abs(paris.lat - 33.66) < 0.1


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("lat = 91.0\nlon = 44.5", "places 1 (Belcastro), lat must be at most 90; points are in degrees"),
        ("lat = 40.1\nlon = 181", "places 1 (Belcastro), lon must be at most 180; points are in degrees"),
        ('lat = "40 11 N"\nlon = 44.5', "places 1 (Belcastro), lat must be a number, not text"),
        ("lat = 40.1", "places 1 (Belcastro) has 'lat' without 'lon'; give both or neither"),
        (
            'lat = 40.1\nlon = 44.5\ncountry = "Armenia"',
            "places 1 (Belcastro), country: 'Armenia' is no country's code; did you mean 'AM'?",
        ),
    ],
)
def test_a_bad_point_is_told_by_the_command(lines: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "story.toml").write_text(f'title = "T"\n[[places]]\nname = "Belcastro"\n{lines}\n', encoding="utf-8")
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["compile", str(tmp_path / "report.txt"), "-o", str(tmp_path)])
    assert result.exit_code == 1 and f"presstime: story.toml: {says}" in result.stderr
    assert not (tmp_path / "ledger.db").exists()
