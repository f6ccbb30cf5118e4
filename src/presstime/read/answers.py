"""Denials and answers → the statements they answer, within one document.

In: statements in order, the parsed sentences, and whom the speakers' names stand for. Out: the same, denials with
`answers` filled; what is read as a claim but says that what its speaker was accused of is not so is a denial. What
counts is what is denied, not how many words are shared. A denial that only points back ("that", "it", "the claims")
takes up the last assertion that names the denier, or else the last one; "the claims" may be several parties' one claim,
and "Velmor's claims" are Velmor's. A denial that says what is denied ("that its guns had fired", "any fraud") answers
whoever asserted that: the same deed, in any of its words (kinship.py), done by whoever is said to have done it. That
there is none of something ("has no troops there") also answers who asked for it to be taken away. A denial that goes on
answers what the same speaker has just denied. Words reported in order to be denied are what is denied, and so is what
their own speaker said before. Nothing is linked where nothing says so.

Example: "Baku said mines killed six. Stepanakert denied the claims." → the denial answers the claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from presstime.read.denied import HOLDING, POINTING, PRESENCE, REMOVAL, Denied, Matter, Stretch, denied_by, matter_of, of_list
from presstime.read.kinship import NOBODY, SMALL_WORDS, Party, content_words, parties_in, party_of, same_side, stem, terms_of
from presstime.read.lexicon import nouns
from presstime.read.nearby import touching
from presstime.read.speakers import Named
from presstime.read.tree import Sentence
from presstime.records import Statement

__all__ = ["SMALL_WORDS", "answered", "content_words", "stem"]

_BARE_REACH = 5
"""How many statements back a bare "that" may reach: what stands further back is not what "that" means."""
_NAMED_REACH = 12
"""As above where it says whose claims they are, or denies all that the denier is accused of."""
_REACH = 300
"""As above for what is said to be denied. Denials of one story come back to its first accusations."""
_AHEAD = 3
"""How many statements ahead what is denied may first be told, where a denial is printed first."""
_GOES_ON = 3
"""How many statements after a denial the same speaker may go on denying the same thing."""
_BESIDE = 80
"""Characters from a claim to the bare "no" that gainsays it."""
_NEAR = 2
_NOT_FAR = 6
_LEAST_NEAR, _LEAST_NOT_FAR, _LEAST_FAR = 2.0, 2.75, 2.75
"""What a statement must have in common with what is denied, by how many statements back it is."""
_ALSO = 0.75
"""The share of the best one's score from which on another statement is answered with it."""
_MOST = 3
"""How many statements one denied thing may answer."""
_COMMON, _COMMON_FROM = 0.15, 6
"""The share of a document's statements, and their least number, from which on a term is what all of it is about."""
_RARE, _RARE_TO = 0.05, 3
"""The share of a document's statements, or their number, up to which a term is of few of them."""
_ASSERTING = frozenset({"claim", "accusation", "confirmation", "condemnation", "concern", "warning", "threat"})
"""What can be denied with a bare "that". Nobody denies a promise or an appeal in that way."""
_STATED = frozenset({"claim", "accusation", "confirmation", "warning"})
"""What asserts that something is so."""
_CALLING = frozenset({"accusation", "demand", "appeal"})
"""What calls for an answer from whom it names."""
_ASKING = frozenset({"demand", "appeal"})
"""What asks for something to be undone: it takes for granted that there is something to undo."""
_CALLS_FALSE = frozenset({"claim", "accusation", "condemnation"})
"""Acts whose words may call what is alleged false on their way."""
_SMALL = 20
"""Statements up to which a document is too short for its terms to be rare."""
_NUMBER = re.compile(r"\d|\b(?:" + "|".join(of_list("pointers", "numbers")) + r")\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:" + "|".join(sorted(of_list("negation", "words"))) + r")\b|n['’]t\b", re.IGNORECASE)
_CHARGES = rf"(?:{'|'.join(sorted(of_list('pointers', 'charges')))}|claim)s?"
_FALSITY = rf"[“\"‘']?(?:{'|'.join(sorted(of_list('falsity', 'words')))})s?\b[”\"’']?"
_FALSE = re.compile(rf"\b{_FALSITY} {_CHARGES}\b|\b{_CHARGES} (?:(?:as|to be|are|is|were|was) )?(?:\w+ )?{_FALSITY}", re.IGNORECASE)
_CUES = re.compile(r"(?:\w+ )*(?:" + "|".join(of_list("falsity", "cues")) + r")", re.IGNORECASE)


_Near = Callable[[int, int], list[Sentence]]
_Told = Callable[[Sentence], tuple[Sequence[frozenset[str]], Sequence[str]]]


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what it says, and whoever says it."""

    at: int
    statement: Statement
    words: str
    cue: str
    mention: str
    inside: Sequence[Stretch]
    matter: Matter
    speaker: Party


@dataclass(frozen=True, slots=True)
class _Document:
    """A document's statements. `denials` are the ids of those that deny; `common` and `rare` terms of all or few of them."""

    said: Sequence[_Said]
    denials: frozenset[str]
    common: frozenset[str]
    rare: frozenset[str]


def answered(
    text: str, statements: Sequence[Statement], sentences: Sequence[Sentence], named: Mapping[str, Named] | None = None
) -> list[Statement]:
    """The statements, every denial with the ids of what it denies. `named`: whom the speakers' names stand for."""
    if not _any_denied(text, statements):
        return list(statements)
    near = touching(sentences, lambda s: ((s.start, s.end),))
    seen: dict[int, tuple[Sequence[frozenset[str]], Sequence[str]]] = {}

    def told(sentence: Sentence) -> tuple[Sequence[frozenset[str]], Sequence[str]]:
        if sentence.start not in seen:
            seen[sentence.start] = terms_of(sentence), parties_in(sentence)
        return seen[sentence.start]

    said = [_said(at, text, s, near, told, named or {}) for at, s in enumerate(statements)]
    counts = Counter(t for s in said if s.statement.act != "denial" for t in s.matter.terms)
    document = _Document(
        said,
        frozenset(s.id for s in statements if s.act == "denial"),
        frozenset(t for t, n in counts.items() if n >= _COMMON_FROM and n > _COMMON * len(said)),
        frozenset(t for t, n in counts.items() if n <= max(_RARE_TO, _RARE * len(said))),
    )
    found: dict[str, tuple[str, ...]] = {}
    for one in said:
        targets = _targets(document, one, found) if _denies(one, document) else _gainsaid(document, one)
        if targets:
            found[one.statement.id] = targets
    return [replace(s, answers=found[s.id], act="denial") if s.id in found else s for s in statements]


def _any_denied(text: str, statements: Sequence[Statement]) -> bool:
    """Whether a document may hold a denial; most do not, and cost nothing more."""
    if any(s.act == "claim" and _words_of(text, s).lower().strip("“”\"'’., ") in of_list("negation", "bare") for s in statements):
        return True
    if any(s.act == "denial" or _FALSE.search(_words_of(text, s)) for s in statements):
        return True
    return any(s.act in _CALLING for s in statements) and any(s.act == "claim" and _NOT.search(_words_of(text, s)) for s in statements)


def _words_of(text: str, statement: Statement) -> str:
    return " ".join(text[c.start : c.end] for c in statement.content)


def _said(at: int, text: str, statement: Statement, near: _Near, told: _Told, named: Mapping[str, Named]) -> _Said:
    """A statement with what its words say."""
    inside = []
    for c in statement.content:
        for sentence in near(c.start, c.end):
            chosen = [w for w in range(len(sentence)) if c.start <= sentence.starts[w] < c.end]
            if chosen:
                inside.append(Stretch(sentence, chosen, *told(sentence)))
    accused = statement.act in ("accusation", "demand", "appeal") and statement.form == "narrated"
    speaker = statement.speaker
    party = NOBODY
    if speaker is not None:
        who = named.get(speaker.name)
        party = party_of(speaker.name, who.role, who.country, who.kind == "person") if who else party_of(speaker.name, None, None, False)
    cue = text[statement.cue.start : statement.cue.end] if statement.cue else ""
    mention = text[speaker.start : speaker.end] if speaker is not None else ""
    return _Said(at, statement, _words_of(text, statement), cue, mention, inside, matter_of(inside, accused), party)


def _denies(one: _Said, document: _Document) -> bool:
    """Whether a statement answers something: a denial of its own, or words that call what is alleged false."""
    if one.statement.act == "denial":
        return one.statement.reported_by not in document.denials
    return one.statement.act in _CALLS_FALSE and _FALSE.search(one.words) is not None


# ---------------------------------------------------------------- targets


def _targets(document: _Document, one: _Said, found: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of what a denial denies."""
    said = document.said
    if one.statement.act != "denial":
        return _ids(o for o in _pointed(document, one, POINTING, found) if _names(o, one))
    if _bare_no(document, one):
        return (said[one.at - 1].statement.id,)
    denies = _CUES.match(one.cue) is not None if one.cue else not _NOT.search(one.words)
    denied = denied_by(one.inside, denies)
    told = [
        o
        for o in said[max(0, one.at - _NEAR) : one.at + _NAMED_REACH]
        if o.statement.reported_by == one.statement.id and o.speaker.name != one.speaker.name
    ]
    inner = next((o for o in told if o.mention.lower() not in nouns().pronouns), None)  # "that it had threatened": the denier itself
    if inner is not None:
        earlier = [o for d in denied for o in _matching(document, one, d)]
        if inner.speaker.nobody and earlier:
            return _ids(earlier)
        return _ids([inner, *(o for o in earlier if same_side(o.speaker, inner.speaker))])
    targets = [o for d in denied for o in _of(document, one, d, found)]
    return _ids(targets) or _goes_on(document, one, denied, found, denies)


def _gainsaid(document: _Document, one: _Said) -> tuple[str, ...]:
    """What a claim says in so many words is not so: that it does not hold the sailors who were to be freed. It is then a denial."""
    if one.statement.act != "claim" or one.statement.reported_by is not None or not _NOT.search(one.words):
        return ()
    if _bare_no(document, one):
        return (document.said[one.at - 1].statement.id,)
    plain = [d for d in denied_by(one.inside, denies=False) if not d.points]
    matching = [(o, d) for d in plain for o in _matching(document, one, d) if o.at < one.at]
    called = any(o.statement.act in _CALLING and _names(o, one, d) for o, d in matching)
    return _ids(o for o, _ in matching) if called else ()


def _bare_no(document: _Document, one: _Said) -> bool:
    """Whether a statement says nothing but no to another's claim right before it: "Six, the service says. None, says Bel."."""
    if one.words.lower().strip("“”\"'’., ") not in of_list("negation", "bare") or not one.at:
        return False
    before = document.said[one.at - 1]
    close = one.statement.content[0].start - max(c.end for c in before.statement.content) <= _BESIDE
    return close and before.statement.act in _STATED and _answerable(before, one, document)


def _ids(targets: Iterable[_Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o.statement.id for o in targets))


def _of(document: _Document, one: _Said, denied: Denied, found: Mapping[str, tuple[str, ...]]) -> list[_Said]:
    """What one denied thing answers."""
    if not denied.terms:
        return _pointed(document, one, denied, found) if denied.known else []
    matching = _matching(document, one, denied)
    if matching or not denied.points or not denied.known:
        return matching
    accusing = [o for o in _pointed(document, one, denied, found) if _names(o, one, denied)]
    if denied.owner:
        return [o for o in accusing if denied.owner & (o.speaker.keys | o.speaker.called)]
    return accusing if denied.points in ("charges", "blanket") else []


def _answerable(other: _Said, one: _Said, document: _Document) -> bool:
    """Whether a denial may answer a statement: another side's, and not told inside somebody's denial."""
    s = other.statement
    inside = s.id == one.statement.reported_by or s.reported_by in document.denials or s.reported_by == one.statement.id
    return not inside and s.id != one.statement.id and not same_side(other.speaker, one.speaker)


def _names(other: _Said, one: _Said, denied: Denied | None = None) -> bool:
    """Whether a statement speaks of the denier, or of whom the denial says that it did nothing."""
    keys = one.speaker.keys | (denied.doers if denied is not None else frozenset())
    return bool((keys - other.speaker.keys) & other.matter.parties or one.speaker.called & other.matter.terms)


# ---------------------------------------------------------------- what is pointed at


def _pointed(document: _Document, one: _Said, denied: Denied, found: Mapping[str, tuple[str, ...]]) -> list[_Said]:
    """What "that" or "the claims" take up: of the last few that assert something those that name the denier, else the last."""
    said = document.said
    reach = _NAMED_REACH if denied.owner or denied.points == "blanket" else _BARE_REACH
    candidates: list[_Said] = []
    for back in range(1, min(one.at, reach) + 1):
        before = said[one.at - back]
        if not candidates and back <= _GOES_ON and before.statement.id in found and same_side(before.speaker, one.speaker):
            return [o for o in said if o.statement.id in found[before.statement.id]]
        if before.statement.act in _ASSERTING and _answerable(before, one, document):
            candidates.append(before)
    if not candidates:
        ahead = [o for o in said[one.at + 1 : one.at + 1 + _AHEAD] if o.statement.act in _STATED and _answerable(o, one, document)]
        return [o for o in ahead if _names(o, one)][:1]
    candidates = _of_owner(candidates, denied)
    if denied.points == "counts":
        candidates = [o for o in candidates if _NUMBER.search(o.words)] or candidates
    naming = [o for o in candidates if _names(o, one)]
    if denied.points == "blanket":
        naming = [o for o in naming if o.statement.act in _STATED]
        return naming[:_MOST]
    nameless = not one.speaker.keys and not one.speaker.called
    accusing = [o for o in candidates if o.statement.act == "accusation"] if nameless or denied.points == "charges" else []
    first = next(iter(naming or accusing or candidates), None)
    if first is None:
        return []
    return [first, *_also(candidates, first, one, document)] if denied.many else [first]


def _of_owner(candidates: list[_Said], denied: Denied) -> list[_Said]:
    """Those of whoever the claims are said to be of; all of them where the owner has no name and none is called so."""
    if not denied.owner:
        return candidates
    owned = [o for o in candidates if denied.owner & (o.speaker.keys | o.speaker.called)]
    nameless = all(t.startswith(("deed ", "thing ")) or (t.islower() and len(t) <= 6) for t in denied.owner)
    return owned or (([o for o in candidates if o.speaker.keys] or candidates) if nameless else [])


def _also(candidates: Sequence[_Said], first: _Said, one: _Said, document: _Document) -> list[_Said]:
    """What "the claims" take up besides the first: others' claims of the same thing."""
    found: list[_Said] = []
    for other in candidates:
        if other is first or other.statement.act not in _STATED or len(found) + 1 >= _MOST:
            continue
        shared = (other.matter.terms & first.matter.terms) - document.common
        deed = any(t.startswith("deed ") for t in shared)
        if deed and (_names(other, one) or len(shared) > 1) and abs(other.at - first.at) <= _GOES_ON:
            found.append(other)
    return found


def _goes_on(
    document: _Document, one: _Said, denied: Sequence[Denied], found: Mapping[str, tuple[str, ...]], denies: bool
) -> tuple[str, ...]:
    """What the same speaker has just denied, where a denial in its own words goes on; one told with a cue is of something new."""
    terms = {t for d in denied for t in d.terms} - document.common
    for back in range(1, min(one.at, _GOES_ON) + 1):
        before = document.said[one.at - back]
        if before.statement.id in found and same_side(before.speaker, one.speaker):
            answers = [o for o in document.said if o.statement.id in found[before.statement.id]]
            return _ids(o for o in answers if (back == 1 and not denies) or terms & o.matter.terms)
    return ()


# ---------------------------------------------------------------- what is said to be denied


def _matching(document: _Document, one: _Said, denied: Denied) -> list[_Said]:
    """Who asserted what is denied, the best first; where nobody had, who does so just after."""
    for stretch in (document.said[max(0, one.at - _REACH) : one.at], document.said[one.at + 1 : one.at + 1 + _AHEAD]):
        candidates = [o for o in stretch if _answerable(o, one, document)]
        if denied.points and denied.owner:
            candidates = _of_owner(candidates, denied)
        scored = [(_in_common(document, one, denied, o), o) for o in candidates]
        scored = [(score, o) for score, o in scored if score >= _least(abs(one.at - o.at), o.at > one.at)]
        scored.sort(key=lambda pair: (-pair[0], abs(one.at - pair[1].at)))
        if scored:
            best = scored[0][0]
            return [o for score, o in scored if score >= _LEAST_FAR and score >= _ALSO * best][:_MOST] or [scored[0][1]]
    return []


def _least(back: int, ahead: bool) -> float:
    if ahead:
        return _LEAST_FAR
    return _LEAST_NEAR if back <= _NEAR else _LEAST_NOT_FAR if back <= _NOT_FAR else _LEAST_FAR


def _in_common(document: _Document, one: _Said, denied: Denied, other: _Said) -> float:
    """How much of what is denied a statement asserts, or takes for granted; 0 where it says something else."""
    act, matter = other.statement.act, other.matter
    named = _names(other, one, denied)
    about = named or bool(denied.doers & matter.terms)
    core, things = denied.core & matter.terms, denied.things & matter.terms
    if denied.things and not things:
        return 0
    if act in _ASKING:
        held = HOLDING in denied.core and denied.terms & matter.terms
        if not (named and REMOVAL in matter.terms and (held or (denied.absent and (core or things)))):
            return 0
    elif act not in _STATED or not (core or (things and REMOVAL in matter.terms)) or (core == {PRESENCE} and not about):
        return 0
    met = things or core or denied.terms & matter.terms
    if denied.negative != (met <= matter.negated):
        return 0
    whom = one.speaker.keys | denied.parties | other.speaker.keys
    whose = (denied.own and one.speaker.placed) or bool(denied.doers & denied.parties)
    if whose and matter.doers and not matter.doers & whom and not named and not denied.points:
        return 0
    shared = (denied.terms - denied.core - denied.things) & matter.terms - document.common
    places = (denied.parties & matter.parties) - one.speaker.keys - other.speaker.keys
    score = 2 + 0.75 * min(2, len(shared)) + 0.5 * bool(places) + named + 0.5 * (bool(things) and bool(core))
    score += 0.75 * bool(other.speaker.keys & denied.parties) + (bool(met & document.rare) and len(document.said) > _SMALL)
    return score - 0.5 * (met <= document.common) + 0.25 * (act == "accusation")
