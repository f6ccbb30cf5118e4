"""Sentences and quotes → statements: who said what, in what form, with what act.

In: a document's text, sentences, blocks and times. Out: `Statement`s and the `Unattributed` quoted words, in order. Direct and
mixed speech comes from quotes with their cues (quoted.py), indirect and narrated speech from the tree (frames.py);
speakers.py says whom the speaker's words stand for, acts.py what the statement does.

Example: "Baku denied the claims." → one narrated statement, denial, speaker "Baku", content "the claims".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from presstime.ids import record_id
from presstime.read.acts import act_of
from presstime.read.answers import answered
from presstime.read.confidence import mention, sure
from presstime.read.contents import joined
from presstime.read.cued import Cued
from presstime.read.descriptions import is_no_speaker
from presstime.read.drafts import Draft, drafts_of
from presstime.read.nearby import touching
from presstime.read.quotes import Quote, find_quotes
from presstime.read.saying import addressee_of, medium_of, said_at_of
from presstime.read.speakers import Named, Resolver
from presstime.read.transcripts import find_turns
from presstime.read.tree import Sentence, span
from presstime.records import Form, Span, Speaker, Statement, Time, Unattributed

__all__ = ["Found", "find_statements"]


QuotesNear = Callable[[int, int], Sequence[Quote]]
_CERTAIN = 0.9
"""How certain a heard cue must be for a statement that nobody is heard to make ("it was reported that …")."""

_CERTAIN_ACT = 0.5
"""How certain the heard act must be to tell where the words leave it open."""


@dataclass(frozen=True, slots=True)
class Found:
    """The statements, the quoted words that are none, and for every speaker's span whom it stands for."""

    statements: tuple[Statement, ...]
    unattributed: tuple[Unattributed, ...]
    named: tuple[tuple[tuple[int, int], Named], ...]


def find_statements(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[tuple[int, int]],
    resolver: Resolver,
    times: Sequence[Time] = (),
    cued: Sequence[Cued] = (),
) -> Found:
    """Every statement of the blocks. `resolver` names the speakers; `times` give `said_at`; `cued` is what the model hears."""
    quotes = find_quotes(text, blocks)
    turns = find_turns(text, blocks, resolver.is_person)
    drafts = drafts_of(text, sentences, blocks, quotes, turns, cued)
    spoken = {q.start for d in drafts for q in d.quotes}
    _carry_on(text, sentences, drafts)
    drafts = [d for d in drafts if d.speaker or d.kind in ("quoted", "turn") or (d.heard is not None and d.heard.certainty >= _CERTAIN)]
    drafts = _merged(sorted(drafts, key=lambda d: (d.position, d.cue or (0, 0))))
    drafts = _gone_on(drafts)
    _name(drafts, resolver)
    sentences_near = touching(sentences, lambda s: ((s.start, s.end),))
    times_near = touching(times, lambda t: ((t.start, t.end),))
    quotes_near = touching(quotes, lambda q: ((q.start, q.end),))
    statements = [
        _statement(document_id, text, sentences, d, [s for a, b in d.content for s in sentences_near(a, b)], times_near, quotes_near)
        for d in drafts
    ]
    statements = _reported(drafts, statements)
    statements = answered(text, statements, sentences, {d.named.name: d.named for d in drafts if d.named})
    told = touching(statements, lambda s: ((c.start, c.end) for c in s.content))
    none_own = "quoted words that are no statement of their own"
    left = tuple(
        Unattributed(start=q.start, end=q.end, reason="no speaker near" if q.start in spoken else none_own)
        for q in quotes
        if not (told(q.start, q.start + 1) and told(q.end - 1, q.end))
    )
    named = tuple(((_span_of(sentences, d)), d.named) for d in drafts if d.named is not None and d.speaker)
    return Found(tuple(statements), left, named)


def _carry_on(text: str, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> None:
    """A participle cue ("…, adding that …") is spoken by whoever the last cue before it is spoken by, not by a subject of what was said."""
    in_block: dict[int, list[Draft]] = {}
    for d in drafts:
        in_block.setdefault(d.block, []).append(d)
    for d in drafts:
        if d.cue is None or d.cue_word is None or d.how not in ("shared", ""):
            continue
        sentence = sentences[d.cue_word[0]]
        if sentence.fine[d.cue_word[1]] != "VBG":
            continue
        start = d.cue[0]
        before = [k for k in in_block[d.block] if k is not d and k.cue and k.speaker and k.cue[1] <= start and k.kind != "noun"]
        before = [k for k in before if not _stops(text, k, start)]
        before = [k for k in before if not any(o is not k and any(a <= (k.cue or (0, 0))[0] < b for a, b in o.content) for o in before)]
        if before:
            last = max(before, key=lambda k: k.cue or (0, 0))
            d.speaker_sentence, d.speaker, d.how = last.speaker_sentence, last.speaker, "shared"


def _stops(text: str, earlier: Draft, start: int) -> bool:
    """Whether a sentence ends between an earlier cue and a later one, outside what the earlier one introduces."""
    between = text[earlier.cue[1] : start] if earlier.cue else ""
    return ". " in between or ".” " in between or "\n\n" in between


def _merged(drafts: list[Draft]) -> list[Draft]:
    """Of two drafts with one content, or one cue, the first holds; a frame inside a direct quote is none."""
    kept: list[Draft] = []
    same: dict[tuple[tuple[int, int], ...], list[Draft]] = {}
    quoting = touching([k for k in drafts if k.quotes], lambda k: ((q.start, q.end) for q in k.quotes))
    for d in drafts:
        alike = same.setdefault(tuple(d.content), [])
        if not any("quoted" in (k.kind, d.kind) or k.cue == d.cue or _one_speaker(k, d) for k in alike):
            around = [q for k in quoting(d.content[0][0], d.content[-1][1]) if k is not d for q in k.quotes]
            inside = any(q.start <= d.content[0][0] and d.content[-1][1] <= q.end for q in around)
            if inside and d.kind not in ("quoted", "turn"):
                continue
            kept.append(d)
            alike.append(d)
    return kept


_GOES_ON = ("quoted", "said")
"""Kinds of statements that a quotation without a cue behind them goes on."""


def _one_speaker(a: Draft, b: Draft) -> bool:
    return (a.speaker_sentence, a.speaker) == (b.speaker_sentence, b.speaker)


def _gone_on(drafts: Sequence[Draft]) -> list[Draft]:
    """A quotation without a cue behind a statement, in its paragraph or the next, is part of what was said there."""
    kept: list[Draft] = []
    for d in drafts:
        last = kept[-1] if kept and d.cue is None and d.how == "continued" else None
        if last is not None and last.kind in _GOES_ON and last.how and d.block - last.block <= 1:
            last.content = joined([*last.content, *d.content], ())
            last.quotes = (*last.quotes, *d.quotes)
            last.block = d.block
        else:
            kept.append(d)
    return kept


def _name(drafts: list[Draft], resolver: Resolver) -> None:
    last: Draft | None = None
    for d in drafts:
        if d.speaker:
            told_of = d.kind == "noun" and last is not None and d.cue is not None and any(a <= d.cue[0] < b for a, b in last.content)
            d.named = resolver.resolve(d.speaker_sentence, d.speaker, part="other" if told_of else "speaker")
        elif d.how == "continued" and last is not None and last.named is not None and d.block - last.block <= 1:
            d.named = Named(last.named.name, last.named.kind, "continued", sure("continued"), last.named.role, last.named.country)
            d.speaker_sentence, d.speaker = last.speaker_sentence, last.speaker
        if d.kind != "noun":
            last = d


def _span_of(sentences: Sequence[Sentence], draft: Draft) -> tuple[int, int]:
    return span(sentences[draft.speaker_sentence], draft.speaker)


# ---------------------------------------------------------------- statements


def _statement(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    d: Draft,
    content: Sequence[Sentence],
    times_near: Callable[[int, int], Sequence[Time]],
    quotes_near: QuotesNear,
) -> Statement:
    """A draft as a record. `content` are the sentences that its content touches."""
    speaker = None
    if d.named is not None and d.speaker and not is_no_speaker(sentences[d.speaker_sentence], d.speaker):
        start, end = _span_of(sentences, d)
        how = d.how if d.how in ("according-to", "colon") else d.named.how
        heard = d.heard.source_certainty if d.heard is not None and d.heard.source is not None else None
        share = round(20 * d.named.confidence * mention(heard)) / 20
        speaker = Speaker(start=start, end=end, name=d.named.name, how=how, confidence=share)
    form = _form(text, d, quotes_near)
    near = sentences[d.cue_word[0]] if d.cue_word else None
    times = times_near(near.start, near.end) if near is not None else ()
    beside = d.speaker if d.cue_word and d.cue_word[0] == d.speaker_sentence else ()
    cue = (near, d.cue_word[1]) if near is not None and d.cue_word else None
    act = act_of(d.group, d.kind, text, content, d.content, speaker.name if speaker else None, cue, sounds_denied=_sounds_denied(d))
    medium = medium_of(text, near, d.cue_word, beside, d.content, _before(text, sentences, d))
    addressee = addressee_of(text, near, d.cue_word, d.content, beside, act, content)
    return Statement(
        id=record_id("statement", document_id, *d.content, *([d.cue] if d.cue else [])),
        speaker=speaker,
        cue=Span(start=d.cue[0], end=d.cue[1]) if d.cue else None,
        content=tuple(Span(start=a, end=b) for a, b in d.content),
        form=form,
        act=act,
        medium=medium or _heard(text, d.heard.medium if d.heard else None),
        addressee=addressee or _heard(text, d.heard.addressee if d.heard else None),
        said_at=said_at_of(near, d.cue_word, d.content, times),
        confidence=round(0.5 + 0.45 * speaker.confidence, 2) if speaker else 0.4,
    )


def _sounds_denied(d: Draft) -> bool:
    return d.heard is not None and d.heard.act == "denial" and d.heard.act_certainty >= _CERTAIN_ACT


def _before(text: str, sentences: Sequence[Sentence], d: Draft) -> Sentence | None:
    """The sentence before a cue's own, in its paragraph."""
    if not d.cue_word or not d.cue_word[0]:
        return None
    before, own = sentences[d.cue_word[0] - 1], sentences[d.cue_word[0]]
    return None if "\n\n" in text[before.end : own.start] else before


def _heard(text: str, span: tuple[int, int] | None) -> str | None:
    """The words of a medium or an addressee that the model hears, without their article."""
    if span is None:
        return None
    words = " ".join(text[slice(*span)].split())
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("a", "an", "the") else words


def _form(text: str, d: Draft, quotes_near: QuotesNear) -> Form:
    if d.kind == "narrated" and d.lemma == "deny" and d.clausal:
        return "mixed" if _quoted_share(text, d, quotes_near) > 0 else "indirect"
    if d.kind in ("narrated", "silent"):
        return "narrated" if not _quoted_share(text, d, quotes_near) > _MOSTLY_QUOTED else "mixed"
    share = 1.0 if d.kind == "turn" else _quoted_share(text, d, quotes_near)
    if share >= 0.98:
        return "direct"
    return "mixed" if share > 0 else "indirect"


_MOSTLY_QUOTED = 0.3
"""A narrated act of whose content less is quoted stays narrated: a word or two taken up is no speech."""


def _quoted_share(text: str, d: Draft, quotes_near: QuotesNear) -> float:
    """How much of the content's letters stand in quotation marks."""
    marked = [text[q.start : q.end] for a, b in d.content for q in quotes_near(a, b) if a <= q.start and q.end <= b]
    own = [text[max(a, q.start) : min(b, q.end)] for a, b in d.content for q in d.quotes]  # a paragraph that goes on without a mark
    total = sum(_letters(text[a:b]) for a, b in d.content) if marked or own else 0
    return min(1.0, max(sum(map(_letters, marked)), sum(map(_letters, own))) / total) if total else 0.0


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _within(cue: tuple[int, int] | None, content: Sequence[tuple[int, int]]) -> bool:
    return cue is not None and any(a <= cue[0] and cue[1] <= b for a, b in content)


def _reported(drafts: Sequence[Draft], statements: list[Statement]) -> list[Statement]:
    """A statement whose cue stands in another's content is reported by that one; one by the same speaker is not made twice."""
    holding = touching(list(zip(drafts, statements, strict=True)), lambda pair: pair[0].content)
    outer_of: dict[str, Statement] = {}
    dropped: set[str] = set()
    for d, s in zip(drafts, statements, strict=True):
        around = holding(*d.cue) if d.cue else []
        around = [(k, o) for k, o in around if o is not s and k.kind != "silent" and k.content != d.content]
        outer = next((o for k, o in around if _within(d.cue, k.content)), None)
        if outer is not None:
            outer_of[s.id] = outer
            if outer.speaker is not None and s.speaker is not None and outer.speaker.name == s.speaker.name:
                dropped.add(s.id)
    found: list[Statement] = []
    for s in statements:
        if s.id in dropped:
            continue
        reporter, passed = outer_of.get(s.id), {s.id}
        while reporter is not None and reporter.id in dropped and reporter.id not in passed:
            passed.add(reporter.id)
            reporter = outer_of.get(reporter.id)
        found.append(replace(s, reported_by=reporter.id) if reporter is not None and reporter.id not in passed | dropped else s)
    return found
