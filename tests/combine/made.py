"""Readings for the tests of combine, from short sentences: words are found in the text, so every span holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presstime.combine import combine_readings as combine
from presstime.findings import Findings
from presstime.ids import make_id
from presstime.records import (
    Actor,
    Context,
    Document,
    Event,
    Figure,
    Measure,
    Part,
    Participant,
    Place,
    Qualifier,
    Reader,
    Reading,
    Span,
    Speaker,
    Statement,
    Time,
)

AS_OF = "2031-05-04T20:00:00+02:00"
DAY = "2031-05-04"


class Made:
    """One document's reading in the making. `name` is its id and, with " Post", its outlet."""

    def __init__(self, name: str, text: str, published: str | None = f"{DAY}T10:00:00+02:00", **fields: Any) -> None:
        parts = (Part(kind="paragraph", start=0, end=len(text)),)
        given = {"outlet": f"{name.capitalize()} Post", "parts": parts, "published": published, **fields}
        self.document = Document(id=name, sha256="0" * 64, text=text, **given)
        self.records: dict[str, list[Any]] = {k: [] for k in ("actors", "statements", "figures", "events", "places", "times")}

    def _span(self, words: str) -> tuple[int, int]:
        start = self.document.text.index(words)
        return start, start + len(words)

    def _id(self, kind: str, words: str) -> str:
        return make_id(kind, self.document.id, words, len(self.records["statements"]))

    def actor(self, name: str, kind: str = "organisation", **fields: Any) -> str:
        """An actor of the document; the same name and kind is the same actor."""
        id_ = make_id("actor", self.document.id, name, kind)
        if all(a.id != id_ for a in self.records["actors"]):
            start, end = self._span(name)
            self.records["actors"].append(
                Actor(id=id_, name=name, kind=kind, mentions=(Span(start=start, end=end),), **fields)  # type: ignore[arg-type]
            )
        return id_

    def say(self, who: str | None, words: str, act: str = "claim", kind: str = "organisation", **fields: Any) -> str:
        """A statement by `who` with `words` as its content; gives its id."""
        speaker = None
        if who is not None:
            start, end = self._span(who)
            actor = self.actor(who, kind, **{k: fields.pop(k) for k in ("role", "country") if k in fields})
            speaker = Speaker(start=start, end=end, name=who, actor=actor, how="subject", confidence=1.0)
        a, b = self._span(words)
        given: dict[str, Any] = {"cue": None, "form": "indirect", "confidence": 1.0, **fields}
        id_ = self._id("statement", words)
        self.records["statements"].append(Statement(id=id_, speaker=speaker, content=(Span(start=a, end=b),), act=act, **given))  # type: ignore[arg-type]
        return id_

    def count(
        self, words: str, low: int | None, high: int | None, measure: Measure = "killed", qualifier: Qualifier = "exact", **fields: Any
    ) -> str:
        """A figure; gives its id."""
        start, end = self._span(words)
        id_ = self._id("figure", words)
        made = Figure(
            id=id_,
            start=start,
            end=end,
            words=words,
            measure=measure,
            low=low,
            high=high,
            qualifier=qualifier,
            confidence=1.0,
            **fields,
        )
        self.records["figures"].append(made)
        return id_

    def happen(self, words: str, type_: str = "ASSAULT", by: str | None = None, to: str | None = None, **fields: Any) -> str:
        """An event; `by` and `to` are words of the text; gives its id."""
        start, end = self._span(words)
        id_ = self._id("event", words)
        sides = {"actor": by, "recipient": to}
        took = {k: Participant(start=self._span(v)[0], end=self._span(v)[1], name=v) for k, v in sides.items() if v is not None}
        self.records["events"].append(
            Event(id=id_, start=start, end=end, type=type_, confidence=1.0, **{"standing": "claimed", **took, **fields})  # type: ignore[arg-type]
        )
        return id_

    def place(self, name: str, precision: str = "town", **fields: Any) -> str:
        start, end = self._span(name)
        id_ = self._id("place", name)
        self.records["places"].append(
            Place(id=id_, start=start, end=end, name=name, use=fields.pop("use", "literal"), precision=precision, confidence=1.0, **fields)  # type: ignore[arg-type]
        )
        return id_

    def time(self, words: str, value: str, from_: str | None = None, to: str | None = None) -> str:
        start, end = self._span(words)
        id_ = self._id("time", words)
        self.records["times"].append(Time(id=id_, start=start, end=end, value=value, kind="time", from_=from_, to=to, confidence=1.0))
        return id_

    @property
    def reading(self) -> Reading:
        kept = {k: tuple(v) for k, v in self.records.items()}
        return Reading(document=self.document, reader=Reader(presstime="0.1.0", model="m", context="c"), **kept)


def combined(*made: Made, context: Context | None = None) -> Findings:
    """The findings of some documents."""
    return combine([m.reading for m in made], as_of=AS_OF, context=context or Context())


def names(findings: Findings) -> Sequence[str]:
    return [a.name for a in findings.actors]
