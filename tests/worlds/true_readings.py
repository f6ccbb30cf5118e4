"""Pages → true readings: what a reader without mistakes finds in each, made from the marks and never by the model.

In: the happenings and a page. Out: a `presstime.records.Reading` whose spans hold what they claim, with the ids that
presstime.ids makes. A claim is tied to a denial (`answers`) only where both stand in one document.

Example: "Maldorian forces shelled the school, the Veskian Defence Ministry said" → an actor each, a statement, an event.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from presstime.ids import document_id, record_id
from presstime.records import (
    Actor,
    Document,
    Event,
    Figure,
    Part,
    Participant,
    Place,
    Reader,
    Reading,
    Span,
    Speaker,
    Statement,
    Time,
)
from tests.worlds.happenings import Happenings
from tests.worlds.newsroom import ZONE, Page, text_of
from tests.worlds.pieces import Mark
from tests.worlds.telling import Sentence
from tests.worlds.truth import minutes

__all__ = ["true_document", "true_reading"]

_READER = Reader(presstime="0.1.0", model="true", context="world")
_MEANS = {"shelling": "artillery"}


def true_document(page: Page, text: str, spans: list[tuple[int, int]], *, with_id: bool = False) -> Document:
    """The document that gather and layout would give of a page. Its id is the page's key, or (`with_id`) one that gather would make."""
    paragraphs = len(page.paragraphs)
    parts = tuple(Part(kind="paragraph" if i < paragraphs else "credit", start=a, end=b) for i, (a, b) in enumerate(spans))
    return Document(
        id=document_id(page.outlet, page.url, page.published.isoformat(), text) if with_id else page.key,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        name=f"{page.key}.txt",
        url=page.url,
        outlet=page.outlet,
        headline=page.headline,
        dateline=page.dateline.upper() if page.dateline and page.opening else None,
        published=page.told,
        language="en",
        credits=(page.agency or page.credit or "",) if page.opening and page.agency else (page.credit,) if page.credit else (),
        parts=parts,
    )


def true_reading(world: Happenings, page: Page, *, with_id: bool = False) -> Reading:
    """The true reading of one page."""
    whole, spans, where = text_of(page)
    document = true_document(page, whole.text, spans, with_id=with_id)
    maker = _Maker(world, page, document)
    for start, _, sentence in where:
        maker.take(start, sentence)
    if page.opening:
        maker.places(page.opening.marks, 0)
    return maker.reading()


class _Maker:
    def __init__(self, world: Happenings, page: Page, document: Document) -> None:
        self.world, self.page, self.document = world, page, document
        self.text = document.text
        self.mentions: dict[str, list[tuple[int, int]]] = {}
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.events: list[Event] = []
        self.found_places: dict[tuple[int, int], Place] = {}
        self.found_times: list[Time] = []
        self.claimed: dict[str, list[str]] = {}
        self.said: list[tuple[Any, ...]] = []

    def id(self, kind: str, *spans: tuple[int, int]) -> str:
        return record_id(kind, self.document.id, *spans)

    def actor_id(self, key: str) -> str:
        return self.id("actor", self.mentions[key][0])

    def places(self, marks: tuple[Mark, ...], at: int) -> str | None:
        """Enters the places; gives the first one's id."""
        first = None
        for m in (m for m in marks if m.kind == "place"):
            span = (at + m.start, at + m.end)
            id_ = self.id("place", span)
            kind = {"use": "literal", "precision": "town", "kind": "town"}
            self.found_places[span] = Place(id=id_, start=span[0], end=span[1], name=m.value, confidence=0.9, **kind)  # type: ignore[arg-type]
            first = first or id_
        return first

    def times(self, marks: tuple[Mark, ...], at: int) -> dict[tuple[int, int], str]:
        found = {}
        for m in (m for m in marks if m.kind == "time"):
            value, about = m.value
            span = (at + m.start, at + m.end)
            day = datetime.fromisoformat(value[:10]).replace(tzinfo=ZONE)
            a, b = minutes(value) if "T" in value else (0, 1440)
            begins, ends = ((day + timedelta(minutes=x)).isoformat(timespec="minutes") for x in (a, b))
            kind: Any = "time" if "T" in value and value[11:12].isdigit() else "date"
            id_ = self.id("time", span)
            made = Time(
                id=id_, start=span[0], end=span[1], value=value, kind=kind, from_=begins, to=ends, approximate=about, confidence=0.9
            )
            self.found_times.append(made)
            found[m.start, m.end] = id_
        return found

    def take(self, at: int, s: Sentence) -> None:
        """Enters one sentence's records."""
        marks = s.piece.marks
        for m in marks:
            if m.kind == "actor":
                self.mentions.setdefault(m.value, []).append((at + m.start, at + m.end))
        place = self.places(marks, at)
        times = self.times(marks, at)
        roles = {m.kind: m for m in reversed(marks)}
        statement = self.state(at, s, roles) if s.says else None
        killed = None
        for number, count in enumerate(s.counts):
            m = roles[("figure", "figure2")[number]]
            id_ = self.figure(at, m, count, place, statement)
            killed = killed or id_
        if s.deed and "event" in roles:
            self.event(at, s, roles, place, times, statement)

    def state(self, at: int, s: Sentence, roles: dict[str, Mark]) -> str:
        assert s.says is not None
        who, cue, content = roles["slot:who"], roles.get("cue"), roles.get("content")
        named = next((m for m in s.piece.marks if m.kind == "actor" and m.value == s.says.speaker and who.start <= m.start < who.end), who)
        spans = ((at + content.start, at + content.end),) if content else ()
        id_ = self.id("statement", *(spans or ((at + who.start, at + who.end),)))
        words = self.text[spans[0][0] : spans[0][1]] if spans else ""
        form = "direct" if f"“{words}" in s.piece.text or words.startswith("“") else "indirect"
        form = "narrated" if s.says.act in ("no-comment", "condemnation", "concern", "support", "appeal") and form == "indirect" else form
        answers: tuple[str, ...] = ()
        if s.says.dispute and s.says.side == "claim":
            self.claimed.setdefault(s.says.dispute, []).append(id_)
        elif s.says.dispute:
            answers = tuple(self.claimed.get(s.says.dispute, ()))
        said = (id_, s.says, named, cue, spans, form, answers, at)
        self.said.append(said)
        return id_

    def figure(self, at: int, m: Mark, count: Any, place: str | None, statement: str | None) -> str:
        span = (at + m.start, at + m.end)
        whole = None
        if count.group == "children":
            whole = next((f.id for f in self.figures if f.measure == "killed" and f.group is None and f.scope == "event"), None)
        made = Figure(
            id=self.id("figure", span),
            start=span[0],
            end=span[1],
            measure=count.measure,
            low=count.low,
            high=count.high,
            qualifier=count.qualifier,
            words=self.text[span[0] : span[1]],
            group=count.group,
            part_of=whole,
            place=place,
            as_of=self.document.published,
            scope=count.scope,
            statement=statement,
            confidence=0.9,
        )
        self.figures.append(made)
        return made.id

    def event(self, at: int, s: Sentence, roles: dict[str, Mark], place: str | None, times: dict[Any, str], statement: str | None) -> None:
        assert s.deed is not None
        m = roles["event"]
        span = (at + m.start, at + m.end)
        sides: dict[str, Participant] = {}
        doer, target = roles.get("slot:doer"), roles.get("slot:target")
        if doer:
            named = next(x for x in s.piece.marks if x.kind == "actor" and doer.start <= x.start < doer.end)
            a, b = at + named.start, at + named.end
            sides["actor"] = Participant(start=a, end=b, name=self.text[a:b], actor=named.value)
        elif s.deed.standing == "denied" and s.says:
            who = roles["slot:who"]
            a, b = at + who.start, at + who.end
            sides["actor"] = Participant(start=a, end=b, name=self.text[a:b], actor=s.says.speaker)
        if target:
            a, b = at + target.start, at + target.end
            sides["recipient"] = Participant(start=a, end=b, name=self.text[a:b])
        slot = roles.get("slot:time")
        time = next((i for (a, b), i in times.items() if slot and slot.start <= a and b <= slot.end), None)
        made = Event(
            id=self.id("event", span),
            start=span[0],
            end=span[1],
            mentions=(Span(start=span[0], end=span[1]),),
            type=s.deed.type,  # type: ignore[arg-type]
            place=place,
            time=time,
            scope="past" if s.deed.past else "event",
            standing=s.deed.standing,  # type: ignore[arg-type]
            statement=statement,
            confidence=0.9,
            actor=sides.get("actor"),
            recipient=sides.get("recipient"),
        )
        self.events.append(made)

    def reading(self) -> Reading:
        """The whole, once everybody who is named is known."""
        actors = []
        for key, spans in self.mentions.items():
            fact = self.world.cast[key]
            shown = max((self.text[a:b] for a, b in spans), key=len)
            mentions = tuple(Span(start=a, end=b) for a, b in spans)
            body = self.world.cast[fact.body].names[0] if fact.body else None
            role = f"{fact.role}" if fact.role else None
            actors.append(Actor(id=self.actor_id(key), name=shown, kind=fact.kind, role=role, affiliation=body, mentions=mentions))  # type: ignore[arg-type]
        names = {a.id: a.name for a in actors}
        statements = []
        for id_, says, named, cue, spans, form, answers, at in self.said:
            actor = self.actor_id(says.speaker)
            a, b = at + named.start, at + named.end
            speaker = Speaker(start=a, end=b, name=names[actor], actor=actor, how="name", confidence=0.95)
            statements.append(
                Statement(
                    id=id_,
                    speaker=speaker,
                    cue=Span(start=at + cue.start, end=at + cue.end) if cue else None,
                    content=tuple(Span(start=x, end=y) for x, y in spans),
                    form=form,
                    act=says.act,
                    addressee=says.addressee,
                    answers=answers,
                    confidence=0.95,
                )
            )
        events = [_replaced(e, self.mentions, self.id) for e in self.events]
        return Reading(
            document=self.document,
            reader=_READER,
            actors=tuple(actors),
            statements=tuple(statements),
            figures=tuple(self.figures),
            events=tuple(events),
            places=tuple(self.found_places[k] for k in sorted(self.found_places)),
            times=tuple(self.found_times),
        )


def _replaced(event: Event, mentions: dict[str, list[tuple[int, int]]], make: Any) -> Event:
    """An event whose participants' actors are the reading's ids."""
    from msgspec.structs import replace

    if event.actor is None or event.actor.actor is None:
        return event
    id_ = make("actor", mentions[event.actor.actor][0])
    return replace(event, actor=replace(event.actor, actor=id_))
