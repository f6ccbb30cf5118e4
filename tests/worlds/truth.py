"""Pages → the truth of their story, in memory and as truth.json.

In: the happenings and the pages. Out: `Truth`, whose places are (document's key, start, end). `as_json` gives the form that
stories written by hand have too, with the words and, where they stand twice, which occurrence.

Example: one dispute with the claims of three documents and the denial that a fourth one printed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.worlds.happenings import TYPES, Happenings
from tests.worlds.newsroom import Page, text_of
from tests.worlds.pieces import Mark
from tests.worlds.telling import Count, Sentence

__all__ = ["Place", "Truth", "as_json", "truth_of"]

Place = tuple[str, int, int]
_HOURS = {"MO": (6, 12), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30)}


@dataclass(slots=True)
class Truth:
    """What a careful reader finds in the documents of a story; the fields are those of truth.json."""

    as_of: str
    texts: dict[str, str]
    origins: dict[str, str] = field(default_factory=dict)
    passages: list[dict[str, Any]] = field(default_factory=list)
    versions: list[tuple[str, str]] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    actors: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    series: list[dict[str, Any]] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    silences: list[dict[str, Any]] = field(default_factory=list)


def truth_of(world: Happenings, pages: list[Page]) -> Truth:
    """The truth of a world's pages."""
    texts = {p.key: text_of(p)[0].text for p in pages}
    last = max(p.published for p in pages)
    truth = Truth(as_of=last.replace(hour=23, minute=59).isoformat(), texts=texts)
    mentions: dict[str, list[Place]] = defaultdict(list)
    told: dict[str, list[tuple[Place, str, str | None]]] = defaultdict(list)
    said: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
    counted: list[tuple[Place, Count, str]] = []
    spoke = {s.says.speaker for p in pages for _, _, s in text_of(p)[2] if s.says and s.says.act != "no-comment"}
    for page in pages:
        truth.origins[page.key] = page.origin
        if page.version_of:
            truth.versions.append((page.version_of, page.key))
        if page.copy_of:
            truth.copies.append((page.copy_of, page.key))
        whole, spans, where = text_of(page)
        for number, label in page.foreign.items():
            truth.passages.append({"at": (page.key, *spans[number]), "origin": label})
        for mark in whole.marks:
            if mark.kind == "actor":
                mentions[mark.value].append((page.key, mark.start, mark.end))
        for start, end, s in where:
            _take(truth, page, start, end, s, world, told, said, counted, spoke)
    truth.actors = [
        {"name": _bare(world, k), "names": [_cut(n) for n in world.cast[k].names], "kind": world.cast[k].kind, "mentions": places}
        for k, places in mentions.items()
    ]
    for incident in world.incidents:
        claims, denials = said.get((incident.key, "claim"), []), said.get((incident.key, "denial"), [])
        if claims and denials:
            truth.disputes.append(
                {
                    "about": f"{incident.kind} at {incident.town}",
                    "claimed_by": _sides(world, [w for _, w in claims]),
                    "denied_by": _sides(world, [w for _, w in denials]),
                    "claims": [p for p, _ in claims],
                    "denials": [p for p, _ in denials],
                    "no_response": [],
                }
            )
        if incident.key in told:
            truth.timeline.append(_entry(incident, told[incident.key]))
    truth.series = _series(world, counted)
    return truth


def _take(
    truth: Truth,
    page: Page,
    start: int,
    end: int,
    s: Sentence,
    world: Happenings,
    told: dict[str, list[tuple[Place, str, str | None]]],
    said: dict[tuple[str, str], list[tuple[Place, str]]],
    counted: list[tuple[Place, Count, str]],
    spoke: set[str],
) -> None:
    """Adds what one sentence tells."""
    by_kind = {m.kind: m for m in reversed(s.piece.marks)}

    def at(mark: Mark | None) -> Place:
        return (page.key, start + mark.start, start + mark.end) if mark else (page.key, start, end)

    if s.deed and not s.deed.past:
        when = by_kind.get("time")
        told[s.deed.incident].append((at(by_kind.get("event")), s.deed.standing, when.value[0] if when else None))
    for number, count in enumerate(s.counts):
        counted.append((at(by_kind.get(("figure", "figure2")[number])), count, page.origin))
    if s.says is None:
        return
    content = at(by_kind.get("content") or by_kind.get("cue"))
    if s.says.dispute and s.says.side:
        said[s.says.dispute, s.says.side].append((content, s.says.speaker))
    if s.says.reaction:
        towards = _bare(world, s.says.towards) if s.says.towards else None
        country = world.cast[s.says.speaker].names[0] if s.says.speaker.startswith("gov_") else None
        known = {"actor": _bare(world, s.says.speaker), "country": country, "act": s.says.act, "towards": towards}
        if all({k: v for k, v in r.items() if k != "at"} != known for r in truth.reactions):
            truth.reactions.append({**known, "at": content})
    silent = s.says.accused
    if silent == "company" and silent not in spoke and all(x["actor"] != _bare(world, silent) for x in truth.silences):
        truth.silences.append({"actor": _bare(world, silent), "because": content})


def _bare(world: Happenings, key: str) -> str:
    return _cut(world.cast[key].names[0])


def _cut(name: str) -> str:
    return name.removeprefix("the ").split(" (")[0]


def _sides(world: Happenings, keys: list[str]) -> list[str]:
    """The speakers of a side, and the bodies that they speak for."""
    found = [k for key in dict.fromkeys(keys) for k in (key, world.cast[key].body) if k]
    return [_bare(world, k) for k in dict.fromkeys(found)]


def _entry(incident: Any, tellings: list[tuple[Place, str, str | None]]) -> dict[str, Any]:
    standings = {s for _, s, _ in tellings}
    if "denied" in standings and len(standings) > 1:
        standing = "disputed"
    else:
        standing = next((s for s in ("reported", "claimed", "denied") if s in standings), "claimed")
    spans = [minutes(v) for _, _, v in tellings if v and "T" in v]
    differ = bool(spans) and max(a for a, _ in spans) >= min(b for _, b in spans)
    what = f"{incident.kind} at {incident.town}"
    places = [p for p, _, _ in tellings]
    kind = TYPES[incident.kind]
    entry = {"type": kind, "place": incident.town, "what": what, "tellings": places, "standing": standing, "times_differ": differ}
    return entry if kind else {**entry, "optional": True}


def minutes(value: str) -> tuple[int, int]:
    """The minutes of its day that a TIMEX value with a clock or a part of the day covers."""
    clock = value.split("T")[1]
    if clock in _HOURS:
        return _HOURS[clock][0] * 60, _HOURS[clock][1] * 60
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute), int(hour) * 60 + int(minute) + 1


def _series(world: Happenings, counted: list[tuple[Place, Count, str]]) -> list[dict[str, Any]]:
    """Figures by what they count; a giver's repeated value is one point."""
    groups: dict[tuple[Any, ...], dict[str, list[dict[str, Any]]]] = {}
    for place, count, origin in counted:
        giver = _bare(world, count.giver) if count.giver else origin
        alone = (count.low,) if count.scope == "past" else ()
        part = count.group if count.group == "children" else None
        key = (count.measure, part, count.place if count.scope != "total" else None, count.incident, count.scope, *alone)
        points = groups.setdefault(key, {}).setdefault(giver, [])
        same = next((p for p in points if (p["low"], p["high"], p["qualifier"]) == (count.low, count.high, count.qualifier)), None)
        if same is not None:
            same["also"].append(place)
        else:
            points.append(
                {"at": place, "low": count.low, "high": count.high, "qualifier": count.qualifier, "superseded": False, "also": []}
            )
    found = []
    for (measure, group, town, incident, scope, *_), lines in groups.items():
        for points in lines.values():
            for point in points[:-1]:
                point["superseded"] = True
        shown = [{"giver": giver, "points": points} for giver, points in lines.items()]
        found.append({"measure": measure, "of": None, "group": group, "place": town, "event": incident, "scope": scope, "lines": shown})
    return found


def as_json(truth: Truth) -> dict[str, Any]:
    """truth.json's form: each place as its words and, where they stand more than once before it, which occurrence."""

    def shown(place: Place) -> list[Any]:
        key, start, end = place
        text = truth.texts[key]
        words = text[start:end]
        number, at = 0, -1
        while at < start:
            at = text.index(words, at + 1)
            number += 1
        return [key, words, number] if text.count(words) > 1 or number > 1 else [key, words]

    def through(value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == 3 and value[0] in truth.texts and isinstance(value[1], int):
            return shown(value)
        if isinstance(value, dict):
            return {k: through(v) for k, v in value.items() if not (k == "also" and not v)}
        return [through(v) for v in value] if isinstance(value, list | tuple) else value

    fields = ("origins", "passages", "versions", "copies", "actors", "disputes", "series", "timeline", "reactions", "silences")
    return {"as_of": truth.as_of, **{f: through(getattr(truth, f)) for f in fields}}
