"""Searching the ledger's words.

Comes in: what a person types. Goes out: hits, best first. Example: `bridge "fell at dawn"` finds the documents and
statements that have the word bridge and that phrase, whatever their case and accents. No character has a meaning of
its own but the double quotes round a phrase, so nothing typed is an error.
"""

from __future__ import annotations

import re
import sqlite3

from presstime.ledger.entries import Hit

__all__ = ["match_expression", "search_words"]

EXCERPT_WORDS = 24
"""How many words of a document's text an excerpt has: about two lines (SQLite takes up to 64)."""


def match_expression(query: str) -> str:
    """`query` as an FTS5 expression: every word, and every phrase between double quotes, must occur. May be empty."""
    phrases = (quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', query.replace("\0", " ")))
    return " ".join(f'"{phrase}"' for phrase in phrases if any(char.isalnum() for char in phrase))


def search_words(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """At most `limit` statements, and then as many documents, that hold `query`'s words, best first."""
    expression = match_expression(query)
    if not expression:
        return ()
    statements = connection.execute(
        "SELECT s.document, s.id, highlight(statement_words, 0, '[', ']') FROM statement_words "
        "JOIN statement s ON s.number = statement_words.rowid WHERE statement_words MATCH ? ORDER BY rank, s.number LIMIT ?",
        (expression, limit),
    )
    documents = connection.execute(
        "SELECT d.id, NULL, snippet(document_words, -1, '[', ']', '…', ?) FROM document_words "
        "JOIN document d ON d.number = document_words.rowid WHERE document_words MATCH ? ORDER BY rank, d.number LIMIT ?",
        (EXCERPT_WORDS, expression, limit),
    )
    found = [*statements, *documents]
    return tuple(Hit(document=document, statement=statement, excerpt=excerpt) for document, statement, excerpt in found)
