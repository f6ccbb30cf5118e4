"""What people have done to the record, in words: corrected, checked, added, checked by whom, translated.

In: a view and the ids of a line's records. Out: a `Mark` for the line, with a sign and words, never by colour alone; the checks of a
statement, a document or an account; the accounts that are owned or checked. What nobody has touched has no mark: it is the machine's.
Example: "✎ corrected by Ilse Moran, 4 March 2026: a slip of the pen".
"""

from __future__ import annotations

from collections.abc import Iterable

from presstime.records import Record
from presstime.show.material import Index, Material
from presstime.show.moments import moment_words
from presstime.show.rows import View
from presstime.show.wording import WORDS, plural

__all__ = ["Account", "Mark", "accounts", "check_words", "review_counts", "review_mark", "translation_words"]

_SIGNS = {"corrected": "✎", "added": "+", "checked": "✓"}
"""By state, the one first that a line with several records takes."""


class Mark(Record, frozen=True):
    """A person's mark on a line: its sign, which only repeats the words, and the words."""

    sign: str
    words: str


class Account(Record, frozen=True):
    """An account that people have said something of: whose it is, and who checked it."""

    handle: str
    owner: str | None
    checks: tuple[str, ...]


def review_mark(view: View, records: Iterable[str]) -> Mark | None:
    """The mark of a line that stands for some records; None where nobody has touched any of them."""
    reviews = view.index.material.reviews
    held = [reviews[record] for record in records if record in reviews and reviews[record].state in _SIGNS]
    if not held:
        return None
    first = min(held, key=lambda one: (list(_SIGNS).index(one.state), one.at))
    when = moment_words(first.at, view.time_zone)
    why = f": {first.why}" if first.why and not _is_published(view.index) else ""
    words = f"{WORDS.review[first.state]} by {first.by}{f', {when}' if when else ''}{why}"
    return Mark(sign=_SIGNS[first.state], words=words)


def _is_published(index: Index) -> bool:
    """Whether reasons and notes, which people write for each other, are left out."""
    return index.material.findings.kind == "published"


def check_words(index: Index, of: str) -> tuple[str, ...]:
    """The checks of a document, a statement or an account: "checked by Ana Rel (reverse image search): as told; from 2024"."""
    material = index.material
    found = []
    for one in material.checks.get(of, ()):
        when = moment_words(one.at, material.time_zone)
        how = f" ({one.how})" if one.how else ""
        told = "; ".join(words for words in (one.result, "" if _is_published(index) else one.note) if words)
        found.append(f"checked by {one.by}{how}{f': {told}' if told else ''}{f', entered {when}' if when else ''}")
    return tuple(found)


def translation_words(index: Index, statement: str) -> str | None:
    """A statement's words in another language as a person entered them, marked as translated."""
    one = index.material.translations.get(statement)
    return f"translated ({one.language}){f' by {one.by}' if one.by else ''}: “{one.words}”" if one is not None else None


def accounts(index: Index) -> tuple[Account, ...]:
    """The accounts that are owned or were checked, by handle."""
    material = index.material
    records = {*index.documents, *index.statements}
    handles = sorted({*material.handles, *(of for of in material.checks if of not in records)})
    return tuple(Account(handle=one, owner=material.handles.get(one), checks=check_words(index, one)) for one in handles)


def review_counts(material: Material) -> str | None:
    """How much of the record people have looked at: "3 records corrected, 12 checked"; None where nobody has."""
    states = [review.state for review in material.reviews.values()]
    told = [f"{plural(count, 'record')} {WORDS.review[state]}" for state in _SIGNS if (count := states.count(state))]  # type: ignore[arg-type]
    checks = sum(map(len, material.checks.values()))
    told += [plural(checks, "check") + " of sources"] if checks else []
    return "; ".join(told) or None
