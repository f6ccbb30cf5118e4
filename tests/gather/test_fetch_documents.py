"""Addresses in the place of files: fetched, captured, kept, and read as files of the same content are."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback_web import Silent, Web, answer, page
from warcio.archiveiterator import ArchiveIterator

from presstime.cli import main
from presstime.compile import compile_story
from presstime.gather import gather, is_address
from presstime.ledger import Ledger
from presstime.problems import InputError, StoryError
from presstime.records import Document, Problem
from presstime.settings import Fetching

NOW = "2026-03-05T08:00:00+00:00"
WORDS = "Shells fell on the road to Velmora on Wednesday, killing at least five people, the interior ministry said."
SECOND = "Rescue crews in Velmora were still looking for three people on Thursday morning, the mayor told reporters."
HEAD = (
    '<meta property="og:site_name" content="The Harrow Post"><meta property="article:published_time" content="2026-03-04T18:20:00+02:00">'
)


def article(words: str = WORDS, head: str = HEAD) -> str:
    body = f"<article><h1>Road shelled</h1><p>{words}</p></article>"
    return f"<!doctype html><html lang=en><head>{head}<title>Road shelled</title></head><body>{body}</body></html>"


FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harrow Post</title><link>https://harrowpost.example/</link><description>News</description>
<item><title>Road shelled</title><link>https://harrowpost.example/1</link><guid>1</guid><pubDate>Wed, 04 Mar 2026 18:20:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item>
<item><title>Search goes on</title><link>https://harrowpost.example/2</link><guid>2</guid><pubDate>Thu, 05 Mar 2026 06:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{SECOND}</p>]]></content:encoded></item></channel></rss>"""


def taken(web: Web, *given: str | Path, archive: Path | None = None, **settings: object) -> tuple[list[Document], list[Problem]]:
    fetch = Fetching(**{"allow": (web.host,), "pause": 0, **settings})  # type: ignore[arg-type]
    found = list(gather(given, archive=archive, now=NOW, fetch=fetch))
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Problem)]


def test_a_page_becomes_a_document() -> None:
    with Web({"/road": page(article())}) as web:
        [document], problems = taken(web, web.url("/road"))
        assert problems == []
        assert WORDS in document.text
        assert document.url == document.name == web.url("/road")
        assert (document.outlet, document.headline, document.published) == ("The Harrow Post", "Road shelled", "2026-03-04T18:20:00+02:00")
        assert document.gathered == NOW
        assert document.sha256 == hashlib.sha256(article().encode()).hexdigest()
        assert ("url", "fetched from") in [(each.field, each.source) for each in document.provenance]


def test_the_address_is_the_one_that_answered() -> None:
    with Web({"/old": answer("301 Moved", Location="/new#part"), "/new": page(article())}) as web:
        [document], _ = taken(web, web.url("/old"))
        assert document.url == web.url("/new")


@pytest.mark.parametrize(("named", "own"), [("{web}/road", True), ("https://elsewhere.example/road", False)])
def test_a_page_may_name_its_own_address_but_not_anothers(named: str, own: bool) -> None:
    with Web() as web:
        canonical = named.replace("{web}", f"http://{web.host}")
        web.routes["/road?from=feed"] = page(article(head=f'{HEAD}<link rel="canonical" href="{canonical}">'))
        [document], _ = taken(web, web.url("/road?from=feed"))
        assert document.url == (canonical if own else web.url("/road?from=feed"))
        if not own:
            assert any(canonical in each.source for each in document.provenance if each.field == "url")


def test_the_declared_encoding_counts() -> None:
    words = "Обстрел дороги на Вельмору в среду унёс жизни пяти человек, сообщило министерство внутренних дел."
    with Web({"/": page(article(words).encode("koi8-r"), Content_Type="text/html; charset=KOI8-R")}) as web:
        [document], _ = taken(web, web.url("/"))
        assert words in document.text


def test_a_feed_gives_its_entries_and_text_its_text() -> None:
    with Web({"/feed": page(FEED, Content_Type="application/rss+xml"), "/statement.txt": page(SECOND, Content_Type="text/plain")}) as web:
        documents, problems = taken(web, web.url("/feed"), web.url("/statement.txt"))
        assert problems == []
        assert [document.url for document in documents] == [
            "https://harrowpost.example/1",
            "https://harrowpost.example/2",
            web.url("/statement.txt"),
        ]
        assert [words in document.text for document, words in zip(documents, (WORDS, SECOND, SECOND), strict=True)] == [True] * 3


def test_addresses_stand_among_files_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SECOND, encoding="utf-8")
    with Web({"/road": page(article()), "/late": page(article(SECOND))}) as web:
        documents, _ = taken(web, web.url("/late"), web.url("/road"), tmp_path / "a.txt", web.url("/road"))
        assert [document.name for document in documents] == [web.url("/late"), web.url("/road"), "a.txt"]


def test_a_path_made_of_an_address_is_still_one() -> None:
    with Web({"/road": page(article())}) as web:
        assert is_address(Path(web.url("/road")))
        [document], _ = taken(web, Path(web.url("/road")))
        assert document.url == web.url("/road")
    assert not is_address("https")
    assert not is_address("reports/https:/x")


def test_every_byte_is_kept_with_whence_and_when(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with Web({"/old": answer("301 Moved", Location="/road"), "/road": page(article())}) as web:
        [document], _ = taken(web, web.url("/old"), archive=archive)
        lines = [json.loads(line) for line in (archive / "gathered.jsonl").read_text(encoding="utf-8").splitlines()]
        assert (archive / document.sha256[:2] / document.sha256).read_bytes() == article().encode()
        assert [line["name"] for line in lines if line["sha256"] == document.sha256] == [web.url("/road")]
        [warc] = (archive / "warc").iterdir()
        with warc.open("rb") as file:
            blocks = [record.raw_stream.read() for record in ArchiveIterator(file, no_record_parse=True) if record.rec_type == "response"]
        assert blocks == [web.routes["/old"], web.routes["/road"]]
        hashes = {line["sha256"]: line["name"] for line in lines}
        for block, path in zip(blocks, ("/old", "/road"), strict=True):
            assert hashes[hashlib.sha256(block).hexdigest()].startswith(f"{web.url(path)} (warc/{warc.name}, <urn:uuid:")


def test_an_answer_that_is_no_page_is_a_problem_and_kept(tmp_path: Path) -> None:
    with Web(
        {"/gone": answer("410 Gone", b"<p>Withdrawn</p>"), "/no": answer("403 Forbidden"), "/void": page(""), "/odd": answer("302 Found")}
    ) as web:
        documents, problems = taken(web, *(web.url(path) for path in ("/gone", "/no", "/void", "/odd")), archive=tmp_path)
        assert documents == []
        assert [(each.where, each.what) for each in problems] == [
            (web.url("/gone"), "gone"),
            (web.url("/no"), "forbidden"),
            (web.url("/void"), "empty"),
            (web.url("/odd"), "no-page"),
        ]
        [warc] = (tmp_path / "warc").iterdir()
        assert b"Withdrawn" in b"".join(_blocks(warc))


def _blocks(warc: Path) -> list[bytes]:
    with warc.open("rb") as file:
        return [record.raw_stream.read() for record in ArchiveIterator(file, no_record_parse=True)]


def test_one_bad_address_does_not_stop_the_others() -> None:
    with Silent() as silent, Web({"/road": page(article())}) as web:
        documents, problems = taken(
            web, f"http://127.0.0.1:{silent.port}/", "http://board.example:99999999/", web.url("/road"), "http://10.0.0.1/"
        )
        assert len(documents) == 1
        assert [each.what for each in problems] == ["refused"] * 3
        assert silent.spoken_to == 0


def test_what_is_no_page_to_read_says_so() -> None:
    with Web({"/x.png": page(b"\x89PNG\r\n\x1a\n" + bytes(50), Content_Type="image/png")}) as web:
        documents, problems = taken(web, web.url("/x.png"))
        assert documents == []
        assert [each.where for each in problems] == [web.url("/x.png")]


def test_misuse_is_told() -> None:
    with pytest.raises(StoryError, match="proxy"):
        list(gather(["http://board.example/"], archive=None, now=NOW, fetch=Fetching(proxy="nonsense")))

    async def within() -> None:
        list(gather(["http://board.example/"], archive=None, now=NOW))

    with pytest.raises(InputError, match="event loop"):
        asyncio.run(within())


def test_a_story_compiled_from_addresses(tmp_path: Path) -> None:
    """What is fetched counts as of the moment, its hashes are in the ledger, and compiling again adds nothing."""
    folder = tmp_path / "velmora"
    folder.mkdir()
    with Web({"/road": page(article(head='<meta property="og:site_name" content="The Harrow Post">'))}) as web:
        settings = f'title = "Velmora"\ninputs = ["{web.url("/road")}"]\n[fetch]\nallow = ["{web.host}"]\npause = 0\n'
        (folder / "story.toml").write_text(settings, encoding="utf-8")
        done = compile_story([], folder)
        assert (done.documents, done.new, done.left_out) == (1, 1, 0)
        with Ledger.open(folder / "ledger.db") as ledger:
            [document] = ledger.documents()
            inputs = {entry.sha256: entry.whence for entry in ledger.inputs()}
        assert inputs[document.sha256] == web.url("/road")
        response = web.routes["/road"]
        assert isinstance(response, bytes)
        assert "warc/" in inputs[hashlib.sha256(response).hexdigest()]
        again = compile_story([web.url("/road")], folder)
        assert (again.documents, again.new) == (1, 0)


def test_the_commands_take_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "velmora"
    folder.mkdir()
    with Web({"/road?a=1//2": page(article())}) as web:
        (folder / "story.toml").write_text(f'title = "Velmora"\n[fetch]\nallow = ["{web.host}"]\npause = 0\n', encoding="utf-8")
        archive = str(tmp_path / "archive")
        run = CliRunner().invoke(main, ["gather", web.url("/road?a=1//2"), "--story", str(folder), "--archive", archive])
        assert run.exit_code == 0, run.output
        assert json.loads(run.stdout)["url"] == web.url("/road?a=1//2")
        assert (tmp_path / "archive" / "warc").is_dir()
        refused = CliRunner().invoke(main, ["gather", web.url("/road?a=1//2")])
        assert refused.exit_code == 3
        assert "allow it in story.toml" in refused.stderr
        compiled = CliRunner().invoke(main, ["compile", web.url("/road?a=1//2"), "-o", str(folder)])
        assert compiled.exit_code == 0, compiled.output
        assert "documents as of" in compiled.stdout
