"""The language model: how well it parses our own sentences, offsets whatever the text, and the same text, the same sentences."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import texts

import presstime
from presstime.read import language
from presstime.read.language import load, model_version, parse, parse_words
from presstime.read.tree import Sentence, entity_spans

CASES = json.loads((Path(__file__).parents[1] / "cases" / "parses.json").read_text(encoding="utf-8"))["cases"]
MODEL = Path(language.__file__).parent / "model"
STORY = """Belcastro dam breaks, hundreds leave

SARN (Combined Sources) — At least 15 people were killed when the dam above Belcastro broke on Tuesday night, the Ostrian \
Interior Ministry said. “We heard a sound like thunder,” said Mara Quill, a teacher. “Then the water came.”

Gen. Ilan Voss denied that his troops had shelled the gates. He told Sarn TV: “There were no soldiers within 20 km of it.” \
The governor, who arrived at 9 a.m., did not answer questions. Why had nobody opened the sluices? No. 2 was stuck, he said.
"""
HEADLINES = "Mayor resigns\n\nTolls rise to 17 in Sarn\n\nPhoto: the bridge at Low Ferry (Sarn TV)\n\n“It is over”\n\n"


# ---------------------------------------------------------------- quality


def share(pairs: list[tuple[object, object]]) -> float:
    return sum(a == b for a, b in pairs) / len(pairs)


def test_our_own_sentences_are_parsed_well_from_raw_text() -> None:
    """A floor some points under what the shipped model reaches: a broken export falls through it."""
    fine, heads, labelled, spans = [], [], [], []
    for case in CASES:
        found = parse(case["text"])
        assert [word for each in found for word in each.words] == case["words"].split()
        assert len(found) == 1, case["text"]
        (sentence,) = found
        wanted = [int(head) - 1 for head in case["heads"].split()]
        fine += zip(sentence.fine, case["fine"].split(), strict=True)
        heads += zip(sentence.heads, wanted, strict=True)
        relations = zip(wanted, case["relations"].split(), strict=True)
        labelled += zip(zip(sentence.heads, sentence.relations, strict=True), relations, strict=True)
        entities = tuple(case["entities"].split())
        want = set(entity_spans(Sentence(*[()] * 7, entities=entities, lemmas=())))  # type: ignore[misc]
        spans += [(each in want, each in set(entity_spans(sentence))) for each in want | set(entity_spans(sentence))]
    assert share(fine) >= 0.95
    assert share(heads) >= 0.93
    assert share(labelled) >= 0.90
    assert 2 * sum(a and b for a, b in spans) / (sum(a for a, _ in spans) + sum(b for _, b in spans)) >= 0.6


def test_given_words_are_parsed_as_given() -> None:
    words = ["Voss", "denied", "it", "."]
    ((sentence,),) = parse_words([[(words, [True, True, False, False])]])
    assert sentence.words == tuple(words)
    assert sentence.heads == (1, -1, 1, 1)
    assert sentence.relations == ("nsubj", "root", "obj", "punct")
    assert sentence.lemmas == ("voss", "deny", "it", ".")


def test_sentences_begin_where_they_begin() -> None:
    starts = [STORY[each.start : each.start + 9] for each in parse(STORY)]
    wanted = ["Belcastro", "“We heard", "“Then the", "Gen. Ilan", "He told S", "The gover", "Why had n", "No. 2 was"]
    assert [start for start in wanted if start not in starts] == []
    assert len(starts) <= len(wanted) + 3


def test_no_sentence_crosses_a_block() -> None:
    found = parse(HEADLINES)
    ends = [HEADLINES.index(line) + len(line) for line in HEADLINES.split("\n\n") if line]
    for each in found:
        assert not any(each.start < end < each.end for end in ends)
    assert {each.end for each in found} >= set(ends)


# ---------------------------------------------------------------- the files


def test_the_models_files_are_those_it_was_exported_with() -> None:
    about = json.loads((MODEL / "labels.json").read_text(encoding="utf-8"))
    hashes = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest() for name in about["sha256"]}
    assert hashes == about["sha256"]
    assert set(hashes) == {path.name for path in MODEL.iterdir()} - {"labels.json"}
    assert about["version"] == model_version() == f"english-{hashes['english.onnx'][:12]}"


def test_missing_files_are_a_model_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(language, "_FOLDER", tmp_path)
    with pytest.raises(presstime.ModelError, match=r"cannot be loaded .*; reinstall presstime"):
        load.__wrapped__()


def test_loading_takes_less_than_a_second() -> None:
    """Processor seconds in a fresh process, so that a busy machine does not count."""
    code = "import time; from presstime.read import language; t = time.process_time(); language.load(); print(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert float(done.stdout) < 1.0


# ---------------------------------------------------------------- offsets


def check(text: str, sentences: tuple[Sentence, ...], blocks: list[tuple[int, int]] | None = None) -> None:
    at = 0
    for each in sentences:
        assert each.start >= at
        at = each.end
        columns = (each.ends, each.universal, each.fine, each.heads, each.relations, each.entities, each.lemmas, each.words, each.below)
        assert {len(column) for column in columns} == {len(each.starts)} != {0}
        for start, end, word in zip(each.starts, each.ends, each.words, strict=True):
            assert start < end and text[start:end] == word
        assert list(each.starts) == sorted(each.starts)
        assert each.heads.count(-1) == 1
        assert [relation == "root" for relation in each.relations] == [head == -1 for head in each.heads]
        if blocks is not None:
            assert any(a <= each.start and each.end <= b for a, b in blocks)


HOSTILE = st.text(st.sampled_from("aB.,'’“” \n\t\u00a0\u2028\u200b\u200f\ud800\udfff0-@/é\u0301砂🚒İß\x00"), max_size=120)


@settings(max_examples=60)
@given(texts() | st.text(max_size=80) | HOSTILE)
@example("")
@example(" \n\n \t")
@example("\ud800")
def test_any_text_gives_sentences_whose_offsets_hold(text: str) -> None:
    found = parse(text)
    check(text, found)
    assert "".join(word for each in found for word in each.words) == "".join(text.split())


@settings(max_examples=40)
@given(texts(min_size=1) | HOSTILE, st.data())
def test_sentences_stay_within_their_blocks(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    blocks = list(zip(cuts[::2], cuts[1::2], strict=False))
    check(text, parse(text, blocks), blocks)


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "https://sarn.example/" + "a/" * 50_000, "“" * 800, "Sarn-" * 500, "said " * 600, "1" * 5_000, "\n\n" * 50_000],
    ids=["word", "address", "quotes", "hyphens", "unended", "digits", "blank"],
)
def test_long_and_senseless_texts_are_borne(text: str) -> None:
    begun = time.process_time()
    check(text, parse(text))
    assert time.process_time() - begun < 30


# ---------------------------------------------------------------- the same text, the same sentences


def test_a_text_reads_the_same_whatever_was_read_before_and_beside_it() -> None:
    own = [case["text"] for case in CASES]
    batch = [STORY, HEADLINES, *own, STORY.upper(), STORY.replace(".", ""), " ".join(own)]
    alone = {text: parse(text) for text in batch}
    shuffled = batch * 2
    random.Random(1).shuffle(shuffled)
    for text in shuffled:
        assert parse(text) == alone[text]
    with ThreadPoolExecutor(4) as pool:
        for text, found in zip(shuffled, pool.map(parse, shuffled), strict=True):
            assert found == alone[text]


def test_a_text_reads_the_same_in_another_process() -> None:
    code = "import sys; from presstime.read.language import parse; print(ascii(parse(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", code, STORY], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == ascii(parse(STORY))


def test_blocks_read_the_same_whatever_stands_around_them_unread() -> None:
    around = f"NEWSLETTER! Sign up now.\n\n{STORY}\n\n{HEADLINES}"
    start = around.index(STORY)
    paragraphs = [(0, 36), (38, STORY.index("\n\nGen.")), (STORY.index("Gen."), len(STORY) - 1)]
    moved = parse(around, [(a + start, b + start) for a, b in paragraphs])
    plain = parse(STORY, paragraphs)
    assert [(each.words, each.heads, each.relations, each.entities) for each in moved] == [
        (each.words, each.heads, each.relations, each.entities) for each in plain
    ]
    assert [each.start - start for each in moved] == [each.start for each in plain]
