"""Whom a pronoun or a plain "the man" stands for: everyone spoken of before is weighed, and the likeliest taken.

In: a memory of who was spoken of, and the place of a mention. Out: the likeliest entity and how likely it is among all.
What weighs: who spoke last, how far back and in which part of a sentence one was seen, gender, and whether a name stands
inside the very words that are said (people do not name themselves). The weights are in words/en/confidence.toml.

Example: "Ana Bel met Oren Kest. She said …" → Ana Bel, 0.97.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from presstime.read.lexicon import words
from presstime.read.memory import Entity, Memory, Seen

__all__ = ["choose", "features", "fitting"]

_LISTED = 0.9
_REMEMBERED = 400
"""The last so many mentions of an entity are looked at one by one; a text of thousands would take its length's square."""
FURTHEST = 30
"""Sentences. Nobody last seen further back is meant by a pronoun."""


def choose(memory: Memory, number: int, word: int, fits: Callable[[Entity], bool], gender: str = "") -> tuple[Entity, float] | None:
    """The entity that fits best before a word, and its share of the likelihood of all who fit; None where nobody does."""
    weights = words("confidence")["weights" if gender else "weights-it"]
    found: list[tuple[float, Entity]] = []
    for entity in fitting(memory, number, word, fits):
        told = features(memory, entity, number, word, gender)
        found.append((sum(weights.get(k, 0.0) * v for k, v in told.items()), entity))
    if not found:
        return None
    best = max(found, key=lambda pair: pair[0])
    total = sum(math.exp(score - best[0]) for score, _ in found)
    return best[1], 1 / total


def fitting(memory: Memory, number: int, word: int, fits: Callable[[Entity], bool]) -> Sequence[Entity]:
    """Everyone spoken of not too long before a word who fits, the last seen first."""
    found = []
    for entity in memory.recent():
        last = entity.last(number, word)
        if last is not None and number - last.sentence <= FURTHEST and fits(entity):
            found.append(entity)
    return found


def features(memory: Memory, entity: Entity, number: int, word: int, gender: str) -> dict[str, float]:
    """What speaks for and against one entity, by the names that the weights have."""
    own = memory.quote_at(number, word)
    around = memory.spoken_by(number, word) if own < 0 else set()
    late = entity.seen[-_REMEMBERED:]
    seen = [s for s in late if (s.sentence, s.word) < (number, word)]
    times = len(entity.seen) - len(late) + len(seen)
    if not seen:  # asked of a place far back
        seen = [s for s in entity.seen if (s.sentence, s.word) < (number, word)]
        times = len(seen)
    outside = [s for s in seen if s.quote == own or s.quote < 0]
    last = (outside or seen)[-1]
    told: dict[str, float] = {}
    distance = number - last.sentence
    told["distance"] = math.log1p(distance)
    told["same"] = float(distance == 0)
    told["before"] = float(distance == 1)
    told[f"part-{last.part}"] = 1.0
    told["paragraph"] = float(memory.block_of(last.sentence) == memory.block_of(number))
    told["quoted-only"] = float(not outside)
    told["said-of"] = float(any(s.quote in around for s in seen[-4:]))
    told["often"] = math.log(times)
    told["named"] = float(entity.named)
    told.update(_spoke(memory, entity, number, word))
    told["first"] = float(_opens(memory, number, word, last))
    if not gender:
        told["several"] = float(entity.pair)
        told["several-asked"] = told["several"] * float(memory.sentences[number].words[word].lower() in words("speakers")["plural"])
    if gender:
        fits = "" if not entity.gender else "agrees" if entity.gender == gender else "differs"
        if fits:
            told[f"gender-{fits}" if entity.sure >= _LISTED else f"ending-{fits}"] = 1.0
    return told


def _spoke(memory: Memory, entity: Entity, number: int, word: int) -> dict[str, float]:
    """Whether an entity was the last speaker, or the one before."""
    order: list[Entity] = []
    for n, w, who in reversed(memory.speakers[-12:]):
        if (n, w) < (number, word) and not any(who is o for o in order):
            order.append(who)
    rank = next((i for i, o in enumerate(order) if o is entity), 9)
    return {"spoke-last": float(rank == 0), "spoke-second": float(rank == 1)}


def _opens(memory: Memory, number: int, word: int, last: Seen) -> bool:
    """Whether the last mention is the subject of the sentence before, or the first word of the pronoun's own sentence."""
    return last.sentence >= number - 1 and last.part in ("subject", "speaker") and last.word <= 3
