"""The model's scores for one window → what it hears said there: cues, each with its source, content, addressee, medium.

In: for every word of the window the shares of the cue tags; then, for each cue found, the shares of every word's role.
Out: `Cued` records, in spans of characters. What one word's tags cannot say alone is mended here: a span begins where its
first word says so, or where nothing went before it; of two sources the surer is kept.

Example: in "The board said it rained." the cue "said", the source "The board", the content "it rained".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from presstime.records import Act

__all__ = ["Cued", "cued_words", "cue_runs"]

Shares = NDArray[np.float32]
Span = tuple[int, int]

MOST = 40
"""Cues of one window that are asked for what they introduce, the likeliest; news has eight in one that is full of them."""
LIKELY = 0.15
"""How likely a word must begin a cue for its roles to be asked at all; what is made of a doubtful one is read/statements.py's business."""


LONGEST_GAP = 3
"""Words missing from the midst of a content that the model is taken to have skipped."""


@dataclass(frozen=True, slots=True)
class Cued:
    """One cue as the model hears it; spans are characters of the text, shares between 0 and 1.

    `certainty` is the share of the cue's first word, `source_certainty` and `content_certainty` the mean of their words'.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    addressee: Span | None
    medium: Span | None
    act: Act
    act_certainty: float
    certainty: float
    source_certainty: float
    content_certainty: float


def cue_runs(shares: Shares) -> list[tuple[int, int, float]]:
    """The cues among a window's words: (first word, behind its last, share). `shares` are words by tags O, B, I."""
    found = []
    n = len(shares)
    begins = shares[:, 1]
    inside = shares[:, 2]
    none = shares[:, 0]
    for i in np.flatnonzero(begins >= LIKELY).tolist():
        if inside[i] > begins[i]:
            continue
        end = i + 1
        while end < n and inside[end] > max(none[end], begins[end]):
            end += 1
        found.append((i, end, float(begins[i])))
    if len(found) > MOST:
        found = sorted(sorted(found, key=lambda run: -run[2])[:MOST])
    return found


def cued_words(
    spans: Sequence[Span],
    runs: Sequence[tuple[int, int, float]],
    roles: Shares,
    acts: Shares,
    names: Sequence[str],
    act_names: Sequence[Act],
) -> list[Cued]:
    """A record for every cue. `spans` are the words', `roles` cues by words by roles, `names` the roles' names in order."""
    tags = _legal(roles, names)
    at = {name: names.index(name) for name in names}
    begin_source, in_source = at["B-SOURCE"], at["I-SOURCE"]
    begin_content, in_content = at["B-CONTENT"], at["I-CONTENT"]
    found = []
    for k, (first, end, share) in enumerate(runs):
        own = tags[k]
        sources = [r for r in _runs(own, begin_source, in_source) if not _touches(r, first, end)]
        contents = [r for r in _runs(own, begin_content, in_content) if not _touches(r, first, end)]
        contents = _closed(contents, [(first, end), *sources])
        sure = [float(roles[k, a:b, [begin_source, in_source]].sum(0).mean()) for a, b in sources]
        best = max(range(len(sources)), key=lambda i: sure[i] * min(3, sources[i][1] - sources[i][0]), default=None)
        said = [float(roles[k, a:b, [begin_content, in_content]].sum(0).sum()) for a, b in contents]
        words = sum(b - a for a, b in contents)
        act = int(acts[k].argmax())
        found.append(
            Cued(
                cue=(spans[first][0], spans[end - 1][1]),
                source=None if best is None else _chars(spans, sources[best]),
                content=tuple(_chars(spans, r) for r in contents),
                addressee=_only(spans, own, at["ADDRESSEE"]),
                medium=_only(spans, own, at["MEDIUM"]),
                act=act_names[act],
                act_certainty=round(float(acts[k, act]), 3),
                certainty=round(share, 3),
                source_certainty=0.0 if best is None else round(sure[best], 3),
                content_certainty=round(sum(said) / words, 3) if words else 0.0,
            )
        )
    return found


def _legal(roles: Shares, names: Sequence[str]) -> NDArray[np.int64]:
    """The likeliest tag of every word, and where "inside" would then follow nothing the likeliest legal row (Viterbi)."""
    tags: NDArray[np.int64] = roles.argmax(2)
    before = {names.index(n): {names.index(n), names.index("B-" + n[2:])} for n in names if n.startswith("I-")}
    cost = np.zeros((len(names), len(names)), dtype=np.float32)
    wrong = np.zeros(len(tags), dtype=bool)
    behind = np.concatenate([np.zeros((len(tags), 1), dtype=np.int64), tags[:, :-1]], 1)
    for inside, allowed in before.items():
        for earlier in set(range(len(names))) - allowed:
            cost[earlier, inside] = -np.inf
        wrong |= ((tags == inside) & ~np.isin(behind, list(allowed))).any(1)
    for k in np.flatnonzero(wrong).tolist():
        tags[k] = _best_row(np.log(roles[k] + 1e-9), cost)
    return tags


def _best_row(scores: Shares, cost: Shares) -> list[int]:
    first = cost[0] + scores[0]
    came = np.zeros(scores.shape, dtype=np.int64)
    total = first
    for i in range(1, len(scores)):
        each = total[:, None] + cost
        came[i] = each.argmax(0)
        total = each.max(0) + scores[i]
    row = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        row.append(int(came[i][row[-1]]))
    return row[::-1]


def _runs(tags: NDArray[np.int64], begin: int, inside: int) -> list[Span]:
    """The stretches of words that carry one of two tags; the beginning tag starts a new one."""
    found: list[Span] = []
    for i in np.flatnonzero((tags == begin) | (tags == inside)).tolist():
        if found and found[-1][1] == i and tags[i] == inside:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def _closed(contents: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """Stretches with a word or two missing between them, that are neither the cue nor a source, as one."""
    found: list[Span] = []
    for a, b in contents:
        if found and a - found[-1][1] <= LONGEST_GAP and not any(_touches((found[-1][1], a), x, y) for x, y in apart):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _touches(run: Span, first: int, end: int) -> bool:
    return run[0] < end and first < run[1]


def _only(spans: Sequence[Span], tags: NDArray[np.int64], role: int) -> Span | None:
    runs = _runs(tags, role, role)
    return _chars(spans, max(runs, key=lambda r: r[1] - r[0])) if runs else None


def _chars(spans: Sequence[Span], run: Span) -> Span:
    return spans[run[0]][0], spans[run[1] - 1][1]
