from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.show.export.cells import join_list, neutral, plain, split_list, storable


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''+1"])
def test_what_starts_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == "'" + text
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", ["", "a=b", "5", "“=1”", "'tis", "—dash"])
def test_other_text_stays(text: str) -> None:
    assert neutral(text) == text


@given(st.text())
def test_neutralising_loses_nothing_and_leaves_no_formula(text: str) -> None:
    cell = neutral(text)
    assert plain(cell) == text
    assert not cell or cell[0] not in "=+-@\t\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)))))
def test_lists_come_back(items: list[str]) -> None:
    assert split_list(join_list(items)) == tuple(items)


def test_a_list_reads_as_one_writes_it() -> None:
    assert join_list(["Velm Town Council", "a; b", 'say "no"']) == 'Velm Town Council; "a; b"; "say ""no"""'


def test_what_utf8_cannot_hold_is_replaced_and_offsets_stay() -> None:
    assert storable("a\x00b\ud800c") == "a␀b\ufffdc"
