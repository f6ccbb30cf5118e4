"""The timeline as sentences: when, who tells it, and the source's words.

In: the index. Out: pairs of a sentence and the events it rests on.
Example: "About 04:00, 3 March 2026, Velm: Coast Wire reported: “Water broke over the lower town at about 04:00.”"
"""

from __future__ import annotations

import re

from presstime.findings import Telling, TimelineEntry
from presstime.show.material import Index, place_name, speaker_name
from presstime.show.rows import View
from presstime.show.sentences import sentence_around
from presstime.show.timeline import telling_when
from presstime.show.weave import quoted, stop, the_name, told_by, weave
from presstime.show.wording import capital

__all__ = ["past_event_sentences", "past_toll_sentence", "unfolding_sentences"]

MAX_ENTRIES = 8
MAX_PAST = 3
MAX_WORDS = 60
_LEADING = re.compile(r"\A(?:The|It)\b")


def _told(index: Index, entry: TimelineEntry) -> list[Telling]:
    return sorted((telling for telling in entry.tellings if telling.event in index.events), key=lambda telling: telling.from_ or "9")


def _is_past(index: Index, entry: TimelineEntry) -> bool:
    told = _told(index, entry)
    return bool(told) and all(index.events[telling.event].scope == "past" for telling in told)


def _words(index: Index, telling: Telling) -> str | None:
    """The telling in its source's words; a statement's event is told as the statement."""
    event = index.events[telling.event]
    document = index.documents[index.document_of[event.id]]
    statement = index.statements.get(event.statement) if event.statement else None
    if statement is not None and (woven := weave(index, statement)):
        return woven
    span = sentence_around(document, event.start, event.end)
    words = document.text[span.start : span.end]
    if len(words.split()) > MAX_WORDS:
        return None
    verb = {"planned": "reported as planned", "hypothetical": "reported as possible"}.get(telling.standing, "reported")
    by = speaker_name(index, statement) if statement else None
    of = f" of {the_name(index, by)}" if by and by.split()[-1].casefold() not in words.casefold() else ""
    return f"{told_by(index, document).removesuffix('reported')}{verb}{of}: {quoted(words)}"


def _sentences(index: Index, entry: TimelineEntry) -> list[tuple[str, tuple[str, ...]]]:
    view = View(index=index, passage_of={}, line_of={})
    found: list[tuple[str, tuple[str, ...]]] = []
    seen: set[str] = set()
    place = place_name(index, entry.place)
    for telling in _told(index, entry):
        when = telling_when(view, telling)
        if when in seen or (found and not entry.times_differ) or (words := _words(index, telling)) is None:
            continue
        seen.add(when)
        where = f", {place}" if place and not found else ""
        start = f"Also given as {when}" if found else f"{capital(when)}{where}"
        found.append((stop(f"{start}: {words}"), (telling.event,)))
    return found


def unfolding_sentences(index: Index) -> list[tuple[str, tuple[str, ...]]]:
    """The timeline of this event, earliest first: what has a time, the most told where there is too much."""
    dated = [
        entry
        for entry in index.material.findings.timeline
        if not _is_past(index, entry) and any(telling.from_ for telling in entry.tellings) and entry.standing != "hypothetical"
    ]
    chosen = sorted(dated, key=lambda entry: (not entry.times_differ, -len(entry.tellings), entry.place is None))[:MAX_ENTRIES]
    chosen.sort(key=lambda entry: min(telling.from_ for telling in entry.tellings if telling.from_))
    return [sentence for entry in chosen for sentence in _sentences(index, entry)]


def past_event_sentences(index: Index) -> list[tuple[str, tuple[str, ...]]]:
    """Events of the past that were told along with this one."""
    past = [entry for entry in index.material.findings.timeline if _is_past(index, entry)]
    return [sentence for entry in past[:MAX_PAST] for sentence in _sentences(index, entry)]


def past_toll_sentence(index: Index, words: str, records: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A toll of the past as `tolls` words it; where its own time is not told, in its source's words instead.

    As of the day of the paper it would be taken for a toll of this event.
    """
    figure = index.figures[records[0]]
    document = index.documents[index.document_of[figure.id]]
    if figure.as_of is not None and not (document.published or "").startswith(figure.as_of[:10]):
        return words, records
    statement = index.statements.get(figure.statement) if figure.statement else None
    told = weave(index, statement) if statement is not None else None
    if told is None:
        span = sentence_around(document, figure.start, figure.end)
        told = f"{told_by(index, document)}: {quoted(document.text[span.start : span.end])}"
    return stop(f"Of an earlier event, {_LEADING.sub(lambda first: first[0].lower(), told)}"), records
