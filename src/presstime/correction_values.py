"""What may stand in a field: a value that a person gives → the record with it, or an InputError that says what it must be.

In: a record, a field and a value as Python or JSON has it. Out: the record put right, checked against its type and its
document: spans lie in the text, a figure's ends are in order, whatever is referred to is there.
Example: `fitted(target, "qualifier", "roughly")` says that it must be one of exact, about, at-least…
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import msgspec

from presstime.correction_act import Target
from presstime.ledger.anchors import KINDS, spans_of
from presstime.ledger.references import REFERENCES
from presstime.problems import InputError
from presstime.records import Document, Event, Figure, Participant, Span, Speaker, Statement

__all__ = ["check_record", "document_value", "fields_of", "fitted", "moment_value"]

FIXED = ("id", "words", "confidence")
"""Fields that follow from the others or are the reader's own."""


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record that people can put right, under their names in the interchange format."""
    return tuple(name for name in KINDS[kind][1].__struct_encode_fields__ if name not in FIXED)


def fitted(target: Target, field: str, value: Any) -> Any:
    """The record with a field put right. A speaker or participant may be given by the name alone. Raises InputError."""
    kind, record = target.kind, target.record
    if field not in fields_of(kind):
        raise InputError(f"a {kind} has no field {field!r} that can be put right; use one of: {', '.join(fields_of(kind))}")
    if isinstance(value, str) and field in ("speaker", "actor", "recipient"):
        value = _named(target, field, value)
    given = msgspec.to_builtins(value)
    type_ = KINDS[kind][1]
    tries = [given]
    if isinstance(given, str):
        with suppress(msgspec.DecodeError):
            tries.append(msgspec.json.decode(given))  # as the command line has it: 15
    fault = ""
    for each in tries:
        try:
            made = msgspec.convert(msgspec.to_builtins(record) | {field: each}, type_)
        except msgspec.ValidationError as error:
            fault = fault or str(error)
            continue
        if isinstance(made, Figure) and field in ("start", "end"):
            made = msgspec.structs.replace(made, words=target.document.text[max(0, made.start) : max(0, made.end)])
        return made
    raise InputError(f"{field} of a {kind} cannot be {_shown(value)}: it must be {_must_be(type_, field) or fault}")


def check_record(kind: str, record: Any, document: Document, find: Any) -> None:
    """Raises InputError where a record cannot stand in its document."""
    text = document.text
    spans = [*spans_of(record), *getattr(record, "mentions", ())]
    spans += [Span(start=each.start, end=each.end) for each in _within(record) if each is not None]
    for span in spans:
        if not 0 <= span.start <= span.end <= len(text):
            raise InputError(f"{span.start}–{span.end} is not within the text of {len(text)} characters; select words of the document")
    if isinstance(record, Statement) and not any(text[s.start : s.end].strip() for s in record.content):
        raise InputError("a statement needs words that are said; select some, or withdraw it")
    if isinstance(record, Figure):
        _check_figure(record)
    elif isinstance(record, Event) and record.start >= record.end:
        raise InputError("an event needs the words that tell of it; select some, or withdraw it")
    lat, lon = getattr(record, "lat", None), getattr(record, "lon", None)
    if (lat is not None and not -90 <= lat <= 90) or (lon is not None and not -180 <= lon <= 180):
        raise InputError("lat is -90 to 90 degrees and lon -180 to 180; mend the point")
    country = getattr(record, "country", None)
    if country is not None and not re.fullmatch(r"[A-Z]{2}", country):
        raise InputError(f"country is an ISO 3166 code of two capital letters, such as AM, and not {country!r}")
    for field, kind_of in REFERENCES[kind].items():
        value = getattr(record, field)
        for one in value if isinstance(value, tuple) else (getattr(value, "actor", value),):
            if one is not None and (find(kind_of, one) is None or one == record.id):
                raise InputError(f"{field}: there is no other {kind_of} {one!r} in this document; take the id of one that stands in it")


def _check_figure(figure: Figure) -> None:
    if any(number is not None and number < 0 for number in (figure.low, figure.high)):
        raise InputError("a figure's low and high are 0 or more, or null")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        raise InputError(f"low ({figure.low}) is above high ({figure.high}); put both right together")
    if figure.start >= figure.end:
        raise InputError("a figure needs its words; select some, or withdraw it")


def _within(record: Any) -> Iterable[Any]:
    return [getattr(record, name, None) for name in ("speaker", "actor", "recipient") if not isinstance(getattr(record, name, None), str)]


def _named(target: Target, field: str, name: str) -> Any:
    """Whoever a name stands for, where the text has it: the mention that stood for the one before, else the nearest one."""
    name = " ".join(name.split())
    if not name:
        raise InputError(f"{field} needs a name; give null where it cannot be told")
    text, before = target.document.text, getattr(target.record, field)
    actor = next((a.id for a in target.reading.actors if a.name.casefold() == name.casefold()), None)
    own = words_start = min(span.start for span in spans_of(target.record))
    if before is not None:
        start, end = before.start, before.end
    else:
        found = [match.span() for match in re.finditer(re.escape(name), text)]
        start, end = min(found, key=lambda at: abs(at[0] - own), default=(words_start, words_start))
    if field == "speaker":
        return Speaker(start=start, end=end, name=name, actor=actor, how="correction", confidence=1.0)
    return Participant(start=start, end=end, name=name, actor=actor)


def document_value(field: str, value: Any) -> str | None:
    """The value of a document's own field: null, or text of its form. Raises InputError."""
    if value is None:
        return None
    if not isinstance(value, str) or not (words := " ".join(value.split())):
        raise InputError(f"{field} must be text, or null where it is not known")
    if field == "published":
        _date(words, field)
    elif field == "language" and not re.fullmatch(r"[a-z]{2,3}", words):
        raise InputError(f"language is an ISO 639 code of small letters, such as hy, and not {words!r}")
    elif field == "url" and not re.match(r"https?://[^\s/]+", words):
        raise InputError(f"url must begin with http:// or https://, not {words!r}")
    return words


def _date(words: str, field: str) -> None:
    try:
        if len(words) == 10:
            date.fromisoformat(words)
        else:
            moment_value(words, field)
    except ValueError:
        raise InputError(f"{field} is a date (2026-03-03) or a moment with its offset (2026-03-03T20:00+02:00), not {words!r}") from None


def moment_value(words: Any, field: str) -> str:
    """A moment with its offset. Raises InputError."""
    try:
        found = datetime.fromisoformat(words) if isinstance(words, str) and len(words) > 10 else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InputError(f"{field} is a moment with its offset, such as 2026-03-03T20:00+02:00, and not {words!r}")
    return found.isoformat()


def _must_be(type_: type[Any], field: str) -> str:
    """What a field must be, in words; empty where the type's own message says it better."""
    info = next(f.type for f in msgspec.inspect.type_info(type_).fields if f.encode_name == field)  # type: ignore[attr-defined]
    several = getattr(info, "types", (info,))
    words = []
    for each in several:
        if isinstance(each, msgspec.inspect.LiteralType):
            words.append(f"one of {', '.join(map(str, each.values))}")
        elif isinstance(each, msgspec.inspect.IntType):
            words.append("a whole number")
        elif isinstance(each, msgspec.inspect.FloatType):
            words.append("a number")
        elif isinstance(each, msgspec.inspect.StrType):
            words.append("text")
        elif isinstance(each, msgspec.inspect.NoneType):
            words.append("null")
        else:
            return ""
    return " or ".join(words)


def _shown(value: Any) -> str:
    return msgspec.json.encode(value).decode()
