"""``objects.inv``: other Sphinx projects link to single records, with this extension or without it."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

from annotated_brief.exports.write import write_text
from annotated_brief.reading.targets import settle_labels
from conftest import Build, Built
from hostile import TEXTS, card

SITE = "https://example.org/"
NOTE = f"{SITE}briefs/sample/index.html#quay-date"
TERM = f"{SITE}glossary.html#port-board"
EVENT = f"{SITE}timeline.html#quay-opened"

PLAIN = """\
Another project
===============

:external+edition:ref:`annotation-quay-date`
:external+edition:ref:`a term <term-port-board>`
:ref:`an event <edition:event-quay-opened>`
"""
MYST = """\
# Another project

[](inv:edition:brief:annotation#quay-date)
[a term](inv:edition:brief:term#port-board)
[an event](inv:#quay-opened)
"""
OURS = """\
---
orphan: true
---

# Another edition

{external+edition:brief:annotation}`quay-date`
{external+edition:brief:term}`a term <port-board>`
{external+edition:brief:event}`an event <quay-opened>`
"""
PROJECTS = {"plain Sphinx": ("other.rst", PLAIN, ""), "MyST": ("other.md", MYST, '"myst_parser"')}


@pytest.fixture
def built(build: Build) -> Built:
    return build()


def links_of(docs: Path, built: Built, conf: str) -> dict[str, str]:
    """Return address and text of the links to another project on the page ``other`` of the project in *docs*."""
    mapping = {"edition": (SITE, str(built.out / "objects.inv"))}
    write_text(docs / "conf.py", f"{conf}\nintersphinx_mapping = {mapping!r}\n")
    argv = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "html", str(docs), str(docs / "out")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((docs / "out/other.html").read_text("utf-8"), "html.parser")
    return {str(link["href"]): link.get_text() for link in page.select("a.external")}


@pytest.mark.parametrize("kind", PROJECTS)
def test_another_project_links_to_single_records(built: Built, tmp_path: Path, kind: str) -> None:
    name, text, extension = PROJECTS[kind]
    docs = tmp_path / "other"
    write_text(docs / name, text)
    conf = f'root_doc = "other"\nextensions = ["sphinx.ext.intersphinx", {extension}]'
    assert links_of(docs, built, conf) == {
        NOTE: "Finished in May 1901, not in March",
        TERM: "a term",
        EVENT: "an event",
    }


def test_another_edition_links_to_single_records(built: Built, project: Path, tmp_path: Path) -> None:
    docs = tmp_path / "other" / "docs"
    shutil.copytree(project, docs.parent, ignore=shutil.ignore_patterns("out"))
    write_text(docs / "other.md", OURS)
    conf = (docs / "conf.py").read_text("utf-8") + 'extensions.append("sphinx.ext.intersphinx")'
    links = links_of(docs, built, conf)
    assert list(links) == [NOTE, TERM, EVENT]
    assert links[TERM] == "a term"


def test_every_entry_leads_to_a_place_that_is_there(built: Built) -> None:
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="")
    pages: dict[str, set[str]] = {}
    kinds = set()
    for kind, entries in inventory.data.items():
        domain, _, name = kind.partition(":")
        for entry in entries.values():
            path, _, anchor = entry.uri.partition("#")
            if domain == "brief" or anchor:
                kinds.add(name)
                if path not in pages:
                    soup = BeautifulSoup(built.page(path), "html.parser")
                    pages[path] = {str(element["id"]) for element in soup.find_all(id=True)}
                assert anchor in pages[path], (kind, entry.uri)
    assert {"annotation", "term", "event", "source", "label"} <= kinds


def test_a_label_goes_with_its_record(build: Build, project: Path) -> None:
    def labels(built: Built) -> set[str]:
        return set(built.app.env.domains.standard_domain.labels)

    assert {"event-quay-opened", "term-port-board"} <= labels(build())
    page = project / "docs/timeline.md"
    changed = page.read_text("utf-8").replace("{event} quay-opened", "{event} quay-begun")
    again = labels(build({"docs/timeline.md": changed}))
    assert "event-quay-begun" in again
    assert "event-quay-opened" not in again
    assert "term-port-board" in again


def test_a_label_that_each_brief_has_leads_to_the_first(built: Built) -> None:
    standard = built.app.env.domains.standard_domain
    (first, *_) = built.corpus.paragraphs
    second = dataclasses.replace(first, docname="briefs/zoo/index")
    standard.anonlabels[first.id] = second.docname, first.id
    settle_labels(standard, dataclasses.replace(built.corpus, paragraphs=(first, second)))
    assert standard.anonlabels[first.id] == (first.docname, first.id)


@pytest.mark.parametrize("text", [*TEXTS.values()])
def test_any_title_survives_in_the_inventory(build: Build, project: Path, text: str) -> None:
    page = (project / "docs/glossary.md").read_text("utf-8")
    built = build({"docs/glossary.md": f"{page}\n{card('hostile', text)}"})
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri=SITE)
    item = inventory.data["brief:term"]["hostile"]
    shown = next(term.name for term in built.corpus.terms if term.id == "hostile")
    assert item.uri == f"{SITE}glossary.html#hostile"
    assert item.display_name == shown.strip()
