"""What the gazetteer that is shipped knows: names, both names of a town, regions, demonyms, governments, and its speed."""

from __future__ import annotations

import time

import msgspec
import pytest

from presstime.gazetteer import Candidate, Gazetteer, open_gazetteer
from presstime.problems import GazetteerError


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stepanakert", "Khankendi"),
        ("Shushi", "Şuşa"),
        ("Martakert", "Ağdərə"),
        ("Lachin", "Berdzor"),
        ("Kyiv", "Kiev"),
        ("Kharkiv", "Kharkov"),
        ("Derry", "Londonderry"),
        ("Mumbai", "Bombay"),
        ("Yangon", "Rangoon"),
        ("Nagorno-Karabakh", "Artsakh"),
        ("Myanmar", "Burma"),
        ("Turkey", "Türkiye"),
        ("Falkland Islands", "Malvinas"),
        ("Persian Gulf", "Arabian Gulf"),
        ("Sea of Japan", "East Sea"),
        ("Senkaku Islands", "Diaoyu Islands"),
        ("Odesa", "Odessa"),
        ("New York", "NYC"),
    ],
)
def test_two_names_one_place(gazetteer: Gazetteer, one: str, other: str) -> None:
    ids = {c.id for c in gazetteer.candidates(one)} & {c.id for c in gazetteer.candidates(other)}
    assert ids
    place = gazetteer.by_id(min(ids))
    assert place is not None and {place.name, *place.names} >= {place.name}


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Armenia", "country", "AM", 40.2, 45.0),
        ("Kosovo", "country", "XK", 42.6, 21.0),
        ("Texas", "region", "US", 31.3, -99.3),
        ("Nova Scotia", "region", "CA", 45.0, -63.0),
        ("New South Wales", "region", "AU", -32.0, 147.0),
        ("Helmand", "region", "AF", 31.5, 64.3),
        ("Tigray", "region", "ET", 14.0, 38.5),
        ("Crimea", "region", "UA", 45.3, 34.4),
        ("Transnistria", "region", "MD", 47.0, 29.5),
        ("Bavaria", "region", "DE", 48.9, 11.5),
        ("Kent", "district", "GB", 51.2, 0.7),
        ("Cook County", "district", "US", 41.8, -87.8),
        ("Lachin Corridor", "area", "AZ", 39.6, 46.5),
        ("Strait of Hormuz", "area", None, 26.6, 56.3),
        ("Sahel", "area", None, 15.0, 2.0),
        ("Geneva", "town", "CH", 46.2, 6.1),
    ],
)
def test_kinds_and_points(gazetteer: Gazetteer, name: str, kind: str, country: str | None, lat: float, lon: float) -> None:
    found = [c for c in gazetteer.candidates(name) if (c.kind, c.country) == (kind, country)]
    assert found
    best = found[0]
    assert best.lat is not None and best.lon is not None
    assert abs(best.lat - lat) < 1 and abs(best.lon - lon) < 1.5


def test_order_and_record(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("Springfield")
    assert len(found) > 5
    assert [c.population for c in found] == sorted((c.population for c in found), reverse=True)
    with pytest.raises(AttributeError):
        found[0].name = "Elsewhere"  # type: ignore[misc]
    assert msgspec.json.decode(msgspec.json.encode(found[0]), type=Candidate) == found[0]


def test_ids(gazetteer: Gazetteer) -> None:
    for id, name in (("iso:AM", "Armenia"), ("iso:US-TX", "Texas"), ("geonames:2643743", "London"), ("presstime:sahel", "Sahel")):
        place = gazetteer.by_id(id)
        assert place is not None and place.id == id and place.name == name
    for bad in ("", "geonames:", "geonames:x", "geonames:99999999999999999999", "iso:QQ", "presstime:nowhere", "geonames:1000000000"):
        assert gazetteer.by_id(bad) is None
    assert gazetteer.candidates("") == () == gazetteer.candidates("Qwxyzzy")


@pytest.mark.parametrize(
    ("word", "id"),
    [("Greek", "GR"), ("Greeks", "GR"), ("Azerbaijanis", "AZ"), ("Swiss", "CH"), ("English", "GB-ENG"), ("South Korean", "KR")],
)
def test_demonyms(gazetteer: Gazetteer, word: str, id: str) -> None:
    place = gazetteer.demonym(word)
    assert place is not None and place.id == f"iso:{id}"


def test_no_demonyms(gazetteer: Gazetteer) -> None:
    assert [gazetteer.demonym(w) for w in ("Greece", "table", "", "s")] == [None] * 4
    assert not any(c.kind == "country" for c in gazetteer.candidates("Greek"))


@pytest.mark.parametrize(
    ("name", "id"),
    [("Baku", "AZ"), ("Moscow", "RU"), ("Paris", "FR"), ("Washington", "US"), ("Kremlin", "RU"), ("Georgia", "GE"), ("U.K.", "GB")],
)
def test_governments(gazetteer: Gazetteer, name: str, id: str) -> None:
    place = gazetteer.government_of(name)
    assert place is not None and place.id == f"iso:{id}"


def test_no_government(gazetteer: Gazetteer) -> None:
    assert gazetteer.government_of("Gothenburg") is None


def test_abbreviations_only_when_asked(gazetteer: Gazetteer) -> None:
    assert not gazetteer.candidates("Calif.")
    assert [c.id for c in gazetteer.candidates("Calif.", short=True)] == ["iso:US-CA"]


def test_every_country_has_a_point_and_most_a_capital(gazetteer: Gazetteer) -> None:
    countries = [gazetteer.by_id(row[0]) for row in gazetteer._file.execute("SELECT id FROM place WHERE kind = 'country'")]
    assert len(countries) == 250
    assert all(c is not None and c.lat is not None and -90 <= c.lat <= 90 and c.lon is not None and -180 <= c.lon <= 180 for c in countries)
    capitals = {row[0] for row in gazetteer._file.execute("SELECT capital_of FROM place WHERE capital_of IS NOT NULL")}
    assert len(capitals) > 235


def test_looking_up_is_quick(gazetteer: Gazetteer) -> None:
    names = ["Springfield", "Kyiv", "Qwxyzzy", "Port-au-Prince"] * 5_000
    start = time.perf_counter()
    for name in names:
        gazetteer.candidates(name)
    assert len(names) / (time.perf_counter() - start) > 20_000


def test_a_broken_file_says_what_to_do(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(GazetteerError, match="delete it"):
        Gazetteer(path)
