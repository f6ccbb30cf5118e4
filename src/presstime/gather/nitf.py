"""A NITF story (News Industry Text Format, 3.x) to its pieces and fields.

In: the <nitf> element. Out: headline, deck, paragraphs, headings, captions with their credits, and the fields of its head:
`<pubdata name="Harrow Post" date.publication="20260304T182000Z"/>` gives the outlet "Harrow Post", published
2026-03-04T18:20:00+00:00. A dateline in the head is put in front of the first paragraph, where a printed story has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presstime.gather.pieces import Piece, one_line
from presstime.gather.stated import Stated
from presstime.gather.wire_notes import embargo_problem, withdrawn_problem
from presstime.gather.xml import local, words_of
from presstime.records import PartKind

__all__ = ["nitf_credits", "nitf_pieces", "nitf_stated"]

_BLOCKS: dict[str, PartKind] = {
    "p": "paragraph",
    "hl2": "heading",
    "li": "paragraph",
    "dt": "paragraph",
    "dd": "paragraph",
    "pre": "paragraph",
}
_BLOCKS |= {
    "th": "paragraph",
    "td": "paragraph",
    "credit": "paragraph",
    "tagline": "credit",
    "bibliography": "boilerplate",
    "note": "boilerplate",
}
_CANCELS = frozenset({"killed", "canceled", "cancelled", "withdrawn"})


def nitf_stated(root: Any, stated: Stated) -> None:
    """Takes the fields that the story's head states."""
    for data in _named(root, "pubdata"):
        stated.take("outlet", data.get("name"), "nitf pubdata")
        stated.date(data.get("date.publication"), "nitf pubdata")
        stated.take("url", data.get("ex-ref"), "nitf pubdata ex-ref")
    for distributor in _named(root, "distributor"):
        stated.take("outlet", words_of(distributor), "nitf distributor")
    for holder in _named(root, "doc.copyright"):
        stated.take("outlet", holder.get("holder"), "nitf doc.copyright")
    for identity in _named(root, "doc-id"):
        stated.take("outlet", identity.get("regsrc"), "nitf doc-id")
    for key in ("date.release", "date.issue", "story.date"):
        for found in _named(root, key):
            stated.date(found.get("norm"), f"nitf {key}")
    headline = one_line(words_of(next(_named(root, "hl1"), None)))
    stated.take("headline", headline or words_of(next(_named(root, "title"), None)), "nitf hl1" if headline else "nitf title")
    for byline in _named(root, "byline"):
        by = next(_named(byline, "person"), byline)
        stated.take("byline", words_of(by), "nitf byline")
    for line in _named(root, "dateline"):
        stated.take("dateline", words_of(next(_named(line, "location"), None)), "nitf dateline")
    for data in _named(root, "docdata"):
        status = (data.get("management-status") or "").lower()
        if "embargo" in status:
            stated.problems.append(embargo_problem(stated.where, status))
        if status in _CANCELS:
            stated.problems.append(withdrawn_problem(stated.where, status))
    for found in _named(root, "correction"):
        if words := found.get("info"):
            stated.note("edited", f"nitf correction: {words[:120]}")


def nitf_credits(root: Any) -> tuple[str, ...]:
    """The agencies that distribute the story, for the paper that prints it."""
    return tuple(words for found in _named(root, "distributor") if (words := words_of(found)))


def nitf_pieces(root: Any) -> list[Piece]:
    """The story as it is printed: headline, deck, paragraphs in their order, captions where they stand."""
    pieces: list[Piece] = []
    for kind, name in (("headline", "hl1"), ("deck", "hl2")):
        for head in _named(root, "hedline"):
            pieces += [Piece(text=words, kind=kind) for found in _named(head, name) if (words := words_of(found))]  # type: ignore[arg-type]
    body = next(_named(root, "body.content"), None)
    dateline = words_of(next(_named(next(_named(root, "body.head"), None), "dateline"), None))
    told: set[int] = set()
    for block in _blocks(body):
        if block.kind == "paragraph" and dateline and not told:
            told.add(1)
            if not block.text.startswith(dateline):
                block = Piece(text=f"{dateline.rstrip(' —–-')} — {block.text}")
        pieces.append(block)
    end = next(_named(root, "body.end"), None)
    return [*pieces, *_blocks(end)]


def _blocks(root: Any) -> Iterator[Piece]:
    """The blocks under an element, each told once: one within another belongs to the outer."""
    if root is None:
        return
    taken: Any = None
    for element in root.iter():
        name = local(element)
        if taken is not None and taken in element.iterancestors():
            continue
        if name == "media":
            taken = element
            caption = " ".join(words for found in _named(element, "media-caption") if (words := words_of(found)))
            credit = one_line(words_of(next(_named(element, "media-producer"), None)))
            if caption:
                yield Piece(text=caption, kind="caption", credit=credit)
        elif name in _BLOCKS:
            taken = element
            if words := words_of(element):
                yield Piece(text=words, kind=_BLOCKS[name])
        elif name in ("block", "bq", "body.content") and (loose := one_line(element.text)):
            yield Piece(text=loose)


def _named(root: Any, name: str) -> Iterator[Any]:
    return (element for element in root.iter() if local(element) == name) if root is not None else iter(())
