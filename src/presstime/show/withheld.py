"""A material as it may be published: without the names that are held back.

In: a material (already without what is confidential), of an edition that is published, or of a draft, which stays as it is. Out: the same
with each held name covered in every text, headline, byline and address, sign for sign so that offsets stay, and with a stand-in wherever
an actor is named: in who speaks, who gives a figure, who is in dispute. Whom a person has let through is printed.
Example: "Dob Larrick denied it" is "▇▇▇ ▇▇▇▇▇▇▇ denied it", said by "[a fisherman, name held back]".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.records import Problem, Reading
from presstime.show.held_back import Held, find_held
from presstime.show.material import Material, index_material

__all__ = ["COVER", "published_material"]

COVER = "▇"
"""Stands for each letter and digit of a held name."""
_LETTER = re.compile(r"[^\W_]")
_WORDS = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"(?:\\?\s)+")
_ANY_SPACE = r"\\s+"
_CODED = re.compile(r"\S*[-_./@\d]\S*")
"""An id, an address, a file's name."""
_CODES = frozenset(
    {"act", "certainty", "form", "kind", "language", "measure", "mode", "precision", "qualifier", "scope", "standing", "type", "use"}
)
"""Fields whose values are the record's own words, never a name."""


def published_material(material: Material, let_through: Collection[str] = ()) -> Material:
    """The material without the names that are held back; that of a draft as it stands.

    `let_through` are ids of actors, or names, besides those that the material has itself.
    """
    if material.findings.kind != "published":
        return material
    held = find_held(index_material(material), {*let_through, *material.let_through})
    return _without(material, held) if held else material


def _without(material: Material, held: Collection[Held]) -> Material:
    cover = _Cover(held)
    replace = msgspec.structs.replace
    plain = replace(
        material,
        title=cover.words(material.title),
        findings=_convert(material.findings, Findings, cover),
        readings=tuple(_reading(_convert(reading, Reading, cover)) for reading in material.readings),
        problems=tuple(_convert(problem, Problem, cover) for problem in material.problems),
        reviews={cover.words(one): review for one, review in material.reviews.items()},
        checks={cover.words(one): tuple(_convert(each, type(each), cover) for each in checks) for one, checks in material.checks.items()},
        translations={cover.words(one): _convert(words, type(words), cover) for one, words in material.translations.items()},
        translates={cover.words(one): cover.words(of) for one, of in material.translates.items()},
        handles={cover.words(handle): cover.words(owner) for handle, owner in material.handles.items()},
    )
    actors = tuple(
        replace(one, names=tuple(dict.fromkeys(name for name in one.names if name != one.name))) for one in plain.findings.actors
    )
    return replace(plain, findings=replace(plain.findings, actors=actors))


def _reading(reading: Reading) -> Reading:
    """A reading whose address, where it held a name, leads nowhere and is left out."""
    document = reading.document
    url = None if document.url and COVER in document.url else document.url
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(document, url=url))


def _convert(record: Any, type_: Any, cover: _Cover) -> Any:
    """A record with every text in it covered."""

    def walked(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return value if key in _CODES else cover.words(value)
        if isinstance(value, list | tuple):
            return [walked(one, key) for one in value]
        if isinstance(value, dict):
            return {one: walked(each, one) for one, each in value.items()}
        return value

    return msgspec.convert(walked(msgspec.to_builtins(record)), type_)


def _stand_ins(held: Collection[Held]) -> dict[str, str]:
    """What stands for each form where it is a whole name; the same for one person, never for two."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in held:
        words, count = f"[{one.instead}, name held back]", 1
        while words in taken:
            count += 1
            words = f"[{one.instead}, name held back, {count}]"
        taken.add(words)
        found.update(dict.fromkeys(one.forms, words))
    return found


class _Cover:
    """Takes held names out of texts, addresses and ids."""

    def __init__(self, held: Collection[Held]) -> None:
        """Nothing has been covered yet."""
        self._whole = _stand_ins(held)
        self._taken: set[str] = set()
        forms = sorted({*self._whole, *(form.upper() for form in self._whole)}, key=lambda form: (-len(form), form))
        self._spoken = re.compile("|".join(rf"(?<!\w){_SPACES.sub(_ANY_SPACE, re.escape(form))}(?!\w)" for form in forms))
        # in an address, an id or a file's name words are small, and parted by signs or by nothing
        pieces = dict.fromkeys(r"[\W_]*".join(map(re.escape, _WORDS.findall(form))) for form in forms)
        self._addressed = re.compile("|".join(rf"(?<![^\W_]){piece}(?![^\W_])" for piece in pieces if piece), re.IGNORECASE)

    def words(self, text: str) -> str:
        """A text without held names; where it is nothing but such a name, what stands for it."""
        if text in self._whole:
            return self._whole[text]
        return self._address(text) if _CODED.fullmatch(text) else self._spoken.sub(_covered, text)

    def _address(self, text: str) -> str:
        """An address or an id without held names; two stay two, and one is the same wherever it is referred to."""
        covered = self._addressed.sub(_covered, text)
        if covered == text:
            return text
        one, count = covered, 1
        while one in self._taken:
            count += 1
            one = f"{covered}-{count}"
        self._taken.add(one)
        self._whole[text] = one
        return one


def _covered(match: re.Match[str]) -> str:
    return _LETTER.sub(COVER, match[0])
