"""Any page in the place of one of ours: it is read, its faults are told in one line each, and every format can be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from annotated_brief.diagnostics import Diagnostic
from annotated_brief.exports.write import exported_files
from annotated_brief.model.records import Location
from annotated_brief.reading import options as o
from annotated_brief.reading.directives import RECORD_DIRECTIVES
from annotated_brief.reading.domain import brief_domain
from conftest import HERE
from exports.corpora import SITE
from fuzz import ANYWHERE, MARKUP_TOKENS, SOME, spoiled, texts

DOCS = HERE / "roots" / "base" / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text("utf-8") for name in ("briefs/sample/index", "glossary", "timeline")}
PLACE = Location(path="docs/index.md", line=1)
VALUE = st.text() | st.sampled_from(
    [*ANYWHERE, *"[];,/ ", "1992/..", "KZ", "a-b", "[1992]", "KZ ../1992", "0", "00001", "٣"]
)
OPTIONS = {(kind, name): option for kind, made in RECORD_DIRECTIVES.items() for name, option in made.spec.items()}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sphinx]:
    """The base project in one application, whose pages are read again and again."""
    root = tmp_path_factory.mktemp("markup") / "project"
    shutil.copytree(HERE / "roots" / "base", root)
    docs, out = root / "docs", root / "out"
    with patch_docutils(docs), docutils_namespace():
        app = Sphinx(docs, docs, out, out / "doctrees", "dummy", status=None, warning=None)
        app.build()
        yield app


@pytest.mark.parametrize("name", PAGES)
@SOME
@given(found=st.data())
def test_any_page_is_read(app: Sphinx, name: str, found: st.DataObject) -> None:
    text = found.draw(spoiled(PAGES[name], MARKUP_TOKENS))
    read(app, name, text)


@SOME
@given(parts=st.lists(st.sampled_from(MARKUP_TOKENS) | st.text(max_size=4), max_size=16))
@example(parts=[":::{term} a\n:name: b\n:kind: person\n:valid: ../..\n\nx\n:::"])
def test_any_heap_of_markup_is_read(app: Sphinx, parts: list[str]) -> None:
    read(app, "glossary", "# Glossary\n\n" + "".join(parts))


def read(app: Sphinx, name: str, text: str) -> None:
    """Read *text* as the page *name*, tell its faults, and write all formats."""
    path = Path(app.srcdir) / f"{name}.md"
    path.write_bytes(text.encode("utf-8", "replace"))
    app.env.clear_doc(name)
    app.builder.read_doc(name)
    domain = brief_domain(app.env)
    for item in domain.diagnostics():
        assert len(str(item).splitlines()) == 1
        assert item.hint
    app.env.apply_post_transforms(app.env.get_doctree(name), name)
    corpus = domain.corpus()
    for said in texts([corpus.annotations, corpus.terms, corpus.events, corpus.actors]):
        said.encode()
    for file in exported_files(corpus, SITE):
        assert file.content
    path.write_text(PAGES[name], "utf-8")


@pytest.mark.parametrize("key", OPTIONS, ids="-".join)
@given(value=VALUE)
def test_any_value_of_an_option_is_read_or_refused(key: tuple[str, str], value: str) -> None:
    spec = {key[1]: OPTIONS[key]}
    (*faults, (name, found)) = o.read_options(spec, {key[1]: value}, PLACE, named=False)  # type: ignore[misc]
    assert name == key[1].replace("-", "_")
    for fault in faults:
        assert isinstance(fault, Diagnostic)
        assert len(str(fault).splitlines()) == 1
        assert found == OPTIONS[key].default


@given(options=st.dictionaries(VALUE, VALUE, max_size=4))
def test_any_option_is_known_or_named(options: dict[str, str]) -> None:
    faults = [item for item in o.read_options({}, options, PLACE, named=True) if isinstance(item, Diagnostic)]
    assert len(faults) == sum(not o.is_name_option(name) for name in options)
    assert all(name.lang for name in o.names(options))
