"""The first screen: as of when, from how many documents, outlets and independent origins, and why no more of these.

In: an index. Out: `Counts`, with the count of origins explained. The latest figures, the disputes and what changed are cut from their
own sections.
Example: "at most 6 independent origins": 3 documents are Coast Wire's copy, 5 others have an origin each.
"""

from __future__ import annotations

from collections import Counter

from presstime.records import Record
from presstime.show.material import Index, independent_at_most, outlets
from presstime.show.wording import plural

__all__ = ["Counts", "count_sources"]

MOST_SHARED = 6
"""Origins named in the explanation; the section on sources has all."""
_SHARED = {
    "agency": "{} are {}’s copy",
    "statement": "{} are {}’s own words",
    "report": "{} are {}’s reports, or copies of them",
}


class Counts(Record, frozen=True):
    """How much there is. `why` explains, a phrase a line, how `origins` was counted."""

    documents: int
    outlets: int
    origins: int
    why: tuple[str, ...]


def count_sources(index: Index) -> Counts:
    """The counts of documents, outlets and independent origins at most."""
    found = index.found_documents
    own = Counter(found[one].origin for one in index.documents if one in found)
    told = [(origin, count) for origin, count in own.most_common() if origin in index.origins and count > 1]
    why = [_SHARED[index.origins[origin].kind].format(plural(count, "document"), index.origins[origin].name) for origin, count in told]
    rest = why[MOST_SHARED:]
    why = why[:MOST_SHARED]
    if rest:
        why.append(f"{plural(len(rest), 'more origin')} of several documents, named under Sources")
    single = len(index.documents) - sum(count for _, count in told)
    if single and why:
        why.append(f"{plural(single, 'other document')} count{'s' if single == 1 else ''} as one origin each, or as a copy of another")
    return Counts(
        documents=len(index.documents),
        outlets=len(outlets(index.material)),
        origins=independent_at_most(index),
        why=tuple(why),
    )
