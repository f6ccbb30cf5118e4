"""Mappings: what the columns of a table, or the keys of a file of JSON, are in presstime's words.

Comes in: an [[mappings]] table of story.toml. Goes out: a `Mapping`, by which gather turns each row into a document. With
`text = "Body"` and `published = "Date"`, the row {"Body": "Five died.", "Date": "4 March 2026"} is a document of that day.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from presstime.records import Record

__all__ = ["Mapping", "MappedFields", "MappedValues"]

Text = Annotated[str, msgspec.Meta(min_length=1)]


class MappedFields(Record, frozen=True, forbid_unknown_fields=True):
    """Which column or key holds what. In JSON a key within others is a path, "story.headline"; a number counts in a list from 0.

    `text` may name several: their texts are put together in that order.
    """

    text: Text | tuple[Text, ...]
    id: Text | None = None
    headline: Text | None = None
    byline: Text | None = None
    outlet: Text | None = None
    dateline: Text | None = None
    published: Text | None = None
    url: Text | None = None
    language: Text | None = None


class MappedValues(Record, frozen=True, forbid_unknown_fields=True):
    """What is the same for every row, where no column says it: the outlet of a file that one body publishes."""

    outlet: Text | None = None
    byline: Text | None = None
    dateline: Text | None = None
    language: Text | None = None


class Mapping(Record, frozen=True, forbid_unknown_fields=True):
    """How the files of one layout are read.

    `files` is a pattern for their names ("incidents-*.csv"); `items` the path of the list in a JSON object ("data.results").
    `date_format` is strptime's ("%d/%m/%Y"), `time_zone` an IANA name for times that give no offset.
    """

    files: Text
    fields: MappedFields
    values: MappedValues = MappedValues()
    format: Literal["csv", "json", "jsonl"] | None = None
    items: Text | None = None
    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] | None = None
    encoding: Text | None = None
    date_format: Text | None = None
    time_zone: Text | None = None
    html: bool = False
