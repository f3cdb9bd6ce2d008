"""The first view: small, still, drawn at once; and Lighthouse, which looks at it as a phone on a slow line.

Its mark for performance rests on the clock, and takes most of its time, so it is asked for only where somebody says that
nothing else runs:

    BRIEF_QUIET=yes .venv/bin/python -m pytest tests/browser/test_speed.py -k lighthouse -s
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser

from browser.conftest import FLAGS, Open, Quiet, judge
from conftest import Built, need

BRIEF = "briefs/reaffirming-balance/index.html"
MAIN = [BRIEF, "index.html", "claims.html", "timeline.html", "scorecard.html", "glossary.html", "sources.html"]
BUDGET = 150 * 1024  # bytes, compressed by Brotli, of the first view of the brief
SCRIPT = 12 * 1024  # bytes of script in it
REQUESTS = 8  # the page, its style sheet, five scripts, a Cyrillic face: each one more is a round trip more
RUNS, SPEED = 3, 0.99  # of Lighthouse on a quiet machine; the least median of its marks for performance
MARKS = {"accessibility": 1, "best-practices": 1, "seo": 1}
ATTEMPTS = 3  # of Lighthouse, which gives up on a browser that is slow to answer; what it judges is never asked again
PIECES = 12  # of a page that arrives slowly
PAINT = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHIFT = """
new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})
"""
LARGEST = """
new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(entry => entry.url)))
  .observe({type: 'largest-contentful-paint', buffered: true}))
"""


def compressed(file: Path) -> int:
    """The bytes that a server sends for *file*: typefaces are compressed already."""
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(brotli.compress(content))


def test_the_first_view_of_the_brief_is_small(visit: Open, site: str, real: Built) -> None:
    page = visit("about:blank")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{site}/{BRIEF}", wait_until="networkidle")
    files = [real.out / urlsplit(url).path.removeprefix("/") for url in loaded if "icon" not in url]
    assert sum(map(compressed, files)) <= BUDGET
    assert sum(file.stat().st_size for file in files if file.suffix == ".js") <= SCRIPT
    assert len(files) <= REQUESTS, [file.name for file in files]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", MAIN)
def test_nothing_moves_on_a_first_visit_even_if_typefaces_are_late(
    visit: Open, site: str, name: str, width: int
) -> None:
    page = visit("about:blank", width=width)
    page.route("**/*.woff2", lambda _: None)  # held until all else stands
    page.goto(f"{site}/{name}", wait_until="domcontentloaded")
    assert not any(page.evaluate(LARGEST)), "the largest thing in view is text, which nothing has to be fetched for"
    page.unroute("**/*.woff2")  # lets go of what was held
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(SHIFT) == 0


class Halting(Quiet):
    """Sends a page in pieces, each when the one before has been painted; all else as it is."""

    painted = threading.Semaphore(0)

    def do_GET(self) -> None:
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        first = content.index(b"<main")  # nothing is painted before there is a body
        size = -(-(len(content) - first) // (PIECES - 1))
        for start, end in pairwise([0, *range(first, len(content), size), len(content)]):
            self.painted.acquire()
            self.wfile.write(content[start:end])
            self.wfile.flush()


@pytest.fixture(scope="module")
def halting(real: Built) -> Iterator[str]:
    """The address of the real site on a server that waits for the browser to paint."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Halting, directory=real.out)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", MAIN)
def test_nothing_moves_while_a_long_page_arrives(browser: Browser, halting: str, name: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        Halting.painted.release()
        page.goto(f"{halting}/{name}", wait_until="commit")
        for _ in range(PIECES - 1):
            page.evaluate(PAINT)
            Halting.painted.release()
        page.wait_for_load_state("load")
        assert page.evaluate(SHIFT) == 0


class Compressing(Quiet):
    """Sends files as servers of sites do: compressed, and to be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=31536000")
        if file.suffix != ".woff2":
            content = brotli.compress(content, quality=6)
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def host(real: Built) -> Iterator[str]:
    """The address of the real site on a server that compresses."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=real.out)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def report_of(address: str, chromium: Path, out: Path, *more: str) -> dict[str, Any]:
    """What Lighthouse says of the page at *address*, on its model of a phone; *more* are options."""
    node = need(shutil.which("node"), "Node")
    flags = " ".join(["--headless=new", "--no-sandbox", *FLAGS])
    argv: list[str | Path] = [
        node,
        judge("lighthouse/cli/index.js"),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={out}",
        *more,
    ]
    settings = {**os.environ, "CHROME_PATH": str(chromium)}
    for _ in range(ATTEMPTS):
        command = [*argv, f"--chrome-flags={flags}", "--no-enable-error-reporting"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=settings)
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(out.read_text("utf-8"))
            return found
    return pytest.fail(f"Lighthouse came to no judgement: {done.stderr[-500:]}")


@pytest.mark.slow
@pytest.mark.parametrize("name", MAIN)
def test_lighthouse_is_content(host: str, chromium: Path, tmp_path: Path, name: str) -> None:
    report = report_of(f"{host}/{name}", chromium, tmp_path / "report.json", f"--only-categories={','.join(MARKS)}")
    failed = [f"{key}: {audit['title']}" for key, audit in report["audits"].items() if audit["score"] == 0]
    points = {key: category["score"] for key, category in report["categories"].items()}
    assert points == MARKS, "\n".join(failed)


if os.environ.get("BRIEF_QUIET"):

    @pytest.mark.slow
    @pytest.mark.parametrize("name", MAIN)
    def test_lighthouse_finds_a_page_fast(host: str, chromium: Path, tmp_path: Path, name: str) -> None:
        reports = [report_of(f"{host}/{name}", chromium, tmp_path / f"{number}.json") for number in range(RUNS)]
        assert {report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports} == {0}
        speeds = [report["categories"]["performance"]["score"] for report in reports]
        print(f"\n{name}: {speeds}")
        assert median(speeds) >= SPEED
