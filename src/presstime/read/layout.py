"""Document → Layout: what each block of a text is on the page, and what the page says of the report itself.

In: a document (its text, and the parts and media that gather saw in the HTML) and the context. Out: parts that hold
every character but white space, headline, dateline, the moment the report stands at, credits and media.

Example: "PORT VELA (Combined Sources) — Water rose on Monday. (Press time is Monday night.)" → dateline "PORT VELA",
as-of the Monday's TNI
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from presstime.read.blocks import find_blocks
from presstime.read.credits import bracketed_credit, caption_credit, names_in_credit, signed_off, sourced_name
from presstime.read.dateline import LONGEST_DATELINE, Dateline, date_line, find_dateline
from presstime.read.kinds import Look, bare, caption_score, classify_head, heading_score, look_at, reads_on
from presstime.read.layout_words import LayoutWords, layout_words
from presstime.read.press_time import find_as_of
from presstime.records import Context, Document, Media, Part, PartKind, Span

__all__ = ["Layout", "lay_out"]

LONGEST_BOILERPLATE = 300
"""A newsletter, share or rights line is no longer than this many characters."""
DATELINE_WITHIN = 3
"""A dateline opens one of the first so many paragraphs."""
DATELINE_BLOCKS = 12
"""A dateline that stands alone is one of the first so many blocks."""
WEAK_FROM, WEAK = 8, 2.0
"""A block of more words than the first needs a caption score of the second to leave the story."""
LONGEST_LIST = 4
"""So many short blocks in a row are a list or a table, and kept as the story's."""
MOSTLY_CAPITALS = 0.8
"""A text with this share of capitals among its letters is all in capitals, as old wires are."""
PLAINLY_SMALL = 0.25
"""With this share of the commonest small letters among its characters it cannot be: no letter needs to be looked at."""


@dataclass(frozen=True)
class Layout:
    """A document laid out. Spans are offsets into its text, end exclusive.

    `dateline` are the place's words, `dateline_date` the day that the dateline or a line of its own gives;
    `body_starts` is where the story proper starts, after the dateline; `as_of` is a TIMEX value.
    """

    parts: tuple[Part, ...]
    headline: str | None = None
    dateline: str | None = None
    dateline_span: Span | None = None
    dateline_date: str | None = None
    body_starts: int = 0
    as_of: str | None = None
    as_of_span: Span | None = None
    credits: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class _Block:
    """A block being told: `kind` is None until it is."""

    start: int
    end: int
    kind: PartKind | None = None
    credits: tuple[str, ...] = ()
    date: str | None = None
    credit: str | None = None
    trusted: bool = False


def lay_out(document: Document, context: Context) -> Layout:
    """The layout of a document, from its text and, where gather gave parts, from them first."""
    text, words = document.text, layout_words()
    capitals = _in_capitals(text)
    blocks = [_mark(text, block, document, words) for block in _blocks(document)]
    blocks = _mark_datelines(text, blocks, document.published, words, capitals=capitals)
    blocks = _tell_bare(text, blocks, document, words, capitals=capitals)
    dateline = _dateline(text, blocks, document.published, words, capitals=capitals)
    blocks = _split_signatures(text, blocks, words)
    parts = tuple(Part(kind=block.kind or "paragraph", start=block.start, end=block.end) for block in blocks)
    date = dateline.date if dateline and dateline.date else next((block.date for block in blocks if block.date), None)
    as_of = find_as_of(text, parts, document.published or date, context.time_zone, words)
    headline = next((" ".join(text[part.start : part.end].split()) for part in parts if part.kind == "headline"), document.headline)
    body = dateline.body if dateline else next((part.start for part in parts if part.kind == "paragraph"), len(text))
    return Layout(
        parts=parts,
        headline=headline,
        dateline=(dateline.place if dateline else None) or document.dateline,
        dateline_span=Span(start=dateline.start, end=dateline.end) if dateline and dateline.place else None,
        dateline_date=date,
        body_starts=body,
        as_of=as_of[0] if as_of else document.as_of,
        as_of_span=Span(start=as_of[1], end=as_of[2]) if as_of else None,
        credits=_credits(document, blocks, dateline, words),
        media=_media(document, blocks),
    )


def _in_capitals(text: str) -> bool:
    head = text[:4000]
    if sum(map(head.count, "etaoin")) > PLAINLY_SMALL * len(head):
        return False
    letters = [letter for letter in head if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= MOSTLY_CAPITALS * len(letters)


def _blocks(document: Document) -> list[_Block]:
    """Gather's parts, trimmed, and the blocks of whatever text lies between them."""
    text, found, at = document.text, [], 0
    for part in sorted(document.parts, key=lambda part: (part.start, part.end)):
        start, end = max(part.start, at), min(part.end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        found += [_Block(at + a, at + b) for a, b in find_blocks(text[at:start])]
        found.append(_Block(start, end, part.kind, trusted=True))
        at = end
    return found + [_Block(at + a, at + b) for a, b in find_blocks(text[at:])]


def _mark(text: str, block: _Block, document: Document, words: LayoutWords) -> _Block:
    """The block with its kind where its own words show it: boilerplate, credit, byline, date, marked caption."""
    if block.trusted and block.kind not in ("paragraph", "caption", "credit"):
        return block
    flat = " ".join(text[block.start : block.end].split())
    if block.kind == "caption":
        return replace(block, credit=caption_credit(flat, words)[1])
    if block.kind == "credit":
        return replace(block, credits=names_in_credit(flat, words) or ())
    if len(flat) <= LONGEST_BOILERPLATE:
        if words.boilerplate.match(flat):
            return replace(block, kind="boilerplate", date=date_line(flat, document.published))
        date = date_line(flat, document.published)
        if date:
            return replace(block, kind="boilerplate", date=date)
        if _is_reference(flat):
            return replace(block, kind="boilerplate")
    if not any(letter.isalpha() for letter in flat):
        return replace(block, kind="boilerplate")
    names = names_in_credit(flat, words)
    if names is not None:
        return replace(block, kind="credit", credits=names)
    if _is_byline(flat, document):
        return replace(block, kind="credit")
    if len(flat.split()) <= 60 and not flat.startswith(("“", '"')):
        marked, credit = caption_credit(flat, words)
        if marked:
            return replace(block, kind="caption", credit=credit)
    return block


def _mark_datelines(text: str, blocks: Sequence[_Block], published: str | None, words: LayoutWords, *, capitals: bool) -> list[_Block]:
    """Blocks near the top that are nothing but a dateline belong to the story."""
    marked = list(blocks)
    for number, block in enumerate(marked[:DATELINE_BLOCKS]):
        if block.kind is None and block.end - block.start <= LONGEST_DATELINE:
            found = find_dateline(text, block.start, block.end, published, words, capitals=capitals)
            if found and found.body >= block.end:
                marked[number] = replace(block, kind="paragraph")
    return marked


def _is_reference(flat: str) -> bool:
    """A release's number, such as "2013-01-S-025"."""
    return " " not in flat and any(letter.isdigit() for letter in flat) and not any(letter.islower() for letter in flat) and "-" in flat


def _is_byline(flat: str, document: Document) -> bool:
    """Such as "By JANE DOE, Associated Press Writer": the word, then a name, and no sentence."""
    if document.byline and flat.lower().removeprefix("by ").strip() == document.byline.lower().removeprefix("by ").strip():
        return True
    pieces = flat.split()
    return (
        1 < len(pieces) <= 16
        and pieces[0].lower() == "by"
        and pieces[1][:1].isupper()
        and not flat.endswith((".", ":", "?", "”", '"'))
        and sum(word[:1].isupper() for word in pieces[1:]) >= 0.6 * (len(pieces) - 1)
    )


def _tell_bare(text: str, blocks: Sequence[_Block], document: Document, words: LayoutWords, *, capitals: bool) -> list[_Block]:
    """Every block with its kind: the blocks above the story as headline, deck or caption, short ones inside it as heading or caption."""
    told = list(blocks)
    looks: list[Look] = [look_at(text[block.start : block.end], words) for block in told]
    first = next((n for n, b in enumerate(told) if b.kind == "paragraph" or (b.kind is None and not bare(looks[n], words))), None)
    if first is None:
        return [replace(block, kind=block.kind or "paragraph") for block in told]
    head = [n for n in range(first) if told[n].kind is None]
    has_headline = any(block.kind == "headline" for block in told)
    kinds = classify_head([looks[n] for n in head], document.headline, words, has_headline=has_headline)
    if not has_headline and "headline" not in kinds and told[first].kind is None and first == (head[0] if head else first):
        following = told[first + 1] if first + 1 < len(told) else None
        opens = (
            following is not None
            and find_dateline(text, following.start, following.end, document.published, words, capitals=capitals) is not None
        )
        if following is not None and _is_headline_sentence(
            looks[first], document.headline, opens or following.kind == "boilerplate", capitals=capitals
        ):
            told[first] = replace(told[first], kind="headline")
    for number, kind in zip(head, kinds, strict=True):
        told[number] = replace(told[number], kind=kind)
    in_sources, listing = False, False
    for number in range(first, len(told)):
        block, seen = told[number], looks[number]
        if block.kind is not None:
            listing = listing and block.kind == "paragraph"
            continue
        name = sourced_name(seen.words) if in_sources else None
        if in_sources and name:
            told[number] = replace(block, kind="credit", credits=(name,))
            continue
        if not bare(seen, words):
            told[number] = replace(block, kind="paragraph")
            listing = seen.words.endswith(":")
            continue
        run = _run(told, looks, number, words)
        followed = any(
            b.kind == "paragraph" or (b.kind is None and not bare(looks[m], words)) for m, b in enumerate(told[number + 1 :], number + 1)
        )
        plain = seen.words.rstrip(":").lower()
        if plain in words.source_headings:
            in_sources = True
            told[number] = replace(block, kind="heading")
        elif listing or run >= LONGEST_LIST or seen.tabular or reads_on(seen, capitals=capitals):
            told[number] = replace(block, kind="paragraph")
        elif caption_score(seen, words) > heading_score(seen, words, capitals=capitals):
            weak = seen.count > WEAK_FROM and caption_score(seen, words) < WEAK
            told[number] = replace(block, kind="paragraph" if weak else "caption")
        else:
            told[number] = replace(block, kind="heading" if followed else "paragraph")
    return told


def _run(blocks: Sequence[_Block], looks: Sequence[Look], at: int, words: LayoutWords) -> int:
    """How many untold bare blocks, or bare blocks kept as paragraphs, stand in a row around this one."""

    def short(n: int) -> bool:
        return blocks[n].kind in (None, "paragraph") and not blocks[n].trusted and bare(looks[n], words)

    first, last = at, at
    while first > 0 and at - first < LONGEST_LIST and short(first - 1):
        first -= 1
    while last + 1 < len(blocks) and last - at < LONGEST_LIST and short(last + 1):
        last += 1
    return last - first + 1


def _is_headline_sentence(look: Look, headline: str | None, opens: bool, *, capitals: bool) -> bool:
    """Whether a first block that ends like a sentence is the headline: it is known to be, is in title case, or a dateline follows."""
    if headline and look.words.rstrip(".").lower() == " ".join(headline.split()).rstrip(".").lower():
        return True
    if look.count > 30 or look.sentences > 1 or look.quoted or capitals:
        return False
    return (look.titled and look.count >= 4) or (opens and look.count <= 20)


def _dateline(text: str, blocks: Sequence[_Block], published: str | None, words: LayoutWords, *, capitals: bool) -> Dateline | None:
    """The dateline of the first paragraphs; one that stands alone lets the story start with the block after it."""
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    for number, block in enumerate(paragraphs[:DATELINE_WITHIN]):
        found = find_dateline(text, block.start, block.end, published, words, capitals=capitals)
        if found:
            if found.body >= block.end and number + 1 < len(paragraphs):
                found = replace(found, body=paragraphs[number + 1].start)
            return found
    return None


def _split_signatures(text: str, blocks: Sequence[_Block], words: LayoutWords) -> list[_Block]:
    """An agency's name that closes a paragraph, "(Reuters)", becomes a credit of its own."""
    split: list[_Block] = []
    for block in blocks:
        signed = signed_off(text[block.start : block.end], words) if block.kind == "paragraph" else None
        if not signed:
            split.append(block)
            continue
        at, names = block.start + signed[0], signed[1]
        end = at
        while end > block.start and text[end - 1].isspace():
            end -= 1
        split += [replace(block, end=end), _Block(at, block.end, "credit", names)]
    return split


def _credits(document: Document, blocks: Sequence[_Block], dateline: Dateline | None, words: LayoutWords) -> tuple[str, ...]:
    """Whose copy went into the report: as gathered, from credit lines, and the dateline's agency."""
    names = [*document.credits, *(name for block in blocks if block.kind == "credit" for name in block.credits)]
    if dateline and dateline.agency:
        names.append(dateline.agency)
    return tuple(dict.fromkeys(name for name in names if name.lower() not in words.generic_sources))


def _media(document: Document, blocks: Sequence[_Block]) -> tuple[Media, ...]:
    """The pictures gathered, and every further caption."""
    media = [item for item in document.media if 0 <= item.caption.start <= item.caption.end <= len(document.text)]
    for block in blocks:
        if block.kind == "caption" and not any(m.caption.start < block.end and block.start < m.caption.end for m in media):
            credit = block.credit or bracketed_credit(document.text[block.start : block.end])
            media.append(Media(caption=Span(start=block.start, end=block.end), credit=credit))
    return tuple(sorted(media, key=lambda item: (item.caption.start, item.caption.end)))
