"""The head of a brief: headline, deck and dateline, from the findings alone.

In: a draft. Out: the headline with the most told toll and who gives it, a deck that names who denies whom and who reacts, and the
place that most documents are dated from. No outlet's headline is used.
Example: "Flood at Velm: 19 killed, according to the Health Ministry; at least 17, according to the Velm Council".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from presstime.show.anatomy import Sentence
from presstime.show.brief_disputes import parties
from presstime.show.drafting import Draft
from presstime.show.held_back import is_public
from presstime.show.material import Index
from presstime.show.tolls import toll_headline
from presstime.show.weave import stop
from presstime.show.wording import capital, counted_words, join_words

__all__ = ["dateline_words", "deck_sentence", "headline_sentence"]

MAX_NAMES = 4
"""Names in a deck; the others are counted."""


def headline_sentence(draft: Draft) -> Sentence | None:
    """The title with the most told toll; None where no toll is told."""
    words, figures = toll_headline(draft.index, draft.names)
    title = draft.index.material.title
    return draft.note(f"{title}: {words}", *figures) if words else None


def _bodies_first(draft: Draft, names: Sequence[str]) -> list[str]:
    """Bodies and office holders before private people, else in the findings' order: a deck names few."""

    def private(name: str) -> bool:
        found = draft.names.actor(name)
        return found is not None and found.kind in ("person", "group") and not is_public(found)

    return sorted(names, key=private)


def _listed(names: list[str]) -> str:
    if len(names) <= MAX_NAMES:
        return join_words(names)
    return f"{', '.join(names[: MAX_NAMES - 1])} and {counted_words(len(names) - MAX_NAMES + 1, 'other')}"


def deck_sentence(draft: Draft) -> Sentence | None:
    """Whose claims are denied by whom, and who reacts."""
    index = draft.index
    disputes = [one for one in index.material.findings.disputes if one.denials]
    disputes.sort(key=lambda one: (-len(one.denied_by), -len(one.claimed_by), -len(one.denials)))
    pieces: list[str] = []
    records: list[str] = []
    if disputes:
        first = disputes[0]
        claim = index.claims.get(first.claim)
        claimed = [draft.names.plain(name) for name in _bodies_first(draft, first.claimed_by)]
        denied = [draft.names.plain(name) for name in _bodies_first(draft, first.denied_by)]
        if claimed and denied:
            pieces.append(f"{_listed(denied)} denied what {_listed(claimed)} said")
            records += [*(claim.statements[:1] if claim else ()), *first.denials[:1]]
    known = {found.id for name in parties(index) if (found := draft.names.actor(name)) is not None}
    reacting: dict[str, str] = {}
    for reaction in index.material.findings.reactions:
        actor = draft.names.actor(reaction.actor)
        if actor is not None and actor.id not in known and reaction.act not in ("no-comment", "denial") and reaction.statements:
            reacting.setdefault(actor.id, reaction.statements[0])
    if reacting:
        names = [draft.names.plain(one) for one in reacting]
        pieces.append(f"{_listed(names)} reacted")
        records += list(reacting.values())[:2]
    return draft.note(stop(capital("; ".join(pieces))), *records) if pieces else None


def dateline_words(index: Index) -> str | None:
    """The place that most documents are dated from; the one that comes first among equals."""
    places = [
        re.split(r"[,(]", document.dateline)[0].strip().upper()
        for document in index.documents.values()
        if document.dateline and not ((found := index.found_documents.get(document.id)) and found.near_copy_of)
    ]
    return Counter(one for one in places if one).most_common(1)[0][0] if any(places) else None
