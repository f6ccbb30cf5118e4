"""Claims and denials over several days: what is told again, what is denied late, and days that come in any order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from presstime.combine import combine
from presstime.findings import Findings
from presstime.ledger import Ledger
from presstime.ledger.bench import BENCH_TABLES
from presstime.records import Context, Reading, Span

from .made import Made, combined

TABLES = tuple(table for table in BENCH_TABLES if table != "bench_state")
BOATS = "Keldan boats turned back two rescuers at Velm"
NO_BOATS = "its boats had turned back anybody at Velm"


def printed(name: str, who: str, words: str, day: int, act: str = "claim", hour: int = 9) -> Made:
    """A document of a day in which somebody says something."""
    made = Made(name, f"{who} said {words}.", published=f"2031-05-{day:02d}T{hour:02d}:00:00+02:00")
    made.say(who, words, act)
    return made


def between(days: range) -> list[Made]:
    """Reports of other matters, which share a place and a word or two with the quarrel."""
    told = (
        "the ferry at Velm sails again on even days",
        "two bakers at Velm have closed their shops",
        "rain has turned the Velm road to mud",
    )
    return [printed(f"other{d}{n}", f"Edda Rin{n}", words, d) for d in days for n, words in enumerate(told)]


@pytest.mark.parametrize("later", [0, 1, 3, 9])
def test_a_denial_answers_a_claim_of_days_before(later: int) -> None:
    made = [printed("north", "Lake Board", BOATS, 4, "accusation"), *between(range(5, 5 + later))]
    denial = printed("south", "Keldan Defence Ministry", NO_BOATS, 4 + later, "denial", hour=18)
    (dispute,) = combined(*made, denial).disputes
    assert (dispute.claimed_by, dispute.denied_by) == (("Lake Board",), ("Keldan Defence Ministry",))


def test_who_tells_a_claim_again_stands_beside_who_told_it_first() -> None:
    papers = [printed(name, "Lake Board", BOATS, day, "accusation") for name, day in (("c", 6), ("a", 4), ("b", 5))]
    denials = [printed(name, "Keldan Defence Ministry", NO_BOATS, day, "denial") for name, day in (("e", 8), ("d", 7))]
    found = combined(*papers, *denials)
    (dispute,) = found.disputes
    claims, denied = dispute.sides
    assert claims.statements == tuple(m.reading.statements[0].id for m in sorted(papers, key=lambda m: m.document.id))
    assert denied.statements == tuple(m.reading.statements[0].id for m in sorted(denials, key=lambda m: m.document.id))
    assert next(c for c in found.claims if c.id == dispute.claim).statements == claims.statements


def test_a_claim_that_only_one_document_makes_twice_is_no_finding() -> None:
    made = Made("north", f"Lake Board said {BOATS}. Later it said {BOATS}, Lake Board added.")
    made.say("Lake Board", BOATS)
    start = made.document.text.rindex(BOATS)
    first = made.records["statements"][0]
    span = Span(start=start, end=start + len(BOATS))
    made.records["statements"].append(replace(first, id="again", content=(span,)))
    assert combined(made).claims == ()


def test_a_claim_told_again_is_answered_where_its_own_document_answers_it() -> None:
    first = printed("north", "Lake Board", BOATS, 4, "accusation")
    again = Made("south", f"Lake Board said {BOATS}. Ardan denied that.", published="2031-05-05T09:00:00+02:00")
    claim = again.say("Lake Board", BOATS, "accusation")
    again.say("Ardan", "that", "denial", kind="government", answers=(claim,))
    (dispute,) = combined(first, again).disputes
    assert dispute.denied_by == ("Ardan",)
    assert dispute.sides[0].statements == (first.reading.statements[0].id, claim)


# ---------------------------------------------------------------- piece by piece


def quarrel() -> list[Reading]:
    """Six days: claims and denials, in the same words and in others, by several, among reports of other matters."""
    made = between(range(4, 10))
    for day in range(4, 10):
        made += [
            printed(f"claim{day}", "Lake Board", BOATS, day, "accusation", 8),
            printed(
                f"like{day}", f"Tam Olm{day % 3}", f"patrol boats of Keldany had turned back {day} rescuers near Velm", day, "claim", 9
            ),
            printed(
                f"no{day}",
                "Keldan Defence Ministry",
                NO_BOATS if day % 2 else f"having sent any boats to Velm on day {day}",
                day,
                "denial",
                12,
            ),
        ]
    return [m.reading for m in made]


def together(ledger: Ledger) -> tuple[Findings, dict[str, list[tuple[object, ...]]]]:
    found = combine(ledger, moment=datetime(2031, 6, 1, tzinfo=UTC), context=Context())
    with ledger.bench() as bench:
        return found, {t: sorted(bench._connection.execute(f"SELECT * FROM {t}").fetchall()) for t in TABLES}


@pytest.mark.parametrize("seed", range(4))
def test_days_may_come_in_any_order_and_in_any_batches(tmp_path: Path, seed: int) -> None:
    readings, rng = quarrel(), Random(seed)
    with Ledger.open(tmp_path / "once.db") as ledger:
        for reading in readings:
            ledger.enter_reading(reading)
        once = together(ledger)
    assert once[0].disputes
    rng.shuffle(readings)
    with Ledger.open(tmp_path / "pieces.db") as ledger:
        for number, reading in enumerate(readings):
            ledger.enter_reading(reading)
            # a third of the documents is combined as if it were the first; later a few at a time
            if number > len(readings) // 3 and rng.random() < 0.4:
                together(ledger)
        assert together(ledger) == once
