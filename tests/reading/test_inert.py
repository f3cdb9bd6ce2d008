"""What would act is replaced by its text when a page is read, so that every product shows the same."""

from __future__ import annotations

import pytest
from docutils import nodes

from annotated_brief.model.address import is_link, scheme_of
from conftest import Build, Built

PAGE = "---\norphan: true\n---\n\n# Extra\n\n"


def read(build: Build, text: str) -> tuple[nodes.document, list[str]]:
    """The page that says *text*, and the codes of what is found in it."""
    built = build({"docs/extra.md": PAGE + text}, "dummy")
    found = [str(item.code) for item in built.domain.diagnostics() if item.location.path == "docs/extra.md"]
    return built.app.env.get_doctree("extra"), found


@pytest.mark.parametrize(
    ("raw", "left", "found"),
    [
        ("<div><p>One<br>&amp; two</div><script>no()</script>", "One& two", ["raw-markup"]),
        ("<style>b { color: red }</style>", "", ["raw-markup"]),
        ("<hr>", "", ["raw-markup"]),
        ("<!-- a comment -->", "", []),
        ("One <b>two</b> three", "One two three", ["raw-markup"]),
        ("```{raw} html\n<i>One</i>\n```", "One", ["raw-markup"]),
        ("```{raw} latex typst\n#panic()\n```", "", ["raw-markup"]),
        ("[one](javascript:no\\(\\))", "[one](javascript:no())", []),
        ("```{eval-rst}\n`one <javascript:no()>`_\n```", "one", ["unsafe-address"]),
        ("![one](https://example.org/one.png)", "one", ["unsafe-address"]),
        ("[one](https://example.org) [two](mailto:a@example.org)", "one two", []),
    ],
)
def test_what_acts_leaves_its_words(build: Build, raw: str, left: str, found: list[str]) -> None:
    page, codes = read(build, raw)
    assert page.astext().removeprefix("Extra").strip() == left
    assert codes == found
    assert not list(page.findall(nodes.raw))
    assert not list(page.findall(nodes.image))


BREAK = "One\\\ntwo\n"


def test_a_line_break_is_kept(build: Build) -> None:
    page, codes = read(build, BREAK)
    assert [raw.astext().strip() for raw in page.findall(nodes.raw)] == ["<br />", "\\\\"]
    assert codes == []


@pytest.mark.parametrize(
    ("builder", "name", "written"),
    [
        ("html", "index.html", "One<br />\ntwo"),
        ("brief-pdf", "reaffirming-balance.typ", '"One"\nlinebreak()\n"two"'),
        ("brief-epub", "index.xhtml", "One<br />\ntwo"),
    ],
)
def test_every_product_breaks_the_line(build: Build, builder: str, name: str, written: str) -> None:
    index = "# Sample\n\n" + BREAK + "\n```{toctree}\nbriefs/sample/index\nglossary\ntimeline\nclaims\nsources\n```\n"
    built: Built = build({"docs/index.md": index}, builder)
    assert written in built.page(name)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:a()",
        "JavaScript:a()",
        " javascript:a()",
        "\x01javascript:a()",
        "java\nscript:a()",
        "java\tscript\r:a()",
        "data:text/html,a",
        "vbscript:a",
        "file:///etc/passwd",
        "javascript://example.org/%0aa()",
        "blob:https://example.org/a",
        "view-source:a",
    ],
)
def test_no_reader_is_led_to_code_or_data(address: str) -> None:
    assert not is_link(address)


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://a", "https"),
        ("MAILTO:a", "mailto"),
        ("a/b:c", ""),
        ("#a:b", ""),
        ("1a:b", ""),
        ("", ""),
        ("?q=a:b", ""),
    ],
)
def test_other_addresses_are_followed(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme
    assert is_link(address)
