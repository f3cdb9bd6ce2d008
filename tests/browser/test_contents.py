"""The links to the sections of a page: beside the text where there is room, else above it; they reach every section."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.conftest import Open

LONG = ["glossary.html", "sources.html", "method.html", "contributing/check.html"]
WIDE = ["timeline.html"]
OVERLAP = """() => {
  const nav = document.querySelector('.brief-contents').getBoundingClientRect();
  return [...document.querySelectorAll('main > section :is(p, li, table, figure, details, article, pre)')]
    .filter((e) => !e.closest('.brief-contents') && e.getBoundingClientRect().width)
    .filter((e) => { const box = e.closest('.brief-scroll, .brief-chart > div') ?? e; return box.getBoundingClientRect().right > nav.left; })
    .map((e) => e.outerHTML.slice(0, 80));
}"""


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("name", LONG)
def test_beside_the_text_they_cover_nothing_and_stay_in_view(visit: Open, name: str) -> None:
    page = visit(name)
    assert page.evaluate(OVERLAP) == []
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    assert 0 <= top(page, ".brief-contents > div") < 900


@pytest.mark.parametrize("name", LONG + WIDE)
@pytest.mark.parametrize("width", [390, 1440])
def test_they_lead_to_every_section(visit: Open, name: str, width: int) -> None:
    page = visit(name, width=width)
    links = page.locator(".brief-contents a:visible")
    addresses = links.evaluate_all("all => all.map(a => a.getAttribute('href').slice(1))")
    sections = page.locator("main > section > section").evaluate_all("all => all.map(e => e.id)")
    assert set(sections) <= set(addresses)
    assert page.evaluate("ids => ids.every(id => document.getElementById(id))", addresses)


@pytest.mark.parametrize(("name", "width"), [("glossary.html", 390), ("timeline.html", 390), ("timeline.html", 1440)])
def test_above_the_text_they_stand_between_title_and_text(visit: Open, name: str, width: int) -> None:
    page = visit(name, width=width)
    assert top(page, "h1") < top(page, ".brief-contents") < top(page, "main > section > p")


def test_a_brief_and_the_front_page_have_none(visit: Open) -> None:
    for name in ("index.html", "briefs/reaffirming-balance/index.html"):
        assert visit(name).locator(".brief-contents").count() == 0


def test_recommendations_use_both_halves_of_a_wide_screen(visit: Open) -> None:
    page = visit("scorecard.html")
    boxes = page.locator(".brief-recommendation").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert len(set(boxes)) == 2
    narrow = visit("scorecard.html", width=390).locator(".brief-recommendation")
    assert len(set(narrow.evaluate_all("all => all.map(e => e.getBoundingClientRect().left)"))) == 1
