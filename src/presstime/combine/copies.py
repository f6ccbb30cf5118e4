"""Documents → which are the same text, a later version of one page, a near copy of another, or carry passages of others.

In: documents that are new, changed or gone. Out: a `CopyFact` about each document that this concerns. Every document is
compared with the earliest holders of its fingerprints only: the work grows with the number of documents alone, and what
is found does not depend on the order in which they came in. A document never copies a later one.

Example: three outlets print one agency's story under their own headlines → the later ones are near copies of the first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np

from presstime.combine.comparing import Passage, Text, compared, text_of
from presstime.combine.engine import Source
from presstime.combine.fingerprints import Hashes
from presstime.combine.holders import EARLIEST, BenchHolders, FreshHolders, Holders
from presstime.combine.page_address import page_key
from presstime.combine.versions import changes
from presstime.findings import Change
from presstime.ledger.bench import Bench, NoteRow

__all__ = ["COPIES", "CopyFact", "copy_of", "find_copies"]

COPIES = "copies"
"""The name under which these facts are kept."""
_TEXTS = 300
"""Texts that are kept at hand to be compared with: an agency's copies mostly follow within hours."""
_WORDS = 20_000
"""Texts whose words' hashes are kept from the first pass to the second: 100 MB where they have 600 words each."""
_LOOKUPS = ("text ", "page ")
"""The beginnings of the keys under which documents meet."""
_DIGEST = 12
"""Bytes of a text's digest."""
_BATCH = 25
"""Documents that are read together."""


class CopyFact(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a document is to earlier ones. `root` is the first document of its family, itself where it copies none.

    `shared` is the share of its own words (those outside quotation marks) that stand in `near_copy_of`, else in what it
    carries of others. `carried` are the passages that stand in earlier documents; `heard` those that are no more than
    quoted words and so prove no copying.
    """

    root: str
    version_of: str | None = None
    near_copy_of: str | None = None
    same_text_as: str | None = None
    shared: float = 0.0
    words: int = 0
    carried: tuple[Passage, ...] = ()
    heard: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()


def copy_of(facts: Mapping[str, Mapping[str, tuple[Any, ...]]], document: str) -> CopyFact:
    """A document's fact among those that are known of its reading (`Known.facts`)."""
    found = facts.get(COPIES, {}).get(document, ())
    return found[0] if found else CopyFact(root=document)


def find_copies(bench: Bench, source: Source, gone: Sequence[str], come: Sequence[str]) -> set[str]:
    """Brings the facts up to date; gives the documents about which they changed. `come` are ids in order."""
    finder = _Finder(bench, source)
    return finder.fresh(come) if bench.fresh else finder.update(gone, come)


class _Finder:
    """One run of finding: texts at hand, and the roots of documents."""

    def __init__(self, bench: Bench, source: Source) -> None:
        self._bench, self._source = bench, source
        self._orders = {document: order for document, (_, order) in bench.documents().items()}
        self._texts: dict[str, Text] = {}
        self._words: dict[str, tuple[Hashes, int]] = {}
        self._roots: dict[str, str] = {}
        self._keys: dict[str, list[str]] = {}
        self._meeting: dict[str, list[str]] = {}
        self._decode = msgspec.msgpack.Decoder(CopyFact).decode
        self._encode = msgspec.msgpack.encode

    # ------------------------------------------------------------ all at once

    def fresh(self, come: Sequence[str]) -> set[str]:
        """All documents, in order: first the fingerprints of each, then the comparisons."""
        holders = FreshHolders(come)
        rows: list[NoteRow] = []
        for reading in self._source.readings(come):
            text = text_of(reading)
            holders.add(text.fingerprints)
            if len(self._words) < _WORDS:
                self._words[reading.document.id] = text.words.ids, text.words.grain
            rows += self._lookups(text)
        holders.close()
        self._bench.add_notes(COPIES, sorted(rows, key=lambda n: (n.key, n.order)))
        for row in rows:
            self._keys.setdefault(row.record, []).append(row.key)
            self._meeting.setdefault(row.key, []).append(row.record)
        rows = []
        facts: list[tuple[str, dict[str, tuple[str, bytes]]]] = []
        for at in range(0, len(come), _BATCH):
            batch = come[at : at + _BATCH]
            self._fetch([x for d in batch for x in self._concerned(d, holders.candidates(d, holders.of(d)))])
            for document in batch:
                others = holders.candidates(document, holders.of(document))
                if self._concerned(document, others):
                    fact, consulted = self._fact(document, others, holders)
                else:
                    fact, consulted = CopyFact(root=document), set()
                self._roots[document] = fact.root
                facts.append((document, {document: (document, self._encode(fact))}))
                rows += self._leanings(document, others, consulted)
            self._let_go()
        self._bench.replace_facts(COPIES, facts)
        self._bench.add_notes(COPIES, sorted(rows, key=lambda n: (n.key, n.order)))
        self._bench.add_fingerprints((print_, self._orders[document], document) for print_, document in holders.all())
        return set(come)

    def _concerned(self, document: str, others: Sequence[str]) -> list[str]:
        """The documents that a document has to be compared with, itself among them; none where it stands for itself."""
        before = self._before(document)
        return list(dict.fromkeys((document, *others, *before))) if others or before else []

    # ------------------------------------------------------------ later

    def update(self, gone: Sequence[str], come: Sequence[str]) -> set[str]:
        """The documents that are new, changed or gone, and those that these concern."""
        was = {d: self._bench.notes_of(COPIES, d) for d in dict.fromkeys((*gone, *come))}
        rows = {d: self._lookups(self._text(d)) for d in come}
        same = {d for d, own in rows.items() if _plain(own) == _plain(was[d])}
        dirty: set[str] = set()
        displaced: set[str] = set()
        for document in gone:
            if document not in same:
                self._leave(document, was[document], dirty, displaced)
        for document in come:
            if document not in same:
                self._enter(document, rows[document], dirty, displaced)
        holders = BenchHolders(self._bench, self._orders)
        for document in (displaced - dirty) & self._orders.keys():
            if self._others_now(document, holders) != self._others_then(document):
                dirty.add(document)
        return self._settle(dirty & self._orders.keys(), holders)

    def _leave(self, document: str, rows: Sequence[NoteRow], dirty: set[str], displaced: set[str]) -> None:
        """Forgets a document, and adds those that it concerned."""
        known = next((row for row in rows if row.key.startswith("text ")), None)
        if known is None:
            return
        prints = np.frombuffer(known.data[_DIGEST:], dtype=np.int64).tolist()
        self._bench.remove_notes(COPIES, rows)
        self._bench.replace_facts(COPIES, [(document, {})])
        self._bench.remove_fingerprints((print_, known.order, document) for print_ in prints)
        self._keys.pop(document, None)
        dirty |= self._leaning_on(document)
        self._met_later(rows, known.order, dirty)
        self._displace(known.order, prints, dirty, displaced)

    def _enter(self, document: str, rows: Sequence[NoteRow], dirty: set[str], displaced: set[str]) -> None:
        """Takes a document in, and adds those that it concerns."""
        order = self._orders[document]
        prints = self._text(document).fingerprints.tolist()
        self._bench.add_notes(COPIES, rows)
        self._bench.add_fingerprints((print_, order, document) for print_ in prints)
        dirty.add(document)
        self._met_later(rows, order, dirty)
        self._displace(order, prints, dirty, displaced)

    def _met_later(self, rows: Iterable[NoteRow], order: str, dirty: set[str]) -> None:
        """Adds the later documents of the same page or the same text."""
        for one in rows:
            if one.key.startswith(_LOOKUPS):
                dirty.update(row.record for row in self._bench.notes(COPIES, one.key) if row.order > order)

    def _displace(self, order: str, prints: Sequence[int], dirty: set[str], displaced: set[str]) -> None:
        """Adds those for whom the earliest holders of a fingerprint are others, once one comes or goes at a place in the order."""
        for print_, held in zip(prints, self._bench.earliest_holders(prints, EARLIEST), strict=True):
            earlier = [document for before, document in held if before < order]
            if not earlier:
                displaced.update(self._bench.later_holders(print_, order))
            elif len(earlier) < EARLIEST and (leaning := self._leaning_on(earlier[0])):
                # where another is first, only those change that lean on it: a third paper makes a text a standing one
                dirty.update(leaning.intersection((*self._bench.later_holders(print_, order), *earlier[1:])))

    def _leaning_on(self, document: str) -> set[str]:
        return {row.record for row in self._bench.notes(COPIES, f"of {document}")}

    def _others_now(self, document: str, holders: Holders) -> list[str]:
        """The documents with which one is to be compared."""
        prints = next(row.data[_DIGEST:] for row in self._bench.notes_of(COPIES, document) if row.key.startswith("text "))
        return holders.candidates(document, np.frombuffer(prints, dtype=np.int64))

    def _others_then(self, document: str) -> list[str]:
        """The documents with which one was compared last."""
        kept = self._bench.notes(COPIES, f"with {document}")
        return msgspec.msgpack.decode(kept[0].data, type=list[str]) if kept else []

    def _settle(self, dirty: set[str], holders: Holders) -> set[str]:
        """Compares documents anew, in order, and those whose family changes with them; gives those with another fact."""
        changed: set[str] = set()
        waiting = [(self._orders[d], d) for d in dirty]
        heapq.heapify(waiting)
        done: set[str] = set()
        while waiting:
            document = heapq.heappop(waiting)[1]
            if document in done:
                continue
            done.add(document)
            before = self._bench.facts(COPIES, document).get(document)
            self._bench.remove_notes(COPIES, [r for r in self._bench.notes_of(COPIES, document) if not r.key.startswith(_LOOKUPS)])
            others = holders.candidates(document, self._text(document).fingerprints)
            fact, consulted = (
                self._fact(document, others, holders) if self._concerned(document, others) else (CopyFact(root=document), set())
            )
            self._roots[document] = fact.root
            self._bench.add_notes(COPIES, self._leanings(document, others, consulted))
            data = self._encode(fact)
            if before is None or before[1] != data:
                changed.add(document)
                self._bench.replace_facts(COPIES, [(document, {document: (document, data)})])
            if before is None or self._decode(before[1]).root != fact.root:
                for other in self._leaning_on(document) & self._orders.keys():
                    heapq.heappush(waiting, (self._orders[other], other))
            self._let_go()
        return changed

    # ------------------------------------------------------------ one document

    def _fact(self, document: str, others: Sequence[str], holders: Holders) -> tuple[CopyFact, set[str]]:
        """What a document is to earlier ones, and the documents on which that depends."""
        text = self._text(document)
        versions, firsts = self._same_page(document), self._same_words(document)
        older = [d for d in versions if self._orders[d] < self._orders[document]]
        version = older[-1] if older else None
        same = next((d for d in firsts if d not in versions), None) or (version if version in firsts else None)
        if same is not None and same not in others:
            others = [same, *others]
        found = compared(text, [self._text(d) for d in others if d not in versions], holders, self._text)
        near = same if same is not None and same not in versions else found.near
        root = self._root(near or version or document, document)
        passages = tuple(msgspec.structs.replace(p, root=self._root(p.of, document)) for p in found.carried)
        heard = tuple(msgspec.structs.replace(p, root=self._root(p.of, document)) for p in found.heard)
        consulted = {x for x in (near, version, same) if x is not None} | {p.of for p in (*passages, *heard)} | found.consulted
        fact = CopyFact(
            root=root,
            version_of=version,
            near_copy_of=near,
            same_text_as=same,
            shared=1.0 if same is not None else found.shared,
            words=text.own if passages else 0,
            carried=passages,
            heard=heard,
            changes=changes(self._text(version).document, text.document) if version is not None else (),
        )
        return fact, consulted

    def _before(self, document: str) -> list[str]:
        """The earlier versions of the same page, and the first document of the same text."""
        return [*(d for d in self._same_page(document) if self._orders[d] < self._orders[document]), *self._same_words(document)[:1]]

    def _same_page(self, document: str) -> list[str]:
        """All documents of the same page, in order."""
        return [d for key in self._keys_of(document) if key.startswith("page ") for d in self._meet(key)]

    def _same_words(self, document: str) -> list[str]:
        """The earlier documents of the same text, in order."""
        met = [d for key in self._keys_of(document) if key.startswith("text ") for d in self._meet(key)]
        return met[: met.index(document)]

    def _keys_of(self, document: str) -> list[str]:
        if document not in self._keys:
            self._keys[document] = [r.key for r in self._bench.notes_of(COPIES, document) if r.key.startswith(_LOOKUPS)]
        return self._keys[document]

    def _meet(self, key: str) -> list[str]:
        return self._meeting[key] if self._bench.fresh else [row.record for row in self._bench.notes(COPIES, key)]

    def _root(self, document: str, asking: str) -> str:
        if document == asking:
            return document
        if document not in self._roots:
            kept = self._bench.facts(COPIES, document).get(document)
            self._roots[document] = self._decode(kept[1]).root if kept is not None else document
        return self._roots[document]

    def _lookups(self, text: Text) -> list[NoteRow]:
        """The notes by which a document is found: its page's address and its text. Their data tells when it has changed."""
        document = text.document
        order = self._orders[document.id]
        words = blake2b(text.words.ids.tobytes(), digest_size=_DIGEST)
        key = f"text {words.hexdigest() if len(text.words) else document.id}"
        words.update(self._encode([document.text, document.parts, document.outlet, text.news]))
        found = [NoteRow(key, order, document.id, document.id, words.digest() + text.fingerprints.tobytes())]
        page = page_key(document.url)
        if page is not None:
            found.append(NoteRow(f"page {page}", order, document.id, document.id, b""))
        return found

    def _leanings(self, document: str, others: Sequence[str], consulted: Iterable[str]) -> list[NoteRow]:
        """The notes of what a document's fact depends on: the documents consulted, and those it was compared with."""
        order = self._orders[document]
        found = [NoteRow(f"of {other}", order, document, document, b"") for other in sorted(consulted)]
        return [*found, NoteRow(f"with {document}", order, document, document, self._encode(list(others)))] if others else found

    # ------------------------------------------------------------ texts at hand

    def _text(self, document: str) -> Text:
        if document not in self._texts:
            self._fetch([document])
        return self._texts[document]

    def _fetch(self, documents: Sequence[str]) -> None:
        for document in documents:
            if document in self._texts:
                self._texts[document] = self._texts.pop(document)  # the last used is let go of last
        missing = [d for d in dict.fromkeys(documents) if d not in self._texts]
        for reading in self._source.readings(missing) if missing else ():
            self._texts[reading.document.id] = text_of(reading, self._words.get(reading.document.id))

    def _let_go(self) -> None:
        for document in list(self._texts)[: max(0, len(self._texts) - _TEXTS)]:
            del self._texts[document]


def _plain(rows: Iterable[NoteRow]) -> list[tuple[str, str, bytes]]:
    return sorted((row.key, row.order, row.data) for row in rows if row.key.startswith(_LOOKUPS))
