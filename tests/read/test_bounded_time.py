"""What no news text has, thousands of one thing, is read in proportion to its length: steps are counted, or times of n and 4n compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time

import numpy as np
import pytest

from presstime.read.contents import settled
from presstime.read.cued import MOST, cue_runs
from presstime.read.language import parse
from presstime.read.memory import Entity, Memory, Seen
from presstime.read.people import People, Told
from presstime.read.pronouns import features
from presstime.read.quoted import Word, quote_frames, words_of
from presstime.read.quotes import find_quotes
from presstime.read.same_event import Telling, merged
from presstime.read.tokens import tokenise
from presstime.records import Event

SLACK = 9
"""Times that four times the text may take; where time grows with the square it is 16."""


def _ratio(step: Callable[[int], object], n: int) -> float:
    def seconds(size: int) -> float:
        best = float("inf")
        for _ in range(2):
            begun = process_time()
            step(size)
            best = min(best, process_time() - begun)
        return best

    return seconds(4 * n) / max(seconds(n), 1e-4)


@pytest.mark.parametrize("unit", ["ab.", "etc. ", "e\u0301\u0301 ", "a@", "x'll", "1.1", "a.b-"])
def test_words_are_cut_in_linear_time(unit: str) -> None:
    assert _ratio(lambda n: tokenise(unit * n), 700) < SLACK


def test_marks_heaped_on_a_letter_are_one_word() -> None:
    assert tokenise("e" + "\u0301" * 5000) == [(0, 1), (1, 5001)]


def test_addresses_stay_whole() -> None:
    assert tokenise("news.harbour.velm.org") == [(0, 21)]


def test_what_is_heard_does_not_take_in_a_mark_never_closed() -> None:
    text = "“We left at noon. " + "They went by sea. " * 1000
    quotes = find_quotes(text, [(0, len(text))])
    assert settled(text, [(1, 17)], lambda a, b: quotes) == [(0, 16)]


def test_what_is_heard_takes_in_the_rest_of_a_quote() -> None:
    text = "“We left at noon. " + "They went by sea. " * 100 + "Nobody stayed.”"
    quotes = find_quotes(text, [(0, len(text))])
    assert settled(text, [(1, 17)], lambda a, b: quotes) == [(0, len(text))]


def test_a_window_full_of_cues_keeps_the_likeliest() -> None:
    shares = np.zeros((3 * MOST, 3), dtype=np.float32)
    shares[::2, 1] = np.linspace(0.2, 0.9, len(shares[::2]))
    runs = cue_runs(shares)
    assert len(runs) == MOST
    assert runs == sorted(runs)
    assert min(share for _, _, share in runs) > 0.35


class _Counted(list[Word]):
    """A block's words that count how often all of them are gone over."""

    rounds = 0

    def __iter__(self) -> Iterator[Word]:
        self.rounds += 1
        return super().__iter__()


def test_a_blocks_words_are_gone_over_once_for_all_its_quotes() -> None:
    text = "“No,” she said. " * 40
    sentences = parse(text)
    quotes = find_quotes(text, [(0, len(text))])
    block = _Counted(words_of(sentences, [(0, len(text))], quotes)[0])
    assert len(quotes) == 40
    quote_frames(text, sentences, quotes, [block])
    assert block.rounds <= 3


def test_mentions_of_one_person_are_looked_back_on_so_far() -> None:
    text = "Ana Bel left. She came back."
    sentences = parse(text)
    memory = Memory(text, sentences, People(text, sentences), lambda name: None)

    def ask(n: int) -> None:
        entity = Entity("Ana Bel", "person", Told(), named=True, seen=[Seen(0, 0, "subject", -1)] * n)
        for _ in range(20):
            features(memory, entity, 1, 0, "f")

    assert _ratio(ask, 5000) < 3  # not even twice, whatever the number


def test_tellings_of_one_event_are_put_together_in_linear_time() -> None:
    def put_together(n: int) -> list[Event]:
        told = (
            Event(id=str(i), start=9 * i, end=9 * i + 6, type="ASSAULT", scope="event", standing="reported", confidence=1.0)
            for i in range(n)
        )
        return merged([Telling(e, i // 3, "attack", True, False, False) for i, e in enumerate(told)], {}, {})

    assert len(put_together(200)) < 200
    assert _ratio(put_together, 300) < SLACK
