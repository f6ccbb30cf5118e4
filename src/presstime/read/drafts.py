"""What the model hears, what the quotation marks say and what the tree has → drafts of statements, each told once.

In: a text's sentences and quotes, the cues that the model hears (cued.py), the quotes with their cues (quoted.py), the
frames of the tree (frames.py) and the turns of a transcript. Out: `Draft`s in order of the text. The model says which
cues there are, who speaks and how far the content goes; a quote is never cut and what goes on it is joined; the frame of
the same cue gives its kind and act. A frame that the model does not hear is kept only where the model does not rule
it out.

Example: "“We left,” Ana Bel, a nurse, said. “It was late.”" → one draft, two stretches of content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from presstime.read.blaming import BLAMED, blaming_frames, may_blame
from presstime.read.contents import before_question, joined, settled, told_first, until, whole, without
from presstime.read.cued import Cued
from presstime.read.deeds import is_deed, says_nothing
from presstime.read.doers import speaker_words
from presstime.read.extents import behind, carried, interrupted, mended, without_strays
from presstime.read.frames import Frame, frames_of
from presstime.read.lexicon import cues
from presstime.read.nearby import touching
from presstime.read.own_parts import behind_others, own_part, tells
from presstime.read.page import Page
from presstime.read.quoted import QuoteFrame, Word, Words, quote_frames, words_of
from presstime.read.quotes import Quote
from presstime.read.sourced import SOURCED, may_source, sourced_frames
from presstime.read.speakers import Named
from presstime.read.transcripts import Turn
from presstime.read.tree import Sentence, base, children, is_clause
from presstime.read.turned import accused_in, may_deny, on_verb, turned
from presstime.records import Act

__all__ = ["Draft", "drafts_of"]

SURE = 0.8
"""How certain a cue must be for a statement to be made of it, nothing else speaking for it."""
QUOTING = 0.4
"""… where quotation marks stand in its content."""
FRAMED = 0.15
"""… where the tree has a frame for it."""
UNHEARD = ("silent",)
"""Kinds of frames that are kept where the model hears no cue at all: of the others as many are wrong as right (docs/fidelity.md)."""

Span = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A statement in the making. `speaker` are words of sentence `speaker_sentence`; `how` says by what they were found."""

    content: list[Span]
    cue: Span | None
    cue_word: tuple[int, int] | None
    speaker_sentence: int
    speaker: tuple[int, ...]
    how: str
    kind: str
    group: Act
    lemma: str
    block: int
    quotes: tuple[Quote, ...] = ()
    clausal: bool = False
    """Whether a narrated cue's complement is a clause ("denied having fired")."""
    heard: Cued | None = None
    named: Named | None = None

    @property
    def position(self) -> int:
        """Where it begins in the text."""
        return min([a for a, _ in self.content] + ([self.cue[0]] if self.cue else []))


def drafts_of(
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[Span],
    quotes: Sequence[Quote],
    turns: Sequence[Turn],
    cued: Sequence[Cued],
) -> list[Draft]:
    """Every draft of the blocks, in order."""
    words = words_of(sentences, blocks, quotes)
    turn_blocks = {t.block for t in turns}
    place = {w.start: (w.sentence, w.word, n) for n, block in enumerate(words) for w in block if n not in turn_blocks}
    spoken = {place[c.cue[0]][0] for c in cued if c.cue[0] in place}
    frames = _frames(sentences, words, turn_blocks, spoken)
    page = Page(text, sentences, place, frames, touching(quotes, lambda q: ((q.start, q.end),)))
    quoted = [f for f in quote_frames(text, sentences, quotes, words) if f.quotes[0].block not in turn_blocks]
    cued = [on_verb(sentences[page.place[c.cue[0]][0]], [w for _, w in page.words_of(c.cue)], c) if c.cue[0] in place else c for c in cued]
    heard = [c for c in cued if c.cue[0] in place and c.certainty >= _least(page, c) and _tells_something(page, c) and not _deed(page, c)]
    heard, saying = _paired(page, heard, quoted)
    drafts = [d for t in turns for d in _from_turn(t, words[t.block])]
    told = {n for own in saying for n in own}
    drafts += [_from_quote(text, q, sentences) for n, q in enumerate(quoted) if n not in told]
    drafts += [_from_heard(page, c, [quoted[n] for n in own]) for c, own in zip(heard, saying, strict=True)]
    covered = {word for c in cued for word in page.words_of(c.cue)} | {q.cue for q in quoted if q.cue}
    kept = {word for c in heard for word in page.words_of(c.cue)}
    unheard = [f for word, f in frames.items() if (f.kind in UNHEARD or f.lemma == SOURCED) and word not in covered]
    unheard += [f for word, f in frames.items() if (_denied_by(page, f) or f.lemma == BLAMED) and word not in kept]
    drafts += [_from_frame(page, f) for f in unheard]
    return sorted((d for d in drafts if d.content), key=lambda d: (d.position, d.cue or (0, 0)))


def _tells_something(page: Page, c: Cued) -> bool:
    """Not "if Bel says so", "no mayor says so", which nobody said, nor the "quoted" of "quoted Bel as saying", which another cue tells."""
    if c.content and page.text[slice(*c.content[-1])].endswith(" as"):
        return False
    if c.source and page.text[slice(*c.source)].lower().startswith(_NOBODY) and c.act != "no-comment":
        return False
    for number, word in page.words_of(c.cue):
        sentence = page.sentences[number]
        if any(sentence.lemmas[m] in ("if", "unless") and m < word for m in children(sentence, word, "mark")):
            return base(sentence.relations[word]) == "ccomp"
    return True


def _deed(page: Page, c: Cued) -> bool:
    """Whether a cue with no clause for a content tells what was done, and nothing that was said; a silence is no deed."""
    if c.act == "no-comment" and c.act_certainty >= SURE and c.certainty >= SURE:
        return False
    said = [(page.sentences[n], w) for n, w in page.words_of((c.content[0][0], c.content[-1][1]))] if c.content else []
    if says_nothing(said):
        return True
    number = page.place[c.cue[0]][0]
    own = [w for n, w in page.words_of(c.cue) if n == number]
    return is_deed(page.sentences[number], _main(page.sentences[number], own), _clausal(page, c.content))


def _least(page: Page, c: Cued) -> float:
    """How certain a cue must be: less so where the tree has a frame for it, or where quotation marks stand in its content."""
    if any(word in page.frames for word in page.words_of(c.cue)):
        return FRAMED
    return QUOTING if any(page.quotes_near(a, b) for a, b in c.content) else SURE


def _denied_by(page: Page, frame: Frame) -> bool:
    """Whether a frame is a denial in the passive: "the account was contested by doctors"."""
    denies = frame.kind == "narrated" and frame.group == "denial" and frame.speaker_by == "agent"
    return denies and not is_deed(page.sentences[frame.sentence], frame.cue)


def _paired(page: Page, heard: Sequence[Cued], quoted: Sequence[QuoteFrame]) -> tuple[list[Cued], list[list[int]]]:
    """The heard cues, and for each the numbers of the quotes that go with it: those beside it, and those that it is heard to introduce.

    What stands in a quote that another cue introduces is no part of a content, unless that cue is told there itself.
    """
    by_cue = {word: n for n, c in enumerate(heard) for word in page.words_of(c.cue)}
    owner = {n: by_cue.get(q.cue) if q.cue else None for n, q in enumerate(quoted)}
    owned = touching(
        [(n, x) for n, q in enumerate(quoted) if owner[n] is not None for x in q.quotes], lambda pair: ((pair[1].start, pair[1].end),)
    )
    trimmed = []
    cued = {page.place[c.cue[0]][0] for c in heard}
    cues_near = touching(heard, lambda c: (c.cue,))
    for k, c in enumerate(heard):
        content = own_part(page, c, cued)
        for other in [o for a, b in content for o in cues_near(a, b)]:
            goes_on = other.source == c.source is not None or (other.source is None and page.text[c.cue[1] : other.cue[0]] == ", ")
            if other is not c and goes_on and tells(content, other.cue) and _participle(page, other):
                content = until(page.text, content, other.cue[0])
        content = behind_others(page, content, [(x, heard[owner[n] or 0]) for a, b in content for n, x in owned(a, b) if owner[n] != k])
        others = [x for a, b in content for n, x in owned(a, b) if owner[n] != k and not tells(content, heard[owner[n] or 0].cue)]
        trimmed.append(replace(c, content=tuple(without(content, [(x.start, x.end) for x in others]))))
    saying: list[list[int]] = [[] for _ in heard]
    near = touching(list(enumerate(trimmed)), lambda pair: pair[1].content)
    for n, q in enumerate(quoted):
        number = owner[n]
        if number is None:
            number = _heard_around(q, near(q.quotes[0].start, q.quotes[-1].end))
        if number is not None:
            saying[number].append(n)
    return trimmed, saying


def _participle(page: Page, c: Cued) -> bool:
    return any(page.sentences[n].fine[w] == "VBG" for n, w in page.words_of(c.cue))


def _frames(sentences: Sequence[Sentence], words: Words, left_out: set[int], spoken: set[int]) -> dict[tuple[int, int], Frame]:
    """The tree's frames by (sentence, cue's word), of sentences that have a cue or may tell a silence."""
    quoted = {(w.sentence, w.word) for block in words for w in block if w.quoted}
    block_of = {w.sentence: n for n, block in enumerate(words) for w in block}
    found = {}
    for n, sentence in enumerate(sentences):
        if block_of.get(n) in left_out or n not in block_of:
            continue
        if may_source(sentence):
            found.update({(n, f.cue): f for f in sourced_frames(sentence, n) if (n, f.cue) not in quoted})
        if n in spoken or not _SILENT.isdisjoint(sentence.lemmas) or may_deny(sentence):
            for frame in frames_of(sentence, n, [(n, i) in quoted for i in range(len(sentence))]):
                found[n, frame.cue] = frame
        if may_blame(sentence):
            found.update({(n, f.cue): f for f in blaming_frames(sentence, n) if (n, f.cue) not in quoted})
    return found


_NOBODY = ("no ", "nobody", "no one", "none of ")
"""How a source begins that is nobody: "no village has asked for tents"."""
_DASHES = ("—", "–", "―", "--", "-")
_SILENT = frozenset({"not", "never", "n't", "n’t", "decline", "refuse"})
"""Words without which no sentence tells a silence (frames.py, `_silent`)."""


def _heard_around(quote: QuoteFrame, near: Sequence[tuple[int, Cued]]) -> int | None:
    """The number of the cue whose content holds most of a quote, by what the model hears."""
    spans = [(q.start, q.end) for q in quote.quotes]
    best, most = None, 0
    for number, c in near:
        if tells(spans, c.cue):
            continue  # a cue within the quote says something of its own
        shared = sum(max(0, min(b, y) - max(a, x)) for a, b in spans for x, y in c.content)
        if shared > most:
            best, most = number, shared
    return best if 2 * most >= sum(b - a for a, b in spans) else None


def _from_quote(text: str, frame: QuoteFrame, sentences: Sequence[Sentence]) -> Draft:
    """A quote that the model hears no cue for: what the marks and the words beside it say."""
    content = [(q.start, q.end) for q in frame.quotes]
    if frame.lead:
        content.insert(0, frame.lead)
    group: Act = "claim"
    lemma = ""
    if frame.cue is not None:
        lemma = sentences[frame.cue[0]].lemmas[frame.cue[1]]
        group = _quoting_act(text, lemma, frame.quotes)
    block = frame.quotes[0].block
    speaker = frame.speaker_sentence, frame.speaker, frame.how
    return Draft(content, frame.cue_span, frame.cue, *speaker, "quoted", group, lemma, block, frame.quotes)


def _quoting_act(text: str, lemma: str, quotes: Sequence[Quote]) -> Act:
    """The act of a cue that introduces a quote. "Asked" before a question asks nothing of anybody."""
    group = cues().says.get(lemma, "claim")
    if group == "claim" and not (lemma == "ask" and text[quotes[-1].inner_end - 1] == "?"):
        group = cues().narrated.get(lemma, group)
    return group


def _from_turn(turn: Turn, words: Sequence[Word]) -> list[Draft]:
    """A transcript's paragraph: all of it is the speaker's."""
    name = [w for w in words if turn.name[0] <= w.start < turn.name[1]]
    if not name:
        return []
    sentence = name[0].sentence
    speaker = tuple(w.word for w in name if w.sentence == sentence)
    return [Draft([turn.content], turn.cue, None, sentence, speaker, "colon", "turn", "claim", ":", turn.block)]


def _from_heard(page: Page, c: Cued, quoted: Sequence[QuoteFrame]) -> Draft:
    """A cue that the model hears, with the quotes that go with it and the tree's frame of the same cue."""
    number, _, block = page.place[c.cue[0]]
    sentence = page.sentences[number]
    own = [w for n, w in page.words_of(c.cue) if n == number]
    c = turned(sentence, _main(sentence, own), carried(sentence, own, c))
    frame = next((page.frames[number, w] for w in own if (number, w) in page.frames), None)
    main = frame.cue if frame else _main(sentence, own)
    lemma = frame.lemma if frame else sentence.lemmas[main]
    speaker_sentence, speaker, how = _speaking(page, c, number, main, frame, quoted)
    if sentence.words[own[0]].lower() == "according":
        lemma, how = "according", "according-to"
    elif sentence.words[main] == ":":
        how = "colon"
    quotes = tuple(x for q in quoted for x in q.quotes)
    marks = [(x.start, x.end) for x in quotes]
    said: Sequence[Span] = frame.content if frame is not None and told_first(page.text, frame, c) else whole(page.text, c)
    said = before_question(page.text, sentence.start, c) or said
    if (within := interrupted(sentence, main)) is not None:
        (speaker, said), c = within, replace(c, source=None)
    apart = [c.cue, *([c.source] if c.source else [])]
    near = [q for a, b in said for q in page.quotes_near(a, b)]
    ends = mended(page.text, page.sentences, page.place, c.cue, c.source, said, near)
    content = joined([*settled(page.text, [_behind_that(page, span) for span in ends], page.quotes_near), *marks], apart)
    content = without_strays(page.sentences, page.place, content, marks)
    if marks and sentence.words[main] in _DASHES:  # a name behind a dash signs a quotation, and nothing in a paragraph before it
        content = [s for s in content if "\n\n" not in page.text[s[1] : marks[0][0]]]
    clausal = _clausal(page, content)
    kind, group = _kind(sentence, main, frame, lemma, clausal, c)
    if not content and frame is not None:
        content = [*frame.content]
    elif not content and (group == "no-comment" or (speaker and lemma in cues().narrated)):
        content = [c.cue]  # an act of which only the cue tells: "did not comment"
    if quotes and kind in ("said", "narrated"):
        kind, group = ("quoted" if _mostly(marks, content) else kind), _quoting_act(page.text, lemma, quotes)
    return Draft(content, c.cue, (number, main), speaker_sentence, speaker, how, kind, group, lemma, block, quotes, clausal, c)


def _behind_that(page: Page, span: Span) -> Span:
    """Content without the "that" that opens it; the "that" of "said that was wrong" is a part of it."""
    number, word, _ = page.place.get(span[0], (0, 0, 0))
    sentence = page.sentences[number]
    opens = span[0] in page.place and sentence.lemmas[word] == "that" and sentence.universal[word] == "SCONJ"
    if not opens or word + 1 >= len(sentence) or sentence.starts[word + 1] >= span[1]:
        return span
    return sentence.starts[word + 1], span[1]


def _from_frame(page: Page, frame: Frame) -> Draft:
    """A frame of the tree that the model does not hear."""
    number, cue = frame.sentence, frame.cue
    block = page.place[page.sentences[number].starts[cue]][2]
    content = settled(page.text, frame.content, page.quotes_near)
    clausal = _clausal(page, content)
    speaker = number, frame.speaker, frame.speaker_by
    return Draft(content, frame.cue_span, (number, cue), *speaker, frame.kind, frame.group, frame.lemma, block, clausal=clausal)


def _speaking(
    page: Page, c: Cued, number: int, main: int, frame: Frame | None, quoted: Sequence[QuoteFrame]
) -> tuple[int, tuple[int, ...], str]:
    """The sentence and the words of the speaker, and by what they were found: as heard, else beside a quote, else by the tree."""
    words = [page.place[at] for at in range(*c.source) if at in page.place] if c.source else []
    if frame is not None and frame.speaker_by == "quoted":
        return number, frame.speaker, frame.speaker_by
    if c.source and page.text[slice(*c.cue)].lower().startswith("according") and c.source[0] > c.cue[1] + 1:
        words = behind(page, c.cue[1])  # nobody else can stand behind "according to"
    if words and words[0][0] <= number and not _possessor(page, words[-1]) and not _told_to(page, words[0]):
        at = words[0][0]
        return at, _whole_name(page.sentences[at], [w for n, w, _ in words if n == at], c), "subject"
    if accused_in(page.sentences[number], main) is not None and not words:
        return number, (), ""
    for q in quoted:
        if q.speaker:
            return q.speaker_sentence, q.speaker, q.how
    if frame is not None:
        return number, frame.speaker, frame.speaker_by
    doer, how = speaker_words(page.sentences[number], main)
    starts = page.sentences[number].starts
    if doer and not any(a <= starts[w] < b for w in doer for a, b in (c.cue, *c.content)):
        return number, doer, how
    if words:  # a sentence behind the cue's is where nobody looks for a speaker, unless there is none before
        return words[0][0], tuple(w for n, w, _ in words if n == words[0][0]), "subject"
    return number, (), ""


def _possessor(page: Page, last: tuple[int, int, int]) -> bool:
    """Whether heard words for a speaker break off before a possessive mark: the "Prime Minister" of "Prime Minister's Questions"."""
    sentence, behind = page.sentences[last[0]], last[1] + 1
    return behind < len(sentence) and sentence.fine[behind] == "POS"


def _told_to(page: Page, first: tuple[int, int, int]) -> bool:
    """Whether heard words for a speaker are those spoken to: the "crowd" of "said Bel to the crowd"."""
    sentence, word = page.sentences[first[0]], first[1]
    return word > 1 and (sentence.lemmas[word - 1], sentence.universal[word - 1]) == ("to", "ADP") and sentence.lemmas[word - 2] != "accord"


def _whole_name(sentence: Sentence, words: list[int], c: Cued) -> tuple[int, ...]:
    """A speaker's words with the rest of a name that was cut: "PM" before "Bel", with no mark between."""
    following = words[-1] + 1
    while following < len(sentence) and sentence.universal[words[-1]] == sentence.universal[following] == "PROPN":
        if c.cue[0] <= sentence.starts[following] < c.cue[1]:
            break
        words = [*words, following]
        following += 1
    return tuple(words)


def _main(sentence: Sentence, words: Sequence[int]) -> int:
    """The word of a cue that names the act: its last verb, else its last noun, else its first word."""
    for tags in (("VERB",), ("NOUN",), ("AUX",)):
        found = [w for w in words if sentence.universal[w] in tags]
        if found:
            return found[-1]
    return words[0]


def _clausal(page: Page, content: Sequence[Span]) -> bool:
    """Whether what is said is a clause rather than an object or an infinitive."""
    for a, b in content:
        for n, w, _ in (page.place[at] for at in range(a, b) if at in page.place):
            sentence = page.sentences[n]
            head = sentence.heads[w]
            if head >= 0 and a <= sentence.starts[head] < b:
                continue
            headed = is_clause(sentence, w) or (sentence.fine[w] == "VBG" and sentence.starts[w] == a)
            if headed and base(sentence.relations[w]) not in ("obj", "obl", "nmod", "nsubj"):
                return True
    return False


def _kind(sentence: Sentence, main: int, frame: Frame | None, lemma: str, clausal: bool, c: Cued) -> tuple[str, Act]:
    """The kind of a heard cue and its act, from the tree's frame where there is one, else from the lists and the model."""
    if frame is not None:
        return frame.kind, frame.group
    if c.act == "no-comment" and c.act_certainty >= SURE:
        return "silent", "no-comment"
    table = cues()
    if sentence.universal[main] == "NOUN":
        return "noun", table.nouns.get(lemma, c.act)
    listed = table.says.get(lemma) if clausal else table.narrated.get(lemma) or table.says.get(lemma)
    return ("said" if clausal or lemma == "according" else "narrated"), listed or c.act


def _mostly(marks: Sequence[Span], content: Sequence[Span]) -> bool:
    return 2 * sum(b - a for a, b in marks) > sum(b - a for a, b in content)
