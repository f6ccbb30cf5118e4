"""The guard: no address of one's own network is dialled, however it is spelled, named, or redirected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_web import Silent, Web, answer, page

from presstime.gather.addresses import address_fault, literal_address, local_name
from presstime.gather.fetched import Fetched
from presstime.gather.fetcher import Fetcher
from presstime.gather.guard import Guard, GuardedBackend, Refused, UnknownHost
from presstime.gather.transport import GuardedTransport
from presstime.problems import InputError, StoryError
from presstime.records import Problem
from presstime.settings import Fetching

PUBLIC = ("8.8.4.4", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::200e", "64:ff9b::808:404")
FORBIDDEN = (
    *("127.0.0.1", "127.255.255.254", "::1"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"),
    *("100.64.0.1", "100.127.255.255"),
    *("169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0"),
    *("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"),
    *("0.0.0.0", "0.1.2.3", "::"),
    *("224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1"),
    *("192.0.0.8", "192.0.2.5", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1"),
    *("2001:db8::1", "2001:2::1", "100::1", "3fff::1", "4000::1", "5f00::1"),
    # IPv4 within IPv6: mapped, translated, compatible, NAT64 by number and local, 6to4, Teredo, ISATAP
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2a00:1450::5efe:a00:1", "2a00:1450::200:5efe:7f00:1"),
)


def answers(*addresses: str) -> tuple[list[str], object]:
    """A resolver that gives these addresses, and what it was asked."""
    asked: list[str] = []

    async def resolver(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    return asked, resolver


class Dialled(httpcore.AsyncNetworkBackend):
    """Stands for the network: notes what is dialled and connects to nothing."""

    def __init__(self) -> None:
        self.to: list[tuple[str, int]] = []

    async def connect_tcp(self, host: str, port: int, **_: object) -> httpcore.AsyncNetworkStream:  # type: ignore[override]
        self.to.append((host, port))
        raise httpcore.ConnectError("no network here")


def dialled(guard: Guard, host: str, port: int = 80) -> list[tuple[str, int]]:
    """What a connection to a host would dial."""
    network = Dialled()
    with pytest.raises((httpcore.ConnectError, Refused)):
        asyncio.run(GuardedBackend(guard, network).connect_tcp(host, port))
    return network.to


@pytest.mark.parametrize("address", FORBIDDEN)
def test_addresses_of_ones_own_network_are_at_fault(address: str) -> None:
    assert address_fault(ipaddress.ip_address(address)) is not None


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert address_fault(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_leads_there_is_refused_before_anything_is_dialled(address: str) -> None:
    asked, resolver = answers(address)
    assert dialled(Guard(resolver=resolver), "board.example") == []  # type: ignore[arg-type]
    assert asked == ["board.example"]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_one_such_address_among_public_ones_is_enough(address: str) -> None:
    _, resolver = answers("93.184.215.14", address)
    assert dialled(Guard(resolver=resolver), "board.example") == []  # type: ignore[arg-type]


def test_what_is_dialled_is_what_was_checked() -> None:
    """A resolver that says another thing the second time is not asked a second time."""
    given = [["93.184.215.14"], ["127.0.0.1"]]

    async def resolver(host: str, port: int) -> Sequence[str]:
        return given.pop(0)

    guard = Guard(resolver=resolver)
    assert dialled(guard, "board.example") == [("93.184.215.14", 80)]
    assert dialled(guard, "board.example") == []  # the next connection is decided about anew


def test_all_of_a_hosts_addresses_are_tried_in_turn() -> None:
    _, resolver = answers("2606:4700::1111", "93.184.215.14")
    assert dialled(Guard(resolver=resolver), "board.example", 443) == [("2606:4700::1111", 443), ("93.184.215.14", 443)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spelling",
    [
        *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "0177.0.0.1", "0177.1", "017700000001"),
        *("127.0.0.1.", "00000177.0.0.1", "0x7f.0x0.0x0.0x1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"),
        *("127。0。0。1", "①②⑦.0.0.1", "１２７.0.0.1", "%31%32%37.0.0.1"),
    ],
)
@pytest.mark.parametrize("by_proxy", [False, True])
def test_every_spelling_of_loopback_is_refused_as_it_stands(spelling: str, by_proxy: bool) -> None:
    guard = Guard(by_proxy=by_proxy)
    assert guard.url_fault(f"http://{spelling}/") is not None


@pytest.mark.parametrize("host", ["1.2.3.4.5", "256.1.1.1", "1.2.3.08", "0x1ffffffff", "::g", "[::1%", "1..1", "9" * 5000])
def test_what_ends_like_an_address_and_is_none_is_refused(host: str) -> None:
    with pytest.raises(InputError):
        literal_address(host)
    assert Guard(by_proxy=True).host_fault(host, 80) is not None


@given(st.ip_addresses(v=4), st.data())
def test_spellings_stand_for_the_address_that_the_system_takes_them_for(address: ipaddress.IPv4Address, data: st.DataObject) -> None:
    number, parts = int(address), data.draw(st.integers(1, 4))
    values = [(number >> (24 - 8 * place)) & 0xFF for place in range(parts - 1)] + [number & ((1 << (8 * (5 - parts))) - 1)]
    forms = [data.draw(st.sampled_from(["{}", "0x{:x}", "0X{:X}", "0{:o}", "0x0{:x}"])) for _ in values]
    spelling = ".".join(form.format(value) for form, value in zip(forms, values, strict=True))
    assert literal_address(spelling) == address
    assert socket.inet_aton(spelling) == address.packed  # the system's own reading
    assert Guard(by_proxy=True).host_fault(spelling, 80) is None or address_fault(address) is not None


@given(st.ip_addresses())
def test_no_address_is_let_pass_that_python_calls_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Python's own table as a second opinion: what it says is not global is at fault here too, but for NAT64."""
    nat64 = ipaddress.ip_network("64:ff9b::/96")
    if not address.is_global and not (address.version == 6 and address in nat64):
        assert address_fault(address) is not None


@given(st.text(max_size=30))
def test_no_text_makes_the_guard_fail(host: str) -> None:
    fault = Guard().url_fault(f"http://{host}/")
    assert fault is None or fault.endswith((".", "]"))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://board.example/",
        "file:///etc/hosts",
        "gopher://x/",
        "javascript:alert(1)",
        "data:,x",
        "//board.example/",
        "http:///x",
        "board",
    ],
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    assert Guard().url_fault(url) is not None


@pytest.mark.parametrize(
    ("url", "taken"), [("http://board.example:22/", False), ("http://board.example:6379/", False), ("https://board.example:8443/", True)]
)
def test_only_ports_that_web_servers_are_at(url: str, taken: bool) -> None:
    assert (Guard().url_fault(url) is None) is taken
    assert Guard([httpx.URL(url).netloc.decode()]).url_fault(url) is None


def test_a_story_may_allow_a_host_or_one_port_of_it() -> None:
    one = Guard(["127.0.0.1:8123", "wiki.harrow.example", "[fd00::5]:8080"])
    assert one.url_fault("http://127.0.0.1:8123/") is None
    assert one.url_fault("http://0x7f.1:8123/") is None  # the same host in another spelling
    assert one.url_fault("http://127.0.0.1:8124/") is not None
    assert one.url_fault("http://[::ffff:127.0.0.1]:8123/") is not None  # another address
    assert one.url_fault("http://WIKI.harrow.example.:9999/") is None
    assert one.url_fault("http://[fd00:0::5]:8080/") is None
    assert one.url_fault("http://[fd00::5]:80/") is not None


def test_an_allowed_name_leads_into_ones_own_network_but_not_to_a_clouds_metadata() -> None:
    for address, goes in (("10.1.2.3", True), ("127.0.0.1", True), ("100.64.1.1", True), ("169.254.169.254", False), ("224.0.0.1", False)):
        _, resolver = answers(address)
        guard = Guard(["wiki.harrow.example"], resolver=resolver)  # type: ignore[arg-type]
        assert dialled(guard, "wiki.harrow.example") == ([(address, 80)] if goes else [])
    _, resolver = answers("169.254.7.7")
    by_number = Guard(["wiki.harrow.example", "169.254.7.7"], resolver=resolver)  # type: ignore[arg-type]
    assert dialled(by_number, "wiki.harrow.example") == [("169.254.7.7", 80)]


@pytest.mark.parametrize(
    "entry",
    ["", "http://wiki.example", "*.example", "wiki.example:99999", "wiki example", "1.2.3.4.5", "user@wiki.example", "wiki.example/x"],
)
def test_what_is_no_host_cannot_be_allowed(entry: str) -> None:
    with pytest.raises(StoryError, match="allow"):
        Guard([entry])


@pytest.mark.parametrize("name", ["localhost", "printer", "nas.local", "db.internal", "a.b.home.arpa", "x.localhost", "router.lan."])
def test_a_proxy_is_not_asked_for_names_of_its_own_network(name: str) -> None:
    assert local_name(name)
    assert Guard(by_proxy=True).host_fault(name, 80) is not None
    assert Guard([name], by_proxy=True).host_fault(name, 80) is None
    assert not local_name("board.example")


def test_a_name_without_an_address_and_one_with_nonsense() -> None:
    async def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    with pytest.raises(UnknownHost) as raised:
        asyncio.run(Guard(resolver=unknown).addresses("board.example", 80))
    assert raised.value.passing
    for found in ([], ["nonsense"], ["1.2.3.4.5"]):
        _, resolver = answers(*found)
        with pytest.raises((UnknownHost, Refused)):
            asyncio.run(Guard(resolver=resolver).addresses("board.example", 80))  # type: ignore[arg-type]


def fetched(url: str, *allow: str, **more: object) -> Fetched | Problem:
    async def once() -> Fetched | Problem:
        async with Fetcher(Fetching(allow=allow, pause=0), **more) as fetcher:  # type: ignore[arg-type]
            return await fetcher.get(url)

    return asyncio.run(once())


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/", "http://0x7f.0.0.1:{port}/x", "//localhost:{port}/", "http://[::ffff:127.0.0.1]:{port}/"]
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_to_what_is_not_allowed_reaches_nobody(target: str, status: str) -> None:
    with Silent() as silent, Web() as web:
        web.routes["/"] = answer(status, Location=target.format(port=silent.port))
        found = fetched(web.url(), web.host)
        assert isinstance(found, Problem)
        assert found.what == "refused"
        assert silent.spoken_to == 0
        assert web.paths() == ["/"]


@pytest.mark.parametrize(
    "address", ["10.0.0.8", "169.254.169.254", "100.64.0.9", "[fe80::1]", "[::ffff:10.0.0.8]", "metadata.board.example"]
)
def test_a_redirect_to_a_private_address_by_number_or_by_name(address: str) -> None:
    _, resolver = answers("169.254.169.254")
    network = Dialled()
    with Web() as web:
        web.routes["/"] = answer("302 Found", Location=f"http://{address}/latest/meta-data/")

        class Through(Dialled):
            async def connect_tcp(self, host: str, port: int, **more: object) -> httpcore.AsyncNetworkStream:  # type: ignore[override]
                network.to.append((host, port))
                return await httpcore.AnyIOBackend().connect_tcp(host, port)

        found = fetched(web.url(), web.host, resolver=resolver, backend=Through())
        assert isinstance(found, Problem)
        assert found.what == "refused"
        assert "169.254.169.254" in found.why or address in found.why
        assert set(network.to) == {("127.0.0.1", web.port)}


def test_a_listener_would_have_heard() -> None:
    """What the tests above rely on: an allowed redirect does reach the second port."""
    with Web({"/x": page("<p>Here")}) as second, Web() as web:
        web.routes["/"] = answer("302 Found", Location=second.url("/x"))
        found = fetched(web.url(), web.host, second.host)
        assert isinstance(found, Fetched)
        assert found.final_url == second.url("/x")
        assert second.paths() == ["/x"]


def test_any_httpx_client_can_be_guarded() -> None:
    """As for a webhook that is told of changes."""
    with Silent() as silent, Web({"/hook": answer("204 No Content")}) as web:

        async def post() -> int:
            transport = GuardedTransport(Guard([web.host]), limit=10_000)
            async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
                status = (await client.post(web.url("/hook"), json={"text": "A toll moved"})).status_code
                with pytest.raises(Refused):
                    await client.post(f"http://127.0.0.1:{silent.port}/hook", json={})
                return status

        assert asyncio.run(post()) == 204
        assert silent.spoken_to == 0
