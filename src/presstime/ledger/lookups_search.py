"""Searching everything: documents, statements, figures, actors and places that hold the words, however they are spelled.

Comes in: an open `Lookups` and what a person types. Goes out: records with excerpts of the documents' own characters, the words found
among them. Example: "Stepanakert" finds a document in which only "Степанакерт" stands, and shows it so.
"""

from __future__ import annotations

from typing import Any

from presstime.ledger.folding import broad, locate, phrases_of
from presstime.ledger.lookups import Everything, Lookups, Sight, where_seen
from presstime.ledger.search import excerpt, match_expression
from presstime.records import Record, Span

__all__ = ["Found", "SearchHit", "search_everything"]

EACH = 8
"""Hits of each kind on the page of all kinds: what fits a screen together."""
RANKED = 2_000
"""Up to so many hits are put in order of fit; of more, the newest come first: to weigh 50,000 hits takes a tenth of a second."""


class SearchHit(Record, frozen=True):
    """Something found. `hits` are where in `excerpt` the words stand; `title` names it, `about` says whose it is or where from."""

    kind: str
    id: str
    title: str
    about: str
    published: str | None
    excerpt: str
    hits: tuple[Span, ...]


class Found(Record, frozen=True):
    """The hits of one kind, and how many there are in all."""

    kind: str
    total: int
    hits: tuple[SearchHit, ...]


class _Row(Record, frozen=True):
    id: str
    title: str
    about: str
    text: str
    published: str | None = None


_DOCUMENTS = """SELECT d.id, coalesce(d.headline, d.name, d.id) AS title,
       coalesce(d.outlet, 'outlet not named') AS about, d.published, d.text
FROM ({chosen}) w JOIN document d ON d.number = w.rowid"""
_STATEMENTS = """SELECT s.id, coalesce(s.speaker, 'nobody named') AS title,
       s.act || ', ' || coalesce(d.outlet, 'outlet not named') AS about, d.published, s.words AS text
FROM ({chosen}) w JOIN statement s ON s.number = w.rowid JOIN document d ON d.id = s.document"""
_FIGURES = """SELECT x.id, x.measure || coalesce(': ' || x.group_, '') AS title,
       coalesce(s.speaker, d.outlet, 'outlet not named') AS about, d.published, x.words AS text
FROM ({chosen}) w JOIN figure x ON x.id = w.id JOIN document d ON d.id = x.document LEFT JOIN statement s ON s.id = x.statement"""
_KINDS = {
    "statement": ("statement_folded", _STATEMENTS, "JOIN statement v ON v.number = w.rowid"),
    "document": ("document_folded", _DOCUMENTS, "JOIN document v ON v.number = w.rowid"),
    "figure": ("figure_folded", _FIGURES, "JOIN figure v ON v.id = w.id"),
}


def search_everything(
    look: Lookups, query: str, sight: Sight = Everything, *, kind: str | None = None, number: int = 1, size: int = EACH
) -> tuple[Found, ...]:
    """What was found, by kind: all kinds, or a page of one. Any text is a valid query; one without a word finds nothing."""
    phrases = phrases_of(query)
    if not phrases:
        return ()
    found = []
    for each in (kind,) if kind else ("actor", "place", "statement", "document", "figure"):
        found.append(
            _names(look, each, query, sight, number, size) if each in ("actor", "place") else _words(look, each, query, sight, number, size)
        )
    return tuple(found)


def _words(look: Lookups, kind: str, query: str, sight: Sight, number: int, size: int) -> Found:
    table, sql, joined = _KINDS[kind]
    phrases = phrases_of(query)
    values: dict[str, Any] = {"match": match_expression(query), "now": sight.now}
    joined, seen = ("", "1") if sight.now is None else (joined, where_seen(sight, "v"))
    source = f"{table} w {joined} WHERE {table} MATCH :match AND {seen}"
    total = look.counted(f"SELECT count(*) FROM {source}", **values)
    order = "w.rank, w.rowid" if total <= RANKED else "w.rowid DESC"
    chosen = f"SELECT w.rowid, {'w.id' if kind == 'figure' else '1'} AS id, w.rank AS weight FROM {source} ORDER BY {order} " + (
        f"LIMIT {size} OFFSET {(number - 1) * size}"
    )
    if total > RANKED:
        chosen = chosen.replace("w.rank AS weight", "-w.rowid AS weight")
    rows = look.rows(_Row, f"{sql.format(chosen=chosen)} ORDER BY w.weight, w.rowid", **values)
    hits = []
    for row in rows:
        own = row.text
        if kind == "document" and next(locate(row.text, phrases), None) is None:
            own = row.title
        shown = own if kind == "figure" else excerpt(own, phrases, 220 if kind == "statement" else 180)
        hits.append(_hit(kind, row, shown, phrases))
    return Found(kind=kind, total=total, hits=tuple(hits))


def _hit(kind: str, row: _Row, shown: str, phrases: tuple[str, ...]) -> SearchHit:
    spans = tuple(Span(start=start, end=end) for start, end in locate(shown, phrases))
    return SearchHit(kind=kind, id=row.id, title=row.title, about=row.about, published=row.published, excerpt=shown, hits=spans)


def _names(look: Lookups, kind: str, query: str, sight: Sight, number: int, size: int) -> Found:
    from presstime.ledger.lookups_names import actor_rows, place, place_rows

    hits = []
    if kind == "actor":
        page = actor_rows(look, sight, q=query, number=number, size=size)
        for one in page.items:
            others = "; ".join(name for name in one.names if name != one.name)
            about = ", ".join(filter(None, (one.role or one.kind, f"{one.statements} statements")))
            hits.append(_hit(kind, _Row(id=one.id, title=one.name, about=about, text=others), others, phrases_of(query)))
        return Found(kind=kind, total=page.total, hits=tuple(hits))
    spelled = place_rows(look, sight, q=query, number=number, size=size)
    keys = [one.key for one in spelled.items]
    # a place is found, too, under a name that only the gazetteer has
    expression = " ".join(f'"{word}"' for word in broad(query).replace('"', " ").split())
    known = look.column("SELECT DISTINCT coalesce(gazetteer, name) FROM place_folded WHERE place_folded MATCH :match", match=expression)
    more = [one for one in known if one not in keys] if number == 1 else []
    for key in (*keys, *more[: size - len(keys)]):
        row = place(look, key, sight)
        if row is not None:
            text = "; ".join(name for name in row.names if name != row.name)
            about = f"named in {row.documents} documents" + ("" if row.gazetteer or row.lat is not None else ", not in the gazetteer")
            hits.append(_hit(kind, _Row(id=row.key, title=row.name, about=about, text=text), text, phrases_of(query)))
    return Found(kind=kind, total=max(spelled.total, len(hits)), hits=tuple(hits))
