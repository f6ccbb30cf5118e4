"""What a sentence tells of somebody it names: title, apposition, predicate, bracket, "who heads …".

In: a sentence and the words of a name (or of a pronoun that stands for one). Out: `Office`s, in the order in which they
are told. What a phrase holds is for read/affiliations.py to take apart.

Example: from "Gen. Ana Bel, commander of the Third Army Corps, said" the offices "Gen." and "commander" (of the Corps).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from presstime.read.affiliations import Office, is_body, is_personal, lists, office_of
from presstime.read.doers import noun_phrase
from presstime.read.lands import country_in, country_named
from presstime.read.lexicon import cues, nouns, words
from presstime.read.people import unbracketed
from presstime.read.tree import Sentence, base, children, entity_spans, subjects, subtree

__all__ = ["described_office", "offices_told"]

_PARTY = re.compile(r"\s*,?\s*[(\[]?\s*(?P<whole>(?P<party>[RDI]|Ind|Lab|Con|Lib)\s*[-–—.,]+\s*(?P<place>[A-Z][\w.]*(?: [A-Z][\w.]*)?))")
_BELONGING = frozenset({"of", "from", "at", "with", "for"})
_WORKS = frozenset({"work", "speak", "teach", "serve", "play", "act"})
_BECOMES = frozenset({"become", "remain"})
_NAMED = frozenset({"appoint", "name", "elect", "make"})
_FARTHEST = 14
"""Words that a title may reach back before a name."""


def offices_told(text: str, sentence: Sentence, a: int, b: int) -> Iterator[Office]:
    """Each role and affiliation that a sentence tells of the one named by its words a to b."""
    top = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
    titled = False
    for office in _before(text, sentence, a, b, top):
        titled = True
        yield office
    if (party := _party_behind(text, sentence.ends[b - 1])) is not None:
        yield party
    yield from _shared(text, sentence, a, top)
    yield from _bracketed(text, sentence, b)
    yield from _of_whom(text, sentence, b, top, titled)
    yield from _beside(text, sentence, a, b, top)
    yield from _said_to_be(text, sentence, top, b)


def _party_behind(text: str, end: int) -> Office | None:
    """The party and state in brackets behind a name: "(D-Ohio)"."""
    match = _PARTY.match(text, end)
    if match is None or not (match["whole"][len(match["party"])] in "-–—" or "(" in match[0] or "[" in match[0]):
        return None
    start, stop = match.span("whole")
    while text[stop - 1] == ".":
        stop -= 1
    whole = match["whole"]
    american = match["party"] in "RDI" and whole[len(match["party"])] in "-–—"
    return Office(None, whole.rstrip(".") if whole.count(".") == 1 and len(whole) > 8 else whole, "US" if american else None, (start, stop))


# ---------------------------------------------------------------- before the name


def _before(text: str, sentence: Sentence, a: int, b: int, top: int) -> Iterator[Office]:
    """Titles: "French Foreign Minister Ana Bel", "the mayor of Sarn, Ana Bel", "CEO of Acme Ana Bel"."""
    run = _run(sentence, a)
    if run:
        small = lists()["ranks"] | lists()["courtesies"]
        named = [w for w in run if sentence.words[w].lower() not in small and (w == a - 1 or is_personal(sentence, w))]
        if not named and sentence.words[a - 1].lower() in lists()["courtesies"]:
            while sentence.words[run[0]].lower() not in small:
                run.pop(0)
        office = office_of(text, sentence, run, named[-1] if named else run[-1])
        if office is not None and not office.weak:
            yield office
            return
        if office is not None:
            yield office
        a = run[0]
        if a == 0 or sentence.words[a - 1] != ",":
            return
    own = set(subtree(sentence, top))
    above = sentence.heads[top]
    if 0 <= above < a - 1 and sentence.words[a - 1] == "," and is_body(sentence.lemmas[above]) and sentence.heads[above] >= 0:
        above = sentence.heads[above]  # "the head of the burns unit, Ana Bel,"
    hung = base(sentence.relations[top]) in ("appos", "flat", "compound", "nmod", "dep") and not children(sentence, top, "case")
    if hung and 0 <= above < a and _can_title(sentence, above, far=True):
        phrase = [w for w in noun_phrase(sentence, above) if w < a and w not in own]
        office = office_of(text, sentence, phrase, above) if above in phrase else None
        if office is not None:
            yield office
            return
    # two subjects side by side: the parser cut "Prime Minister of Kesh Ana Bel" in two
    beside = [w for w in subjects(sentence, above) if w < a and w != top] if above >= 0 and base(sentence.relations[top]) == "nsubj" else []
    for other in beside:
        phrase = [w for w in subtree(sentence, other) if w < a]
        if phrase[-1] == a - 1 and _can_title(sentence, other, far=True):
            office = office_of(text, sentence, phrase, other)
            if office is not None:
                yield office
                return
    heads = [w for w in children(sentence, top, "nmod", "compound", "appos", "flat", "dep") if w < a and _can_title(sentence, w)]
    below = {w for head in heads for w in subtree(sentence, head) if w < a}
    run = []
    for w in range(a - 1, max(-1, a - 1 - _FARTHEST), -1):
        if w not in below:
            break
        run.insert(0, w)
    full = [w for w in heads if w in run]
    if full:
        office = office_of(text, sentence, run, _head_of_title(sentence, run, full))
        if office is not None:
            yield office


def _run(sentence: Sentence, a: int) -> list[int]:
    """The words of a title that stands right before a name, back to what cannot belong to it."""
    if a == 0 or not _can_title(sentence, a - 1):
        return []
    run = [a - 1]
    for w in range(a - 2, max(-1, a - 2 - _FARTHEST), -1):
        person = sentence.entities[w].endswith("PERSON") and sentence.words[w].lower() not in lists()["fields"]
        mark = sentence.words[w] in ("'s", "’s", "-", "‑", "’", "'", "&") or (
            sentence.words[w] in ("and", "of") and sentence.entities[w].startswith("I-")
        )
        mark = mark or (sentence.words[w] == "and" and w > 0 and is_personal(sentence, w - 1) and sentence.entities[w - 1] == "O")
        named = sentence.entities[w].endswith("ORG") or (sentence.words[w].isupper() and len(sentence.words[w]) > 1)
        fits = sentence.universal[w] in ("NOUN", "PROPN", "ADJ", "X", "NUM") and sentence.fine[w] != "NNS"
        if not (mark or fits or named):
            break
        town = (
            sentence.relations[w] == "compound"
            and not sentence.entities[w - 1].endswith("PERSON")
            and not sentence.entities[w + 1].startswith("I-")
        )
        whose = person and sentence.relations[w] == "compound" and sentence.lemmas[w + 1] in lists()["of_people"]
        if whose and not sentence.entities[w - 1 if w else w + 1].endswith("PERSON"):
            return [w, *run]  # "Orr spokesman Ana Bel"
        if person and town and sentence.words[w + 1][0].isupper():  # "Sarn Mayor Ana Bel": a town taken for a person
            return [w, *run]
        if person and not (
            sentence.words[w + 1] in ("'s", "’s") or is_body(sentence.lemmas[w + 1]) or sentence.entities[w + 1].startswith("I-")
        ):
            break
        run.insert(0, w)
    while run and sentence.words[run[0]] in ("'s", "’s", "-", "‑", "’", "'", "&", "and", "of"):
        run.pop(0)
    return run


def _head_of_title(sentence: Sentence, run: Sequence[int], full: Sequence[int]) -> int:
    """The noun of a title: before an "of" the one in front of it, else the last."""
    head = full[-1]
    of = next((w for w in run if sentence.words[w].lower() in ("of", "for", "at", "to") and sentence.universal[w] == "ADP"), None)
    if of is None or of > head:
        return head
    up = sentence.heads[sentence.heads[of]] if sentence.heads[of] >= 0 else -1
    return up if up in run and up < of else head


def _can_title(sentence: Sentence, word: int, far: bool = False) -> bool:
    """Whether a noun before a name is what its bearer is; farther off it must be a noun for a person."""
    if sentence.universal[word] not in ("NOUN", "PROPN", "ADJ", "X"):
        return False
    alone = sentence.words[word].lower() in nouns().titles and sentence.universal[word] == "PROPN"
    if (sentence.entities[word].endswith(("PERSON", "LOC")) and not alone) or sentence.fine[word] in ("NNS", "NNPS"):
        return False
    low = sentence.words[word].lower()
    if low in lists()["courtesies"] or low in lists()["ranks"] or is_personal(sentence, word):
        return True
    if sentence.universal[word] == "ADJ" or is_body(sentence.lemmas[word]) or sentence.entities[word] != "O":
        return False
    return not far and sentence.relations[word] == "nmod:desc"


def _shared(text: str, sentence: Sentence, a: int, top: int) -> Iterator[Office]:
    """What several are together: "members of the Senate Ana Bel and Jon Orr", "Senators Ana Bel and Jon Orr"."""
    first = sentence.heads[top] if sentence.relations[top] == "conj" else top
    above = sentence.heads[first] if first >= 0 else -1
    hung = first >= 0 and base(sentence.relations[first]) in ("nmod", "appos", "flat", "compound", "dep")
    aside = first > 0 and sentence.words[first - 1] == ","  # "lawyers for the accused, Ana Bel"
    plural = 0 <= above < min(a, first) and sentence.fine[above] in ("NNS", "NNPS")
    if not hung or aside or not plural or children(sentence, first, "case"):
        return
    one = sentence.lemmas[above]
    if one not in lists()["people"] and one not in nouns().person and one not in nouns().titles:
        return
    office = office_of(text, sentence, [w for w in noun_phrase(sentence, above) if w < first], above)
    if office is not None and office.role is not None:
        several = sentence.words[above]  # one of them, in the text's own letters: "Members" → "Member"
        alone = several[: len(one)] if several.lower().startswith(one) else several
        yield replace(office, role=office.role.replace(several, alone))


# ---------------------------------------------------------------- behind the name


def _bracketed(text: str, sentence: Sentence, b: int) -> Iterator[Office]:
    """A body in brackets right behind a name: "Ana Bel (Dawn Party)"."""
    if b + 2 >= len(sentence) or sentence.words[b] not in ("(", "["):
        return
    close = next((w for w in range(b + 1, min(len(sentence), b + 9)) if sentence.words[w] in (")", "]")), None)
    if close is None:
        return
    for a, z, kind in entity_spans(sentence):
        if a == b + 1 and z == close and kind == "ORG":
            start, end = sentence.starts[a], sentence.ends[z - 1]
            yield Office(None, text[start:end], None, (start, end))


def _beside(text: str, sentence: Sentence, a: int, b: int, top: int) -> Iterator[Office]:
    """Appositions behind a name: ", commander of the Third Army Corps,"; of a title that the name hangs on, too."""
    found = [w for w in children(sentence, top, "appos", "nmod:desc", "flat:desc") if w >= b]
    above = sentence.heads[top]
    if above >= 0 and above < a and sentence.relations[top] == "appos":
        found += [w for w in children(sentence, above, "appos") if w >= b and w != top]
    found += [w for f in found for w in children(sentence, f, "appos") if w >= b]
    for w in dict.fromkeys(found):
        office = _apposed(text, sentence, w)
        if office is not None:
            yield office


def _apposed(text: str, sentence: Sentence, word: int) -> Office | None:
    low = sentence.lemmas[word]
    if sentence.universal[word] not in ("NOUN", "PROPN", "ADJ", "X") or sentence.fine[word] in ("NNS", "NNPS", "CD"):
        return None
    if sentence.entities[word].endswith(("PERSON", "LOC")) or low in cues().times or low in words("speakers")["documents"]:
        return None
    phrase = [w for w in noun_phrase(sentence, word) if w >= word or sentence.words[w] != ","]
    if not is_personal(sentence, word):
        if sentence.entities[word].endswith("ORG") and sentence.universal[word] == "PROPN":
            first, last = _entity_at(sentence, word)
            start, end = sentence.starts[first], sentence.ends[last - 1]
            name = text[start:end]
            told = country_in(name)
            return Office(None, name, told[1] if told else None, (start, end))
        return None
    return office_of(text, sentence, phrase, word)


def _entity_at(sentence: Sentence, word: int) -> tuple[int, int]:
    return next(((a, b) for a, b, _ in entity_spans(sentence) if a <= word < b), (word, word + 1))


def _of_whom(text: str, sentence: Sentence, b: int, top: int, titled: bool) -> Iterator[Office]:
    """ "Ana Bel of the Dawn Party"; behind a title also "of Maryland"."""
    for w in children(sentence, top, "nmod", "obl"):
        cases = children(sentence, w, "case")
        if w < b or not cases or sentence.words[cases[0]].lower() not in _BELONGING or cases[0] > b + 1:
            continue
        phrase = [x for x in noun_phrase(sentence, w) if x > cases[0]]
        if not phrase:
            continue
        start, end = sentence.starts[phrase[0]], sentence.ends[phrase[-1]]
        name = unbracketed(" ".join(text[start:end].split()))
        if "," in name:
            continue
        kind = sentence.entities[w][2:]
        country = country_named(name)
        if country is not None and sentence.words[cases[0]].lower() in ("of", "from"):
            yield Office(None, country[0], country[1], (start, end))
        elif kind == "ORG" or (is_body(sentence.lemmas[w]) and any(sentence.words[x][0].isupper() for x in phrase)):
            told = country_in(name)
            yield Office(None, name, told[1] if told else None, (start, end))
        elif kind == "LOC" and titled and sentence.words[cases[0]].lower() == "of":
            yield Office(None, name, None, (start, end))


# ---------------------------------------------------------------- said of the name


def _said_to_be(text: str, sentence: Sentence, top: int, b: int) -> Iterator[Office]:
    """What clauses say: "who heads the union", "is the mayor of Sarn", "was named minister", "works for Acme"."""
    for clause in children(sentence, top, "acl"):
        if clause >= b:
            yield from _clause(text, sentence, clause)
    if base(sentence.relations[top]) == "nsubj":
        yield from _clause(text, sentence, sentence.heads[top])


def _clause(text: str, sentence: Sentence, verb: int) -> Iterator[Office]:
    if any(sentence.words[c].lower() in ("not", "n't", "n’t", "never", "no") for c in children(sentence, verb, "advmod", "det")):
        return
    aux = {sentence.lemmas[c] for c in children(sentence, verb, "aux")}
    if aux & {"would", "could", "should", "may", "might", "must", "can", "will"}:
        return
    low = sentence.lemmas[verb]
    if children(sentence, verb, "cop"):
        yield from _predicate(text, sentence, verb)
        return
    objects = children(sentence, verb, "obj")
    leads = words("actors")["leads"]
    if low in leads and objects and _leadable(sentence, objects[0]):
        phrase = [w for w in noun_phrase(sentence, objects[0]) if w > verb]
        if phrase:
            start, end = sentence.starts[phrase[0]], sentence.ends[phrase[-1]]
            name = " ".join(text[start:end].split())
            country = country_named(name) or country_in(name)
            yield Office(leads[low], name, country[1] if country else None, (start, end))
    if low in _BECOMES or low in _NAMED:
        passive = bool(children(sentence, verb, "aux:pass", "nsubj:pass"))
        nearby = children(sentence, verb, "xcomp", *(() if low in _NAMED and not passive else ("obj",)))
        if low in _BECOMES or passive or sentence.relations[verb] == "acl":
            for w in nearby:
                yield from _predicate(text, sentence, w)
    for w in children(sentence, verb, "obl"):
        cases = children(sentence, w, "case")
        if not cases or w < verb:
            continue
        join = sentence.words[cases[0]].lower()
        if join == "as" and (low in _WORKS or low in _NAMED or low in ("elect", "hire", "reelect")):
            yield from _predicate(text, sentence, w)
        elif low == "work" and join in ("for", "at", "with") and (sentence.entities[w].endswith("ORG") or is_body(sentence.lemmas[w])):
            phrase = [x for x in noun_phrase(sentence, w) if x > cases[0]]
            if phrase:
                start, end = sentence.starts[phrase[0]], sentence.ends[phrase[-1]]
                name = " ".join(text[start:end].split())
                told = country_in(name)
                yield Office(None, name, told[1] if told else None, (start, end))


def _leadable(sentence: Sentence, word: int) -> bool:
    return sentence.entities[word].endswith("ORG") or is_body(sentence.lemmas[word])


def _predicate(text: str, sentence: Sentence, word: int) -> Iterator[Office]:
    if sentence.universal[word] not in ("NOUN", "PROPN") or not is_personal(sentence, word) or sentence.fine[word] in ("NNS", "NNPS"):
        return
    below = set(children(sentence, word, "case", "cop", "aux", "mark", "advmod", "punct"))
    phrase = [w for w in noun_phrase(sentence, word) if w not in below]
    if word in phrase:
        office = office_of(text, sentence, phrase, word)
        if office is not None:
            yield office


def described_office(text: str, sentence: Sentence, span: tuple[int, int]) -> Office | None:
    """The role that an unnamed speaker's own words tell: "a spokesman for the Dawn Party"."""
    inside = [w for w in range(len(sentence)) if span[0] <= sentence.starts[w] and sentence.ends[w] <= span[1]]
    if not inside:
        return None
    head = next((w for w in inside if sentence.heads[w] not in inside and sentence.universal[w] != "PUNCT"), inside[0])
    if sentence.universal[head] not in ("NOUN", "PROPN") or sentence.fine[head] in ("NNS", "NNPS") or not is_personal(sentence, head):
        return None
    return office_of(text, sentence, [w for w in noun_phrase(sentence, head) if w in inside], head)
