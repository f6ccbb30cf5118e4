"""How far heard content goes, by the tree: what a word-by-word ear leaves off at its end, and what stands before a cue in commas.

In: stretches of content as heard, with the sentences they stand in, and what is not content (the cue, its speaker). Out:
the stretches, ended where the phrase of their last word ends and opened by the clause that stands before the cue.

Example: in "If it rains, Bel said, the old | road will close." "the old" alone is no phrase: → "If it rains", "the old road
will close".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from presstime.read.cued import Cued
from presstime.read.lexicon import cues
from presstime.read.page import Page
from presstime.read.quotes import Quote
from presstime.read.tree import Sentence, base, children, subtree

__all__ = ["behind", "carried", "closed", "interrupted", "mended", "opened", "trimmed", "without_strays"]

Span = tuple[int, int]
Place = dict[int, tuple[int, int, int]]
"""Where a word begins → its sentence, its number there, its block."""

_LEANING = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "cop", "mark", "case", "cc", "advmod"})
"""Relations of words that cannot end a phrase where their head follows them."""
_BY = ("in", "on", "via", "through")
_ITS = ("a", "an", "its", "his", "her", "their", "my", "our")
_LONGEST_MEANS = 8
"""Words of a phrase that tells a medium."""
_REST = re.compile(r" [a-z][^.!?;:“\"]*, ")
_LONGEST_REST = 80
"""Characters between a closing mark and the cue."""
_LONGEST_TIE = 16
"""Characters."""
_FRAGMENT = 4
"""Characters. A stretch of one small word is a piece of the clause that it opens."""
_MARKS = "\"'“”‘’«»„"
_SHORT = 3
"""Words. A stretch beside a whole quotation that is no longer, and has no verb, was misheard."""
_LONG_PHRASE = 4
"""Words. A shorter phrase before a cue in commas ("On Monday, Bel said, …") is more often about the saying."""


def mended(
    text: str, sentences: Sequence[Sentence], place: Place, cue: Span, source: Span | None, content: Sequence[Span], quotes: Sequence[Quote]
) -> list[Span]:
    """Heard content with its ends set right: `closed`, `opened` and `trimmed` in turn."""
    before = min(cue[0], source[0]) if source else cue[0]
    found = closed(sentences, place, content, [cue, source] if source else [cue])
    found = opened(text, sentences[place[cue[0]][0]], cue, source, found)
    found = _from_clause(text, sentences, place, before, found, quotes)
    found = _carried_on(text, found, before, quotes)
    return trimmed(text, sentences, place, found, quotes)


def _from_clause(
    text: str, sentences: Sequence[Sentence], place: Place, before: int, content: list[Span], quotes: Sequence[Quote]
) -> list[Span]:
    """Content whose first quotation goes on with a clause begins where the clause does: "The pier was “shut,” Bel said"."""
    first = next((q for q in quotes if content and q.start <= content[0][0] <= q.inner_start), None)
    opening = next((place[at] for at in range(content[0][0], content[0][1]) if at in place), None) if first else None
    if first is None or opening is None or first.end > before or not text[first.inner_start].islower():
        return content
    sentence = sentences[opening[0]]
    lead = [i for i in range(len(sentence)) if sentence.ends[i] <= first.start]
    within = all(text[sentence.starts[i]] not in _MARKS + ":;—–" for i in lead)
    if not lead or not within or not any(sentence.fine[i] in ("VBD", "VBZ", "VBP", "MD") for i in lead):
        return content
    return [(sentence.starts[0], content[0][1]), *content[1:]]


def _carried_on(text: str, content: Sequence[Span], before: int, quotes: Sequence[Quote]) -> list[Span]:
    """Content that goes on behind a closing mark up to the comma before the cue: "“the state” of the roads, Bel said"."""
    found = []
    for a, b in content:
        ends = [q for q in quotes if abs(q.end - b) <= 1 and text[q.inner_end - 1].isalnum()]
        gap = text[b:before].lstrip("\"'”’")
        if ends and 0 < before - b <= _LONGEST_REST and _REST.fullmatch(gap):
            b = before - 2
        found.append((a, b))
    return found


def trimmed(text: str, sentences: Sequence[Sentence], place: Place, content: Sequence[Span], quotes: Sequence[Quote]) -> list[Span]:
    """Content without what is the outlet's at its ends: "But" before it, "in a statement" or "on Twitter" behind it.

    A quotation that ends in a comma ends the content that it begins: `“We left,” adding …`.
    """
    found = []
    for a, b in content:
        for q in quotes:
            if abs(q.start - a) <= 1 and q.end < b and text[q.inner_end - 1] == ",":
                b = q.end
        inside = any(q.start <= a < q.end for q in quotes)
        if not inside and a in place and place[a][1] == 0:
            low = text[a : a + _LONGEST_TIE].lower()
            tie = next((t for t in cues().ties if low.startswith(t + " ")), "")
            a += len(tie) + 1 if tie else 0
        if not any(q.start < b <= q.end for q in quotes):
            b = _without_medium(sentences, place, a, b)
        stray = len(content) > 1 and text[a:b].lower() in cues().questions
        if a < b and not stray:
            found.append((a, b))
    return found


def _without_medium(sentences: Sequence[Sentence], place: Place, a: int, b: int) -> int:
    """The end of a content without the phrase that tells by what means it was said."""
    words = [place[at] for at in range(a, b) if at in place]
    if not words:
        return b
    sentence, own = sentences[words[-1][0]], [w for n, w, _ in words if n == words[-1][0]]
    table = cues()
    for start in own[1:]:
        if sentence.lemmas[start] not in _BY:
            continue
        phrase = [w for w in own if w >= start]
        head = sentence.heads[start]
        if head not in phrase or set(subtree(sentence, head)) - {*phrase} or len(phrase) > _LONGEST_MEANS:
            continue
        named = sentence.lemmas[head] in table.platforms and sentence.universal[head] == "PROPN"
        meant = sentence.lemmas[head] in table.media and len(phrase) > 2 and sentence.lemmas[start + 1] in _ITS
        if (named and start + 1 == head) or meant:
            return sentence.ends[start - 1]
    return b


def behind(page: Page, at: int) -> list[tuple[int, int, int]]:
    """The words behind an offset up to the next mark, as (sentence, word, block)."""
    found: list[tuple[int, int, int]] = []
    for start in range(at, min(at + _LONGEST_REST, len(page.text))):
        if start in page.place:
            number, word, block = page.place[start]
            if page.sentences[number].universal[word] == "PUNCT" or (found and number != found[0][0]):
                break
            found.append((number, word, block))
    return found


def carried(sentence: Sentence, words: Sequence[int], c: Cued) -> Cued:
    """A cue as heard, its noun given to the content: "expressed concern", "about the dam" → "expressed", "concern about the dam"."""
    verb = next((w for w in words if sentence.universal[w] == "VERB" and sentence.lemmas[w] in cues().carriers), None)
    noun = next((w for w in words if verb is not None and w > verb and sentence.universal[w] == "NOUN"), None)
    if verb is None or noun is None:
        return c
    first = min([w for w in words if w > verb and w in subtree(sentence, noun)], default=noun)
    start, end = sentence.starts[first], sentence.ends[max(words)]
    rest = [s for s in c.content if s[0] >= end]
    told = (start, rest[0][1] if rest else max(end, sentence.ends[max(subtree(sentence, noun))]))
    return replace(c, cue=(c.cue[0], sentence.ends[first - 1]), content=(told, *rest[1:]))


def interrupted(sentence: Sentence, cue: int) -> tuple[tuple[int, ...], tuple[Span, ...]] | None:
    """Speaker and content of a cue between a subject and its verb: "The keys, said Bel, are lost." Else None."""
    words = sentence.words
    if cue < 2 or words[cue - 1] != "," or sentence.fine[cue] not in ("VBD", "VBZ") or any(w in _MARKS for w in words):
        return None
    second = next((i for i in range(cue + 2, min(cue + _LONGEST_MEANS + 1, len(words))) if words[i] == ","), None)
    if second is None or second + 1 >= len(words) or sentence.fine[second + 1] not in ("VBD", "VBZ", "VBP", "MD"):
        return None
    subject, speaker = range(cue - 1), range(cue + 1, second)
    if any(sentence.universal[i] in ("VERB", "AUX") for i in (*subject, *speaker)):
        return None
    if sentence.universal[cue + 1] not in ("PROPN", "PRON", "DET"):
        return None
    last = len(words) - (2 if sentence.universal[len(words) - 1] == "PUNCT" else 1)
    spans = (sentence.starts[0], sentence.ends[cue - 2]), (sentence.starts[second + 1], sentence.ends[last])
    return tuple(speaker), spans


def closed(sentences: Sequence[Sentence], place: Place, content: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """Stretches that never end on a word whose head follows it: "the nation's armed" goes on to "forces"."""
    found: list[Span] = []
    for n, (a, b) in enumerate(content):
        words = [place[at] for at in range(a, b) if at in place]
        if words:
            number, word, _ = words[-1]
            sentence = sentences[number]
            stop = min([x for x, _ in (*apart, *content[n + 1 :]) if x >= b], default=sentence.end)
            end = _phrase_end(sentence, word)
            while end > word and sentence.ends[end] > stop:
                end -= 1
            if end > word and sentence.universal[end] != "PUNCT":
                b = max(b, sentence.ends[end])
            elif end == word and (to := _infinitive_end(sentence, word)) > word and sentence.ends[to] <= stop:
                b = max(b, sentence.ends[to])
        found.append((a, b))
    return found


def _phrase_end(sentence: Sentence, word: int) -> int:
    """The last word of the phrase that a word leans on, or the word itself."""
    top = word
    while sentence.heads[top] > top and (sentence.relations[top] in _LEANING or base(sentence.relations[top]) in ("nsubj", "aux")):
        top = sentence.heads[top]
    return top if top == word else max(subtree(sentence, top, [c for c in children(sentence, top) if _apart(sentence, c)]))


def _infinitive_end(sentence: Sentence, word: int) -> int:
    """The last word of the infinitive that belongs to a noun which ends a stretch: "the need | to use the old road"; else the word."""
    behind = word + 1
    if sentence.universal[word] != "NOUN" or behind >= len(sentence) or sentence.words[behind].lower() != "to":
        return word
    verb = sentence.heads[behind]
    if sentence.relations[behind] != "mark" or sentence.heads[verb] != word or base(sentence.relations[verb]) != "acl":
        return word
    last = max(subtree(sentence, verb, [c for c in children(sentence, verb) if base(sentence.relations[c]) in ("parataxis", "advcl")]))
    return last - 1 if sentence.universal[last] == "PUNCT" else last


def _apart(sentence: Sentence, word: int) -> bool:
    return base(sentence.relations[word]) in ("conj", "parataxis", "advcl", "punct", "appos")


def opened(text: str, sentence: Sentence, cue: Span, source: Span | None, content: Sequence[Span]) -> list[Span]:
    """Content with the clause that stands before a cue in commas: "If it rains, Bel said, the road will close."."""
    if source is None:
        return list(content)
    first, last = min(cue[0], source[0]), max(cue[1], source[1])
    later = [s for s in content if s[0] >= last]
    if not later or any(b - a > _FRAGMENT for a, b in content if (a, b) not in later):
        return list(content)
    between = text[last : later[0][0]]
    words = [i for i in range(len(sentence)) if sentence.ends[i] <= first]
    said_aloud = text[later[0][0]] in _MARKS and not text[later[0][0] + 1 : later[0][0] + 2].islower()
    if between.strip() != "," or said_aloud or not words or sentence.words[words[-1]] != ",":
        return list(content)
    words = words[:-1]
    while words and sentence.relations[words[0]] in ("cc", "punct"):
        words = words[1:]
    if not words or any(sentence.words[w] in ',:;“”"' for w in words[:1]):
        return list(content)
    head = next((w for w in words if sentence.heads[w] not in words), words[0])
    relation = base(sentence.relations[head])
    marked = [m for m in children(sentence, head, "mark", "advmod") if m <= words[0] + 2]
    clause = relation == "advcl" and bool(marked)
    phrase = relation == "obl" and len(words) >= _LONG_PHRASE and sentence.universal[words[0]] == "ADP"
    if not clause and not phrase:
        return list(content)
    return [(sentence.starts[words[0]], sentence.ends[words[-1]]), *later]


def without_strays(sentences: Sequence[Sentence], place: Place, content: Sequence[Span], marks: Sequence[Span]) -> list[Span]:
    """Content without a word or two far from a quotation that is whole by itself, or before it in another sentence."""
    if not marks:
        return list(content)
    found = []
    for a, b in content:
        within = [x for x, y in marks if a <= x < b]
        if not within and not any(x < b and a < y for x, y in marks):
            if sum(at in place for at in range(a, b)) <= _SHORT:
                continue
        elif within and a < min(within) and _is_stray(sentences, place, a, min(within)):
            a = min(within)
        found.append((a, b))
    return found or list(content)


def _is_stray(sentences: Sequence[Sentence], place: Place, a: int, first: int) -> bool:
    """Whether the words before a quotation's first belong to an earlier sentence and have no verb: "said of the plan. “It …”"."""
    words = [place[at] for at in range(a, first) if at in place]
    opening = next((place[at] for at in range(first, first + 3) if at in place), None)
    if not words or opening is None or words[-1][0] == opening[0] or len(words) > _LONGEST_MEANS:
        return False
    return not any(sentences[n].universal[w] in ("VERB", "AUX") for n, w, _ in words)
