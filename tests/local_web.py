"""A server that stands for all other people's sites, and a name system that knows where it is."""

from __future__ import annotations

import asyncio
import http.server
import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from annotated_brief.network.client import Client, open_client
from annotated_brief.network.limits import Hosts, Limits

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
NOWHERE = "nowhere.test"
FAST = Limits(pause=0.0, timeout=2.0, back_off=1.0)


class LocalNames(AbstractResolver):
    """Every name is this machine, but for those that do not exist and those that lead to private addresses.

    Once it is *lost*, no name is known any more, as where the network is down.
    """

    lost = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if self.lost or host.startswith("nowhere"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        address = "10.0.0.1" if host.startswith("router") else "127.0.0.1"
        return [ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@dataclass
class Web:
    """What the server was asked, and how it is reached."""

    client: Client
    hosts: Hosts
    names: LocalNames
    port: int
    asked: list[str] = field(default_factory=list)  # "HEAD host/path"
    started: dict[str, list[float]] = field(default_factory=dict)  # by host, on the clock below
    slept: list[float] = field(default_factory=list)
    clock: float = 0.0  # which only sleeping moves
    busy: Counter[str] = field(default_factory=Counter)
    busiest: Counter[str] = field(default_factory=Counter)

    def url(self, path: str, host: str = "a.test") -> str:
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def local_web(handler: Handler, limits: Limits = FAST) -> AsyncIterator[Web]:
    """Serve *handler* under every host name; nobody sleeps in earnest: a clock of its own moves on."""
    found: list[Web] = []

    async def serve(request: web.BaseRequest) -> web.StreamResponse:
        host = (request.host or "").partition(":")[0]
        found[0].asked.append(f"{request.method} {host}{request.path_qs}")
        found[0].started.setdefault(host, []).append(found[0].clock)
        found[0].busy[host] += 1
        found[0].busiest[host] = max(found[0].busiest[host], found[0].busy[host])
        try:
            return await handler(request)
        finally:
            found[0].busy[host] -= 1

    async def sleep(seconds: float) -> None:
        found[0].slept.append(seconds)
        until = found[0].clock + seconds
        await asyncio.sleep(0)
        found[0].clock = max(found[0].clock, until)

    runner = web.ServerRunner(web.Server(serve, handler_cancellation=True))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    hosts = Hosts(limits, sleep=sleep, now=lambda: found[0].clock)
    names = LocalNames()
    try:
        async with open_client(limits, hosts, permit=lambda ip: ip == "127.0.0.1", resolver=names) as client:
            found.append(Web(client=client, hosts=hosts, names=names, port=port))
            yield found[0]
    finally:
        await runner.cleanup()


class Sites(http.server.BaseHTTPRequestHandler):
    """Stands for every other site: the path says how it answers."""

    def do_GET(self) -> None:
        """Answer as asked."""
        number = self.path.strip("/")
        if number == "slow":
            time.sleep(2)
        if number == "301":
            self.send_response(301)
            self.send_header("Location", "/200")
        else:
            self.send_response(int(number) if number.isdigit() else 200)
        self.send_header("Content-Length", "24")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b'<p id="there">text</p>  ')

    do_HEAD = do_GET  # noqa: N815  (the name that http.server looks for)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve_sites() -> Iterator[int]:
    """Serve :class:`Sites` in a thread, for what runs an event loop of its own; gives the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sites)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
