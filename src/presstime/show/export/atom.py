"""Atom (RFC 4287): what is new in a story, as a feed.

In: a `Shown`, and the differences from an earlier edition in words, where there is one. Out: the feed's bytes. With differences, an
entry each: what is new, changed, withdrawn, newly denied or corroborated. Without, everything: each figure that nobody superseded,
each dispute, each event, newest first. Ids are stable: the same finding is the same entry in the next feed.
Example: "New: Ledovian Health Ministry, killed, Velm: 19".
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from presstime.records import Record
from presstime.show.differences import DifferenceLine
from presstime.show.export.evidence import RecordEvidence, entry_evidence, evidence_lines, record_evidence, shortened
from presstime.show.export.shown import Shown
from presstime.show.export.when import event_when, parse_moment
from presstime.show.material import place_name, series_place
from presstime.show.passages import printable
from presstime.show.wording import WORDS, amount_words, capital, join_words, series_title

__all__ = ["atom"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:presstime")


class _Item(Record, frozen=True):
    ident: str
    title: str
    kind: str
    updated: datetime
    lines: tuple[str, ...]
    links: tuple[str, ...]


def atom(shown: Shown, differences: Sequence[DifferenceLine] | None = None) -> bytes:
    """The feed, in UTF-8."""
    material = shown.material
    as_of = parse_moment(material.as_of, ZoneInfo(material.time_zone)) or datetime(1980, 1, 1, tzinfo=UTC)
    items = _everything(shown, as_of) if differences is None else _new(differences, as_of)
    title = printable(f"{material.title}: what is new" if differences is not None else material.title)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_urn('story', material.title)}</id>",
        f"  <title>{escape(title)}</title>",
        f"  <updated>{_stamp(as_of)}</updated>",
        f"  <author><name>presstime {escape(material.presstime)}</name></author>",
        f"  <generator version={quoteattr(material.presstime)}>presstime</generator>",
        "  <subtitle>Who says what, as of press time; who is right is not said.</subtitle>",
    ]
    return "\n".join([*head, *(_entry(item) for item in items), "</feed>", ""]).encode("utf-8")


def _urn(*parts: str) -> str:
    return uuid.uuid5(_SPACE, printable("\x1f".join(parts))).urn


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(item: _Item) -> str:
    content = "\n".join(item.lines)
    links = "".join(f'    <link rel="related" href={quoteattr(printable(url))}/>\n' for url in item.links)
    return (
        f"  <entry>\n    <id>{_urn(item.kind, item.ident)}</id>\n    <title>{escape(printable(item.title))}</title>\n"
        f"    <updated>{_stamp(item.updated)}</updated>\n    <category term={quoteattr(item.kind)}/>\n{links}"
        f'    <content type="text">{escape(printable(content))}</content>\n  </entry>'
    )


def _new(differences: Sequence[DifferenceLine], as_of: datetime) -> list[_Item]:
    items = []
    for one in differences:
        lines = tuple(f"{name}: {words}" for name, words in (("Before", one.before), ("Now", one.after)) if words)
        items.append(
            _Item(ident=f"{one.of} {one.words}", title=one.words, kind=one.kind, updated=as_of, lines=lines or (one.words,), links=())
        )
    return items


# ---------------------------------------------------------------- everything


def _everything(shown: Shown, as_of: datetime) -> list[_Item]:
    items = [*_figures(shown, as_of), *_disputes(shown, as_of), *_events(shown, as_of)]
    return sorted(items, key=lambda item: (item.updated, item.kind, item.ident), reverse=True)


def _item(shown: Shown, kind: str, ident: str, title: str, evidence: Sequence[RecordEvidence], as_of: datetime) -> _Item:
    """An entry, as new as the newest document that bears it out."""
    zone = ZoneInfo(shown.material.time_zone)
    told = [moment for one in evidence if (moment := parse_moment(one.published, zone)) is not None and moment <= as_of]
    urls = tuple(dict.fromkeys(one.url for one in evidence if one.url and re.match(r"https?://", one.url)))
    lines = evidence_lines(evidence)
    return _Item(ident=ident, title=title, kind=kind, updated=max(told, default=as_of), lines=lines, links=urls)


def _figures(shown: Shown, as_of: datetime) -> list[_Item]:
    items = []
    for series in shown.material.findings.series:
        heading = series_title(series, series_place(shown.index, series))
        for line in series.lines:
            for point in line.points:
                figure = shown.index.figures.get(point.figure)
                if point.superseded_by is not None or figure is None:
                    continue
                title = f"{heading}: {amount_words(figure)}, {line.giver}"
                items.append(_item(shown, "figure", point.figure, title, record_evidence(shown, point.figure), as_of))
    return items


def _disputes(shown: Shown, as_of: datetime) -> list[_Item]:
    items = []
    for dispute in shown.material.findings.disputes:
        claim = shown.index.claims.get(dispute.claim)
        evidence = [e for one in (*(claim.statements if claim else ()), *dispute.denials) for e in record_evidence(shown, one)]
        denied = join_words(dispute.denied_by) or "no response found"
        title = (
            f"Disputed: “{shortened(dispute.about)}”. Says so: {join_words(dispute.claimed_by) or 'a speaker not told'}. Denies: {denied}."
        )
        items.append(_item(shown, "dispute", dispute.id, title, evidence, as_of))
    return items


def _events(shown: Shown, as_of: datetime) -> list[_Item]:
    items = []
    for entry in shown.material.findings.timeline:
        when = event_when(entry, shown.material.time_zone)
        place = place_name(shown.index, entry.place)
        day = f", {when.first.isoformat()}" if when and when.days == 1 else ""
        title = f"{capital(WORDS.event[entry.type])}{f', {place}' if place else ''}{day} ({entry.standing})"
        items.append(_item(shown, "event", entry.id, title, entry_evidence(shown, entry), as_of))
    return items
