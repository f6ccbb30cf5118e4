"""What is noted of one figure for the series, and what is settled of them. In: nothing. Out: their forms.

Example: "at least 12" by the ministry → low 12, no high, of the hour at which its report appeared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from presstime.combine.stages import Note
from presstime.findings import Series
from presstime.records import Qualifier

__all__ = ["CUT", "Drawn", "Found", "List", "Noted", "Scene", "Told", "Value", "value_of"]

CUT = "\x1f"
"""Between the parts of a key, and of a reference to a giver that is nobody known: the words, and the origin that has them."""
Value = tuple[int | None, int | None, str, str]


class Told(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A figure as series compare it. References only; `shown` has the words of a giver that is nobody known.

    `alias` is the origin that is the same as the giver, `heads` the field of the ministry that the giver is the minister
    of, `field` that of a giver that is a ministry, `land` the key of the giver's country; `called` are the stems of a
    body's name, `rules` marks a government that is told to count. `moment` and `published` are minutes, the rest of the
    times as in `incidents.Setting`. `towns` are those that the document names. `own` marks the outlet's own voice, `single`
    one person told of, without a number, `earlier` a figure named as one that held before, `beside` a second number of the
    same in one sentence, `moved` a sentence that tells of a change, `rising` of a growing count; `known` is
    a number named as a known one ("the two deaths").
    """

    document: str
    family: str
    origin: str
    giver: str
    alias: str = ""
    heads: str = ""
    field: str = ""
    land: str = ""
    shown: str = ""
    called: str = ""
    rules: bool = False
    low: int | None = None
    high: int | None = None
    qualifier: Qualifier = "exact"
    words: str = ""
    as_of: str | None = None
    moment: int = 0
    published: int = 0
    group: str = ""
    nation: str = ""
    noun: str | None = None
    of: str | None = None
    place: str = ""
    place_name: str = ""
    place_shown: str = ""
    sure: int = 0
    wide: bool = False
    scene: bool = False
    towns: tuple[str, ...] = ()
    begins: int = 0
    ends: int = 0
    when: str = ""
    cause: str = ""
    part: bool = False
    single: bool = False
    earlier: bool = False
    moved: bool = False
    rising: bool = False
    beside: bool = False
    own: bool = False
    known: bool = False


Noted = Sequence[Note[Told]]
List = list[Note[Told]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Figures that count the same. `key` is what makes it this one; `label` tells its incident from others at its place."""

    notes: List
    key: tuple[str, ...]
    place: str = ""
    group: str = ""
    label: str = ""
    main: bool = False


def value_of(told: Told) -> Value:
    """What a figure says."""
    return told.low, told.high, told.qualifier, told.words


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A series whose givers are still references. `order` is its first figure's; `main` that its place has most figures."""

    series: Series
    order: str
    main: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The series of one measure."""

    drawn: tuple[Drawn, ...]
