"""Lets no socket of a test reach beyond loopback, and no name but "localhost" be looked up.

`shut()` puts it in place for the process, once and for good. The tests' conftest.py does so, and through
sitecustomize.py beside this file every Python that a test starts does so too. What is not loopback raises `Reached`,
which no code that expects a network's faults takes for one.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

__all__ = ["Reached", "shut"]

_NAMES = {None, "", "localhost", b"", b"localhost"}


class Reached(BaseException):
    """A test tried to reach beyond loopback. It is no Exception, so that nothing passes over it."""


def shut() -> None:
    """Put the guard in place for this process."""
    if getattr(socket.socket, "loopback_only", False):
        return
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto", "sendmsg")}
    look_up, by_name, by_name_ex = socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex

    def connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        real["connect"](self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return int(real["connect_ex"](self, address))

    def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        _check(self, rest[-1])
        return int(real["sendto"](self, data, *rest))

    def sendmsg(self: socket.socket, buffers: Any, ancillary: Any = (), flags: int = 0, address: Any = None) -> int:
        if address is None:
            return int(real["sendmsg"](self, buffers, ancillary, flags))
        _check(self, address)
        return int(real["sendmsg"](self, buffers, ancillary, flags, address))

    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        _check_name(host)
        return look_up(host, *rest, **more)

    def gethostbyname(host: Any) -> str:
        _check_name(host)
        return by_name(host)

    def gethostbyname_ex(host: Any) -> Any:
        _check_name(host)
        return by_name_ex(host)

    for name, function in (("connect", connect), ("connect_ex", connect_ex), ("sendto", sendto), ("sendmsg", sendmsg)):
        setattr(socket.socket, name, function)
    socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex = getaddrinfo, gethostbyname, gethostbyname_ex
    socket.socket.loopback_only = True  # type: ignore[attr-defined]


def _check(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        _check_name(address[0])


def _check_name(host: Any) -> None:
    if host in _NAMES:
        return
    words = host.decode("latin-1") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(words)
    except ValueError:
        raise Reached(f"a test looked up {words!r}: give it a stubbed resolver, or a server on loopback") from None
    # 0.0.0.0 and :: are what a server listens on; to connect there is to connect to this machine
    if not address.is_loopback and not address.is_unspecified:
        raise Reached(f"a test reached for {words}: give it a server on loopback")
