"""An item in ninjs, the news agencies' JSON (versions 1.x, 2.x and 3.x), to its content.

In: the item, decoded. Out: one `Content`: headline, byline, place, agency, version's time, body, and the captions of what is
associated; Problems where the item is under embargo or withdrawn. {"uri": "urn:x:1", "headline": "Five die", "body_text":
"Shells fell."} gives "Five die", "Shells fell."; an item that is a picture gives its caption and credit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presstime.gather.content import Content
from presstime.gather.pieces import Piece, fragment_pieces, one_line, plain_pieces
from presstime.gather.stated import Stated, array, text_at
from presstime.gather.wire_notes import embargo_problem, withdrawn_problem
from presstime.records import Problem

__all__ = ["ninjs_content"]

MAX_ASSOCIATED = 200
_MEDIA = frozenset({"picture", "graphic", "video", "audio", "image"})
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld", "killed"})
_HTML, _PLAIN = ("xhtml", "html5", "html"), ("text", "plain")


def ninjs_content(item: dict[str, Any], where: str) -> Content | Problem:
    """The content of one item; a Problem where it has no words."""
    stated = Stated(where)
    stated.take("url", item.get("uri"), "ninjs uri")
    for link in array(item, "trustindicators"):
        stated.take("url", text_at(link, "href") if "article" in text_at(link, "title").lower() else None, "ninjs trustindicators")
    for key in ("source", "provider"):
        stated.take("outlet", item.get(key) if isinstance(item.get(key), str) else text_at(item, key, "name"), f"ninjs {key}")
    for source in array(item, "infosources"):
        stated.take("outlet", text_at(source, "name"), "ninjs infosources")
    stated.take("outlet", text_at(item, "copyrightholder"), "ninjs copyrightholder")
    for key in ("byline", "by"):
        stated.take("byline", item.get(key), f"ninjs {key}")
    stated.take("dateline", item.get("located"), "ninjs located")
    stated.take("language", item.get("language"), "ninjs language")
    for key in ("versioncreated", "contentcreated", "firstcreated"):
        stated.date(item.get(key), f"ninjs {key}")
    if text_at(item, "firstcreated") not in ("", text_at(item, "versioncreated")) and "versioncreated" in item:
        stated.note("first", f"ninjs firstcreated {text_at(item, 'firstcreated')[:80]}")
    headline = one_line(_best(item, "headline", "headlines", _PLAIN + _HTML) or text_at(item, "title") or _value(item, "titles"))
    stated.take("headline", headline, "ninjs headline")
    for key in ("embargoed", "embargoedreason"):
        if text := text_at(item, key):
            stated.problems.append(embargo_problem(where, text))
            break
    if text_at(item, "pubstatus").lower() in _WITHDRAWN:
        stated.problems.append(withdrawn_problem(where, text_at(item, "pubstatus")))
    picture = text_at(item, "type") in _MEDIA
    body = _body(item, where, stated, picture=picture)
    if isinstance(body, Problem):
        return body
    head = [Piece(text=headline, kind="headline")] if headline and not any(piece.text == headline for piece in body[:1]) else []
    if headline and not head:
        head, body = [Piece(text=headline, kind="headline")], body[1:]
    if not head and not body:
        return Problem(where=where, what="empty", why="The item has no words. Ask the agency for its text, or leave it out.")
    return stated.content([*head, *body, *_associated(item, where, stated)], whence=text_at(item, "uri") or text_at(item, "guid") or None)


def _body(item: dict[str, Any], where: str, stated: Stated, *, picture: bool) -> list[Piece] | Problem:
    """The body in its best form: marked up before plain, and the description where there is none."""
    for kinds, marked in ((_HTML, True), (_PLAIN, False)):
        text = _best(item, "body", "bodies", kinds)
        if text:
            stated.note("text", f"ninjs body ({'marked up' if marked else 'plain'})")
            return fragment_pieces(text, where) if marked or _looks_marked(text) else plain_pieces(text)
    text = _best(item, "description", "descriptions", (*_PLAIN, *_HTML, "caption", "summary", "main"))
    if not text:
        return []
    stated.note("text", "ninjs description: " + ("caption" if picture else "summary only"))
    pieces = fragment_pieces(text, where) if _looks_marked(text) else plain_pieces(text)
    if not picture or isinstance(pieces, Problem):
        return pieces
    return [Piece(text=piece.text, kind="caption", credit=stated.fields.get("byline")) for piece in pieces]


def _best(item: dict[str, Any], singular: str, plural: str, kinds: tuple[str, ...]) -> str:
    """`body_xhtml` of 1.x, or the entry of `bodies` of 2.x that is of one of the kinds, the earliest kind first."""
    if isinstance(found := item.get(singular), str) and found.strip() and "text" in kinds:
        return found
    entries = array(item, plural)
    for kind in kinds:
        if (text := text_at(item, f"{singular}_{kind}")).strip():
            return text
        for entry in entries:
            role, contents = text_at(entry, "role").lower(), text_at(entry, "contenttype").lower()
            fits = role == kind or (kind in _HTML and "html" in contents) or (kind == "text" and contents == "text/plain")
            if fits and text_at(entry, "value").strip():
                return text_at(entry, "value")
    if kinds[0] in _PLAIN:
        return next((text_at(entry, "value") for entry in entries if "xml" not in text_at(entry, "contenttype").lower()), "")
    return ""


def _value(item: dict[str, Any], key: str) -> str:
    return next((text_at(entry, "value") for entry in array(item, key)), "")


def _associated(item: dict[str, Any], where: str, stated: Stated) -> Iterator[Piece]:
    """The captions of what is associated: a table by name in 1.x, a list in 2.x."""
    held = item.get("associations")
    entries = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []
    for entry in entries[:MAX_ASSOCIATED]:
        if not isinstance(entry, dict) or text_at(entry, "type") not in _MEDIA:
            continue
        caption = one_line(_best(entry, "description", "descriptions", (*_PLAIN, "caption")) or text_at(entry, "title"))
        if address := text_at(entry, "uri"):
            stated.note("media", f"ninjs association {address}")
        if caption and "<" not in caption:
            yield Piece(text=caption, kind="caption", credit=one_line(text_at(entry, "byline") or text_at(entry, "by")))


def _looks_marked(text: str) -> bool:
    return "</" in text or "<p>" in text
