"""A page of a Telegram Desktop export in HTML (messages.html, messages2.html …) to its messages.

In: raw bytes and a name. Out: what telegram.py gives of the same chat in JSON: a `Content` a message with words, forwards
and replies kept as such. A message "joined" to the one before has that one's author. A page says neither which kind of
chat it is of nor when a message was edited: a message signed with the chat's own name is the channel's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from presstime.gather.content import Content
from presstime.gather.decode import decode
from presstime.gather.pieces import clean_tree, one_line
from presstime.gather.posts import not_taken, post_pieces
from presstime.gather.stated import Stated
from presstime.gather.telegram import MediaHash, with_caption
from presstime.records import Problem

__all__ = ["is_telegram_page", "telegram_page_contents"]

_MARK = re.compile(rb"class=\"(?:page_header|history)\"")
_MESSAGE = re.compile(rb"class=\"message (?:default|service) ?")
_STAMP = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):(\d\d))?")
_NUMBER = re.compile(r"message(\d+)")
_CLOSED = re.compile(rb"</html>\s*$", re.IGNORECASE)


def is_telegram_page(head: bytes) -> bool:
    """Whether an HTML page that begins with `head` is one of Telegram's export."""
    return bool(_MARK.search(head)) and bool(_MESSAGE.search(head))


def telegram_page_contents(data: bytes, name: str, media_hash: MediaHash) -> Iterator[Content | Problem]:
    """The messages of one page of the export, numbered from 1."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    decoded = decode(data, name)
    if isinstance(decoded, Problem):
        yield decoded
        return
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        root = document_fromstring(decoded.text.replace("\x00", " ").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        yield Problem(where=name, what="broken-html", why="The page cannot be taken apart. Export the chat again, as JSON.")
        return
    clean_tree(root)
    chat = _words(next((found for found in _with_class(root, "page_header") for found in _with_class(found, "text")), None))
    author: str | None = None
    left = wordless = number = 0
    for message in _with_class(root, "message"):
        number += 1
        if "service" in _classes(message):
            left += 1
            continue
        # What a forwarded message holds is the other's; the poster's own name stands outside of it.
        forwarded = next(_with_class(message, "forwarded", "body"), None)
        own = next(
            (found for found in _with_class(message, "from_name") if forwarded is None or forwarded not in found.iterancestors()), None
        )
        author = _words(own) or author
        text = next((_text(found) for found in _with_class(message, "text")), "")
        if not text.strip():
            wordless += 1
            continue
        yield _content(message, forwarded, text, chat, author, f"{name}:{number}", f":{number}", media_hash)
    if left:
        yield not_taken(name, left, "notices of the service (joins, pins, calls)", "Nothing needs to be done.")
    if wordless:
        advice = "Where one matters, describe it in a document of its own."
        yield not_taken(name, wordless, "messages without words (pictures, stickers, polls)", advice)
    if not number:
        yield Problem(where=name, what="empty", why="The export holds no messages. Export the chat again with its messages.")
    if not _CLOSED.search(data[-200:]):
        why = "The page is cut short: its messages up to there were read. Export the chat again."
        yield Problem(where=name, what="broken", why=why)


def _content(
    message: Any, forwarded: Any, text: str, chat: str | None, author: str | None, where: str, place: str, media_hash: MediaHash
) -> Content:
    stated = Stated(where)
    stated.take("outlet", author, "telegram from_name")
    stated.take("outlet", chat, "telegram page_header")
    if chat and author and author != chat:
        stated.note("medium", f"telegram chat {chat}")
    dated = (found for found in _with_class(message, "date") if forwarded is None or forwarded not in found.iterancestors())
    stated.take("published", _moment(next(dated, None)), "telegram date title")
    first = None
    if forwarded is not None:
        first = _name_of(next(_with_class(forwarded, "from_name"), None)) or "an unnamed account"
        stated.note("forwarded", f"telegram forwarded body {first}")
    for reply in _with_class(message, "reply_to"):
        link = next((found.get("href") for found in reply.iter("a")), None) or ""
        if found := _NUMBER.search(link):
            stated.note("reply", f"telegram reply_to {found[1]}")
    files = [link.get("href") for wrap in _with_class(message, "media_wrap") for link in wrap.iter("a") if link.get("href")]
    for file in files:
        if ":" not in file:
            digest = media_hash(file)
            stated.note("media", f"telegram file {file}" + (f" sha256 {digest}" if digest else ""))
    found = _NUMBER.fullmatch(message.get("id") or "")
    whence = f"telegram:{chat}:{found[1]}" if found else None
    content = stated.content(post_pieces(text, forwarded=first), marked=True, place=place, whence=whence)
    return with_caption(content) if files else content


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _with_class(root: Any, *wanted: str) -> Iterator[Any]:
    """Elements under `root`, in order, that have all of the classes."""
    for element in root.iterdescendants():
        if isinstance(element.tag, str):
            classes = _classes(element)
            if all(each in classes for each in wanted):
                yield element


def _words(element: Any) -> str | None:
    return None if element is None else one_line("".join(element.itertext()))


def _name_of(element: Any) -> str | None:
    """A forwarded message's author, without the date behind the name."""
    if element is None:
        return None
    return one_line((element.text or "") + "".join(child.tail or "" for child in element)) or None


def _text(element: Any) -> str:
    """A message's words; <br> is a line break, white space of the markup is none."""
    # itertext does not tell where a <br> stands, so each is given a mark of its own first
    for child in element.iter("br"):
        child.tail = "\ue000" + (child.tail or "").replace("\ue000", " ")
    lines = " ".join("".join(element.itertext()).split()).split("\ue000")
    return "\n".join(line.strip() for line in lines).strip()


def _moment(element: Any) -> str | None:
    """The moment in a date's title ("04.03.2026 18:20:00 UTC+02:00") in UTC; without a zone its day alone."""
    found = _STAMP.search(element.get("title") or "") if element is not None else None
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(found[number]) for number in range(1, 7))
    try:
        if found[7] is None:
            return datetime(year, month, day).date().isoformat()
        shift = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == "-" else 1)
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(shift)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None
