"""Fits the weights by which a denial finds its claim: `python -m bench.claim_weights [--cut]`.

Comes in: stories with their truth (tests/stories, and half of tests/stories_more) and made worlds in the tuning wording, read from
their text. A pair is a
statement that may deny and one that asserts; it is right where the truth has the one among the denials and the other among the
claims of one dispute. Goes out: src/presstime/combine/words/claim_weights.toml, by conditional logistic regression (the claims that a
denial may answer, and that it answers none, exclude one another) with a penalty on the squares of the weights. `--cut` first fits on
each half of the stories (by name) and prints how well the best claim of every denial of the other half is right, by how likely it is.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from presstime.combine import _Given, steps
from presstime.combine.claims_alike import Ready, ready
from presstime.combine.claims_told import THAT, told_in
from presstime.combine.denials import FEATURES, features, may_answer
from presstime.combine.nations import Nations
from presstime.combine.stages import Known, World
from presstime.gather import gather
from presstime.ledger import Bench
from presstime.records import Context, Problem, Reading
from presstime.story import open_story
from tests.worlds.score import CACHE, load_truth, read_kept
from tests.worlds.world import make_world, write_story

__all__ = ["main"]

Numbers = npt.NDArray[np.float64]
STORIES = Path("tests/stories")
MORE = tuple(
    Path("tests/stories_more") / name
    for name in ("halvern-trams", "wennick-sluice", "morva-seam", "tarsk-ford", "quelo-fever", "copper-lane")
)
"""The other half of tests/stories_more is never fitted on."""
WEIGHTS = Path("src/presstime/combine/words/claim_weights.toml")
SEEDS = (1, 2, 3)
WORLD_WEIGHT = {"denials": 0.15, "gainsaying": 0.05}
"""What a denial of a made world counts: there are many, in few wordings."""
PENALTY = 1.0
FREE = 0.05
"""The penalty on the first weight, that of every pair."""
HEADER = """# How much each sign counts that a denial answers a claim, or that one claim gainsays another (`denials.FEATURES`).
# Fitted by bench/claim_weights.py (conditional logistic regression) on tests/stories, half of tests/stories_more and made worlds in the
# tuning wording.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what is compared of it, and the disputes in which the truth has it on a side."""

    record: str
    order: str
    ready: Ready
    claims: frozenset[int]
    denials: frozenset[int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A denial of a story with the claims that it may answer: features, whether each is right, and the disputes that it is right for."""

    rows: Numbers
    right: npt.NDArray[np.bool_]
    disputes: list[frozenset[int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.claim_weights", description="Fits the weights of claims and denials.")
    parser.add_argument("--cut", action="store_true", help="print how well each half does with weights fitted on the other")
    chosen = parser.parse_args(arguments)
    stories = [*sorted(p for p in STORIES.iterdir() if (p / "truth.json").exists()), *MORE]
    made = {p.name: list(_story(p)) for p in stories}
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            made[f"world {seed}"] = list(_story(write_story(make_world(seed, "tuning"), Path(folder))))
    worlds = [name for name in made if name.startswith("world")]
    names = [p.name for p in stories]
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    text = HEADER
    for kind in ("denials", "gainsaying"):
        choices = {name: _choices(said, kind) for name, said in made.items()}
        for mine, others in (halves, halves[::-1]) if chosen.cut else ():
            _print_cut(kind, _fitted([*mine, *worlds], choices, kind), [choices[n] for n in others])
        weights = _fitted([*names, *worlds], choices, kind)
        lines = (f'"{name}" = {weight:.2f}' for name, weight in zip(FEATURES, weights, strict=True))
        text += "\n".join(("", f"[{kind}]", *lines, ""))
    WEIGHTS.write_text(text, encoding="utf-8")
    return 0


def _story(folder: Path) -> Iterator[Said]:
    context = open_story(folder).context if (folder / "story.toml").exists() else Context()
    documents = [d for d in gather([folder / "documents"], archive=None, now="2040-01-01T00:00:00+00:00") if not isinstance(d, Problem)]
    readings = [read_kept(d, context, CACHE) for d in documents]
    keys = {r.document.id: Path(r.document.name or r.document.id).stem for r in readings}
    truth = load_truth(folder / "truth.json", {keys[r.document.id]: r.document.text for r in readings})
    yield from said_in(readings, keys, truth, context)


def said_in(readings: Sequence[Reading], keys: dict[str, str], truth: SimpleNamespace | Any, context: Context) -> Iterator[Said]:
    """The statements of a story that assert or deny."""
    world, bench, source = World(context, Nations(context)), Bench.in_memory(), _Given(readings)
    steps.bring_up_to_date(bench, source, world)
    kinds = {stage.name: stage.fact for level in steps.LEVELS for stage in level}
    for reading in readings:
        document = reading.document.id
        facts = {
            name: {record: tuple(msgspec.msgpack.decode(f, type=kinds[name]) for f in own) for record, own in records.items()}
            for name, records in bench.facts_of(document).items()
            if name in kinds
        }
        known = Known(world, source.signatures()[document][1], facts)
        statements = {s.id: s for s in reading.statements}
        for record, at, told in told_in(reading, known):
            s = statements[record]
            spans = [*s.content, *([s.cue] if s.cue else [])]
            sides = [
                frozenset(
                    n
                    for n, dispute in enumerate(truth.disputes)
                    for key, start, end in dispute[side]
                    if key == keys[document] and any(x.start < end and start < x.end for x in spans)
                )
                for side in ("claims", "denials")
            ]
            yield Said(record, known.at(at), ready(told), *sides)


def _choices(said: Sequence[Said], kind: str) -> list[Choice]:
    found = []
    alike = {(d.ready.told.units, c.ready.told.units) for d in said for c in said if d.denials & c.claims}  # copies are right too
    for d in said:
        if (d.ready.told.role == "denies") is not (kind == "denials"):
            continue
        may = [c for c in said if c is not d and may_answer(d.ready, c.ready) and (d.denials & c.claims or not c.denials & d.claims)]
        may = [c for c in may if not d.ready.told.tone & THAT or d.ready.told.before == c.record]
        if may:
            rows = np.array([features(d.ready, c.ready, c.record, c.order > d.order) for c in may], float)
            right = np.array([(d.ready.told.units, c.ready.told.units) in alike for c in may], bool)
            found.append(Choice(rows, right, [d.denials & c.claims for c in may]))
    return found


def _fitted(names: Iterable[str], choices: dict[str, list[Choice]], kind: str) -> Numbers:
    """The weights that fit best, by Newton's method with halved steps; that a denial answers nothing scores 0."""
    given = [(c, WORLD_WEIGHT[kind] if n.startswith("world") else 1.0) for n in names for c in choices[n]]
    penalty = np.full(len(FEATURES), PENALTY)
    penalty[0] = FREE

    def cost(weights: Numbers) -> float:
        total = 0.5 * float((penalty * weights * weights).sum())
        for choice, count in given:
            likely, none = _likely(choice, weights)
            total -= count * float(np.log(max(likely[choice.right].sum() if choice.right.any() else none, 1e-300)))
        return total

    weights = np.zeros(len(FEATURES))
    for _ in range(60):
        slope, curve = penalty * weights, np.diag(penalty + 1e-6)
        for choice, count in given:
            likely, _none = _likely(choice, weights)
            mean = likely @ choice.rows
            curve = curve + count * ((choice.rows.T * likely) @ choice.rows - np.outer(mean, mean))
            slope = slope + count * mean
            if choice.right.any():
                true = np.where(choice.right, likely, 0.0)
                slope = slope - count * (true / true.sum()) @ choice.rows
        step, before = np.linalg.solve(curve, slope), cost(weights)
        while np.abs(step).max() > 1e-4 and cost(weights - step) > before:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def _likely(choice: Choice, weights: Numbers) -> tuple[Numbers, float]:
    """How likely each claim is the one answered, and that none is."""
    scores = choice.rows @ weights
    most = max(0.0, float(scores.max()))
    odds = np.exp(scores - most)
    whole = float(np.exp(-most) + odds.sum())
    return odds / whole, float(np.exp(-most)) / whole


def _print_cut(kind: str, weights: Numbers, stories: Sequence[list[Choice]]) -> None:
    best = []
    for n, story in enumerate(stories):
        for choice in story:
            likely, _none = _likely(choice, weights)
            at = int(likely.argmax())
            best.append((float(likely[at]), bool(choice.right[at]), n, choice.disputes[at]))
    print(f"{kind}: how likely, chosen, right, disputes")
    for cut in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        chosen = [b for b in best if b[0] >= cut]
        print(f"  {cut:5.2f} {len(chosen):4} {sum(b[1] for b in chosen):4} {len({(b[2], d) for b in chosen for d in b[3]}):4}")


if __name__ == "__main__":
    raise SystemExit(main())
