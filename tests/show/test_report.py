"""The report as a reader and a browser meet it: whole links, marked words, nothing loaded, nothing executed."""

from __future__ import annotations

import base64
import hashlib
import itertools
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presstime.findings import Dispute, Findings, Telling, TimelineEntry
from presstime.records import Document, Figure, Part, Problem, Reading, Span, Speaker, Statement, Unattributed
from presstime.show import Material, render_brief, render_report
from presstime.show.material import independent_at_most, index_material
from presstime.show.passages import collect_passages, printable
from presstime.show.rows import make_view
from presstime.show.timeline import entry_rows

from .story import AUTHORITY, COUNCIL, READER, RELIEF, Desk, story

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def html() -> str:
    return render_report(story())


@pytest.fixture(scope="module")
def page(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html)


def check_links(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    for href in page.xpath("//a/@href"):
        if href.startswith("#"):
            assert href[1:] in set(ids), href
        else:
            assert href.startswith(("https://", "http://")), href


def marked_words(page: lxml.html.HtmlElement, anchor: str) -> str:
    return "".join(mark.text_content() for mark in page.xpath("//mark[@id=$anchor or @data-s=$anchor]", anchor=anchor))


def check_marks(page: lxml.html.HtmlElement, material: Material) -> int:
    index = index_material(material)
    count = 0
    for passage in collect_passages(index):
        if passage.anchor is None:
            continue
        words = printable(index.documents[passage.document].text[passage.start : passage.end])
        shown = marked_words(page, passage.anchor)
        if len(words.split("\n\n")) == 1:
            assert shown == words
        else:
            assert "".join(shown.split()) == "".join(words.split())
        count += 1
    return count


def test_every_link_has_its_end(page: lxml.html.HtmlElement) -> None:
    check_links(page)


def test_every_mark_is_the_words_of_its_span(page: lxml.html.HtmlElement) -> None:
    assert check_marks(page, story()) > 30


def test_every_line_leads_to_a_passage(page: lxml.html.HtmlElement) -> None:
    lines = page.xpath("//main//*[starts-with(@id, 'l-')]")
    assert lines
    for line in lines:
        row = line if line.tag != "span" else line.getparent()
        while not row.xpath(".//a[starts-with(@href, '#s-')]"):
            row = row.getparent()
            assert row.tag in ("div", "tr", "li", "article"), line.get("id")


def test_every_record_has_its_line(page: lxml.html.HtmlElement) -> None:
    material = story()
    wanted = {passage.back for passage in collect_passages(index_material(material)) if passage.back}
    assert wanted <= set(page.xpath("//@id"))


def test_marks_lead_back(page: lxml.html.HtmlElement) -> None:
    backs = page.xpath("//a[@class='back']/@href")
    assert len(backs) == len(set(backs)) > 20


def test_nothing_is_loaded_and_only_our_script_may_run(page: lxml.html.HtmlElement, html: str) -> None:
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //@src | //@srcset | //@action")
    assert not [name for name in page.xpath("//@*/..") for name in name.attrib if name.startswith("on")]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'") and f"script-src 'sha256-{digest}';" in policy and "form-action 'none'" in policy
    assert "@import" not in html and "url(" not in html
    assert "fetch(" not in script.text and "innerHTML" not in script.text


def test_headings_are_in_order(page: lxml.html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_headers(page: lxml.html.HtmlElement) -> None:
    for table in page.xpath("//table"):
        assert table.xpath("./caption") and table.xpath(".//th[@scope='col']") and table.xpath(".//th[@scope='row']")


def test_landmarks_and_language(page: lxml.html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.xpath(f"//{landmark}")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]


def words_of(page: lxml.html.HtmlElement, path: str) -> str:
    return " ".join(" ".join(node.text_content().split()) for node in page.xpath(path))


def test_as_of_line(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//p[@class='asof']")
    assert words == "As of 20:00, 3 March 2026 (Europe/Berlin); 8 documents from 8 outlets, at most 6 independent origins; 3 problems."


def test_copies_share_an_origin() -> None:
    assert independent_at_most(index_material(story())) == 6


def test_latest_figures_leave_out_what_was_superseded(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//section[@id='glance']")
    assert "19" in words and "About 140" in words and "At least 12" not in words


def test_superseded_figures_stay_in_the_table(page: lxml.html.HtmlElement) -> None:
    rows = page.xpath("//tr[@class='superseded']")
    assert any("At least 12" in row.text_content() and "superseded by" in row.text_content() for row in rows)


def test_three_prints_of_one_figure_are_one_line(page: lxml.html.HtmlElement) -> None:
    rows = [row for row in page.xpath("//section[@id='figures']//tr") if "At least 12" in row.text_content()]
    assert len(rows) == 1
    assert all(outlet in rows[0].text_content() for outlet in ("Coast Wire", "The Velm Post", "Harbour Daily"))


def test_figures_in_no_series_are_kept(page: lxml.html.HtmlElement) -> None:
    assert "About 2,300" in words_of(page, "//section[@id='figures']")


def test_figures_of_other_events_say_so(page: lxml.html.HtmlElement) -> None:
    captions = [" ".join(caption.text_content().split()) for caption in page.xpath("//section[@id='figures']//caption")]
    assert any(caption.startswith("Killed: Velm (earlier events)") for caption in captions)
    assert "earlier events" not in words_of(page, "//section[@id='glance']")


def test_a_part_leads_to_its_whole(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//section[@id='figures']//a[text()='part of 19 killed']")


def test_a_dispute_has_two_sides(page: lxml.html.HtmlElement) -> None:
    first = page.xpath("//section[@id='disputes']//article")[0]
    left, right = first.xpath(".//div[@class='side']")
    assert COUNCIL in left.text_content() and "denied the claim" in right.text_content()
    assert f"No response from {AUTHORITY} found in the 8 documents gathered by 20:00, 3 March 2026" in right.text_content()


def test_a_claim_without_a_denial_says_what_was_gathered(page: lxml.html.HtmlElement) -> None:
    second = page.xpath("//section[@id='disputes']//article")[1]
    assert "No response found in the 8 documents gathered by 20:00, 3 March 2026 (Europe/Berlin)." in second.text_content()


def test_differing_times_stand_side_by_side(page: lxml.html.HtmlElement) -> None:
    entry = page.xpath("//div[@class='tellings differ']")[0]
    assert [when.text_content() for when in entry.xpath(".//p[@class='when']")] == ["03:20, 3 March 2026", "About 04:00, 3 March 2026"]
    assert "Claimed by Tomas Behl" in entry.text_content() and "Reported by Coast Wire and The Velm Post" in entry.text_content()


def test_statements_stand_under_their_actor(page: lxml.html.HtmlElement) -> None:
    voice = next(one for one in page.xpath("//article[@class='voice']") if one.xpath("./h3")[0].text_content() == RELIEF)
    assert "also named the union" in voice.text_content() and "“Boats must pass.”" in voice.text_content()


def test_silences_are_worded_as_what_was_gathered(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//section[@id='reactions']")
    assert f"No response from {AUTHORITY} found in the 8 documents gathered by 20:00, 3 March 2026" in words
    assert "refus" not in words.replace("That is not a refusal to answer.", "")


def test_quotes_without_a_speaker_are_kept_with_the_reason(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//section[@id='loose']")
    assert "never again" in words and "Words on a banner" in words and "Speaker not told" in words


def test_dates_and_undated_are_marked(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//section[@id='sources']")
    assert "only a date: counted on its whole day" in words and "undated: counted from when it was gathered" in words


def test_problems_name_the_file_and_the_reason(page: lxml.html.HtmlElement) -> None:
    words = words_of(page, "//section[@id='problems']")
    assert "notes.docx" in words and "The file is not text." in words and "The document is in Arabic" in words


def swapped(text: str) -> str:
    """The two sides' names exchanged; they are of one length, so that offsets hold."""
    return text.replace("Ledovian", "\x01").replace("Karsavan", "Ledovian").replace("\x01", "Karsavan")


def test_swapping_the_sides_changes_only_the_names() -> None:
    material = story()
    other = msgspec.json.decode(swapped(msgspec.json.encode(material).decode()), type=Material)
    pages = [lxml.html.fromstring(html).text_content() for html in (render_report(material), swapped(render_report(other)))]
    assert sorted(pages[0].split()) == sorted(pages[1].split())
    briefs = [render_brief(material), swapped(render_brief(other))]
    assert sorted(briefs[0].split("## Notes")[0].split()) == sorted(briefs[1].split("## Notes")[0].split())


def test_excerpts_leave_out_what_no_line_refers_to() -> None:
    material = story()
    full, excerpt = render_report(material), render_report(material, evidence="excerpt")
    assert "Sign up for the World Desk letter." in full and "Sign up for the World Desk letter." not in excerpt
    page = lxml.html.fromstring(excerpt)
    check_links(page)
    check_marks(page, material)
    assert "do not publish it as it stands" in full and "do not publish it as it stands" not in excerpt


def hostile(text: str, spans: list[tuple[int, int]], kinds: list[str]) -> Material:
    found: dict[str, list[Any]] = {"statement": [], "figure": [], "unattributed": [], "problem": []}
    document = Document(
        id="doc-" + text[:3],
        sha256="0" * 64,
        text=text,
        outlet=text[:20] or None,
        headline=text[:30] or None,
        published="2026-03-03",
        language="en",
        url="javascript:alert(1)",
        parts=(Part(kind="paragraph", start=0, end=len(text) // 2),),
    )
    for number, ((start, end), kind) in enumerate(zip(spans, kinds, strict=True)):
        if kind == "statement":
            found[kind].append(
                Statement(
                    id=f"{number} {text[:4]}",
                    speaker=Speaker(start=start, end=end, name=text[:10] or "x", how="x", confidence=1),
                    cue=None,
                    content=(Span(start=start, end=end),),
                    form="direct",
                    act="claim",
                    confidence=1,
                )
            )
        elif kind == "figure":
            found[kind].append(
                Figure(
                    id=f"f{number}",
                    start=start,
                    end=end,
                    measure="killed",
                    low=1,
                    high=1,
                    qualifier="exact",
                    words=text[start:end],
                    group=text[:9],
                    confidence=1,
                )
            )
        elif kind == "unattributed":
            found[kind].append(Unattributed(start=start, end=end, reason=text[:12] or "x"))
        else:
            found[kind].append(Problem(where=document.id, what="x", why=text[:12], start=start, end=end))
    reading = Reading(
        document=document,
        reader=READER,
        statements=tuple(found["statement"]),
        figures=tuple(found["figure"]),
        unattributed=tuple(found["unattributed"]),
        problems=tuple(found["problem"]),
    )
    findings = Findings(
        as_of="2026-03-03T20:00:00Z",
        disputes=(Dispute(id="d", about=text[:40], claim="no", claimed_by=(text[:8],), denied_by=(), denials=()),),
    )
    return Material(title=text[:40], as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=findings, readings=(reading,))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_text_and_any_spans(data: st.DataObject) -> None:
    pieces = st.sampled_from(
        ["a", " ", "\n\n", "“", "”", '"', "<", "&", SCRIPT, "\x00", "\u202e", "🌊", "ب", "\r", "\x0c", "\ud800", "x. Y", "'", "]]>"]
    )
    text = "".join(data.draw(st.lists(pieces, min_size=1, max_size=30)))
    edge = st.integers(0, len(text))
    spans = [(min(pair), max(pair)) for pair in data.draw(st.lists(st.tuples(edge, edge), max_size=8))]
    kinds = [data.draw(st.sampled_from(["statement", "figure", "unattributed", "problem"])) for _ in spans]
    material = hostile(text, spans, kinds)
    html = render_report(material)
    html.encode("utf-8")
    assert html.lower().count("<script") == 1
    assert "javascript:" not in html
    page = lxml.html.fromstring(html)
    check_links(page)
    index = index_material(material)
    for passage in collect_passages(index):
        if passage.anchor is not None:
            words = printable(text[passage.start : passage.end])
            shown = marked_words(page, passage.anchor)
            # White space between the parts of a page is not shown, and a form feed is white space.
            assert "".join(shown.split()).replace("␌", "") == "".join(words.split()).replace("␌", "")


def test_templates_hold_no_unescaped_output() -> None:
    templates = Path(__file__).parents[2] / "src/presstime/show/templates"
    for template in templates.iterdir():
        assert "|safe" not in template.read_text("utf-8").replace(" ", "")


def test_a_claim_of_nobody_named_is_not_the_outlets_and_a_pronoun_names_nobody() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "They allegedly shelled the pier in Ostra.")])
    event = desk.event("shelled", "ASSAULT", "claimed", actor=desk.participant("They"), recipient=desk.participant("the pier"))
    reading = desk.reading()
    told = Telling(event=event, from_=None, to=None, standing="claimed", giver="Daily Ostra", origin="o")
    entry = TimelineEntry(id="entry", type="ASSAULT", place=None, tellings=(told,), standing="claimed", times_differ=False)
    findings = Findings(as_of="x", timeline=(entry,))
    index = index_material(Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=findings, readings=(reading,)))
    ((row,),) = (one.tellings for one in entry_rows(make_view(index, collect_passages(index))))
    assert row.standing == "claimed by a speaker not told; in Daily Ostra" and row.who == ("towards: the pier",)
