"""The beginning of a story's first paragraph → its dateline; a block that is nothing but a date → that date.

In: a text and the stretch of one paragraph. Out: the place's words, the date and the agency in them, and where the
story proper starts.

Example: "LIMA, 9 JAN 90 (EFE) -- [TEXT] The mayor…" → place "LIMA", date "1990-01-09", agency "EFE"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from presstime.read.credits import is_agency
from presstime.read.layout_words import LayoutWords
from presstime.read.timex import read_date

__all__ = ["Dateline", "date_line", "find_dateline"]

LONGEST_DATELINE = 140
"""A dateline ends within this many characters."""
LONGEST_PLACE = 5
"""A place's name has no more words than this."""
SOME_DAY = "2000-07-01"
"""Stands in for a day of publication where only whether words are a date matters."""
_SEPARATOR = re.compile(
    r"(?:(?<=[\s)\]])(?:[—–―_]|-{1,3})(?=\s|$|\[)|(?<=\w)[—–―](?=\s)|(?<=[\w.)])\s?--(?=\s|$|\[)|(?<=\))--(?=[A-Z])|(?<=[\w)]):(?=\s))"
)
_BRACKET = re.compile(r"\(([^()]{1,60})\)|\[([^\[\]]{1,60})\]")
_BARE_DAY = re.compile(r"(?<=[^\W\d_])\s+(\d{1,2}\s+[A-Z]{3,9}\.?(?:\s+\d{2,4})?|[A-Z]{3,9}\.?\s+\d{1,2})$")
_NOTE = re.compile(r"\s*(?:\[[A-Z][A-Z ]{1,30}\]\s*){0,3}")
_DATE_LINE = re.compile(
    r"^(?:(?:published|posted|updated|date)?:?\s*(?:on )?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
    r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+[a-z]{2,5})?)?\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dateline:
    """A dateline. `place` are its words, None where only an agency opens the story; `body` is where the story starts."""

    place: str | None
    start: int
    end: int
    body: int
    date: str | None = None
    agency: str | None = None


def date_line(words: str, published: str | None) -> str | None:
    """The day a block that is nothing but a date names, as YYYY-MM-DD."""
    return read_date(words, published) if len(words) <= 80 and _DATE_LINE.match(words) else None


def find_dateline(text: str, start: int, end: int, published: str | None, layout: LayoutWords, *, capitals: bool) -> Dateline | None:
    """The dateline at the start of text[start:end]. `capitals` says that the whole text is in capitals."""
    head = text[start : min(end, start + LONGEST_DATELINE)]
    for match in _SEPARATOR.finditer(head):
        mark = match.group().strip()
        found = _read(head[: match.start()], mark, published, layout, capitals=capitals)
        if found:
            place, place_start, place_end, date, agency = found
            body = start + match.end()
            note = _NOTE.match(text, body, end)
            return Dateline(place, start + place_start, start + place_end, note.end() if note else body, date, agency)
    if "\n" in head or end - start <= LONGEST_DATELINE:  # a dateline on a line of its own: "KABUL (Jan. 5, 2013)"
        line = head.split("\n", 1)[0].rstrip()
        if line.endswith(")"):
            found = _read(line, "", published, layout, capitals=capitals)
            if found:
                body = start + len(head.split("\n", 1)[0])
                while body < end and text[body].isspace():
                    body += 1
                return Dateline(found[0], start + found[1], start + found[2], body, found[3], found[4])
    return None


def _read(
    prefix: str, mark: str, published: str | None, layout: LayoutWords, *, capitals: bool
) -> tuple[str | None, int, int, str | None, str | None] | None:
    """Place, its start and end in the prefix, date and agency; None where the prefix is no dateline."""
    date, agency, bracketed, dated = None, None, False, False
    for bracket in _BRACKET.finditer(prefix):
        inner = bracket[1] or bracket[2]
        bracketed = True
        if read_date(inner, published or SOME_DAY):
            date = read_date(inner, published) or date
            dated = True
        elif not any(letter.isdigit() for letter in inner):
            agency = agency or inner.strip()
    known = agency is not None and (is_agency(agency, layout) or agency.lower() in layout.generic_sources)
    first_bracket = prefix.find("(") if "(" in prefix else len(prefix)
    place_part = prefix[:first_bracket].rstrip(" ,")
    tail = _BRACKET.sub(" ", prefix[first_bracket:]).strip(" ,")
    if tail:
        if not read_date(tail, published or SOME_DAY):
            return None
        date, dated = date or read_date(tail, published), True
    if not place_part.strip():
        return (None, 0, 0, date, agency) if known and mark else None
    day = _bare_day(place_part, published)
    if day is not None:
        place_part, date, dated = place_part[: day[0]].rstrip(), date or day[1], True
    pieces, at, place_end = place_part.split(","), 0, 0
    for number, piece in enumerate(pieces):
        words = piece.split()
        if number and piece.strip().lower() in layout.undated:
            dated = True
            break
        if number and (read_date(piece, published or SOME_DAY) or (words and all(word.isdigit() for word in words))):
            date, dated = date or read_date(",".join(pieces[number:]), published), True
            break
        if not words or len(words) > LONGEST_PLACE or number >= 3:
            return None
        if number == 0 and not _place_like(words, layout, shouted=not (known or dated or bracketed)):
            return None
        if number and not all(word[0].isupper() or word in ("of", "the", "and", "de", "d'") for word in words):
            return None
        at += len(piece) + (1 if number else 0)
        place_end = at
    place = place_part[:place_end].strip()
    sure = known or dated
    if capitals and not sure:
        return None
    first = pieces[0].strip()
    shouted = first.upper() == first
    if not shouted and not (known or (bracketed and dated)):
        return None
    if mark == ":" and not (shouted and len(pieces) == 1 and len(first) > 3 and not bracketed and not capitals):
        return None
    if mark == "" and not (bracketed and sure):
        return None
    lead = len(place_part[:place_end]) - len(place_part[:place_end].lstrip())
    return place, lead, lead + len(place), date, agency


def _bare_day(place_part: str, published: str | None) -> tuple[int, str | None] | None:
    """Where a day that no comma parts from the place begins, and that day: "LIMA 9 JAN 90"."""
    match = _BARE_DAY.search(place_part)
    if match is None or not read_date(match[1], published or SOME_DAY):
        return None
    return match.start(), read_date(match[1], published)


def _place_like(words: list[str], layout: LayoutWords, *, shouted: bool) -> bool:
    """Whether the words can be a place's name; `shouted` asks for capitals throughout."""
    joined = " ".join(words)
    if joined.lower() in layout.not_places or words[0].lower() in layout.not_places or not any(letter.isalpha() for letter in joined):
        return False
    if any(not (letter.isalpha() or letter in ".'’-/ &") for letter in joined):
        return False
    if shouted or joined.upper() == joined:
        return joined.upper() == joined and len(joined) > 1
    return all(word[0].isupper() or word in ("of", "the", "de", "el", "al", "es", "la") for word in words)
