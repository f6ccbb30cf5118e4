"""words/en/layout.toml → the word lists and patterns of layout, compiled once.

Example: `layout_words().agencies` holds "Reuters".
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["AsOfCue", "LayoutWords", "layout_words"]


@dataclass(frozen=True)
class AsOfCue:
    """Words that announce the moment a report stands at; `must` where a time has to follow them."""

    pattern: re.Pattern[str]
    must: bool
    plain: bool
    """Whether the cue is the bare "as of", which also dates figures."""


@dataclass(frozen=True)
class LayoutWords:
    """The lists of layout.toml, as sets of lower-case words (agencies: as they are written) and compiled patterns."""

    boilerplate: re.Pattern[str]
    credit_patterns: tuple[re.Pattern[str], ...]
    media_patterns: tuple[re.Pattern[str], ...]
    media_words: tuple[str, ...]
    as_of: tuple[AsOfCue, ...]
    any_as_of: re.Pattern[str]
    agencies: frozenset[str]
    generic_sources: frozenset[str]
    not_places: frozenset[str]
    undated: frozenset[str]
    source_headings: frozenset[str]
    common_headings: frozenset[str]
    caption_words: frozenset[str]
    determiners: frozenset[str]
    person_titles: frozenset[str]
    heading_starts: frozenset[str]
    title_small: frozenset[str]
    place_prepositions: frozenset[str]
    finite_words: frozenset[str]


@cache
def layout_words() -> LayoutWords:
    """The lists, read once."""
    table = tomllib.loads((files("presstime.read") / "words/en/layout.toml").read_text(encoding="utf-8"))

    def compiled(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in table[name])

    def lowered(name: str) -> frozenset[str]:
        return frozenset(word.lower() for word in table[name])

    return LayoutWords(
        boilerplate=re.compile("|".join(f"(?:{pattern})" for pattern in table["boilerplate_patterns"]), re.IGNORECASE),
        credit_patterns=compiled("credit_patterns"),
        media_patterns=compiled("media_patterns"),
        media_words=tuple(table["media_words"]),
        as_of=tuple(
            AsOfCue(re.compile(cue["cue"], re.IGNORECASE), cue["time"] == "must", cue["cue"].endswith("as of")) for cue in table["as_of"]
        ),
        any_as_of=re.compile("|".join(cue["cue"] for cue in table["as_of"]), re.IGNORECASE),
        agencies=frozenset(table["agencies"]),
        generic_sources=lowered("generic_sources"),
        not_places=lowered("not_places"),
        undated=lowered("undated"),
        source_headings=lowered("source_headings"),
        common_headings=lowered("common_headings"),
        caption_words=lowered("caption_words"),
        determiners=lowered("determiners"),
        person_titles=lowered("person_titles"),
        heading_starts=lowered("heading_starts"),
        title_small=lowered("title_small"),
        place_prepositions=lowered("place_prepositions"),
        finite_words=lowered("finite_words"),
    )
