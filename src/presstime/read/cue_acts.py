"""What a cue makes of its statement's act, where the cue's own words tell more than its verb.

In: a cue's group, its sentence and word, and the words of the content. Out: the group that holds, and whether that settles
the act. "Did not deny" is no denial, "asked whether" no appeal, "called the raid a crime" a condemnation, "told them to
leave" a demand, "declined to say" no comment.

Example: "Bel did not dispute the figure." → confirmation; "Bel asked what he had seen." → claim.
"""

from __future__ import annotations

import re
from functools import cache

from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, children, subjects, subtree
from presstime.records import Act

__all__ = ["by_cue", "has", "is_nationality", "is_silent", "judged"]

_WONDERS = ("what", "which", "who", "whom", "whose", "how", "why", "when", "where", "whether", "if", "about")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("acts")[name])


@cache
def _cues() -> dict[str, Act]:
    return {word: act for act, listed in words("acts")["cues"].items() for word in listed}


def is_silent(sentence: Sentence, verb: int) -> bool:
    """Whether a cue says that somebody expected to speak did not: "declined to say", "has yet to answer", "gave no details"."""
    lemma = sentence.lemmas[verb]
    below = [x for x in children(sentence, verb, "xcomp") if sentence.lemmas[x] in _listed("speaks")]
    if lemma in ("decline", "refuse", "have", "stop") and below and (lemma != "have" or _beside(sentence, verb, "yet")):
        return True
    head = sentence.heads[verb]
    if lemma in _listed("speaks") and head >= 0 and sentence.relations[verb] == "xcomp":
        unwilling = sentence.lemmas[head] in ("decline", "refuse")
        if unwilling or (sentence.lemmas[head] == "have" and _beside(sentence, head, "yet")):
            return True
    objects = children(sentence, verb, "obj")
    if sentence.universal[verb] == "NOUN":  # "made no statement", "could not be reached for comment"
        given = head >= 0 and sentence.lemmas[head] in _GIVES and _beside_det(sentence, verb) and lemma in _listed("no_words")
        reached = any(sentence.lemmas[w] in _UNREACHED for w in _above(sentence, verb))
        return given or (lemma == "comment" and reached)
    for o in objects:
        none = sentence.lemmas[o] == "nothing" or _beside_det(sentence, o)
        if none and sentence.lemmas[o] in _listed("no_words") and lemma in _GIVES:
            return not children(sentence, o, "acl", "ccomp")
    without = any(sentence.lemmas[m] == "without" for m in children(sentence, verb, "mark"))
    if not without and not _beside(sentence, verb, "not", "never", "n't", "n’t"):
        return False
    clauses = children(sentence, verb, "ccomp", "xcomp", "advcl", "obl")
    asked = any(_wonders(sentence, c) for c in clauses)
    if lemma == "return":
        return any(sentence.lemmas[o] in _listed("no_words") for o in objects)
    if lemma in ("say", "tell"):
        return asked
    return lemma in _listed("unsaid") and (asked or not children(sentence, verb, "ccomp"))


_GIVES = ("give", "make", "have", "say", "offer", "provide", "add", "issue", "take", "publish", "release")
_UNREACHED = ("reach", "unavailable", "available", "decline", "refrain")


def by_cue(group: Act, kind: str, sentence: Sentence, verb: int, low: str) -> tuple[Act, bool]:
    """The cue's act, and whether nothing in the content changes it. `low` is the content in lower case."""
    lemma = sentence.lemmas[verb]
    behind = sentence.lemmas[verb + 1] if verb + 1 < len(sentence) else ""
    if lemma in _listed("asks"):
        return _asked(group, kind, sentence, verb, low)
    if lemma in _listed("names_it") and behind not in ("on", "upon", "for", "to") and not _sets(sentence, verb):
        said = kind == "said" and lemma in ("declare", "name")
        if not said:
            passive = any(sentence.relations[s].endswith(":pass") for s in subjects(sentence, verb))
            rest = " ".join(sentence.words[verb + 1 :]).lower() if passive else ""  # "was described as false by the ministry"
            return judged(low) or judged(rest) or ("denial" if _of_assertion(sentence, verb) else "claim"), True
    if low.strip("“”\"'’.,") == "no" and kind == "narrated" and lemma in ("say", "tell"):
        return "refusal", True
    if kind == "narrated" and (answer := _answering(sentence, verb, low)):
        return answer, True
    if lemma == "remind" and re.match(r"(?:not )?to \w", low):
        return "appeal", True
    if lemma in _listed("orders") and re.match(r"(?:not )?to \w", low) and kind != "quoted":
        return "demand", True
    if group == "accusation" and lemma == "blame" and kind == "narrated" and not _blames(sentence, verb):
        return "claim", True
    if lemma == "insist" and kind == "said":
        for clause in children(sentence, verb, "ccomp")[:1]:
            forms = {sentence.fine[w] for w in (clause, *children(sentence, clause, "aux", "cop"))}
            if "VB" in forms and not forms & {"MD", "TO", "VBD", "VBZ", "VBP"}:
                return "demand", True  # "insisted that it be taken out"
    if lemma == "rule" and behind == "out" and kind == "said":
        return ("refusal" if re.search(_FUTURE, low) else "denial"), True  # "ruled out that its men had fired"
    if lemma == "withdraw" or (lemma == "walk" and behind == "back"):
        told = {sentence.lemmas[o] for o in children(sentence, verb, "obj")}
        return (
            ("retraction", True)
            if lemma == "walk" or told & (_listed("assertions") | {"remark", "word", "article", "it", "figure", "assurance"})
            else (group, False)
        )
    if kind == "quoted" and lemma in _listed("only_say"):
        return "claim", False
    if negated(sentence, verb) and sentence.universal[verb] == "VERB" and kind in ("said", "narrated") and group != "claim":
        return ("confirmation" if group == "denial" else "claim"), True
    if lemma in ("offer", "volunteer", "propose") and kind != "quoted" and children(sentence, verb, "ccomp"):
        return "claim", False  # "volunteered that it had failed"
    named = _cues().get(f"{lemma} {behind}") or _cues().get(lemma)
    if group == "claim" and named and not (named == "promise" and not re.search(_FUTURE, low)):
        return named, kind != "said"
    if group == "promise" and kind == "said" and not re.search(_FUTURE, low):
        return "claim", False  # "swore that he had been there"
    return group, False


def _answering(sentence: Sentence, verb: int, low: str) -> Act | None:
    """Set phrases of those who are accused or contradicted: "pleaded not guilty", "maintains her innocence", "says otherwise"."""
    lemma = sentence.lemmas[verb]
    if lemma == "plead" and "guilty" in low:
        return "denial" if low.startswith("not ") else "confirmation"
    if lemma in ("say", "beg", "tell", "claim", "insist", "suggest") and low in ("otherwise", "to differ"):
        return "denial"
    objects = children(sentence, verb, "obj", "obl")
    if lemma in _listed("upholds") and any(sentence.lemmas[o] == "innocence" for o in objects):
        return "denial"
    told = [o for o in objects if sentence.lemmas[o] in ("account", "story", "version", "tale", "picture")]
    if lemma in ("give", "tell", "offer", "present") and any(
        sentence.lemmas[m] == "different" for o in told for m in children(sentence, o, "amod")
    ):
        return "denial"
    return "claim" if lemma == "hit" and sentence.lemmas[min(verb + 1, len(sentence) - 1)] == "back" else None


_FUTURE = r"(?<!\w)(?:will|would|shall|to|won|wouldn)(?!\w)|['’](?:ll|d)(?!\w)"
"""What a promise's words have: a future, or what to do."""


@cache
def _pattern(act: str) -> re.Pattern[str]:
    listed = sorted(words("acts")[act], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) for p in listed) + r")(?!\w)")


def has(act: str, low: str) -> bool:
    """Whether lower-case words hold one of an act's phrases."""
    return act in words("acts") and _pattern(act).search(low) is not None


_JUDGED: tuple[tuple[Act, str], ...] = (("denial", "denies"), ("condemnation", "judges"), ("support", "praises"))


def judged(low: str) -> Act | None:
    """What a thing is called, as an act: untrue, wrong or good."""
    return next((act for act, listed in _JUDGED if has(listed, low)), None)


def is_nationality(sentence: Sentence, word: int) -> bool:
    """Whether an adjective is somebody's nationality: it has a capital where it opens neither a sentence nor a quotation."""
    if sentence.universal[word] != "ADJ" or not sentence.words[word][:1].isupper():
        return False
    return sentence.entities[word] != "O" or (word > 0 and any(c.isalnum() for c in sentence.words[word - 1]))


def negated(sentence: Sentence, verb: int) -> bool:
    """Whether a cue is denied: "did not", "never", "nobody"."""
    if _beside(sentence, verb, "not", "never", "n't", "n’t"):
        return True
    doers = subjects(sentence, verb)
    return any(sentence.lemmas[w] in ("neither", "nobody", "none") or _beside_det(sentence, w) for w in doers)


def _beside_det(sentence: Sentence, word: int) -> bool:
    return any(sentence.lemmas[d] in ("no", "neither") for d in children(sentence, word, "det"))


def _beside(sentence: Sentence, verb: int, *forms: str) -> bool:
    return any(sentence.lemmas[w] in forms or sentence.words[w].lower() in forms for w in children(sentence, verb, "advmod"))


def _above(sentence: Sentence, word: int) -> list[int]:
    found: list[int] = []
    while sentence.heads[word] >= 0 and len(found) < 4:
        word = sentence.heads[word]
        found.append(word)
    return found


def _wonders(sentence: Sentence, clause: int) -> bool:
    """Whether a clause is an indirect question."""
    first = min(subtree(sentence, clause))
    return sentence.words[first].lower() in _WONDERS


def _asked(group: Act, kind: str, sentence: Sentence, verb: int, low: str) -> tuple[Act, bool]:
    """A question is a claim; what is asked for, or asked to be done, is an appeal."""
    behind = {sentence.lemmas[c] for o in children(sentence, verb, "obl") for c in children(sentence, o, "case")}
    question = low.rstrip("”\"’' ").endswith("?") or low.lstrip("“\"‘' ").startswith(_WONDERS)
    if question or sentence.lemmas[verb] != "ask":
        return "claim", True
    bid = [x for x in children(sentence, verb, "xcomp", "ccomp", "advcl") if not _wonders(sentence, x)]
    to_do = any(sentence.lemmas[m] == "to" for x in bid for m in children(sentence, x, "mark"))
    wish = any(sentence.fine[x] == "VB" for x in bid)
    if "for" in behind or to_do or wish or (kind != "quoted" and re.search(r"(?<!\w)to \w", low)) or kind == "said":
        return ("appeal", True) if kind != "quoted" else (group, False)
    return "claim", kind != "quoted"


def _of_assertion(sentence: Sentence, verb: int) -> bool:
    """Whether what is called something is another's claim: "called the allegation grotesque" says that it is not so."""
    below = children(sentence, verb, "obj", "nsubj:pass")
    below += [x for o in children(sentence, verb, "xcomp", "ccomp") for x in subjects(sentence, o)]
    return any(sentence.lemmas[o] in _listed("assertions") - {"report", "statement", "story"} for o in below)


def _sets(sentence: Sentence, verb: int) -> bool:
    """Whether "called" is followed by what was called for: "called in a statement for …"."""
    cases = {sentence.lemmas[c] for o in children(sentence, verb, "obl", "nmod") for c in children(sentence, o, "case")}
    return sentence.lemmas[verb] == "call" and bool(cases & {"on", "upon", "for"})


def _blames(sentence: Sentence, verb: int) -> bool:
    """Whether somebody is blamed, not a thing: "blamed the army", not "blamed the rain"."""
    table = nouns()
    on = [o for o in children(sentence, verb, "obl") if any(sentence.lemmas[c] == "on" for c in children(sentence, o, "case"))]
    passive = [s for s in subjects(sentence, verb) if sentence.relations[s] == "nsubj:pass"]
    for word in on or children(sentence, verb, "obj") or passive:
        near = {word, *children(sentence, word, "compound", "flat", "nmod:poss")}
        if any(sentence.entities[w] != "O" or sentence.universal[w] in ("PROPN", "PRON") for w in near):
            return True
        national = any(is_nationality(sentence, c) for c in children(sentence, word, "amod"))
        if national or {sentence.lemmas[word], sentence.words[word].lower()} & (table.body | table.group | table.person):
            return True
    return False
