"""What the pages show: nothing of a document's markup, nothing from elsewhere, what is asked for, and nothing that is kept out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.app import ROUTES
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Ledger, new_correction
from presstime.records import Span

from .desks import ATTACK, PASSWORD, client, csrf_of, hostile_reading, logged_in, made_story

DOCUMENT = hostile_reading().document.id
ONES = ("statement", "figure", "series", "timeline", "dispute", "found_actor", "edition")
PLACE_OF = {
    "timeline": "events",
    "found_actor": "actors",
    "statement": "statements",
    "figure": "figures",
    "dispute": "disputes",
    "edition": "editions",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = made_story(tmp_path_factory.mktemp("pages"))
    accounts = Accounts(folder)
    accounts.add("Edvar Moss", "editor", PASSWORD)
    accounts.add("Rea Lind", "reader", PASSWORD)
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    yield opened
    opened.close()


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    return logged_in(desk, "Edvar Moss")


def paths(desk: Desk) -> list[str]:
    """Every page there is for GET, those of one record with every such record."""
    plain = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path and not route.path.startswith("/api/")]
    with desk.looking() as look:
        of_one = [
            f"/{PLACE_OF.get(table, table + 's')}/{quote(str(one), safe='')}"
            for table in ONES
            for one in look.column(f"SELECT id FROM {table}")
        ]
        of_one += [f"/documents/{quote(str(one), safe='')}" for one in look.column("SELECT id FROM document")]
        of_one += [f"/places/{quote(str(one), safe='')}" for one in look.column("SELECT DISTINCT coalesce(gazetteer, name) FROM place")]
    searched = [
        f"/{page}?q={quote(word)}" for page in ("search", "statements", "documents", "figures") for word in (ATTACK, "susa", "drowned")
    ]
    return [*plain, *of_one, *searched, f"/documents/{quote(DOCUMENT, safe='')}?show=figure", "/nowhere"]


class Page(HTMLParser):
    """What a browser would run and load of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_no_page_runs_or_loads_anything_but_the_desks_own(desk: Desk, browser: TestClient) -> None:
    seen = 0
    for path in paths(desk):
        answer = browser.get(path)
        assert answer.status_code < 500, path
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        seen += 1
        for tag, attributes in Page(answer.text).tags:
            assert not any(name.startswith("on") or name == "style" for name in attributes), (path, tag, attributes)
            assert tag not in ("style", "iframe", "object", "embed", "base", "img"), (path, tag)
            for name in ("src", "href", "action", "formaction", "data", "poster"):
                assert (attributes.get(name) or "/").startswith(("/", "#")), (path, tag, attributes)
                assert not (attributes.get(name) or "/").startswith("//"), (path, tag, attributes)
            if tag == "script":
                assert (attributes.get("src") or "").startswith(("/assets/desk.js?", "/assets/review.js?"))
        assert "<script>" not in answer.text
        assert "<img" not in answer.text
    assert seen > 40


def test_what_a_stranger_wrote_is_shown_as_he_wrote_it(browser: TestClient) -> None:
    page = browser.get(f"/documents/{quote(DOCUMENT, safe='')}").text
    assert "&lt;script&gt;alert(" in page
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_pages_are_not_kept_by_caches_and_assets_are(browser: TestClient) -> None:
    assert browser.get("/").headers["cache-control"] == "no-store"
    address = re.search(r"/assets/desk\.css\?[0-9a-f]+", browser.get("/").text)
    assert address is not None
    assert "immutable" in browser.get(address[0]).headers["cache-control"]


# ---------------------------------------------------------------- lists, pages, filters


def total(browser: TestClient, path: str) -> int:
    return int(browser.get(f"/api/v1{path}").json()["total"])


def test_filters_leave_what_fits(browser: TestClient) -> None:
    answer = browser.get("/api/v1/statements?act=denial").json()
    assert answer["total"] > 0
    assert {one["act"] for one in answer["items"]} == {"denial"}
    everything = total(browser, "/statements")
    assert sum(total(browser, f"/statements?form={form}") for form in ("direct", "mixed", "indirect", "narrated")) == everything
    assert 0 < total(browser, "/figures?measure=killed&low=7") < total(browser, "/figures?measure=killed")
    assert total(browser, f"/documents?outlet={quote('Outlet ' + ATTACK)}") == 1
    assert total(browser, "/statements?review=corrected") == 0
    assert total(browser, f"/statements?document={quote(DOCUMENT)}") == 1
    assert total(browser, "/statements?actor=found-mayor") == 1


def test_the_pages_of_a_list_have_every_record_once(browser: TestClient) -> None:
    first = browser.get("/api/v1/statements").json()
    found = [one["id"] for page in range(1, first["pages"] + 1) for one in browser.get(f"/api/v1/statements?page={page}").json()["items"]]
    assert len(found) == len(set(found)) == first["total"]
    assert browser.get("/api/v1/statements?page=999").json()["items"] == []


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "act=shouting", "document=" + "x" * 600])
def test_a_filter_that_cannot_be_is_told(browser: TestClient, query: str) -> None:
    assert browser.get(f"/statements?{query}").status_code == 400
    answer = browser.get(f"/api/v1/statements?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_filter_that_is_not_known_is_told_to_scripts(browser: TestClient) -> None:
    assert "acts" in browser.get("/api/v1/statements?acts=denial").json()["error"]["message"]


def test_the_disputed_toll_stands_first_on_the_overview(browser: TestClient) -> None:
    page = browser.get("/").text
    assert page.index("Figures on which givers differ") < page.index("Disputes <") < page.index("Newest documents")


# ---------------------------------------------------------------- from a reading to its words and back


def test_every_reading_leads_to_its_words_and_back(browser: TestClient) -> None:
    page = browser.get(f"/documents/{quote(DOCUMENT, safe='')}").text
    for one in (*hostile_reading().statements, *hostile_reading().figures, *hostile_reading().places):
        assert f'id="{one.id}"' in page, "its words"
        assert f'href="#{one.id}"' in page, "the way to them"
        assert f'id="to-{one.id}"' in page, "its line in the list"
    statement = hostile_reading().statements[0].id
    alone = browser.get(f"/statements/{statement}").text
    assert f"/documents/{quote(DOCUMENT, safe='')}?at={statement}#{statement}" in alone
    assert "is not so" in alone


def test_only_the_kind_asked_for_is_marked(browser: TestClient) -> None:
    page = browser.get(f"/documents/{quote(DOCUMENT, safe='')}?show=figure").text
    assert f'id="{hostile_reading().figures[0].id}"' in page
    assert f'id="{hostile_reading().statements[0].id}"' not in page


# ---------------------------------------------------------------- searching


@pytest.mark.parametrize("query", ["velm", "VELM", "Велм", "Vélm"])
def test_scripts_and_accents_make_no_difference_and_the_documents_own_letters_are_shown(browser: TestClient, query: str) -> None:
    found = {each["kind"]: each for each in browser.get(f"/api/v1/search?q={quote(query)}").json()}
    hit = next(hit for hit in found["document"]["hits"] if hit["id"] == DOCUMENT)
    assert next(hit["excerpt"][span["start"] : span["end"]] for span in hit["hits"]) == "Велм"
    assert any(hit["title"] == "Велм" for hit in found["place"]["hits"])


@pytest.mark.parametrize("query", ["Susa", "şuşa", "Shusha", "SHUŞA"])
def test_a_place_is_found_however_it_is_spelled(browser: TestClient, query: str) -> None:
    found = {each["kind"]: each for each in browser.get(f"/api/v1/search?q={quote(query)}").json()}
    assert [hit["title"] for hit in found["place"]["hits"]] == ["Şuşa"]


def test_an_actor_is_found_by_any_of_its_names(browser: TestClient) -> None:
    found = {each["kind"]: each for each in browser.get("/api/v1/search?q=serban").json()}
    assert [hit["id"] for hit in found["actor"]["hits"]] == ["found-mayor"]


@pytest.mark.parametrize("query", ["", "   ", '"', "***", "' OR 1=1 --", "%", "\x00", "a" * 400, "NEAR(", "日本"])
def test_any_text_may_be_searched_for(browser: TestClient, query: str) -> None:
    for page in ("search", "statements", "documents", "figures", "places", "actors", "disputes"):
        assert browser.get(f"/{page}", params={"q": query}).status_code == 200


# ---------------------------------------------------------------- what is new


def test_what_is_new_is_told_on_every_page_until_one_has_looked(desk: Desk, browser: TestClient) -> None:
    assert 'class="news has" href="/new">new<' in browser.get("/").text
    assert browser.post("/seen", data={"csrf": csrf_of(desk, browser)}).status_code == 303
    assert "nothing new" in browser.get("/statements").text
    toll = hostile_reading().figures[0]
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        made = new_correction(
            hostile_reading().document,
            "figure",
            (Span(start=toll.start, end=toll.end),),
            field="low",
            before="7",
            after="9",
            by="Adela Morn",
            at="2026-03-04T11:00:00+01:00",
            why="a slip of the keys",
        )
        ledger.enter_correction(made)
    page = browser.get("/statements").text
    assert "1 new" in page
    assert "a slip of the keys" in browser.get("/new").text
    figure = browser.get(f"/figures/{toll.id}").text
    assert "at least 9" in figure.lower()
    assert 'class="state corrected"' in figure
    assert "Adela Morn" in figure
    assert "a slip of the keys" in browser.get("/log").text
    other = logged_in(desk, "Rea Lind")
    assert 'class="news has" href="/new">new<' in other.get("/").text, "each person has looked for themselves only"


# ---------------------------------------------------------------- what is kept out


def test_a_reader_is_shown_nothing_confidential_and_an_editor_is_told_that_it_is(desk: Desk, browser: TestClient) -> None:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        headlines = Counter(document.headline for document in ledger.documents())
        own = {reading.document.id for reading in ledger.readings() if reading.statements and reading.document.id != DOCUMENT}
        secret = next(one for one in ledger.documents() if one.headline and one.id in own and headlines[one.headline] == 1)
        before = {page: logged_in(desk, "Rea Lind").get(page).text for page in ("/documents", "/api/v1/overview")}
        assert secret.id in before["/documents"]
        common = {"by": "Adela Morn", "at": "2026-03-04T12:00:00+01:00", "why": "asked by the source", "before": None}
        ledger.enter_correction(new_correction(secret, "document", (), field="confidential", after="true", **common))  # type: ignore[arg-type]
    reader = logged_in(desk, "Rea Lind")
    place = f"/documents/{quote(secret.id, safe='')}"
    assert reader.get(place).status_code == 404
    assert reader.get(f"/api/v1{place}").status_code == 404
    assert "confidential" in browser.get(place).text
    with desk.looking() as look:
        tables = ("statement", "figure", "event")
        records = [str(one) for each in tables for one in look.column(f"SELECT id FROM {each} WHERE document = :of", of=secret.id)]
    assert records
    whole = secret.headline or ""
    for path in paths(desk):
        text = reader.get(path).text
        assert secret.id not in text, path
        assert whole not in text, path
        assert not any(f'"{one}"' in text or f"/{one}" in text for one in records), path
    for page in (
        "statements",
        "figures",
        "documents",
        "events",
        "log",
        "places",
        "actors",
        "series",
        "disputes",
        "search?q=" + quote(whole),
    ):
        text = reader.get(f"/api/v1/{page}").text
        assert secret.id not in text, page
    assert secret.id in browser.get("/documents").text


def test_a_reader_is_shown_a_text_with_a_gap_where_a_statement_is_kept_out(desk: Desk, browser: TestClient) -> None:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        reading = next(
            one for one in ledger.readings() if one.document.id != DOCUMENT and len(one.statements) > 1 and len(one.document.text) > 300
        )
        said = reading.statements[0]
        words = " ".join(reading.document.text[span.start : span.end] for span in said.content)
        made = new_correction(
            reading.document,
            "statement",
            said.content,
            field="embargo",
            before=None,
            after='"2999-01-01T00:00:00+00:00"',
            by="Adela Morn",
            at="2026-03-04T12:30:00+01:00",
            why="",
        )
        ledger.enter_correction(made)
    place = f"/documents/{quote(reading.document.id, safe='')}"
    reader = logged_in(desk, "Rea Lind")
    assert words[:60] not in reader.get(place).text
    assert "[kept out]" in reader.get(place).text
    assert words not in reader.get(f"/api/v1{place}").json()["document"]["text"]
    assert reader.get(f"/statements/{said.id}").status_code == 404
    assert words[:20] in browser.get(f"/statements/{said.id}").text
    found = {each["kind"]: each for each in reader.get(f"/api/v1/search?q={quote(words[:40])}").json()}
    assert said.id not in str(found.get("statement"))


def test_the_log_in_page_tells_nothing_of_what_is_in_the_story(desk: Desk) -> None:
    page = client(desk).get("/login").text
    assert "Headline" not in page
    assert 'name="password"' in page
