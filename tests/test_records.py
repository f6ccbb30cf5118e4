"""The interchange format reads back to equal records."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from strategies import contexts, findings, readings

from presstime.findings import Findings
from presstime.records import ACTS, EVENT_TYPES, MEASURES, Context, Document, Reader, Reading, Record, Span, Time


@given(readings())
def test_a_reading_reads_back_equal(reading: Reading) -> None:
    line = msgspec.json.encode(reading)
    assert b"\n" not in line
    assert msgspec.json.decode(line, type=Reading) == reading
    plain = json.loads(line)  # another program's JSON makes no difference
    assert msgspec.json.decode(json.dumps(plain, indent=1), type=Reading) == reading


@given(findings())
def test_findings_read_back_equal(found: Findings) -> None:
    assert msgspec.json.decode(msgspec.json.encode(found), type=Findings) == found


@given(contexts())
def test_a_context_reads_back_equal(context: Context) -> None:
    assert msgspec.json.decode(msgspec.json.encode(context), type=Context) == context


@settings(max_examples=40)
@given(readings())
def test_the_strategies_give_readings_whose_ids_references_and_offsets_hold(reading: Reading) -> None:
    length = len(reading.document.text)
    kinds = ("actors", "statements", "figures", "events", "places", "times")
    ids = {kind: [record.id for record in getattr(reading, kind)] for kind in kinds}
    assert all(len(set(found)) == len(found) for found in ids.values())
    for figure in reading.figures:
        assert reading.document.text[figure.start : figure.end] == figure.words
        assert figure.statement is None or figure.statement in ids["statements"]
    for event in reading.events:
        assert 0 <= event.start <= event.end <= length
        assert event.place is None or event.place in ids["places"]
    for statement in reading.statements:
        assert all(0 <= span.start <= span.end <= length for span in statement.content)


def test_a_times_from_is_from_in_json() -> None:
    time = Time(id="t", start=0, end=1, value="2023", kind="date", from_="2023-01-01", to="2024-01-01", confidence=1.0)
    written = json.loads(msgspec.json.encode(time))
    assert written["from"] == "2023-01-01"
    assert "from_" not in written


def test_what_the_format_does_not_allow_is_refused() -> None:
    good = {"document": {"id": "d", "sha256": "", "text": ""}, "reader": {"presstime": "", "model": "", "context": ""}}
    assert msgspec.convert(good, Reading).document.credits == ()
    with pytest.raises(msgspec.ValidationError, match="act"):
        msgspec.convert(
            {
                **good,
                "statements": [{"id": "s", "speaker": None, "cue": None, "content": [], "form": "direct", "act": "lie", "confidence": 1.0}],
            },
            Reading,
        )
    with pytest.raises(msgspec.ValidationError, match="missing required field `reader`"):
        msgspec.convert({"document": good["document"]}, Reading)


def test_records_are_frozen_keyword_only_and_hold_tuples() -> None:
    reading = Reading(document=Document(id="d", sha256="", text=""), reader=Reader(presstime="", model="", context=""))
    with pytest.raises(AttributeError):
        reading.statements = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        Span(0, 1)  # type: ignore[misc]
    hash(reading)
    for type_ in Record.__subclasses__():
        assert type_.__struct_config__.frozen, type_


def test_the_lists_of_kinds_are_designs() -> None:
    assert len(ACTS) == 16
    assert (ACTS[0], ACTS[-1]) == ("denial", "claim")
    assert len(EVENT_TYPES) == 16
    assert len(MEASURES) == 9
