"""Sending one message, in a process of its own: `python -m presstime.watch.sending`, which is given a `Job` on its input.

In: a `Job` as JSON on standard input. Out: an `Outcome` as JSON on standard output. What became of the message is noted in
watch.db by this process itself, right after it went out: a watch that is killed meanwhile neither loses nor repeats it. The
process dials only what the guard lets pass, and ends by itself after `LONGEST` seconds.
Example: a job for "json://127.0.0.1/hook" that the story does not allow gives "The address 127.0.0.1 is loopback. …".
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from presstime.problems import PresstimeError
from presstime.watch.targets import Target, covered

if TYPE_CHECKING:
    from presstime.watch.dialling import Dialled

__all__ = ["LONGEST", "Job", "Message", "Outcome", "ReadySender", "send_apart"]

LONGEST = 60.0
"""Seconds that sending may take in all: longer than a slow mail server's greeting delay, shorter than anybody's patience."""
ANSWER = 20.0
"""Seconds that a server may take for each answer."""
READY = "ready"
"""The argument on which the process loads what it will need before it is given its job."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy", "no_proxy")


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message: `mail` is a whole e-mail, `title` and `body` are what other services show."""

    title: str
    body: str
    mail: bytes = b""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent where. With `folder`, what became of it is noted there of `changes` under the name `rule`."""

    target: Target
    message: Message
    allow: tuple[str, ...] = ()
    proxy: str | None = None
    folder: str | None = None
    rule: str = ""
    changes: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it; `why` is for the user, and says what went wrong even where the message went out."""

    sent: bool
    why: str = ""


def send_apart(job: Job) -> Outcome:
    """Send in a process of its own, and wait for it. Holds no secret on a command line, where others could read it."""
    return _through(_started(), job)


class ReadySender:
    """Does as `send_apart`, with a process that stands ready: loading Apprise takes seconds on a busy machine.

    Use it in a `with`. May be called from several threads at once.
    """

    def __enter__(self) -> ReadySender:
        self._lock = threading.Lock()
        self._ready: subprocess.Popen[bytes] | None = _started(READY)
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            ready, self._ready = self._ready, None
        if ready is not None:
            _ended(ready)

    def __call__(self, job: Job) -> Outcome:
        """Send one message, and wait for it; then have the next process stand ready."""
        with self._lock:
            process, self._ready = self._ready, None
        if process is None or process.poll() is not None:
            process = _started()
        outcome = _through(process, job)
        with self._lock:
            self._ready = self._ready or _started(READY)
        return outcome


def _started(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    return subprocess.Popen(
        [sys.executable, "-m", "presstime.watch.sending", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C ends the watch, not a message that is going out
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that was given nothing to send: it has nothing to lose."""
    process.kill()
    process.communicate()


def _through(process: subprocess.Popen[bytes], job: Job) -> Outcome:
    try:
        answer, _ = process.communicate(msgspec.json.encode(job), timeout=LONGEST + 10)
        return msgspec.json.decode(answer, type=Outcome)
    except subprocess.TimeoutExpired:
        _ended(process)
        return Outcome(sent=False, why=f"The target did not take the message within {LONGEST:.0f} seconds.")
    except (OSError, msgspec.DecodeError):
        return Outcome(sent=False, why=f"Sending ended without an answer, or took longer than {LONGEST:.0f} seconds.")


def main() -> int:
    """Send the job on standard input; nothing where that ends empty, because there is no watch any more."""
    if READY in sys.argv[1:]:
        _load_apprise()
    given = sys.stdin.buffer.read()
    if not given:
        return 0
    clock = threading.Timer(LONGEST, os._exit, (1,))
    clock.daemon = True
    clock.start()
    job = msgspec.json.decode(given, type=Job)
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        outcome = _send(job)
    except Exception as error:  # whatever a library fails on, it ends one message only
        outcome = Outcome(sent=False, why=covered(f"{type(error).__name__}: {error}", job.target))
    if job.folder is not None:
        _note(job, outcome)
    os.write(answers, msgspec.json.encode(outcome))
    return 0


def _note(job: Job, outcome: Outcome) -> None:
    from presstime.watch.state import State

    with State.open(Path(job.folder or ""), create=False) as state:
        if outcome.sent:
            state.told(job.rule, job.changes, datetime.now(UTC).isoformat(timespec="seconds"))
        else:
            state.unsent(job.rule, job.changes)


def _send(job: Job) -> Outcome:
    from presstime.gather.transport import proxy_of
    from presstime.watch.dialling import dial_guarded

    if job.target.url is not None:
        _load_apprise()
    try:
        dialled = dial_guarded(job.allow, proxy_of(job.proxy))
    except PresstimeError as error:
        return Outcome(sent=False, why=str(error))
    outcome = _by_apprise(job) if job.target.url is not None else _by_mail(job, dialled)
    return Outcome(sent=False, why=dialled.refused[0]) if dialled.refused and not outcome.sent else outcome


# ---------------------------------------------------------------- e-mail


def _by_mail(job: Job, dialled: Dialled) -> Outcome:
    import smtplib
    import ssl

    server = job.target.server
    assert server is not None
    if fault := dialled.guard.host_fault(server.host, server.port):
        return Outcome(sent=False, why=fault)
    here = "[127.0.0.1]"  # what this machine is called is nobody's business
    try:
        tls = ssl.create_default_context()
        if server.security == "tls":
            mail: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, local_hostname=here, timeout=ANSWER, context=tls)
        else:
            mail = smtplib.SMTP(server.host, server.port, local_hostname=here, timeout=ANSWER)
        with mail:
            if server.security == "starttls":
                mail.starttls(context=tls)
            if server.user is not None and server.password is not None:
                mail.login(server.user, server.password)
            refused = mail.sendmail(job.target.sender, list(job.target.receivers), job.message.mail)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(sent=False, why=covered(f"The mail server {server.host}: {_smtp_words(error)}", job.target))
    if refused:
        return Outcome(sent=True, why=f"The mail server refuses {', '.join(refused)}. The others were told.")
    return Outcome(sent=True)


def _smtp_words(error: Exception) -> str:
    code, said = getattr(error, "smtp_code", None), getattr(error, "smtp_error", None)
    if code is not None:
        return f"it answers {code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__


# ---------------------------------------------------------------- everything else


def _load_apprise() -> None:
    logging.getLogger("apprise").setLevel(logging.WARNING)
    import apprise  # noqa: F401  (loading it looks at this machine's own interfaces: before the guard stands)


def _by_apprise(job: Job) -> Outcome:
    import apprise

    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("apprise").addHandler(handler)
    # No pictures from elsewhere, no plug-ins of this machine's, nothing kept on disk. A message that is sent elsewhere is
    # asked for again there without its words, so redirects are faults.
    asset = apprise.AppriseAsset(
        app_id="presstime", app_desc="presstime", app_url="", image_url_mask="", image_url_logo="", plugin_paths=[]
    )
    asset.http_redirects = False
    plugin = apprise.Apprise.instantiate(job.target.url or "", asset=asset, suppress_exceptions=True)
    if not isinstance(plugin, apprise.NotifyBase):
        return Outcome(sent=False, why="Apprise does not know this kind of address, or something is missing in it. See its documentation.")
    if "overflow=" not in (job.target.url or ""):
        plugin.overflow_mode = apprise.OverflowMode.SPLIT
    outbox = apprise.Apprise(asset=asset)
    outbox.add(plugin)
    if outbox.notify(title=job.message.title, body=job.message.body, body_format=apprise.NotifyFormat.TEXT):
        return Outcome(sent=True)
    why = covered("; ".join(dict.fromkeys(said)), job.target)
    return Outcome(sent=False, why=f"The target did not take the message. {why}".strip())


if __name__ == "__main__":
    sys.exit(main())
