"""Searching: words and phrases in any case, with or without accents, and nothing typed is an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_readings import made_document, made_reading

from presstime.ledger import Hit, Ledger
from presstime.ledger.search import match_expression


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("search") / "ledger.db") as ledger:
        ledger.enter_reading(made_reading(1, rounds=1))
        ledger.enter_document(made_document(2, "Шарнский мост стоит. The café by the bridge is open.", headline="Life at the crossing"))
        yield ledger


def found(ledger: Ledger, query: str) -> list[str]:
    return [hit.statement or hit.document for hit in ledger.search(query)]


def test_statements_come_first_and_then_documents_with_the_words_marked(ledger: Ledger) -> None:
    statement = next(statement.id for statement in made_reading(1, rounds=1).statements if statement.act == "denial")
    first, second = ledger.search("gezim")
    assert first == Hit(document="doc-1", statement=statement, excerpt="the bridge at [Gëzim] had fallen")
    assert (second.document, second.statement) == ("doc-1", None)
    assert "[Gëzim]" in second.excerpt


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("café", ["doc-2"]),
        ("CAFE bridge", ["doc-2"]),
        ("cafe dam", []),
        ("шарнский", ["doc-2"]),
        ('"bridge is open"', ["doc-2"]),
        ('"open is bridge"', []),
        ("crossing", ["doc-2"]),
        ("", []),
        ("  !!! ", []),
        ('"', []),
        ("bridge OR dam", []),
        ("cafe*", ["doc-2"]),
        ("text:cafe", []),
        ("café) AND (bridge", []),
    ],
)
def test_what_is_found(ledger: Ledger, query: str, documents: list[str]) -> None:
    assert found(ledger, query) == documents


def test_the_limit_holds_for_each_kind(ledger: Ledger) -> None:
    assert len(ledger.search("bridge")) == 3
    assert len(ledger.search("bridge", limit=1)) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text() | st.text("\"'()*:^-+{}NEAR ORANDabc\0", max_size=30))
def test_any_text_is_a_query(ledger: Ledger, query: str) -> None:
    ledger.search(query)
    assert match_expression(query).count('"') % 2 == 0
