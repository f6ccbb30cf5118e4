"""An HTML page's bytes to its content: the article's text, what the page states about it, and hints of its layout.

In: raw bytes and a name. Out: `Content`, paragraphs separated by an empty line, or a Problem (empty, binary,
encoding, too-large, broken-html, not-an-article). No script is run and nothing is fetched. `<figcaption>A burnt bus
(AP)</figcaption>` between two paragraphs becomes a paragraph of its own, marked as a caption, with the credit "AP".
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from typing import Any

from presstime.gather.blocks import Block, page_blocks
from presstime.gather.content import Content
from presstime.gather.decode import decode
from presstime.gather.metadata import page_metadata
from presstime.gather.pieces import Piece, joined
from presstime.gather.text import encoding_notes, has_sentences
from presstime.records import PartKind, Problem, Provenance

__all__ = ["html_content"]

MAX_ELEMENTS = 20_000
"""trafilatura's time grows faster than the page: 9,000 paragraphs took 4 s, 39,000 took 22 s; a long live blog has 10,000."""
MAX_ATTRIBUTES = 200
MAX_ATTRIBUTE = 5000
"""Past these an attribute says nothing of an article, and a page of them took 25 s."""
MAX_HEAD = 4096
MAX_DECK = 600
MAX_RUNS = 100
"""Each look for a run goes over the whole page, so a hostile page gets only so many."""
EARLY = 4
"""A deck stands among the first four blocks of an article."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CREDIT_WORDS = r"(?:photo(?:graph)?s?|image|picture|credit|courtesy|source|via)(?:\s+(?:by|of|credit|courtesy))*"
_CREDIT = (
    re.compile(rf"[(\[]\s*{_CREDIT_WORDS}\s*[:/]?\s+([^()\[\]]{{2,80}})[)\]]\s*\.?$", re.IGNORECASE),
    re.compile(rf"(?:^|[\s.|—–-])(?:{_CREDIT_WORDS}\s*:|©)\s*([^()\[\]:]{{2,80}}?)\.?$", re.IGNORECASE),
    re.compile(r"\(([A-Z][^()\s]{1,30}(?:[ /][A-Z][^()\s]{0,30}){0,5})\)\.?$"),
    re.compile(r"\|\s*([A-Z][^|]{1,60})$"),
)
_CREDIT_PREFIX = re.compile(rf"^(?:{_CREDIT_WORDS}\s*[:/]?|©)\s*", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMPTY_CELLS = re.compile(r"^(?:\| ?)+|(?: ?\|)+$")


def html_content(data: bytes, name: str, *, charset: str | None = None) -> Content | Problem:
    """The article of an HTML page. Broken markup is read as far as it goes. `charset` is what its server declared."""
    if not data.strip():
        return Problem(where=name, what="empty", why="The file holds nothing. Save the page again, or leave it out.")
    own = _CHARSET.search(data[:MAX_HEAD])
    decoded = decode(data, name, declared=charset or (own[1].decode("ascii") if own else None))
    if isinstance(decoded, Problem):
        return decoded
    root = _tree(_NOT_XML.sub(" ", _DECLARATION.sub("", decoded.text, count=1)))
    if root is None:
        return _broken(name, "has no markup that can be read, or is nested too deep")
    elements = _elements(root)
    if elements > MAX_ELEMENTS:
        why = f"The page has {elements:,} elements, more than the {MAX_ELEMENTS:,} allowed. Save the article's text as .txt and give that."
        return Problem(where=name, what="too-large", why=why)
    try:
        fields, stated = page_metadata(root)
        blocks = page_blocks(root)
        body = _body(root)
    except Exception as error:  # a library's fault on a hostile page must not end the run
        return _broken(name, f"cannot be taken apart ({type(error).__name__})")
    pieces = _pieces(body, blocks, fields, _description(root))
    text, parts, media = joined(pieces)
    if not has_sentences("\n".join(piece.text for piece in pieces if piece.kind in ("paragraph", "caption", "deck"))):
        return Problem(where=name, what="not-an-article", why="No article was found on the page. Save its text as .txt and give that.")
    notes, problems = encoding_notes(decoded, name)
    provenance = (*stated, Provenance(field="text", source="trafilatura"), *notes)
    return Content(text=text, **dict[str, Any](fields), parts=parts, media=media, provenance=provenance, problems=problems)


def _tree(markup: str) -> Any:
    """The parsed page, without its comments, or None. The parser loads nothing from anywhere."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        return document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return None


def _elements(root: Any) -> int:
    """How many elements the page has. Attributes without measure are taken off on the way."""
    number = 0
    for element in root.iter():
        number += 1
        if len(element.attrib) > MAX_ATTRIBUTES:
            element.attrib.clear()
        for key in ("class", "id", "style"):
            if len(element.get(key) or "") > MAX_ATTRIBUTE:
                del element.attrib[key]
    return number


def _body(root: Any) -> list[tuple[str, str]]:
    """What trafilatura takes for the article: (tag, text) of each paragraph, in order."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    # It logs every page it finds nothing on, where a Problem says so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(deepcopy(root), include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    paragraphs: list[tuple[str, str]] = []
    if body is not None:
        _paragraphs(body, paragraphs)
    return paragraphs


def _paragraphs(body: Any, paragraphs: list[tuple[str, str]]) -> None:
    """The paragraphs of trafilatura's tree. A list's items are one each, a table's rows one line each."""
    from lxml import etree

    words: list[str] = []
    tag = "p"

    def close() -> None:
        for piece in re.split(r"\n\s*\n", "".join(words)):
            lines = [_EMPTY_CELLS.sub("", " ".join(line.split())) for line in piece.split("\n")]
            if text := "\n".join(line for line in lines if line):
                paragraphs.append((tag, text))
        words.clear()

    for happening, element in etree.iterwalk(body, events=("start", "end")):
        kind = element.tag if isinstance(element.tag, str) else ""
        block = kind in ("body", "p", "head", "quote", "list", "item", "table", "row", "code", "div", "ab")
        if happening == "start":
            if block and kind != "row":
                close()
                tag = f"h{(element.get('rend') or 'h2')[-1]}" if kind == "head" else "p"
            elif kind == "lb":
                words.append("\n")
            words.append((element.text or "").replace("\n", " "))
        else:
            if kind == "row":
                words.append("\n")
            elif kind == "cell" and element.getnext() is not None:
                words.append(" | ")
            elif block:
                close()
                tag = "p"
            if element is not body:
                words.append((element.tail or "").replace("\n", " ") if kind not in ("row", "cell") else "")
    close()


def _description(root: Any) -> str:
    for path in (".//meta[@name='description']", ".//meta[@property='og:description']"):
        element = root.find(path)
        if element is not None and (words := " ".join((element.get("content") or "").split())):
            return words
    return ""


def _pieces(body: list[tuple[str, str]], blocks: tuple[Block, ...], fields: dict[str, str], description: str) -> list[Piece]:
    """trafilatura's paragraphs in their order, with the page's own headline, deck and captions where they stood."""
    headline, byline = fields.get("headline"), fields.get("byline", "").lower()
    placed = _placed(body, blocks)
    taken = {place for _, _, place in placed if place is not None}
    article = _article_of(blocks, taken)
    title = next((i for i, block in enumerate(blocks) if block.tag == "h1" and block.text == headline), None)
    extra = _captions_of(blocks, taken, article, title)
    if title is not None and title not in taken and not any(text == headline for _, text, _ in placed):
        extra[title] = Piece(text=blocks[title].text, kind="headline")
    first = min((place for tag, _, place in placed if place is not None and tag == "p"), default=None)
    start = 0 if title is None else title
    for index in range(start, min(len(blocks), (first if first is not None else start) + 1)):
        block = blocks[index]
        if index not in taken and not block.outside and _is_deck(block, description) and (title is not None or block.article == article):
            extra[index] = Piece(text=block.text, kind="deck")
    pieces: list[Piece] = []
    waiting = sorted(extra)
    for order, (tag, text, place) in enumerate(placed):
        while waiting and place is not None and waiting[0] < place:
            pieces.append(extra[waiting.pop(0)])
        if byline and text.lower().removeprefix("by ") == byline:
            pieces.append(Piece(text=text, kind="boilerplate"))
            continue
        pieces.append(_piece(tag, text, blocks[place] if place is not None else None, headline, description, early=order < EARLY))
    pieces.extend(extra[index] for index in waiting)
    return _without_repeats(pieces)


def _placed(body: list[tuple[str, str]], blocks: tuple[Block, ...]) -> list[tuple[str, str, int | None]]:
    """trafilatura's paragraphs, each with the number of the page's block it is, None where it is none.

    On a short page trafilatura runs all paragraphs into one, which is taken apart again along the page's blocks.
    """
    where: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        where.setdefault(" ".join(block.text.split()), []).append(index)
    placed: list[tuple[str, str, int | None]] = []
    last, tries = -1, 0
    for tag, text in body:
        flat = " ".join(text.split())
        known = where.get(flat, [])
        at = bisect_right(known, last)
        if at < len(known):
            last = known[at]
            placed.append((tag, text, last))
        elif not known and (tries := tries + 1) <= MAX_RUNS and (run := _run(flat, blocks, last + 1)):
            last = run[-1]
            placed.extend((blocks[index].tag if blocks[index].tag in _HEADINGS else "p", blocks[index].text, index) for index in run)
        else:
            placed.append((tag, text, None))
    return placed


def _run(text: str, blocks: tuple[Block, ...], start: int) -> list[int]:
    """The blocks from `start` on whose texts, one after the other, make up `text`; none where they do not."""
    run: list[int] = []
    position = 0
    for index in range(start, len(blocks)):
        words = " ".join(blocks[index].text.split())
        end = position + len(words)
        if text.startswith(words, position) and text[end : end + 1] in ("", " "):
            run.append(index)
            position = end + 1
            if position >= len(text):
                return run
    return []


def _article_of(blocks: tuple[Block, ...], taken: set[int]) -> int | None:
    """The <article> in which most of the taken blocks stand."""
    votes: dict[int, int] = {}
    for index in taken:
        if (article := blocks[index].article) is not None:
            votes[article] = votes.get(article, 0) + len(blocks[index].text)
    return max(sorted(votes), key=lambda article: votes[article]) if votes else None


def _captions_of(blocks: tuple[Block, ...], taken: set[int], article: int | None, title: int | None) -> dict[int, Piece]:
    """The captions that stand in the article, or between its headline and its last paragraph, by their place."""
    if not taken:
        return {}
    first, last = min(taken), max(taken)
    first = first if title is None or title > last else min(first, title)
    found: dict[int, Piece] = {}
    for index, block in enumerate(blocks):
        if block.caption is None or index in taken or block.outside or "boilerplate" in block.marks:
            continue
        if first <= index <= last or (article is not None and block.article == article):
            found[index] = Piece(text=block.text, kind="caption", credit=_credit(block))
    return found


def _is_deck(block: Block, description: str) -> bool:
    if block.caption is not None or len(block.text) > MAX_DECK or "boilerplate" in block.marks or block.tag == "h1":
        return False
    return "deck" in block.marks or block.text == description


def _piece(tag: str, text: str, block: Block | None, headline: str | None, description: str, *, early: bool) -> Piece:
    if tag == "h1" and text == headline:
        return Piece(text=text, kind="headline")
    if block is not None and block.caption is not None:
        return Piece(text=text, kind="caption", credit=_credit(block))
    if block is not None and (block.marks & {"boilerplate", "byline"} or block.outside):
        return Piece(text=text, kind="boilerplate")
    if early and block is not None and _is_deck(block, description):
        return Piece(text=text, kind="deck")
    if block is not None and "credit" in block.marks:
        return Piece(text=text, kind="credit")
    return Piece(text=text, kind="heading" if tag.startswith("h") else "paragraph")


def _without_repeats(pieces: list[Piece]) -> list[Piece]:
    """A page often repeats its headline, deck or caption: the first is kept. A paragraph said twice is kept twice."""
    kept: list[Piece] = []
    seen: set[tuple[PartKind, str]] = set()
    for piece in pieces:
        key = (piece.kind, piece.text)
        if piece.kind in ("headline", "deck", "caption") and key in seen:
            continue
        seen.add(key)
        kept.append(piece)
    return kept


def _credit(block: Block) -> str | None:
    if block.credit:
        return _CREDIT_PREFIX.sub("", block.credit.strip("()[] "), count=1).strip("()[]| .") or None
    for pattern in _CREDIT:
        if found := pattern.search(block.text[-200:]):
            return found[1].strip(" .") or None
    return None


def _broken(name: str, found: str) -> Problem:
    return Problem(where=name, what="broken-html", why=f"The page {found}. Save the article's text as .txt and give that.")
