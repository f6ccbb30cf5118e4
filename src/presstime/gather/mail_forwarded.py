"""Mails forwarded within the text of another: the other's words apart from the sender's own.

In: a mail's plain text. Out: the text before, and each forwarded mail as a mail of its own (header lines, an empty line, the
words), to be gathered as an input of its own. "Forwarded message", "From: Velm Water Board", "Subject: Road", an empty line and
"Shells fell." give a mail from the Velm Water Board.
"""

from __future__ import annotations

import re

__all__ = ["without_forwarded"]

MAX_FORWARDED = 50
_BEGINS = re.compile(r"^[> \t]{0,4}(?:-{2,}[ \t]*Forwarded [Mm]essage[ \t]*-{2,}|Begin forwarded message:)[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^[> \t]{0,4}\*?(From|Date|Sent|Subject|To|Cc|Reply-To)\*?:\*?[ \t]*(.*)$", re.IGNORECASE)
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
LOOKED_AT = 12
"""Lines behind the beginning in which the header must stand."""


def without_forwarded(text: str) -> tuple[str, list[bytes]]:
    """`text` up to the first forwarded mail, and the forwarded mails. A beginning without a header stays in the text."""
    places = list(_BEGINS.finditer(text))[:MAX_FORWARDED]
    if not places:
        return text, []
    ends = [*(found.start() for found in places[1:]), len(text)]
    mails: list[bytes] = []
    first: int | None = None
    for found, end in zip(places, ends, strict=True):
        mail = _mail(text[found.end() : end])
        if mail is None:
            continue
        first = found.start() if first is None else first
        mails.append(mail)
    return (text, []) if first is None else (text[:first], mails)


def _mail(text: str) -> bytes | None:
    """A forwarded mail with its header as a mail has it; None where it names no sender."""
    lines = text.lstrip("\n").split("\n")
    header: list[str] = []
    body = 0
    for number, line in enumerate(lines[:LOOKED_AT]):
        found = _HEADER.match(line)
        if found:
            name = "Date" if found[1].lower() == "sent" else found[1].title()
            header.append(f"{name}: {' '.join(found[2].split())}")
        elif not line.strip(" >") and header:
            body = number + 1
            break
        elif header and header[-1] and line.startswith((" ", "\t")):
            header[-1] += f" {' '.join(line.split())}"
        elif line.strip(" >"):
            return None
    if not body or not any(line.startswith("From: ") and len(line) > len("From: ") for line in header):
        return None
    words = "\n".join(lines[body:])
    quoted = all(line.startswith(">") for line in words.split("\n") if line.strip())
    head = "\n".join([*header, "Content-Type: text/plain; charset=utf-8"])
    return f"{head}\n\n{_QUOTE.sub('', words) if quoted else words}".encode("utf-8", "replace")
