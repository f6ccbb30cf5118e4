"""Files that hold files: .zip, .wacz, .docx, .gz, tar, WARC and mbox, to what is in them.

In: an input and the function that opens one. Out: the Documents and Problems of what is within. Each member is opened as an
input of its own, named after the one that holds it: "wire.zip!a/velmora.txt", "crawl.warc.gz:12", "mails.mbox:3".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from presstime.gather.formats import MAX_STATEMENT, unsupported
from presstime.gather.mbox import MAX_MAIL, mails_of
from presstime.gather.opening import Found, Input, Run, documents, page_input
from presstime.gather.packed import spooled, tar_members, unpacked
from presstime.gather.warc import Page, warc_pages
from presstime.gather.zipped import Member, members, too_large, zip_kind
from presstime.records import Problem

__all__ = ["gzip_found", "mbox_found", "tar_found", "warc_found", "zip_found"]

MAX_WEB_ARCHIVE = 1 << 34
"""Bytes that a .wacz may hold: its web archives lie in it as they are, so it can be no bomb before they are opened."""

Opener = Callable[[Input, Run], Iterator[Found]]


def zip_found(given: Input, run: Run, open_input: Opener) -> Iterator[Found]:
    """The members of a .zip, the pages of a .wacz, the text of a .docx."""
    kind = zip_kind(given.stream, given.file_name)
    if kind == "docx":
        from presstime.gather.docx import docx_content

        limit = max(run.max_bytes, MAX_STATEMENT)
        if given.stream.seek(0, os.SEEK_END) > limit:
            yield too_large(given.name, limit)
        else:
            given.stream.seek(0)
            data = given.stream.read()
            yield from documents(given, iter((docx_content(data, given.name, given.file_name),)), data, run)
    elif kind == "office":
        yield unsupported(given.name, given.file_name)
    elif kind == "wacz":
        yield from _wacz(given, run, open_input)
    else:
        for member in members(given.stream, given.name, max_bytes=run.max_bytes):
            yield from (member,) if isinstance(member, Problem) else open_input(_inner(given, member), run)


def _wacz(given: Input, run: Run, open_input: Opener) -> Iterator[Found]:
    """The web archives in a .wacz; its indexes and lists of pages only help a browser to find them."""
    found = False
    for member in members(given.stream, given.name, max_bytes=run.max_bytes, max_unpacked=MAX_WEB_ARCHIVE):
        within = (member.where if isinstance(member, Problem) else member.name).removeprefix(f"{given.name}!")
        if isinstance(member, Problem):
            if within.startswith("archive/") or member.where == given.name:
                yield member
        elif within.startswith("archive/") and member.kind == "warc":
            found = True
            yield from open_input(_inner(given, member), run)
    if not found:
        yield Problem(where=given.name, what="empty", why="The file holds no web archive under archive/. Make it anew, or leave it out.")


def _inner(given: Input, member: Member) -> Input:
    return Input(
        stream=member.stream,
        name=member.name,
        file_name=member.file_name,
        captured=given.captured,
        beside=member.beside,
        hashed=member.hashed,
        depth=given.depth + 1,
    )


def gzip_found(given: Input, run: Run, open_input: Opener) -> Iterator[Found]:
    """The one file that is packed."""
    lower = given.file_name.lower()
    name = f"{given.file_name[:-4]}.tar" if lower.endswith(".tgz") else given.file_name[: -3 if lower.endswith(".gz") else None]
    with spooled() as file:
        problem = unpacked(given.stream, file, given.name)
        if problem is None or problem.what != "too-large":
            file.seek(0)
            if file.read(1):
                file.seek(0)
                yield from open_input(replace(given, stream=file, name=f"{given.name}!{name}", file_name=name, depth=given.depth + 1), run)
            elif problem is None:
                yield Problem(where=given.name, what="empty", why="The packed file holds nothing. Get it again, or leave it out.")
        if problem is not None:
            yield problem


def tar_found(given: Input, run: Run, open_input: Opener) -> Iterator[Found]:
    """The members of a tar archive. The account of a Mastodon archive is looked for before its posts are read."""
    told: dict[str, bytes] = {}
    for member in tar_members(given.stream, given.name):
        if not isinstance(member, Problem) and member[0].rsplit("/", 1)[-1] in _EXPLAINING:
            told[member[0]] = member[1].read()
    given.stream.seek(0)
    for member in tar_members(given.stream, given.name):
        if isinstance(member, Problem):
            yield member
            continue
        inner, stream = member
        folder = inner.rpartition("/")[0]

        def beside(other: str, folder: str = folder) -> bytes | None:
            return told.get(f"{folder}/{other}" if folder else other)

        name = inner.rsplit("/", 1)[-1]
        yield from open_input(
            Input(
                stream=stream, name=f"{given.name}!{inner}", file_name=name, captured=given.captured, beside=beside, depth=given.depth + 1
            ),
            run,
        )


_EXPLAINING = frozenset({"actor.json", "account.js"})
"""Files of an export that say whose it is."""


def warc_found(given: Input, run: Run, open_input: Opener) -> Iterator[Found]:
    """The pages of a web archive, each gathered when it was captured."""
    for page in warc_pages(
        given.stream, given.name, max_bytes=max(run.max_bytes, MAX_STATEMENT) if run.max_bytes >= 1 << 16 else run.max_bytes
    ):
        if isinstance(page, Page):
            yield from open_input(page_input(given, page), run)
        else:
            yield page


def mbox_found(given: Input, run: Run, read_mail: Callable[[bytes, int], Iterator[Found]]) -> Iterator[Found]:
    """The mails of an mbox, one at a time."""
    number = 0
    for number, data in mails_of(given.stream, max(run.max_bytes, MAX_MAIL)):
        if data is None:
            yield too_large(f"{given.name}:{number}", MAX_MAIL)
        else:
            yield from read_mail(data, number)
    if not number:
        yield Problem(where=given.name, what="empty", why="The file holds no mails. Export it again, or leave it out.")
