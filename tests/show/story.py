"""An invented story for the tests of show: a flood below a dam, told by eight documents, with findings as combine would make them.

Every span is found by looking for words in the texts, so the offsets are right by construction.
"""

from __future__ import annotations

import hashlib
from typing import Any

from presstime.findings import (
    Claim,
    Dispute,
    Findings,
    FoundActor,
    FoundDocument,
    Line,
    Origin,
    Point,
    Reaction,
    Series,
    Silence,
    Telling,
    TimelineEntry,
)
from presstime.ids import record_id
from presstime.records import (
    Actor,
    Document,
    Event,
    Figure,
    Part,
    Participant,
    Place,
    Problem,
    Reader,
    Reading,
    Span,
    Speaker,
    Statement,
    Time,
    Unattributed,
)
from presstime.show.material import Material

READER = Reader(presstime="0.1.0", model="test", context="test")


class Desk:
    """Makes one reading, each record from the words it stands in."""

    def __init__(self, ident: str, outlet: str | None, paragraphs: list[tuple[Any, str]], **fields: Any) -> None:
        parts, text = [], ""
        for kind, words in paragraphs:
            text += "\n\n" if text else ""
            parts.append(Part(kind=kind, start=len(text), end=len(text) + len(words)))
            text += words
        headline = next((words for kind, words in paragraphs if kind == "headline"), None)
        sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.document = Document(
            id=ident,
            sha256=sha256,
            text=text,
            outlet=outlet,
            headline=headline,
            parts=tuple(parts),
            **fields,
        )
        self.actors: list[Actor] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.events: list[Event] = []
        self.places: list[Place] = []
        self.times: list[Time] = []
        self.unattributed: list[Unattributed] = []
        self.problems: list[Problem] = []

    def span(self, words: str, after: str = "") -> Span:
        start = self.document.text.index(words, self.document.text.index(after) if after else 0)
        return Span(start=start, end=start + len(words))

    def id(self, kind: str, *spans: Span) -> str:
        return record_id(kind, self.document.id, *((span.start, span.end) for span in spans))

    def actor(self, name: str, words: str, kind: Any = "organisation", **fields: Any) -> str:
        span = self.span(words)
        known = self.id("actor", span)
        if all(actor.id != known for actor in self.actors):
            self.actors.append(Actor(id=known, name=name, kind=kind, mentions=(span,), **fields))
        return known

    def say(
        self,
        name: str | None,
        words: str,
        cue: str | None,
        *content: str,
        form: Any = "direct",
        act: Any = "claim",
        after: str = "",
        **fields: Any,
    ) -> str:
        spans = tuple(self.span(one, after) for one in content)
        speaker = None
        if name is not None:
            mention = self.span(words, after)
            actor = self.actor(name, words) if not after else None
            speaker = Speaker(start=mention.start, end=mention.end, name=name, actor=actor, how="subject", confidence=0.9)
        cue_span = self.span(cue, after) if cue else None
        known = self.id("statement", *spans, *((cue_span,) if cue_span else ()))
        self.statements.append(
            Statement(id=known, speaker=speaker, cue=cue_span, content=spans, form=form, act=act, confidence=0.9, **fields)
        )
        return known

    def count(self, words: str, measure: Any, low: int | None, high: int | None, qualifier: Any = "exact", **fields: Any) -> str:
        span = self.span(words)
        known = self.id("figure", span)
        self.figures.append(
            Figure(
                id=known,
                start=span.start,
                end=span.end,
                words=words,
                measure=measure,
                low=low,
                high=high,
                qualifier=qualifier,
                confidence=0.9,
                **fields,
            )
        )
        return known

    def place(self, words: str, gazetteer: str | None = None, **fields: Any) -> str:
        span = self.span(words)
        known = self.id("place", span)
        if all(place.id != known for place in self.places):
            self.places.append(
                Place(id=known, start=span.start, end=span.end, name=words, use="literal", gazetteer=gazetteer, confidence=0.9, **fields)
            )
        return known

    def time(self, words: str, value: str, start: str | None = None, end: str | None = None, approximate: bool = False) -> str:
        span = self.span(words)
        known = self.id("time", span)
        self.times.append(
            Time(
                id=known,
                start=span.start,
                end=span.end,
                value=value,
                kind="time",
                from_=start,
                to=end,
                approximate=approximate,
                confidence=0.9,
            )
        )
        return known

    def event(self, words: str, kind: Any, standing: Any = "reported", **fields: Any) -> str:
        span = self.span(words)
        known = self.id("event", span)
        self.events.append(Event(id=known, start=span.start, end=span.end, type=kind, standing=standing, confidence=0.8, **fields))
        return known

    def participant(self, words: str) -> Participant:
        span = self.span(words)
        return Participant(start=span.start, end=span.end, name=words)

    def reading(self) -> Reading:
        return Reading(
            document=self.document,
            reader=READER,
            actors=tuple(self.actors),
            statements=tuple(self.statements),
            figures=tuple(self.figures),
            events=tuple(self.events),
            places=tuple(self.places),
            times=tuple(self.times),
            unattributed=tuple(self.unattributed),
            problems=tuple(self.problems),
        )


MINISTRY = "Ledovian Health Ministry"
COUNCIL = "Velm Town Council"
AUTHORITY = "Oru Dam Authority"
GATES = "Karsavan Water Ministry"
RELIEF = "Lakes Relief Union"

_WIRE: list[tuple[Any, str]] = [
    ("headline", "Flood below Oru dam leaves at least 12 dead"),
    (
        "paragraph",
        "VELM, 3 March (Coast Wire) - Water broke over the lower town of Velm at about 04:00 on Tuesday after gates at the Oru dam "
        "opened. At least 12 people have died, the Ledovian Health Ministry said.",
    ),
    ("paragraph", "“The water came without any warning,” said Ilse Moran, head of the Velm Town Council. “People ran to the roofs.”"),
    (
        "paragraph",
        "The Velm Town Council said that the gates were opened on purpose. The Karsavan Water Ministry strongly denied the claim.",
    ),
    ("paragraph", "The Oru Dam Authority did not immediately reply to questions."),
]


def _wire(ident: str, outlet: str, published: str, **fields: Any) -> tuple[Desk, dict[str, str]]:
    desk = Desk(
        ident, outlet, _WIRE, published=published, gathered="2026-03-03T19:30:00+01:00", language="en", credits=("Coast Wire",), **fields
    )
    made: dict[str, str] = {}
    velm = desk.place("Velm", "geonames:1", country="LV", precision="town")
    made["said"] = desk.say(MINISTRY, "the Ledovian Health Ministry", "said", "At least 12 people have died", form="indirect")
    made["dead"] = desk.count(
        "At least 12 people have died", "killed", 12, None, "at-least", place=velm, statement=made["said"], as_of="2026-03-03TMO"
    )
    made["moran"] = desk.say(
        "Ilse Moran",
        "Ilse Moran, head of the Velm Town Council",
        "said",
        "“The water came without any warning,”",
        "“People ran to the roofs.”",
        after="“The water",
    )
    made["claim"] = desk.say(
        COUNCIL,
        "The Velm Town Council",
        "said",
        "the gates were opened on purpose",
        form="indirect",
        act="accusation",
        after="The Velm Town Council said",
    )
    made["denial"] = desk.say(
        GATES, "The Karsavan Water Ministry", "denied", "the claim", form="narrated", act="denial", answers=(made["claim"],)
    )
    made["silent"] = desk.say(
        AUTHORITY, "The Oru Dam Authority", "did not immediately reply", "to questions", form="narrated", act="no-comment"
    )
    time = desk.time("about 04:00 on Tuesday", "2026-03-03T04:00", "2026-03-03T04:00:00+01:00", "2026-03-03T04:01:00+01:00", True)
    made["flood"] = desk.event("Water broke over the lower town of Velm", "COERCE", place=velm, time=time)
    return desk, made


def story() -> Material:
    """The material: eight readings and the findings made of them."""
    first, w1 = _wire("doc-wire", "Coast Wire", "2026-03-03T09:10:00+01:00", url="https://example.org/oru")
    second, w2 = _wire("doc-post", "The Velm Post", "2026-03-03T09:40:00+01:00")
    third, w3 = _wire("doc-harbour", "Harbour Daily", "2026-03-03")

    early = Desk(
        "doc-early",
        "Radio Ledovia",
        [
            ("headline", "Five dead as flood hits Velm"),
            (
                "paragraph",
                "Five people were killed and dozens were hurt when water rushed into Velm on Tuesday, the Ledovian Health Ministry said.",
            ),
            ("caption", "A street in Velm under water. (Photo: R. Dahl)"),
        ],
        published="2026-03-03T07:00:00+01:00",
        gathered="2026-03-03T07:05:00+01:00",
        language="en",
    )
    velm = early.place("Velm", "geonames:1")
    five_said = early.say(MINISTRY, "the Ledovian Health Ministry", "said", "Five people were killed and dozens were hurt", form="indirect")
    five = early.count("Five people were killed", "killed", 5, 5, statement=five_said, place=velm, as_of="2026-03-03TMO")
    dozens = early.count("dozens were hurt", "injured", None, None, "vague", statement=five_said, place=velm)

    ministry = Desk(
        "doc-ministry",
        "Ledovian Health Ministry",
        [
            ("headline", "Statement on the flood in Velm"),
            (
                "paragraph",
                "As of this evening we count 19 dead in Velm, four of them children. About 140 people were injured. Some 2,300 were taken "
                "to safety on the heights, by preliminary information.",
            ),
            ("paragraph", "We ask all hospitals in the province to send blood."),
        ],
        published="2026-03-03T18:30:00+01:00",
        gathered="2026-03-03T19:30:00+01:00",
        language="en",
        as_of="2026-03-03TEV",
    )
    mv = ministry.place("Velm", "geonames:1")
    m1 = ministry.say(
        MINISTRY, "we", None, "As of this evening we count 19 dead in Velm, four of them children.", form="direct", medium="statement"
    )
    m2 = ministry.say(
        MINISTRY,
        "We",
        "ask",
        "all hospitals in the province to send blood",
        form="narrated",
        act="appeal",
        addressee="hospitals",
        after="We ask",
    )
    nineteen = ministry.count("19 dead", "killed", 19, 19, statement=m1, place=mv, as_of="2026-03-03TEV")
    four = ministry.count(
        "four of them children", "killed", 4, 4, statement=m1, place=mv, as_of="2026-03-03TEV", group="children", part_of=nineteen
    )
    hurt = ministry.count("About 140 people were injured", "injured", 140, 140, "about", place=mv, as_of="2026-03-03TEV")
    safe = ministry.count("Some 2,300 were taken to safety", "evacuated", 2300, 2300, "about", place=mv, certainty="preliminary")

    karsa = Desk(
        "doc-karsa",
        "Karsa Courier",
        [
            ("headline", "Ministry: no order was given at Oru"),
            (
                "paragraph",
                "KARSA CITY — “No order to open the gates was given by anyone in this ministry,” spokesperson Tomas Behl told the Karsa "
                "Courier. He said that the gates gave way at 03:20 “under the weight of the ice”.",
            ),
            (
                "paragraph",
                "Behl accused the Velm Town Council of spreading “fables”. In 2011 a smaller flood killed three people in Velmi.",
            ),
            ("paragraph", "The Foreign Ministry of Karsa offered to send boats."),
        ],
        published="2026-03-03T13:15:00+01:00",
        gathered="2026-03-03T19:30:00+01:00",
        language="en",
    )
    kv = karsa.place("Velmi", "geonames:1")
    k1 = karsa.say(
        "Tomas Behl",
        "spokesperson Tomas Behl",
        "told",
        "“No order to open the gates was given by anyone in this ministry,”",
        act="denial",
        addressee="the Karsa Courier",
    )
    k2 = karsa.say("Tomas Behl", "He", "said", "the gates gave way at 03:20 “under the weight of the ice”", form="mixed", after="He said")
    k3 = karsa.say(
        "Tomas Behl", "Behl", "accused", "the Velm Town Council of spreading “fables”", form="mixed", act="accusation", after="Behl accused"
    )
    k4 = karsa.say("Foreign Ministry of Karsa", "The Foreign Ministry of Karsa", "offered", "to send boats", form="narrated", act="offer")
    past = karsa.count("killed three people", "killed", 3, 3, place=kv, scope="past", as_of="2011")
    early_time = karsa.time("03:20", "2026-03-03T03:20", "2026-03-03T03:20:00+01:00", "2026-03-03T03:21:00+01:00")
    gave_way = karsa.event("the gates gave way", "COERCE", "claimed", time=early_time, statement=k2)
    old_time = karsa.time("2011", "2011", "2011-01-01", "2012-01-01")
    old = karsa.event("a smaller flood", "COERCE", scope="past", time=old_time, place=kv)

    world = Desk(
        "doc-world",
        "World Desk",
        [
            ("headline", "Neighbours react to Velm flood"),
            ("paragraph", "The Lakes Relief Union condemned the opening of the gates and urged both governments to let boats through."),
            ("paragraph", "“We stand with the people of Velm,” it said in a statement. “Boats must pass.”"),
            (
                "paragraph",
                "The union said the Oru Dam Authority must publish its log. A banner in the square read “never again”. “It was like a "
                "wall,” one heard in the crowd.",
            ),
            ("heading", "Get our letter"),
            ("boilerplate", "Sign up for the World Desk letter."),
        ],
        published="2026-03-03",
        gathered="2026-03-03T19:40:00+01:00",
        language="en",
        credits=("Coast Wire", "Radio Ledovia"),
    )
    r1 = world.say(RELIEF, "The Lakes Relief Union", "condemned", "the opening of the gates", form="narrated", act="condemnation")
    r2 = world.say(RELIEF, "The Lakes Relief Union", "urged", "both governments to let boats through", form="narrated", act="appeal")
    r3 = world.say(
        RELIEF,
        "it",
        "said",
        "“We stand with the people of Velm,”",
        "“Boats must pass.”",
        act="support",
        medium="statement",
        after="“We stand",
    )
    r4 = world.say(
        RELIEF,
        "The union",
        "said",
        "the Oru Dam Authority must publish its log",
        form="indirect",
        act="demand",
        addressee="Oru Dam Authority",
        after="The union said",
    )
    crowd = world.say(None, "", None, "“It was like a wall,”")
    banner = world.span("“never again”")
    world.unattributed.append(Unattributed(start=banner.start, end=banner.end, reason="words on a banner"))
    log = world.span("must publish its log")
    world.problems.append(
        Problem(where="doc-world", what="ambiguous", why="“its” may be the union or the authority", start=log.start, end=log.end)
    )
    asks = world.event("urged both governments to let boats through", "REQUEST", statement=r2)

    arabic = Desk(
        "doc-arabic",
        "صحيفة البحيرة",
        [
            ("headline", "فيضان في فيلم"),
            ("paragraph", "قالت الصحيفة إن الماء دخل المدينة 🌊 عند الفجر."),
        ],
        published=None,
        gathered="2026-03-03T19:45:00+01:00",
        language="ar",
    )
    arabic.problems.append(Problem(where="doc-arabic", what="language", why="The document is in Arabic, which is kept but not read."))

    desks = (first, second, third, early, ministry, karsa, world, arabic)
    readings = tuple(desk.reading() for desk in desks)
    members: dict[str, list[str]] = {}
    for reading in readings:
        for actor in reading.actors:
            members.setdefault(actor.name, []).append(actor.id)
    countries = {MINISTRY: "Ledovia", COUNCIL: "Ledovia", GATES: "Karsa", "Tomas Behl": "Karsa", "Foreign Ministry of Karsa": "Karsa"}
    findings = Findings(
        as_of="2026-03-03T20:00:00+01:00",
        documents=(
            FoundDocument(id="doc-wire", origin="origin-wire"),
            FoundDocument(id="doc-post", origin="origin-wire", near_copy_of="doc-wire"),
            FoundDocument(id="doc-harbour", origin="origin-wire", near_copy_of="doc-wire"),
            FoundDocument(id="doc-early", origin="origin-radio"),
            FoundDocument(id="doc-ministry", origin="origin-ministry"),
            FoundDocument(id="doc-karsa", origin="origin-karsa"),
            FoundDocument(id="doc-world", origin="origin-world"),
            FoundDocument(id="doc-arabic"),
        ),
        origins=(
            Origin(
                id="origin-wire",
                name="Coast Wire",
                documents=("doc-wire", "doc-post", "doc-harbour"),
                how="credited, and near copies",
                independent_at_most=1,
            ),
            Origin(id="origin-radio", name="Radio Ledovia", documents=("doc-early",), how="own reporting", independent_at_most=1),
            Origin(id="origin-ministry", name=MINISTRY, documents=("doc-ministry",), how="official statement", independent_at_most=1),
            Origin(id="origin-karsa", name="Karsa Courier", documents=("doc-karsa",), how="own reporting", independent_at_most=1),
            Origin(id="origin-world", name="World Desk", documents=("doc-world",), how="own reporting", independent_at_most=1),
        ),
        actors=tuple(
            FoundActor(
                id=f"found-{number}",
                name=name,
                names=(name, "the union") if name == RELIEF else (name,),
                kind="organisation",
                country=countries.get(name),
                members=tuple(ids),
            )
            for number, (name, ids) in enumerate(members.items())
        ),
        claims=(
            Claim(id="claim-gates", statements=(w1["claim"], w2["claim"], w3["claim"]), words="the gates were opened on purpose"),
            Claim(id="claim-fables", statements=(k3,), words="the Velm Town Council of spreading “fables”"),
        ),
        disputes=(
            Dispute(
                id="dispute-gates",
                about="the gates were opened on purpose",
                claim="claim-gates",
                claimed_by=(COUNCIL,),
                denied_by=(GATES, "Tomas Behl"),
                denials=(w1["denial"], k1),
                no_response=(AUTHORITY,),
            ),
            Dispute(
                id="dispute-fables",
                about="the Velm Town Council of spreading “fables”",
                claim="claim-fables",
                claimed_by=("Tomas Behl",),
                denied_by=(),
                denials=(),
            ),
        ),
        series=(
            Series(
                id="series-killed",
                measure="killed",
                place="geonames:1",
                lines=(
                    Line(
                        giver=MINISTRY,
                        points=(
                            Point(figure=five, as_of="2026-03-03TMO", low=5, high=5, qualifier="exact", superseded_by=w1["dead"]),
                            Point(
                                figure=w1["dead"], as_of="2026-03-03TMO", low=12, high=None, qualifier="at-least", superseded_by=nineteen
                            ),
                            Point(
                                figure=w2["dead"], as_of="2026-03-03TMO", low=12, high=None, qualifier="at-least", superseded_by=nineteen
                            ),
                            Point(
                                figure=w3["dead"], as_of="2026-03-03TMO", low=12, high=None, qualifier="at-least", superseded_by=nineteen
                            ),
                            Point(figure=nineteen, as_of="2026-03-03TEV", low=19, high=19, qualifier="exact"),
                        ),
                    ),
                ),
            ),
            Series(
                id="series-children",
                measure="killed",
                group="children",
                place="geonames:1",
                lines=(Line(giver=MINISTRY, points=(Point(figure=four, as_of="2026-03-03TEV", low=4, high=4, qualifier="exact"),)),),
            ),
            Series(
                id="series-injured",
                measure="injured",
                place="geonames:1",
                lines=(
                    Line(
                        giver=MINISTRY,
                        points=(
                            Point(figure=dozens, as_of=None, low=None, high=None, qualifier="vague", superseded_by=hurt),
                            Point(figure=hurt, as_of="2026-03-03TEV", low=140, high=140, qualifier="about"),
                        ),
                    ),
                ),
            ),
            Series(
                id="series-past",
                measure="killed",
                place="geonames:1",
                event="earlier events",
                lines=(Line(giver="Karsa Courier", points=(Point(figure=past, as_of="2011", low=3, high=3, qualifier="exact"),)),),
            ),
        ),
        timeline=(
            TimelineEntry(
                id="entry-flood",
                type="COERCE",
                place="geonames:1",
                standing="reported",
                times_differ=True,
                tellings=(
                    Telling(
                        event=w1["flood"],
                        from_="2026-03-03T04:00:00+01:00",
                        to="2026-03-03T04:01:00+01:00",
                        standing="reported",
                        giver="Coast Wire",
                        origin="origin-wire",
                    ),
                    Telling(
                        event=w2["flood"],
                        from_="2026-03-03T04:00:00+01:00",
                        to="2026-03-03T04:01:00+01:00",
                        standing="reported",
                        giver="The Velm Post",
                        origin="origin-wire",
                    ),
                    Telling(
                        event=gave_way,
                        from_="2026-03-03T03:20:00+01:00",
                        to="2026-03-03T03:21:00+01:00",
                        standing="claimed",
                        giver="Tomas Behl",
                        origin="origin-karsa",
                    ),
                ),
            ),
            TimelineEntry(
                id="entry-old",
                type="COERCE",
                place="geonames:1",
                standing="reported",
                tellings=(Telling(event=old, from_="2011-01-01", to="2012-01-01", standing="reported", giver="Karsa Courier"),),
            ),
        ),
        reactions=(
            Reaction(actor=RELIEF, country=None, act="condemnation", towards=None, statements=(r1,)),
            Reaction(actor=RELIEF, country=None, act="appeal", towards=None, statements=(r2,)),
            Reaction(actor=RELIEF, country=None, act="support", towards=None, statements=(r3,)),
            Reaction(actor=RELIEF, country=None, act="demand", towards=AUTHORITY, statements=(r4,)),
            Reaction(actor="Foreign Ministry of Karsa", country="Karsa", act="offer", towards=None, statements=(k4,)),
        ),
        silences=(Silence(actor=AUTHORITY, because=r4, documents=8, as_of="2026-03-03T20:00:00+01:00"),),
    )
    assert safe and m2 and crowd and asks
    return Material(
        title="Flood at Velm",
        as_of=findings.as_of,
        time_zone="Europe/Berlin",
        findings=findings,
        readings=readings,
        problems=(Problem(where="notes.docx", what="binary", why="The file is not text. Save it as text or HTML and add it again."),),
    )
