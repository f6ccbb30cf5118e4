"""The examples' gold is true of their documents, complete in kinds, and scored as it should be."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import example_scores as scores
import msgspec
import pytest

from presstime.gather import gather
from presstime.records import ACTS, EVENT_TYPES, MEASURES, Certainty, Document, Form, Qualifier, Reading, Standing

sys.path.insert(0, str(scores.EXAMPLES))

import gold as gold_file

STORY = scores.EXAMPLES / "corrow-dam"


@pytest.fixture(scope="module")
def gold() -> gold_file.Gold:
    return scores.load_gold()


@pytest.fixture(scope="module")
def names() -> scores.Names:
    return scores.aliases()


def test_gold_json_is_what_gold_toml_and_the_documents_give() -> None:
    want = gold_file.encode(gold_file.build(STORY))
    assert (STORY / "gold.json").read_text(encoding="utf-8") == want, "run: .venv/bin/python examples/gold.py"


def test_every_document_has_its_gold_but_the_empty_one(gold: gold_file.Gold) -> None:
    files = {path.name for path in (STORY / "documents").iterdir()}
    with_gold = {(reading.document.name or "").partition("#")[0] for reading in gold.readings}
    assert files - with_gold == {"16-harnoy-fire-service.txt"}
    assert (STORY / "documents" / "16-harnoy-fire-service.txt").read_bytes() == b""
    assert len(files) >= 14
    assert sum(reading.document.language == "es" for reading in gold.readings) == 1


def test_offsets_count_in_the_text_that_gather_gives(gold: gold_file.Gold) -> None:
    gathered = [each for each in gather([STORY / "documents"], archive=None, now=gold.findings.as_of) if isinstance(each, Document)]
    readings = [Reading(document=each, reader=gold_file.READER) for each in gathered]
    assert len(gathered) == len(gold.readings)
    for want in gold.readings:
        got = scores.reading_of(want, readings)
        assert got is not None and got.document.text == want.document.text, want.document.name
        for field in ("outlet", "published", "headline", "byline", "language"):
            if (value := getattr(want.document, field)) is not None and want.document.id != "sl":
                assert getattr(got.document, field) == value, (want.document.name, field)


def _spans(record: object) -> Iterator[tuple[int, int]]:
    """Every span inside a record, however deep."""
    fields = getattr(record, "__struct_fields__", ())
    if "start" in fields:
        yield record.start, record.end  # type: ignore[attr-defined]
    for field in fields:
        value = getattr(record, field)
        for each in value if isinstance(value, tuple) else (value,):
            yield from _spans(each)


def test_every_span_holds_words_and_every_figure_its_own(gold: gold_file.Gold) -> None:
    for reading in gold.readings:
        text = reading.document.text
        for start, end in _spans(reading):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert all(text[each.start : each.end] == each.words for each in reading.figures)


def test_contents_leave_out_a_leading_that_and_quotes_are_marked_as_what_they_are(gold: gold_file.Gold) -> None:
    for reading in gold.readings:
        for statement in reading.statements:
            words = [reading.document.text[span.start : span.end] for span in statement.content]
            assert not any(each.startswith("that ") for each in words), statement.id
            quoted = [each[0] in '“"' for each in words]
            if statement.form == "direct":
                assert words and all(quoted), statement.id
            else:
                assert not any(quoted) or statement.form == "mixed", statement.id
            if statement.form == "mixed":
                assert any("“" in each or '"' in each for each in words), statement.id


@pytest.mark.parametrize(
    ("kind", "field", "values"),
    [
        ("statements", "act", ACTS),
        ("statements", "form", get_args(Form)),
        ("figures", "measure", MEASURES),
        ("figures", "qualifier", get_args(Qualifier)),
        ("figures", "certainty", get_args(Certainty)),
        ("figures", "scope", ("event", "total", "past")),
        ("events", "standing", get_args(Standing)),
        ("events", "type", EVENT_TYPES),
        ("events", "scope", ("event", "past")),
        ("times", "kind", ("date", "time", "duration", "set")),
        ("places", "use", ("literal", "metonym", "demonym")),
    ],
)
def test_every_kind_occurs(gold: gold_file.Gold, kind: str, field: str, values: tuple[str, ...]) -> None:
    seen = {getattr(record, field) for reading in gold.readings for record in getattr(reading, kind)}
    assert set(values) <= seen


def test_there_is_enough_of_it(gold: gold_file.Gold) -> None:
    assert sum(len(reading.statements) for reading in gold.readings) >= 70
    assert sum(len(reading.figures) for reading in gold.readings) >= 30
    kinds = {part.kind for reading in gold.readings for part in reading.document.parts}
    assert kinds >= {"headline", "caption", "heading", "credit", "boilerplate"}


def test_bounds_are_those_of_the_qualifier(gold: gold_file.Gold) -> None:
    low, high = (True, False), (False, True)
    shapes = {"at-least": low, "more-than": low, "at-most": high, "less-than": high, "vague": (False, False)}
    for reading in gold.readings:
        for figure in reading.figures:
            assert (figure.low is not None, figure.high is not None) == shapes.get(figure.qualifier, (True, True)), figure.id
            if figure.qualifier in {"exact", "about"}:
                assert figure.low == figure.high, figure.id


def test_every_reference_leads_somewhere(gold: gold_file.Gold) -> None:
    statements = {each.id for reading in gold.readings for each in reading.statements}
    figures = {each.id for reading in gold.readings for each in reading.figures}
    assert sum(len(reading.statements) for reading in gold.readings) == len(statements)
    assert sum(len(reading.figures) for reading in gold.readings) == len(figures)
    for reading in gold.readings:
        times, places = {each.id for each in reading.times}, {each.id for each in reading.places}
        for statement in reading.statements:
            assert {*statement.answers, *filter(None, [statement.reported_by])} <= statements
            assert statement.id not in statement.answers
        for figure in reading.figures:
            assert {figure.statement} <= statements | {None} and {figure.part_of} <= figures | {None}
        for event in reading.events:
            assert {event.statement} <= statements | {None} and {event.time} <= times | {None} and {event.place} <= places | {None}
    assert all(each.statements and set(each.statements) <= statements for each in gold.findings.claims)


def test_the_findings_hold_what_the_story_is_made_for(gold: gold_file.Gold) -> None:
    findings = gold.findings
    killed = next(each for each in findings.series if each.measure == "killed")
    ministry = next(line for line in killed.lines if line.giver == "Maravelian Interior Ministry")
    assert [point.low for point in ministry.points] == [3, 7, 14, 19, 16], "it grows, and is corrected downwards"
    assert len(killed.lines) >= 2
    assert any(each.times_differ and len({telling.from_ for telling in each.tellings}) > 1 for each in findings.timeline)
    copies = next(each for each in findings.origins if each.name == "Norrel Press")
    assert len(copies.documents) == 4 and copies.independent_at_most == 1
    home = {each.id: reading.document.id for reading in gold.readings for each in reading.statements}
    answered = [(home[each.id], home[to]) for reading in gold.readings for each in reading.statements for to in each.answers]
    assert any(a == b for a, b in answered) and any(a != b for a, b in answered), "in one document and in another"


def test_the_silent_are_silent_everywhere(gold: gold_file.Gold, names: scores.Names) -> None:
    speakers = {each.speaker.name for reading in gold.readings for each in reading.statements if each.speaker}
    for silence in gold.findings.silences:
        assert silence.documents == len(gold.readings)
        assert not any(scores.same_name(silence.actor, speaker, names) for speaker in speakers)


def test_the_town_has_two_names_and_its_places_no_land(gold: gold_file.Gold) -> None:
    vadisk = [place for reading in gold.readings for place in reading.places if "Tarnholt" in (place.name, *place.names)]
    assert {"Vadisk", "Tarnholt"} <= {place.name for place in vadisk}
    story = tomllib.loads((STORY / "story.toml").read_text(encoding="utf-8"))
    assert all(-50 < place["lat"] < -40 and -135 < place["lon"] < -120 for place in story["places"]), "the open South Pacific"


def test_words_that_are_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("Outlet: The Post\n\nThe river rose. It rose again.\n", encoding="utf-8")
    assert gold_file.text_of(tmp_path / "documents" / "a.txt") == "The river rose. It rose again.\n"
    text = "The river rose. It rose again."
    (span,) = gold_file.find(text, "It <w>rose</w> again")["w"]
    assert text[span.start : span.end] == "rose" and span.start == 19
    assert gold_file.find(text, "rose", 2)[""][0].start == 19
    with pytest.raises(gold_file.GoldError, match="not in the document"):
        gold_file.find(text, "The lake rose")
    with pytest.raises(gold_file.GoldError, match="stands 2 times"):
        gold_file.find(text, "rose")
    with pytest.raises(gold_file.GoldError, match="not closed"):
        gold_file.find(text, "The <w>river")


# ---------------------------------------------------------------- the scores themselves


def _every_score(gold: gold_file.Gold, readings: tuple[Reading, ...], names: scores.Names) -> dict[str, scores.Score]:
    findings = gold.findings
    return {
        "statements": scores.statements(gold, readings, names),
        "acts": scores.acts(gold, readings),
        "answers": scores.answers(gold, readings),
        "figures": scores.figures(gold, readings),
        "times": scores.times(gold, readings),
        "events": scores.events(gold, readings),
        "places": scores.places(gold, readings),
        "parts": scores.parts(gold, readings),
        "documents": scores.documents(gold, readings),
        "disputes": scores.disputes(gold, findings, names),
        "series": scores.series(gold, findings, names),
        "timeline": scores.timeline(gold, findings),
        "reactions": scores.reactions(gold, findings, names),
        "silences": scores.silences(gold, findings, names),
        "origins": scores.origins(gold, findings, readings),
    }


def test_the_gold_scores_full_against_itself(gold: gold_file.Gold, names: scores.Names) -> None:
    for name, score in _every_score(gold, gold.readings, names).items():
        assert score.total > 0 and score.recall == 1.0, (name, score.missed)


def test_text_around_the_paragraphs_does_not_matter(gold: gold_file.Gold, names: scores.Names) -> None:
    shift = "Skip to content\n\n"

    def moved(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(moved(each) for each in value)
        if not isinstance(value, msgspec.Struct):
            return value
        fields = {field: moved(getattr(value, field)) for field in value.__struct_fields__}
        if "start" in fields:
            fields |= {"start": fields["start"] + len(shift), "end": fields["end"] + len(shift)}  # type: ignore[operator]
        return type(value)(**fields)

    readings = []
    for reading in gold.readings:
        other = moved(reading)
        assert isinstance(other, Reading)
        document = msgspec.structs.replace(other.document, text=shift + reading.document.text)
        readings.append(msgspec.structs.replace(other, document=document))
    for name, score in _every_score(gold, tuple(readings), names).items():
        assert score.recall == 1.0, (name, score.missed)


def test_nothing_read_scores_nothing(gold: gold_file.Gold, names: scores.Names) -> None:
    empty = tuple(msgspec.structs.replace(each, statements=(), figures=(), events=(), places=(), times=()) for each in gold.readings)
    one_by_one = (scores.figures(gold, empty), scores.times(gold, empty), scores.places(gold, empty))
    for score in (scores.statements(gold, empty, names), *one_by_one):
        assert score.found == 0 and len(score.missed) == score.total


def test_the_wrong_speaker_is_no_hit(gold: gold_file.Gold, names: scores.Names) -> None:
    def mistaken(reading: Reading) -> Reading:
        changed = tuple(
            msgspec.structs.replace(each, speaker=msgspec.structs.replace(each.speaker, name="Pell Nobody") if each.speaker else None)
            for each in reading.statements
        )
        return msgspec.structs.replace(reading, statements=changed)

    readings = tuple(mistaken(each) for each in gold.readings)
    without_speaker = sum(each.speaker is None for reading in gold.readings for each in reading.statements)
    assert scores.statements(gold, readings, names).found == without_speaker == 1
    assert scores.acts(gold, readings).recall == 1.0


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("Calla Venning", "Venning", True),
        ("Calla Venning", "Foreign Minister Calla Venning", True),
        ("Keldan Defence Ministry", "Keldany’s Defence Ministry", True),
        ("Government of Keldany", "Ombrey", True),
        ("Maravelian Interior Ministry", "the Interior Ministry", True),
        ("Keldan Defence Ministry", "Maravelian Interior Ministry", False),
        ("Keldan Defence Ministry", "the ministry", False),
        ("Government of Norrel", "Norrel Press", False),
        ("Nerin Adavale", "office of Nerin Adavale", False),
        ("Calla Venning", "Calla Brenwick", False),
        ("Calla Venning", None, False),
        (None, None, True),
    ],
)
def test_names(names: scores.Names, want: str | None, got: str | None, same: bool) -> None:
    assert scores.same_name(want, got, names) is same
