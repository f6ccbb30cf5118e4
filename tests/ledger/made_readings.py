"""Readings made by rule for the ledger's tests: about 33 records each, all references holding, always the same."""

from __future__ import annotations

from presstime.ids import record_id
from presstime.records import (
    Actor,
    Document,
    Event,
    Figure,
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

READER = Reader(presstime="0.1.0", model="model-a", context="context-a")
SAID = "Voss said at least {n} people were killed in Belcastro on Tuesday. "
DENIED = "The ministry denied that the bridge at Gëzim had fallen. "


def made_document(number: int, text: str = "No text to speak of.", **fields: object) -> Document:
    plain = {"sha256": f"{number:064x}", "outlet": "Sarn Post", "headline": f"Report {number}", "gathered": "2023-09-20T08:00:00+04:00"}
    return Document(id=f"doc-{number}", text=text, **{"published": "2023-09-19", **plain, **fields})  # type: ignore[arg-type]


def made_reading(number: int, rounds: int = 3, reader: Reader = READER, **fields: object) -> Reading:
    """`rounds` times two sentences: with 3 of them, 33 records."""
    text = "".join(SAID.format(n=number + turn) + DENIED for turn in range(rounds))
    document = made_document(number, text, **fields)
    statements, figures, events, places, times, quotes = [], [], [], [], [], []
    voss = Actor(id=record_id("actor", document.id, (0, 4)), name="Ilan Voss", kind="person", mentions=(Span(start=0, end=4),))
    at = text.index("The ministry")
    ministry = Actor(id=record_id("actor", document.id, (at, at + 12)), name="Ostrian Defence Ministry", kind="government")
    start = 0
    for turn in range(rounds):
        said, denied = SAID.format(n=number + turn), DENIED
        second = start + len(said)

        def find(words: str, start: int = start) -> tuple[int, int]:
            found = text.index(words, start)
            return found, found + len(words)

        def statement(
            actor: Actor, who: tuple[int, int], cue: tuple[int, int], content: tuple[int, int], act: str, answers: tuple[str, ...] = ()
        ) -> Statement:
            speaker = Speaker(start=who[0], end=who[1], name=actor.name, actor=actor.id, how="subject", confidence=0.9)
            return Statement(
                id=record_id("statement", document.id, content),
                speaker=speaker,
                cue=Span(start=cue[0], end=cue[1]),
                content=(Span(start=content[0], end=content[1]),),
                form="indirect",
                act=act,  # type: ignore[arg-type]
                answers=answers,
                confidence=0.8,
            )

        content = (find("at least")[0], second - 2)
        claim = statement(voss, find("Voss"), find("said"), content, "claim")
        denial_content = (find("the bridge")[0], second + len(denied) - 2)
        denial = statement(ministry, find("The ministry"), find("denied"), denial_content, "denial", (claim.id,))
        town, day, toll, fell = find("Belcastro"), find("Tuesday"), find(f"at least {number + turn} people"), find("had fallen")
        place = Place(id=record_id("place", document.id, town), start=town[0], end=town[1], name="Belcastro", use="literal", confidence=1.0)
        time = Time(id=record_id("time", document.id, day), start=day[0], end=day[1], value="2023-09-19", kind="date", confidence=1.0)
        figure = Figure(
            id=record_id("figure", document.id, toll),
            start=toll[0],
            end=toll[1],
            measure="killed",
            low=number + turn,
            high=None,
            qualifier="at-least",
            words=text[toll[0] : toll[1]],
            place=place.id,
            part_of=figures[0].id if figures else None,
            statement=claim.id,
            confidence=0.9,
        )
        doer = Participant(start=second, end=second + 12, name="The ministry", actor=ministry.id)
        event = Event(
            id=record_id("event", document.id, fell),
            start=fell[0],
            end=fell[1],
            type="ASSAULT",
            actor=doer,
            place=place.id,
            time=time.id,
            standing="denied",
            statement=denial.id,
            confidence=0.7,
        )
        gezim = find("Gëzim")
        other = Place(id=record_id("place", document.id, gezim), start=gezim[0], end=gezim[1], name="Gëzim", use="literal", confidence=1.0)
        quote = Unattributed(start=gezim[0], end=gezim[1], reason="a title")
        statements += [claim, denial]
        figures.append(figure)
        events.append(event)
        places += [place, other]
        times.append(time)
        quotes.append(quote)
        start = second + len(denied)
    return Reading(
        document=document,
        reader=reader,
        actors=(voss, ministry),
        statements=tuple(statements),
        figures=tuple(figures),
        events=tuple(events),
        places=tuple(places),
        times=tuple(times),
        unattributed=tuple(quotes),
        problems=(Problem(where=document.id, what="quote", why="no speaker near"),),
    )


def record_count(reading: Reading) -> int:
    """How many records a reading holds."""
    kinds = ("actors", "statements", "figures", "events", "places", "times", "unattributed", "problems")
    return sum(len(getattr(reading, kind)) for kind in kinds)
