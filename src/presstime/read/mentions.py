"""Speakers' words and named people and bodies → the mentions of a document's actors, in the order of the text.

In: whom the speakers' words stand for, and the sentences with their entities. Out: `Mention`s, each with the name that
it stands for: a surname's full name, the nearest before it; a body's whole name; the pronouns and descriptions that are
settled; the groups and governments that act (read/acting.py). Titles, fields and places name nobody.

Example: from "Ana Bel left. Bel was tired." two mentions of "Ana Bel".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from presstime.read.acting import acting
from presstime.read.affiliations import is_body, lists
from presstime.read.lands import country_named, nationality
from presstime.read.lexicon import nouns
from presstime.read.linking import folded, nearest_before, trimmed
from presstime.read.nearby import touching
from presstime.read.people import gender_of_word, unbracketed, whole_spans
from presstime.read.short_names import same_names, short_names
from presstime.read.speakers import Named, Resolver
from presstime.read.tree import Sentence, base, children
from presstime.records import ActorKind

__all__ = ["Mention", "Where", "brackets", "mentions_of", "written"]

_SMALL = 3
"""Letters of the small words that a name written large may have: "Save the Children"."""

Where = tuple[int, int]
"""First character and the one behind the last."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that stand for somebody. `who` where a speaker's words were settled before."""

    at: Where
    name: str
    kind: ActorKind
    country: str | None = None
    who: Named | None = None


def mentions_of(text: str, sentences: Sequence[Sentence], named: Sequence[tuple[Where, Named]], resolver: Resolver) -> list[Mention]:
    """Speakers, named people and bodies, those who act, and the pronouns that are settled; in the order of the text."""
    found = [Mention(at, who.name, who.kind, who.country, who) for at, who in dict.fromkeys(named)]
    spans = [(s, whole_spans(s)) for s in sentences]
    entities = [(s, a, b, kind, written(text, s, a, b)) for s, inside in spans for a, b, kind in inside]
    bodily = {name for _, _, _, kind, name in entities if kind == "ORG"}
    found = [_regrouped(m, bodily) for m in found]
    settled = touching(_single([at for at, _ in named], [(s.starts[a], s.ends[b - 1]) for s, a, b, _, _ in entities], text), lambda s: (s,))
    tagged = Counter((kind, name) for _, _, _, kind, name in entities)
    places: dict[str, list[int]] = {}
    for s, a, _, kind, name in entities:
        if kind == "PERSON" and " " in name:
            places.setdefault(name, []).append(s.starts[a])
    speakers = {folded(m.name): m for m in found if m.kind != "person"}
    names_at: dict[Where, list[Named]] = {}
    for at, who in named:
        names_at.setdefault(at, []).append(who)
    longer: dict[str, list[str]] = {}
    for name in sorted(bodily, key=len, reverse=True):
        if " " in name:
            longer.setdefault(name.split()[0], []).append(name)
    for s, a, b, kind, name in entities:
        at = s.starts[a], s.ends[b - 1]
        if any(x <= at[0] and at[1] <= y and _same(text, at, kind, names_at.get((x, y), ()), (x, y)) for x, y in settled(*at)):
            continue  # its speaker is who it stands for, whatever kind the entity seems to be
        if kind == "PERSON" and b - a == 1 and a and s.words[a - 1].islower() and is_body(s.lemmas[a - 1]) and not resolver.is_person(name):
            kind = "ORG"  # "whose party Dawn"
        if kind == "ORG":
            name, at = _whole(text, name, at, longer)
            both = a > 1 and s.words[a - 2][0].isupper() and nationality(f"{s.words[a - 2]} {s.words[a - 1]}") is not None
            if both or (a and nationality(s.words[a - 1]) is not None):  # "North Korean" | "Foreign Ministry"
                at = s.starts[a - 2 if both else a - 1], at[1]
                name = " ".join(text[at[0] : at[1]].split())
        listed, state = resolver.known_as(name), speakers.get(folded(name))
        if state is not None and state.kind == "government":  # as whatever it is tagged: where it takes part, not where it is a place
            if _takes_part(s, a, b):
                found.append(Mention(at, state.name, state.kind, state.country))
        elif listed is not None:
            found.append(Mention(at, listed.name, listed.kind, listed.country, listed))
        elif kind == "PERSON" or (kind == "ORG" and b - a == 1 and resolver.is_person(name) and not _heads_noun(s, a)):
            person = _person(s, a, b, name, kind, tagged, places, resolver)
            if person is not None:
                found.append(Mention(at, person, "person"))
        elif kind == "ORG" and not _says_nobody(name) and (name := trimmed(name)):
            state = speakers.get(folded(name))
            of_country = country_named(name, capitals=True) if tagged["LOC", name] or country_named(name) is None else None
            if state is not None:
                found.append(Mention(at, state.name, state.kind, state.country or _owner(s, a)))
            elif of_country is None and not _says_nobody(name):
                found.append(Mention(at, name, _kind_of_body(name), _owner(s, a)))
    found += [Mention(at, name, kind, country) for at, name, kind, country in acting(text, sentences, settled)]
    taken = touching([m.at for m in found], lambda at: (at,))
    for number, first, last, name in resolver.memory.passing():
        s = sentences[number]
        at = s.starts[first], s.ends[last]
        if not taken(*at):
            found.append(Mention(at, name, "person"))
    found += _taken_up(text, sentences, found)
    return sorted(found, key=lambda m: (m.at, m.name))


def _taken_up(text: str, sentences: Sequence[Sentence], found: Sequence[Mention]) -> list[Mention]:
    """Bodies taken up by the noun of their name, where nobody was found there."""
    first: dict[str, Mention] = {}
    places: dict[str, list[int]] = {}
    for m in sorted(found, key=lambda m: m.at):
        if m.kind in ("organisation", "government") and any(p[:1].isupper() for p in m.name.split()):
            first.setdefault(m.name, m)
            places.setdefault(m.name, []).append(m.at[0])
    taken = touching([m.at for m in found], lambda at: (at,))
    own = [name for name, m in first.items() if m.kind == "organisation"]
    same = [(at, first[name]) for at, name in same_names(text, sentences, own) if not taken(*at)]
    again = touching([at for at, _ in same], lambda at: (at,))
    short = same + [(at, first[name]) for at, name in short_names(sentences, places) if not taken(*at) and not again(*at)]
    return [Mention(at, m.name, m.kind, m.country) for at, m in short]


def _single(spoken: Sequence[Where], entities: Sequence[Where], text: str) -> list[Where]:
    """The speakers' words that do not name two: in "the EU and the UN said" either is an actor as well."""
    within = touching(entities, lambda at: (at,))
    return [
        at for at in spoken if " and " not in text[at[0] : at[1]] or len([e for e in within(*at) if at[0] <= e[0] and e[1] <= at[1]]) < 2
    ]


def written(text: str, sentence: Sentence, a: int, b: int) -> str:
    """The words a to b as the text has them, on one line."""
    return " ".join(text[sentence.starts[a] : sentence.ends[b - 1]].split())


def _regrouped(mention: Mention, bodily: Set[str]) -> Mention:
    """A speaker whose name is a noun for several people is a group, and one body's name in the plural no group."""
    name = unbracketed(mention.name)
    last = name.split()[-1]
    if mention.kind == "person" and folded(mention.name).endswith(tuple(lists()["services"])):
        return replace(mention, kind="organisation")  # "the coast guard"
    several = mention.name.lower() in lists()["several"] or (
        last.islower() and last.endswith("s") and last != "forces" and is_body(last[:-1])
    )
    if mention.kind == "organisation" and several:
        return replace(mention, kind="group")
    large = all(w[:1].isupper() or len(w) <= _SMALL for w in name.split()) and last[:1].isupper()
    proper = large and last.lower() not in lists()["several"] and nationality(last) is None
    if mention.kind == "group" and not several and " " in name and (name in bodily or proper):
        return replace(mention, kind="organisation")
    return mention


def _kind_of_body(name: str) -> ActorKind:
    return "government" if country_named(name) is not None else "group" if name.lower() in lists()["several"] else "organisation"


def _says_nobody(name: str) -> bool:
    """Whether a body's name is made of nothing but words for any body, office or field: "Ministry", "FM", "Foreign Affairs"."""
    low, known = name.lower(), lists()
    alone = low in nouns().body | nouns().group | nouns().person | known["people"] | known["nobody"]
    return alone or all(w in known["fields"] for w in low.split())


def _heads_noun(sentence: Sentence, word: int) -> bool:
    return sentence.relations[word] in ("compound", "amod")


def _same(text: str, at: Where, kind: str, speakers: Sequence[Named], around: Where) -> bool:
    """Whether a name within a speaker's words is the speaker's, or a piece of it."""
    low = folded(text[at[0] : at[1]])
    if kind == "LOC" or not speakers or low == folded(text[around[0] : around[1]]):
        return True
    if any(who.kind != "person" for who in speakers):
        return kind == "ORG" or " " not in low  # a body within a body's name; a person in it is somebody else
    return any(low in folded(who.name) or folded(who.name) in low for who in speakers)


def _whole(text: str, name: str, at: Where, longer: Mapping[str, Sequence[str]]) -> tuple[str, Where]:
    """A body's name where only its first words were heard, and the document has it whole elsewhere."""
    for other in longer.get(name.split()[0], ()):
        if len(other) > len(name) and other.startswith(name + " ") and text.startswith(other, at[0]):
            return other, (at[0], at[0] + len(other))
    return name, at


def _owner(sentence: Sentence, a: int) -> str | None:
    """The code of the country whose name or adjective stands right before a body's: "Iran's" Revolutionary Guards."""
    if a > 1 and sentence.words[a - 1] in ("'s", "’s"):
        found = country_named(sentence.words[a - 2])
    else:
        found = (nationality(" ".join(sentence.words[a - 2 : a])) if a > 1 else None) or (nationality(sentence.words[a - 1]) if a else None)
    return found[1] if found else None


def _takes_part(sentence: Sentence, a: int, b: int) -> bool:
    top = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
    return base(sentence.relations[top]) in ("nsubj", "obj", "iobj") and not children(sentence, top, "case")


def _person(
    sentence: Sentence,
    a: int,
    b: int,
    name: str,
    kind: str,
    tagged: Mapping[tuple[str, str], int],
    places: Mapping[str, Sequence[int]],
    resolver: Resolver,
) -> str | None:
    """The full name of a person named in words a to b; None where the words name no person."""
    borne = resolver.is_person(name)
    if " " not in name and not borne:
        if name.lower() in nouns().body | nouns().group | nouns().person or resolver.government_of(name) is not None:
            return None  # a title, or a capital or country taken for a person
        if name.lower() in lists()["fields"] | nouns().titles or (name.isupper() and len(name) < 5) or _heads_noun(sentence, a):
            return None
        if max(tagged["LOC", name], tagged["ORG", name]) > tagged["PERSON", name] or not name[:1].isupper() or len(name) < 2:
            return None
    candidates = [n for n in resolver.memory.people.called(name) if n in places]
    title = sentence.words[a - 1] if a else ""
    gender = gender_of_word(title)
    fitting = [n for n in candidates if not gender or resolver.memory.people.gender(n)[0] in ("", gender)] or candidates
    if " " in name and name in places:
        return resolver.full_name(name)
    return (nearest_before(places, fitting, sentence.starts[a]) if fitting else None) or resolver.full_name(name)


def brackets(sentences: Sequence[Sentence], text: str) -> dict[str, str]:
    """The short names that the text gives itself: "the International Committee of the Red Cross (ICRC)"."""
    found: dict[str, str] = {}
    for s in sentences:
        if "(" not in s.words:
            continue
        ends = {b: a for a, b, kind in whole_spans(s) if kind == "ORG"}
        for w in range(1, len(s) - 2):
            if s.words[w] == "(" and s.words[w + 2] in (")", ",", ";") and w in ends:
                short = s.words[w + 1]
                if sum(c.isupper() for c in short) >= 2:
                    found.setdefault(short.replace(".", ""), written(text, s, ends[w], w))
    return found
