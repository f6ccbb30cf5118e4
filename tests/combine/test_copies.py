"""Copies: the same text, near copies, passages carried over; and what proves no copying."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import pytest

from presstime.combine.copies import COPIES, CopyFact, find_copies
from presstime.ledger.bench import Bench
from presstime.records import Reading

from .made import DAY, Made

STORY = (
    "The lake rose in the night and the old wall above Velm gave way before anybody in the valley had woken. "
    "Carts and boats lay in the orchards at daybreak, and people called to one another from the roofs of the lower town. "
    "The keeper of the sluice had rung the bell twice, his daughter remembered, and then the rope was torn from his hands. "
    "By noon the mill race ran brown past the chapel steps, carrying hay, two doors and somebody's piano."
)
OTHER = (
    "Across the valley a choir had been singing when the lights failed, and its leader counted the children on the stairs by touch alone. "
    "She said later that the youngest had laughed, taking the dark for a game, and that nobody told them otherwise until morning came. "
    "Bread was handed up through a window by neighbours whose own kitchen stood open to the sky."
)
THIRD = (
    "Engineers from the county spent the afternoon on a raft beneath the viaduct, tapping each pier with hammers and listening. "
    "Their foreman wrote numbers on the stone in chalk, and a small crowd on the towpath tried to guess what they meant."
)
FOURTH = "Three ferries stayed at their moorings all day, and the ticket clerk played patience on an upturned crate beside the gangway."
ABOUT = (
    "The Velm Basin Society was founded by fishermen and schoolteachers, keeps eleven gauges along the lower river, "
    "publishes a yearbook, and is paid for by its members and by a small levy on pleasure boats."
)


def at(hour: int, minute: int = 0) -> str:
    return f"{DAY}T{hour:02}:{minute:02}:00+02:00"


class Given:
    """Readings by id, as a source of them."""

    def __init__(self, made: Sequence[Made]) -> None:
        self.kept = {m.document.id: m.reading for m in made}

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return {d: (str(hash(r.document.text)), f"{r.document.published} {d}") for d, r in self.kept.items()}

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        return (self.kept[d] for d in documents)


def bring(bench: Bench, source: Given) -> set[str]:
    """Brings a bench up to date, as the engine does."""
    was, now = bench.documents(), source.signatures()
    gone = [d for d in was if now.get(d) != was[d]]
    come = sorted((d for d in now if now[d] != was.get(d)), key=lambda d: (now[d][1], d))
    bench.drop(gone)
    bench.take_in((d, *now[d]) for d in come)
    changed = find_copies(bench, source, gone, come)
    bench.fresh = False
    return changed


def facts(bench: Bench) -> dict[str, CopyFact]:
    return {record: msgspec.msgpack.decode(data, type=CopyFact) for record, _, data in bench.all_facts(COPIES)}


def found(*made: Made) -> dict[str, CopyFact]:
    bench = Bench.in_memory()
    bring(bench, Given(made))
    return facts(bench)


def test_a_copy_under_another_headline_edited_shortened_or_with_own_paragraphs_is_a_near_copy() -> None:
    edited = STORY.replace("at daybreak", "at dawn").replace("somebody's piano", "a piano").replace("had woken", "was awake")
    short = STORY[: STORY.index("The keeper")]
    made = [
        Made("agency", STORY, at(8)),
        Made("whole", STORY, at(9), headline="Wall breaks"),
        Made("edited", edited, at(10)),
        Made("short", short, at(11)),
        Made("after", f"{STORY} {THIRD}", at(12)),
        Made("before", f"{FOURTH} {STORY}", at(13)),
        Made("alone", OTHER, at(14)),
    ]
    got = found(*made)
    assert {d: f.near_copy_of for d, f in got.items() if f.near_copy_of} == dict.fromkeys(
        ("whole", "edited", "short", "after", "before"), "agency"
    )
    assert {f.root for d, f in got.items() if d != "alone"} == {"agency"} and got["alone"].root == "alone"
    assert {d for d, f in got.items() if f.same_text_as == "agency"} == {"whole"}


def test_a_passage_carried_over_is_found_with_its_place_there() -> None:
    sentence = STORY[STORY.index("Carts") : STORY.index("By noon")]
    text = f"{OTHER} {THIRD} {sentence.replace('twice', 'two times')}{OTHER[::-1]}"
    got = found(Made("agency", STORY, at(8)), Made("paper", text, at(9)))["paper"]
    (passage,) = got.carried
    assert got.near_copy_of is None and passage.of == "agency"
    assert text[passage.start : passage.end].startswith("Carts and boats") and STORY[passage.of_start : passage.of_end].startswith(
        "Carts and boats"
    )
    assert text[passage.start : passage.end].endswith("from his hands")


def test_words_that_two_heard_are_no_copy() -> None:
    speech = (
        "“We rang the bell twice and then the rope was torn from our hands, and nobody in the lower town can say that they "
        "had no warning of what came”"
    )
    one = Made("one", f"{OTHER} {speech}, the keeper said.", at(8))
    two = Made("two", f"Asked about the bell, the keeper raised his voice. {speech}, he said. {THIRD}", at(9))
    got = found(one, two)["two"]
    assert got.near_copy_of is None and got.carried == () and [p.of for p in got.heard] == ["one"]


def test_a_paragraph_that_papers_have_which_share_nothing_else_is_no_copy() -> None:
    made = [Made(f"p{i}", f"{text} {ABOUT}", at(8 + i)) for i, text in enumerate((STORY, OTHER, f"{THIRD} {THIRD[::-1]}"))]
    assert all(f.carried == () and f.near_copy_of is None for f in found(*made).values())
    # two papers alone may have it from one another
    assert [p.of for p in found(*made[:2])["p1"].carried] == ["p0"]


def test_news_that_three_papers_carry_of_one_is_carried_however_little_else_they_share() -> None:
    rung = "he had rung the bell twice before the rope was torn from his hands"
    news = f"The keeper of the sluice said that {rung} and the wall above Velm gave way."
    made = [Made(f"p{i}", f"{text} {news}", at(8 + i)) for i, text in enumerate((STORY[:200], OTHER, f"{THIRD} {THIRD[::-1]}"))]
    for m in made:
        m.say("keeper of the sluice", rung, kind="person")
    got = found(*made)
    assert [p.of for p in got["p1"].carried] == ["p0"] and [p.of for p in got["p2"].carried] == ["p0"]


@pytest.mark.parametrize(
    "text",
    [
        "湖水在夜里上涨，韦尔姆上方的旧墙在山谷里的人们醒来之前就倒塌了。天亮时，马车和小船散落在果园里，人们在下城的屋顶上互相呼喊。守闸人敲了两次钟，他的女儿回忆说。",
        "ทะเลสาบสูงขึ้นในเวลากลางคืนและกำแพงเก่าเหนือเมืองพังทลายลงก่อนที่ใครในหุบเขาจะตื่นขึ้น เกวียนและเรือกระจัดกระจายอยู่ในสวนผลไม้ตอนรุ่งสาง",
        "Ночью озеро поднялось, и старая стена над Вельмом рухнула прежде, чем кто-либо в долине проснулся. Утром телеги и лодки лежали в садах, а люди "  # noqa: E501
        "перекликались с крыш нижнего города, не зная, жив ли смотритель шлюза.",
        "El lago subió de noche y el viejo muro sobre Velm cedió antes de que nadie despertara en el valle. Al alba había carros y barcas en los huertos, "  # noqa: E501
        "y la gente se llamaba de tejado en tejado en la ciudad baja.",
    ],
)
def test_copies_are_found_in_any_script(text: str) -> None:
    got = found(Made("one", text, at(8)), Made("two", f"{text} 2031.", at(9)), Made("three", OTHER, at(10)))
    assert got["two"].near_copy_of == "one" and got["three"].near_copy_of is None


def test_a_copy_of_a_copy_is_of_the_first_ones_family() -> None:
    made = [Made("agency", STORY, at(8)), Made("paper", f"{STORY} {OTHER}", at(9)), Made("late", f"{OTHER} {STORY}", at(10))]
    got = found(*made)
    assert got["late"].near_copy_of == "paper" and got["late"].root == "agency"


def test_facts_do_not_depend_on_the_order_in_which_documents_come() -> None:
    rng = random.Random(4)
    texts = [
        STORY,
        OTHER,
        THIRD,
        f"{STORY} {OTHER}",
        f"{THIRD} {STORY[:220]}",
        f"{OTHER[:180]} {ABOUT}",
        f"{THIRD} {ABOUT}",
        f"{STORY[100:300]} {ABOUT}",
        STORY,
    ]
    made = [Made(f"d{i}", t, at(8 + i), url=f"https://{'a' if i in (0, 7) else i}.example/x") for i, t in enumerate(texts)]
    whole = Bench.in_memory()
    bring(whole, Given(made))
    for _ in range(12):
        order = rng.sample(made, len(made))
        bench = Bench.in_memory()
        for cut in (2, 3, 6, 5, 9):
            bring(bench, Given(order[:cut]))
        assert facts(bench) == facts(whole)
        assert sorted(bench.notes_of(COPIES, "d3"), key=str) == sorted(whole.notes_of(COPIES, "d3"), key=str)
