"""What a reader does: choose, follow, look ahead, narrow, search; by pointer, keyboard and touch, and without a script."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from annotated_brief.model.vocabulary import Verdict
from browser.conftest import Open
from conftest import Built

BRIEF = "briefs/reaffirming-balance/index.html"
FINDINGS = {Verdict.CORRECTED, Verdict.UPDATED, Verdict.DISPUTED}
BUDGET = 150 * 1024  # bytes, compressed by Brotli, of the first view of the brief
SCRIPT = 12 * 1024  # bytes of script in it


def shown_notes(page: Page) -> set[str]:
    """The ids of the notes that can be seen."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.brief-annotation')].filter(e => e.checkVisibility()).map(e => e.id)"
    )
    return set(found)


def ids(built: Built, *verdicts: Verdict) -> set[str]:
    """The ids of the notes with one of the *verdicts*, or of all."""
    return {note.id for note in built.corpus.annotations if not verdicts or note.verdict in verdicts}


def test_modes_and_verdicts_choose_the_notes(visit: Open, real: Built) -> None:
    page = visit(BRIEF)
    assert shown_notes(page) == ids(real)
    page.get_by_role("radio", name="findings").check()
    assert shown_notes(page) == ids(real, *FINDINGS)
    page.get_by_role("checkbox", name="updated").uncheck()
    assert shown_notes(page) == ids(real, Verdict.CORRECTED, Verdict.DISPUTED)
    assert "mode=findings" in page.url
    page.reload()  # the address keeps the choice, and so does the browser
    assert shown_notes(page) == ids(real, Verdict.CORRECTED, Verdict.DISPUTED)
    page.goto(page.url.partition("#")[0])
    page.reload()
    assert shown_notes(page) == ids(real, Verdict.CORRECTED, Verdict.DISPUTED)
    page.get_by_role("radio", name="text only").check()
    assert shown_notes(page) == set()
    page.emulate_media(media="print")
    assert shown_notes(page) == ids(real)


def numbers(page: Page) -> set[str]:
    """The ids of the notes whose numbers can be seen in the text."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.brief-noteref')].filter(e => e.checkVisibility()).map(e => e.hash.slice(1))"
    )
    return set(found)


def test_a_note_that_is_not_shown_leaves_no_trace_in_the_text(visit: Open, real: Built) -> None:
    page = visit(BRIEF)
    assert numbers(page) == ids(real)
    page.get_by_role("radio", name="findings").check()
    page.get_by_role("checkbox", name="updated").uncheck()
    left = ids(real, Verdict.CORRECTED, Verdict.DISPUTED)
    assert numbers(page) == left
    lines = page.locator(".brief-mark > u").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).textDecorationLine != 'none').map(e => e.parentElement.id.slice(5))"
    )
    assert set(lines) == left
    page.get_by_role("radio", name="text only").check()
    assert numbers(page) == set()


def test_a_link_to_a_hidden_note_shows_that_note_alone(visit: Open, real: Built) -> None:
    note = next(note for note in real.corpus.annotations if note.verdict is Verdict.CORROBORATED)
    page = visit(BRIEF)
    page.get_by_role("radio", name="findings").check()
    page.evaluate("name => { location.hash = name }", note.id)
    expect(page.locator(f"#{note.id}")).to_have_attribute("open", "")
    assert shown_notes(page) == ids(real, *FINDINGS) | {note.id}
    expect(page.get_by_role("radio", name="findings")).to_be_checked()
    page.locator(f"#{note.id}").get_by_role("link", name="Back to the text").click()
    assert numbers(page) == ids(real, *FINDINGS) | {note.id}


def test_a_choice_that_came_by_an_address_outlives_the_address(visit: Open, real: Built) -> None:
    page = visit(f"{BRIEF}#mode=findings&without=updated")
    left = ids(real, Verdict.CORRECTED, Verdict.DISPUTED)
    assert shown_notes(page) == left
    page.locator(".brief-number").first.click()
    assert page.url.endswith("#p1")
    page.reload()
    assert shown_notes(page) == left
    expect(page.get_by_role("checkbox", name="updated")).not_to_be_checked()


def test_without_a_script_everything_is_there(visit: Open, real: Built) -> None:
    page = visit(BRIEF, java_script_enabled=False)
    expect(page.locator(".brief-annotation:visible")).to_have_count(len(real.corpus.annotations))
    expect(page.locator(".brief-modes")).to_be_hidden()
    note = page.locator("#seliger-date")
    note.locator("summary").first.click()
    expect(note.locator(".brief-claim")).to_be_visible()
    page.locator("a.to-term").first.click()
    expect(page).to_have_url(page.url)
    assert "glossary.html#" in page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_mark_and_its_note_light_up_together(visit: Open, theme: str) -> None:
    page = visit(f"{BRIEF}#seliger-date", color_scheme=theme)
    lit = page.evaluate(
        "getComputedStyle(Object.assign(document.body.appendChild(document.createElement('mark')), "
        "{className: 'lit'})).backgroundColor"
    )
    note = page.locator("#seliger-date > .brief-head")
    expect(note).not_to_have_css("background-color", lit)
    page.locator("#mark-seliger-date").hover()
    expect(page.locator("#seliger-date")).to_contain_class("lit")
    expect(page.locator("#seliger-date")).to_have_attribute("open", "")  # an open note lights up, too
    expect(note).to_have_css("background-color", lit)
    page.locator("#seliger-forum summary").first.focus()
    expect(page.locator("#mark-seliger-forum")).to_contain_class("lit")
    page.mouse.move(0, 0)
    expect(page.locator("#seliger-date")).not_to_contain_class("lit")
    expect(page.locator("#mark-seliger-forum")).to_contain_class("lit")


def test_a_card_opens_on_hover_and_focus_and_closes_by_escape(visit: Open) -> None:
    page = visit(BRIEF)
    link = page.locator(".brief-passage a.to-term").first
    link.hover()
    card = page.locator("[popover]:popover-open")
    expect(card).to_be_visible()
    assert card.locator("a").evaluate("a => a.href") == link.evaluate("a => a.href")
    card.hover()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    link.focus()
    expect(card).to_be_visible()
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.locator(".brief-key-points a.to-annotation").first.focus()
    expect(card).to_contain_text("The article says")


def test_a_first_tap_shows_the_card_and_a_second_follows(visit: Open) -> None:
    page = visit(BRIEF, width=390, has_touch=True)
    link = page.locator(".brief-passage a.to-term").first
    link.tap()
    card = page.locator("[popover]:popover-open")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    link.tap()
    page.wait_for_url("**/glossary.html#*")


def test_a_tap_on_a_number_shows_the_note_in_place_on_a_phone(visit: Open) -> None:
    page = visit(BRIEF, width=320, height=640, has_touch=True)
    number = page.locator("#mark-seliger-date > .brief-noteref")
    number.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    number.tap()
    card = page.locator("[popover]:popover-open")
    expect(card).to_contain_text("29 August, not 14 August")
    expect(card).to_contain_text("Putin made these remarks")
    assert page.evaluate("scrollY") == before
    card.get_by_role("link").tap()
    expect(page.locator("#seliger-date")).to_have_attribute("open", "")


def test_a_note_gives_its_address_to_the_clipboard(visit: Open) -> None:
    page = visit(BRIEF)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    note = page.locator("#seliger-date")
    note.locator("summary").first.click()
    note.get_by_role("button", name="Copy link").click()
    expect(note.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{page.url.partition('#')[0]}#seliger-date"


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_every_note_is_whole(visit: Open, real: Built, script: bool) -> None:
    page = visit(f"{BRIEF}#mode=text", java_script_enabled=script)
    page.emulate_media(media="print")
    expect(page.locator(".brief-claim:visible")).to_have_count(len(real.corpus.annotations))
    expect(page.locator(".brief-noteref:visible")).to_have_count(len(real.corpus.annotations))


OVERLAPS = """
() => {
  const parts = [...document.querySelectorAll('.brief-passage > p, .brief-annotation, .brief-key-points, .brief-overview')]
    .map(part => [part, part.getBoundingClientRect()]).sort(([, a], [, b]) => a.top - b.top);
  const found = [];
  for (const [place, [part, box]] of parts.entries()) {
    if (box.width < 100 || box.left < 0 || box.right > innerWidth) found.push(part.outerHTML.slice(0, 80));
    for (const [other, next] of parts.slice(place + 1)) {
      if (next.top >= box.bottom - 1) break;
      if (next.left < box.right - 1 && box.left < next.right - 1) found.push(`${part.id} ${other.id}`);
    }
  }
  return found;
}
"""


@pytest.mark.parametrize("width", [320, 768, 1024, 1440])
@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
def test_nothing_covers_anything_else(visit: Open, width: int, opened: bool) -> None:
    page = visit(BRIEF, width=width)
    if opened:
        page.evaluate("for (const note of document.querySelectorAll('details')) note.open = true")
    assert page.evaluate(OVERLAPS) == []


def test_every_card_leads_where_its_link_leads(visit: Open, real: Built) -> None:
    page = visit(BRIEF)
    addresses = set(page.locator("[popover] a").evaluate_all("all => all.map(a => a.href)"))
    linked = set(page.locator("main > section a").evaluate_all("all => all.map(a => a.href)"))
    assert addresses
    assert addresses <= linked
    for address in addresses:
        parts = urlsplit(address)
        assert f'id="{parts.fragment}"' in real.page(parts.path.removeprefix("/"))


def test_the_ledger_sorts_and_narrows(visit: Open, real: Built) -> None:
    page = visit("claims.html")
    rows = page.locator(".brief-claims tbody tr")
    page.get_by_role("button", name="Finding").click()
    first = rows.first.locator("td").nth(2).inner_text()
    assert first == min((note.headline for note in real.corpus.annotations), key=str.casefold)
    page.get_by_label("Verdict").select_option("corrected")
    expect(page.locator(".brief-claims tbody tr:visible")).to_have_count(len(ids(real, Verdict.CORRECTED)))
    page.get_by_label("Words").fill("seliger")
    expect(page.locator("output")).to_contain_text(f"of {len(real.corpus.annotations)}")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("statehood of Kazakhs", "statehood"),
        ("партнерства расширенные", "Enhanced Partnership"),  # written with ё, which few type
        ("содружества", "Commonwealth of Independent States"),
        ("ұйымының ынтымақтастық", "Shanghai Cooperation Organisation"),
        ("СВМДА", "Confidence Building Measures"),
        ("negotiates", "negotiators"),
    ],
)
def test_the_search_knows_forms_of_words_in_three_languages(visit: Open, words: str, title: str) -> None:
    page = visit("search.html")
    page.get_by_label("Words").fill(words)
    expect(page.locator("#search-results")).to_contain_text(title)


def test_the_search_narrows_by_kind_and_verdict(visit: Open, real: Built) -> None:
    page = visit("search.html?q=kazakhstan&kind=annotation&verdict=disputed")
    found = page.locator("#search-results a")
    expect(found.first).to_be_visible()
    names = {str(address).partition("#")[2] for address in found.evaluate_all("all => all.map(a => a.href)")}
    assert names <= ids(real, Verdict.DISPUTED)


def test_the_site_works_from_a_disk(visit: Open, real: Built) -> None:
    page = visit((real.out / "search.html").as_uri() + "?q=seliger&kind=annotation")
    page.locator("#search-results a").first.click()
    expect(page.locator(".brief-annotation[open]").first).to_be_visible()
    page.get_by_role("radio", name="findings").check()
    page.goto((real.out / BRIEF).as_uri())
    page.reload()
    assert shown_notes(page) == ids(real, *FINDINGS)
    page.locator(".brief-passage a.to-term").first.hover()
    expect(page.locator("[popover]:popover-open")).to_be_visible()


SET_WIDTHS = """
heading => {
  heading.style.width = "max-content";
  const ours = heading.offsetWidth;
  heading.style.fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--serif").replace('"Brief Serif",', "");
  return [ours, heading.offsetWidth];
}
"""


def test_the_first_line_is_set_in_our_typeface_from_a_disk_as_from_a_server(visit: Open, real: Built) -> None:
    for address in (BRIEF, (real.out / BRIEF).as_uri()):
        ours, others = visit(address).locator("h1").evaluate(SET_WIDTHS)
        assert ours != others, address
