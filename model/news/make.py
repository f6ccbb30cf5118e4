"""Write made-up news text, marked with its entities, for training the entity model.

    python -m model.news.make --seed 1 --count 12000 -o FILE.jsonl.gz

Templates (``sentences.toml``) are filled with names (``names.toml``); both were written for
presstime from general knowledge.  Each line of the output is one short run of sentences that
share some of their entities:

    {"id": "presstime-news-17", "src": "presstime",
     "sents": [{"w": [tokens], "sp": [space after?], "ner": [BIO over PERSON ORG LOC]}]}

A slot in a template is ``{kind}``, ``{kind2}`` (the same number gives the same entity within
the sentence) with an optional ``!`` (leave out a leading "the") or ``^`` (in capitals).  Kinds:

* person, surname (short form of the person with the same number), title, role;
* org (of any kind), news, body, group, armed, party, company, team, learn, acro (an acronym of
  the organisation with the same number);
* town, country, region, facility, loc (of any of these);
* demonym, peoples, portfolio, number, age, money, percent, score, day, month, year, date, time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from model.news.names import SLOT, Entity, Names, acronym
from model.news.text import LOWER_NAMES, Text, curl, headline_case, tokenise

HERE = Path(__file__).parent

ORG_KINDS: dict[str, int] = {
    "news": 2,
    "body": 7,
    "group": 4,
    "armed": 3,
    "party": 3,
    "company": 4,
    "team": 1,
    "learn": 2,
}
LOC_KINDS: dict[str, int] = {"town": 5, "country": 4, "region": 3, "facility": 1}

_NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Story:
    """A few sentences that share some of their entities."""

    def __init__(self, names: Names, rng: random.Random) -> None:
        """Begin with no entities; most of the people will come from one area."""
        self.names = names
        self.rng = rng
        self.area = rng.choice(names.areas)
        self.pool: dict[str, list[Entity]] = {}
        self.nation = names.demonym()
        self._numbers: dict[str, Callable[[], str]] = {
            "number": self._number,
            "age": lambda: str(rng.randint(17, 93)),
            "money": self._money,
            "percent": self._percent,
            "score": lambda: f"{rng.randint(0, 5)}-{rng.randint(0, 4)}",
            "day": lambda: rng.choice(_DAYS),
            "month": lambda: rng.choice(_MONTHS),
            "year": lambda: str(rng.randint(1948, 2024)),
            "date": self._date,
            "time": lambda: rng.choice(["6:30 p.m.", "7 a.m.", "0900 GMT", "14:00", "noon"]),
            "demonym": lambda: self.nation if rng.random() < 0.4 else names.demonym(),
            "peoples": names.peoples,
            "portfolio": names.portfolio,
        }

    def _number(self) -> str:
        roll = self.rng.random()
        if roll < 0.3:
            return self.rng.choice(_NUMBER_WORDS)
        if roll < 0.75:
            return str(self.rng.randint(11, 480))
        return f"{self.rng.randint(1, 60)},{self.rng.randint(0, 9)}00"

    def _money(self) -> str:
        amount = self.rng.choice(["3", "4.5", "12", "250", "1.2", "60", "700"])
        scale = self.rng.choice(["million", "million", "billion"])
        return self.rng.choice(
            [f"${amount} {scale}", f"€{amount} {scale}", f"£{amount} {scale}",
             f"{amount} {scale} dollars", f"{amount} {scale} euros", f"{amount} {scale} yuan",
             f"{amount} {scale} rupees", f"${self.rng.randint(2, 90)},000"]
        )  # fmt: skip

    def _percent(self) -> str:
        amount = self.rng.choice([str(self.rng.randint(2, 90)), f"{self.rng.uniform(0, 60):.1f}"])
        return amount + self.rng.choice(["%", " percent", " per cent"])

    def _date(self) -> str:
        month, day = self.rng.choice(_MONTHS), self.rng.randint(1, 28)
        year = self.rng.randint(1985, 2024)
        return self.rng.choice(
            [f"{month} {day}", f"{day} {month}", f"{month} {day}, {year}", f"{day} {month} {year}",
             f"{month[:3]}. {day}" if month not in ("May", "June", "July", "March", "April")
             and month != "September" else f"{month} {day}", f"{month} {year}"]
        )  # fmt: skip

    def _new(self, kind: str) -> Entity:
        if kind == "person":
            local = self.rng.random() < 0.75
            return self.names.person(self.area) if local else self.names.any_person()
        if kind in ORG_KINDS:
            return self.names.org(kind)
        return self.names.place(kind)

    def _draw(self, kind: str, used: list[Entity]) -> Entity:
        if kind == "org":
            kind = self.rng.choices(list(ORG_KINDS), list(ORG_KINDS.values()))[0]
        elif kind == "loc":
            kind = self.rng.choices(list(LOC_KINDS), list(LOC_KINDS.values()))[0]
        known = self.pool.setdefault(kind, [])
        free = [entity for entity in known if entity not in used]
        if free and self.rng.random() < 0.45:
            return self.rng.choice(free)
        entity = self._new(kind)
        while any(entity.text == other.text for other in used):
            entity = self._new(kind)
        known.append(entity)
        return entity

    def sentence(self, template: str, bare: bool) -> Text:
        """Fill one template; ``bare`` leaves every article out, as headlines do."""
        out = Text()
        bound: dict[str, Entity] = {}
        self._write(template, out, bound, bare)
        if out.text.endswith(".."):
            out.text = out.text[:-1]
        if not out.text.startswith(LOWER_NAMES):
            out.text = out.text[:1].upper() + out.text[1:]
        return out

    def _write(self, template: str, out: Text, bound: dict[str, Entity], bare: bool) -> None:
        position = 0
        acronyms = set(re.findall(r"\{acro(\d*)", template))
        ends_in_s = False
        for slot in SLOT.finditer(template):
            self._literal(template[position : slot.start()], out, ends_in_s)
            position = slot.end()
            kind, number, flags = slot.groups()
            if kind in ("title", "role"):
                inner: dict[str, Entity] = {}
                self._write(self.names.title_or_role(kind), out, inner, bare)
            elif kind in self._numbers:
                value = self._numbers[kind]()
                out.add(value.upper() if "^" in flags else value)
            else:
                self.entity(kind, number, flags, out, bound, bare, number in acronyms)
            ends_in_s = out.text.endswith("s")
        self._literal(template[position:], out, ends_in_s)

    def _literal(self, text: str, out: Text, ends_in_s: bool) -> None:
        if ends_in_s and text.startswith("'s") and self.rng.random() < 0.7:
            text = "'" + text[2:]
        out.text += text

    def entity(
        self,
        kind: str,
        number: str,
        flags: str,
        out: Text,
        bound: dict[str, Entity],
        bare: bool,
        for_acronym: bool,
    ) -> None:
        if kind == "acro":
            entity = bound["org" + number]
            entity.short = acronym(entity.text)
            out.add(entity.short, entity.label)
            return
        surname = kind == "surname"
        group = "person" if kind in ("person", "surname") else kind
        group = "org" if group in ORG_KINDS else group
        key = group + number
        if (number or surname) and key in bound:
            entity = bound[key]
        else:
            entity = self._draw("person" if surname else kind, list(bound.values()))
            while for_acronym and group == "org" and not 3 <= len(acronym(entity.text)) <= 6:
                entity = self._draw(kind, list(bound.values()))
            bound[key if key not in bound else f"{key}/{len(bound)}"] = entity
        text = entity.text
        if surname or (entity.mentioned and not for_acronym and self.rng.random() < 0.6):
            text = entity.short
        entity.mentioned = True
        if "^" in flags:
            text = text.upper()
        article = entity.article and not bare and "!" not in flags
        out.add(text, entity.label, article)


def make_line(number: int, names: Names, templates: list[tuple[str, str]], rng: random.Random) -> dict[str, Any]:
    """One line of output: a few sentences of one story."""
    story = Story(names, rng)
    curly = rng.random() < 0.4
    case = rng.random()
    sents: list[dict[str, list[Any]]] = []
    for _ in range(rng.randint(3, 6)):
        category, template = rng.choice(templates)
        if "{" not in template and rng.random() < 0.5:  # these are the same each time: fewer
            category, template = rng.choice(templates)
        text = story.sentence(template, bare=category == "headlines")
        words, spaces, tags = tokenise(curl(text) if curly else text)
        if category not in ("headlines", "plain") and len(words) <= 16 and rng.random() < 0.06:
            words = headline_case(words)
            if words[-1] == ".":
                words, spaces, tags = words[:-1], [*spaces[:-2], True], tags[:-1]
        if case < 0.04:
            words = [word.upper() for word in words]
        elif case < 0.06:
            words = [word.lower() for word in words]
        sents.append({"w": words, "sp": spaces, "ner": tags})
    return {"id": f"presstime-news-{number}", "src": "presstime", "sents": sents}


def load() -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The names, and the templates with their categories."""
    names = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    sentences = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
    return names, [(kind, text) for kind in sentences for text in sentences[kind]["templates"]]


def main(argv: list[str] | None = None) -> int:
    """Write the training lines."""
    parser = argparse.ArgumentParser(description="Write made-up news text marked with entities.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12000, help="lines to write")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(argv)
    rng = random.Random(options.seed)
    data, templates = load()
    names = Names(data, rng)
    lines = (json.dumps(make_line(number, names, templates, rng), ensure_ascii=False) for number in range(1, options.count + 1))
    with options.output.open("wb") as raw:
        if options.output.suffix == ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                packed.writelines((line + "\n").encode() for line in lines)
        else:
            raw.writelines((line + "\n").encode() for line in lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
