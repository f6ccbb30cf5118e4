"""A web server on loopback for tests of fetching: it answers by script and keeps what was asked, and when.

`with Web({"/": page("<p>Hello")}) as web:` serves `web.url("/")`. A route is bytes, sent as they are, or a function of
the request that gives bytes or an iterator of them, sent piece by piece. Paths that are not named are 404.
"""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

__all__ = ["Asked", "Silent", "Web", "answer", "page"]


@dataclass
class Asked:
    """A request as it came: its path, headers (names in lower case), and when it was begun and answered."""

    path: str
    headers: dict[str, str]
    line: str = ""
    begun: float = 0.0
    ended: float = 0.0


Route = bytes | Callable[[Asked], bytes | Iterator[bytes]]


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole response; `Content_Type` stands for Content-Type."""
    told = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return "".join((f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in told.items()), "\r\n")).encode() + body


def page(body: str | bytes, **headers: str) -> bytes:
    """A response 200 that holds a page."""
    return answer("200 OK", body.encode() if isinstance(body, str) else body, **{"Content_Type": "text/html; charset=utf-8", **headers})


@dataclass
class Web:
    """The server: `routes` by path, `asked` in order, `most` the highest number of requests that it was answering at once."""

    routes: dict[str, Route] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it takes for every answer."""

    def __enter__(self) -> Web:
        self.asked: list[Asked] = []
        self.most = self._now = 0
        self._lock = threading.Lock()
        web = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 10

            def handle(self) -> None:
                while web._serve(self):
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    def _serve(self, handler: socketserver.StreamRequestHandler) -> bool:
        try:
            line = handler.rfile.readline().decode("latin-1").strip()
            headers = {}
            while read := handler.rfile.readline().decode("latin-1").strip():
                name, _, value = read.partition(":")
                headers[name.lower()] = value.strip()
        except OSError:
            return False
        if not line:
            return False
        asked = Asked(path=line.split(" ")[1], headers=headers, line=line, begun=time.monotonic())
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            time.sleep(self.seconds)
            route = self.routes.get(asked.path, answer("404 Not Found"))
            found = route if isinstance(route, bytes) else route(asked)
            for piece in [found] if isinstance(found, bytes) else found:
                handler.wfile.write(piece)
            return isinstance(found, bytes) and bool(found) and b"Connection: close" not in found
        except OSError:
            return False
        finally:
            with self._lock:
                self._now -= 1
            asked.ended = time.monotonic()


class Silent:
    """A listener that nobody should speak to: `spoken_to` counts who did."""

    def __enter__(self) -> Silent:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.02)
        self.port = self._socket.getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def spoken_to(self) -> int:
        """Connections made so far: a made one waits to be accepted, so none is missed."""
        number = 0
        while True:
            try:
                self._socket.accept()[0].close()
            except TimeoutError:
                return number
            number += 1
