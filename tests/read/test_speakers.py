"""Whom a speaker's mention stands for: cases read through the real parser, and what holds of every name given."""

from __future__ import annotations

import json
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from statement_cases import government_of

from presstime.read import confidence
from presstime.read.language import parse
from presstime.read.people import bare_name, given_gender
from presstime.read.speakers import Named, Resolver
from presstime.read.tree import Sentence
from presstime.records import KnownActor

CASES = json.loads((Path(__file__).parents[1] / "cases" / "speakers.json").read_text(encoding="utf-8"))
"""Texts with mentions in order: words that stand once in the text, the mention that they begin or end with, and the name."""
WORDS = Path(confidence.__file__).parent / "words" / "en"


def resolver(text: str, *known: KnownActor) -> Resolver:
    return Resolver(text, parse(text, [(0, len(text))]), government_of, known)


def named(of: Resolver, where: str, mention: str) -> Named:
    """Whom a mention stands for; `where` are words around it that stand just once in the text."""
    start = of.text.index(where) + where.index(mention)
    end = start + len(mention)
    number = next(n for n, s in enumerate(of.sentences) if s.start <= start < s.end)
    sentence = of.sentences[number]
    return of.resolve(number, [w for w in range(len(sentence)) if start <= sentence.starts[w] and sentence.ends[w] <= end])


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    of = resolver(case["text"])
    found = [named(of, where, mention) for where, mention, _ in case["mentions"]]
    assert [n.name for n in found] == [name for _, _, name in case["mentions"]]
    assert all(0 < n.confidence <= 0.95 for n in found)


def test_a_pronoun_that_fits_nobody_is_kept_and_told_to_be_unsure() -> None:
    found = named(resolver("Nobody came. He said it was late."), "He said", "He")
    assert (found.name, found.confidence) == ("He", 0.2)


def test_one_of_two_women_is_less_sure_than_the_only_one() -> None:
    sure = named(resolver("Ana Bel spoke on Monday. She said the dam would hold."), "She said", "She")
    unsure = named(resolver("Ana Bel and Helen Varro spoke on Monday. She said the dam would hold."), "She said", "She")
    assert sure.name == "Ana Bel"
    assert sure.confidence > unsure.confidence


def test_the_actors_of_the_story_come_first() -> None:
    of = resolver("The watch said it rained.", KnownActor(name="Harbour Watch", names=("the Watch",), kind="organisation"))
    assert named(of, "The watch", "The watch").name == "Harbour Watch"


def test_measured_shares_are_shares_rounded_to_a_twentieth() -> None:
    table = tomllib.loads((WORDS / "confidence.toml").read_text(encoding="utf-8"))
    for how, given in table["right"].items():
        assert "any" in given, how
        for value in given.values():
            for share in value if isinstance(value, list) else [value]:
                assert 0 < share <= 0.95
                assert round(share * 20, 6) == round(share * 20)


def test_a_likelier_candidate_is_never_less_sure() -> None:
    for whom in ("person", "thing"):
        steps = [confidence.likely(share / 100, whom) for share in range(101)]
        assert steps == sorted(steps)


def test_names() -> None:
    assert bare_name("Mr. Ochs’s") == "Ochs"
    assert given_gender("Helen Varro") == ("f", True)
    assert given_gender("Oren Kest") == ("m", True)
    assert given_gender("Andrea Kest")[0] == ""


def test_long_texts_take_no_more_than_their_share_of_time() -> None:
    line = "Ana Bel met Oren Kest. She said the dam would hold. The mayor, Lena Farrow, said it was old. "
    parsed = parse(line, [(0, len(line))])

    def taken(count: int) -> float:
        def moved(s: Sentence, by: int) -> Sentence:
            return replace(s, starts=tuple(i + by for i in s.starts), ends=tuple(i + by for i in s.ends))

        of = Resolver(line * count, [moved(s, n * len(line)) for n in range(count) for s in parsed], government_of)
        begin = time.process_time()
        found = [of.resolve(number, [0]) for number, sentence in enumerate(of.sentences) if sentence.words[0] == "She"]
        assert len(found) == count
        return time.process_time() - begin

    taken(10)
    assert taken(400) < 12 * max(taken(100), 0.01)
