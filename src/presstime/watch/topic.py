"""On topic or not: a document and the story's filter → why it is left out, or nothing.

In: a `Document`, the [filter] of story.toml, the story's own actors and places. Out: None where the document is on topic,
else a few words. Case and accents do not matter, and names stand for all the names that story.toml gives them: with
`places = ["Vadisk"]` a document that calls the town Tarnholt is on topic too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from presstime.records import Document, KnownActor, KnownPlace
from presstime.story_watch import Filter

__all__ = ["Topic", "topic_of"]

Topic = Callable[[Document], str | None]
"""Why a document is off topic; None where it is on topic."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without spaces between words (Thai, Lao, Burmese, Khmer, Japanese, Chinese): there a word is found within others."""


def topic_of(given: Filter, actors: Sequence[KnownActor] = (), places: Sequence[KnownPlace] = ()) -> Topic:
    """The test that a filter is. Without any setting everything is on topic."""
    wanted = {
        "words": _pattern(given.words),
        "places": _pattern(_with_other_names(given.places, places)),
        "actors": _pattern(_with_other_names(given.actors, actors)),
    }
    lists = {name: pattern for name, pattern in wanted.items() if pattern is not None}
    without = _pattern(given.without)

    def off(document: Document) -> str | None:
        if given.languages and document.language is not None and document.language not in given.languages:
            return f"its language is {document.language}"
        text = _folded(f"{document.headline or ''}\n{document.text}")
        if without is not None and (found := without.search(text)):
            return f"it has “{found[0]}”"
        if not lists:
            return None
        missing = [name for name, pattern in lists.items() if pattern.search(text) is None]
        if len(missing) == len(lists) or (given.match == "all" and missing):
            return f"it has none of the {', '.join(missing)}"
        return None

    return off


def _with_other_names(names: Iterable[str], known: Sequence[KnownActor] | Sequence[KnownPlace]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        for each in known:
            if _folded(name) in {_folded(other) for other in (each.name, *each.names)}:
                found |= dict.fromkeys((each.name, *each.names))
    return list(found)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = [_word(_folded(word)) for word in words]
    return re.compile("|".join(parts)) if parts else None


def _word(word: str) -> str:
    inner = r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())
    return inner if _UNSPACED.search(word) else rf"(?<!\w){inner}(?!\w)"


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char)) if not split.isascii() else split
