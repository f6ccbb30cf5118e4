"""What is published holds no held-back name: not in the report, not in an export, until a person has let it through."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import lxml.html
import msgspec
import pytest
from msgspec import structs

from presstime.exporting import FORMATS, Options, made_files
from presstime.findings import Claim, Dispute, Line, Point, Series
from presstime.show import Material, render_report
from presstime.show.held_back import find_held
from presstime.show.material import index_material
from presstime.show.report import report_pages
from presstime.show.visible import Restrictions, visible_material
from presstime.show.withheld import COVER, published_material

from .test_brief_held_back import material

ADDRESS = "https://ostra.example/2026/ana-lutt-killed"
NAMES = ("Lutt", "LUTT", "lutt", "Behl", "BEHL", "behl")


def told(kind: str = "published") -> Material:
    """The road at Velm with its names wherever a record can hold one."""
    made = material(kind)
    (reading,) = made.readings
    document = structs.replace(reading.document, url=ADDRESS, byline="Ana Lutt’s cousin", name="ana_lutt.html")
    statement = reading.statements[0]
    findings = structs.replace(
        made.findings,
        claims=(Claim(id="claim-1", statements=(statement.id,), words="Behl blocked the road"),),
        disputes=(
            Dispute(
                id="dispute-1",
                about="whether Tomas Behl blocked the road",
                claim="claim-1",
                claimed_by=("Ilse Moran",),
                denied_by=("Tomas Behl",),
                denials=(statement.id,),
                no_response=(),
            ),
        ),
        series=(
            Series(
                id="series-1",
                measure="killed",
                lines=(Line(giver="Tomas Behl", points=(Point(figure="figure-none", as_of=None, qualifier="exact", low=1, high=1),)),),
            ),
        ),
    )
    return structs.replace(made, title="What Behl did", findings=findings, readings=(structs.replace(reading, document=document),))


def text_of(name: str, data: bytes) -> str:
    if name.endswith(".parquet"):
        return ""  # its columns are compressed; it holds the tables that csv holds
    if name.endswith(".pdf"):
        pypdf = pytest.importorskip("pypdf")
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())
    return data.decode("utf-8", "replace")


def names_in(text: str) -> list[str]:
    return [name for name in NAMES if name in text]


def test_a_draft_keeps_its_names() -> None:
    made = told("draft")
    assert published_material(made) is made and names_in(render_report(made))


@pytest.mark.parametrize("evidence", ["full", "excerpt", "link"])
def test_a_published_report_has_none_of_them(evidence: Any) -> None:
    pages = report_pages(told(), evidence=evidence, since=told())
    assert not [name for html in pages.values() for name in names_in(html)]
    html = next(iter(pages.values()))
    assert "name held back" in html and "Moran" in html and COVER not in lxml.html.fromstring(html).text_content()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_published_export_has_none_of_them(format_: str) -> None:
    files = made_files(told(), format_, Options(evidence="full"))
    assert not [name for file, data in files.items() for name in names_in(text_of(file, data))]
    if format_ in ("csv", "jsonl", "xlsx", "jsonld"):
        assert "Moran" in "".join(text_of(file, data) for file, data in files.items())


def test_offsets_stay_true() -> None:
    before, after = told(), published_material(told())
    (one,), (other,) = before.readings, after.readings
    assert len(one.document.text) == len(other.document.text)
    differing = {a for a, b in zip(one.document.text, other.document.text, strict=True) if a != b}
    assert differing and all(letter.isalnum() for letter in differing)
    assert [s.content for s in one.statements] == [s.content for s in other.statements]
    assert other.document.url is None and one.document.url == ADDRESS


def test_two_people_never_share_a_stand_in() -> None:
    names = [actor.name for actor in published_material(told()).findings.actors]
    assert len(set(names)) == len(names) == 3 and "Ilse Moran" in names
    assert published_material(told()).findings.disputes[0].denied_by == ("[a dealer, name held back]",)


def test_who_is_let_through_is_printed() -> None:
    let = visible_material(told(), Restrictions(let_through=frozenset({"Ana Lutt"})))
    html = render_report(told(), restrictions=Restrictions(let_through=frozenset({"Ana Lutt"})))
    assert "Ana Lutt" in html and "Behl" not in html
    assert {one.name for one in find_held(index_material(let), let.let_through)} == {"Tomas Behl"}
    data = made_files(told(), "jsonl", Options(evidence="full", restrictions=Restrictions(let_through=frozenset({"Ana Lutt"}))))
    text = "".join(text_of(name, each) for name, each in data.items())
    assert "Lutt" in text and "Behl" not in text


def test_a_documents_id_that_holds_a_name_is_covered_wherever_it_is_referred_to() -> None:
    made = told()
    raw = msgspec.json.encode(made).replace(b'"doc-1"', b'"lutt-1"')
    other = published_material(msgspec.json.decode(raw, type=Material))
    (reading,) = other.readings
    assert "lutt" not in msgspec.json.encode(other).decode() and reading.document.id.startswith(COVER * 4)
