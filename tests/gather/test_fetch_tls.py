"""Pages over TLS: the address that was checked is dialled, and the certificate is still held against the name."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from loopback_web import page
from test_fetch import STORY, Told

from presstime.gather.fetched import Fetched
from presstime.gather.fetcher import Fetcher
from presstime.records import Problem
from presstime.settings import Fetching

CERTIFICATE = Path(__file__).parent / "tls" / "board.example.pem"


class Secure:
    """A server over TLS that answers every connection's one request; `names` are what clients asked it by."""

    def __init__(self) -> None:
        self.names: list[str | None] = []
        self.requests: list[bytes] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        context.sni_callback = lambda _, name, __: self.names.append(name)
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            connection.settimeout(5)
            try:
                with self._context.wrap_socket(connection, server_side=True) as secure:
                    self.requests.append(secure.recv(4096))
                    secure.sendall(page(STORY, Connection="close"))
            except OSError:
                connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def secure() -> Iterator[Secure]:
    server = Secure()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield server
    server.close()
    thread.join(5)


async def to_loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def fetched(url: str, allow: str, tls: ssl.SSLContext | None, proxy: str | None = None) -> Fetched | Problem:
    async def once() -> Fetched | Problem:
        given = Fetching(allow=(allow,), pause=0, robots=False, proxy=proxy)
        async with Fetcher(given, clock=Told().clock(), resolver=to_loopback, tls=tls) as fetcher:
            return await fetcher.get(url)

    return asyncio.run(once())


def test_the_name_is_told_and_the_certificate_held_against_it() -> None:
    with secure() as server:
        host = f"board.example:{server.port}"
        found = fetched(f"https://{host}/notice", host, trusting())
        assert isinstance(found, Fetched), found
        assert found.content == STORY.encode()
        assert found.address == "127.0.0.1"
        assert server.names == ["board.example"]
        assert found.exchanges[0].request == server.requests[0]  # what is kept is what was said within the encryption
        assert found.exchanges[0].response == page(STORY, Connection="close")


@pytest.mark.parametrize("name", ["other.example", "board.example"])
def test_a_certificate_of_another_name_or_of_nobody_known(name: str) -> None:
    with secure() as server:
        host = f"{name}:{server.port}"
        found = fetched(f"https://{host}/", host, trusting() if name == "other.example" else None)
        assert isinstance(found, Problem)
        assert found.what == "tls"
        assert server.names == [name]  # and no second try
        assert server.requests == []


def test_through_a_proxys_tunnel() -> None:
    """A proxy to the letter of RFC 9110, 9.3.6: CONNECT, and then bytes both ways."""
    asked: list[bytes] = []

    def tunnel(listening: socket.socket, port: int) -> None:
        with listening.accept()[0] as client, socket.create_connection(("127.0.0.1", port), timeout=5) as server:
            client.settimeout(5)
            asked.append(client.recv(4096))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pipe, args=(server, client), daemon=True)
            back.start()
            pipe(client, server)
            back.join(5)

    def pipe(source: socket.socket, to: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    with secure() as server, socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = threading.Thread(target=tunnel, args=(listening, server.port), daemon=True)
        thread.start()
        proxy = f"http://desk:geheim@127.0.0.1:{listening.getsockname()[1]}"
        found = fetched("https://board.example/notice", "nothing.example", trusting(), proxy)
        thread.join(5)
        assert isinstance(found, Fetched), found
        assert asked[0].startswith(b"CONNECT board.example:443 HTTP/1.1\r\n")
        assert b"Proxy-Authorization: Basic" in asked[0]
        assert found.exchanges[0].request == server.requests[0]
        assert b"CONNECT" not in found.exchanges[0].request
        assert server.names == ["board.example"]
