"""A statement → what is compared of it: what it says of whom, whether it asserts or denies, and whom it points at.

In: a reading and what is known of its actors. Out: a `Told` for every statement that asserts or denies something.

Example: "Keldany denied Maravel's claim that its guns had fired" → denies; of Maravel's (`owner`); of itself (`own`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from presstime.combine.claim_phrases import is_denying, is_denying_cue, is_pointer, is_unsure, number_of, pointers, points, units_of
from presstime.combine.claim_sides import called_of, keys_of, keys_of_words, name_keys, terms_called, voices_of
from presstime.combine.claim_words import Token, Unit, claim_list, is_idle_no, is_name, is_small, lemmas_of, negated_at, tokens, unit_of
from presstime.combine.claims_own import SENTENCE_END, outlet_of, stands_for_outlet
from presstime.combine.names import is_pronoun, name_key
from presstime.combine.stages import Known
from presstime.combine.who import IDENTITY, Who, named, speaker_of
from presstime.read.own_page import signature
from presstime.records import Act, Event, Place, Reading, Span, Statement

__all__ = ["ASSERTING", "FALSE", "NONE", "OURS", "THAT", "THEIRS", "Told", "told_in", "words_of"]

ASSERTING: frozenset[Act] = frozenset({"claim", "accusation", "confirmation", "condemnation", "concern", "warning"})
"""Acts that say that something is so."""
_PLAIN: frozenset[Act] = frozenset({"claim", "accusation", "confirmation"})
"""Of these, those that assert even where only the act is told ("accused Keldany of …")."""
_HARM = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
_AT = frozenset({"ACCUSE", "REQUEST"})
OURS, THEIRS, NONE, FALSE, THAT = 1, 2, 4, 8, 16
"""Ways of saying no: of what is ours ("no gun of ours"), of what is its own, of all ("nobody", "never"), by calling it false, and
of these by calling false what was just said ("that is a tale")."""
_OPENING = 8
"""Words at the beginning of a statement in which a "nobody" is the whole of it that is denied."""
_LOOK_BACK = 8
_LEADING_TO = claim_list("bodies") | {"of", "the", "by"}
"""Words between a claim and whose it is."""
_MOST_WORDS = 80
"""Words of a statement that are compared: what is longer is a speech."""


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What is compared of one statement.

    `role`: what it can be in a dispute. `voices` are the references under which its speaker is himself, `speaker` the keys
    of his side. `doers` are the keys of who is said to do it, `parties` those of all who are named. `owner` are the keys of
    those whose claims a denial says it answers. `hours` are its times, from and to, in ISO 8601. `pointing`: a denial that
    takes up a claim without telling all of it. `denying`: its cue or its words deny, so that the rest is what is denied.
    """

    role: Literal["claims", "denies"]
    document: str
    voices: tuple[str, ...]
    speaker: tuple[str, ...]
    units: tuple[Unit, ...]
    doers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    hours: tuple[str, str] | None = None
    accusing: bool = False
    pointing: bool = False
    denying: bool = False
    own: bool = False
    plain: bool = True
    """Whether it states something, and does not only judge, warn or worry."""
    called: tuple[int, ...] = ()
    """The terms of the words by which the speaker may be called without his name."""
    owner_called: tuple[int, ...] = ()
    before: str = ""
    """The statement of somebody else that stands before it in its document."""
    tone: int = 0
    """How it says no, as the sum of `OURS`, `THEIRS`, `NONE`, `FALSE` and `THAT`."""
    span: tuple[int, int] = (0, 0)
    """Where its words stand in the document."""


def words_of(reading: Reading, statement: Statement) -> str:
    """A statement's content as its document has it, parts joined by an ellipsis."""
    return " … ".join(" ".join(reading.document.text[c.start : c.end].split()) for c in statement.content)


def told_in(reading: Reading, known: Known, wanted: Container[str] | None = None) -> Iterator[tuple[str, int, Told]]:
    """The statements of a reading that assert or deny, or those `wanted`: id, where they begin, and what is compared of them."""
    look = _Look(reading, known)
    earlier: list[tuple[str, tuple[str, ...]]] = []
    for statement in sorted(reading.statements, key=_begins):
        found = look.statement(statement) if wanted is None or statement.id in wanted else None
        if found is not None:
            before = next((r for r, voices in reversed(earlier[-_LOOK_BACK:]) if not set(voices) & set(found.voices)), "")
            yield statement.id, _begins(statement), msgspec.structs.replace(found, before=before)
        if statement.speaker is not None and statement.content:
            earlier.append((statement.id, found.voices if found is not None else _voices(reading, known, statement)))


def _begins(statement: Statement) -> int:
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return min((s.start for s in spans), default=0)


class _Look:
    """One reading, with its places, times and names where they stand."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self.reading, self.known = reading, known
        self.text = reading.document.text
        self.events: dict[str, list[Event]] = {}
        for event in reading.events:
            if event.statement is not None:
                self.events.setdefault(event.statement, []).append(event)
        denials = {s.id for s in reading.statements if s.act == "denial"}
        self.telling = {s.reported_by for s in reading.statements if s.id in denials and s.reported_by and s.reported_by not in denials}
        """Statements that only tell of another's denial."""
        self.denials = {s.id: s for s in reading.statements if s.act == "denial"}
        self.outlet = outlet_of(reading)
        self.own_voices, self.own_keys = self._outlet()
        self.literal = [p for p in reading.places if p.use == "literal"]

    # ------------------------------------------------------------ statements

    def statement(self, s: Statement) -> Told | None:
        """A statement that asserts or denies; None for any other."""
        if s.speaker is None or not s.content or s.id in self.telling:
            return None
        denies = (s.act == "denial" or self._rejects(s)) and not self._denied_there(s)
        if not denies and (s.act not in ASSERTING or (s.form == "narrated" and s.act not in _PLAIN)):
            return None
        found = [t for c in s.content for t in tokens(self.text[c.start : c.end], c.start)][:_MOST_WORDS]
        if not denies and is_unsure(found):
            return None
        speaker = keys_of(self.reading, self.known, s.speaker)
        voices = _voices(self.reading, self.known, s)
        events = self.events.get(s.id, [])
        cue = self.text[s.cue.start : s.cue.end].lower() if s.cue else ""
        if self.outlet and stands_for_outlet(self.outlet, s.speaker.name):
            speaker, voices = speaker | self.own_keys, tuple(dict.fromkeys((*self.own_voices, *voices)))
        return self._told(
            "denies" if denies else "claims",
            found,
            s.content,
            speaker,
            voices,
            events,
            s.act == "accusation",
            cue,
            called_of(self.reading, s.speaker),
            denies or s.act in _PLAIN,
        )

    def _denied_there(self, s: Statement) -> bool:
        """Whether a statement stands in a denial as what that denies: "denied reports that …"."""
        outer = self.denials.get(s.reported_by or "")
        return outer is not None and s.id in outer.answers

    def _outlet(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """The voices and the keys of a body whose own document this is."""
        if not self.outlet:
            return (), frozenset()
        document = self.reading.document
        who = named(self.known, document.id, document.outlet) or named(self.known, document.id, self.outlet)
        keys = {f"o:{name_key(self.outlet)}"} | name_keys(self.outlet, self.known.world)
        if who is not None:
            keys |= {f"a:{who.actor}"} | ({f"n:{who.nation}"} if who.nation else set()) | ({f"a:{who.voice}"} if who.voice else set())
        voices = voices_of(who, self.outlet)
        signer = self._signer()
        if signer is not None and (signed := _known_by(self.known, signer)) is not None:
            keys.add(f"a:{signed.actor}")
            voices = tuple(dict.fromkeys((*voices, signed.actor)))
        return voices, frozenset(keys)

    def _signer(self) -> str | None:
        """The id of the actor whose name signs a body's own page."""
        start, end = signature(self.text)
        persons = [a for a in self.reading.actors if a.kind == "person"]
        return next((a.id for a in persons for m in a.mentions if m.start < end and start < m.end), None)

    def _rejects(self, s: Statement) -> bool:
        """Whether what was read as a refusal rejects what another has said: "rejects any suggestion that …"."""
        if s.act != "refusal" or s.cue is None:
            return False
        near = [t.low for t in tokens(self.text[s.cue.start : s.content[0].end])]
        verbs = {"reject", "dismiss", "rebut", "refute", "deny"}
        return any(f in verbs for t in near for f in lemmas_of(t)) and any(f in pointers() for t in near for f in lemmas_of(t))

    def _told(
        self,
        role: Literal["claims", "denies"],
        found: Sequence[Token],
        spans: Sequence[Span],
        speaker: frozenset[str],
        voices: tuple[str, ...],
        events: Sequence[Event],
        accusing: bool,
        cue: str,
        called: frozenset[int] = frozenset(),
        plain: bool = True,
    ) -> Told:
        denies = role == "denies"
        places = tuple(p for p in self.literal if any(c.start <= p.start < c.end for c in spans))
        sited = {i for i, t in enumerate(found) if any(p.start <= t.start < p.end for p in places)}
        times = [t for t in self.reading.times if any(c.start <= t.start < c.end for c in spans) and t.kind in ("date", "time")]
        timed = {i for i, t in enumerate(found) if any(x.start <= t.start < x.end for x in times)}
        named = [(i, keys) for i, keys in keys_of_words(found, self.known.world) if i not in sited]
        no = negated_at(found)
        owner_at, owner = self._owner(found, named, speaker) if denies else (frozenset(), frozenset())
        tone = _tone(found)
        pointing = denies and points(found)
        denying = denies and (is_denying_cue(cue) or any(is_denying(t.low) for t in found) or not no)
        units = units_of(found, no, timed, owner_at, denies)
        deed = next((i for i, t in enumerate(found) if not is_name(t) and (u := unit_of(t.low, False)) is not None and len(u) > 3), None)
        doers = self._doers(found, named, events, speaker, deed)
        parties = set().union(*(keys for _, keys in named)) | doers | self._mentioned(spans)
        for event in events:
            for one in (event.recipient, event.actor) if event.type in _HARM else (event.recipient,) if event.type in _AT else ():
                parties |= keys_of(self.reading, self.known, one)
        hours = [t for t in times if t.from_ and t.to and t.kind in ("time", "date") and len(t.value) >= 10]
        own = denies and any(t.low in claim_list("own") for t in found)
        own = own or (denies and bool(found) and found[0].low.endswith("ing"))
        beside = self._beside(spans) if denies and not places else ()
        return Told(
            role=role,
            document=self.reading.document.id,
            voices=voices,
            speaker=tuple(sorted(speaker)),
            units=units,
            doers=tuple(sorted(doers)),
            parties=tuple(sorted(parties - speaker)) if not denies else tuple(sorted(parties)),
            places=tuple(sorted({_place_key(p) for p in places})),
            towns=tuple(sorted({_place_key(p) for p in places if not _is_large(p)})),
            beside=beside,
            owner=tuple(sorted(owner)),
            numbers=tuple(sorted({str(n) for i, t in enumerate(found) if i not in timed and (n := number_of(t)) is not None})),
            hours=(hours[0].from_ or "", hours[0].to or "") if hours else None,
            accusing=accusing,
            pointing=pointing,
            denying=denying,
            own=own,
            plain=plain and not _supposes(found),
            called=tuple(sorted(called)),
            owner_called=tuple(sorted(self._called_owner(found))) if denies and not owner else (),
            tone=tone,
            span=(min(c.start for c in spans), max(c.end for c in spans)),
        )

    # ------------------------------------------------------------ who, where

    def _doers(
        self,
        found: Sequence[Token],
        named: Sequence[tuple[int, frozenset[str]]],
        events: Sequence[Event],
        speaker: frozenset[str],
        deed: int | None,
    ) -> frozenset[str]:
        """The keys of who is said to have done it: an event's actor, else the names before the verb, or behind "by"."""
        for event in events:
            if event.type in _HARM and event.actor is not None:
                if is_pronoun(event.actor.name) and event.actor.actor is None:
                    return speaker
                keys = keys_of(self.reading, self.known, event.actor)
                if keys:
                    return keys
        of = next((i for i, t in enumerate(found[:-1]) if t.low == "of" and found[i + 1].low.endswith("ing")), None)
        if of is not None:
            return frozenset().union(*(keys for i, keys in named if i < of))
        if deed is None:
            return frozenset()
        behind = [i for i, t in enumerate(found) if i > deed and t.low in claim_list("by")]
        passive = any(t.low in claim_list("be") for t in found[max(0, deed - 2) : deed])
        if passive or (behind and not any(i < deed for i, _ in named)):
            first = next(iter(behind), None)
            return next((keys for i, keys in named if first is not None and first < i <= first + 4), frozenset())
        if found and found[0].low in ("we", "it", "our", "its", "i", "they") and deed < 6:
            return speaker
        return frozenset().union(*(keys for i, keys in named if i < deed))

    def _mentioned(self, spans: Sequence[Span]) -> set[str]:
        """The keys of the actors that are mentioned in some words."""
        keys: set[str] = set()
        for actor in self.reading.actors:
            if any(c.start <= m.start < c.end for m in actor.mentions for c in spans):
                known = self.known.facts.get("identity", {}).get(actor.id)
                keys |= {f"a:{known[0].actor}"} if known else set()
                keys |= {f"n:{known[0].nation}"} if known and known[0].nation else set()
        return keys

    def _owner(
        self, found: Sequence[Token], named: Sequence[tuple[int, frozenset[str]]], speaker: frozenset[str]
    ) -> tuple[frozenset[int], frozenset[str]]:
        """Whose claims a denial answers, where it says so: "Velmor's claims", "the accusation made by Velmor", "what Velmor said"."""
        for i, keys in named:
            if keys & speaker:
                continue
            before = found[i - 1].low if i else ""
            before = found[i - 2].low if before in ("the", "a") and i > 1 else before
            after = [t.low for t in found[i + 1 : i + 5]]
            first = i
            while first and found[first - 1].low in _LEADING_TO:  # "the version of the Defence Ministry of Velmor"
                first -= 1
            pointer_before = any(is_pointer(t.low) for t in found[max(0, min(i - 4, first - 1)) : i])
            pointer_after = any(is_pointer(t) for t in after[:3])
            text = self.text[found[i].start : found[i].start + len(found[i].surface) + 2]
            possessive = re.search(r"[’']s?\b", text[len(found[i].surface) - 2 :]) is not None or text.endswith(("’", "'"))
            if (before in ("by", "from", "of") and pointer_before) or (pointer_after and (possessive or before in ("", "by"))):
                return frozenset(range(i, i + 1)), keys
            if before == "what" and any(t in ("said", "says", "told", "claimed", "called", "had", "has") for t in after):
                return frozenset(range(i, i + 1)), keys
        return frozenset(), frozenset()

    def _called_owner(self, found: Sequence[Token]) -> set[int]:
        """Whose claims a denial answers, where he is not named: "the observers’ criticism", "the claims of the union"."""
        terms: set[int] = set()
        for i, token in enumerate(found):
            if is_name(token) or is_small(token.low):
                continue
            behind = self.text[token.start + len(token.surface) : token.start + len(token.surface) + 2]
            possessive = behind[:1] in ("'", "’") and any(is_pointer(t.low) for t in found[i + 1 : i + 4])
            of = i > 1 and any(is_pointer(t.low) for t in found[max(0, i - 4) : i]) and "by" in (found[i - 1].low, found[i - 2].low)
            if possessive or of:
                terms |= terms_called(token.low)
        return terms

    def _sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a place of the text."""
        start = max((m.end() for m in SENTENCE_END.finditer(self.text, max(0, at - 600), at)), default=max(0, at - 600))
        end = SENTENCE_END.search(self.text, at)
        return start, end.end() if end else min(len(self.text), at + 600)

    def _beside(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """The places in the sentences in which a denial stands, where its own words name none."""
        start, end = self._sentence(spans[0].start)[0], self._sentence(spans[-1].start)[1]
        return tuple(sorted({_place_key(p) for p in self.literal if start <= p.start < end}))


def _supposes(found: Sequence[Token]) -> bool:
    """Whether words tell what may be: "if the road is not opened …"; "if I had been warned" says that I was not."""
    low = [t.low for t in found[:_OPENING] if t.surface[0].isalnum()]
    return low[:1] == ["if"] and "had" not in low


def _tone(found: Sequence[Token]) -> int:
    """How words say no."""
    low = [t.low for i, t in enumerate(found) if (t.surface[0].isalnum() or t.low == "n't") and not is_idle_no(found, i)]
    no = any(w in claim_list("no") for w in low)
    ours, theirs = any(w in claim_list("ours") for w in low), any(w in claim_list("own") for w in low)
    not_one = any(w == "not" and after in claim_list("not_one") for w, after in pairwise(low[: _OPENING + 1]))
    none, false = not_one or any(w in claim_list("none") for w in low[:_OPENING]), any(w in claim_list("falsehoods") for w in low)
    that = false and bool(low) and low[0] in claim_list("taking_up")
    return OURS * (no and ours) + THEIRS * (no and theirs and not ours) + NONE * none + FALSE * false + THAT * that


def _place_key(place: Place) -> str:
    """A place by its name without what kind of place it is: "Osk" and "Osk province" are near enough."""
    words = [w for w in name_key(place.name).split() if w not in claim_list("large")]
    return " ".join(words) or name_key(place.name)


def _is_large(place: Place) -> bool:
    return place.precision in ("region", "country", "area", "district") or bool(set(name_key(place.name).split()) & claim_list("large"))


def _known_by(known: Known, record: str) -> Who | None:
    """Whom an actor of a reading stands for."""
    found = known.facts.get(IDENTITY, {}).get(record)
    return found[0] if found else None


def _voices(reading: Reading, known: Known, statement: Statement) -> tuple[str, ...]:
    assert statement.speaker is not None
    return voices_of(speaker_of(known, reading.document.id, statement), statement.speaker.name)
