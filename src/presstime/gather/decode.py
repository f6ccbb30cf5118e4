"""Raw bytes to text: which encoding they are in, and whether they are text at all.

In: a file's bytes, and the encoding a page declares. Out: `Decoded` (the text, the encoding, how many characters
could not be read), or a Problem. b"caf\\xe9 closed" is read as windows-1252; a picture's bytes are "binary".
"""

from __future__ import annotations

import codecs
import re

from presstime.records import Problem, Record

__all__ = ["Decoded", "decode"]

MAX_CONTROL_SHARE = 0.02
"""Text holds almost no control characters; measured: none in 25 news articles, over 0.08 in images and programs."""
MAX_HIGH_SHARE = 0.2
"""Of the letters of Western European text under a fifth are accented; Cyrillic or Greek read as such are nearly all."""
MAX_BROKEN_SHARE = 0.001
"""A UTF-8 text with a slip or two is still that text; with more it is in some other encoding."""
MIN_BROKEN_ALLOWED = 2

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARABLE = re.compile(
    r"utf-?8|windows-125[0-8]|cp125[0-8]|iso-?8859-\d{1,2}|koi8-[ru]|gbk|gb2312|gb18030|big5|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp",
    re.IGNORECASE,
)
_LATIN_1 = re.compile(r"iso-?8859-1|windows-1252|cp1252", re.IGNORECASE)
_NO_LETTER_WITHIN_WORD = re.compile(r"[^\W\d_][¡-©«¬®-´¶¸-»¼-¿×÷‚„…†‡ˆ‰‹•˜™›](?=[^\W\d_])|[^\W\d_m][¹³¿£¤¥]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Decoded(Record, frozen=True):
    """A text, the encoding its bytes were in, and how many of its characters are U+FFFD for bytes that are in none."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, name: str, *, declared: str | None = None) -> Decoded | Problem:
    """`data` as text. `declared` is the encoding that the material itself names; unknown names are passed over."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), encoding, name)
            except UnicodeDecodeError:
                if encoding != "utf-8":
                    return _unreadable(name, f"begins as {encoding.upper()} and does not go on so")
                data = data[len(mark) :]
                break
    if b"\x00" in data:
        return _binary(name)
    try:
        return _checked(data.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError:
        pass
    if declared and _DECLARABLE.fullmatch(declared.strip()) and not _LATIN_1.fullmatch(declared.strip()):
        try:
            return _checked(data.decode(declared.strip()), declared.strip().lower(), name)
        except (UnicodeDecodeError, LookupError):
            pass
    return _mended(data, name) or _western(data, name)


def _mended(data: bytes, name: str) -> Decoded | Problem | None:
    """UTF-8 with a few bytes that are not; None where it does not look like UTF-8 at all."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�") - data.count("�".encode())
    whole = sum(1 for char in text if char > "\x7f" and char != "�")
    if whole <= broken or broken > max(MIN_BROKEN_ALLOWED, MAX_BROKEN_SHARE * len(text)):
        return None
    found = _checked(text, "utf-8", name)
    return found if isinstance(found, Problem) else Decoded(text=found.text, encoding=found.encoding, broken=broken)


def _western(data: bytes, name: str) -> Decoded | Problem:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = None
    if text is None or _CONTROL.search(text):
        ascii_control = len(re.findall(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", data))
        if ascii_control > MAX_CONTROL_SHARE * len(data):
            return _binary(name)
    if text is None:
        return _unreadable(name, "is neither UTF-8 nor windows-1252")
    letters = [char for char in text if char.isalpha()]
    high = sum(1 for char in letters if char > "\x7f")
    if high > MAX_HIGH_SHARE * len(letters) or _NO_LETTER_WITHIN_WORD.search(text):
        return _unreadable(name, "is not UTF-8, and read as windows-1252 its words make no sense")
    return _checked(text, "windows-1252", name)


def _checked(text: str, encoding: str, name: str) -> Decoded | Problem:
    if "\x00" in text or len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        return _binary(name)
    return Decoded(text=text, encoding=encoding)


def _binary(name: str) -> Problem:
    why = "The file holds no text but other data. Give the text it is about, saved as .txt or .html."
    return Problem(where=name, what="binary", why=why)


def _unreadable(name: str, found: str) -> Problem:
    return Problem(where=name, what="encoding", why=f"The file {found}. Save it as UTF-8 and give it again.")
