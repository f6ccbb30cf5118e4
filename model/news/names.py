"""Names of people, places and organisations from names.toml, drawn at random.

In: the tables of names.toml. Out: `Entity`s, one at a time. Example: an organisation made of "{demonym} Red Crescent".
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Entity", "Names", "SLOT", "acronym", "entity"]

SLOT = re.compile(r"\{([a-z_]+)(\d*)([!^]*)\}")


@dataclass
class Entity:
    """A name: its whole form, its short form, its type, and whether it takes "the"."""

    text: str
    short: str
    label: str
    article: bool = False
    mentioned: bool = False


class Names:
    """The name lists, and ways to draw from them."""

    def __init__(self, data: dict[str, Any], rng: random.Random) -> None:
        """Keep the parsed ``names.toml`` and the source of chance."""
        self.data = data
        self.rng = rng
        self.areas: list[str] = sorted(data["people"])

    def _pick(self, *path: str) -> str:
        value: Any = self.data
        for key in path:
            value = value[key]
        return str(self.rng.choice(value))

    def person(self, area: str) -> Entity:
        """A person with a name from one area of the world."""
        pattern = self._pick("people", area, "pattern")
        last = self._pick("people", area, "last")
        first = self._pick("people", area, "first")
        parts = {
            "first": first,
            "last": last,
            "first2": self._pick("people", area, "first"),
            "last2": self._pick("people", area, "last"),
            "i": self.rng.choice("ABCDEFGHJKLMNPRSTVWY"),
            "i2": self.rng.choice("ABCDGHJKLMNPRSTV"),
            "nick": self._pick("extra", "nicknames"),
            "west": self._pick("extra", "western"),
            "first_patr": self._pick("extra", "patronymics"),
        }
        text = pattern.format_map(parts)
        rule = self.data["people"][area].get("short", "last")
        if rule == "full":
            short = text
        elif rule == "first" or "{last}" not in pattern:
            short = first
        else:
            short = last
        return Entity(text, short if short in text else text, "PERSON")

    def any_person(self) -> Entity:
        """A person from anywhere."""
        return self.person(self.rng.choice(self.areas))

    def place(self, kind: str) -> Entity:
        """A town, country, region or facility."""
        key = {
            "town": "towns",
            "country": "countries",
            "region": "regions",
            "facility": "facilities",
        }[kind]
        name = self.compose(self._pick("places", key))
        return entity(name, "LOC")

    def org(self, kind: str) -> Entity:
        """An organisation: one that is listed, or one composed from a pattern."""
        composed = 0.25 if kind in ("news", "team", "armed") else 0.5
        which = "patterns" if self.rng.random() < composed else "named"
        return entity(self.compose(self._pick("organisations", which, kind)), "ORG")

    def compose(self, pattern: str) -> str:
        """Fill a pattern for the name of an organisation or a facility."""

        def fill(match: re.Match[str]) -> str:
            kind = match.group(1)
            if kind == "demonym":
                value = self._pick("organisations", "demonyms")
            elif kind == "portfolio":
                value = self._pick("organisations", "portfolios")
            elif kind == "last":
                area = self.rng.choice(self.areas)
                value = self._pick("people", area, "last")
                value = value[0].upper() + value[1:]
            elif kind == "west":
                value = self._pick("extra", "western")
            elif kind == "coin":
                value = self._pick("extra", "coined")
            elif kind == "cc":
                value = self.rng.choice(["am", "az", "ge", "ru", "com", "net"])
            elif kind == "n":
                value = str(self.rng.randint(1, 24))
            else:
                value = self._pick("places", {"country": "countries"}.get(kind, kind + "s"))
                if "of " not in match.string[: match.start()][-4:]:
                    value = value.removeprefix("the ")
            return value

        return SLOT.sub(fill, pattern)

    def title_or_role(self, kind: str) -> str:
        """A title or a role, which may itself hold slots."""
        return self._pick(kind + "s")

    def demonym(self) -> str:
        """A national adjective."""
        return self._pick("organisations", "demonyms")

    def peoples(self) -> str:
        """A plural noun for a nation, an ethnic group or believers."""
        return self._pick("organisations", "peoples")

    def portfolio(self) -> str:
        """A minister's field, in small letters."""
        return self._pick("organisations", "portfolios").lower()


def entity(name: str, label: str) -> Entity:
    article = name.startswith("the ")
    bare = name.removeprefix("the ")
    return Entity(bare, bare, label, article)


def acronym(name: str) -> str:
    """The initials of a name's capitalised words."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
