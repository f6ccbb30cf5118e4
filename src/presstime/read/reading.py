"""Document → Reading: every reading of one document, in order.

In: a document and the story's context. Out: a `Reading`. Pure: the same document and context give the same reading.
Layout comes first, then the parse of its blocks, times and places, statements and their actors, figures and events.
A document in another language is kept and not read; a reading that fails on part of a text is not kept in silence:
the failure is one of its problems.

Example: `read_document(document, Context()).statements[0].speaker.name`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from presstime.gazetteer import open_gazetteer
from presstime.read import language
from presstime.read.actors import find_actors, speaking_actors
from presstime.read.authors import by_author
from presstime.read.blocks import without_mail_marks
from presstime.read.entities import mended
from presstime.read.events import find_events
from presstime.read.figures import find_figures
from presstime.read.layout import Layout, lay_out
from presstime.read.nearby import touching
from presstime.read.own_page import with_own_voice
from presstime.read.people import unbracketed
from presstime.read.places import as_spelled, find_places
from presstime.read.quotes import find_quotes
from presstime.read.speakers import Resolver
from presstime.read.statements import find_statements
from presstime.read.time_zones import zone_of_dateline
from presstime.read.times import find_times
from presstime.read.truecase import truecased
from presstime.records import Actor, Context, Document, Problem, Reader, Reading, Speaker, Statement, Unattributed
from presstime.version import __version__, context_hash

__all__ = ["READ_LANGUAGE", "failed", "read_document", "read_safely", "reader_of", "unread"]

READ_LANGUAGE = "en"
_SPOKEN = ("paragraph",)
"""Statements are read from paragraphs; a headline or caption repeats what the story tells with its attribution."""
_PARSED = ("headline", "deck", "caption", "heading", "paragraph")
_LONGEST_TEXT = 2_000_000
"""Characters. A longer text is a book or a dump, not a report; reading it would hold up everything else."""


def reader_of(context: Context) -> Reader:
    """What reads: this version, the language model, the context's and the gazetteer's hashes."""
    return Reader(presstime=__version__, model=language.model_version(), context=f"{context_hash(context)}+{open_gazetteer().version[:12]}")


def read_document(document: Document, context: Context) -> Reading:
    """Everything found in one document. Bad material gives problems, never an exception."""
    reader = reader_of(context)
    if document.language not in (None, READ_LANGUAGE):
        why = f'{document.name or document.id} is in another language ("{document.language}"): it is kept and can be searched, but not '
        why += "read. Give an English translation as a document of its own."  # gather's own words, so that it is told once
        return unread(document, context, "language", why)
    if len(document.text) > _LONGEST_TEXT:
        why = f"the text has {len(document.text)} characters, more than the {_LONGEST_TEXT} that are read; split it into its reports"
        return unread(document, context, "too-large", why)
    text = document.text
    layout = lay_out(document, context)
    document = _laid_out(document, layout)
    blocks = _blocks(layout, _PARSED)
    text = truecased(text, blocks)  # of the same length: from here on names are given as print would write them
    sentences, cued = language.hear(without_mail_marks(text), blocks)
    sentences = mended(text, sentences)
    spoken_blocks = _blocks(layout, _SPOKEN)
    in_story = touching(spoken_blocks, lambda block: [block])
    spoken = [s for s in sentences if in_story(s.start, s.start + 1)]
    others = [s for s in sentences if not in_story(s.start, s.start + 1)]
    places = find_places(document.id, text, sentences, context, dateline=layout.dateline)
    times = find_times(
        document.id,
        text,
        sentences,
        published=document.published,
        time_zone=zone_of_dateline(layout.dateline_span, places, open_gazetteer()) or context.time_zone,
        dateline_date=layout.dateline_date,
        parts=layout.parts,
    )
    resolver = Resolver(text, spoken, _government_of, context.actors, others, document.outlet)
    found = find_statements(document.id, text, spoken, spoken_blocks, resolver, times, cued)
    found = with_own_voice(document, text, spoken, by_author(found, document.byline))
    unattributed = sorted((*found.unattributed, *_quoted_elsewhere(text, layout)), key=lambda u: u.start)
    actors = find_actors(document.id, text, spoken, found.named, resolver)
    statements = _with_actors(found.statements, actors)
    told_on = document.published or layout.dateline_date
    as_of = layout.as_of or told_on
    figures = find_figures(document.id, text, spoken, statements, places, times, as_of)
    if text != document.text:
        figures = tuple(replace(figure, words=document.text[figure.start : figure.end]) for figure in figures)
    events = find_events(document.id, text, spoken, statements, places, times, actors, unattributed, told_on)
    return Reading(
        document=document,
        reader=reader,
        actors=actors,
        statements=statements,
        figures=figures,
        events=events,
        places=as_spelled(places, document.text),
        times=times,
        unattributed=tuple(unattributed),
    )


def read_safely(document: Document, context: Context) -> Reading:
    """A document's reading; where reading fails, the document with a problem that says so."""
    try:
        return read_document(document, context)
    except Exception as error:  # one poisonous document must not cost the others
        return failed(document, context, error)


def failed(document: Document, context: Context, error: Exception) -> Reading:
    """The reading of a document at which the reader itself failed."""
    why = f"reading failed ({type(error).__name__}: {error}); the document is kept: please report this with its text"
    return unread(document, context, "reader-failed", why)


def unread(document: Document, context: Context, what: str, why: str) -> Reading:
    """A reading without records, with a problem that says why there are none."""
    return Reading(document=document, reader=reader_of(context), problems=(Problem(where=document.id, what=what, why=why),))


def _laid_out(document: Document, layout: Layout) -> Document:
    return replace(
        document,
        headline=document.headline or layout.headline,
        dateline=layout.dateline or document.dateline,
        as_of=layout.as_of or document.as_of,
        credits=layout.credits or document.credits,
        media=layout.media or document.media,
        parts=layout.parts,
    )


def _blocks(layout: Layout, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The parts of some kinds as stretches of text; a dateline is a stretch of its own, before the story."""
    found = []
    for part in layout.parts:
        if part.kind not in kinds:
            continue
        if part.start < layout.body_starts < part.end:
            if kinds is _PARSED:
                found.append((part.start, layout.body_starts))
            found.append((layout.body_starts, part.end))
        else:
            found.append((part.start, part.end))
    return found


def _quoted_elsewhere(text: str, layout: Layout) -> list[Unattributed]:
    """The quoted words of the parts that no statement is read from, so that none is lost."""
    found: list[Unattributed] = []
    for part in layout.parts:
        if part.kind not in _SPOKEN:
            reason = f"stands in a part that is not read for statements ({part.kind})"
            found.extend(Unattributed(start=q.start, end=q.end, reason=reason) for q in find_quotes(text, [(part.start, part.end)]))
    return found


def _with_actors(statements: Sequence[Statement], actors: Sequence[Actor]) -> tuple[Statement, ...]:
    ids = speaking_actors(statements, actors)

    def speaking(speaker: Speaker) -> Speaker:
        return replace(speaker, name=unbracketed(speaker.name), actor=ids.get((speaker.start, speaker.end, speaker.name)))

    return tuple(replace(s, speaker=speaking(s.speaker)) if s.speaker else s for s in statements)


# ---------------------------------------------------------------- countries


def _government_of(name: str) -> tuple[str, str] | None:
    country = open_gazetteer().government_of(name)
    return None if country is None or country.country is None else (country.name, country.country)
