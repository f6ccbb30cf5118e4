"""A figure → who gives it: the reference of its line, and what may make two givers one.

In: a reading's figure, and what earlier steps know of its actors and origins. Out: a `Giver`. A statement's speaker gives
its figures (for a spokesperson the body), a body's own page those of the page, the outlet those in its own voice, under
the outlet's full name. Words for nobody known stay words, and are those of one origin only.

Example: "Mila Dron, spokeswoman for the Lake Board, said 5 died" → the Lake Board.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from presstime.combine.givers import Givers
from presstime.combine.ministries import field_of, stems
from presstime.combine.names import is_pronoun, name_key
from presstime.combine.series_told import CUT
from presstime.combine.stages import Known
from presstime.combine.who import IDENTITY, VOICES, Voice, Who, named, speaker_of
from presstime.records import Actor, Figure, Reading, Statement

__all__ = ["Giver", "Origin", "giver_of", "origin_of"]

_NOT_SAID = "speaker not told"
_OWN_PAGE = "own page"
_SPOKES = re.compile(r"(?:[Tt]he\s+|[Aa]n?\s+)?(?P<body>[^,;]+?)(?:['’]s?)?\s+spokes(?:man|woman|person)\b")
_OFFICE = re.compile(r",\s+(?:the\s+)?(?:press|media|information|public affairs|communications?)\b.*$", re.IGNORECASE)
Origin = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who gives a figure. `alias` is the origin that is the same, `shown` what it is called where no actor or origin has a name.

    `heads` is the field that a minister is the minister of, `field` that of a ministry, `land` the key of its country;
    `called` are the stems of a body's name, `rules` marks a government that is told to count, `own` an outlet's own voice.
    """

    reference: str
    alias: str = ""
    shown: str = ""
    heads: str = ""
    field: str = ""
    land: str = ""
    called: str = ""
    rules: bool = False
    own: bool = False


def origin_of(reading: Reading, record: str, known: Known) -> Origin:
    """The origin of a record as (id, name): the one it was traced to, else its document's, else the outlet."""
    for stage, about in (("traces", record), ("origins", reading.document.id)):
        found = known.facts.get(stage, {}).get(about, ())
        if found and not (stage == "traces" and found[0].kind == "statement"):
            return found[0].origin, found[0].name
    name = reading.document.outlet or reading.document.id
    return name, name


def giver_of(reading: Reading, f: Figure, s: Statement | None, givers: Givers, origin: Origin, known: Known) -> Giver:
    """Who gives a figure. `s` is the statement it stands in."""
    document = reading.document.id
    counting = givers.of(f, s)
    if isinstance(counting, str):
        return Giver(reference=f"{name_key(counting)}{CUT}{origin[0]}", shown=counting, field=givers.field_of(counting))
    told = isinstance(counting, Actor)
    if isinstance(counting, Statement):
        s, counting = counting, None
    if counting is None and s is not None and s.speaker is not None and s.speaker.how == _OWN_PAGE:
        counting = givers.on_page()
    own_words = s is None or (s.speaker is not None and s.speaker.actor is None and name_key(s.speaker.name) in ("i", "we"))
    if counting is None and own_words:
        return _outlet(reading, givers, origin, known)
    body = _spoken_for(reading, s, known) if counting is None and s is not None else None
    if body is not None:
        return Giver(reference=body.actor, land=body.nation or "")
    if counting is None and s is not None and s.speaker is not None and not _is_known(speaker_of(known, document, s)):
        counting = givers.described(s.speaker)
    if counting is not None:
        found, name, unknown = _of_actor(known, counting), counting.name, False
    else:
        unknown = s is None or s.speaker is None or is_pronoun(s.speaker.name)
        found = None if s is None or unknown else speaker_of(known, document, s)
        name = _NOT_SAID if s is None or s.speaker is None or unknown else s.speaker.name
    if found is None or not _is_known(found):
        return Giver(
            reference=f"{name_key(name)}{CUT}{origin[0]}", shown=name, field=field_of(name), land=found.nation or "" if found else ""
        )
    voice = _voice(known, counting.id if counting is not None else s.speaker.actor if s is not None and s.speaker is not None else None)
    words = known.world.nations.in_name(name) if found.kind != "person" else None
    return Giver(
        reference=found.voice or found.actor,
        heads=voice.heads if found.voice is None and found.kind == "person" else "",
        field=field_of(" ".join(words[1]) if words is not None else name) if found.kind != "person" else "",
        land=found.nation or "",
        called=stems(name) if found.kind != "person" and found.voice is None else "",
        rules=told and found.kind == "government" and "ministry" not in name_key(name).split(),
    )


def _spoken_for(reading: Reading, s: Statement, known: Known) -> Who | None:
    """The body that "ministry spokeswoman Mila Dron" speaks for, by the one speaker of the document that is such a body."""
    same = [x.speaker for x in reading.statements if x.speaker is not None and s.speaker is not None and x.speaker.name == s.speaker.name]
    roles = [a.role for a in reading.actors if s.speaker is not None and a.id == s.speaker.actor and a.role]
    told = next((m for x in same if (m := _SPOKES.match(reading.document.text, x.start, x.end))), None)
    told = told or next((m for r in roles if (m := _SPOKES.match(r))), None)
    if told is None or (found := speaker_of(known, reading.document.id, s)) is None or found.voice is not None:
        return None
    kind = name_key(told["body"])
    speakers = {x.speaker.name: x for x in reading.statements if x.speaker is not None and f" {kind} " in f" {name_key(x.speaker.name)} "}
    bodies = {b.actor: b for x in speakers.values() if (b := speaker_of(known, reading.document.id, x)) is not None and b.kind != "person"}
    return next(iter(bodies.values())) if kind and len(bodies) == 1 else None


def _is_known(found: Who | None) -> bool:
    return found is not None and (found.voice is not None or found.standing == "named")


def _of_actor(known: Known, actor: Actor) -> Who | None:
    found: Who | None = next(iter(known.facts.get(IDENTITY, {}).get(actor.id, ())), None)
    return found


def _voice(known: Known, actor: str | None) -> Voice:
    found: Voice = next(iter(known.facts.get(VOICES, {}).get(actor or "", ())), Voice())
    return found


def _outlet(reading: Reading, givers: Givers, origin: Origin, known: Known) -> Giver:
    """The outlet's own voice: the body whose page it is, the actor that the outlet is, else the origin."""
    body = givers.on_page()
    if body is not None and (found := _of_actor(known, body)) is not None and found.standing == "named":
        return Giver(
            reference=found.voice or found.actor,
            alias=origin[0],
            field=field_of(body.name),
            land=found.nation or "",
            called=stems(body.name),
        )
    outlet = _OFFICE.sub("", (reading.document.outlet or "").split(" (")[0])
    shown = outlet if name_key(_OFFICE.sub("", origin[1])) == name_key(outlet) or _is_short_for(origin[1], outlet) else ""
    actor = named(known, reading.document.id, origin[1])
    if actor is not None and actor.standing == "named":
        field, land = field_of(origin[1]), actor.nation or ""
        shown = "" if actor.kind == "person" else shown  # a person's own page goes by the person's name
        reference, own = actor.voice or actor.actor, actor.kind != "person" and not field
        return Giver(reference=reference, alias=origin[0], shown=shown, field=field, land=land, called=stems(origin[1]), own=own)
    return Giver(reference=origin[0], shown=shown, own=True)


def _is_short_for(name: str, outlet: str) -> bool:
    """Whether a name is an outlet's first words or its initials: "Norrel" or "NPA" of the Norrel Press Agency."""
    short, words = name_key(name), name_key(outlet).split()
    initials = "".join(w[0] for w in words)
    return bool(short) and len(words) > 1 and (f"{' '.join(words)} ".startswith(f"{short} ") or short.replace(" ", "") == initials)
