"""Dialling for libraries that open their own connections: every one of them comes past the guard, or over the proxy.

In: the hosts that a story allows, and its proxy. Out: a `Dialled`; from then on this process dials no address that the guard
refuses, whichever library asks, at every redirect and every try again. Meant for a process of its own, since it is for good.
Example: a webhook's host that resolves to 169.254.169.254 is refused before a packet is sent there.
"""

from __future__ import annotations

import base64
import socket
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from presstime.gather.guard import Guard, Refused, UnknownHost

__all__ = ["Dialled", "dial_guarded"]

_TCP = (socket.SOCK_STREAM, socket.IPPROTO_TCP)
_LONGEST_ANSWER = 8192
"""Bytes of a proxy's answer to CONNECT."""


@dataclass
class Dialled:
    """The guard that stands there, and what it has refused, in words for the user; empty where nothing was."""

    guard: Guard
    refused: list[str] = field(default_factory=list)


def dial_guarded(allow: Sequence[str], proxy: httpx.URL | None = None) -> Dialled:
    """Put a guard between this process and the network. Raises StoryError for an entry of `allow` that is no host."""
    sockets = socket.socket
    connect, look_up = sockets.connect, socket.getaddrinfo
    send_to, send_message = sockets.sendto, sockets.sendmsg

    async def by_system(host: str, port: int) -> list[str]:
        return list(dict.fromkeys(str(entry[4][0]) for entry in look_up(host, port, type=socket.SOCK_STREAM)))

    guard = Guard(allow, resolver=by_system, by_proxy=proxy is not None, mail=True)
    told = Dialled(guard=guard)
    let_pass: set[tuple[str, int]] = set()

    def addresses(host: str, port: int) -> list[str]:
        if (host, port) in let_pass:  # an address of a name that was let pass
            return [host]
        try:
            found = _now(guard.addresses(host, port))
            let_pass.update((each, port) for each in found)
            return found
        except Refused as error:
            told.refused.append(str(error))
            raise OSError(str(error)) from None
        except UnknownHost as error:
            raise socket.gaierror(socket.EAI_NONAME, str(error)) from None

    def guarded_look_up(host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        name, number = _text(host), _port(port)
        if name is None:  # what a server listens on
            return look_up(host, port, *rest, **more)
        if proxy is not None:
            _judge(guard, told, name, number)
            return [(socket.AF_INET, *_TCP, "", (name, number))]
        return [entry for each in addresses(name, number) for entry in look_up(each, number, *rest, **more)]

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family not in (socket.AF_INET, socket.AF_INET6):
            connect(self, address)
            return
        name, number = _text(address[0]) or "", _port(address[1])
        if proxy is None:
            connect(self, (addresses(name, number)[0], *address[1:]))
        else:
            _judge(guard, told, name, number)
            _over_proxy(self, proxy, name, number, connect)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        try:
            guarded_connect(self, address)
        except OSError as error:
            return error.errno or 1
        return 0

    def checked(address: Any) -> None:
        """A packet without a connection: no proxy passes it on."""
        if isinstance(address, tuple) and proxy is not None:
            told.refused.append("This target is told by packets that no proxy passes on. Take another one.")
            raise OSError(told.refused[-1])
        if isinstance(address, tuple):
            addresses(_text(address[0]) or "", _port(address[1]))

    def guarded_send_to(self: socket.socket, data: Any, *rest: Any) -> int:
        checked(rest[-1])
        return int(send_to(self, data, *rest))

    def guarded_send_message(self: socket.socket, buffers: Any, ancillary: Any = (), flags: int = 0, address: Any = None) -> int:
        checked(address)
        return int(send_message(self, buffers, ancillary, flags, *([address] if address is not None else [])))

    for name, function in {
        "connect": guarded_connect,
        "connect_ex": guarded_connect_ex,
        "sendto": guarded_send_to,
        "sendmsg": guarded_send_message,
    }.items():
        setattr(sockets, name, function)
    socket.getaddrinfo = guarded_look_up
    return told


def _now(coroutine: Coroutine[Any, Any, list[str]]) -> list[str]:
    """What a coroutine gives that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return list(done.value)
    raise AssertionError("the resolver waited")


def _judge(guard: Guard, told: Dialled, host: str, port: int) -> None:
    if fault := guard.host_fault(host, port):
        told.refused.append(fault)
        raise OSError(fault)


def _text(host: Any) -> str | None:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


def _port(port: Any) -> int:
    if port is None:  # a name alone is looked up; the port is judged when it is dialled
        return 443
    return int(port) if not isinstance(port, str) or port.isdigit() else socket.getservbyname(port)


# ---------------------------------------------------------------- over a proxy


def _over_proxy(self: socket.socket, proxy: httpx.URL, host: str, port: int, connect: Any) -> None:
    """Connect to the proxy, and have it connect to the host, whose name it looks up itself."""
    at = proxy.host, proxy.port or {"http": 80, "https": 443}.get(proxy.scheme, 1080)
    if self.gettimeout() == 0:
        raise OSError("this target's library cannot be passed over a proxy")
    connect(self, at)
    if proxy.scheme.startswith("socks"):
        _socks(self, proxy, host, port)
    elif proxy.scheme == "http":
        _tunnel(self, proxy, host, port)
    else:
        raise OSError("messages go over proxies of SOCKS and http, not of https")


def _socks(self: socket.socket, proxy: httpx.URL, host: str, port: int) -> None:
    from socksio import socks5

    connection = socks5.SOCKS5Connection()
    method = socks5.SOCKS5AuthMethod.USERNAME_PASSWORD if proxy.username else socks5.SOCKS5AuthMethod.NO_AUTH_REQUIRED
    connection.send(socks5.SOCKS5AuthMethodsRequest([method]))
    reply = _exchange(self, connection)
    if reply.method != method:
        raise OSError("the proxy wants another kind of password")
    if proxy.username:
        connection.send(socks5.SOCKS5UsernamePasswordRequest(proxy.username.encode(), proxy.password.encode()))
        if not _exchange(self, connection).success:
            raise OSError("the proxy refuses the user or the password")
    connection.send(socks5.SOCKS5CommandRequest.from_address(socks5.SOCKS5Command.CONNECT, (host, port)))
    reply = _exchange(self, connection)
    if reply.reply_code != socks5.SOCKS5ReplyCode.SUCCEEDED:
        raise OSError(f"the proxy could not connect: {reply.reply_code.name.lower().replace('_', ' ')}")


def _exchange(self: socket.socket, connection: Any) -> Any:
    self.sendall(connection.data_to_send())
    data = self.recv(4096)
    if not data:
        raise OSError("the proxy hung up")
    return connection.receive_data(data)


def _tunnel(self: socket.socket, proxy: httpx.URL, host: str, port: int) -> None:
    named = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    who = base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode()
    login = f"Proxy-Authorization: Basic {who}\r\n" if proxy.username else ""
    self.sendall(f"CONNECT {named} HTTP/1.1\r\nHost: {named}\r\n{login}\r\n".encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        # one byte at a time: what comes after the empty line is the host's own
        piece = self.recv(1)
        answer += piece
        if not piece or len(answer) > _LONGEST_ANSWER:
            raise OSError("the proxy gives no answer that can be used")
    status = answer.split(b" ", 2)[1:2]
    if not status or not status[0].startswith(b"2"):
        raise OSError(f"the proxy does not connect: {(status or [b'?'])[0].decode('latin-1')}")
