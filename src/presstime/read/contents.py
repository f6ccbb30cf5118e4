"""A cue's content as the tree has it → the characters that are said: no more, no less.

In: a frame, its sentence, the frames and quotes around it. Out: the content's span: from behind a "that" to the end of
what hangs on the cue, ended where another cue begins, without the marks behind it, never through the middle of a quote.

Example: "Bel said on Monday that the road was closed, adding that it would open." → "the road was closed".
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.read.frames import Frame
from presstime.read.lexicon import cues
from presstime.read.quotes import Quote
from presstime.read.tree import Sentence, children, subjects, subtree

__all__ = ["set_against", "settled", "title_back", "trails_behind_comma"]


def title_back(
    text: str, sentence: Sentence, speaker: tuple[int, ...], content: tuple[int, int]
) -> tuple[tuple[int, ...], tuple[int, int]]:
    """Gives a speaker back the title that the parser left at the end of what was said: "…, Prime Minister Bel said"."""
    a, b = content
    if not speaker or b > sentence.starts[speaker[0]] or text[b : sentence.starts[speaker[0]]].strip():
        return speaker, content
    comma = text.rfind(",", a, b)
    if comma <= a:
        return speaker, content
    title = tuple(w for w in range(len(sentence)) if comma < sentence.starts[w] < b)
    return (*title, *speaker), (a, comma)


def settled(
    text: str, sentence: Sentence, frame: Frame, frames: Sequence[Frame], quotes: Sequence[Quote], a: int, b: int, stops: Sequence[int]
) -> tuple[int, int]:
    """A frame's content, out to the end of its sentence where nothing else begins, and never through the middle of a quote."""
    if a >= frame.cue_span[1]:
        stop = min((sentence.end, *stops))
        for other in frames:
            if other is not frame and other.cue > frame.cue and set(other.speaker) == set(frame.speaker):
                stop = min(stop, other.cue_span[0])
        if frame.kind == "said":
            a, b = _clause_after(sentence, frame.cue, a, b)
        b = min(b, stop) if stop > a else b
        b = _trimmed(text, sentence, a, b)
    for q in quotes:
        if q.start < b < q.end:
            b = q.end
        if q.start < a < q.end:
            a = q.start
    return a, b


def _trimmed(text: str, sentence: Sentence, a: int, b: int) -> int:
    """Where a content ends without the marks and conjunctions behind it; the stop of "2 p.m." is no mark."""
    whole = {end for end, word in zip(sentence.ends, sentence.words, strict=True) if len(word) > 1}
    while b > a:
        if text[b - 1].isspace() or (text[b - 1] in ".,;:" and b not in whole):
            b -= 1
        elif text[a:b].lower().endswith((" and", " while", " but")):
            b = a + text[a:b].rfind(" ")
        else:
            break
    return b


def trails_behind_comma(sentence: Sentence, frame: Frame) -> bool:
    """Whether a cue is a participle set behind a comma ("…, adding that …"), which ends what was said before it."""
    return frame.speaker_by in ("shared", "") and sentence.fine[frame.cue] == "VBG" and sentence.words[frame.cue - 1 : frame.cue] == (",",)


def _clause_after(sentence: Sentence, cue: int, a: int, b: int) -> tuple[int, int]:
    """A clause behind its cue: from behind a "that", to the last word below the cue that is no clause beside it."""
    for i in range(cue + 1, len(sentence) - 1):
        if sentence.lemmas[i] == "that" and sentence.universal[i] in ("SCONJ", "PRON"):
            between = [w for w in range(cue + 1, i) if sentence.starts[w] >= a]
            if sentence.starts[i] < a or _dates(sentence, between):  # "said on Monday that …"
                a = sentence.starts[i + 1]
                break
    beside = [c for c in children(sentence, cue, "conj", "parataxis") if subjects(sentence, c) and not _goes_on_with_that(sentence, c)]
    below = [w for w in subtree(sentence, cue, beside) if sentence.universal[w] != "PUNCT"]
    return a, max(b, sentence.ends[below[-1]]) if below else b


def _dates(sentence: Sentence, words: Sequence[int]) -> bool:
    """Whether words only say when something was said: "on Monday", "late on 3 March"."""
    small = ("ADP", "DET", "NUM", "ADV", "PUNCT")
    dated = [w for w in words if sentence.lemmas[w] in cues().times]
    return bool(dated) and all(w in dated or sentence.universal[w] in small for w in words)


def _goes_on_with_that(sentence: Sentence, clause: int) -> bool:
    """ "… and that talks had ended" is said too, whatever the parser makes of it."""
    words = [w for w in subtree(sentence, clause) if sentence.universal[w] not in ("CCONJ", "PUNCT")]
    return sentence.words[words[0]].lower() == "that"


def set_against(sentence: Sentence, frame: Frame) -> list[int]:
    """Where a cue's own clause begins that is set against what was said before it: "…, while Bel said …"."""
    marks = [w for w in children(sentence, frame.cue, "mark") if sentence.lemmas[w] in ("while", "whereas")]
    return [sentence.starts[w] for w in marks if sentence.words[w - 1 : w] == (",",)]
