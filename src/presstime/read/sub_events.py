"""An event → ACLED's sub-event, where one fits.

In come the event's type and mode, the words of its trigger, means and participants as base forms; out goes one of
ACLED's published sub-event names, or None where the words do not tell. Weapons decide before parties: whatever was
done with shells is shelling, whoever did it to whom. Which side did it never matters, only what kind of party it was.

Example: ASSAULT at "shelled" with the recipient "the port" → "Shelling/artillery/missile attack".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import words
from presstime.records import EventType

__all__ = ["Told", "parties", "sub_event"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event's words as base forms: of its trigger, its means, who did it, to whom, and of its clause."""

    trigger: frozenset[str]
    means: tuple[str, ...]
    actor: frozenset[str]
    recipient: frozenset[str]
    clause: frozenset[str]


@cache
def parties() -> dict[str, frozenset[str]]:
    """Kinds of actors and their nouns."""
    return {kind: frozenset(text.split()) for kind, text in words("event_parties").items()}


@cache
def _known() -> dict[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in words("event_sub_events").items()}


def sub_event(kind: EventType, mode: str | None, told: Told) -> str | None:
    """The sub-event's name, by the kind of deed; None where no sub-event fits."""
    if kind == "ASSAULT":
        return _assault(mode, told)
    if kind == "COERCE":
        return _coerced(mode, told)
    if kind == "PROTEST":
        return _protest(mode, told)
    known = _known()
    deed = told.trigger | set(told.means)
    if kind in ("RETREAT", "AGREE", "SUPPORT", "CONCEDE", "COOPERATE"):
        return _settled(kind, mode, told)
    if kind == "MOBILIZE":
        if told.clause & known["base"] and told.trigger & known["establish"]:
            return "Headquarters or base established"
        return "Change to group/activity" if deed & known["forces"] or told.recipient & (known["forces"] | parties()["armed"]) else None
    return None


def _assault(mode: str | None, told: Told) -> str | None:
    known, who = _known(), parties()
    deed = told.trigger | set(told.means)
    against_crowd = bool(told.recipient & who["protester"])
    if mode == "sexual" or deed & known["sexual"]:
        return "Sexual violence"
    if deed & known["abducting"]:
        return "Abduction/forced disappearance"
    if told.clause & known["disrupted"] and deed & (known["remote"] | known["air"] | known["shelling"]):
        return "Disrupted weapons use"
    if against_crowd and told.actor & (who["state"] | who["armed"]):
        return "Protest with intervention" if deed & known["mild"] else "Excessive force against protesters"
    if "down" in told.trigger and told.recipient & known["air"]:
        return "Disrupted weapons use" if told.recipient & known["unmanned"] else "Armed clash"
    if mode == "crowd-control" or deed >= {"tear", "gas"} or deed & known["riot_gear"]:
        return "Protest with intervention"
    weapon = _by_weapon(told)
    if weapon is not None:
        return weapon
    if told.actor & who["protester"] and not told.actor & who["armed"]:
        return "Violent demonstration"
    if deed & known["mobbing"] or (told.actor & who["crowd"] and not told.actor & who["armed"]):
        return "Looting/property destruction" if deed & known["looting"] and not told.recipient & known["people"] else "Mob violence"
    if deed & known["bombs"]:
        from_above = "bomb" in told.trigger and bool(told.actor) and not told.actor & who["non_state"]
        return "Air/drone strike" if from_above else "Remote explosive/landmine/IED"
    if mode in _BY_MODE and not told.means:
        return _BY_MODE[mode]
    if deed & known["taking"]:
        return _taken(told)
    unarmed = bool(told.actor & who["civilian"]) and not told.actor & (who["armed"] | who["state"] | who["non_state"])
    fought_back = not unarmed and bool(told.recipient & (who["armed"] | who["state"] | who["non_state"]))
    if deed & known["clashing"] or (fought_back and not told.recipient & known["unarmed"]):
        return "Armed clash"
    if deed & known["looting"]:
        return "Looting/property destruction"
    if deed & known["war"] and not told.recipient & who["civilian"]:
        return "Armed clash" if deed & known["combat"] else None
    return "Attack"


_FIRST = (("chemical", "Chemical weapon"), ("suicide", "Suicide bomb"), ("grenade", "Grenade"))
_REMOTE = (
    ("air", "Air/drone strike"),
    ("remote", "Remote explosive/landmine/IED"),
    ("shelling", "Shelling/artillery/missile attack"),
)


_BY_MODE = {
    "aerial": "Air/drone strike",
    "heavy-weapons": "Shelling/artillery/missile attack",
    "explosives": "Remote explosive/landmine/IED",
    "suicide-attack": "Suicide bomb",
}


def _by_weapon(told: Told) -> str | None:
    """What the weapon says, the first named of several; a carrier that does it ("warplanes") says it where no weapon does."""
    known = _known()
    deed = told.trigger | set(told.means)
    for name, label in _FIRST:
        if deed & known[name] or (name == "suicide" and told.actor & known[name]):
            return label
    found = next((label for word in told.means for name, label in _REMOTE if word in known[name]), None)
    if found is not None:
        return found
    for words_ in (told.trigger, told.actor):
        for name, label in _REMOTE:
            if words_ & known[name] and (name != "remote" or words_ is told.trigger):
                return label
    return None


def _taken(told: Told) -> str | None:
    """Territory taken by fighting: by a government's forces, or by others."""
    known, who = _known(), parties()
    rebels = bool(told.actor & who["non_state"])
    government = bool(told.actor & who["state"]) or bool(told.actor & who["armed"] and told.trigger & known["retaking"])
    if rebels:
        return "Non-state actor overtakes territory"
    if government or told.trigger & known["retaking"]:
        return "Government regains territory"
    return None


def _coerced(mode: str | None, told: Told) -> str | None:
    known, who = _known(), parties()
    deed = told.trigger
    intervened = bool(told.recipient & who["protester"])
    if mode == "abduct" or deed & known["abducting"]:
        return "Abduction/forced disappearance"
    if intervened and not told.actor & who["non_state"]:
        return "Protest with intervention"
    if mode == "crowd-control" or deed & known["riot_gear"]:
        return "Protest with intervention"
    if mode == "arrest" or deed & known["arresting"]:
        return "Arrests"
    if deed & known["looting"]:
        return "Looting/property destruction"
    if told.recipient & known["arms"] and deed & (known["taking"] | known["seizing"]):
        return "Disrupted weapons use"
    if deed & known["taking"]:
        if told.recipient & (known["people"] | known["goods"]):
            return None
        return "Non-violent transfer of territory" if told.clause & known["peacefully"] else _taken(told)
    if mode in ("restrict", "deport"):
        return "Other"
    return None


def _protest(mode: str | None, told: Told) -> str | None:
    known, who = _known(), parties()
    if mode in ("strike", "hunger", "boycott"):
        return None
    if told.trigger & known["looting"] and told.actor & (who["armed"] | who["non_state"]):
        return "Looting/property destruction"
    forces = told.clause & who["state"]
    if mode == "riot" or told.clause & known["rioting"]:
        return "Violent demonstration"
    if forces and told.clause & known["deadly"]:
        return "Excessive force against protesters"
    if forces and told.clause & (known["mild"] | known["arresting"] | known["dispersing"]):
        return "Protest with intervention"
    return "Peaceful protest"


def _settled(kind: EventType, mode: str | None, told: Told) -> str | None:
    """What ends or eases a conflict: agreements between armed parties, land handed over, fighters who give up."""
    known = _known()
    deed = told.trigger
    peace = told.clause & known["peace"]
    if deed & known["agreeing"] and (peace or kind == "RETREAT"):
        return "Agreement"
    if kind == "RETREAT":
        if deed & known["handing"] and told.clause & known["land"]:
            return "Non-violent transfer of territory"
        if mode == "ceasefire":
            return "Agreement"
        return "Change to group/activity" if mode in ("withdraw", "disarm", "surrender") else None
    if kind == "COOPERATE":
        return "Agreement" if deed & known["exchanging"] and told.clause & known["captives"] else None
    return None
