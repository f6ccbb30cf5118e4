"""Who was spoken of so far: a document's actors with their mentions, in the order of the text.

In: parsed sentences, taken in up to a word at a time. Out: `Entity`s that a pronoun or a description may stand for, each
with where it was seen: as a subject, as a speaker, in whose quotation. Names count from the moment they are read;
what is told of them anywhere in the document is known from the start.

Example: after "Ana Bel met the board." two entities are remembered, Ana Bel (a subject) and the board.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from presstime.read.doers import noun_phrase, speaker_words
from presstime.read.lexicon import nouns, words
from presstime.read.people import People, Told, describing, gender_of_word, whole_spans
from presstime.read.quotes import find_quotes
from presstime.read.tree import Sentence, base, children, subtree
from presstime.records import ActorKind

__all__ = ["Entity", "Memory", "Seen", "beside", "kind_of", "paragraphs"]

KEPT = 60
"""Entities looked at for a mention, the last seen first. Further back nobody is meant."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention: where, in which part ("speaker", "subject", "owner", "other"), and in which quotation (-1: none)."""

    sentence: int
    word: int
    part: str
    quote: int


@dataclass(slots=True)
class Entity:
    """One who was spoken of. `named` where it goes by a name; `pair` where it is several people or bodies."""

    name: str
    kind: ActorKind
    told: Told
    named: bool
    role: str | None = None
    country: str | None = None
    gender: str = ""
    """ "f", "m" or "" where nothing tells; `sure` is how sure (people.People.gender)."""
    sure: float = 0.0
    document: bool = False
    by: tuple[int, tuple[int, ...]] | None = None
    """Of a document: the sentence and words that say who signed or issued it."""
    pair: bool = False
    seen: list[Seen] = field(default_factory=list)

    def last(self, sentence: int, word: int) -> Seen | None:
        """The last mention before a word, or None."""
        return next((s for s in reversed(self.seen) if (s.sentence, s.word) < (sentence, word)), None)


def paragraphs(text: str, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The stretches of text whose sentences no empty line parts."""
    found: list[tuple[int, int]] = []
    for s in sentences:
        if found and "\n\n" not in text[found[-1][1] : s.start]:
            found[-1] = (found[-1][0], s.end)
        else:
            found.append((s.start, s.end))
    return found


class Memory:
    """The entities of a document as far as it has been taken in."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], people: People, government_of: Callable[[str], tuple[str, str] | None]
    ) -> None:
        """`people` are the names of the whole document; `government_of` as in `Resolver`."""
        self.text, self.sentences, self.people, self.government_of = text, sentences, people, government_of
        blocks = paragraphs(text, sentences)
        self._quotes = find_quotes(text, blocks)
        self._quote_starts = [q.start for q in self._quotes]
        self._block_starts = [a for a, _ in blocks]
        self._entities: dict[tuple[str, bool], Entity] = {}
        self.speakers: list[tuple[int, int, Entity]] = []
        """Who spoke, in the order of resolving: sentence, word, entity."""
        self.linked: list[tuple[int, int, int, Entity]] = []
        """Pronouns and definite nouns in passing that stand for someone: sentence, first word, last word, entity."""
        self.listeners: set[tuple[int, int]] = set()
        """Where a body is named that is told something ("told the Tribune"): sentence, first word."""
        self._at = (0, 0)
        self.link: Callable[[int, list[int], int], Entity | None] = lambda number, words, head: None
        """Whom a definite noun or pronoun of a passing sentence stands for; set by the resolver."""

    def quote_at(self, sentence: int, word: int) -> int:
        """The quotation a word stands in, or -1."""
        at = self.sentences[sentence].starts[word]
        n = bisect_right(self._quote_starts, at) - 1
        return n if n >= 0 and at < self._quotes[n].end else -1

    def spoken_by(self, sentence: int, word: int) -> set[int]:
        """The quotations around a speaker's mention: those that touch its sentence, or end or begin beside it."""
        s = self.sentences[sentence]
        n = bisect_right(self._quote_starts, s.end)
        near = [i for i in range(max(0, n - 6), n) if self._quotes[i].end >= s.start - 2 and i != self.quote_at(sentence, word)]
        return set(near)

    def block_of(self, sentence: int) -> int:
        """The number of a sentence's paragraph."""
        return bisect_right(self._block_starts, self.sentences[sentence].start) - 1

    # ------------------------------------------------------------ entities

    def entity(self, name: str, kind: ActorKind, named: bool) -> Entity:
        """The entity of a name; made where there is none yet."""
        key = (" ".join(name.lower().split()).removeprefix("the "), kind == "person")
        found = self._entities.get(key)
        if found is None:
            told = self.people.told.get(name) if kind == "person" else None
            found = Entity(name, kind, told or Told(), named)
            if kind == "person":
                found.gender, found.sure = self.people.gender(name) if named else ("", 0.0)
            else:
                found.told.nouns.update(w.lower() for w in name.split() if w.lower() in nouns().body)
                found.told.words.update(w.lower() for w in name.split())
        return found

    def known(self, name: str, kind: ActorKind) -> Entity | None:
        """The remembered entity of a name, or None."""
        return self._entities.get((" ".join(name.lower().split()).removeprefix("the "), kind == "person"))

    def touch(self, entity: Entity, sentence: int, word: int, part: str) -> None:
        """Notes a mention; the entity is the last one seen from now on."""
        key = (entity.name.lower().removeprefix("the "), entity.kind == "person")
        self._entities.pop(key, None)
        self._entities[key] = entity
        if part == "speaker":
            self.speakers.append((sentence, word, entity))
            if entity.seen and (entity.seen[-1].sentence, entity.seen[-1].word) == (sentence, word):
                entity.seen.pop()
        entity.seen.append(Seen(sentence, word, part, self.quote_at(sentence, word)))

    def may_speak(self, entity: Entity) -> bool:
        """Whether "it" may stand for an entity where something is said: one with a name, a body, a document; no dam without one."""
        if entity.named or entity.document or entity.told.nouns & (nouns().body | nouns().group):
            return True
        return any(entity is who for _, _, who in self.speakers)

    def recent(self) -> Iterator[Entity]:
        """The entities, the last seen first."""
        for n, key in enumerate(reversed(self._entities)):
            if n >= KEPT:
                return
            yield self._entities[key]

    def passing(self) -> Iterator[tuple[int, int, int, str]]:
        """Pronouns and descriptions of the whole document that stand for a named person: sentence, first and last word, name."""
        if self.sentences:
            self.advance(len(self.sentences) - 1, len(self.sentences[-1]))
        for number, first, last, entity in self.linked:
            if entity.named and entity.kind == "person":
                yield number, first, last, entity.name

    # ------------------------------------------------------------ taking in

    def advance(self, number: int, word: int) -> None:
        """Takes in the text up to a word of a sentence; what was taken in before is left."""
        while self._at < (number, word):
            n, first = self._at
            end = word if n == number else len(self.sentences[n])
            self._take_in(n, first, end)
            self._at = (n, end) if n == number else (n + 1, 0)

    def _take_in(self, n: int, first: int, end: int) -> None:
        sentence = self.sentences[n]
        named: dict[int, tuple[int, int, str]] = {w: (a, b, k) for a, b, k in whole_spans(sentence) for w in range(a, b)}
        for w in range(first, end):
            if w in named:
                a, b, kind = named[w]
                if w == max(a, first):
                    self._name(n, sentence, a, b, kind)
                continue
            if sentence.universal[w] == "PRON" and sentence.words[w].lower() in ("he", "she", "his", "her"):
                found = self.link(n, [w], w)
                if found is not None:
                    self.linked.append((n, w, w, found))
                    self.touch(found, n, w, _part(sentence, w, w))
            elif sentence.universal[w] == "NOUN" and _worth(sentence, w):
                phrase = list(noun_phrase(sentence, w))
                if any(x in named and named[x][2] == "PERSON" and base(sentence.relations[x]) in ("appos", "flat") for x in phrase):
                    continue  # "the mayor, Ana Bel": the name is taken in
                if base(sentence.relations[w]) in ("appos", "flat", "compound") or children(sentence, w, "cop"):
                    continue
                self._described(n, sentence, phrase, w)

    def _name(self, n: int, sentence: Sentence, a: int, b: int, kind: str) -> None:
        text = " ".join(self.text[sentence.starts[a] : sentence.ends[b - 1]].split())
        top = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
        part = _part(sentence, top, a)
        if kind == "PERSON":
            name = self.person(text)
            if name == text and b - a == 1 and self.government_of(text) is not None:
                return
            self.touch(self.entity(name, "person", True), n, a, part)
        elif kind == "ORG" and base(sentence.relations[top]) not in ("compound", "amod"):
            entity = self.entity(text, "organisation", True)
            told = describing(sentence, a, b)
            entity.told.nouns |= told.nouns
            entity.told.words |= told.words
            self.touch(entity, n, a, part)
            if base(sentence.relations[top]) in ("obj", "iobj") and sentence.lemmas[sentence.heads[top]] in words("speakers")["tells"]:
                self.listeners.add((n, a))

    def listens(self, entity: Entity, number: int, word: int) -> bool:
        """Whether an entity was last spoken of as whom something was told: "it" behind that is hardly the paper."""
        last = entity.last(number, word)
        return last is not None and (last.sentence, last.word) in self.listeners

    def person(self, text: str) -> str:
        """The full name that a name stands for; of several, the one spoken of last, of the gender its title tells."""
        found = self.people.called(text)
        if len(found) < 2:
            return found[0] if found else self.people.full_name(text)
        gender = gender_of_word(text.split()[0])
        fitting = [f for f in found if not gender or self.people.gender(f)[0] in ("", gender)] or list(found)
        last = [(e.seen[-1].sentence, e.seen[-1].word, f) for f in fitting if (e := self.known(f, "person")) is not None and e.seen]
        return max(last)[2] if last else fitting[0]

    def _described(self, n: int, sentence: Sentence, phrase: list[int], head: int) -> None:
        definite = sentence.words[phrase[0]].lower() in ("the", "this", "that", "these", "those")
        found = self.link(n, phrase, head) if definite else None
        if found is not None:
            self.linked.append((n, phrase[0], phrase[-1], found))
        else:
            found = self.describe(sentence, phrase, head)
        verb = sentence.heads[head]
        if found.document and sentence.relations[head] == "obj" and sentence.lemmas[verb] in words("speakers")["signs"]:
            signers = speaker_words(sentence, verb)[0]
            found.by = (n, signers) if signers else None
        self.touch(found, n, phrase[0], _part(sentence, head, phrase[0]))

    def describe(self, sentence: Sentence, phrase: Sequence[int], head: int) -> Entity:
        """An entity without a name, called by its description; with one, where just one person of the document is called so."""
        chosen = [w for w in phrase if sentence.universal[w] != "DET"] or list(phrase)
        person = self.named_later(sentence, phrase, head)
        if person is not None:
            return person
        if len(chosen) > 1 and sentence.words[chosen[-1]] in ("'s", "’s", "'", "’"):
            chosen.pop()
        name = " ".join(self.text[sentence.starts[chosen[0]] : sentence.ends[chosen[-1]]].split())
        found = self.entity(name, kind_of(sentence, head), False)
        found.told.nouns.add(sentence.lemmas[head])
        found.told.words.update(sentence.words[w].lower() for w in chosen)
        found.document = sentence.lemmas[head] in words("speakers")["documents"]
        found.pair = sentence.fine[head] in ("NNS", "NNPS")
        gender = gender_of_word(sentence.lemmas[head])
        if gender:
            found.gender, found.sure = gender, 1.0
        return found

    def named_later(self, sentence: Sentence, phrase: Sequence[int], head: int) -> Entity | None:
        """The person whom the document somewhere calls by a description, where there is just one."""
        if sentence.fine[head] not in ("NN", "NNP") or sentence.words[phrase[0]].lower() not in ("the", "this", "that"):
            return None
        name = self.people.only(sentence.lemmas[head], beside(sentence, phrase, head))
        return self.entity(name, "person", True) if name is not None else None


def beside(sentence: Sentence, phrase: Sequence[int], head: int) -> set[str]:
    """The words that stand with a noun and tell its bearers apart."""
    idle = words("speakers")["idle"]
    found = {sentence.words[w].lower() for w in phrase if w != head and sentence.universal[w] in ("NOUN", "PROPN", "ADJ", "NUM")}
    return {w for w in found if w not in idle and any(c.isalnum() for c in w)}


def _part(sentence: Sentence, top: int, first: int) -> str:
    relation = base(sentence.relations[top])
    if sentence.relations[top] == "nmod:poss":
        return "owner"
    if relation == "appos" and sentence.heads[top] >= 0:
        relation = base(sentence.relations[sentence.heads[top]])
    return "subject" if relation in ("nsubj", "csubj") else "other"


def _worth(sentence: Sentence, w: int) -> bool:
    """Whether a common noun may be spoken of again by a speaker's mention."""
    table = nouns()
    low = sentence.lemmas[w]
    if any(sentence.lemmas[c] in ("no", "not", "none", "neither") for c in subtree(sentence, w) if c < w):
        return False  # "not one tram left"
    if low in table.person or low in table.body or sentence.words[w].lower() in table.group or gender_of_word(low):
        return True
    return low in words("speakers")["documents"] or base(sentence.relations[w]) == "nsubj"


def kind_of(sentence: Sentence, head: int) -> ActorKind:
    """What a phrase with this head is: a person, a group, a government or, of anything else, an organisation."""
    tag = sentence.entities[head]
    low = sentence.lemmas[head]
    table = nouns()
    if tag.endswith("PERSON") or ((low in table.person or gender_of_word(low)) and sentence.fine[head] in ("NN", "NNP")):
        return "person"
    if tag.endswith("LOC"):
        return "government"
    if low in words("speakers")["governments"]:
        return "government"
    if sentence.fine[head] in ("NNS", "NNPS") and low not in table.body:
        return "group"
    if low.endswith("-year-old") or (sentence.fine[head] == "NN" and low.endswith(_PERSONAL) and low not in table.body):
        return "person"
    return "organisation"


_PERSONAL = ("ist", "man", "woman", "person", "eer", "ian")
"""Endings of nouns that are nearly always people's."""
