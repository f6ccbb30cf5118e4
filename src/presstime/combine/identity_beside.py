"""What a document writes beside a name → the name that is meant.

In: a reading. Out: for an actor whom the reading has by a description or for a voice, the name and kind that stand for
it: in apposition ("the operator, Delvan Rail"), as the body whose voice an unnamed spokesperson is, as the person whose
office it is; and what initials in brackets stand for ("Tamsin Water Board (TWB)").

Example: "a spokeswoman for the Lake Board" → "Lake Board".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from presstime.combine.bodies import has_head, initials, is_acronym, is_generic
from presstime.combine.identity_words import lists
from presstime.combine.names import is_named, name_key
from presstime.combine.people import fit, person_name
from presstime.records import Actor, ActorKind, Reading

__all__ = ["bracketed", "meant", "without_brackets"]

_NAME = r"[A-Z][\w’'&-]*(?:\s+(?:(?:of|for|de|des|du|and|the|van|von|bin|al)\s+){0,2}(?:(?:[A-Z]\.){2,}|[A-Z][\w’'&-]*)){0,6}"
_BRACKETS = re.compile(r"\s*\((?:the\s+)?(?P<short>[A-Z][A-Za-z.]{1,11})\)|, (?:or (?:the )?)?(?P<apposed>[A-Z][A-Za-z]{2,11}),")
_BEFORE = re.compile(r"(?P<name>" + _NAME + r")\s*$")
_APPOSED = re.compile(r"^[^,]{3,80},\s+(?:the\s+)?(?P<name>" + _NAME + r")$")
_BEHIND = re.compile(r",\s+(?P<name>" + _NAME + r")(?=,|\.\s|\.$|;)")
_HEAD_BEFORE = re.compile(r"(?P<head>[A-Z][a-z]+) (?:for|of) (?:the )?$")
_REST = re.compile(r"\s(?P<rest>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?),?\s(?:S\.?A\.?|Ltd|Inc|Corp|PLC|plc|AG|GmbH|LLC|N\.?V\.?)(?![\w])")
"""What stands between the beginning of a company's name and the letters that end it."""
_LONGEST = 80
"""Characters before brackets among which the name is looked for."""
_SHORTEST = 5
"""Letters that a short form must have that is made of letters of all the name: "Fedpas", not any word that happens to fit."""
_VOICE = r"(?:spokes(?:man|woman|person|people)|representatives?)"
_VOICE_OF = re.compile(
    r"^(?:(?:an?|the|one|another)\s+)?(?:[a-z-]+\s+){0,2}" + _VOICE + r"\s+(?:for|of|from|at)\s+(?:the\s+)?(?P<body>.+)$", re.I
)
_VOICE_BEHIND = re.compile(r"^(?:(?:an?|the|one|another)\s+)?(?P<body>.+?)(?:['’]s?)?\s+" + _VOICE + r"$", re.I)
_OFFICE_OF = re.compile(r"^(?:the\s+)?(?:press\s+)?office of (?P<who>[A-Z].+)$")
_OFFICE = re.compile(r"^(?P<who>[A-Z].+?)['’]s?\s+(?:press\s+)?office$")


def meant(reading: Reading, actor: Actor) -> tuple[str, ActorKind]:
    """The name and the kind of whoever an actor of a reading stands for; its own where nothing tells another."""
    name = without_brackets(actor.name)
    if (body := _voiced(name)) is not None and actor.kind != "government":
        return _apposed(reading, actor) or (body, "organisation")
    if actor.kind == "person":
        kind: ActorKind = "organisation" if name_key(name) in map(name_key, bracketed(reading)) else "person"
        if _is_description(name):
            apposed = _apposed(reading, actor)
            if apposed is not None:
                return apposed
        return name, kind
    if actor.kind == "organisation" and (person := _office_holder(reading, name)) is not None:
        return person, "person"
    organ = _organ_of(name)
    if organ is not None:
        return organ, "organisation"
    return (_whole(reading, actor, name) if actor.kind == "organisation" else name), actor.kind


def _whole(reading: Reading, actor: Actor, name: str) -> str:
    """A name with the head that stands before it: "Free Marsh" in "Front for the Free Marsh"."""
    if not actor.mentions or not name[:1].isupper():
        return name
    text, end = reading.document.text, actor.mentions[0].end
    behind = _REST.match(text, end) if text[:end].endswith(name) else None
    if behind is not None:
        return f"{name} {behind['rest']}"
    for longer in (*bracketed(reading), reading.document.outlet or ""):
        if longer.startswith(f"{name} ") and text.startswith(longer, actor.mentions[0].end - len(name)):
            return longer
    if has_head(name):
        return name
    at = actor.mentions[0].start
    match = _HEAD_BEFORE.search(reading.document.text, max(0, at - _LONGEST), at)
    return f"{match[0]}{name}" if match and name_key(match["head"]) in lists().heads else name


def without_brackets(name: str) -> str:
    """A name without initials in brackets: "Water Board (TWB) of Tamsin" → "Water Board of Tamsin"."""
    return " ".join(_BRACKETS.sub("", name).split()) or name


@lru_cache(maxsize=1_000)
def _in_brackets(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for match in _BRACKETS.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        short = match["short"] or match["apposed"]
        if before is None or (match["apposed"] and " of " not in before["name"] and not is_acronym(short)):
            continue
        words = re.sub(r"^The\s+", "", before["name"]).replace(".", "").split()
        names = (" ".join(words[n:]) for n in range(len(words)) if words[n][0].isupper())
        name = next((n for n in names if _abbreviates(short, n)), None)
        if name is not None:
            found.setdefault(name, short)
    return found


def bracketed(reading: Reading) -> Mapping[str, str]:
    """Names that a document follows with what they are shortened to ("Tamsin Water Board (TWB)"): the name → its short form."""
    return _in_brackets(reading.document.text)


def _abbreviates(short: str, name: str) -> bool:
    """Whether a short form is made of a name: of its initials, of its words' beginnings ("TeMi"), or of letters of all of it."""
    letters = re.sub(r"\W", "", short)
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w[0].isupper()]
    if len(words) < 2:
        return False
    if is_acronym(short) and letters.lower() in initials(name):
        return True
    runs = re.findall(r"[A-Z][a-z]*", letters)
    if len(runs) == len(words) and all(w.lower().startswith(r.lower()) for r, w in zip(runs, words, strict=True)):
        return True
    if len(letters) < _SHORTEST or letters[0].lower() != name[0].lower():
        return False
    rest = iter(re.sub(r"\W", "", name).lower())
    return letters.lower() not in name.lower().split() and all(c in rest for c in letters.lower())


def _is_description(name: str) -> bool:
    """Whether words only say what somebody is: "operator", "police chief of Tamsin county"."""
    first = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE).split(" of ")[0]
    return not is_named(first) or first[:1].islower() or bool(_VOICE_BEHIND.match(name))


def _apposed(reading: Reading, actor: Actor) -> tuple[str, ActorKind] | None:
    """The proper name beside a description, within what the reading takes for its mention or between commas behind."""
    text = reading.document.text
    for mention in actor.mentions[:2]:
        match = _APPOSED.match(text[mention.start : mention.end]) or _BEHIND.match(text, mention.end)
        if match is None:
            continue
        name = match["name"]
        known = next((a for a in reading.actors if a is not actor and name_key(a.name) == name_key(name)), None)
        if known is not None:
            return known.name, known.kind
        within = match.re is _APPOSED
        if has_head(name) or _last(actor.name) in lists().firms:
            return name, "organisation"
        if within and person_name(name).full and not is_generic(name):
            return name, "person"
    return None


def _last(name: str) -> str:
    return (name_key(re.split(r"\s+(?:of|for|in)\s+", name)[0]).split() or [""])[-1]


@lru_cache(maxsize=20_000)
def _voiced(name: str) -> str | None:
    """The body whose voice an unnamed spokesperson is."""
    match = _VOICE_OF.match(name) or _VOICE_BEHIND.match(name)
    if match is None:
        return None
    body = re.sub(r"^(?:the|his|her|its|their)\s+", "", match["body"])
    whole = " ".join(body.split())
    return whole if has_head(whole) or (is_named(whole) and whole[:1].isupper() and match.re is _VOICE_OF) else None


def _office_holder(reading: Reading, name: str) -> str | None:
    """The person of a personal office: "Minister Rin's office", not "the mayor's office"."""
    match = _OFFICE_OF.match(name) or _OFFICE.match(name)
    if match is None:
        return None
    who = match["who"]
    parts = person_name(who)
    if not parts.surname or parts.surname in lists().titles or parts.surname in lists().heads or is_generic(who):
        return None
    here = any(a.kind == "person" and fit(who, a.name) in ("same", "surname", "initial") for a in reading.actors)
    return who if here or (parts.titles and not parts.given) else None


@lru_cache(maxsize=20_000)
def _organ_of(name: str) -> str | None:
    """The body whose organ or whose people's voice a name is: "Command of the Lake Front", "organisers from the Lake League"."""
    match = re.match(r"^(?:the\s+)?(?P<organ>[A-Za-z-]+(?:\s[a-z]+)?)\s+(?:of|from|for|at)\s+(?:the\s+)?(?P<body>[A-Z].+)$", name)
    match = match or re.match(r"^(?P<body>[A-Z].+?)['’]s?\s+(?P<organ>[a-z-]+(?:\s[a-z]+)?)$", name)
    if match is None or name_key(match["organ"]) not in lists().organs:
        return None
    return match["body"] if has_head(match["body"]) or len(match["body"].split()) > 1 else None
