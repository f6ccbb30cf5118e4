"""A minister's role and a ministry's name → the field that both have in common.

In: "Interior Minister", "Minister of Justice", "the country's Emergencies Ministry". Out: the stems of the field's words,
sorted; "" where it is no minister's or ministry's. A deputy and a former minister head nothing.

Example: "Minister for Emergencies" and "Keldan Ministry of Emergency Situations" → "emerge" and "emerge keldan situat".
"""

from __future__ import annotations

import re

from presstime.combine.names import name_key

__all__ = ["field_headed", "field_of", "stems"]

_NONE = re.compile(r"\b(?:deputy|vice|former|ex|prime|shadow|junior)\b", re.IGNORECASE)
_MINISTER = re.compile(r"(?:(?P<before>.*?)\s+)?minister(?:\s+(?:of|for)\s+(?P<behind>[^,;]+))?", re.IGNORECASE)
_OF_NO_FIELD = frozenset(
    {
        "the",
        "a",
        "of",
        "for",
        "and",
        "s",
        "ministry",
        "affairs",
        "federal",
        "national",
        "state",
        "country",
        "countrys",
        "government",
        "its",
        "own",
    }
)
_STEM = 6
"""Letters by which "emergency" and "emergencies" are one field, and "interior" and "internal" are not."""


def field_headed(role: str | None) -> str:
    """The field that somebody of this role is the minister of; "" for none."""
    match = _MINISTER.match(role or "")
    if match is None or _NONE.search(role or ""):
        return ""
    return stems(f"{match['before'] or ''} {match['behind'] or ''}")


def field_of(name: str) -> str:
    """The field of a ministry by its name; "" where it is none."""
    return stems(name) if "ministry" in name_key(name).split() else ""


def stems(words: str) -> str:
    """The stems of the words that tell a field."""
    spelled = (w.replace("defense", "defence") for w in name_key(words).split())
    return " ".join(sorted({w[:_STEM] for w in spelled if w not in _OF_NO_FIELD}))
