"""`python -m tests.worlds.score`: how well combine does on made worlds and on stories whose truth is written beside them.

    python -m tests.worlds.score --wording tuning --seeds 1 2 3 [--documents] [--errors N]
    python -m tests.worlds.score --story FOLDER... [--errors N]

In: seeds and a wording, or folders with documents/ and truth.json. Out: a line per metric. `--readings` (the default) gives combine true
readings; `--documents` and `--story` gather and read the text first; readings are kept under --cache by text, context and reader.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.gather import gather
from presstime.read.reading import read_safely, reader_of
from presstime.records import Context, Document, Problem, Reading
from presstime.story import open_story
from tests.worlds.ceiling import best_findings
from tests.worlds.metrics import METRICS, Tally, judge
from tests.worlds.world import make_world, write_story

__all__ = ["judge_story", "judge_world", "main", "show"]

CACHE = Path(tempfile.gettempdir()) / "presstime-worlds"
COMBINE = "presstime.combine:combine_readings"
"""What is judged: a function from readings, `as_of` and `context` to findings."""
_GATHERED = "2040-01-01T00:00:00+00:00"


def judge_world(
    seed: int, words: str, *, documents: bool = False, cache: Path = CACHE, ceiling: bool = False, by: str = COMBINE
) -> dict[str, Tally]:
    """Every metric of one world, from its true readings or from its documents; with `ceiling`, of the best findings they allow."""
    world = make_world(seed, words)
    if documents:
        with tempfile.TemporaryDirectory() as folder:
            return judge_story(write_story(world, Path(folder)), cache=cache, ceiling=ceiling, by=by)
    readings = world.readings()
    keys = {r.document.id: r.document.id for r in readings}
    if ceiling:
        return judge(world.truth, readings, keys, best_findings(world.truth, readings, keys))
    return judge(world.truth, readings, keys, _combiner(by)(readings, as_of=world.truth.as_of, context=world.context))


def judge_story(folder: Path, *, cache: Path = CACHE, ceiling: bool = False, by: str = COMBINE) -> dict[str, Tally]:
    """Every metric of one story in a folder, by the whole way from its text."""
    context = open_story(folder).context if (folder / "story.toml").exists() else Context()
    found = [d for d in gather([folder / "documents"], archive=None, now=_GATHERED) if not isinstance(d, Problem)]
    readings = [read_kept(d, context, cache) for d in found]
    keys = {r.document.id: Path(r.document.name or r.document.id).stem for r in readings}
    truth = load_truth(folder / "truth.json", {keys[r.document.id]: r.document.text for r in readings})
    counted = [r for r in readings if _counts(r, truth.as_of)]
    findings = best_findings(truth, counted, keys) if ceiling else _combiner(by)(counted, as_of=truth.as_of, context=context)
    return judge(truth, readings, keys, findings)


def _combiner(by: str) -> Callable[..., Findings]:
    module, name = by.split(":")
    found: Callable[..., Findings] = getattr(importlib.import_module(module), name)
    return found


def _counts(reading: Reading, as_of: str) -> bool:
    published = reading.document.published
    if published is None or len(published) <= 10:
        return published is None or published <= as_of[:10]
    moment, last = datetime.fromisoformat(published), datetime.fromisoformat(as_of)
    return moment.replace(tzinfo=moment.tzinfo or last.tzinfo) <= last


def read_kept(document: Document, context: Context, cache: Path) -> Reading:
    """A document's reading, from the cache where this reader has read the same document before."""
    cache.mkdir(parents=True, exist_ok=True)
    stamp = msgspec.json.encode((document, reader_of(context), _code()))
    file = cache / f"{hashlib.sha256(stamp).hexdigest()}.json"
    if file.exists():
        return msgspec.json.decode(file.read_bytes(), type=Reading)
    reading = read_safely(document, context)
    partial = file.with_suffix(f".{id(reading)}")
    partial.write_bytes(msgspec.json.encode(reading))
    partial.replace(file)
    return reading


def _code() -> str:
    """A hash of how reading works now: its modules' and lists' sizes and times of change."""
    folder = Path(read_safely.__code__.co_filename).parent
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".toml", ".onnx"))
    return hashlib.sha256("".join(f"{p.name}{p.stat().st_size}{p.stat().st_mtime_ns}" for p in files).encode()).hexdigest()


def load_truth(file: Path, texts: dict[str, str]) -> Any:
    """truth.json with its places as (key, start, end). Words that do not stand in their document are an error that names them."""
    raw = json.loads(file.read_text())

    def place(value: list[Any]) -> tuple[str, int, int]:
        key, words, number = value[0], value[1], (value[2] if len(value) > 2 else 1)
        if key not in texts:
            raise ValueError(f"{file}: no document {key!r}")
        at = -1
        for _ in range(number):
            at = texts[key].find(words, at + 1)
            if at < 0:
                raise ValueError(f"{file}: {words!r} does not stand in {key} ({number} times)")
        return key, at, at + len(words)

    def through(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                k: place(v) if k in ("at", "because") else [place(x) for x in v] if k in _PLACES else through(v) for k, v in value.items()
            }
        return [through(v) for v in value] if isinstance(value, list) else value

    for field in ("passages", "versions", "copies", "actors", "disputes", "series", "timeline", "reactions", "silences"):
        raw.setdefault(field, [])
    return SimpleNamespace(**through(raw))


_PLACES = ("mentions", "claims", "denials", "tellings", "also")


def show(tallies: dict[str, Tally], errors: int = 0) -> str:
    """A line per metric, and the first mistakes of each."""
    lines = [f"{'':16}precision recall    F1   (found, true)"]
    for name in METRICS:
        t = tallies[name]
        lines.append(f"{name:16}{t.precision:9.3f}{t.recall:7.3f}{t.f1:7.3f}   ({t.found:.0f}, {t.true:.0f})")
    for name in METRICS if errors else ():
        lines += ["", f"== {name}", *(f"  {e}" for e in tallies[name].errors[:errors])]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the metrics, summed over all seeds or stories."""
    parser = argparse.ArgumentParser(prog="python -m tests.worlds.score", description="Judge combine by stories whose truth is known.")
    parser.add_argument("--wording", default="tuning")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--readings", action="store_true", help="true readings (the default)")
    parser.add_argument("--documents", action="store_true", help="read the text")
    parser.add_argument("--story", type=Path, nargs="+", default=[])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--each", action="store_true", help="also a table for every seed or story")
    parser.add_argument("--by", default=COMBINE, help="MODULE:FUNCTION that combines (%(default)s)")
    parser.add_argument("--ceiling", action="store_true", help="judge the best findings that the readings allow, not combine's")
    parser.add_argument("--cache", type=Path, default=CACHE)
    given = parser.parse_args(arguments)
    total = {name: Tally() for name in METRICS}
    for story in given.story or given.seeds:
        if given.story:
            found = judge_story(story, cache=given.cache, ceiling=given.ceiling, by=given.by)
        else:
            documents = given.documents and not given.readings
            found = judge_world(story, given.wording, documents=documents, cache=given.cache, ceiling=given.ceiling, by=given.by)
        for name, tally in found.items():
            tally.errors = [f"[{story.name if isinstance(story, Path) else story}] {e}" for e in tally.errors]
            total[name].add(tally)
        if given.each:
            print(f"-- {story}\n{show(found)}\n")
    print(show(total, given.errors))


if __name__ == "__main__":
    main()
