"""What differs between two findings, in words: one line each, with the old line named wherever there was one.

In: differences and the two materials they lie between. Out: `DifferenceLine`s, and the note that corrects a published
edition. The words are the record's own, the same for every giver and side.

Example: "Changed: Ministry of Health, killed, Velm: now 7, before at least 3."
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from presstime.combine.differences import Difference
from presstime.findings import Dispute, TimelineEntry
from presstime.records import Record
from presstime.show.material import Index, document_name, outlet_name, place_name, series_place
from presstime.show.moments import moment_words
from presstime.show.sentences import sentence_around
from presstime.show.wording import WORDS, amount_words, capital, series_title

__all__ = ["DifferenceLine", "correction_note", "difference_lines"]

_LEADS = {"new": "New", "changed": "Changed", "withdrawn": "No longer in the record", "newly denied": "Newly denied"} | {
    "newly corroborated": "Newly corroborated"
}
_CORRECTS = ("changed", "withdrawn", "newly denied")
"""What makes a published line wrong or incomplete; what only came to be known is no correction."""


class DifferenceLine(Record, frozen=True):
    """One difference in words. `before` and `after` are the line as it was and as it is, where there is one."""

    kind: str
    of: str
    words: str
    before: str | None
    after: str | None


def difference_lines(differences: Iterable[Difference], earlier: Index, later: Index) -> tuple[DifferenceLine, ...]:
    """The differences in words, in their order."""
    lines = []
    for each in differences:
        before, after = _line(each, earlier, each.before, each.was), _line(each, later, each.after, each.now)
        lines.append(DifferenceLine(kind=each.kind, of=each.of, words=_words(each, before, after), before=before, after=after))
    return tuple(lines)


def correction_note(lines: Sequence[DifferenceLine], as_of: str, time_zone: str) -> str | None:
    """The note on a published edition of which lines turned out wrong or incomplete; None where none did.

    `lines` are what the edition would say otherwise today, as of its own moment.
    """
    wrong = [line for line in lines if line.kind in _CORRECTS and line.before is not None]
    if not wrong:
        return None
    heading = f"Correction to the edition as of {moment_words(as_of, time_zone)}:"
    return "\n".join([heading, *(f"- It said: {_stop(line.before)} {_now(line)}" for line in wrong)])


def _now(line: DifferenceLine) -> str:
    if line.kind == "withdrawn" or line.after is None:
        return "That line is withdrawn."
    return f"It should have said: {_stop(line.after)}"


def _stop(words: str | None) -> str:
    return f"{(words or '').rstrip('.')}."


def _words(each: Difference, before: str | None, after: str | None) -> str:
    lead = _LEADS[each.kind]
    if each.kind == "newly corroborated":
        return _stop(f"{lead}: {after} ({each.now})")
    if each.kind == "newly denied" and each.of == "dispute":
        return _stop(f"{lead} by {each.now}: {after}")
    if before is not None and after is not None and before != after:
        return _stop(f"{lead}: {after}; before: {before}")
    return _stop(f"{lead}: {after or before}")


def _line(each: Difference, index: Index, found: str | None, value: str | None) -> str | None:
    """What the findings of one side say there; None where they say nothing."""
    if each.of == "document":
        return _document(index, found)
    if each.of == "figure":
        return _figure(index, found, each.giver, value)
    if each.of == "dispute":
        return _dispute(next((d for d in index.material.findings.disputes if d.id == found), None))
    if each.of == "event":
        return _event(index, next((e for e in index.material.findings.timeline if e.id == found), None))
    if each.of == "claim":
        claim = index.claims.get(found or "")
        return f"“{_bare(claim.words)}”" if claim else None
    return _said(index, each, value)


def _document(index: Index, document: str | None) -> str | None:
    there = index.documents.get(document or "")
    if there is None:
        return None
    when = moment_words(there.published, index.material.time_zone)
    headline = f"“{_bare(there.headline)}”" if there.headline else document_name(there)
    return ", ".join(part for part in (headline, outlet_name(there), when) if part)


def _figure(index: Index, series: str | None, giver: str | None, figure: str | None) -> str | None:
    held = next((s for s in index.material.findings.series if s.id == series), None)
    if held is None or figure not in index.figures:
        return None
    title = series_title(held, series_place(index, held))
    return f"{giver}, {title[:1].lower()}{title[1:]}: {amount_words(index.figures[figure])}"


def _dispute(dispute: Dispute | None) -> str | None:
    if dispute is None:
        return None
    sides = f"said by {', '.join(dispute.claimed_by) or 'a speaker not told'}"
    denied = f"denied by {', '.join(dispute.denied_by)}" if dispute.denied_by else "no denial found"
    return f"“{_bare(dispute.about)}”, {sides}, {denied}"


def _event(index: Index, entry: TimelineEntry | None) -> str | None:
    if entry is None:
        return None
    event = next((index.events[t.event] for t in entry.tellings if t.event in index.events), None)
    words = ""
    if event is not None:
        document = index.documents[index.document_of[event.id]]
        around = sentence_around(document, event.start, event.end)
        words = f"“{_bare(document.text[around.start : around.end])}”"
    what = ", ".join(part for part in (capital(WORDS.event[entry.type]), place_name(index, entry.place)) if part)
    when = moment_words(entry.from_, index.material.time_zone)
    return f"{what}{f', {when}' if when else ''}, {WORDS.standing[entry.standing]}: {words}".rstrip(": ")


def _said(index: Index, each: Difference, statement: str | None) -> str | None:
    said = index.statements.get(statement or "")
    if said is None:
        return None
    document = index.documents[index.document_of[said.id]]
    words = " … ".join(document.text[s.start : s.end] for s in said.content) or (
        document.text[said.cue.start : said.cue.end] if said.cue else ""
    )
    if each.of == "silence":
        return f"no response found from {each.giver}, of whom it was said: “{_bare(words)}”"
    return f"{each.giver}, {WORDS.act[said.act].noun}: “{_bare(words)}”"


def _bare(words: str | None) -> str:
    return " ".join((words or "").split()).strip("“”\"' ")
