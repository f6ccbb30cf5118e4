"""The engine: documents that come, change and go, in any order and in any batches, leave what all at once would have left.

The steps here are made up and small: words under which documents meet, what the first to use a word tells the others,
chains of documents that name each other, and steps that read what those found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.combine.engine import Source, run
from presstime.combine.nations import Nations
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.findings import Decision
from presstime.ledger.bench import BENCH_TABLES, Bench
from presstime.records import Context, Document, Reader, Reading

DOCUMENTS = ("ash", "birch", "cedar", "doum", "elm", "fir")
WORDS = ("red", "blue", "green", "@ash", "@cedar", "@elm", "@gone")
TABLES = tuple(table for table in BENCH_TABLES if table not in ("bench_state", "bench_fingerprint"))

Told = tuple[str, int]
State = dict[str, Told]
"""Documents: id → (its words, its hour)."""


# ---------------------------------------------------------------- made-up steps


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word as a document has it: how often."""

    word: str
    times: int = 1


class First(msgspec.Struct, frozen=True, array_like=True):
    """The document that used a word first."""

    document: str


class Said(msgspec.Struct, frozen=True):
    """Everything under one key, in order, with how often; and whether people have decided about any of it."""

    records: tuple[str, ...]
    times: int
    decided: bool = False


def _words(reading: Reading) -> list[str]:
    return [w for w in reading.document.text.split() if not w.startswith("@")]


def _note_words(reading: Reading, known: Known) -> Iterator[Note[Word]]:
    words = _words(reading)
    for word in dict.fromkeys(words):
        yield Note(word, f"{reading.document.id}/{word}", known.at(words.index(word)), Word(word, words.count(word)))


def _settle_words(key: str, notes: Sequence[Note[Word]], world: World) -> Settled[First, Said]:
    first = First(notes[0].record.split("/")[0])
    records = tuple(n.record for n in notes)
    decided = any(d.one in records for d in world.decisions)
    return Settled(Said(records, sum(n.data.times for n in notes), decided), dict.fromkeys(records, first))


KEYED = Stage(name="keyed", data=Word, fact=First, found=Said, notes=_note_words, settle=_settle_words, decided=True)


def _note_firsts(reading: Reading, known: Known) -> Iterator[Note[Word]]:
    """Under the document that used a word first: what is noted depends on what the step before found."""
    for word in dict.fromkeys(_words(reading)):
        for fact in known.of(KEYED, f"{reading.document.id}/{word}"):
            yield Note(fact.document, f"{reading.document.id}/{word}", known.order, Word(word))


def _settle_firsts(key: str, notes: Sequence[Note[Word]], world: World) -> Settled[First, Said]:
    records = tuple(n.record for n in notes)
    # a fact of its own only where several meet, and about one of the records only
    return Settled(Said(records, len(records)), {records[-1]: First(key)} if len(records) > 1 else {})


SECOND = Stage(name="second", data=Word, fact=First, found=Said, notes=_note_firsts, settle=_settle_firsts)


def _note_lengths(reading: Reading, known: Known) -> Iterator[Note[Word]]:
    """One record a document under the length of each word; under odd lengths with other data than under even ones."""
    words = _words(reading)
    for length in {len(word) for word in words}:
        yield Note(str(length), reading.document.id, known.order, Word("odd" if length % 2 else words[0]))


LENGTHS = Stage(name="lengths", data=Word, fact=type(None), found=Said, notes=_note_lengths, settle=lambda k, n, w: _settle_lengths(n))


def _settle_lengths(notes: Sequence[Note[Word]]) -> Settled[None, Said]:
    return Settled(Said(tuple(f"{n.record} {n.data.word}" for n in notes), len(notes)))


SETTLED: list[str] = []
"""The hours of the word "red" that the chained step has settled, by their first ten characters."""


def _settle_behind(key: str, notes: Sequence[Note[Word]], world: World) -> Settled[First, None]:
    """Each use of a word points at the one before it and at how often that was; the one before the last is told of the last."""
    before: list[Note[Word]] = []
    facts: dict[str, First] = {}
    for note in notes:
        if not note.earlier and before:
            facts[note.record] = First(f"{before[-1].record} {before[-1].data.times}")
            facts[before[0].record] = First(f"before {note.record}")
        before = [*before, note][-2:]
    if key.startswith("red"):
        SETTLED.append(next(n.order for n in notes if not n.earlier)[:6])
    return Settled(facts=facts, handed_on=[note.record for note in before])


CHAINED = Stage(name="chained", data=Word, fact=First, found=type(None), notes=_note_words, settle=_settle_behind, chained=True)


def _note_chains(reading: Reading, known: Known) -> Iterator[Note[Word]]:
    """A document is linked with those that it names, there or not, and with whoever used its first word first."""
    names = [w.removeprefix("@") for w in reading.document.text.split() if w.startswith("@")]
    words = _words(reading)
    facts = known.of(KEYED, f"{reading.document.id}/{words[0]}") if "green" in words else ()
    links = [*(n for n in names if n != reading.document.id), *(f.document for f in facts)]
    yield Note("", reading.document.id, known.order, Word(" ".join(words)), tuple(links))


def _settle_chains(key: str, notes: Sequence[Note[Word]], world: World) -> Settled[First, Said]:
    records = tuple(n.record for n in notes)
    return Settled(Said(records, len(records)), {r: First(key) for r in records} if len(records) > 1 else {})


LINKED = Stage(name="linked", data=Word, fact=First, found=Said, notes=_note_chains, settle=_settle_chains, linked=True)


def _note_roots(reading: Reading, known: Known) -> Iterator[Note[Word]]:
    document = reading.document.id
    twins = known.facts.get("twins", {}).get(document, ())
    for fact in known.of(LINKED, document):
        key = f"{fact.document} {len(known.of(SECOND, f'{document}/red'))}{len(twins)}"
        yield Note(key, document, known.order, Word(twins[0].document if twins else "alone"))


def _settle_roots(key: str, notes: Sequence[Note[Word]], world: World) -> Settled[None, Said]:
    records = tuple(n.record for n in notes)
    return Settled(Said(records, len(records)) if len(records) != 3 else None)  # three are none of its business


LAST = Stage(name="last", data=Word, fact=type(None), found=Said, notes=_note_roots, settle=_settle_roots)

PLAN: list[list[Stage[Any, Any, Any]]] = [[KEYED], [SECOND, LINKED, LENGTHS], [LAST, CHAINED]]
KINDS: dict[str, type] = {s.name: s.fact for level in PLAN for s in level} | {"twins": First}


# ---------------------------------------------------------------- a finder with books of its own


def find_twins(bench: Bench, source: Source, gone: Sequence[str], come: Sequence[str]) -> set[str]:
    """A fact for every document whose text an earlier one has: which is the first. Gives the documents of which it changed."""
    holders: dict[str, list[list[str]]] = {}

    def held(text: str) -> list[list[str]]:
        if text not in holders:
            data = bench.outcome("twins", text)
            holders[text] = msgspec.msgpack.decode(data, type=list[list[str]]) if data else []
        return holders[text]

    for document in gone:
        text = (bench.outcome("texts", document) or b"").decode()
        held(text)[:] = [h for h in held(text) if h[1] != document]
        bench.remove_outcomes("texts", [document])
    orders = source.signatures()
    for reading in source.readings(come):
        document, text = reading.document.id, reading.document.text
        held(text).append([orders[document][1], document])
        bench.put_outcomes("texts", [(document, text.encode())])
    changed: set[str] = set()
    for text, own in holders.items():
        own.sort()
        new = {d: (d, msgspec.msgpack.encode(First(own[0][1]))) for _, d in own[1:]}
        changed |= bench.replace_facts("twins", [(text, new)])
        bench.put_outcomes("twins", [(text, msgspec.msgpack.encode(own))] if own else [])
        bench.remove_outcomes("twins", [] if own else [text])
    return changed


# ---------------------------------------------------------------- documents


def _order(document: str, hour: int) -> str:
    return f"{hour:02} {document}"


class Given:
    """A state as the engine asks for it. `asked` are the documents whose readings were looked at."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.asked: list[str] = []

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return {d: (text, _order(d, hour)) for d, (text, hour) in self.state.items()}

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        for document in documents:
            self.asked.append(document)
            text = self.state[document][0]
            reader = Reader(presstime="0", model="m", context="c")
            yield Reading(document=Document(id=document, sha256="0" * 64, text=text), reader=reader)


def world(*decided: str) -> World:
    decisions = tuple(Decision(id=d, kind="actor", verdict="same", one=d, other="x", by="me", at="2031-05-04", why="so") for d in decided)
    return World(Context(), Nations(Context()), decisions)


def bring(bench: Bench, state: State, heeding: World | None = None, decided: Sequence[str] = ()) -> Given:
    source = Given(state)
    run(bench, source, heeding or world(), find_twins, PLAN, KINDS, decided)
    return source


def tables(bench: Bench) -> dict[str, list[tuple[object, ...]]]:
    return {t: sorted(bench._connection.execute(f"SELECT * FROM {t}").fetchall(), key=repr) for t in TABLES}


def at_once(state: State, heeding: World | None = None) -> dict[str, list[tuple[object, ...]]]:
    bench = Bench.in_memory()
    bring(bench, state, heeding)
    return tables(bench)


def found(bench: Bench, stage: Stage[Any, Any, Any]) -> dict[str, Any]:
    return {key: msgspec.msgpack.decode(data, type=stage.found) for key, data in bench.outcomes(stage.name)}


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(lambda words: " ".join(["green"] * (words[0][0] == "@") + words))
states = st.dictionaries(st.sampled_from(DOCUMENTS), st.tuples(texts, st.integers(0, 3)), max_size=len(DOCUMENTS))


# ---------------------------------------------------------------- whatever comes


@settings(max_examples=120, deadline=None)
@given(st.lists(states, min_size=1, max_size=5))
def test_whatever_comes_changes_and_goes_the_bench_is_as_if_made_at_once(steps: list[State]) -> None:
    bench = Bench.in_memory()
    for state in steps:
        bring(bench, state)
        assert tables(bench) == at_once(state)


@settings(max_examples=60, deadline=None)
@given(states, st.permutations(DOCUMENTS), st.sets(st.integers(1, len(DOCUMENTS) - 1)))
def test_documents_may_come_in_any_order_and_in_any_batches(state: State, order: list[str], cuts: set[int]) -> None:
    bench = Bench.in_memory()
    for cut in sorted({*cuts, len(DOCUMENTS)}):
        bring(bench, {d: state[d] for d in order[:cut] if d in state})
    assert tables(bench) == at_once(state)


@settings(max_examples=50, deadline=None)
@given(states, st.lists(st.sampled_from([f"{d}/{w}" for d in DOCUMENTS for w in ("red", "blue")]), max_size=3))
def test_what_people_decide_is_heeded_as_if_it_had_been_decided_before(state: State, decided: list[str]) -> None:
    bench = Bench.in_memory()
    bring(bench, state)
    bring(bench, state, world(*decided), decided)
    assert tables(bench) == at_once(state, world(*decided))
    bring(bench, state, world(), decided)
    assert tables(bench) == at_once(state)


# ---------------------------------------------------------------- single cases


def test_what_hangs_together_is_settled_together_and_falls_apart_again() -> None:
    bench = Bench.in_memory()
    bring(bench, {"ash": ("red", 1), "elm": ("blue @cedar", 2)})
    assert {k: x.records for k, x in found(bench, LINKED).items()} == {"ash": ("ash",), "elm": ("elm",)}
    bring(bench, {"ash": ("red", 1), "elm": ("blue @cedar", 2), "cedar": ("red @ash", 3)})
    assert {k: x.records for k, x in found(bench, LINKED).items()} == {"ash": ("ash", "elm", "cedar")}
    bring(bench, {"ash": ("red", 1), "elm": ("blue @cedar", 2), "cedar": ("red", 3)})
    assert {k: x.records for k, x in found(bench, LINKED).items()} == {"ash": ("ash",), "elm": ("elm", "cedar")}


def test_a_fact_that_changes_has_later_steps_note_anew() -> None:
    bench = Bench.in_memory()
    bring(bench, {"fir": ("red", 2)})
    assert set(found(bench, SECOND)) == {"fir"}
    bring(bench, {"fir": ("red", 2), "elm": ("red", 1)})
    assert {k: x.records for k, x in found(bench, SECOND).items()} == {"elm": ("elm/red", "fir/red")}


def test_only_what_a_change_touches_is_looked_at() -> None:
    words = ("red", "red", "blue", "blue", "green", "pink")
    state: State = {d: (word, hour) for hour, (d, word) in enumerate(zip(DOCUMENTS, words, strict=True))}
    bench = Bench.in_memory()
    bring(bench, state)
    # the last of the red ones and of the blue ones is now another, of which the second step tells the last
    source = bring(bench, state | {"fir": ("blue red", 9)})
    assert set(source.asked) == {"fir", "birch", "doum"}
    # the last of the red ones is birch again; the first of the blue ones is now another, and all of them know of it
    source = bring(bench, state | {"fir": ("blue pink", 0)})
    assert set(source.asked) == {"fir", "birch", "cedar", "doum"}


def test_a_record_under_several_keys_has_under_each_what_was_noted_there() -> None:
    bench = Bench.in_memory()
    bring(bench, {"ash": ("blue pink green red", 1)})
    bring(bench, {"ash": ("blue pink green red", 1), "elm": ("red pink blue", 2)})
    assert {k: x.records for k, x in found(bench, LENGTHS).items()} == {
        "3": ("ash odd", "elm odd"),
        "4": ("ash blue", "elm red"),
        "5": ("ash odd",),
    }


def told_of(bench: Bench, stage: Stage[Any, Any, Any]) -> dict[str, list[str]]:
    """The facts about each record."""
    told: dict[str, list[str]] = {}
    for record, _, fact in bench.all_facts(stage.name):
        told.setdefault(record, []).append(msgspec.msgpack.decode(fact, type=stage.fact).document)
    return told


def test_a_day_stands_behind_what_the_days_before_handed_on() -> None:
    bench = Bench.in_memory()
    state: State = {"ash": ("red", 1), "birch": ("red", 2), "cedar": ("blue", 3), "doum": ("red red", 4)}
    bring(bench, state)
    told = told_of(bench, CHAINED)
    assert told["birch/red"] == ["ash/red 1"]
    assert told["doum/red"] == ["birch/red 1"]
    assert told["ash/red"] == ["before birch/red", "before doum/red"]
    bring(bench, state | {"cedar": ("red", 3)})  # one between them
    told = told_of(bench, CHAINED)
    assert told["cedar/red"] == ["birch/red 1"]
    assert told["doum/red"] == ["cedar/red 1"]
    bring(bench, {d: state[d] for d in ("cedar", "doum")})  # and those before them gone
    assert set(told_of(bench, CHAINED)) == set()


def test_later_days_are_settled_anew_only_where_what_is_handed_to_them_has_changed() -> None:
    bench = Bench.in_memory()
    state: State = {d: ("red", hour) for hour, d in enumerate(DOCUMENTS)}
    bring(bench, state)
    SETTLED.clear()
    bring(bench, state | {"birch": ("red red", 1)})  # of its two heads a day hands the second on to the next, and no further
    assert [s.split()[1][:3] for s in SETTLED] == ["bir", "ced", "dou"]
    SETTLED.clear()
    bring(bench, {d: told for d, told in state.items() if d != "fir"} | {"birch": ("red red", 1)})
    assert SETTLED == []  # nothing comes behind the last
    bring(bench, state | {"birch": ("red red", 1)})
    assert [s.split()[1] for s in SETTLED] == ["fir"]


def test_nothing_new_is_nothing_to_do() -> None:
    state: State = {"ash": ("red", 1), "elm": ("blue", 2)}
    bench = Bench.in_memory()
    assert run(bench, Given(state), world(), find_twins, PLAN, KINDS)
    assert not run(bench, Given(state), world(), find_twins, PLAN, KINDS)
    assert run(bench, Given({}), world(), find_twins, PLAN, KINDS)
    assert {t: rows for t, rows in tables(bench).items() if rows} == {}


def test_a_bench_that_is_cleared_is_made_anew() -> None:
    state: State = {"ash": ("red @elm", 1), "elm": ("blue", 2)}
    bench = Bench.in_memory()
    bring(bench, {"fir": ("green", 1)})
    bench.clear()
    bring(bench, state)
    assert tables(bench) == at_once(state)
