"""Searching the ledger's words.

Comes in: what a person types. Goes out: hits, best first. Example: `bridge "fell at dawn"` finds the documents and
statements that have the word bridge and that phrase, whatever their case, accents and script. No character has a meaning
of its own but the double quotes round a phrase, so nothing typed is an error.
"""

from __future__ import annotations

import sqlite3

from presstime.ledger.entries import Hit
from presstime.ledger.folding import locate, phrases_of

__all__ = ["excerpt", "match_expression", "refill_folded", "search_words"]

EXCERPT_CHARACTERS = 150
"""How many characters of a document's text an excerpt has, about: two lines."""


def match_expression(query: str) -> str:
    """`query` as an FTS5 expression: every word, and every phrase between double quotes, must occur. May be empty."""
    return " ".join(f'"{phrase}"' for phrase in phrases_of(query))


def search_words(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """At most `limit` statements, and then as many documents, that hold `query`'s words, best first."""
    expression = match_expression(query)
    if not expression:
        return ()
    phrases = phrases_of(query)
    statements = connection.execute(
        "SELECT s.document, s.id, s.words FROM statement_folded JOIN statement s ON s.number = statement_folded.rowid "
        "WHERE statement_folded MATCH ? ORDER BY rank, s.number LIMIT ?",
        (expression, limit),
    )
    found = [Hit(document=document, statement=statement, excerpt=_marked(words, phrases)) for document, statement, words in statements]
    documents = connection.execute(
        "SELECT d.id, d.headline, d.text FROM document_folded JOIN document d ON d.number = document_folded.rowid "
        "WHERE document_folded MATCH ? ORDER BY rank, d.number LIMIT ?",
        (expression, limit),
    )
    for document, headline, text in documents:
        in_text = next(locate(text, phrases), None)
        shown = text if in_text is not None or not headline else headline
        found.append(Hit(document=document, statement=None, excerpt=_marked(excerpt(shown, phrases), phrases)))
    return tuple(found)


def excerpt(text: str, phrases: tuple[str, ...], length: int = EXCERPT_CHARACTERS) -> str:
    """About `length` of the text's own characters around the first words found, cut between words; "…" stands for the rest."""
    first, end = next(locate(text, phrases), (0, 0))
    start = max(0, first - length // 3)
    if start:
        start = text.rfind(" ", 0, start + 1) + 1 if " " in text[max(0, start - 40) : start + 1] else start
    stop = min(len(text), max(end, start + length))
    if stop < len(text):
        cut = text.rfind(" ", max(end, start), stop + 1)
        stop = cut if cut > start else stop
    return f"{'…' if start else ''}{text[start:stop]}{'…' if stop < len(text) else ''}"


def _marked(words: str, phrases: tuple[str, ...]) -> str:
    pieces, at = [], 0
    for start, end in locate(words, phrases, limit=200):
        pieces += [words[at:start], "[", words[start:end], "]"]
        at = end
    return "".join((*pieces, words[at:]))


def refill_folded(connection: sqlite3.Connection) -> None:
    """Fold the words of documents and found actors anew, and which finding a record is in; the rest follows its rows."""
    connection.execute("INSERT INTO document_folded (document_folded) VALUES ('delete-all')")
    connection.execute("INSERT INTO document_folded (rowid, headline, text) SELECT number, fold(headline), fold(text) FROM document")
    for statement in _REFILL.split(";"):
        connection.execute(statement)


_REFILL = """
DELETE FROM actor_folded;
INSERT INTO actor_folded (rowid, words, id) SELECT word_key(id), broad(concat_words(name, names)), id FROM found_actor;
DELETE FROM actor_of;
INSERT OR IGNORE INTO actor_of (member, found, name) SELECT m.value, f.id, f.name FROM found_actor f, json_each(f.members) m;
DELETE FROM statement_in;
INSERT OR IGNORE INTO statement_in (finding, statement, kind) SELECT c.id, s.value, 'claim' FROM claim c, json_each(c.statements) s;
INSERT OR IGNORE INTO statement_in (finding, statement, kind) SELECT d.id, s.value, 'dispute' FROM dispute d, json_each(d.denials) s;
INSERT OR IGNORE INTO statement_in (finding, statement, kind)
  SELECT d.id, s.value, 'dispute' FROM dispute d, json_each(d.sides) side, json_each(side.value, '$.statements') s;
DELETE FROM figure_in;
INSERT OR IGNORE INTO figure_in (series, line, position, figure) SELECT series, line, position, figure FROM series_point;
INSERT OR IGNORE INTO figure_in (series, line, position, figure)
  SELECT p.series, p.line, p.position, a.value FROM series_point p, json_each(p.also) a
"""
