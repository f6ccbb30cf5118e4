"""The timeline as sentences: when and where, who tells it, in the source's words; differing times side by side.

In: a draft. Out: paragraphs with a time and place before them, of this event and of the background.
Example: "3 March 2026, Velm": "Coast Wire reported: “Water broke over the lower town.” The times given differ: about 04:00, according to
Coast Wire; 03:20, according to Behl."
"""

from __future__ import annotations

from presstime.findings import Point, Telling, TimelineEntry
from presstime.records import Document, Event, Figure, Reading
from presstime.show.anatomy import Paragraph, Sentence
from presstime.show.brief_disputes import parties
from presstime.show.drafting import Draft, alike, word_set
from presstime.show.material import Index, outlet_name, place_name, speaker_name
from presstime.show.naming import the_name, the_place
from presstime.show.rows import View
from presstime.show.sentences import passage_around, sentence_around
from presstime.show.timeline import telling_when
from presstime.show.tolls import main_series
from presstime.show.weave import stop, told_by, weave, whole_quote, within
from presstime.show.wording import capital, join_words

__all__ = ["background_events", "lead_event", "unfolding_left_out", "unfolding_paragraphs"]

MAX_ENTRIES = 10
MAX_PAST = 6
MAX_TIMES = 5
"""Differing times of one event that are told; the report has them all."""
LEAST_LEAD_WORDS = 12
"""Words that tell what happened besides how many: with fewer the sentence is a number and its giver."""
FIGURE_SHARE = 0.4
"""Of the characters of such words: with more, they are figures and their verb, which the tolls have."""
SHORT_NAME = 4
"""Characters of a name that is too short to be looked for within another."""
LEAST_ORIGINS = 2
"""Origins that tell an event which nobody was hurt in, before it opens a brief."""
_LEADING = frozenset({"ASSAULT", "PROTEST"})
"""Types of event that open a brief; others are often asides ("schools were closed")."""
_TELLING_ACTS = frozenset({"claim", "accusation", "confirmation", "warning"})
"""Statements with another act judge or ask, and go to the sides and the reactions."""
_AHEAD = {"planned": "reported as planned", "hypothetical": "reported as possible"}


def _told(index: Index, entry: TimelineEntry) -> list[Telling]:
    return sorted((telling for telling in entry.tellings if telling.event in index.events), key=lambda telling: telling.from_ or "9")


def _is_past(index: Index, entry: TimelineEntry) -> bool:
    told = _told(index, entry)
    return bool(told) and all(index.events[telling.event].scope == "past" for telling in told)


def _words(draft: Draft, telling: Telling) -> tuple[str, str] | None:
    """The telling as a sentence, and what it holds; None where the words do not stand alone or stand already."""
    index = draft.index
    event = index.events[telling.event]
    document = index.documents[index.document_of[event.id]]
    statement = index.statements.get(event.statement) if event.statement else None
    if statement is not None:
        if statement.act not in _TELLING_ACTS:
            return None
        content = " ".join(document.text[span.start : span.end] for span in statement.content)
        if draft.told(content):
            return None
        before = draft.names.introduced()
        woven = weave(index, statement, draft.names)
        if woven is None:
            draft.names.go_back(before)
        if woven is not None and (found := draft.names.speaker(statement)):
            draft.told_of.add(found.id)
        return (woven, content) if woven is not None else None
    whole = whole_quote(document, event.start, event.end)
    if whole is None:
        return None
    content = document.text[whole[1].start : whole[1].end]
    if draft.told(content):
        return None
    verb = _AHEAD.get(telling.standing, "reported")
    return f"{told_by(index, document).removesuffix('reported')}{verb}: {whole[0]}", content


def lead_event(draft: Draft) -> Sentence | None:
    """What happened, first of all: the event told from most origins, in an outlet's own words.

    Else the beginning of the fullest document, else what the first toll came with.
    """
    index = draft.index

    hurt = [(index.document_of[f.id], f.start) for f in index.figures.values() if f.measure in ("killed", "injured") and f.scope == "event"]

    def harmless(entry: TimelineEntry) -> bool:
        for telling in _told(index, entry):
            document = index.documents[index.document_of[telling.event]]
            around = sentence_around(document, index.events[telling.event].start, index.events[telling.event].end)
            if any(holder == document.id and around.start <= at < around.end for holder, at in hurt):
                return False
        return True

    def weight(entry: TimelineEntry) -> tuple[int, bool, int, str]:
        return (-len({t.origin or t.giver for t in entry.tellings}), harmless(entry), -len(entry.tellings), entry.from_ or "9")

    held = [
        one for one in index.material.findings.timeline if one.type in _LEADING and one.standing == "reported" and not _is_past(index, one)
    ]
    chosen = [one for one in sorted(held, key=weight)[:MAX_ENTRIES] if one.type == "ASSAULT" or -weight(one)[0] >= LEAST_ORIGINS]
    tellings = [telling for entry in chosen for telling in _told(index, entry) if telling.standing == "reported"]
    tellings = [telling for telling in tellings if index.events[telling.event].statement is None]
    own = _parties(index)
    tellings.sort(key=lambda telling: _is_partys(own, index.documents[index.document_of[telling.event]]))
    first = [telling for telling in tellings if _opens(index, index.events[telling.event])]
    return _leading(draft, first) or _opening(draft) or _leading(draft, tellings) or _first_toll(draft)


def _parties(index: Index) -> frozenset[str]:
    """Whoever makes or denies a claim, under every name, small."""
    found = [index.actor_of_name.get(name) for name in parties(index)]
    names = (other for one in found if one is not None and one.kind != "person" for other in (one.name, *one.names))
    return frozenset(name.removeprefix("the ").removeprefix("The ").lower() for name in (*names, *parties(index)) if len(name) > SHORT_NAME)


def _is_partys(own: frozenset[str], document: Document) -> bool:
    """Whether a document is published by one of the parties: another's words open a brief before theirs."""
    outlet = (document.outlet or "").lower()
    return any(name in outlet for name in own)


def _opens(index: Index, event: Event) -> bool:
    """Whether an event is told in the first paragraph of its document."""
    document = index.documents[index.document_of[event.id]]
    first = next((part for part in document.parts if part.kind == "paragraph"), None)
    return first is None or first.start <= event.start < first.end


def _leading(draft: Draft, tellings: list[Telling]) -> Sentence | None:
    """The first of these tellings that makes a sentence which tells enough."""
    for telling in tellings:
        if (words := _words(draft, telling)) is not None and len(words[1].split()) >= LEAST_LEAD_WORDS:
            draft.remember(words[1])
            return draft.note(stop(words[0]), telling.event)
    return None


def _opening(draft: Draft) -> Sentence | None:
    """The first sentence of a document, told in the outlet's own voice, of the document that tells most.

    None that holds a figure its giver has replaced, and none of a near copy.
    """
    index = draft.index
    replaced = {
        figure
        for series in index.material.findings.series
        for line in series.lines
        for point in line.points
        if point.superseded_by is not None
        for figure in (point.figure, *point.also)
    }
    own = _parties(index)

    def fullest(reading: Reading) -> tuple[bool, int]:
        return _is_partys(own, reading.document), -len(reading.statements) - len(reading.events)

    for reading in sorted(index.material.readings, key=fullest):
        document = reading.document
        found = index.found_documents.get(document.id)
        first = next((part for part in document.parts if part.kind == "paragraph"), None)
        if first is None or (found is not None and found.near_copy_of):
            continue
        around = passage_around(document, first.start, first.start + 1)
        told = any(
            span.start < around.end and around.start < span.end
            for one in reading.statements
            for span in (*one.content, *((one.cue,) if one.cue else ()))
        )
        stale = any(figure.id in replaced and around.start <= figure.start < around.end for figure in reading.figures)
        records: tuple[Event | Figure, ...] = (*reading.events, *reading.figures)
        event = next((one for one in records if around.start <= one.start < around.end), None)
        if told or stale or event is None:
            continue
        whole = whole_quote(document, event.start, event.end)
        if whole is not None and len(whole[0].split()) >= LEAST_LEAD_WORDS:
            draft.remember(whole[0])
            return draft.note(stop(f"{told_by(index, document)}: {whole[0]}"), event.id)
    return None


def _published(index: Index, figure: str) -> str:
    """When a figure was published, for order; what has only a date comes at the end of its day."""
    published = index.documents[index.document_of[figure]].published or "9"
    return published if "T" in published else f"{published}T99"


def _first_toll(draft: Draft) -> Sentence | None:
    """The words in which a toll of the main measure was told, where they tell more than the number.

    What nobody has replaced comes first, of that an outlet's own voice, of that what was published first.
    """
    index = draft.index
    main = main_series(index)
    alike = [one for one in index.material.findings.series if main and one.measure == main.measure and one.scope == "event"]
    held = [(p, one.id != main.id) for one in alike if main for line in one.lines for p in line.points if p.figure in index.figures]

    def weight(pair: tuple[Point, bool]) -> tuple[object, ...]:
        figure = index.figures[pair[0].figure]
        return (pair[0].superseded_by is not None, figure.statement is not None, pair[1], _published(index, figure.id), figure.start)

    for point, _ in sorted(held, key=weight)[:MAX_ENTRIES]:
        figure = index.figures[point.figure]
        document = index.documents[index.document_of[figure.id]]
        statement = index.statements.get(figure.statement) if figure.statement else None
        if statement is not None:
            content = " ".join(document.text[span.start : span.end] for span in statement.content)
            told = weave(index, statement, draft.names)
        else:
            whole = whole_quote(document, figure.start, figure.end)
            content = whole[0] if whole else ""
            told = f"{told_by(index, document)}: {content}" if whole else None
        counted = sum(len(one.words) for one in index.figures.values() if one.statement and one.statement == figure.statement)
        if told is None or len(content.split()) < LEAST_LEAD_WORDS or counted > FIGURE_SHARE * len(content):
            continue
        draft.remember(content)
        start = f"Earlier, {within(told)}" if point.superseded_by is not None else told
        return draft.note(stop(start), figure.id)
    return None


def _paragraph(draft: Draft, entry: TimelineEntry, told: list[frozenset[str]], *, past: bool) -> Paragraph | None:
    index = draft.index
    view = View(index=index, passage_of={}, line_of={})
    tellings = _told(index, entry)
    first = next((telling for telling in tellings if telling.from_), tellings[0]) if tellings else None
    if first is None:
        return None
    lines: list[Sentence] = []
    for telling in sorted(tellings, key=lambda one: (one.standing == "denied", index.events[one.event].statement is not None)):
        words = None if lines or telling.standing == "denied" else _words(draft, telling)
        if words is None or alike(word_set(words[0]), told):
            continue
        start = f"Of an earlier event, {within(words[0])}" if past else words[0]
        if (line := draft.note(stop(start), telling.event)) is not None:
            told.append(word_set(words[0]))
            draft.remember(words[1])
            lines.append(line)
            first = telling if telling.from_ else first
    if entry.times_differ and (line := _times(draft, view, entry, tellings, told=bool(lines))) is not None:
        lines.append(line)
    if not lines:
        return None
    when = telling_when(view, first) if first.from_ else "time not given"
    if entry.times_differ and entry.from_:
        when = telling_when(view, next((t for t in tellings if t.from_ == entry.from_), first))
    place = place_name(index, entry.place)
    place = the_place(index, place) if place else None
    label = capital(f"{when}{f', {place}' if place else ''}") if not past else None
    return Paragraph(sentences=tuple(lines), label=label)


def _times(draft: Draft, view: View, entry: TimelineEntry, tellings: list[Telling], *, told: bool) -> Sentence | None:
    """The times that are given for one event, each with those who give it."""
    index = draft.index
    by_time: dict[str, list[Telling]] = {}
    for telling in tellings:
        if telling.from_ is not None and telling.standing != "denied":
            by_time.setdefault(telling_when(view, telling), []).append(telling)
    if len(by_time) < 2:
        return None
    pieces, events = [], []
    for when, group in list(by_time.items())[:MAX_TIMES]:
        givers = list(dict.fromkeys(_giver(draft, telling) for telling in group))
        pieces.append(f"{when}, according to {join_words(givers[:4])}")
        events.append(group[0].event)
    place = place_name(index, entry.place)
    if place is None and not told:
        return None
    what = f"what happened at {the_place(index, place)}" if place else "this"
    return draft.note(stop(f"The times given for {what} differ: {'; '.join(pieces)}").replace(",,", ","), *events, most=MAX_TIMES)


def _giver(draft: Draft, telling: Telling) -> str:
    event = draft.index.events[telling.event]
    statement = draft.index.statements.get(event.statement) if event.statement else None
    if statement is not None and speaker_name(draft.index, statement) is not None:
        found = draft.names.speaker(statement)
        return draft.names.plain(found.id if found else speaker_name(draft.index, statement) or "")
    return the_name(draft.index, outlet_name(draft.index.documents[draft.index.document_of[event.id]]))


def _dated(index: Index) -> list[TimelineEntry]:
    return [
        entry
        for entry in index.material.findings.timeline
        if not _is_past(index, entry) and any(telling.from_ for telling in entry.tellings) and entry.standing not in _AHEAD
    ]


def unfolding_left_out(index: Index) -> int:
    """How many dated events are left to the report."""
    return max(0, len(_dated(index)) - MAX_ENTRIES)


def unfolding_paragraphs(draft: Draft) -> list[Paragraph]:
    """The timeline of this event, earliest first: what has a time, the most told where there is too much."""
    index = draft.index
    dated = _dated(index)

    def weight(entry: TimelineEntry) -> tuple[object, ...]:
        return (not entry.times_differ, -len({t.origin or t.giver for t in entry.tellings}), -len(entry.tellings), entry.place is None)

    chosen = sorted(dated, key=weight)[:MAX_ENTRIES]
    chosen.sort(key=lambda entry: entry.from_ or min(telling.from_ for telling in entry.tellings if telling.from_))
    told: list[frozenset[str]] = []
    return [one for entry in chosen if (one := _paragraph(draft, entry, told, past=False)) is not None]


def background_events(draft: Draft) -> list[Paragraph]:
    """Events of the past that were told along with this one."""
    findings = draft.index.material.findings
    past = [*findings.background, *(entry for entry in findings.timeline if _is_past(draft.index, entry))]
    told: list[frozenset[str]] = []
    return [one for entry in past[:MAX_PAST] if (one := _paragraph(draft, entry, told, past=True)) is not None]
