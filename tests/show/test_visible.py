from __future__ import annotations

import pytest
from msgspec import structs

from presstime.records import Document, Part, Span
from presstime.show.brief import render_brief
from presstime.show.sentences import blocks, sentence_around, sentence_spans
from presstime.show.visible import Restrictions, visible, visible_material

from .story import Desk, story

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


def test_what_is_confidential_or_under_embargo_is_not_shown() -> None:
    document = Desk("doc-1", None, [("paragraph", TEXT)]).document
    whole = [Span(start=0, end=len(document.text))]
    secret = Restrictions(confidential=frozenset({"doc-1"}))
    later = Restrictions(embargoes={"doc-1": "2026-03-03T18:00:00+01:00"})
    for evidence in ("full", "excerpt"):
        assert visible(document, whole, evidence, secret, "2026-03-03T20:00:00+01:00") == ()  # type: ignore[arg-type]
        assert visible(document, whole, evidence, later, "2026-03-03T16:59:00Z") == ()  # type: ignore[arg-type]
        assert visible(document, whole, evidence, later, "2026-03-03T17:00:00Z")  # type: ignore[arg-type]
        assert visible(document, whole, evidence, Restrictions(embargoes={"doc-1": "soon"}), "2026-03-03T17:00:00Z") == ()  # type: ignore[arg-type]


def test_a_statement_kept_out_is_cut_out() -> None:
    desk = Desk("doc-1", None, [("paragraph", TEXT)])
    desk.say("Lim", "Lim", "ran", "Dr. Lim ran", form="narrated")
    (shown, after) = visible(desk.document, [], "full", kept_out=desk.statements)
    assert desk.document.text[shown.start : shown.end].strip() == "It rained. Water came at 04:00."
    assert desk.document.text[after.start : after.end].strip() == "All left."


def test_nothing_of_what_is_kept_out_is_in_a_brief() -> None:
    material = story()
    secret = Restrictions(confidential=frozenset({"doc-karsa"}))
    brief = render_brief(material, restrictions=secret)
    assert "Behl" in render_brief(material)
    assert not any(word in brief for word in ("Behl", "Karsa Courier", "fables", "doc-karsa"))
    assert render_brief(material, restrictions=Restrictions(embargoes={"doc-karsa": "2026-03-04T00:00:00+01:00"})) == brief
    assert "Behl" in render_brief(material, restrictions=Restrictions(embargoes={"doc-karsa": "2026-03-03T20:00:00+01:00"}))


def test_a_statement_kept_out_is_nowhere_in_the_material() -> None:
    material = story()
    kept = next(
        one.id
        for reading in material.readings
        for one in reading.statements
        if reading.document.id == "doc-karsa" and one.act == "accusation"
    )
    left = visible_material(material, Restrictions(confidential=frozenset({kept})))
    text = next(reading.document.text for reading in left.readings if reading.document.id == "doc-karsa")
    assert "fables" not in text and "Tomas Behl told" in text.replace("spokesperson ", "")
    assert len(text) == len(next(reading.document.text for reading in material.readings if reading.document.id == "doc-karsa"))
    assert all(kept not in claim.statements for claim in left.findings.claims)
    assert "fables" not in render_brief(left)


@pytest.mark.parametrize("marked", ["doc-post", "doc-karsa"])
def test_what_is_marked_on_one_version_of_a_page_holds_for_all(marked: str) -> None:
    material = story()
    versions = tuple(structs.replace(one, version_of="doc-karsa") if one.id == "doc-post" else one for one in material.findings.documents)
    material = structs.replace(material, findings=structs.replace(material.findings, documents=versions))
    left = visible_material(material, Restrictions(confidential=frozenset({marked})))
    shown = {reading.document.id for reading in left.readings}
    assert not shown & {"doc-post", "doc-karsa"} and "doc-wire" in shown
