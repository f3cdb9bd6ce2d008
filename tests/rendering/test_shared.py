"""What a site with an address offers to those that show its links: a sitemap, cards, pictures, a page for each note."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from annotated_brief.commands.site_links import find_dead_links
from annotated_brief.exports.sitemap import to_sitemap
from annotated_brief.rendering.html import POLICY
from annotated_brief.rendering.note_pages import Frame, note_pages
from annotated_brief.rendering.pictures import brief_picture, draw_pictures, note_picture
from browser.conftest import nu
from conftest import Build, Built
from exports.corpora import NASTY, TEXTS, edition, squeezed
from exports.test_feed import RECORDS, STATE, STONE
from rendering.test_addresses import BASE, HERE, INDEX

NOTE = "briefs/sample/notes/quay-date"


@pytest.fixture
def built(build: Build) -> Built:
    files = {
        "docs/data/changes.json": RECORDS,
        "docs/data/state.json": STATE,
        "docs/data/withdrawn.yml": STONE,
    }
    return build(files, settings=HERE)


def soup(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(name), "html.parser")


def metas(page: BeautifulSoup) -> dict[str, str]:
    found = page.select("meta[property], meta[name^=twitter]")
    return {str(meta.get("property") or meta["name"]): str(meta["content"]) for meta in found}


def test_the_sitemap_lists_every_page_that_is_there(built: Built) -> None:
    root = ET.fromstring((built.out / "sitemap.xml").read_bytes())
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    paths = {(url[0].text or "").removeprefix(BASE) for url in root}
    there = {page.relative_to(built.out).as_posix() for page in built.out.rglob("*.html")}
    assert paths == there - {"search.html"}
    assert f"{NOTE}.html" in paths


def test_each_page_says_what_to_show_beside_a_link_to_it(built: Built) -> None:
    for page in built.out.rglob("*.html"):
        name = page.relative_to(built.out).as_posix()
        if name == "briefs/sample/notes/quay-old.html":
            continue  # what was withdrawn is not recommended
        shown = metas(soup(built, name))
        assert shown["og:title"], name
        assert shown["og:url"] == BASE + name
        assert (built.out / shown["og:image"].removeprefix(BASE)).is_file()
        assert shown["og:image:alt"]
        assert shown["twitter:card"] == "summary_large_image"
    assert metas(soup(built, INDEX))["og:type"] == "article"
    assert metas(soup(built, "glossary.html"))["og:title"] == "Glossary"


def test_a_note_has_a_page_of_its_own(built: Built) -> None:
    page = soup(built, f"{NOTE}.html")
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.select("meta[http-equiv=Content-Security-Policy]")[0]["content"] == POLICY
    assert page.select("link[rel=canonical]")[0]["href"] == f"{BASE}{INDEX}#quay-date"
    text = page.get_text(" ", strip=True)
    for words in (
        "Finished in May 1901, not in March",
        "corrected",
        "The gazette dates the opening",
        "Открытие причала",
    ):
        assert words in text
    assert [span["lang"] for span in page.select("cite")] == ["ru"]
    assert [link["href"] for link in page.find_all("a", string="Read it in place")] == ["../index.html#quay-date"]
    assert metas(page)["og:image"] == f"{BASE}{NOTE}.png"
    assert metas(page)["og:image:alt"] == "Note 1.1, corrected: Finished in May 1901, not in March"
    assert page.select("script, style, [style]") == []
    grave = soup(built, "briefs/sample/notes/quay-old.html")
    assert "withdrawn on 2026-11-20: it repeated another" in grave.get_text()
    assert [link["href"] for link in grave.find_all("a", string="quay-cost")] == ["quay-cost.html"]
    assert find_dead_links(built.out, "site") == []


def test_the_pages_are_valid(built: Built) -> None:
    assert nu(built.out) == ""


def test_pictures_are_of_the_size_that_is_said_small_and_always_the_same(built: Built, tmp_path: Path) -> None:
    corpus = built.corpus
    (brief,) = corpus.briefs
    pictures = [brief_picture(corpus, brief, "Sample"), *(note_picture(n, brief, "Sample") for n in corpus.annotations)]
    again = dict(draw_pictures(pictures, tmp_path))
    assert len(again) == 4
    for path, drawn in again.items():
        assert (built.out / path).read_bytes() == drawn
        assert struct.unpack(">II", drawn[16:24]) == (1200, 630)
        assert len(drawn) < 100_000


def test_any_text_makes_one_picture_within_its_frame(tmp_path: Path) -> None:
    corpus = edition([*NASTY, "long " * 400, "x" * 4000])
    (brief,) = corpus.briefs
    pictures = [brief_picture(corpus, brief, NASTY[0]), *(note_picture(n, brief, NASTY[1]) for n in corpus.annotations)]
    drawn = dict(draw_pictures(pictures, tmp_path))
    assert len(drawn) == len(pictures)
    for picture in drawn.values():
        image = Image.open(BytesIO(picture)).convert("RGB")
        assert image.size == (1200, 630)
        assert image.crop((1140, 0, 1200, 630)).getcolors(1) is not None, "nothing runs over the margin"


@given(TEXTS)
@example(" ".join(NASTY))
@example("Он сказал – 中文 ‘Қазақстан’ once more")
def test_any_text_survives_on_the_page_of_a_note(text: str) -> None:
    corpus = edition([text])
    (brief,) = corpus.briefs
    frame = Frame(edition=text, base=BASE, page="{}.html".format, policy=POLICY, version="0")
    ((path, page),) = note_pages(corpus, brief, frame)
    assert path == "briefs/one/notes/note-0.html"
    parsed = BeautifulSoup(page, "html.parser")
    assert squeezed(parsed.select("h1")[0].get_text()) == squeezed(text)
    assert squeezed("".join(p.get_text() for p in parsed.select("main p")[2:-2])) == squeezed(
        "".join(text.split("\n\n"))
    )
    assert squeezed(metas(parsed)["og:title"]) == squeezed(text)
    assert parsed.select("script") == []
    for words in parsed.select("main")[0].find_all(string=re.compile("[\u0400-\u052f\u3400-\u9fff]")):
        if words.parent is not None and words.parent.name == "span":
            assert str(words.parent["lang"]).startswith("und-")


@given(st.lists(TEXTS, min_size=1))
def test_any_path_survives_in_the_sitemap(paths: list[str]) -> None:
    root = ET.fromstring(to_sitemap(BASE, paths))
    assert [unquote((url[0].text or "").removeprefix(BASE)) for url in root] == paths


def test_a_site_without_an_address_has_none_of_it(build: Build) -> None:
    built = build()
    assert not (built.out / "sitemap.xml").exists()
    assert list(built.out.rglob("notes/*.html")) == list(built.out.glob("briefs/**/*.png")) == []
    assert "og:" not in built.page(INDEX)


def test_the_facing_edition_has_none_of_it(build: Build) -> None:
    """It is for one reader's own eyes."""
    built = build(settings=HERE | {"brief_facing": "x"})
    assert not (built.out / "sitemap.xml").exists()
    assert "og:" not in built.page(INDEX)
