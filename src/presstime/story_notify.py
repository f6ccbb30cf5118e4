"""What story.toml says of notifying: who is told of which changes, how often, and through which mail server.

Comes in: the [[notify]] tables and the [mail] table. Goes out: `Notify` rules and a `Mail`, checked. Example: a rule with
`digest = "daily"` and `at = "07:30"` is one message a day; with `every = "10m"` besides, it is a StoryError.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Annotated, Literal

import msgspec

from presstime.problems import StoryError
from presstime.records import Record
from presstime.story_watch import seconds_of

__all__ = ["ENV", "MAIL", "Mail", "Notify", "check_notify", "clock_of", "quiet_of"]

Text = Annotated[str, msgspec.Meta(min_length=1)]
What = Literal["figure-moved", "new-dispute", "denial", "new-reaction", "document-changed", "document-gone"]

MAIL = "mail"
"""What stands in `to` for the addresses of the [mail] table."""
ENV = "env:"
"""Before the name of an environment variable that holds the value."""

_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_TARGET = re.compile(r"[A-Za-z][A-Za-z0-9_+.-]{1,30}://\S*")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_QUIET = re.compile(r"(\S+?)\s*[-–]\s*(\S+)")
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_SERVER = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+)(?::(\d{1,5}))?")


class Notify(Record, frozen=True, forbid_unknown_fields=True):
    """A [[notify]] table of story.toml: who is told of what, and when.

    `to` is one target or several: an Apprise URL, "mail", or "env:NAME" for a variable that holds either. `what` are kinds of
    change (all, where none are named). Without `every` and `digest` a message goes out at once; `every` is the least time
    between two messages; a digest gathers what is found until the full hour, or until `at` (07:00) of each day. In the
    hours of `quiet` ("22:00-06:30") nothing goes out; it waits until they end. Times of day are in the story's zone.
    `report` is the address under which readers find the story's report.html.
    """

    name: Text
    to: Text | tuple[Text, ...]
    what: tuple[What, ...] = ()
    every: Text | None = None
    digest: Literal["hourly", "daily"] | None = None
    at: Text | None = None
    quiet: Text | None = None
    report: Text | None = None


class Mail(Record, frozen=True, forbid_unknown_fields=True):
    """The [mail] table of story.toml: where e-mail is handed in, and from whom to whom it is.

    `server` is "name" or "name:port". `security` is "starttls" (port 587), "tls" (port 465) or "none" (port 25). `user` and
    `password` may be "env:NAME", and the password should.
    """

    server: Text
    to: tuple[Text, ...]
    from_: Text = msgspec.field(name="from")
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Text | None = None
    password: Text | None = None


def clock_of(words: str) -> time | None:
    """The time of day that "07:30" says; None for what says none."""
    found = _CLOCK.fullmatch(words.strip())
    return time(int(found[1]), int(found[2])) if found else None


def quiet_of(words: str) -> tuple[time, time] | None:
    """From when until when "22:00-06:30" is; None for what is no such span."""
    found = _QUIET.fullmatch(words.strip())
    start, end = (clock_of(found[1]), clock_of(found[2])) if found else (None, None)
    return (start, end) if start is not None and end is not None and start != end else None


def check_notify(rules: Sequence[Notify], mail: Mail | None, where: str) -> None:
    """Raises StoryError for a rule or a mail server that is written otherwise than it must be. Never repeats a target."""
    names: dict[str, int] = {}
    for number, rule in enumerate(rules, 1):
        at = f"{where}: notify {number} ({rule.name})"
        folded = " ".join(rule.name.casefold().split())
        if (other := names.setdefault(folded, number)) != number:
            raise StoryError(f"{at} has the name of notify {other}; give each a name of its own, by which it is known what it was told")
        _check_targets(rule, mail, at)
        _check_times(rule, at)
        if rule.report is not None and not re.match(r"https?://[^\s/]+", rule.report):
            raise StoryError(f"{at}, report: write the whole address, such as https://desk.harrowpost.example/flood/report.html")
    if mail is not None:
        _check_mail(mail, f"{where}: mail")


def _check_targets(rule: Notify, mail: Mail | None, at: str) -> None:
    targets = (rule.to,) if isinstance(rule.to, str) else rule.to
    if not targets:
        raise StoryError(f'{at}, to: names nobody; write an Apprise URL, "env:NAME" or "mail"')
    if len(set(targets)) != len(targets):
        raise StoryError(f"{at}, to: one target stands there twice; take one of them out")
    for number, target in enumerate(targets, 1):
        if target == MAIL:
            if mail is None:
                raise StoryError(f'{at}, to: "mail" needs a [mail] table with server, from and to; add one')
        elif target.startswith(ENV):
            if not _VARIABLE.fullmatch(target):
                raise StoryError(f'{at}, to: after "env:" stands the name of a variable, such as "env:DESK_CHAT"')
        elif not _TARGET.fullmatch(target):
            which = f"target {number} " if len(targets) > 1 else "it "
            raise StoryError(f'{at}, to: {which}is no Apprise URL (such as json://desk.example/hook), no "env:NAME" and not "mail"')


def _check_times(rule: Notify, at: str) -> None:
    if rule.every is not None and seconds_of(rule.every) is None:
        raise StoryError(f"{at}, every: {rule.every!r} is no time between one second and a week; write it like '30s', '10m' or '2h'")
    if rule.every is not None and rule.digest is not None:
        raise StoryError(f"{at} has both 'every' and 'digest'; leave one of them out")
    if rule.at is not None and rule.digest != "daily":
        raise StoryError(f'{at}, at: is the time of a daily digest; add digest = "daily", or take it out')
    if rule.at is not None and clock_of(rule.at) is None:
        raise StoryError(f"{at}, at: {rule.at!r} is no time of day; write it like '07:30'")
    if rule.quiet is not None and quiet_of(rule.quiet) is None:
        raise StoryError(f"{at}, quiet: {rule.quiet!r} is no span of the day; write it like '22:00-06:30'")


def _check_mail(mail: Mail, at: str) -> None:
    server = _SERVER.fullmatch(mail.server)
    if server is None or (server[2] is not None and not 0 < int(server[2]) < 65536):
        raise StoryError(f"{at}, server: write a name or an address, and a port where it is another than usual: 'mail.example:2525'")
    if not mail.to:
        raise StoryError(f"{at}, to: names nobody; write at least one address")
    for key, addresses in (("from", (mail.from_,)), ("to", mail.to)):
        for address in addresses:
            if not _ADDRESS.fullmatch(address):
                raise StoryError(f"{at}, {key}: {address!r} is no e-mail address; write it like 'desk@harrowpost.example'")
    for key, value in (("user", mail.user), ("password", mail.password)):
        if value is not None and value.startswith(ENV) and not _VARIABLE.fullmatch(value):
            raise StoryError(f'{at}, {key}: after "env:" stands the name of a variable, such as "env:DESK_MAIL"')
    if (mail.user is None) != (mail.password is None):
        raise StoryError(f"{at} has a user or a password without the other; give both or neither")
    if mail.password is not None and mail.security == "none":
        raise StoryError(f'{at}, security: a password would be sent in the clear; use "starttls" or "tls"')
