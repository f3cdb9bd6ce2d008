"""`brief serve` as one who writes sees it: a real browser, a real worker, files saved on the disk."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from annotated_brief.commands.project import Project
from annotated_brief.commands.serve import HOST, show

INDEX = "docs/briefs/sample/index.md"
PAGE = "briefs/sample/index.html"


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """The address of the preview of the base project, which is ended afterwards."""
    listening = socket.create_server((HOST, 0))
    loop = asyncio.new_event_loop()
    task = loop.create_task(show(Project(root=project), project / "build/serve/work", listening))
    task.add_done_callback(lambda _: loop.stop())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield f"http://{HOST}:{listening.getsockname()[1]}"
    if thread.is_alive():
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
    loop.close()
    listening.close()
    with suppress(asyncio.CancelledError):
        task.result()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page of the brief, as the preview shows it once it is there; what the browser complains of fails the test."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{address}/{PAGE}")  # shown when the first build has come so far
    expect(page.locator("h1")).to_be_visible()
    yield page
    context.close()
    assert complaints == []


def save(project: Path, name: str, old: str, new: str) -> None:
    """Save a file as an editor does, with *old* replaced by *new*."""
    text = (project / name).read_text("utf-8")
    assert text.count(old) == 1
    (project / name).write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_saved_is_shown_and_so_is_what_depends_on_it(project: Path, page: Page, address: str) -> None:
    expect(page.locator("#quay-cost > summary")).to_contain_text("The town paid a third")
    ledger = page.context.new_page()
    ledger.goto(f"{address}/claims.html")
    save(project, INDEX, ":headline: The town paid a third", ":headline: The town paid a half")
    expect(page.locator("#quay-cost > summary")).to_contain_text("The town paid a half")
    expect(ledger.locator("main")).to_contain_text("The town paid a half")
    save(project, "docs/conf.py", 'project = "', 'project = "New ')
    expect(page).to_have_title(re.compile("New "))
    save(project, "refs.bib", "Accounts of the harbour", "Accounts of the haven")
    expect(ledger.locator("body")).to_contain_text("Accounts of the haven")


def test_a_broken_file_says_so_in_the_page_and_on_the_terminal_and_recovers(
    project: Path, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = page.locator("#brief-preview")
    expect(panel).to_have_count(0)
    save(project, INDEX, ":verdict: clarified", ":verdict: clear")
    expect(panel).to_contain_text("1 to mend")
    expect(panel).to_contain_text(f"{INDEX}:19 :verdict: ‘clear’ is not in the word list")
    assert f"{INDEX}:19: brief.unknown-word  :verdict: ‘clear’ is not in the word list" in capsys.readouterr().out
    save(project, INDEX, ":verdict: clear\n", ":verdict: clarified\n")
    expect(panel).to_have_count(0)
    whole = (project / INDEX).read_bytes()
    (project / INDEX).write_bytes(whole.replace("’".encode(), b"\x92", 1))  # as saved in another encoding
    expect(panel).to_contain_text("Not built")
    expect(panel).to_contain_text(f"{INDEX}:29: it is not in UTF-8")
    (project / INDEX).write_bytes(whole)
    expect(panel).to_have_count(0)
    said = capsys.readouterr()
    assert "it is not in UTF-8" in said.err
    assert said.out.endswith("no findings\n") or "no findings" in said.out


def test_nothing_beside_the_site_is_served(project: Path, page: Page, address: str) -> None:
    assert page.locator("script[src='/_preview/preview.js']").count() == 1
    for path in (
        "/../../../refs.bib",
        "/%2e%2e/%2e%2e/%2e%2e/refs.bib",
        "/_preview/worker.py",
        "/_preview/..%2fserver.py",
    ):
        asked = HTTPConnection(address.removeprefix("http://"))
        asked.request("GET", path)
        assert asked.getresponse().status == 404, path
        asked.close()
