"""Heard cues whose source and content stand elsewhere than they are heard → the same cues, turned.

In: a cue's sentence and main word, and what the model hears. Out: a `Cued` with another source and content. Who "was
accused" does not speak but is accused; behind "None, says Ana Bel." nothing is said, for it stands before the cue; what
a passive is heard by its "were" alone is told by its verb.

Example: in "The mayor stands accused of fraud." nobody is heard, and "The mayor of fraud" is the accusation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from presstime.read.cued import Cued
from presstime.read.doers import name_beside, noun_phrase
from presstime.read.lexicon import cues, nouns
from presstime.read.tree import Sentence, base, children, span, subjects

__all__ = ["accused_in", "may_deny", "on_verb", "turned"]

_LONGEST_ANSWER = 6
"""Words of an answer before "says Ana Bel"."""


def may_deny(sentence: Sentence) -> bool:
    """Whether a sentence may tell a denial in the passive, which the model hears badly: "was contested by doctors"."""
    if "by" not in sentence.lemmas:
        return False
    acts = cues().narrated
    return any(fine == "VBN" and acts.get(lemma) == "denial" for fine, lemma in zip(sentence.fine, sentence.lemmas, strict=True))


def on_verb(sentence: Sentence, words: Sequence[int], c: Cued) -> Cued:
    """A cue heard on the helper of a passive ("were" of "were dismissed by the army"), with its verb."""
    if not words or any(sentence.universal[w] != "AUX" for w in words):
        return c
    verb = sentence.heads[words[-1]]
    if verb != words[-1] + 1 or sentence.fine[verb] != "VBN" or sentence.lemmas[verb] not in cues().narrated | cues().says:
        return c
    return replace(c, cue=(c.cue[0], sentence.ends[verb]))


def turned(sentence: Sentence, main: int, c: Cued) -> Cued:
    """A heard cue with its source and content where the tree has them."""
    return _accused(sentence, main, c) or _answering(sentence, main, c) or _named_on(sentence, main, c) or c


def accused_in(sentence: Sentence, main: int) -> int | None:
    """Whom a passive accuses: the "army" of "the army was accused of shelling a school", "stands accused"; None elsewhere."""
    lemma = sentence.lemmas[main]
    if cues().narrated.get(lemma) != "accusation" or sentence.fine[main] != "VBN" or lemma == "allege":
        return None
    passive = [s for s in subjects(sentence, main) if sentence.relations[s].endswith(":pass")]
    if not passive and main and sentence.lemmas[main - 1] == "stand":
        passive = subjects(sentence, main) or subjects(sentence, main - 1)
    return passive[0] if passive else None


def _accused(sentence: Sentence, main: int, c: Cued) -> Cued | None:
    """An accusation in the passive, with whom it accuses in its content, and whoever is behind "by" for its source."""
    accused = accused_in(sentence, main)
    if accused is None:
        return None
    whom = span(sentence, noun_phrase(sentence, accused))
    agents = [w for w in children(sentence, main, "obl") if "by" in (sentence.lemmas[m] for m in children(sentence, w, "case"))]
    source = span(sentence, noun_phrase(sentence, agents[0])) if agents else None
    heard = c.source is not None and _meet(c.source, whom)
    if source is None and c.source is not None and not heard:
        source = c.source
    addressee = c.addressee if c.addressee is None or source is None or not _meet(c.addressee, source) else None
    rest = [(_with_case(sentence, x[0]), x[1]) for x in c.content if x[0] >= whom[1]]
    return replace(c, source=source, addressee=addressee, content=(whom, *rest))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_case(sentence: Sentence, start: int) -> int:
    """Where a content begins, with the "of" or "for" before it."""
    word = next((w for w in range(1, len(sentence)) if sentence.starts[w] == start), 0)
    return sentence.starts[word - 1] if word and sentence.lemmas[word - 1] in ("of", "for", "over") else start


def _named_on(sentence: Sentence, main: int, c: Cued) -> Cued | None:
    """ "According to the union, the Guild of Drivers, no tram left.": the name behind the comma is the source's, too."""
    if sentence.lemmas[main] != "accord" or c.source is None or not c.content:
        return None
    source = next((w for w in range(len(sentence)) if sentence.ends[w] == c.source[1]), -1)
    opening = next((w for w in range(len(sentence)) if sentence.starts[w] == c.content[0][0]), -1)
    if source < 0 or opening != source + 2 or sentence.words[source + 1] != ",":
        return None
    own = name_beside(sentence, source) or _body_named_at(sentence, source, opening)
    if not own or own[0] != opening:
        return None
    last = own[-1]
    if last + 2 >= len(sentence) or sentence.words[last + 1] != ",":
        return None
    first = sentence.starts[last + 2]
    if first >= c.content[0][1]:
        return None
    return replace(c, source=(c.source[0], sentence.ends[last]), content=((first, c.content[0][1]), *c.content[1:]))


def _body_named_at(sentence: Sentence, source: int, opening: int) -> list[int]:
    """A body's name that opens a content behind the noun for such a body, up to a comma: the tree may take it for a subject."""
    if sentence.lemmas[source] not in nouns().body or sentence.fine[source] != "NN" or sentence.words[opening].lower() != "the":
        return []
    end = opening + 1
    while end < len(sentence) and sentence.entities[end].endswith("ORG"):
        end += 1
    follows = sentence.words[end + 1].lower() if end + 1 < len(sentence) else ""
    aside = follows in ("which", "who", "whose", "a", "an", "one")
    return list(range(opening, end)) if end > opening + 1 and not aside else []


def _answering(sentence: Sentence, main: int, c: Cued) -> Cued | None:
    """ "None, says Ana Bel.": the answer stands before a verb of saying, and behind it only who gives it."""
    if main < 2 or sentence.words[main - 1] != "," or main > _LONGEST_ANSWER + 1 or sentence.lemmas[main] not in cues().says:
        return None
    if sentence.fine[main] not in ("VBZ", "VBD") or children(sentence, main, "ccomp"):
        return None
    if any(sentence.universal[w] in ("VERB", "AUX") for w in range(main - 1)) or base(sentence.relations[main]) == "acl":
        return None
    rest = [w for w in range(main + 1, len(sentence)) if sentence.universal[w] != "PUNCT"]
    if not rest or any(sentence.universal[w] in ("VERB", "AUX", "SCONJ") for w in _until_mark(sentence, main + 1)):
        return None
    named = _until_mark(sentence, main + 1)
    nouns = [w for w in named if sentence.universal[w] in ("NOUN", "PROPN", "PRON")]
    if not nouns or sentence.universal[named[0]] not in ("DET", "NOUN", "PROPN", "PRON", "ADJ"):
        return None
    return replace(c, source=span(sentence, named), content=((sentence.starts[0], sentence.ends[main - 2]),))


def _until_mark(sentence: Sentence, first: int) -> list[int]:
    """The words from one up to the next mark."""
    found = []
    for w in range(first, len(sentence)):
        if sentence.universal[w] == "PUNCT" and sentence.words[w] not in ("-", "’", "'"):
            break
        found.append(w)
    return found
