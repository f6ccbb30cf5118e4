"""Hypothesis strategies for whole records: readings whose offsets, ids and references hold, and findings.

`readings()` and `findings()` give anything the interchange format allows, in invented text; `texts()` is text as
documents have it. They say nothing of sense: a speaker may be a comma. For readings that make sense, read one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from presstime import findings as found
from presstime import records as r
from presstime.ids import record_id
from presstime.records import ActorKind

T = TypeVar("T")

__all__ = ["contexts", "documents", "findings", "problems", "readings", "spans", "texts"]

SENTENCE = "The ministry said on Tuesday that at least 15 people were killed near Belcastro . “ We deny it , ” Voss told Sarn TV ."
WORDS = (*SENTENCE.split(), "Шарн", "砂の町", "Gëzim", "İstan", "e\u0301toile", "🚒", "\n", "\n\n", "\t", "\u00a0", "\u200f")


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Text of words as news has them, with scripts, accents and blank lines, and now and then any characters at all."""
    worded = st.lists(st.sampled_from(WORDS), min_size=min_size, max_size=15).map(" ".join)
    return st.one_of(worded, worded, st.text(min_size=min_size, max_size=20))


def built(type_: Callable[..., T], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """As `st.builds`, without its look at the types, which takes most of the time where a strategy is made per reading."""
    return st.fixed_dictionaries(fields).map(lambda drawn: type_(**drawn))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


@cache
def short() -> st.SearchStrategy[str]:
    return st.sampled_from(("Voss", "the Ostrian Defence Ministry", "İlan", "", "a\nb", "O'Hara; DROP TABLE", "砂")) | st.text(max_size=3)


def several(strategy: st.SearchStrategy[T], size: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=size).map(tuple)


@cache
def confidences() -> st.SearchStrategy[float]:
    return st.sampled_from((0.0, 0.5, 1.0)) | st.floats(0, 1)


@cache
def counts() -> st.SearchStrategy[int | None]:
    return maybe(st.sampled_from((0, 5, 80)) | st.integers(0, 2**63 - 1))


@cache
def moments() -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, "2023-09-19", "2023-09-19T15:30:00+04:00", "2023-09-20T00:00:00Z"))


@cache
def choice(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def chosen(ids: Sequence[str]) -> st.SearchStrategy[str | None]:
    return maybe(st.sampled_from(ids)) if ids else st.none()


def some_of(ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return several(st.sampled_from(ids)) if ids else st.just(())


@cache
def bounds(length: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda pair: (min(pair), max(pair)))


@cache
def spans(length: int) -> st.SearchStrategy[r.Span]:
    """A span inside a text of `length` characters; it may be empty."""
    return bounds(length).map(lambda pair: r.Span(start=pair[0], end=pair[1]))


@st.composite
def parts(draw: st.DrawFn, length: int) -> tuple[r.Part, ...]:
    """Parts that do not overlap and stand in order."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(r.Part(kind=draw(choice(r.PartKind)), start=start, end=end) for start, end in pairs)


@st.composite
def documents(draw: st.DrawFn, id: str | None = None) -> r.Document:
    """A document with any text and any of its fields missing."""
    text = draw(texts())
    media = several(built(r.Media, caption=spans(len(text)), credit=maybe(short())), 2)
    return draw(
        built(
            r.Document,
            id=st.just(id) if id else st.text("abc-0123456789", min_size=1, max_size=12).map("doc-".__add__),
            sha256=st.sampled_from("0123456789abcdef").map(lambda digit: digit * 64),
            text=st.just(text),
            name=maybe(short()),
            url=maybe(st.just("https://sarn.example/a?b=1&c=2")),
            outlet=maybe(short()),
            headline=maybe(short()),
            byline=maybe(short()),
            dateline=maybe(st.just("SARN")),
            published=moments(),
            gathered=moments(),
            as_of=maybe(st.just("2023-09-19TNI")),
            language=maybe(st.just("en")),
            credits=several(short()),
            media=media,
            parts=parts(len(text)),
            provenance=several(built(r.Provenance, field=short(), source=short()), 2),
        )
    )


@cache
def problems(length: int = 100) -> st.SearchStrategy[r.Problem]:
    """Bad news about a text of `length` characters."""
    return built(
        r.Problem,
        where=short(),
        what=st.sampled_from(("empty", "language", "quote")),
        why=short(),
        start=maybe(st.integers(0, length)),
        end=maybe(st.integers(0, length)),
    )


@st.composite
def readings(draw: st.DrawFn, id: str | None = None) -> r.Reading:
    """A whole reading: ids are distinct, references are to records of the same reading, offsets lie in the text."""
    document = draw(documents(id))
    length = len(document.text)
    places = {kind: draw(_ids(kind, document.id, length)) for kind in ("actor", "statement", "figure", "event", "place", "time")}
    ids = {kind: list(found) for kind, found in places.items()}

    def each(kind: str, build: Callable[[str, tuple[int, int]], st.SearchStrategy[T]]) -> tuple[T, ...]:
        return tuple(draw(build(made, pair)) for made, pair in places[kind].items())

    def who() -> st.SearchStrategy[dict[str, Any]]:
        pair = bounds(length)
        return st.tuples(pair, short(), chosen(ids["actor"])).map(
            lambda drawn: {"start": drawn[0][0], "end": drawn[0][1], "name": drawn[1], "actor": drawn[2]}
        )

    speaker = st.tuples(who(), short(), confidences()).map(lambda drawn: r.Speaker(**drawn[0], how=drawn[1], confidence=drawn[2]))
    participant = who().map(lambda fields: r.Participant(**fields))
    scored: dict[str, Any] = {"confidence": confidences()}

    def span(pair: tuple[int, int]) -> dict[str, Any]:
        return {"start": st.just(pair[0]), "end": st.just(pair[1])}

    return r.Reading(
        document=document,
        reader=draw(built(r.Reader, presstime=st.sampled_from(("0.1.0", "0.2.0")), model=short(), context=short())),
        actors=each(
            "actor",
            lambda made, pair: built(
                r.Actor,
                id=st.just(made),
                name=short(),
                kind=choice(ActorKind),
                role=maybe(short()),
                affiliation=maybe(short()),
                country=maybe(st.just("AM")),
                mentions=several(spans(length)),
            ),
        ),
        statements=each(
            "statement",
            lambda made, pair: built(
                r.Statement,
                id=st.just(made),
                speaker=maybe(speaker),
                cue=maybe(spans(length)),
                content=several(spans(length)),
                form=choice(r.Form),
                act=choice(r.Act),
                medium=maybe(short()),
                addressee=maybe(short()),
                said_at=maybe(st.just("2023-09-19TAF")),
                reported_by=chosen(ids["statement"]),
                answers=some_of(ids["statement"]),
                **scored,
            ),
        ),
        figures=each(
            "figure",
            lambda made, pair: built(
                r.Figure,
                id=st.just(made),
                **span(pair),
                measure=choice(r.Measure),
                of=maybe(short()),
                low=counts(),
                high=counts(),
                qualifier=choice(r.Qualifier),
                words=st.just(document.text[pair[0] : pair[1]]),
                certainty=maybe(choice(r.Certainty)),
                group=maybe(short()),
                part_of=chosen(ids["figure"]),
                place=chosen(ids["place"]),
                cause=maybe(short()),
                as_of=maybe(st.just("2023-09-19")),
                scope=st.sampled_from(("event", "total", "past")),
                statement=chosen(ids["statement"]),
                **scored,
            ),
        ),
        events=each(
            "event",
            lambda made, pair: built(
                r.Event,
                id=st.just(made),
                **span(pair),
                type=choice(r.EventType),
                mode=maybe(short()),
                actor=maybe(participant),
                recipient=maybe(participant),
                place=chosen(ids["place"]),
                time=chosen(ids["time"]),
                means=maybe(short()),
                scope=st.sampled_from(("event", "past")),
                standing=choice(r.Standing),
                statement=chosen(ids["statement"]),
                **scored,
            ),
        ),
        places=each(
            "place",
            lambda made, pair: built(
                r.Place,
                id=st.just(made),
                **span(pair),
                name=short(),
                use=st.sampled_from(("literal", "metonym", "demonym")),
                gazetteer=maybe(st.just("geonames:1")),
                names=several(short()),
                country=maybe(st.just("AM")),
                lat=maybe(st.floats(-90, 90)),
                lon=maybe(st.floats(-180, 180)),
                precision=st.sampled_from((None, "town", "district", "region", "country", "area")),
                **scored,
            ),
        ),
        times=each(
            "time",
            lambda made, pair: built(
                r.Time,
                id=st.just(made),
                **span(pair),
                value=st.sampled_from(("2023-09-19TAF", "P9M", "2020")),
                kind=st.sampled_from(("date", "time", "duration", "set")),
                from_=moments(),
                to=moments(),
                approximate=st.booleans(),
                **scored,
            ),
        ),
        unattributed=draw(
            several(st.tuples(bounds(length), short()).map(lambda it: r.Unattributed(start=it[0][0], end=it[0][1], reason=it[1])))
        ),
        problems=draw(several(problems(length), 2)),
    )


def _ids(kind: str, document: str, length: int) -> st.SearchStrategy[dict[str, tuple[int, int]]]:
    """Up to two ids of a kind, and the span that each is made from."""
    pairs = st.lists(bounds(length), max_size=2, unique=True)
    return pairs.map(lambda found: {record_id(kind, document, pair): pair for pair in found})


def contexts() -> st.SearchStrategy[r.Context]:
    """What a story may know beforehand."""
    return built(
        r.Context,
        time_zone=st.sampled_from(("UTC", "Asia/Yerevan")),
        region=several(st.sampled_from(("AM", "AZ"))),
        actors=several(built(r.KnownActor, name=short(), names=several(short()), role=maybe(short()), country=maybe(st.just("AM")))),
        places=several(built(r.KnownPlace, name=short(), lat=maybe(st.floats(-90, 90)), lon=maybe(st.floats(-180, 180)))),
    )


@st.composite
def findings(draw: st.DrawFn) -> found.Findings:
    """Any findings: ids of a kind are distinct; ids of records of readings are invented."""
    ids = st.sampled_from([f"id-{n}" for n in range(4)])
    names = several(short())

    def distinct(build: Callable[[str], st.SearchStrategy[T]]) -> tuple[T, ...]:
        return tuple(draw(build(made)) for made in draw(st.lists(ids, max_size=2, unique=True)))

    point = built(
        found.Point, figure=ids, as_of=moments(), low=counts(), high=counts(), qualifier=choice(r.Qualifier), superseded_by=maybe(ids)
    )
    line = built(found.Line, giver=short(), points=several(point))
    telling = built(found.Telling, event=ids, from_=moments(), to=moments(), standing=choice(r.Standing), giver=short(), origin=maybe(ids))
    return found.Findings(
        as_of="2023-09-19T20:00:00+04:00",
        kind=draw(st.sampled_from(("draft", "published"))),
        documents=distinct(
            lambda made: built(found.FoundDocument, id=st.just(made), version_of=maybe(ids), near_copy_of=maybe(ids), origin=maybe(ids))
        ),
        origins=distinct(
            lambda made: built(
                found.Origin,
                id=st.just(made),
                name=short(),
                passages=several(ids),
                documents=several(ids),
                how=short(),
                independent_at_most=st.integers(0, 99),
            )
        ),
        actors=distinct(
            lambda made: built(
                found.FoundActor,
                id=st.just(made),
                name=short(),
                names=names,
                kind=choice(ActorKind),
                country=maybe(st.just("AM")),
                role=maybe(short()),
                members=several(ids),
                redirects=several(ids),
            )
        ),
        claims=distinct(lambda made: built(found.Claim, id=st.just(made), statements=several(ids), words=short())),
        disputes=distinct(
            lambda made: built(
                found.Dispute,
                id=st.just(made),
                about=short(),
                claim=ids,
                claimed_by=names,
                denied_by=names,
                denials=several(ids),
                no_response=names,
            )
        ),
        series=distinct(
            lambda made: built(
                found.Series,
                id=st.just(made),
                measure=choice(r.Measure),
                of=maybe(short()),
                group=maybe(short()),
                place=maybe(short()),
                event=maybe(ids),
                lines=several(line),
            )
        ),
        timeline=distinct(
            lambda made: built(
                found.TimelineEntry,
                id=st.just(made),
                type=choice(r.EventType),
                place=maybe(short()),
                tellings=several(telling),
                standing=choice(r.Standing),
                times_differ=st.booleans(),
            )
        ),
        reactions=draw(
            several(
                built(
                    found.Reaction,
                    actor=short(),
                    country=maybe(st.just("AM")),
                    act=choice(r.Act),
                    towards=maybe(short()),
                    statements=several(ids),
                )
            )
        ),
        silences=draw(several(built(found.Silence, actor=short(), because=ids, documents=st.integers(0, 99), as_of=st.just("2023-09-19")))),
    )
