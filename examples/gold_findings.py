"""The second half of gold.toml, what the story as a whole holds, into presstime's own findings.

Comes in: gold.toml's tables ([[disputes]], [[series]]…) and the readings made of its documents. Goes out: `Findings`.
A [[series]] line `giver = "the ministry", figures = ["morning.killed", "evening.killed"]` gives two points, the first
superseded by the second. A name of a statement, figure or event that no document has is a KeyError.
"""

from __future__ import annotations

from typing import Any

from presstime import findings as found
from presstime import records

__all__ = ["findings"]

Entry = dict[str, Any]


def findings(source: Entry, readings: tuple[records.Reading, ...]) -> found.Findings:
    """The story's findings, every reference checked against the readings."""
    statements = {each.id: (each, reading) for reading in readings for each in reading.statements}
    figures = {each.id: (each, reading) for reading in readings for each in reading.figures}
    events = {each.id: (each, reading) for reading in readings for each in reading.events}
    times = {each.id: each for reading in readings for each in reading.times}
    claims, disputes, series, timeline, reactions = [], [], [], [], []

    def words(id_: str) -> str:
        statement, reading = statements[id_]
        return " … ".join(reading.document.text[span.start : span.end] for span in statement.content)

    for n, item in enumerate(source["disputes"], 1):
        for denial in item["denials"]:
            statements[denial]
        claims.append(found.Claim(id=f"claim-{n}", statements=tuple(item["claims"]), words=words(item["claims"][0])))
        disputes.append(
            found.Dispute(
                id=f"dispute-{n}",
                about=item["about"],
                claim=f"claim-{n}",
                claimed_by=tuple(item["claimed_by"]),
                denied_by=tuple(item["denied_by"]),
                denials=tuple(item["denials"]),
            )
        )
    for n, item in enumerate(source["series"], 1):
        lines = []
        for line in item["lines"]:
            points = []
            for id_, later in zip(line["figures"], [*line["figures"][1:], None], strict=True):
                figure, reading = figures[id_]
                as_of = figure.as_of or reading.document.published
                points.append(
                    found.Point(figure=id_, as_of=as_of, low=figure.low, high=figure.high, qualifier=figure.qualifier, superseded_by=later)
                )
            lines.append(found.Line(giver=line["giver"], points=tuple(points)))
        series.append(
            found.Series(id=f"series-{n}", measure=item["measure"], of=item.get("of"), group=item.get("group"), lines=tuple(lines))
        )
    for n, item in enumerate(source["timeline"], 1):
        tellings = []
        for each in item["tellings"]:
            event, _ = events[each["event"]]
            when = times[event.time].value if event.time else None
            tellings.append(found.Telling(event=event.id, from_=when, standing=event.standing, giver=each["giver"]))
        timeline.append(
            found.TimelineEntry(
                id=f"timeline-{n}",
                type=item["type"],
                place=item.get("place"),
                tellings=tuple(tellings),
                standing=item["standing"],
                times_differ=item.get("times_differ", False),
            )
        )
    for item in source["reactions"]:
        for each in item["statements"]:
            statements[each]
        reactions.append(
            found.Reaction(
                actor=item["actor"],
                country=item.get("country"),
                act=item["act"],
                towards=item.get("towards"),
                statements=tuple(item["statements"]),
            )
        )
    silences = []
    for item in source["silences"]:
        statements[item["because"]]
        silences.append(found.Silence(actor=item["actor"], because=item["because"], documents=len(readings), as_of=source["as_of"]))
    origins = [
        found.Origin(
            id=f"origin-{n}",
            name=item["name"],
            documents=tuple(item["documents"]),
            how=item["how"],
            independent_at_most=item["independent_at_most"],
        )
        for n, item in enumerate(source["origins"], 1)
    ]
    return found.Findings(
        as_of=source["as_of"],
        claims=tuple(claims),
        disputes=tuple(disputes),
        series=tuple(series),
        timeline=tuple(timeline),
        reactions=tuple(reactions),
        silences=tuple(silences),
        origins=tuple(origins),
    )
