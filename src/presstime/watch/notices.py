"""A change as people are told of it: the record's own line, and beneath it the words that it rests on, with the way to them.

In: changes that may be shown, the readings of their documents, what people have marked. Out: `Notice`s. The lines are those of
the report; the evidence comes through the same door as that of every export, so that a sentence that is kept out is not in it.
Example: "Changed: Ministry of Health, killed, Velm: 7; before: 3." with "seven people were killed", The Velm Post, 16:00.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from presstime.findings import Findings
from presstime.records import Document, Reading, Record
from presstime.show.export.evidence import RecordEvidence, record_evidence, shortened
from presstime.show.export.shown import Shown, shown_material
from presstime.show.material import Material, document_name, outlet_name
from presstime.show.moments import moment_words
from presstime.show.passages import Anchors, printable
from presstime.show.visible import Restrictions
from presstime.watch.changes import CHANGE_KINDS, ChangeKind, WatchedChange

__all__ = ["HEADINGS", "Notice", "Proof", "notices_of", "ordered"]

HEADINGS: dict[ChangeKind, str] = {
    "denial": "Denied",
    "new-dispute": "New disputes",
    "figure-moved": "Figures",
    "document-changed": "Altered after publication",
    "document-gone": "Removed after publication",
    "new-reaction": "Reactions",
}
"""The kinds of change in the order in which they are told, and what stands over them."""
assert set(HEADINGS) == set(CHANGE_KINDS)
MOST_PROOFS = 6
"""Passages under one line; a much-told dispute has dozens, which the report holds."""
LONGEST_SENTENCE = 400
"""Characters of a sentence that is quoted around its words: a long one of news is some 300."""
LONGEST_FRAGMENT = 60
"""Characters of a passage that a link repeats; of a longer one it names the beginning and the end."""
_WORDS_AT_ENDS = 4
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)")


class Proof(Record, frozen=True):
    """Words of a document that a line rests on. `page` leads to them on the web, `report` in the story's report.

    `lead` and `tail` are what stands around them in their sentence. A document as a whole has no words.
    """

    words: str
    outlet: str
    headline: str
    published: str
    lead: str = ""
    tail: str = ""
    page: str | None = None
    report: str | None = None


class Notice(Record, frozen=True):
    """One change, ready to be told. `found` is when it was found, in words; `more` counts passages that are left out."""

    id: str
    kind: ChangeKind
    words: str
    found: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    proofs: tuple[Proof, ...]
    more: int


def notices_of(
    changes: Sequence[WatchedChange],
    readings: Sequence[Reading],
    restrictions: Restrictions,
    *,
    at: str,
    time_zone: str,
    report: str | None = None,
) -> tuple[Notice, ...]:
    """The notices of changes, in their order. `readings` are those of the changes' documents, `at` is the moment of telling."""
    findings = Findings(as_of=at)
    material = Material(title="", as_of=at, time_zone=time_zone, findings=findings, readings=tuple(readings))
    shown = shown_material(material, "excerpt", restrictions)
    return tuple(_notice(change, shown, time_zone, report) for change in changes)


def ordered(notices: Sequence[Notice]) -> tuple[tuple[str, tuple[Notice, ...]], ...]:
    """Notices under their headings."""
    groups = ((heading, tuple(each for each in notices if each.kind == kind)) for kind, heading in HEADINGS.items())
    return tuple((heading, held) for heading, held in groups if held)


def _notice(change: WatchedChange, shown: Shown, time_zone: str, report: str | None) -> Notice:
    evidence = [one for record in (*reversed(change.figures), *change.statements) for one in record_evidence(shown, record)]
    whole = {one.document for one in evidence}
    sentences: dict[tuple[str, str], RecordEvidence] = {}
    for one in evidence:  # a figure and the statement that gives it stand in one sentence, which is quoted once
        sentences.setdefault((one.document, one.sentence), one)
    proofs = [_of_record(one, shown, time_zone, report) for one in sentences.values()]
    proofs += [
        _of_document(shown.index.documents[document], time_zone)
        for document in change.documents
        if document not in whole and document in shown.index.documents
    ]
    unlike = tuple(dict.fromkeys(proofs))
    of_page = change.kind in ("document-changed", "document-gone")
    return Notice(
        id=change.id,
        kind=change.kind,
        words=printable(
            _MOMENT.sub(lambda found: moment_words(found[0], time_zone) or found[0], change.words) if of_page else change.words
        ),
        found=moment_words(change.at, time_zone) or change.at,
        before=tuple(printable(line) for line in change.before) if change.kind == "document-changed" else (),
        after=tuple(printable(line) for line in change.after) if change.kind == "document-changed" else (),
        proofs=unlike[:MOST_PROOFS],
        more=max(len(unlike) - MOST_PROOFS, 0),
    )


def _of_record(one: RecordEvidence, shown: Shown, time_zone: str, report: str | None) -> Proof:
    document = shown.index.documents[one.document]
    words, sentence = (printable(" ".join(text.split())) for text in (one.words, one.sentence))
    lead, found, tail = sentence.partition(words)
    alone = not found or len(sentence) > LONGEST_SENTENCE
    return Proof(
        words=shortened(words),
        lead="" if alone else lead,
        tail="" if alone else tail,
        page=_at_words(document.url, one.words),
        report=f"{report}#{Anchors().new('s', one.record)}" if report else None,
        **_whose(document, time_zone),
    )


def _of_document(document: Document, time_zone: str) -> Proof:
    return Proof(words="", page=_at_words(document.url, ""), **_whose(document, time_zone))


def _whose(document: Document, time_zone: str) -> dict[str, str]:
    return {
        "outlet": printable(outlet_name(document)),
        "headline": printable(" ".join((document.headline or document_name(document)).split())),
        "published": moment_words(document.published, time_zone) or "undated",
    }


def _at_words(url: str | None, words: str) -> str | None:
    """A page's address that leads to the very words, where the browser knows how (the WICG's text fragments)."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    plain = " ".join(words.split())
    if not plain or "[…]" in plain:
        return url
    pieces = plain.split(" ")
    if len(plain) > LONGEST_FRAGMENT and len(pieces) > 2 * _WORDS_AT_ENDS:
        told = ",".join(_quoted(" ".join(part)) for part in (pieces[:_WORDS_AT_ENDS], pieces[-_WORDS_AT_ENDS:]))
    else:
        told = _quoted(plain)
    return f"{url}{'' if '#' in url else '#'}:~:text={told}"


def _quoted(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
