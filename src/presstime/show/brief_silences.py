"""Of whom no response was found, and who was asked and said nothing: beside the words that called for an answer.

In: a draft. Out: sentences. A silence is worded as what was gathered, never as a refusal.
Example: "No response from the Harbour Authority was found in the 14 documents gathered by 20:00, 3 March 2026 to these words of the
mayor: “…”."
"""

from __future__ import annotations

from presstime.findings import Silence
from presstime.records import Statement
from presstime.show.anatomy import Paragraph, Sentence
from presstime.show.brief_disputes import gathered_words
from presstime.show.drafting import Draft
from presstime.show.rows import normal
from presstime.show.sentences import sentence_spans
from presstime.show.voices import content_words, statements_in_order
from presstime.show.weave import quoted, stop, weave, whole_quote

__all__ = ["silence_paragraphs", "silences_left_out"]

MAX_SILENCES = 12
MAX_NO_COMMENTS = 12
MAX_CALL_WORDS = 30
"""Longer words that call for an answer give their first sentence."""


def silences_left_out(draft: Draft) -> int:
    """How many silences are left to the report."""
    return max(0, len({silence.actor for silence in draft.index.material.findings.silences}) - MAX_SILENCES)


def silence_paragraphs(draft: Draft) -> list[Paragraph]:
    """A sentence for each actor of whom no response was found, and one for each that was reported to say nothing."""
    first = [line for line in _silences(draft) if line is not None]
    second = [line for line in _no_comments(draft) if line is not None]
    return [Paragraph(sentences=tuple(lines)) for lines in (first, second) if lines]


def _silences(draft: Draft) -> list[Sentence | None]:
    lines: list[Sentence | None] = []
    seen: set[str] = set()
    for silence in draft.index.material.findings.silences:
        because = draft.index.statements.get(silence.because)
        if because is None or silence.actor in seen or len(seen) == MAX_SILENCES:
            continue
        seen.add(silence.actor)
        lines.append(_silence(draft, silence, because))
    return lines


def _silence(draft: Draft, silence: Silence, because: Statement) -> Sentence | None:
    index = draft.index
    name = draft.names.plain(silence.actor)
    document = index.documents[index.document_of[because.id]]
    gathered = gathered_words(index, silence.documents, silence.as_of)
    spans = (*because.content, *((because.cue,) if because.cue else ()))
    if not spans:
        return None
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    if because.form in ("narrated", "mixed"):
        whole = whole_quote(document, start, end)
        words = whole[0] if whole else quoted(document.text[start:end].rstrip(",;:."))
        by = f"these words of {draft.names.plain(document.outlet)}" if document.outlet else "these words"
    else:
        called = _shortened(content_words(index, because)).strip().strip('“”"').rstrip(",.;")
        words = quoted(called)
        caller = draft.names.speaking(because)
        by = f"these words of {caller}" if caller else "these words"
    return draft.note(stop(f"No response from {name} was found {gathered}, to {by}: {words}"), because.id)


def _no_comments(draft: Draft) -> list[Sentence | None]:
    index = draft.index
    lines: list[Sentence | None] = []
    seen: set[str] = set()
    for statement in statements_in_order(index):
        if statement.act != "no-comment" or len(lines) == MAX_NO_COMMENTS:
            continue
        found = draft.names.speaker(statement)
        words = normal(content_words(index, statement)) + (found.id if found else "")
        if words in seen:
            continue
        seen.add(words)
        sentence = weave(index, statement, draft.names, must=True)
        line = draft.note(sentence, statement.id) if sentence else None
        if line is not None:
            lines.append(line)
            draft.remember(content_words(index, statement))
            if found:
                draft.told_of.add(found.id)
    return lines


def _shortened(words: str) -> str:
    """Long words cut to their first sentence."""
    spans = sentence_spans(words, 0, len(words))
    return words[spans[0].start : spans[0].end] if spans and len(words.split()) > MAX_CALL_WORDS else words
