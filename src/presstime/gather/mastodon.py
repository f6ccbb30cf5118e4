"""An archive of an account on Mastodon (or another server of the fediverse): outbox.json to its posts.

In: the outbox, decoded as far as its activities, and actor.json beside it. Out: a `Content` a public post, its handle as the
outlet; a boost is a document that says whose post it repeats, and has that post's words where the archive holds them. Posts
to followers or to named people only are left out, with their number. An `Announce` of https://social.example/@amel/1 gives
"Reposted from @amel@social.example: https://social.example/@amel/1".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from presstime.gather.content import Content
from presstime.gather.pieces import Piece, fragment_pieces, one_line
from presstime.gather.posts import MAX_POSTS, as_handle, not_taken, post_pieces
from presstime.gather.stated import Stated, array, text_at, web_address
from presstime.records import Problem

__all__ = ["mastodon_contents"]

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_USER = re.compile(r"/(?:@|users/|u/|profile/|accounts/)([\w.-]{1,60})")
_PRIVATE, _OTHER = "posts to followers or to named people only", "activities that are no posts"
_ADVICE = {
    _PRIVATE: "If one is to be read, give it as a document of its own.",
    _OTHER: "Nothing needs to be done.",
}


def mastodon_contents(outbox: dict[str, msgspec.Raw], name: str, actor: bytes | None) -> Iterator[Content | Problem]:
    """The posts and boosts of an outbox, numbered from 1. `actor` are the bytes of actor.json."""
    handle = _handle_of(actor)
    try:
        raws = _RAWS.decode(outbox["orderedItems"])
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError):
        yield Problem(where=name, what="bad-line", why="The outbox has no list of posts. Ask the server for the archive again.")
        return
    left: Counter[str] = Counter()
    for number, raw in enumerate(raws[:MAX_POSTS], 1):
        found = _activity(bytes(raw), handle, f"{name}:{number}", f":{number}")
        if isinstance(found, str):
            left[found] += 1
        else:
            yield found
    if not raws:
        yield Problem(where=name, what="empty", why="The outbox holds no posts. Leave it out.")
    for kind, count in sorted(left.items()):
        yield not_taken(name, count, kind, _ADVICE[kind])


def _activity(raw: bytes, handle: str | None, where: str, place: str) -> Content | Problem | str:
    try:
        activity = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        activity = None
    if not isinstance(activity, dict):
        return Problem(where=where, what="bad-line", why="The activity is not as ActivityPub has it. Ask for the archive again.")
    kind, post = activity.get("type"), activity.get("object")
    if kind not in ("Create", "Announce", "Update"):
        return _OTHER
    if not _is_public(activity) and not (isinstance(post, dict) and _is_public(post)):
        return _PRIVATE
    stated = Stated(where)
    stated.take("outlet", handle or handle_at(text_at(activity, "actor")), "mastodon actor")
    stated.date(text_at(activity, "published"), "mastodon published")
    boosted = None
    if kind == "Announce":
        address = post if isinstance(post, str) else text_at(post, "url") or text_at(post, "id")
        boosted = handle_at(text_at(post, "attributedTo") or address) or "an unnamed account"
        stated.note("forwarded", f"mastodon Announce {address}")
        if not isinstance(post, dict):
            stated.note("text", "mastodon Announce: address only")
            stated.take("url", text_at(activity, "id") or address, "mastodon id")
            pieces = [Piece(text=f"Reposted from {boosted}: {address}")]
            return stated.content(pieces, marked=True, place=place, whence=text_at(activity, "id") or None, raw=raw)
    if not isinstance(post, dict):
        return _OTHER
    return _post(post, boosted, stated, place, raw)


def _post(post: dict[str, Any], boosted: str | None, stated: Stated, place: str, raw: bytes) -> Content | Problem | str:
    body = fragment_pieces(text_at(post, "content"), stated.where)
    if isinstance(body, Problem):
        return body
    stated.date(text_at(post, "published"), "mastodon published")
    stated.take("url", web_address(post.get("url")) or post.get("id"), "mastodon url")
    languages = post.get("contentMap")
    stated.take("language", next(iter(languages), None) if isinstance(languages, dict) else None, "mastodon contentMap")
    if reply := text_at(post, "inReplyTo"):
        stated.note("reply", f"mastodon inReplyTo {reply}")
    if (updated := text_at(post, "updated")) not in ("", text_at(post, "published")):
        stated.note("edited", f"mastodon updated {updated[:80]}")
    captions = []
    for media in array(post, "attachment"):
        address = text_at(media, "url")
        if address:
            stated.note("media", f"mastodon attachment {address}")
        captions.append(text_at(media, "name"))
    warning = one_line(text_at(post, "summary"))
    head = post_pieces("", forwarded=boosted, verb="Reposted") if boosted else []
    pieces = [*head, *([Piece(text=warning)] if warning else []), *body, *post_pieces("", captions=captions)]
    if not pieces:
        return _OTHER
    return stated.content(pieces, marked=True, place=place, whence=text_at(post, "id") or None, raw=raw)


def _is_public(thing: dict[str, Any]) -> bool:
    for held in (thing.get("to"), thing.get("cc")):
        if any(isinstance(each, str) and each in _PUBLIC for each in (held if isinstance(held, list) else [held])):
            return True
    return False


def _handle_of(actor: bytes | None) -> str | None:
    """The account's handle with its server, from actor.json."""
    try:
        found = msgspec.json.decode(actor) if actor else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    user, host = text_at(found, "preferredUsername"), _host(text_at(found, "id"))
    return f"@{user}@{host}" if user and host else as_handle(user)


def handle_at(address: str) -> str | None:
    """The handle with its server in the address of an account or of a post: "@amel@social.example"."""
    user, host = _USER.search(address), _host(address)
    return f"@{user[1]}@{host}" if user and host else None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
