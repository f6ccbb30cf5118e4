"""Statements of one speaker in several documents → which of them tell of the same utterance.

In: statements whose speaker is known and whose words the document does not merely carry from another. Out: for each that
meets another the earliest statement that it met. Two meet where the same words are quoted, or where one speaker says
nearly the same on one day in one medium: both papers were at the press conference, or read the post.

Example: “We did not fire on Osk. We never have,” the colonel said. / “We did not fire on Osk,” he told reporters. → met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from presstime.combine.copies import CopyFact, copy_of
from presstime.combine.fingerprints import text_ids, winnowed
from presstime.combine.moments import day_of
from presstime.combine.names import is_named, name_key
from presstime.combine.quoted_words import quoted_stretches
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.terms import terms_of, words_of
from presstime.combine.who import speaker_of
from presstime.records import Reading, Statement

__all__ = ["HEARINGS", "Heard", "is_carried"]

QUOTED = 4
"""Words quoted in a row that two documents must share of one speaker."""
ANYBODYS = 8
"""Words quoted in a row that two share by nobody's chance, whoever they are ascribed to: "the minister" in one paper."""
_DAYS = 3
"""Days within which the same quoted words are one utterance: later a speaker says them again."""
ALIKE = 0.6
"""The share of the shorter paraphrase's terms that the other must have."""
_FEWEST = 4
"""Terms that two paraphrases must share."""
_HEADS = 30
"""A paraphrase is compared with so many earlier ones of its speaker and day."""


class Heard(msgspec.Struct, frozen=True, array_like=True):
    """The earliest statement, itself or another's, with which a statement tells of one utterance."""

    with_: str


class _Words(msgspec.Struct, frozen=True, array_like=True):
    """What of a statement is compared: its document and its day; of a paraphrase also its terms and medium."""

    document: str
    day: str
    terms: tuple[str, ...] = ()
    medium: str | None = None


def is_carried(fact: CopyFact, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether most of some stretches stand in passages that the document carries."""
    total = sum(end - start for start, end in spans)
    within = sum(max(0, min(end, p.end) - max(start, p.start)) for start, end in spans for p in fact.carried)
    return total > 0 and within * 2 > total


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Words]]:
    document = reading.document
    fact = copy_of(known.facts, document.id)
    day = day_of(document.published) or ""
    for s in reading.statements:
        speaker = speaker_of(known, document.id, s)
        if not s.content or s.act == "no-comment":
            continue
        if is_carried(fact, [(c.start, c.end) for c in s.content]):
            continue
        at = known.at(s.content[0].start)
        said = day_of(s.said_at) or day
        for bearer in sorted({speaker.actor if speaker is not None and speaker.standing == "named" else "", _surname(s)} - {""}):
            for print_ in _quoted_prints(document.text, s, QUOTED):
                yield Note(f"{bearer} words {print_:x}", s.id, at, _Words(document.id, said))
        for print_ in _quoted_prints(document.text, s, ANYBODYS):
            yield Note(f"words {print_:x}", s.id, at, _Words(document.id, said))
        terms = tuple(sorted(set(terms_of(words_of(reading, s)).stems)))
        if len(terms) >= _FEWEST and speaker is not None and speaker.standing == "named":
            yield Note(f"{speaker.actor} day {said}", s.id, at, _Words(document.id, said, terms, _medium(s)))


def _surname(statement: Statement) -> str:
    """The last word of a speaker's name as it is written: a paper that has only that may mean one of two."""
    name = statement.speaker.name if statement.speaker is not None and is_named(statement.speaker.name) else ""
    return name_key(name).rpartition(" ")[2]


def _quoted_prints(text: str, statement: Statement, size: int) -> list[int]:
    """Fingerprints of what a statement quotes."""
    found: set[int] = set()
    for c in statement.content:
        inside = quoted_stretches(text, c.start, c.end) or ([(c.start, c.end)] if statement.form == "direct" else [])
        for start, end in inside:
            found.update(winnowed(text_ids(text[start:end]), size, size))
    return sorted(found)


_OCCASIONS = re.compile(r"conference|briefing|interview|statement|post|speech|address|letter|televis", re.IGNORECASE)


def _medium(statement: Statement) -> str | None:
    match = _OCCASIONS.search(statement.medium or "")
    return match[0].lower() if match else None


def _settle(key: str, notes: Sequence[Note[_Words]], world: World) -> Settled[Heard, None]:
    if " day " in key:
        return _settle_day(notes)
    facts: dict[str, Heard] = {}
    first = notes[0]
    for n in notes[1:]:
        if _days_between(first.data.day, n.data.day) > _DAYS:
            first = n
        elif n.data.document != first.data.document:
            facts[n.record] = Heard(first.record)
            facts.setdefault(first.record, Heard(first.record))
    return Settled(facts=facts)


def _settle_day(notes: Sequence[Note[_Words]]) -> Settled[Heard, None]:
    """Paraphrases of one speaker's day: each goes with the first that says nearly the same."""
    facts: dict[str, Heard] = {}
    heads: list[Note[_Words]] = []
    for n in notes:
        head = next((h for h in heads if h.data.document != n.data.document and _same(h.data, n.data)), None)
        if head is not None:
            facts[n.record] = Heard(head.record)
            facts.setdefault(head.record, Heard(head.record))
        elif len(heads) < _HEADS:
            heads.append(n)
    return Settled(facts=facts)


def _same(one: _Words, other: _Words) -> bool:
    if one.medium is not None and other.medium is not None and one.medium != other.medium:
        return False
    shared = len(set(one.terms) & set(other.terms))
    needed = ALIKE if one.medium is not None and one.medium == other.medium else (1 + ALIKE) / 2
    return shared >= _FEWEST and shared >= needed * min(len(one.terms), len(other.terms))


def _days_between(one: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)
    except ValueError:
        return 0


HEARINGS = Stage(name="hearings", data=_Words, fact=Heard, found=type(None), notes=_notes, settle=_settle)
