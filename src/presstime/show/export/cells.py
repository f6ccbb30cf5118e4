"""Cells: one value of a table, made safe for the file it goes into.

In: a value of a table (text, number, list, moment). Out: the value that CSV or a workbook can hold without harm: text that a
spreadsheet would take for a formula is put behind an apostrophe, numbers stay numbers, lists are one text.
Example: `=1+1` is written `'=1+1`, and -5 stays the number -5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["join_list", "neutral", "plain", "split_list", "storable"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet may take for a formula or cut off until one stands first; full-width signs count in East Asian editions."""

_UNSTORABLE = {0x00: 0x2400, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)}
_UNSTORABLE_ONE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no UTF-8 file of text can hold, character for character: NUL and halves of surrogate pairs."""
    return text.translate(_UNSTORABLE) if _UNSTORABLE_ONE.search(text) else text


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before one that it could."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text behind `neutral`: what stood there before."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def join_list(items: Sequence[str]) -> str:
    """Items in one cell, parted by "; ". One that holds a semicolon or a quotation mark stands in quotation marks, as in CSV."""
    return "; ".join('"' + item.replace('"', '""') + '"' if re.search(r'[;"]|^\s|\s$|^$', item) else item for item in items)


def split_list(cell: str) -> tuple[str, ...]:
    """The items that `join_list` put in a cell."""
    found = re.findall(r'"((?:[^"]|"")*)"(?:; |$)|([^;"]+)(?:; |$)', cell)
    return tuple(bare or quoted.replace('""', '"') for quoted, bare in found)
