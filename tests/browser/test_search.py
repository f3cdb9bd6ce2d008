"""The page of the search: what is typed can be read, verdicts look as everywhere, words are marked without their commas."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from annotated_brief.model.vocabulary import Verdict
from browser.conftest import Open


@pytest.mark.parametrize("width", [320, 1440])
def test_a_long_question_can_be_read_in_its_field(visit: Open, width: int) -> None:
    page = visit("search.html?q=Kazakhstan+sovereignty", width=width)
    field = page.get_by_label("Words")
    assert field.evaluate("e => e.scrollWidth <= e.clientWidth")
    box = field.bounding_box()
    assert box is not None
    assert box["width"] >= min(400, width / 2)
    assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("verdict", list(Verdict))
def test_results_show_verdicts_by_shape_word_and_colour(visit: Open, verdict: Verdict) -> None:
    page = visit(f"search.html?q=kazakhstan&kind=annotation&verdict={verdict}")
    label = page.locator(f"#search-results .brief-verdict.word-{verdict}").first
    expect(label).to_have_text(f"{verdict.symbol} {verdict}")
    expect(label.locator("span")).to_have_attribute("aria-hidden", "true")
    plain = page.locator("#search-results p").nth(1).evaluate("e => getComputedStyle(e).color")
    if verdict is not Verdict.UNVERIFIED:
        assert label.evaluate("e => getComputedStyle(e).color") != plain


def test_words_are_marked_without_their_punctuation(visit: Open) -> None:
    page = visit("search.html?q=kazakhstan")
    marked = page.locator("#search-results mark").all_inner_texts()
    assert marked
    assert [word for word in marked if not re.fullmatch(r"\w.*\w", word)] == []
    shown = page.locator("#search-results li p:nth-child(2)").all_inner_texts()
    assert not [text for text in shown if re.search(r"\w \.", text)]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("одағында", "Eurasian Economic Union"), ("одақтың", "Eurasian Economic Union"), ("хандығы", "Kazakh Khanate")],
)
def test_a_softened_consonant_is_the_same_word(visit: Open, asked: str, meant: str) -> None:
    page = visit(f"search.html?q={asked}")
    expect(page.locator("#search-results")).to_contain_text(meant)
