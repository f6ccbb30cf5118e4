"""Text → its quoted stretches.

In: a text and its paragraphs. Out: `Quote`s in order, marks included, of every style of mark (curly, straight,
guillemets either way round, low, single, doubled, primes, backticks, Chinese, HTML's names for them), an inner quote
left inside its outer one, one left open at a paragraph's end closed there. An odd number of marks is never an error.

Example: `“It is over,” she said. “Go home.”` → two quotes, “It is over,” and “Go home.”
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import words

__all__ = ["Quote", "find_quotes"]

_WRITTEN = {
    "``": "“",
    "''": '"',
    ",,": "„",
    "″": '"',
    "＂": '"',
    "‟": "“",
    "❝": "“",
    "❞": "”",
    "〝": "“",
    "〟": "”",
    "<<": "«",
    ">>": "»",
    "‛": "‘",
    **dict.fromkeys(("&quot;", "&#34;", "&#034;", "&#x22;"), '"'),
    **dict.fromkeys(("&#39;", "&#039;", "&#x27;", "&apos;"), "'"),
    **dict.fromkeys(("&ldquo;", "&#8220;", "&#x201c;", "&#x201C;"), "“"),
    **dict.fromkeys(("&rdquo;", "&#8221;", "&#x201d;", "&#x201D;"), "”"),
    **dict.fromkeys(("&lsquo;", "&#8216;", "&#x2018;"), "‘"),
    **dict.fromkeys(("&rsquo;", "&#8217;", "&#x2019;"), "’"),
    **dict.fromkeys(("&bdquo;", "&#8222;"), "„"),
    **dict.fromkeys(("&laquo;", "&#171;"), "«"),
    **dict.fromkeys(("&raquo;", "&#187;"), "»"),
}
"""Other ways of writing a mark, and the mark that each stands for."""
_OTHERWISE = re.compile(r"&#?\w{2,6};|``|''|(?<!\S),,(?=\w[^\n]{1,1000}?(?:''|[”“\"]))|[″＂‟❝❞〝〟‛]|<<(?=[^\n]{1,1000}>>)|(?<=\S)>>")
_DOUBLE = '"“”„'
"""The marks that one writer mixes: any of them may close what another opened."""
_DOUBLE_MARK = re.compile(f"[{_DOUBLE}]")
_PAIRED = {"«": "»", "»": "«»", "‹": "›", "›": "‹›", "「": "」", "『": "』"}
_SINGLE = "‘'`‚"
_OPENING = " \t\n\r\xa0([{—–-:,“‘«„/\"'"
"""What a mark that could also be an apostrophe, or close, has before it where it opens."""
_OPENING_INSIDE = " \t\n\r\xa0([{—–“‘«"
"""What a straight mark within a quote has before it where it opens another."""
_INCHES = re.compile(r"(?:(?<!\d)\d{1,3}|\d[./]\d+|[½¼¾⅛⅜⅝⅞])$")
_MARKS = 60
"""Marks behind an opening one among which the one that closes it is looked for."""
_YEAR = re.compile(r"\d\ds?\b")
"""What stands behind the mark of a shortened year ("'89"), which opens nothing."""
_MARKLESS = 6
"""Paragraphs that a quote can run over without a mark before it is held to have been left open by mistake."""
_SINGLE_REACH = 3000
"""Characters behind a single mark that may be an apostrophe, among which the one that closes it is looked for."""
_NEXT_SINGLE = 400
"""… and behind one that may be a plural's, among which the next mark tells what it is."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: its offsets with the marks (`start`, `end`) and without (`inner_start`, `inner_end`).

    `closed` is False where the paragraph ended before the closing mark did; `continues` where it goes on a quote
    that the paragraph before left open. Such a paragraph need not open with a mark: `inner_start` is then `start`, as
    it is where an opening mark got lost. `block` is the index of its paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool
    block: int


def find_quotes(text: str, blocks: Sequence[tuple[int, int]]) -> list[Quote]:
    """Every quoted stretch of the blocks, in order; none overlaps another or leaves its block."""
    found: list[Quote] = []
    pages = [_Page.of(text, start, end) for start, end in blocks]
    open_before = False
    for number, page in enumerate(pages):
        following = pages[number + 1] if number + 1 < len(pages) else None
        own: list[tuple[int, int, int, int, bool]] = []
        at = 0
        if open_before:
            own = _going_on(page, pages[number + 1 : number + 1 + _MARKLESS])
        elif (close := page.loses_its_opening()) is not None:
            own = [(0, close + 1, 0, close, True)]
        if own:
            at = own[0][1]
        own.extend(page.quotes(at, following.first if following else ""))
        continues = open_before and bool(own) and own[0][0] == 0
        for n, (start, stop, inner_start, inner_end, closed) in enumerate(own):
            offsets = [page.at(i) for i in (start, stop, inner_start, inner_end)]
            found.append(Quote(offsets[0], offsets[1], offsets[2], offsets[3], closed, continues and n == 0, number))
        open_before = bool(own) and not own[-1][4]
    return found


def _going_on(page: _Page, following: Sequence[_Page]) -> list[tuple[int, int, int, int, bool]]:
    """The start of a paragraph without an opening mark that goes on what the one before left open; empty where it does not."""
    if not page.marks:
        last = next((p for p in following if p.marks), None)
        return [(0, page.stop, 0, page.stop, False)] if page.stop and last is not None and last.first_closes() else []
    return [(0, page.marks[0] + 1, 0, page.marks[0], True)] if page.first_closes() else []


@cache
def _elided() -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(words("quotes")["elided"]) + r")\b", re.IGNORECASE)


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words("quotes")["saying"]) + r")\b", re.IGNORECASE)


@dataclass(slots=True)
class _Page:
    """A block with every mark written as one character: `written`, and where each of its characters begins in the text.

    `marks` are the double marks in it, `stop` where its last word ends, `first` its first character.
    """

    written: str
    offsets: Sequence[int]
    marks: list[int]
    stop: int
    first: str
    barren: int = 0
    """Up to here nothing closes a single mark, from where one was last looked for."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Page:
        """The page of one block, from behind the white space that it begins with."""
        while start < end and text[start].isspace():
            start += 1
        block = text[start:end]
        offsets: Sequence[int] = range(start, end + 1)
        if _OTHERWISE.search(block):
            written: list[str] = []
            kept: list[int] = []
            at = 0
            for match in _OTHERWISE.finditer(block):
                mark = _WRITTEN.get(match[0])
                if mark is not None:
                    written.append(block[at : match.start()] + mark)
                    kept.extend(range(start + at, start + match.start() + 1))
                    at = match.end()
            written.append(block[at:])
            kept.extend(range(start + at, end + 1))
            block, offsets = "".join(written), kept
        marks = [m.start() for m in _DOUBLE_MARK.finditer(block)]
        return cls(block, offsets, marks, len(block.rstrip()), block[:1])

    def at(self, index: int) -> int:
        """The offset in the text of a character of `written`."""
        return self.offsets[index]

    def _around(self, i: int) -> tuple[str, str]:
        before = self.written[i - 1] if i > 0 else " "
        return before, (self.written[i + 1] if i + 1 < len(self.written) else " ")

    # ------------------------------------------------------------ marks lost

    def first_closes(self) -> bool:
        """Whether the first mark closes something: it stands behind the end of a sentence or clause, and before no word."""
        if not self.marks or self.marks[0] == 0:
            return False
        before, after = self._around(self.marks[0])
        return self.written[self.marks[0]] in '"”' and before in ".,!?…—–" and not after.isalnum()

    def loses_its_opening(self) -> int | None:
        """The mark that closes what the block begins with, where that has no opening mark (`It is over,” she said.`)."""
        if len(self.marks) % 2 == 0 or not self.first_closes():
            return None
        first = self.marks[0]
        before = self.written[:first]
        return None if before[-1] != "," or ":" in before or _saying().search(before) else first

    # ------------------------------------------------------------ quotes

    def quotes(self, at: int, following: str) -> list[tuple[int, int, int, int, bool]]:
        """(start, end, start and end of the inside, closed) of every quote from `at` on. `following` begins the next block."""
        found: list[tuple[int, int, int, int, bool]] = []
        hopeless: set[str] = set()
        """Marks that nothing closes from here on."""
        text = self.written
        last_word = len(text.rstrip(_DOUBLE + " \t\n")) - 1
        while at < self.stop:
            mark = text[at]
            sure = mark not in hopeless and self._opens(at)
            if not sure:
                at += 1
                continue
            goes_on = following == mark
            close = self._closing(at, goes_on)
            if close is None:
                if at >= last_word:
                    break  # nothing but marks behind it
                if not (sure == "surely" or (goes_on and (at == 0 or mark in _SINGLE))):
                    if mark in "”»›":
                        hopeless.add(mark)
                    at += 1
                    continue
                found.append((at, self.stop, at + 1, self.stop, False))
                break
            if text[at + 1 : close].strip():
                found.append((at, close + 1, at + 1, close, True))
            at = close + 1
        return found

    def _opens(self, i: int) -> str:
        """ "surely" where the character at `i` opens a quote, "perhaps" where it does if another closes it, else ""."""
        c = self.written[i]
        if c not in _OPENERS:
            return ""
        before, after = self._around(i)
        if c in _SINGLE:
            if _YEAR.match(self.written, i + 1) or _elided().match(self.written, i + 1):
                return ""
            opens = before in _OPENING and not after.isspace() and (c != "'" or after.isalnum() or after in '"“[($£€')
            return "perhaps" if opens else ""
        if c in "”»›":
            return "perhaps" if before in _OPENING and not after.isspace() and after not in ".,;:!?)" else ""
        if c == "“":
            return "" if before not in _OPENING and not after.isalnum() and after not in "‘'“[(…" else "surely"
        if c == '"':
            if after.isspace():  # marks set apart by spaces: `" Go home, " she said.`
                lead = self.written[max(0, i - 9) : i].rstrip()
                return "perhaps" if i == 0 or (before.isspace() and lead[-1:] in tuple(",:")) else ""
            return "surely" if not before.isalnum() else ""
        return "surely"

    def _closing(self, at: int, goes_on: bool) -> int | None:
        """Where the quote opened at `at` closes, or None where it stays open."""
        mark = self.written[at]
        if mark in _DOUBLE:
            return self._closing_double(at, goes_on)
        if mark in _SINGLE:
            return self._closing_single(at, goes_on)
        depth = 0
        first = None
        for i in range(at + 1, self.stop):
            c = self.written[i]
            before, after = self._around(i)
            if c in _PAIRED[mark] and (c != mark or (not before.isspace() and not after.isalnum())):
                first = i if first is None else first
                if depth == 0:
                    return i
                depth -= 1
            elif c == mark:
                depth += 1
        return first

    def _nests(self, i: int) -> bool:
        """Whether a double mark within a quote opens another."""
        before, after = self._around(i)
        c = self.written[i]
        word = after.isalnum() or after in "‘'[($£€"
        if c == "„":
            return True
        if c == "“":
            return before in _OPENING_INSIDE or after.isalnum()
        return word and (before in _OPENING_INSIDE if c == '"' else before in " \t\n([{")

    def _closing_double(self, at: int, goes_on: bool) -> int | None:
        depth = 0
        first = None
        """The first mark that closes anything: it holds where the marks do not come out even."""
        anew = False
        begin = bisect_left(self.marks, at + 1)
        for n in range(begin, min(begin + _MARKS, len(self.marks))):
            i = self.marks[n]
            if self._nests(i):
                depth += 1
                anew = anew or (first is None and self.written[max(at + 1, i - 9) : i].rstrip()[-1:] in tuple(".!?"))
            elif not (depth == 0 and self._is_inches(n)):
                before, after = self._around(i)
                if self.written[i] == '"' and before.isspace() and not after.isspace() and after not in ".,;:!?)":
                    continue
                first = i if first is None else first
                if depth == 0:
                    return i
                depth -= 1
        return None if goes_on and not anew else first

    def _is_inches(self, n: int) -> bool:
        """Whether a double mark stands behind a measure, and the next one closes the quote: `“He is 6'2" tall,”`."""
        i = self.marks[n]
        if n + 1 >= len(self.marks) or self._nests(self.marks[n + 1]) or self.written[i] not in '"”':
            return False
        return _INCHES.search(self.written, max(0, i - 8), i) is not None

    def _closing_single(self, at: int, goes_on: bool) -> int | None:
        text = self.written
        closers = "‘’" if text[at] == "‚" else "’'`"
        inside = 0
        """Double marks opened and not closed since `at`."""
        end = min(self.stop, at + _SINGLE_REACH)
        seen = False
        for i in range(max(at + 1, self.barren), end):
            c = text[i]
            if c in _DOUBLE:
                before, after = self._around(i)
                if self._nests(i) or (before in _OPENING and not after.isspace()):
                    inside += 1
                elif inside:
                    inside -= 1
            elif c in closers and not text[i - 1].isspace():
                seen = seen or not text[i + 1 : i + 2].isalnum()
                if not inside and self._ends_single(i, goes_on):
                    return i
        if not seen:
            self.barren = end
        return None

    def _ends_single(self, i: int, goes_on: bool) -> bool:
        """Whether a single mark closes a quote, rather than being an apostrophe or a plural's ("the victims' kin")."""
        text = self.written
        after = text[i + 1 : i + 2]
        if after.isalnum():
            return False
        if text[i - 1] == "s" and after in tuple(",.;!?") and text[i + 2 : i + 3] in tuple("’'"):
            return False  # ‘It is the workers’,’
        if not _MAY_BE_CUT.search(text, max(0, i - 3), i) or not after.isspace() or not text[i + 2 : i + 3].isalnum():
            return True
        for j in range(i + 1, min(self.stop, i + _NEXT_SINGLE)):
            if text[j] in _SINGLE and self._opens(j):
                return True
            if text[j] in "’'`" and text[j - 1] != "s" and not text[j - 1].isspace() and not text[j + 1 : j + 2].isalnum():
                return False  # a later mark closes it
        return not goes_on


_OPENERS = frozenset(_DOUBLE + _SINGLE + "".join(_PAIRED) + "”") - set("」』")
_MAY_BE_CUT = re.compile(r"(?:s|in|\b[nNo])$")
"""What stands before an apostrophe at a word's end: a plural or name in s, "goin'", "'n'", "o'"."""
