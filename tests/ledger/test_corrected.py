"""People's corrections in a reading: found again by kind, spans and words, and never by force."""

from __future__ import annotations

from msgspec.structs import replace

from presstime.ledger import Correction, new_correction
from presstime.ledger.corrected import all_corrected, anchored, corrected
from presstime.records import Reading, Span
from tests.combine.made import Made


def made() -> Reading:
    story = Made("a", "Fire chief Ana Lind said 51 people died at Sarn. The mayor denied that the depot was locked.")
    story.count("51 people died", 51, 51)
    story.say("The mayor", "that the depot was locked", act="claim")
    return story.reading


def correction(reading: Reading, kind: str, words: str, field: str, after: str) -> Correction:
    start = reading.document.text.index(words)
    span = Span(start=start, end=start + len(words))
    return new_correction(reading.document, kind, (span,), field=field, before=None, after=after, by="desk", at="2031-05-05", why="a slip")


def test_a_field_is_put_right_in_the_record_at_the_words() -> None:
    reading = made()
    low, high = (correction(reading, "figure", "51 people died", field, "15") for field in ("low", "high"))
    found = corrected(reading, (low, high))
    assert (found.figures[0].low, found.figures[0].high, found.figures[0].id) == (15, 15, reading.figures[0].id)
    assert found.statements == reading.statements
    assert (
        corrected(reading, (correction(reading, "statement", "that the depot was locked", "act", '"denial"'),)).statements[0].act
        == "denial"
    )


def test_the_last_word_on_a_field_wins() -> None:
    reading = made()
    twice = [correction(reading, "figure", "51 people died", "low", each) for each in ("15", "16")]
    assert corrected(reading, twice).figures[0].low == 16


def test_it_is_found_again_where_a_newer_reading_has_other_ends() -> None:
    reading = made()
    wanted = correction(reading, "figure", "51 people died", "low", "15")
    shorter = replace(reading, figures=(replace(reading.figures[0], end=reading.figures[0].end - 5, id="figure-new"),))
    assert corrected(shorter, (wanted,)).figures[0].low == 15


def test_what_no_record_overlaps_or_no_field_can_hold_changes_nothing() -> None:
    reading = made()
    elsewhere = correction(reading, "figure", "The mayor denied", "low", "15")
    assert anchored(reading, elsewhere) is None
    assert corrected(reading, (elsewhere,)) == reading
    assert corrected(reading, (correction(reading, "figure", "51 people died", "low", '"many"'),)) == reading
    other_words = replace(correction(reading, "figure", "51 people died", "low", "15"), words="something else")
    assert corrected(reading, (other_words,)) == reading


def test_each_reading_gets_its_own() -> None:
    reading = made()
    other = replace(reading, document=replace(reading.document, id="b"))
    found = list(all_corrected((other, reading), (correction(reading, "figure", "51 people died", "low", "15"),)))
    assert [r.figures[0].low for r in found] == [51, 15]
