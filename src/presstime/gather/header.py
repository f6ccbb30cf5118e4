"""The fields a text states about itself before it begins: header lines, or a Markdown file's front matter.

In: a text. Out: `Stated` (the fields, where each came from, what was wrong) and the text that is left. A file that
begins "Outlet: The Harrow Post", an empty line, then the article, gives outlet "The Harrow Post" and the article; a line
near its top that is nothing but a date ("March 3, 2026") gives the day of publication and stays in the text.
"""

from __future__ import annotations

import re

from presstime.gather.dates import published_date
from presstime.records import Problem, Provenance, Record

__all__ = ["HEADER_NAMES", "Stated", "date_line", "front_matter", "header_lines"]

_HEADER_KEYS = {"outlet": "outlet", "headline": "headline", "byline": "byline", "published": "published", "url": "url"}
HEADER_NAMES = frozenset(_HEADER_KEYS)
_FRONT_KEYS = {
    **_HEADER_KEYS,
    "title": "headline",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "date": "published",
    "publication": "outlet",
    "publisher": "outlet",
    "source_url": "url",
    "link": "url",
    "lang": "language",
    "language": "language",
}
MAX_FRONT_LINES = 200
_LINE = re.compile(r"([A-Za-z][A-Za-z_-]{0,30})[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ITEM = re.compile(r"\s*-\s+(.+)$")

DATE_LINE_WITHIN = 8
"""A date of its own stands in one of the first so many lines that hold anything."""
LONGEST_TITLE_LINE = 160
"""Characters. A longer line is the story, and what stands behind it is no date line of the report's head."""
LONGEST_DATE = 80
_DATE_LABEL = re.compile(
    r"^(?:(?:first )?(?:published|posted|issued|date|dated|updated|last updated|last modified)(?:\s+on)?\s*:?\s+)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:,|\s+at|\s+-)?\s+\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s+\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?)?$", re.IGNORECASE
)
_PIECES = re.compile(r"\s+[|•·–—]\s+")


class Stated(Record, frozen=True):
    """What a text states about itself; `fields` maps outlet, headline, byline, published, url, language to values."""

    fields: dict[str, str]
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()


_NOTHING = Stated(fields={})


def header_lines(text: str, name: str) -> tuple[Stated, str]:
    """The header lines at the very beginning of `text`, and the text after the empty line that ends them.

    Only where the first line is one of Outlet, Headline, Byline, Published, URL. A line among them that is none of
    these leaves the whole block in the text, with a Problem.
    """
    pairs: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end].rstrip()
        if not line:
            break
        found = _LINE.match(line)
        if found is None or found[1].lower() not in _HEADER_KEYS:
            if not pairs:
                return _NOTHING, text
            why = f"Line {len(pairs) + 1} stands in the header but is not Outlet, Headline, Byline, Published or URL. "
            problem = Problem(where=name, what="header", why=why + "The header was left in the text: end it with an empty line.")
            return Stated(fields={}, problems=(problem,)), text
        pairs.append((found[1].lower(), found[2] or ""))
        position = end + 1
    if not pairs:
        return _NOTHING, text
    return _stated(pairs, _HEADER_KEYS, "header", name), text[position:].lstrip("\n")


def front_matter(text: str, name: str) -> tuple[Stated, str]:
    """The front matter (a block between two lines of ---) of a Markdown text, and the text after it.

    Plain "key: value" lines and lists of values are understood; other keys are passed over.
    """
    lines = text.split("\n", MAX_FRONT_LINES)
    if lines[0].rstrip() != "---":
        return _NOTHING, text
    closing = next((index for index, line in enumerate(lines[1:MAX_FRONT_LINES], 1) if line.rstrip() in ("---", "...")), None)
    if closing is None or not any(_LINE.match(line.rstrip()) for line in lines[1:closing]):
        return _NOTHING, text
    pairs: list[tuple[str, str]] = []
    for line in lines[1:closing]:
        if found := _LINE.match(line.rstrip()):
            pairs.append((found[1].lower(), _scalar(found[2] or "")))
        elif pairs and (item := _ITEM.match(line)):
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value}, {_scalar(item[1])}" if value else _scalar(item[1]))
    rest = "\n".join(lines[closing + 1 :])
    return _stated(pairs, _FRONT_KEYS, "front matter", name), rest.lstrip("\n")


def date_line(text: str) -> str | None:
    """The day, as YYYY-MM-DD, of the first line near the top that is nothing but a date, or a byline and a date with a stroke
    between; None where a line of the story comes first, or another day stands so on a line farther down.
    """
    seen, position = 0, 0
    while position < len(text) and seen < DATE_LINE_WITHIN:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = " ".join(text[position : min(end, position + LONGEST_TITLE_LINE + 1)].split())
        position = end + 1
        if not line:
            continue
        seen += 1
        if len(line) > LONGEST_TITLE_LINE:
            return None
        day = next((day for piece in _PIECES.split(line) if (day := _bare_day(_DATE_LABEL.sub("", piece))) is not None), None)
        if day is not None:
            others = (_bare_day(" ".join(other.split())) for other in text[position:].split("\n") if len(other) <= LONGEST_DATE)
            return day if all(other in (day, None) for other in others) else None  # a chronology has many
    return None


def _bare_day(words: str) -> str | None:
    """The day of words that are nothing but a date, with or without an hour."""
    if not any(c.isdecimal() for c in words):
        return None
    day = published_date(_CLOCK.sub("", words).rstrip("."))
    return None if day is None else day[: len("2026-03-03")]


def _stated(pairs: list[tuple[str, str]], keys: dict[str, str], source: str, name: str) -> Stated:
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in pairs:
        field, value = keys.get(key), value.strip()
        if field is None or not value:
            continue
        if field in fields:
            problems.append(Problem(where=name, what="header", why=f'"{key}" is stated twice: the first was taken. Leave one.'))
            continue
        if field == "published":
            moment = published_date(value)
            if moment is None:
                why = f'The date "{value[:80]}" is not understood. Write it as 2026-03-04 or 2026-03-04T18:20:00+02:00.'
                problems.append(Problem(where=name, what="published", why=why))
                continue
            value = moment
        fields[field] = value
    provenance = tuple(Provenance(field=field, source=source) for field in fields)
    return Stated(fields=fields, provenance=provenance, problems=tuple(problems))


def _scalar(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(part for part in (_scalar(item) for item in value[1:-1].split(",")) if part)
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
    return "" if value.lower() in ("null", "~") else value
