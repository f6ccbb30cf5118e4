"""Text in capitals, or in small letters, throughout → the same text, letter for letter, in its likeliest case.

In: a text and its blocks. Out: a text of the same length, in which every block that is nearly all in capitals (every
block of a text without a capital) is written as print would write it; all other blocks stay as they are. Each word is
small, capitalised or in capitals by a linear model over the word, its ending, its neighbours, the gazetteer and the
given names (a perceptron, trained by model/casing.py on the open corpora); what starts a sentence is capitalised by rule.

Example: "LIMA, 9 JAN 90 -- THE ELN FREED MAYOR ANA BEL." → "Lima, 9 Jan 90 -- The ELN freed Mayor Ana Bel."
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from presstime.gazetteer import Gazetteer, open_gazetteer
from presstime.read.lexicon import words

__all__ = ["CAPITAL", "SMALL", "UPPER", "Seen", "Token", "Weights", "cased", "decide", "features", "look", "tokens", "truecased"]

SMALL, CAPITAL, UPPER = 0, 1, 2
"""The three ways to write a word."""
MOSTLY = 0.8
"""A block with this share of capitals among its letters is in capitals; a few small letters may stand in it."""
PLAINLY_SMALL = 0.1
"""With this share of the commonest small letters among its characters it cannot be: no letter needs to be looked at."""
FEWEST_LETTERS, FEWEST_WORDS = 25, 4
"""A shorter block in capitals is a name, a dateline or a speaker's turn, which are written so in any text."""
TOWN, BIG_TOWN = 5_000, 100_000
"""Inhabitants: of smaller places too many bear common words as names, while a big town's name is known by it."""
SHORTEST_STEM = 3
"""Letters that must be left of a word when an ending is taken off."""
SHORT_ACRONYM = 6
"""An acronym that is not known has no more letters than this."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_CLITICS = frozenset(("s", "t", "re", "ve", "ll", "d", "m"))
_APOSTROPHES = ("'", "’", "´", "`")
_STOP = re.compile(r"[.!?…][\"”’')\]]*\s+[\"“‘'(\[]*$")
_VOWEL = re.compile(r"[aeiouy]")
_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*|#\w+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDINGS = ("ing", "ers", "ed", "er", "es", "ly", "s", "d", "r")
_SCOTTISH = re.compile(r"mc[a-z]{3,}$")

Weights = Mapping[str, tuple[int, int]]
"""A feature's weight for a capital, and for capitals throughout, over small letters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters: its offsets, its small form, whether it starts a sentence, and the marks before it."""

    start: int
    end: int
    low: str
    first: bool
    gap: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the lists say of a word: how the corpora write it (+ capitalised, - small, * either, 0 unknown), and the rest as one class."""

    known: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Model:
    known: Mapping[str, str]
    forms: Mapping[str, str]
    weights: Weights
    always: Mapping[str, int]


def truecased(text: str, blocks: Sequence[tuple[int, int]]) -> str:
    """The text with its blocks in capitals written in their likeliest case: as long as before, the same letters."""
    if text.islower():  # as many posts are
        wanted = list(blocks) if sum(end - start for start, end in blocks) >= FEWEST_LETTERS else []
    else:
        wanted = [(start, end) for start, end in blocks if _in_capitals(text, start, end)]
    return cased(text, wanted) if wanted else text


def _in_capitals(text: str, start: int, end: int) -> bool:
    block = text[start:end]
    if sum(map(block.count, "etaoin")) > PLAINLY_SMALL * len(block):
        return False
    letters = [letter for letter in block if letter.isalpha()]
    if len(letters) < FEWEST_LETTERS or sum(letter.isupper() for letter in letters) < MOSTLY * len(letters):
        return False
    return len(block.split()) >= FEWEST_WORDS


def cased(text: str, blocks: Sequence[tuple[int, int]]) -> str:
    """The text with these blocks in their likeliest case, whatever case they are in.

    Words that no list has are written one way all through.
    """
    model = _model()
    cut = [tokens(text, start, end) for start, end in blocks]
    chosen = [decide(run, _looks(text, run, model.known.get), model.weights) for run in cut]
    capital: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for run, labels in zip(cut, chosen, strict=True):
        for token, (_, a, b) in zip(run, labels, strict=True):
            if not token.first:
                capital[token.low] += a
                upper[token.low] += b
    pieces, at = [], 0
    for (start, end), run, labels in zip(blocks, cut, chosen, strict=True):
        pieces.append(text[at:start])
        at = start
        addresses = {i for match in _ADDRESS.finditer(text, start, end) for i in range(*match.span())}
        for token, (label, _, _) in zip(run, labels, strict=True):
            if token.low not in model.known and token.low in capital:
                label = _label(capital[token.low], upper[token.low], first=token.first)
            label = SMALL if token.start in addresses else model.always.get(token.low, label)
            pieces += [_small(text[at : token.start]), _form(text[token.start : token.end], token.low, label, model.forms)]
            at = token.end
        pieces.append(_small(text[at:end]))
        at = end
    return "".join((*pieces, text[at:]))


def _small(run: str) -> str:
    """In small letters; a letter that would be another or several letters then stays as it is."""
    return run.lower() if run.isascii() else "".join(map(_small_letter, run))


def _large(run: str) -> str:
    return run.upper() if run.isascii() else "".join(map(_large_letter, run))


def _small_letter(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 and small.casefold() == letter.casefold() else letter


def _large_letter(letter: str) -> str:
    large = letter.upper()
    return large if len(large) == 1 and large.casefold() == letter.casefold() else letter


def _form(word: str, low: str, label: int, forms: Mapping[str, str]) -> str:
    if label == SMALL:
        return _small(word)
    form = forms.get(low)
    if form is not None and len(form) == len(word):
        return form
    if label == UPPER or "." in word:
        return _large(word)
    if _SCOTTISH.match(low):
        return "Mc" + _large(word[2]) + _small(word[3:])
    return _large(word[:1]) + _small(word[1:])


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The runs of letters of text[start:end]; an apostrophe's "s" and the like are left to the word before them."""
    abbreviations = _lists()[1]
    found: list[Token] = []
    at = start
    for match in _WORD.finditer(text, start, end):
        a, b = match.span()
        low = match[0].lower()
        gap = text[at:a]
        if found and gap in _APOSTROPHES and low in _CLITICS:
            at = b
            continue
        first = not found or (_STOP.search(gap) is not None and not _abbreviated(found[-1], gap, abbreviations))
        found.append(Token(a, b, low, first, gap))
        at = b
    return found


def _abbreviated(before: Token, gap: str, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop of a gap is an initial's or an abbreviation's."""
    stop = gap.lstrip()[:1] == "." and not gap[:1].isspace()
    return stop and len(gap.split()) <= 1 and (len(before.low) == 1 or before.low + "." in abbreviations)


def _looks(text: str, run: Sequence[Token], known: Callable[[str, str], str]) -> list[Seen]:
    return look(text, run, [known(token.low, "0") for token in run], known)


def look(text: str, run: Sequence[Token], own: Sequence[str], known: Callable[[str, str], str]) -> list[Seen]:
    """What the lists say of every word of a run; `own` is how the corpora write each, `known` the same of any word."""
    given, gazetteer = _lists()[0], open_gazetteer()
    stems = ["" if status != "0" else _stem(token.low, known) for token, status in zip(run, own, strict=True)]
    places = [_place(token.low, gazetteer) for token in run]
    joined = [False] * len(run)
    for i in range(len(run) - 1):
        if own[i] != "-" and own[i + 1] != "-" and run[i + 1].gap in (" ", "-", "\n") and not run[i + 1].first:
            names = gazetteer.candidates(f"{run[i].low} {run[i + 1].low}")
            if any(c.match == "name" or c.population > TOWN for c in names):
                joined[i] = joined[i + 1] = True
    return [
        Seen(status, f"{status}{stem}{place}{'n' if token.low in given else ''}{'j' if join else ''}")
        for token, status, stem, place, join in zip(run, own, stems, places, joined, strict=True)
    ]


def _stem(word: str, known: Callable[[str, str], str]) -> str:
    """How the corpora write a word without one of the common endings: "s" for small, "k" for capitalised."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            stem = word[: -len(ending)]
            for form in (stem, stem + "e", stem[:-1] + "y", stem[:-1] if stem[-1] == stem[-2] else stem):
                status = known(form, "0")
                if status != "0":
                    return "s" if status == "-" else "k"
    return ""


def _place(word: str, gazetteer: Gazetteer) -> str:
    """What a word is to the gazetteer, as one letter."""
    if len(word) < SHORTEST_STEM:
        return ""
    found = gazetteer.candidates(word)
    if any(c.kind == "country" or c.capital_of for c in found):
        return "c"
    if gazetteer.demonym(word) is not None:
        return "d"
    most = max((c.population for c in found if c.kind == "town"), default=0)
    if most >= TOWN:
        return "b" if most >= BIG_TOWN else "t"
    return ("r" if any(c.kind != "town" for c in found) else "h") if found else ""


def decide(run: Sequence[Token], seen: Sequence[Seen], weights: Weights) -> list[tuple[int, int, int]]:
    """How every word of a run is written, from left to right, with what spoke for a capital and for capitals over small letters."""
    chosen: list[tuple[int, int, int]] = []
    before = last = "^"
    none = (0, 0)
    for i, token in enumerate(run):
        capital = upper = 0
        for feature in features(run, seen, i, before, last):
            a, b = weights.get(feature, none)
            capital += a
            upper += b
        label = _label(capital, upper, first=token.first)
        chosen.append((label, capital, upper))
        before, last = last, state(token, label)
    return chosen


def _label(capital: int, upper: int, *, first: bool) -> int:
    if upper > max(capital, 0):
        return UPPER
    return CAPITAL if first or capital > 0 else SMALL


def state(token: Token, label: int) -> str:
    """A decision as the words behind it see it: a capital at a sentence's start says nothing of a name."""
    return "S" if token.first and label == CAPITAL else "scu"[label]


def features(run: Sequence[Token], seen: Sequence[Seen], i: int, before: str, last: str) -> list[str]:
    """What speaks for one word's case: its letters and lists, its neighbours', the marks around it, and how those before it are written."""
    token, own = run[i], seen[i]
    low, kind, gap = token.low, own.kind, _DIGITS.sub("0", " ".join(token.gap.split(" ")[-2:]).replace("\n", " "))
    p, pk = (run[i - 1].low, seen[i - 1].kind) if i and not token.first else ("^", "^")
    n, nk, after = "$", "$", "."
    if i + 1 < len(run):
        after = _DIGITS.sub("0", run[i + 1].gap[:3].replace("\n", " "))
        if not run[i + 1].first:
            n, nk = run[i + 1].low, seen[i + 1].kind
    size = min(len(low), 8)
    vowels = "v" if _VOWEL.search(low) else "x"
    short = f"{size}{vowels}" if size <= SHORT_ACRONYM else "long"
    found = [
        "0",
        f"w {low}",
        f"k {kind}",
        f"p {p}",
        f"n {n}",
        f"pw {p} {low}",
        f"wn {low} {n}",
        f"l {last}{before}",
        f"lk {last} {kind}",
        f"lw {last} {low}",
        f"lkk {last} {kind} {nk}",
        f"g {gap}",
        f"gk {gap} {own.known}",
        f"a {after} {own.known}",
        f"ga {gap} {after} {last}",
        f"kp {pk} {kind}",
        f"kn {kind} {nk}",
        f"kpl {last} {p} {own.known}",
        f"kpn {own.known} {p} {n}",
        f"kn1 {kind} {n}",
    ]
    if own.known == "0":
        found += [
            f"e {low[-3:]}",
            f"f {low[-2:]}",
            f"ek {low[-3:]} {kind}",
            f"s {short} {last}",
            f"v {short} {gap} {after}",
            f"b {low[:3]}",
        ]
    return found


@cache
def _model() -> _Model:
    data: dict[str, Any] = json.loads(lzma.decompress((files("presstime.read") / "words/en/casing.json.xz").read_bytes()))
    known = (
        dict.fromkeys(data["capital"].split(), "+") | dict.fromkeys(data["small"].split(), "-") | dict.fromkeys(data["either"].split(), "*")
    )
    weights = {name: (a, b) for name, a, b in zip(data["features"], data["capital_weights"], data["upper_weights"], strict=True)}
    lists = words("casing")
    always = {
        word: label for name, label in (("small", SMALL), ("capitalised", CAPITAL), ("acronyms", UPPER)) for word in lists[name].split()
    }
    return _Model(known, {form.lower(): form for form in data["forms"].split()}, weights, always)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Given names and abbreviations, from the lists that other steps have."""
    names = words("given_names")
    return frozenset(f"{names['female']} {names['male']}".split()), frozenset(words("tokens")["abbreviations"])
