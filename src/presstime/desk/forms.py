"""Forms made from a record's type: a field for everything that can be put right, and what a person sent back → what has changed.

Comes in: a record in its reading. Goes out: `Field`s for a page, their choices from the record's type or from the document's own records;
and, of a form that was sent, only the values that its person changed: whatever another put right meanwhile is left.
Example: a figure's `qualifier` is a choice of eight; "15" sent for `low` where the form held "51" is {"low": 15, "high": 15}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from presstime.correction_values import fields_of
from presstime.ledger.anchors import KINDS, spans_of, words_at
from presstime.ledger.lookups_record import Whole
from presstime.ledger.references import REFERENCES
from presstime.problems import InputError
from presstime.records import Reading, Record, Span
from presstime.show.wording import WORDS

__all__ = ["Choice", "Field", "changes", "choices_of", "form_fields", "held"]

Input = Literal["choice", "several", "number", "degrees", "tick", "text", "name", "spans"]
WORDS_OF_A_CHOICE = 70
"""Characters of a statement in a list of them."""
MOST_CHOICES = 80
"""Records in a list to choose from; of a long document's thousands the nearest."""
_EQUAL = ("exact", "about")
"""Qualifiers whose two ends are one number."""


class Choice(Record, frozen=True):
    """One of the values that a field may have."""

    value: str
    words: str


class Field(Record, frozen=True):
    """A field of a form: what it is called, how it is put in, what stands there (several: the values, parted by blanks)."""

    name: str
    label: str
    input: Input
    value: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    words: str = ""


class _Label(Record, frozen=True):
    label: str
    hint: str = ""


@cache
def _labels() -> dict[str, dict[str, _Label]]:
    return msgspec.toml.decode(files("presstime.desk").joinpath("fields.toml").read_bytes(), type=dict[str, dict[str, _Label]])


def form_fields(whole: Whole) -> tuple[Field, ...]:
    """The fields of the form of a record, in the order of a form."""
    values = held(whole)
    return tuple(_field(whole, name, label, values[name]) for name, label in _labels()[whole.kind].items())


def held(whole: Whole) -> dict[str, str]:
    """What a record's form holds, as text. The form sends it back, so that what its person changed can be told from what others did."""
    raw = msgspec.to_builtins(whole.record)
    return {name: _text(raw, name) for name in _labels()[whole.kind]}


def _text(raw: Mapping[str, Any], name: str) -> str:
    if name == "where":
        return f"{raw['start']}-{raw['end']}"
    value = raw[name]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else f"{value['start']}-{value['end']}"
    if isinstance(value, list | tuple):
        if name == "names":
            return "; ".join(value)
        return ", ".join(f"{one['start']}-{one['end']}" for one in value) if name in ("content", "mentions") else " ".join(value)
    return str(value)


def _field(whole: Whole, name: str, label: _Label, value: str) -> Field:
    kind, reading = whole.kind, whole.reading
    words = ""
    choices: tuple[Choice, ...] = ()
    input_ = _input_of(kind, name)
    if name in REFERENCES[kind] and input_ in ("choice", "several"):
        choices = choices_of(reading, REFERENCES[kind][name], whole.record, value.split())
    elif input_ == "choice":
        choices = tuple(Choice(value=one, words=_word(name, one)) for one in _values(kind, name))
    elif input_ == "spans":
        words = words_at(reading.document.text, _spans(name, value)) if value else ""
    if input_ == "choice" and _nullable(kind, name):
        choices = (Choice(value="", words="none"), *choices)
    if input_ == "choice" and all(one.value != value for one in choices):
        choices = (*choices, Choice(value=value, words=value))  # what a newer reader gives is never left out
    return Field(name=name, label=label.label, input=input_, value=value, hint=label.hint, choices=choices, words=words)


@cache
def _input_of(kind: str, name: str) -> Input:
    if name in ("where", "content", "cue", "mentions"):
        return "spans"
    if name in ("speaker", "recipient") or (name == "actor" and kind == "event"):
        return "name"
    if name in REFERENCES[kind]:
        return "several" if name == "answers" else "choice"
    inner = {type(one) for one in _types(kind, name)}
    if msgspec.inspect.LiteralType in inner:
        return "choice"
    if msgspec.inspect.BoolType in inner:
        return "tick"
    if msgspec.inspect.IntType in inner:
        return "number"
    return "degrees" if msgspec.inspect.FloatType in inner else "text"


@cache
def _types(kind: str, name: str) -> tuple[Any, ...]:
    fields = msgspec.inspect.type_info(KINDS[kind][1]).fields  # type: ignore[attr-defined]
    info = next(one.type for one in fields if one.encode_name == name)
    return tuple(getattr(info, "types", (info,)))


def _values(kind: str, name: str) -> tuple[str, ...]:
    """The values of a choice, in the order of its type."""
    literal = KINDS[kind][1].__annotations__[{"from": "from_"}.get(name, name)]
    of_type = next((one for one in _types(kind, name) if isinstance(one, msgspec.inspect.LiteralType)), None)
    assert of_type is not None, literal
    return tuple(str(one) for one in of_type.values)


def _nullable(kind: str, name: str) -> bool:
    return any(isinstance(one, msgspec.inspect.NoneType) for one in _types(kind, name))


def _word(name: str, value: str) -> str:
    """A choice as people call it."""
    if name == "act" and value in WORDS.act:
        return str(WORDS.act[value].noun)
    if name == "measure" and value in WORDS.measure:
        return str(WORDS.measure[value].title)
    return {"type": WORDS.event, "standing": WORDS.standing}.get(name, {}).get(value, value)


def choices_of(reading: Reading, kind: str, near: Any = None, chosen: Sequence[str] = ()) -> tuple[Choice, ...]:
    """A document's records of a kind, to choose from, in the order of the text: the nearest to a record, and those chosen already."""
    text = reading.document.text
    records = [one for one in getattr(reading, KINDS[kind][0]) if near is None or one.id != near.id]
    if near is not None and len(records) > MOST_CHOICES:
        here = _begins(near)
        nearest = sorted(records, key=lambda one: abs(_begins(one) - here))[:MOST_CHOICES]
        kept = {one.id for one in nearest} | set(chosen)
        records = [one for one in records if one.id in kept]
    found = []
    for one in records:
        if kind == "statement":
            words = words_at(text, one.content) or words_at(text, [one.cue] if one.cue else [])
            said = f"{one.speaker.name if one.speaker else 'nobody named'}: {words}"
        elif kind == "time":
            said = f"{text[one.start : one.end]} ({one.value})"
        elif kind == "figure":
            said = f"{one.words} ({one.measure})"
        elif kind == "event":
            said = f"{text[one.start : one.end]} ({_word('type', one.type)})"
        else:
            said = one.name
        found.append(Choice(value=one.id, words=" ".join(said.split())[:WORDS_OF_A_CHOICE]))
    return tuple(found)


def _begins(record: Any) -> int:
    return min((span.start for span in spans_of(record)), default=0)


# ---------------------------------------------------------------- what was sent


def changes(whole: Whole, sent: Mapping[str, Any], was: Mapping[str, str]) -> dict[str, Any]:
    """The fields that the person of a form changed: `sent` against `was`, what the form held when it was made.

    Values are as a record's JSON has them. Raises InputError where one cannot be read.
    """
    made: dict[str, Any] = {}
    for name, label in _labels()[whole.kind].items():
        kind = _input_of(whole.kind, name)
        if name not in sent and kind not in ("tick", "several"):
            continue
        given = sent.get(name, "")
        text = " ".join(given) if isinstance(given, list) else given if isinstance(given, str) else ""
        if name not in was or text.strip() == was[name].strip():
            continue
        made |= _value(whole.kind, name, label.label, text.strip(), kind)
    if whole.kind == "figure":
        made |= _other_end(whole, made)
    return made


def _other_end(whole: Whole, made: Mapping[str, Any]) -> dict[str, Any]:
    """Of a figure that is one number ("5", "about 80"): where one end is put right, so is the other."""
    figure = whole.record
    one_number = made.get("qualifier", figure.qualifier) in _EQUAL and figure.low == figure.high
    if one_number and ("low" in made) != ("high" in made):
        return {"low": made["low"], "high": made["low"]} if "low" in made else {"low": made["high"], "high": made["high"]}
    return {}


def _value(kind: str, name: str, label: str, text: str, input_: Input) -> dict[str, Any]:
    if input_ == "spans":
        spans = _spans(label, text)
        if name == "where":
            if len(spans) != 1:
                raise InputError(f"{label}: give one stretch of the text, such as 120-131")
            return {"start": spans[0].start, "end": spans[0].end}
        if name == "cue":
            return {"cue": msgspec.to_builtins(spans[0]) if spans else None}
        return {name: msgspec.to_builtins(spans)}
    if input_ == "several":
        return {name: text.split()}
    if input_ == "tick":
        return {name: bool(text)}
    if name == "names":
        return {name: [one.strip() for one in text.split(";") if one.strip()]}
    if not text:
        if input_ in ("name", "choice") or _nullable(kind, name):
            return {name: None}
        raise InputError(f"{label} cannot be empty")
    if input_ in ("number", "degrees"):
        return {name: _number(label, text, whole=input_ == "number")}
    return {name: text}


def _number(label: str, text: str, *, whole: bool) -> float | int:
    bare = text.replace(",", "").replace("\u202f", "").replace(" ", "") if whole else text
    try:
        if len(bare) > 20 or not bare.isascii():
            raise ValueError
        return int(bare) if whole else float(bare)
    except ValueError:
        raise InputError(f"{label} must be a {'whole number' if whole else 'number'}, and not {text[:40]!r}") from None


_SPAN = re.compile(r"(\d{1,9})\s*[-\u2013]\s*(\d{1,9})", re.ASCII)


def _spans(label: str, text: str) -> tuple[Span, ...]:
    """Stretches of a text as a form has them: "120-131, 420-431"."""
    found = []
    for part in text.split(",") if text else ():
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise InputError(f"{label}: {part.strip()[:40]!r} is no stretch of the text; write it as 120-131, or select the words")
        found.append(Span(start=int(match[1]), end=int(match[2])))
    return tuple(found)


def known_fields(kind: str) -> frozenset[str]:
    """The fields of a kind that a form must have: everything that can be put right."""
    return frozenset("where" if name in ("start", "end") else name for name in fields_of(kind))
