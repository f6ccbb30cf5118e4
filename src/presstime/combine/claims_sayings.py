"""One statement → a `Saying`: what is shown of it in a claim or a dispute, and under whom its speaker is himself.

In: a reading, what is known of its actors, and a statement of it. Out: the saying. On a body's own page "we" is that body.

Example: "we opened no gate", on the Lake Board's page → said by the Lake Board.
"""

from __future__ import annotations

from presstime.combine.accused import called_upon
from presstime.combine.claim_sides import voices_of
from presstime.combine.claims_own import outlet_of, stands_for_outlet
from presstime.combine.claims_told import Told, words_of
from presstime.combine.disputes import Saying
from presstime.combine.stages import Known
from presstime.combine.who import named, reference, speaker_of
from presstime.records import Reading, Statement

__all__ = ["saying_of"]


def saying_of(reading: Reading, known: Known, s: Statement, told: Told | None, at: int | None = None) -> Saying:
    """What is shown of a statement. `told` is what is compared of it, `at` where it begins, if not with its content."""
    document = reading.document
    found = speaker_of(known, document.id, s)
    cue = ""
    if s.form == "narrated" and s.cue is not None and s.content and 0 <= s.content[0].start - s.cue.end <= 2:
        cue = document.text[s.cue.start : s.cue.end]
    speaker, voices = reference(known, document.id, s.speaker), voices_of(found, s.speaker.name) if s.speaker is not None else ()
    outlet = outlet_of(reading)
    if outlet and s.speaker is not None and stands_for_outlet(outlet, s.speaker.name):
        body = named(known, document.id, document.outlet) or named(known, document.id, outlet)
        if found is None or found.standing == "described":  # "we", "the ministry"
            speaker = body.actor if body is not None else outlet
        voices = tuple(dict.fromkeys((*voices_of(body, outlet), *voices)))
    start = min((c.start for c in s.content), default=0)
    return Saying(
        record=s.id,
        document=document.id,
        start=start,
        order=known.at(start if at is None else at),
        speaker=speaker,
        voices=voices,
        words=words_of(reading, s),
        cue=cue,
        form=s.form,
        act=_act(s, told),
        at=document.published or document.as_of,
        relayed=s.reported_by is not None,
        within=s.reported_by,
        accused=_accused(reading, known, s),
    )


def _act(s: Statement, told: Told | None) -> str:
    """What a statement is here: what rejects is a denial, and what stands in a denial as denied is a claim."""
    if told is None:
        return s.act
    return "denial" if told.role == "denies" else "claim" if s.act == "denial" else s.act


def _accused(reading: Reading, known: Known, s: Statement) -> tuple[str, ...]:
    """Whom an accusation accuses."""
    if s.act != "accusation":
        return ()
    return tuple(dict.fromkeys(t.who.actor for t in called_upon(reading, s, known) if t.who is not None))
