"""Quotes → who says them: each quoted stretch with the cue and the speaker's words beside it.

In: the text, its sentences, its quotes. Out: one `QuoteFrame` for every quote that is speech, split quotes joined,
and the rest (scare quotes, titles, quoted fragments) left to others. Tree and order of words both count: parsers
hang a cue's subject inside the quote, so a subject that is quoted is looked for again beside the cue.

Example: `“Go home,” said Ana Bel, a nurse. “It is over.”` → one frame, cue "said", speaker "Ana Bel, a nurse".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from presstime.read.beside import FINITE, QuoteFrame, Word, Words, before_ends, cue_after, cue_before, signature
from presstime.read.doers import noun_phrase
from presstime.read.frames import is_cue
from presstime.read.lexicon import cues, nouns
from presstime.read.quotes import Quote
from presstime.read.tree import Sentence, children, entity_spans, subjects

__all__ = ["QuoteFrame", "Word", "Words", "is_speech", "quote_frames", "words_of"]

_FEWEST_WORDS = 4
"""A quoted stretch of fewer words is speech only where a mark inside it ends a sentence or leads on to a cue."""
_REACH = 3000
"""Characters on either side of a quote among which its cue is looked for."""
_LONGEST_ASIDE = 14
"""Words of the cue's clause that a sentence, quoted or not, is interrupted for: "The pier, X said, “was closed.”"""
_LINKS = ("CCONJ", "SCONJ", "ADV", "PUNCT")
"""What may stand between a cue's clause and the words that go on what was said before it: ", but “…”"."""


def words_of(sentences: Sequence[Sentence], blocks: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> Words:
    """The sentences' words by block."""
    inside = {i for q in quotes for i in range(q.start, q.end)}
    found: Words = [[] for _ in blocks]
    block = 0
    for n, sentence in enumerate(sentences):
        while block + 1 < len(blocks) and sentence.start >= blocks[block][1]:
            block += 1
        found[block].extend(Word(n, i, a, b, a in inside) for i, (a, b) in enumerate(zip(sentence.starts, sentence.ends, strict=True)))
    return found


def is_speech(text: str, quote: Quote, inside: Sequence[Word], sentences: Sequence[Sentence]) -> bool:
    """Whether a quoted stretch can stand alone as speech, rather than as a phrase taken up, a title or a nickname."""
    real = [w for w in inside if text[w.start].isalnum()]
    if not real:
        return False
    tags = [sentences[w.sentence].fine[w.word] for w in real]
    finite = any(t in FINITE for t in tags) or tags[0] in ("VB", "UH")
    ended = text[quote.inner_end - 1] in ".,!?…—-" or not quote.closed
    first = text[real[0].start]
    if quote.continues:
        return True
    if first.islower() and not ended:
        return False
    if first.islower() and not (finite and len(real) > _FEWEST_WORDS and _leads_in(text, quote)):
        return False
    return (finite and len(real) >= _FEWEST_WORDS) or ended


def _has_finite(sentences: Sequence[Sentence], words: Sequence[Word]) -> bool:
    tags = [sentences[w.sentence].fine[w.word] for w in words]
    return any(t in FINITE for t in tags) or "VB" in tags[:2]


def _leads_in(text: str, quote: Quote) -> bool:
    end = before_ends(text, quote.start)
    return end == 0 or text[end - 1] in ",:" or text[end : quote.start].count("\n") > 1


def quote_frames(text: str, sentences: Sequence[Sentence], quotes: Sequence[Quote], words: Words) -> list[QuoteFrame]:
    """A frame for every quote that is speech, in order."""
    found: list[QuoteFrame] = []
    previous_block = -2
    starts: dict[int, list[int]] = {}
    for number, quote in enumerate(quotes):
        whole = words[quote.block]
        if quote.block not in starts:
            starts[quote.block] = [w.start for w in whole]
        at = starts[quote.block]
        block = whole[bisect_left(at, quote.start - _REACH) : bisect_left(at, quote.end + _REACH)]
        inside = [w for w in block if quote.inner_start <= w.start < quote.inner_end]
        last = found[-1] if found else None
        same_block = last is not None and previous_block == quote.block
        resumes = last is not None and same_block and _resumes(text, sentences, last, quote, block)
        signed = None if resumes else signature(text, sentences, words, block, quote)
        aside = None if resumes or signed else _interrupted(text, sentences, block, quote, quotes[number - 1] if number else None)
        if not (resumes or signed or aside) and not is_speech(text, quote, inside, sentences):
            continue
        own = signed or aside or cue_after(text, sentences, block, quote) or cue_before(text, sentences, words, block, quote)
        if last is not None and same_block and (resumes or _joins(last, own, quote, block, sentences)):
            found[-1] = replace(last, quotes=(*last.quotes, quote))
            continue
        if own is None and not quote.continues and (not _has_finite(sentences, inside) or _embedded(text, quote)):
            continue  # a title or a slogan: nobody near says it
        if own is None:
            own = _alone(text, sentences, quote, block)
        elif quote.continues and own.speaker:
            _given_back(found, own, quote)
        previous_block = quote.block
        found.append(own)
    return sorted([*found, *_unmarked(text, sentences, quotes, words)], key=lambda f: f.quotes[0].start)


def _unmarked(text: str, sentences: Sequence[Sentence], quotes: Sequence[Quote], words: Words) -> list[QuoteFrame]:
    """Whole paragraphs that are quoted without marks: behind a cue and a colon, set off or not, and a transcript's answers ("A: …")."""
    marked = {q.block for q in quotes}
    found: list[QuoteFrame] = []
    asked = _QUESTION.search(text)
    set_off: QuoteFrame | None = None
    for number, block in enumerate(words):
        if not block or number in marked:
            set_off = None
            continue
        start, end = block[0].start, block[-1].end
        answer = _ANSWER.match(text, start, end) if asked else None
        if answer and asked:
            whole = Quote(answer.end(), end, answer.end(), end, True, False, number)
            at, speaker = _interviewed(sentences, asked.start())
            found.append(QuoteFrame((whole,), None, (start, start + 2), at, speaker, "colon" if speaker else ""))
            continue
        whole = Quote(start, end, start, end, True, False, number)
        line = text.rfind("\n", 0, start) + 1
        mailed = text[line:start].lstrip().startswith(">")
        if set_off is not None and mailed:
            found.append(replace(set_off, quotes=(whole,), cue=None, cue_span=None))
            continue
        set_off = None
        before = replace(whole, start=line if mailed else start)
        if number and words[number - 1] and text.endswith(":", 0, before_ends(text, before.start)):
            frame = cue_before(text, sentences, words, block, before)
            if frame is not None and _says_nothing_else(sentences, frame) and _is_told(text, sentences, block):
                set_off = replace(frame, quotes=(whole,))
                found.append(set_off)
    return found


_QUESTION = re.compile(r"^\W*Q[:.]\s", re.MULTILINE)
_ANSWER = re.compile(r"A[:.]\s+(?=\S)")


def _interviewed(sentences: Sequence[Sentence], before: int) -> tuple[int, tuple[int, ...]]:
    """The person named last, and first in the sentence, before an interview's first question; no words where there is none."""
    for n in range(len(sentences) - 1, -1, -1):
        if sentences[n].end <= before:
            people = [(a, b) for a, b, kind in entity_spans(sentences[n]) if kind == "PERSON"]
            if people:
                return n, tuple(range(*people[0]))
    return -1, ()


def _says_nothing_else(sentences: Sequence[Sentence], frame: QuoteFrame) -> bool:
    """Whether a cue before a colon leaves it to the next paragraph to tell what was said."""
    if frame.cue is None or frame.how == "colon":
        return False
    sentence, cue = sentences[frame.cue[0]], frame.cue[1]
    told = [c for c in children(sentence, cue, "ccomp", "xcomp", "obj") if c > cue and c not in frame.speaker]
    empty = cues().issued | cues().media | {"following", "this"}
    open_ended = [c for c in told if sentence.lemmas[c] in empty or sentence.lemmas[cue] == "tell"]
    return is_cue(sentence, cue) and open_ended == told


def _is_told(text: str, sentences: Sequence[Sentence], block: Sequence[Word]) -> bool:
    """Whether a paragraph is made of whole sentences, rather than a list's entry."""
    first = text[block[0].start]
    return first.isupper() and text[block[-1].end - 1] in ".!?…" and _has_finite(sentences, block)


def _embedded(text: str, quote: Quote) -> bool:
    """Whether a quote stands in the middle of a sentence that goes on as if it were a noun: `The book “We Ran” came out.`"""
    if text[quote.inner_end - 1] in ".,!?…—-" or not quote.closed:
        return False
    before, after = before_ends(text, quote.start), text[quote.end : quote.end + 2]
    return before > 0 and text[before - 1].isalnum() and "\n" not in text[before : quote.start] and after[:1] == " " and after[1:].isalnum()


def _given_back(found: list[QuoteFrame], own: QuoteFrame, quote: Quote) -> None:
    """Gives the speaker of a quote's last paragraph to its earlier ones, which had no cue: they are one quotation."""
    block = quote.block
    for n in range(len(found) - 1, -1, -1):
        earlier = found[n].quotes[-1]
        if found[n].cue is not None or earlier.closed or earlier.block != block - 1:
            return
        found[n] = replace(found[n], speaker_sentence=own.speaker_sentence, speaker=own.speaker, how=own.how)
        block = earlier.block
        if not earlier.continues:
            return


def _alone(text: str, sentences: Sequence[Sentence], quote: Quote, block: Sequence[Word]) -> QuoteFrame:
    """A quote without a cue: it goes on an earlier one where it stands as a paragraph of its own behind it, or behind a sentence.

    Behind a sentence about a person who does something, it is that person's: `Ana Bel shook her head. “It is over.”`
    """
    outside = [w for w in block if not w.quoted and text[w.start].isalnum()]
    goes_on = quote.continues or (not outside and quote.block > 0)
    before = [w for w in outside if w.end <= quote.start]
    behind = bool(before) and text[max(0, before_ends(text, quote.start) - 1) : quote.start][:1] in '.!?”"'
    if behind and not goes_on and "\n" not in text[before[-1].end : quote.start] and not text[before[-1].end : quote.start].strip(" .!?"):
        speaker = _doing(sentences[before[-1].sentence], {w.word for w in before if w.sentence == before[-1].sentence})
        if speaker:
            return QuoteFrame((quote,), None, None, before[-1].sentence, speaker, "beside")
    return QuoteFrame((quote,), None, None, -1, (), "continued" if goes_on or behind else "")


def _doing(sentence: Sentence, outside: set[int]) -> tuple[int, ...]:
    """The person whom a sentence is about, where it tells of a deed and not of what was said; empty where there is none."""
    root = next((w for w, head in enumerate(sentence.heads) if head < 0), -1)
    if root not in outside or sentence.universal[root] != "VERB" or children(sentence, root, "ccomp", "parataxis"):
        return ()
    doers = [w for w in subjects(sentence, root) if w in outside and not sentence.relations[w].endswith(":pass")]
    if len(doers) != 1 or children(sentence, doers[0], "conj"):
        return ()
    person = sentence.entities[doers[0]].endswith("PERSON") or nouns().pronouns.get(sentence.words[doers[0]].lower()) in ("female", "male")
    return tuple(w for w in noun_phrase(sentence, doers[0]) if w in outside) if person else ()


def _resumes(text: str, sentences: Sequence[Sentence], last: QuoteFrame, quote: Quote, block: Sequence[Word]) -> bool:
    """Whether a quote, however short, goes on in mid-sentence: `“The road,” she said, “is open.”`, `“…,” she said, but “…”`"""
    before = last.quotes[-1]
    between = text[before.end : quote.start].strip()
    cue = last.cue_span
    if cue is not None and between.isalpha():  # “no money” and “no plan”
        return any(sentences[w.sentence].universal[w.word] == "CCONJ" for w in block if before.end <= w.start < quote.start)
    if text[before.inner_end - 1] != "," or cue is None or not before.end <= cue[0] < quote.start:
        return False
    if between.endswith(","):
        return True
    rest = [w for w in block if cue[1] <= w.start < quote.start]
    commas = [n for n, w in enumerate(rest) if sentences[w.sentence].words[w.word] in (",", ".")]
    links = rest[commas[-1] + 1 :] if commas else []
    tags = [sentences[w.sentence].universal[w.word] for w in links]
    return 0 < len(links) <= 2 and tags[0] in ("CCONJ", "SCONJ") and all(t in _LINKS for t in tags)


def _interrupted(text: str, sentences: Sequence[Sentence], block: Sequence[Word], quote: Quote, before: Quote | None) -> QuoteFrame | None:
    """`The pier, X said, “was closed.”`: a sentence that the cue's clause stands in, whose first part is no quote of its own."""
    end = before_ends(text, quote.start)
    first = text[quote.inner_start : quote.inner_end].lstrip()[:1]
    if not first.islower() or text[end - 1 : end] != ",":
        return None
    zone: list[Word] = []
    for w in reversed([w for w in block if w.end <= quote.start]):
        if sentences[w.sentence].words[w.word] in (".", "!", "?", ";", ":") and not w.quoted:
            break
        zone.insert(0, w)
    commas = [n for n, w in enumerate(zone[:-1]) if text[w.start] == "," and not (w.quoted and n + 2 < len(zone) and zone[n + 2].quoted)]
    if not commas:
        return None
    clause = [w for w in zone[commas[-1] + 1 : -1] if not (w.quoted and not text[w.start].isalnum())]
    lead = zone[: commas[-1]]
    if not lead or not clause or len(clause) > _LONGEST_ASIDE or any(w.quoted for w in clause) or _only_links(sentences, lead):
        return None
    cue = next((w for w in clause if is_cue(sentences[w.sentence], w.word)), None)
    sentence = sentences[clause[0].sentence]
    if cue is None or sentence.universal[clause[0].word] in ("CCONJ", "SCONJ") or any(w.sentence != clause[0].sentence for w in clause):
        return None
    named = [w.word for w in clause if sentence.universal[w.word] in ("NOUN", "PROPN", "PRON") and w.word != cue.word]
    if not named or any(sentence.lemmas[w.word] == "that" for w in clause):
        return None
    speaker = tuple(w.word for w in clause if w.word < cue.word) or tuple(w.word for w in clause if w.word > cue.word)
    speaker = tuple(w for w in speaker if w in noun_phrase(sentence, next((n for n in named if n in speaker), named[0])))
    if not speaker:
        return None
    start, stop = lead[0].start, lead[-1].end
    if before is not None and before.block == quote.block:
        if before.start <= start:
            return None
        if before.end > stop and not text[stop : before.end].strip(",”’\"'» "):
            stop = before.end
    return QuoteFrame((quote,), (cue.sentence, cue.word), (cue.start, cue.end), cue.sentence, speaker, "subject", (start, stop))


def _only_links(sentences: Sequence[Sentence], lead: Sequence[Word]) -> bool:
    """Whether the words before a cue's clause only link or date it: "But, X said, “…”", "On Monday, X said, “…”"."""
    small = (*_LINKS, "ADP", "DET", "NUM")
    dated = [w for w in lead if sentences[w.sentence].lemmas[w.word] in cues().times]
    return all(w in dated or sentences[w.sentence].universal[w.word] in small for w in lead)


def _joins(last: QuoteFrame, own: QuoteFrame | None, quote: Quote, block: Sequence[Word], sentences: Sequence[Sentence]) -> bool:
    """Whether a quote goes on the last one: `“…,” she said. “…”`, with nothing but that cue's clause between."""
    between = [w for w in block if last.quotes[-1].end <= w.start < quote.start]
    if own is not None and own.cue is not None and own.cue != last.cue:
        return False
    if last.cue is None or last.how == "":
        return False
    stops = [w for w in between if sentences[w.sentence].words[w.word] in (".", "!", "?")]
    cue_between = any((w.sentence, w.word) == last.cue for w in between)
    if not between:
        return True
    if stops and stops[-1] is not between[-1]:
        return False  # another sentence has begun: `“No,” she said. The film “Titanic,” …`
    return len(stops) <= 1 and (cue_between or len(between) <= 2)
