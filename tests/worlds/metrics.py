"""Findings beside the truth → how many of each finding are right, and which are not.

In: a truth whose places are (key, start, end), the readings it was found in, and the findings. Out: `Tally`s by metric, which
add up over stories. README.md defines every metric.

Example: `judge(truth, readings, keys, findings)["disputes"].precision`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from anyascii import anyascii

from presstime.findings import Findings, Series
from presstime.records import Reading

__all__ = ["METRICS", "Tally", "judge"]

METRICS = ("origin pairs", "actors", "disputes", "series points", "timeline", "reactions", "silences")
_REACTING = frozenset({"condemnation", "appeal", "offer", "concern", "demand", "support", "threat", "warning", "refusal", "no-comment"})
_SAME_EVENT = 0.5
Place = tuple[str, int, int]


@dataclass(slots=True)
class Tally:
    """Counts of one metric: `right` of `found` (precision) and `hit` of `true` (recall); the mistakes in words."""

    right: float = 0
    found: float = 0
    hit: float = 0
    true: float = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def add(self, other: Tally) -> None:
        """Counts of another story added to these."""
        self.right, self.found = self.right + other.right, self.found + other.found
        self.hit, self.true = self.hit + other.hit, self.true + other.true
        self.errors += other.errors


def folded(name: str) -> str:
    """A name as it is compared: Latin letters and digits, without "the" and what stands in brackets."""
    words = "".join(c if c.isalnum() else " " for c in anyascii(name.split(" (")[0]).lower().replace("'", "")).split()
    return " ".join(w for w in words if w != "the")


def judge(truth: Any, readings: Sequence[Reading], keys: Mapping[str, str], findings: Findings) -> dict[str, Tally]:
    """Every metric of one story. `keys` maps a document's id to its key in the truth; the truth's fields are those of `Truth`."""
    judged = _Judge(truth, readings, keys, findings)
    return {
        "origin pairs": judged.origins(),
        "actors": judged.actors(),
        "disputes": judged.disputes(),
        "series points": judged.points(),
        "timeline": judged.timeline(),
        "reactions": judged.reactions(),
        "silences": judged.silences(),
    }


class _Judge:
    def __init__(self, truth: Any, readings: Sequence[Reading], keys: Mapping[str, str], findings: Findings) -> None:
        self.truth, self.findings = truth, findings
        self.texts = {keys[r.document.id]: r.document.text for r in readings}
        self.keys = keys
        self.statements = {s.id: (keys[r.document.id], s) for r in readings for s in r.statements}
        self.figures = {f.id: (keys[r.document.id], f.start, f.end) for r in readings for f in r.figures}
        self.events = {e.id: [(keys[r.document.id], m.start, m.end) for m in (e.mentions or (e,))] for r in readings for e in r.events}
        self.member = {m: a.id for a in findings.actors for m in a.members}
        self.mentioned = self._mentioned(readings)
        self.names = self._names()

    def words(self, place: Place) -> str:
        key, start, end = place
        return f"{key}: {self.texts[key][start:end]!r}"

    # ------------------------------------------------------------ names

    def _mentioned(self, readings: Sequence[Reading]) -> list[tuple[int, str, Place]]:
        """Every true mention: the true actor's number, the found actor's id (or one of its own), the place."""
        spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for r in readings:
            key = self.keys[r.document.id]
            for actor in r.actors:
                spans[key] += [(m.start, m.end, actor.id) for m in actor.mentions]
            spans[key] += [(s.speaker.start, s.speaker.end, s.speaker.actor) for s in r.statements if s.speaker and s.speaker.actor]
        found = []
        for number, actor in enumerate(self.truth.actors):
            for place in actor["mentions"]:
                key, start, end = place
                near = [(_overlap((a, b), (start, end)), i) for a, b, i in spans[key] if a < end and start < b]
                best = max(near, default=(0.0, ""))[1]
                found.append((number, self.member.get(best, f"none {place}"), place))
        return found

    def _names(self) -> dict[str, int]:
        """Folded name → the true actor that it stands for: by the truth's names, else by whose mentions the found actor has."""
        names: dict[str, int] = {}
        for number, actor in enumerate(self.truth.actors):
            for name in (actor["name"], *actor.get("names", ())):
                names.setdefault(folded(name), number)
        votes: dict[str, Counter[int]] = defaultdict(Counter)
        for number, id_, _ in self.mentioned:
            votes[id_][number] += 1
        for found in self.findings.actors:
            if found.id in votes:
                for name in (found.name, *found.names):
                    names.setdefault(folded(name), votes[found.id].most_common(1)[0][0])
        return names

    def who(self, names: Iterable[str]) -> set[int | str]:
        return {self.names.get(folded(n), folded(n)) for n in names}

    # ------------------------------------------------------------ metrics

    def origins(self) -> Tally:
        tally = Tally()
        found = {self.keys[d.id]: d.origin for d in self.findings.documents}
        for a, b in combinations(sorted(self.truth.origins), 2):
            true = self.truth.origins[a] == self.truth.origins[b]
            same = a in found and b in found and found[a] is not None and found[a] == found[b]
            tally.true, tally.found = tally.true + true, tally.found + same
            tally.right, tally.hit = tally.right + (true and same), tally.hit + (true and same)
            if true != same:
                tally.errors.append(f"{'joined' if same else 'apart'}: {a} ({self.truth.origins[a]}), {b} ({self.truth.origins[b]})")
        return tally

    def actors(self) -> Tally:
        tally = Tally()
        by_true, by_found = defaultdict(set), defaultdict(set)
        for i, (number, id_, _) in enumerate(self.mentioned):
            by_true[number].add(i)
            by_found[id_].add(i)
        for number, id_, place in self.mentioned:
            both = len(by_true[number] & by_found[id_])
            tally.right += both / len(by_found[id_])
            tally.hit += both / len(by_true[number])
            tally.found, tally.true = tally.found + 1, tally.true + 1
            if both < len(by_found[id_]) or both < len(by_true[number]) / 2:
                others = {self.truth.actors[self.mentioned[j][0]]["name"] for j in by_found[id_]} - {self.truth.actors[number]["name"]}
                how = f"with {sorted(others)}" if others else "apart" if not id_.startswith("none") else "not found"
                tally.errors.append(f"{self.words(place)} is {self.truth.actors[number]['name']}, {how}")
        return tally

    def _said(self, ids: Iterable[str]) -> list[Place]:
        found = []
        for id_ in ids:
            if id_ in self.statements:
                key, s = self.statements[id_]
                spans = [*s.content, *((s.cue,) if s.cue else ())]
                found += [(key, x.start, x.end) for x in spans]
        return found

    def disputes(self) -> Tally:
        claims = {c.id: c.statements for c in self.findings.claims}
        fits: dict[tuple[int, int], float] = {}
        for i, found in enumerate(self.findings.disputes):
            claimed, denied = self._said(claims.get(found.claim, ())), self._said(found.denials)
            for j, true in enumerate(self.truth.disputes):
                sides = self.who(found.claimed_by) & self.who(true["claimed_by"]) and self.who(found.denied_by) & self.who(
                    true["denied_by"]
                )
                shared = _meeting(claimed, true["claims"]) + _meeting(denied, true["denials"])
                if sides and shared:
                    fits[i, j] = shared
        pairs = _matched(fits)
        tally = Tally(len(pairs), len(self.findings.disputes), len(pairs), len(self.truth.disputes))
        for j, true in enumerate(self.truth.disputes):
            if j not in pairs.values():
                claims_, denials = [self.words(p) for p in true["claims"][:2]], [self.words(p) for p in true["denials"][:2]]
                tally.errors.append(f"missed: {true['claimed_by']} {claims_} / {true['denied_by']} {denials}")
        for i, found in enumerate(self.findings.disputes):
            if i not in pairs:
                shown = [self.words(p) for p in self._said(found.denials)[:1]]
                tally.errors.append(f"none: {found.about!r} by {found.claimed_by}, denied by {found.denied_by} {shown}")
        return tally

    def points(self) -> Tally:
        tally = Tally()
        where: dict[str, list[tuple[Place, tuple[int, int, int]]]] = defaultdict(list)
        for s, series in enumerate(self.truth.series):
            for n, line in enumerate(series["lines"]):
                for p, point in enumerate(line["points"]):
                    for place in (point["at"], *point.get("also", ())):
                        where[place[0]].append((place, (s, n, p)))
                    tally.true += series["scope"] != "past"
        hit: set[tuple[int, int, int]] = set()
        for found in self.findings.series:
            meant = {q.figure: _at(self.figures.get(q.figure), where) for line in found.lines for q in line.points}
            kinds = {t[0] for ts in meant.values() for t in ts[:1]}
            for line in found.lines:
                for q in line.points:
                    true = meant[q.figure]
                    if true and self.truth.series[true[0][0]]["scope"] == "past" and len(kinds) == 1:
                        continue  # a recalled event on its own is neither asked for nor wrong
                    tally.found += 1
                    why = self._wrong(found, line.giver, q, true, kinds)
                    fresh = next((t for t in true if t not in hit), None)
                    if why is None and fresh is not None:
                        hit.add(fresh)
                        tally.right += 1
                    else:
                        words = self.words(self.figures[q.figure]) if q.figure in self.figures else q.figure
                        tally.errors.append(f"{words} ({found.measure}, {line.giver}): {why or 'twice'}")
        tally.hit = sum(self.truth.series[t[0]]["scope"] != "past" for t in hit)
        for s, series in enumerate(self.truth.series):
            for n, line in enumerate(series["lines"]):
                for p, point in enumerate(line["points"]):
                    if (s, n, p) not in hit and series["scope"] != "past":
                        tally.errors.append(
                            f"missed: {self.words(point['at'])} ({series['measure']}, {line['giver']}, superseded {point['superseded']})"
                        )
        return tally

    def _wrong(self, found: Series, giver: str, q: Any, true: list[tuple[int, int, int]], kinds: set[int]) -> str | None:
        """What is wrong with a found point; None where nothing is."""
        if not true:
            return "no point of the truth"
        s, n, p = true[0]
        series, line = self.truth.series[s], self.truth.series[s]["lines"][n]
        point = line["points"][p]
        if series["measure"] != found.measure or _scope(series["scope"]) != _scope(found.scope):
            return f"its series is {found.measure}, {found.scope}"
        if len(kinds) > 1:
            return "its series holds " + ", ".join(
                f"{self.truth.series[k]['measure']} {self.truth.series[k]['event']}" for k in sorted(kinds)
            )
        if (point["low"], point["high"], point["qualifier"]) != (q.low, q.high, q.qualifier):
            return f"value {q.low}–{q.high} {q.qualifier}, not {point['low']}–{point['high']} {point['qualifier']}"
        if not self.who([giver]) & self.who([line["giver"]]):
            return f"giver is {line['giver']}"
        return f"superseded is {point['superseded']}" if bool(q.superseded_by) != point["superseded"] else None

    def timeline(self) -> Tally:
        where: dict[str, list[tuple[Place, tuple[int, int]]]] = defaultdict(list)
        for t, entry in enumerate(self.truth.timeline):
            for n, place in enumerate(entry["tellings"]):
                where[place[0]].append((place, (t, n)))
        optional = {t for t, entry in enumerate(self.truth.timeline) if entry.get("optional")}
        passed: set[int] = set()
        fits: dict[tuple[int, int], float] = {}
        for i, found in enumerate(self.findings.timeline):
            meant: set[Any] = set()
            for telling in found.tellings:
                spans = self.events.get(telling.event, [])
                told = {t for span in spans for t in _at(span, where)}
                meant |= told or {telling.event}
            entries = {m[0] for m in meant if isinstance(m, tuple)}
            if entries and all(self.truth.timeline[t].get("optional") for t in entries):
                passed.add(i)
            for t in entries - optional:
                own = {(t, n) for n in range(len(self.truth.timeline[t]["tellings"]))}
                alike = len(own & meant) / len(own | meant)
                if alike >= _SAME_EVENT:
                    fits[i, t] = alike
        pairs = _matched(fits)
        tally = Tally(len(pairs), len(self.findings.timeline) - len(passed), len(pairs), len(self.truth.timeline) - len(optional))
        for t, entry in enumerate(self.truth.timeline):
            if t not in pairs.values() and t not in optional:
                tally.errors.append(f"missed: {entry['type']} {entry['what']}, {[self.words(p) for p in entry['tellings'][:3]]}")
        for i, found in enumerate(self.findings.timeline):
            if i not in pairs and i not in passed:
                told_ = [self.words(p) for x in found.tellings[:3] for p in self.events.get(x.event, [])[:1]]
                tally.errors.append(f"none: {found.type} {found.place}, {len(found.tellings)} tellings {told_}")
        return tally

    def reactions(self) -> Tally:
        fits: dict[tuple[int, int], float] = {}
        listed = [r for r in self.findings.reactions if r.act in _REACTING]
        for i, found in enumerate(listed):
            for j, true in enumerate(self.truth.reactions):
                towards = not found.towards or not true.get("towards") or self.who([found.towards]) & self.who([true["towards"]])
                if found.act == true["act"] and self.who([found.actor]) & self.who([true["actor"]]) and towards:
                    fits[i, j] = 1 + _meeting(self._said(found.statements), [true["at"]])
        pairs = _matched(fits)
        tally = Tally(len(pairs), len(listed), len(pairs), len(self.truth.reactions))
        tally.errors += [
            f"missed: {t['actor']} {t['act']} {self.words(t['at'])}" for j, t in enumerate(self.truth.reactions) if j not in pairs.values()
        ]
        tally.errors += [
            f"none: {f.actor} {f.act} {[self.words(p) for p in self._said(f.statements)[:1]]}"
            for i, f in enumerate(listed)
            if i not in pairs
        ]
        return tally

    def silences(self) -> Tally:
        fits = {
            (i, j): 1.0
            for i, found in enumerate(self.findings.silences)
            for j, true in enumerate(self.truth.silences)
            if self.who([found.actor]) & self.who([true["actor"]])
        }
        pairs = _matched(fits)
        tally = Tally(len(pairs), len(self.findings.silences), len(pairs), len(self.truth.silences))
        tally.errors += [
            f"missed: {t['actor']} {self.words(t['because'])}" for j, t in enumerate(self.truth.silences) if j not in pairs.values()
        ]
        tally.errors += [f"none: {s.actor} {self._said([s.because])[:1]}" for i, s in enumerate(self.findings.silences) if i not in pairs]
        return tally


def _scope(scope: str) -> str:
    """A part, or what comes on top, is of the event; that it is in a series of its own is judged by what else is in it."""
    return "event" if scope in ("part", "more") else scope


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return 2 * shared / (a[1] - a[0] + b[1] - b[0])


def _at(place: Place | None, where: Mapping[str, list[tuple[Place, Any]]]) -> list[Any]:
    """What the truth has at a place, the best overlap first."""
    if place is None:
        return []
    key, start, end = place
    near = [(_overlap((start, end), (p[1], p[2])), meant) for p, meant in where.get(key, ()) if p[1] < end and start < p[2]]
    return list(dict.fromkeys(meant for _, meant in sorted(near, reverse=True)))


def _meeting(found: Sequence[Place], true: Sequence[Place]) -> int:
    return sum(any(f[0] == t[0] and f[1] < t[2] and t[1] < f[2] for f in found) for t in true)


def _matched(fits: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """A largest one-to-one matching; of several fits the better ones are tried first."""
    options: dict[int, list[int]] = defaultdict(list)
    for i, j in sorted(fits, key=lambda pair: (-fits[pair], pair)):
        options[i].append(j)
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in options[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in sorted(options, key=lambda i: -fits[i, options[i][0]]):
        place(i, set())
    return {i: j for j, i in taken.items()}
