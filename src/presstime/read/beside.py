"""A quote → the cue beside it: `“…,” X said`, `X said: “…”`, `according to X, “…”`, `“…” — X`, `X: “…”`.

In: the text, its sentences, the words of the quote's paragraph, the quote. Out: a `QuoteFrame` with the cue and the
speaker's words, or None. Tree and order of words both count: parsers hang a cue's subject inside the quote, so a
subject that is quoted is looked for again beside the cue.

Example: `“Go home,” said Ana Bel, a nurse.` → cue "said", speaker "Ana Bel, a nurse".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from presstime.read.doers import NOBODY, noun_phrase, speaker_words
from presstime.read.frames import is_cue
from presstime.read.lexicon import cues
from presstime.read.quotes import Quote
from presstime.read.tree import Sentence, subtree

__all__ = ["FINITE", "QuoteFrame", "Word", "Words", "before_ends", "cue_after", "cue_before", "signature"]

FINITE = ("VBD", "VBZ", "VBP", "MD")
_LONGEST_ZONE = 60
_LONGEST_SIGNATURE = 14
_LONGEST_MEANS = 6
"""Words of a phrase that tells a medium."""
_UNLISTED_ZONE = 16
"""Words beside a quote among which a verb that no list has may be its cue."""
_DASHES = "-–—―"
_NOMINAL = ("NOUN", "PROPN", "PRON")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a block: which sentence, which word of it, its offsets, and whether it is quoted."""

    sentence: int
    word: int
    start: int
    end: int
    quoted: bool


Words = list[list[Word]]
"""Every block's words, in order."""


@dataclass(frozen=True, slots=True)
class QuoteFrame:
    """Quotes said in one breath, with their cue. `cue` is (sentence, word), None where there is none.

    `speaker` are words of `speaker_sentence`; empty where the speaker is to be taken from what went before
    (`how` is then "continued") or cannot be told (`how` is then "").
    """

    quotes: tuple[Quote, ...]
    cue: tuple[int, int] | None
    cue_span: tuple[int, int] | None
    speaker_sentence: int
    speaker: tuple[int, ...]
    how: str
    lead: tuple[int, int] | None = None
    """The complement between a telling verb and its quote ("accused X of Y, “…”"), which belongs to the content."""


def before_ends(text: str, at: int) -> int:
    """Where the last character before `at` that is no white space ends; 0 where there is none."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def cue_after(text: str, sentences: Sequence[Sentence], block: Sequence[Word], quote: Quote) -> QuoteFrame | None:
    """`“…,” X said` or `“…,” said X` or `“…,” according to X`."""
    zone: list[Word] = []
    for w in block:
        if w.start < quote.end:
            continue
        if w.quoted or len(zone) > _LONGEST_ZONE:
            break
        zone.append(w)
        if sentences[w.sentence].words[w.word] in (".", "!", "?", ";"):
            break
    spoken = [w for w in zone if text[w.start].isalnum()]
    last = text[quote.inner_end - 1]
    if not spoken:
        return None
    if text[zone[0].start] in _DASHES:
        return None
    if last in ".…!?" and text[zone[-1].start] in (":" if last in "!?" else ":,") and not text[spoken[0].start].islower():
        return None  # what leads on to the next quote: `“We left.” Bel replied: “…”`
    if last in ".…" and not (text[spoken[0].start].islower() or len(spoken) <= 3):
        return None
    return _frame(text, sentences, quote, zone, forward=True)


def signature(text: str, sentences: Sequence[Sentence], words: Words, block: Sequence[Word], quote: Quote) -> QuoteFrame | None:
    """A quote signed with a dash and a name, behind it or on the next line: `“We left.” — Ana Bel, a nurse`."""
    behind = [w for w in block if w.start >= quote.end]
    if not behind and quote.block + 1 < len(words):
        behind = words[quote.block + 1]
    if not behind or text[behind[0].start] not in _DASHES or behind[0].quoted:
        return None
    zone: list[Word] = []
    for w in behind[:_LONGEST_ZONE]:
        if w.quoted or (len(zone) > 1 and sentences[w.sentence].words[w.word] in (".", "!", "?", ";")):
            break
        zone.append(w)
    return _signed(text, sentences, quote, zone)


def _signed(text: str, sentences: Sequence[Sentence], quote: Quote, zone: list[Word]) -> QuoteFrame | None:
    """`“…” — Ana Bel, a nurse`: a dash and a name, and nothing else before the line ends."""
    dash = zone[0]
    line = [w for w in zone[1:] if "\n" not in text[dash.end : w.start]]
    while line and line[0].sentence == dash.sentence and text[line[0].start] in _DASHES:
        line.pop(0)
    if line and sentences[line[0].sentence].universal[line[0].word] == "CCONJ":
        return None  # the end of a parenthesis: "Ana Bel — “…” — and Bo Lund agree"
    named = [w for w in line if sentences[w.sentence].universal[w.word] == "PROPN"]
    verbs = [w for w in line if sentences[w.sentence].fine[w.word] in FINITE]
    if not named or verbs or len(line) > _LONGEST_SIGNATURE or named[0].start > line[0].end + 30:
        return None
    own = [w.word for w in line if w.sentence == named[0].sentence]
    run = [w for w in own if sentences[named[0].sentence].universal[w] == "PROPN" and w - named[0].word < 5]
    name = tuple(w for i, w in enumerate(run) if w == run[0] + i)
    return QuoteFrame((quote,), (dash.sentence, dash.word), (dash.start, dash.end), named[0].sentence, name, "dash")


def cue_before(text: str, sentences: Sequence[Sentence], words: Words, block: Sequence[Word], quote: Quote) -> QuoteFrame | None:
    """`X said: “…”`, `X said, “…”`, `X: “…”`, and a paragraph that ends in a colon before a quote of its own."""
    block = words[quote.block]
    earlier = [w for w in block if w.end <= quote.start]
    if not any(text[w.start].isalnum() for w in earlier):
        if not text.endswith(":", 0, before_ends(text, quote.start)) or quote.block == 0 or not words[quote.block - 1]:
            return None
        earlier = list(words[quote.block - 1])
    zone: list[Word] = []
    for w in reversed(earlier):
        if w.quoted or len(zone) > _LONGEST_ZONE or (zone and sentences[w.sentence].words[w.word] in (".", "!", "?")):
            break
        zone.insert(0, w)
    if not zone:
        return None
    mark = sentences[zone[-1].sentence].words[zone[-1].word]
    if mark in (".", "!", "?", "”", '"'):
        return None
    found = _frame(text, sentences, quote, zone, forward=False)
    if found is None and mark == ":":
        return _named(sentences, quote, zone)
    if found is not None and mark not in (",", ":", "—", "–") and found.cue is not None:
        # no mark leads in: only a cue right before the quote ("said “…”", "said that “…”") does
        gap = [w for w in zone if w.start >= found.cue_span[1] and text[w.start].isalnum()] if found.cue_span else []
        if len(gap) > 1 and not _tells_medium(sentences, gap):
            return None
    return found


def _tells_medium(sentences: Sequence[Sentence], gap: Sequence[Word]) -> bool:
    """Whether the words between a cue and its quote tell the medium: "writing in a blog post “…”"."""
    first, last = sentences[gap[0].sentence], sentences[gap[-1].sentence]
    means = last.lemmas[gap[-1].word] in cues().media | cues().platforms
    return means and first.lemmas[gap[0].word] in ("in", "on", "via") and len(gap) <= _LONGEST_MEANS


def _frame(text: str, sentences: Sequence[Sentence], quote: Quote, zone: list[Word], forward: bool) -> QuoteFrame | None:
    cue: Word | None = None
    for w in zone if forward else reversed(zone):
        sentence = sentences[w.sentence]
        if sentence.words[w.word].lower() == "according":
            speaker = _following(sentences, zone, w, skip=("to",))
            if not forward and (cue is not None or text[zone[-1].start] != ","):
                return None
            end = next((v.end for v in zone if v.sentence == w.sentence and v.word == w.word + 1 and text[v.start : v.end] == "to"), w.end)
            return QuoteFrame((quote,), (w.sentence, w.word), (w.start, end), w.sentence, speaker, "according-to") if speaker else None
        if is_cue(sentence, w.word) and not _is_part(sentence, w.word):
            cue = w
            if forward or sentence.lemmas[w.word] not in ("add", "go"):
                break
        elif sentence.fine[w.word] in FINITE and cue is None and sentence.relations[w.word] not in ("aux", "aux:pass", "cop"):
            if forward and _within_name(sentence, w.word):
                continue
            # a verb that no list has is a cue where the marks say so: "she sang:", `“…,” she sang`
            asked = text[quote.inner_end - 1] in "!?" and text[zone[0].start].islower()  # else a new sentence: “Who?” Bel rose.
            leads = (text[quote.inner_end - 1] == "," or asked) if forward else text[zone[-1].start] == ":"
            if not leads or sentence.universal[w.word] != "VERB" or len(zone) > _UNLISTED_ZONE:
                return None
            cue = w
            break
    if cue is None:
        return None
    sentence = sentences[cue.sentence]
    allowed = {w.word for w in zone if w.sentence == cue.sentence}
    speaker, how = speaker_words(sentence, cue.word)
    speaker = tuple(i for i in speaker if i in allowed)
    if not any(sentence.universal[i] in _NOMINAL for i in speaker):
        speaker = _preceding(sentences, zone, cue) or _following(sentences, zone, cue)
        how = "beside"
    if not speaker:
        speaker = tuple(i for i in allowed if i < cue.word and sentence.universal[i] == "DET")[:1]
        how = "beside"
    if len(speaker) == 1 and sentence.lemmas[speaker[0]] in NOBODY:
        return None
    lead = _lead(text, sentences, zone, cue, forward)
    return QuoteFrame((quote,), (cue.sentence, cue.word), (cue.start, cue.end), cue.sentence, speaker, how, lead)


def _is_part(sentence: Sentence, word: int) -> bool:
    """A participle inside a noun phrase ("the reported attack") is no cue."""
    return sentence.relations[word] in ("amod", "compound") or sentence.universal[word] == "ADJ"


def _within_name(sentence: Sentence, word: int) -> bool:
    """A finite verb of a relative clause about the speaker does not end the search for the cue."""
    at = word
    while at >= 0:
        if sentence.relations[at] in ("acl:relcl", "acl"):
            return True
        at = sentence.heads[at]
    return False


def _lead(text: str, sentences: Sequence[Sentence], zone: Sequence[Word], cue: Word, forward: bool) -> tuple[int, int] | None:
    """What a telling verb says before its quote: "accused X of Y, “…”" has "X of Y" in its content too."""
    sentence = sentences[cue.sentence]
    if forward or sentence.lemmas[cue.word] not in ("accuse", "blame", "urge", "condemn", "criticize", "criticise", "warn"):
        return None
    objects = [c for c in sentence.below[cue.word] if c > cue.word and sentence.relations[c] in ("obj", "obl", "xcomp", "advcl", "ccomp")]
    allowed = {w.word: w for w in zone if w.sentence == cue.sentence and w.word > cue.word}
    chosen = sorted(w for c in objects for w in subtree(sentence, c) if w in allowed)
    while chosen and not text[sentence.starts[chosen[-1]]].isalnum():
        chosen.pop()
    return (sentence.starts[chosen[0]], sentence.ends[chosen[-1]]) if chosen else None


def _preceding(sentences: Sequence[Sentence], zone: Sequence[Word], cue: Word) -> tuple[int, ...]:
    """The noun phrase before a cue, in its zone."""
    sentence = sentences[cue.sentence]
    before = [w.word for w in zone if w.sentence == cue.sentence and w.start < cue.start]
    return _phrase(sentence, before, nearest=-1)


def _following(sentences: Sequence[Sentence], zone: Sequence[Word], cue: Word, skip: tuple[str, ...] = ()) -> tuple[int, ...]:
    """The noun phrase behind a cue, in its zone."""
    sentence = sentences[cue.sentence]
    behind = [w.word for w in zone if w.sentence == cue.sentence and w.start > cue.start]
    while behind and sentence.lemmas[behind[0]] in skip:
        behind.pop(0)
    if behind and sentence.universal[behind[0]] in ("ADP", "SCONJ", "PUNCT") and not skip:
        return ()
    return _phrase(sentence, behind, nearest=0)


def _phrase(sentence: Sentence, words: list[int], nearest: int) -> tuple[int, ...]:
    nominal = [w for w in words if sentence.universal[w] in _NOMINAL]
    if not nominal:
        return ()
    head = nominal[nearest]
    allowed = set(words)
    while sentence.heads[head] in allowed and sentence.universal[sentence.heads[head]] in _NOMINAL:
        head = sentence.heads[head]
    return tuple(w for w in noun_phrase(sentence, head) if w in allowed)


def _named(sentences: Sequence[Sentence], quote: Quote, zone: Sequence[Word]) -> QuoteFrame | None:
    """ "Name: “…”" and "A short lead-in by Name: “…”": the colon is the cue."""
    colon = zone[-1]
    sentence = sentences[colon.sentence]
    words = [w.word for w in zone if w.sentence == colon.sentence and w.word < colon.word]
    speaker = _phrase(sentence, words, nearest=0)
    if not speaker or len(words) > 14:
        return None
    return QuoteFrame((quote,), (colon.sentence, colon.word), (colon.start, colon.end), colon.sentence, speaker, "colon")
