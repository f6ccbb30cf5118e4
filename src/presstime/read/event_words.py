"""words/en/events.toml → what the verbs, nouns and frames of events say, each word by its PLOVER 2.0 type.

In comes the word list; out goes one `Lists`, read once a process. A frame's slots are written out here: a group's name
("@talks") becomes its words, several forms joined by "+" must all be met, "!word" must not.

Example: from `sign = "@deal"` below SUPPORT, `lists().frames["sign"]` holds a `Slot` met by "agreement" or "treaty".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from presstime.records import EVENT_TYPES, EventType

__all__ = ["AIM", "ANYTHING", "CLAUSE", "NOTHING", "OBJECT", "PARTICLE", "PERSON", "PLACE", "SUBJECT", "Lists", "Slot", "lists"]

AIM = "to:"
"""What a form of an aim begins with: "gathered to watch" has "to:watch"."""
OBJECT = "obj:"
"""What a form of what is acted on begins with: "took the hill" has "obj:hill" and "hill", "climbed up the hill" only "hill"."""
SUBJECT = "by:"
"""What a form of a subject begins with, so that "by:worker" is a subject and "worker" is not."""
CLAUSE = "clause"
"""The form of a clause that a verb of saying has below it."""
PARTICLE = "~"
"""What a form of a particle begins with: "gave in" has "~in" and "in", "lives in" only "in"."""
PERSON, PLACE, ANYTHING, NOTHING = "@person", "@place", "*", "-"
"""Slots that are met by any person or place acted on, by anything acted on and where nothing is; "by:@person" by a person named as doer."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to meet a verb's frame: every part by one of its forms, and none of `without`."""

    type: EventType
    parts: tuple[frozenset[str], ...]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """words/en/events.toml, turned from word to type.

    `frames` are a verb's slots, those with most parts first. `other_senses` and `other_nouns` are the forms beside
    which a verb and a noun mean something else, `states` the nouns that tell an event behind a preposition, `words` the
    other lists and the frames' groups.
    """

    verbs: Mapping[str, EventType]
    frames: Mapping[str, tuple[Slot, ...]]
    nouns: Mapping[str, EventType]
    other_senses: Mapping[str, tuple[tuple[frozenset[str], ...], ...]]
    other_nouns: Mapping[str, frozenset[str]]
    states: Mapping[str, Mapping[str, EventType]]
    modes: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    asked: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    deeds: Mapping[str, Mapping[str, str]]
    words: Mapping[str, frozenset[str]]


@cache
def lists() -> Lists:
    """The word lists, read once a process."""
    raw = tomllib.loads((files("presstime.read") / "words/en/events.toml").read_text(encoding="utf-8"))
    groups = {name: text.split() for name, text in raw["groups"].items()}
    verbs: dict[str, EventType] = {}
    nouns: dict[str, EventType] = {}
    frames: dict[str, list[Slot]] = {}
    for kind in sorted(EVENT_TYPES, key=list(raw).index):
        for word in raw[kind]["verbs"].split():
            verbs.setdefault(word, kind)
        for word in raw[kind]["nouns"].split():
            nouns.setdefault(word, kind)
        for verb, text in raw[kind].get("frames", {}).items():
            frames.setdefault(verb, []).extend(_slots(kind, text, groups))
    return Lists(
        verbs=verbs,
        frames={verb: tuple(sorted(slots, key=lambda s: (-len(s.parts), ANYTHING in s.parts[0]))) for verb, slots in frames.items()},
        nouns=nouns,
        other_senses={
            verb: tuple(tuple(_forms([part], groups) for part in w.split("+")) for w in text.split()) for verb, text in raw["not"].items()
        },
        other_nouns={noun: _forms(text.split(), groups) for noun, text in raw["not_nouns"].items()},
        states=raw["states"],
        modes=_tables(raw["modes"]),
        asked=_tables(raw["asked"]),
        deeds={kind: {deed: mode for mode, text in table.items() for deed in text.split()} for kind, table in raw["deeds"].items()},
        words={name: frozenset(text.split()) for name, text in (raw["groups"] | raw["words"]).items()},
    )


def _tables(raw: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    return {kind: tuple((name, frozenset(text.split())) for name, text in table.items()) for kind, table in raw.items()}


def _slots(kind: EventType, text: str, groups: Mapping[str, list[str]]) -> list[Slot]:
    """A frame's slots. Forms that stand alone are one slot, as any of them will do."""
    written = text.split()
    without = _forms([w[1:] for w in written if w[0] == "!"], groups)
    single = _forms([w for w in written if w[0] != "!" and "+" not in w], groups)
    joined = [tuple(_forms([part], groups) for part in w.split("+")) for w in written if w[0] != "!" and "+" in w]
    anything = single & {ANYTHING}
    found = [Slot(kind, parts, without) for parts in joined]
    found += [Slot(kind, (single - anything,), without)] if single - anything else []
    return found + ([Slot(kind, (anything,), without)] if anything else [])


def _forms(written: list[str], groups: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    for form in written:
        role = next((r for r in (SUBJECT, OBJECT) if form.startswith(r)), "")
        name = form[len(role) :]
        if name[0] == "@" and name not in (PERSON, PLACE):
            found.update(role + word for word in groups[name[1:]])
        else:
            found.add(form)
    return frozenset(found)
