"""Weights of an earlier stage and of a later one → their average, head by head where both have it.

    python -m model.average build/stage2 build/stage4 --share 0.25 --out build/model

A later stage that learned something new has lost a little of the old; between the two lie weights that have most of both
(Wortsman and others 2022, "Robust fine-tuning of zero-shot models"). `--share` is the earlier stage's.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("later", type=Path)
    parser.add_argument("--share", type=float, default=0.25)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    before, after = torch.load(args.earlier / "model.pt"), torch.load(args.later / "model.pt")
    args.out.mkdir(parents=True, exist_ok=True)
    mixed = {
        name: after[name].lerp(before[name], args.share) if name in before and after[name].is_floating_point() else after[name]
        for name in after
    }
    torch.save(mixed, args.out / "model.pt")
    shutil.copy(args.later / "labels.json", args.out / "labels.json")


if __name__ == "__main__":
    main()
