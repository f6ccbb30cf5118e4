"""A Telegram Desktop export in JSON (result.json) to its messages.

In: the export, decoded as far as its chats. Out: a `Content` a message that has words: the channel (in a group, whoever
wrote it) as the outlet; a forward with whose it is; a reply with what it answers; when it was edited. Service messages and
messages without words are counted in a Problem. {"id": 7, "text": "Five died.", "forwarded_from": "Velmora Now"} gives
"Forwarded from Velmora Now", "Five died."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from presstime.gather.content import Content
from presstime.gather.dates import published_date
from presstime.gather.posts import MAX_POSTS, not_taken, post_pieces
from presstime.gather.stated import Stated, at, from_seconds, text_at
from presstime.records import Media, Problem, Span

__all__ = ["MediaHash", "message_text", "telegram_contents", "with_caption"]

MediaHash = Callable[[str], str | None]
"""The SHA-256 of a file that an export names, beside it; None where it is not there."""

_CHANNELS = frozenset({"public_channel", "private_channel"})
_FILES = ("photo", "file", "thumbnail")
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_TABLE = msgspec.json.Decoder(dict[str, msgspec.Raw])


def telegram_contents(export: dict[str, msgspec.Raw], name: str, media_hash: MediaHash) -> Iterator[Content | Problem]:
    """The messages of one exported chat, or of all chats of a whole account's export, numbered from 1."""
    number = 0
    for chat in _chats(export):
        try:
            table = chat if isinstance(chat, dict) else _TABLE.decode(chat)
            messages = _RAWS.decode(table.get("messages", msgspec.Raw(b"[]")))
            about: dict[str, Any] = {key: msgspec.json.decode(table[key]) for key in ("name", "type", "id") if key in table}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield Problem(where=name, what="bad-line", why="A chat of the export is not as Telegram writes it. Export it again as JSON.")
            continue
        left: Counter[str] = Counter()
        for raw in messages[:MAX_POSTS]:
            number += 1
            found = _message(bytes(raw), about, f"{name}:{number}", f":{number}", media_hash)
            if isinstance(found, str):
                left[found] += 1
            else:
                yield found
        if len(messages) > MAX_POSTS:
            yield Problem(
                where=name, what="too-large", why=f"The chat has more than {MAX_POSTS:,} messages: the first were read. Split it."
            )
        for kind, count in sorted(left.items()):
            yield not_taken(name, count, kind, _ADVICE[kind])
    if not number:
        yield Problem(where=name, what="empty", why="The export holds no messages. Export the chat again with its messages.")


_SERVICE, _WORDLESS = "notices of the service (joins, pins, calls)", "messages without words (pictures, stickers, polls)"
_ADVICE = {
    _SERVICE: "Nothing needs to be done.",
    _WORDLESS: "Where one matters, describe it in a document of its own.",
}


def _chats(export: dict[str, msgspec.Raw]) -> list[msgspec.Raw] | list[dict[str, msgspec.Raw]]:
    if "messages" in export:
        return [export]
    chats: list[msgspec.Raw] = []
    for key in ("chats", "left_chats"):
        try:
            chats += _RAWS.decode(_TABLE.decode(export[key])["list"])
        except (KeyError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return chats


def _message(raw: bytes, chat: dict[str, Any], where: str, place: str, media_hash: MediaHash) -> Content | Problem | str:
    """A message's content; or in words why there is none."""
    try:
        message = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        message = None
    if not isinstance(message, dict):
        return Problem(where=where, what="bad-line", why="The message is not as Telegram writes it. Export the chat again as JSON.")
    if message.get("type") != "message":
        return _SERVICE
    text = message_text(message)
    if not text.strip():
        return _WORDLESS
    stated = Stated(where)
    channel = chat.get("type") in _CHANNELS
    if channel:
        stated.take("outlet", chat.get("name"), "telegram channel")
        stated.take("byline", message.get("author"), "telegram author")
    stated.take("outlet", message.get("from"), "telegram from")
    stated.take("outlet", chat.get("name"), "telegram chat")
    if not channel and text_at(chat, "name"):
        stated.note("medium", f"telegram {text_at(chat, 'type') or 'chat'} {text_at(chat, 'name')}")
    stated.take("published", from_seconds(message.get("date_unixtime")) or published_date(text_at(message, "date")), "telegram date")
    edited = from_seconds(message.get("edited_unixtime")) or published_date(text_at(message, "edited"))
    if edited:
        stated.note("edited", f"telegram edited {edited}")
    forwarded = text_at(message, "forwarded_from") or ("an unnamed account" if "forwarded_from" in message else "")
    if forwarded:
        stated.note("forwarded", f"telegram forwarded_from {forwarded}")
    if (reply := message.get("reply_to_message_id")) is not None:
        chat_of = f" in {message['reply_to_peer_id']}" if message.get("reply_to_peer_id") else ""
        stated.note("reply", f"telegram reply_to_message_id {reply}{chat_of}")
    for key in _FILES[:2]:
        if file := text_at(message, key):
            digest = None if file.startswith("(") else media_hash(file)
            stated.note("media", f"telegram {key} {file}" + (f" sha256 {digest}" if digest else ""))
    pieces = post_pieces(text, forwarded=forwarded or None)
    identity = f"telegram:{at(chat, 'name')}:{message.get('id')}"
    content = stated.content(pieces, marked=True, place=place, whence=identity, raw=raw)
    return with_caption(content) if any(text_at(message, key) for key in _FILES) else content


def with_caption(content: Content) -> Content:
    """A post under a picture or video: its words are the picture's caption too, and stay the post's own paragraphs."""
    start = next((part.start for part in content.parts if not content.text.startswith("Forwarded from ", part.start)), 0)
    return msgspec.structs.replace(content, media=(Media(caption=Span(start=start, end=len(content.text))),))


def message_text(message: dict[str, Any]) -> str:
    """A message's words, put together from the pieces into which Telegram cuts them at links and bold type."""
    for key in ("text", "text_entities"):
        value = message.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, list):
            words = "".join(piece if isinstance(piece, str) else text_at(piece, "text") for piece in value)
            if words.strip():
                return words
    return ""
