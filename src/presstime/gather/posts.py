"""Posts of social networks: what all their exports have in common.

In: a post's words, who published it, whose post it repeats. Out: its pieces: a repeated post begins with a line that
says whose it is, as the network shows it, so that combining takes it for a repeat and not for a second source.
`post_pieces("Shells fell.", forwarded="Velmora Now")` gives "Forwarded from Velmora Now", "Shells fell."
"""

from __future__ import annotations

from collections.abc import Iterable

from presstime.gather.pieces import Piece, one_line, plain_pieces
from presstime.records import Problem

__all__ = ["MAX_POSTS", "as_handle", "not_taken", "post_pieces"]

MAX_POSTS = 1_000_000
"""Posts of one export: a channel that posts every two minutes needs four years for as many."""
LONGEST_NAME = 60
"""Characters of a name in the line that says whose post is repeated; the whole name stands in the provenance."""


def post_pieces(text: str, *, forwarded: str | None = None, verb: str = "Forwarded", captions: Iterable[str] = ()) -> list[Piece]:
    """A post's paragraphs, all marked as such; those of `captions` (descriptions of pictures) are captions."""
    pieces = plain_pieces(text)
    if forwarded:
        name = one_line(forwarded.replace(":", " ")) or ""
        pieces = [Piece(text=f"{verb} from {name[:LONGEST_NAME].strip()}"), *pieces]
    told = (one_line(caption) for caption in captions)
    return [*pieces, *(Piece(text=caption, kind="caption") for caption in told if caption)]


def as_handle(name: str | None) -> str | None:
    """A user's name as the handle that it is: "velmoranow" gives "@velmoranow"."""
    words = one_line(name)
    return words if words is None or words.startswith("@") else f"@{words}"


def not_taken(where: str, number: int, kind: str, advice: str) -> Problem:
    """The Problem of the entries of an export that are no posts to be read: how many, of what kind, and what to do."""
    were = "was" if number == 1 else "were"
    return Problem(where=where, what="skipped", why=f"{number:,} of its entries {were} not read: {kind}. {advice}")
