"""`brief serve`: the site, rebuilt and reloaded while one writes."""

import asyncio
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from .findings import Finding, to_text
from .preview.server import Preview, changes_in
from .preview.worker import Report
from .products import work_folder
from .progress import Progress
from .project import Project, Refusal, find_project

HOST = "127.0.0.1"


def serve(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 finds a free one.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the site in the browser.")] = False,
) -> None:
    """Serve the site while one writes.

    Every saved change writes the page anew and reloads it; what there is to mend stands in the page and here. Ctrl-C
    ends.
    """
    project = find_project()
    try:
        listening = socket.create_server((HOST, port))
    except OSError:
        raise Refusal(f"port {port} is taken: choose another, as in `brief serve --port {port + 1}`") from None
    with (
        suppress(KeyboardInterrupt),
        listening,
        project.only_one_run("build/serve"),
        work_folder(project.build / "serve") as out,
    ):
        asyncio.run(show(project, out, listening, open_browser=open_browser))


async def show(project: Project, out: Path, listening: socket.socket, *, open_browser: bool = False) -> None:
    """Serve the site of *project*, kept in the folder *out*, on the socket *listening* until cancelled.

    Raises :class:`asyncio.CancelledError` where that came while a page may have been half written.
    """
    progress = Progress()
    progress.begin("site")
    address = f"http://{HOST}:{listening.getsockname()[1]}/"

    def begun() -> None:
        typer.echo(f"{address}  (Ctrl-C ends)")
        if open_browser:
            webbrowser.open(address)

    preview = Preview(project, out, Teller(progress))
    runner = web.AppRunner(preview.application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        await preview.keep(changes_in(project), begun)
    except asyncio.CancelledError:
        if preview.torn:
            raise
    finally:
        await runner.cleanup()


class Teller:
    """Tells of each stage on the terminal: the pages that were written, and the findings where they have changed."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last: tuple[Finding, ...] = ()
        self._begun = False

    def __call__(self, report: Report) -> None:
        """Tell of one."""
        if not self._begun:
            self._begun = True
            self._progress.end("failed" if report.failed else "done", good=not report.failed)
        elif report.pages:
            shown = ", ".join(report.pages[:3]) + (
                f" and {len(report.pages) - 3} more" if len(report.pages) > 3 else ""
            )
            typer.echo(f"{shown}: {report.seconds:.1f} s")
        if report.failed:
            typer.echo(f"brief: {report.failed}", err=True)
        elif report.findings != self._last:
            self._last = report.findings
            typer.echo(to_text(report.findings))
