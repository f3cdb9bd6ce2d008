"""How much is asked of other people's servers, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one survey; times are in seconds."""

    hosts: int = 24  # asked at the same time
    pause: float = 1.0  # between the starts of two requests to one host
    per_host: int = 1  # requests to one host at the same time
    timeout: float = 20.0  # for one request, from its start to the end of the headers
    tries: int = 3  # requests for one address before it is called unknown
    back_off: float = 2.0  # before the second try; doubled before each further one
    longest_wait: float = 60.0  # a server that asks for more (Retry-After) is asked another day
    redirects: int = 10
    body: int = 65_536  # bytes that are read of an answer, where one is read at all
    page: int = 4_000_000  # bytes of a page that is read whole
    header: int = 16_384  # bytes that a line of the headers may have


@dataclass(slots=True)
class _Host:
    """The state of one host: who may ask, and from when on."""

    gate: asyncio.Semaphore
    next_start: float = 0.0


@dataclass(slots=True)
class Hosts:
    """Whose turn it is at each host: at most *per_host* at a time, *pause* seconds from start to start."""

    limits: Limits
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = time.monotonic
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def _host(self, name: str) -> _Host:
        """Return the state of the host *name*."""
        if name not in self._hosts:
            self._hosts[name] = _Host(gate=asyncio.Semaphore(self.limits.per_host))
        return self._hosts[name]

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn at the host *name*, and hold it."""
        host = self._host(name)
        async with host.gate:
            now = self.now()
            start = max(host.next_start, now)
            host.next_start = start + self.limits.pause
            if start > now:
                await self.sleep(start - now)
            yield

    def hold_off(self, name: str, seconds: float) -> None:
        """Let nobody ask the host *name* for some *seconds*."""
        host = self._host(name)
        host.next_start = max(host.next_start, self.now() + seconds)
