"""Fits the weights by which a denial finds its claim: `python -m bench.claim_weights [--cut]`.

Comes in: stories with their truth (tests/stories) and made worlds in the tuning wording, read from their text. A pair is a
statement that may deny and one that asserts; it is right where the truth has the one among the denials and the other among the
claims of one dispute. Goes out: src/presstime/combine/words/claim_weights.toml, by logistic regression with a penalty on the
squares of the weights. `--cut` first fits on each half of the stories (by name) and prints how well the best claim of every
denial of the other half is right, for several least scores: the constants in `claims.py` were chosen by that table.
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
from presstime.combine.claims_told import told_in
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
WEIGHTS = Path("src/presstime/combine/words/claim_weights.toml")
SEEDS = (1, 2, 3)
WORLD_WEIGHT = 0.1
"""What a pair of a made world counts: there are many, in few wordings."""
PENALTY = 2.0
HEADER = """# How much each sign counts that a denial answers a claim, or that one claim gainsays another (`denials.FEATURES`).
# Fitted by bench/claim_weights.py (logistic regression) on the stories of tests/stories and on made worlds in the tuning wording.
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
class Pairs:
    """The pairs of one story of one kind: features, whether they are right, and the denial and the disputes of each."""

    rows: Numbers
    right: npt.NDArray[np.bool_]
    denial: list[str]
    disputes: list[frozenset[int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.claim_weights", description="Fits the weights of claims and denials.")
    parser.add_argument("--cut", action="store_true", help="print how well each half does with weights fitted on the other")
    chosen = parser.parse_args(arguments)
    stories = sorted(p for p in STORIES.iterdir() if (p / "truth.json").exists())
    made = {p.name: list(_story(p)) for p in stories}
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            made[f"world {seed}"] = list(_story(write_story(make_world(seed, "tuning"), Path(folder))))
    worlds = [name for name in made if name.startswith("world")]
    names = [p.name for p in stories]
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    text = HEADER
    for kind in ("denials", "gainsaying"):
        pairs = {name: _pairs(said, kind) for name, said in made.items()}
        for mine, others in (halves, halves[::-1]) if chosen.cut else ():
            _print_cut(kind, _fitted([*mine, *worlds], pairs), [pairs[n] for n in others])
        weights = _fitted([*names, *worlds], pairs)
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


def _pairs(said: Sequence[Said], kind: str) -> Pairs:
    rows, right, denial, disputes = [], [], [], []
    alike = {(d.ready.told.units, c.ready.told.units) for d in said for c in said if d.denials & c.claims}  # copies are right too
    for d in said:
        if (d.ready.told.role == "denies") is not (kind == "denials"):
            continue
        for c in said:
            if c is d or not may_answer(d.ready, c.ready):
                continue
            if c.denials & d.claims and not d.denials & c.claims:
                continue  # right the other way round
            rows.append(features(d.ready, c.ready, c.record, c.order > d.order))
            right.append((d.ready.told.units, c.ready.told.units) in alike)
            denial.append(d.record)
            disputes.append(d.denials & c.claims)
    return Pairs(np.array(rows, float).reshape(-1, len(FEATURES)), np.array(right, bool), denial, disputes)


def _fitted(names: Iterable[str], pairs: dict[str, Pairs]) -> Numbers:
    """The weights that fit best, by Newton's method."""
    names = list(names)
    x = np.concatenate([pairs[n].rows for n in names])
    y = np.concatenate([pairs[n].right for n in names]).astype(float)
    counts = np.concatenate([np.full(len(pairs[n].right), WORLD_WEIGHT if n.startswith("world") else 1.0) for n in names])
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 0.0
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (p - y)) + penalty * weights
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _print_cut(kind: str, weights: Numbers, stories: Sequence[Pairs]) -> None:
    best: list[tuple[float, bool, int, frozenset[int]]] = []
    for n, story in enumerate(stories):
        top: dict[str, tuple[float, bool, int, frozenset[int]]] = {}
        for score, right, record, disputes in zip(story.rows @ weights, story.right, story.denial, story.disputes, strict=True):
            if record not in top or score > top[record][0]:
                top[record] = (float(score), bool(right), n, disputes)
        best += top.values()
    print(f"{kind}: least score, chosen, right, disputes")
    for cut in (1.0, 0.5, 0.0, -0.5, -1.0, -1.5, -2.0, -2.5):
        chosen = [b for b in best if b[0] >= cut]
        print(f"  {cut:5.1f} {len(chosen):4} {sum(b[1] for b in chosen):4} {len({(b[2], d) for b in chosen for d in b[3]}):4}")


if __name__ == "__main__":
    raise SystemExit(main())
