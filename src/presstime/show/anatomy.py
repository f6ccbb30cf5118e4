"""A brief's parts: sections of paragraphs of sentences, and the notes to them.

In: nothing but records. Out: `Brief`, what brief.py makes of a material; Markdown is printed from it, and every sentence can be
followed to the ledger entries it rests on and to the characters of the documents they stand in.
Example: a sentence "According to the Coast Guard, five people were killed." with `notes=(3,)` and `records=("figure-…",)`.
"""

from __future__ import annotations

from presstime.records import Record

__all__ = ["Brief", "Note", "Paragraph", "Section", "Sentence"]


class Note(Record, frozen=True):
    """The evidence of a sentence: characters of a document's text, or the whole document where `start` is None."""

    number: int
    document: str
    start: int | None = None
    end: int | None = None


class Sentence(Record, frozen=True):
    """A sentence in plain text. `notes` are numbers of notes; `records` ids of ledger entries, or of documents."""

    text: str
    notes: tuple[int, ...]
    records: tuple[str, ...]


class Paragraph(Record, frozen=True):
    """Sentences that stand together. `label` is a time and place set before them; `heading` a country or kind over them."""

    sentences: tuple[Sentence, ...]
    label: str | None = None
    heading: str | None = None


class Section(Record, frozen=True):
    """A part of the brief. The lead has no name; `left_out` says what only the report has."""

    name: str | None
    paragraphs: tuple[Paragraph, ...]
    left_out: str | None = None


class Brief(Record, frozen=True):
    """A draft combined-sources story. `headline` and `deck` are None where nothing carries them.

    `dateline` is the place most of the documents are dated from; `as_of` and `draft` are the lines under the headline.
    """

    title: str
    headline: Sentence | None
    deck: Sentence | None
    dateline: str | None
    as_of: str
    draft: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
