"""Places: which words name one, which one is meant, how it is used; and that offsets hold in hostile text.

Most sentences are put together by hand (entities marked in the text), so that these tests say nothing of the model;
those of `read` in the cases, one for each way in which names mislead, go through it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.ids import record_id
from presstime.read.language import parse
from presstime.read.places import as_spelled, find_places
from presstime.read.tokens import tokenise
from presstime.read.tree import Sentence
from presstime.records import Context, KnownPlace, Place

FILE = json.loads((Path(__file__).parents[1] / "cases" / "places.json").read_text(encoding="utf-8"))
CASES, READ = FILE["cases"], FILE["read"]
REACH_KM = 110
MARKED = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")
PLAIN = {"The", "Reading", "It", "He", "They", "A", "In", "From"}
Arcs = dict[str, tuple[str, str]]


def marked(source: str) -> tuple[str, list[tuple[int, int, str]]]:
    """ "[Paris|LOC] fell" → the text without the marks, and the entities' spans."""
    text, spans, at = "", [], 0
    for m in MARKED.finditer(source):
        text += source[at : m.start()]
        spans.append((len(text), len(text) + len(m[1]), m[2]))
        text += m[1]
        at = m.end()
    return text + source[at:], spans


def sentence(text: str, spans: Sequence[tuple[int, int, str]] = (), arcs: Arcs | None = None, verbs: tuple[str, ...] = ()) -> Sentence:
    """A sentence made by hand: capitalised words are proper nouns; `arcs` are word → (relation, head word)."""
    words = tokenise(text)
    form = [text[a:b] for a, b in words]
    tags = ["O"] * len(words)
    for start, end, kind in spans:
        mark = "B-"
        for i, (a, b) in enumerate(words):
            if start <= a and b <= end:
                tags[i], mark = mark + kind, "I-"
    universal = ["VERB" if w in verbs else "PROPN" if w[0].isupper() and w not in PLAIN else "NOUN" for w in form]
    relations, heads = ["dep"] * len(words), [-1] * len(words)
    for word, (relation, head) in (arcs or {}).items():
        relations[form.index(word)], heads[form.index(word)] = relation, form.index(head)
    return Sentence(
        starts=tuple(a for a, _ in words),
        ends=tuple(b for _, b in words),
        words=tuple(form),
        universal=tuple(universal),
        fine=tuple("X" for _ in words),
        heads=tuple(heads),
        relations=tuple(relations),
        entities=tuple(tags),
        lemmas=tuple({"said": "say", "accused": "accuse", "signed": "sign", "fell": "fall"}.get(w, w.lower()) for w in form),
    )


def read(
    source: str, context: Context | None = None, arcs: Arcs | None = None, verbs: tuple[str, ...] = (), **more: Any
) -> tuple[str, tuple[Place, ...]]:
    text, spans = marked(source)
    return text, find_places("doc-1", text, (sentence(text, spans, arcs, verbs),), context or Context(), **more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    text, found = read(case["text"])
    assert [[text[p.start : p.end], p.use, p.gazetteer] for p in found] == case["places"]


def far(place: Place, at: Sequence[float]) -> float:
    """Kilometres between a place and a point."""
    if place.lat is None or place.lon is None:
        return math.inf
    north, east = place.lat - at[0], (place.lon - at[1]) * math.cos(math.radians(at[0]))
    return 111.2 * math.hypot(north, east)


@pytest.mark.parametrize("case", READ, ids=lambda case: f"{case['trap']}: {case['text'][:50]}")
def test_what_misleads(case: dict[str, Any]) -> None:
    found = find_places("d", case["text"], parse(case["text"]), Context())
    assert [p.name for p in found] == [told["name"] for told in case["places"]]
    for place, told in zip(found, case["places"], strict=True):
        assert place.use in told["use"].split("|"), place
        assert told.get("country") in (None, place.country), place
        if "at" in told and told["at"] is None:
            assert (place.lat, place.lon) == (None, None), place
        elif "at" in told:
            assert far(place, told["at"]) < told.get("km", REACH_KM), place


def test_every_trap_has_six_cases() -> None:
    assert min(Counter(case["trap"] for case in READ).values()) >= 6


@pytest.mark.parametrize(
    ("source", "kind", "precision", "province", "known"),
    [
        ("It burned in [Izmit|LOC].", "town", "town", "Kocaeli", True),
        ("It burned in [Texas|LOC].", "region", "region", "Texas", True),
        ("It burned in [Chad|LOC].", "country", "country", None, True),
        ("It burned at [Bagram Airfield|LOC].", "facility", "town", None, True),
        ("Rain fell on [Herat|LOC] airport.", "facility", "town", "Herat", False),
        ("Rain fell on the Mirelle hospital in [Turin|LOC].", "facility", "town", "Piedmont", False),
        ("Rain fell on the Mirelle hospital in [Texas|LOC].", "facility", None, "Texas", False),
        ("Rain fell on the Mirelle refugee camp near [Lyon|LOC].", "camp", None, None, False),
        ("Rain fell on the [Bakhmut|LOC] front.", "front", "town", "Donetsk", False),
        ("Rain fell on the Line of Contact.", "front", None, None, False),
        ("Rain fell on the [Lachin corridor|LOC].", "corridor", "area", None, True),
        ("Rain fell on the village of [Qarnobel|LOC].", "town", None, None, False),
    ],
)
def test_kind_precision_and_province(source: str, kind: str, precision: str | None, province: str | None, known: bool) -> None:
    place = read(source)[1][0]
    assert (place.kind, place.precision, place.province) == (kind, precision, province)
    assert (place.lat is None) == (precision is None)
    assert (place.gazetteer is not None) == known
    assert known or place.names == ()


def test_a_site_of_the_story_comes_first() -> None:
    context = Context(places=(KnownPlace(name="Mirelle hospital", lat=1.5, lon=2.5, precision="town"),))
    _, found = read("Rain fell on the Mirelle hospital in [Lyon|LOC].", context)
    assert (found[0].name, found[0].lat, found[0].lon, found[0].kind) == ("Mirelle hospital", 1.5, 2.5, "facility")


def test_the_record_keeps_the_spelling_and_lists_the_others() -> None:
    text, (place,) = read("A bus left [Stepanakert|LOC].")
    assert place.name == text[place.start : place.end] == "Stepanakert"
    assert "Khankendi" in place.names and "Stepanakert" not in place.names
    assert (place.country, place.precision) == ("AZ", "town")
    assert place.lat == pytest.approx(39.82, abs=0.05) and place.lon == pytest.approx(46.75, abs=0.05)
    assert place.id == record_id("place", "doc-1", (place.start, place.end))
    assert 0.5 < place.confidence <= 1


def test_swapping_the_two_names_changes_only_the_names() -> None:
    _, one = read("Shells fell on [Stepanakert|LOC] and [Shushi|LOC].")
    _, other = read("Shells fell on [Khankendi|LOC] and [Shusha|LOC].")
    assert len(one) == 2
    for a, b in zip(one, other, strict=True):
        assert (a.gazetteer, a.lat, a.lon, a.use, a.confidence) == (b.gazetteer, b.lat, b.lon, b.use, b.confidence)


def test_an_unknown_place_is_kept_without_a_point() -> None:
    _, (place,) = read("They left [Qarnobel|LOC] at dawn.")
    assert (place.gazetteer, place.lat, place.lon, place.precision, place.names) == (None, None, None, None, ())


@pytest.mark.parametrize(
    ("source", "arcs", "verbs", "use"),
    [
        ("[Baku|LOC] said no.", {"Baku": ("nsubj", "said")}, ("said",), "metonym"),
        ("[Baku|LOC] signed it.", {"Baku": ("nsubj", "signed")}, ("signed",), "metonym"),
        ("[Gothenburg|LOC] signed it.", {"Gothenburg": ("nsubj", "signed")}, ("signed",), "literal"),
        ("[Baku|LOC] fell.", {"Baku": ("nsubj", "fell")}, ("fell",), "literal"),
        ("They accused [Baku|LOC].", {"Baku": ("obj", "accused")}, ("accused",), "metonym"),
        ("[Baku|LOC] officials left.", {"Baku": ("compound", "officials")}, (), "metonym"),
        ("[Baku|LOC] streets emptied.", {"Baku": ("compound", "streets")}, (), "literal"),
        ("It burned, according to [Baku|LOC].", {"Baku": ("obl", "burned")}, ("burned",), "metonym"),
        ("It burned close to [Baku|LOC].", {"Baku": ("obl", "burned")}, ("burned",), "literal"),
    ],
)
def test_use(source: str, arcs: Arcs, verbs: tuple[str, ...], use: str) -> None:
    _, (place,) = read(source, arcs=arcs, verbs=verbs)
    assert place.use == use and place.country in ("AZ", "SE")


def test_one_sense_per_document() -> None:
    text, spans = marked("He left [Athens|LOC], [Ohio|LOC], on foot. In [Athens|LOC] it rained on [Columbus|LOC] and [Cincinnati|LOC].")
    found = find_places("d", text, (sentence(text, spans),), Context())
    athens = {p.gazetteer for p in found if p.name == "Athens"}
    assert athens == {"geonames:4505542"}


def test_the_storys_places_come_first() -> None:
    known = KnownPlace(name="Belcastro", names=("Belkastra",), lat=1.5, lon=2.5, precision="district")
    paris = KnownPlace(name="Paris", gazetteer="geonames:4717560")
    context = Context(places=(known, paris))
    _, found = read("Rain fell on Belkastra and on [Paris|LOC].", context)
    assert (found[0].name, found[0].lat, found[0].lon) == ("Belkastra", 1.5, 2.5)
    assert found[0].names == ("Belcastro",) and found[0].precision == "district" and found[0].gazetteer is None
    assert found[1].gazetteer == "geonames:4717560" and found[1].lat is not None


def test_the_storys_region_and_the_dateline_decide() -> None:
    source = "Rain fell on [Victoria|LOC]."
    _, (canada,) = read(source, Context(region=("CA",)), dateline="VANCOUVER, British Columbia")
    _, (seychelles,) = read(source, Context(region=("SC",)), dateline="VICTORIA, Seychelles")
    assert canada.country == "CA" and seychelles.country == "SC"


def test_no_sentences() -> None:
    assert find_places("d", "", (), Context()) == ()


WORDS = "Paris Texas , . - the of Kandahar province Greek Greeks U.S. US N.C. Ga St. ’s İstanbul Şuşa 砂 e\u0301 ( ) New York City 12 in"
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\t"])
KINDS = st.sampled_from(["O", "O", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON"])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60), st.data())
def test_offsets_hold_and_places_do_not_overlap(text: str, data: st.DataObject) -> None:
    plain = sentence(text)
    n = len(plain.words)
    tags = data.draw(st.lists(KINDS, min_size=n, max_size=n))
    heads = data.draw(st.lists(st.integers(-1, max(0, n - 1)), min_size=n, max_size=n))
    relations = data.draw(st.lists(st.sampled_from(["nsubj", "obj", "conj", "compound", "obl", "root"]), min_size=n, max_size=n))
    parsed = replace(plain, heads=tuple(heads), relations=tuple(relations), entities=tuple(tags))
    found = find_places("d", text, (parsed,) if n else (), Context())
    assert all(0 <= p.start < p.end <= len(text) and text[p.start : p.end] == p.name for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({p.id for p in found}) == len(found)
    assert found == find_places("d", text, (parsed,) if n else (), Context())


@pytest.mark.parametrize(
    ("town", "division"),
    [
        ("Hodeidah", "Hodeidah"),
        ("Tbilisi", "Tbilisi"),
        ("Port Said", "Port Said"),
        ("Taiz", "Taiz"),
        ("Kapan", "Syunik"),
        ("Patras", "West Greece"),
    ],
)
def test_a_province_has_its_english_name(town: str, division: str) -> None:
    """Not "Muhafazat al Hudaydah" or "Syunik'i Marz"; a name of two words that is English already stays."""
    place = read(f"It burned in [{town}|LOC].")[1][0]
    assert place.province == division


def test_a_text_in_capitals_keeps_its_spelling() -> None:
    text = "TROOPS LEFT HODEIDAH ON MONDAY."
    print_text = "Troops left Hodeidah on Monday."
    found = find_places("d", print_text, parse(print_text), Context())
    (place,) = as_spelled(found, text)
    assert place.name == "HODEIDAH" and place.names[0] == "Hodeidah" and "HODEIDAH" not in place.names
    assert as_spelled(found, print_text) == found
