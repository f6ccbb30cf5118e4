"""What every request and every answer goes through: the host asked for, the length of what is sent, the headers of what comes back.

Comes in: an ASGI application. Goes out: one that answers only to the hosts it is meant for (another name for 127.0.0.1 is how a foreign
page gets at a desk), takes no longer bodies than allowed, and tells the browser to run and load nothing that is not the desk's own.
Example: a request for "desk.example:8642" that reaches a desk on 127.0.0.1 is answered with 421 and nothing else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

__all__ = ["MOST_BODY", "HEADERS", "Guard", "allowed_hosts"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BODY = 1 << 20
"""Bytes of a form: a pasted article of 100,000 words has 0.7 MB. Routes that take files say how much more they take."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""On every answer; a response's own cache-control is left. Unpublished material is not left in caches."""


def allowed_hosts(host: str, port: int, more: tuple[str, ...] = ()) -> frozenset[str]:
    """What the Host header may say: the address that the desk is bound to, with its port, and the names it was told of."""
    names = {"127.0.0.1", "localhost", "[::1]"} if host in ("127.0.0.1", "localhost", "::1") else {f"[{host}]" if ":" in host else host}
    if host in ("0.0.0.0", "::"):
        names |= {"127.0.0.1", "localhost", "[::1]"}
    own = {f"{name}:{port}".lower() for name in names}
    return frozenset(own | {name.lower() for name in more} | ({name.lower() for name in names} if port == 80 else set()))


class Guard:
    """The application, guarded. `larger` are paths whose routes take longer bodies, and how long."""

    def __init__(self, app: App, hosts: frozenset[str], larger: dict[str, int] | None = None) -> None:
        self.app = app
        self.hosts = hosts
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if host not in self.hosts:
            await _refuse(send, 421, "This desk does not answer to that name. Open it by the address that it was started with.")
            return
        most = self.larger.get(scope["path"], MOST_BODY)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > most:
            await _refuse(send, 413, f"That is too long: this page takes up to {most // 1024} KiB.")
            return
        taken = 0

        async def receive_some() -> MutableMapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413)
            return message

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive_some, send_guarded)


async def _refuse(send: Send, status: int, why: str) -> None:
    body = why.encode()
    plain = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **HEADERS}
    await send({"type": "http.response.start", "status": status, "headers": [(n.encode(), v.encode()) for n, v in plain.items()]})
    await send({"type": "http.response.body", "body": body})
