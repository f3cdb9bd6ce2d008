"""Load test of `brief links`: 5,000 addresses on 200 hosts, 2 % of them at fault, all on this machine.

Run it with ``.venv/bin/python scripts/benchmarks/links.py``; it takes about two minutes and fails where the survey takes more
than twice the time that its limits allow at best, grows in memory, or ends with another result after five kills.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from annotated_brief.model.records import LinkCheck
from annotated_brief.network.archive import NoArchive
from annotated_brief.network.client import open_client
from annotated_brief.network.journal import Journal
from annotated_brief.network.limits import Hosts, Limits
from annotated_brief.network.survey import Survey
from annotated_brief.reading.lights import to_lights_json

HOSTS, ADDRESSES, FAULT_EVERY = 200, 5_000, 50
FAULTS = ("404", "410", "403", "busy503", "busy429", "cut", "ring", "slow", "nohost", "long")
BUSY_FOR = {"busy503": 2, "busy429": 1}  # requests: HEAD and GET, or HEAD alone
LIMITS = Limits(hosts=24, pause=0.1, timeout=1.0, tries=2, back_off=0.5)
KILLS = 5
SLOWEST, LARGEST = 2.0, 1.1  # ratios that must not be exceeded: time to the best possible, memory late to early
RESULT = Path(__file__).with_suffix(".txt")


def make_addresses(port: int) -> list[str]:
    """Return the addresses, the faults spread evenly over the hosts."""
    addresses = []
    for number in range(ADDRESSES):
        at_fault, kind = number % FAULT_EVERY == 7, FAULTS[number // FAULT_EVERY % len(FAULTS)]
        host = "nowhere.test" if at_fault and kind == "nohost" else f"h{(number + number // FAULT_EVERY) % HOSTS}.test"
        addresses.append(f"http://{host}:{port}/{kind if at_fault else 'page'}/{number}")
    return addresses


def best_time() -> float:
    """Return the seconds that the limits allow at best: every host busy to the end, no server ever slow."""
    return ADDRESSES * LIMITS.pause / LIMITS.hosts


class Names(AbstractResolver):
    """Every name is this machine, but for one that does not exist."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return this machine's address."""
        if host == "nowhere.test":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Close nothing."""


def serve(port_out: multiprocessing.SimpleQueue[int]) -> None:
    """Serve all hosts, until killed."""
    asked: Counter[str] = Counter()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        kind = request.path.split("/")[1]
        asked[request.path] += 1
        if kind == "slow":
            await asyncio.sleep(3 * LIMITS.timeout)
        if kind == "cut" and request.transport is not None:
            request.transport.abort()
        if kind == "ring":
            return web.Response(status=302, headers={"Location": f"{request.path}?{asked[request.path]}"})
        if kind == "long" and request.method == "GET":
            return web.Response(body=b"x" * 50_000_000)
        if kind in BUSY_FOR:
            status = int(kind[-3:]) if asked[request.path] <= BUSY_FOR[kind] else 200
            return web.Response(status=status, headers={"Retry-After": "1"} if status == 429 else {})
        status = {"page": 200, "long": 405}.get(kind) or (int(kind) if kind.isdigit() else 200)
        return web.Response(status=status, text="a page")

    async def run() -> None:
        runner = web.ServerRunner(web.Server(answer, handler_cancellation=True))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        port_out.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


def resident() -> float:
    """Return the memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def survey(port: int, folder: Path) -> None:
    """Ask all addresses as `brief links` does; write the result, and what it took, into *folder*."""
    told: list[float] = []

    def tell(_: LinkCheck) -> None:
        told.append(resident() if len(told) % 100 == 0 else 0.0)

    async def run(journal: Journal) -> dict[str, LinkCheck]:
        hosts = Hosts(LIMITS)
        async with open_client(LIMITS, hosts, permit=lambda ip: ip == "127.0.0.1", resolver=Names()) as client:
            one = Survey(client, LIMITS, archive=NoArchive(), journal=journal, before={}, tell=tell)
            return await one.run(make_addresses(port))

    started = time.monotonic()
    with Journal(folder / "journal", dt.datetime.now(dt.UTC).date()) as journal:
        found = asyncio.run(run(journal))
        (folder / "links.json").write_text(to_lights_json(found.values()), encoding="utf-8")
    seconds = time.monotonic() - started
    held = [size for size in told if size]
    took = {"seconds": seconds, "early": max(held[: len(held) // 10 or 1]), "late": held[-1]}
    (folder / "took.json").write_text(json.dumps(took), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Run:
    """A folder with a result, and how to start the survey that makes it."""

    port: int
    folder: Path

    def start(self) -> subprocess.Popen[bytes]:
        """Start the survey in a process of its own."""
        return subprocess.Popen([sys.executable, __file__, "--port", str(self.port), "--folder", str(self.folder)])

    def finish(self) -> str:
        """Run the survey to its end and return the result."""
        if self.start().wait():
            sys.exit("the survey failed")
        return (self.folder / "links.json").read_text("utf-8")

    def kill_at(self, seconds: float) -> int:
        """Start the survey, kill it after *seconds*, and return how many answers it had written down."""
        process = self.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        journal = self.folder / "journal"
        return journal.read_bytes().count(b"\n") if journal.exists() else 0


def measure(port: int, scratch: Path, say: Callable[[str], None]) -> bool:
    """Run whole and killed; say what was measured, and return whether all is within the limits."""
    whole, killed = (Run(port, scratch / name) for name in ("whole", "killed"))
    whole.folder.mkdir()
    killed.folder.mkdir()
    result = whole.finish()
    took = json.loads((whole.folder / "took.json").read_text("ascii"))
    lights = Counter(found["light"] for found in json.loads(result)["links"].values())
    dice = random.Random(17)  # noqa: S311  (not for secrets)
    left = [killed.kill_at(dice.uniform(1.0, best_time() / KILLS)) for _ in range(KILLS)]
    same = killed.finish() == result
    slow, large = took["seconds"] / best_time(), took["late"] / took["early"]
    say(f"answers               {', '.join(f'{number} {light}' for light, number in sorted(lights.items()))}")
    say(
        f"time                  {slow:.2f} times the best that the limits allow ({best_time():.1f} s); at most {SLOWEST}"
    )
    say(f"memory, late to early {large:.2f} ({took['late']:.0f} MB); at most {LARGEST}")
    say(f"killed                {KILLS} times, after {', '.join(map(str, left))} answers; then the same result: {same}")
    return same and slow <= SLOWEST and large <= LARGEST


def main() -> None:
    """Run the load test, or one survey of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the figures to {RESULT.name}")
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        survey(options.port, options.folder)
        return
    context = multiprocessing.get_context("spawn")
    ports = context.SimpleQueue()
    server = context.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    lines: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as scratch:
            good = measure(ports.get(), Path(scratch), lines.append)
    finally:
        server.kill()
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.write:
        RESULT.write_text(text, encoding="utf-8")
    sys.exit(not good)


if __name__ == "__main__":
    main()
