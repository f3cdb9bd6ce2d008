"""The real site on a local server, and a real Chromium that opens it; nothing here asks another host."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from conftest import Built, need

HERE = Path(__file__).resolve().parent
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
PATIENCE = 60_000  # ms: tests run beside each other, and how long one takes is no matter of theirs
Open = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


def judge(name: str) -> Path:
    """Return a file of the npm packages in the lock beside this file."""
    return need(HERE / "node_modules" / name, f"npm package {name.partition('/')[0]}")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    return need(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")


@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    """A running browser; it ends with this folder, since its event loop bars every other from the thread."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS, chromium_sandbox=False)
        yield running
        running.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture(scope="session")
def site(real: Built) -> Iterator[str]:
    """The address of the real site, on a local server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=real.out)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def pages(real: Built) -> list[str]:
    """The paths of all pages of the site."""
    return sorted(path.relative_to(real.out).as_posix() for path in real.out.rglob("*.html"))


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Open a page of the site in a context of its own; what the browser complains of makes the test fail."""
    contexts = []
    complaints: list[str] = []

    def run(path: str, width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((site, "data:", "file:")) else complaints.append(f"asked {request.url}")
            ),
        )
        page.goto(path if path.startswith(("file:", "about:")) else f"{site}/{path}")
        return page

    yield run
    for context in contexts:
        context.close()
    assert complaints == []


def nu(folder: Path) -> str:
    """What the Nu checker says of the pages in *folder*: nothing where all are valid."""
    jar = judge("vnu-jar/build/dist/vnu.jar")
    argv = ["java", "-jar", str(jar), "--errors-only", "--skip-non-html", str(folder)]
    done = subprocess.run(argv, check=False, capture_output=True, text=True)
    assert bool(done.returncode) == bool(done.stderr)
    return done.stderr
