"""`brief serve`: the site, rebuilt and reloaded while one writes."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from .products import work_folder
from .project import Project, Refusal, find_project

HOST = "127.0.0.1"


def serve(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 finds a free one.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the site in the browser.")] = False,
) -> None:
    """Serve the site while one writes.

    Every saved change rebuilds it and reloads the page. Ctrl-C ends.
    """
    project = find_project()
    if not is_free(port):
        raise Refusal(f"port {port} is taken: choose another, as in `brief serve --port {port + 1}`")
    with project.only_one_run("build/serve"), work_folder(project.build / "serve") as folder:
        argv = autobuild_command(project, folder, port, open_browser=open_browser)
        try:
            code = subprocess.call(argv, cwd=project.root)
        except KeyboardInterrupt:
            code = 0
    raise typer.Exit(code)


def autobuild_command(project: Project, out: Path, port: int, *, open_browser: bool) -> list[str]:
    """Return the call of sphinx-autobuild; it has the folder *out* for its own, so a build beside it does no harm."""
    return [
        sys.executable,
        *("-m", "sphinx_autobuild", "--host", HOST, "--port", str(port)),
        *(("--open-browser",) if open_browser else ()),
        *("--watch", str(project.root / "refs.bib")),
        *("--ignore", str(project.build), "--ignore", "*/__pycache__/*", "--ignore", "*~"),
        *("--doctree-dir", str(out / "doctrees"), "--jobs", "auto", "--quiet"),
        *(str(project.docs), str(out / "html")),
    ]


def is_free(port: int) -> bool:
    """Say whether nothing listens on a port."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # there the option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
