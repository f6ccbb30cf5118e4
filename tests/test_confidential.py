"""What people mark as confidential or under embargo is in no file; what they say beside the record is printed with it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from presstime.cli import main
from presstime.corrections import correct_all, let_through, mark, own_handle
from presstime.editions import compare, publish, write_again
from presstime.exporting import Options, export_story, story_material
from presstime.ledger import Ledger
from presstime.records import Reading
from presstime.show.visible import restrictions_of, visible_material
from presstime.story import LEDGER, new_story
from tests.combine.made import Made

EVENING = "2031-05-04T20:00:00+02:00"
LONG_PAST = datetime.fromisoformat("2031-05-04T21:00:00+02:00")
SECRET = ("Orrin", "seven people", "brigade")
"""Words that stand in the marked material alone."""


def open_document() -> Reading:
    made = Made("a", "The Velm Ministry of Health said three people were killed in Sarn.", "2031-05-04T10:00:00+02:00")
    made.count("three people were killed", 3, 3, statement=made.say("The Velm Ministry of Health", "three people were killed in Sarn"))
    return made.reading


def secret_document() -> Reading:
    made = Made("b", "It rained. The Orrin brigade said seven people were killed in Sarn. Roads were shut.", "2031-05-04T16:00:00+02:00")
    made.count("seven people were killed", 7, 7, statement=made.say("The Orrin brigade", "seven people were killed in Sarn"))
    return made.reading


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "flood"
    new_story(folder, "Flood", "Europe/Berlin")
    with Ledger.open(folder / LEDGER) as ledger:
        ledger.enter_reading(open_document())
        ledger.enter_reading(secret_document())
    return folder


def holds_secret(data: bytes) -> bool:
    return any(word in data.decode("utf-8", "replace") for word in SECRET)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and LEDGER not in path.name}


def everything_told(story: Path, as_of: str = EVENING) -> dict[str, bytes]:
    """All that leaves a story: report, brief, findings, an edition, exports, and what the commands print."""
    run = CliRunner()
    assert run.invoke(main, ["report", str(story), "--as-of", as_of]).exit_code == 0
    told = {"combine": run.invoke(main, ["combine", str(story), "--as-of", as_of]).stdout_bytes}
    publish(story, as_of=as_of, evidence="full")
    for format_ in ("csv", "sqlite", "geojson", "jsonl", "jsonld", "ics", "atom", "markdown", "acled", "ged", "plover"):
        export_story(story, format_, story / "out" / f"{format_}-x", Options(evidence="full"))
    return told | files(story)


def marked(story: Path, what: str, field: str, value: object) -> None:
    with Ledger.open(story / LEDGER) as ledger:
        mark(ledger, what, field, value, by="desk", why="a source at risk")


def test_without_a_mark_it_is_told(story: Path) -> None:
    told = everything_told(story)
    for name in ("combine", "report.html", "brief.md", "findings.json", "out/jsonl-x", "out/markdown-x"):
        assert holds_secret(told[name]), name


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        ("b", "confidential", True),
        ("b", "embargo", "2031-05-05T06:00:00+02:00"),
        ("statement", "confidential", True),
        ("statement", "embargo", "2031-05-05T06:00:00+02:00"),
    ],
)
def test_what_is_marked_is_in_no_file(story: Path, what: str, field: str, value: object) -> None:
    marked(story, secret_document().statements[0].id if what == "statement" else what, field, value)
    for name, data in everything_told(story).items():
        assert not holds_secret(data), name


def test_an_embargo_that_has_ended_keeps_nothing_back(story: Path) -> None:
    marked(story, "b", "embargo", "2020-05-04T18:00:00+02:00")
    assert holds_secret(everything_told(story)["report.html"])


def test_a_report_as_of_a_coming_moment_lifts_no_embargo(story: Path) -> None:
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    with Ledger.open(story / LEDGER) as ledger:  # published today, as the ledger's clock has it
        old = secret_document()
        ledger.enter_reading(replace(old, document=replace(old.document, id="b2", published="2020-01-01")))
        mark(ledger, "b2", "embargo", tomorrow.isoformat(), by="desk")
        mark(ledger, "b", "confidential", True, by="desk")
    later = (tomorrow + timedelta(days=9)).isoformat(timespec="seconds")
    for name, data in everything_told(story, later).items():
        assert not holds_secret(data), name


def test_a_statement_stays_kept_out_whatever_a_newer_reader_finds_there(story: Path) -> None:
    marked(story, secret_document().statements[0].id, "confidential", True)
    newer = secret_document()
    with Ledger.open(story / LEDGER) as ledger:
        ledger.enter_reading(
            replace(newer, reader=replace(newer.reader, model="n"), statements=(), figures=(replace(newer.figures[0], statement=None),))
        )
    for name, data in everything_told(story).items():
        assert not holds_secret(data), name


def test_clearing_one_half_leaves_the_other_kept_out(story: Path) -> None:
    text = secret_document().document.text
    statement = secret_document().statements[0]
    with Ledger.open(story / LEDGER) as ledger:
        mark(ledger, statement.id, "confidential", True, by="desk")
        first = ledger.corrections()[0]
        middle = text.index(" in Sarn")
        half = replace(
            first, id="cleared", spans=(replace(first.spans[0], end=middle),), words=text[first.spans[0].start : middle], after="false"
        )
        ledger.enter_correction(half)
        (left,) = restrictions_of(ledger.corrections()).passages or (None,)
    # the half that was cleared is most of it, and so the same record: all of it is cleared
    assert left is None
    with Ledger.open(story / LEDGER) as ledger:
        mark(ledger, statement.id, "confidential", True, by="desk", why="again")
        short = replace(half, id="less", spans=(replace(first.spans[0], start=middle + 4),), words=text[middle + 4 : first.spans[0].end])
        ledger.enter_correction(short)
        (left,) = restrictions_of(ledger.corrections()).passages
    assert [text[s.start : s.end] for s in left.spans] == ["seven people were killed in "[: middle + 4 - first.spans[0].start]]


def test_the_tables_tell_the_desk_what_is_kept_out(story: Path) -> None:
    marked(story, secret_document().statements[0].id, "embargo", "2031-05-05T06:00:00+02:00")
    with Ledger.open(story / LEDGER) as ledger:
        rows = ledger._connection.execute("SELECT document, confidential, embargo FROM figure ORDER BY document").fetchall()
        assert rows == [("a", 0, None), ("b", 0, "2031-05-05T04:00:00+00:00")]
        mark(ledger, "b", "confidential", True, by="desk")
        assert ledger._connection.execute("SELECT confidential FROM statement WHERE document = 'b'").fetchall() == [(1,)]
        mark(ledger, "b", "confidential", False, by="desk")
        assert ledger._connection.execute("SELECT confidential FROM statement WHERE document = 'b'").fetchall() == [(0,)]


# ---------------------------------------------------------------- editions


def test_an_edition_stays_the_same_to_the_byte_and_tells_no_more_than_may_be_told_now(story: Path) -> None:
    first, folder = publish(story, as_of=EVENING, evidence="full")
    before = files(folder)
    assert any(holds_secret(data) for data in before.values())
    marked(story, "b", "confidential", True)
    write_again(story, first.id)
    assert files(folder) == before
    second, other = publish(story, as_of=EVENING, evidence="full")
    assert not any(holds_secret(data) for data in files(other).values())
    assert not holds_secret((second.correction or "").encode())
    assert not any(holds_secret(line.words.encode()) for line in compare(folder, other))
    assert "b" not in [each["id"] for each in json.loads((other / "edition.json").read_text())["inputs"]["documents"]]
    out = story / "again.jsonl"
    export_story(folder, "jsonl", out, Options(evidence="full"))
    assert not holds_secret(out.read_bytes())


# ---------------------------------------------------------------- said beside


def test_what_is_said_beside_the_record_goes_with_it(story: Path) -> None:
    toll, said = secret_document().figures[0], secret_document().statements[0]
    with Ledger.open(story / LEDGER) as ledger:
        correct_all(ledger, toll.id, {"low": 17, "high": 17}, by="Ana", why="misheard", now=LONG_PAST)
        mark(ledger, said.id, "check", {"by": "Ana", "how": "called the brigade", "result": "confirmed"}, by="Ana", now=LONG_PAST)
        mark(ledger, said.id, "translation", {"language": "de", "words": "sieben Menschen"}, by="Ana", now=LONG_PAST)
        mark(ledger, "b", "translates", "a", by="Ana", now=LONG_PAST)
        mark(ledger, "b", "outlet", "Delta Wire", by="Ana", now=LONG_PAST)
        own_handle(ledger, "@orrin", "The Orrin brigade", by="Ana", now=LONG_PAST)
        let_through(ledger, "Dob Larrick", by="Ana", now=LONG_PAST)
    material = story_material(story, EVENING)
    assert [(m.state, m.by, m.at, m.why) for m in (material.reviews[toll.id],)] == [("corrected", "Ana", LONG_PAST.isoformat(), "misheard")]
    assert [(c.by, c.how, c.result) for c in material.checks[said.id]] == [("Ana", "called the brigade", "confirmed")]
    assert (material.translations[said.id].words, material.translates) == ("sieben Menschen", {"b": "a"})
    assert material.handles == {"@orrin": "The Orrin brigade"}
    assert material.let_through == {"Dob Larrick"}
    assert [r.document.outlet for r in material.readings if r.document.id == "b"] == ["Delta Wire"]
    assert any(p.low == 17 for s in material.findings.series for line in s.lines for p in line.points)
    with Ledger.open(story / LEDGER) as ledger:
        mark(ledger, "b", "confidential", True, by="desk")
        hidden = visible_material(material, restrictions_of(ledger.corrections()))
    assert (hidden.reviews, hidden.checks, hidden.translations, hidden.translates, hidden.handles) == ({}, {}, {}, {}, {})


def test_a_document_published_later_than_was_thought_counts_from_then(story: Path) -> None:
    marked(story, "b", "published", "2031-05-04T22:00:00+02:00")
    assert [r.document.id for r in story_material(story, EVENING).readings] == ["a"]
    newer = secret_document()
    with Ledger.open(story / LEDGER) as ledger:
        ledger.enter_reading(replace(newer, reader=replace(newer.reader, model="n")))
        assert [d.published for d in ledger.documents()][1] == "2031-05-04T22:00:00+02:00"
        assert next(r for r in ledger.readings() if r.document.id == "b").document.published == "2031-05-04T16:00:00+02:00"


# ---------------------------------------------------------------- commands


def test_the_commands(story: Path) -> None:
    run = CliRunner()
    toll = secret_document().figures[0].id

    def done(*arguments: str) -> str:
        result = run.invoke(main, [arguments[0], str(story), *arguments[1:], *(("--by", "Ana") if arguments[0] != "corrections" else ())])
        assert result.exit_code == 0, result.output
        return result.output

    assert "low: 7 → 17" in done("correct", toll, "low", "17", "high", "17", "--why", "misheard")
    batch = json.loads(done("corrections", "--of", toll, "--json").splitlines()[0])["batch"]
    assert "taken back: correction-" in done("undo", batch)
    assert done("corrections", "--of", toll).count("(taken back)") == 2
    assert "added" in done("correct", "b", "--add", "Roads were shut", "--speaker", "The Orrin brigade")
    assert "withdrawn" in done("correct", toll, "--withdraw")
    assert "confidential: null → true" in done("mark", "b", "confidential", "yes")
    assert "embargo" in done("mark", "b", "embargo", "2031-05-05T06:00+02:00")
    assert "check" in done("mark", "b", "check", "genuine", "--how", "reverse image search")
    assert "owner" in done("mark", "@orrin", "owner", "The Orrin brigade")
    assert "let_through: false → true" in done("let-through", "Dob Larrick")
    assert json.loads(done("corrections", "--json").splitlines()[-1])["words"] == "Dob Larrick"
    for wrong, message in (
        (["mark", str(story), "b", "confidential", "perhaps"], "confidential is true or false"),
        (["mark", str(story), "b", "embargo", "2031-05-05"], "a moment with its offset"),
        (["mark", str(story), "nothing", "confidential", "yes"], "there is no record 'nothing'"),
        (["correct", str(story), "b", "--add", "not in the text"], "do not stand"),
        (["undo", str(story), "nothing"], "there is no decision and no correction nothing"),
    ):
        result = run.invoke(main, wrong)
        assert (result.exit_code, message in result.output) == (1, True), result.output
    assert run.invoke(main, ["correct", str(story), toll]).exit_code == 2
