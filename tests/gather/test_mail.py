"""Mails, mailboxes and wire files."""

from __future__ import annotations

from email.message import EmailMessage

from samples import DENIAL, MORE, STORY, WIRE, mail, mbox, pdf


def parts(document, kind):
    return [document.text[part.start : part.end] for part in document.parts if part.kind == kind]


def test_a_mail_its_quotation_kept_apart_and_its_attachments(write, take, tmp_path):
    documents, problems = take(
        write("a.eml", mail(**{"statement.pdf": pdf(), "note.txt": DENIAL.encode()}).as_bytes()), archive=tmp_path / "kept"
    )
    own, statement, note = documents
    assert problems == []
    assert own.text.startswith(f"Statement on the Velmora road\n\n{STORY}\n\n{MORE}\n\n")
    assert parts(own, "headline") == ["Statement on the Velmora road"]
    assert parts(own, "boilerplate") == ["On Tue, 3 Mar 2026, the desk wrote:\n> Is the road open?\n> Please tell us.", "-- \nPress office"]
    assert (own.outlet, own.byline, own.published) == ("Velm Water Board", None, "2026-03-04T18:20:00+02:00")
    assert [document.name for document in (statement, note)] == ["a.eml!statement.pdf", "a.eml!note.txt"]
    assert (note.text, note.outlet, note.published) == (DENIAL, "Velm Water Board", "2026-03-04T18:20:00+02:00")
    assert (tmp_path / "kept" / statement.sha256[:2] / statement.sha256).read_bytes() == pdf()


def test_a_marked_up_mail(write, take):
    message = EmailMessage()
    message["From"], message["Subject"] = "press@velm.example", "Note"
    message.set_content(
        f"<p>{STORY}</p><ul><li>Open the road.</li></ul>"
        "<div class='gmail_quote'>On Tuesday the desk wrote:<blockquote>Is it open?</blockquote></div>",
        subtype="html",
    )
    [document], _ = take(write("a.eml", message.as_bytes()))
    assert document.text.startswith(f"Note\n\n{STORY}\n\nOpen the road.")
    assert parts(document, "boilerplate") == ["On Tuesday the desk wrote:", "Is it open?"]
    assert document.outlet == "press@velm.example"


def test_of_two_forms_the_plain_one_unless_it_is_a_stub(write, take):
    for plain, expected in ((STORY, STORY), ("See this in a browser.", f"{STORY} {MORE}")):
        message = EmailMessage()
        message["From"], message["Subject"] = "a@b.example", "S"
        message.set_content(plain)
        message.add_alternative(f"<p>{STORY} {MORE}</p>", subtype="html")
        [document], _ = take(write("a.eml", message.as_bytes()))
        assert document.text == f"S\n\n{expected}"


def test_flowed_lines_are_put_together_and_charsets_heeded(write, take):
    flowed = b"From: =?utf-8?q?Caf=C3=A9?= <a@b.example>\nSubject: S\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    [document], _ = take(write("a.eml", flowed + b"Shells fell on \nthe road.\nFive died.\n"))
    assert (document.text, document.outlet) == ("S\n\nShells fell on the road.\nFive died.", "Café")
    [document], _ = take(write("c.eml", f"From: Café <a@b.example>\nSubject: Fünf Tote\n\n{STORY}"))
    assert (document.outlet, document.headline) == ("Café", "Fünf Tote")
    head = b"From: a@b.example\nSubject: S\nContent-Type: text/plain; charset=koi8-r\n\n"
    [document], _ = take(write("b.eml", head + "Погибли пять человек на дороге в Велмору".encode("koi8-r")))
    assert "Погибли пять человек" in document.text


def test_a_mail_that_only_carries_a_file(write, take):
    message = EmailMessage()
    message["From"], message["Date"] = "Velm Water Board <a@b.example>", "Wed, 04 Mar 2026 18:20:00 +0200"
    message.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="../../s.txt")
    [document], problems = take(write("a.eml", message.as_bytes()))
    assert (document.name, document.outlet, problems) == ("a.eml!s.txt", "Velm Water Board", [])


def test_a_mail_within_a_mail_is_the_others(write, take):
    inner, outer = mail(), EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = "Ilse Tarnow <ilse@harrow.example>", "Fwd", "Thu, 05 Mar 2026 08:00:00 +0200"
    outer.set_content("See what the board says today about the road.")
    outer.add_attachment(inner)
    first, second = take(write("a.eml", outer.as_bytes()))[0]
    assert (first.outlet, second.outlet, second.published) == ("Ilse Tarnow", "Velm Water Board", "2026-03-04T18:20:00+02:00")


def test_a_mail_forwarded_in_the_text_is_the_others(write, take):
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = "Ilse Tarnow <ilse@harrow.example>", "Fwd: road", "Thu, 05 Mar 2026 08:00:00 +0200"
    head = "---------- Forwarded message ---------\nFrom: Velm Water Board <press@velm.example>\nDate: Wed, 4 Mar 2026 18:20:00 +0200\n"
    outer.set_content(f"See below what the board says.\n\n{head}Subject: Statement\nTo: <ilse@harrow.example>\n\n\n{STORY}\n")
    own, other = take(write("a.eml", outer.as_bytes()))[0]
    assert (own.outlet, own.text) == ("Ilse Tarnow", "Fwd: road\n\nSee below what the board says.")
    assert (other.outlet, other.published, other.text) == ("Velm Water Board", "2026-03-04T18:20:00+02:00", f"Statement\n\n{STORY}")
    assert other.name == "a.eml!forwarded-1.eml"


def test_the_words_forwarded_message_without_a_header_stay(write, take):
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "S"
    message.set_content(f"Before it.\n\n---- Forwarded message ----\n\n{STORY}\n")
    [document], _ = take(write("a.eml", message.as_bytes()))
    assert STORY in document.text


def test_a_mailbox(write, take):
    documents, problems = take(write("a.mbox", mbox()))
    assert [document.name for document in documents] == ["a.mbox:1", "a.mbox:2", "a.mbox:3"]
    assert problems == []
    assert documents[1].text == f"Alert 1\n\nFrom the road to Velmora: {STORY} Alert 1."
    assert (documents[1].outlet, documents[1].byline) == ("Harrow alerts", "Norrel Press")
    assert len(take(write("no-ending", mbox()))[0]) == 3


def test_a_wire_file(write, take):
    for name in ("a.wire", "a.txt", "slug"):
        [document], problems = take(write(name, WIRE))
        assert (document.outlet, document.byline, document.published) == ("Norrel Press", "Ilse Tarnow", "2026-03-04T18:20:00+02:00")
        assert document.text == f"Five die on the road to Velmora\n\nVELMORA (NPA) - {STORY}\n\n{MORE}\n".rstrip("\n")
        assert parts(document, "headline") == ["Five die on the road to Velmora"]
        assert problems == []


def test_a_wire_file_under_embargo_or_withdrawn(write, take):
    for line, what in (("Embargo: 5 March 2026 06:00 GMT", "embargo"), ("Status: killed", "withdrawn")):
        [_], problems = take(write("a.wire", f"{line}\n{WIRE}"))
        assert [problem.what for problem in problems] == [what]
    assert [problem.what for problem in take(write("b.wire", WIRE.split("\n\n")[0] + "\n\n"))[1]] == ["empty"]


def test_an_article_that_opens_with_a_colon_is_no_wire(write, take):
    text = f"Source: nobody\n\n{STORY}"
    [document], _ = take(write("a.txt", text))
    assert document.text == text
