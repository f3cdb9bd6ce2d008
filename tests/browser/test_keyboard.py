"""By keyboard alone: each stop in the order of the page, in view, named, and seen to be the place."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open

BRIEF = "briefs/reaffirming-balance/index.html"
PAGES = [BRIEF, "index.html", "claims.html", "timeline.html", "glossary.html", "search.html?q=seliger"]
STOPS = 60
# What the Tab key should reach, in this order: what is drawn, and neither switched off nor taken out of the order.
EXPECTED = """
stops => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.type !== 'radio' || e.checked)
  .slice(0, stops).map((e, place) => (e.dataset.stop = place))
"""
HERE = """
() => {
  const [here, look] = [document.activeElement, getComputedStyle(document.activeElement)];
  const box = here.getBoundingClientRect();
  return {
    stop: Number(here.dataset.stop ?? -1),
    html: here.outerHTML.slice(0, 120),
    seen: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    name: (here.labels?.[0] ?? here).textContent.trim() || (here.closest('[aria-label]') ?? here.querySelector('[aria-label]'))?.ariaLabel,
  };
}
"""


def walk(page: Page, key: str, number: int) -> list[dict[str, Any]]:
    """The stops of *number* strokes of *key*."""
    found = []
    for _ in range(number):
        page.keyboard.press(key)
        found.append(page.evaluate(HERE))
    return found


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_goes_through_a_page_in_its_order(visit: Open, name: str, width: int) -> None:
    page = visit(name, width=width)
    number = len(page.evaluate(EXPECTED, STOPS))
    assert number > 10
    forth = walk(page, "Tab", number)
    assert [stop["stop"] for stop in forth] == list(range(number)), [stop["html"] for stop in forth]
    assert [stop for stop in forth if not (stop["seen"] and stop["inView"] and stop["name"])] == []
    assert [stop["stop"] for stop in walk(page, "Shift+Tab", number - 1)] == list(reversed(range(number - 1)))


@pytest.mark.parametrize("name", PAGES)
def test_the_first_stop_leads_past_the_head(visit: Open, name: str) -> None:
    page = visit(name)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_note_opens_and_leads_back_by_keyboard(visit: Open) -> None:
    page = visit(BRIEF)
    number = page.locator("#mark-seliger-date > .brief-noteref")
    number.focus()
    page.keyboard.press("Enter")
    note = page.locator("#seliger-date")
    expect(note.locator(".brief-claim")).to_be_visible()
    back = note.get_by_role("link", name="Back to the text")
    back.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#mark-seliger-date")
    page.keyboard.press("Tab")
    expect(number).to_be_focused()
    note.locator("summary").first.focus()
    page.keyboard.press("Space")
    expect(note.locator(".brief-claim")).to_be_hidden()


def test_the_choice_of_notes_is_made_by_keyboard(visit: Open) -> None:
    page = visit(BRIEF)
    page.get_by_role("radio", name="everything").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="findings")).to_be_checked()
    assert page.evaluate("document.documentElement.dataset.mode") == "findings"
    page.get_by_role("checkbox", name="disputed").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.without") == "disputed"
