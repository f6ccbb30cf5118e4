"""A document's sentences → its events: what was done, by a PLOVER 2.0 type, by whom, to whom, where, when.

In come the sentences and the statements, places, times and actors found before; out go `Event`s in the order of
the text. An event is triggered by a verb (alone, or with an object its frame asks for) or by a noun that names one.
What is asked, threatened or agreed is the asking, threatening or agreeing, not the deed asked for. `standing` says
how it is told: in the outlet's own voice, inside a statement, denied, planned or only thought of.

Example: "Rebels shelled the port on Monday." → ASSAULT at "shelled", actor "Rebels", recipient "the port".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from presstime.ids import record_id
from presstime.read.figures import PAST_DAYS, read_day
from presstime.read.lemmas import lemma
from presstime.read.nearby import touching
from presstime.read.participants import participants
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.read.triggers import VERBAL, Trigger, dependents, find_triggers, lists
from presstime.records import Actor, Event, Participant, Place, Standing, Statement, Time

__all__ = ["find_events"]

TIME_REACH = 120
"""Characters between an event and its time; what stands farther off dates something else."""
CLAUSES_UP = 6
"""How many words above a trigger are looked at for what makes it planned, possible or denied."""
LONGEST_PHRASE = 12
"""Words a participant's phrase may have before it is cut to its core."""

Actors = Mapping[tuple[int, int], Actor] | Sequence[Actor]


def find_events(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    places: Sequence[Place],
    times: Sequence[Time],
    actors_at: Actors,
) -> tuple[Event, ...]:
    """Every event of a document, in order. `actors_at` are its actors, or its actors by the span of a mention."""
    cues_near = touching(statements, lambda s: [(s.cue.start, s.cue.end)] if s.cue is not None else [])
    statements_near = touching(statements, lambda s: [(c.start, c.end) for c in s.content])
    places_near = touching(places, lambda p: [(p.start, p.end)])
    times_near = touching(times, lambda t: [(t.start, t.end)])
    mentions_near = touching(_mentions(actors_at), lambda m: [(m[0], m[1])])
    anchor = _anchor(times)
    found: dict[str, Event] = {}
    for sentence in sentences:
        triggers = find_triggers(sentence)
        if not triggers:
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
        )
        dated = {w for t in near.times for w in range(len(sentence)) if t.start <= sentence.starts[w] < t.end}
        for trigger in triggers:
            event = _event(document_id, text, sentence, trigger, near, dated, anchor)
            found.setdefault(event.id, event)
    return tuple(sorted(found.values(), key=lambda e: (e.start, e.end)))


@dataclass(frozen=True, slots=True)
class _Near:
    """What was found before in one sentence."""

    cues: list[Statement]
    statements: list[Statement]
    places: list[Place]
    times: list[Time]
    mentions: list[tuple[int, int, str]]


def _anchor(times: Sequence[Time]) -> date | None:
    """The day a document tells of: the day its times name most often, None where they name none."""
    days = Counter(t.from_[:10] for t in times if t.from_ is not None and re.match(r"\d{4}-\d{2}-\d{2}", t.value))
    return read_day(days.most_common(1)[0][0]) if days else None


def _mentions(actors_at: Actors) -> list[tuple[int, int, str]]:
    if isinstance(actors_at, Mapping):
        return sorted((start, end, actor.id) for (start, end), actor in actors_at.items())
    return sorted((m.start, m.end, actor.id) for actor in actors_at for m in actor.mentions)


def _event(
    document_id: str, text: str, sentence: Sentence, trigger: Trigger, near: _Near, dated: Set[int], anchor: date | None
) -> Event:
    """A trigger's event. `dated` are the words of the sentence's times, which take part in nothing."""
    start, end = sentence.starts[min(trigger.words)], sentence.ends[max(trigger.words)]
    cue = next((s.id for s in near.cues if s.cue is not None and s.cue.start < end and start < s.cue.end), None)
    held = _holding(start, end, near.statements) if cue is None else None
    clause = _clause(sentence, trigger.word)
    actor, recipient = participants(sentence, trigger, dated)
    doer = _participant(text, sentence, actor, near.mentions, held)
    demanded = sentence.fine[trigger.word] == "MD"
    if demanded and held is not None and held.speaker is not None:
        speaker = held.speaker
        doer = Participant(start=speaker.start, end=speaker.end, name=text[speaker.start : speaker.end], actor=speaker.actor)
    within = [(t.start, t.end, t.id) for t in near.times if abs(t.start - start) <= TIME_REACH]
    time = _nearest(start, within, sentence, clause)
    return Event(
        id=record_id("event", document_id, (start, end)),
        start=start,
        end=end,
        type=trigger.type,
        mode=_mode(sentence, trigger),
        actor=doer,
        recipient=_participant(text, sentence, recipient, near.mentions, held),
        place=None if trigger.type in VERBAL else _nearest(start, [(p.start, p.end, p.id) for p in near.places], sentence, clause),
        time=time,
        means=_means(text, sentence, trigger),
        scope="past" if _is_past(sentence, clause, next((t for t in near.times if t.id == time), None), anchor) else "event",
        standing="reported" if trigger.spoken else _standing(sentence, trigger.word, held),
        statement=cue or (held.id if held is not None else None),
        confidence=trigger.confidence,
    )


def _holding(start: int, end: int, statements: Sequence[Statement]) -> Statement | None:
    """The smallest statement whose content holds the span; of two alike the later one, which is told within the other."""
    held = [s for s in statements if any(c.start <= start and end <= c.end for c in s.content)]
    return min(reversed(held), key=lambda s: sum(c.end - c.start for c in s.content)) if held else None


def _clause(sentence: Sentence, word: int) -> list[int]:
    top = word
    while sentence.universal[top] != "VERB" and sentence.heads[top] >= 0:
        top = sentence.heads[top]
    return subtree(sentence, top, children(sentence, top, "ccomp", "parataxis"))


def _participant(
    text: str, sentence: Sentence, word: int | None, mentions: Sequence[tuple[int, int, str]], held: Statement | None
) -> Participant | None:
    if word is None or sentence.words[word].lower() in ("what", "it", "there", "its"):
        return None
    dropped = children(sentence, word, "acl", "appos", "punct", "case", "parataxis", "advcl")
    words = subtree(sentence, word, dropped)
    if len(words) > LONGEST_PHRASE:
        far = children(sentence, word, "conj", "nmod", "cc")
        words = subtree(sentence, word, [*dropped, *far])
    start, end = sentence.starts[words[0]], sentence.ends[words[-1]]
    at = sentence.starts[word]
    actor = next((identity for a, b, identity in mentions if a <= at < b), None)
    actor = actor or next((identity for a, b, identity in mentions if start <= a and b <= end), None)
    if held is not None and held.speaker is not None and text[start:end].lower() in ("i", "we", "us", "our", "me"):
        actor = held.speaker.actor
    return Participant(start=start, end=end, name=text[start:end], actor=actor)


def _nearest(start: int, spans: Sequence[tuple[int, int, str]], sentence: Sentence, clause: Sequence[int]) -> str | None:
    """The id of the nearest span in the clause, else in the sentence."""
    if not spans:
        return None
    inside = [(a, b, i) for a, b, i in spans if sentence.start <= a and b <= sentence.end]
    offsets = {sentence.starts[w] for w in clause}
    own = [s for s in inside if s[0] in offsets] or inside
    return min(own, key=lambda s: (abs(s[0] - start), s[0]))[2] if own else None


def _mode(sentence: Sentence, trigger: Trigger) -> str | None:
    modes = lists().modes.get(trigger.type)
    if not modes:
        return None
    forms = {sentence.lemmas[w] for w in trigger.words} | {form for _, form in dependents(sentence, trigger.word)}
    forms |= {lemma(sentence.words[w], "NNS") for w in trigger.words}
    return next((mode for mode, words in modes if words & forms), None)


def _means(text: str, sentence: Sentence, trigger: Trigger) -> str | None:
    """What it was done with, in the text's words: an object or a "with" phrase that is a weapon, or a noun's own modifier."""
    if trigger.type not in ("ASSAULT", "COERCE", "MOBILIZE"):
        return None
    near = [*children(sentence, trigger.word, "obj", "obl", "compound", "amod"), *trigger.words]
    near += [c for w in near for c in children(sentence, w, "compound", "nmod", "amod")]
    near += [c for v in children(sentence, trigger.word, "advcl") for c in children(sentence, v, "obj")]
    near += [c for w in near for c in children(sentence, w, "compound")]
    for word in sorted(set(near)):
        if sentence.lemmas[word] in lists().words["means"] and word != trigger.word:
            first = word
            while first - 1 in children(sentence, word, "compound", "amod") or first - 1 in children(sentence, first, "compound"):
                first -= 1
            return text[sentence.starts[first] : sentence.ends[word]]
    return None


def _is_past(sentence: Sentence, clause: Sequence[int], time: Time | None, anchor: date | None) -> bool:
    if time is not None and anchor is not None:
        end = read_day(time.to)
        if end is not None and end < anchor - timedelta(days=PAST_DAYS):
            return True
    low = [sentence.words[w].lower() for w in clause]
    last = any(a == "last" and b in ("year", "decade", "century") for a, b in pairwise(low))
    return last or "ago" in low or "anniversary" in low


def _of_nobody(sentence: Sentence, verb: int) -> bool:
    """Whether a verb's subject is nobody: "no unit fired", "none of them fired", "nobody fired"."""
    told = (w for subject in subjects(sentence, verb) for w in (subject, *children(sentence, subject, "det")))
    return any(sentence.words[w].lower() in ("no", "none", "nobody", "neither", "nothing") for w in told)


def _standing(sentence: Sentence, word: int, held: Statement | None) -> Standing:
    known = lists().words
    at, steps = word, 0
    planned = False
    while at >= 0 and steps < CLAUSES_UP:
        marks = {sentence.words[c].lower() for c in children(sentence, at, "aux", "mark", "advmod", "det")}
        if at == word and (marks & {"not", "n't", "n’t", "never", "no"} or _of_nobody(sentence, at)):
            return "denied"
        if marks & known["hypothetical"]:
            return "hypothetical"
        planned = planned or bool(marks & known["planned"])
        relation, head = base(sentence.relations[at]), sentence.heads[at]
        if head >= 0 and relation not in ("nsubj", "conj", "parataxis") and sentence.lemmas[head] in ("accuse", "blame"):
            return "claimed"
        if head < 0 or relation in ("ccomp", "parataxis", "advcl"):
            if head >= 0 and relation == "ccomp" and sentence.lemmas[head] in ("deny", "refute", "dismiss"):
                return "denied"
            break
        if relation in ("xcomp", "acl") and any(sentence.words[c].lower() == "to" for c in children(sentence, at, "mark")):
            if sentence.lemmas[head] in known["planned"]:
                planned = True
            elif relation == "acl" or sentence.lemmas[head] in known["unreal"]:
                return "hypothetical"
        at, steps = head, steps + 1
    if planned:
        return "planned"
    if held is not None:
        return "denied" if held.act == "denial" else "claimed"
    return "reported"
