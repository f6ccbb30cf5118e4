"""Sentences → the same sentences, with the names mended that the model took for the wrong thing.

In: a text and its parsed sentences. Out: the sentences with other entities, where the document itself or the words around
a name tell what it is: a name that no gazetteer has and whose surname is a person's elsewhere is a person's; so is a
first name beside a word of kin, an age or "who"; letters of honour behind a name name nothing; a country's name is one.

Example: in "Mira Tond left. Tond said …", with "Mira Tond" taken for a place, both are a person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from presstime.gazetteer import open_gazetteer
from presstime.read.affiliations import is_personal
from presstime.read.lexicon import nouns, words
from presstime.read.people import given_gender
from presstime.read.place_words import word_lists
from presstime.read.tree import Sentence, base, children, entity_spans

__all__ = ["entity_runs", "mended"]

_LONGEST_NAME = 3
"""Words of a person's name that was taken for a place's."""
_DEEPEST = 4
"""Nouns up from a place to the title it stands in."""
_AGES = range(1, 111)
_OWNERS = frozenset({"her", "his", "their", "my", "our", "your", "its", "the", "a", "'s", "’s"})
_LOCATING = frozenset({"in", "at", "near", "outside", "around", "to", "from", "into", "across", "through", "towards", "toward", "over"})
_Edit = tuple[int, int, str]
"""First word, the one behind the last, and what they name; "" for nothing."""


def mended(text: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, with the same words and trees, and their names' kinds as the document tells them."""
    spans = [entity_spans(s) for s in sentences]
    surnames: set[str] = set()
    alone: set[str] = set()
    for s, own in zip(sentences, spans, strict=True):
        for a, b, kind in own:
            if kind == "PERSON":
                surnames.add(s.words[b - 1])
            elif kind == "LOC" and b - a == 1:
                alone.add(s.words[a])
    surnames -= alone
    first_names = {s.words[a] for s, own in zip(sentences, spans, strict=True) for a, b, k in own if k == "LOC" and _beside_kin(s, a, b)}
    return tuple(_mend(text, s, own, surnames, first_names) for s, own in zip(sentences, spans, strict=True))


def _mend(text: str, s: Sentence, own: Sequence[_Edit], surnames: set[str], first_names: set[str]) -> Sentence:
    edits: list[_Edit] = []
    people = {b for _, b, kind in own if kind == "PERSON"}
    for a, b, kind in own:
        if a >= 2 and b - a == 1 and s.words[a - 1] == "," and a - 1 in people and s.words[a].rstrip(".") in words("actors")["honours"]:
            edits.append((a, b, ""))
        elif kind == "LOC":
            if b - a == 1 and _is_known_body(s.words[a]):
                edits.append((a, b, "ORG"))
            elif (end := _country_from(text, s, a, b, own)) is not None:
                edits.append((a, end, "LOC"))
            elif _is_person(text, s, a, b, surnames) or (s.words[a] in first_names and b - a == 1 and not _located(s, a)):
                edits.append((a, b, "PERSON"))
                people.add(b)
    if edits:
        tags = list(s.entities)
        for a, b, kind in edits:
            tags[a:b] = [f"B-{kind}", *([f"I-{kind}"] * (b - a - 1))] if kind else ["O"] * (b - a)
        s = replace(s, entities=tuple(tags))
        own = entity_spans(s)
    for a, b, kind in own:
        if kind == "PERSON" and a:
            s = _rehung(s, a, b)
    return s


def entity_runs(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The entities of a sentence: first word, word behind the last, kind."""
    runs: list[tuple[int, int, str]] = []
    for i, tag in enumerate(sentence.entities):
        if tag == "O":
            continue
        mark, _, kind = tag.partition("-")
        if mark == "I" and runs and runs[-1][1] == i and runs[-1][2] == kind:
            runs[-1] = (runs[-1][0], i + 1, kind)
        else:
            runs.append((i, i + 1, kind))
    return runs


# ---------------------------------------------------------------- the tree around a name


def _rehung(s: Sentence, a: int, b: int) -> Sentence:
    """The sentence with a name hung on the title that it belongs to, where the parser hung it on a body or place within that
    title: "the head of the Red Crescent in Derna, Ana Bel, said"; "Secretary of State Ana Bel".
    """
    top = next((w for w in range(a, b) if not a <= s.heads[w] < b), a)
    above = s.heads[top]
    if not 0 <= above < a:
        return s
    if s.words[a - 1] == "," and base(s.relations[top]) == "appos" and s.entities[above].endswith(("LOC", "ORG")):
        title = _title_above(s, above)
        if title is None or b >= len(s) or s.words[b] not in (",", ";", ")"):
            return s
        return _with_arcs(s, {top: (title, "appos")})
    cases = [c for c in children(s, top, "case") if above < c < a and s.words[c].lower() in ("of", "for", "at")]
    if (
        base(s.relations[top]) not in ("nmod", "appos", "flat")
        or len(cases) != 1
        or not is_personal(s, above)
        or s.fine[above] not in ("NN", "NNP")
    ):
        return s
    between = range(cases[0] + 1, a)
    if not between or any(not _of_a_body(s, w) for w in between) or not s.words[a - 1][0].isupper():
        return s
    arcs = {w: (a - 1, s.relations[w]) for w in children(s, top) if w in range(above + 1, a - 1)}
    arcs |= {a - 1: (above, "nmod"), above: (top, "nmod:desc"), top: (s.heads[above], s.relations[above])}
    arcs |= {w: (top, s.relations[w]) for w in children(s, above) if w >= b}
    return _with_arcs(s, arcs)


def _title_above(s: Sentence, word: int) -> int | None:
    """The noun for a person that a body or place within its phrase hangs on: "head" above "Derna" in "head of the union in Derna"."""
    for _ in range(_DEEPEST):
        if base(s.relations[word]) not in ("nmod", "compound") or not 0 <= s.heads[word] < word:
            return None
        word = s.heads[word]
        if is_personal(s, word):
            return word if s.fine[word] in ("NN", "NNP") else None
    return None


def _of_a_body(s: Sentence, word: int) -> bool:
    """Whether a word belongs to a body's, a land's or a field's name and is nobody's title: "State", "the", "Armenia"."""
    low = s.words[word].lower()
    if low in ("the", "and", "&", "of"):
        return True
    small = words("actors")["ranks"] + words("actors")["courtesies"]
    if s.entities[word].endswith("PERSON") or low in small or low in nouns().titles:
        return False
    return s.entities[word].endswith(("LOC", "ORG")) or low in words("actors")["fields"]


def _with_arcs(s: Sentence, arcs: Mapping[int, tuple[int, str]]) -> Sentence:
    heads, relations = list(s.heads), list(s.relations)
    for word, (head, relation) in arcs.items():
        heads[word], relations[word] = head, relation
    below: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            below[head].append(word)
    return replace(s, heads=tuple(heads), relations=tuple(relations), below=tuple(tuple(c) for c in below))


# ---------------------------------------------------------------- the names


def _is_person(text: str, s: Sentence, a: int, b: int, surnames: set[str]) -> bool:
    """Whether a name that was taken for a place's is a person's: no place bears it, and its first or last word tells."""
    if not 2 <= b - a <= _LONGEST_NAME or any(not (w[0].isupper() and w.isalpha()) for w in s.words[a:b]):
        return False
    lists = word_lists()
    low = [w.lower() for w in s.words[a:b]]
    plain = lists.parts | lists.streets | lists.never | lists.features | lists.waters | lists.generic.keys() | lists.rivers | nouns().body
    if any(w in plain for w in low) or open_gazetteer().candidates(text[s.starts[a] : s.ends[b - 1]]):
        return False
    return s.words[b - 1] in surnames or (given_gender(low[0])[1] and not _located(s, a))


def _is_known_body(word: str) -> bool:
    """Whether a word is the short name of a body that everybody knows, and no place's: "U.N."."""
    if not word.isupper() or word.replace(".", "").lower() not in words("actors")["names"]["known"]:
        return False
    return not any(c.kind in ("country", "area") or c.capital_of for c in open_gazetteer().candidates(word))


def _located(s: Sentence, a: int) -> bool:
    """Whether a name stands behind a preposition of place: "in Florence"."""
    return a > 0 and s.words[a - 1].lower() in _LOCATING


def _beside_kin(s: Sentence, a: int, b: int) -> bool:
    """Whether a single word names one of a family or one of an age: "their daughter, Florence", "Florence, her aunt", "Florence, 7,"."""
    if b - a != 1 or not s.words[a].isalpha() or s.words[a].isupper() or _located(s, a):
        return False
    kin = words("actors")["kin"]
    before = a - 2 if a >= 2 and s.words[a - 1] == "," else a - 1
    if before >= 1 and s.lemmas[before] in kin and s.words[before - 1].lower() in _OWNERS:
        return True
    if b + 1 >= len(s) or s.words[b] != ",":
        return False
    if given_gender(s.words[a])[1] and b + 2 < len(s) and s.words[b + 2] in (",", ".") and s.words[b + 1].isdecimal():
        return int(s.words[b + 1][:4]) in _AGES
    return b + 2 < len(s) and s.words[b + 1].lower() in _OWNERS and s.lemmas[b + 2] in kin


def _country_from(text: str, s: Sentence, a: int, b: int, own: Sequence[_Edit]) -> int | None:
    """Behind which word a country's name ends of which the model took the first words alone for a place: "Saudi" | "Arabia"."""
    following = next((e for e in own if e[0] == b), None)
    if following is None or following[2] == "PERSON" or not s.words[b][0].isupper() or following[1] - b > 2:
        return None
    whole = text[s.starts[a] : s.ends[following[1] - 1]]
    return following[1] if any(c.kind == "country" for c in open_gazetteer().candidates(whole)) else None
