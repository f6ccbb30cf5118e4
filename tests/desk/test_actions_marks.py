"""What people say that no reader knows, and who is who: entered, shown where it matters, kept from readers, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec
import pytest
from starlette.testclient import TestClient

from presstime.desk.accounts import Accounts
from presstime.desk.actions_marks import moment_given
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
from presstime.ledger import Ledger

from .desks import ATTACK, PASSWORD, csrf_of, hostile_reading, logged_in, made_story

HOSTILE = hostile_reading()


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = made_story(tmp_path_factory.mktemp("marks"))
    accounts = Accounts(folder)
    for name, role in (("Edvar Moss", "editor"), ("Rea Lind", "reader"), ("Oda Winter", "owner")):
        accounts.add(name, role, PASSWORD)  # type: ignore[arg-type]
    accounts.close()
    opened = Desk(folder, allowed_hosts("127.0.0.1", 8642))
    opened.findings.close()  # findings are not what these tests are about
    yield opened
    opened.close()


class Person:
    """A browser of one person, and how it sends forms."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.browser: TestClient = logged_in(desk, name)
        self.token = csrf_of(desk, self.browser)

    def get(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text[-500:]
        return answer.text

    def send(self, path: str, **form: str) -> int:
        return self.browser.post(path, data={"csrf": self.token, **form}).status_code


@pytest.fixture
def editor(desk: Desk) -> Person:
    return Person(desk, "Edvar Moss")


@pytest.fixture
def owner(desk: Desk) -> Person:
    return Person(desk, "Oda Winter")


@pytest.fixture
def reader(desk: Desk) -> Person:
    return Person(desk, "Rea Lind")


def a_statement(desk: Desk) -> tuple[str, str]:
    """A statement's id and its document's."""
    with desk.looking() as look:
        one = look.column("SELECT id FROM statement WHERE document NOT LIKE 'hostile%' ORDER BY id")[0]
        return str(one), str(look.value("SELECT document FROM statement WHERE id = :id", id=one))


def corrections(desk: Desk) -> list[tuple[str, str, str | None]]:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        return [(one.field, one.by, one.after) for one in ledger.corrections()]


CHECK = {"checked_by": "Pell Varga", "how": "by telephone", "result": "it is theirs", "note": "two calls"}


def test_a_check_is_shown_on_the_statement_and_to_readers(desk: Desk, editor: Person, reader: Person) -> None:
    statement, _ = a_statement(desk)
    assert editor.send("/marks/check", of=statement, **CHECK) == 303
    for person in (editor, reader):
        page = person.get(f"/statements/{statement}")
        assert "Checked by" in page
        assert "Pell Varga" in page
        assert "by telephone" in page
        assert "it is theirs" in page
        assert "Edvar Moss" in page


def test_a_check_stands_beside_another_and_is_never_in_conflict(desk: Desk, editor: Person, owner: Person) -> None:
    _, document = a_statement(desk)
    assert editor.send("/marks/check", of=document, seen="", **CHECK) == 303
    assert owner.send("/marks/check", of=document, seen="", **CHECK | {"checked_by": "Ruta Holm"}) == 303
    page = editor.get(f"/documents/{document}")
    assert "Pell Varga" in page
    assert "Ruta Holm" in page


def test_half_a_check_is_not_kept(desk: Desk, editor: Person) -> None:
    statement, _ = a_statement(desk)
    assert editor.send("/marks/check", of=statement, **CHECK | {"how": "  "}) == 400
    assert corrections(desk) == []


def test_a_translation_is_shown_and_can_be_taken_away(desk: Desk, editor: Person) -> None:
    statement, _ = a_statement(desk)
    assert editor.send("/marks/translation", of=statement, language="de", words="Die Tore waren offen", seen="") == 303
    assert "Die Tore waren offen" in editor.get(f"/statements/{statement}")
    seen = re.search(r'name="seen" value="([^"]+)"', editor.get(f"/marks?of={statement}"))
    assert seen is not None
    assert editor.send("/marks/translation", of=statement, language="de", words="", seen=seen[1]) == 303
    assert "Die Tore waren offen" not in editor.get(f"/statements/{statement}").split("What people did to it")[0]


def test_of_two_who_mark_the_later_is_asked(desk: Desk, editor: Person, owner: Person) -> None:
    statement, _ = a_statement(desk)
    assert editor.send("/marks/translation", of=statement, language="de", words="Die Tore", seen="") == 303
    answer = owner.browser.post(
        "/marks/translation", data={"csrf": owner.token, "of": statement, "language": "de", "words": "Das Wehr", "seen": ""}
    )
    assert answer.status_code == 409
    assert "Edvar Moss" in answer.text
    assert "Die Tore" in answer.text
    assert [after for field, _, after in corrections(desk) if field == "translation" and "Wehr" in (after or "")] == []
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text.split("What you sent")[1]))
    assert again["words"] == "Das Wehr"
    assert owner.browser.post("/marks/translation", data={**again, "csrf": owner.token}).status_code == 303
    assert "Das Wehr" in owner.get(f"/statements/{statement}")


def test_what_a_document_says_of_itself_is_put_right_as_one_act(desk: Desk, editor: Person) -> None:
    _, document = a_statement(desk)
    form = {"of": document, "outlet": "The Velm Courier", "byline": "Ina Sorel", "seen": ""}
    assert editor.send("/marks/document", **form) == 303
    page = editor.get(f"/documents/{document}")
    assert "The Velm Courier" in page
    assert "by <bdi>Ina Sorel</bdi>" in page
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        made = ledger.corrections()
    assert {one.field for one in made} == {"outlet", "byline"}
    assert len({one.batch for one in made}) == 1
    assert editor.send("/undo", ref=str(made[0].batch)) == 303
    page = editor.get(f"/documents/{document}")
    assert "by <bdi>Ina Sorel</bdi>" not in page


def test_a_wrong_date_is_refused_with_how_to_write_it(desk: Desk, editor: Person) -> None:
    _, document = a_statement(desk)
    answer = editor.browser.post("/marks/document", data={"csrf": editor.token, "of": document, "published": "yesterday", "seen": ""})
    assert answer.status_code == 400
    assert "2026" in answer.text
    assert corrections(desk) == []


def test_only_owners_say_what_is_kept_out(desk: Desk, editor: Person, owner: Person, reader: Person) -> None:
    statement, document = a_statement(desk)
    assert "Who may see it" not in editor.get(f"/marks?of={statement}")
    assert editor.send("/marks/keep-out", of=statement, keep="confidential", seen="") == 403
    assert reader.browser.get(f"/marks?of={statement}").status_code == 403
    assert reader.browser.get(f"/statements/{statement}").status_code == 200
    assert owner.send("/marks/keep-out", of=document, keep="confidential", seen="") == 303
    assert reader.browser.get(f"/statements/{statement}").status_code == 404
    assert reader.browser.get(f"/documents/{document}").status_code == 404
    assert "confidential" in editor.get(f"/documents/{document}")


def test_an_embargo_ends_by_itself(desk: Desk, owner: Person, reader: Person) -> None:
    _, document = a_statement(desk)
    assert owner.send("/marks/keep-out", of=document, keep="embargo", until="2099-01-01T08:00", seen="") == 303
    assert reader.browser.get(f"/documents/{document}").status_code == 404
    page = owner.get(f"/marks?of={document}")
    assert 'value="2099-01-01T08:00"' in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    assert owner.send("/marks/keep-out", of=document, keep="embargo", until="2026-03-05T08:00", seen=seen[1]) == 303
    assert reader.browser.get(f"/documents/{document}").status_code == 200


@pytest.mark.parametrize("form", [{"keep": "embargo", "until": ""}, {"keep": "embargo", "until": "soon"}, {"keep": "never"}, {}])
def test_a_keeping_out_that_is_none_is_refused(desk: Desk, owner: Person, form: dict[str, str]) -> None:
    statement, _ = a_statement(desk)
    assert owner.send("/marks/keep-out", of=statement, seen="", **form) == 400
    assert corrections(desk) == []


def test_a_moment_without_an_offset_is_in_the_storys_zone() -> None:
    assert moment_given("2026-03-04T06:00", "Europe/Berlin") == "2026-03-04T06:00:00+01:00"
    assert moment_given("2026-07-04T06:00", "Europe/Berlin") == "2026-07-04T06:00:00+02:00"
    assert moment_given("2026-03-04T06:00+05:00", "Europe/Berlin") == "2026-03-04T06:00:00+05:00"
    assert moment_given("soon", "Europe/Berlin") == "soon"


# ---------------------------------------------------------------- accounts and names


def test_the_owner_of_an_account_is_shown_where_it_is_named(desk: Desk, editor: Person, reader: Person) -> None:
    _, document = a_statement(desk)
    assert editor.send("/marks/document", of=document, byline="@velm_watch", seen="") == 303
    page = editor.get(f"/documents/{document}")
    assert "@velm_watch" in page
    assert "nobody has said whose account it is" in page
    assert editor.send("/handles/owner", handle="@velm_watch", owner="Tarik Moen", why="his own page names it") == 303
    assert editor.send("/handles/check", handle="Velm_Watch", **CHECK) == 303
    for page in (editor.get(f"/documents/{document}"), reader.get(f"/documents/{document}")):
        assert "the account of <b><bdi>Tarik Moen</bdi></b>" in page
        assert "Pell Varga" in page
    listed = editor.get("/handles")
    assert listed.count('<li class="line">') == 1, "two ways of writing an account are one account"
    assert reader.browser.get("/handles").status_code == 403


def test_what_is_no_handle_is_refused(desk: Desk, editor: Person) -> None:
    assert editor.send("/handles/owner", handle="two words", owner="X") == 400
    assert editor.send("/handles/owner", handle="@", owner="X") == 400


def test_owners_let_a_name_through_and_hold_it_back(desk: Desk, editor: Person, owner: Person) -> None:
    assert editor.send("/names", name="Dob Larrick", through="yes") == 403
    assert owner.send("/names", name="Dob Larrick", through="perhaps") == 400
    assert owner.send("/names", name="Dob Larrick", through="yes", why="his family agreed") == 303
    page = owner.get("/names")
    assert "let through" in page
    assert "his family agreed" in page
    assert owner.send("/names", name="Dob Larrick", through="no") == 303
    assert [after for field, _, after in corrections(desk) if field == "let_through"] == ["true", "false"]


# ---------------------------------------------------------------- same, apart


def two_actors(desk: Desk) -> tuple[str, str, str]:
    with desk.looking() as look:
        ids = look.column("SELECT id FROM found_actor WHERE id <> 'found-mayor' ORDER BY id")
        return ids[0], ids[2], str(look.value("SELECT name FROM found_actor WHERE id = :id", id=ids[2]))


def decisions(desk: Desk) -> list[tuple[str, str, str]]:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        return [(one.verdict, one.one, one.other) for one in ledger.decisions() if one.id != "decision-1"]


def test_two_actors_are_one_by_id_or_name_and_apart_again(desk: Desk, editor: Person) -> None:
    one, other, name = two_actors(desk)
    assert editor.send("/decisions/same", one=one, other=name, why="the same office") == 303
    assert editor.send("/decisions/same", one=one, other=other) == 303
    assert decisions(desk) == [("same", one, other)], "what stands already is not entered twice"
    page = editor.get(f"/actors/{one}")
    assert "the same office" in page
    ref = re.search(r'action="/undo".*?name="ref" value="([^"]+)"', page, re.S)
    assert ref is not None
    assert editor.send("/undo", ref=ref[1]) == 303
    assert [verdict for verdict, _, _ in decisions(desk)] == ["same", "undone"]
    assert "the same office" not in editor.get(f"/actors/{one}")
    assert editor.send("/decisions/apart", one=one, other=other) == 303
    assert decisions(desk)[-1] == ("apart", one, other)


def test_names_like_an_actors_are_offered(desk: Desk, editor: Person) -> None:
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        findings = ledger.findings()
        assert findings is not None
        mayor = next(one for one in findings.actors if one.id == "found-mayor")
        twin = msgspec.structs.replace(
            mayor, id="found-twin", name="Oyar, the mayor of Velm", names=("Oyar, the mayor of Velm",), members=()
        )
        ledger.enter_findings(msgspec.structs.replace(findings, actors=(*findings.actors, twin)))
    assert '<option value="Oyar, the mayor of Velm">' in editor.get("/actors/found-mayor")


def test_taking_back_a_taking_back_decides_so_again(desk: Desk, editor: Person) -> None:
    one, other, _ = two_actors(desk)
    editor.send("/decisions/same", one=one, other=other)
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        first = ledger.decisions()[-1].id
    assert editor.send("/undo", ref=first) == 303
    with Ledger.open(desk.folder / "ledger.db") as ledger:
        undone = ledger.decisions()[-1].id
    assert editor.send("/undo", ref=undone) == 303
    assert [verdict for verdict, _, _ in decisions(desk)] == ["same", "undone", "same"]


def test_decisions_that_cannot_be(desk: Desk, editor: Person, reader: Person) -> None:
    one, other, _ = two_actors(desk)
    with desk.looking() as look:
        event = look.column("SELECT id FROM timeline ORDER BY id")[0]
    assert editor.send("/decisions/same", one=one, other=one) == 400
    assert editor.send("/decisions/same", one=one, other=event) == 400
    assert editor.send("/decisions/same", one="nobody", other="nothing") == 404
    assert reader.send("/decisions/same", one=one, other=other) == 403
    assert decisions(desk) == []
    assert one not in reader.get("/log?entry=decision")


# ---------------------------------------------------------------- markup in what people enter


def test_what_people_enter_is_text_on_every_page(desk: Desk, editor: Person, owner: Person) -> None:
    statement, _ = a_statement(desk)
    one, other, _ = two_actors(desk)
    editor.send("/marks/check", of=statement, checked_by=ATTACK, how=ATTACK, result=ATTACK, note=ATTACK, why=ATTACK)
    editor.send("/marks/translation", of=statement, language="de", words=ATTACK)
    editor.send("/marks/document", of=HOSTILE.document.id, byline=f"@evil {ATTACK}")
    editor.send("/handles/owner", handle="@evil", owner=ATTACK, why=ATTACK)
    editor.send("/handles/check", handle="@evil", **dict.fromkeys(CHECK, ATTACK))
    editor.send("/decisions/apart", one=one, other=other, why=ATTACK)
    owner.send("/names", name=ATTACK, through="yes", why=ATTACK)
    assert len(corrections(desk)) >= 6
    pages = (f"/statements/{statement}", f"/marks?of={statement}", "/handles", "/names", "/decisions", f"/actors/{one}", "/log", "/new")
    for path in (
        *pages,
        f"/documents/{quote(HOSTILE.document.id, safe='')}",
        f"/handles?handle={quote(ATTACK)}",
        f"/marks?of={quote(HOSTILE.document.id)}",
    ):
        page = owner.get(path)
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
