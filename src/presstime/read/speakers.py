"""A speaker's words → whom they stand for: names, pronouns, "the diplomat", "the statement".

In: mentions in the order of the text. Out: for each a name, the kind of actor, and how it was settled. A mention
with a name in it takes that name, a surname the full name the document gives, a capital or country the government,
a pronoun or a definite noun whoever fits best of those spoken of before. What fits nobody keeps its own words.
`confidence` is the share of such cases that were right where it was measured (words/en/confidence.toml).

Example: after "Ana Bel, a nurse, said …", "She added …" → "Ana Bel".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from presstime.read.affiliations import is_body
from presstime.read.confidence import likely, sure
from presstime.read.descriptions import apposed, counted, described
from presstime.read.doers import noun_phrase
from presstime.read.lexicon import cues, nouns
from presstime.read.lexicon import words as word_list
from presstime.read.memory import Entity, Memory, beside, kind_of
from presstime.read.people import People, doubles, gender_of_word, owns, person_spans
from presstime.read.pronouns import choose
from presstime.read.tree import Sentence, base, children, span, subtree
from presstime.records import ActorKind, KnownActor

__all__ = ["Named", "Resolver"]

_NOT_FIRST = ("PUNCT", "ADV", "SCONJ")
_LONGEST_NAME = 14
"""Words. A longer description keeps its first ones up to the noun's own phrase."""
_OWNERS = {"his": "male", "her": "female", "its": "neuter", "their": "plural"}
_GENDERS = {"male": "m", "female": "f"}


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
    _people: People = field(init=False)
    _memory: Memory = field(init=False)
    _known: dict[str, KnownActor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people = People(self.text, (*self.sentences, *self.others))
        self._memory = Memory(self.text, self.sentences, self._people, self.government_of)
        self._memory.link = self._passing
        for actor in reversed(self.known):
            for name in (*actor.names, actor.name):
                self._known[name.lower().removeprefix("the ")] = actor

    # ------------------------------------------------------------ people

    def full_name(self, name: str) -> str:
        """A person's name as fully as the document has it: "Bel" → "Ana Bel"."""
        return self._people.full_name(name)

    @property
    def memory(self) -> Memory:
        """Who was spoken of so far; its `people` are the names of the whole document."""
        return self._memory

    def is_person(self, name: str) -> bool:
        """Whether the document names a person so, or by a name that ends so."""
        return self._people.is_person(name)

    def known_as(self, name: str) -> Named | None:
        """The actor of the story that goes by a name, with or without its article, or None."""
        low = " ".join(name.lower().split()).removeprefix("the ")
        actor = self._known.get(low)
        return None if actor is None else Named(actor.name, actor.kind, "known", sure("known"), actor.role, actor.country)

    # ------------------------------------------------------------ mentions

    def resolve(self, number: int, words: Sequence[int], owner_depth: int = 0, part: str = "speaker") -> Named:
        """Whom the mention in sentence `number` stands for. `words` are its words, `part` its part: "other" is told of by another."""
        self._memory.advance(number, words[0])
        sentence = self.sentences[number]
        found = self._resolve(number, sentence, list(words), owner_depth)
        self._note(found, number, sentence, list(words), part)
        return found

    def _note(self, found: Named, number: int, sentence: Sentence, words: list[int], part: str) -> None:
        """Remembers a speaker: who it is, and what its mention tells of it."""
        if _nobody(found):
            return
        entity = self._memory.entity(found.name, found.kind, found.how not in ("description", "possessive"))
        entity.role, entity.country = found.role or entity.role, found.country or entity.country
        head = _head(sentence, words)
        if found.how in ("description", "name") and found.kind != "person":
            entity.told.nouns.add(sentence.lemmas[head])
            entity.pair = sentence.fine[head] in ("NNS", "NNPS") and found.kind == "group"
            entity.document = sentence.lemmas[head] in word_list("speakers")["documents"]
        if found.how == "description":
            entity.told.nouns.add(sentence.lemmas[head])
            entity.told.words.update(sentence.words[w].lower() for w in words)
            gender = gender_of_word(sentence.lemmas[head])
            if gender:
                entity.gender, entity.sure = gender, 1.0
        self._memory.touch(entity, number, words[0], part)

    def _resolve(self, number: int, sentence: Sentence, words: list[int], depth: int) -> Named:
        while len(words) > 1 and sentence.lemmas[words[0]] != "both":
            if sentence.universal[words[0]] not in _NOT_FIRST and sentence.lemmas[words[0]] != "only":
                break
            words.pop(0)
        head = _head(sentence, words)
        surface = sentence.words[head].lower()
        if surface in ("who", "which", "that") and len(words) == 1:
            return self._relative(number, sentence, head, depth)
        pronoun = nouns().pronouns.get(surface) or (_OWNERS.get(surface) if len(words) == 1 else None)
        if pronoun and len(words) > 1 and (person := self._person_in(sentence, words, head)):
            return person  # "she, Ana Bel"
        if pronoun and not any(base(sentence.relations[w]) == "conj" for w in words):
            return self._pronoun(number, head, pronoun, sentence.words[head])
        if len(words) == 1 and surface in ("the", "this", "that", "these", "those"):  # a parser's slip: its noun is lost
            last = next((e for n, w, e in reversed(self._memory.speakers[-12:]) if (n, w) < (number, head)), None)
            if last is not None:
                return self._as(last, "pronoun", sure("pronoun", "bare"))
        start, end = span(sentence, words)
        found = (
            self.known_as(self.text[start:end])
            or self._person_in(sentence, words, head)
            or self._apposed(number, sentence, words, head, depth)
            or self._issuer(number, sentence, words, head, depth)
            or self._owned(number, sentence, words, head)
            or self._definite(number, sentence, words, head)
        )
        return found or self._as_written(sentence, words, head)

    def _person_in(self, sentence: Sentence, words: list[int], head: int) -> Named | None:
        """The person a phrase names: as its head, or set beside a title; not as somebody's owner or an "of"."""
        inside = set(words)
        for a, b in reversed(person_spans(sentence)):
            if not inside.issuperset(range(a, b)):
                continue
            at = top = peak = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
            while at != head and at in inside:
                relation, peak = sentence.relations[at], at
                if relation == "nmod" and sentence.relations[top] == "appos" and at == sentence.heads[top] and is_body(sentence.lemmas[at]):
                    at = sentence.heads[at]  # "the head of the burns unit, Ana Bel,": no unit is called so
                    continue
                if relation in ("nmod:poss", "conj") or (base(relation) in ("nmod", "obl") and children(sentence, at, "case")):
                    break
                if relation in ("compound", "amod") and sentence.universal[sentence.heads[at]] == "NOUN" and sentence.heads[at] >= b:
                    break  # "the Bel campaign"
                at = sentence.heads[at]
            doubled = doubles(sentence, head, a, b)
            titled = doubled or (b - 1 == words[-1] and any(sentence.words[w].lower() in nouns().titles for w in words if w < a))
            apart = sentence.heads[peak] == sentence.heads[head]  # two subjects: the parser cut "the council's chairman Ana Bel" in two
            if at != head and not apart and head not in range(a, b) and not (titled and not children(sentence, at, "case")):
                continue
            if owns(sentence, words, a):
                continue  # "the office of President Ana Bel"
            raw = _join(self.text, sentence, a, b)
            title = sentence.words[a - 1] if a else ""
            name = self._memory.person(f"{title} {raw}" if gender_of_word(title) else raw)
            if name == raw and b - a == 1 and self.government_of(raw) is not None:
                continue  # a capital or country taken for a person
            if any(w in inside and w >= b for w in children(sentence, at, "conj")):
                continue  # "A and B" are two
            if head not in range(a, b) and sentence.fine[head] in ("NNS", "NNPS"):
                continue  # "members of parliament A, B and C" are several
            entity = self._memory.entity(name, "person", True)
            entity.role = entity.role or self._role(sentence, words, a, b)
            how = "appositive" if head not in range(a, b) and any(sentence.relations[w] == "appos" for w in words) else "name"
            return Named(name, "person", how, sure(how, "short" if " " not in name else "any"), entity.role, entity.country)
        return None

    def _role(self, sentence: Sentence, words: list[int], a: int, b: int) -> str | None:
        before = [w for w in words if w < a and sentence.universal[w] not in ("PUNCT", "DET", "CCONJ")]
        behind = [w for w in words if w >= b and sentence.universal[w] != "PUNCT"]
        chosen = before or behind
        if not chosen or len(chosen) > 10:
            return None
        if not before and sentence.universal[chosen[0]] == "DET" and len(chosen) > 1:
            chosen = chosen[1:]
        return self.text[slice(*span(sentence, chosen))] or None

    def _issuer(self, number: int, sentence: Sentence, words: list[int], head: int, depth: int) -> Named | None:
        """ "a statement released by X" → X; "the Foreign Ministry statement" → the ministry. A report is itself."""
        if self.outlet and any(sentence.words[w].lower() == "this" for w in words) and sentence.lemmas[words[-1]] in cues().own:
            return Named(self.outlet, "organisation", "outlet", sure("outlet"))  # "an earlier version of this report"
        if sentence.lemmas[head] not in cues().issued or depth > 2 or sentence.universal[head] != "NOUN" or sentence.entities[head] != "O":
            return None
        below = set(subtree(sentence, head))
        for w in sorted(below):
            cases = {sentence.lemmas[c] for c in children(sentence, w, "case")}
            by = sentence.heads[w] in below and base(sentence.relations[w]) in ("obl", "nmod") and cases & {"by", "from"}
            if by and sentence.universal[w] in ("NOUN", "PROPN"):
                inner = [x for x in subtree(sentence, w) if sentence.relations[x] != "case"]
                return self._resolve(number, sentence, inner, depth + 1)
        named = [
            w for w in words if sentence.relations[w] == "nmod:poss" or sentence.entities[w] != "O" or sentence.lemmas[w] in nouns().body
        ]
        owners = [w for w in named if w < head and sentence.universal[w] in ("NOUN", "PROPN")]
        if owners and not any(sentence.words[w].lower() in _OWNERS for w in words):
            inner = [w for w in words if w <= max(owners) and sentence.lemmas[w] not in ("a", "an")]
            return self._resolve(number, sentence, inner, depth + 1)
        definite = sentence.words[min(words)].lower() in ("the", "this", "that")
        document = described(self._memory, number, sentence, words, head) if definite else None
        if document is not None and document[0].by is not None:
            where, signers = document[0].by
            found = self._resolve(where, self.sentences[where], list(signers), depth + 1)
            return replace(found, how="issuer", confidence=sure("issuer", "signed"))
        if definite and sentence.lemmas[head] in word_list("speakers")["voices"]:
            last = next((e for n, w, e in reversed(self._memory.speakers) if (n, w) < (number, head)), None)
            return None if last is None else self._as(last, "issuer", sure("issuer"))
        return None

    def _apposed(self, number: int, sentence: Sentence, words: list[int], head: int, depth: int) -> Named | None:
        """ "their union, the Guild of Drivers" → the Guild of Drivers."""
        return self._resolve(number, sentence, own, depth + 1) if depth < 2 and (own := apposed(sentence, words, head)) else None

    def _owned(self, number: int, sentence: Sentence, words: list[int], head: int) -> Named | None:
        """ "his press office" → "press office of Ana Bel"; "his wife" → whoever the text calls somebody's wife."""
        owner = next((w for w in words if sentence.words[w].lower() in _OWNERS), None)
        if owner is None or owner > head or sentence.heads[owner] != head:
            return None
        whose = self._pronoun(number, owner, _OWNERS[sentence.words[owner].lower()], sentence.words[owner])
        rest = [w for w in words if w > owner]
        if not rest or _nobody(whose):
            return None
        kin = sentence.fine[head] == "NN" and gender_of_word(sentence.lemmas[head])
        told = self._people.only(sentence.lemmas[head], beside(sentence, rest, head)) if kin else None
        if told is not None:
            return Named(told, "person", "possessive", sure("possessive", "told"), self._memory.entity(told, "person", True).role)
        start, end = span(sentence, rest)
        name, kind = f"{self.text[start:end]} of {whose.name}", kind_of(sentence, head)
        return Named(name, kind, "possessive", min(sure("possessive"), whose.confidence), country=whose.country)

    # ------------------------------------------------------------ descriptions

    def _definite(self, number: int, sentence: Sentence, words: list[int], head: int) -> Named | None:
        """ "the diplomat", "the lawmakers", "the organization": whoever was called so."""
        if sentence.words[words[0]].lower() not in ("the", "this", "that", "these", "those", "both"):
            return None
        if sentence.entities[head] == "O":
            found = described(self._memory, number, sentence, words, head)
            if found:
                return self._as(found[0], "description", sure("description", found[1]))
        return self._short_form(number, sentence, words)

    def _short_form(self, number: int, sentence: Sentence, words: list[int]) -> Named | None:
        """ "the ministry" with a word more ("the foreign ministry") is an earlier, longer name that holds all its words."""
        own = {sentence.words[w].lower() for w in words if sentence.universal[w] in ("NOUN", "PROPN", "ADJ")}
        for e in self._memory.recent():
            theirs = set(e.name.lower().replace("’s", "").replace("'s", "").split())
            if own and e.kind != "person" and e.named and own < theirs and e.last(number, words[0]):
                return self._as(e, "short form", sure("short form"))
        return None

    def _as(self, entity: Entity, how: str, confidence: float) -> Named:
        return Named(entity.name, entity.kind, how, confidence, entity.role, entity.country)

    def _as_written(self, sentence: Sentence, words: list[int], head: int) -> Named:
        """A phrase that names itself: an organisation, a government, or a description kept in its own words."""
        cut = list(words)
        while len(cut) > 1 and (sentence.universal[cut[0]] in ("DET", "PUNCT") or sentence.words[cut[0]].lower() in ("the", "a", "an")):
            cut.pop(0)
        cut = counted(sentence, cut, head)
        while len(cut) > 1 and cut[-1] > head and sentence.fine[cut[-1]] == "VBG" and sentence.entities[cut[-1]] == "O":
            cut.pop()  # "media reports suggesting"
        comma = next((i for i, w in enumerate(cut) if sentence.words[w] == "," and w > head), None)
        if comma is not None and not any(sentence.relations[w] == "conj" for w in cut[comma:]):
            cut = cut[:comma]
        if len(cut) > _LONGEST_NAME:
            cut = [w for w in cut if w <= max(head, cut[_LONGEST_NAME - 1])][:_LONGEST_NAME]
            while len(cut) > 1 and sentence.universal[cut[-1]] in ("PUNCT", "CCONJ", "ADP", "DET"):
                cut.pop()
        start, end = span(sentence, cut)
        name = " ".join(self.text[start:end].split())
        for suffix in ("'s", "’s"):
            name = name.removesuffix(suffix)
        known = self.known_as(name)
        if known is not None:
            return known
        if self._people.is_person(name):  # a surname that the model took for something else here
            full = self._memory.person(name)
            return Named(full, "person", "name", sure("name", "untagged"), self._memory.entity(full, "person", True).role)
        government = self.government_of(name) if sentence.entities[head] != "O" else None
        if government is not None:
            if name.lower() in word_list("speakers")["seats"]:
                return Named(name, "government", "metonym", sure("metonym", "seat"), country=government[1])
            return Named(government[0], "government", "metonym", sure("metonym"), country=government[1])
        if all(sentence.entities[w].endswith("LOC") for w in cut):
            return Named(name, "government", "place", sure("place"))
        if sentence.entities[head].endswith("PERSON"):
            if any(w in cut and sentence.entities[w] != "O" for w in children(sentence, head, "conj")):
                return Named(name, "group", "name", sure("name", "several"))
            return Named(self.full_name(name), "person", "name", sure("name"))
        if name in self._people.acronyms:
            return Named(self._people.acronyms[name], "organisation", "short form", sure("short form", "initials"))
        if sentence.entities[head] != "O":
            return Named(name, kind_of(sentence, head), "name", sure("name", "body"))
        later = self._memory.named_later(sentence, words, head)
        if later is not None:
            return self._as(later, "description", sure("description", "later"))
        definite = sentence.words[words[0]].lower() in ("the", "this", "that", "these", "those")
        return Named(name, kind_of(sentence, head), "description", sure("description", "own-definite" if definite else "own"))

    # ------------------------------------------------------------ pronouns

    def _relative(self, number: int, sentence: Sentence, word: int, depth: int) -> Named:
        """ "who" and "which" → whoever the clause is about."""
        at = word
        while sentence.heads[at] >= 0 and base(sentence.relations[at]) != "acl":
            at = sentence.heads[at]
        head = sentence.heads[at]
        if head < 0 or depth > 2 or head >= word:
            return Named(sentence.words[word], "person", "pronoun", sure("pronoun", "nobody"))
        inner = [w for w in noun_phrase(sentence, head) if w < word] or [head]
        found = self._resolve(number, sentence, inner, depth + 1)
        return replace(found, how="relative", confidence=sure("relative"))

    def _pronoun(self, number: int, word: int, kind: str, surface: str) -> Named:
        if kind == "first":
            return self._first(number, word, surface)
        gender = _GENDERS.get(kind, "")

        def fits(e: Entity) -> bool:
            if gender:
                return e.kind == "person" and not e.pair and not (e.gender not in ("", gender) and e.sure >= 1.0)
            if kind == "neuter":
                return e.kind in ("organisation", "government") and self._memory.may_speak(e)
            return e.kind != "person"

        found = choose(self._memory, number, word, lambda e: fits(e) and not self._memory.listens(e, number, word), gender)
        found = found or choose(self._memory, number, word, fits, gender)
        if found is None and kind == "plural":
            found = choose(self._memory, number, word, lambda e: True)
        if found is None:
            return Named(surface, "person" if gender else "group", "pronoun", sure("pronoun", "nobody"))
        entity, share = found
        if gender and not entity.gender and share > 0.8:
            entity.gender, entity.sure = gender, 0.9
        return self._as(entity, "pronoun", likely(share, "person" if gender else "thing"))

    def _first(self, number: int, word: int, surface: str) -> Named:
        """ "I" and "we" in a quotation are its speaker; outside of any "I" is the writer, whom nothing here names."""
        memory = self._memory
        own = memory.quote_at(number, word)
        if own < 0 and surface.lower() == "we" and self.outlet:
            return Named(self.outlet, "organisation", "outlet", sure("outlet"))  # "we asked the port": the paper's own words
        near = [e for n, w, e in memory.speakers[-6:] if memory.quote_at(n, w) < 0 and abs(n - number) <= 3 and e.kind != "government"]
        if own < 0 or not near:
            return Named(surface, "person", "pronoun", sure("pronoun", "nobody"))
        return self._as(near[-1], "pronoun", sure("pronoun", "first"))

    def _passing(self, number: int, words: list[int], head: int) -> Entity | None:
        """Whom a pronoun or a definite noun of a passing sentence stands for."""
        sentence = self.sentences[number]
        if sentence.universal[head] != "PRON":
            found = described(self._memory, number, sentence, words, head)
            return found[0] if found else None
        surface = sentence.words[head].lower()
        kind = nouns().pronouns.get(surface) or _OWNERS[surface]
        gender = _GENDERS[kind]
        best = choose(self._memory, number, head, lambda e: e.kind == "person" and not e.pair and e.gender in ("", gender), gender)
        return best[0] if best is not None and best[1] > 0.5 else None


def _nobody(found: Named) -> bool:
    """Whether a pronoun stood for nobody who is known."""
    return found.how == "pronoun" and found.name.lower() in (nouns().pronouns.keys() | _OWNERS.keys() | {"who", "which", "that"})


def _head(sentence: Sentence, words: Sequence[int]) -> int:
    """The word of a phrase that hangs on none of the others."""
    inside = set(words)
    return next((w for w in words if sentence.heads[w] not in inside and sentence.universal[w] != "PUNCT"), words[0])


def _join(text: str, sentence: Sentence, a: int, b: int) -> str:
    """The words a to b as the text has them, on one line."""
    return " ".join(text[sentence.starts[a] : sentence.ends[b - 1]].split())
