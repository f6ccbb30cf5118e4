"""The circumstances of a statement: in what medium, to whom, when it was said.

In: the sentence of a cue and the times of the document. Out: words and TIMEX values, None where nothing is said.
Example: "Bel wrote on Facebook on Monday" → medium "Facebook", said_at the Monday's value.
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.read.lexicon import cues
from presstime.read.tree import Sentence, base, children, span, subtree
from presstime.records import Time

__all__ = ["addressee_of", "medium_of", "said_at_of"]

Cue = tuple[int, int] | None
Spans = Sequence[tuple[int, int]]


def _outside(sentence: Sentence, word: int, content: Spans) -> bool:
    return not any(a <= sentence.starts[word] < b for a, b in content)


def medium_of(text: str, sentence: Sentence | None, cue: Cue, speaker: Sequence[int], content: Spans) -> str | None:
    """A platform or a kind of text named beside the cue: "on X", "in a joint statement", "the statement said"."""
    if sentence is None or cue is None:
        return None
    table = cues()
    found = None
    for w in range(len(sentence)):
        low = sentence.words[w].lower()
        if not _outside(sentence, w, content):
            continue
        cases = {sentence.lemmas[c] for c in children(sentence, w, "case")}
        if low in table.platforms and cases & {"on", "via", "in"}:
            return sentence.words[w]
        if low == "media" and w and sentence.words[w - 1].lower() == "social" and cases & {"on", "via", "in"}:
            return text[sentence.starts[w - 1] : sentence.ends[w]]
        lemma = sentence.lemmas[w]
        speaks = w in speaker and lemma in table.issued
        if sentence.universal[w] == "NOUN" and lemma in table.media and (speaks or cases & {"in", "during", "by", "at", "on", "via"}):
            kind = [c for c in children(sentence, w, "amod", "compound") if c < w and sentence.words[c].lower() in table.kinds]
            first = min([*kind, w])
            found = found or text[sentence.starts[first] : sentence.ends[w]]  # "in a post on X" is on X
    return found


def addressee_of(text: str, sentence: Sentence | None, cue: Cue, content: Spans, speaker: Sequence[int] = ()) -> str | None:
    """Whom it was said to: "told RFE/RL", "appealed to the council", "urged the parties to …", "speaking to reporters"."""
    if sentence is None or cue is None or not 0 <= cue[1] < len(sentence):
        return None
    verb = cue[1]
    lemma = sentence.lemmas[verb]
    chosen: list[int] = []
    if lemma in ("tell", "inform", "assure", "remind", "warn", "urge", "ask", "advise", "beg", "implore", "order", "accuse"):
        chosen = [w for w in children(sentence, verb, "iobj", "obj") if w > verb and sentence.universal[w] in ("NOUN", "PROPN", "PRON")]
        if lemma == "accuse":
            chosen = []
    for w in children(sentence, verb, "obl"):
        cases = {sentence.lemmas[c] for c in children(sentence, w, "case")}
        to_whom = "to" in cases and lemma in ("say", "appeal", "speak", "write", "explain", "complain", "report")
        if to_whom or (cases & {"on", "upon", "with"} and lemma in ("call", "negotiate")):
            chosen.append(w)
    for x in children(sentence, verb, "xcomp"):
        for w in children(sentence, x, "obl"):
            cases = {sentence.lemmas[c] for c in children(sentence, w, "case")}
            if sentence.lemmas[x] in ("negotiate", "talk", "meet") and cases & {"with"}:
                chosen.append(w)
    chosen = [w for w in chosen if w not in speaker]
    if not chosen:
        return None
    words = [w for w in subtree(sentence, chosen[0]) if sentence.relations[w] != "acl:relcl" and base(sentence.relations[w]) != "case"]
    start, end = span(sentence, words)
    return text[start:end] or None


def said_at_of(sentence: Sentence | None, cue: Cue, content: Spans, times: Sequence[Time]) -> str | None:
    """The value of a date or time in the cue's own clause: beside the cue, outside the content and not a mere duration."""
    if sentence is None or cue is None or not 0 <= cue[1] < len(sentence):
        return None
    at = sentence.starts[cue[1]]
    inside = [t for t in times if sentence.start <= t.start < sentence.end and not any(a <= t.start < b for a, b in content)]
    near = [t for t in inside if t.kind in ("date", "time") and t.value[:1].isdigit()]
    best = min(near, key=lambda t: abs(t.start - at), default=None)
    return best.value if best is not None and abs(best.start - at) <= _NEAR else None


_NEAR = 60
"""Characters between a cue and the time it was said; farther ones mostly date something else."""
