"""An answer of the ReliefWeb API (a list of reports, or one) to its reports.

In: the answer, decoded. Out: a `Content` a report: its source, the body that published it, as the outlet; its original date;
its page's address. ReliefWeb republishes: the report is its source's. {"fields": {"title": "Flood in Harrow", "body": "…",
"source": [{"name": "Harrow Relief"}]}} gives the outlet "Harrow Relief".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presstime.gather.content import Content
from presstime.gather.markdown import plain_text
from presstime.gather.pieces import Piece, fragment_pieces, one_line
from presstime.gather.stated import Stated, array, at, text_at
from presstime.records import Media, Part, Problem, Span

__all__ = ["reliefweb_contents"]

MAX_REPORTS = 10_000
"""Reports of one answer; the API gives at most 1,000."""


def reliefweb_contents(answer: dict[str, Any], name: str) -> Iterator[Content | Problem]:
    """The reports of an answer, in its order, numbered from 1."""
    entries = array(answer, "data")
    for number, entry in enumerate(entries[:MAX_REPORTS], 1):
        yield _report(entry, f"{name}:{number}", f":{number}")
    if not entries:
        yield Problem(where=name, what="empty", why="The answer holds no reports. Ask with a wider query.")
    total = at(answer, "totalCount")
    if isinstance(total, int) and total > len(entries):
        why = f"The answer holds {len(entries):,} of the {total:,} reports that the query found. Ask for the rest with offset and limit."
        yield Problem(where=name, what="partial", why=why)


def _report(entry: Any, where: str, place: str) -> Content | Problem:
    fields = at(entry, "fields")
    if not isinstance(fields, dict):
        why = "The report has no fields. Ask the API again with fields[include][] of title, body, source, date and url."
        return Problem(where=where, what="bad-line", why=why)
    stated = Stated(where)
    stated.take("url", text_at(fields, "url_alias"), "reliefweb url_alias")
    stated.take("url", text_at(fields, "url"), "reliefweb url")
    stated.take("url", text_at(fields, "origin"), "reliefweb origin")
    sources = [name for source in array(fields, "source") if (name := text_at(source, "name") or text_at(source, "shortname"))]
    stated.take("outlet", next(iter(sources), None), "reliefweb source")
    if len(sources) > 1:
        stated.note("outlet", f"reliefweb source, jointly with {', '.join(sources[1:])}")
    for key in ("original", "created"):
        stated.date(text_at(fields, "date", key), f"reliefweb date.{key}")
    stated.take("language", next((text_at(language, "code") for language in array(fields, "language")), None), "reliefweb language")
    if origin := text_at(fields, "origin"):
        stated.note("origin", f"reliefweb origin {origin[:200]}")
    for file in array(fields, "file"):
        if address := text_at(file, "url"):
            stated.note("media", f"reliefweb file {address}")
    title = one_line(text_at(fields, "title"))
    stated.take("headline", title, "reliefweb title")
    summary = text_at(fields, "headline", "summary")
    if text_at(fields, "body-html").strip():
        body = fragment_pieces(text_at(fields, "body-html"), where)
        stated.note("text", "reliefweb body-html")
    elif text_at(fields, "body").strip():
        body = _markdown(text_at(fields, "body"))
        stated.note("text", "reliefweb body")
    elif summary.strip():
        body = [Piece(text=one_line(summary) or "")]
        stated.note("text", "reliefweb headline: summary only")
    else:
        body = []
        stated.note("text", "reliefweb title: title only")
    if isinstance(body, Problem):
        return body
    head = [Piece(text=title, kind="headline")] if title else []
    if not head and not body:
        return Problem(where=where, what="empty", why="The report has neither title nor body. Ask the API for those fields.")
    number = entry.get("id") or fields.get("id")
    return stated.content([*head, *body], place=place, whence=f"reliefweb:{number}" if number else None)


def _markdown(text: str) -> list[Piece]:
    """ReliefWeb's bodies are Markdown."""
    plain, parts, media = plain_text(text)
    captions = {item.caption.start: item for item in media}
    pieces: list[Piece] = []
    position = 0
    for part in (*parts, Part(kind="paragraph", start=len(plain), end=len(plain))):
        pieces += [Piece(text=block.strip()) for block in plain[position : part.start].split("\n\n") if block.strip()]
        if words := plain[part.start : part.end].strip():
            caption = captions.get(part.start, Media(caption=Span(start=0, end=0)))
            pieces.append(Piece(text=words, kind=part.kind, credit=caption.credit))
        position = part.end
    return pieces
