"""What the site writes of a node is the same whatever its texts say: no text ends an attribute or opens an element."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from lxml import html
from sphinx.util.docutils import new_document

import injection
from annotated_brief.reading import nodes as n
from conftest import HERE, Built, run_sphinx
from test_injection import shapes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return run_sphinx(HERE / "roots" / "base", folder=tmp_path_factory.mktemp("site"))


def page(built: Built, text: str) -> set[tuple[str, str]]:
    """The shapes of nodes that hold *text* wherever they hold any."""

    def words() -> nodes.Text:
        return nodes.Text(text)

    def table() -> nodes.table:
        row = nodes.row("", nodes.entry("", nodes.paragraph("", "", words())))
        group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.tbody("", row), cols=1)
        return nodes.table("", nodes.title("", "", words()), group)

    found: list[nodes.Node] = [
        n.disclosure("", nodes.paragraph("", "", words()), title=text),
        n.preview("", nodes.paragraph("", "", n.preview_name("", "", words(), uri=f"a.html#{text}"))),
        n.narrowing("", of="claims", choices=[("Word", [("a", text)])]),
        n.citing("", nodes.paragraph("", "", words()), base=f"https://e.org/{text}", note="a", files=[]),
        n.original("", nodes.paragraph("", "", words()), lang=text),
        n.quotation_block("", nodes.paragraph("", "", words()), lang=text),
        nodes.paragraph("", "", n.quotation("", "", words(), lang=text), n.foreign("", "", words(), lang=text)),
        nodes.paragraph("", "", nodes.reference("", "", words(), refuri=f"https://e.org/{text}", reftitle=text)),
        nodes.literal_block("", text, language="none"),
        table(),
    ]
    document = new_document("sample.md", built.app.builder.docsettings)  # type: ignore[attr-defined]
    document += found
    translator: Any = built.app.builder.create_translator(document, built.app.builder)
    document.walkabout(translator)
    return shapes(iter([html.document_fromstring("".join(translator.body))]))


@pytest.mark.parametrize("text", injection.TEXTS.values(), ids=list(injection.TEXTS))
def test_no_text_ends_an_attribute(built: Built, text: str) -> None:
    assert page(built, text) == page(built, "Words")


@pytest.mark.parametrize(
    "address", ["javascript:breach()", " JavaScript:breach()", "data:text/html,x", "java\nscript:x"]
)
def test_a_link_that_came_later_leads_nowhere_either(built: Built, address: str) -> None:
    """As one that an extension makes when the page has been read."""
    document = new_document("sample.md", built.app.builder.docsettings)  # type: ignore[attr-defined]
    document += nodes.paragraph("", "", nodes.reference("", "words", refuri=address))
    translator: Any = built.app.builder.create_translator(document, built.app.builder)
    document.walkabout(translator)
    assert "".join(translator.body) == '<p><a class="reference external">words</a></p>\n'
