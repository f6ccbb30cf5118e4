"""presstime: what is known, who says so, as of press time.

The public API: read one document, combine many, compile a story, freeze its editions, look into its ledger; and the
records that all of it is made of.
The functions are called `read_document` and `compile_story` because `presstime.read` and `presstime.compile` are the
modules they come from. Names are imported when they are first used, so that `import presstime` costs nothing.

Example:
    >>> from presstime import Context, Document, read_document
    >>> document = Document(id="a1", sha256="", text="Five people were killed, Ilan Voss said on Tuesday.")
    >>> read_document(document, Context()).statements[0].speaker.name
    'Ilan Voss'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from presstime.combine import combine_readings
    from presstime.compile import Compiled, compile_story
    from presstime.editions import compare, publish
    from presstime.findings import (
        Candidate,
        Carried,
        Change,
        Claim,
        Conflict,
        Decision,
        Dispute,
        Extreme,
        Findings,
        FoundActor,
        FoundDocument,
        Line,
        Origin,
        Point,
        Reaction,
        Series,
        Side,
        Silence,
        Telling,
        TimelineEntry,
        Trace,
    )
    from presstime.ledger import Ledger
    from presstime.problems import GazetteerError, InputError, LedgerError, ModelError, PresstimeError, StoryError
    from presstime.read.reading import read_document
    from presstime.records import (
        Actor,
        Context,
        Document,
        Event,
        Figure,
        KnownActor,
        KnownPlace,
        Media,
        Part,
        Participant,
        Place,
        Problem,
        Provenance,
        Reader,
        Reading,
        Span,
        Speaker,
        Statement,
        Time,
        Unattributed,
    )
    from presstime.story import Story, new_story, open_story
    from presstime.version import __version__

__all__ = [
    "Actor",
    "Candidate",
    "Carried",
    "Change",
    "Claim",
    "Compiled",
    "Conflict",
    "Context",
    "Decision",
    "Dispute",
    "Document",
    "Event",
    "Extreme",
    "Figure",
    "Findings",
    "FoundActor",
    "FoundDocument",
    "GazetteerError",
    "InputError",
    "KnownActor",
    "KnownPlace",
    "Ledger",
    "LedgerError",
    "Line",
    "Media",
    "ModelError",
    "Origin",
    "Part",
    "Participant",
    "Place",
    "Point",
    "PresstimeError",
    "Problem",
    "Provenance",
    "Reaction",
    "Reader",
    "Reading",
    "Series",
    "Side",
    "Silence",
    "Span",
    "Speaker",
    "Statement",
    "Story",
    "StoryError",
    "Telling",
    "Time",
    "TimelineEntry",
    "Trace",
    "Unattributed",
    "__version__",
    "combine_readings",
    "compare",
    "compile_story",
    "new_story",
    "open_story",
    "publish",
    "read_document",
]

_HOMES = {
    "presstime.combine": ("combine_readings",),
    "presstime.compile": ("Compiled", "compile_story"),
    "presstime.editions": ("compare", "publish"),
    "presstime.ledger": ("Ledger",),
    "presstime.problems": ("GazetteerError", "InputError", "LedgerError", "ModelError", "PresstimeError", "StoryError"),
    "presstime.read.reading": ("read_document",),
    "presstime.story": ("Story", "new_story", "open_story"),
    "presstime.version": ("__version__",),
    "presstime.findings": (
        *("Candidate", "Carried", "Change", "Claim", "Conflict", "Decision", "Dispute", "Extreme", "Findings"),
        *("FoundActor", "FoundDocument", "Line", "Origin", "Point", "Reaction"),
        *("Series", "Side", "Silence", "Telling", "TimelineEntry", "Trace"),
    ),
    "presstime.records": (
        *("Actor", "Context", "Document", "Event", "Figure", "KnownActor", "KnownPlace", "Media", "Part", "Participant"),
        *("Place", "Problem", "Provenance", "Reader", "Reading", "Span", "Speaker", "Statement", "Time", "Unattributed"),
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first asked for (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'presstime' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
