"""Statements marked in other people's openly licensed texts, kept without the texts: spans and acts, by document.

    python -m model.corpus.standoff --corpus meantime --corpora ../shared/train MARKED… -o model/corpus/meantime.json

In: marked files (GUIDE.md) of a corpus in ../shared/train. Out: a JSON file of spans, as offsets into the text that `texts`
makes of the corpus. `restored` puts both together again; a text that has changed since is left out, and counted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from model.corpus.markup import Article, Marked, read_articles

__all__ = ["restored", "texts"]

_ROLES = ("source", "cue", "content", "addressee", "medium")


def texts(corpus: str, corpora: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every document; paragraphs, or sentences where the corpus has only these, are parted by an empty line."""
    if corpus == "meantime":
        for line in (corpora / "times-meantime.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield document["id"], "\n\n".join(p.strip() for p in document["text"].split("\n") if p.strip())
    elif corpus == "ewt":
        with gzip.open(corpora / "ewt-train.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                yield document["id"], "\n\n".join(_sentence(s) for s in document["sents"])
    else:
        raise ValueError(f"no corpus is called {corpus!r}; there are meantime and ewt")


def _sentence(sentence: dict[str, Any]) -> str:
    return "".join(w + " " * space for w, space in zip(sentence["w"], sentence["sp"], strict=True)).strip()


def restored(path: Path, corpora: Path) -> tuple[list[Article], int]:
    """The articles of one stand-off file with their texts from `corpora`, and how many texts were not what they were."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    found, changed = [], 0
    for name, text in texts(kept["corpus"], corpora):
        document = kept["documents"].get(name)
        if document is None:
            continue
        if document["sha256"] != hashlib.sha256(text.encode()).hexdigest():
            changed += 1
            continue
        said = [_marked(number, s) for number, s in enumerate(document["statements"], 1)]
        found.append(Article(name, "real", kept["corpus"], text, said))
    return found, changed


def _marked(number: int, kept: dict[str, Any]) -> Marked:
    spans = {role: [(a, b) for a, b in kept.get(role, [])] for role in _ROLES}
    return Marked(number, name=kept.get("name"), act=kept.get("act", "claim"), **spans)


def _moved(article: Article, text: str) -> list[dict[str, Any]]:
    """An article's statements with the offsets of another text that differs in white space alone."""
    ours = [i for i, c in enumerate(article.text) if not c.isspace()]
    theirs = [i for i, c in enumerate(text) if not c.isspace()]
    if [article.text[i] for i in ours] != [text[i] for i in theirs]:
        raise SystemExit(f"{article.id}: the marked text is not the corpus's: mend the file")
    place = dict(zip(ours, theirs, strict=True))
    found = []
    for s in article.statements:
        kept: dict[str, Any] = {}
        for role in _ROLES:
            spans = [[i for i in range(a, b) if i in place] for a, b in getattr(s, role)]
            moved = [[place[inside[0]], place[inside[-1]] + 1] for inside in spans if inside]
            if moved:
                kept[role] = moved
        if s.name:
            kept["name"] = s.name
        if s.act != "claim":
            kept["act"] = s.act
        found.append(kept)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", nargs="+", type=Path, help="folders of marked files")
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    by_id = dict(texts(args.corpus, args.corpora))
    documents = {}
    for folder in args.marked:
        for article in read_articles(folder):
            text = by_id[article.id]
            documents[article.id] = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "statements": _moved(article, text)}
    rows = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in sorted(documents.items()))
    args.out.write_text(f'{{"corpus": {json.dumps(args.corpus)}, "documents": {{\n{rows}\n}}}}\n', encoding="utf-8")
    print(f"{args.out}: {len(documents)} documents, {sum(len(d['statements']) for d in documents.values())} statements")


if __name__ == "__main__":
    main()
