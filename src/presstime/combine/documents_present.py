"""What copying and origins have settled of each document → `FoundDocument`s.

In: a bench that is up to date, and the book. Out: one entry a document, in order of publication. Example: the second paper
with an agency's story → `near_copy_of` the first, and the passages that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from presstime.combine.book import Book
from presstime.combine.copies import COPIES, CopyFact
from presstime.combine.origins import Family, hows_of
from presstime.findings import Carried, FoundDocument
from presstime.ledger.bench import Bench

__all__ = ["present_documents"]


def present_documents(bench: Bench, families: Iterable[Family], book: Book) -> tuple[FoundDocument, ...]:
    """Every document among the others, in order of publication."""
    decode = msgspec.msgpack.Decoder(CopyFact).decode
    facts = {record: decode(data) for record, _, data in bench.all_facts(COPIES)}
    hows = hows_of(families)
    made = []
    for document, (_, _) in sorted(bench.documents().items(), key=lambda d: (d[1][1], d[0])):
        fact = facts.get(document) or CopyFact(root=document)
        made.append(
            FoundDocument(
                id=document,
                version_of=fact.version_of,
                near_copy_of=fact.near_copy_of,
                same_text_as=fact.same_text_as,
                origin=book.own.get(document),
                how=hows.get(document),
                carried=tuple(Carried(start=p.start, end=p.end, of=p.of, of_start=p.of_start, of_end=p.of_end) for p in fact.carried),
                changes=fact.changes,
            )
        )
    return tuple(made)
