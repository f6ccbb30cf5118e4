"""What stands at the end of a brief: background, photographs as captions and credits, and where everything came from.

In: a draft. Out: paragraphs. Origins are counted as an upper bound; copies of one origin are said to be copies.
Example: "An image published by the Straits Lantern has the caption “A street under water” and the credit “Coast Wire”."
"""

from __future__ import annotations

import re

from presstime.records import Document, Figure
from presstime.show.anatomy import Paragraph, Sentence
from presstime.show.drafting import Draft
from presstime.show.material import Index, document_name, independent_at_most, outlet_name, place_name
from presstime.show.naming import the_name, the_place
from presstime.show.rows import normal
from presstime.show.sentences import sentence_around
from presstime.show.tolls import toll_sentences
from presstime.show.unfolding import background_events
from presstime.show.weave import quoted, stop, told_by, weave, whole_quote, within
from presstime.show.wording import amount_words, capital, counted_words, join_words, number_words

__all__ = ["background_paragraphs", "image_paragraphs", "images_left_out", "source_paragraphs"]

MAX_POPULATIONS = 6
_INHABITED = frozenset({"town", "district", "region", "country"})
_APPOSED = re.compile(
    r",?\s+(?:\(|with\s|where\s|is home to\s|has\s|had\s|an?\s(?:[\w’'-]+\s){1,3}of\s)?(?:about\s|some\s|around\s)?", re.IGNORECASE
)
MAX_IMAGES = 10
MAX_OUTLETS = 30
"""Outlets that are named; the others are counted, and the report lists them."""
MAX_CARRIED = 6
"""Origins whose copies are told of."""


def background_paragraphs(draft: Draft) -> list[Paragraph]:
    """Tolls of earlier events, populations, and what happened before, as the sources recall it."""
    index = draft.index
    lines: list[Sentence | None] = []
    for toll in toll_sentences(index, draft.names, "past"):
        figure = index.figures[toll.figures[0]]
        document = index.documents[index.document_of[figure.id]]
        if figure.as_of is not None and not (document.published or "").startswith(figure.as_of[:10]):
            lines.append(draft.note(toll.words, *toll.figures))
            around = sentence_around(document, figure.start, figure.end)
            draft.remember(document.text[around.start : around.end])
            continue
        # as of the day of the paper it would be taken for a toll of this event
        statement = index.statements.get(figure.statement) if figure.statement else None
        told = weave(index, statement, draft.names) if statement is not None else None
        if told is None and (whole := whole_quote(document, figure.start, figure.end)) is not None:
            told = f"{told_by(index, document)}: {whole[0]}"
        if told is not None:
            lines.append(draft.note(stop(f"Of an earlier event, {within(told)}"), figure.id))
    lines.extend(_populations(draft))
    found = [Paragraph(sentences=tuple(line for line in lines if line is not None))] if any(lines) else []
    return [*found, *background_events(draft)]


def _populations(draft: Draft) -> list[Sentence | None]:
    """How many people live where, with who says so; the same number of one place once."""
    index = draft.index
    lines: list[Sentence | None] = []
    seen: set[tuple[str, int | None]] = set()
    for figure in index.figures.values():
        place = place_name(index, figure.place) if figure.place in index.places else None
        if figure.measure != "population" or figure.scope == "past" or figure.low is None or place is None or (place, figure.low) in seen:
            continue
        seen.add((place, figure.low))
        if len(seen) > MAX_POPULATIONS:
            break
        document = index.documents[index.document_of[figure.id]]
        around = sentence_around(document, figure.start, figure.end)
        if draft.told(document.text[around.start : around.end]):
            continue
        if not _lives_there(index, document, figure):  # which of the places around it is meant, its own words say best
            whole = whole_quote(document, figure.start, figure.end)
            lines.append(draft.note(stop(f"{told_by(index, document)}: {whole[0]}"), figure.id) if whole else None)
            continue
        statement = index.statements.get(figure.statement) if figure.statement else None
        giver = draft.names.speaking(statement) if statement else None
        giver = giver or the_name(index, outlet_name(document))
        words = f"According to {giver}, {amount_words(figure, spelled=True)} people live in {the_place(index, place)}"
        lines.append(draft.note(stop(words.replace(",,", ",")), figure.id))
    return lines


def _lives_there(index: Index, document: Document, figure: Figure) -> bool:
    """Whether a number of people is plainly that of its place: a town's or land's, named just before it or after "in"."""
    place = index.places.get(figure.place or "")
    if place is None or place.kind not in _INHABITED:
        return False
    if place.end <= figure.start:
        between = document.text[place.end : figure.start]
        return _APPOSED.fullmatch(between) is not None
    return re.fullmatch(r"\s+(?:[\w’'-]+\s+){0,2}in\s+(?:the\s+)?", document.text[figure.end : place.start]) is not None


def _images(index: Index) -> list[tuple[Document, int, str, str | None]]:
    """Every image once, by its caption: its document, its place among that one's, its caption and credit."""
    found: dict[str, tuple[Document, int, str, str | None]] = {}
    for document in index.documents.values():
        for number, media in enumerate(document.media):
            caption = " ".join(document.text[media.caption.start : media.caption.end].split())
            if caption:
                found.setdefault(f"{normal(caption)} {media.credit}", (document, number, caption, media.credit))
    return list(found.values())


def images_left_out(index: Index) -> int:
    """How many images are left to the report."""
    return max(0, len(_images(index)) - MAX_IMAGES)


def image_paragraphs(draft: Draft) -> list[Paragraph]:
    """Captions and credits of the images that the documents carry; the images themselves are never printed."""
    lines = []
    for document, number, caption, credit in _images(draft.index)[:MAX_IMAGES]:
        by = the_name(draft.index, document.outlet or document.name or document.id)
        verb = "published by" if document.outlet else "in"
        told = f" and the credit {quoted(credit)}" if credit else "; no credit is given"
        words = stop(f"An image {verb} {by} has the caption {quoted(caption)}{told}")
        lines.append(draft.caption(words, document.id, document.media[number].caption))
    return [Paragraph(sentences=tuple(lines))] if lines else []


def source_paragraphs(draft: Draft) -> list[Paragraph]:
    """Who published what was read, who is credited there, and how many independent origins there can be at most."""
    index = draft.index
    if not index.documents:
        return []
    named: dict[str, str] = {}
    unnamed: dict[str, str] = {}
    credit: dict[str, str] = {}
    for document in index.documents.values():
        if document.outlet:
            named.setdefault(the_name(index, document.outlet), document.id)
        else:
            unnamed.setdefault(document_name(document), document.id)
        for name in document.credits:
            credit.setdefault(name, document.id)
    by = [f"documents published by {_listed(list(named))}"] if named else []
    if unnamed:
        by.append(f"{counted_words(len(unnamed), 'document')} whose outlet is not named ({_listed(list(unnamed))})")
    holders = (*named.values(), *unnamed.values())
    lines = [draft.note(f"This draft was compiled from {' and '.join(by)}.", *holders, most=MAX_OUTLETS)]
    if credit:
        names = _listed(list(credit))
        lines.append(draft.note(f"The credits that were read name {names}.", *dict.fromkeys(credit.values()), most=6))
    most = independent_at_most(index)
    verb = "stands" if most == 1 else "stand"
    lines.append(
        draft.note(f"At most {counted_words(most, 'independent origin')} {verb} behind this draft.", *list(index.documents)[:1], again=True)
    )
    lines.extend(_carried(draft))
    return [Paragraph(sentences=tuple(line for line in lines if line is not None))]


def _listed(names: list[str]) -> str:
    if len(names) <= MAX_OUTLETS:
        return join_words(names)
    return f"{', '.join(names[:MAX_OUTLETS])} and {number_words(len(names) - MAX_OUTLETS)} others"


def _carried(draft: Draft) -> list[Sentence | None]:
    """Origins that several documents carry: their copies count as one."""
    index = draft.index
    held = [(one, [d for d in one.documents if d in index.documents]) for one in index.material.findings.origins if one.kind == "agency"]
    lines: list[Sentence | None] = []
    for origin, documents in sorted(held, key=lambda pair: -len(pair[1]))[:MAX_CARRIED]:
        if len(documents) > 1:
            words = (
                f"{capital(counted_words(len(documents), 'document'))} go back to {the_name(index, origin.name)} and count as one origin."
            )
            lines.append(draft.note(words, *documents, most=MAX_CARRIED))
    return lines
