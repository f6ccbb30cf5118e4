"""Denials and answers → the statements they answer, within one document.

In: statements in order. Out: the same, denials with `answers` filled. A denial answers an earlier statement by another
speaker. Where its words only point back ("that", "it", "the claims"), it is the last one, or of the last few the one
that names the denier; where they say what is denied ("that it had opened a gate", "the claim that no siren sounded"),
it is the one that shares most of their words, whose speaker it names counting as one, or the statement just before it
where that names the denier. A denial that goes on denying ("No boat was stopped") answers what the same speaker has
just denied. Words that are reported in order to be denied are no denial. Nothing is linked where nothing is shared.

Example: "Baku said mines killed six. Stepanakert denied the claims." → the denial answers the claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from presstime.read.lexicon import nouns
from presstime.records import Statement

__all__ = ["SMALL_WORDS", "answered", "content_words", "stem"]

_POINTERS = (
    r"claims?|allegations?|accusations?|charges?|reports?|statements?|assertions?|suggestions?|rumou?rs?|that|it|this|them|these|those|both"
)
_POINTS_BACK = re.compile(rf"^(?:the |these |those |this |such |all |any |its |his |her |their )*(?:{_POINTERS})\b", re.IGNORECASE)
_LEAST_SHARED = 2
"""Content words a denial must share with the claim it answers where it does not point back."""
_LEAST_NEXT = 1
"""As above, where the claim is the very statement before it."""
_MOST_BARE = 1
"""Content words with which "the claim" or "it" still only points back ("it on Wednesday")."""
_REACH = 30
"""How many statements back a denial may reach."""
_BARE_REACH = 5
"""As above for a bare "that": what stands further back is not what "that" means."""
_ASSERTING = frozenset({"claim", "accusation", "confirmation", "condemnation", "concern", "warning", "threat"})
"""What can be denied with a bare "that". Nobody denies a promise or an appeal in that way."""
_ASKING = frozenset({"demand", "appeal", "offer", "promise"})
"""What asserts nothing: words shared with it do not make a denial of a fact an answer to it."""
_GOES_ON = 2
"""How many statements after a denial the same speaker may go on denying the same thing."""
_COMMON = 0.15
"""The share of a document's statements from which on a word is what all of it is about, and ties no two of them."""
_COMMON_FROM = 6
_STEM = 6
_NAME_STEM = 5
"""Letters of a name that its adjective has too ("Keldany", "Keldan")."""
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the a an of in on at to for from by with and or but that this it its is are was were be been has have had not no any all as "
        "their his her him them they he she we i you our my there which who will would said says say than more about into over out "
        "up down s t",
    )
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "again", "later")


def content_words(words: str) -> set[str]:
    """The words of a statement that carry its matter, as stems."""
    return {stem(w) for w in re.findall(r"\w+", words.lower()) if w not in SMALL_WORDS and len(w) > 2}


def stem(word: str) -> str:
    """A word cut so that its forms meet: "opened", "opening" and "opens" are "open"; at most six letters of it."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)[:_STEM].removesuffix("e")
    return word[:_STEM].removesuffix("e")


_POINTING = frozenset(stem(w) for w in _POINTERS.replace("u?", "u").replace("?", "").split("|"))
_SAID_ON = frozenset(stem(d) for d in _DAYS)


def answered(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, every denial with the ids of what it denies."""
    words = [" ".join(text[c.start : c.end] for c in s.content) for s in statements]
    denials = {s.id for s in statements if s.act == "denial"}
    counts = Counter(w for each in words for w in content_words(each))
    common = frozenset(w for w, n in counts.items() if n >= _COMMON_FROM and n > _COMMON * len(words))
    found: list[Statement] = []
    for i, s in enumerate(statements):
        denied = s.act == "denial" and s.reported_by not in denials
        targets = _targets(statements, words, found, i, common) if denied else ()
        found.append(replace(s, answers=targets) if targets else s)
    return found


def _targets(
    statements: Sequence[Statement], words: Sequence[str], found: Sequence[Statement], i: int, common: frozenset[str]
) -> tuple[str, ...]:
    """The ids of what a denial denies: the words it reports itself, else an earlier statement."""
    inner = next((o.id for o in statements if o.reported_by == statements[i].id), None)
    target = inner or _target(statements, words, found, i, common)
    return (target,) if target is not None and target != statements[i].id else ()


def _target(
    statements: Sequence[Statement], words: Sequence[str], found: Sequence[Statement], i: int, common: frozenset[str]
) -> str | None:
    """The id of the earlier statement that a denial denies."""
    s = statements[i]
    own = _matter(words[i]) - common
    points_back = _POINTS_BACK.match(words[i]) is not None
    if points_back and len(own) <= _MOST_BARE:
        return _pointed_at(statements, words, i)
    if points_back:
        own -= _name_words(words[i])
    shared = _sharing(statements, words, i, own)
    if shared is not None:
        return shared
    if i and _answerable(statements[i - 1], s) and _names_of(s) & _names_in(words[i - 1]):
        return statements[i - 1].id
    for back in range(1, min(len(found), _GOES_ON) + 1):
        before = found[i - back]
        if before.act == "denial" and before.answers and _same_speaker(before, s):
            return before.answers[0]
    return None


def _matter(words: str) -> set[str]:
    """The content words of a denial, without those that only point and without the day on which it was said."""
    return content_words(words) - _POINTING - _SAID_ON


def _name_words(words: str) -> set[str]:
    """Capitalised words after "by", whose claim it was: "the claim by Ana Bel that …"."""
    match = re.search(r"\b(?:by|from|of) ((?:[A-Z][\w-]+[ ,]*)+)", words)
    return content_words(match[1]) if match else set()


def _answerable(other: Statement, denial: Statement) -> bool:
    return other.id != denial.reported_by and other.act not in ("denial", "no-comment", "retraction") and not _same_speaker(other, denial)


def _pointed_at(statements: Sequence[Statement], words: Sequence[str], i: int) -> str | None:
    """What a bare "that" takes up: of the last few that assert something the one that names the denier, else the last."""
    near = (i - back for back in range(1, min(i, _BARE_REACH) + 1))
    candidates = [at for at in near if statements[at].act in _ASSERTING and _answerable(statements[at], statements[i])]
    names = _names_of(statements[i])
    for at in candidates:
        if names & _names_in(words[at]):
            return statements[at].id
    return statements[candidates[0]].id if candidates else None


def _names_of(statement: Statement) -> set[str]:
    return _names_in(statement.speaker.name) if statement.speaker else set()


def _names_in(words: str) -> set[str]:
    """The beginnings of the names in some words, bodies' own words left out: any ministry's name has "Ministry"."""
    found = re.findall(r"[A-Z]\w{3,}", words)
    return {w[:_NAME_STEM].lower() for w in found if w.lower() not in nouns().body | nouns().titles}


def _sharing(statements: Sequence[Statement], words: Sequence[str], i: int, own: set[str]) -> str | None:
    """The earlier statement that shares most with a denial's own words, the nearest of equals."""
    best: tuple[float, str] | None = None
    for back in range(1, min(i, _REACH) + 1):
        other = statements[i - back]
        if not _answerable(other, statements[i]) or other.act in _ASKING:
            continue
        shared = len(own & content_words(words[i - back]))
        shared += bool(shared and _names_of(other) & _names_in(words[i]))
        shared += bool(shared and other.act == "accusation" and _names_of(statements[i]) & _names_in(words[i - back]))
        score = shared - back * 0.05
        if shared >= (_LEAST_NEXT if back == 1 else _LEAST_SHARED) and (best is None or score > best[0]):
            best = (score, other.id)
    return best[1] if best else None


def _same_speaker(a: Statement, b: Statement) -> bool:
    return a.speaker is not None and b.speaker is not None and a.speaker.name == b.speaker.name
