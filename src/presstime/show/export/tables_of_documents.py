"""The tables of the documents themselves: what was gathered, what of it may be shown, captions, versions, problems.

In: a `Shown`. Out: tables. Of a document's text they hold the stretches that may be shown, with their offsets.
Example: a photograph's caption "A street in Velm" is a row of `captions`, with its credit.
"""

from __future__ import annotations

from presstime.show.export.shown import Shown, shown_words
from presstime.show.export.table import Cell, Table, make_table
from presstime.show.material import origin_name

__all__ = ["captions", "carried", "changes", "checks", "documents", "passages", "problems"]

_DOCUMENTS = """
id text The document's id
outlet text Who published it
headline text Its headline
byline text Who signed it
dateline text The place it is dated from, in its words
published moment When it was published, as it tells
gathered moment When it was gathered
as_of text The moment it says it is of, a TIMEX3 value
language text Its language, ISO 639
url text Where it was published
name text The file or archive member that it came in
sha256 text The hash of the raw bytes as gathered
characters integer How long its text is; offsets count these
credits list Whom it credits
origin text>origins Its own origin
origin_name text The name of that origin
origin_how text How the origin is known
version_of text>documents The version before it
near_copy_of text>documents The document it is nearly a copy of
same_text_as text>documents The document whose very text it has
"""


def documents(shown: Shown) -> Table:
    """The documents, without their text: of that, `passages` has what may be shown."""
    rows: list[tuple[Cell, ...]] = []
    for one in shown.index.documents.values():
        found = shown.index.found_documents.get(one.id)
        rows.append(
            (
                *(one.id, one.outlet, one.headline, one.byline, one.dateline, one.published, one.gathered, one.as_of, one.language),
                *(one.url, one.name, one.sha256, len(one.text), one.credits),
                *((found.origin, origin_name(shown.index, one.id), found.how) if found else (None, None, None)),
                *((found.version_of, found.near_copy_of, found.same_text_as) if found else (None, None, None)),
            )
        )
    return make_table("documents", "document", "What was gathered: one published text a row.", _DOCUMENTS, rows)


_CAPTIONS = """
document text>documents The document
start integer Where the caption begins
end integer Where it ends
words text The caption
credit text Whose photograph or video it is
"""


def captions(shown: Shown) -> Table:
    """Captions of photographs and videos, with their credits."""
    rows: list[tuple[Cell, ...]] = [
        (
            document,
            media.caption.start,
            media.caption.end,
            shown_words(shown, document, media.caption.start, media.caption.end),
            media.credit,
        )
        for document, held in shown.index.documents.items()
        for media in held.media
    ]
    return make_table("captions", "caption", "Captions of photographs and videos, with their credits.", _CAPTIONS, rows)


_PASSAGES = """
document text>documents The document
start integer Where the passage begins
end integer Where it ends
words text The document's text there
"""


def passages(shown: Shown) -> Table:
    """What may be shown of the documents' text."""
    rows: list[tuple[Cell, ...]] = [
        (document, span.start, span.end, shown.index.documents[document].text[span.start : span.end])
        for document, stretches in shown.stretches.items()
        for span in stretches
    ]
    return make_table("passages", "passage", "The text of the documents, as far as it may be shown.", _PASSAGES, rows)


_CHANGES = """
document text>documents The later version
version_of text>documents The version before it
kind text added, changed or withdrawn
before_start integer Where the words stood in the version before
before_end integer Where they ended
start integer Where they stand now
end integer Where they end
"""


def changes(shown: Shown) -> Table:
    """What later versions of a document changed."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(found.id, found.version_of, change.kind),
            *((change.before.start, change.before.end) if change.before else (None, None)),
            *((change.after.start, change.after.end) if change.after else (None, None)),
        )
        for found in shown.material.findings.documents
        for change in found.changes
    ]
    return make_table("changes", "change", "What later versions of a document added, changed or withdrew.", _CHANGES, rows)


_CARRIED = """
document text>documents The document that carries the passage
start integer Where it begins
end integer Where it ends
of text>documents The earlier document that has it
of_start integer Where it begins there
of_end integer Where it ends there
"""


def carried(shown: Shown) -> Table:
    """Passages that stand in an earlier document."""
    rows: list[tuple[Cell, ...]] = [
        (found.id, one.start, one.end, one.of, one.of_start, one.of_end)
        for found in shown.material.findings.documents
        for one in found.carried
    ]
    return make_table("carried", "carried", "Passages that a document has from an earlier one.", _CARRIED, rows)


_CHECKS = """
of text The document, statement or account that was checked
by text Who checked it
how text In what way
result text What came of it
note text What else is to be known; left out of what is published
entered_by text Who entered it
at moment When it was entered
"""


def checks(shown: Shown) -> Table:
    """Who checked documents, statements and accounts."""
    published = shown.material.findings.kind == "published"
    rows: list[tuple[Cell, ...]] = [
        (of, one.by, one.how, one.result, None if published else one.note, one.entered_by, one.at)
        for of, each in sorted(shown.material.checks.items())
        for one in each
    ]
    return make_table("checks", "check", "Who checked documents, statements and accounts, how, and what came of it.", _CHECKS, rows)


_PROBLEMS = """
where text The file or the document
what text A short kind
why text What was found and what to do
start integer Where in the text, where it is about words
end integer Where those end
"""


def problems(shown: Shown) -> Table:
    """Bad news about the material."""
    told = [*shown.material.problems, *(problem for reading in shown.material.readings for problem in reading.problems)]
    rows: list[tuple[Cell, ...]] = [(one.where, one.what, one.why, one.start, one.end) for one in dict.fromkeys(told)]
    return make_table("problems", "problem", "What could not be read, and why.", _PROBLEMS, rows)
