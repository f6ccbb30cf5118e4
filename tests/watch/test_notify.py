"""Telling: each change once to each target over real servers, tried again after failures and kills, nothing kept out leaves."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from presstime.cli import main
from presstime.corrections import mark
from presstime.ledger import Ledger
from presstime.records import Reading
from presstime.story import LEDGER, STORY_FILE, new_story, open_story
from presstime.watch.changes import WatchedChange
from presstime.watch.feed_xml import changes_feed
from presstime.watch.notify import Notifier, rule_states
from presstime.watch.sending import LONGEST, Job, Outcome
from presstime.watch.showing import shown_changes
from presstime.watch.state import State
from tests.combine.made import Made
from tests.gather.loopback_web import Silent
from tests.watch.servers import Hook, MailServer

NOW = datetime.fromisoformat("2031-05-04T17:00:00+02:00")
SECRET = ("Orrin", "seven people", "brigade")
"""Words that stand in the marked material alone."""

pytestmark = pytest.mark.skipif(importlib.util.find_spec("apprise") is None, reason="needs presstime[watch]")


def open_document() -> Reading:
    made = Made(
        "a", "It rained. The Velm Ministry of Health said three people were killed in Sarn.", "2031-05-04T10:00:00+02:00",
        url="https://a.example/sarn", headline="Three killed in Sarn",
    )  # fmt: skip
    made.count("three people were killed", 3, 3, statement=made.say("The Velm Ministry of Health", "three people were killed in Sarn"))
    return made.reading


def secret_document() -> Reading:
    made = Made(
        "b", "It rained. The Orrin brigade said seven people were killed in Sarn.", "2031-05-04T16:00:00+02:00", url="https://b.example/1"
    )
    made.count("seven people were killed", 7, 7, statement=made.say("The Orrin brigade", "seven people were killed in Sarn"))
    return made.reading


def open_change(number: int = 0) -> WatchedChange:
    reading = open_document()
    return WatchedChange(
        id=f"change-open-{number}", kind="figure-moved", words=f"New: Velm Ministry of Health, killed, Sarn: 3 (no. {number}).",
        at="2031-05-04T16:59:00+02:00", documents=("a",),
        statements=(reading.statements[0].id,), figures=(reading.figures[0].id,),
    )  # fmt: skip


def secret_change() -> WatchedChange:
    reading = secret_document()
    return WatchedChange(
        id="change-secret", kind="figure-moved", words="New: Orrin brigade, killed, Sarn: seven people.",
        at="2031-05-04T16:59:30+02:00", documents=("b",),
        statements=(reading.statements[0].id,), figures=(reading.figures[0].id,),
    )  # fmt: skip


def altered_change(before: str = "b", after: str = "c") -> WatchedChange:
    return WatchedChange(
        id="change-altered", kind="document-changed", words="Altered after publication: b Post: 1 sentence changed.",
        at="2031-05-04T16:59:40+02:00", documents=(before, after),
        before=("The Orrin brigade said seven people were killed in Sarn.",), after=("It rained and rained.",),
    )  # fmt: skip


def version() -> Reading:
    """A later version of the page at b's address."""
    return Made("c", "It rained and rained. The Orrin brigade left.", "2031-05-04T16:30:00+02:00", url="https://b.example/1").reading


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "flood"
    new_story(folder, "Flood", "Europe/Berlin")
    with Ledger.open(folder / LEDGER) as ledger:
        for reading in (open_document(), secret_document(), version()):
            ledger.enter_reading(reading)
    return folder


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        yield server


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def configured(folder: Path, rules: str, *hosts: str, mail: MailServer | None = None) -> None:
    text = (folder / STORY_FILE).read_text(encoding="utf-8").split("\n# RULES\n")[0]
    allow = ", ".join(f'"{host}"' for host in hosts)
    mail_table = ""
    if mail is not None:
        mail_table = f'[mail]\nserver = "{mail.host}"\nsecurity = "none"\nfrom = "presstime@post.example"\n'
        mail_table += 'to = ["desk@post.example", "night@post.example"]\n'
    (folder / STORY_FILE).write_text(f"{text}\n# RULES\n[fetch]\nallow = [{allow}]\n{mail_table}{rules}", encoding="utf-8")


def to(target: str, more: str = "", name: str = "desk") -> str:
    return f'[[notify]]\nname = "{name}"\nto = "{target}"\n{more}\n'


def begun(folder: Path) -> None:
    with State.open(folder) as state:
        Notifier(open_story(folder)).begin(state)


def enter(folder: Path, *changes: WatchedChange) -> None:
    with State.open(folder) as state:
        state.enter_changes(changes)


def tell(folder: Path, now: datetime = NOW, said: list[str] | None = None, send: Callable[[Job], Outcome] | None = None) -> float | None:
    """One round of telling, as after a restart."""
    lines = said if said is not None else []
    notifier = Notifier(open_story(folder), say=lines.append, patience=120, **({"send": send} if send else {}))
    with State.open(folder) as state:
        notifier.begin(state)
        return asyncio.run(notifier.tell(state, now))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        if "src" in given or tag in ("link", "script", "img", "iframe"):
            self.fetched.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parts(mail: EmailMessage) -> tuple[str, _Text]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    parser = _Text()
    parser.feed(html.get_content())
    return plain.get_content(), parser


# ---------------------------------------------------------------- told once


def test_a_hook_is_told_each_change_once_over_restarts(story: Path, hook: Hook) -> None:
    configured(story, to(hook.url), hook.host)
    enter(story, open_change(0))  # found before the rule was there: no news to it
    begun(story)
    enter(story, open_change(1))
    assert tell(story) is None
    assert tell(story) is None
    enter(story, open_change(2), open_change(3))
    tell(story)
    assert [re.findall(r"no\. (\d)", told["message"]) for told in hook.told] == [["1"], ["2", "3"]]
    assert hook.told[0]["title"] == "Flood: 1 change"
    assert "a Post, 10:00, 4 May 2031: “The Velm Ministry of Health said three people were killed in Sarn.”" in hook.told[0][
        "message"
    ].replace("A Post", "a Post")
    assert "https://a.example/sarn#:~:text=three%20people%20were%20killed" in hook.told[0]["message"]


def test_rules_take_the_kinds_they_name_and_are_told_apart(story: Path, hook: Hook) -> None:
    with Hook() as other:
        configured(story, to(hook.url, 'what = ["denial"]') + to(other.url, name="all"), hook.host, other.host)
        begun(story)
        enter(story, open_change(1), replace(open_change(2), id="change-2", kind="denial"))
        tell(story)
        assert re.findall(r"no\. (\d)", hook.words) == ["2"]
        assert re.findall(r"no\. (\d)", other.words) == ["2", "1"]  # denials come first


def test_mail_is_delivered_in_text_and_html_with_the_same_lines_and_links(story: Path, post: MailServer) -> None:
    configured(story, to("mail", 'report = "https://desk.example/report.html"'), post.host, mail=post)
    begun(story)
    enter(story, open_change(1), open_change(2))
    tell(story)
    (mail,) = post.mails
    assert post.receivers == [["desk@post.example", "night@post.example"]]
    assert str(mail["Subject"]).startswith("Flood: 2 changes, first: New: Velm Ministry of Health, killed, Sarn: 3")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["Date"]).endswith("17:00:00 +0200")
    text, html = parts(mail)
    shown = " ".join(" ".join(html.words).split())
    for line in (
        "New: Velm Ministry of Health, killed, Sarn: 3 (no. 1).",
        "(no. 2).",
        "“The Velm Ministry of Health said three people were killed in Sarn.”",
        "found 16:59, 4 May 2031",
    ):
        assert line in text
        assert line in shown
    links = [link for link in html.links if link != "https://desk.example/report.html"]
    assert "https://a.example/sarn#:~:text=three%20people%20were%20killed" in links
    assert any(re.fullmatch(r"https://desk\.example/report\.html#s-[0-9a-f]{8}", link) for link in links)
    assert all(link in text for link in links)
    assert html.fetched == []
    assert b"\xc3\x97" not in post.raw[0]  # sent so that any server passes it on
    tell(story)
    assert len(post.mails) == 1


def test_the_evidence_links_lead_to_passages_of_the_report(story: Path, post: MailServer) -> None:
    assert CliRunner().invoke(main, ["report", str(story), "--as-of", "2031-05-04T17:00"]).exit_code == 0
    report = (story / "report.html").read_text(encoding="utf-8")
    configured(story, to("mail", 'report = "https://desk.example/report.html"'), post.host, mail=post)
    begun(story)
    enter(story, open_change(1))
    tell(story)
    anchors = {link.partition("#")[2] for link in parts(post.mails[0])[1].links if link.startswith("https://desk.example") and "#" in link}
    assert anchors
    assert all(f'id="{anchor}"' in report for anchor in anchors)


def test_a_quoted_call_wakes_nobody(story: Path, hook: Hook) -> None:
    configured(story, to(hook.url), hook.host)
    begun(story)
    enter(story, replace(open_change(1), words="New: “@everyone must leave <!channel>”."))
    tell(story)
    assert "@everyone" not in hook.told[0]["message"]
    assert "<!channel" not in hook.told[0]["message"]
    assert "everyone must leave" in hook.told[0]["message"]


# ---------------------------------------------------------------- not lost, not repeated


def test_a_target_that_fails_is_tried_again_and_told_once(story: Path, hook: Hook) -> None:
    configured(story, to(hook.url), hook.host)
    begun(story)
    enter(story, open_change(1))
    hook.answers = [500, 503]
    said: list[str] = []
    assert tell(story, said=said) == 15
    assert "500" in said[0] or "Internal server error" in said[0]
    with State.open(story) as state:
        (status,) = rule_states(state, open_story(story))
    assert (status.waiting, status.failures) == (1, 1)
    assert tell(story, NOW + timedelta(seconds=5)) == 10  # not before its time
    assert hook.asked == 1
    enter(story, open_change(2))
    assert tell(story, NOW + timedelta(seconds=15)) == 30
    tell(story, NOW + timedelta(seconds=45))
    tell(story, NOW + timedelta(seconds=90))
    assert hook.asked == 3
    assert re.findall(r"no\. (\d)", hook.words) == ["1", "2"]
    with State.open(story) as state:
        (status,) = rule_states(state, open_story(story))
    assert (status.waiting, status.failures, status.fault) == (0, 0, None)


def test_one_target_that_fails_holds_up_no_other(story: Path, hook: Hook, post: MailServer) -> None:
    post.refuse = True
    configured(story, f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}"]\n', hook.host, post.host, mail=post)
    begun(story)
    enter(story, open_change(1))
    said: list[str] = []
    assert tell(story, said=said) == 15
    assert len(hook.told) == 1
    assert "451 not now" in said[0]
    post.refuse = False
    tell(story, NOW + timedelta(seconds=15))
    assert (len(hook.told), len(post.mails)) == (1, 1)


def test_what_was_being_sent_when_all_was_killed_is_told_later_and_says_so(story: Path, hook: Hook) -> None:
    configured(story, to(hook.url), hook.host)
    begun(story)
    enter(story, open_change(1))
    with State.open(story) as state:
        (channel,) = [row[0] for row in state.connection.execute("SELECT name FROM rule")]
        state.sending(channel, ["change-open-1"], NOW.isoformat())
    assert tell(story, NOW + timedelta(seconds=20)) == LONGEST - 20  # its sender may live still
    assert hook.told == []
    tell(story, NOW + timedelta(seconds=LONGEST))
    tell(story, NOW + timedelta(seconds=LONGEST + 60))
    assert len(hook.told) == 1
    assert "may have reached you before" in hook.told[0]["message"]


TELLS = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from presstime.story import open_story
from presstime.watch.notify import Notifier
from presstime.watch.state import State

with State.open(Path(sys.argv[1])) as state:
    asyncio.run(Notifier(open_story(Path(sys.argv[1]))).tell(state, datetime.fromisoformat(sys.argv[2])))
"""


def test_a_watch_killed_while_sending_neither_loses_nor_repeats(story: Path, hook: Hook) -> None:
    """The sender is a process of its own: it ends what it began, and notes it, though nobody waits for it any more."""
    configured(story, to(hook.url), hook.host)
    begun(story)
    enter(story, open_change(1))
    hook.seconds = 1.0
    process = subprocess.Popen([sys.executable, "-c", TELLS, str(story), NOW.isoformat()])
    reached(lambda: hook.asked == 1)
    process.kill()
    process.wait(10)
    reached(lambda: not sending(story))
    hook.seconds = 0
    assert tell(story, NOW + timedelta(seconds=2 * LONGEST)) is None
    assert (hook.asked, len(hook.told)) == (1, 1)
    assert "reached you before" not in hook.words


def reached(there: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)


def sending(folder: Path) -> int:
    with State.open(folder) as state:
        return int(state.connection.execute("SELECT count(*) FROM told WHERE sent = 0").fetchone()[0])


def test_a_slow_target_holds_up_no_other(story: Path) -> None:
    """What is found while one target takes its time is told to the other."""
    configured(story, to("json://slow.example/x", name="slow") + to("json://quick.example/x", name="quick"))
    begun(story)
    enter(story, open_change(1))
    let = threading.Event()
    quick: list[str] = []

    def send(job: Job) -> Outcome:
        if "slow" in (job.target.url or ""):
            let.wait(30)
        else:
            quick.append(job.message.body)
        return Outcome(sent=True)

    async def rounds() -> None:
        notifier = Notifier(open_story(story), send=send, patience=0.5)
        with State.open(story) as state:
            assert await notifier.tell(state, NOW) == 1
            state.enter_changes([open_change(2)])
            assert await notifier.tell(state, NOW + timedelta(seconds=1)) == 1
            let.set()
            await asyncio.sleep(0.2)
            assert await notifier.tell(state, NOW + timedelta(seconds=2)) is None

    asyncio.run(rounds())
    assert [re.findall(r"no\. (\d)", body) for body in quick] == [["1"], ["2"]]


def test_many_changes_are_several_messages_and_none_is_left_out(story: Path, hook: Hook, post: MailServer) -> None:
    configured(story, f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}"]\n', hook.host, post.host, mail=post)
    begun(story)
    enter(story, *(open_change(number) for number in range(1, 14)))
    tell(story)
    assert len(hook.told) == 2
    assert sorted(map(int, re.findall(r"no\. (\d+)", hook.words))) == list(range(1, 14))
    assert sorted(map(int, re.findall(r"no\. (\d+)", parts(post.mails[0])[0]))) == list(range(1, 14))


def test_a_digest_waits_and_holds_all(story: Path, hook: Hook) -> None:
    configured(story, to(hook.url, 'digest = "hourly"\nquiet = "17:00-17:30"'), hook.host)
    begun(story)
    enter(story, open_change(1))
    assert tell(story, NOW - timedelta(seconds=60)) == 60 + 1800
    enter(story, replace(open_change(2), at="2031-05-04T17:10:00+02:00"))
    assert tell(story, NOW + timedelta(minutes=10)) == 20 * 60
    assert hook.told == []
    tell(story, NOW + timedelta(minutes=30))
    assert [re.findall(r"no\. (\d)", told["message"]) for told in hook.told] == [["1", "2"]]


# ---------------------------------------------------------------- nothing kept out leaves

MARKS = [
    ("document", "confidential", True),
    ("document", "embargo", "2031-05-04T18:00:00+02:00"),
    ("statement", "confidential", True),
    ("statement", "embargo", "2031-05-04T18:00:00+02:00"),
]


def marked(folder: Path, what: str, field: str, value: object) -> None:
    with Ledger.open(folder / LEDGER) as ledger:
        ref = "b" if what == "document" else secret_document().statements[0].id
        mark(ledger, ref, field, value, by="desk", why="a source at risk")


def feed_of(folder: Path, now: datetime) -> bytes:
    with State.open(folder) as state, Ledger.open(folder / LEDGER) as ledger:
        return changes_feed(shown_changes(state.changes(), ledger, now), "Flood", "x", now)


def leaks(data: str | bytes) -> bool:
    words = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    return any(word in words for word in SECRET)


def told_everywhere(folder: Path, hook: Hook, post: MailServer, now: datetime) -> dict[str, str | bytes]:
    tell(folder, now)
    mails = "\n".join(part.get_content() for mail in post.mails for part in mail.walk() if part.get_content_maintype() == "text")
    subjects = "\n".join(str(mail["Subject"]) for mail in post.mails)
    return {"hook": hook.words, "mail": mails + subjects, "feed": feed_of(folder, now)}


def test_without_a_mark_it_is_told_on_every_channel(story: Path, hook: Hook, post: MailServer) -> None:
    configured(story, f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}"]\n', hook.host, post.host, mail=post)
    begun(story)
    enter(story, open_change(1), secret_change(), altered_change())
    for channel, data in told_everywhere(story, hook, post, NOW).items():
        assert leaks(data), channel


@pytest.mark.parametrize(("what", "field", "value"), MARKS)
def test_what_is_marked_leaves_on_no_channel(story: Path, hook: Hook, post: MailServer, what: str, field: str, value: object) -> None:
    configured(story, f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}"]\n', hook.host, post.host, mail=post)
    begun(story)
    enter(story, open_change(1), secret_change(), altered_change())
    marked(story, what, field, value)
    told = told_everywhere(story, hook, post, NOW)
    for channel, data in told.items():
        assert not leaks(data), channel
        assert "no. 1" in (data.decode() if isinstance(data, bytes) else data), channel
    after = told_everywhere(story, hook, post, NOW + timedelta(hours=2))
    ended = field == "embargo"
    for channel, data in after.items():
        assert leaks(data) is ended, channel
    assert hook.words.count("no. 1") == 1


def test_a_mark_on_a_page_holds_for_its_later_versions(story: Path, hook: Hook) -> None:
    """c stands at b's address, and nobody has marked it."""
    configured(story, to(hook.url), hook.host)
    begun(story)
    enter(story, replace(altered_change(), documents=("c",), before=(), after=("The Orrin brigade left.",)))
    marked(story, "document", "confidential", True)
    assert tell(story) == 300  # it is looked again whether it may be told
    assert hook.told == []


# ---------------------------------------------------------------- targets


@pytest.mark.parametrize(
    "target",
    ["json://{host}/x", "json://169.254.169.254/latest", "json://[::1]:8080/x", "json://localhost:8080/x", "json://2130706433:8080/", "mailtos://u:pw@post.example/?smtp=10.0.0.7&to=a@b.example"],
)  # fmt: skip
def test_a_target_that_the_story_does_not_allow_is_refused_before_it_is_dialled(story: Path, target: str) -> None:
    with Silent() as silent:
        configured(story, to(target.format(host=f"127.0.0.1:{silent.port}")))
        begun(story)
        enter(story, open_change(1))
        said: list[str] = []
        assert tell(story, said=said) == 15
        assert "allow it in story.toml" in said[0]
        assert silent.spoken_to == 0


def test_a_redirect_is_followed_nowhere(story: Path, hook: Hook) -> None:
    with Silent() as silent:
        hook.location = f"http://127.0.0.1:{silent.port}/"
        hook.answers = [307]
        configured(story, to(hook.url), hook.host)
        begun(story)
        enter(story, open_change(1))
        assert tell(story) == 15
        assert silent.spoken_to == 0


def test_passwords_are_in_no_line_and_no_status(story: Path, hook: Hook) -> None:
    configured(story, to(f"json://desk:hunter2hunter2@{hook.host}/sesame-open"), hook.host)
    begun(story)
    enter(story, open_change(1))
    hook.answers = [401]
    said: list[str] = []
    tell(story, said=said)
    told = "".join(said) + CliRunner().invoke(main, ["watch", str(story), "--status"]).output
    told += CliRunner().invoke(main, ["watch", str(story), "--status", "--json"]).output
    assert "failed 1 times" in told
    assert "hunter2" not in told
    assert "sesame" not in told
    kept = b"".join(path.read_bytes() for path in story.iterdir() if path.name.startswith("watch.db"))
    assert kept
    assert b"hunter2" not in kept


def test_a_target_can_be_tried_without_telling_anything_of_the_story(story: Path, hook: Hook, post: MailServer) -> None:
    rules = f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}", "json://10.1.2.3/"]\n'
    configured(story, rules, hook.host, post.host, mail=post)
    enter(story, open_change(1))
    ran = CliRunner().invoke(main, ["watch", str(story), "--try-notify"])
    assert ran.exit_code == 3
    assert "desk, mail: told" in ran.output
    assert "desk, json://…: told" in ran.output
    assert "10.1.2.3 is " in ran.output
    assert "a try of the rule “desk”" in str(post.mails[0]["Subject"])
    assert "a try of the rule “desk”" in hook.words
    assert "no. 1" not in hook.words


def test_a_target_that_cannot_be_used_is_an_error_before_the_watch_begins(story: Path) -> None:
    configured(story, to("env:PRESSTIME_TEST_UNSET") + '[[feeds]]\nurl = "https://a.example/feed"\n')
    ran = CliRunner().invoke(main, ["watch", str(story), "--once"])
    assert ran.exit_code != 0
    assert "PRESSTIME_TEST_UNSET is not set" in ran.output
