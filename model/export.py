"""Trained weights → what the package ships: an int8 ONNX graph, the vocabulary, the labels and the relation scorer's graph.

    python -m model.export build/model src/presstime/read/model

The graph takes one window (no batch): reading runs windows one by one, so that no quantisation scale is shared.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model.corpora import ENTITY_TAGS, Labels
from model.network import ENCODER, ROLE, Network
from model.statements import ACT_NAMES, ROLE_TAGS


class _Window(nn.Module):
    """The network over one window, every piece of it real."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        found: tuple[Tensor, ...] = self.network(pieces, shapes, torch.ones_like(pieces), first)
        return found


class _Relations(nn.Module):
    """Scores of every relation between words and the heads chosen for them, as one product and a sum."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        relations, width, _ = network.label_scorer.shape
        self.relations, self.width = relations, width
        self.flat = nn.Parameter(network.label_scorer.detach().permute(1, 0, 2).reshape(width, relations * width))

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        dependent = torch.cat([dependent, torch.ones_like(dependent[:, :1])], 1)
        head = torch.cat([head, torch.ones_like(head[:, :1])], 1)
        half = (dependent @ self.flat).view(-1, self.relations, self.width)
        return (half * head.unsqueeze(1)).sum(-1)


class _Roles(nn.Module):
    """The roles of one window's words for each of its cues, and their acts, as shares of one."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.roles = network.roles

    def forward(self, words: Tensor, cues: Tensor, cue: Tensor, quoted: Tensor) -> tuple[Tensor, Tensor]:
        n = cue.shape[0]
        every = words.unsqueeze(0).expand(n, -1, -1)
        tags, acts = self.roles(every, cues, cue, quoted.unsqueeze(0).expand(n, -1), torch.ones_like(cue))
        return torch.softmax(tags, -1), torch.softmax(acts, -1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--float", action="store_true", help="export without quantisation, to measure what it costs")
    args = parser.parse_args()
    names = Labels(**{k: tuple(v) for k, v in json.loads((args.trained / "labels.json").read_text()).items()})
    network = Network(names)
    network.load_state_dict(torch.load(args.trained / "model.pt"))
    network.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    full, small = args.trained / "english.full.onnx", args.out / "english.onnx"
    example = (torch.randint(5, 1000, (1, 17)), torch.randint(0, 9, (1, 17)), torch.arange(9).unsqueeze(0))
    axes = {"pieces": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}}
    outputs = ["universal", "fine", "starts", "entities", "arcs", "dependent", "head", "cues", "role_word", "role_cue"]
    axes |= {name: {1: "words"} for name in outputs}
    axes["arcs"] = {1: "words", 2: "words"}
    torch.onnx.export(
        _Window(network), example, str(full), input_names=["pieces", "shapes", "first"], output_names=outputs,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    if args.float:
        shutil.copy(full, small)
    else:
        # weights of 7 bits: without 8-bit dot products two 8-bit products overflow the 16 bits they are added in
        kinds = ["MatMul", "Gemm", "Gather"]
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, op_types_to_quantize=kinds, per_channel=True, reduce_range=True)
    width = network.label_scorer.shape[1] - 1
    torch.onnx.export(
        _Relations(network), (torch.randn(7, width), torch.randn(7, width)), str(args.out / "relations.onnx"),
        input_names=["dependent", "head"], output_names=["scores"],
        dynamic_axes={"dependent": {0: "words"}, "head": {0: "words"}, "scores": {0: "words"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    words, n = torch.randn(11, ROLE), 2
    cue = torch.zeros(n, 11)
    cue[0, 2] = cue[1, 5] = cue[1, 6] = 1.0
    torch.onnx.export(
        _Roles(network).eval(), (words, torch.randn(n, ROLE), cue, torch.zeros(11, dtype=torch.long)), str(args.out / "roles.onnx"),
        input_names=["words", "cues", "cue", "quoted"], output_names=["roles", "acts"],
        dynamic_axes={"words": {0: "words"}, "cues": {0: "said"}, "cue": {0: "said", 1: "words"}, "quoted": {0: "words"},
                      "roles": {0: "said", 1: "words"}, "acts": {0: "said"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    shutil.copy(ENCODER / "vocab.txt", args.out / "vocabulary.txt")
    version = "english-" + hashlib.sha256(small.read_bytes()).hexdigest()[:12]
    files = ("english.onnx", "relations.onnx", "roles.onnx", "vocabulary.txt")
    hashes = {name: hashlib.sha256((args.out / name).read_bytes()).hexdigest() for name in files}
    about = {"version": version, "sha256": hashes, **asdict(names), "entities": ENTITY_TAGS, "roles": ROLE_TAGS, "acts": ACT_NAMES}
    (args.out / "labels.json").write_text(json.dumps(about, indent=1) + "\n")
    for path in sorted(args.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
