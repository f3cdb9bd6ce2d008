"""A reader selects words and proposes a note: by a form, by mail, as text; nothing is offered that does not work."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from annotated_brief.model.proposal import NOTE
from browser.conftest import FLAGS, Open, Quiet, judge
from conftest import HERE, RunBrief, run_sphinx

FORM, MAIL = (f"{site}/html/briefs/sample/index.html" for site in ("form", "mail"))
LONGEST = 200  # characters of the selection that are taken, as propose.js says
ADDRESS = 2000  # characters of an address that every browser, forge and mail program takes
BY_FORM = (
    "https://forge.example/issues/new?template={form}.yml&page={page}&paragraph={paragraph}&words={words}"
    "&prefix={prefix}&suffix={suffix}&version={version}"
)
MORE = f"""
{{#p3}}
Слово «баланс» – {{lang}}`{"равновесие интересов на перекрёстке " * 12}<ru>`
и ещё 🙂 конец.
"""
# Selects from the first place where one text stands to the end of the first place where another does.
SELECT = """
([from, to]) => {
  const find = text => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(text);
      if (at >= 0) return [walker.currentNode, at];
    }
  };
  const [start, end] = [find(from), find(to)];
  getSelection().setBaseAndExtent(...start, end[0], end[1] + to.length);
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of two sites of the sample, with a paragraph in Cyrillic: one leads to a form, one does not."""
    project = tmp_path_factory.mktemp("propose") / "project"
    shutil.copytree(HERE / "roots" / "base", project)
    page = project / "docs/briefs/sample/index.md"
    page.write_text(page.read_text("utf-8") + MORE, "utf-8")
    for out, suggest in (("form", BY_FORM), ("mail", "")):
        run_sphinx(project, out=out, settings={"brief_suggest": suggest, "release": "1.2"})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=project)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def propose(page: Page, start: str, end: str) -> Locator:
    """Select from *start* to *end*, press the button; return the dialog."""
    page.evaluate(SELECT, [start, end])
    page.get_by_role("button", name="Propose a note").click()
    return page.get_by_role("dialog", name="Propose a note")


def form_of(dialog: Locator) -> dict[str, str]:
    """What the address of the form hands over."""
    address = dialog.get_by_role("link", name="Open the form").get_attribute("href") or ""
    assert len(address) <= ADDRESS
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def mail_of(dialog: Locator) -> str:
    """The body of the mail."""
    address = dialog.get_by_role("link", name="Send by mail").get_attribute("href") or ""
    assert len(address) <= ADDRESS
    return unquote(address.partition("&body=")[2])


def test_selected_words_open_a_form_that_knows_them(visit: Open) -> None:
    dialog = propose(visit(FORM), "finished", "early, and")
    assert (
        form_of(dialog)
        == {
            "template": "note.yml",
            "page": "briefs/sample/index",
            "paragraph": "p1",
            "words": "finished early, and",  # without the number of the note between them
            "prefix": "The writer says that the quay was "[-32:].strip(),
            "suffix": "that the Port Board paid for it",
            "version": "1.2",
        }
    )


def test_without_a_form_the_same_text_goes_by_mail_or_clipboard(visit: Open) -> None:
    page = visit(MAIL, permissions=["clipboard-read", "clipboard-write"])
    dialog = propose(page, "Port Board", "alone")
    expect(dialog.get_by_role("link")).to_have_count(1)
    dialog.get_by_role("button", name="Copy the text").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == dialog.get_by_role("textbox").input_value()
    assert "### Words\n\nPort Board paid for it alone\n\n" in text
    assert mail_of(dialog) == text.replace("\n", "\r\n")
    assert [line[4:] for line in text.splitlines() if line.startswith("### ")] == list(NOTE.values())


def test_long_and_cyrillic_words_over_several_lines_are_cut_and_survive(visit: Open) -> None:
    page = visit(FORM)
    dialog = propose(page, "Слово", "конец")
    expect(dialog).to_contain_text("the first words selected")
    words = form_of(dialog)["words"]
    assert words.startswith("Слово «баланс» – равновесие интересов на перекрёстке равновесие")
    assert 150 < len(words) <= LONGEST
    assert words.split(" ")[-1] in {"равновесие", "интересов", "на", "перекрёстке"}, "cut between words"
    assert (form_of(dialog)["suffix"]).startswith(("равновесие", "интересов", "на", "перекрёстке"))
    assert f"### Words\r\n\r\n{words}\r\n\r\n" in mail_of(dialog)
    page.keyboard.press("Escape")
    short = form_of(propose(page, "и ещё", "конец"))
    assert (short["words"], short["paragraph"]) == ("и ещё 🙂 конец", "p3")
    across = form_of(propose_again(page, "перекрёстке", "ещё"))
    assert "\n" not in across["words"]


def propose_again(page: Page, start: str, end: str) -> Locator:
    """The same, after the dialog that is open was closed."""
    page.get_by_role("button", name="Close").click()
    return propose(page, start, end)


def test_what_the_page_gives_is_taken_in_as_a_draft(visit: Open, brief: RunBrief, project: Path) -> None:
    text = propose(visit(MAIL), "was ", "early, and").get_by_role("textbox").input_value()
    comment = f"### {NOTE['comment']}\n\n"
    (project / "issue.txt").write_text(text.replace(comment, f"{comment}Who saw it?"), "utf-8")
    code, output = brief("import", "issue", project / "issue.txt")
    assert code == 0
    assert (
        "In #p1 of sample, mark at character 30: {mark}`was finished early, and <draft-was-finished-early-and>`"
        in output
    )
    assert "Who saw it?" in output


def test_a_selection_over_several_paragraphs_counts_for_the_first(visit: Open) -> None:
    dialog = propose(visit(FORM), "paid for it", "said, ")
    found = form_of(dialog)
    assert (found["paragraph"], found["words"]) == ("p1", "paid for it alone.")
    assert "suffix" not in found
    expect(dialog).to_contain_text("the first words selected")


def test_words_outside_the_restatement_offer_nothing(visit: Open) -> None:
    page = visit(FORM)
    page.evaluate(SELECT, ["The harbour, restated", "The harbour, restated"])
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    expect(page.get_by_role("button", name="Propose a note")).to_have_count(0)


def test_the_button_goes_with_the_selection(visit: Open) -> None:
    page = visit(FORM)
    before = page.locator("main").bounding_box()
    page.evaluate(SELECT, ["Trade", "is said"])
    button = page.get_by_role("button", name="Propose a note")
    expect(button).to_be_in_viewport(ratio=1)
    assert page.locator("main").bounding_box() == before, "nothing moves"
    page.evaluate("getSelection().empty()")
    expect(button).to_have_count(0)


@pytest.fixture
def caret(browser: Browser, chromium: Path) -> Iterator[Browser]:
    """A browser in which the arrow keys move a caret through the page, as after F7."""
    flags = [*FLAGS, "--enable-caret-browsing"]
    running = browser.browser_type.launch(executable_path=chromium, args=flags, chromium_sandbox=False)
    yield running
    running.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_by_keyboard_alone(caret: Browser, site: str, width: int) -> None:
    page = caret.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}/{FORM}")
    page.locator("#p2 > p > .brief-number").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in "Trade":
        page.keyboard.press("Shift+ArrowRight")
    selected = page.evaluate("getSelection().toString().trim()")
    button = page.get_by_role("button", name="Propose a note")
    expect(button).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Propose a note")
    expect(dialog).to_be_in_viewport(ratio=1)
    stops = []
    for _ in range(5):
        stops.append(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert stops == ["Proposal", "Open the form", "Copy the text", "Send by mail", "Close"]
    assert form_of(dialog)["words"] == selected
    assert selected
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_is_accessible(visit: Open, scheme: str) -> None:
    page = visit(FORM, color_scheme=scheme)
    propose(page, "Trade", "is said")
    page.evaluate(judge("axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "axe.run('dialog, .brief-propose').then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    assert found == []


def test_without_a_script_nothing_is_offered_that_would_not_work(visit: Open) -> None:
    page = visit(FORM, java_script_enabled=False)
    expect(page.get_by_role("button", name="Propose a note")).to_have_count(0)
    expect(page.locator("dialog, textarea")).to_have_count(0)
