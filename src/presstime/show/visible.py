"""What may be shown: the one place that decides it.

In: a document, the passages of it that a report refers to, and how much evidence the report may hold. Out: the stretches of the
document's text that may be shown. A working report holds the full text; one meant for publication quotes the sentences around its
passages and no more. What is confidential or under embargo will be kept out here and nowhere else.
Example: with evidence "excerpt", of a ten-sentence document with one figure, one sentence is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from presstime.records import Document, Span
from presstime.show.sentences import sentence_around

__all__ = ["Evidence", "visible"]

Evidence = Literal["full", "excerpt"]


def visible(document: Document, passages: Iterable[Span], evidence: Evidence = "full") -> tuple[Span, ...]:
    """The stretches of the text that may be shown, in order and apart from each other."""
    if evidence == "full":
        return (Span(start=0, end=len(document.text)),)
    around = sorted((sentence_around(document, span.start, span.end) for span in passages), key=lambda span: (span.start, span.end))
    joined: list[Span] = []
    for span in around:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
