"""Which addresses the portal may connect to: public ones, and what the operator allows beside them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
# protocol assignments, relays of 6to4, and the service address of a cloud: they lie in public ranges
_NEVER_PUBLIC = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Networks as an operator writes them, for example `10.1.0.0/16`.

    :raises ValueError: one of them is no network
    """
    return tuple(ipaddress.ip_network(one) for one in written)


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges the address that a connection really goes to, never a name."""

    allowed: tuple[Network, ...] = ()

    def permits(self, written: str) -> bool:
        """Whether the portal may connect to this address."""
        address = _plain(ipaddress.ip_address(written.partition("%")[0]))
        if any(address in network for network in self.allowed):
            return True
        return all(_is_public(one) for one in (address, *_hidden(address)))


def _plain(address: Address) -> Address:
    """An IPv4 address in the dress of IPv6 is the IPv4 address."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        return address in _NAT64 or (address in _GLOBAL_V6 and address.is_global)
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in _NEVER_PUBLIC)


def _hidden(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses to which a gateway would carry what is sent to an IPv6 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
