"""The brief as blocks of marked text: its Markdown, taken apart by its structure.

In: Markdown (headings, paragraphs, lists, quotations, tables, emphasis, links, notes `[^1]`). Out: `Block`s of `Run`s and the notes.
Nothing is read out of the words themselves: whatever the brief comes to say, its structure is kept.
Example: "**Five dead**[^1]" is a paragraph of two runs, the second one the mark of note 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from presstime.records import Record
from presstime.show.brief import render_brief
from presstime.show.export.missing import library
from presstime.show.export.shown import Shown

__all__ = ["Block", "Run", "Text", "brief_html", "markdown", "parse_markdown"]


class Run(Record, frozen=True):
    """Some words set alike. `note` is the label of the note whose mark stands here; then there are no words."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None
    note: str | None = None


class Block(Record, frozen=True):
    """A heading (`level` 1 to 6), a paragraph, an item of a list (`level` is how deep), a quotation, a rule, or a row of a table."""

    kind: Literal["heading", "paragraph", "bullet", "number", "quote", "rule", "row"]
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[Run, ...], ...] = ()
    level: int = 0


class Text(Record, frozen=True):
    """The blocks, and the notes by label."""

    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Run, ...]]


def markdown(shown: Shown) -> bytes:
    """The brief in Markdown, UTF-8."""
    return render_brief(shown.printed, evidence=shown.evidence).encode("utf-8", "replace")


def _parser() -> Any:
    library("mdit_py_plugins")
    parser = library("markdown_it").MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(library("mdit_py_plugins.footnote").footnote_plugin, inline=False)


def brief_html(text: str) -> str:
    """Markdown as HTML, its notes at the end."""
    return str(_parser().render(text))


def parse_markdown(text: str) -> Text:
    """The blocks and notes of Markdown. Raises InputError where the parser is missing."""
    blocks: list[Block] = []
    notes: dict[str, tuple[Run, ...]] = {}
    lists: list[str] = []
    quotes, label = 0, None
    cells: list[tuple[Run, ...]] = []
    kind: Any = "paragraph"
    level = 0
    for token in _parser().parse(text):
        name = token.type
        if name in ("bullet_list_open", "ordered_list_open"):
            lists.append("bullet" if name.startswith("bullet") else "number")
        elif name in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif name in ("blockquote_open", "blockquote_close"):
            quotes += 1 if name.endswith("open") else -1
        elif name in ("footnote_open", "footnote_close"):
            label = str(token.meta.get("label", token.meta["id"])) if name.endswith("open") else None
        elif name == "heading_open":
            kind, level = "heading", int(token.tag[1])
        elif name in ("heading_close", "tr_open"):
            kind, level, cells = "paragraph", 0, []
        elif name in ("td_open", "th_open"):
            kind = "cell"
        elif name == "tr_close":
            blocks.append(Block(kind="row", cells=tuple(cells)))
            kind = "paragraph"
        elif name == "hr":
            blocks.append(Block(kind="rule"))
        elif name in ("inline", "fence", "code_block", "html_block"):
            runs = _runs(token.children) if name == "inline" else (Run(text=token.content.rstrip("\n"), code=True),)
            if label is not None:
                notes[label] = (*notes.get(label, ()), *runs)
            elif kind == "cell":
                cells.append(runs)
            elif kind == "heading":
                blocks.append(Block(kind="heading", runs=runs, level=level))
            elif lists:
                blocks.append(Block(kind="bullet" if lists[-1] == "bullet" else "number", runs=runs, level=len(lists)))
            else:
                blocks.append(Block(kind="quote" if quotes else "paragraph", runs=runs))
    return Text(blocks=tuple(blocks), notes=notes)


def _runs(tokens: Sequence[Any]) -> tuple[Run, ...]:
    runs: list[Run] = []
    bold = italic = 0
    link: str | None = None
    for token in tokens:
        name = token.type
        step = 1 if name.endswith("_open") else -1
        if name.startswith("strong_"):
            bold += step
        elif name.startswith("em_"):
            italic += step
        elif name == "link_open":
            link = str(token.attrs.get("href", ""))
        elif name == "link_close":
            link = None
        elif name == "footnote_ref":
            runs.append(Run(note=str(token.meta.get("label", token.meta["id"]))))
        elif name == "footnote_anchor":
            continue
        else:
            words = "\n" if name == "hardbreak" else " " if name == "softbreak" else token.content
            if words:
                runs.append(Run(text=words, bold=bold > 0, italic=italic > 0, code=name == "code_inline", link=link))
    return tuple(runs)
