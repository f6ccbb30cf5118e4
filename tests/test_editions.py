"""Editions: frozen, the same to the byte, compared in words, corrected by a note; and what people decide."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from presstime.cli import main
from presstime.decisions import decide, undo
from presstime.editions import compare, list_editions, publish, write_again
from presstime.ledger import Ledger, new_correction
from presstime.problems import InputError, LedgerError
from presstime.records import Span
from presstime.story import LEDGER, new_story
from tests.combine.made import Made

NOON = "2031-05-04T12:00:00+02:00"
EVENING = "2031-05-04T20:00:00+02:00"


def morning() -> Made:
    made = Made("a", "The Velm Ministry of Health said three people were killed in Sarn.", "2031-05-04T10:00:00+02:00")
    said = made.say("The Velm Ministry of Health", "three people were killed in Sarn")
    made.count("three people were killed", 3, 3, statement=said)
    return made


def afternoon() -> Made:
    made = Made("b", "The Velm Ministry of Health said seven people were killed in Sarn.", "2031-05-04T16:00:00+02:00")
    said = made.say("The Velm Ministry of Health", "seven people were killed in Sarn")
    made.count("seven people were killed", 7, 7, statement=said)
    return made


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "flood"
    new_story(folder, "Flood")
    with Ledger.open(folder / LEDGER) as ledger:
        ledger.enter_reading(morning().reading)
        ledger.enter_reading(afternoon().reading)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_an_edition_is_frozen_and_comes_out_the_same_to_the_byte(story: Path) -> None:
    edition, folder = publish(story, as_of=NOON)
    first = contents(folder)
    assert set(first) == {"report.html", "brief.md", "findings.json", "edition.json"}
    assert edition.kind == "published"
    assert edition.sha256 == hashlib.sha256(edition.json.encode()).hexdigest()
    with Ledger.open(story / LEDGER) as ledger:
        late = Made("c", "Nothing else was heard.", "2031-05-04T09:00:00+02:00")
        ledger.enter_reading(late.reading)
    for path in folder.iterdir():
        path.unlink()
    assert contents(write_again(story, edition.id)) == first


def test_the_same_edition_twice_is_one_and_a_draft_is_another(story: Path) -> None:
    one, _ = publish(story, as_of=NOON, now=datetime.fromisoformat(EVENING))
    again, _ = publish(story, as_of=NOON)
    draft, _ = publish(story, as_of=NOON, kind="draft")
    assert one == again
    assert [(e.id, e.kind) for e in list_editions(story)] == [(one.id, "published"), (draft.id, "draft")]


def test_what_differs_is_said_in_words_with_the_old_line(story: Path) -> None:
    _, noon = publish(story, as_of=NOON)
    _, evening = publish(story, as_of=EVENING)
    words = [line.words for line in compare(noon, evening)]
    assert any("Changed: " in w and "now" not in w and "7" in w and "; before: " in w and "3" in w for w in words), words
    assert any(w.startswith("New: ") and "B Post" in w for w in words)
    assert compare(evening, evening) == ()


def test_news_is_no_correction(story: Path) -> None:
    publish(story, as_of=NOON)
    edition, _ = publish(story, as_of=EVENING)
    assert edition.correction is None


def test_a_published_line_put_right_later_yields_a_note_that_names_it(story: Path) -> None:
    first, _ = publish(story, as_of=NOON)
    document = morning().reading.document
    start = document.text.index("three people were killed")
    span = Span(start=start, end=start + len("three people were killed"))
    with Ledger.open(story / LEDGER) as ledger:
        for field in ("low", "high"):
            ledger.enter_correction(
                new_correction(document, "figure", (span,), field=field, before="3", after="13", by="desk", at=EVENING, why="misheard")
            )
    second, folder = publish(story, as_of=EVENING)
    assert second.correction is not None
    assert "It said: " in second.correction
    assert ": 3." in second.correction
    assert ": 13." in second.correction
    assert (folder / "correction.md").read_text(encoding="utf-8").strip() == second.correction
    assert list_editions(story)[0] == first  # the old edition stays as it was


def test_what_is_no_edition_is_told_what_to_give(story: Path, tmp_path: Path) -> None:
    _, folder = publish(story, as_of=NOON)
    with pytest.raises(InputError, match="is no edition; give an edition's folder"):
        compare(folder, tmp_path)
    with pytest.raises(InputError, match="there is no edition nothing"):
        write_again(story, "nothing")
    with pytest.raises(LedgerError):
        publish(new_story(tmp_path / "empty").folder)


def test_the_commands(story: Path) -> None:
    run = CliRunner()
    done = run.invoke(main, ["publish", str(story), "--as-of", NOON])
    assert done.exit_code == 0, done.output
    assert "published edition as of" in done.output
    run.invoke(main, ["publish", str(story), "--as-of", EVENING, "--draft"])
    listed = run.invoke(main, ["editions", str(story)]).output.splitlines()
    assert len(listed) == 2
    ids = [line.split()[0] for line in listed]
    told = run.invoke(main, ["diff", *(str(story / "editions" / each) for each in ids)])
    assert told.exit_code == 0
    assert "Changed: " in told.output
    as_json = run.invoke(main, ["diff", "--json", *(str(story / "editions" / each) for each in ids)])
    assert '"kind": "changed"' in as_json.output


def test_a_decision_is_entered_and_taken_back_and_never_lost(story: Path) -> None:
    publish(story, as_of=EVENING)
    with Ledger.open(story / LEDGER) as ledger:
        findings = ledger.findings()
    assert findings is not None
    ids = [actor.id for actor in findings.actors]
    with pytest.raises(InputError, match="two different actors"):
        decide(story, "same", ids[0], ids[0], by="desk")
    with pytest.raises(InputError, match="no actor and no event with the id nobody"):
        decide(story, "same", ids[0], "nobody", by="desk")
    with pytest.raises(InputError, match="there is no decision"):
        undo(story, "nothing", by="desk")
