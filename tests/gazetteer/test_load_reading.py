"""Reading with a loaded gazetteer: villages are found where the text says where, hamlets with common names change nothing."""

from __future__ import annotations

from pathlib import Path

import made_dump
import pytest

from presstime.gazetteer import Gazetteer, lookup
from presstime.gazetteer.in_use import VARIABLE
from presstime.read import language
from presstime.read.places import find_places
from presstime.read.reading import read_document, reader_of
from presstime.records import Context, Document, Place


def read(text: str, gazetteer: Gazetteer, context: Context | None = None) -> tuple[Place, ...]:
    return find_places("d", text, language.parse(text), context or Context(), gazetteer=gazetteer)


def named(places: tuple[Place, ...], name: str) -> Place:
    [place] = [p for p in places if p.name == name]
    return place


SAME = [
    "Hope is fading for the miners, said the mayor of Gyumri.",
    "In Moscow, the ministry said that Berlin had been told.",
    "The Central Bank of Armenia kept its rate, and markets in Berlin rose.",
    "Moscow and Washington agreed to talk in Geneva, officials in Alabama heard.",
    "Two of them were from Old City families in Jerusalem, police said.",
    "Central Europe was dry, and so was Berlin.",
    "Senator Bob Hope met troops near Birmingham, Alabama.",
    "The Orchard, a company in New York, denied it.",
    "Police in Central said nothing; the army in Moscow did.",
    "Officials in Birmingham, Huntsville and Decatur, Alabama, said on Monday that Berlin had sent a letter.",
    "Envoys of Georgia, Russia and Iran met, and so did those of Berlin, Armenia and Iran.",
    "Helicopters left Sarnak Airbase at dawn, residents of Lima, Peru, said.",
    "The village of Lernavan was named after Hope, a teacher from Lyon, France.",
]


@pytest.mark.parametrize("text", SAME)
def test_hamlets_with_common_names_change_nothing(text: str, shipped: Gazetteer, merged: Gazetteer) -> None:
    before, after = read(text, shipped), read(text, merged)
    assert [(p.name, p.use, p.gazetteer, p.lat, p.lon) for p in before] == [(p.name, p.use, p.gazetteer, p.lat, p.lon) for p in after]


def test_a_village_is_found_where_its_country_is_told(merged: Gazetteer, shipped: Gazetteer) -> None:
    text = "Shells fell on the village of Varnakert, in Armenia, and near Gyumri."
    assert named(read(text, shipped), "Varnakert").gazetteer is None
    found = named(read(text, merged), "Varnakert")
    assert (found.gazetteer, found.lat, found.lon, found.precision) == (f"geonames:{made_dump.VARNAKERT}", 40.91, 43.77, "town")
    assert found.names == ("Sovetakert", "Varnagert") and found.country == "AM"


def test_a_former_name_finds_the_place_and_the_others_are_listed(merged: Gazetteer) -> None:
    found = named(read("He was born in Leningrad in 1952.", merged), "Leningrad")
    assert found.gazetteer == f"geonames:{made_dump.PETERSBURG}"
    assert {"St. Petersburg", "Saint Petersburg", "Petrograd"} <= set(found.names)


def test_the_storys_region_tells_the_country(merged: Gazetteer) -> None:
    text = "Shells fell on Varnakert overnight, residents said."
    assert all(p.gazetteer is None for p in read(text, merged))  # nothing says where that is
    found = named(read(text, merged, Context(region=("AM",))), "Varnakert")
    assert found.gazetteer == f"geonames:{made_dump.VARNAKERT}"


def test_of_many_hamlets_none_is_taken_unless_the_region_is_named(merged: Gazetteer) -> None:
    for place in read("A storm hit the hamlet of Hope, and then Birmingham, Alabama.", merged):
        assert place.name != "Hope" or place.gazetteer is None or not place.gazetteer.startswith("geonames:400")


@pytest.mark.parametrize(
    ("text", "name", "n", "precision"),
    [
        ("Helicopters left Sarnak Airbase near Gyumri, Armenia, at dawn.", "Sarnak Airbase", made_dump.AIRBASE, "town"),
        ("The road over Ketrin Pass to Gyumri in Armenia was closed.", "Ketrin Pass", made_dump.PASS, "town"),
    ],
)
def test_sites(text: str, name: str, n: int, precision: str, merged: Gazetteer) -> None:
    found = [p for p in read(text, merged) if p.gazetteer == f"geonames:{n}"]
    assert [(p.name, p.precision) for p in found] == [(name, precision)]


def test_a_reading_says_which_gazetteer_it_used(merged: Gazetteer, shipped: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(id="d", sha256="0" * 64, gathered="2026-01-01T00:00:00+00:00", text="Shells fell on Varnakert in Armenia.")
    told = {}
    for name, path in (("loaded", merged.path), ("shipped", Path("shipped"))):
        monkeypatch.setenv(VARIABLE, str(path))
        monkeypatch.setattr(lookup, "_open", {})
        told[name] = reader_of(Context()).context
        assert read_document(document, Context()).reader.context == told[name]
    assert told["loaded"].endswith(merged.version[:12]) and told["shipped"].endswith(shipped.version[:12])
