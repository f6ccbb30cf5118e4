"""A speaker's words → whom they stand for: names, pronouns, "the diplomat", "the statement".

In: mentions in the order of the text. Out: for each a name, the kind of actor, and how it was settled. A mention
with a name in it takes that name, a surname the full name the document gives, a capital or country the government,
a pronoun or a definite noun the last speaker or subject it fits. What fits nobody keeps its own words.

Example: after "Ana Bel, a nurse, said …", "She added …" → "Ana Bel".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from presstime.read.doers import noun_phrase
from presstime.read.lexicon import cues, nouns
from presstime.read.tree import Sentence, base, children, entity_spans, span, subjects, subtree
from presstime.records import ActorKind, KnownActor

__all__ = ["Named", "Resolver"]

_NOT_FIRST = ("PUNCT", "ADV", "SCONJ")
_LONGEST_NAME = 14
"""Words. A longer description keeps its first ones up to the noun's own phrase."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a mention stands for."""

    name: str
    kind: ActorKind
    how: str
    confidence: float
    role: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Resolver:
    """Names mentions one after another, remembering who was spoken of.

    `government_of` takes the name of a capital or country and gives the name and ISO code of the country whose
    government it stands for, or None. `others` are sentences outside the story
    (captions, headlines): full names are learned from them too.
    """

    text: str
    sentences: Sequence[Sentence]
    government_of: Callable[[str], tuple[str, str] | None]
    known: Sequence[KnownActor] = ()
    others: Sequence[Sentence] = ()
    outlet: str | None = None
    _people: dict[str, str] = field(default_factory=dict)
    _women: set[str] = field(default_factory=set)
    _men: set[str] = field(default_factory=set)
    _roles: dict[str, str] = field(default_factory=dict)
    _passed: int = 0
    _recent: list[Named] = field(default_factory=list)
    """Who was spoken of, last first: speakers and subjects of sentences."""

    def __post_init__(self) -> None:
        for sentence in (*self.sentences, *self.others):
            for a, b, kind in entity_spans(sentence):
                if kind == "PERSON":
                    self._learn(sentence, a, b)

    # ------------------------------------------------------------ people

    def _learn(self, sentence: Sentence, a: int, b: int) -> None:
        """A full name seen anywhere in the document stands for its surname everywhere."""
        words = [w for w in sentence.words[a:b] if w not in ("'s", "’s", "'", "’")]
        if len(words) < 2:
            return
        name = _join(self.text, sentence, a, a + len(words))
        known = self._people.get(words[-1].lower())
        if known is None or len(known.split()) > 4 or (name.endswith(known) and len(words) <= 4):
            self._people[words[-1].lower()] = name

    def full_name(self, name: str) -> str:
        """A person's name as fully as the document has it: "Bel" → "Ana Bel"."""
        bare = name.removesuffix("'s").removesuffix("’s").strip()
        if " " in bare:
            return next((full for full in self._people.values() if full.lower() == bare.lower()), bare)
        return self._people.get(bare.lower(), bare)

    def is_person(self, name: str) -> bool:
        """Whether the document names a person so, or by a name that ends so."""
        low = name.lower()
        return low in self._people or any(low == full.lower() for full in self._people.values())

    # ------------------------------------------------------------ mentions

    def resolve(self, number: int, words: Sequence[int], owner_depth: int = 0) -> Named:
        """Whom the mention in sentence `number` stands for. `words` are its words, in order."""
        self._advance(number)
        sentence = self.sentences[number]
        self._glance(sentence, words[0])
        found = self._resolve(number, sentence, list(words), owner_depth)
        self._remember(found)
        return found

    def _resolve(self, number: int, sentence: Sentence, words: list[int], depth: int) -> Named:
        while len(words) > 1 and (sentence.universal[words[0]] in _NOT_FIRST or sentence.lemmas[words[0]] in ("both", "only")):
            if sentence.lemmas[words[0]] == "both":
                break
            words.pop(0)
        head = _head(sentence, words)
        low = sentence.lemmas[head]
        surface = sentence.words[head].lower()
        pronoun = nouns().pronouns.get(surface)
        if pronoun:
            return self._pronoun(pronoun, sentence.words[head])
        if len(words) == 1 and sentence.universal[head] in ("DET", "PRON"):
            return self._pronoun("several" if surface in ("both", "others", "all", "some", "many") else "any", sentence.words[head])
        start, end = span(sentence, words)
        known = self.known_as(self.text[start:end])
        if known is not None:
            return known
        person = self._person_in(sentence, words, head)
        if person is not None:
            return person
        issuer = self._issuer(number, sentence, words, head, depth)
        if issuer is not None:
            return issuer
        owned = self._owned(sentence, words, head)
        if owned is not None:
            return owned
        described = self._description(sentence, words, head, low)
        if described is not None:
            return described
        return self._as_written(sentence, words, head)

    def _person_in(self, sentence: Sentence, words: list[int], head: int) -> Named | None:
        """The person a phrase names: as its head, or set beside a title; not as somebody's owner or an "of"."""
        inside = set(words)
        for a, b, kind in reversed(entity_spans(sentence)):
            if kind != "PERSON" or not inside.issuperset(range(a, b)):
                continue
            at = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
            while at != head and at in inside:
                relation = sentence.relations[at]
                if relation in ("nmod:poss", "conj") or (base(relation) in ("nmod", "obl") and children(sentence, at, "case")):
                    break
                at = sentence.heads[at]
            titled = b - 1 == words[-1] and any(sentence.words[w].lower() in nouns().titles for w in words if w < a)
            if at != head and not (titled and not children(sentence, at, "case")):
                continue
            raw = _join(self.text, sentence, a, b)
            name = self.full_name(raw)
            if name == raw and b - a == 1 and self.government_of(raw) is not None:
                continue  # a capital or country taken for a person
            if any(w in inside and w >= b for w in children(sentence, at, "conj")):
                continue  # "A and B" are two
            if head not in range(a, b) and sentence.fine[head] in ("NNS", "NNPS"):
                continue  # "members of parliament A, B and C" are several
            role = self._role(sentence, words, a, b)
            if role:
                self._roles.setdefault(name, role)
            how = "appositive" if head not in range(a, b) and any(sentence.relations[w] == "appos" for w in words) else "name"
            return Named(name, "person", how, 0.95, self._roles.get(name))
        return None

    def _role(self, sentence: Sentence, words: list[int], a: int, b: int) -> str | None:
        before = [w for w in words if w < a and sentence.universal[w] not in ("PUNCT", "DET", "CCONJ")]
        behind = [w for w in words if w >= b and sentence.universal[w] != "PUNCT"]
        chosen = before or behind
        if not chosen or len(chosen) > 10:
            return None
        if not before and sentence.universal[chosen[0]] == "DET" and len(chosen) > 1:
            chosen = chosen[1:]
        start, end = span(sentence, chosen)
        return self.text[start:end] or None

    def _issuer(self, number: int, sentence: Sentence, words: list[int], head: int, depth: int) -> Named | None:
        """ "a statement released by X" → X; "the Foreign Ministry statement" → the ministry; "the statement" → the last speaker."""
        if self.outlet and any(sentence.words[w].lower() == "this" for w in words) and sentence.lemmas[words[-1]] in cues().own:
            return Named(self.outlet, "organisation", "outlet", 0.8)  # "an earlier version of this report"
        if sentence.lemmas[head] not in cues().issued or depth > 2 or sentence.universal[head] != "NOUN" or sentence.entities[head] != "O":
            return None
        for w in subtree(sentence, head):
            cases = {sentence.lemmas[c] for c in children(sentence, w, "case")}
            by = sentence.heads[w] in subtree(sentence, head) and base(sentence.relations[w]) in ("obl", "nmod") and cases & {"by", "from"}
            if by and sentence.universal[w] in ("NOUN", "PROPN"):
                inner = [x for x in subtree(sentence, w) if sentence.relations[x] != "case"]
                return self._resolve(number, sentence, inner, depth + 1)
        owners = [w for w in words if w != head and (sentence.relations[w] in ("nmod:poss", "compound") or sentence.entities[w] != "O")]
        owners = [w for w in owners if w < head and sentence.universal[w] in ("NOUN", "PROPN", "PRON")]
        if owners:
            inner = [w for w in words if w <= max(owners) and sentence.lemmas[w] not in ("a", "an")]
            return self._resolve(number, sentence, inner, depth + 1)
        if sentence.words[min(words)].lower() in ("the", "this", "that", "its", "their", "his", "her") and self._recent:
            last = self._recent[0]
            return Named(last.name, last.kind, "issuer", 0.7, last.role, last.country)
        return None

    def _owned(self, sentence: Sentence, words: list[int], head: int) -> Named | None:
        """ "his press office" → "press office of Ana Bel"."""
        owner = next((w for w in words if sentence.words[w].lower() in ("his", "her", "its", "their")), None)
        if owner is None or owner > head or not self._recent:
            return None
        kinds = {"his": "male", "her": "female", "its": "neuter", "their": "plural"}
        whose = self._pronoun(kinds[sentence.words[owner].lower()], sentence.words[owner])
        rest = [w for w in words if w > owner]
        if not rest:
            return None
        start, end = span(sentence, rest)
        return Named(f"{self.text[start:end]} of {whose.name}", _kind(sentence, head), "possessive", 0.7, country=whose.country)

    def _description(self, sentence: Sentence, words: list[int], head: int, low: str) -> Named | None:
        """ "the diplomat", "the lawmakers", "the organization": the last one of that kind, where it says no more than that."""
        if sentence.words[words[0]].lower() not in ("the", "this", "that", "these", "those", "both"):
            return None
        telling = [w for w in words if w != head and sentence.universal[w] in ("NOUN", "PROPN", "NUM") and sentence.lemmas[w] != "two"]
        named = any(sentence.entities[w] != "O" for w in words)
        table = nouns()
        surface = sentence.words[head].lower()
        if named or telling or any(sentence.universal[w] == "ADJ" for w in words):
            return self._short_form(sentence, words)
        several = surface in table.group or (low + "s" in table.group and sentence.fine[head] == "NNS")
        if not several and low not in table.office | table.person | table.body:
            return None
        match = next((n for n in self._recent if self._described(n, low, several)), None)
        if match is None:
            return None
        return Named(match.name, match.kind, "description", 0.7, match.role, match.country)

    def _described(self, candidate: Named, low: str, several: bool) -> bool:
        """Whether "the …" with this noun can stand for a candidate. An office stands only for one known to hold it."""
        table = nouns()
        if several:
            return candidate.kind == "group" or " and " in candidate.name
        if low in table.office:
            role = candidate.role or self._roles.get(candidate.name) or ""
            return candidate.kind == "person" and low in role.lower().split()
        if low in table.person:
            return candidate.kind == "person"
        return candidate.kind in ("organisation", "government")

    def _short_form(self, sentence: Sentence, words: list[int]) -> Named | None:
        """ "the ministry" with a word more ("the foreign ministry") is an earlier, longer name that holds all its words."""
        own = {sentence.words[w].lower() for w in words if sentence.universal[w] in ("NOUN", "PROPN", "ADJ")}
        for n in self._recent:
            theirs = set(n.name.lower().replace("’s", "").replace("'s", "").split())
            if n.kind != "person" and own < theirs:
                return Named(n.name, n.kind, "short form", 0.75, n.role, n.country)
        return None

    def _as_written(self, sentence: Sentence, words: list[int], head: int) -> Named:
        """A phrase that names itself: an organisation, a government, or a description kept in its own words."""
        cut = [w for w in words if w >= words[0]]
        while len(cut) > 1 and (sentence.universal[cut[0]] in ("DET", "PUNCT") or sentence.words[cut[0]].lower() in ("the", "a", "an")):
            cut.pop(0)
        cut = _counted(sentence, cut, head)
        comma = next((i for i, w in enumerate(cut) if sentence.words[w] == "," and w > head), None)
        if comma is not None and not any(sentence.relations[w] == "conj" for w in cut[comma:]):
            cut = cut[:comma]
        if len(cut) > _LONGEST_NAME:
            cut = [w for w in cut if w <= max(head, cut[_LONGEST_NAME - 1])][:_LONGEST_NAME]
            while len(cut) > 1 and sentence.universal[cut[-1]] in ("PUNCT", "CCONJ", "ADP", "DET"):
                cut.pop()
        start, end = span(sentence, cut)
        name = self.text[start:end].strip()
        for suffix in ("'s", "’s"):
            name = name.removesuffix(suffix)
        known = self.known_as(name)
        if known is not None:
            return known
        if name.lower() in self._people:  # a surname that the model took for something else here
            return Named(self.full_name(name), "person", "name", 0.85, self._roles.get(self.full_name(name)))
        government = self.government_of(name) if sentence.entities[head] != "O" and name.lower() not in self._people else None
        if government is not None:
            return Named(government[0], "government", "metonym", 0.85, country=government[1])
        if all(sentence.entities[w].endswith("LOC") for w in cut):
            return Named(name, "government", "place", 0.7)
        if sentence.entities[head].endswith("PERSON"):
            several = any(w in cut and sentence.entities[w] != "O" for w in children(sentence, head, "conj"))
            return Named(name, "group", "name", 0.9) if several else Named(self.full_name(name), "person", "name", 0.9)
        return Named(" ".join(name.split()), _kind(sentence, head), "name" if sentence.entities[head] != "O" else "description", 0.85)

    def known_as(self, name: str) -> Named | None:
        """The actor of the story that goes by a name, with or without its article, or None."""
        low = " ".join(name.lower().split()).removeprefix("the ")
        for actor in self.known:
            if low == actor.name.lower() or low in (n.lower() for n in actor.names):
                return Named(actor.name, actor.kind, "known", 0.98, actor.role, actor.country)
        return None

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, kind: str, word: str) -> Named:
        def fits(n: Named) -> bool:
            if kind == "any":
                return True
            if kind in ("male", "female"):
                other = self._women if kind == "male" else self._men
                return n.kind == "person" and n.name not in other
            if kind == "neuter":
                return n.kind in ("organisation", "government")
            return n.kind != "person" or kind == "first"

        match = next((n for n in self._recent if fits(n)), None)
        if match is None and kind == "plural":
            match = next(iter(self._recent), None)
        if match is None:
            return Named(word, "person" if kind in ("male", "female", "first") else "group", "pronoun", 0.2)
        if kind == "male":
            self._men.add(match.name)
        elif kind == "female":
            self._women.add(match.name)
        return Named(match.name, match.kind, "pronoun", 0.8, match.role, match.country)

    # ------------------------------------------------------------ memory

    def _remember(self, found: Named) -> None:
        if found.confidence <= 0.2:
            return
        plain = Named(found.name, found.kind, found.how, found.confidence, found.role, found.country)
        self._recent = [plain, *(n for n in self._recent if n.name != found.name)][:40]

    def _glance(self, sentence: Sentence, before: int) -> None:
        """Takes in the named people who are subjects earlier in the sentence: "Bel has met the mayor, her office said"."""
        for w in range(before):
            if base(sentence.relations[w]) == "nsubj" and sentence.entities[w].endswith("PERSON"):
                words = [x for x in subtree(sentence, w) if x < before and sentence.entities[x].endswith("PERSON")]
                if words:
                    named = self._person_in(sentence, words, _head(sentence, words))
                    if named is not None:
                        self._remember(named)

    def _advance(self, number: int) -> None:
        """Takes in the subjects of the sentences passed since the last mention: pronouns may stand for them."""
        while self._passed < number:
            sentence = self.sentences[self._passed]
            self._passed += 1
            for root in (w for w, h in enumerate(sentence.heads) if h < 0):
                for subject in subjects(sentence, root)[:1]:
                    words = list(noun_phrase(sentence, subject))
                    if sentence.universal[subject] == "PROPN" and any(sentence.entities[w] != "O" for w in words):
                        self._remember(self._person_in(sentence, words, subject) or self._as_written(sentence, words, subject))


def _head(sentence: Sentence, words: Sequence[int]) -> int:
    """The word of a phrase that hangs on none of the others."""
    inside = set(words)
    return next((w for w in words if sentence.heads[w] not in inside and sentence.universal[w] != "PUNCT"), words[0])


def _counted(sentence: Sentence, words: list[int], head: int) -> list[int]:
    """ "a number of papers" → "papers": whoever is counted, not the counting."""
    if sentence.lemmas[head] not in nouns().counting:
        return words
    of = next((w for w in words if w > head and sentence.lemmas[w] == "of"), None)
    rest = [w for w in words if of is not None and w > of]
    return rest or words


def _kind(sentence: Sentence, head: int) -> ActorKind:
    tag = sentence.entities[head]
    low = sentence.lemmas[head]
    table = nouns()
    if tag.endswith("PERSON") or (low in table.person and sentence.fine[head] == "NN"):
        return "person"
    if tag.endswith("LOC"):
        return "government"
    if low in ("government", "administration", "leadership", "authority", "regime"):
        return "government"
    if sentence.fine[head] in ("NNS", "NNPS") and low not in table.body:
        return "group"
    return "organisation"


def _join(text: str, sentence: Sentence, a: int, b: int) -> str:
    """The words a to b as the text has them, on one line."""
    return " ".join(text[sentence.starts[a] : sentence.ends[b - 1]].split())
