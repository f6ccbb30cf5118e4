"""A trigger → what the deed was done with, as the words that head the phrase; and which words are weapons.

In come a sentence and a trigger; out goes the means in the text's own words, without its article. A weapon is a means
where the event's noun is made with it ("drone strike"), or where it is the verb's object ("opened mortar fire"), its
"with", "by" or "in" ("in an air strike"), what a participle uses ("using knives") or what falls or goes off by itself.

Example: in "Six people died when rebels struck the port with mortars." the trigger "struck" has the means "mortars".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import words
from presstime.read.sub_events import parties
from presstime.read.tree import Sentence, base, children, subjects
from presstime.read.triggers import Trigger

__all__ = ["MeansWords", "find_means", "is_means", "is_munition", "means_words"]


@dataclass(frozen=True, slots=True)
class MeansWords:
    """words/en/event_means.toml."""

    weapons: frozenset[str]
    only_with_another: frozenset[str]
    carriers: frozenset[str]
    kinds: frozenset[str]
    themselves: frozenset[str]
    using: frozenset[str]
    cases: frozenset[str]
    loose_cases: frozenset[str]
    modifiers: frozenset[str]
    munitions: frozenset[str]


@cache
def means_words() -> MeansWords:
    """The word lists, read once a process."""
    return MeansWords(**{name: frozenset(text.split()) for name, text in words("event_means").items()})


def find_means(text: str, sentence: Sentence, trigger: Trigger) -> str | None:
    """What a deed was done with, in the text's words; None where the sentence does not say."""
    word = next(_candidates(sentence, trigger), None)
    if word is None:
        return None
    first, last = _phrase(sentence, word)
    return text[sentence.starts[first] : sentence.ends[last]]


def _forms(sentence: Sentence, word: int) -> set[str]:
    low = sentence.words[word].lower()
    forms = {sentence.lemmas[word], low, low.removesuffix("s")}
    if "-" in low:
        forms |= set(low.split("-"))
    return forms


def _modifiers(sentence: Sentence, word: int) -> list[int]:
    near = children(sentence, word, "compound", "amod", "flat")
    return near + [c for w in near for c in children(sentence, w, "compound", "conj")]


def is_munition(sentence: Sentence, word: int) -> bool:
    """Whether a word names what somebody else sends: "rockets", "the blast"."""
    return bool(_forms(sentence, word) & means_words().munitions)


def is_means(sentence: Sentence, word: int) -> bool:
    """Whether a word heads a phrase that says what a deed was done with: "knives", "an air strike"."""
    known = means_words()
    if sentence.universal[word] not in ("NOUN", "PROPN", "ADJ", "X", "VERB"):
        return False
    forms = _forms(sentence, word)
    if forms & known.themselves:
        return True
    beside = {f for m in _modifiers(sentence, word) for f in _forms(sentence, m)}
    if forms & known.only_with_another and not forms & {"battery"}:
        return bool(beside & (known.weapons | known.kinds))
    if forms & known.weapons:
        return True
    return bool(forms & known.carriers) and bool(beside & (known.weapons | known.kinds))


def _candidates(sentence: Sentence, trigger: Trigger) -> Iterator[int]:
    """The heads of phrases that may be the means, the likeliest first."""
    word = trigger.word
    nominal = sentence.universal[word] in ("NOUN", "PROPN")
    if nominal:
        yield from _of_noun(sentence, word)
    else:
        for w in trigger.words:
            part = base(sentence.relations[w]) in ("compound", "amod") and is_means(sentence, sentence.heads[w])
            if w != word and not _is_struck(sentence, word, w) and is_means(sentence, w):
                yield sentence.heads[w] if part else w
        yield from _below_verb(sentence, word)
        for shared in _sharing(sentence, word):
            yield from _with_cases(sentence, shared, frozenset({"with", "using"}))
    for w in trigger.words:  # "launched a drone attack": the deed's noun is made with it
        if w != word and sentence.universal[w] == "NOUN" and not _is_struck(sentence, word, w):
            yield from _of_noun(sentence, w)
    if nominal:
        head = sentence.heads[word]
        if head >= 0 and sentence.universal[head] == "VERB" and base(sentence.relations[word]) in ("nsubj", "obj"):
            yield from _with_cases(sentence, head, frozenset({"with", "using"}))


def _is_struck(sentence: Sentence, verb: int, word: int) -> bool:
    """Whether a word is what a verb of destroying destroys: "destroyed six tanks"."""
    below = sentence.heads[word] == verb and base(sentence.relations[word]) == "obj"
    return below and sentence.lemmas[verb] in parties()["destroying"]


def _of_noun(sentence: Sentence, noun: int) -> Iterator[int]:
    if _forms(sentence, noun) & means_words().themselves or is_means(sentence, noun):
        yield noun
    for m in _modifiers(sentence, noun):
        if _forms(sentence, m) & means_words().weapons:
            yield m
    yield from _with_cases(sentence, noun, frozenset({"with", "using", "by", "from", "of"}))
    yield from _used(sentence, noun)


def _below_verb(sentence: Sentence, verb: int) -> Iterator[int]:
    known = means_words()
    sends = sentence.lemmas[verb] in known.using and not any(
        sentence.words[c].lower() == "down" for c in children(sentence, verb, "compound:prt")
    )
    for w in children(sentence, verb, "obj"):
        if sends and is_means(sentence, w):
            yield w
    yield from _with_cases(sentence, verb, known.cases)
    for w in children(sentence, verb, "obj", "obl"):  # "opened fire on a party with rifles"
        yield from _with_cases(sentence, w, frozenset({"with"}))
    yield from _used(sentence, verb)
    for w in [*subjects(sentence, verb), *children(sentence, verb, "obl")]:  # "attacked by rebels with rockets"
        if any(sentence.words[c].lower() == "by" for c in children(sentence, w, "case")) or base(sentence.relations[w]) == "nsubj":
            yield from _with_cases(sentence, w, frozenset({"with"}))
    for w in subjects(sentence, verb):
        # "shells fell on the port", "a car bomb exploded"; a passive subject is what was used only with a verb of using
        passive = sentence.relations[w].endswith(":pass")
        if is_means(sentence, w) and (not passive or sends):
            yield w
        else:
            yield from (m for m in _modifiers(sentence, w) if is_munition(sentence, w) and _forms(sentence, m) & known.weapons)


def _with_cases(sentence: Sentence, word: int, cases: frozenset[str]) -> Iterator[int]:
    known = means_words()
    for child in children(sentence, word, "obl", "nmod", "advcl"):
        marks = {sentence.words[c].lower() for c in children(sentence, child, "case", "mark")}
        if not marks & cases or not is_means(sentence, child):
            continue
        # "in a car", "of weapons": a place or a thing, unless the deed's own noun says how
        plain = not (marks - known.loose_cases) and not (_forms(sentence, child) & (known.carriers | known.themselves))
        if not plain:
            yield child


def _used(sentence: Sentence, word: int) -> Iterator[int]:
    """What a participle below uses: "attacked, firing rockets", "men armed with knives"."""
    own = [c for s in subjects(sentence, word) for c in children(sentence, s, "acl", "amod")]
    for part in [*children(sentence, word, "advcl", "acl", "xcomp"), *own]:
        if (
            not {sentence.lemmas[part], sentence.lemmas[part].removesuffix("ed")} & means_words().using
            or sentence.relations[part] == "acl:relcl"
        ):
            continue
        yield from (w for w in children(sentence, part, "obj", "obl") if is_means(sentence, w))


def _sharing(sentence: Sentence, verb: int) -> list[int]:
    """The verb that a joined verb stands with: "attacked and robbed … with knives"."""
    joined = [c for c in children(sentence, verb, "conj") if sentence.universal[c] == "VERB" and not subjects(sentence, c)]
    return joined


def _phrase(sentence: Sentence, word: int) -> tuple[int, int]:
    """The first and last word of a means' phrase: what it is made with, and the weapons listed behind it."""
    known = means_words()
    first = _left(sentence, word)
    while first > 0 and _forms(sentence, first - 1) & known.modifiers:
        first -= 1
    last, at = word, word + 1
    while at < len(sentence) and _lists_on(sentence, at):
        if _is_listed(sentence, at):
            last = at
        at += 1
    return first, last


def _lists_on(sentence: Sentence, at: int) -> bool:
    known = means_words()
    forms = _forms(sentence, at)
    if sentence.words[at].lower() in (",", "and", "or", "-"):
        return True
    return bool(forms & (known.weapons | known.kinds | known.modifiers | known.carriers | known.themselves)) or _is_listed(sentence, at)


def _is_listed(sentence: Sentence, at: int) -> bool:
    known = means_words()
    forms, before = _forms(sentence, at), sentence.words[at - 1].lower()
    if sentence.words[at].lower() in (",", "and", "or", "-") or sentence.universal[at] not in ("NOUN", "PROPN", "X"):
        return False
    if before in known.kinds | known.weapons | known.modifiers:
        return bool(forms & (known.weapons | known.carriers | known.themselves)) or (before == "air" and "force" in forms)
    return bool(forms & (known.weapons - known.only_with_another)) or bool(forms & known.themselves)


def _is_named(sentence: Sentence, word: int) -> bool:
    known = means_words()
    return sentence.words[word][:1].isupper() and not _forms(sentence, word) & (known.kinds | known.modifiers | known.weapons)


def _left(sentence: Sentence, word: int) -> int:
    first = word
    for child in reversed([c for c in children(sentence, word, "compound", "amod", "flat") if c < word]):
        if base(sentence.relations[child]) == "amod" and _is_named(sentence, child):
            break  # whose it is: "Keldan mortars"
        if sentence.universal[child] == "VERB" and sentence.fine[child] in ("VBD", "VBZ"):
            break
        first = min(first, _left(sentence, child))
    return first
