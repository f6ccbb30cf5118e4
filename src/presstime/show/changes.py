"""What changed since an earlier material: a line each, with the way to where the report has it now.

In: a view and the earlier material, as a rule the edition published last. Out: `Changes`, in groups by kind.
Example: "Newly denied by Ministry of Defence: “the gates were opened”", which leads to the dispute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import structs

from presstime.combine.differences import Difference, find_differences
from presstime.records import Record
from presstime.show.differences import difference_lines
from presstime.show.material import Material, index_material
from presstime.show.moments import moment_words
from presstime.show.rows import View
from presstime.show.wording import capital, plural

__all__ = ["ChangeGroup", "ChangeLine", "Changes", "change_rows"]

FIRST = 7
"""Lines on the first screen: what fits beside the figures."""
_KINDS = ("newly denied", "changed", "withdrawn", "newly corroborated", "new")
_HEADS = {
    "newly denied": "Newly denied",
    "changed": "Changed",
    "withdrawn": "No longer in the record",
    "newly corroborated": "Newly corroborated",
    "new": "New",
}
_WEIGHT = ("figure", "dispute", "event", "claim", "silence", "reaction", "document")


class ChangeLine(Record, frozen=True):
    """One difference in words; `anchor` leads to where it stands now."""

    words: str
    of: str
    anchor: str | None


class ChangeGroup(Record, frozen=True):
    """The differences of one kind."""

    title: str
    lines: tuple[ChangeLine, ...]


class Changes(Record, frozen=True):
    """Everything that differs: since when, how much of each kind, the first lines, and all of them."""

    since: str
    counts: tuple[str, ...]
    first: tuple[ChangeLine, ...]
    groups: tuple[ChangeGroup, ...]


def change_rows(view: View, earlier: Material, documents: Mapping[str, str]) -> Changes:
    """The differences from an earlier material. `documents` are the documents' anchors."""
    found = find_differences(earlier.findings, view.index.material.findings)
    lines = difference_lines(found, index_material(earlier), view.index)
    leads = _Leads(view, documents)
    kinds: dict[str, list[ChangeLine]] = {}
    for each, line in sorted(zip(found, lines, strict=True), key=lambda pair: _WEIGHT.index(pair[0].of)):
        kinds.setdefault(each.kind, []).append(ChangeLine(words=line.words, of=each.of, anchor=leads.to(each)))
    first = [line for kind in _KINDS for line in kinds.get(kind, ()) if line.of != "document"]
    groups = tuple(ChangeGroup(title=_HEADS[kind], lines=tuple(map(_bare, kinds[kind]))) for kind in _KINDS if kind in kinds)
    counts = Counter((each.kind, each.of) for each in found)
    return Changes(
        since=moment_words(earlier.as_of, view.time_zone) or earlier.as_of,
        counts=tuple(f"{plural(n, of)} {kind}" for kind in _KINDS for (had, of), n in sorted(counts.items()) if had == kind),
        first=tuple(first[:FIRST]),
        groups=groups,
    )


def _bare(line: ChangeLine) -> ChangeLine:
    """The line without the word that stands over its group."""
    lead, colon, rest = line.words.partition(": ")
    return structs.replace(line, words=capital(rest)) if colon and lead in _HEADS.values() else line


class _Leads:
    """From a difference to the anchor of what it is about, as the report has it now."""

    def __init__(self, view: View, documents: Mapping[str, str]) -> None:
        findings = view.index.material.findings
        self._view = view
        self._documents = documents
        self._disputes = {one.id: f"dispute-{number + 1}" for number, one in enumerate(findings.disputes)}
        self._events = {one.id: f"event-{number + 1}" for number, one in enumerate(findings.timeline)}

    def to(self, each: Difference) -> str | None:
        """The anchor, or None where it stands no longer there."""
        if each.of == "document":
            return self._documents.get(each.after or "")
        if each.of == "dispute":
            return self._disputes.get(each.after or "")
        if each.of == "event":
            return self._events.get(each.after or "")
        if each.of == "claim":
            claim = self._view.index.claims.get(each.after or "")
            return next((self._view.line_of[one] for one in claim.statements if one in self._view.line_of), None) if claim else None
        return self._view.line_of.get(each.now or "")
