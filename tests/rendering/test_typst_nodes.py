"""Every node has a visitor, and what cannot be printed is an error with a place, never a silent loss."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.util.docutils import new_document

from annotated_brief.exports.write import write_text
from annotated_brief.reading.nodes import NODES
from annotated_brief.rendering.typst.code import Code
from annotated_brief.rendering.typst.edition import in_columns
from annotated_brief.rendering.typst.tables import apart, layout, picked, split
from annotated_brief.rendering.typst.translator import TypstTranslator
from annotated_brief.rendering.typst.writer import TypstError
from conftest import HERE, Built, run_sphinx

ROOT = HERE / "roots" / "root-typst"
DOCUTILS = """
    document section title subtitle paragraph Text emphasis strong literal inline reference target bullet_list
    enumerated_list list_item definition_list definition_list_item term classifier definition field_list field
    field_name field_body block_quote attribution table tgroup figure image caption legend note tip hint important
    warning caution attention danger error admonition seealso topic sidebar rubric footnote footnote_reference citation
    citation_reference label transition line_block line literal_block doctest_block raw container compound comment
    substitution_definition index system_message problematic superscript subscript title_reference abbreviation
    generated start_of_file toctree compact_paragraph literal_emphasis literal_strong download_reference glossary
    versionmodified hlist hlistcol centered only pending_xref tabular_col_spec highlightlang manpage
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample project."""
    target = tmp_path / "sample"
    shutil.copytree(ROOT, target)
    return target


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample project, built as a PDF."""
    return run_sphinx(ROOT, "brief-pdf", folder=tmp_path_factory.mktemp("typst"))


@pytest.mark.parametrize("name", [node.__name__ for node in NODES] + DOCUTILS.split())
def test_every_node_has_a_visitor_of_its_own(name: str) -> None:
    assert hasattr(TypstTranslator, f"visit_{name}")


def translate(built: Built, *found: nodes.Node) -> str:
    """The code for a document that holds *found*."""
    document = new_document("sample.md", built.app.env.settings)
    document += found
    translator = TypstTranslator(document, built.app.builder)
    document.walkabout(translator)
    return translator.astext()


def test_a_node_without_a_visitor_is_an_error(built: Built) -> None:
    class Unheard(nodes.General, nodes.Element):
        pass

    node = Unheard("")
    node.source, node.line = "sample.md", 7
    with pytest.raises(TypstError, match=r"sample\.md:7: the PDF has no visitor for the node class .*Unheard"):
        translate(built, node)


def test_a_link_that_leads_nowhere_is_an_error(built: Built) -> None:
    paragraph = nodes.paragraph("", "", nodes.reference("", "words", refid="nowhere"))
    paragraph.source, paragraph.line = "sample.md", 3
    with pytest.raises(TypstError, match=r"sample\.md:3: the link to ‘index--nowhere’ leads nowhere"):
        translate(built, paragraph)


def test_what_docutils_reports_is_an_error(built: Built) -> None:
    message = nodes.system_message(
        "", nodes.paragraph("", "Something is wrong"), level=3, type="ERROR", line=1, source="x"
    )
    with pytest.raises(TypstError, match="Something is wrong"):
        translate(built, message)


ERRORS = {
    "formula": ("```{math}\na = b\n```\n", r"index\.md:3: the PDF has no visitor for the node class .*math_block"),
    "image without words": ("![](dot.svg)\n", r"index\.md:3: the image ‘dot\.svg’ has no alternative text"),
    "image that is not there": ("![Words](gone.png)\n", r"index\.md:3: the image ‘gone\.png’ is not at hand"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_the_error_names_the_place(sample: Path, case: str) -> None:
    text, expected = ERRORS[case]
    write_text(sample / "docs" / "index.md", f"# The whole\n\n{text}")
    with pytest.raises(TypstError, match=expected):
        run_sphinx(sample, "brief-pdf")


def test_only_known_paper_is_taken(sample: Path) -> None:
    conf = sample / "docs" / "conf.py"
    write_text(conf, conf.read_text("utf-8") + 'brief_pdf_paper = "a3"\n')
    with pytest.raises(TypstError, match="brief_pdf_paper is ‘a3’; it can be a4 or us-letter"):
        run_sphinx(sample, "brief-pdf")


def test_the_sample_says_what_it_should(built: Built) -> None:
    code = (built.out / "harbour.typ").read_text("utf-8")
    assert re.sub(r".*WARNING: .*brief\..*\n", "", built.warnings.read_text("utf-8")) == ""
    assert '"«"\n{\n"за развитие"\n}\n"»"' in re.sub(
        r"text\(lang: \"ru\", region: none, (.*?)\)", r"\1", code, flags=re.DOTALL
    )
    assert "Only on the site" not in code


def test_a_table_that_fits_is_as_wide_as_its_content() -> None:
    assert layout([["Head", "Words"], ["x" * 5, "y" * 60]]) == (["auto", "auto"], False)
    assert layout([["x" * 40, "y" * 50]]) == (["auto", "auto"], True)


def test_a_table_that_does_not_fit_gives_room_where_rows_are_tall() -> None:
    rows = [["1.1", "14 August 1901", "finding " * 5, "source " * 60] for _ in range(5)]
    found, wide = layout(rows)
    assert wide
    assert found[0] == "auto"
    dates, finding, sources = (float(width.removesuffix("fr")) for width in found[1:])
    assert 12 <= dates <= finding < sources


def test_a_word_of_many_letters_takes_no_more_than_its_share() -> None:
    found, _ = layout([["w" * 400, "words " * 30], ["w" * 400, "words " * 30]])
    shares = [float(width.removesuffix("fr")) for width in found]
    assert all(share >= 12 for share in shares)


def test_a_table_wider_than_the_page_stands_in_parts_that_repeat_the_first_column() -> None:
    rows = [[f"column{number}" for number in range(24)]]
    parts = apart(rows)
    assert len(parts) > 1
    assert {part[0] for part in parts} == {0}
    assert sorted(column for part in parts for column in part if column) == list(range(1, 24))
    assert apart([["a", "b" * 400, "c"]]) == [[0, 1, 2]]
    cells = [[Code(text) for text in rows[0]]]
    assert picked(cells, rows, parts[0])[0][:2] == ["column0", "column1"]
    assert picked(cells, rows, parts[1])[0][0] == 'table.cell("column0")'


def test_a_long_narrow_table_stands_in_parts() -> None:
    rows = [[Code("a"), Code(str(number))] for number in range(25)]
    parts = split(rows, [Code("auto"), Code("auto")])
    assert [len(part) for part in parts] == [9, 9, 7]
    assert [row for part in parts for row in part] == rows
    assert split(rows, [Code("auto"), Code("3fr")]) == [rows]


def test_a_few_cards_stand_in_halves() -> None:
    assert in_columns(["x" * 9, "y" * 4, "z" * 5]) == f"abreast({{\n{'x' * 9}\n}}, {{\n{'y' * 4}\n{'z' * 5}\n}})"
    assert in_columns(["x" * 9_000, "y" * 9_000]).startswith("columned(")
    assert in_columns(["x"]) == "abreast({\nx\n}, [])"
