"""What stands in the files of a site, whatever looks at them: policy, links, languages, addresses to write to."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Comment
from docutils.nodes import make_id
from sphinx.config import Config

from annotated_brief.commands.site_links import find_dead_links
from annotated_brief.rendering.html import POLICY
from annotated_brief.rendering.proposing import proposal_patterns, suggestion_address
from conftest import Build, Built

SAMPLE = "briefs/sample/index.html"
LETTERS = re.compile("[\u0400-\u052f\u3400-\u9fff]")  # Cyrillic, Chinese


@pytest.fixture(scope="module")
def soups(real: Built) -> dict[Path, BeautifulSoup]:
    return {page: BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in sorted(real.out.rglob("*.html"))}


def test_each_page_and_the_server_state_the_same_policy(real: Built, soups: dict[Path, BeautifulSoup]) -> None:
    assert POLICY.startswith("default-src 'none';")
    assert "unsafe" not in POLICY
    assert "//" not in POLICY
    assert real.page("_headers") == f"/*\n  Content-Security-Policy: {POLICY}\n"
    for page, soup in soups.items():
        metas = soup.select("meta[http-equiv=Content-Security-Policy]")
        assert [meta["content"] for meta in metas] == [POLICY], page


def test_no_page_has_what_the_policy_forbids(soups: dict[Path, BeautifulSoup]) -> None:
    for page, soup in soups.items():
        assert soup.select("style, [style], iframe, object, embed, base") == [], page
        assert soup.select("script:not([src], [type='application/ld+json'])") == [], page  # what is data is not run
        assert [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == [], page


def test_every_link_of_the_site_leads_somewhere(real: Built) -> None:
    assert find_dead_links(real.out, "site") == []


def test_letters_of_other_languages_are_tagged_with_their_language(soups: dict[Path, BeautifulSoup]) -> None:
    bare, tagged = [], 0
    for page, soup in soups.items():
        for text in soup.find_all(string=LETTERS):
            if isinstance(text, Comment) or text.find_parent("pre"):  # a sample of data tags its words itself
                continue
            lang = next(str(parent["lang"]) for parent in text.parents if parent.get("lang"))
            tagged += not lang.startswith("en")
            bare += [f"{page.name}: {text[:60]}"] if lang.startswith("en") else []
    assert bare == []
    assert tagged > 300


def test_titles_of_sources_are_in_their_language_and_nothing_else_is(real: Built) -> None:
    soup = BeautifulSoup(real.page("sources.html"), "html.parser")
    for source in real.corpus.sources:
        entry = soup.find(id=make_id(f"source-{source.id}"))
        assert entry is not None, source.id
        langs = [str(tag["lang"]) for tag in entry.select("[lang]")]
        wanted = [source.lang, *([f"{source.lang}-Latn"] if source.title_latin else [])]
        assert langs == ([] if source.lang.startswith("en") else wanted), source.id
        if langs:
            assert [tag.get_text() for tag in entry.select("[lang]")] == [
                source.title,
                *filter(None, [source.title_latin]),
            ]


@pytest.mark.parametrize("name", ["index.html", "claims.html", "briefs/reaffirming-balance/index.html", "search.html"])
def test_main_pages_say_in_a_sentence_what_they_are(real: Built, name: str) -> None:
    (described,) = BeautifulSoup(real.page(name), "html.parser").select("meta[name=description]")
    assert 40 < len(described["content"]) < 180


def test_a_person_was_born_and_lived_and_all_else_was_valid(real: Built) -> None:
    cards = BeautifulSoup(real.page("glossary.html"), "html.parser")
    assert "Born: 7 October 1952" in cards.select("#putin")[0].get_text()
    assert "Lived: 1946 – 6 April 2022" in cards.select("#zhirinovsky")[0].get_text()
    assert "Valid: since" in cards.select("#eaeu")[0].get_text()
    shown = BeautifulSoup(real.page("briefs/reaffirming-balance/index.html"), "html.parser").select("[popover]")
    (putin,) = (card for card in shown if card.select("a[href$='#putin']"))
    assert "Born: 7 October 1952" in putin.get_text()


def test_a_note_leads_to_where_a_change_is_suggested(build: Build, project: Path) -> None:
    assert "Suggest a change" not in build().page(SAMPLE)
    conf = (project / "docs/conf.py").read_text("utf-8")
    pattern = "https://forge.example/new?template=note.yml&note={id}&page={page}"
    page = build({"docs/conf.py": f"{conf}brief_suggest = {pattern!r}\n"}).page(SAMPLE)
    links = [link["href"] for link in BeautifulSoup(page, "html.parser").find_all("a", string="Suggest a change")]
    stem = "https://forge.example/new?template=note.yml&note="
    assert links == [
        f"{stem}{name}&page=briefs%2Fsample%2Findex" for name in ("quay-date", "quay-cost", "trade-doubled")
    ]


def asked(suggest: str) -> Config:
    config = Config({}, {"release": "1.2"})
    config.add("brief_suggest", "", "html", {str})
    config.brief_suggest = suggest
    return config


def test_a_suggestion_may_go_by_mail() -> None:
    config = asked("mailto:editor@example.org?subject={id}%20in%20{page}&body={text}{words}")
    head, _, body = suggestion_address(config, "quay-date", "briefs/sample/index").partition("&body=")
    assert head == "mailto:editor@example.org?subject=quay-date%20in%20briefs%2Fsample%2Findex"
    assert unquote(body).startswith("### Note\r\n\r\nquay-date\r\n\r\n### Page\r\n\r\nbriefs/sample/index\r\n")
    patterns = proposal_patterns(config, "briefs/sample/index")
    assert "address" not in patterns
    assert patterns["mail"].startswith("mailto:editor@example.org?subject=%20in%20briefs%2Fsample%2Findex&body={text}")


def test_a_proposal_knows_page_and_version_before_any_words_are_selected() -> None:
    patterns = proposal_patterns(
        asked("https://forge.example/new?template={form}.yml&p={page}&w={words}&v={version}"), "a/b"
    )
    assert patterns["address"] == "https://forge.example/new?template=note.yml&p=a%2Fb&w={words}&v=1.2"
    assert "### Words\n\n{words}\n" in patterns["text"]
    assert "### Page\n\na/b\n" in patterns["text"]
    assert "address" not in proposal_patterns(asked(""), "a/b")


def test_the_facing_edition_sends_no_words_on(build: Build, project: Path) -> None:
    assert "propose.js" in build().page(SAMPLE)
    assert "propose.js" not in build(settings={"brief_facing": str(project)}, out="facing").page(SAMPLE)
