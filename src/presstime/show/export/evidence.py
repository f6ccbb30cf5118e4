"""The evidence of a row: which words of which document say it, and whose they are.

In: a `Shown` and a record of a reading (a statement, a figure, an event). Out: `Evidence`: document, offsets, words, outlet, origin.
Example: "doc-1a2b, characters 120-149, The Velm Post, 2026-03-03: “At least 12 people” in: At least 12 people have died."
"""

from __future__ import annotations

from collections.abc import Iterable

from presstime.findings import TimelineEntry
from presstime.records import Record, Span
from presstime.show.export.shown import CUT, Shown, shown_words
from presstime.show.export.tables_of_readings import origin_of, statement_spans
from presstime.show.material import outlet_name
from presstime.show.sentences import sentence_around

__all__ = ["RecordEvidence", "entry_evidence", "evidence_line", "evidence_lines", "record_evidence", "shortened"]

LONGEST_WORDS = 400
"""Characters of a passage in a note or a description: a long sentence of news is some 300."""
MOST_LINES = 12
"""Passages in a note or a description; a widely carried event has hundreds, which the tables and evidence files hold."""


class RecordEvidence(Record, frozen=True):
    """Where a record's words stand. `origin` is the id of whose reporting it is, `origin_name` its name.

    `sentence` is the sentence around the words, as far as it may be shown.
    """

    record: str
    document: str
    start: int
    end: int
    words: str
    sentence: str
    outlet: str
    published: str | None
    headline: str | None
    url: str | None
    origin: str | None
    origin_name: str | None


def record_evidence(shown: Shown, record: str) -> tuple[RecordEvidence, ...]:
    """The evidence of a statement, figure or event, a span each; none where it is in no reading that is shown."""
    index = shown.index
    holder = index.document_of.get(record)
    if holder is None:
        return ()
    document = index.documents[holder]
    if record in index.statements:
        spans = statement_spans(index.statements[record])
    elif record in index.events:
        event = index.events[record]
        spans = event.mentions or (Span(start=event.start, end=event.end),)
    elif record in index.figures:
        spans = (Span(start=index.figures[record].start, end=index.figures[record].end),)
    else:
        return ()
    origin = origin_of(shown, record, holder)
    around = {span: sentence_around(document, span.start, span.end) for span in spans}
    return tuple(
        RecordEvidence(
            record=record,
            document=holder,
            start=span.start,
            end=span.end,
            words=shown_words(shown, holder, span.start, span.end),
            sentence=shown_words(shown, holder, around[span].start, around[span].end),
            outlet=outlet_name(document),
            published=document.published,
            headline=document.headline,
            url=document.url,
            origin=origin,
            origin_name=index.origins[origin].name if origin in index.origins else None,
        )
        for span in spans
    )


def entry_evidence(shown: Shown, entry: TimelineEntry) -> tuple[RecordEvidence, ...]:
    """The evidence of every telling of an event."""
    return tuple(one for telling in entry.tellings for one in record_evidence(shown, telling.event))


def evidence_line(one: RecordEvidence) -> str:
    """One line: document, offsets, outlet, date, the words and their sentence, long ones cut."""
    words = f"“{shortened(one.words)}”"
    if one.words != one.sentence:
        words += f" in: {shortened(one.sentence)}"
    return f"{one.document}, characters {one.start}-{one.end}, {one.outlet}, {one.published or 'undated'}: {words}"


def evidence_lines(evidence: Iterable[RecordEvidence]) -> tuple[str, ...]:
    """The first lines of evidence, each once, and how many more there are."""
    lines = tuple(dict.fromkeys(evidence_line(one) for one in evidence))
    return lines if len(lines) <= MOST_LINES else (*lines[:MOST_LINES], f"And {len(lines) - MOST_LINES} more.")


def shortened(words: str) -> str:
    """Words that fit into a line, with a mark where they are cut."""
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS] + CUT
