"""Makes the list of words that are near one another: `python -m model.near_words` (in the environment for training).

Comes in: the shipped language model's vectors of its word pieces (all-MiniLM-L6-v2's, trained on; Apache 2.0). Goes out:
src/presstime/combine/words/near_words.txt, a line a stem: the stem, then the stems near it with the cosine of their vectors in
hundredths, the nearest first. Only whole words of letters are taken; the forms of a word are one stem, with the mean vector.

Example: a line begins "hospita infirma:53 medical:49".
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from presstime.combine.claim_words import is_small, stem_of

MODEL = Path("src/presstime/read/model")
OUT = Path("src/presstime/combine/words/near_words.txt")
VECTORS = "network.encoder.embeddings.word_embeddings.weight_quantized"
ZERO = "network.encoder.embeddings.word_embeddings.weight_zero_point"
FIRST = 1_991
"""The vocabulary's line of the first word: before it are marks, letters and signs."""
LEAST = 0.36
"""The cosine from which on two words are listed: below it, by eye, hardly any two are of one matter."""
MOST = 14
_AT_ONCE = 1_000


def main() -> None:
    """Writes the list."""
    graph = onnx.load(str(MODEL / "english.onnx")).graph
    arrays = {t.name: numpy_helper.to_array(t) for t in graph.initializer if t.name in (VECTORS, ZERO)}
    vectors = arrays[VECTORS].astype(np.float32) - float(arrays[ZERO])
    words = (MODEL / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    whole = [i for i, w in enumerate(words[: len(vectors)]) if i >= FIRST and len(w) > 2 and w.isalpha()]
    unit = vectors[whole] - vectors[whole].mean(axis=0)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    forms: dict[str, list[int]] = {}
    for row, i in enumerate(whole):
        if words[i].isascii() and not is_small(words[i]):
            forms.setdefault(stem_of(words[i]), []).append(row)
    stems = sorted(forms)
    means = np.stack([unit[forms[stem]].mean(axis=0) for stem in stems])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    lines = []
    for start in range(0, len(stems), _AT_ONCE):
        for row, cosines in enumerate(means[start : start + _AT_ONCE] @ means.T, start):
            near = [j for j in np.argsort(-cosines)[: MOST + 3] if j != row and cosines[j] >= LEAST][:MOST]
            if near:
                lines.append(" ".join((stems[row], *(f"{stems[j]}:{round(100 * float(cosines[j]))}" for j in near))))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
