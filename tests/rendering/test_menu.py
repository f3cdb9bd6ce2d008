"""The menu of each page: the pages of the first page's toctrees, and where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from annotated_brief.exports.write import write_text
from conftest import Built, run_sphinx
from sets import SLUGS, write_set


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A set of four briefs, as a project."""
    return write_set(tmp_path)


def menu(built: Built, page: str) -> list[tuple[str, str, str]]:
    soup = BeautifulSoup((built.out / page).read_text("utf-8"), "html.parser")
    links = soup.select("header nav[aria-label=Pages] a")
    return [(link.get_text(), str(link["href"]), str(link.get("aria-current", ""))) for link in links]


def retitle(edition: Path, before: str, after: str) -> None:
    index = edition / "docs" / "index.md"
    text = index.read_text("utf-8")
    assert before in text
    write_text(index, text.replace(before, after, 1))


def test_a_few_briefs_are_named_and_where_one_is_is_said(edition: Path) -> None:
    shown = menu(run_sphinx(edition), "briefs/quay/index.html")
    assert [href for _, href, _ in shown[:4]] == [
        "../ferry/index.html",
        "../lamp/index.html",
        "#",
        "../quay-2/index.html",
    ]
    assert [current for *_, current in shown] == ["", "", "page", *[""] * 4]
    assert [title for title, *_ in shown[4:]] == ["Claims", "Glossary", "Sources"]


def test_many_briefs_are_one_entry(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_brief.reading.menu.LISTED", len(SLUGS) - 1)
    built = run_sphinx(edition)
    assert menu(built, "briefs/quay/index.html")[:2] == [
        ("All briefs", "../../index.html", "true"),
        ("Claims", "../../claims.html", ""),
    ]
    assert menu(built, "claims.html")[:2] == [("All briefs", "index.html", ""), ("Claims", "#", "page")]
    assert menu(built, "index.html")[0] == ("All briefs", "#", "page")


def test_a_page_below_one_that_is_listed_says_so(edition: Path) -> None:
    claims = edition / "docs" / "claims.md"
    write_text(claims, f"{claims.read_text('utf-8')}\n```{{toctree}}\nbelow\n```\n")
    write_text(edition / "docs" / "below.md", "# Below\n")
    shown = menu(run_sphinx(edition), "below.html")
    assert ("Claims", "claims.html", "true") in shown
    assert "Below" not in {title for title, *_ in shown}


def test_titles_and_addresses_that_are_written_are_shown(edition: Path) -> None:
    retitle(edition, "claims\n", "All claims <claims>\nhttps://example.org/\nThe start <self>\n")
    shown = menu(run_sphinx(edition), "glossary.html")
    assert ("All claims", "claims.html", "") in shown
    assert ("https://example.org/", "https://example.org/", "") in shown
    assert ("The start", "index.html", "") in shown


def test_an_address_that_leads_nowhere_is_no_link(edition: Path) -> None:
    retitle(edition, "claims\n", "claims\nBad <javascript://x/%0Aalert(1)>\n")
    assert all(href.endswith((".html", "#")) for _, href, _ in menu(run_sphinx(edition), "glossary.html"))


def test_a_new_entry_is_on_pages_that_nobody_has_touched(edition: Path) -> None:
    before = menu(run_sphinx(edition), "briefs/lamp/index.html")
    retitle(edition, "claims\n", "All claims <claims>\n")
    after = menu(run_sphinx(edition), "briefs/lamp/index.html")
    assert [one for one in after if one not in before] == [("All claims", "../../claims.html", "")]
