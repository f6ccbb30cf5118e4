"""Messages: notices as an e-mail in HTML and text with the same lines, and as the few lines that chat services show.

In: `Notice`s, the story's title and zone. Out: an `EmailMessage`'s bytes, or a title and a body. Nothing in the HTML is fetched
from anywhere; what is in it is in the text. Example of a subject: "Flood: 3 changes, first “Changed: Ministry of Health, …”".
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from presstime.records import Record
from presstime.show.moments import moment_words
from presstime.show.passages import printable
from presstime.show.wording import plural
from presstime.watch.notices import Notice, Proof, ordered

__all__ = ["Telling", "chat_text", "digest_html", "digest_mail", "digest_text", "subject_of"]

LONGEST_SUBJECT = 150
"""Characters: mail programs show some 70, phones' notices twice as many."""
_CALLS = re.compile(r"@(?=\w)|<(?=[!@#])")
"""What chat services take for calling somebody: a quoted "@everyone" wakes nobody."""
LINE = "Who says what, as of press time; who is right is not said."


class Telling(Record, frozen=True):
    """What every message says of itself. `again` says that some of it may have been told before."""

    story: str
    rule: str
    time_zone: str
    now: str
    again: bool = False
    report: str | None = None


def subject_of(notices: Sequence[Notice], telling: Telling) -> str:
    """One line: the story, and the only change or how many there are and the first of them."""
    first = next(iter(ordered(notices)))[1][0].words
    lead = first if len(notices) == 1 else f"{plural(len(notices), 'change')}, first: {first}"
    line = " ".join(f"{printable(telling.story)}: {lead}".split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"


def digest_text(notices: Sequence[Notice], telling: Telling) -> str:
    """The digest as text: every line, and under it the words that it rests on with the way to them."""
    lines = [printable(telling.story), _head(notices, telling), ""]
    if telling.again:
        lines += [_AGAIN, ""]
    for heading, held in ordered(notices):
        lines += [heading.upper(), ""]
        for each in held:
            lines += [f"* {each.words}", *_beneath(each, telling), ""]
    return "\n".join([*lines, "-- ", *_foot(telling), ""])


def digest_html(notices: Sequence[Notice], telling: Telling) -> str:
    """The digest as one HTML page that fetches nothing."""
    template = _environment().get_template("digest.html")
    return template.render(
        telling=telling,
        groups=ordered(notices),
        head=_head(notices, telling),
        again=_AGAIN,
        foot=_foot(telling),
        subject=subject_of(notices, telling),
    )


def digest_mail(notices: Sequence[Notice], telling: Telling, *, sender: str, receivers: Sequence[str], now: datetime) -> bytes:
    """The digest as an e-mail, in text and HTML. The same notices of the same rule have the same Message-ID."""
    digest = hashlib.sha256("\n".join((telling.rule, *(each.id for each in notices))).encode()).hexdigest()[:32]
    message = _mail(subject_of(notices, telling), digest, sender, receivers, now.astimezone(ZoneInfo(telling.time_zone)))
    message.set_content(digest_text(notices, telling))
    message.add_alternative(digest_html(notices, telling), subtype="html")
    return message.as_bytes()


def plain_mail(subject: str, text: str, *, sender: str, receivers: Sequence[str], now: datetime) -> bytes:
    """An e-mail of some text alone."""
    message = _mail(subject, uuid.uuid4().hex, sender, receivers, now)
    message.set_content(text)
    return message.as_bytes()


def _mail(subject: str, identity: str, sender: str, receivers: Sequence[str], now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["From"] = Address(display_name="presstime", addr_spec=sender)
    message["To"] = ", ".join(receivers)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def chat_text(notices: Sequence[Notice], telling: Telling) -> tuple[str, str]:
    """A title and a body for services that show a few lines."""
    lines = [_AGAIN, ""] if telling.again else []
    for _, held in ordered(notices):
        for each in held:
            lines += [each.words, *(f"Before: {line}" for line in each.before), *(f"Now: {line}" for line in each.after)]
            lines += [f"– {_proof(proof)}{_ways(proof)}" for proof in each.proofs]
            lines += [_more(each, telling), ""] if each.more else [""]
    body = _CALLS.sub("\\g<0>\N{ZERO WIDTH SPACE}", "\n".join(lines).strip())
    return f"{printable(telling.story)}: {plural(len(notices), 'change')}", body


_AGAIN = "Some of this may have reached you before: the watch was stopped while it was being sent."


def _head(notices: Sequence[Notice], telling: Telling) -> str:
    when = moment_words(telling.now, telling.time_zone) or telling.now
    return f"{plural(len(notices), 'change')}, as of {when} ({telling.time_zone})"


def _foot(telling: Telling) -> tuple[str, ...]:
    return (LINE, f"Told by the rule “{printable(telling.rule)}” in the story’s story.toml.")


def _beneath(notice: Notice, telling: Telling) -> list[str]:
    lines = [f"    found {notice.found}"]
    lines += [f"    Before: {line}" for line in notice.before] + [f"    Now: {line}" for line in notice.after]
    for proof in notice.proofs:
        lines.append(f"    - {_proof(proof)}")
        lines += [f"      {way}" for way in (proof.page, proof.report) if way]
    return [*lines, f"    {_more(notice, telling)}"] if notice.more else lines


def _proof(proof: Proof) -> str:
    whose = f"{proof.outlet}, {proof.published}"
    if not proof.words:
        return f"{whose}: {proof.headline}"
    return f"{whose}: “{proof.lead}{proof.words}{proof.tail}”"


def _ways(proof: Proof) -> str:
    return "".join(f" {way}" for way in (proof.page, proof.report) if way)


def _more(notice: Notice, telling: Telling) -> str:
    return f"And {plural(notice.more, 'passage')} more, in the report" + (f": {telling.report}" if telling.report else ".")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("presstime.watch", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["more_words"] = _more
    return environment
