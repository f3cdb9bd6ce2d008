"""The server of the preview: pages as they stand, events for the script in them, and one worker behind it all."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.resources import files
from pathlib import Path

from aiohttp import web
from watchfiles import Change, DefaultFilter, awatch

from ...config import Stage
from ..project import Project
from .worker import Report, read_report

PATH = "/_preview/"  # no docname begins so
_SCRIPT = (
    f'<link rel="stylesheet" href="{PATH}preview.css"><script src="{PATH}preview.js" data-since="%d" defer></script>'
)
_MISSING = (
    '<!doctype html><html lang="en"><title>No such page</title>{}<p>There is no such page, or not yet.</p></html>\n'
)
_TYPES = {"preview.js": "text/javascript", "preview.css": "text/css"}
_NEVER = {"Cache-Control": "no-store"}


class Worker:
    """The process that keeps the site; it is begun anew where it has ended."""

    def __init__(self, project: Project, out: Path) -> None:
        self._project, self._out = project, out
        self.busy = False  # whether a stage is under way
        self._process: asyncio.subprocess.Process | None = None
        self._fresh = False  # whether the next process is to keep nothing of what was read

    async def run(self, stage: Stage) -> Report:
        """Have *stage* done."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __package__, str(self._project.root), str(self._out)),
                *(["fresh"] if self._fresh else []),
                cwd=self._project.root,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=2**24,  # bytes of one line: a report may list many findings
            )
            self._fresh = False
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        self.busy = True
        with suppress(ConnectionError):  # it may have ended while it waited; then there is no answer
            process.stdin.write(f"{stage}\n".encode())
            await process.stdin.drain()
        line = await process.stdout.readline()
        self.busy = False
        if not line:
            self._process = None
            return Report(stage=str(stage), failed="the build ended in a fault of the program; save again to try again")
        report = read_report(line)
        if report.failed:
            await self.end()
        return report

    async def end(self, *, fresh: bool = False) -> None:
        """End the process; the next one begins *fresh*, or with what this one has read."""
        process, self._process = self._process, None
        self._fresh |= fresh
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


class Preview:
    """The site of *project*, kept up to date in the folder *out*; what a stage did is told to every page, and to *tell*."""

    def __init__(self, project: Project, out: Path, tell: Callable[[Report], None]) -> None:
        self._project, self._site, self._tell = project, (out / "html").resolve(), tell
        self._worker = Worker(project, out)
        self._state = Report(stage="")
        self._listeners: set[asyncio.Queue[Report | None]] = set()
        self._count = 0  # of stages
        self._written: dict[str, int] = {}  # by page: the stage that wrote it

    @property
    def torn(self) -> bool:
        """Whether the last stage was ended before its end."""
        return self._worker.busy

    async def _run(self, stage: Stage) -> None:
        report = await self._worker.run(stage)
        self._state = replace(report, pages=(), findings=report.findings if not report.failed else self._state.findings)
        self._count += 1
        self._written |= dict.fromkeys(report.pages, self._count)
        self._tell(report)
        for listener in self._listeners:
            listener.put_nowait(replace(self._state, pages=report.pages))

    async def keep(self, changes: AsyncIterator[set[tuple[Change, str]]], begun: Callable[[], None]) -> None:
        """Build the site, say that it has *begun*, and build after each of *changes*.

        The page that was saved goes first, then what depends on it, then the data files; a change that comes in between
        goes before the rest.
        """
        waiting: asyncio.Queue[set[str]] = asyncio.Queue()

        async def collect() -> None:
            async for found in changes:
                waiting.put_nowait({path for _, path in found})

        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(collect())
                await self._run(Stage.ALL)
                begun()
                rest: list[Stage] = []
                while True:
                    if rest and waiting.empty():
                        await self._run(rest.pop(0))
                        continue
                    saved = await waiting.get()
                    while not waiting.empty():
                        saved |= waiting.get_nowait()
                    program = any(self._is_program(Path(path)) for path in saved)
                    if program or any(path.endswith(".bib") for path in saved):  # a running worker reads neither again
                        await self._worker.end(fresh=program)
                    await self._run(Stage.PAGES)
                    rest = [Stage.LINKED, Stage.ALL] if not self._state.failed else []
        finally:
            await self._worker.end()

    def _is_program(self, path: Path) -> bool:
        """Whether *path* belongs to what makes the pages: settings, code, theme."""
        return path == self._project.docs / "conf.py" or path.is_relative_to(self._project.docs / "_ext")

    def application(self) -> web.Application:
        """Return the server's application."""
        app = web.Application()
        app.on_shutdown.append(self._hang_up)
        app.router.add_get(f"{PATH}events", self._events)
        app.router.add_get(f"{PATH}{{name}}", self._own)
        app.router.add_get("/{path:.*}", self._page)
        return app

    async def _hang_up(self, _: web.Application) -> None:
        for listener in self._listeners:
            listener.put_nowait(None)

    async def _own(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _TYPES:
            raise web.HTTPNotFound
        text = files(__package__).joinpath(name).read_text("utf-8")
        return web.Response(text=text, content_type=_TYPES[name], headers=_NEVER)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """Return a file of the site; a page has the script of the preview in it, from this host, as its policy wants."""
        path = (self._site / request.match_info["path"]).resolve()
        if path.is_dir():
            path /= "index.html"
        script = _SCRIPT % self._count
        if not path.is_relative_to(self._site) or not path.is_file():
            return web.Response(status=404, text=_MISSING.format(script), content_type="text/html", headers=_NEVER)
        if path.suffix != ".html":
            return web.FileResponse(path, headers=_NEVER)
        while not (text := path.read_text("utf-8")).rstrip().endswith("</html>") and self._worker.busy:
            await asyncio.sleep(0.05)  # it is being written
        text = text.replace("</head>", f"{script}</head>", 1)
        return web.Response(text=text, content_type="text/html", headers=_NEVER)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Tell of each stage, as server-sent events; the first says what has changed since the page was sent."""
        since = request.query.get("since", "")
        response = web.StreamResponse(headers={**_NEVER, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        # Nothing is awaited from here until the page listens: a stage that ends in between would be lost on it.
        missed = [page for page, stage in self._written.items() if since.isdigit() and stage > int(since)]
        listener: asyncio.Queue[Report | None] = asyncio.Queue()
        listener.put_nowait(replace(self._state, pages=tuple(missed)))
        self._listeners.add(listener)
        try:
            while (report := await listener.get()) is not None:
                await response.write(f"data: {json.dumps(asdict(report))}\n\n".encode())
        except ConnectionError:
            pass  # the page was left
        finally:
            self._listeners.discard(listener)
        return response


def changes_in(project: Project) -> AsyncIterator[set[tuple[Change, str]]]:
    """Return the changes of what the site is made from, as they happen."""
    ignore = DefaultFilter(
        ignore_paths=[project.build], ignore_entity_patterns=(*DefaultFilter.ignore_entity_patterns, r"\.#", r"~$")
    )
    return awatch(project.docs, *project.root.glob("*.bib"), watch_filter=ignore, debounce=100, step=20)
