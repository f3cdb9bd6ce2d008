"""What the markup becomes: records, and a page that shows them."""

from __future__ import annotations

from bs4 import BeautifulSoup

from annotated_brief.model.records import CitationItem
from annotated_brief.model.vocabulary import Grade, Verdict
from conftest import ROOT, Build


def test_an_annotation_becomes_a_record(build: Build) -> None:
    corpus = build(builder="dummy").corpus
    note = corpus.annotation_by_id["quay-date"]
    assert (note.number, note.verdict) == ("1.1", Verdict.CORRECTED)
    assert note.mark == "quay was finished"
    assert note.evidence == (CitationItem(id="gazette1901quay", locator="p. 2"),)
    assert note.paragraph is not None
    assert note.paragraph.number == 1
    assert note.as_of is not None
    assert note.as_of.source == "1901-05-04"
    assert note.review_by.source == "2028-11-23"
    assert str(note.location) == "docs/briefs/sample/index.md:7"


def test_a_source_becomes_a_record(build: Build) -> None:
    source = build(builder="dummy").corpus.source_by_id["gazette1901quay"]
    assert source.label == "Petrova and Иванов 1901"
    assert (source.grade, source.lang, source.seen) == (Grade.PRESS, "ru", True)
    assert str(source.location) == "refs.bib:1"


def test_a_title_is_set_as_tex_would_set_it(build: Build) -> None:
    text = (ROOT / "tests/roots/base/refs.bib").read_text("utf-8")
    built = build({"refs.bib": text.replace("Accounts of the harbour", "The harbour's accounts, 1901--1902")})
    assert built.corpus.source_by_id["ledger1902"].title == "The harbour’s accounts, 1901–1902"
    assert "The harbour’s accounts, 1901–1902" in built.page("sources.html")


def test_numbers_are_counted(build: Build) -> None:
    assert "3 notes, 1 corrected." in BeautifulSoup(build().page("index.html"), "html.parser").get_text()


def test_the_page_works_without_script(build: Build) -> None:
    page = BeautifulSoup(build().page("briefs/sample/index.html"), "html.parser")
    mark = page.find(id="mark-quay-date")
    assert mark is not None
    link = mark.find("a")
    assert link is not None
    assert link["href"] == "#quay-date"
    note = page.find("details", id="quay-date")
    assert note is not None
    assert "corrected" in note.summary.get_text()  # type: ignore[union-attr]
    assert {a["href"] for a in note.find_all("a")} >= {"#quay-cost", "../../sources.html#source-gazette1901quay"}


def test_languages_are_tagged(build: Build) -> None:
    built = build()
    glossary = BeautifulSoup(built.page("glossary.html"), "html.parser")
    assert [
        (span["lang"], span.get_text().strip()) for span in glossary.find_all(lang=True) if span.name != "html"
    ] == [
        ("ru", "Совет порта"),
        ("ru-Latn", "Sovet porta"),
    ]
    brief = BeautifulSoup(built.page("briefs/sample/index.html"), "html.parser")
    assert [q["lang"] for q in brief.find_all("q")] == ["en"]


def test_a_source_says_what_uses_it_and_joins_names_in_its_language(build: Build) -> None:
    page = BeautifulSoup(build().page("sources.html"), "html.parser")
    item = page.find(id="source-gazette1901quay")
    assert item is not None
    text = item.get_text()
    assert "Anna Petrova и Пётр Иванов" in text
    assert "Otkrytiye prichala" in text
    assert "press · Russian · Russia · owner: private · read 2026-11" in text
    assert "note 1.1" in text


def test_a_card_says_where_it_is_used(build: Build) -> None:
    page = BeautifulSoup(build().page("glossary.html"), "html.parser")
    card = page.find(id="port-board")
    assert card is not None
    assert card.find("a", href="briefs/sample/index.html#p1") is not None


def test_any_builder_prints_the_text(build: Build) -> None:
    text = (build(builder="text").out / "briefs/sample/index.txt").read_text("utf-8")
    for words in ("Finished in May 1901, not in March", "corrected", "The accounts give the town’s share"):
        assert words in text
