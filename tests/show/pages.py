"""Small materials and pieces of the page for the tests of what is drawn."""

from __future__ import annotations

from typing import Any

import lxml.html
import msgspec

from presstime.findings import Findings, Line, Point, Series
from presstime.records import Reading
from presstime.show import Material, render_report
from presstime.show.material import index_material
from presstime.show.passages import collect_passages
from presstime.show.rows import View, make_view

from .story import Desk

AS_OF = "2026-03-03T20:00:00+01:00"


def material(readings: list[Reading], time_zone: str = "Europe/Berlin", **found: Any) -> Material:
    findings = Findings(as_of=AS_OF, **found)
    return Material(title="Made up", as_of=AS_OF, time_zone=time_zone, findings=findings, readings=tuple(readings))


def view_of(made: Material) -> View:
    index = index_material(made)
    return make_view(index, collect_passages(index))


def page_of(made: Material) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(render_report(made))


def swapped(made: Material, one: str, other: str) -> Material:
    """The material with two names of one length exchanged."""
    text = msgspec.json.encode(made).decode().replace(one, "\x01").replace(other, one).replace("\x01", other)
    return msgspec.json.decode(text, type=Material)


Told = tuple[str, str, int | None, int | None, Any]
"""A giver, when, the lowest and highest number, the qualifier."""


def told_series(told: list[Told], time_zone: str = "Europe/Berlin", **fields: Any) -> Material:
    """One series of people killed, told as said."""
    words = [f"Line {number}: {qualifier} {low} {high} were killed." for number, (_, _, low, high, qualifier) in enumerate(told)]
    desk = Desk("doc-told", "Velm Post", [("paragraph", line) for line in words], published="2026-03-03T12:00:00+01:00")
    lines: dict[str, list[Point]] = {}
    for line, (giver, as_of, low, high, qualifier) in zip(words, told, strict=True):
        figure = desk.count(line, "killed", low, high, qualifier)
        lines.setdefault(giver, []).append(Point(figure=figure, as_of=as_of, low=low, high=high, qualifier=qualifier))
    series = Series(
        id="s", measure="killed", lines=tuple(Line(giver=giver, points=tuple(points)) for giver, points in lines.items()), **fields
    )
    return material([desk.reading()], time_zone, series=(series,))
