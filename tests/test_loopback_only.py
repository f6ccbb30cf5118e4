"""No test reaches beyond loopback: the guard that conftest.py puts in place, tried from every side."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable

import httpx
import pytest
from loopback_guard import Reached

OUTSIDE = "198.51.100.7"
"""An address for examples in documents: nobody has it."""


def udp(send: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        send(one)


WAYS: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.socket().connect((OUTSIDE, 80)),
    "connect_ex": lambda: socket.socket().connect_ex((OUTSIDE, 80)),
    "create_connection": lambda: socket.create_connection((OUTSIDE, 80), timeout=1),
    "IPv6": lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::7", 80)),
    "metadata": lambda: socket.create_connection(("169.254.169.254", 80), timeout=1),
    "private": lambda: socket.create_connection(("10.0.0.1", 80), timeout=1),
    "sendto": lambda: udp(lambda one: one.sendto(b"x", (OUTSIDE, 53))),
    "sendto with flags": lambda: udp(lambda one: one.sendto(b"x", 0, (OUTSIDE, 53))),
    "sendmsg": lambda: udp(lambda one: one.sendmsg([b"x"], [], 0, (OUTSIDE, 53))),
    "getaddrinfo": lambda: socket.getaddrinfo("board.example", 80),
    "gethostbyname": lambda: socket.gethostbyname("board.example"),
    "urllib": lambda: urllib.request.urlopen("http://board.example/", timeout=1),
    "httpx": lambda: httpx.get("http://board.example/", trust_env=False),
    "asyncio": lambda: asyncio.run(asyncio.open_connection(OUTSIDE, 80)),  # type: ignore[arg-type, func-returns-value]
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_reaches_beyond_loopback(way: str) -> None:
    with pytest.raises(Reached):
        WAYS[way]()


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_neither_does_a_program_that_a_test_starts() -> None:
    program = f"import socket; socket.create_connection(({OUTSIDE!r}, 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert done.returncode != 0
    assert "Reached" in done.stderr
