"""Three searches of this site, compared: Sphinx's own index, Pagefind (pages, and a page a record), and the edition's.

Run it with ``.venv/bin/python scripts/benchmarks/search.py COMMAND``, where COMMAND starts Pagefind, which is no dependency of
anything here: ``python -m pagefind`` of an environment in which somebody has installed ``pagefind[bin]``. It prints the table
of decision 0009. It needs Chromium.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import brotli
from playwright.sync_api import Error, Page, sync_playwright
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import annotated_brief
from annotated_brief.reading.domain import brief_domain
from annotated_brief.rendering.html import POLICY
from annotated_brief.rendering.search import entries

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIRST = 10  # results that somebody looks at
WAIT = 4_000  # milliseconds
QUERIES = [  # what somebody types, and what is meant
    ("statehood of Kazakhs", "annotation", "kazakh-statehood"),
    ("negotiators", "annotation", "political-clauses"),
    ("repeal Jackson-Vanik", "annotation", "jackson-vanik-fate"),
    ("customs unions", "annotation", "customs-union-founder"),
    ("содружества", "term", "cis"),
    ("партнерства расширенные", "term", "epca"),  # ё is written е by most who type
    ("евразийского союза", "term", "eaeu"),
    ("ұйымының ынтымақтастық", "term", "sco"),
    ("қазақ хандығы", "term", "khanate-550"),
    ("одағында", "term", "eaeu"),  # in the union
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A site with a search: its name, its folder, and how to ask it at a base address for the first addresses found."""

    name: str
    folder: Path
    ask: Callable[[Page, str, str], list[str]]


def build(out: Path, *, own: bool) -> Sphinx:
    """Return a finished build with the edition's search, or with Sphinx's own in the theme that Sphinx calls basic."""
    setup: Any = annotated_brief
    kept = setup.take_over_search, setup.search_page
    if not own:
        setup.take_over_search, setup.search_page = (lambda _: None), (lambda _: iter(()))
    try:
        with patch_docutils(ROOT / "docs"), docutils_namespace():
            folders = (ROOT / "docs", ROOT / "docs", out / "html", out / "doctrees")
            app = Sphinx(*folders, "html", {} if own else {"html_theme": "basic"}, status=None, warning=None)
            app.build()
    finally:
        setup.take_over_search, setup.search_page = kept
    return app


def ask_own(page: Page, base: str, query: str) -> list[str]:
    """Ask the edition's search."""
    page.goto(f"{base}/search.html?q={quote(query)}")
    page.wait_for_function("document.getElementById('search-count').textContent", timeout=WAIT)
    return links(page, "#search-results a")


def ask_sphinx(page: Page, base: str, query: str) -> list[str]:
    """Ask Sphinx's search, and wait until it says that it has finished."""
    page.goto(f"{base}/search.html?q={quote(query)}")
    page.wait_for_function("/finished|did not match/.test(document.body.textContent)", timeout=WAIT)
    return links(page, "#search-results li > a")


def ask_pagefind(page: Page, base: str, query: str) -> list[str]:
    """Ask Pagefind for pages and the sections of them."""
    page.goto(f"{base}/blank.html")
    return list(
        page.evaluate(
            "async query => { const found = await (await import('./pagefind/pagefind.js')).search(query);"
            f" const shown = await Promise.all(found.results.slice(0, {FIRST}).map(result => result.data()));"
            " return shown.flatMap(result => [result.url, ...result.sub_results.map(part => part.url)]); }",
            query,
        )
    )


def ask_records(page: Page, base: str, query: str) -> list[str]:
    """Ask Pagefind for pages that stand for records, and return the addresses of those."""
    return [f"{base}/{unquote(unquote(urlsplit(url).path)).strip('/')}" for url in ask_pagefind(page, base, query)]


def links(page: Page, selector: str) -> list[str]:
    """Return the first addresses of a list of results."""
    return list(page.locator(selector).evaluate_all("all => all.map(a => a.href)"))[:FIRST]


class Handler(SimpleHTTPRequestHandler):
    """Serves files, under the policy of the site where asked to."""

    policy = ""

    def end_headers(self) -> None:
        """Add the policy."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def log_error(self, *_: Any) -> None:
        """Say nothing of the icon that a browser looks for."""


@contextmanager
def served(folder: Path, policy: str = "") -> Iterator[str]:
    """Serve a folder, and give its address."""
    handler = type("Served", (Handler,), {"policy": policy})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def answers(engine: Engine, page: Page, base: str) -> bool:
    """Whether the engine finds anything at all at *base*."""
    try:
        return bool(engine.ask(page, base, "Kazakhstan"))
    except Error:
        return False


def measure(engine: Engine, page: Page, wanted: list[str]) -> list[str]:
    """Return a row of the table: sizes, hits, and where it works."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    records = pages = size = 0
    with served(engine.folder) as base:
        for (query, _, _), address in zip(QUERIES, wanted, strict=True):
            found = {plain(url) for url in engine.ask(page, base, query)}
            records += address in found
            pages += address.partition("#")[0] in {url.partition("#")[0] for url in found}
            size = size or sum(compressed(engine.folder / path.lstrip("/")) for path in set(loaded))
    with served(engine.folder, POLICY) as base:
        strict = answers(engine, page, base)
    disk = answers(engine, page, engine.folder.as_uri())
    found_of = [f"{number} of {len(QUERIES)}" for number in (pages, records)]
    return [engine.name, f"{size / 1024:.0f} kB", *found_of, *("yes" if works else "no" for works in (disk, strict))]


def plain(url: str) -> str:
    """Return the path and the fragment of an address."""
    parts = urlsplit(url)
    return unquote(f"{parts.path.lstrip('/')}#{parts.fragment}" if parts.fragment else parts.path.lstrip("/"))


def compressed(file: Path) -> int:
    """Return the bytes that a server sends of what a search has loaded: scripts and its index."""
    if not file.is_file() or file.suffix in {".html", ".css", ".svg", ".woff2"}:
        return 0
    content = file.read_bytes()
    return min(len(content), len(brotli.compress(content)))


def run_pagefind(command: list[str], folder: Path) -> None:
    """Let Pagefind make its index in *folder*, beside a blank page to ask from."""
    done = subprocess.run([*command, "--site", folder], stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}")
    (folder / "blank.html").write_text("<!doctype html><title>Search</title>", "utf-8")


def write_records(app: Sphinx, folder: Path) -> None:
    """Write a page for each record, at an address that stands for the record's own."""
    for entry in entries(app):
        text = f"<!doctype html><html lang=en><title>{html.escape(entry.title)}</title><body><h1>{html.escape(entry.title)}</h1>"
        page = folder / quote(entry.address, safe="") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"{text}<p>{html.escape(entry.text)}</p>", "utf-8")


def main(command: list[str]) -> None:
    """Build, ask, and print the table."""
    if not command:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        app = build(scratch / "own", own=True)
        places = brief_domain(app.env).targets()
        wanted = [
            f"{app.builder.get_target_uri(places[kind, name][0])}#{places[kind, name][1]}" for _, kind, name in QUERIES
        ]
        build(scratch / "sphinx", own=False)
        shutil.copytree(scratch / "own" / "html", scratch / "pages")
        write_records(app, scratch / "records")
        for folder in ("pages", "records"):
            run_pagefind(command, scratch / folder)
        engines = [
            Engine(name="Sphinx’s own", folder=scratch / "sphinx" / "html", ask=ask_sphinx),
            Engine(name="Pagefind, the pages", folder=scratch / "pages", ask=ask_pagefind),
            Engine(name="Pagefind, a page a record", folder=scratch / "records", ask=ask_records),
            Engine(name="the edition’s", folder=scratch / "own" / "html", ask=ask_own),
        ]
        with sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS, chromium_sandbox=False)
            print("| search | loaded for a first query | page found | record found | from a disk | under the policy |")
            print("| --- | --- | --- | --- | --- | --- |")
            for engine in engines:
                context = browser.new_context()
                print("| " + " | ".join(measure(engine, context.new_page(), wanted)) + " |")
                context.close()
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
