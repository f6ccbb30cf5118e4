"""`make speed` fails where reading has become slower in proportion to the language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import speed
from presstime import Context, Document, Reading, read_document

TEXT = "The mayor of Sarn, Ilan Voss, said that at least 12 people were injured when the bridge fell. The company denied it.\n\n"


@pytest.mark.parametrize(("times", "status"), [(1, 0), (4, 1)])
def test_a_reading_that_takes_much_longer_fails(
    times: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 15, encoding="utf-8")

    def again_and_again(document: Document, context: Context) -> Reading:
        return [read_document(document, context) for _ in range(times)][-1]

    monkeypatch.setattr(speed, "EXAMPLE", tmp_path)
    monkeypatch.setattr(speed, "ENOUGH_WORDS", 1)
    monkeypatch.setattr(speed, "RATIO", 2.0)  # this text is not the example's
    monkeypatch.setattr(speed, "read_document", again_and_again)
    assert speed.main([]) == status
    assert ("slower: the whole reading takes" in capsys.readouterr().out) == bool(status)


def test_without_the_examples_documents_nothing_is_said_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(speed, "EXAMPLE", tmp_path / "nowhere")
    monkeypatch.setattr(speed, "STARTS", 1)
    assert speed.main([]) == 1
