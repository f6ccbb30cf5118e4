"""A statement's words → what it asserts, and what a denial says is not so.

In: a statement's content in its parsed sentences. Out: a `Matter` (what is said and of whom), and for a denial its
`Denied`: one for every clause that denies something. A clause either only points to what another said ("it", "the
claims", "Velmor's claims"), or says what is denied ("that its guns had fired"), or does both ("all claims about
mines are false").

Example: "has no troops there" → one `Denied`: there are none (`absent`) of "troops", deed "presence".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, base, children, is_clause, subjects, subtree

__all__ = ["HOLDING", "POINTING", "PRESENCE", "REMOVAL", "Denied", "Matter", "Stretch", "denied_by", "matter_of", "of_list"]

PRESENCE = "deed presence"
REMOVAL = "deed removal"
HOLDING = "deed holding"
_KINDS: tuple[Points, ...] = ("blanket", "counts", "charges")
_CLAIMS: Points = "claims"
Points = Literal["", "claims", "charges", "counts", "blanket"]


@cache
def of_list(table: str, key: str = "") -> frozenset[str]:
    """A list of words/en/answers.toml."""
    found = words("answers")[table]
    return frozenset(found[key] if key else found)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a sentence that belong to a statement's content. `terms` and `parties` are those of all its words."""

    sentence: Sentence
    chosen: Sequence[int]
    terms: Sequence[frozenset[str]]
    parties: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matter:
    """What words say: their terms, whom they name, who of these does something, and the terms they negate."""

    terms: frozenset[str]
    parties: frozenset[str]
    doers: frozenset[str]
    negated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Denied:
    """One thing that a denial says is not so."""

    points: Points
    """Whether it takes up what another said, and as what; "" where it only says what is denied."""
    many: bool
    """Whether it takes up several things said."""
    known: bool
    """Whether what it takes up is spoken of as known ("the claims", not "claims")."""
    relayed: bool
    """Whether it is called a report or a rumour, which somebody only passed on."""
    owner: frozenset[str]
    """The keys of whoever's claims they are ("Velmor's claims"), and its words' terms."""
    core: frozenset[str]
    """The terms of what is denied: its main verb's, or the noun's for a deed."""
    things: frozenset[str]
    """The terms of what it says there is none of, where these are things or people."""
    terms: frozenset[str]
    parties: frozenset[str]
    doers: frozenset[str]
    """The names of whoever is said not to have done it, where it is said, else the terms of its subject."""
    own: bool
    """Whether the denier says it of itself: "its guns", "having fired"."""
    absent: bool
    """Whether it says that there is none of something: it then answers who asks for that to be taken away, too."""
    negative: bool
    """Whether what is denied is itself that something is not so ("the claim that no siren rang")."""


# ---------------------------------------------------------------- what is said


def matter_of(inside: Sequence[Stretch], accused: bool) -> Matter:
    """What a statement's words say. `accused`: the first name is who is accused or called upon ("Ardan of shelling …")."""
    terms: set[str] = set()
    parties: set[str] = set()
    doers: set[str] = set()
    negated: set[str] = set()
    for number, stretch in enumerate(inside):
        sentence, kin, named, within = stretch.sentence, stretch.terms, stretch.parties, set(stretch.chosen)
        for w in stretch.chosen:
            if named[w]:
                parties.add(named[w])
                if _does(stretch, w) or (accused and not number and w == stretch.chosen[0]):
                    doers.add(named[w])
            else:
                terms |= kin[w]
            if _is_negated(sentence, w):
                negated |= kin[w]
                negated |= {t for c in children(sentence, w, "obj", "nsubj", "xcomp") if c in within for t in kin[c]}
    return Matter(frozenset(terms), frozenset(parties), frozenset(doers), frozenset(negated))


def _does(stretch: Stretch, w: int) -> bool:
    """Whether a name is who does something: a subject or agent, or what stands before one ("Ardani guns")."""
    sentence, at = stretch.sentence, w
    for _ in range(4):
        relation = sentence.relations[at]
        if relation in ("nsubj", "csubj"):
            return True
        if base(relation) in ("obl", "nmod") and any(sentence.lemmas[c] == "by" for c in children(sentence, at, "case")):
            return True
        if relation not in ("nmod:poss", "amod", "compound", "flat", "conj", "appos") or sentence.heads[at] < 0:
            return False
        at = sentence.heads[at]
        if relation in ("nmod:poss", "amod", "compound") and any(t.startswith("deed ") for t in stretch.terms[at]):
            return True
    return False


def _is_negated(sentence: Sentence, w: int) -> bool:
    below = children(sentence, w, "advmod", "det", "neg")
    if any(sentence.lemmas[c] in of_list("negation", "words") for c in below):
        return True
    return any(
        sentence.lemmas[c] in of_list("negation", "nobody")
        or any(sentence.lemmas[d] in of_list("negation", "nobody") for d in children(sentence, c, "det"))
        for c in children(sentence, w, "nsubj", "obj", "expl")
    )


# ---------------------------------------------------------------- what is denied


def denied_by(inside: Sequence[Stretch], denies: bool) -> list[Denied]:
    """What a denial's words deny, in order. `denies`: the cue is one of denying, so that the words say what is not so."""
    found: list[Denied] = []
    said = {s.words[w].lower() for stretch in inside for s in (stretch.sentence,) for w in stretch.chosen if s.universal[w] != "PUNCT"}
    if said and said <= of_list("pointers", "pronouns"):
        return [POINTED_AT]  # whatever a parser takes "denied that" for
    for stretch in inside:
        sentence, within = stretch.sentence, set(stretch.chosen)
        tops = [w for w in stretch.chosen if sentence.heads[w] not in within and sentence.universal[w] != "PUNCT"]
        tops = [w for w in tops if base(sentence.relations[w]) not in ("obl", "advmod", "case", "mark", "cc", "det")] or tops[:1]
        reader = _Reader(sentence, within, stretch.terms, stretch.parties, denies)
        passed: set[int] = set()
        here = [d for top in tops for d in reader.expand(top, passed)]
        found += [d for d in here if d is not POINTED_AT] or here
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence of a denial's content."""

    sentence: Sentence
    within: set[int]
    terms: Sequence[frozenset[str]]
    parties: Sequence[str]
    denies: bool

    def expand(self, w: int, passed: set[int]) -> list[Denied]:
        """What the clause at a word denies, and those beside and within it."""
        s = self.sentence
        if w in passed or w not in self.within:
            return []
        passed.add(w)
        joined = self._below(w, "conj", "parataxis")
        beside = [c for c in joined if is_clause(s, c) or (s.universal[w] in ("VERB", "AUX") and self._points(c))]
        if self._points(w):
            found = self._pointing(w, passed)
        elif self._false(w):
            found = self._so_called(w, passed)
        elif s.lemmas[w] in of_list("light", "stating") and any(self._points(c) for c in self._below(w, "obj")):
            found = []  # "our colleagues are repeating this information"
        elif s.lemmas[w] in of_list("light", "stating") and (below := children(s, w, "ccomp", "xcomp")):
            found = [d for c in below for d in self.expand(c, passed)]
        elif s.universal[w] == "PROPN" and not is_clause(s, w):
            found = [_bare(owner=self._owner_terms([w]))]
        else:
            found = self._clause(w, beside)
        found += self._taken_up(w, passed)
        return found + [d for c in beside for d in self.expand(c, passed)]

    def _points(self, w: int) -> bool:
        s = self.sentence
        if s.universal[w] in ("PRON", "DET") and not is_clause(s, w):
            if s.relations[w] == "iobj" or any(s.relations[c] == "obj" for c in children(s, s.heads[w]) if c > w and s.heads[w] >= 0):
                return False  # "denied them entry"
            return s.words[w].lower() in of_list("pointers", "pronouns")
        return s.universal[w] == "NOUN" and (s.lemmas[w] in of_list("pointers", "nouns") or s.lemmas[w] in of_list("pointers", "blanket"))

    def _false(self, w: int) -> bool:
        """Whether a clause says of something that it is not so: "is false", "does not correspond to reality"."""
        s = self.sentence
        if s.lemmas[w] in of_list("falsity", "words") and not subjects(s, w) and not children(s, w, "cop"):
            return s.universal[w] == "ADJ"
        if s.lemmas[w] in of_list("falsity", "words") or s.words[w].lower() in of_list("falsity", "words"):
            return bool(children(s, w, "cop", "aux:pass")) or s.universal[w] != "VERB"  # "is lying" says it of a person
        beside = {s.lemmas[w], *(s.lemmas[c] for c in children(s, w, "obj", "obl"))}
        return _is_negated(s, w) and bool(beside & of_list("falsity", "denied"))

    def _so_called(self, w: int, passed: set[int]) -> list[Denied]:
        """What a clause calls false: "it is a lie that …", "the claims are baseless", "that is not true"."""
        s = self.sentence
        said = [c for c in self._below(w, "csubj", "ccomp", "acl") if is_clause(s, c)]
        if (said and not self._below(w, "nsubj", "expl")) or any(s.words[c].lower() == "it" for c in self._below(w, "nsubj", "expl")):
            passed.update(said)
            found = [d for c in said for d in self._clause(c, [], under=True)]
            if found:
                return found
        subject = next(iter(subjects(s, w)), self._pointer_before(w))
        if subject is not None and (self._points(subject) or is_clause(s, subject)):
            return self.expand(subject, passed)
        return [POINTED_AT]

    def _pointer_before(self, w: int) -> int | None:
        """The claims that stand before "are false" where the parser did not see that they are its subject."""
        s = self.sentence
        for at in range(w - 1, -1, -1):
            if at not in self.within or (s.fine[at] in ("VBD", "VBZ", "VBP") and s.universal[at] == "VERB"):
                return None
            if s.universal[at] == "NOUN" and self._points(at):
                return at
        return None

    def _taken_up(self, w: int, passed: set[int]) -> list[Denied]:
        """Claims taken up in passing: "our colleagues are repeating this information", "the false claims serve …"."""
        s = self.sentence
        found = []
        for c in children(s, w, "obj", "nsubj"):
            these = any(s.lemmas[d] in ("this", "these", "such", "those", "that") for d in children(s, c, "det"))
            these = these or any(s.lemmas[d] in of_list("falsity", "words") for d in children(s, c, "amod"))
            if c not in passed and these and s.lemmas[c] in of_list("pointers", "nouns"):
                found += self.expand(c, passed)
        return found

    def _pointing(self, w: int, passed: set[int]) -> list[Denied]:
        """A noun or pronoun for what another said, with what it was and whose, where these are told."""
        s = self.sentence
        lemma = s.lemmas[w]
        head, owners = self._of_what(w)
        passed.update(owners)
        before = {s.words[c].lower() for c in children(s, w, "det", "nmod:poss")}
        pronoun = s.universal[w] in ("PRON", "DET")
        points = next((p for p in _KINDS if lemma in of_list("pointers", p)), _CLAIMS)
        many = points == "blanket" or s.fine[w] == "NNS" or (pronoun and s.words[w].lower() in ("these", "those", "them", "all"))
        known = pronoun or points == "blanket" or bool(owners) or bool(before & of_list("pointers", "known"))
        relayed = lemma in of_list("pointers", "relayed") and not owners
        owner = self._owner_terms(owners)
        if head is None:
            return [_bare(points, many, known, relayed, owner)]
        passed.add(head)
        told = self._clause(head, [], under=True)
        beside = [c for c in children(s, head, "conj") if c in self.within]
        for c in beside:
            passed.add(c)
            if s.universal[c] in ("NOUN", "VERB"):
                told += self._clause(c, [], under=True)
        return [
            replace(t, points=points, many=many, known=known, relayed=relayed, owner=owner, absent=t.absent and not t.negative)
            for t in told
        ]

    def _of_what(self, w: int) -> tuple[int | None, list[int]]:
        """The head of what was claimed, and who is said to have claimed it."""
        s = self.sentence
        owners = [c for c in children(s, w, "nmod:poss") if s.universal[c] in ("PROPN", "NOUN")]
        owners += [c for c in children(s, w, "compound", "amod") if self.parties[c]]
        head: int | None = None
        for c in self._below(w, "acl", "ccomp", "nmod", "obl"):
            if s.relations[c] == "acl:relcl":
                continue
            cases = {s.lemmas[d] for d in children(s, c, "case")}
            if base(s.relations[c]) in ("nmod", "obl"):
                if cases & {"by", "from"}:
                    owners.append(c)
                elif cases & {"of", "about", "on", "over", "regarding", "concerning", "for"} and head is None:
                    head = c
            elif s.fine[c] == "VBN" and not children(s, c, "mark", "aux"):  # "the claims made by Rin"
                owners += [o for o in children(s, c, "obl") if any(s.lemmas[d] == "by" for d in children(s, o, "case"))]
            elif s.lemmas[c] in of_list("light", "stating") and (below := children(s, c, "ccomp", "xcomp", "obj")):
                head = below[0]
            else:
                head = c
        return head, owners

    def _owner_terms(self, owners: Iterable[int]) -> frozenset[str]:
        below = [w for o in owners for w in subtree(self.sentence, o)]
        named = {self.parties[w] for w in below if self.parties[w]}
        return frozenset(named or {t for o in owners for t in self.terms[o]})

    def _below(self, w: int, *relations: str) -> list[int]:
        """The children of a word that belong to the content."""
        return [c for c in children(self.sentence, w, *relations) if c in self.within]

    def _clause(self, head: int, beside: Sequence[int], under: bool = False) -> list[Denied]:
        """What a clause says, as denied. `beside` are clauses joined to it; `under`: it stands under "claims that"."""
        s = self.sentence
        chosen = [w for w in subtree(s, head, beside) if w in self.within]
        negated = any(_is_negated(s, c) for c in (head, *self._below(head, "obj", "obl", "xcomp")))
        said = self.denies or under
        if not said and not negated:
            return []  # in the denier's own words only what they negate is denied
        absent = self._absent_of(head, said)
        things = {t for w in absent for t in self.terms[w]} - {PRESENCE}
        if any(t.startswith("deed ") for t in things):
            core, things = things, set()
        elif absent:
            beside_them = [c for w in absent for c in self._below(w, "amod", "acl")]
            core = {PRESENCE, *self.terms[head]} | {t for c in beside_them for t in self.terms[c]} - things
        else:
            core = set(self._core(head))
        terms = {t for w in chosen if not self.parties[w] for t in self.terms[w]}
        if not core and not things:
            return []
        named = frozenset(self.parties[w] for w in chosen if self.parties[w])
        subject = {w for c in self._below(head, "nsubj", "csubj") for w in subtree(s, c) if w in self.within}
        doers = frozenset(self.parties[w] for w in subject if self.parties[w])
        doers = doers or frozenset(t for w in subject - set(absent) for t in self.terms[w])
        own = any(s.words[w].lower() in nouns().pronouns for w in subject) or (s.fine[head] == "VBG" and not subject)
        told = frozenset(core), frozenset(things), frozenset(terms), named, doers
        return [Denied("", False, False, False, frozenset(), *told, own, bool(absent), said and negated)]

    def _core(self, head: int) -> frozenset[str]:
        """The terms of the main verb; where it says little, of what it is said of."""
        s = self.sentence
        light = s.lemmas[head] in of_list("light", "nouns" if s.universal[head] == "NOUN" else "verbs")
        found = frozenset() if light else self.terms[head]
        for c in self._below(head, "xcomp", "compound"):
            if s.universal[c] == "VERB":
                found |= self._core(c)
        if light and s.universal[head] == "NOUN" and (of := self._below(head, "nmod")):  # "half of the votes"
            return self._core(of[0])
        if s.universal[head] == "NOUN":  # "sabotage activities", "acts of sabotage"
            of = [c for c in self._below(head, "compound", "amod", "nmod") for c in (c, *self._below(c, "conj"))]
            found |= frozenset(t for c in of for t in self.terms[c] if t.startswith("deed "))
        if found and not light:
            return found
        told = [c for c in self._below(head, "obj", "nsubj:pass", "xcomp") if not self.parties[c]]
        told = told or [c for c in self._below(head, "nsubj") if not self.parties[c]]
        return found | frozenset(t for c in told for t in self.terms[c]) or self.terms[head]

    def _absent_of(self, head: int, said: bool) -> list[int]:
        """The things of which a clause says there are none: "has no troops", "any fraud", "there is no blockade"."""
        s = self.sentence
        if s.universal[head] == "NOUN" and not is_clause(s, head):
            return [head] if {s.words[c].lower() for c in children(s, head, "det", "amod")} & of_list("negation", "any") else []
        there = bool(children(s, head, "expl"))
        if s.lemmas[head] not in of_list("light", "having") or (s.lemmas[head] == "be" and not there):
            return []
        alone = there or s.lemmas[head] in ("exist", "remain")
        things = self._below(head, "nsubj") if alone else self._below(head, "obj", "nsubj:pass")
        if s.universal[head] == "NOUN":
            things = [head]
        if not (said or _is_negated(s, head) or any(_is_negated(s, c) for c in things)):
            return []
        things = [t for t in things if self.terms[t] and not self.parties[t]]
        return things + [c for t in things for c in self._below(t, "conj") if s.universal[c] == "NOUN"]


def _bare(
    points: Points = "claims", many: bool = False, known: bool = True, relayed: bool = False, owner: frozenset[str] = frozenset()
) -> Denied:
    """What only takes up what another said."""
    nothing: frozenset[str] = frozenset()
    return Denied(points, many, known, relayed, owner, nothing, nothing, nothing, nothing, nothing, True, False, False)


POINTED_AT = _bare()
"""What "is not true" takes up."""
POINTING = _bare(points="charges", many=True)
"""What "the false allegations" take up."""
