"""What the tests of exports share: the example as it may be shown, the story of show's tests, a hostile one and an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from presstime.findings import Claim, Dispute, Findings, FoundDocument, Line, Origin, Point, Series, Telling, TimelineEntry
from presstime.show.export.shown import Shown, shown_material
from presstime.show.material import Material

from ..story import Desk, story

if TYPE_CHECKING:
    from presstime import Compiled

AS_OF = "2026-03-03T20:00:00+01:00"
LONG = "word " * 20_000
"""100,000 characters."""
HOSTILE = (
    '=HYPERLINK("http://example.org")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tcmd",
    "'=1",
    "<script>&amp;</script>",
    "a\x00b\x07c\x1bd\x0be",
    "end ]]> of",
    "שלום עולם",
    "مرحبا بالعالم",
    "Ստեփանակերտ",
    "სოხუმი",
    "北京，天气",
    "👩‍🚒 family",
    '; "quoted"; x',
    "[^1] *not* _markup_ `code` | bar",
    "#N/A",
    "BEGIN:VEVENT\r\nDTSTART:19700101",
)


@pytest.fixture(scope="session")
def example(compiled: Compiled) -> Shown:
    from presstime.exporting import story_material

    return shown_material(story_material(compiled.folder))


@pytest.fixture
def flood() -> Shown:
    return shown_material(story())


def empty_material() -> Material:
    return Material(title="Nothing yet", as_of=AS_OF, time_zone="Europe/Berlin", findings=Findings(as_of=AS_OF), readings=())


def hostile_material() -> Material:
    """A document for each hostile text: its headline, its outlet, a statement, a figure, a place and an event of it."""
    desks, lines, tellings = [], [], []
    for number, words in enumerate((*HOSTILE, LONG)):
        desk = Desk(
            f"doc-{number}", words[:80], [("headline", words[:80]), ("paragraph", f"{words} said Ilan Voss.")], published="2026-03-03"
        )
        said = desk.say(words[:60], "Ilan Voss", "said", words, after=f"{words} said")
        figure = desk.count(words, "killed", None, None, "vague", statement=said, group=words[:60])
        place = desk.place(words[:60], f"own:{number}", lat=10.0 + number, lon=20.0, precision="town")
        time = desk.time("Ilan", "2026-03-03", "2026-03-03", "2026-03-04")
        event = desk.event(words, "ASSAULT", "claimed", place=place, time=time, actor=desk.participant(words))
        desks.append(desk)
        lines.append(Line(giver=words[:60], points=(Point(figure=figure, as_of="2026-03-03", low=None, high=None, qualifier="vague"),)))
        tellings.append((said, place, Telling(event=event, from_="2026-03-03", to="2026-03-04", standing="claimed", giver=words[:60])))
    findings = Findings(
        as_of=AS_OF,
        documents=tuple(FoundDocument(id=desk.document.id, origin=f"origin-{n}") for n, desk in enumerate(desks)),
        origins=tuple(
            Origin(
                id=f"origin-{n}", name=(desk.document.outlet or "")[:60], documents=(desk.document.id,), how="own", independent_at_most=1
            )
            for n, desk in enumerate(desks)
        ),
        claims=tuple(
            Claim(id=f"claim-{n}", statements=(said,), words=HOSTILE[n % len(HOSTILE)]) for n, (said, _, _) in enumerate(tellings)
        ),
        disputes=tuple(
            Dispute(id=f"dispute-{n}", about=words, claim=f"claim-{n}", claimed_by=(words,), denied_by=HOSTILE, denials=())
            for n, words in enumerate(HOSTILE)
        ),
        series=(Series(id="series-0", measure="killed", lines=tuple(lines)),),
        timeline=tuple(
            TimelineEntry(id=f"entry-{n}", type="ASSAULT", place=place, tellings=(telling,), standing="claimed")
            for n, (_, place, telling) in enumerate(tellings)
        ),
    )
    readings = tuple(desk.reading() for desk in desks)
    return Material(title="=A1 & <b>“Title”</b> \x07", as_of=AS_OF, time_zone="Europe/Berlin", findings=findings, readings=readings)


@pytest.fixture
def hostile() -> Shown:
    return shown_material(hostile_material(), "full")


@pytest.fixture
def empty() -> Shown:
    return shown_material(empty_material())
