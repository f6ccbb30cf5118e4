"""Targets: where a message goes, told apart from the secrets that its address holds.

In: what stands in `to` of a [[notify]] table ("mail", an Apprise URL, "env:NAME"), the [mail] table, the environment. Out: a
`Target`, whose `name` may be printed and whose address may not. Example: `env:DESK_CHAT` is printed so, whatever it holds;
"slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ" is printed as "slack://…".
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from presstime.problems import StoryError
from presstime.story_notify import ENV, MAIL, Mail, Notify

__all__ = ["PORTS", "SmtpServer", "Target", "covered", "rule_key", "target_of", "targets_of"]

PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""Where a mail server takes mail in, by how it is spoken to (RFC 6409, RFC 8314)."""
_SECRET = re.compile(r"[^\s/:@?&=#,;+]{4,}")
_HASHED = 12
"""Hex digits of a hash that tell targets of one rule apart."""


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A mail server, with what it wants to know. Nothing of it is in its `repr`."""

    host: str = field(repr=False)
    port: int = field(repr=False)
    security: str = field(repr=False)
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where messages of a rule go: a mail server with addresses, or an Apprise URL. `name` may be printed."""

    name: str
    url: str | None = field(default=None, repr=False)
    server: SmtpServer | None = field(default=None, repr=False)
    sender: str = field(default="", repr=False)
    receivers: tuple[str, ...] = field(default=(), repr=False)


def targets_of(rule: Notify) -> tuple[str, ...]:
    """What stands in a rule's `to`, one by one."""
    return (rule.to,) if isinstance(rule.to, str) else rule.to


def rule_key(rule: Notify, to: str) -> str:
    """The name under which is kept what a rule has told a target. It holds no secret, and changes with either's name."""
    plain = to if to == MAIL or to.startswith(ENV) else f"{_scheme(to)}#{hashlib.sha256(to.encode()).hexdigest()[:_HASHED]}"
    return f"{rule.name}, {plain}"


def target_of(to: str, mail: Mail | None, environment: Mapping[str, str]) -> Target:
    """The target that `to` stands for.

    Raises StoryError for a variable that is not set or holds no target, and for an Apprise URL where Apprise is not installed.
    """
    name, meant = to, to
    if to.startswith(ENV):
        meant = _value(to, environment, "notify, to").strip()
        if "://" not in meant and meant != MAIL:
            raise StoryError(f"the variable {to.removeprefix(ENV)} holds no Apprise URL; set it to one such as json://desk.example/hook")
    elif to != MAIL:
        name = f"{_scheme(to)}://…"
    if meant == MAIL:
        if mail is None:
            raise StoryError('story.toml: "mail" needs a [mail] table with server, from and to; add one')
        return Target(name=name, server=_server(mail, environment), sender=mail.from_, receivers=mail.to)
    if importlib.util.find_spec("apprise") is None:
        raise StoryError('Apprise, which tells this target, is not installed; install it with: pip install "presstime[watch]"')
    return Target(name=name, url=meant)


def covered(words: str, target: Target) -> str:
    """Words of a library about a target, without any piece of its address or its passwords."""
    secrets: set[str] = set()
    if target.url is not None:
        rest = target.url.partition("://")[2]
        secrets.update(_SECRET.findall(rest), _SECRET.findall(unquote(rest)), (rest, target.url))
    elif target.server is not None:
        secrets.update(secret for secret in (target.server.password, target.server.user) if secret)
    for secret in sorted(secrets, key=len, reverse=True):
        words = words.replace(secret, "…")
    return " ".join(words.split())


def _server(mail: Mail, environment: Mapping[str, str]) -> SmtpServer:
    host, port = mail.server, PORTS[mail.security]
    if (found := re.fullmatch(r"(.*[^:]):(\d+)", mail.server)) is not None and (":" not in found[1] or found[1].endswith("]")):
        host, port = found[1], int(found[2])
    user, password = (
        _value(given, environment, f"mail, {key}") if given is not None and given.startswith(ENV) else given
        for key, given in (("user", mail.user), ("password", mail.password))
    )
    return SmtpServer(host=host.strip("[]"), port=port, security=mail.security, user=user, password=password)


def _value(to: str, environment: Mapping[str, str], where: str) -> str:
    variable = to.removeprefix(ENV)
    value = environment.get(variable, "")
    if not value.strip():
        raise StoryError(f"story.toml: {where}: the environment variable {variable} is not set; set it before the watch starts")
    return value


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()
