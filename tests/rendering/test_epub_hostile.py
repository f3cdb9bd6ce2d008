"""Bad input through the EPUB: well-formed, nothing lost, nothing taken for markup."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.util.docutils import new_document

import hostile
from annotated_brief.exports.write import write_text
from annotated_brief.model.vocabulary import Verdict
from annotated_brief.reading import nodes as n
from annotated_brief.rendering.epub.builder import shown_in_xml
from annotated_brief.rendering.epub.translator import EpubTranslator, valid_address
from books import Book, book_of
from conftest import HERE, Built, run_sphinx

Translate = Callable[..., str]


def squeeze(text: str) -> str:
    """*text* without white space, and with what XML cannot hold as the writer shows it."""
    return re.sub(r"\s+", "", shown_in_xml(text))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return run_sphinx(HERE / "roots" / "base", "brief-epub", folder=tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def translate(built: Built) -> Translate:
    """Write nodes as the body of a page."""

    def run(*found: nodes.Node) -> str:
        document = new_document("sample.md", built.app.builder.docsettings)  # type: ignore[attr-defined]
        document += found
        translator = built.app.builder.create_translator(document, built.app.builder)
        document.walkabout(translator)
        assert isinstance(translator, EpubTranslator)
        body = "".join(translator.body)
        return f'<body xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">{body}</body>'

    return run


TEXT = st.one_of(
    st.text(
        st.characters(exclude_characters="\0")
    ),  # with which docutils marks what is escaped; no reader lets it pass
    st.text("<>&'\"/!-[]{}#$*_\\`@~%= \n\x0b\ud800"),
    st.sampled_from(list(hostile.TEXTS.values())),
)


@settings(max_examples=150, deadline=None)
@given(text=TEXT)
def test_any_text_in_any_node_is_written_whole(translate: Translate, text: str) -> None:
    def words() -> nodes.Text:
        return nodes.Text(text)

    note = n.annotation("", ids=["note"], number="1.1", fields={"id": "note"})
    note += n.annotation_head("", "", n.annotation_number("", "1.1"), n.headline("", "", words()))
    note += n.annotation_body("", n.labelled("", "", n.line_label("", "", words()), words(), kind="claim"))
    mark = n.mark("", "", words(), annotation="note", number="1.1", verdict=Verdict.UPDATED, ids=["mark-note"])
    page = ET.fromstring(
        shown_in_xml(
            translate(
                nodes.paragraph("", "", n.foreign("", "", words(), lang="ru"), n.quotation("", "", words(), lang="kk")),
                n.passage("", nodes.paragraph("", "", mark), ids=["p1"], docname="page"),
                note,
                nodes.paragraph("", "", nodes.reference("", "", words(), refuri=text)),
                n.disclosure("", nodes.paragraph("", "", words()), title=text),
                n.card("", n.card_head("", "", words()), ids=["card"], fields={}),
            )
        )
    )
    said = squeeze("".join(page.itertext()))
    assert said.count(squeeze(text)) >= 9 if squeeze(text) else True


@settings(max_examples=300, deadline=None)
@given(address=TEXT)
def test_no_address_leads_into_the_reader(address: str) -> None:
    valid = valid_address(address)
    assert not re.match(r"\s*(javascript|data|vbscript|file):", valid, re.IGNORECASE)
    assert re.fullmatch(r"[!#-;=?-Z_a-z~%]*", valid)


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The base project with all bad input in every field."""
    project = tmp_path_factory.mktemp("flood") / "project"
    shutil.copytree(HERE / "roots" / "base", project)
    for name, text in hostile.files((project / "docs/conf.py").read_text("utf-8")).items():
        write_text(project / name, text)
    return run_sphinx(project, "brief-epub")


@pytest.fixture(scope="module")
def book(flood: Built) -> Book:
    return book_of(flood)


def test_the_flood_is_read_as_it_was_meant(flood: Built) -> None:
    assert len(flood.corpus.annotations) == 200
    assert len(flood.corpus.terms) == len(flood.corpus.sources) == len(hostile.TEXTS) + 1
    said = flood.warnings.read_text("utf-8")
    assert "brief.parity" not in said, said


@pytest.mark.parametrize("text", hostile.TEXTS.values(), ids=list(hostile.TEXTS))
def test_bad_text_stands_in_every_place(flood: Built, book: Book, text: str) -> None:
    pages = {name: squeeze(page.get_text()) for name, page in book.pages.items()}
    read = {part: getattr(flood.corpus, part) for part in ("annotations", "terms", "events", "sources")}
    number = list(hostile.TEXTS.values()).index(text)
    note, term = read["annotations"][number], next(t for t in read["terms"] if t.id == f"card-{number}")
    event = next(e for e in read["events"] if e.id == f"event-{number}")
    source = next(s for s in read["sources"] if s.id == f"hostile{number}")
    for page, words in (
        ("briefs/sample/index.xhtml", (note.claim, note.text)),
        ("glossary.xhtml", (term.name, term.abbreviation, term.text, *(name.text for name in term.names))),
        ("timeline.xhtml", (event.text,)),
        ("sources.xhtml", (source.title,)),
    ):
        for found in words:
            assert squeeze(found) in pages[page], page
    assert squeeze(text)[:20] in squeeze(note.text) or text == hostile.TEXTS["controls"], "read as it was written"


def test_too_much_of_everything_is_written(book: Book) -> None:
    page = book.named("sample/index.xhtml")
    assert len(page.select("[role=doc-footnote]")) == len(page.select("a.brief-noteref")) == 200
    text = page.get_text(" ")
    assert all(f"word{number} " in text for number in (0, 1500, 2998))
    assert all(f"column{number}cell" in text for number in range(24))
    assert len(page.select("table.brief-wide")) == 1, "its words may be broken"
    assert book.broken_links() == []
    assert not any(book.select("script, style, form"))
