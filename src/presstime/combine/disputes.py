"""Denials → disputes: a claim, who makes it, who denies it, in whose words.

In: readings and the cast. Out: `Claim`s and `Dispute`s. Inside a document a denial is tied to what it answers
(`answers`); a denial whose own words are the denied matter meets an accusation in another document that names the
denier's side. Claims that say the same in several documents are one. Both sides are listed alike and no side is
picked; nobody disputes with himself: a retraction, or a body denying its own words, is none.

Example: "Ardan said mines killed six. Velmora denied the claims." → a dispute, claimed by Ardan, denied by Velmora.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from presstime.combine.accused import accused_nations, called_upon
from presstime.combine.identity import Cast
from presstime.combine.silences import unanswered
from presstime.combine.words import FEWEST_TERMS, Terms, common, same_matter, terms_of, words_of
from presstime.findings import Claim, Dispute, FoundActor
from presstime.ids import make_id
from presstime.records import Act, Reading, Statement

__all__ = ["find_disputes"]

_ABOUT = 160
"""Characters of a claim's words that name a dispute."""
_BESIDE = 2
"""Characters between a verb and its object, where the two read on."""
_ASSERTING: frozenset[Act] = frozenset({"claim", "accusation", "confirmation", "condemnation", "concern", "warning"})
_ACROSS = 0.5
"""The share of a denial's terms that an accusation in another document must have, besides naming the denier's side."""
_ACROSS_TERMS = 4
_MERGED = 0.4
_MERGED_TERMS = 2
"""What two claims must share to be one where one and the same denial answers both."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what is compared of it."""

    statement: Statement
    reading: Reading
    words: str
    terms: Terms
    speaker: FoundActor | None
    name: str | None


@dataclass(slots=True)
class _Group:
    """One claim in the making: what claims it and what denies it, by id."""

    claims: dict[str, _Said] = field(default_factory=dict)
    denials: dict[str, _Said] = field(default_factory=dict)


class _Look:
    """Statements by their terms, so that each is compared only with those that can say the same."""

    def __init__(self, said: Sequence[_Said]) -> None:
        self._said = said
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_words: dict[str, list[int]] = defaultdict(list)
        for i, s in enumerate(said):
            self._by_words[s.words.lower()].append(i)
            for stem in set(s.terms.stems):
                self._by_stem[stem].append(i)

    def near(self, one: _Said, least: int) -> list[_Said]:
        """Those that share at least so many terms with one, or all its words, in order."""
        counts = Counter(i for stem in set(one.terms.stems) for i in self._by_stem.get(stem, ()))
        found = {i for i, n in counts.items() if n >= least}.union(self._by_words.get(one.words.lower(), ()))
        return [self._said[i] for i in sorted(found)]


def find_disputes(readings: Sequence[Reading], cast: Cast) -> tuple[tuple[Claim, ...], tuple[Dispute, ...]]:
    """Every dispute found, in the order of their claims."""
    said = {s.id: _said(r, s, cast) for r in readings for s in r.statements}
    groups: list[_Group] = []
    for claim, denials in [*_inside(said), *_across(said, cast)]:
        denying = {d.statement.id: d for d in denials}
        group = next((g for g in groups if _joins(claim, denying.values(), g)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.claims.setdefault(claim.statement.id, claim)
        group.denials.update(denying)
    asserting = _Look([s for s in said.values() if s.statement.act in _ASSERTING and s.words])
    for group in groups:
        _gather(group, asserting)
    groups = _merged(groups)
    silent = unanswered(readings, cast) if groups else frozenset()
    made = [_made(g, said, silent, cast) for g in groups]
    return tuple(c for c, _ in made), tuple(d for _, d in made)


def _said(reading: Reading, statement: Statement, cast: Cast) -> _Said:
    words = words_of(reading, statement)
    document = reading.document.id
    return _Said(statement, reading, words, terms_of(words), cast.speaker(statement, document), cast.speaker_name(statement, document))


def _same_voice(a: _Said, b: _Said) -> bool:
    """Whether two statements are one speaker's, as far as can be told."""
    return (a.speaker is not None and b.speaker is not None and a.speaker.id == b.speaker.id) or (a.name is not None and a.name == b.name)


def _inside(said: dict[str, _Said]) -> list[tuple[_Said, list[_Said]]]:
    """Claims with the denials that answer them."""
    found: dict[str, list[_Said]] = {}
    for denial in said.values():
        for answered in denial.statement.answers if denial.statement.act == "denial" else ():
            claim = said.get(answered)
            if claim is not None and claim.statement.act not in ("retraction", "no-comment") and not _same_voice(claim, denial):
                found.setdefault(answered, []).append(denial)
    return [(said[s], found[s]) for s in said if s in found]


def _across(said: dict[str, _Said], cast: Cast) -> list[tuple[_Said, list[_Said]]]:
    """Accusations with denials in other documents whose words are the denied matter."""
    found: dict[str, list[_Said]] = {}
    accusations = _Look([s for s in said.values() if s.statement.act == "accusation" and s.speaker is not None])
    for denial in said.values():
        if denial.statement.act != "denial" or denial.statement.answers or denial.speaker is None:
            continue
        for claim in accusations.near(denial, _ACROSS_TERMS):
            if claim.reading is denial.reading or _same_voice(claim, denial) or claim.terms.negated:
                continue
            own = set(denial.terms.stems)
            alike = len(own & set(claim.terms.stems))
            if alike >= _ACROSS_TERMS and alike / len(own) >= _ACROSS and _points_at(claim, denial.speaker, cast):
                found.setdefault(claim.statement.id, []).append(denial)
    return [(said[s], found[s]) for s in said if s in found]


def _points_at(claim: _Said, actor: FoundActor, cast: Cast) -> bool:
    """Whether an accusation accuses an actor, or its country."""
    nation = cast.nation(actor) or cast.nation(cast.voice(actor))
    if nation is not None and nation.key in accused_nations(claim.reading, claim.statement, cast):
        return True
    for accused in called_upon(claim.reading, claim.statement, cast):
        theirs = cast.nation(accused)
        if accused.id == actor.id or (nation is not None and theirs is not None and nation.key == theirs.key):
            return True
    return False


def _joins(claim: _Said, denials: Iterable[_Said], group: _Group) -> bool:
    """Whether a claim is the group's own: the same matter, and nobody who claims it there denies it here or the other way."""
    if claim.statement.id in group.claims:
        return True
    if any(_same_voice(claim, d) for d in group.denials.values()) or any(_same_voice(c, d) for c in group.claims.values() for d in denials):
        return False
    return any(_same(claim, other) for other in group.claims.values())


def _same(a: _Said, b: _Said) -> bool:
    """Whether two statements assert the same; a demand asserts nothing, so it is one with its own repetitions alone."""
    if bool(a.words) and a.words.lower() == b.words.lower():
        return True
    return a.statement.act in _ASSERTING and b.statement.act in _ASSERTING and same_matter(a.terms, b.terms)


def _gather(group: _Group, asserting: _Look) -> None:
    """Adds the undisputed statements, from any document, that assert the group's claim as it was first put."""
    for claim in list(group.claims.values()):
        for s in asserting.near(claim, FEWEST_TERMS):
            known = s.statement.id in group.claims or s.statement.id in group.denials
            if not known and _same(s, claim) and not any(_same_voice(s, d) for d in group.denials.values()):
                group.claims[s.statement.id] = s


def _merged(groups: Sequence[_Group]) -> list[_Group]:
    """Groups that share a claim, or one denial of claims alike, as one; nobody may stand on both sides of it."""
    found: list[_Group] = []
    for group in groups:
        into = next((g for g in found if _meet(g, group)), None)
        if into is None:
            found.append(group)
        else:
            into.claims.update(group.claims)
            into.denials.update(group.denials)
    return found


def _meet(a: _Group, b: _Group) -> bool:
    if any(_same_voice(c, d) for one, other in ((a, b), (b, a)) for c in one.claims.values() for d in other.denials.values()):
        return False
    return bool(a.claims.keys() & b.claims.keys()) or (
        bool(a.denials.keys() & b.denials.keys()) and any(_alike(c, d) for c in a.claims.values() for d in b.claims.values())
    )


def _alike(a: _Said, b: _Said) -> bool:
    fewest = min(len(a.terms.stems), len(b.terms.stems))
    shared = common(a.terms.stems, b.terms.stems)
    return shared >= _MERGED_TERMS and shared / fewest >= _MERGED


def _made(group: _Group, said: dict[str, _Said], silent: frozenset[str], cast: Cast) -> tuple[Claim, Dispute]:
    order = {s: i for i, s in enumerate(said)}
    claims = sorted(group.claims.values(), key=lambda s: order[s.statement.id])
    denials = sorted(group.denials.values(), key=lambda s: order[s.statement.id])
    # the fullest of the first document's words name it: "the claim" of a later paper would say nothing
    full = [c for c in claims if len(c.terms.stems) >= FEWEST_TERMS]
    first = next((c for c in full if c.statement.form != "narrated"), (full or claims)[0])
    claim = Claim(id=make_id("claim", first.statement.id), statements=tuple(c.statement.id for c in claims), words=first.words)
    accused = {a.id: a for c in claims for a in called_upon(c.reading, c.statement, cast)}
    dispute = Dispute(
        id=make_id("dispute", first.statement.id),
        about=_about(first),
        claim=claim.id,
        claimed_by=_names(claims),
        denied_by=_names(denials),
        denials=tuple(d.statement.id for d in denials),
        no_response=tuple(a.name for a in accused.values() if a.id in silent),
    )
    return claim, dispute


def _about(first: _Said) -> str:
    """What a dispute is called: the claim's words; with their verb where the act alone is told ("accused the board of …")."""
    cue, content = first.statement.cue, first.statement.content
    words = first.words
    if first.statement.form == "narrated" and cue is not None and content and 0 <= content[0].start - cue.end <= _BESIDE:
        words = f"{first.reading.document.text[cue.start : cue.end]} {words}"
    bare = words.strip().rstrip(",;.").strip()
    inner = bare.strip("“”\"'").rstrip(",;.").strip()
    if inner.count("“") == inner.count("”") and inner.count('"') % 2 == 0:
        bare = inner
    return bare if len(bare) <= _ABOUT else bare[:_ABOUT].rsplit(" ", 1)[0] + " …"


def _names(said: Sequence[_Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.name for s in said if s.name))
