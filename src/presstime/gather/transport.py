"""The way of a request to the network: guarded, over a proxy where one is set, with the very bytes kept.

In: an httpx.Request. Out: an httpx.Response whose extension "exchange" holds the bytes that went over the wire both
ways. `httpx.AsyncClient(transport=GuardedTransport(guard))` is a client that cannot be led into one's own network.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from presstime.gather.guard import Guard, GuardedBackend, Refused
from presstime.problems import StoryError

__all__ = ["GuardedTransport", "TooMuch", "Traffic", "proxy_of"]

MAX_HEAD = 1 << 18
"""Bytes that a response's status, headers and chunk marks may have besides its body: h11 takes 100 kB of headers."""
MAX_CONNECTIONS = 100
MAX_IDLE = 20
_TRAFFIC = "presstime.traffic"
_PROXIES = {"http", "https", "socks5", "socks5h"}


class TooMuch(Exception):
    """A response has more bytes than are allowed; its message says how many are."""


class Traffic:
    """The bytes of one request and its response, as they went over the connection, and the address they went to."""

    def __init__(self, address: str | None) -> None:
        self.address = address
        self.sent = bytearray()
        self.received = bytearray()


class _RecordedStream(httpcore.AsyncNetworkStream):
    """A connection that keeps what goes over it, exchange by exchange: what is written after something was read is a new request."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, address: str | None, limit: int) -> None:
        self._inner, self._address, self._limit = inner, address, limit
        self._traffic = Traffic(address)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        self._traffic.received += data
        if len(self._traffic.received) > self._limit + MAX_HEAD:
            raise TooMuch(f"The response has more than the {self._limit:,} bytes allowed.")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._traffic.received:
            self._traffic = Traffic(self._address)
        self._traffic.sent += buffer
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _RecordedStream(await self._inner.start_tls(ssl_context, server_hostname, timeout), self._address, self._limit)

    def get_extra_info(self, info: str) -> Any:
        return self._traffic if info == _TRAFFIC else self._inner.get_extra_info(info)


class _RecordingBackend(httpcore.AsyncNetworkBackend):
    """Makes connections that keep what goes over them."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, limit: int, *, direct: bool) -> None:
        self._inner, self._limit, self._direct = inner, limit, direct

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        peer = stream.get_extra_info("server_addr") if self._direct else None
        return _RecordedStream(stream, str(peer[0]) if peer else None, self._limit)

    async def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.AsyncNetworkStream:
        return await self._inner.connect_unix_socket(path, timeout, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class GuardedTransport(httpx.AsyncBaseTransport):
    """What an httpx.AsyncClient sends its requests through. `limit` is how many bytes a response may have on the wire.

    With a proxy, connections are made to it alone, and `guard` judges what is asked of it by its words (it should be
    made with `by_proxy`). Raises Refused, UnknownHost, TooMuch, and httpx's own errors.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        limit: int,
        proxy: httpx.URL | None = None,
        tls: ssl.SSLContext | None = None,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._guard = guard
        tls = tls or httpx.create_ssl_context(trust_env=False)
        if proxy is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=tls,
                max_connections=MAX_CONNECTIONS,
                max_keepalive_connections=MAX_IDLE,
                network_backend=_RecordingBackend(GuardedBackend(guard, backend), limit, direct=True),
            )
            return
        host, port = proxy.raw_host.decode("ascii"), proxy.port or {"http": 80, "https": 443}.get(proxy.scheme, 1080)
        only = Guard([f"{host}:{port}" if ":" not in host else f"[{host}]:{port}"])
        kind = httpcore.AsyncSOCKSProxy if proxy.scheme.startswith("socks") else httpcore.AsyncHTTPProxy
        self._pool = kind(
            proxy_url=httpcore.URL(scheme=proxy.raw_scheme, host=proxy.raw_host, port=port, target=b"/"),
            proxy_auth=(proxy.username, proxy.password) if proxy.username else None,
            ssl_context=tls,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_IDLE,
            network_backend=_RecordingBackend(GuardedBackend(only, backend), limit, direct=False),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and give the response as soon as its headers are there."""
        if fault := self._guard.url_fault(request.url):
            raise Refused(fault)
        url = request.url
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _httpx_errors():
            response = await self._pool.handle_async_request(sent)
        stream = response.extensions.get("network_stream")
        extensions = {**response.extensions, "exchange": stream.get_extra_info(_TRAFFIC) if stream is not None else None}
        return httpx.Response(status_code=response.status, headers=response.headers, stream=_Body(response), extensions=extensions)

    async def aclose(self) -> None:
        """Close every connection."""
        with _httpx_errors():
            await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """A response's body, chunk by chunk."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _httpx_errors():
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        with _httpx_errors():
            await self._response.aclose()


@contextmanager
def _httpx_errors() -> Iterator[None]:
    """Httpcore's errors as httpx's, which go by the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        kind = getattr(httpx, type(error).__name__, httpx.TransportError)
        raise kind(str(error)) from error


def proxy_of(setting: str | None) -> httpx.URL | None:
    """The proxy that story.toml names, None where it names none. Raises StoryError for what is no proxy's address."""
    if setting is None:
        return None
    try:
        url = httpx.URL(setting)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in _PROXIES or not url.raw_host:
        raise StoryError("story.toml: fetch, proxy: write it like socks5://127.0.0.1:9050 (Tor) or http://proxy.example:3128")
    return url
