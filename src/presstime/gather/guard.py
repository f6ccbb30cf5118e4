"""The guard: which hosts may be asked at all, decided about the very address that is then dialled.

In: a URL, or a host and port that a connection is to be made to; the hosts a story allows. Out: what speaks against
it, or the addresses to dial. It stands where connections are made, so every redirect, every try again and every
answer of the resolver comes past it: what was checked is what is dialled, with no second look-up between. A page at
http://board.example that redirects to http://169.254.169.254/ is refused before a packet is sent there.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence

import httpcore
import httpx

from presstime.gather.addresses import Address, address_fault, literal_address, local_name, mail_ports, web_ports
from presstime.problems import InputError, StoryError

__all__ = ["Guard", "GuardedBackend", "Refused", "Resolver", "UnknownHost", "resolve"]

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""A name and a port to addresses. Raises OSError (socket.gaierror) where the name has none."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,255}")
"""What a name in a URL is made of once its other letters are encoded; looser than DNS: some have an underscore."""
_ALLOWED = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^\s:/?#@\[\]]+)(?::([0-9]{1,5}))?")


class Refused(Exception):
    """The guard does not let a connection be made. Its message says why and what to do."""


class UnknownHost(Exception):
    """A name has no address. `passing` where the resolver could not say so for good."""

    def __init__(self, host: str, *, passing: bool) -> None:
        super().__init__(f"No address is known for {host}.")
        self.passing = passing


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system gives for a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Decides about hosts and addresses.

    `allow` are the hosts a story allows, "host" with every port or "host:port". An allowed name may lead into one's
    own network; anything else that is no public address is dialled only where that address itself is allowed. With
    `by_proxy` names are looked up by the proxy: then they are judged by their words alone. With `mail` the ports at which mail
    is handed in are as open as those of the web. Raises StoryError for an
    entry of `allow` that is no host.
    """

    def __init__(self, allow: Sequence[str] = (), *, resolver: Resolver = resolve, by_proxy: bool = False, mail: bool = False) -> None:
        self._allowed = frozenset(_allowed(entry) for entry in allow)
        self._resolver = resolver
        self._by_proxy = by_proxy
        self._ports = web_ports() | mail_ports() if mail else web_ports()

    def allows(self, host: str, port: int) -> bool:
        """Whether the story allows this host (a name, or an address in any spelling) at this port."""
        name = _canonical(host)
        return (name, None) in self._allowed or (name, port) in self._allowed

    def url_fault(self, url: httpx.URL | str) -> str | None:
        """What speaks against fetching a URL, as far as can be told without looking its name up; None: nothing."""
        try:
            url = httpx.URL(url)
        except (httpx.InvalidURL, TypeError, ValueError):
            return "The address is none that a page can have. Check it."
        if url.scheme not in ("http", "https"):
            return f"presstime fetches http and https, not {url.scheme or 'addresses without a scheme'}. Check the address."
        if not url.raw_host:
            return "The address names no host. Check it."
        return self.host_fault(url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80))

    def host_fault(self, host: str, port: int) -> str | None:
        """What speaks against asking a host, as far as can be told without looking its name up; None: nothing."""
        try:
            address = literal_address(host)
        except InputError as error:
            return f"{error}."
        if address is None and not _NAME.fullmatch(host):
            return "The address names a host that can be none. Check it."
        if not 0 < port < 65536:
            return f"There is no port {port}. Check the address."
        if self.allows(host, port):
            return None
        if port not in self._ports:
            return f"Port {port} is none that web pages are commonly at. {_advice(host, port)}"
        if address is not None and (fault := address_fault(address)):
            return f"The address {host} is {fault.what}. {_advice(str(address), port)}"
        name = _canonical(host)
        if self._by_proxy and address is None and local_name(name):
            return f"The name {host} is one of the proxy's own network. {_advice(host, port)}"
        if not self._by_proxy and name.endswith(".onion"):
            return f"{host} is reached through Tor only. Set the proxy in story.toml, such as socks5://127.0.0.1:9050."
        return None

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to dial for a host, every one of them checked.

        Raises Refused where any of them must not be dialled (a name with a public and a private address is no honest
        one), UnknownHost where there is none.
        """
        if fault := self.host_fault(host, port):
            raise Refused(fault)
        if literal := literal_address(host):
            return [str(literal)]
        try:
            found = await self._resolver(_canonical(host), port)
        except (OSError, UnicodeError) as error:
            raise UnknownHost(host, passing=getattr(error, "errno", None) == socket.EAI_AGAIN) from error
        if not found:
            raise UnknownHost(host, passing=False)
        by_name = self.allows(host, port)
        for given in found:
            self._check(host, port, given, by_name)
        return list(found)

    def _check(self, host: str, port: int, given: str, by_name: bool) -> None:
        address: Address | None
        try:
            address = literal_address(given)
        except InputError:
            address = None
        if address is None:
            raise Refused(f"The name {host} leads to {given!r}, which is no address. Check the name.")
        fault = address_fault(address)
        if fault is None or (by_name and fault.within) or self.allows(str(address), port):
            return
        raise Refused(f"The name {host} leads to {address}, which is {fault.what}. {_advice(str(address) if by_name else host, port)}")


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Makes connections for httpcore, to addresses that the guard has let pass and to nothing else."""

    def __init__(self, guard: Guard, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._guard = guard
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first of the host's addresses that answers."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._guard.addresses(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"looking up {host} took too long") from None
        last: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout=timeout, local_address=local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        assert last is not None  # there is at least one address
        raise last

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: object = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: no page comes from a file of this machine."""
        raise Refused("presstime fetches no page from a socket of this machine.")

    async def sleep(self, seconds: float) -> None:
        """Waits between httpcore's own tries, of which presstime asks for none."""
        await asyncio.sleep(seconds)


def _canonical(host: str) -> str:
    """One spelling of a host: an address in its usual form, a name in lower case, as in DNS, without a last full stop."""
    try:
        address = literal_address(host)
    except InputError:
        return host.lower()
    if address is not None:
        return str(address)
    name = host.strip().rstrip(".").lower()
    return name if name.isascii() else httpx.URL(scheme="http", host=name).raw_host.decode("ascii")


def _allowed(entry: str) -> tuple[str, int | None]:
    advice = "write a name or an address, and a port where only that one is meant: 'wiki.example' or '127.0.0.1:8080'"
    fault = StoryError(f"story.toml: fetch, allow: {entry!r} is no host; {advice}")
    match = _ALLOWED.fullmatch(entry.strip())
    bare_v6 = entry.count(":") > 1 and not entry.strip().startswith("[")
    if not match and not bare_v6:
        raise fault
    host, port = (entry.strip(), None) if match is None else (match[1], match[2])
    try:
        literal_address(host)
        name = _canonical(host)
    except (InputError, httpx.InvalidURL):
        raise fault from None
    if "*" in name or (port is not None and not 0 < int(port) < 65536):
        raise fault
    return name, int(port) if port is not None else None


def _advice(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f'If it is meant, allow it in story.toml: [fetch] allow = ["{shown}:{port}"].'
