"""A mail server and a web hook on loopback, for the tests of notifications: they keep what they are told."""

from __future__ import annotations

import http.server
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

__all__ = ["Hook", "MailServer"]


@dataclass
class Hook:
    """A web hook. `told` are the JSON bodies it took, `asked` counts requests; it answers `answers` one after the other, then 200.

    `seconds` is how long it takes for every answer, `location` where it redirects to.
    """

    answers: list[int] = field(default_factory=list)
    location: str = ""
    seconds: float = 0.0

    def __enter__(self) -> Hook:
        self.told: list[dict[str, Any]] = []
        self.at: list[float] = []
        self.asked = 0
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                hook.asked += 1
                time.sleep(hook.seconds)
                status = hook.answers.pop(0) if hook.answers else 200
                if status == 200:
                    hook.told.append(json.loads(body))
                    hook.at.append(time.monotonic())
                self.send_response(status)
                if hook.location:
                    self.send_header("Location", hook.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"json://{self.host}/hook"

    @property
    def words(self) -> str:
        """All that it was told, as one text."""
        return json.dumps(self.told, ensure_ascii=False)


class MailServer:
    """A real SMTP server. `mails` are the messages it took, `receivers` whom each was for; `refuse` makes it answer 451."""

    def __enter__(self) -> MailServer:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.receivers: list[list[str]] = []
        self.refuse = False
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return "451 not now"
        data = envelope.content
        assert isinstance(data, bytes)
        self.raw.append(data)
        self.mails.append(message_from_bytes(data, policy=policy.default))  # type: ignore[arg-type]
        self.receivers.append(list(envelope.rcpt_tos))
        return "250 taken"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"
