"""Which format a file is in, by what is in it and, where that does not tell, by its ending.

In: the first bytes of a file, its name, and the type that a server or a mail declared. Out: a format, or None for what is not
read. A PDF named "statement.txt" is a "pdf"; a file without an ending that begins "From: " and "Message-ID: " is a "mail".
"""

from __future__ import annotations

import re
import zlib

from presstime.gather.mbox import is_mbox
from presstime.gather.names import EXTENSIONS, Format, extension_of
from presstime.gather.telegram_page import is_telegram_page
from presstime.gather.warc import is_warc
from presstime.gather.wire import header_names, is_wire
from presstime.gather.x_archive import ASSIGNMENT
from presstime.gather.xml import root_name
from presstime.records import Problem

__all__ = ["HEAD", "MAX_EXPORT", "MAX_STATEMENT", "format_of", "limit_of", "unsupported"]

HEAD = 1 << 16
"""Bytes that are looked at. A page of Telegram's export has 12,000 before its first message."""
MAX_STATEMENT = 50_000_000
"""Bytes of a PDF, a Word document or a mail, which hold pictures too."""
MAX_EXPORT = 200_000_000
"""Bytes of an export in one file of JSON: a channel of 100,000 posts has 100,000,000. It is held in memory twice."""
MAX_TABLE = 100_000_000
MAX_STREAMED = 1 << 62

_ROOTS: dict[str, Format] = {
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
    "opml": "listing",
    "urlset": "listing",
    "sitemapindex": "listing",
    "nitf": "news-xml",
    "newsItem": "news-xml",
    "packageItem": "news-xml",
    "newsMessage": "news-xml",
    "html": "html",
    "HTML": "html",
}
_LARGE: dict[Format, int] = {
    "pdf": MAX_STATEMENT,
    "mail": MAX_STATEMENT,
    "csv": MAX_TABLE,
    "x-archive": MAX_EXPORT,
    **dict.fromkeys(("jsonl", "zip", "gzip", "tar", "warc", "mbox"), MAX_STREAMED),
}
_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "message/rfc822": "mail",
    "application/pdf": "pdf",
    "application/json": "jsonl",
    "application/feed+json": "jsonl",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
}
_PLAIN = frozenset({"text", "wire", "mail", "mbox"})
_MAIL = frozenset({"messageid", "received", "mimeversion", "returnpath", "deliveredto", "dkimsignature", "listid", "xmailer"})
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_ADVICE = {
    ".doc": "Save it as .docx or PDF and give that",
    ".rtf": "Save it as .docx or PDF and give that",
    ".odt": "Save it as .docx or PDF and give that",
    ".pages": "Save it as .docx or PDF and give that",
    ".msg": "Save the mail as .eml and give that",
    ".pst": "Export its mails as .mbox or .eml and give those",
    ".xlsx": "Save its table as .csv and say in story.toml, under [[mappings]], which column is what",
    ".xls": "Save its table as .csv and say in story.toml, under [[mappings]], which column is what",
    ".ods": "Save its table as .csv and say in story.toml, under [[mappings]], which column is what",
    ".epub": "Save its text as .txt or PDF and give that",
    ".rar": "Unpack it and give the files themselves",
    ".7z": "Unpack it and give the files themselves",
    ".bz2": "Unpack it and give the files themselves",
    ".xz": "Unpack it and give the files themselves",
    ".mht": "Save the page as .html or into a .wacz and give that",
    ".mhtml": "Save the page as .html or into a .wacz and give that",
    **dict.fromkeys(
        (
            ".jpg",
            ".jpeg",
            ".png",
            ".gif",
            ".webp",
            ".tif",
            ".tiff",
            ".heic",
            ".mp4",
            ".mov",
            ".avi",
            ".mkv",
            ".webm",
            ".mp3",
            ".ogg",
            ".m4a",
            ".wav",
        ),
        "Pictures and recordings are kept by caption and credit: give the page or export that shows it, or its caption as .txt",
    ),
}
_READ = (
    "presstime reads text, Markdown, HTML, PDF, .docx, mails, feeds, agencies' XML and JSON, web archives, exports and archives of these"
)


def format_of(head: bytes, file_name: str, media_type: str | None = None) -> Format | None:
    """The format of the file that begins with `head`; None for one that is not read."""
    ending = extension_of(file_name)
    by_name = EXTENSIONS.get(ending)
    return _by_signature(head, ending) or _by_text(head, by_name, media_type) or _TYPES.get(media_type or "") or by_name


def limit_of(kind: Format, max_bytes: int) -> int:
    """How many bytes a file of the format may have: `max_bytes` where it is a text, more where it holds many or pictures too."""
    return max(max_bytes, _LARGE[kind]) if kind in _LARGE and max_bytes >= HEAD else max_bytes


def unsupported(where: str, file_name: str) -> Problem:
    """The Problem of a file whose format presstime does not read."""
    advice = _ADVICE.get(extension_of(file_name), "Save the text in one of these, or leave the file out")
    return Problem(where=where, what="unsupported", why=f"{_READ}. {advice}.")


def _by_signature(head: bytes, ending: str) -> Format | None:
    if b"%PDF-" in head[:1024] and head.lstrip()[:1] != b"<":
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        begins = _unpacked(head)
        if is_warc(begins):
            return "warc"
        return "gzip"
    if is_warc(head):
        return "warc"
    if head[257:262] == b"ustar":
        return "tar"
    if ASSIGNMENT.match(head):
        return "x-archive"
    return "mbox" if is_mbox(head) else None


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 1024)
    except zlib.error:
        return b""


def _by_text(head: bytes, by_name: Format | None, media_type: str | None) -> Format | None:
    if by_name in ("zip", "gzip", "tar", "warc", "pdf", "jsonl", "csv", "markdown"):
        return None
    text = _decoded(head)
    if text is None:
        return None
    root = root_name(text[:8192])
    found = _ROOTS.get(root or "")
    if found == "html" or (by_name == "html" and found is None) or _PAGE.match(text.lstrip()):
        return "telegram-page" if is_telegram_page(head) else "html"
    if found is not None:
        return found
    if by_name in _PLAIN or by_name is None:
        names = set(header_names(text))
        mailed = "from" in names and (names & _MAIL or {"date", "subject", "to"} <= names)
        if by_name == "mail" or by_name == "mbox":
            return by_name
        if mailed or media_type == "message/rfc822":
            return "mail"
        if is_wire(text):
            return "wire"
    return None


def _decoded(head: bytes) -> str | None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return None if b"\x00" in head[:1024] else head.decode("utf-8", "replace")
