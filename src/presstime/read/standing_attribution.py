"""A sentence without a statement → whether it still names whose words it tells; and whether it says whose the last were.

In comes a sentence, and the word of an event in it; out goes yes or no. Looked for are "according to", "per the ministry",
"in the ministry's account", "as the ministry put it", "or so it claims", and a name before a colon or behind a colon or a
dash, and what could not be verified. `points_back` knows a sentence that gives the one before it to somebody.

Example: "By the ministry's account, rebels shelled the port." → attributed; "So says the army." → points back.
"""

from __future__ import annotations

from itertools import pairwise

from presstime.read.standing_marks import marks_of, standing_words
from presstime.read.tree import Sentence, base, children, subjects

__all__ = ["attributed", "opens_account", "points_back"]

LONGEST_ATTRIBUTION = 6
"""Words behind a colon that are taken for who said what stands before it ("Port shelled: ministry")."""
LONGEST_SAYER = 12
"""Words before a colon that are taken for who says what stands behind it ("Ministry spokesman Bel Orr: port shelled")."""
LONGEST_BACK = 20
"""Words of a sentence that says no more than whose words the last one was."""

_OPENING = 2
"""Words of a sentence among which its "what" stands where it is what the sentence tells of."""

_DASHES = frozenset({"-", "–", "—", "--"})
_BACK = frozenset({"that", "this", "these", "those", "it", "all"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def attributed(sentence: Sentence, word: int) -> bool:
    """Whether a sentence names whose words it tells at `word`, though no statement was read in it."""
    low = [w.lower() for w in sentence.words]
    if any((a == "according" and b == "to") or (a == "or" and b == "so") for a, b in pairwise(low)) and _named(sentence, low):
        return True
    if _said_beside(sentence, low, word):
        return True
    if _with_saying(sentence, word) or _bracketed(sentence, word) or _of_a_list(sentence, word):
        return True
    return _by_account(sentence) or _as_put(sentence) or _before_colon(sentence, low, word) or _behind(sentence, low, word)


def opens_account(sentence: Sentence) -> bool:
    """Whether a sentence says that somebody's account follows: "The ministry said the following.", "The army reported
    three incidents." """
    known = standing_words()
    for verb in (w for w, head in enumerate(sentence.heads) if head < 0):
        if not any(sentence.lemmas[verb] in known[kind] for kind in ("verb.reporting", "verb.gives", "noun.telling")):
            continue
        if not any(_is_sayer(sentence, s) for s in subjects(sentence, verb)) or marks_of(sentence, verb) & known["own.negations"]:
            continue
        for told in children(sentence, verb, "obj"):
            counted = bool(children(sentence, told, "nummod")) or any(
                sentence.lemmas[c] in known["noun.several"] for c in children(sentence, told, "amod", "det")
            )
            bare = not children(sentence, told, "acl", "nmod", "acl:relcl")
            if sentence.words[told].lower() == "following" or (counted and bare and sentence.lemmas[told] in known["noun.told"]):
                return True
    return False


def _with_saying(sentence: Sentence, word: int) -> bool:
    """Whether somebody's saying is hung on a clause: "…, with the ministry saying the attack began at dawn"."""
    known = standing_words()
    for w in range(word + 1, len(sentence)):
        if sentence.fine[w] == "VBG" and sentence.lemmas[w] in known["verb.reporting"] and sentence.relations[w] != "acl:relcl":
            before = {sentence.words[c].lower() for c in children(sentence, w, "mark", "case")}
            if "with" in before and any(_is_sayer(sentence, s) for s in subjects(sentence, w)):
                return True
    return False


def _bracketed(sentence: Sentence, word: int) -> bool:
    """Whether who says it stands in brackets at the end: "Rebels shelled Kadra (army)"."""
    end = len(sentence)
    while end and sentence.words[end - 1] in (".", "!"):
        end -= 1
    if not end or sentence.words[end - 1] != ")" or "(" not in sentence.words:
        return False
    first = max(w for w in range(end) if sentence.words[w] == "(")
    behind = range(first + 1, end - 1)
    if word >= first or not 0 < len(behind) <= LONGEST_ATTRIBUTION:
        return False
    return not any(sentence.universal[w] in ("VERB", "AUX", "NUM") for w in behind) and _is_sayer(sentence, behind[-1], named=True)


def _of_a_list(sentence: Sentence, word: int) -> bool:
    """Whether an event stands in a list that somebody gives: "published a list of villages shelled by rebels"."""
    known = standing_words()
    at = word
    while sentence.heads[at] >= 0:
        at, below = sentence.heads[at], at
        if sentence.lemmas[at] in known["noun.lists"] and base(sentence.relations[below]) in ("nmod", "acl"):
            return True
    return False


def _named(sentence: Sentence, low: list[str]) -> bool:
    """Whether "or so" is followed by a saying; "according to" needs no more."""
    if any(a == "according" and b == "to" for a, b in pairwise(low)):
        return True
    behind = range(low.index("so"), min(len(low), low.index("so") + LONGEST_ATTRIBUTION + 1))
    return any(sentence.lemmas[w] in standing_words()["verb.reporting"] for w in behind)


def _by_account(sentence: Sentence) -> bool:
    """ "By the ministry's account", "in the words of the mayor", "per the ministry"."""
    known = standing_words()
    for w, tag in enumerate(sentence.universal):
        told = sentence.words[w].lower() in known["noun.accounts"] and bool(children(sentence, w, "nmod:poss"))
        if not told and (tag not in ("NOUN", "PROPN") or base(sentence.relations[w]) not in ("obl", "nmod")):
            continue
        cases = {sentence.words[c].lower() for c in children(sentence, w, "case", "mark")}
        if "per" in cases and (tag == "PROPN" or children(sentence, w, "det", "nmod:poss")):
            return True
        if (told or sentence.lemmas[w] in known["noun.accounts"]) and cases & known["own.of_accounts"]:
            of = (n for n in children(sentence, w, "nmod") if any(sentence.words[c].lower() == "of" for c in children(sentence, n, "case")))
            if children(sentence, w, "nmod:poss") or any(True for _ in of):
                return True
    return False


def _as_put(sentence: Sentence) -> bool:
    """ "As the ministry put it", "if the ministry is to be believed"."""
    known = standing_words()
    for w, tag in enumerate(sentence.universal):
        if tag not in ("VERB", "ADJ") or base(sentence.relations[w]) != "advcl":
            continue
        marks = marks_of(sentence, w)
        if "if" in marks and sentence.lemmas[w] in known["verb.borne_out"] and _of_sayings(sentence, w):
            return True
        put = sentence.lemmas[w] in known["verb.put"] and any(sentence.words[c].lower() == "it" for c in children(sentence, w, "obj"))
        if "as" in marks and subjects(sentence, w) and put:
            return True
    return False


def _of_sayings(sentence: Sentence, word: int) -> bool:
    """Whether what is borne out is a saying or whoever says it: "if reports are correct"."""
    known = standing_words()
    names = known["noun.sayers"] | known["noun.hearsay_under"] | known["noun.accounts"]
    return any(sentence.lemmas[w] in names or sentence.entities[w] != "O" for w in subjects(sentence, word))


def _said_beside(sentence: Sentence, low: list[str], word: int) -> bool:
    """ "…; the army said so", "that is what the army says", "what it calls an attack", "which could not be verified"."""
    known = standing_words()
    for w, lemma in enumerate(sentence.lemmas):
        if lemma in known["verb.verifies"] and marks_of(sentence, w) & known["own.negations"]:
            return True
        so = lemma in known["verb.reporting"] and low[w + 1 : w + 2] == ["so"] and bool(subjects(sentence, w))
        called = lemma in known["verb.calls"] and bool(subjects(sentence, w)) and "what" in low[max(0, w - LONGEST_ATTRIBUTION) : w]
        if so or (called and w < word and "what" in low[:_OPENING]):  # "what the army calls an attack killed two"
            return True
        back = low[w] == "that" and sentence.lemmas[w + 1 : w + 2] == ("be",) and low[w + 2 : w + 3] == ["what"]
        if back and not known["verb.reporting"].isdisjoint(sentence.lemmas[w + 3 : w + 3 + LONGEST_ATTRIBUTION]):
            return True
    return False


def _is_sayer(sentence: Sentence, word: int, *, named: bool = False) -> bool:
    """Whether a word names somebody who says things: an office, an agency, a person, an organisation.

    `named`: a name counts only where it is that of such an office.
    """
    if named:
        return sentence.lemmas[word] in standing_words()["noun.sayers"] or sentence.words[word].lower() in standing_words()["noun.sayers"]
    if sentence.universal[word] not in ("NOUN", "PROPN"):
        return False
    return sentence.lemmas[word] in standing_words()["noun.sayers"] or sentence.entities[word][2:] in ("PERSON", "PER", "ORG")


def _before_colon(sentence: Sentence, low: list[str], word: int) -> bool:
    """Whether all that stands before the first colon is who says what follows, or that it is unconfirmed."""
    if ":" not in low:
        return False
    at = low.index(":")
    if not 0 < at <= LONGEST_SAYER or word < at:
        return False
    telling = standing_words()["noun.telling"] | standing_words()["verb.reporting"]  # "the ministry listed three incidents: …"
    if any(sentence.fine[w] in _FINITE for w in range(at)) and telling.isdisjoint(sentence.lemmas[:at]):
        return False
    if at == 1 and low[0] in standing_words()["noun.hearsay"]:
        return True
    return any(_is_sayer(sentence, w) for w in range(at))


def _behind(sentence: Sentence, low: list[str], word: int) -> bool:
    """Whether a few words behind the last colon or dash name who says what stands before it."""
    marks = [w for w, form in enumerate(low) if form == ":" or (form in _DASHES and _stands_free(sentence, w))]
    if not marks or word >= marks[-1]:
        return False
    at = marks[-1]
    behind = [w for w in range(at + 1, len(low)) if sentence.universal[w] != "PUNCT"]
    if not 0 < len(behind) <= LONGEST_ATTRIBUTION or any(sentence.universal[w] in ("VERB", "AUX") for w in behind):
        return False
    if low[at] == ":":
        return any(sentence.universal[w] in ("NOUN", "PROPN") for w in behind)
    return _is_sayer(sentence, behind[-1])


def _stands_free(sentence: Sentence, word: int) -> bool:
    """Whether a dash has white space on both sides."""
    if not 0 < word < len(sentence) - 1:
        return False
    return sentence.ends[word - 1] < sentence.starts[word] and sentence.ends[word] < sentence.starts[word + 1]


def points_back(sentence: Sentence) -> bool:
    """Whether a sentence only says whose words the one before it told: "That is according to the army." """
    known = standing_words()
    words = [w for w in range(len(sentence)) if sentence.universal[w] != "PUNCT"]
    if not 2 <= len(words) <= LONGEST_BACK:
        return False
    first, second = words[0], words[1]
    low = [w.lower() for w in sentence.words]
    verbs = [w for w in words if sentence.universal[w] == "VERB" and sentence.lemmas[w] not in ("accord", "come", "be")]
    by = any(a == "according" and b == "to" for a, b in pairwise(low))
    if by and not [w for w in verbs if low[w] != "according"] and low[first] in {*_BACK, "according"}:
        return True
    saying = known["verb.reporting"]
    if low[first] == "so":
        return sentence.lemmas[second] in saying
    if low[first] in _BACK and sentence.lemmas[second] == "be" and len(words) > 2 and low[words[2]] in ("what", "how"):
        return any(sentence.lemmas[w] in saying for w in verbs)
    doubted = (w for w in verbs if sentence.lemmas[w] in known["verb.verifies"] and marks_of(sentence, w) & known["own.negations"])
    if any(_takes_up(sentence, s) for w in doubted for s in subjects(sentence, w)):
        return True  # "The report could not be independently verified."
    return any(_gives(sentence, w) for w in verbs if sentence.lemmas[w] in saying | known["verb.gives"])


def _gives(sentence: Sentence, verb: int) -> bool:
    """Whether a main verb of saying is said of what was told: "the incident was reported by the army", "the army
    reported this"."""
    if sentence.heads[verb] >= 0 or marks_of(sentence, verb) & standing_words()["own.negations"]:
        return False
    passive = [w for w in subjects(sentence, verb) if sentence.relations[w].endswith(":pass")]
    cases = {sentence.words[c].lower() for w in children(sentence, verb, "obl") for c in children(sentence, w, "case")}
    told = passive if passive and cases & {"by", "from"} else [] if passive else children(sentence, verb, "obj")
    return any(_takes_up(sentence, w) for w in told)


def _takes_up(sentence: Sentence, word: int) -> bool:
    low = sentence.words[word].lower()
    if low in ("this", "that", "it"):
        return True
    bare = not children(sentence, word, "nmod", "acl", "amod", "compound")
    definite = any(sentence.words[c].lower() in _DEFINITE for c in children(sentence, word, "det"))
    return bare and definite and sentence.lemmas[word] in standing_words()["noun.told"]
