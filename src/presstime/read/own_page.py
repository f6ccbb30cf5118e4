"""A body's own page → what it there says in its own voice, as statements of it.

In: a document that is no paper's (a ministry's release, a union's post), its sentences and the statements found so far.
Out: those statements and, in order, one for each further sentence that asserts something: such a page has no cue to say
who speaks, and what it tells it does not report but say. Only where it names the body, says "we" or is signed is there a speaker.
Whose page it is the outlet's name tells; where that is neither a paper's nor a body's ("Sable Motors"), the "we" of its sentences.

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

__all__ = ["HOW", "is_own_page", "signature", "with_own_voice"]

HOW = "own page"
CONFIDENCE = 0.8
"""A sentence of somebody's own page is theirs, but for quotations without marks and boilerplate."""
_FEWEST = 3
"""Words of a sentence: "Not so." says nothing that could be set beside a claim."""
_SPEAKING, _HEARD = 0.2, 0.34
"""The share of sentences, outside quotation marks, in which a page of no listed name says "we" or "I" at the least, and the share
that others are said to say at the most. On the stories of tests/stories every such page of a body says "we" in a third and more of
its sentences, and every paper quotes somebody in half of its own."""
_NOTE = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")
"""What stands in brackets behind an outlet's name: "Harbour Union (post)"."""
_ON = re.compile(r"\s+on\s+(?:the\s+)?[A-Z]\w*$")
"""A post's name with the service it stands on: "Ana Bel on Quayside"."""
_PRESS_OFFICE = re.compile(r"\bpress (?:office|department|service|centre|center|section|desk)\b")
_WE = re.compile(r"\b(?:[Ww]e|WE|[Oo]ur|OUR|[Oo]urs|us|I|[Mm]y|me)\b")
_NEWSROOM = re.compile(
    r"\b(?:our (?:own )?(?:\w+ )?(?:reporters?|correspondents?|newsroom|photographers?|paper|newspaper|readers?|counter|programme|"
    r"sister paper|cameras?|microphones?)|(?:told|tell|tells|telling|showed|shown|wrote to) us|we (?:met|asked|spoke|rang))\b",
    re.IGNORECASE,
)
"""What a paper's "we" does."""
_SIGNED = re.compile(r"\n\s*(?P<name>(?:[A-Z][\w’'.-]*\s+){1,4}[A-Z][\w’'-]+)(?:,\s[^\n.]{3,80})?\s*\Z")
"""A name alone at the end of a page."""


def is_own_page(outlet: str | None) -> bool:
    """Whether the name of an outlet is that of a body or a person that speaks for itself, and of no paper."""
    name, note = _taken_apart(outlet)
    if not _listed("posted").isdisjoint(re.findall(r"\w+", note)):
        return True
    parts = _parts(name)
    return not _listed("press").intersection(parts) and not _listed("bodies").isdisjoint(parts)


def _parts(name: str) -> list[str]:
    """The words of an outlet's name in small letters, "S.A." as one; a body's press office is the body."""
    return re.findall(r"[\w-]+", _PRESS_OFFICE.sub(" office", name.lower().replace(".", "")))


def _speaks(document: Document, text: str, sentences: Sequence[Sentence], found: Found) -> bool:
    """Whether a page of no listed name speaks for itself: its sentences say "we", and hardly any is said by another."""
    name, _ = _taken_apart(document.outlet)
    parts = [p for part in _parts(name) for p in part.split("-")]
    by_another = document.byline and document.byline not in (document.outlet or "")
    if len(name.split()) < 2 or _listed("press").intersection(parts) or by_another:
        return False
    itself = (*_listed("itself"), name.lower(), "we", "i")
    others = [s for s in found.statements if s.cue and not (s.speaker and s.speaker.name.lower().removeprefix("the ").endswith(itself))]
    cued = touching(others, lambda s: ((p.start, p.end) for p in (s.cue, *s.content) if p))
    told = [s for s in sentences if len(s) > _FEWEST]
    heard = sum(bool(cued(s.start, s.end)) for s in told)
    said = [text[s.start : s.end] for s in told if not re.search('[“”"]', text[s.start : s.end])]
    own = sum(bool(_WE.search(words)) and not _NEWSROOM.search(words) for words in said)
    return bool(told) and own >= _SPEAKING * len(told) and heard <= _HEARD * len(told)


def _taken_apart(outlet: str | None) -> tuple[str, str]:
    """An outlet's name, and what stands in brackets behind it, or the service it posts on."""
    whole = outlet or ""
    note = _NOTE.search(whole)
    if note:
        return whole[: note.start()], note[1].lower()
    on = _ON.search(whole)
    return (whole[: on.start()], "post") if on else (whole, "")


def with_own_voice(document: Document, text: str, sentences: Sequence[Sentence], found: Found) -> Found:
    """The statements found, with those that the page makes in its own voice."""
    if not is_own_page(document.outlet) and not _speaks(document, text, sentences, found):
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
    bodies = [w for w in re.findall(r"[\w-]+", outlet.lower()) if w in _listed("bodies")]
    called = "|".join(re.escape(w) for w in dict.fromkeys((head[0], *bodies, *_listed("itself"))))
    forms = [name, rf"[Tt]he (?i:{called})\b", *([rf"\b{letters}\b"] if len(letters) > 1 else [])]
    here = (sentence.start, sentence.end)
    within = next((m for form in forms for m in [re.compile(form).search(text, *here)] if m), None) or _WE.search(text, *here)
    if within is None:
        before = [m for form in forms for m in re.finditer(form, text[: sentence.start])]
        after = [m for form in forms for m in [re.compile(form).search(text, sentence.end)] if m]
        within = max(before, key=lambda m: m.start(), default=None) or min(after, key=lambda m: m.start(), default=None) or _WE.search(text)
    start, end = (within.start(), within.end()) if within is not None else signature(text)
    if start == end:
        return None
    return Speaker(start=start, end=end, name=outlet, how=HOW, confidence=CONFIDENCE)


def signature(text: str) -> tuple[int, int]:
    """The name that signs a page; an empty stretch where none does."""
    signed = _SIGNED.search(text)
    return signed.span("name") if signed else (0, 0)


@cache
def _listed(group: str) -> frozenset[str]:
    return frozenset(words("own_pages")[group])
