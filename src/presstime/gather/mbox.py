"""An mbox, many mails in one file, to its mails, one at a time.

In: a stream of any length. Out: each mail's bytes with its number, from 1; a mail over the limit as its number alone. Lines
that begin "From " and stand behind an empty line part the mails; ">From " within one is "From ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["MAX_MAIL", "is_mbox", "mails_of"]

MAX_MAIL = 50_000_000
"""Bytes of one mail with its attachments; mail services stop at 25 to 50 million."""
_LINE = 1 << 20
_FROM = re.compile(rb"From \S[^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n")
_ESCAPED = re.compile(rb">+From ")
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins with `head` is an mbox: a "From " line, then a mail's header."""
    found = _FROM.match(head)
    return bool(found) and bool(_HEADER.match(head, found.end() if found else 0))


def mails_of(stream: BinaryIO, max_bytes: int = MAX_MAIL) -> Iterator[tuple[int, bytes | None]]:
    """Each mail and its number; None in place of one that has more than `max_bytes`."""
    number, size, lines = 0, 0, list[bytes]()
    blank = begins = True
    while line := stream.readline(_LINE):
        if begins and blank and _FROM.match(line):
            if number:
                yield number, b"".join(lines) if size <= max_bytes else None
            number, size, lines = number + 1, 0, []
        else:
            number = number or 1
            if begins and _ESCAPED.match(line):
                line = line[1:]
            size += len(line)
            if size <= max_bytes:
                lines.append(line)
            else:
                lines.clear()
        blank = begins and not line.strip()
        begins = line.endswith(b"\n")
    if number:
        yield number, b"".join(lines) if size <= max_bytes else None
