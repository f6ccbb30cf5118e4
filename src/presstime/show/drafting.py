"""What a brief in the making knows: who has been introduced, what has been told, which notes were given.

In: sentences with the records they rest on. Out: `Sentence`s with numbered notes, none without evidence, none twice.
Example: the same flood told by two outlets in the same words is one sentence; its note is the first outlet's passage.
"""

from __future__ import annotations

from collections.abc import Mapping

from presstime.records import Span, Statement
from presstime.show.anatomy import Note, Sentence
from presstime.show.material import Index, speaker_name
from presstime.show.naming import Names
from presstime.show.rows import normal
from presstime.show.sentences import passage_around
from presstime.show.voices import content_words
from presstime.show.weave import weave

__all__ = ["FEWEST_WORDS", "SAME_WORDS", "Draft", "alike", "word_set"]

FEWEST_WORDS = 4
"""Fewer, and equal words may still be two things; alone, they say too little to print."""
SAME_WORDS = 0.8
"""Of the shorter one's words: with more in common it is the same told again. Chosen on the bundled example's reprints."""
MAX_NOTES = 3
"""Passages that a sentence cites; the report has them all."""


def word_set(content: str) -> frozenset[str]:
    """The words for comparison."""
    return frozenset(word for one in content.split() if (word := normal(one)))


def alike(words: frozenset[str], told: list[frozenset[str]]) -> bool:
    """Whether these words were told before, or nearly."""
    if len(words) < FEWEST_WORDS:
        return False
    return any(len(words & one) >= SAME_WORDS * min(len(words), len(one)) for one in told if len(one) >= FEWEST_WORDS)


class Draft:
    """One brief in the making."""

    def __init__(self, index: Index, instead: Mapping[str, str] | None = None) -> None:
        """Nothing is written yet. `instead` has the words for actors, by id, whose names are not to be printed."""
        self.index = index
        self.names = Names(index, instead)
        self.told_of: set[str] = set()
        """Who has had a sentence: ids of actors, names of those who are none."""
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._words: list[frozenset[str]] = []
        self._keys: set[str] = set()
        self._sentences: set[str] = set()

    # ------------------------------------------------------------ sentences

    def note(self, words: str, *records: str, again: bool = False, most: int = MAX_NOTES) -> Sentence | None:
        """A sentence with its notes; None where there is no evidence, or it stands already (`again`: even then)."""
        key = normal(words)
        numbers = self._cite(records, most)
        if not numbers or (key in self._sentences and not again):
            return None
        self._sentences.add(key)
        return Sentence(text=words, notes=numbers, records=tuple(dict.fromkeys(records)))

    def statement(
        self, statement: Statement, *others: str, also: bool = False, again: bool = False, denies: bool = False, must: bool = False
    ) -> Sentence | None:
        """A statement as a sentence, unless its words stand already (`again`: even then).

        `denies` where it stands behind the claim it denies; `must` where its words are printed even if they lean on others.
        """
        content = content_words(self.index, statement)
        key = (speaker_name(self.index, statement) or "") + normal(content)
        if not again and (key in self._keys or self.told(content)):
            return None
        before = self.names.introduced()
        sentence = weave(self.index, statement, self.names, also=also, denies=denies, must=must)
        if sentence is None:
            self.names.go_back(before)
            return None
        reported = " reported" in sentence.partition("“")[0]
        taken = not (reported and not again and self.told(sentence.partition("“")[2]))
        written = self.note(sentence, statement.id, *others, again=again) if taken else None
        if written is None:
            self.names.go_back(before)
        if written is not None:
            self._keys.add(key)
            self._words.append(word_set(content))
            if reported:
                self._words.append(word_set(sentence.partition("“")[2]))
            if (reference := self.names.reference(statement)) is not None:
                self.told_of.add(reference)
        return written

    def told(self, content: str) -> bool:
        """Whether these words stand already, or nearly."""
        return alike(word_set(content), self._words)

    def remember(self, content: str) -> None:
        """These words stand now."""
        self._words.append(word_set(content))

    # ------------------------------------------------------------ notes

    def _cite(self, records: tuple[str, ...], most: int) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for record in records:
            if len(found) == most:  # what is not cited takes no number
                break
            if (number := self._cited(record)) is not None:
                found[number] = None
        return tuple(found)

    def _cited(self, record: str) -> int | None:
        index = self.index
        if record in index.documents:
            return self._number((record, -1, -1))
        holder = index.document_of.get(record)
        if holder is None:
            return None
        statement = index.statements.get(record)
        if statement is not None:
            spans = statement.content or ((statement.cue,) if statement.cue else ())
        else:
            one = index.figures.get(record) or index.events.get(record)
            spans = (Span(start=one.start, end=one.end),) if one else ()
        if not spans:
            return None
        around = passage_around(index.documents[holder], min(s.start for s in spans), max(s.end for s in spans))
        return self._number((holder, around.start, around.end))

    def caption(self, words: str, document: str, span: Span) -> Sentence:
        """A sentence that rests on a caption."""
        number = self._number((document, span.start, span.end))
        self._sentences.add(normal(words))
        return Sentence(text=words, notes=(number,), records=(document,))

    def _number(self, key: tuple[str, int, int]) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def notes(self) -> tuple[Note, ...]:
        """The notes, in order."""
        return tuple(
            Note(number=number, document=document, start=None if start < 0 else start, end=None if start < 0 else end)
            for (document, start, end), number in self._numbers.items()
        )
