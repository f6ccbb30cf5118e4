"""`python -m tests.worlds.scale N OUT.jsonl`: N true readings of one growing story, for measuring speed and memory.

In: how many, and where to. Out: a reading a line, in order of printing. An incident comes with every 50 documents, so the story
widens as it grows; about two in five documents are copies of agency stories. A document has some 600 words, 8 statements, 3
figures, 4 events, 6 actors, 6 places and 5 times. What is made is given away at once: memory does not grow with N but for the
cast and the last incidents.

Example: `python -m tests.worlds.scale 1000 /tmp/readings.jsonl`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec

from presstime.records import Context, Reading
from tests.worlds.happenings import Happenings, Incident, Inventor, Toll, happen, person
from tests.worlds.newsroom import Newsroom, Page, Paragraph
from tests.worlds.telling import Sentence, Teller, filling, wording
from tests.worlds.true_readings import true_reading
from tests.worlds.world import context_of

__all__ = ["growing_context", "growing_readings", "main"]

PER_INCIDENT = 50
A_DAY = 8
"""Incidents a day."""
TOWNS = 240
_COPIES = (("whole", "dateline"), ("whole", "line"), ("edited", "none"), ("after", "line"), ("before", "none"))


def growing_readings(number: int, seed: int = 1, words: str = "tuning") -> Iterator[Reading]:
    """That many true readings, one at a time."""
    world, towns = _region(seed)
    rng = Random(f"scale {seed}")
    recent: list[Incident] = []
    printed = 0
    for turn in range(-(-number // PER_INCIDENT)):
        incident = _incident(turn, rng, world, towns)
        recent = [*recent[-7:], incident]
        shown = replace(world, incidents=tuple(recent))
        for page in _pages(shown, wording(words), rng, incident, recent, printed)[: number - printed]:
            printed += 1
            yield true_reading(shown, page, with_id=True)


def growing_context(seed: int = 1) -> Context:
    """The context that fits the growing story."""
    return context_of(_region(seed)[0])


def _region(seed: int) -> tuple[Happenings, list[str]]:
    world = happen(seed)
    inventor = Inventor(Random(f"region {seed}"))
    towns = [inventor.town() for _ in range(TOWNS)]
    for i, town in enumerate(towns):
        world.cast[f"police_{i}"] = replace(world.cast["police_0"], key=f"police_{i}", names=(f"{town} police",))
        for role in ("mayor", "director", "resident"):
            world.cast[f"{role}_{i}"] = person(f"{role}_{i}", inventor, role, place=town)
    return replace(world, towns=tuple(towns)), towns


def _incident(turn: int, rng: Random, world: Happenings, towns: Sequence[str]) -> Incident:
    day: date = world.start + timedelta(days=turn // A_DAY)
    index = rng.randrange(len(towns))
    x, y = rng.sample(("a", "b"), 2)
    kind = rng.choice(("shelling", "shelling", "raid", "movement"))
    dead = rng.randrange(4, 60)
    measure, giver = ("detained", f"mayor_{index}") if kind == "raid" else ("killed", f"interior_{x}")
    points = ((0, dead, None, "at-least"), (1, dead + 4, dead + 4, "exact"), (2, dead + 2, dead + 2, "exact"))
    hurt = ((0, dead + 20, dead + 20, "about"), (1, dead + 31, dead + 31, "exact"))
    tolls = (Toll(measure, giver, points, revised=measure == "killed"), Toll("injured", f"director_{index}", hurt))
    minute = rng.randrange(60, 1100)
    denial = rng.choice(("loose", "exact", "beside", None))
    return Incident(
        key=f"s{turn}",
        kind=kind,
        town=towns[index],
        day=day,
        minutes={"first": minute, "other": minute + 80},
        target=rng.randrange(12),
        doer=f"guard_{y}" if kind == "raid" else f"forces_{y}",
        accuser=f"mayor_{index}" if kind == "raid" else f"defence_{x}",
        denier=f"foreign_{y}" if denial else None,
        denial=denial,
        tolls=tolls if kind != "movement" else (),
    )


def _pages(
    world: Happenings, words: dict[str, object], rng: Random, incident: Incident, recent: list[Incident], printed: int
) -> list[Page]:
    """The documents of one incident: 10 agency stories, 20 copies, 17 own reports, 3 denials or more reports."""
    room = Newsroom(world, words, rng, printed + 1)
    for n in range(10):
        stage = n % 3
        agency = world.agencies[n % len(world.agencies)]
        at = room.moment(incident, stage)
        t = room.teller(agency, at)
        opening = room.dateline(incident.town, agency)
        body = _body(t, rng, incident, stage, recent)
        page = room.add(agency, room.headline(incident), at, body, agency, dateline=incident.town, agency=agency, opening=opening)
        for m in range(2):
            how, credit = _COPIES[(n * 2 + m) % len(_COPIES)]
            room.copy(page, rng.choice(world.outlets), how, credit, incident)
    for n in range(20):
        outlet = rng.choice(world.outlets)
        stage = n % 3
        at = room.moment(incident, stage)
        t = room.teller(outlet, at)
        body = _body(t, rng, incident, stage, recent, own=True)
        if n < 3 and incident.denial in ("loose", "exact"):
            body[0] = (t.denies(incident, incident.denial),)
        room.add(outlet, room.headline(incident), at, body, outlet)
    return sorted(room.pages, key=lambda p: (p.published, p.key))


def _body(t: Teller, rng: Random, incident: Incident, stage: int, recent: list[Incident], own: bool = False) -> list[Paragraph]:
    """A long report: the incident, its tolls, voices, two incidents of the days before, and much that is only filling."""
    index = t.world.towns.index(incident.town)
    told: list[Sentence] = [t.claims(incident, teller="part" if own else "first")]
    told += [t.counts(incident, toll, stage) for toll in incident.tolls]
    if incident.denial == "beside":
        told.append(t.denies(incident, "exact"))
    told += [t.quotes(incident, f"mayor_{index}"), t.quotes(incident, f"resident_{index}")]
    for other in rng.sample(recent, min(2, len(recent))):
        if other is not incident:
            told.append(t.claims(other, teller="part"))
    if (recalled := t.recalls(incident)) is not None:
        told.append(recalled)
    found: list[Paragraph] = []
    for s in told:
        found += [(s,), tuple(filling(rng) for _ in range(4))]
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the readings, and says how fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.worlds.scale", description="Write true readings of one growing story.")
    parser.add_argument("number", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wording", default="tuning")
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    with given.out.open("wb") as file:
        for reading in growing_readings(given.number, given.seed, given.wording):
            file.write(msgspec.json.encode(reading) + b"\n")
    spent = time.perf_counter() - began
    print(f"{given.number} readings, {given.number / spent:.0f} a second", file=sys.stderr)


if __name__ == "__main__":
    main()
