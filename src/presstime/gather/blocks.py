"""The blocks of an HTML page, in the order of the page, with what its markup says each is.

In: a parsed page. Out: `Block` records: text, tag, the classes it stands under, its figure. `<figcaption>A burnt bus.
<span class="credit">Photo: AP</span></figcaption>` is one block with caption "A burnt bus. Photo: AP".
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lxml import etree

from presstime.records import Record

__all__ = ["Block", "page_blocks"]

_OUTSIDE = frozenset({"nav", "aside", "footer", "form", "dialog"})
_TOKEN = re.compile(r"[a-z]+")
MAX_ATTRIBUTE = 400


class Block(Record, frozen=True):
    """A run of text that no other block interrupts. `marks` are what its own and its containers' classes say.

    `tag` is its own; `article` (or `main`) and `caption` tell containers apart by a number, None outside of one. `credit` is the
    photograph's credit inside a caption.
    """

    text: str
    tag: str
    marks: frozenset[str] = frozenset()
    article: int | None = None
    caption: int | None = None
    outside: bool = False
    credit: str | None = None


class _Open:
    """A container that is being read. `own` marks come from its own attributes, `marks` from those around it too."""

    __slots__ = ("article", "caption", "element", "marks", "outside", "tag")

    def __init__(self, element: Any, tag: str, marks: frozenset[str], article: int | None, caption: int | None, outside: bool) -> None:
        self.element, self.tag, self.marks, self.article, self.caption, self.outside = element, tag, marks, article, caption, outside


def page_blocks(root: Any) -> tuple[Block, ...]:
    """Every visible block under `root`, in order. Takes time in the number of nodes, whatever their depth."""
    block_tags = _lists()["tags"]["block"]
    blocks: list[Block] = []
    stack: list[_Open] = []
    words: list[str] = []
    credit: list[str] = []
    crediting: Any = None
    unseen: Any = None

    def close() -> None:
        text = " ".join("".join(words).split())
        words.clear()
        if text and stack:
            top = stack[-1]
            said = " ".join("".join(credit).split()) or None
            blocks.append(
                Block(text=text, tag=top.tag, marks=top.marks, article=top.article, caption=top.caption, outside=top.outside, credit=said)
            )
            credit.clear()

    for number, (happening, element) in enumerate(etree.iterwalk(root, events=("start", "end", "comment", "pi"))):
        if happening in ("comment", "pi"):
            if unseen is None and element.tail:
                words.append(element.tail)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if happening == "start":
            if unseen is not None:
                continue
            if tag in _lists()["tags"]["unseen"] or "hidden" in element.attrib:
                unseen = element
                continue
            if tag in block_tags:
                close()
                stack.append(_opened(element, tag, stack[-1] if stack else None, number))
            elif tag == "br":
                words.append("\n")
            elif stack and stack[-1].caption is not None and crediting is None and "credit" in _marks(element):
                crediting = element
            if element.text:
                words.append(element.text)
                if crediting is not None:
                    credit.append(element.text)
            continue
        if unseen is element:
            unseen = None
        elif unseen is not None:
            continue
        elif tag in block_tags:
            close()
            stack.pop()
        elif crediting is element:
            crediting = None
        if element.tail and element is not root:
            words.append(element.tail)
            if crediting is not None:
                credit.append(element.tail)
    return _captions(blocks)


def _opened(element: Any, tag: str, above: _Open | None, number: int) -> _Open:
    own = _marks(element)
    marks = own | above.marks if above else own
    article, caption = (above.article, above.caption) if above else (None, None)
    if tag in ("article", "main"):
        article = number
    if caption is None and (tag == "figcaption" or ("caption" in own and tag in ("p", "div", "dd", "span"))):
        caption = number
    outside = (above is not None and above.outside) or tag in _OUTSIDE or "outside" in own
    return _Open(element, tag, marks, article, caption, outside)


def _captions(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks of one caption as one block; the one that is a credit by its class gives the credit."""
    joined: list[Block] = []
    for block in blocks:
        if block.caption is None or not joined or joined[-1].caption != block.caption:
            credit = block.credit or (block.text if block.caption is not None and "credit" in block.marks else None)
            joined.append(Block(**{**_fields(block), "credit": credit}))
            continue
        before = joined.pop()
        credit = before.credit or block.credit or (block.text if "credit" in block.marks else None)
        joined.append(Block(**{**_fields(before), "text": f"{before.text}\n{block.text}", "credit": credit}))
    return tuple(joined)


def _fields(block: Block) -> dict[str, Any]:
    return {field: getattr(block, field) for field in Block.__struct_fields__}


def _marks(element: Any) -> frozenset[str]:
    said = f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_ATTRIBUTE].lower()
    tokens = set(_TOKEN.findall(said))
    return frozenset(mark for mark, listed in _lists()["marks"].items() if tokens & listed)


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    with files("presstime.gather").joinpath("page.toml").open("rb") as stream:
        return {table: {key: frozenset(listed) for key, listed in lists.items()} for table, lists in tomllib.load(stream).items()}
