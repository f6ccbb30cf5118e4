"""A trigger → whether its words tell of something else than an event: a match, a critic's words, a made-up story.

In come a sentence, the words of a trigger and its type; out goes yes or no. What a single verb's or noun's other senses
are stands in words/en/events.toml; here stands what only the rest of the sentence shows: a score, a newspaper that
attacks somebody in its columns, fire that comes from critics, a toll of "the number of people killed"; and the other way
round, which nouns tell of a deed by the words above them ("claimed responsibility for the attack").

Example: "City beat Rovers 2-1 on Saturday." → "beat" is sport.
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.read.event_words import lists
from presstime.read.fiction import is_fiction
from presstime.read.figure_words import is_person
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.records import EventType

__all__ = ["answered_for", "is_launched", "is_other_sense"]

_DASHES = frozenset({"-", "–"})
HIGHEST_SCORE = 99


def is_other_sense(sentence: Sentence, word: int, words: Sequence[int], kind: EventType) -> bool:
    """Whether a trigger at a word, with its words, tells of no event of its type."""
    if kind not in ("ASSAULT", "COERCE"):
        return False
    if is_fiction(sentence, word):
        return True
    if kind != "ASSAULT":
        return False
    return _is_sport(sentence, word) or _from_critics(sentence, word, words) or _in_print(sentence, word) or _is_tally(sentence, word)


def _is_sport(sentence: Sentence, word: int) -> bool:
    """Whether a deed is one of sides in a match: a score stands beside, or what only matches have, and nobody is struck."""
    if not _has_score(sentence) and lists().words["of_sport"].isdisjoint(sentence.lemmas):
        return False
    if not lists().words["means"].isdisjoint(sentence.lemmas) or not lists().words["of_order"].isdisjoint(sentence.lemmas):
        return False
    return not any(is_person(sentence, w) for w in (*subjects(sentence, word), *children(sentence, word, "obj", "nmod", "obl")))


def _has_score(sentence: Sentence) -> bool:
    """Whether a score stands in a sentence: "2-1"."""
    return any(
        sentence.words[w] in _DASHES
        and all(n.isdigit() and int(n) <= HIGHEST_SCORE for n in (sentence.words[w - 1], sentence.words[w + 1]))
        and sentence.ends[w - 1] == sentence.starts[w]
        and sentence.ends[w] == sentence.starts[w + 1]
        for w in range(1, len(sentence) - 1)
    )


def _from_critics(sentence: Sentence, word: int, words: Sequence[int]) -> bool:
    """Whether the fire somebody is under is words: "came under fire from critics"."""
    fire = next((w for w in words if sentence.lemmas[w] in ("fire", "attack")), None)
    if fire is None:
        return False
    above = sentence.heads[fire] if sentence.heads[fire] >= 0 else fire
    around = [w for at in {word, fire, above} for w in children(sentence, at, "obl", "nmod")]
    from_whom = [w for w in around if {"from", "by"} & {sentence.words[c].lower() for c in children(sentence, w, "case")}]
    near = (n for w in from_whom for n in (w, *children(sentence, w, "amod", "compound", "conj")))
    return any(sentence.lemmas[w] in lists().words["critics"] for w in near)


def _in_print(sentence: Sentence, verb: int) -> bool:
    """Whether an attack is one in print: "the magazine attacked the minister", "attacked him in an editorial"."""
    if sentence.lemmas[verb] not in lists().words["in_print"]:
        return False
    where = [
        w for w in children(sentence, verb, "obl", "nmod") if {"in"} & {sentence.words[c].lower() for c in children(sentence, w, "case")}
    ]
    return any(sentence.lemmas[w] in lists().words["writings"] for w in (*where, *subjects(sentence, verb)))


def _is_tally(sentence: Sentence, verb: int) -> bool:
    """Whether the dead are only counted: "the number of people killed on the lake"; not where a deed stands beside."""
    if sentence.relations[verb] != "acl" or sentence.fine[verb] != "VBN" or children(sentence, verb, "obl:agent"):
        return False
    over = sentence.heads[sentence.heads[verb]]
    if (
        over < 0
        or sentence.lemmas[over] not in ("number", "total", "toll", "tally", "count")
        or base(sentence.relations[sentence.heads[verb]]) != "nmod"
    ):
        return False
    return not any(lists().nouns.get(sentence.lemmas[w]) == "ASSAULT" for w in subtree(sentence, verb))


def answered_for(sentence: Sentence, noun: int) -> bool:
    """Whether somebody says that a deed was his: "claimed responsibility for the attack"."""
    over = sentence.heads[noun]
    if over < 0 or not any(sentence.words[c].lower() == "for" for c in children(sentence, noun, "case")):
        return False
    verb = over if sentence.universal[over] == "VERB" else sentence.heads[over]  # "claimed responsibility on Monday for the attack"
    owned = any(sentence.lemmas[w] in ("responsibility", "credit") for w in children(sentence, verb, "obj")) if verb >= 0 else False
    return owned and sentence.lemmas[verb] in lists().words["owns_up"]


def is_launched(sentence: Sentence, noun: int) -> bool:
    """Whether a noun's deed is said to begin: "announced the launch of an offensive"."""
    over = sentence.heads[noun]
    of = any(sentence.words[c].lower() == "of" for c in children(sentence, noun, "case"))
    if not of or base(sentence.relations[over]) != "obj" or sentence.lemmas[over] not in lists().words["begun"]:
        return False
    return sentence.lemmas[sentence.heads[over]] in lists().words["does"]
