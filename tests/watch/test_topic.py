"""What counts as being on topic."""

from __future__ import annotations

import pytest

from presstime.records import Document, KnownActor, KnownPlace
from presstime.story_watch import Filter
from presstime.watch.topic import topic_of

ACTORS = (KnownActor(name="Government of Keldany", names=("Keldany", "Ombrey"), kind="government"),)
PLACES = (KnownPlace(name="Vadisk", names=("Tarnholt",)),)


def off(given: Filter, text: str, language: str | None = None, headline: str | None = None) -> str | None:
    return topic_of(given, ACTORS, PLACES)(Document(id="d", sha256="", text=text, language=language, headline=headline))


@pytest.mark.parametrize(
    ("words", "text", "on"),
    [
        (("flood",), "A Flood came.", True),
        (("flood",), "The floodlight was lit.", False),
        (("flood*",), "The flooding went on.", True),
        (("Corrow Dam",), "At the Corrow\nDam, work went on.", True),
        (("Corrow Dam",), "At Corrow, the dam held.", False),
        (("cordoba",), "In Córdoba it rained.", True),
        (("A.C.",), "He lit the A.C. unit.", True),
        (("洪水",), "昨日の洪水で橋が流された。", True),
    ],
)
def test_words(words: tuple[str, ...], text: str, on: bool) -> None:
    assert (off(Filter(words=words), text) is None) is on


def test_names_stand_for_their_other_names() -> None:
    assert off(Filter(places=("Vadisk",)), "In Tarnholt the road was closed.") is None
    assert off(Filter(actors=("Keldany",)), "Ombrey said no.") is None
    assert off(Filter(actors=("Ilan Voss",)), "Ilan Voss said no.") is None, "a name that no table has is looked for as it is"
    assert off(Filter(places=("Vadisk",)), "In Velm the road was closed.") == "it has none of the places"


def test_any_and_all() -> None:
    lists = {"words": ("flood",), "places": ("Vadisk",)}
    assert off(Filter(**lists), "A flood came to Velm.") is None
    assert off(Filter(**lists, match="all"), "A flood came to Velm.") == "it has none of the places"
    assert off(Filter(**lists, match="all"), "A flood came to Vadisk.") is None
    assert off(Filter(**lists), "A library was opened in Velm.") == "it has none of the words, places"


def test_what_is_never_on_topic() -> None:
    assert off(Filter(words=("flood",), without=("football",)), "A flood of goals at Football.") == "it has “football”"
    assert off(Filter(languages=("en",)), "Une crue.", language="fr") == "its language is fr"
    assert off(Filter(languages=("en",)), "A flood.", language="en") is None


def test_without_a_filter_everything_is() -> None:
    assert off(Filter(), "Anything.") is None


def test_the_headline_counts_too() -> None:
    assert off(Filter(words=("flood",)), "The water rose.", headline="Flood in Velm") is None
