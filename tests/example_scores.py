"""How well readings and findings meet an example's gold: what end-to-end tests hold floors on.

Comes in: what presstime made of an example, and its `Gold` (examples/gold.py). Goes out: a `Score` a question, e.g.
"statements found with the right speaker: 98 of 145". Gathered text may have more around the gold's paragraphs than
the gold's own text, so spans are moved paragraph by paragraph before they are compared.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from presstime.findings import Findings
from presstime.records import Reading, Span, Statement

EXAMPLES = Path(__file__).parent.parent / "examples"
sys.path.insert(0, str(EXAMPLES))

from gold import Gold  # noqa: E402  (examples/ is no package)

FIELDS = ("outlet", "headline", "byline", "dateline", "published", "language", "as_of")
Names = Callable[[str], str]

ENOUGH = 0.5
"""Share of characters (F1) that two spans have in common to be the same words; bench/score.py's own."""
NEAR_DEGREES = 0.25
"""About 25 km: how far a place's point may lie from the gold's."""
TITLES = re.compile(
    r"(the|an?|of|office|government|ministry|minister|prime|foreign|defence|interior|health|president|colonel|mayor|"
    r"ombudsman|human|rights|spokes(wo)?man|secretary-general)"
)
"""Words of a name that tell nobody apart."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """`found` of `total` gold records were met, by `given` records of the kind; `missed` says which were not."""

    found: int
    total: int
    given: int
    missed: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 1.0 where there is none."""
        return self.found / self.total if self.total else 1.0


def _score(missed: list[str], total: int, given: int) -> Score:
    return Score(found=total - len(missed), total=total, given=given, missed=tuple(missed))


def load_gold(story: str = "corrow-dam") -> Gold:
    """The gold of an example, from its gold.json."""
    return msgspec.json.decode((EXAMPLES / story / "gold.json").read_bytes(), type=Gold)


def aliases(story: str = "corrow-dam") -> Names:
    """A function from any name of an actor in story.toml to its first; other names stay as they are."""
    actors = tomllib.loads((EXAMPLES / story / "story.toml").read_text(encoding="utf-8"))["actors"]
    table = {_plain(name): actor["name"] for actor in actors for name in (actor["name"], *actor.get("names", ()))}
    return lambda name: str(table.get(_plain(name), name))


def _plain(name: str) -> str:
    return name.replace("’", "'").casefold().removeprefix("the ").strip()


def same_name(want: str | None, got: str | None, names: Names) -> bool:
    """Whether two names are one actor's: equal by story.toml, or one's telling words are all among the other's.

    "Venning" is Calla Venning; "the ministry" is nobody in particular; "Keldan Defence Ministry" is not the
    Interior Ministry, since the words that tell them apart are theirs.
    """
    if want is None or got is None:
        return want is got
    want, got = names(want), names(got)
    if _plain(want) == _plain(got):
        return True
    a, b = (_plain(each).replace("'s", "").replace(",", "").split() for each in (want, got))
    telling_a, telling_b = ({word for word in words if not TITLES.fullmatch(word)} for words in (a, b))
    if not telling_a & telling_b:
        return False
    bodies = {"ministry", "board", "guard", "commission", "embassy", "government", "office", "police"}
    if set(a) & bodies != set(b) & bodies:
        return False
    return telling_a <= set(b) or telling_b <= set(a)


# ---------------------------------------------------------------- which reading, which span


def reading_of(gold: Reading, readings: Iterable[Reading]) -> Reading | None:
    """The reading of the gold's document: by its id, by its file's name, or by its line's id in a .jsonl file."""
    file, _, line = (gold.document.name or "").partition("#")
    for reading in readings:
        if reading.document.id in {gold.document.id, line or None}:
            return reading
        if not line and Path(reading.document.name or "").name == file:
            return reading
    return None


def relocate(gold_text: str, text: str) -> Callable[[Span], set[int]]:
    """A function from a span of the gold's text to its characters' offsets in `text`, paragraph by paragraph.

    A span whose paragraph is not in `text` has none.
    """
    starts: list[tuple[int, int, int]] = []
    offset = cursor = 0
    for line in gold_text.split("\n"):
        if line.strip():
            at = text.find(line, cursor)
            at = text.find(line) if at < 0 else at
            if at >= 0:
                starts.append((offset, offset + len(line), at))
                cursor = at + len(line)
        offset += len(line) + 1

    def move(span: Span) -> set[int]:
        for start, end, at in starts:
            if start <= span.start and span.end <= end:
                return set(range(at + span.start - start, at + span.end - start))
        return set()

    return move


def _characters(spans: Iterable[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


def _alike(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _spans(statement: Statement) -> tuple[Span, ...]:
    """Its content; where the act is all there is ("did not comment"), its cue."""
    return statement.content or ((statement.cue,) if statement.cue else ())


def pairs(gold: Gold, readings: Iterable[Reading]) -> Iterator[tuple[Reading, Reading | None, Callable[[Span], set[int]]]]:
    """Every gold reading, the reading that meets it, and the function that moves its spans there."""
    read = tuple(readings)
    for want in gold.readings:
        got = reading_of(want, read)
        yield want, got, relocate(want.document.text, got.document.text if got else "")


def matched(gold: Gold, readings: Iterable[Reading]) -> dict[str, Statement]:
    """Gold statements' ids and the statements with the same words, best first, each used once."""
    meets: dict[str, Statement] = {}
    for want, got, move in pairs(gold, readings):
        ranked = []
        for statement in want.statements:
            own = set().union(*(move(span) for span in _spans(statement)))
            for other in got.statements if got else ():
                score = _alike(own, _characters(_spans(other)))
                if not statement.content and statement.cue and other.cue:
                    score = max(score, _alike(move(statement.cue), _characters((other.cue,))))
                if score >= ENOUGH:
                    ranked.append((score, statement.id, other))
        taken: set[str] = set()
        for _, id_, other in sorted(ranked, key=lambda each: (-each[0], each[1], each[2].id)):
            if id_ not in meets and other.id not in taken:
                meets[id_] = other
                taken.add(other.id)
    return meets


# ---------------------------------------------------------------- one document at a time


def statements(gold: Gold, readings: Iterable[Reading], names: Names) -> Score:
    """Statements with the right words and the right speaker's name (none, where the gold has none)."""
    return _statements(gold, readings, lambda want, got: _same_speaker(want, got, names))


def acts(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Statements with the right words, form and act, whoever speaks."""
    return _statements(gold, readings, lambda want, got: (want.form, want.act) == (got.form, got.act))


def _same_speaker(want: Statement, got: Statement, names: Names) -> bool:
    return same_name(want.speaker.name if want.speaker else None, got.speaker.name if got.speaker else None, names)


def _statements(gold: Gold, readings: Iterable[Reading], agrees: Callable[[Statement, Statement], bool]) -> Score:
    read = tuple(readings)
    meets = matched(gold, read)
    wanted = [each for reading in gold.readings for each in reading.statements]
    missed = [each.id for each in wanted if each.id not in meets or not agrees(each, meets[each.id])]
    return _score(missed, len(wanted), sum(len(each.statements) for each in read))


def answers(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Denials tied to the claim they answer, where both stand in one document."""
    read = tuple(readings)
    meets = matched(gold, read)
    here = {each.id: reading.document.id for reading in gold.readings for each in reading.statements}
    wanted = [(each.id, to) for reading in gold.readings for each in reading.statements for to in each.answers if here[to] == here[each.id]]
    missed = [f"{a}>{b}" for a, b in wanted if a not in meets or b not in meets or meets[b].id not in meets[a].answers]
    given = sum(len(each.answers) for reading in read for each in reading.statements)
    return _score(missed, len(wanted), given)


def _records(kind: str, gold: Gold, readings: Iterable[Reading], agrees: Callable[[object, object], bool]) -> Score:
    read = tuple(readings)
    total, missed = 0, list[str]()
    for want, got, move in pairs(gold, read):
        others = getattr(got, kind) if got else ()
        for record in getattr(want, kind):
            total += 1
            own = move(record)
            if not any(own & _characters((other,)) and agrees(record, other) for other in others):
                missed.append(f"{want.document.id}: {want.document.text[record.start : record.end]}")
    return _score(missed, total, sum(len(getattr(each, kind)) for each in read))


def _equal(*fields: str) -> Callable[[object, object], bool]:
    return lambda a, b: all(getattr(a, field) == getattr(b, field) for field in fields)


def figures(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Figures that stand in the same place with the same measure, low, high and qualifier."""
    return _records("figures", gold, readings, _equal("measure", "low", "high", "qualifier"))


def times(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Times that stand in the same place with the same value."""
    return _records("times", gold, readings, _equal("value"))


def events(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Events that stand in the same place with the same type and standing; "disputed" is met by "claimed"."""

    def agrees(want: object, got: object) -> bool:
        a, b = (getattr(each, "standing", None) for each in (want, got))
        return _equal("type")(want, got) and (a == b or (a, b) == ("disputed", "claimed"))

    return _records("events", gold, readings, agrees)


def places(gold: Gold, readings: Iterable[Reading]) -> Score:
    """Places that stand in the same place of the text, are used alike, and whose point is the gold's."""

    def agrees(want: object, got: object) -> bool:
        points = [(getattr(each, "lat", None), getattr(each, "lon", None)) for each in (want, got)]
        near = all(a is not None and b is not None and abs(a - b) <= NEAR_DEGREES for a, b in zip(*points, strict=True))
        return _equal("use")(want, got) and near

    return _records("places", gold, readings, agrees)


def parts(gold: Gold, readings: Iterable[Reading]) -> Score:
    """The gold's parts (captions, headings, credits, boilerplate…): a part of the kind over the same words."""
    total, given, missed = 0, 0, list[str]()
    for want, got, move in pairs(gold, readings):
        others = got.document.parts if got else ()
        given += len(others)
        for part in want.document.parts:
            total += 1
            own = move(Span(start=part.start, end=part.end))
            if not any(other.kind == part.kind and own & _characters((Span(start=other.start, end=other.end),)) for other in others):
                missed.append(f"{want.document.id}: {part.kind}: {want.document.text[part.start : part.end][:60]}")
    return _score(missed, total, given)


def documents(gold: Gold, readings: Iterable[Reading]) -> Score:
    """The documents' own fields: outlet, headline, byline, dateline, published, language, as-of and each credit."""
    total, missed = 0, list[str]()
    for want, got, _ in pairs(gold, readings):
        for field in FIELDS:
            value = getattr(want.document, field)
            total += value is not None
            if value is not None and (got is None or getattr(got.document, field) != value):
                missed.append(f"{want.document.id}: {field}: {value}")
        total += len(want.document.credits)
        credits = got.document.credits if got else ()
        missed += [f"{want.document.id}: credit: {credit}" for credit in want.document.credits if credit not in credits]
    return _score(missed, total, total)


# ---------------------------------------------------------------- the whole story


def disputes(gold: Gold, findings: Findings, names: Names) -> Score:
    """Disputes of which a claiming and a denying actor are the gold's; each finding meets one."""
    missed, used = [], set()
    for want in gold.findings.disputes:
        hit = next(
            (
                got.id
                for got in findings.disputes
                if got.id not in used and _shares(want.claimed_by, got.claimed_by, names) and _shares(want.denied_by, got.denied_by, names)
            ),
            None,
        )
        if hit is None:
            missed.append(want.about)
        else:
            used.add(hit)
    return _score(missed, len(gold.findings.disputes), len(findings.disputes))


def _shares(want: Iterable[str], got: Iterable[str], names: Names) -> bool:
    others = tuple(got)
    return any(same_name(a, b, names) for a in want for b in others)


def series(gold: Gold, findings: Findings, names: Names) -> Score:
    """Points of the gold's lines: the same measure, giver, low, high and qualifier."""
    total, missed = 0, list[str]()
    for want in gold.findings.series:
        lines = [line for each in findings.series if each.measure == want.measure for line in each.lines]
        for line in want.lines:
            points = [point for each in lines if same_name(line.giver, each.giver, names) for point in each.points]
            for point in line.points:
                total += 1
                if not any((point.low, point.high, point.qualifier) == (each.low, each.high, each.qualifier) for each in points):
                    missed.append(f"{line.giver}: {want.measure} {point.low}/{point.high} {point.qualifier}")
    return _score(missed, total, sum(len(line.points) for each in findings.series for line in each.lines))


def timeline(gold: Gold, findings: Findings) -> Score:
    """Entries of the same type; where the gold's tellings differ in time, the entry must say so."""
    missed, used = [], set()
    for want in gold.findings.timeline:
        hits = [
            got.id for got in findings.timeline if got.id not in used and got.type == want.type and got.times_differ >= want.times_differ
        ]
        if hits:
            used.add(hits[0])
        else:
            missed.append(f"{want.type} {want.place}")
    return _score(missed, len(gold.findings.timeline), len(findings.timeline))


def reactions(gold: Gold, findings: Findings, names: Names) -> Score:
    """Reactions of the same actor with the same act."""
    missed = [
        f"{want.actor}: {want.act}"
        for want in gold.findings.reactions
        if not any(got.act == want.act and same_name(want.actor, got.actor, names) for got in findings.reactions)
    ]
    return _score(missed, len(gold.findings.reactions), len(findings.reactions))


def silences(gold: Gold, findings: Findings, names: Names) -> Score:
    """Silences of the same actor. `given` beyond `found` are actors of whom something was said to be missing wrongly."""
    missed = [
        want.actor for want in gold.findings.silences if not any(same_name(want.actor, got.actor, names) for got in findings.silences)
    ]
    return _score(missed, len(gold.findings.silences), len(findings.silences))


def origins(gold: Gold, findings: Findings, readings: Iterable[Reading]) -> Score:
    """Documents of one origin that the findings put under one origin, too, the origin's own beside them."""
    read = tuple(readings)
    total, missed = 0, list[str]()
    for want in gold.findings.origins:
        ids = []
        for each in gold.readings:
            if each.document.id in want.documents:
                got = reading_of(each, read)
                ids.append(got.document.id if got else None)
        best = max((len({*ids} & {*each.documents}) for each in findings.origins), default=0)
        total += len(ids)
        missed += [f"{want.name}: a document stands alone"] * (len(ids) - (best if best > 1 else 0))
    return _score(missed, total, sum(len(each.documents) for each in findings.origins))
