"""The desk's hands: the queue, forms, accepting, withdrawing, marking, splitting, merging, resolving, undoing; and two savers."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from presstime.corrections import withdraw
from presstime.desk.accounts import Accounts
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Ledger
from presstime.ledger.lookups import Lookups
from presstime.ledger.lookups_queue import document_orphans, queued
from presstime.records import Reader

from .desks import PASSWORD, alone, csrf_of, hostile_reading, logged_in, made_story

EARLY = "doc-early"


class Hand:
    """A person at the desk, by name: gets pages and sends forms."""

    def __init__(self, desk: Desk, browser: TestClient) -> None:
        self.desk, self.browser, self.csrf = desk, browser, csrf_of(desk, browser)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text[:400]
        return str(answer.text)

    def send(self, path: str, status: int = 303, **form: Any) -> Any:
        answer = self.browser.post(path, data={"csrf": self.csrf, **form})
        assert answer.status_code == status, (answer.status_code, re.sub(r"<[^>]+>", " ", answer.text)[:600])
        return answer

    def form(self, kind: str, ref: str) -> dict[str, Any]:
        """What the form of a record holds, as a browser would send it."""
        return fields_of(self.get(f"/correct/{kind}/{ref}"), "correct")


def fields_of(page: str, css: str) -> dict[str, Any]:
    """The fields of the form of a class, with the values that it was loaded with."""
    inside = re.search(rf'<form class="{css}".*?</form>', page, re.S)
    assert inside is not None
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>|<select.*?</select>", inside[0], re.S):
        name = re.search(r' name="([^"]*)"', tag)
        if name is None:
            continue
        if tag.startswith("<select"):
            chosen = re.findall(r'<option value="([^"]*)" selected', tag)
            if "multiple" in tag:
                found[name[1]] = [html.unescape(one) for one in chosen]
            else:
                found[name[1]] = html.unescape(chosen[0]) if chosen else ""
        elif 'type="checkbox"' not in tag or " checked" in tag:
            value = re.search(r' value="([^"]*)"', tag)
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    with alone(made_story(tmp_path)) as (desk, browser):
        yield Hand(desk, browser)


@contextmanager
def ledger_of(hand: Hand) -> Iterator[Ledger]:
    with Ledger.open(hand.desk.folder / "ledger.db") as ledger:
        yield ledger


def record(hand: Hand, kind: str, words: str) -> str:
    """The id of the record of a kind whose words these are."""
    column = {"place": "name", "actor": "name"}.get(kind, "words")
    with hand.desk.looking() as look:
        found = look.value(f"SELECT id FROM {kind} WHERE {column} = :words", words=words)
    assert found is not None, words
    return str(found)


def value(hand: Hand, sql: str, **values: Any) -> Any:
    with hand.desk.looking() as look:
        return look.value(sql, **values)


def toll(hand: Hand) -> str:
    """The least toll of killed in the story that is one number."""
    return str(value(hand, "SELECT id FROM figure WHERE measure = 'killed' AND low = high AND scope = 'event' ORDER BY id LIMIT 1"))


def waits(hand: Hand) -> dict[str, list[str]]:
    with hand.desk.looking() as look:
        return {sort: [one.id for one in found] for sort, found in queued(look, document_orphans(look)).items()}


# ---------------------------------------------------------------- the queue


def test_the_queue_has_tolls_first_then_disputes_and_each_thing_once(hand: Hand) -> None:
    page = hand.get("/review")
    heads = re.findall(r'<span class="tag differs">(.*?)</span>', page)
    first_dispute = next(i for i, words in enumerate(heads) if "dispute" in words)
    assert all("dispute" not in words for words in heads[:first_dispute])
    assert first_dispute > 0
    waiting = waits(hand)
    assert len(waiting["toll"]) > 0
    every = [one for sort in ("toll", "dispute", "quote", "unsure") for one in waiting[sort]]
    assert len(every) == len(set(every))


def test_what_is_on_the_queue_has_its_passage_with_the_words_marked(hand: Hand) -> None:
    ref = waits(hand)["toll"][0]
    words = value(hand, "SELECT words FROM figure WHERE id = :ref", ref=ref)
    assert f">{html.escape(words, quote=False)}</mark>" in hand.get("/review").replace("&#39;", "'")


def test_accepting_takes_it_off_the_queue_and_undo_puts_it_back(hand: Hand) -> None:
    ref = waits(hand)["toll"][0]
    answer = hand.send("/accept", ref=ref, seen="", back="/review?sort=toll")
    assert answer.headers["location"].startswith("/review?sort=toll&done=")
    assert ref not in waits(hand)["toll"]
    assert value(hand, "SELECT review FROM figure WHERE id = :ref", ref=ref) == "checked"
    page = hand.get(answer.headers["location"])
    assert "Accepted" in page
    undo = re.search(r'action="/undo".*?name="ref" value="([^"]+)"', page, re.S)
    assert undo is not None
    hand.send("/undo", ref=undo[1], back="/review")
    assert ref in waits(hand)["toll"]


def test_skipping_is_for_oneself_and_comes_back_when_asked(hand: Hand) -> None:
    page = hand.get("/review")
    key = html.unescape(re.search(r'name="key" value="([^"]+)"', page)[1])  # type: ignore[index]
    hand.send("/review/pass", key=key, back="/review")
    assert html.escape(key) not in hand.get("/review")
    assert value(hand, "SELECT count(*) FROM correction") == 0
    hand.send("/review/again", back="/review")
    assert html.escape(key) in hand.get("/review")


def test_quoted_words_of_nobody_can_be_let_be_or_marked(hand: Hand) -> None:
    identifier = next(one for one in waits(hand)["quote"] if not one.startswith("statement"))
    where, _, document = identifier.partition(" ")
    start, _, end = where.partition("-")
    hand.send("/let-be", document=document, start=start, end=end, back="/review")
    assert identifier not in waits(hand)["quote"]
    with ledger_of(hand) as ledger:
        entry = ledger.corrections()[-1]
    assert (entry.kind, entry.field, entry.after) == ("unattributed", "checked", "true")
    hand.send("/undo", ref=entry.id, back="/review")
    assert identifier in waits(hand)["quote"]
    hand.send("/let-be", 400, document=document, start="0", end="3", back="/review")


def test_a_correction_that_fits_nothing_any_more_is_on_the_queue(hand: Hand) -> None:
    reading = hostile_reading()
    hand.send("/accept", ref=reading.figures[0].id, seen="", back="/review")
    assert waits(hand)["orphan"] == []
    newer = msgspec.structs.replace(reading, figures=(), reader=Reader(presstime="9.0.0", model="new", context="test"))
    with ledger_of(hand) as ledger:
        ledger.enter_reading(newer)
        entry = ledger.corrections()[-1]
    assert waits(hand)["orphan"] == [entry.id]
    page = hand.get("/review?sort=orphan")
    assert "fits nothing any more" in page
    hand.send("/undo", ref=entry.id, back="/review")
    assert waits(hand)["orphan"] == []


def test_a_reader_has_no_queue_and_no_way_to_it(tmp_path: Path) -> None:
    folder = made_story(tmp_path)
    accounts = Accounts(folder)
    accounts.add("Rea Lind", "reader", PASSWORD)
    accounts.close()
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    try:
        browser = logged_in(desk, "Rea Lind")
        assert browser.get("/review").status_code == 403
        for path in ("/", f"/documents/{EARLY}", "/log", "/figures"):
            page = browser.get(path).text
            assert "/review" not in page
            assert "/correct/" not in page
            assert 'action="/undo"' not in page
    finally:
        desk.close()


# ---------------------------------------------------------------- forms


def test_a_form_changes_only_what_its_person_changed(hand: Hand) -> None:
    ref = toll(hand)
    form = hand.form("figure", ref)
    before = value(hand, "SELECT low FROM figure WHERE id = :ref", ref=ref)
    hand.send(f"/correct/figure/{ref}", **{**form, "group": "ferrymen", "why": "as the clerk told it"})
    with ledger_of(hand) as ledger:
        entries = ledger.corrections()
    assert [(one.field, json.loads(one.after or ""), one.why) for one in entries] == [("group", "ferrymen", "as the clerk told it")]
    assert value(hand, "SELECT low FROM figure WHERE id = :ref", ref=ref) == before


def test_one_end_of_an_exact_number_takes_the_other_along_as_one_act(hand: Hand) -> None:
    ref = toll(hand)
    hand.send(f"/correct/figure/{ref}", **{**hand.form("figure", ref), "low": "1,204"})
    assert value(hand, "SELECT low || ' ' || high FROM figure WHERE id = :ref", ref=ref) == "1204 1204"
    with ledger_of(hand) as ledger:
        entries = ledger.corrections()
    assert len({one.batch for one in entries}) == 1
    assert entries[0].batch is not None


def test_a_form_saved_as_it_was_accepts_the_record(hand: Hand) -> None:
    ref = toll(hand)
    hand.send(f"/correct/figure/{ref}", **hand.form("figure", ref))
    assert value(hand, "SELECT review FROM figure WHERE id = :ref", ref=ref) == "checked"


@pytest.mark.parametrize("kind", ["statement", "figure", "event", "place", "time", "actor"])
def test_every_record_has_a_form_that_reads_back_as_it_is(hand: Hand, kind: str) -> None:
    with hand.desk.looking() as look:
        every = look.column(f"SELECT id FROM {kind}")
    assert every
    for ref in every:
        hand.send(f"/correct/{kind}/{ref}", **hand.form(kind, ref))
    with ledger_of(hand) as ledger:
        assert {one.field for one in ledger.corrections()} == {"checked"}


def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(hand: Hand) -> None:
    ref = toll(hand)
    form = {**hand.form("figure", ref), "low": "about a dozen", "cause": "the gate gave way"}
    answer = hand.send(f"/correct/figure/{ref}", 400, **form)
    assert "Least must be a whole number" in answer.text
    again = fields_of(answer.text, "correct")
    assert again["low"] == "about a dozen"
    assert again["cause"] == "the gate gave way"
    hand.send(f"/correct/figure/{ref}", **{**again, "low": "12"})
    assert value(hand, "SELECT low || cause FROM figure WHERE id = :ref", ref=ref) == "12the gate gave way"


def test_a_speaker_is_put_right_by_name_and_taken_away(hand: Hand) -> None:
    ref = str(value(hand, "SELECT id FROM statement WHERE speaker IS NOT NULL LIMIT 1"))
    hand.send(f"/correct/statement/{ref}", **{**hand.form("statement", ref), "speaker": "Orla Venn"})
    assert value(hand, "SELECT speaker FROM statement WHERE id = :ref", ref=ref) == "Orla Venn"
    hand.send(f"/correct/statement/{ref}", **{**hand.form("statement", ref), "speaker": ""})
    assert value(hand, "SELECT speaker FROM statement WHERE id = :ref", ref=ref) is None


# ---------------------------------------------------------------- buttons


def test_withdrawing_and_undoing(hand: Hand) -> None:
    ref = toll(hand)
    answer = hand.send("/withdraw", ref=ref, seen="", why="a score, no toll", back="/figures")
    assert value(hand, "SELECT count(*) FROM figure WHERE id = :ref", ref=ref) == 0
    assert "Withdrawn" in hand.get(answer.headers["location"])
    with ledger_of(hand) as ledger:
        entry = ledger.corrections()[-1]
    hand.send("/undo", ref=entry.id, back="/log")
    assert value(hand, "SELECT count(*) FROM figure WHERE id = :ref", ref=ref) == 1
    answer = hand.send("/undo", 400, ref=entry.id, back="/log")
    assert "taken back already" in answer.text


def test_a_missed_statement_is_marked_by_its_words(hand: Hand) -> None:
    words = "dozens were hurt when water rushed into Velm on Tuesday"
    hand.send("/add", document=EARLY, words=words, speaker="Orla Venn", act="warning", cue="said", why="missed")
    row = value(hand, "SELECT speaker || '|' || act || '|' || cue || '|' || words FROM statement WHERE review = 'added'")
    assert row == f"Orla Venn|warning|said|{words}"
    answer = hand.send("/add", 400, document=EARLY, words=words, speaker="")
    assert "stands at these words already" in answer.text


def test_marked_words_must_stand_in_the_text_and_be_told_apart(hand: Hand) -> None:
    assert "does not stand in the text" in hand.send("/add", 400, document=EARLY, words="no such words were printed").text
    assert "stands 3 times in the text" in hand.send("/add", 400, document=EARLY, words="Velm").text
    text = value(hand, "SELECT text FROM document WHERE id = :id", id=EARLY)
    start = text.rindex("Velm under water")
    hand.send("/add", document=EARLY, words="Velm", start=start, end=start + 4)
    assert value(hand, "SELECT start FROM content_span c JOIN statement s ON s.id = c.statement WHERE s.review = 'added'") == start


def test_splitting_and_undoing_the_whole_act(hand: Hand) -> None:
    ref = str(value(hand, "SELECT id FROM statement WHERE length(words) > 40 AND document LIKE 'doc-%' LIMIT 1"))
    page = hand.get(f"/correct/statement/{ref}")
    cuts = re.findall(r'<option value="(\d+)">', page)
    before = value(hand, "SELECT count(*) FROM statement")
    answer = hand.send("/split", ref=ref, at=cuts[len(cuts) // 2], seen="")
    assert value(hand, "SELECT count(*) FROM statement") == before + 1
    done = answer.headers["location"].partition("done=")[2]
    assert done.startswith("batch-")
    hand.send("/undo", ref=done)
    assert value(hand, "SELECT count(*) FROM statement") == before
    assert value(hand, "SELECT count(*) FROM statement WHERE id = :ref", ref=ref) == 1


def test_merging_two_of_one_document(hand: Hand) -> None:
    with hand.desk.looking() as look:
        document = look.value("SELECT document FROM statement GROUP BY 1 HAVING count(*) > 1 LIMIT 1")
        one, other = look.column("SELECT id FROM statement WHERE document = :document ORDER BY number", document=document)[:2]
    hand.send("/merge", **{"ref": one, "with": other, "seen": ""})
    assert value(hand, "SELECT count(*) FROM statement WHERE id = :other", other=other) == 0
    assert value(hand, "SELECT count(*) FROM content_span WHERE statement = :one", one=one) > 1


def test_an_unresolved_place_is_given_its_entry_wherever_it_stands(hand: Hand) -> None:
    velm = "place-velm"
    page = hand.get(f"/correct/place/{velm}?lookup=Cottbus")
    chosen = re.search(r'name="gazetteer" value="([^"]+)" checked', page)
    assert chosen is not None
    hand.send("/resolve", ref=velm, gazetteer=chosen[1], seen="")
    assert value(hand, "SELECT gazetteer || ' ' || country || ' ' || name FROM place WHERE id = :velm", velm=velm) == f"{chosen[1]} DE Велм"
    assert value(hand, "SELECT lat FROM place WHERE id = :velm", velm=velm) == pytest.approx(51.76, abs=0.05)
    assert "no entry" in hand.send("/resolve", 400, ref="place-susa", gazetteer="geonames:0", seen="").text


def test_all_mentions_of_an_unresolved_name_are_resolved_as_one_act(hand: Hand) -> None:
    with hand.desk.looking() as look:
        name = look.value(
            "SELECT name FROM place WHERE use = 'literal' AND gazetteer IS NULL AND lat IS NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        refs = look.column("SELECT id FROM place WHERE name = :name AND use = 'literal' AND gazetteer IS NULL AND lat IS NULL", name=name)
    chosen = re.search(r'name="gazetteer" value="([^"]+)"', hand.get(f"/correct/place/{refs[0]}?lookup=Cottbus"))
    assert chosen is not None
    answer = hand.send("/resolve", ref=refs[0], gazetteer=chosen[1], everywhere="1", seen="", back="/places?unresolved=1")
    assert value(hand, "SELECT count(*) FROM place WHERE name = :name AND gazetteer IS NULL", name=name) == 0
    if len(refs) > 1:
        hand.send("/undo", ref=answer.headers["location"].partition("done=")[2])
        assert value(hand, "SELECT count(*) FROM place WHERE name = :name AND gazetteer IS NULL", name=name) == len(refs)


def test_who_came_from_elsewhere_is_not_sent_there(hand: Hand) -> None:
    for back in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = hand.send("/accept", ref=toll(hand), back=back)
        assert answer.headers["location"].startswith("/review?done=")


# ---------------------------------------------------------------- two who save one record


@contextmanager
def two_editors(folder: Path) -> Iterator[tuple[Hand, Hand]]:
    accounts = Accounts(made_story(folder))
    for name in ("Edvar Moss", "Ina Brok"):
        accounts.add(name, "editor", PASSWORD)
    accounts.close()
    desk = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    try:
        yield Hand(desk, logged_in(desk, "Edvar Moss")), Hand(desk, logged_in(desk, "Ina Brok"))
    finally:
        desk.close()


def test_of_two_savers_the_later_is_shown_the_earlier_and_asked(tmp_path: Path) -> None:
    with two_editors(tmp_path) as (edvar, ina):
        ref = toll(edvar)
        his, hers = edvar.form("figure", ref), ina.form("figure", ref)
        edvar.send(f"/correct/figure/{ref}", **{**his, "low": "31"})
        answer = ina.send(f"/correct/figure/{ref}", 409, **{**hers, "low": "41", "cause": "the second wave"})
        assert "Edvar Moss" in answer.text
        assert "31" in answer.text
        assert value(ina, "SELECT low FROM figure WHERE id = :ref", ref=ref) == 31, "nothing is overwritten unasked"
        sent: dict[str, Any] = {
            name: html.unescape(v) for name, v in re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text.split('data-does="m"')[0])
        }
        ina.send(f"/correct/figure/{ref}", **sent)
        assert value(ina, "SELECT low || cause FROM figure WHERE id = :ref", ref=ref) == "41the second wave"
        with ledger_of(ina) as ledger:
            held = [(one.by, one.field, one.before, one.after) for one in ledger.corrections() if one.field == "low"]
        assert [(by, after) for by, _, _, after in held] == [("Edvar Moss", "31"), ("Ina Brok", "41")]
        assert held[1][2] == "31", "what was before is kept"


def test_two_who_change_two_fields_of_one_record_both_stand(tmp_path: Path) -> None:
    with two_editors(tmp_path) as (edvar, ina):
        ref = toll(edvar)
        his, hers = edvar.form("figure", ref), ina.form("figure", ref)
        edvar.send(f"/correct/figure/{ref}", **{**his, "low": "31"})
        answer = ina.send(f"/correct/figure/{ref}", 409, **{**hers, "cause": "the second wave"})
        sent: dict[str, Any] = {
            name: html.unescape(v) for name, v in re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text.split('data-does="m"')[0])
        }
        ina.send(f"/correct/figure/{ref}", **sent)
        assert value(ina, "SELECT low || cause FROM figure WHERE id = :ref", ref=ref) == "31the second wave"


def test_a_button_pressed_on_an_old_page_is_asked_about_too(tmp_path: Path) -> None:
    with two_editors(tmp_path) as (edvar, ina):
        ref = toll(edvar)
        edvar.send(f"/correct/figure/{ref}", **{**edvar.form("figure", ref), "low": "31"})
        assert "Edvar Moss" in ina.send("/withdraw", 409, ref=ref, seen="", back="/review").text
        assert value(ina, "SELECT count(*) FROM figure WHERE id = :ref", ref=ref) == 1
        with ledger_of(edvar) as ledger:
            seen = ledger.corrections()[-1].id
        ina.send("/withdraw", ref=ref, seen=seen, back="/review")


def test_what_somebody_withdrew_meanwhile_is_said(hand: Hand) -> None:
    ref = toll(hand)
    form = hand.form("figure", ref)
    with ledger_of(hand) as ledger:
        withdraw(ledger, ref, by="Edvar Moss")
    assert "withdrawn" in hand.send(f"/correct/figure/{ref}", 404, **form).text


def test_the_queue_is_put_together_once_for_each_state_of_the_ledger(hand: Hand) -> None:
    with Lookups.open(hand.desk.folder / "ledger.db") as look:
        first = queued(look)
        assert queued(look)["toll"] is first["toll"]
        hand.send("/accept", ref=first["toll"][0].id, seen="")
        assert first["toll"][0] not in queued(look)["toll"]
