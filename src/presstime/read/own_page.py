"""A body's own page → what it there says in its own voice, as statements of it.

In: a document that is no paper's (a ministry's release, a union's post), its sentences and the statements found so far.
Out: those statements and, in order, one for each further sentence that asserts something: such a page has no cue to say
who speaks, and what it tells it does not report but say. Only where it names the body, or says "we", is there a speaker.

Example: on the Harbour Board's page "No gate was opened on Sunday." is a statement of the Harbour Board.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from presstime.ids import record_id
from presstime.read.acts import act_of
from presstime.read.lexicon import words
from presstime.read.nearby import touching
from presstime.read.statements import Found
from presstime.read.tree import Sentence, base, children
from presstime.records import Act, Document, Span, Speaker, Statement

__all__ = ["is_own_page", "with_own_voice"]

HOW = "own page"
CONFIDENCE = 0.8
"""A sentence of somebody's own page is theirs, but for quotations without marks and boilerplate."""
_FEWEST = 4
"""Words of a sentence: "No comment." and "Not so." say nothing that could be set beside a claim."""
_NOTE = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")
"""What stands in brackets behind an outlet's name: "Harbour Union (post)"."""
_WE = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)


def is_own_page(outlet: str | None) -> bool:
    """Whether the name of an outlet is that of a body that speaks for itself, and of no paper."""
    name, note = _taken_apart(outlet)
    if not _listed("posted").isdisjoint(re.findall(r"\w+", note)):
        return True
    parts = re.findall(r"[\w-]+", name.lower())
    return not _listed("press").intersection(parts) and not _listed("bodies").isdisjoint(parts)


def _taken_apart(outlet: str | None) -> tuple[str, str]:
    """An outlet's name, and what stands in brackets behind it."""
    whole = outlet or ""
    note = _NOTE.search(whole)
    return (whole[: note.start()], note[1].lower()) if note else (whole, "")


def with_own_voice(document: Document, text: str, sentences: Sequence[Sentence], found: Found) -> Found:
    """The statements found, with those that the page makes in its own voice."""
    if not is_own_page(document.outlet):
        return found
    taken = touching(found.statements, lambda s: ((p.start, p.end) for p in (*s.content, *((s.cue,) if s.cue else ()))))
    quoted = touching(found.unattributed, lambda u: ((u.start, u.end),))
    told = {(a.start, a.end) for s in found.statements for a in s.content}
    own = []
    for sentence in sentences:
        end = _bare_end(sentence)
        if (
            len(sentence) < _FEWEST
            or taken(sentence.start, sentence.end)
            or quoted(sentence.start, sentence.end)
            or (sentence.start, end) in told
        ):
            continue
        act = _act(text, sentence, end, _taken_apart(document.outlet)[0])
        speaker = _speaker(document, text, sentence) if act is not None else None
        if act is not None and speaker is not None:
            own.append(_statement(document.id, sentence, end, act, speaker))
    statements = sorted((*found.statements, *own), key=lambda s: _start(s))
    return replace(found, statements=tuple(statements))


def _statement(document: str, sentence: Sentence, end: int, act: Act, speaker: Speaker) -> Statement:
    return Statement(
        id=record_id("statement", document, (sentence.start, end)),
        speaker=speaker,
        cue=None,
        content=(Span(start=sentence.start, end=end),),
        form="direct",
        act=act,
        medium="statement",
        confidence=CONFIDENCE,
    )


def _start(statement: Statement) -> int:
    spans = (*statement.content, *((statement.cue,) if statement.cue else ()))
    return min((s.start for s in spans), default=0)


def _bare_end(sentence: Sentence) -> int:
    """The sentence's end without its full stop."""
    last = len(sentence) - 1
    while last > 0 and sentence.universal[last] == "PUNCT" and sentence.words[last] in (".", "!", "…", ";"):
        last -= 1
    return sentence.ends[last]


def _act(text: str, sentence: Sentence, end: int, outlet: str) -> Act | None:
    """What a sentence of the page does; None for a question, and for what asserts nothing (a heading, an address)."""
    root = next((w for w in range(len(sentence)) if base(sentence.relations[w]) == "root"), None)
    if root is None or sentence.words[-1] == "?" or not children(sentence, root, "nsubj", "nsubj:pass", "expl"):
        return None
    return act_of("claim", "turn", text, [sentence], [(sentence.start, end)], outlet)


def _speaker(document: Document, text: str, sentence: Sentence) -> Speaker | None:
    """The page's body, where it is named nearest before the sentence, in it, or anywhere on the page."""
    outlet = _taken_apart(document.outlet)[0]
    name = re.escape(outlet)
    head = re.findall(r"[\w-]+", outlet)[-1:] or [outlet]
    letters = "".join(part[0] for part in re.findall(r"[\w-]+", outlet) if part[0].isupper())
    forms = [name, rf"[Tt]he (?i:{re.escape(head[0])})\b", *([rf"\b{letters}\b"] if len(letters) > 1 else [])]
    here = (sentence.start, sentence.end)
    within = next((m for form in forms for m in [re.compile(form).search(text, *here)] if m), None) or _WE.search(text, *here)
    if within is None:
        before = [m for form in forms for m in re.finditer(form, text[: sentence.start])]
        after = [m for form in forms for m in [re.compile(form).search(text, sentence.end)] if m]
        within = max(before, key=lambda m: m.start(), default=None) or min(after, key=lambda m: m.start(), default=None) or _WE.search(text)
    if within is None:
        return None
    return Speaker(start=within.start(), end=within.end(), name=outlet, how=HOW, confidence=CONFIDENCE)


@cache
def _listed(group: str) -> frozenset[str]:
    return frozenset(words("own_pages")[group])
