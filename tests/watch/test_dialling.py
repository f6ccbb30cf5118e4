"""Dialling for other libraries: over the story's proxy names are looked up there alone, and nothing goes past it."""

from __future__ import annotations

import importlib.util
import socket
import threading
from collections.abc import Iterator

import pytest

from presstime.watch.sending import Job, Message, send_apart
from presstime.watch.targets import SmtpServer, Target
from tests.watch.servers import Hook, MailServer

MESSAGE = Message(title="Flood", body="One change.", mail=b"Subject: Flood\r\n\r\nOne change.\r\n")
needs_apprise = pytest.mark.skipif(importlib.util.find_spec("apprise") is None, reason="needs presstime[watch]")


class Proxy:
    """A proxy that speaks SOCKS5 and CONNECT. It notes what it is asked to connect to, and connects to `leads_to` whatever that is."""

    def __init__(self, leads_to: str) -> None:
        host, _, port = leads_to.rpartition(":")
        self._leads_to = host, int(port)

    def __enter__(self) -> Proxy:
        self.asked: list[tuple[str, int]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        first = client.recv(1)
        if first == b"\x05":
            client.recv(client.recv(1)[0])
            client.sendall(b"\x05\x00")
            head = client.recv(4)
            assert head[3] == 3, "an address, where a name was to be passed on"
            name = client.recv(client.recv(1)[0]).decode()
            self.asked.append((name, int.from_bytes(client.recv(2), "big")))
            client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        else:
            head = first
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            name, _, port = head.split()[1].decode().rpartition(":")
            self.asked.append((name, int(port)))
            client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        server = socket.create_connection(self._leads_to)
        threading.Thread(target=_copy, args=(server, client), daemon=True).start()
        _copy(client, server)


def _copy(source: socket.socket, to: socket.socket) -> None:
    try:
        while data := source.recv(4096):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture(params=["socks5", "http"])
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


@needs_apprise
def test_a_hook_is_reached_over_the_proxy_by_its_name(kind: str) -> None:
    with Hook() as hook, Proxy(hook.host) as proxy:
        target = Target(name="json://…", url="json://hooks.post.example/x")
        outcome = send_apart(Job(target=target, message=MESSAGE, proxy=f"{kind}://{proxy.host}"))
        assert outcome.sent, outcome.why
        assert proxy.asked == [("hooks.post.example", 80)]
        assert len(hook.told) == 1


def test_mail_goes_over_the_proxy_too(kind: str) -> None:
    with MailServer() as post, Proxy(post.host) as proxy:
        target = Target(
            name="mail",
            server=SmtpServer(host="mail.post.example", port=25, security="none"),
            sender="a@post.example",
            receivers=("b@post.example",),
        )
        outcome = send_apart(Job(target=target, message=MESSAGE, proxy=f"{kind}://{proxy.host}"))
        assert outcome.sent, outcome.why
        assert proxy.asked == [("mail.post.example", 25)]
        assert len(post.mails) == 1


def test_the_proxys_own_network_is_not_asked() -> None:
    with MailServer() as post, Proxy(post.host) as proxy:
        server = SmtpServer(host="router", port=25, security="none")
        target = Target(name="mail", server=server, sender="a@post.example", receivers=("b@post.example",))
        outcome = send_apart(Job(target=target, message=MESSAGE, proxy=f"socks5://{proxy.host}"))
        assert not outcome.sent
        assert "the proxy's own network" in outcome.why
        assert proxy.asked == []


@pytest.mark.parametrize("port", [25, 465, 587, 2525])
def test_a_mail_server_of_ones_own_network_has_to_be_allowed(port: int) -> None:
    server = SmtpServer(host="192.168.4.4", port=port, security="none")
    target = Target(name="mail", server=server, sender="a@post.example", receivers=("b@post.example",))
    outcome = send_apart(Job(target=target, message=MESSAGE))
    assert not outcome.sent
    assert f'[fetch] allow = ["192.168.4.4:{port}"]' in outcome.why
