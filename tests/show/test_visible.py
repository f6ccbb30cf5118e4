from __future__ import annotations

from presstime.records import Document, Part, Span
from presstime.show.sentences import blocks, sentence_around, sentence_spans
from presstime.show.visible import visible

from .story import Desk

TEXT = "It rained. Water came at 04:00. Dr. Lim ran. All left."


def test_excerpts_are_the_sentences_of_the_passages() -> None:
    document = Desk("doc-1", None, [("paragraph", TEXT), ("paragraph", "Nothing else.")]).document
    at = document.text.index("04:00")
    assert visible(document, [Span(start=at, end=at + 5)], "full") == (Span(start=0, end=len(document.text)),)
    (shown,) = visible(document, [Span(start=at, end=at + 5)], "excerpt")
    assert document.text[shown.start : shown.end] == "Water came at 04:00."
    assert visible(document, [], "excerpt") == ()


def test_sentences_do_not_end_at_a_title() -> None:
    assert [TEXT[span.start : span.end] for span in sentence_spans(TEXT, 0, len(TEXT))] == [
        "It rained.",
        "Water came at 04:00.",
        "Dr. Lim ran.",
        "All left.",
    ]


def test_no_text_is_left_without_a_block() -> None:
    document = Desk("doc-1", None, [("paragraph", TEXT)]).document
    bare = type(document)(id="x", sha256="", text=f"Before.\n\n{TEXT}\n\nAfter.", parts=())
    assert [bare.text[part.start : part.end] for part in blocks(bare)] == ["Before.", TEXT, "After."]


def test_a_span_outside_every_part_has_its_paragraph() -> None:
    bare = Document(
        id="x", sha256="", text=f"Before it. And more.\n\n{TEXT}\n\nAfter.", parts=(Part(kind="paragraph", start=22, end=22 + len(TEXT)),)
    )
    at = bare.text.index("more")
    span = sentence_around(bare, at, at + 4)
    assert bare.text[span.start : span.end] == "And more."
    at = bare.text.index("After")
    span = sentence_around(bare, at, at + 5)
    assert bare.text[span.start : span.end] == "After."
