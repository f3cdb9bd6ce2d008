"""``needs.json``: judged by the schema of sphinx-needs, and imported by a project that uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils.core import publish_doctree
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from annotated_brief.exports.needs import TYPES, escaped, to_needs
from annotated_brief.exports.write import write_text
from annotated_brief.model.text import visible
from conftest import Built
from exports.corpora import NASTY, SITE, TEXTS, edition, squeezed

CONF = f"""
project = "Importer"
extensions = ["sphinx_needs"]
smartquotes = False
needs_id_regex = "^[a-z][a-z0-9-]*$"
needs_types = [
    {{"directive": name, "title": name, "prefix": "", "color": "#ffffff", "style": "node"}}
    for name in {TYPES!r}
]
"""


def imported(folder: Path, needs: str) -> BeautifulSoup:
    """Return the page of a project that imports *needs*; warnings fail."""
    write_text(folder / "needs.json", needs)
    write_text(folder / "conf.py", CONF)
    write_text(folder / "index.rst", "Imported\n========\n\n.. needimport:: needs.json\n")
    argv = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(folder), str(folder / "out")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup((folder / "out/index.html").read_text("utf-8"), "html.parser")


def test_the_real_list_fits_the_schema_and_is_whole(real: Built) -> None:
    found = json.loads((real.out / "data/reaffirming-balance/needs.json").read_text("utf-8"))
    schema = json.loads((files("sphinx_needs") / "needsfile.json").read_text("utf-8"))
    Draft7Validator({key: value for key, value in schema.items() if key != "$id"}).validate(found)
    version = found["versions"][found["current_version"]]
    corpus = real.corpus
    ids = [note.id for note in corpus.annotations] + [advice.id for advice in corpus.recommendations]
    ids += [term.id for term in corpus.terms] + [event.id for event in corpus.events]
    assert list(version["needs"]) == ids
    assert version["needs_amount"] == len(ids)
    links = {link for need in version["needs"].values() for link in need.get("links", ())}
    assert links <= set(ids)


@pytest.mark.slow
def test_sphinx_needs_imports_the_real_list(real: Built, tmp_path: Path) -> None:
    page = imported(tmp_path, (real.out / "data/reaffirming-balance/needs.json").read_text("utf-8"))
    shown = {str(table["id"]) for table in page.find_all("table", class_="need")}
    assert shown >= {note.id for note in real.corpus.annotations}


def test_sphinx_needs_shows_any_text_as_it_is(tmp_path: Path) -> None:
    texts = list(NASTY)
    corpus = edition(texts)
    page = imported(tmp_path, to_needs(corpus, corpus.briefs[0], SITE))
    for need, text in zip(corpus.terms, texts, strict=True):
        (content,) = page.select(f"#{need.id} tr.content td")
        assert squeezed(content.get_text()) == squeezed(visible(text))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_no_markup(text: str) -> None:
    tree = publish_doctree(escaped(text), settings_overrides={"report_level": 5, "_disable_config": True})
    assert [type(node).__name__ for node in tree.children] == ["paragraph"]
    assert tree.astext() == squeezed(visible(text))


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(list(NASTY))
def test_any_title_survives(texts: list[str]) -> None:
    corpus = edition(texts)
    found = json.loads(to_needs(corpus, corpus.briefs[0], SITE))
    needs = found["versions"][found["current_version"]]["needs"]
    assert [needs[term.id]["title"] for term in corpus.terms] == [squeezed(visible(text)) for text in texts]
