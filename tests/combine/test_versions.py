"""Versions: later texts of one page, each of the one before it, and what changed between them."""

from __future__ import annotations

from presstime.combine.page_address import page_key
from presstime.combine.versions import changes

from .made import DAY, Made, combined

FIRST = "The wall above Velm broke at dawn. Five people died, Dr. Ann Rill said. Nobody was warned. Boats are on the way."
SECOND = "The wall above Velm broke at dawn. Six people died, Dr. Ann Rill said. Boats are on the way. A bell had rung twice, a guard said."


def words(text: str, span: object) -> str | None:
    return text[span.start : span.end] if span is not None else None  # type: ignore[attr-defined]


def told(one: str, other: str) -> list[tuple[str, str | None, str | None]]:
    found = changes(Made("a", one).document, Made("b", other).document)
    return [(c.kind, words(one, c.before), words(other, c.after)) for c in found]


def test_sentences_are_changed_withdrawn_and_added() -> None:
    assert told(FIRST, SECOND) == [
        ("changed", "Five people died, Dr. Ann Rill said.", "Six people died, Dr. Ann Rill said."),
        ("withdrawn", "Nobody was warned.", None),
        ("added", None, "A bell had rung twice, a guard said."),
    ]


def test_spacing_marks_and_order_are_no_change() -> None:
    assert told("Boats came.  People slept.", "People slept. Boats came!") == []


def test_a_sentence_with_other_words_is_withdrawn_and_another_added() -> None:
    assert [c[0] for c in told("The mayor slept.", "Three trains stand at Osk.")] == ["withdrawn", "added"]


def test_each_version_is_of_the_one_before_it_however_its_address_is_written() -> None:
    urls = ("https://www.north.example/1", "https://north.example/1?utm_source=x", "http://north.example/1/#top")
    made = [
        Made(f"v{i}", text, f"{DAY}T{8 + i:02}:00:00+02:00", url=u)
        for i, (text, u) in enumerate(zip((FIRST, SECOND, FIRST), urls, strict=True))
    ]
    found = combined(*reversed(made)).documents
    assert [(d.id, d.version_of) for d in found] == [("v0", None), ("v1", "v0"), ("v2", "v1")]
    assert [len(d.changes) for d in found] == [0, 3, 3] and len({d.origin for d in found}) == 1


def test_other_pages_of_a_site_are_no_versions() -> None:
    assert page_key("https://n.example/a?id=1") != page_key("https://n.example/a?id=2")
    assert page_key("https://n.example/") is None and page_key(None) is None
