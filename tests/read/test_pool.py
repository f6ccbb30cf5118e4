"""Reading in worker processes: in order, bounded, the same readings; and what a document costs that is slow, large or deadly."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from presstime.problems import InputError
from presstime.read.pool import Limits, ReadingPool, given_up
from presstime.read.reading import read_document
from presstime.records import Context, Document, KnownPlace, Problem, Reading

SHORT = [
    "Five people were killed in Sarn on Monday, Ilan Voss said.",
    "“We deny it,” Mara Quill told reporters.",
    "The governor of Tarnholt declined to comment on Tuesday.",
    "At least 20 homes were destroyed, according to the Harnoy fire service.",
    "The ministry condemned the attack and called for talks.",
]
STORY = Context()
PARAGRAPH = "The mayor of Sarn, Ilan Voss, said that at least 12 people were injured when the bridge fell. The company denied it.\n\n"


def document(name: str, text: str) -> Document:
    return Document(id=name, sha256="", text=text)


def documents(texts: list[str]) -> list[Document]:
    return [document(str(number), text) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    """Two workers for all tests that leave them as they are."""
    with ReadingPool(2) as shared:
        yield shared


def until(holds: Callable[[], object], seconds: float = 60.0) -> None:
    """Waits, a bounded time, until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# ---------------------------------------------------------------- the same, in order, bounded


def test_readings_are_the_same_as_in_one_process_and_in_order(pool: ReadingPool) -> None:
    given = documents([*SHORT, PARAGRAPH * 20, *SHORT])
    assert list(pool.read(given, STORY)) == [read_document(each, STORY) for each in given]


def test_what_stands_among_the_documents_comes_out_at_its_place(pool: ReadingPool) -> None:
    problem = Problem(where="a.txt", what="empty", why="There is nothing in it.")
    given = [problem, *documents([PARAGRAPH * 10, SHORT[0]]), "kept", problem]
    found = list(pool.read(given, STORY))
    assert [each.document.id if isinstance(each, Reading) else each for each in found] == [problem, "0", "1", "kept", problem]


def test_documents_without_end_are_taken_in_a_bounded_way_ahead(pool: ReadingPool) -> None:
    taken = itertools.count()
    endless = (document(str(number), SHORT[0]) for number in taken)
    reading = pool.read(endless, STORY)
    assert [each.document.id for each in itertools.islice(reading, 3)] == ["0", "1", "2"]
    reading.close()
    assert next(taken) <= 2 * 8 + 4


def test_long_documents_are_not_all_taken_in_at_once(pool: ReadingPool) -> None:
    taken = []

    def long_ones() -> Iterator[Document]:
        for number in range(12):
            taken.append(number)
            # in another language, so that it costs no time here
            yield Document(id=str(number), sha256="", text="x" * 1_500_000, language="es")

    reading = pool.read(itertools.chain([document("first", PARAGRAPH * 20)], long_ones()), STORY)
    next(reading)
    assert len(taken) <= 3
    assert len(list(reading)) == 12


def test_each_document_is_read_with_the_context_it_is_given(pool: ReadingPool) -> None:
    told = Context(places=(KnownPlace(name="Tarnholt", lat=-44.6, lon=12.0),))
    text = document("x", "The flood reached Tarnholt, Benna Olver said.")
    for context in (STORY, told, STORY, told):
        assert pool.submit(text, context).result() == read_document(text, context)


def test_an_abandoned_run_leaves_the_pool_in_order(pool: ReadingPool) -> None:
    abandoned = pool.read(iter(documents([PARAGRAPH * 20] * 6)), STORY)
    next(abandoned)
    abandoned.close()
    assert [each.document.id for each in pool.read(documents(SHORT), STORY)] == ["0", "1", "2", "3", "4"]


def test_a_fault_of_what_gathers_is_passed_on(pool: ReadingPool) -> None:
    def failing() -> Iterator[Document]:
        yield document("a", SHORT[0])
        raise InputError("the folder is gone")

    with pytest.raises(InputError, match="the folder is gone"):
        list(pool.read(failing(), STORY))
    assert pool.submit(document("b", SHORT[1]), STORY).result().document.id == "b"


# ---------------------------------------------------------------- poison


def test_a_document_that_takes_more_than_its_time_costs_itself_only() -> None:
    given = [document("a", SHORT[0]), document("long", PARAGRAPH * 2_000), document("b", SHORT[1]), document("c", SHORT[2])]
    with ReadingPool(1, Limits(seconds=1)) as pool:
        pool.submit(given[0], STORY).result()
        before = pool.processes()
        found = list(pool.read(given, STORY))
        assert pool.processes() != before, "another worker took the place of the ended one"
    (problem,) = found[1].problems
    assert (problem.where, problem.what) == ("long", "too-slow")
    assert "more than 1 s" in problem.why and "--time-limit" in problem.why
    assert found[1].document == given[1] and not found[1].statements
    assert [given_up(each) for each in found] == [False, True, False, False]
    assert [each for each in found if each is not found[1]] == [read_document(each, STORY) for each in given if each.id != "long"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_a_document_that_takes_more_than_its_memory_costs_itself_only() -> None:
    given = [document("a", SHORT[0]), document("wide", "word " * 390_000), document("b", SHORT[1])]
    with ReadingPool(1, Limits(megabytes=260)) as pool:
        found = list(pool.read(given, STORY))
    (problem,) = found[1].problems
    assert (problem.where, problem.what) == ("wide", "too-much-memory")
    assert "260 MB" in problem.why and "--memory-limit" in problem.why
    assert [len(each.statements) for each in found] == [1, 0, 1]


def test_a_worker_that_is_killed_costs_no_document() -> None:
    long = document("long", PARAGRAPH * 150)
    with ReadingPool(1) as pool:
        pool.submit(document("a", SHORT[0]), STORY).result()
        (worker,) = pool.processes()
        waiting = pool.submit(long, STORY)
        time.sleep(0.2)
        os.kill(worker, signal.SIGKILL)
        assert waiting.result() == read_document(long, STORY)
        assert pool.processes() != (worker,)


def test_a_document_at_which_two_workers_end_is_told_and_the_next_is_read() -> None:
    with ReadingPool(1) as pool:
        pool.submit(document("a", SHORT[0]), STORY).result()
        (first,) = pool.processes()
        waiting = pool.submit(document("deadly", PARAGRAPH * 400), STORY)
        os.kill(first, signal.SIGKILL)
        until(lambda: pool.processes() not in ((), (first,)))
        os.kill(pool.processes()[0], signal.SIGKILL)
        (problem,) = waiting.result().problems
        assert (problem.where, problem.what) == ("deadly", "worker-ended")
        assert "SIGKILL" in problem.why
        assert len(pool.submit(document("b", SHORT[1]), STORY).result().statements) == 1


def test_a_worker_that_hangs_without_using_a_processor_is_ended() -> None:
    with ReadingPool(1, Limits(seconds=0.3)) as pool:
        pool.submit(document("a", SHORT[0]), STORY).result()
        os.kill(pool.processes()[0], signal.SIGSTOP)
        (problem,) = pool.submit(document("b", SHORT[1]), STORY).result(timeout=30).problems
        assert problem.what == "too-slow" and "hardly used a processor" in problem.why
        assert not pool.submit(document("c", SHORT[1]), STORY).result(timeout=30).problems


# ---------------------------------------------------------------- processes come and go


def test_workers_are_started_when_there_is_something_to_read_and_kept() -> None:
    with ReadingPool(4) as pool:
        assert pool.processes() == ()
        pool.submit(document("a", SHORT[0]), STORY).result()
        (only,) = pool.processes()
        pool.submit(document("b", SHORT[1]), STORY).result()
        assert pool.processes() == (only,)
    assert not is_there(only)


def test_closing_in_the_middle_ends_the_workers_at_once() -> None:
    with ReadingPool(1) as pool:
        pool.submit(document("a", SHORT[0]), STORY).result()
        (worker,) = pool.processes()
        pool.submit(document("long", PARAGRAPH * 2_000), STORY)
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert not is_there(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a process's threads in /proc")
def test_the_model_runs_on_one_thread(pool: ReadingPool) -> None:
    pool.submit(document("a", PARAGRAPH * 20), STORY).result()
    for worker in pool.processes():
        spent = [int((task / "stat").read_text().rsplit(")", 1)[1].split()[11]) for task in Path(f"/proc/{worker}/task").iterdir()]
        assert sum(1 for ticks in spent if ticks > 5) <= 1


def test_workers_end_by_themselves_when_nobody_is_there_any_more(tmp_path: Path) -> None:
    program = (
        "import os, signal\nfrom presstime.read.pool import ReadingPool\nfrom presstime.records import Context, Document\n"
        "pool = ReadingPool(1)\npool.submit(Document(id='a', sha256='', text='Five died, Voss said.'), Context()).result()\n"
        "print(pool.processes()[0], flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    worker = int(done.stdout)
    until(lambda: not is_there(worker) or Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z")


@pytest.mark.parametrize(
    ("workers", "limits", "told"),
    [
        (0, None, "must be more than nothing"),
        (1, Limits(seconds=0), "must be more than nothing"),
        (1, Limits(megabytes=50), "give --memory-limit"),
    ],
)
def test_misuse_is_told(workers: int, limits: Limits | None, told: str) -> None:
    with pytest.raises(InputError, match=told), ReadingPool(workers, limits) as pool:
        pool.submit(document("a", SHORT[0]), STORY).result()
