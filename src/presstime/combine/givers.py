"""A figure → whoever its document tells to give it, where that is not the speaker of its statement.

In: a reading. Out: for a figure in the outlet's voice, or on a body's own page, the actor of its sentence who counts ("the
ministry cut the toll to 16"), or the statement that it goes on ("12 died, the ministry said, and four are missing") or is
a part of ("Four of them are children"); for any figure the one whose count the words say it is; the body whose page it
is; and whom a description stands for, where one person of the document has the office. Nobody else is guessed.

Example: "Interior Minister Ada Holm lowered the number of dead to 16." → Ada Holm.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from presstime.combine.measures import sentence_at
from presstime.combine.ministries import field_headed
from presstime.combine.names import is_named, name_key
from presstime.records import Actor, Figure, Reading, Speaker, Statement

__all__ = ["Givers"]

_REACH = 30
"""Characters between a giver and the verb of counting: "the ministry on Monday evening revised"."""


_COUNT_OF = re.compile(r"\b(?:in|by|on|from)\s+(?:the|a)\s+(?:count|tally|figures|estimate|reckoning)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_COUNT = re.compile(r"['’]s?\s+(?:own\s+|latest\s+|final\s+|official\s+)?(?:count|tally|figures|estimate|reckoning)\b", re.IGNORECASE)
_WHOSE = re.compile(r"['’]s?\s+$")
_APPOSED = re.compile(r",\s+(?:the\s+)?(?:[A-Z][a-z]{1,3}\.\s+)?")
_OWN_PAGE = "own page"
_NOTE = re.compile(r"\s*[(\[].*$")


@cache
def _heads() -> frozenset[str]:
    return frozenset(_lists()["offices"]["heads"])


def _office_stems(words: str) -> frozenset[str]:
    """The offices that words name: "a member of the town's council" has a councillor's."""
    named = _heads().intersection(name_key(words).split())
    return frozenset(w.removesuffix("lor") for w in named)


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]he\s+(?P<kind>{'|'.join(_lists()['offices']['bodies'])})\b")


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("presstime.combine") / "words/series.toml").read_text(encoding="utf-8"))


@cache
def _counting() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, _lists()["counting"]["verbs"]))
    aside = r"(?:\s*\([^)]*\))?(?:,[^,;.]*,)?"  # "the bureau (PCHB), on the basis of its own visits, puts"
    return re.compile(rf"{aside}[^.,;:–—]{{0,{_REACH}}}?\b(?:{verbs})\b", re.IGNORECASE)


class Givers:
    """The givers of one reading's figures."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._outlet = name_key(_NOTE.sub("", reading.document.outlet or ""))
        named = ((m.start, m.end, a) for a in reading.actors for m in a.mentions if m.start < m.end)
        self._mentions = sorted(named, key=lambda m: (m[0], m[1], m[2].id))
        self._actors = reading.actors
        self._statements = {s.id: s for s in reading.statements}
        self._figures = reading.figures

    def of(self, figure: Figure, statement: Statement | None) -> Actor | Statement | str | None:
        """Who counts a figure: an actor of the reading, or the words for a body that is none ("the ministry"), or another
        statement that gives it; None where nobody else does.
        """
        if figure.scope != "event":
            return None
        start, end = sentence_at(self._text, figure.start, figure.end)
        spoken = statement is not None and not (statement.speaker is not None and statement.speaker.how == _OWN_PAGE)
        if spoken:
            return self._count_of(figure, start, end)
        found = self._counter(figure, start) or self._count_of(figure, start, end) or self._bare(figure, start)
        return found or (self._going_on(figure, start) or self._whole(figure) if statement is None else None)

    def on_page(self) -> Actor | None:
        """The body of the text whose name begins or ends the outlet's own: "Harbour Board" on "Harbour Board, press office"."""
        found = [a for a in self._actors if a.kind in ("organisation", "government") and self._is_of_outlet(name_key(a.name))]
        return min(found, key=lambda a: (-len(a.name), a.id)) if found else None

    def _is_of_outlet(self, name: str) -> bool:
        page = self._outlet
        return " " in name and name != page and (page.startswith(f"{name} ") or page.endswith(f" {name}"))

    def described(self, speaker: Speaker) -> Actor | None:
        """Whom a description stands for: the name set beside it ("the operator, Delvan Works, said"), else the one person of
        the document who has the office that it tells: "the hospital's director".
        """
        beside = (a for start, _, a in self._mentions if start >= speaker.end and _APPOSED.fullmatch(self._text, speaker.end, start))
        named = next((a for a in beside if is_named(a.name)), None)
        if named is not None:
            return named
        own = _office_stems(speaker.name)
        found = [a for a in self._actors if a.kind == "person" and own & _office_stems(a.role or "") and is_named(a.name)]
        return found[0] if len({name_key(a.name).split()[-1] for a in found if name_key(a.name)}) == 1 else None

    def _counter(self, figure: Figure, start: int) -> Actor | None:
        """The actor of the sentence behind whom a verb of counting stands, the last one before the figure."""
        for a, b, actor in reversed(self._mentions):
            if a < start or b > figure.start:
                continue
            if _counting().match(self._text, b, figure.start):
                return actor
        return None

    def _bare(self, figure: Figure, start: int) -> Actor | str | None:
        """A body that is called by its kind alone, behind which a verb of counting stands: the one actor of that kind, else the words."""
        for found in reversed(list(_bodies().finditer(self._text, start, figure.start))):
            if _counting().match(self._text, found.end(), figure.start):
                kind = found["kind"].lower()
                own = [a for a in self._actors if a.kind in ("organisation", "government") and kind in name_key(a.name).split()]
                return own[0] if len(own) == 1 else kind
        return None

    def field_of(self, words: str) -> str:
        """The field of "the ministry" in a document that names one minister."""
        fields = {field_headed(a.role) for a in self._actors if a.kind == "person"} - {""}
        return next(iter(fields)) if words == "ministry" and len(fields) == 1 else ""

    def _count_of(self, figure: Figure, start: int, end: int) -> Actor | None:
        """The actor whose count a sentence says it is: "12 people have died, by the count of Civil Defence"."""
        for a, b, actor in self._mentions:
            if figure.end <= a < end and _COUNT_OF.search(self._text, figure.end, a):
                return self._owned(b) or actor
            if start <= a < end and _COUNT.match(self._text, b, end):
                return actor
        return None

    def _owned(self, end: int) -> Actor | None:
        """The actor that a possessive leads to: of "Ostria's Civil Defence" the latter."""
        return next((actor for a, _, actor in self._mentions if a > end and _WHOSE.fullmatch(self._text, end, a)), None)

    def _whole(self, figure: Figure) -> Statement | None:
        """The statement that gives the figure of which this is a part."""
        whole = next((f for f in self._figures if f.id == figure.part_of), None)
        found = self._statements.get(whole.statement or "") if whole is not None else None
        return found if found is not None and found.speaker is not None else None

    def _going_on(self, figure: Figure, start: int) -> Statement | None:
        """The statement in the same sentence that gave a figure before, where nobody else is named in between."""
        held = [
            (f.end, s)
            for f in self._figures
            if start <= f.start < figure.start
            and f.statement is not None
            and (s := self._statements.get(f.statement)) is not None
            and s.speaker is not None
        ]
        if not held:
            return None
        end, statement = max(held, key=lambda h: h[0])
        assert statement.speaker is not None
        own = statement.speaker.actor
        between = self._text[end : figure.start]
        others = [m for m in self._mentions if end <= m[0] < figure.start and m[2].id != own]
        return statement if not others and ";" not in between and re.search(r"\b(?:and|while|with)\b", between) else None
