"""A dump is merged over the shipped gazetteer: nothing shipped is lost or doubled, names get their dates."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import made_dump
import pytest
from made_dump import AIRBASE, CAMP, GHOST, KHANKENDI, OWN, PART, PASS, PETERSBURG, RIVER, SHIRAK, VARNAKERT

from presstime.gazetteer import DatedName, Gazetteer, open_gazetteer
from presstime.gazetteer.in_use import loaded, reset
from presstime.gazetteer.load import Loaded, load


def rows(gazetteer: Gazetteer, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(gazetteer.path) as file:
        return file.execute(query).fetchall()


def test_what_is_shipped_stays_as_it_is(shipped: Gazetteer, merged: Gazetteer) -> None:
    columns = "n, id, name, kind, country, admin1, lat, lon, population, capital_of"
    assert rows(shipped, f"SELECT {columns} FROM place ORDER BY n") == rows(
        merged, f"SELECT {columns} FROM place WHERE feature IS NULL ORDER BY n"
    )
    keys = set(rows(shipped, "SELECT key, n, match FROM key"))
    assert keys <= set(rows(merged, "SELECT key, n, match FROM key"))


def test_no_place_is_there_twice(merged: Gazetteer) -> None:
    assert [c.id for c in merged.candidates("Gyumri")].count("geonames:616635") == 1
    assert [c.id for c in merged.candidates("Stepanakert")] == [f"geonames:{KHANKENDI}"]
    assert [c.id for c in merged.candidates("Armenia") if c.country == "AM"] == ["iso:AM"]
    assert merged.by_id(f"geonames:{SHIRAK}") is None  # it is the shipped region
    assert [c.id for c in merged.candidates("Strait of Hormuz")] == ["presstime:strait-of-hormuz"]  # ours, with its known names
    assert {c.kind for c in merged.candidates("Shirak Marz")} == {"region"}
    assert not merged.candidates("Chirak")  # a region's name in French is no name in an English text


@pytest.mark.parametrize(
    ("n", "name", "kind", "feature"),
    [
        (VARNAKERT, "Varnakert", "town", "P.PPL"),
        (AIRBASE, "Sarnak Airbase", "site", "S.AIRB"),
        (PASS, "Ketrin Pass", "site", "T.PASS"),
        (CAMP, "Novrat Camp", "site", "S.CMPRF"),
        (RIVER, "Tsirak", "terrain", "H.STM"),
        (PART, "Station Quarter", "town", "P.PPLX"),
        (GHOST, "Ahnverk", "town", "P.PPLQ"),
        (OWN + 11, "Shirak Uyezd", "district", "A.ADM1H"),
    ],
)
def test_new_places(merged: Gazetteer, n: int, name: str, kind: str, feature: str) -> None:
    [place] = [c for c in merged.candidates(name) if c.country == "AM"]
    assert (place.id, place.name, place.kind, place.feature) == (f"geonames:{n}", name, kind, feature)
    assert merged.by_id(place.id) is not None


def test_a_new_place_lies_in_the_shipped_region(shipped: Gazetteer, merged: Gazetteer) -> None:
    gyumri = shipped.by_id("geonames:616635")
    place = merged.by_id(f"geonames:{VARNAKERT}")
    assert gyumri is not None and place is not None and place.admin1 == gyumri.admin1 is not None
    assert (place.lat, place.lon, place.population) == (40.91, 43.77, 210)


def test_parts_of_towns_and_divisions_bear_their_names_behind_settlements(merged: Gazetteer) -> None:
    assert [c.match for c in merged.candidates("Station Quarter")] == ["other"]
    assert [c.match for c in merged.candidates("Varnakert")] == ["name"]


def test_dated_names(merged: Gazetteer) -> None:
    assert merged.candidates("Leningrad")[0].id == f"geonames:{PETERSBURG}"
    names = {each.name: each for each in merged.names(f"geonames:{PETERSBURG}")}
    assert names["Leningrad"] == DatedName(name="Leningrad", since="1924-01-26", until="1991-09-06", historic=True)
    assert names["Saint Petersburg"] == DatedName(name="Saint Petersburg", since="1991-09-06", until=None, historic=False)
    assert names["Petrograd"].historic and next(iter(names)) == "St. Petersburg"
    assert DatedName(name="Vararakn", until="1847", historic=True) in merged.names(f"geonames:{KHANKENDI}")
    place = merged.by_id(f"geonames:{VARNAKERT}")
    assert place is not None and place.names == ("Sovetakert", "Varnagert")
    assert {c.id for c in merged.candidates("Sovetakert")} >= {place.id}


def test_names_without_dates_in_the_shipped_file(shipped: Gazetteer) -> None:
    assert all(each == DatedName(name=each.name) for each in shipped.names(f"geonames:{PETERSBURG}"))
    assert next(each.name for each in shipped.names("iso:AM")) == "Armenia"
    assert shipped.names("geonames:1") == () == shipped.names("nothing")


def test_which_names_are_kept(merged: Gazetteer) -> None:
    assert not merged.candidates("LED") and not merged.candidates("https://en.wikipedia.org/wiki/Saint_Petersburg")
    assert merged.candidates("The Orchard")  # a nickname is found, and not shown
    assert not merged.candidates("Վառնակերտ")  # a small place keeps Latin names only
    assert merged.candidates("Санкт-Петербург")


def test_what_is_left_out_is_counted(done: Loaded) -> None:
    assert done.left_out == {"H.STM": 1, "S.SCH": 1} and done.covered == 1
    files = {file.name: file for file in done.files}
    assert files["allCountries.txt"].rows == files["allCountries.txt"].used + sum(done.left_out.values())
    assert all(file.unreadable == 0 for file in done.files) and done.problems == ()
    assert done.added == 357 and done.dated == 5


def test_the_same_dump_gives_the_same_file_and_it_is_in_use_until_reset(dump: Path, done: Loaded, cache: Path) -> None:
    assert loaded() is None
    again = load([dump], out=cache / "mine" / "places.sqlite")
    assert (again.version, again.places, again.names) == (done.version, done.places, done.names)
    assert loaded() == again.path.resolve() and not list(again.path.parent.glob(".*"))
    assert open_gazetteer().version == done.version and open_gazetteer().loaded
    assert reset() == (again.path.resolve(), False) and again.path.is_file()
    assert loaded() is None and reset() == (None, False)


def test_a_countrys_archive_with_its_readme(shipped: Gazetteer, cache: Path) -> None:
    text = "\n".join(line for line in made_dump.places(shipped) if "\tAM\t" in line)
    archive = made_dump.zipped(cache / "AM.zip", AM=text, readme="This is no dump")
    names = made_dump.zipped(
        cache / "alternateNamesV2.zip", alternateNamesV2="\r\n".join(made_dump.names()), **{"iso-languagecodes": "x\ty"}
    )
    first = load([archive])
    assert [file.name for file in first.files] == ["AM.zip: AM.txt"] and first.dated == 0
    assert first.path == cache / "gazetteer-loaded.sqlite"
    second = load([names, archive])  # in any order
    assert [file.kind for file in second.files] == ["places", "names"]
    assert second.version != first.version and second.path == first.path
    assert Gazetteer(second.path).names(f"geonames:{VARNAKERT}")[1].until == "1991"
    assert reset() == (first.path.resolve(), True) and not first.path.exists()
