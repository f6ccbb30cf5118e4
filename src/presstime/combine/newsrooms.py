"""Names of outlets and agencies across documents → the newsrooms that they stand for.

In: a reading's outlet, the names that it credits, and those that it cites or that somebody told something. Out: a
`Newsroom` for each name that is another's short form or initials, and for each cited name that some document in the story
publishes or credits. A short form that fits two outlets stays for itself.

Example: "told NPA", and a document published by Norrel Press Agency → the newsroom "norrel press agency".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from presstime.combine.credited import cited_in, credits_of, is_newsroom_name, newsroom_lists, newsroom_name
from presstime.combine.names import name_key
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.ids import make_id
from presstime.records import Reading

__all__ = ["NEWSROOMS", "Newsroom", "newsroom", "newsroom_id"]


class Newsroom(msgspec.Struct, frozen=True, array_like=True):
    """A newsroom: the key that all its names have in common, and the name that it is shown under."""

    key: str
    name: str


class _Named(msgspec.Struct, frozen=True, array_like=True):
    """A name as one document uses it. `full` is the name that this is a short form of, in the note of that one's own document."""

    name: str
    known: bool
    full: str | None = None


def newsroom_id(document: str, name: str) -> str:
    """The record id of a newsroom's name in a document."""
    return make_id("newsroom", document, name_key(newsroom_name(name)))


def newsroom(known: Known, document: str, name: str) -> tuple[Newsroom, bool]:
    """The newsroom that a name stands for, and whether the story knows it as one."""
    found = known.of(NEWSROOMS, newsroom_id(document, name))
    if found:
        return min(found, key=lambda n: (n.key == name_key(n.name), n.key)), True
    bare = newsroom_name(name)
    return Newsroom(name_key(bare), bare), False


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Named]]:
    document = reading.document
    if document.outlet:
        bare = newsroom_name(document.outlet)
        for short in _short_forms(bare):
            yield Note(short, make_id("newsroom", document.id, "full", short), known.order, _Named(bare, True, bare))
    names = {document.outlet or "": True} | {c.name: True for c in credits_of(document)}
    for name in cited_in(reading):
        names.setdefault(name, False)
    for name, sure in names.items():
        bare = newsroom_name(name)
        key = name_key(bare)
        if not key:
            continue
        full = newsroom_lists().aliases.get(key)
        if full is not None:
            yield Note(key, newsroom_id(document.id, name) + " alias", known.order, _Named(full, True, full))
        yield Note(key, newsroom_id(document.id, name), known.order, _Named(bare, sure))


def _settle(key: str, notes: Sequence[Note[_Named]], world: World) -> Settled[Newsroom, None]:
    """The names under one key: short forms of one full name are that one's; of two they are nobody's."""
    full = {name_key(n.data.full): n.data.full for n in reversed(notes) if n.data.full is not None}
    full.pop(key, None)
    if len(full) == 1:
        ((whole, name),) = full.items()
        return Settled(facts={n.record: Newsroom(whole, name) for n in notes if n.data.full is None})
    published = next((n.data.name for n in notes if n.data.known), None)
    if published is None:
        return Settled()
    return Settled(facts={n.record: Newsroom(key, published) for n in notes if not n.data.known})


def _short_forms(name: str) -> set[str]:
    """The keys of what an outlet may be called for short: initials, its name without "Agency", "the Courier"."""
    words = name_key(name).split()
    small = [w for w in words if w not in ("of", "the", "and", "for", "de", "la")]
    found = {"".join(w[0] for w in words), "".join(w[0] for w in small)} if len(small) > 1 else set()
    if len(words) > 1:
        found |= {words[-1]} if is_newsroom_name(words[-1]) else set()
        bare = [w for w in words if w not in newsroom_lists().newsroom_words]
        found |= {" ".join(bare), " ".join(small)} if bare else set()
    acronym = re.search(r"\(([A-Z]{2,6})\)", name)
    return {f for f in found if len(f) > 1} - {" ".join(words)} | ({acronym[1].lower()} if acronym else set())


NEWSROOMS = Stage(name="newsrooms", data=_Named, fact=Newsroom, found=type(None), notes=_notes, settle=_settle)
