"""A mail (.eml, a message of an mbox) to its content and its attachments.

In: the mail's bytes. Out: one `Content`: subject, sender or mailing list, date, the words; what it quotes of earlier mails and
its signature are kept as boilerplate, apart from what it says itself; and an `Attachment` for each file, which is gathered as
an input of its own. "From: Velm Water Board <press@velm.example>" gives the outlet "Velm Water Board".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from presstime.gather.content import Content
from presstime.gather.dates import published_date
from presstime.gather.decode import Decoded, decode
from presstime.gather.mail_forwarded import without_forwarded
from presstime.gather.names import safe_name
from presstime.gather.pieces import Piece, one_line, parsed_fragment, plain_pieces, tree_pieces
from presstime.gather.stated import Stated, web_address
from presstime.records import Problem, Record

__all__ = ["Attachment", "mail_contents"]

MAX_PARTS = 500
"""Parts of one mail, attachments and forms of its text together."""
MAX_NESTED = 1_000
"""Parts that hold parts, those of mails within the mail too: a digest of a list has 100."""
MAX_HEADER = 2_000
STUB = 0.3
"""A plain form with less than this share of the marked-up one's letters only says that the mail is to be seen in a browser."""
_QUOTED = re.compile(r"^\s{0,3}>")
_WROTE = re.compile(r"^(?:On\b.{4,200}\bwrote|.{2,200}\bwrote|-+\s*Original Message\s*-+)\s*:?\s*$", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$")
_LIST_NAME = re.compile(r"^\s*\"?([^\"<]{2,100}?)\"?\s*<")
_QUOTES = (
    ".//blockquote[@type='cite']",
    ".//div[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    ".//div[@id='divRplyFwdMsg']",
    ".//div[contains(concat(' ', @class, ' '), ' moz-cite-prefix ')]",
    ".//div[contains(concat(' ', @class, ' '), ' moz-signature ')]",
)
"""Where mail programs put what they quote and the signature."""


class Attachment(Record, frozen=True):
    """A file within a mail: its name, its type as declared, its bytes, and who sent it when."""

    file_name: str
    media_type: str
    data: bytes
    sender: str | None = None
    sent: str | None = None


def mail_contents(data: bytes, name: str, *, place: str = "") -> Iterator[Content | Attachment | Problem]:
    """The mail's own words, then its attachments. `name` says whence, `place` where among the mails of an mbox."""
    if not data.strip():
        yield Problem(where=name, what="empty", why="The file holds nothing. Save the mail again, or leave it out.")
        return
    if data.count(b"boundary=") > MAX_NESTED:
        why = f"The mail has more than the {MAX_NESTED:,} nested parts allowed. Give its text as .txt and its attachments by themselves."
        yield Problem(where=name, what="too-large", why=why)
        return
    try:
        mail = message_from_bytes(data)
        parts = _parts(mail)
        attachments = _attachments(mail, parts[:MAX_PARTS])
        forwarded: list[bytes] = []
        found = _content(mail, parts[:MAX_PARTS], name, place, data, forwarded, bool(attachments))
    except Exception as error:  # the library's fault on a hostile mail must not end the run
        why = f"The mail cannot be taken apart ({type(error).__name__}). Give its text as .txt and its attachments by themselves."
        yield Problem(where=name, what="broken", why=why)
        return
    if found is not None:
        yield found
    for number, inner in enumerate(forwarded, 1):
        yield Attachment(file_name=f"forwarded-{number}.eml", media_type="message/rfc822", data=inner)
    yield from attachments
    if len(parts) > MAX_PARTS:
        why = f"The mail has more than {MAX_PARTS:,} parts: the first were read. Give the others by themselves."
        yield Problem(where=name, what="too-large", why=why)
    if any(type(defect).__name__ in _CUT for part in (mail, *(part for part, _ in parts)) for defect in part.defects):
        why = "The mail is damaged or cut short: what could be read of it was read. Save it again."
        yield Problem(where=name, what="broken", why=why)


_CUT = frozenset(
    {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect", "InvalidBase64PaddingDefect", "InvalidBase64CharactersDefect"}
)


def _parts(mail: Message) -> list[tuple[Any, int]]:
    """The parts of a mail that hold something themselves, in order, each with the number of the choice of forms it is one of.

    A mail within the mail is one part. A part that is no form among others has a number of its own.
    """
    found: list[tuple[Any, int]] = []
    stack: list[tuple[Any, int]] = [(mail, 0)]
    number = 0
    while stack and len(found) <= MAX_PARTS:
        part, choice = stack.pop()
        number += 1
        if part.get_content_type() == "message/rfc822" and part is not mail:
            found.append((part, number))
        elif part.is_multipart():
            within = number if part.get_content_type() == "multipart/alternative" else choice
            stack.extend((inner, within) for inner in reversed(part.get_payload()))
        else:
            found.append((part, choice or number))
    return found


def _is_text(part: Any) -> bool:
    """Whether a part is of the mail's own words."""
    plain = part.get_content_type() in ("text/plain", "text/html")
    return plain and part.get_content_disposition() != "attachment" and _file_name(part) is None


def _attachments(mail: Message, parts: list[tuple[Any, int]]) -> list[Attachment]:
    sender, sent = _sender(mail)[0], published_date(_header(mail, "Date"))
    attachments: list[Attachment] = []
    for part, _ in parts:
        kind, file_name = part.get_content_type(), _file_name(part)
        payload = b""
        if kind == "message/rfc822" and part is not mail:
            inner = part.get_payload()
            payload = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
            file_name = file_name or "forwarded.eml"
        elif not _is_text(part) and (file_name is not None or part.get_content_disposition() == "attachment"):
            payload = part.get_payload(decode=True) or b""
        if payload:
            attachments.append(Attachment(file_name=file_name or "attachment", media_type=kind, data=payload, sender=sender, sent=sent))
    return attachments


def _file_name(part: Any) -> str | None:
    try:
        name = part.get_filename()
    except Exception:  # a name coded wrongly is no name
        return None
    last = safe_name(str(name).replace("\\", "/")).rsplit("/", 1)[-1].strip() if name else ""
    return last if last not in ("", ".", "..") else None


def _sender(mail: Message) -> tuple[str | None, str | None]:
    """Who publishes the mail, a mailing list or its sender, and, for a list, who wrote it."""
    coded, address = parseaddr(_raw(mail, "From"))
    sender = one_line(_decoded(coded))
    listed = _LIST_NAME.match(_header(mail, "List-Id"))
    return (listed[1], sender or address or None) if listed else (sender or address or None, None)


def _content(
    mail: Message, parts: list[tuple[Any, int]], name: str, place: str, data: bytes, forwarded: list[bytes], attached: bool
) -> Content | Problem | None:
    stated = Stated(name)
    outlet, author = _sender(mail)
    stated.take("outlet", outlet, "mail List-Id" if author else "mail From")
    stated.take("byline", author, "mail From")
    subject = one_line(_header(mail, "Subject"))
    stated.take("headline", subject, "mail Subject")
    moment = published_date(_header(mail, "Date"))
    stated.take("published", moment, "mail Date")
    if moment is None and _header(mail, "Date"):
        stated.date(_header(mail, "Date"), "mail Date")
    stated.take("language", _header(mail, "Content-Language").split(",")[0], "mail Content-Language")
    stated.take("url", web_address(_header(mail, "Archived-At").strip("<> ")), "mail Archived-At")
    if reply := one_line(_header(mail, "In-Reply-To")):
        stated.note("reply", f"mail In-Reply-To {reply[:200]}")
    pieces = _words(parts, stated, forwarded)
    if isinstance(pieces, Problem):
        return pieces
    if not any(piece.kind != "boilerplate" for piece in pieces):
        if (attached or forwarded) and not pieces:
            return None
        if not subject and not pieces:
            why = "The mail has neither subject nor text. Give what it is about as .txt."
            return Problem(where=name, what="empty", why=why)
    head = [Piece(text=subject, kind="headline")] if subject else []
    identity = one_line(_header(mail, "Message-ID"))
    return stated.content([*head, *pieces], place=place, whence=identity[:500] if identity else None, raw=data)


def _raw(mail: Message, key: str) -> str:
    """A header's value as it stands in the mail; letters that are not coded as they should be are taken for UTF-8."""
    value = next((str(value) for name, value in mail.raw_items() if name.lower() == key.lower()), "")
    return value[:MAX_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _header(mail: Message, key: str) -> str:
    """A header's value as it is read, empty where it is absent."""
    return _decoded(_raw(mail, key))


def _decoded(words: str) -> str:
    """Words of a header with those that are coded in it (RFC 2047) as they are read; what is coded in no known way stays."""
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        words = str(make_header(decode_header(words)))
    return words.encode("utf-8", "replace").decode("utf-8")


def _words(parts: list[tuple[Any, int]], stated: Stated, forwarded: list[bytes]) -> list[Piece] | Problem:
    """The mail's own words, all its texts in order; of several forms of one text the plain, where it has as much as the other."""
    chosen: dict[int, list[Piece]] = {}
    for part, choice in parts:
        if not _is_text(part) or not (part.get_payload(decode=True) or b"").strip():
            continue
        found = _pieces(part, stated, forwarded)
        if isinstance(found, Problem):
            return found
        other = chosen.get(choice)
        if (
            other is None
            or _length(other) < STUB * _length(found)
            or (part.get_content_type() == "text/plain" and _length(found) >= STUB * _length(other))
        ):
            chosen[choice] = found
    return [piece for pieces in chosen.values() for piece in pieces]


def _length(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _pieces(part: Any, stated: Stated, forwarded: list[bytes]) -> list[Piece] | Problem:
    kind = part.get_content_type()
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    decoded = decode(data, stated.where, declared=_charset(part))
    if isinstance(decoded, Problem):
        return decoded
    stated.note("text", f"mail {kind}")
    _tell_encoding(decoded, stated)
    if kind == "text/html":
        return _marked_pieces(decoded.text, stated.where)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, deleted=str(part.get_param("delsp", "")).lower() == "yes")
    own, others = without_forwarded(text)
    forwarded.extend(others)
    return _plain(own)


def _charset(part: Any) -> str | None:
    try:
        found = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _tell_encoding(decoded: Decoded, stated: Stated) -> None:
    if decoded.encoding != "utf-8":
        stated.note("text", f"decoded as {decoded.encoding}")
    if decoded.broken:
        why = f"{decoded.broken} bytes are not {decoded.encoding.upper()} and stand as \ufffd in the text. Check them against the original."
        stated.problem("encoding", why)


def _plain(text: str) -> list[Piece]:
    """The mail's own paragraphs; quoted lines, the line that introduces them and the signature as boilerplate."""
    runs: list[tuple[bool, list[str]]] = []
    signed = False
    for line in text.split("\n"):
        signed = signed or bool(_SIGNATURE.match(line))
        other = signed or bool(_QUOTED.match(line)) or bool(_WROTE.match(line))
        if not runs or (runs[-1][0] != other and line.strip()):
            runs.append((other, []))
        runs[-1][1].append(line)
    pieces: list[Piece] = []
    for other, lines in runs:
        found = plain_pieces("\n".join(lines))
        pieces += [Piece(text=piece.text, kind="boilerplate") for piece in found] if other else found
    return pieces


def _unflowed(text: str, *, deleted: bool) -> str:
    """Lines that end with a space go on in the next (RFC 3676)."""
    lines: list[str] = []
    flows = False
    for line in text.split("\n"):
        if flows and line.strip() and not _QUOTED.match(line) and line != "-- ":
            lines[-1] = (lines[-1][:-1] if deleted else lines[-1].rstrip(" ") + " ") + line.removeprefix(" ")
        else:
            lines.append(line)
        flows = line.endswith(" ") and line != "-- " and not _QUOTED.match(line)
    return "\n".join(lines)


def _marked_pieces(markup: str, name: str) -> list[Piece] | Problem:
    """The paragraphs of a marked-up mail, and behind them those of what it quotes."""
    root = parsed_fragment(markup)
    if root is None:
        return []
    quoted = []
    for path in _QUOTES:
        for element in root.xpath(path):
            if element.getparent() is not None and not any(above in quoted for above in element.iterancestors()):
                quoted.append(element)
    for element in quoted:
        element.drop_tree()
    own = tree_pieces(root, name)
    if isinstance(own, Problem):
        return own
    for element in quoted:
        found = tree_pieces(element, name)
        if isinstance(found, Problem):
            return found
        own = [*own, *(Piece(text=piece.text, kind="boilerplate") for piece in found)]
    return own
