"""The addresses of a site that knows its own: canonical, of a version, for citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from conftest import Build, Built, record_release, run_sphinx

BASE = "https://example.org/edition/"
INDEX = "briefs/sample/index.html"
HERE: dict[str, Any] = {"html_baseurl": BASE, "release": "0.2.0"}


def cited(built: Built) -> set[str]:
    """The addresses by which a note is cited: on the page and in a file."""
    page = BeautifulSoup(built.page(INDEX), "html.parser")
    (link,) = page.select("#quay-date .brief-citing a[href^=https]")
    assert link["href"] == link.get_text()
    return {link.get_text(), json.loads(built.page("data/sample/notes/quay-date.csl.json"))[0]["URL"]}


def test_a_release_is_cited_by_its_version_and_what_follows_is_not(project: Path, build: Build) -> None:
    assert cited(build(settings=HERE)) == {f"{BASE}{INDEX}#quay-date"}
    record_release(project, "0.2.0")
    assert cited(run_sphinx(project, out="released", settings=HERE)) == {f"{BASE}v/0.2.0/{INDEX}#quay-date"}
    other = HERE | {"brief_version": "0.3.0"}
    assert cited(run_sphinx(project, out="other", settings=other)) == {f"{BASE}{INDEX}#quay-date"}
    page = project / "docs/briefs/sample/index.md"
    page.write_text(page.read_text("utf-8").replace("Not found in", "Not seen in"), encoding="utf-8")
    assert cited(run_sphinx(project, out="later", settings=HERE)) == {f"{BASE}{INDEX}#quay-date"}


@pytest.mark.parametrize(("builder", "address"), [("html", "glossary.html"), ("dirhtml", "glossary/")])
def test_each_page_names_its_own_address(build: Build, builder: str, address: str) -> None:
    built = build(builder=builder, settings=HERE)
    page = BeautifulSoup(built.page("glossary/index.html" if builder == "dirhtml" else address), "html.parser")
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [BASE + address]


def test_a_site_that_knows_no_address_names_none(build: Build) -> None:
    built = build()
    page = built.page(INDEX)
    assert "canonical" not in page
    assert BeautifulSoup(page, "html.parser").select("#quay-date .brief-citing a[href^=http]") == []
