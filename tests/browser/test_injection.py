"""The hostile edition in a real browser: nothing runs, nothing is asked of another host, no policy is ever called upon."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

import injection
from browser.conftest import Quiet
from conftest import run_sphinx

WATCH = """
window.breach = () => reported('breach() ran');
window.alert = window.confirm = window.prompt = () => reported('a dialog');
document.addEventListener('securitypolicyviolation', (event) =>
  reported(`${event.violatedDirective}: ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
# What a reader may do to anything on a page, but for following links that lead away.
STIR = """
for (const box of document.querySelectorAll('details')) box.open = true;
for (const element of document.querySelectorAll('*'))
  for (const kind of ['mouseover', 'mouseenter', 'focus', 'focusin', 'pointerover', 'error', 'load', 'toggle'])
    element.dispatchEvent(new Event(kind, { bubbles: true }));
"""
# What would act, once it stood on a page: handlers, links to code, elements that the edition never writes.
ACTIVE = """
[...document.querySelectorAll('*')].filter((element) => {
  const address = element.href?.baseVal ?? element.href ?? element.action ?? element.src;
  const leads = typeof address == 'string' && address;
  return [...element.attributes].some(({ name }) => name.startsWith('on'))
    || element.matches('iframe, object, embed, base, style, meta[http-equiv=refresh], script:not([src], [type])')
    || leads && !['http:', 'https:', 'mailto:'].includes(new URL(address, document.baseURI).protocol);
}).map((element) => element.outerHTML.slice(0, 200))
"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"  # every report of the browser is in


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_sphinx(injection.write(tmp_path_factory.mktemp("injection"))).out


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The address of the hostile edition, on a local server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=built)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what happened in it that must not happen."""
    found: list[str] = []

    def report(text: str) -> None:
        found.append(text)

    def asked(request: Request) -> None:
        if not request.url.startswith(address):
            report(f"asked {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            report(message.text)

    def opened(dialog: Dialog) -> None:
        report(f"dialog {dialog.message}")
        dialog.dismiss()

    context = browser.new_context()
    context.expose_function("reported", report)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("dialog", opened)
    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: report(str(error)))
    yield page, found
    context.close()


def test_the_watch_sees_what_it_is_to_see(watched: tuple[Page, list[str]], built: Path, address: str) -> None:
    """A page of the edition into which the texts were written as they are."""
    page, found = watched
    injected = "".join(text for text in injection.TEXTS.values() if "<!--" not in text)
    text = (built / "index.html").read_text("utf-8")
    (built / "breached.html").write_text(text.replace("</main>", f"{injected}</main>"), "utf-8")
    page.goto(f"{address}/breached.html")
    page.evaluate(SETTLED)
    assert len(page.evaluate(ACTIVE)) > 5
    assert [line for line in found if line.startswith("script-src")]
    assert [line for line in found if line.startswith("style-src")]
    (built / "open.html").write_text("<!doctype html><script>breach()</script>", "utf-8")
    page.goto(f"{address}/open.html")
    assert "breach() ran" in found
    (built / "breached.html").unlink()
    (built / "open.html").unlink()


def test_nothing_runs_on_any_page(watched: tuple[Page, list[str]], built: Path, address: str) -> None:
    page, found = watched
    paths = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    assert len(paths) > len(injection.TEXTS)
    for path in paths:
        page.goto(f"{address}/{path}")
        page.evaluate(STIR)
        assert page.evaluate(ACTIVE) == [], path
    page.evaluate(SETTLED)
    assert found == []


def test_nothing_runs_in_the_search(watched: tuple[Page, list[str]], address: str) -> None:
    page, found = watched
    for text in injection.TEXTS.values():
        page.goto(f"{address}/search.html")
        page.locator(".search-page [name=q]").fill(text)
        page.evaluate(STIR)
    page.goto(f"{address}/search.html?q=%3Cscript%3Ebreach()%3C/script%3E&kind=%22%3E%3Cb%3E&constructor=x")
    page.locator(".search-page [name=q]").fill("breach")
    page.locator("#search-results li").first.wait_for()
    assert page.evaluate(ACTIVE) == []
    page.evaluate(SETTLED)
    assert found == []


def test_nothing_runs_in_the_cards_and_in_a_proposal(watched: tuple[Page, list[str]], address: str) -> None:
    page, found = watched
    page.goto(f"{address}/briefs/sample/index.html")
    page.evaluate("for (const card of document.querySelectorAll('[popover]')) card.showPopover()")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.brief-passage > p'))")
    page.locator(".brief-propose").click()
    page.locator("dialog textarea").wait_for()
    assert page.evaluate(ACTIVE) == []
    page.evaluate(STIR)
    page.evaluate(SETTLED)
    assert found == []
