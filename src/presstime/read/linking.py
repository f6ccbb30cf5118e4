"""The names that one document uses → the name under which each actor is listed.

In: names of bodies in the order of the text, and the short names that the text itself gives in brackets. Out: for each
name the one it is short for, where the text has just one such: "the ICRC" and "the Red Cross" after "the International
Committee of the Red Cross (ICRC)". Names that two bodies could have stay apart, and so do persons of one surname.

Example: `bodies(["European Union", "EU"], {})` → {"eu": "European Union"}.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from presstime.read.lands import country_in, country_named, nationality
from presstime.read.lexicon import nouns, words
from presstime.read.people import initials

__all__ = ["bodies", "folded", "land_key", "nearest_before", "person_name", "trimmed"]

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"^[A-Z][A-Za-z]?[A-Z&/-]*[A-Z]s?$|^[A-Z]{2,}$")
_LONGEST_NAME = 4
"""Words of a person's name; a longer one has a title in it that was taken for a part."""


def folded(name: str) -> str:
    """A name without case, article and possessive: the key under which it meets itself."""
    low = _ARTICLE.sub("", " ".join(name.split())).lower().replace("’", "'")
    return low.removesuffix("'s").removesuffix("'") if low.endswith(("'s", "s'")) else low


def trimmed(name: str) -> str:
    """A name without small words at its ends; "" where nothing written large is left."""
    loose = frozenset(words("actors")["loose"])
    parts = name.split()
    while parts and parts[-1].lower() in loose:
        parts.pop()
    first = 0
    while first < len(parts) and parts[first] in loose:
        first += 1
    if first and parts[0] not in ("the", "a", "an"):
        return ""  # "of Scientology" is a piece of a name
    kept = " ".join(parts[first:]).strip(' ,;:()[]“”"')
    return kept if any(c.isupper() or not c.islower() for c in kept[:1]) and any(c.isalnum() for c in kept) else ""


# ---------------------------------------------------------------- bodies


def bodies(names: Sequence[str], brackets: Mapping[str, str]) -> dict[str, str]:
    """Folded short names → the full names they stand for. `names` in the order of the text, each once."""
    found: dict[str, str] = {}
    given = {folded(n): n for n in reversed(names)}
    long = [n for n in names if " " in folded(n)]
    by_initials: dict[str, list[str]] = {}
    for name in long:
        for short in initials(_ARTICLE.sub("", name)):
            by_initials.setdefault(short, []).append(name)
    known = words("actors")["names"]["known"]
    for name in names:
        key = folded(name)
        plain = _ARTICLE.sub("", name).replace(".", "")
        if name in brackets or plain in brackets:
            target = brackets.get(name) or brackets[plain]
        elif _ACRONYM.match(plain) and known.get(plain.lower()) in given:
            target = given[known[plain.lower()]]
        elif _ACRONYM.match(plain) and len({folded(n) for n in by_initials.get(plain.upper(), ())}) == 1:
            target = by_initials[plain.upper()][0]
        else:
            continue
        if folded(target) != key:
            found[key] = target
    firms = frozenset(words("actors")["names"]["firms"])
    longer: dict[str, dict[str, int]] = {}
    for number, name in enumerate(names):
        parts = folded(name).split()
        for n in range(1, len(parts)):
            longer.setdefault(" ".join(parts[n:]), {}).setdefault(name, number)
        if len(parts) > 1 and parts[-1] in firms:
            longer.setdefault(" ".join(parts[:-1]), {}).setdefault(name, number)
    for number, name in enumerate(names):
        key = folded(name)
        if key in found or _ACRONYM.match(name.replace(".", "")) or len(longer.get(key, ())) != 1:
            continue
        full, seen_at = next(iter(longer[key].items()))
        if _is_firm(folded(full), key) or (seen_at < number and _short_for(key, folded(full), full)):
            found[key] = full
    for key, target in list(found.items()):
        seen = {key}
        while folded(target) in found and folded(target) not in seen:
            seen.add(folded(target))
            target = found[folded(target)]
        found[key] = target
    return found


def land_key(name: str, kind: str) -> str | None:
    """A key under which a country's body meets itself: "Greek Foreign Ministry", "Foreign Ministry of Greece"; None for others."""
    country = country_in(name) or country_named(name)
    if country is None:
        return None
    table = words("actors")["names"]
    own = {*country[0].lower().split(), "affairs", "of", "the", "for", "and", "s"}
    rest = []
    for word in re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b", "", name)):
        low = table["spellings"].get(word.lower(), word.lower())
        if low not in own and (nationality(word) or ("", ""))[1] != country[1]:
            rest.append(low)
    if kind == "government" and set(rest) <= set(table["government"]):
        return f"{country[1]} government"
    return f"{country[1]} {' '.join(sorted(rest))}" if len(rest) > 1 and any(w in nouns().body for w in rest) else None


def _is_firm(full: str, short: str) -> bool:
    return full.startswith(short + " ") and full[len(short) + 1 :] in words("actors")["names"]["firms"]


def _short_for(short: str, full: str, written: str) -> bool:
    """Whether a body's name may be short for a longer one: its end behind "of" or a country, or a firm's without "Inc."."""
    if _is_firm(full, short):
        return True
    if not full.endswith(" " + short):
        return False
    parts = short.split()
    if (
        all(p in nouns().body or p in ("foreign", "defence", "defense", "supreme", "security", "health", "interior", "high") for p in parts)
        and len(parts) == 1
    ):
        return False
    dropped = _ARTICLE.sub("", written)[: -len(short)].strip()
    last = dropped.split()[-1].lower() if dropped else ""
    if last == "the":
        last = dropped.split()[-2].lower() if len(dropped.split()) > 1 else ""
    if last == "of":
        return True
    return _is_land(re.sub(r"['’]s?$", "", dropped)) or all(w in words("actors")["names"]["before"] for w in dropped.lower().split())


def _is_land(name: str) -> bool:
    """Whether a name is a country's, its capital's or its adjective."""
    return nationality(name) is not None or country_named(name, capitals=True) is not None


# ---------------------------------------------------------------- people


def person_name(name: str, full_names: frozenset[str]) -> str:
    """A person's name without titles and whom they belong to that were taken for a part of it."""
    first = name.partition(",")[0]
    name = first if " " in first and all(p[:1].isupper() for p in first.split()) else name
    parts = name.split()
    if not all(p[:1].isupper() or p in ("of", "al", "de", "la", "van", "von", "bin", "to", "the", "for", "and") for p in parts):
        return name  # a description
    if " of " in name:
        parts = name.split(" of ")[0].split()
        if not parts or parts[-1].lower() in nouns().titles:
            parts = name.split()
    ends = [" ".join(parts[n:]) for n in range(1, len(parts) - 1) if parts[n][:1].isupper()]
    known = next((end for end in ends if end in full_names), None)
    if known is not None and _titled(parts, len(parts) - len(known.split())):
        return known
    cut = next((end for end in reversed(ends) if _titled(parts, len(parts) - len(end.split()))), None)
    if cut is not None and len(parts) > _LONGEST_NAME:
        return cut
    return " ".join(parts)


def _titled(parts: Sequence[str], n: int) -> bool:
    """Whether there is a title in the words up to the n-th, and none behind."""
    return any(p.lower() in nouns().titles for p in parts[:n]) and not any(p.lower() in nouns().titles for p in parts[n:])


def nearest_before(places: Mapping[str, Sequence[int]], candidates: Sequence[str], at: int) -> str | None:
    """Of several full names, the one that stands nearest before a place, else nearest behind it."""
    best: tuple[int, str] | None = None
    for name in candidates:
        seen = places.get(name, ())
        n = bisect_left(seen, at)
        if n and (best is None or seen[n - 1] > best[0]):
            best = seen[n - 1], name
    if best is not None:
        return best[1]
    later = [(places[name][0], name) for name in candidates if places.get(name)]
    return min(later)[1] if later else None
