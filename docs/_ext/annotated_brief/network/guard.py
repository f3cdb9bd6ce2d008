"""No request to a private address: a link must not be able to make us knock at a router or a neighbour's machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Permit = Callable[[str], bool]


class PrivateAddressError(OSError):
    """A host whose address is not public; no request was made."""


def is_public(address: str) -> bool:
    """Whether the IP *address* is one of the public Internet (``is_global`` of RFC 6890 registries)."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not found.is_multicast


def check_literal(host: str, permit: Permit) -> None:
    """Raise :class:`PrivateAddressError` where *host* is itself an IP address that *permit* refuses.

    Names are checked when they are resolved, which is when the address that will be used is known.
    """
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return
    if not permit(host.strip("[]")):
        raise PrivateAddressError(f"{host} is a private address")


class GuardedResolver(AbstractResolver):
    """Resolves names, and refuses one of whose addresses any is private: the connection uses what was checked."""

    def __init__(self, permit: Permit = is_public, inner: AbstractResolver | None = None) -> None:
        self._permit = permit
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of *host*; raises :class:`PrivateAddressError`, or OSError where there are none."""
        found = await self._inner.resolve(host, port, family)
        for result in found:
            if not self._permit(result["host"]):
                raise PrivateAddressError(f"{host} leads to the private address {result['host']}")
        return found

    async def close(self) -> None:
        """Close what resolves."""
        await self._inner.close()
