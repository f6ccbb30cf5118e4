"""The timeline section: what happened when, as it was told, with who tells it.

In: a view. Out: `EntryRow`s in order of time, each with its tellings; tellings at differing times stand side by side. What is only
recalled is apart, as background.
Example: shelling of Velm: "about 13:00, 3 March 2026", reported by The Velm Post; "13:30", claimed by the Ministry of Defence.
"""

from __future__ import annotations

from presstime.combine.names import is_pronoun
from presstime.findings import Telling, TimelineEntry
from presstime.records import Event, Participant, Record
from presstime.show.material import actor_name, outlet_name, place_name, place_names, speaker_name
from presstime.show.moments import interval_words, timex_words
from presstime.show.reviews import Mark, review_mark
from presstime.show.rows import Quote, Source, View, counted_words, line_anchors, normal, origin_words, quote_span, source, sources
from presstime.show.sentences import sentence_around
from presstime.show.wording import WORDS, join_words, plural

__all__ = ["EntryRow", "OtherEvent", "TellingRow", "background_rows", "entry_rows", "other_events", "telling_when"]

_NOT_HAPPENED = frozenset({"planned", "hypothetical"})
_STANDING_WITHOUT_GIVER = frozenset({"denied", "disputed"})


class TellingRow(Record, frozen=True):
    """One telling, or several in the same words: when, by whom, with what standing."""

    lines: tuple[str, ...]
    when: str
    standing: str
    quote: Quote
    who: tuple[str, ...]
    sources: tuple[Source, ...]
    review: Mark | None = None


class EntryRow(Record, frozen=True):
    """An event. `moment` is the beginning of its earliest telling, for order; `when` the narrowest time told, in words.

    `origins` says how many independent origins its tellings can have at most, `counted` how that was counted.
    """

    anchor: str
    moment: str
    title: str
    place: str | None
    names: tuple[str, ...]
    standing: str
    times_differ: bool
    ahead: bool
    past: bool
    tellings: tuple[TellingRow, ...]
    when: str | None = None
    origins: str = ""
    counted: str = ""


class OtherEvent(Record, frozen=True):
    """An event that is not on the timeline: done in words, or not combined."""

    lines: tuple[str, ...]
    title: str
    quote: Quote
    source: Source


def entry_rows(view: View) -> tuple[EntryRow, ...]:
    """The timeline: first what has a time, earliest first; then what has none; then what is planned; then what was before."""
    rows = [_entry(view, entry, f"event-{number + 1}") for number, entry in enumerate(view.index.material.findings.timeline)]
    return tuple(sorted((row for row in rows if row.tellings), key=lambda row: (row.past, row.ahead, row.moment == "", row.moment)))


def background_rows(view: View) -> tuple[EntryRow, ...]:
    """Earlier events that are only recalled, earliest first; what has no time comes last."""
    rows = [_entry(view, entry, f"before-{number + 1}") for number, entry in enumerate(view.index.material.findings.background)]
    return tuple(sorted((row for row in rows if row.tellings), key=lambda row: (row.moment == "", row.moment)))


def _entry(view: View, entry: TimelineEntry, anchor: str) -> EntryRow:
    index = view.index
    groups: dict[tuple[str, str, str], list[Telling]] = {}
    for telling in sorted(entry.tellings, key=lambda telling: telling.from_ or "9"):
        if telling.event in index.events:
            event = index.events[telling.event]
            document = index.documents[index.document_of[event.id]]
            around = sentence_around(document, event.start, event.end)
            key = (telling_when(view, telling), telling.standing, normal(document.text[around.start : around.end]))
            groups.setdefault(key, []).append(telling)
    known = [index.events[telling.event] for group in groups.values() for telling in group]
    return EntryRow(
        anchor=anchor,
        moment=min((telling.from_ for telling in entry.tellings if telling.from_), default=""),
        title=WORDS.event[entry.type],
        place=place_name(index, entry.place),
        names=place_names(index, entry.place),
        standing=entry.standing,
        times_differ=entry.times_differ,
        ahead=entry.standing in _NOT_HAPPENED,
        past=bool(known) and all(event.scope == "past" for event in known),
        tellings=tuple(_telling(view, key, group) for key, group in groups.items()),
        when=interval_words(entry.from_, entry.to, view.time_zone) if entry.from_ else None,
        origins=_at_most(view, entry, known),
        counted=counted_words(entry.counted),
    )


def _at_most(view: View, entry: TimelineEntry, known: list[Event]) -> str:
    """How many independent origins an event's tellings can have: as combined, else counted from its documents."""
    if entry.independent_at_most > 1:
        return f"at most {plural(entry.independent_at_most, 'independent origin')}"
    return origin_words(view, (event.id for event in known))


def _telling(view: View, key: tuple[str, str, str], group: list[Telling]) -> TellingRow:
    index = view.index
    when, standing, _ = key
    if standing == "disputed" and all(_speaker(view, view.index.events[telling.event]) for telling in group):
        standing = "claimed"  # that it is disputed stands over all its tellings, whoever gives them
    giver = join_words(list(dict.fromkeys(telling.giver for telling in group)))
    event = index.events[group[0].event]
    document = index.documents[index.document_of[event.id]]
    speaker_told = any(_speaker(view, index.events[telling.event]) for telling in group)
    return TellingRow(
        lines=line_anchors(view, *(telling.event for telling in group)),
        when=when,
        standing=_standing_words(standing, giver, speaker_told=speaker_told),
        quote=quote_span(view, document, event.start, event.end),
        who=_who(view, event),
        sources=sources(view, (telling.event for telling in group)),
        review=review_mark(view, (telling.event for telling in group)),
    )


def _speaker(view: View, event: Event) -> str | None:
    """Who says that an event was, where that is told."""
    statement = view.index.statements.get(event.statement) if event.statement else None
    return speaker_name(view.index, statement) if statement else None


def _standing_words(standing: str, giver: str, *, speaker_told: bool) -> str:
    """An event's standing with who gives it. An outlet that tells a claim of nobody named is not its claimant."""
    words = WORDS.standing[standing]
    if standing in _STANDING_WITHOUT_GIVER:
        return f"{words}; told by {giver}"
    if standing == "claimed" and not speaker_told:
        return f"{words} a speaker not told; in {giver}"
    return f"{words} {giver}"


def _who(view: View, event: Event) -> tuple[str, ...]:
    words = []
    if event.actor and (name := _participant(view, event, event.actor)):
        words.append(f"by: {name}")
    if event.recipient and (name := _participant(view, event, event.recipient)):
        words.append(f"towards: {name}")
    if event.means:
        words.append(f"means: {event.means}")
    return tuple(words)


def _participant(view: View, event: Event, participant: Participant) -> str | None:
    """A participant in the source's words; a pronoun gives whom it stands for, or nothing where that is not known."""
    if not is_pronoun(participant.name):
        return participant.name
    return actor_name(view.index, participant.actor) if participant.actor else None


def telling_when(view: View, telling: Telling) -> str:
    """When a telling puts its event: by the source's own time where it names one, else by the interval."""
    index = view.index
    event = index.events.get(telling.event)
    time = index.times.get(event.time) if event and event.time else None
    if time is not None and telling.from_ is not None and time.from_ == telling.from_:
        return timex_words(time.value, approximate=time.approximate) or ""
    return interval_words(telling.from_, telling.to, view.time_zone)


def other_events(view: View) -> tuple[OtherEvent, ...]:
    """The events that no entry of the timeline tells, in the order of their documents."""
    index = view.index
    findings = index.material.findings
    told = {telling.event for entry in (*findings.timeline, *findings.background) for telling in entry.tellings}
    found = []
    for event in index.events.values():
        if event.id in told:
            continue
        document = index.documents[index.document_of[event.id]]
        speaker = _speaker(view, event)
        standing = _standing_words(event.standing, speaker or outlet_name(document), speaker_told=speaker is not None)
        title = f"{WORDS.event[event.type]}, {standing}"
        quote = quote_span(view, document, event.start, event.end)
        found.append(OtherEvent(lines=line_anchors(view, event.id), title=title, quote=quote, source=source(view, event.id)))
    return tuple(found)
