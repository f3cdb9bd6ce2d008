"""Bad input through the PDF: nothing is evaluated, nothing runs off the page, nothing is lost."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sphinx.util.docutils import new_document

import hostile
from annotated_brief.exports.write import write_text
from annotated_brief.model.vocabulary import Verdict
from annotated_brief.reading import nodes as n
from annotated_brief.rendering.typst.builder import named, templates
from annotated_brief.rendering.typst.translator import TypstTranslator
from conftest import HERE, Built, need, run_sphinx

Translate = Callable[..., str]
TEXT = st.one_of(
    st.text(st.characters(exclude_characters="\0")),
    st.text("#$*_<>@\\`/\"'[](){}=+-~%&;:!? \n\t\x0b\ud800"),
    st.sampled_from(list(hostile.TEXTS.values())),
)


def squeeze(text: str) -> str:
    """*text* without white space, joiners and what Typst cannot hold."""
    text = re.sub(r"[\s\u200b\u00ad\u2060\u200d\u200f\ufe0f\U000e0020-\U000e007f]+", "", text)
    return re.sub("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return run_sphinx(HERE / "roots" / "base", "brief-pdf", folder=tmp_path_factory.mktemp("typst"))


@pytest.fixture(scope="module")
def translate(built: Built) -> Translate:
    """Write nodes as Typst code."""

    def run(*found: nodes.Node) -> str:
        document = new_document("sample.md", built.app.env.settings)
        document += found
        translator = TypstTranslator(document, built.app.builder)
        document.walkabout(translator)
        return translator.astext()

    return run


def literals(code: str) -> str:
    """What the string literals of *code* say, read by Typst itself."""
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', code, flags=re.DOTALL)
    source = f"#metadata(({''.join(f'{found}, ' for found in strings)}))<x>"
    read: list[str] = json.loads(typst.query(source.encode(), "<x>", field="value", one=True))
    return "".join(read)


@settings(max_examples=60, deadline=None)
@given(text=TEXT)
def test_any_text_in_any_node_is_nothing_but_text(translate: Translate, text: str) -> None:
    def words() -> nodes.Text:
        return nodes.Text(text)

    def code(text: str) -> str:
        note = n.annotation("", ids=["note"], number="1.1", fields={"id": "note"}, classes=[])
        label = n.verdict_label("", "", nodes.Text("updated"), verdict=Verdict.UPDATED)
        note += n.annotation_head("", "", n.annotation_number("", "1.1"), label, n.headline("", "", nodes.Text(text)))
        note += n.annotation_body("", n.labelled("", "", n.line_label("", "", words()), words(), kind="claim"))
        mark = n.mark("", "", words(), annotation="note", number="1.1", verdict=Verdict.UPDATED, ids=["mark-note"])
        group = n.annotation_group("", note)
        return translate(
            n.passage("", nodes.paragraph("", "", mark), group, ids=["p1"], docname="page"),
            nodes.paragraph("", "", n.foreign("", "", words(), lang="ru"), n.quotation("", "", words(), lang="kk")),
            nodes.paragraph(
                "", "", nodes.reference("", "", words(), refuri=f"https://example.org/{text}"), nodes.literal("", text)
            ),
            nodes.literal_block("", text),
            n.card("", n.card_head("", "", words()), ids=["card"], fields={}),
        )

    found = code(text)
    assert squeeze(literals(found)).count(squeeze(text)) >= 9
    skeleton = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
    assert not re.search(r"[#$`@]|//|/\*", skeleton.sub("", found)), "no sign of Typst stands outside of a literal"


@pytest.fixture(scope="module", params=["a4", "us-letter"])
def flood(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The base project with all bad input in every field, on either paper."""
    project = tmp_path_factory.mktemp("flood") / "project"
    shutil.copytree(HERE / "roots" / "base", project)
    for name, text in hostile.files((project / "docs/conf.py").read_text("utf-8")).items():
        write_text(project / name, text)
    return run_sphinx(project, "brief-pdf", settings={"brief_pdf_paper": request.param})


@pytest.fixture(scope="module")
def pages(flood: Built) -> list[str]:
    """The text of each page."""
    pdf = next(path for path in flood.out.glob("*.pdf") if path.stem != "summary")
    return [page.extract_text() for page in PdfReader(pdf).pages]


def test_the_flood_is_printed(flood: Built, pages: list[str]) -> None:
    said = flood.warnings.read_text("utf-8")
    assert "brief.parity" not in said, said
    assert "Typst:" not in said, said
    assert len(flood.corpus.annotations) == 200


@pytest.mark.parametrize("text", hostile.TEXTS.values(), ids=list(hostile.TEXTS))
def test_bad_text_is_printed_or_named(flood: Built, text: str) -> None:
    code = next(path for path in flood.out.glob("*.typ") if path.stem != "summary").read_text("utf-8")
    body = code[len(templates("look", "edition")) :]
    said = squeeze(literals(body))
    number = list(hostile.TEXTS.values()).index(text)
    note = flood.corpus.annotations[number]
    term = next(term for term in flood.corpus.terms if term.id == f"card-{number}")
    event = next(event for event in flood.corpus.events if event.id == f"event-{number}")
    source = next(source for source in flood.corpus.sources if source.id == f"hostile{number}")
    for found in (note.claim, note.text, term.name, term.text, event.text, source.title):
        shown = "".join(
            character if character in body or ord(character) < 0xA0 else named(character) for character in found
        )
        assert squeeze(shown) in said


def test_too_much_of_everything_is_printed(pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    assert all(f"word{number}" in text for number in range(3000))
    assert all(f"column{number}" in text.replace(" ", "") for number in range(24))
    assert len(set(re.findall(r"1\.(\d+) ○ unverified", text))) == 200


def test_no_word_runs_off_the_page(flood: Built) -> None:
    pdftotext = need(shutil.which("pdftotext"), "poppler-utils")
    pdf = next(path for path in flood.out.glob("*.pdf") if path.stem != "summary")
    done = subprocess.run([pdftotext, "-bbox", pdf, "-"], capture_output=True, check=True)
    for number, page in enumerate(done.stdout.decode(errors="replace").split("<page ")[1:], 1):
        width, height = (float(found) for found in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        edges = [tuple(map(float, found)) for found in re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', page)]
        assert all(right < width - 20 and bottom < height for right, bottom in edges), f"page {number}"


def test_the_summary_of_the_flood_stays_one_page(flood: Built) -> None:
    assert len(PdfReader(flood.out / "summary.pdf").pages) == 1


def test_a_missing_figure_is_one_line(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(HERE / "roots" / "base", project)
    write_text(project / "docs/extra.md", "---\norphan: true\n---\n# Extra\n")
    index = project / "docs/index.md"
    write_text(index, index.read_text("utf-8") + "\n```{figure} gone.png\n:alt: Words\n\nA caption.\n```\n")
    with pytest.raises(Exception, match=r"index\.md:\d+: the image ‘gone\.png’ is not at hand"):
        run_sphinx(project, "brief-pdf")
