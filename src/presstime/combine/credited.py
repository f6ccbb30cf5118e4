"""A document → whom it credits for what it prints, and whom its sentences have something from.

In: a document or a reading. Out: `Credit`s in the order of how much they say: a dateline's agency, a byline's, a forwarded
post's author, credit lines; and for a sentence the newsroom it cites or that somebody told it to.

Example: "VELM (Lake Agency) — The river rose" → Lake Agency, in the dateline. "she told Lake Agency" → told, Lake Agency.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from presstime.combine.names import name_key
from presstime.read.layout_words import layout_words
from presstime.records import Document, Reading

__all__ = [
    "Credit",
    "Source",
    "cited_in",
    "credits_of",
    "is_agency_name",
    "is_body_name",
    "is_combined",
    "is_newsroom_name",
    "newsroom_lists",
    "newsroom_name",
    "sources_in",
    "uses_agencies",
]

_WORD = r"[A-Z][\w&’'/-]*(?:\.\w+)*"
_NAME = rf"@?{_WORD}(?:(?:\s+(?:of|the|and|de|la|for))?\s+{_WORD}){{0,5}}"
_DATELINE = re.compile(r"\(([^()]{2,60})\)\s*(?:[—–:_-]|$)")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_BEGINS = r"\b(?P<name>NAME)"
"""How a pattern is written that begins with a name."""
_CAPITAL = re.compile(r"\b(?=@?[A-Z])")
_REACH = 160
"""Characters from the start of the story in which a dateline's agency, or "Forwarded from", stands."""


@dataclass(frozen=True, slots=True)
class _Lists:
    newsroom_words: frozenset[str]
    agency_words: frozenset[str]
    credited_words: frozenset[str]
    body_words: frozenset[str]
    published_as: frozenset[str]
    nobody: frozenset[str]
    combined: frozenset[str]
    agencies_used: re.Pattern[str]
    partial: re.Pattern[str]
    compiled: re.Pattern[str]
    bylines: tuple[re.Pattern[str], ...]
    forwarded: tuple[re.Pattern[str], ...]
    forwarded_end: tuple[re.Pattern[str], ...]
    told: tuple[re.Pattern[str], ...]
    cited: tuple[re.Pattern[str], ...]
    said: tuple[re.Pattern[str], ...]
    named: re.Pattern[str]
    """Where a name stands with which one of the patterns above begins."""
    aliases: dict[str, str]
    agencies: frozenset[str]


@cache
def newsroom_lists() -> _Lists:
    """The lists of words/newsrooms.toml, read once."""
    table = tomllib.loads((files("presstime.combine") / "words/newsrooms.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(table[name]), re.IGNORECASE)

    def each(name: str, flags: int = 0) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p.replace("NAME", _NAME), flags) for p in table[name])

    def keys(name: str) -> frozenset[str]:
        return frozenset(name_key(word) for word in table[name])

    tails = [p.removeprefix(_BEGINS) for name in ("told", "cited", "said") for p in table[name] if p.startswith(_BEGINS)]
    return _Lists(
        newsroom_words=keys("newsroom_words"),
        agency_words=keys("agency_words"),
        credited_words=keys("credited_words"),
        body_words=keys("body_words"),
        published_as=keys("published_as"),
        nobody=keys("nobody"),
        combined=keys("combined"),
        agencies_used=any_of("agencies_used"),
        partial=any_of("partial"),
        compiled=any_of("compiled"),
        bylines=each("bylines"),
        forwarded=each("forwarded", re.IGNORECASE),
        forwarded_end=each("forwarded_end", re.IGNORECASE),
        told=each("told"),
        cited=each("cited"),
        said=each("said"),
        named=re.compile(rf"\b{_NAME}(?:{'|'.join(tails)})"),
        aliases={name_key(short): full for short, full in table["aliases"].items()},
        agencies=frozenset(name_key(name) for name in layout_words().agencies),
    )


@dataclass(frozen=True, slots=True)
class Credit:
    """A newsroom that a document credits. `how` says where; `whole` that the text is given to it, and not only helped by it."""

    name: str
    how: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A newsroom that a sentence has something from: told to it in person, or cited from it."""

    name: str
    told: bool


def newsroom_name(name: str) -> str:
    """A name without a handle's sign, and without what is published in brackets behind it: "Velm Water Board (statement)"."""
    match = _BRACKETS.search(name)
    if match is not None and name_key(match[1]) in newsroom_lists().published_as:
        name = name[: match.start()]
    return _BRACKETS.sub("", name).strip().removeprefix("@").replace("_", " ").strip() or name


@lru_cache(maxsize=20_000)
def is_newsroom_name(name: str) -> bool:
    """Whether a name is one of a newsroom by its words; what it ends with says most: "Press Council" is none."""
    words, lists = name_key(name).split(), newsroom_lists()
    if is_agency_name(name):
        return True
    if not words or not any(w in lists.newsroom_words for w in words):
        return False
    return words[-1] not in lists.body_words


@lru_cache(maxsize=20_000)
def is_agency_name(name: str) -> bool:
    """Whether a name is an agency's by its words."""
    key, lists = f" {name_key(name)} ", newsroom_lists()
    return key.strip() in lists.agencies or any(f" {w} " in key for w in lists.agency_words)


@lru_cache(maxsize=20_000)
def is_body_name(outlet: str) -> bool:
    """Whether who publishes is no newsroom but a body or a person that speaks for itself, by its name."""
    lists = newsroom_lists()
    match = _BRACKETS.search(outlet)
    if match is not None and name_key(match[1]) in lists.published_as:
        return True
    words = name_key(outlet).split()
    return any(w in lists.body_words for w in words) and not is_newsroom_name(outlet)


def _start(document: Document) -> int:
    return next((p.start for p in document.parts if p.kind == "paragraph"), 0)


def _bracket(document: Document) -> str | None:
    """The name in brackets of a dateline."""
    start = _start(document)
    match = _DATELINE.search(document.text, start, start + _REACH)
    if match is None or any(c.isdigit() for c in match[1]):
        return None
    before = document.text[start : match.start()].strip(" ,")
    place = bool(document.dateline) and (document.dateline or "") in document.text[start : match.start()]
    return match[1].strip() if place or not before or before.split(",")[0].isupper() else None


def is_combined(document: Document) -> bool:
    """Whether a document says that it is its outlet's compilation of others' reports."""
    lists = newsroom_lists()
    if name_key(_bracket(document) or "") in lists.combined:
        return True
    if len(document.credits) < 2:
        return False
    return any(lists.compiled.search(document.text[p.start : p.end].strip()) for p in document.parts if p.kind == "credit")


def credits_of(document: Document) -> tuple[Credit, ...]:
    """The newsrooms that a document credits for its text, those first whose credit says most."""
    lists = newsroom_lists()
    found: dict[str, Credit] = {}

    def add(name: str | None, how: str, whole: bool) -> None:
        name = (name or "").strip(" .,;:—–-")
        if name and name_key(name) not in lists.nobody | lists.combined:
            found.setdefault(name_key(name), Credit(name, how, whole))

    start = _start(document)
    head = document.text[start : start + _REACH]
    for match in (p.search(head) for p in lists.forwarded):
        add(match and match["name"], "forwarded from it", True)
    for match in (p.search(document.text[-_REACH:].rstrip()) for p in lists.forwarded_end):
        add(match and match["name"], "forwarded from it", True)
    add(_bracket(document), "credited to it in the dateline", True)
    for match in (p.search(document.byline or "") for p in lists.bylines):
        own = match is not None and set(name_key(match["name"]).split()) < set(name_key(document.outlet or "").split())
        if match is not None and not own and (is_newsroom_name(match["name"]) or _initials(match["name"])):
            add(match["name"], "credited to it in the byline", True)
    lines = [document.text[p.start : p.end].strip() for p in document.parts if p.kind == "credit"]
    names = [n for n in document.credits if is_newsroom_name(n) or _initials(n) or len(n.split()) == 1 or _last(n) in lists.credited_words]
    for name in names:
        line = next((text for text in lines if name in text), "")
        partial = lists.partial.search(line) is not None or len(names) > 1
        add(name, "credited to it in a credit line", not partial)
    return tuple(found.values())


def _initials(name: str) -> bool:
    return 2 <= len(name) <= 7 and name.replace("/", "").replace("-", "").isalpha() and name.isupper()


def _last(name: str) -> str:
    return name_key(name).rpartition(" ")[2]


def uses_agencies(document: Document) -> bool:
    """Whether a byline says that agencies' copy was used, named or not."""
    return newsroom_lists().agencies_used.search(document.byline or "") is not None


@lru_cache(maxsize=2_000)
def sources_in(words: str) -> tuple[Source, ...]:
    """The names that a sentence has something from, whether or not they are newsrooms'; those told in person first."""
    lists = newsroom_lists()
    starts = [match.start() for match in _CAPITAL.finditer(words) if lists.named.match(words, match.start())]
    found = [Source(_trimmed(m["name"]), True) for p in lists.told for m in _matches(p, words, starts)]
    found += [Source(_trimmed(m["name"]), False) for p in lists.cited for m in _matches(p, words, starts)]
    said = [Source(_trimmed(m["name"]), False) for p in lists.said for m in _matches(p, words, starts)]
    return (*found, *(source for source in said if is_newsroom_name(source.name) or _initials(source.name)))


def _matches(pattern: re.Pattern[str], words: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds. One that begins with a name is tried at `starts` alone: there one of its kind matches."""
    if not pattern.pattern.startswith(rf"\b(?P<name>{_NAME})"):
        yield from pattern.finditer(words)
        return
    past = 0
    for start in starts:
        if start >= past and (match := pattern.match(words, start)) is not None:
            past = match.end()
            yield match


def _trimmed(name: str) -> str:
    return re.sub(r"(?:[’']s?)?[.,;:]*$", "", name)


def cited_in(reading: Reading) -> list[str]:
    """Every name that a reading's text has something from."""
    return list(dict.fromkeys(source.name for source in sources_in(reading.document.text)))
