"""A document's sentences → its events: what was done, by a PLOVER 2.0 type, by whom, to whom, where, when, with what.

In come the sentences and the statements, places, times and actors found before; out go `Event`s in the order of
the text. An event is triggered by a verb (alone, or with an object its frame asks for) or by a noun that names one.
What is asked, threatened or agreed is the asking, threatening or agreeing, not the deed asked for. Modules of their own
say who took part, with what, where and when, how it is told, whether it is past, and which tellings are of one event.

Example: "Rebels shelled the port on Monday." → ASSAULT at "shelled", actor "Rebels", recipient "the port".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from msgspec.structs import replace as struct_replace

from presstime.ids import record_id
from presstime.read.event_givers import LOOKED_BACK, Account, carried_on
from presstime.read.figure_scope import PAST_DAYS, read_day
from presstime.read.lemmas import lemma
from presstime.read.means import find_means, is_means, is_munition
from presstime.read.nearby import touching
from presstime.read.participants import participants
from presstime.read.past import is_past
from presstime.read.same_event import Telling, disputed, kin, merged
from presstime.read.setting import not_carried, own_place, own_time
from presstime.read.standing import standing_of
from presstime.read.standing_attribution import points_back
from presstime.read.standing_marks import standing_words
from presstime.read.sub_events import Told, parties, sub_event
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.read.triggers import VERBAL, Trigger, find_triggers
from presstime.records import Actor, Event, Participant, Place, Span, Standing, Statement, Time, Unattributed

__all__ = ["find_events"]

LONGEST_PHRASE = 12
"""Words a participant's phrase may have before it is cut to its core."""
SENTENCES_ON = 2
"""How many sentences of a paragraph a day told goes on for."""
DAYS_THAT_OUTWEIGH = 3
"""How often a day far from the day of publication must be named for the document to tell of it."""

Actors = Mapping[tuple[int, int], Actor] | Sequence[Actor]
_FIRST_PERSON = frozenset({"i", "we", "us", "our", "me"})
_OF_SPEAKER = _FIRST_PERSON | {"it", "he", "she"}
_TAKING_UP = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


def find_events(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    places: Sequence[Place],
    times: Sequence[Time],
    actors_at: Actors,
    unattributed: Sequence[Unattributed] = (),
    published: str | None = None,
) -> tuple[Event, ...]:
    """Every event of a document, in order. `actors_at` are its actors, or its actors by the span of a mention;
    `unattributed` the quoted words of nobody known, `published` the day of publication."""
    cues_near = touching(statements, lambda s: [(s.cue.start, s.cue.end)] if s.cue is not None else [])
    statements_near = touching(statements, lambda s: [(c.start, c.end) for c in s.content])
    places_near = touching(places, lambda p: [(p.start, p.end)])
    times_near = touching(times, lambda t: [(t.start, t.end)])
    mentions_near = touching(_mentions(actors_at), lambda m: [(m[0], m[1])])
    quotes_near = touching(unattributed, lambda u: [(u.start, u.end)])
    days = _days(times, statements, published)
    account = Account()
    found: dict[str, Telling] = {}
    latest: list[Telling] = []
    for number, sentence in enumerate(sentences):
        new_paragraph = "\n" in text[sentences[number - 1].end if number else 0 : sentence.start]
        if latest and latest[-1].sentence == number - 1 and not new_paragraph and points_back(sentence):
            giver = next((s.id for s in cues_near(sentence.start, sentence.end)), None)
            _given(found, [t for t in latest if t.sentence == number - 1], giver)
        listed = account.holds(sentence, new_paragraph, next((s.id for s in cues_near(sentence.start, sentence.end)), None))
        triggers = find_triggers(sentence)
        if not triggers:
            days.passed(text, sentence, times_near(sentence.start, sentence.end))
            continue
        start, end = sentence.start, sentence.end
        near = _Near(
            cues=cues_near(start, end),
            statements=statements_near(start, end),
            places=[p for p in places_near(start, end) if start <= p.start and p.end <= end and p.use == "literal"],
            times=[
                t
                for t in times_near(start, end)
                if start <= t.start and t.end <= end and (t.kind in ("date", "time") or t.from_ is not None)
            ],
            mentions=[m for m in mentions_near(start, end) if start <= m[0] and m[1] <= end],
            quotes=[Span(start=u.start, end=u.end) for u in quotes_near(start, end)],
        )
        dated = {w for t in near.times for w in range(len(sentence)) if t.start <= sentence.starts[w] < t.end}
        days.begun(text, sentence)
        at_word: dict[int, Event] = {}
        for trigger in triggers:
            event, own = _event(document_id, text, sentence, trigger, near, dated, days)
            at_word[trigger.word] = event
            told = _telling(sentence, number, trigger, event, own)
            claim = carried_on(told, sentence, _clause(sentence, trigger.word), latest, new_paragraph)
            if claim is not None:
                event = at_word[trigger.word] = struct_replace(event, standing="claimed", statement=claim.event.statement)
                told = replace(told, event=event)
            found.setdefault(event.id, told)
        if listed:
            _given(found, [found[e.id] for e in at_word.values()], account.statement)
        for word, event in at_word.items():
            whole = _deed_above(sentence, word)
            if whole is not None and whole not in at_word and is_munition(sentence, whole):  # "fired the missile that hit the port"
                whole = sentence.heads[whole]
            if whole in at_word and at_word[whole].type == event.type and event.type not in VERBAL:
                found[event.id] = replace(found[event.id], part_of=at_word[whole].id)
        latest = [*latest, *(found[e.id] for e in at_word.values())][-LOOKED_BACK:]
        days.passed(text, sentence, near.times)
    tellings = sorted(found.values(), key=lambda t: (t.event.start, t.event.end))
    events = merged(tellings, {p.id: p for p in places}, {t.id: t for t in times}, statements)
    return tuple(disputed(events, statements))


def _given(found: dict[str, Telling], tellings: Sequence[Telling], statement: str | None) -> None:
    """Tellings of the outlet's that the next sentence gives to somebody: "That is according to the army." """
    for told in tellings:
        if told.event.standing == "reported" and told.event.type not in VERBAL:
            found[told.event.id] = replace(told, event=struct_replace(told.event, standing="claimed", statement=statement))


@dataclass(frozen=True, slots=True)
class _Near:
    """What was found before in one sentence."""

    cues: list[Statement]
    statements: list[Statement]
    places: list[Place]
    times: list[Time]
    mentions: list[tuple[int, int, str]]
    quotes: list[Span]


@dataclass(slots=True)
class _Days:
    """The day a document tells of, and the day the paragraph tells of where it names one."""

    anchor: date | None
    day: Time | None
    going_on: Time | None = None
    left: int = 0
    behind: int = 0
    said: Set[str] = field(default_factory=frozenset)

    def begun(self, text: str, sentence: Sentence) -> None:
        """A sentence begins: a new paragraph tells of the document's day again."""
        if self.left <= 0 or "\n" in text[self.behind : sentence.start]:
            self.going_on = None

    def passed(self, text: str, sentence: Sentence, times: Sequence[Time]) -> None:
        """A sentence ends: the last day it names goes on for the next."""
        self.begun(text, sentence)
        named = [t for t in times if _is_day(t) and t.id not in self.said]
        self.going_on, self.left = (named[-1], SENTENCES_ON) if named else (self.going_on, self.left - 1)
        self.behind = sentence.end


def _is_day(time: Time) -> bool:
    return time.from_ is not None and time.kind in ("date", "time") and re.match(r"\d{4}-\d{2}-\d{2}", time.value) is not None


def _days(times: Sequence[Time], statements: Sequence[Statement], published: str | None) -> _Days:
    """The day a document tells of: the day its times name most often, unless it was published long after and the day is
    named by the way; times that date a saying, which stand beside its cue, count only where no others are."""
    held = touching(statements, lambda s: [(c.start, c.end) for c in s.content])
    saying = touching(statements, lambda s: [(s.cue.start, s.cue.end)] if s.cue is not None else [])
    said = {
        t.id for t in times if saying(t.start - 1, t.end + 1) and _beside_cue(t, saying(t.start - 40, t.end + 40)) and not _inside(t, held)
    }
    dated = [t for t in times if _is_day(t)]
    events = [t for t in dated if t.id not in said] or dated
    counted = Counter((t.from_ or "")[:10] for t in events).most_common(1)
    out = read_day(published[:10]) if published else None
    if not counted:
        return _Days(anchor=out, day=None, said=said)
    day, often = read_day(counted[0][0]), counted[0][1]
    if out is not None and day is not None and often < DAYS_THAT_OUTWEIGH and day < out - timedelta(days=PAST_DAYS):
        return _Days(anchor=out, day=None, said=said)
    first = next(t for t in events if (t.from_ or "")[:10] == counted[0][0])
    return _Days(anchor=day, day=None if first.id in said else first, said=said)


def _beside_cue(time: Time, statements: Sequence[Statement]) -> bool:
    """Whether a time directly follows or goes before a cue: "said on Monday"."""
    return any(s.cue is not None and (0 <= time.start - s.cue.end <= 4 or 0 <= s.cue.start - time.end <= 2) for s in statements)


def _inside(time: Time, held: Callable[[int, int], Sequence[Statement]]) -> bool:
    return any(c.start <= time.start and time.end <= c.end for s in held(time.start, time.end) for c in s.content)


def _mentions(actors_at: Actors) -> list[tuple[int, int, str]]:
    if isinstance(actors_at, Mapping):
        return sorted((start, end, actor.id) for (start, end), actor in actors_at.items())
    return sorted((m.start, m.end, actor.id) for actor in actors_at for m in actor.mentions)


def _event(
    document_id: str, text: str, sentence: Sentence, trigger: Trigger, near: _Near, dated: Set[int], days: _Days
) -> tuple[Event, bool]:
    """A trigger's event, and whether its sentence dates it. `dated` are the words of times, which take part in nothing."""
    start, end = sentence.starts[min(trigger.words)], sentence.ends[max(trigger.words)]
    cue = next((s for s in near.cues if s.cue is not None and s.cue.start < end and start < s.cue.end), None)
    if cue is not None and any(c.start <= start and end <= c.end for c in cue.content):
        cue = None
    held = _holding(start, end, near.statements)
    if cue is not None and trigger.type in VERBAL:
        held = None
    actor, recipient = participants(sentence, trigger, dated)
    doer = _participant(text, sentence, actor, near.mentions, held, recipient, doing=True)
    demanded = trigger.spoken and trigger.type == "REQUEST"
    if demanded and held is not None and held.speaker is not None:
        speaker = held.speaker
        doer = Participant(start=speaker.start, end=speaker.end, name=text[speaker.start : speaker.end], actor=speaker.actor)
    quoted = any(q.start <= start and end <= q.end for q in near.quotes)
    standing = standing_of(text, sentence, trigger, held, quoted)
    if trigger.spoken and standing != "hypothetical":
        standing = _standing_when_spoken(trigger, held, doer)
    place = None if trigger.type in VERBAL else own_place(sentence, trigger.word, actor, recipient, near.places, held)
    time, in_clause = own_time(sentence, trigger.word, actor, near.times, held)
    if trigger.type in VERBAL and not in_clause:
        time = None
    clause = _clause(sentence, trigger.word)
    since = time is not None and text[max(0, time.start - 7) : time.start].lower().rstrip().endswith("since")
    past = is_past(sentence, trigger.word, trigger.words, clause, None if since else time, days.anchor)
    means = find_means(text, sentence, trigger) if trigger.type in ("ASSAULT", "COERCE", "MOBILIZE") else None
    target = _participant(text, sentence, recipient, near.mentions, held, actor)
    mode = trigger.mode
    statement = cue if cue is not None and held is None else held
    dates = time
    if time is None and not past and trigger.type not in VERBAL and standing in ("reported", "claimed", "denied"):
        habits = {sentence.words[w].lower() for w in clause} & (standing_words()["verb.habitual"] | {"since"})
        dates = None if habits else days.going_on or days.day
        dates = None if dates is None or not_carried(sentence, trigger.word, near.times, dates) else dates
    told = Told(
        trigger=_forms(sentence, trigger.words) | _forms(sentence, children(sentence, trigger.word, "compound", "amod", "compound:prt")),
        means=tuple(w for word in (means or "").lower().replace(",", " ").split() for w in (word, lemma(word, "NNS"), *word.split("-"))),
        actor=_party(sentence, actor),
        recipient=_party(sentence, recipient),
        clause=_forms(sentence, range(len(sentence))),
    )
    event = Event(
        id=record_id("event", document_id, (start, end)),
        start=start,
        end=end,
        type=trigger.type,
        mode=mode,
        actor=doer,
        recipient=target,
        place=place.id if place is not None else None,
        time=dates.id if dates is not None else None,
        means=means,
        scope="past" if past else "event",
        standing=standing,
        statement=statement.id if statement is not None else None,
        sub_event=sub_event(trigger.type, mode, told),
        confidence=trigger.confidence,
    )
    return event, time is not None and in_clause is not None


def _standing_when_spoken(trigger: Trigger, held: Statement | None, doer: Participant | None) -> Standing:
    """How a demand, a refusal, a promise or a threat stands that is made by saying it: as made where whoever says it makes
    it; what is said of another's is only claimed, and what will be done is planned."""
    if held is None or trigger.type == "REQUEST":
        return "reported"
    if trigger.type in ("AGREE", "THREATEN"):
        return "planned"
    speaker = held.speaker.actor if held.speaker is not None else None
    own = doer is None or doer.name.lower() in _OF_SPEAKER or (speaker is not None and doer.actor == speaker)
    return "reported" if own else "claimed"


def _forms(sentence: Sentence, words: Sequence[int] | range) -> frozenset[str]:
    return frozenset(f for w in words for f in (sentence.lemmas[w], sentence.words[w].lower()))


def _party(sentence: Sentence, word: int | None) -> frozenset[str]:
    """The base forms of who takes part: the head, what is joined to it and what it is made with or of."""
    if word is None:
        return frozenset()
    near = [word, *children(sentence, word, "compound", "amod", "conj", "flat", "nmod")]
    near += [c for w in near[1:] for c in children(sentence, w, "compound")]
    return _forms(sentence, near) | frozenset(lemma(sentence.words[w].lower(), "NNS") for w in near)


def _telling(sentence: Sentence, number: int, trigger: Trigger, event: Event, own: bool) -> Telling:
    word = trigger.word
    nominal = sentence.universal[word] in ("NOUN", "PROPN")
    nouns = [w for w in trigger.words if sentence.universal[w] in ("NOUN", "PROPN")]
    beside = {sentence.words[c].lower() for w in (word, *nouns) for c in children(sentence, w, "det", "amod", "nmod:poss", "advmod")}
    return Telling(
        event=event,
        sentence=number,
        lemma=sentence.lemmas[_naming(sentence, word, nouns)],
        taking_up=nominal and bool(beside & _TAKING_UP),
        another=bool(beside & kin().another),
        dated=own,
    )


def _naming(sentence: Sentence, word: int, nouns: Sequence[int]) -> int:
    """Which of a trigger's words names the deed: the verb, or the noun of a verb that says little ("launched an offensive")."""
    if sentence.lemmas[word] in kin().groups or not nouns:
        return word
    return next((w for w in nouns if sentence.lemmas[w] in kin().groups), nouns[-1])


def _deed_above(sentence: Sentence, word: int) -> int | None:
    """The word that tells the same deed as another in its sentence: "violated the truce by shelling …", "fighting broke
    out", "came under attack"."""
    head, kind = sentence.heads[word], base(sentence.relations[word])
    if head < 0:
        return None
    marks = {sentence.words[c].lower() for c in children(sentence, word, "mark", "case")}
    by = kind == "advcl" and sentence.fine[word] == "VBG" and "by" in marks
    noun = sentence.universal[word] in ("NOUN", "PROPN") and sentence.universal[head] == "VERB"
    light = kind in ("obj", "obl") and sentence.lemmas[head] in kin().light
    result = sentence.relations[word] == "acl:relcl" and any(
        sentence.words[w].lower() in ("which", "that") for w in subjects(sentence, word)
    )
    # "shelled the town, killing two"
    outcome = kind == "advcl" and sentence.fine[word] == "VBG" and sentence.lemmas[word] in parties()["outcome"]
    return head if by or result or outcome or (noun and (kind == "nsubj" or light)) else None


def _holding(start: int, end: int, statements: Sequence[Statement]) -> Statement | None:
    """The smallest statement whose content holds the span; of two alike the later one, which is told within the other."""
    held = [s for s in statements if any(c.start <= start and end <= c.end for c in s.content)]
    return min(reversed(held), key=lambda s: sum(c.end - c.start for c in s.content)) if held else None


def _clause(sentence: Sentence, word: int) -> list[int]:
    top = word
    while sentence.universal[top] != "VERB" and sentence.heads[top] >= 0:
        top = sentence.heads[top]
    return subtree(sentence, top, children(sentence, top, "ccomp", "parataxis"))


def _is_whereabouts(sentence: Sentence, word: int) -> bool:
    return any(sentence.words[c].lower() in ("in", "at", "near", "outside", "inside", "around") for c in children(sentence, word, "case"))


def _is_speaker(held: Statement | None) -> bool:
    """Whether "it" in a statement is whoever says it: "the army said it had shelled the port"."""
    return held is not None and held.speaker is not None and held.speaker.actor is not None and held.form == "indirect"


def _participant(
    text: str,
    sentence: Sentence,
    word: int | None,
    mentions: Sequence[tuple[int, int, str]],
    held: Statement | None,
    other: int | None,
    doing: bool = False,
) -> Participant | None:
    if word is None or sentence.words[word].lower() in ("what", "there", "its", "which", "that", "who"):
        return None
    if sentence.words[word].lower() == "it" and not _is_speaker(held):
        return None
    dropped = children(sentence, word, "acl", "appos", "punct", "case", "parataxis", "advcl")
    if children(sentence, word, "cop"):  # "the place is a village that …": the village alone
        dropped += children(sentence, word, "nsubj", "cop", "aux", "mark", "advmod", "obl")
    dropped += [c for c in children(sentence, word, "nmod") if is_means(sentence, c) or (doing and _is_whereabouts(sentence, c))]
    if other is not None and other != word:  # who it is done to is no part of who does it
        joined = [c for c in (other, *children(sentence, other, "cc")) if other in children(sentence, word, "conj")]
        dropped += [other, *joined, *(children(sentence, word, "cc") if joined else ())]
    words = subtree(sentence, word, dropped)
    behind = next((w for w in words if w > word and sentence.words[w].lower() in ("who", "which", "whom")), None)
    words = [w for w in words if behind is None or w < behind]
    while len(words) > 1 and sentence.universal[words[-1]] in ("CCONJ", "PUNCT"):
        words.pop()
    while len(words) > 1 and sentence.words[words[0]].lower() in ("and", "or", ",") and words[0] != word:
        words.pop(0)
    if len(words) > LONGEST_PHRASE:
        far = children(sentence, word, "conj", "nmod", "cc")
        words = subtree(sentence, word, [*dropped, *far])
    start, end = sentence.starts[words[0]], sentence.ends[words[-1]]
    at = sentence.starts[word]
    actor = next((identity for a, b, identity in mentions if a <= at < b), None)
    actor = actor or next((identity for a, b, identity in mentions if start <= a and b <= end), None)
    if held is not None and held.speaker is not None:
        own = _OF_SPEAKER if _is_speaker(held) else _FIRST_PERSON
        actor = held.speaker.actor if text[start:end].lower() in own else actor
    return Participant(start=start, end=end, name=text[start:end], actor=actor)
