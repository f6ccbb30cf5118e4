"""What goes wrong through misuse: the exceptions, all of one base.

    PresstimeError
    ├── StoryError      a story's folder or its story.toml is not as it must be
    ├── LedgerError     a ledger cannot be opened, or is of a version this presstime does not know
    ├── GazetteerError  the gazetteer's file is missing or broken
    ├── ModelError      the language model's files are missing or broken
    └── InputError      what was asked for cannot be done with this input (a path that is not there, a bad line)

Every message is one line that says what to do next. What is wrong with the *material* is no exception but a
`Problem` record, kept with the reading.
"""

from __future__ import annotations

__all__ = ["GazetteerError", "InputError", "LedgerError", "ModelError", "PresstimeError", "StoryError"]


class PresstimeError(Exception):
    """The base of everything presstime raises."""


class StoryError(PresstimeError):
    """A story's folder or its story.toml is not as it must be."""


class LedgerError(PresstimeError):
    """A ledger cannot be opened, or is of a version this presstime does not know."""


class GazetteerError(PresstimeError):
    """The gazetteer's file is missing or broken."""


class ModelError(PresstimeError):
    """The language model's files are missing or broken."""


class InputError(PresstimeError):
    """What was asked for cannot be done with this input."""
