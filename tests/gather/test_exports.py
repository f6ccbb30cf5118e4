"""Exports and archives of social networks, and ReliefWeb's answers."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile

import msgspec
from samples import ACTOR, MORE, OUTBOX, PUBLIC, RELIEFWEB, STORY, TELEGRAM, X_ACCOUNT, X_LIKES, X_TWEETS, tarred, telegram_page

from presstime.combine.credited import credits_of
from presstime.read.layout import lay_out
from presstime.records import Context

POST = "BREAKING: Shells fell on the road to Velmora.\n\nFive people died."


def sources(document):
    return {each.field: each.source for each in document.provenance}


def credited(document):
    """Whom combining takes a document's words to be from."""
    layout = lay_out(document, Context())
    return [(credit.name, credit.whole) for credit in credits_of(msgspec.structs.replace(document, parts=layout.parts))]


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_telegram_one_document_a_message(write, take):
    picture = b"\xff\xd8picture"
    write("chat/photos/photo_1.jpg", picture)
    (first, second), problems = take(write("chat/result.json", json.dumps(TELEGRAM)))
    assert (first.text, first.outlet, first.byline, first.published) == (POST, "Velmora Now", "I. T.", "2026-03-04T16:20:00+00:00")
    assert sources(first)["edited"] == "telegram edited 2026-03-04T16:40:00+00:00"
    assert sources(first)["media"] == f"telegram photo photos/photo_1.jpg sha256 {hashlib.sha256(picture).hexdigest()}"
    assert (first.media[0].caption.start, first.media[0].caption.end) == (0, len(POST))
    assert second.text == f"Forwarded from Harrow Ministry of Interior\n\n{STORY}"
    assert (sources(second)["forwarded"], sources(second)["reply"]) == (
        "telegram forwarded_from Harrow Ministry of Interior",
        "telegram reply_to_message_id 2",
    )
    assert [problem.what for problem in problems] == ["skipped", "skipped"]


def test_a_forward_is_syndication_and_no_second_source(write, take):
    first, second = take(write("result.json", json.dumps(TELEGRAM)))[0]
    assert credited(first) == []
    assert credited(second) == [("Harrow Ministry of Interior", True)]


def test_a_telegram_page_gives_the_documents_of_the_json(write, take):
    from_json = take(write("result.json", json.dumps(TELEGRAM)))[0]
    from_page = take(write("messages.html", telegram_page()))[0]
    assert [(document.id, document.text) for document in from_page] == [(document.id, document.text) for document in from_json]
    assert credited(from_page[1]) == [("Harrow Ministry of Interior", True)]
    assert sources(from_page[1])["reply"] == "telegram reply_to 2"
    assert len(take("result.json", "messages.html")[0]) == 2


def test_an_older_page_without_a_zone_has_the_day_alone(write, take):
    assert [document.published for document in take(write("messages.html", telegram_page("")))[0]] == ["2026-03-04", "2026-03-04"]


def test_in_a_group_whoever_writes_is_the_outlet(write, take):
    chat = {**TELEGRAM, "type": "private_supergroup", "messages": [{**TELEGRAM["messages"][1], "from": "Amel"}]}
    whole = {"about": "x", "chats": {"about": "y", "list": [chat, {**chat, "name": "Other", "messages": []}]}}
    [document], _ = take(write("result.json", json.dumps(whole)))
    assert (document.outlet, sources(document)["medium"]) == ("Amel", "telegram private_supergroup Velmora Now")


def test_an_x_archive(write, take):
    content = {"data/account.js": X_ACCOUNT, "data/tweets.js": X_TWEETS, "data/like.js": X_LIKES}
    (post, repost, reply), problems = take(write("x.zip", zipped(**content)))
    assert post.text == "Shells & mortars fell on the road to Velmora. Five people died. https://t.example/x"
    assert (post.outlet, post.published, post.url) == ("@velmoranow", "2026-03-04T16:20:00+00:00", "https://x.com/velmoranow/status/100")
    assert sources(post)["media"] == "x media https://pbs.example/media/abc.jpg"
    assert (repost.text, credited(repost)) == (f"RT @harrowmoi: {STORY}", [("harrowmoi", True)])
    assert sources(reply)["reply"] == "x in_reply_to_status_id 77 by @harrowmoi"
    assert {problem.what for problem in problems} <= {"skipped"}
    assert any("like" in problem.where for problem in problems)


def test_an_unpacked_x_archive_and_one_without_its_account(write, take):
    write("x/data/account.js", X_ACCOUNT)
    assert take(write("x/data/tweets.js", X_TWEETS))[0][0].outlet == "@velmoranow"
    documents, problems = take(write("y/tweets.js", X_TWEETS))
    assert (documents[0].outlet, [problem.what for problem in problems]) == (None, ["outlet"])


def test_a_mastodon_archive(write, take):
    packed = {"actor.json": json.dumps(ACTOR).encode(), "outbox.json": json.dumps(OUTBOX).encode()}
    for name, data in (("m.zip", zipped(**packed)), ("m.tar.gz", tarred(**packed))):
        (post, boost), problems = take(write(name, data))
        assert post.text == "Shells fell on the road to Velmora.\nFive people died.\n\nA burnt bus"
        assert (post.outlet, post.url, post.published) == (
            "@amel@social.example",
            "https://social.example/@amel/1",
            "2026-03-04T16:20:00+00:00",
        )
        assert (sources(post)["reply"], sources(post)["edited"]) == (
            "mastodon inReplyTo https://social.example/@boris/9",
            "mastodon updated 2026-03-04T17:00:00Z",
        )
        assert boost.text == "Reposted from @boris@other.example: https://other.example/users/boris/statuses/9"
        assert credited(boost) == [("@boris@other.example", True)]
        assert any("to named people only" in problem.why for problem in problems)
        assert not any("For you alone" in document.text for document in (post, boost))


def test_a_boost_with_its_post_has_the_others_words(write, take):
    held = {
        "id": "https://other.example/9",
        "type": "Note",
        "attributedTo": "https://other.example/users/boris",
        "content": f"<p>{STORY}</p>",
    }
    boost = {
        "type": "Announce",
        "actor": "https://social.example/users/amel",
        "cc": PUBLIC,
        "published": "2026-03-04T17:00:00Z",
        "object": held,
    }
    [document], _ = take(write("outbox.json", json.dumps({"orderedItems": [boost]})))
    assert (document.text, document.outlet) == (f"Reposted from @boris@other.example\n\n{STORY}", "@amel@social.example")


def test_reliefweb(write, take):
    (first, second), problems = take(write("r.json", json.dumps(RELIEFWEB)))
    assert first.text == f"Harrow: Flash update on Velmora\n\nOverview\n\n{STORY}\n\n{MORE}"
    assert (first.outlet, first.published) == ("Harrow Relief", "2026-03-04T00:00:00+00:00")
    assert first.url == "https://reliefweb.example/report/harrow/flash-update"
    assert (second.outlet, second.text) == ("Norrel Aid", f"Harrow: second\n\n{STORY}")
    assert [problem.what for problem in problems] == ["partial"]


def test_pictures_of_an_export_are_told_together(write, take):
    for number in range(50):
        write(f"chat/photos/photo_{number}.jpg", b"\xff\xd8")
    write("chat/result.json", json.dumps(TELEGRAM))
    documents, problems = take("chat")
    assert len(documents) == 2
    assert len(problems) < 30
    assert any(".jpg" in problem.why and problem.where == "chat" for problem in problems)


def test_a_tar_of_an_archive_in_any_order(write, take):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in (("outbox.json", json.dumps(OUTBOX).encode()), ("actor.json", json.dumps(ACTOR).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert take(write("m.tar", stream.getvalue()))[0][0].outlet == "@amel@social.example"
