"""Addresses: which of them a page may be fetched from, and which address a host's spelling stands for.

In: a host as it stands in a URL, or an address that a name resolved to. Out: the address it is (or None for a name),
and what speaks against it (or None). "0x7f.1" is 127.0.0.1 in another spelling, and 127.0.0.1 is "loopback".
"""

from __future__ import annotations

import functools
import ipaddress
import re
import tomllib
from importlib import resources
from typing import Any

from presstime.problems import InputError
from presstime.records import Record

__all__ = ["Address", "Fault", "address_fault", "literal_address", "local_name", "mail_ports", "web_ports"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""What an IPv6-only network makes of every IPv4 address (RFC 6052): judged by the IPv4 address within."""
_GLOBAL = ipaddress.ip_network("2000::/3")
"""All that IANA has given out of IPv6 as global unicast."""
_ISATAP = (0x00005EFE, 0x02005EFE)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


class Fault(Record, frozen=True):
    """What speaks against an address. `within`: it is one of somebody's own network, which a story may open by name."""

    what: str
    within: bool = False


def address_fault(address: Address) -> Fault | None:
    """What speaks against dialling an address, or None. Zones ("fe80::1%eth0") are judged without their zone."""
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        return address_fault(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    for network, fault in _networks():
        if address.version == network.version and address in network:
            return fault
    if isinstance(address, ipaddress.IPv6Address):
        if address not in _GLOBAL:
            return Fault(what="reserved")
        if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return Fault(what="an IPv4 address within an IPv6 address")
    return None


def literal_address(host: str) -> Address | None:
    """The address that a host's spelling stands for, None for a name.

    Takes every spelling that a system's resolver takes: dotted with one to four parts, each decimal, octal (0177) or
    hexadecimal (0x7f); IPv6 with or without brackets. Raises InputError for what ends like an address and is none.
    """
    bare = host.strip().removeprefix("[").removesuffix("]")
    if ":" in bare:
        try:
            return ipaddress.IPv6Address(bare)
        except ValueError:
            raise _no_address(host) from None
    labels = bare.removesuffix(".").split(".")
    if not _NUMBER.fullmatch(labels[-1]):
        return None
    if len(labels) > 4:
        raise _no_address(host)
    *first, last = [_number(label, host) for label in labels]
    if any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
        raise _no_address(host)
    return ipaddress.IPv4Address(sum(part << (8 * (3 - place)) for place, part in enumerate(first)) + last)


def local_name(name: str) -> bool:
    """Whether a name is one that only one's own network knows: a single word, or one that ends in such a word."""
    labels = name.lower().removesuffix(".").split(".")
    within: list[str] = _table()["names"]["within"]
    return len(labels) < 2 or any(".".join(labels[at:]) in within for at in range(len(labels)))


def web_ports() -> frozenset[int]:
    """The ports that are asked without the story's leave."""
    return frozenset(_table()["ports"]["web"])


def mail_ports() -> frozenset[int]:
    """The ports at which mail is handed in."""
    return frozenset(_table()["ports"]["mail"])


def _number(label: str, host: str) -> int:
    if not _NUMBER.fullmatch(label):
        raise _no_address(host)
    try:
        if label[:2].lower() == "0x":
            return int(label[2:] or "0", 16)
        return int(label, 8 if label.startswith("0") else 10)
    except ValueError:
        raise _no_address(host) from None


def _no_address(host: str) -> InputError:
    return InputError(f"{host!r} is neither a name nor an address; check the host")


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("presstime.gather").joinpath("networks.toml").read_text(encoding="utf-8"))


@functools.cache
def _networks() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Fault], ...]:
    """Every network that is refused, the narrowest first, so that the most telling reason is given."""
    found = []
    for entry in _table()["networks"]:
        fault = Fault(what=entry["what"], within=entry.get("within", False))
        found += [(ipaddress.ip_network(network), fault) for network in entry["networks"]]
    return tuple(sorted(found, key=lambda item: -item[0].prefixlen))
