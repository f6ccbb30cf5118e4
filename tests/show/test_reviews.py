"""What people have done to the record stands on its line, in words and not by colour alone, and in the exports."""

from __future__ import annotations

import csv
import io

import lxml.html
from msgspec import structs

from presstime.exporting import Options, made_files
from presstime.ledger.entries import Check, Reviewed, Translation
from presstime.show import Material, render_report

from .story import story


def looked_at(kind: str = "draft") -> Material:
    made = story()
    statement = next(one for reading in made.readings for one in reading.statements if one.speaker and one.form == "direct")
    figure = made.readings[0].figures[0]
    document = made.readings[0].document.id
    at = "2026-03-04T09:00:00+01:00"
    return structs.replace(
        made,
        findings=structs.replace(made.findings, kind=kind),
        reviews={
            statement.id: Reviewed(state="checked", by="Ana Rel", at=at),
            figure.id: Reviewed(state="corrected", by="Bo Lind", at=at, why="a slip of the pen"),
        },
        checks={
            document: (Check(by="Ana Rel", how="called the newsroom", result="as told", note="ask again", at=at),),
            "@velmi": (Check(by="Bo Lind", how="compared two videos", result="not his account", at=at),),
        },
        handles={"@velmi": "Tomas Behl"},
        translations={statement.id: Translation(language="ka", words="გზა ღიაა", by="Ana Rel")},
    )


def words(html: str) -> str:
    return " ".join(lxml.html.fromstring(html).text_content().split())


def test_lines_say_who_checked_or_corrected_them() -> None:
    told = words(render_report(looked_at()))
    assert "✓ checked by Ana Rel, 09:00, 4 March 2026" in told
    assert "✎ corrected by Bo Lind, 09:00, 4 March 2026: a slip of the pen" in told
    assert "1 record corrected; 1 record checked; 2 checks of sources" in told and "Every other line is the machine’s" in told
    assert "translated (ka) by Ana Rel: “გზა ღიაა”" in told


def test_sources_and_accounts_say_who_checked_them() -> None:
    page = lxml.html.fromstring(render_report(looked_at()))
    assert "checked by Ana Rel (called the newsroom): as told; ask again" in " ".join(page.xpath("//section[@id='sources']//text()"))
    accounts = " ".join(page.xpath("//h3[@id='accounts']/following-sibling::ul[1]//text()"))
    assert "@velmi" in accounts and "of Tomas Behl" in " ".join(accounts.split()) and "not his account" in accounts


def test_what_nobody_has_touched_has_no_mark() -> None:
    page = lxml.html.fromstring(render_report(story()))
    assert not page.xpath("//*[contains(@class, 'review')]") and "Looked at by people" not in page.text_content()


def test_what_is_published_has_no_reasons_and_notes() -> None:
    told = words(render_report(looked_at("published")))
    assert "corrected by Bo Lind" in told and "a slip of the pen" not in told and "ask again" not in told


def rows(name: str, material: Material) -> list[dict[str, str]]:
    data = made_files(material, "csv", Options())[f"{name}.csv"]
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_exports_tell_machine_from_person() -> None:
    made = looked_at()
    states = {row["id"]: row["review"] for table in ("statements", "figures", "events") for row in rows(table, made)}
    assert {one: state for one, state in states.items() if state != "machine"} == {one: r.state for one, r in made.reviews.items()}
    assert len(states) > 5
    checks = rows("checks", made)
    assert [(row["of"], row["by"], row["note"]) for row in checks] == [
        ("'@velmi", "Bo Lind", ""),
        (checks[1]["of"], "Ana Rel", "ask again"),
    ]
    assert [row["note"] for row in rows("checks", looked_at("published"))] == ["", ""]
