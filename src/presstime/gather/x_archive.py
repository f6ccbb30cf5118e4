"""An archive of an account on X (Twitter): data/tweets.js to its posts.

In: the file's bytes, and account.js beside it, which names the account. Out: a `Content` a post, its handle as the outlet;
a repost begins "RT @name:" as X writes it, a reply says what it answers. Files of the archive that hold no posts (likes,
direct messages, advertising) are not read. {"tweet": {"full_text": "Shells fell.", "id_str": "9"}} gives "Shells fell."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from presstime.gather.content import Content
from presstime.gather.json_shapes import whole_objects
from presstime.gather.posts import MAX_POSTS, as_handle, not_taken, post_pieces
from presstime.gather.stated import Stated, array, at, text_at
from presstime.gather.telegram import MediaHash, with_caption
from presstime.records import Problem

__all__ = ["ASSIGNMENT", "x_account", "x_contents"]

ASSIGNMENT = re.compile(rb"\s*window\.YTD\.([a-z_]+)\.part(\d+)\s*=\s*")
"""How every file of the archive begins: a list assigned to a name that says of what."""
_POSTS = frozenset({"tweets", "tweet", "community_tweet", "note_tweet"})
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_REPOST = re.compile(r"RT @(\w{1,30}):")


def x_account(data: bytes | None) -> str | None:
    """The account's handle, from the bytes of account.js; None where they do not name it."""
    found = ASSIGNMENT.match(data) if data else None
    if data is None or found is None:
        return None
    try:
        entries = msgspec.json.decode(data[found.end() :].rstrip().rstrip(b";"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    names = (text_at(entry, "account", "username") for entry in array(entries))
    return as_handle(next((name for name in names if name), None))


def x_contents(data: bytes, name: str, account: str | None, media_hash: MediaHash) -> Iterator[Content | Problem]:
    """The posts of one file of the archive, numbered from 1."""
    found = ASSIGNMENT.match(data)
    if found is None or found[1].decode("ascii") not in _POSTS:
        what = found[1].decode("ascii") if found else "other data"
        why = f"The file of an X archive holds {what}, no posts. If a post in it matters, give it as a document of its own."
        yield Problem(where=name, what="skipped", why=why)
        return
    try:
        raws = _RAWS.decode(data[found.end() :].rstrip().rstrip(b";"))
        cut = False
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raws, cut = whole_objects(data, found.end(), MAX_POSTS), True
    left = 0
    for number, raw in enumerate(raws[:MAX_POSTS], 1):
        content = _post(bytes(raw), account, f"{name}:{number}", f":{number}", media_hash)
        if content is None:
            left += 1
        else:
            yield content
    if left:
        yield not_taken(name, left, "posts without words", "Where one matters, describe it in a document of its own.")
    if cut:
        why = "The file is damaged or cut short: the posts that are whole were read. Ask X for the archive again."
        yield Problem(where=name, what="broken", why=why)
    elif not raws:
        yield Problem(where=name, what="empty", why="The file holds no posts. Leave it out.")
    if account is None and raws:
        why = "The archive does not name its account: account.js is not beside the posts, so they have no outlet. Give the whole archive."
        yield Problem(where=name, what="outlet", why=why)


def _post(raw: bytes, account: str | None, where: str, place: str, media_hash: MediaHash) -> Content | Problem | None:
    try:
        entry = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        entry = None
    post = next((post for key in ("tweet", "noteTweet") if isinstance(post := at(entry, key), dict)), entry)
    if not isinstance(post, dict):
        return Problem(where=where, what="bad-line", why="The post is not as X writes it. Ask for the archive again.")
    text = text_at(post, "full_text") or text_at(post, "text") or text_at(post, "core", "text")
    if not text.strip():
        return None
    stated = Stated(where)
    stated.take("outlet", account, "x account.js username")
    number = text_at(post, "id_str") or text_at(post, "id") or text_at(post, "noteTweetId")
    if account and number.isdecimal():
        stated.take("url", f"https://x.com/{account.removeprefix('@')}/status/{number}", "x id_str")
    stated.take("language", text_at(post, "lang") if text_at(post, "lang") not in ("und", "zxx", "qme") else None, "x lang")
    stated.take("published", _moment(text_at(post, "created_at")), "x created_at")
    stated.date(text_at(post, "createdAt"), "x createdAt")
    if repost := _REPOST.match(text):
        stated.note("forwarded", f"x repost of @{repost[1]}")
    reply = text_at(post, "in_reply_to_status_id_str") or text_at(post, "in_reply_to_status_id")
    if reply:
        stated.note("reply", f"x in_reply_to_status_id {reply} by {as_handle(text_at(post, 'in_reply_to_screen_name')) or 'somebody'}")
    seen: list[str] = []
    for media in [*array(post, "extended_entities", "media"), *array(post, "entities", "media")]:
        address = text_at(media, "media_url_https") or text_at(media, "media_url")
        if address and address not in seen:
            seen.append(address)
            digest = media_hash(f"tweets_media/{number}-{address.rsplit('/', 1)[-1]}")
            stated.note("media", f"x media {address}" + (f" sha256 {digest}" if digest else ""))
    pieces = post_pieces(_unescaped(text))
    content = stated.content(pieces, marked=True, place=place, whence=f"x:{account}:{number}" if number else None, raw=raw)
    return with_caption(content) if seen else content


def _unescaped(text: str) -> str:
    """X writes &, < and > of a post as in HTML."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _moment(value: str) -> str | None:
    """ "Wed Mar 04 18:20:00 +0000 2026" as ISO 8601. The names are English whatever the machine's own language."""
    words = value.split()
    if len(words) != 6:
        return None
    _, month, day, clock, zone, year = words
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    try:
        return datetime.fromisoformat(f"{year}-{months.index(month) + 1:02}-{int(day):02}T{clock}{zone}").isoformat()
    except ValueError:
        return None
