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
from presstime.read.contents import set_against, settled, title_back, trails_behind_comma
from presstime.read.frames import Frame, frames_of
from presstime.read.lexicon import cues
from presstime.read.nearby import touching
from presstime.read.quoted import QuoteFrame, Word, quote_frames, words_of
from presstime.read.quotes import Quote, find_quotes
from presstime.read.saying import addressee_of, medium_of, said_at_of
from presstime.read.speakers import Named, Resolver
from presstime.read.transcripts import Turn, find_turns
from presstime.read.tree import Sentence, children, span
from presstime.records import Act, Form, Span, Speaker, Statement, Time, Unattributed

__all__ = ["Found", "find_statements"]


@dataclass(frozen=True, slots=True)
class Found:
    """The statements, the quoted words that are none, and for every speaker's span whom it stands for."""

    statements: tuple[Statement, ...]
    unattributed: tuple[Unattributed, ...]
    named: tuple[tuple[tuple[int, int], Named], ...]


@dataclass(slots=True)
class _Draft:
    """A statement in the making."""

    content: list[tuple[int, int]]
    cue: tuple[int, int] | None
    cue_word: tuple[int, int] | None
    speaker_sentence: int
    speaker: tuple[int, ...]
    how: str
    kind: str
    group: Act
    lemma: str
    block: int
    quotes: tuple[Quote, ...] = ()
    named: Named | None = None
    clausal: bool = False
    """Whether a narrated cue's complement is a clause ("denied having fired")."""

    @property
    def position(self) -> int:
        return min([a for a, _ in self.content] + ([self.cue[0]] if self.cue else []))


def find_statements(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[tuple[int, int]],
    resolver: Resolver,
    times: Sequence[Time] = (),
) -> Found:
    """Every statement of the blocks. `resolver` names the speakers; `times` give `said_at`."""
    quotes = find_quotes(text, blocks)
    words = words_of(sentences, blocks, quotes)
    quoted = quote_frames(text, sentences, quotes, words)
    turns = find_turns(text, blocks, resolver.is_person)
    turn_blocks = {t.block for t in turns}
    quoted = [f for f in quoted if f.quotes[0].block not in turn_blocks]
    drafts = [_from_quote(text, f, sentences) for f in quoted] + [d for t in turns for d in _from_turn(t, words[t.block])]
    taken = {d.cue_word for d in drafts}
    taken_in: dict[int, list[int]] = {}
    for sentence_number, word in (c for c in taken if c):
        taken_in.setdefault(sentence_number, []).append(word)
    quotes_near = touching(quotes, lambda q: ((q.start, q.end),))
    flags = {(w.sentence, w.word): w.quoted for block in words for w in block}
    block_of = {w.sentence: n for n, block in enumerate(words) for w in block}
    spoken = {q.start for f in quoted for q in f.quotes}
    for n, sentence in enumerate(sentences):
        if block_of.get(n) in turn_blocks:
            continue
        frames = frames_of(sentence, n, [flags.get((n, i), False) for i in range(len(sentence))])
        frames = [f for f in frames if (n, f.cue) not in taken]
        for frame in frames:
            stops = [sentence.starts[w] for w in taken_in.get(n, ()) if w > frame.cue and sentence.fine[w] == "VBG"]
            stops += [f.cue_span[0] for f in frames if f.cue > frame.cue and trails_behind_comma(sentence, f)]
            stops += [at for f in frames if f.cue > frame.cue for at in set_against(sentence, f)]
            near = quotes_near(sentence.start, sentence.end)
            drafts.append(_from_frame(text, sentence, frame, frames, near, block_of.get(n, 0), stops))
    _carry_on(text, sentences, drafts)
    drafts = [d for d in drafts if d.speaker or d.kind in ("quoted", "turn")]
    drafts = _merged(sorted(drafts, key=lambda d: (d.position, d.cue or (0, 0))))
    _name(drafts, resolver)
    sentences_near = touching(sentences, lambda s: ((s.start, s.end),))
    times_near = touching(times, lambda t: ((t.start, t.end),))
    statements = [
        _statement(document_id, text, sentences, d, [s for a, b in d.content for s in sentences_near(a, b)], times_near) for d in drafts
    ]
    statements = _reported(drafts, statements)
    statements = answered(text, statements)
    covered = {i for d in drafts for a, b in d.content for i in range(a, b)}
    none_own = "quoted words that are no statement of their own"
    left = tuple(
        Unattributed(start=q.start, end=q.end, reason="no speaker near" if q.start in spoken else none_own)
        for q in quotes
        if q.start not in covered
    )
    named = tuple(((_span_of(sentences, d)), d.named) for d in drafts if d.named is not None and d.speaker)
    return Found(tuple(statements), left, named)


# ---------------------------------------------------------------- drafts


def _from_quote(text: str, frame: QuoteFrame, sentences: Sequence[Sentence]) -> _Draft:
    content = [(q.start, q.end) for q in frame.quotes]
    if frame.lead:
        content.insert(0, frame.lead)
    group: Act = "claim"
    lemma = ""
    if frame.cue is not None:
        lemma = sentences[frame.cue[0]].lemmas[frame.cue[1]]
        group = cues().says.get(lemma, "claim")
        if group == "claim" and not (lemma == "ask" and text[frame.quotes[-1].inner_end - 1] == "?"):
            group = cues().narrated.get(lemma, group)
    block = frame.quotes[0].block
    speaker = frame.speaker_sentence, frame.speaker, frame.how
    return _Draft(content, frame.cue_span, frame.cue, *speaker, "quoted", group, lemma, block, frame.quotes)


def _from_turn(turn: Turn, words: Sequence[Word]) -> list[_Draft]:
    """A transcript's paragraph: all of it is the speaker's."""
    name = [w for w in words if turn.name[0] <= w.start < turn.name[1]]
    if not name:
        return []
    sentence = name[0].sentence
    speaker = tuple(w.word for w in name if w.sentence == sentence)
    return [_Draft([turn.content], turn.cue, None, sentence, speaker, "colon", "turn", "claim", ":", turn.block)]


def _from_frame(
    text: str, sentence: Sentence, frame: Frame, frames: Sequence[Frame], quotes: Sequence[Quote], block: int, stops: Sequence[int]
) -> _Draft:
    content = [settled(text, sentence, frame, frames, quotes, a, b, stops) for a, b in frame.content]
    speaker, content[-1] = title_back(text, sentence, frame.speaker, content[-1])
    first = next((i for i in range(len(sentence)) if sentence.starts[i] >= content[0][0]), 0)
    clausal = sentence.fine[first] == "VBG" or bool(children(sentence, frame.cue, "ccomp"))
    return _Draft(
        content,
        frame.cue_span,
        (frame.sentence, frame.cue),
        frame.sentence,
        speaker,
        frame.speaker_by,
        frame.kind,
        frame.group,
        frame.lemma,
        block,
        clausal=clausal,
    )


def _carry_on(text: str, sentences: Sequence[Sentence], drafts: Sequence[_Draft]) -> None:
    """A participle cue ("…, adding that …") is spoken by whoever the last cue before it is spoken by, not by a subject of what was said."""
    in_block: dict[int, list[_Draft]] = {}
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


def _stops(text: str, earlier: _Draft, start: int) -> bool:
    """Whether a sentence ends between an earlier cue and a later one, outside what the earlier one introduces."""
    between = text[earlier.cue[1] : start] if earlier.cue else ""
    return ". " in between or ".” " in between or "\n\n" in between


def _merged(drafts: list[_Draft]) -> list[_Draft]:
    """Of two drafts with one content, or one cue, the first holds; a frame inside a direct quote is none."""
    kept: list[_Draft] = []
    same: dict[tuple[tuple[int, int], ...], list[_Draft]] = {}
    quoting = touching([k for k in drafts if k.quotes], lambda k: ((q.start, q.end) for q in k.quotes))
    for d in drafts:
        alike = same.setdefault(tuple(d.content), [])
        if not any(k.kind == "quoted" or d.kind == "quoted" or k.cue == d.cue for k in alike):
            around = [q for k in quoting(d.content[0][0], d.content[-1][1]) if k is not d for q in k.quotes]
            inside = any(q.start <= d.content[0][0] and d.content[-1][1] <= q.end for q in around)
            if inside and d.kind not in ("quoted", "turn"):
                continue
            kept.append(d)
            alike.append(d)
    return kept


def _name(drafts: list[_Draft], resolver: Resolver) -> None:
    last: _Draft | None = None
    for d in drafts:
        if d.speaker:
            d.named = resolver.resolve(d.speaker_sentence, d.speaker)
        elif d.how == "continued" and last is not None and last.named is not None and d.block - last.block <= 1:
            d.named = Named(last.named.name, last.named.kind, "continued", 0.7, last.named.role, last.named.country)
            d.speaker_sentence, d.speaker = last.speaker_sentence, last.speaker
        if d.kind != "noun":
            last = d


def _span_of(sentences: Sequence[Sentence], draft: _Draft) -> tuple[int, int]:
    return span(sentences[draft.speaker_sentence], draft.speaker)


# ---------------------------------------------------------------- statements


def _statement(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    d: _Draft,
    content: Sequence[Sentence],
    times_near: Callable[[int, int], Sequence[Time]],
) -> Statement:
    """A draft as a record. `content` are the sentences that its content touches."""
    speaker = None
    if d.named is not None and d.speaker:
        start, end = _span_of(sentences, d)
        how = d.how if d.how in ("according-to", "colon") else d.named.how
        speaker = Speaker(start=start, end=end, name=d.named.name, how=how, confidence=d.named.confidence)
    form = _form(text, d)
    near = sentences[d.cue_word[0]] if d.cue_word else None
    times = times_near(near.start, near.end) if near is not None else ()
    spans = tuple(Span(start=a, end=b) for a, b in d.content)
    return Statement(
        id=record_id("statement", document_id, *d.content, *([d.cue] if d.cue else [])),
        speaker=speaker,
        cue=Span(start=d.cue[0], end=d.cue[1]) if d.cue else None,
        content=spans,
        form=form,
        act=act_of(d.group, d.kind, text, content, d.content, speaker.name if speaker else None),
        medium=medium_of(text, near, d.cue_word, d.speaker, d.content),
        addressee=addressee_of(text, near, d.cue_word, d.content, d.speaker if d.cue_word and d.cue_word[0] == d.speaker_sentence else ()),
        said_at=said_at_of(near, d.cue_word, d.content, times),
        confidence=round(0.5 + 0.45 * speaker.confidence, 2) if speaker else 0.4,
    )


def _form(text: str, d: _Draft) -> Form:
    if d.kind == "narrated" and d.lemma == "deny" and d.clausal:
        return "mixed" if _quoted_share(text, d) > 0 else "indirect"
    if d.kind in ("narrated", "silent"):
        return "narrated" if not _quoted_share(text, d) > _MOSTLY_QUOTED else "mixed"
    share = 1.0 if d.kind == "turn" else _quoted_share(text, d)
    if share >= 0.98:
        return "direct"
    return "mixed" if share > 0 else "indirect"


_MOSTLY_QUOTED = 0.3
"""A narrated act of whose content less is quoted stays narrated: a word or two taken up is no speech."""


def _quoted_share(text: str, d: _Draft) -> float:
    """How much of the content's letters stand in quotation marks."""
    total = inside = 0
    for a, b in d.content:
        own = find_quotes(text, [(a, b)])
        total += sum(c.isalnum() for c in text[a:b])
        inside += sum(text[i].isalnum() for q in own for i in range(q.start, q.end))
    return inside / total if total else 0.0


def _within(cue: tuple[int, int] | None, content: Sequence[tuple[int, int]]) -> bool:
    return cue is not None and any(a <= cue[0] and cue[1] <= b for a, b in content)


def _reported(drafts: Sequence[_Draft], statements: list[Statement]) -> list[Statement]:
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
