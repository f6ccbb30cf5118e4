"""A figure in its document → where and when what it counts happened, as far as the text tells.

In: a reading. Out: for each figure a `Setting`: the place and how surely it is told, the hours of the deed, the class of
its cause. A place in the figure's own words counts most, then the town of the paragraph or the only town the document
tells deeds of, then a headline's or dateline's; a country or a region is where all of it happens.

Example: "At Weissau a footbridge gave way. Three did not come out alive." → the three are of Weissau, by their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from presstime.combine.measures import cause_of, causes_in, is_earlier, is_moved, is_of_everywhere, is_taken_to, sentence_at
from presstime.combine.moments import interval
from presstime.combine.names import name_key
from presstime.records import Event, Figure, Place, Reading, Statement, Time

__all__ = ["DATELINE", "OWN", "PARAGRAPH", "SAME_HOURS", "Setting", "Settings"]

OWN, PARAGRAPH, DATELINE = 3, 2, 1
"""How surely a figure is of a place: by its own words, by its paragraph or its document's only scene, by a dateline."""
SAME_HOURS = 4 * 60
"""Minutes between two tellers' hours of one deed at most: further apart they are two. Reports of one deed differ by an
hour or two; two raids on a town are mostly told as a morning's and an evening's."""
_WIDE = frozenset({"region", "country", "area"})
_AROUND = 30
"""Characters around a place in which the words stand that make it a hospital's or a briefing's."""
_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_LEFT_BY: dict[str, frozenset[str]] = {"detained": frozenset({"COERCE", "PROTEST"})}
_HARM = frozenset({"ASSAULT", "PROTEST"})
"""Events that leave dead and injured behind; in `_LEFT_BY` those that leave others."""
_WITHIN = re.compile(r"\b(?:in|at|near|outside|around|off|of)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$", re.IGNORECASE)
_PART_OF_LAND = re.compile(
    r"\b(?:(?:north|south)(?:-?(?:ea|we)st)?ern|eastern|western|central|rural|neighbou?ring|parts of)\s+$",
    re.I,
)
_LANDS = frozenset({"province", "county", "region", "district", "valley", "islands", "highlands", "state", "republic", "kingdom"})
_OF_LAND = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:government|president|minister|ministry|army|parliament|capital|ambassador|embassy|king|queen|envoy)\b",
    re.I,
)
_ARTICLE = re.compile(r"(?:\bthe|\briver|\blake|\bmount|\bisle of)\s+$", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:by|as of|until|till|since|after|before|later|told|said)\s+(?:\w+\s+)?$", re.IGNORECASE)
NO_TOWN = "-"
_TOWNS = 12
"""Towns of a document that are kept: one that names more tells of none of them in particular."""
_ONE_DAY, _TWO_DAYS = 24 * 60, 48 * 60
"""Minutes. A day that a figure's own deed is told of tells two incidents apart; of the document's others only hours do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when. `place` is a gazetteer's id or a folded name, "" where none is told; `name` the folded name.

    `scene` is true where the document tells of something that happened there. `begins` and `ends` are minutes (UTC) of
    the deed's hours, both 0 where they are not told, and `when` the same as the text has it.
    """

    place: str = ""
    name: str = ""
    shown: str = ""
    sure: int = 0
    wide: bool = False
    begins: int = 0
    ends: int = 0
    cause: str = ""
    scene: bool = False
    when: str = ""


class Settings:
    """The settings of one reading's figures."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._headline = reading.document.headline or ""
        self._paragraphs = [p for p in reading.document.parts if p.kind in ("paragraph", "caption", "deck", "heading", "headline")]
        self._statements = {s.id: s for s in reading.statements}
        self._events = [
            e for e in reading.events if e.scope == "event" and e.type in _DEEDS and e.standing not in ("planned", "hypothetical")
        ]
        self._times = {t.id: t for t in reading.times}
        end = _dateline_end(reading)
        nobody = _no_places(reading)
        named = (p for p in reading.places if p.use == "literal" and p.start < p.end and name_key(p.name) not in nobody)
        literal = sorted(named, key=lambda p: (p.start, p.end, p.id))
        wide = _lands(reading)
        literal = [msgspec.structs.replace(p, kind="region") if name_key(p.name) in wide and p.precision is None else p for p in literal]
        head = name_key((reading.document.dateline or "").split(",")[0])  # "OSK, Ledovia": the town, not its country
        self._dateline = next((p for p in literal if end and name_key(p.name) == head), None)
        self._places = [p for p in literal if p.start >= end]
        self._by_id = {p.id: p for p in (*reading.places, *literal)}
        self._figures = reading.figures
        self._counted_at = {f.as_of for f in reading.figures}
        self._scene = self._find_scene()
        both = (self._scene, self._dateline, *(self._by_id.get(e.place or "") for e in self._events))
        self._scenes = {_key(p) for p in both if p is not None}
        narrow = (p for p in self._places if not _is_wide(p) and not self._is_flow(p) and not self._is_taken_to(p))
        own = {_key(p) for f in reading.figures if f.scope == "event" and (p := self._by_id.get(f.place or "")) and not _is_wide(p)}
        towns = dict.fromkeys(_key(p) for p in narrow)
        # a document that has figures of two towns has those without a town of none of them
        self.towns: tuple[str, ...] = tuple(towns)[:_TOWNS] if len(own) < 2 else (NO_TOWN,)

    def of(self, figure: Figure) -> Setting:
        """The setting of one figure. A running total and a recalled event have none but the place in their own words."""
        sentence = sentence_at(self._text, figure.start, figure.end)
        words = self._text[slice(*sentence)]
        statement = self._statements.get(figure.statement or "")
        place, sure = self._where(figure, sentence, statement)
        if figure.scope != "event":
            if place is None or sure < OWN:
                return Setting()
            return Setting(place=_key(place), name=name_key(place.name), shown=place.name, sure=sure, wide=_is_wide(place))
        everywhere = is_of_everywhere(words) and (place is None or sure < OWN)
        place = None if everywhere else place
        deeds = [e for e in self._events if e.type in _LEFT_BY.get(figure.measure, _HARM)]
        near = [e for e in deeds if sentence[0] <= e.start < sentence[1]]
        event = min(near, key=lambda e: (abs(e.start - figure.start), e.start)) if near else None
        counted_then = is_moved(words)  # "rose to 14 on Tuesday evening": the hour is the count's
        hours = None if counted_then else self._hours(event, _TWO_DAYS, figure) or self._told_hours(figure, sentence, statement)
        hours = hours or (None if everywhere else self._only_hours(place, deeds))
        begins, ends, when = hours or (0, 0, "")
        cause = cause_of(figure.cause) or self._cause(sentence)
        if place is None:
            return Setting(wide=everywhere, begins=begins, ends=ends, when=when, cause=cause)
        key = _key(place)
        return Setting(
            place=key,
            name=name_key(place.name),
            shown=place.name,
            sure=sure,
            wide=_is_wide(place),
            begins=begins,
            ends=ends,
            when=when,
            cause=cause,
            scene=key in self._scenes,
        )

    # ------------------------------------------------------------ places

    def _where(self, figure: Figure, sentence: tuple[int, int], statement: Statement | None) -> tuple[Place | None, int]:
        inside = [p for p in self._places if sentence[0] <= p.start < sentence[1] and ";" not in self._between(figure, p)]
        narrow = [p for p in inside if not _is_wide(p) and not self._is_flow(p)]
        own = self._by_id.get(figure.place or "")
        beside: list[Place] = []
        if statement is not None and statement.cue is not None:  # "… , the minister told reporters in Osk"
            beside = [p for p in narrow if figure.start < statement.cue.start < p.start and not _holds(statement, p)]
        beside += [p for p in narrow if p not in beside and self._is_taken_to(p)]
        narrow = [p for p in narrow if p not in beside]
        if own is not None and own in narrow:
            return (None, 0) if self._is_anothers(figure, own, sentence) else (own, OWN)
        if own is not None and _is_wide(own):  # "in the town of Osk in Keldany", but not "the Keldan governor, Ada Osk"
            narrow = [p for p in narrow if _WITHIN.search(self._text, max(0, p.start - _AROUND), p.start)]
        if narrow and own is not None:
            return min(narrow, key=lambda p: p.start - figure.start if p.start >= figure.start else 2 * (figure.start - p.start)), OWN
        wide = own if own is not None and own in inside and _is_wide(own) else None
        if wide is not None and not self._is_taken_to(wide):
            return wide, OWN
        if own is None and narrow:
            return None, 0
        before = self._before(figure, sentence)
        if before is not None:
            return before, PARAGRAPH
        scene = self._scene
        if scene is not None and self._in_headline(scene):
            return scene, PARAGRAPH
        if self._dateline is not None and self._named_again(self._dateline):
            return self._dateline, PARAGRAPH
        if scene is not None and scene.start < figure.start:
            return scene, PARAGRAPH
        if beside:
            return beside[0], DATELINE
        return (self._dateline, DATELINE) if self._dateline is not None else (None, 0)

    def _between(self, figure: Figure, place: Place) -> str:
        return self._text[min(figure.end, place.end) : max(figure.start, place.start)]

    def _named_again(self, dateline: Place) -> bool:
        """Whether the text goes on about the town of its dateline: no mere seat of the newsroom."""
        same = [p for p in self._places if _key(p) == _key(dateline) or name_key(p.name) == name_key(dateline.name)]
        again = any(not self._is_taken_to(p) for p in same)
        return again or self._in_headline(dateline)

    def _in_headline(self, place: Place) -> bool:
        return f" {name_key(place.name)} " in f" {name_key(self._headline)} "

    def _is_anothers(self, figure: Figure, place: Place, sentence: tuple[int, int]) -> bool:
        """Whether the place belongs to another count of the sentence: "nine died, three of them in Velm"."""
        if figure.part_of is not None:
            return False
        same = [
            f
            for f in self._figures
            if f.measure == figure.measure and f.of == figure.of and f.place == figure.place and sentence[0] <= f.start < sentence[1]
        ]
        rivals = [f for f in same if f.part_of is None or f.part_of == figure.id]
        if len({(f.low, f.high) for f in rivals}) < 2 or any(is_earlier(self._text, f, [o for o in same if o is not f]) for f in rivals):
            return False
        return min(rivals, key=lambda f: abs(place.start - f.end) if place.start >= f.end else 2 * (f.start - place.start)) is not figure

    def _is_taken_to(self, place: Place) -> bool:
        words = place.name.split()
        behind = words[-1] if len(words) > 1 else self._text[place.end : place.end + _AROUND]  # "Velm clinic"
        return is_taken_to(self._text[max(0, place.start - _AROUND) : place.start], behind)

    def _is_flow(self, place: Place) -> bool:
        """Whether a name that no gazetteer knows is a river's or the like: "the Mellin". A town has no article."""
        return (
            place.precision is None
            and place.kind is None
            and _ARTICLE.search(self._text, max(0, place.start - 12), place.start) is not None
        )

    def _before(self, figure: Figure, sentence: tuple[int, int]) -> Place | None:
        """The town last named before the sentence in its paragraph, where the paragraph names no other."""
        part = next((p for p in self._paragraphs if p.start <= figure.start < p.end), None)
        if part is None:
            return None
        named = [p for p in self._places if part.start <= p.start < sentence[0] and not _is_wide(p) and not self._is_flow(p)]
        if not named:
            return None
        begins, _ = sentence_at(self._text, named[-1].start, named[-1].end)
        # "41 in Velm and 23 in Osk. The injured number 310."
        own = {_key(p) for p in named if p.start >= begins and not self._is_taken_to(p)}
        return named[-1] if len(own) < 2 else None

    def _find_scene(self) -> Place | None:
        """The one town that a document tells of: of its deeds, else in its headline."""
        narrow = [p for p in self._places if not _is_wide(p) and not self._is_flow(p)]
        known = {p.id for p in narrow}
        told = [self._by_id[e.place] for e in self._events if e.place in known]
        in_headline = [p for p in narrow if self._in_headline(p)]
        at_home = narrow if self._dateline is None else []
        for several in (told, [p for p in told if p in in_headline], in_headline, at_home):
            if len({_key(p) for p in several}) == 1:
                return several[0]
        return None

    # ------------------------------------------------------------ hours and causes

    def _hours(self, event: Event | None, most: int, figure: Figure | None = None) -> tuple[int, int, str] | None:
        """The hours of a deed, in minutes, with its time's words; None where its paragraph has none, or longer ones than `most`.

        The moment a count is of ("by 14:00") is none of the deed's.
        """
        time = self._times.get(event.time or "") if event is not None else None
        if event is None or time is None or time.value in self._counted_at or (figure is not None and time.value == figure.as_of):
            return None
        between = self._text[min(event.start, time.start) : max(event.start, time.start)]
        return _minutes(time, most) if "\n" not in between else None

    def _told_hours(self, figure: Figure, sentence: tuple[int, int], statement: Statement | None) -> tuple[int, int, str] | None:
        """The hours that a figure's own sentence names ("died on Sunday evening when a train struck a bus"), of its content."""
        found = []
        for time in self._times.values():
            if not sentence[0] <= time.start < sentence[1] or time.value in self._counted_at:
                continue
            if statement is not None and (time.value == statement.said_at or not _holds(statement, time)):
                continue
            hours = _minutes(time, _ONE_DAY - 1)
            if hours is not None and not _BOUND.search(self._text, max(0, time.start - _AROUND), time.start):
                found.append((abs(time.start - figure.start), hours))
        return min(found)[1] if found else None

    def _only_hours(self, place: Place | None, deeds: Sequence[Event]) -> tuple[int, int, str] | None:
        """The hours of the document's deeds at a place (or of no place), where they do not differ; else None.

        An event that is no more than another count ("five rescuers were injured at 9:40") is no deed that left these.
        """
        key = _key(place) if place is not None else ""
        at_home = self._dateline is None or key in ("", _key(self._dateline))  # where deeds told without a place happened
        found = set()
        for event in deeds:
            if any(f.start < event.end and event.start < f.end for f in self._figures):
                continue
            where = self._by_id.get(event.place or "")
            if (where is None and at_home) or not key or (where is not None and _key(where) == key):
                hours = self._hours(event, _ONE_DAY)
                if hours is not None:
                    found.add(hours)
        if any(b - a < _ONE_DAY for a, b, _ in found):  # a day says less than its hours
            found = {h for h in found if h[1] - h[0] < _ONE_DAY}
        if not found or max(a for a, _, _ in found) > min(b for _, b, _ in found) + SAME_HOURS:
            return None
        return min(found, key=lambda h: (h[1] - h[0], h))

    def _cause(self, sentence: tuple[int, int]) -> str:
        """The one class of cause that the figure's sentence names; "" for none or several."""
        found = causes_in(self._text[sentence[0] : sentence[1]])
        return found[0] if len(found) == 1 else ""


def _no_places(reading: Reading) -> set[str]:
    """Folded names that are no places though they were taken for some: people's and bodies' of the document, its newsrooms'."""
    document = reading.document
    actors = {name_key(a.name) for a in reading.actors if a.kind in ("person", "organisation")}
    rooms = {name_key(n) for n in (document.outlet or "", *document.credits)}
    return actors | rooms | {""}


def _lands(reading: Reading) -> set[str]:
    """Folded names that the text shows to be a country's or a region's, where no gazetteer knows them: they have a
    government, a north, or stand behind the dateline's town."""
    text = reading.document.text
    found = {name_key(a.name.removeprefix("Government of ")) for a in reading.actors if a.kind == "government"}
    found.update(name_key(part) for part in (reading.document.dateline or "").split(",")[1:])
    for place in reading.places:
        if place.precision is None and place.kind in (None, "country", "region"):
            before, behind = text[max(0, place.start - _AROUND) : place.start], text[place.end : place.end + _AROUND]
            last = place.name.split()[-1:] or [""]
            if _PART_OF_LAND.search(before) or _OF_LAND.match(behind) or place.kind is not None or last[0].lower() in _LANDS:
                found.add(name_key(place.name))
    return found - {""}


def _holds(statement: Statement, record: Place | Time) -> bool:
    return any(c.start <= record.start < c.end for c in statement.content)


def _key(place: Place) -> str:
    return place.gazetteer or name_key(place.name)


def _is_wide(place: Place) -> bool:
    return place.precision in _WIDE or place.kind in _WIDE


def _dateline_end(reading: Reading) -> int:
    """Where the dateline ends that opens the text; 0 where none does."""
    dateline, text = reading.document.dateline, reading.document.text
    if not dateline:
        return 0
    at = text.casefold().find(dateline.casefold())
    first = next((p.start for p in reading.document.parts if p.kind == "paragraph"), 0)
    return at + len(dateline) if 0 <= at <= first + 2 else 0


def _minutes(time: Time, most: int) -> tuple[int, int, str] | None:
    start, end = interval(time.from_ or time.value), interval(time.to)
    if start is None or time.kind not in ("date", "time"):
        return None
    last = end[0] if end is not None and end[0] > start[0] else start[1]
    begins, ends = int(start[0].timestamp()) // 60, int(last.timestamp()) // 60
    return (begins, ends, time.value) if ends - begins <= most else None
