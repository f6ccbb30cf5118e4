"""Figures → series: one measure of one group at one place in one event, over time, a line per giver.

In: readings, who their speakers are, the origins of documents and records. Out: for each measure its series. A figure's
giver is its statement's speaker (for a spokesperson the body), else, in the outlet's voice, the origin: ten copies of a
text have one giver, and "officials" of no known body are those of one origin only. Givers stand side by side; nothing is
added or averaged. Running totals, recalled events, parts of other figures and "two more" are series of their own. What
sets two places, incidents and groups apart is in `series_scenes`, what becomes of one giver's figures in `series_points`.
A population is no toll and makes no series.

Example: the ministry's "five dead" at 18:00 and "seven dead" at 20:00 → one line, the first point superseded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from presstime.combine.givers import Givers
from presstime.combine.incidents import OWN, Settings
from presstime.combine.measures import (
    group_of,
    group_words,
    is_earlier,
    is_known,
    is_moved,
    is_rising,
    is_single,
    sentence_at,
    takes_back,
)
from presstime.combine.moments import interval, is_clock, order_of
from presstime.combine.names import name_key, singular_key
from presstime.combine.series_givers import giver_of, origin_of
from presstime.combine.series_points import draw_lines, summarise
from presstime.combine.series_present import present_series
from presstime.combine.series_roles import ROLES, Role, first_beside, role_of
from presstime.combine.series_scenes import scenes_of
from presstime.combine.series_told import CUT, Drawn, Found, Scene, Told
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.findings import Series
from presstime.ids import make_id
from presstime.records import MEASURES, Figure, Measure, Reading, Statement

__all__ = ["SERIES", "present_series"]

_SCOPES: dict[str, Role] = {role: role for role in ROLES}
_MEASURES: dict[str, Measure] = {measure: measure for measure in MEASURES}
_EVENTS = {"event": None, "total": "running totals", "past": "earlier events", "part": "parts of other figures"} | {
    "more": "on top of figures given before"
}


# ---------------------------------------------------------------- notes


def _notes(reading: Reading, known: Known) -> Iterator[Note[Told]]:
    if not reading.figures:
        return
    d = reading.document
    settings, givers = Settings(reading), Givers(reading)
    statements = {s.id: s for s in reading.statements}
    published = order_of(d.published, d.as_of)
    family = _family(d.id, known)
    by_sentence: dict[tuple[int, int], list[Figure]] = {}
    sentences = {}
    for f in reading.figures:
        sentences[f.id] = sentence_at(d.text, f.start, f.end)
        by_sentence.setdefault(sentences[f.id], []).append(f)
    for f in reading.figures:
        if f.measure == "population":
            continue
        statement = statements.get(f.statement or "")
        origin = origin_of(reading, f.id, known)
        giver = giver_of(reading, f, statement, givers, origin, known)
        at = sentences[f.id]
        words = d.text[at[0] : at[1]]
        others = [o for o in by_sentence[at] if o.id != f.id and o.measure == f.measure]
        taken_back = statement is not None and statement.act == "retraction" and not any(o.statement == f.statement for o in others)
        counted = group_words(f, d.text)
        nation = known.world.nations.in_name(counted) if counted else None
        group = group_of(f, counted, nation[0].key if nation else "")
        role = role_of(f, reading, others)
        first = first_beside(f, d.text, others) if role == "event" else None
        setting = settings.of(first or f)
        if role is None:
            continue
        if role == "part" and not group.words and setting.sure < OWN:
            continue  # "six of them in danger": a series is of a group or a place
        as_of = f.as_of or d.as_of or d.published
        data = Told(
            document=d.id,
            family=family,
            origin=origin[0],
            giver=giver.reference,
            alias=giver.alias,
            heads=giver.heads,
            field=giver.field,
            land=giver.land,
            shown=giver.shown,
            called=giver.called,
            rules=giver.rules,
            low=f.low,
            high=f.high,
            qualifier=f.qualifier,
            # words alone ("dozens", "scores") tell vague figures apart
            words=name_key(f.words) if f.low is None and f.high is None else "",
            as_of=as_of,
            moment=_minute(_moment(f, statement, published, (d.published, d.as_of))),
            published=_minute(published),
            group=group.key,
            nation=group.nation,
            noun=group.words,
            of=f.of,
            place=setting.place,
            place_name=setting.name,
            place_shown=setting.shown,
            sure=setting.sure,
            wide=setting.wide,
            scene=setting.scene,
            towns=settings.towns,
            begins=setting.begins,
            ends=setting.ends,
            when=setting.when,
            cause=setting.cause,
            part=role == "part",
            single=is_single(f),
            earlier=taken_back or is_earlier(d.text, f, others),
            moved=is_moved(words) or takes_back(words),
            rising=is_rising(words),
            beside=first is not None,
            own=giver.own,
            known=is_known(f, d.text),
        )
        yield Note(_key(f, role, group.key), f.id, known.at(f.start), data)


def _key(f: Figure, role: str, group: str) -> str:
    """Figures of one key are compared. Recalled events, and parts of no group, meet only in their numbers."""
    if role == "part" and group:
        role = "event"  # "12 of them children" and "12 children were killed" count the same
    alone = f"{f.low}{CUT}{f.high}" if role in ("past", "part") else ""  # "15 of them" and "20 of them" may be parts of anything
    return CUT.join((f.measure, singular_key(f.of or ""), role, alone))


def _family(document: str, known: Known) -> str:
    """The first document of those that are versions or copies of one text."""
    found = known.facts.get("copies", {}).get(document, ())
    return getattr(found[0], "root", None) or document if found else document


def _moment(f: Figure, s: Statement | None, published: datetime, dated: Sequence[str | None]) -> datetime:
    """When a figure is of: the moment its words give, else when it was said, else publication; never later than that."""
    given = f.as_of if f.as_of not in dated else None
    for value in (given, s.said_at if s is not None else None):
        covered = interval(value)
        if covered is not None:
            return min(covered[0] if is_clock(value) else covered[1], published)
    return published


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


# ---------------------------------------------------------------- settling


def _settle(key: str, notes: Sequence[Note[Told]], world: World) -> Settled[None, Found]:
    measure, _, role, *_ = key.split(CUT)
    found = []
    for scene in scenes_of(notes):
        lines, last = draw_lines(_counted(scene.notes))
        if not lines:
            continue
        part = role == "event" and all(n.data.part for n in scene.notes)
        scope = _SCOPES["part" if part else role]
        first = min(scene.notes, key=lambda n: (n.order, n.record))
        group = _group_words(scene.group, scene.notes)
        latest, lowest, highest, conflicts = summarise(measure, lines, last)
        series = Series(
            id=make_id("series", key, *scene.key),
            measure=_MEASURES[measure],
            of=first.data.of,
            group=group,
            place=_place(scene) or None,
            event=_EVENTS[scope] or scene.label or None,
            scope=scope,
            lines=lines,
            latest=latest,
            lowest=lowest,
            highest=highest,
            conflicts=conflicts,
        )
        found.append(Drawn(series=series, order=first.order, main=scene.main))
    return Settled(Found(drawn=tuple(found)) if found else None)


def _counted(notes: Sequence[Note[Told]]) -> list[Note[Told]]:
    """The notes without "nobody was hurt": that counts only where others have a number at the very place that its words name."""
    givers = {n.data.giver for n in notes if not _is_none(n.data)}
    return [n for n in notes if not _is_none(n.data) or (n.data.sure == OWN and givers - {n.data.giver})]


def _is_none(told: Told) -> bool:
    return told.low == 0 and told.high == 0


def _place(scene: Scene) -> str:
    """A place's gazetteer id, else its name as the first text that does not shout it spells it; "" where no figure here names it."""
    if ":" in scene.place:
        return scene.place
    spelled = [n.data.place_shown for n in scene.notes if n.data.place == scene.place]
    return next((name for name in spelled if not name.isupper()), spelled[0] if spelled else "")


def _group_words(group: str, notes: Sequence[Note[Told]]) -> str | None:
    """How a group is called: by the words that most of its figures have; a mere description only where all have the same."""
    words = Counter(name_key(n.data.noun or "") for n in notes)
    if not group and (len(words) > 1 or "" in words):
        return None
    top = min(words, key=lambda w: (-words[w], w))
    return next((n.data.noun for n in notes if name_key(n.data.noun or "") == top), None)


SERIES: Stage[Told, None, Found] = Stage(name="series", data=Told, fact=type(None), found=Found, notes=_notes, settle=_settle)
