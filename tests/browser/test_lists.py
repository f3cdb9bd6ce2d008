"""What a reader does with the lists: sort, narrow, follow a link into what was narrowed away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotated_brief.model.records import Annotation
from annotated_brief.model.vocabulary import Verdict
from browser.conftest import Open
from conftest import Built

ROWS = ".brief-claims tbody tr"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Note", None),
        ("Verdict", lambda note: note.verdict.rank),
        ("Holds", lambda note: note.as_of.first_day()),
        ("Checked", lambda note: note.checked.first_day()),
    ],
)
def test_the_ledger_sorts_words_by_rank_and_dates_by_time(
    visit: Open, real: Built, heading: str, key: Callable[[Annotation], Any] | None
) -> None:
    page = visit("claims.html")
    notes = {note.number: note for note in real.corpus.annotations}
    ledger = page.locator(".brief-claims")
    ledger.get_by_role("button", name=heading).click()
    assert ledger.get_by_role("columnheader", name=heading, exact=True).get_attribute("aria-sort") == "ascending"
    numbers = page.locator(f"{ROWS} td:first-child").all_inner_texts()
    assert set(numbers) == set(notes)
    if key is None:
        assert numbers.index("1.9") < numbers.index("1.10") < numbers.index("2.1")
        return
    keys = [key(notes[number]) for number in numbers]
    assert keys == sorted(keys)
    ledger.get_by_role("button", name=heading).click()
    keys = [key(notes[number]) for number in page.locator(f"{ROWS} td:first-child").all_inner_texts()]
    assert keys == sorted(keys, reverse=True)


def test_dates_and_verdicts_stay_on_one_line(visit: Open) -> None:
    page = visit("claims.html")
    broken = page.locator(f"{ROWS} :is(time, [data-edtf], .brief-verdict)").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(e).lineHeight))"
        ".map(e => e.outerHTML)"
    )
    assert broken == []
    for width in (320, 390):
        narrow = (
            visit("claims.html", width=width).locator(f"{ROWS}").evaluate_all("all => all.map(e => e.offsetHeight)")
        )
        assert sorted(narrow)[len(narrow) // 2] < 160  # no column is squeezed into a pile of words
    first = page.locator("main table").first
    assert "brief-claims" in (first.get_attribute("class") or "")


def test_the_scorecard_sorts_by_outcome(visit: Open, real: Built) -> None:
    page = visit("scorecard.html")
    page.get_by_role("button", name="Outcome", exact=True).click()
    words = page.locator(".brief-sortable tbody tr td:nth-child(2) [data-rank]")
    ranks = [int(rank) for rank in words.evaluate_all("all => all.map(e => e.dataset.rank)")]
    assert ranks == sorted(advice.outcome.rank for advice in real.corpus.recommendations)
    bar, box = page.locator(".brief-summary svg").first.bounding_box(), page.locator("main").bounding_box()
    assert bar is not None
    assert box is not None
    assert bar["width"] > 0.4 * box["width"]
    expect(page.locator("main")).not_to_contain_text("not-done")


@pytest.mark.parametrize(("name", "words"), [("glossary.html", "seliger"), ("timeline.html", "kyrgyz")])
def test_a_filter_takes_empty_headings_with_it(visit: Open, name: str, words: str) -> None:
    page = visit(name)
    headings = page.locator("main section:has(> :is(.brief-card, .brief-event)) > h2")
    every = headings.count()
    page.get_by_role("searchbox", name="Words").fill(words)
    shown = page.locator("main section:has(> :is(.brief-card, .brief-event):visible)").count()
    assert 0 < shown < every
    visible = headings.evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    assert visible == shown


def test_a_filter_fades_the_other_events_in_the_drawings(visit: Open, real: Built) -> None:
    page = visit("timeline.html")
    page.get_by_role("searchbox", name="Words").fill("Seliger")
    shown = set(page.locator(".brief-event:visible").evaluate_all("all => all.map(e => e.id)"))
    clear = page.locator(".brief-chart a:not(.faded)").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    assert shown
    assert {str(address).lstrip("#") for address in clear} == shown


def test_a_link_to_what_a_filter_hides_shows_it(visit: Open, real: Built) -> None:
    page = visit("timeline.html")
    page.get_by_role("searchbox", name="Words").fill("Seliger")
    page.evaluate("location.hash = 'sco-announced-shanghai-2001'")
    expect(page.locator("#sco-announced-shanghai-2001")).to_be_in_viewport()
    expect(page.locator("output")).to_have_text(f"{len(real.corpus.events)} of {len(real.corpus.events)}")


def test_filter_labels_stand_clear_of_their_fields(visit: Open) -> None:
    page = visit("glossary.html")
    gap = page.get_by_role("searchbox", name="Words").evaluate(
        "field => field.getBoundingClientRect().left"
        " - (range => (range.selectNode(field.previousSibling), range.getBoundingClientRect().right))(document.createRange())"
    )
    assert gap >= 5


def test_links_to_notes_are_as_large_as_the_line(visit: Open) -> None:
    page = visit("glossary.html")
    sizes = page.locator(".brief-line .to-annotation").first.evaluate(
        "e => [getComputedStyle(e).fontSize, getComputedStyle(e.closest('p')).fontSize]"
    )
    assert sizes[0] == sizes[1]


def test_the_ledger_narrows_by_verdict(visit: Open, real: Built) -> None:
    page = visit("claims.html")
    page.get_by_label("Verdict").select_option("corrected")
    expect(page.locator(f"{ROWS}:visible")).to_have_count(real.corpus.verdicts()[Verdict.CORRECTED])
