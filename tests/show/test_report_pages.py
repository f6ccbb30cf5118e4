"""The report's newer parts: the first screen, what changed, versions, side pages, and how much evidence it holds."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import lxml.html
import msgspec
import pytest

from presstime.compile import write_pages
from presstime.findings import Change, Conflict, Findings, FoundDocument, Line, Point, Series, Side, Telling, TimelineEntry, Trace
from presstime.records import Span
from presstime.show import Material, render_report
from presstime.show.disputes import claim_words
from presstime.show.paging import FOLDER, MAIN, Limits, Piece, Section, divide, lean, relink
from presstime.show.passages import mark_text, without_repeats
from presstime.show.report import report_pages
from presstime.show.rows import counted_words
from presstime.show.visible import Restrictions

from .pages import material
from .story import AUTHORITY, COUNCIL, GATES, MINISTRY, Desk, story

TINY = Limits(whole=0, page=6_000, share=3_000)


def page_of(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html)


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def found(made: Material, **fields: object) -> Material:
    return msgspec.structs.replace(made, findings=msgspec.structs.replace(made.findings, **fields))


# ---------------------------------------------------------------- the first screen


def test_the_first_screen_says_why_there_can_be_no_more_origins() -> None:
    page = page_of(render_report(story()))
    (why,) = page.xpath("//details[@class='why']")
    assert words(why).startswith(
        "Why at most 6 independent origins 3 documents are Coast Wire’s reports, or copies of them; 5 other documents"
    )
    assert "the most there can be" in words(why)


def test_conflicting_figures_stand_side_by_side_and_are_named() -> None:
    desk = Desk(
        "doc-tolls",
        "Velm Post",
        [("paragraph", "The council counts 7 dead. The ministry counts 4 dead.")],
        published="2026-03-03T12:00:00Z",
    )
    seven = desk.count("7 dead", "killed", 7, 7, statement=desk.say("Velm council", "The council", "counts", "7 dead"))
    four = desk.count("4 dead", "killed", 4, 4, statement=desk.say("Sea Ministry", "The ministry", "counts", "4 dead"))
    made = story().findings.series[0]
    line, point = type(made.lines[0]), type(made.lines[0].points[0])
    series = type(made)(
        id="series-tolls",
        measure="killed",
        lines=(
            line(giver="Velm council", points=(point(figure=seven, as_of=None, low=7, high=7, qualifier="exact"),)),
            line(giver="Sea Ministry", points=(point(figure=four, as_of=None, low=4, high=4, qualifier="exact"),)),
        ),
        latest=(seven, four),
        conflicts=(Conflict(one=seven, other=four),),
    )
    page = page_of(render_report(material([desk.reading()], series=(series,))))
    (values,) = page.xpath("//ul[contains(@class, 'values')]")
    assert [words(one) for one in values.xpath("./li/b")] == ["7", "4"]
    assert "Velm council" in words(values) and "Sea Ministry" in words(values)
    assert "cannot both be true" in words(page.xpath("//section[@id='glance']")[0])
    assert "Cannot both be true: 7 (Velm council) and 4 (Sea Ministry)." in words(page.xpath("//section[@id='figures']//caption")[0])


def test_the_first_screen_names_both_sides_or_that_no_response_was_found() -> None:
    page = page_of(render_report(story()))
    told = [words(one) for one in page.xpath("//ul[contains(@class, 'disputed')]/li")]
    assert COUNCIL in told[0] and f"Denied by {GATES}, Tomas Behl" in told[0] and f"No response found from {AUTHORITY}" in told[0]
    assert "No response found as of 20:00, 3 March 2026 (Europe/Berlin)." in told[1]


def test_a_side_has_its_time_and_its_origins() -> None:
    made = story()
    claim = made.findings.claims[0]
    sides = (
        Side(
            role="claims",
            names=(COUNCIL,),
            statements=claim.statements,
            words=claim.words,
            at="2026-03-03T09:10:00+01:00",
            origins=("origin-wire",),
            independent_at_most=1,
            counted="3 documents: 3 carry Coast Wire’s copy",
        ),
        Side(role="denies", names=(GATES,), statements=made.findings.disputes[0].denials, words="no", independent_at_most=2, counted="2"),
    )
    dispute = msgspec.structs.replace(made.findings.disputes[0], sides=sides)
    page = page_of(render_report(found(made, disputes=(dispute,))))
    left, right = (words(one) for one in page.xpath("//section[@id='disputes']//div[@class='side']"))
    assert "At most one origin (3 documents: 3 carry Coast Wire’s copy); first on record 09:10, 3 March 2026." in left
    assert f"Denied by {GATES} At most 2 independent origins (2)." in right


def test_a_claim_reads_as_one_quotation() -> None:
    assert claim_words("“To fire is a crime,” … “The sirens sounded.”") == "To fire is a crime … The sirens sounded"
    assert claim_words("the “full withdrawal” from the coast") == "The ‘full withdrawal’ from the coast"
    assert claim_words("the report “does not hold.") == "The report ‘does not hold’"


def test_a_long_count_is_cut() -> None:
    assert counted_words("3 documents: 3 report themselves") == "3 documents: 3 report themselves"
    assert counted_words("9 documents: 1 a, 2 b, 3 c, 2 d, 1 e") == "9 documents: 1 a, 2 b, 3 c, and others"


# ---------------------------------------------------------------- lines


def test_every_statement_has_form_origin_count_and_evidence() -> None:
    page = page_of(render_report(story()))
    lines = page.xpath("//section[@id='voices']//article//div[@class='said']")
    assert len(lines) > 10
    for line in lines:
        (meta,) = line.xpath("./div[@class='meta']")
        assert line.get("data-form") in words(meta) and line.get("data-act") in words(meta)
        assert "one origin" in words(meta) or re.search(r"\d documents?, at most \d independent origins?", words(meta))
        assert meta.xpath(".//a[starts-with(@href, '#s-')]")


def test_three_prints_of_a_statement_are_one_origin_unless_traced_elsewhere() -> None:
    made = story()
    claim = made.findings.claims[0]
    page = page_of(render_report(made))
    (line,) = [one for one in page.xpath("//section[@id='voices']//div[@class='said']") if "gates were opened on purpose" in words(one)]
    assert "3 documents, at most 1 independent origin" in words(line)
    traced = found(made, traces=(Trace(record=claim.statements[2], origin="origin-radio", how="told to Radio Ledovia"),))
    page = page_of(render_report(traced))
    (line,) = [one for one in page.xpath("//section[@id='voices']//div[@class='said']") if "gates were opened on purpose" in words(one)]
    assert "3 documents, at most 2 independent origins" in words(line)


def test_statements_are_indexed_by_act_and_by_time() -> None:
    page = page_of(render_report(story()))
    ids = set(page.xpath("//@id"))
    lines = page.xpath("//section[@id='voices']//div[@class='said']")
    for listed in page.xpath("//section[@id='voices']//ul[@class='lines']"):
        links = listed.xpath("./li/a/@href")
        assert len(links) == len(lines) and {link[1:] for link in links} <= ids
    heads = page.xpath("//section[@id='voices']//ul[@class='lines']/li[@class='lead']/text()")
    assert "denial (2)" in [head.lower() for head in heads] and any(head.startswith("3 March 2026 (") for head in heads)


def test_background_stands_apart_from_the_timeline() -> None:
    made = story()
    old = next(entry for entry in made.findings.timeline if entry.id == "entry-old")
    page = page_of(render_report(found(made, timeline=made.findings.timeline[:1], background=(old,))))
    (apart,) = page.xpath("//h3[@id='background']/following-sibling::ol[1]")
    assert "2011" in words(apart)
    (events,) = page.xpath("//h3[@id='background']/preceding-sibling::ol[@class='events']")
    assert "2011" not in words(events)


def test_an_event_has_its_narrowest_time_and_its_origins() -> None:
    made = story()
    entry = msgspec.structs.replace(
        made.findings.timeline[0],
        from_="2026-03-03T03:20:00+01:00",
        to="2026-03-03T03:21:00+01:00",
        precision="time",
        independent_at_most=2,
        counted="3 documents: 2 carry Coast Wire’s copy, 1 reports itself",
    )
    page = page_of(render_report(found(made, timeline=(entry,))))
    (event,) = page.xpath("//li[@class='event']")
    assert words(event.xpath("./h3")[0]).startswith("03:20, 3 March 2026:")
    assert "At most 2 independent origins (3 documents: 2 carry Coast Wire’s copy, 1 reports itself)." in words(event)
    assert len(event.xpath(".//p[@class='when']")) == 2


def test_a_later_version_says_what_it_changed() -> None:
    old = Desk("doc-old", "Velm Post", [("paragraph", "Two boats sank. The pier burned.")], published="2026-03-03T08:00:00Z")
    new = Desk("doc-new", "Velm Post", [("paragraph", "Three boats sank. A crane fell.")], published="2026-03-03T09:00:00Z")
    changes = (
        Change(kind="changed", before=old.span("Two boats sank."), after=new.span("Three boats sank.")),
        Change(kind="withdrawn", before=old.span("The pier burned.")),
        Change(kind="added", after=new.span("A crane fell.")),
    )
    documents = (FoundDocument(id="doc-old"), FoundDocument(id="doc-new", version_of="doc-old", changes=changes))
    made = material([old.reading(), new.reading()], documents=documents)
    page = page_of(render_report(made))
    (versions,) = page.xpath("//article[@id='d-doc-new']//div[@class='versions']")
    assert [words(one) for one in versions.xpath(".//li")] == [
        "changed Two boats sank. Three boats sank.",
        "withdrawn The pier burned.",
        "added A crane fell.",
    ]
    assert page.xpath("//article[@id='d-doc-old']//a/@href") == ["#d-doc-new"]


def test_evidence_has_the_whole_hash_and_when_it_was_gathered() -> None:
    made = story()
    page = page_of(render_report(made))
    for reading in made.readings:
        (article,) = page.xpath("//article[@id=$id]", id=f"d-{reading.document.id}")
        assert reading.document.sha256 in words(article)
        gathered = "07:05" if reading.document.id == "doc-early" else "19:"
        assert words(article.xpath(".//dt[text()='Gathered']/following-sibling::dd[1]")[0]).startswith(gathered)


# ---------------------------------------------------------------- what changed


def test_what_changed_leads_to_where_it_stands_now() -> None:
    made = story()
    entry = TimelineEntry(
        id="entry-more",
        type="AID",
        place=None,
        standing="reported",
        tellings=(Telling(event=made.findings.timeline[0].tellings[2].event, standing="reported", giver="Karsa Courier"),),
    )
    flood = msgspec.structs.replace(made.findings.timeline[0], tellings=made.findings.timeline[0].tellings[:2])
    before = found(made, disputes=made.findings.disputes[1:], series=made.findings.series[1:], as_of="2026-03-03T14:00:00+01:00")
    before = msgspec.structs.replace(before, as_of="2026-03-03T14:00:00+01:00")
    page = page_of(render_report(found(made, timeline=(flood, entry)), since=before))
    (card,) = page.xpath("//div[@class='card alone']")
    assert words(page.xpath("//p[@class='since']")[0]).startswith("Since the edition as of 14:00, 3 March 2026: 1 dispute newly denied")
    assert f"Newly denied by {GATES}, Tomas Behl" in words(card) and "#dispute-1" in card.xpath(".//a/@href")
    (section,) = page.xpath("//section[@id='changes']")
    assert f"{MINISTRY}, killed: Velm: 19" in words(section)
    assert {link[1:] for link in section.xpath(".//a/@href")} <= set(page.xpath("//@id"))


def test_without_an_earlier_edition_nothing_is_said_of_changes() -> None:
    page = page_of(render_report(story()))
    assert not page.xpath("//section[@id='changes'] | //div[@class='card alone']")


def test_a_correction_note_stands_above_everything_else() -> None:
    page = page_of(render_report(story(), correction="Correction to the edition as of noon:\n- It said: 3. It should have said: 4."))
    (note,) = page.xpath("//aside[@class='correction']")
    assert words(note) == "Correction to the edition as of noon: It said: 3. It should have said: 4."


# ---------------------------------------------------------------- how much evidence


def test_with_links_alone_no_text_but_the_lines_words_is_there() -> None:
    html = render_report(story(), evidence="link")
    page = page_of(html)
    assert not page.xpath("//mark[@id] | //div[@class='text']")
    assert "A banner in the square read" not in html and "“never again”" in words(page)
    links = page.xpath("//section[@id='voices']//article//a/@href")
    assert "#d-doc-wire" in links and {one[1:] for one in links} <= set(page.xpath("//@id"))
    assert page.xpath("//article[@id='d-doc-wire']//a/@href") == ["https://example.org/oru"]


@pytest.mark.parametrize("evidence", ["full", "excerpt", "link"])
def test_what_is_confidential_is_on_no_page(evidence: str) -> None:
    made = story()
    secret = next(r for r in made.readings if r.document.id == "doc-karsa")
    pages = report_pages(made, evidence=evidence, restrictions=Restrictions(confidential=frozenset({"doc-karsa"})), limits=TINY)  # type: ignore[arg-type]
    everything = " ".join(pages.values())
    assert (
        "Karsa Courier" not in everything and "under the weight of the ice" not in everything and secret.document.sha256 not in everything
    )


def test_a_confidential_statement_is_cut_out_of_the_lines_beside_it() -> None:
    made = story()
    denial = made.findings.disputes[0].denials[0]
    kept = Restrictions(confidential=frozenset({denial}))
    html = render_report(made, restrictions=kept)
    (wire,) = page_of(html).xpath("//article[@id='d-doc-wire']")
    assert "strongly denied the claim" not in words(wire) and "At least 12 people have died" in words(wire)


# ---------------------------------------------------------------- pages


def test_a_short_report_is_one_page() -> None:
    assert list(report_pages(story())) == [MAIN]


def test_a_long_report_has_side_pages_and_every_link_finds_its_end() -> None:
    made = story()
    pages = report_pages(made, since=found(made, disputes=()), limits=TINY)
    assert len(pages) > 3 and all(name == MAIN or name.startswith(f"{FOLDER}/") for name in pages)
    parsed = {name: page_of(html) for name, html in pages.items()}
    ids = {name: set(page.xpath("//@id")) for name, page in parsed.items()}
    for name, page in parsed.items():
        assert len(page.xpath("//@id")) == len(ids[name])
        for href in page.xpath("//a/@href"):
            if href.startswith("http"):
                continue
            target, _, anchor = href.partition("#")
            there = str((Path("/x") / name).parent.joinpath(target).resolve().relative_to("/x")) if target else name
            assert there in pages, href
            assert not anchor or anchor in ids[there], (name, href)
    whole = page_of(render_report(made, since=found(made, disputes=())))
    missing = {one for one in whole.xpath("//@id") if one[:2] in ("s-", "l-", "d-")} - set().union(*ids.values())
    assert missing <= set(whole.xpath("//span[not(node())]/@id"))  # a line's further anchors, whose links lead to its first


def test_side_pages_stand_alone() -> None:
    for name, html in report_pages(story(), limits=TINY).items():
        page = page_of(html)
        assert page.get("lang") == "en" and len(page.xpath("//main")) == 1 and len(page.xpath("//h1")) == 1
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']") and not page.xpath("//@src | //link")
        if name != MAIN:
            assert "../report.html" in page.xpath("//a/@href") and "As of 20:00, 3 March 2026" in words(page)


def test_pieces_are_divided_without_loss_and_leads_come_again() -> None:
    pieces = tuple(Piece(html=f"<li>{number:03}</li>" * 1000, lead=f"<h3>{number // 100}</h3>") for number in range(400))
    section = Section(key="voices", title="Voices", pieces=pieces, opening="<ul>", closing="</ul>")
    main, side = divide([section], Limits())
    portions = (main["voices"], *side["voices"])
    assert portions[0].first == 1 and portions[-1].last == 400
    assert all(after.first == before.last + 1 for before, after in itertools.pairwise(portions))
    assert all(one.html.startswith("<ul><h3>") and one.html.endswith("</ul>") and len(one.html) < 1_300_000 for one in portions)
    numbers = [int(each) for one in portions for each in dict.fromkeys(re.findall(r"<li>(\d{3})", one.html))]
    assert numbers == list(range(400))
    assert [one.page for one in side["voices"]][:2] == ["report-pages/voices-2.html", "report-pages/voices-3.html"]


def test_links_are_led_to_the_page_that_has_their_anchor() -> None:
    pages = relink(
        {
            MAIN: '<i id="a"></i><a href="#a"></a><a href="#b"></a>',
            f"{FOLDER}/x-1.html": '<i id="b"></i><a href="#a"></a><a href="#c"></a>',
            f"{FOLDER}/y-1.html": '<i id="c"></i>',
        }
    )
    assert re.findall('href="([^"]+)"', pages[MAIN]) == ["#a", "report-pages/x-1.html#b"]
    assert re.findall('href="([^"]+)"', pages[f"{FOLDER}/x-1.html"]) == ["../report.html#a", "y-1.html#c"]


def test_side_pages_of_an_earlier_longer_report_are_removed(tmp_path: Path) -> None:
    write_pages(tmp_path, {MAIN: "long", f"{FOLDER}/voices-2.html": "more", f"{FOLDER}/voices-3.html": "most"})
    write_pages(tmp_path, {MAIN: "shorter", f"{FOLDER}/voices-2.html": "less"})
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.html")) == ["report-pages/voices-2.html", "report.html"]
    write_pages(tmp_path, {MAIN: "short"})
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_the_same_material_gives_the_same_pages() -> None:
    assert report_pages(story(), limits=TINY) == report_pages(story(), limits=TINY)


# ---------------------------------------------------------------- shorter pages


def test_a_near_copy_leaves_out_what_its_original_has_word_for_word() -> None:
    shared, own = "The pier was dark before the boats came in.", "Nobody on the second boat had slept."
    first = Desk("doc-first", "Daily Ostra", [("paragraph", shared), ("paragraph", "The mayor thanked them.")])
    copy = Desk("doc-copy", "Velm Post", [("paragraph", shared), ("paragraph", own)])
    blocks = {one.document.id: mark_text(one.document, (), (Span(start=0, end=len(one.document.text)),)) for one in (first, copy)}
    left = without_repeats(blocks["doc-copy"], blocks["doc-first"], "d-doc-first")
    assert [block.kind for block in left] == ["same", "paragraph"]
    assert left[0].tokens[0].text == "d-doc-first" and left[1].tokens[0].text == own


def test_what_sets_direction_stays_where_something_runs_from_right_to_left() -> None:
    latin, arabic = '<p dir="auto"><bdi>Velm</bdi></p>', '<p dir="auto"><bdi>فيلم</bdi></p>'
    assert lean(latin) == "<p>Velm</p>" and lean(arabic) == arabic
    turned = '<p dir="auto"><bdi>a\u202eb</bdi></p>'
    assert lean(turned) == turned


def test_a_count_is_put_only_where_one_of_its_figures_is() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "In Velm five people died. The ministry sits in Karsa.")], published="2026-03-03")
    velm, karsa = desk.place("Velm", "x:velm"), desk.place("Karsa", "x:karsa")
    figure = desk.count("five people died", "killed", 5, 5, place=velm)
    point = Point(figure=figure, as_of=None, low=5, high=5, qualifier="exact")
    lines = (Line(giver="Daily Ostra", points=(point,)),)
    for place, wanted in (("x:velm", "Killed: Velm"), ("x:karsa", "Killed")):
        findings = Findings(as_of="x", series=(Series(id="series-1", measure="killed", place=place, lines=lines),))
        made = Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=findings, readings=(desk.reading(),))
        captions = page_of(render_report(made)).xpath(
            "//section[@id='figures']//caption/text() | //section[@id='figures']//caption/bdi/text()"
        )
        assert captions[0].strip() == wanted
    assert karsa
