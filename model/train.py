"""Trains the network on the open corpora, every head at once.

    python -m model.train --corpora ../shared/train --out build/model --minutes 60

Settings and the log are written beside the weights. `--init DIR` goes on from earlier weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model.corpora import IGNORE, Labels, Sentence, Window, labels, load, windows
from model.corpus.markup import Article, read_articles
from model.corpus.standoff import restored
from model.network import ENCODER, Network
from model.statements import is_held_out, prepare, statement_windows
from presstime.read.wordpiece import WordPieces

TREEBANKS = ("ewt-train.jsonl.gz", "gum-train.jsonl.gz")
ENTITIES_ONLY = ("wikigold.jsonl.gz",)
SIZES = (0, 40, 96, 128, 128, 160)
"""Window sizes in pieces that training draws from; reading uses windows of about 128."""
ENTITY_WEIGHT = {"ewt": 1.0, "gum": 0.4, "wikigold": 1.0, "presstime": 0.5, "statements": 0.3}
"""GUM's entities were derived by rule from its coreference layer, and ours are made from templates: both count less."""
UNCUT = ("ewt", "gum")
"""The corpora whose sentences follow one another as in their source, so that sentence starts can be learned."""


def batch(chosen: list[Window]) -> dict[str, Tensor]:
    """Pads windows to one size; position 0 of every word layer is the root."""
    n, length, width = len(chosen), max(len(w.pieces) for w in chosen), max(len(w.first) for w in chosen) + 1
    b = {k: torch.zeros(n, length, dtype=torch.long) for k in ("pieces", "shapes", "real")}
    b["first"] = torch.zeros(n, width, dtype=torch.long)
    b["sentence"] = torch.full((n, width), -1)
    b["quoted"] = torch.zeros(n, width, dtype=torch.long)
    for k in ("cues", "starts", "universal", "fine", "heads", "relations", "entities"):
        b[k] = torch.full((n, width), IGNORE)
    for i, w in enumerate(chosen):
        size, words = len(w.pieces), len(w.first)
        b["pieces"][i, :size] = torch.tensor(w.pieces)
        b["shapes"][i, :size] = torch.tensor(w.shapes)
        b["real"][i, :size] = 1
        for k in ("first", "sentence", "universal", "fine", "heads", "relations", "entities"):
            b[k][i, 1 : words + 1] = torch.tensor(getattr(w, k))
        if w.source in UNCUT:
            b["starts"][i, 1 : words + 1] = torch.tensor(w.starts)
        if w.cues:
            b["cues"][i, 1 : words + 1] = torch.tensor(w.cues)
            b["quoted"][i, 1 : words + 1] = torch.tensor(w.quoted)
    said = [(i, s) for i, w in enumerate(chosen) for s in w.said]
    b["window"] = torch.tensor([i for i, _ in said], dtype=torch.long)
    b["cue"] = torch.zeros(len(said), width)
    b["roles"] = torch.full((len(said), width), IGNORE)
    b["acts"] = torch.tensor([s.act for _, s in said], dtype=torch.long)
    for k, (i, s) in enumerate(said):
        b["cue"][k, [1 + c for c in s.cue]] = 1.0
        b["roles"][k, 1 : len(chosen[i].first) + 1] = torch.tensor(s.roles)
    return b


def losses(network: Network, b: dict[str, Tensor], sources: list[str]) -> dict[str, Tensor]:
    """One loss a head; a head without gold in this batch has none."""
    w = network.words(b["pieces"], b["shapes"], b["real"], b["first"]).float()
    found: dict[str, Tensor] = {}

    def cross(scores: Tensor, gold: Tensor) -> Tensor:
        return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)

    if (b["heads"] >= 0).any():
        same = b["sentence"].unsqueeze(2) == b["sentence"].unsqueeze(1)
        same[:, :, 0] = True
        found["arcs"] = cross(network.arcs(w).masked_fill(~same, -1e4), b["heads"])
        found["relations"] = cross(network.relations(w, b["heads"].clamp(min=0)), b["relations"])
        found["fine"] = 0.5 * cross(network.fine(w), b["fine"])
        found["universal"] = 0.3 * cross(network.universal(w), b["universal"])
    if (b["starts"] >= 0).any():
        found["starts"] = 0.5 * cross(network.starts(w), b["starts"])
    if (b["cues"] >= 0).any():
        found["cues"] = cross(network.cues(w), b["cues"])
    if len(b["window"]):
        roles, acts = network.said(w, (b["sentence"] >= 0).long(), b["quoted"], b["window"], b["cue"])
        found["roles"] = cross(roles, b["roles"])
        found["acts"] = 0.2 * F.cross_entropy(acts, b["acts"])
    gold = b["entities"] >= 0
    if gold.any():
        weight = torch.tensor([ENTITY_WEIGHT[s] for s in sources]).unsqueeze(1).expand(gold.shape)[gold]
        each = F.cross_entropy(network.entities(w[gold]), b["entities"][gold], reduction="none")
        found["entities"] = (each * weight).sum() / weight.sum()
    return found


def batches(found: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, at most so many pieces a batch, in random order."""
    found = sorted(found, key=lambda w: len(w.pieces) + rng.random() * 12)
    cut: list[list[Window]] = []
    for w in found:
        if not cut or max(len(x.pieces) for x in (*cut[-1], w)) * (len(cut[-1]) + 1) > pieces:
            cut.append([])
        cut[-1].append(w)
    rng.shuffle(cut)
    return cut


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--news", type=Path, help="sentences made by model.news.make")
    parser.add_argument("--news-documents", type=int, default=1500, help="how many of them an epoch")
    parser.add_argument("--statements", type=Path, nargs="*", default=[], help="folders of marked articles and stand-off files")
    parser.add_argument("--frozen", action="store_true", help="train the statement heads alone, on the encoder as it is")
    parser.add_argument("--share", type=float, default=1.0, help="the share of the other corpora's documents an epoch")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--floor", type=float, default=0.01, help="the learning rate's share that is left at the end")
    parser.add_argument("--pieces", type=int, default=1500)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    vocabulary = WordPieces.load(ENCODER / "vocab.txt")
    trees = [d for name in TREEBANKS for d in load(args.corpora / name)]
    others = [d for name in ENTITIES_ONLY for d in load(args.corpora / name)]
    news = load(args.news) if args.news else []
    said = prepare(_marked(args.statements, args.corpora))
    names = Labels(**{k: tuple(v) for k, v in json.loads((args.init / "labels.json").read_text()).items()}) if args.init else labels(trees)
    (args.out / "labels.json").write_text(json.dumps(asdict(names), indent=1))
    (args.out / "settings.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items()}, indent=1))
    network = Network(names)
    if args.init:
        network.load_state_dict(torch.load(args.init / "model.pt"), strict=False)
    if args.frozen:
        for name, p in network.named_parameters():
            p.requires_grad = name.startswith(("cues.", "role"))
        trees, others, news = [], [], []
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    inner = list(network.encoder.parameters())
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.") and (p.requires_grad or not args.frozen)]
    optimiser = torch.optim.AdamW([{"params": inner, "lr": args.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimiser.param_groups]
    begun, step, epoch, words = time.time(), 0, 0, 0
    shown: dict[str, float] = {}
    log = (args.out / "train.log").open("a", buffering=1)
    network.train()
    while (elapsed := (time.time() - begun) / 60) < args.minutes:
        epoch += 1
        parts = [rng.sample(d, round(len(d) * args.share)) for d in (trees, others)]
        chosen = _epoch(*parts, news, args.news_documents, names, vocabulary, rng)
        chosen += statement_windows(said, SIZES[1:], vocabulary, rng, None if args.frozen else names)
        for group in batches(chosen, args.pieces, rng):
            elapsed = (time.time() - begun) / 60
            if elapsed >= args.minutes:
                break
            factor = min(1.0, (step + 1) / 150) * max(args.floor, 1 - elapsed / args.minutes)
            for g, rate in zip(optimiser.param_groups, rates, strict=True):
                g["lr"] = rate * factor
            with torch.autocast("cpu", torch.bfloat16):
                each = losses(network, batch(group), [w.source for w in group])
                loss = torch.stack(list(each.values())).sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            words += sum(len(w.first) for w in group)
            decay = min(0.998, step / (step + 10))
            for k, v in network.state_dict().items():
                average[k].lerp_(v, 1 - decay) if v.is_floating_point() else average[k].copy_(v)
            for k, x in each.items():
                shown[k] = 0.98 * shown.get(k, x.item()) + 0.02 * x.item()
            if step % 100 == 0:
                rounded = {k: round(x, 3) for k, x in shown.items()}
                print(f"{step} epoch {epoch} {elapsed:.1f} min {words / (time.time() - begun):.0f} w/s {rounded}", file=log)
            if step % 500 == 0:
                torch.save(average, args.out / "model.pt")
    torch.save(average, args.out / "model.pt")
    print(f"done: {step} steps, {epoch} epochs, {words} words, {(time.time() - begun) / 60:.1f} min", file=log)


Documents = list[list[Sentence]]


def _marked(paths: list[Path], corpora: Path) -> list[Article]:
    """The marked articles of folders (.txt) and of stand-off files (.json), those held out left out."""
    found: list[Article] = []
    for path in paths:
        found.extend(restored(path, corpora)[0] if path.suffix == ".json" else read_articles(path))
    return [a for a in found if not is_held_out(a)]


def _epoch(
    trees: Documents, others: Documents, news: Documents, most: int, names: Labels, vocabulary: WordPieces, rng: random.Random
) -> list[Window]:
    """Every window of one pass: all trees, all other corpora, and `most` of the made news."""
    part = rng.sample(news, min(len(news), most))
    return [w for documents in (trees, others, part) for w in windows(documents, SIZES, names, vocabulary, rng)]


if __name__ == "__main__":
    main()
