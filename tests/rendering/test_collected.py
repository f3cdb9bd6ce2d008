"""Lists that cannot be made are a warning that says what to write, and lists of sources stand what stands beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotated_brief.exports.write import write_text
from conftest import Build

HEAD = "---\norphan: true\n---\n# Extra\n\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("timeline", "no list ‘timeline’ can be made: ‘’ is no interval"),
        ("timeline soon", "‘soon’ is no interval"),
        ("source-chart colour", "no list ‘source-chart’ can be made: sources have no ‘colour’; write grade, "),
        ("options nothing", "no list ‘options’ can be made: there is no directive ‘nothing’; there are annotation, "),
        ("map", "no list ‘map’ can be made: it names no state"),
        ("sample", "no sample can be made: write FILE NOTE [LINES [START]]"),
        ("sample claims.json", "no sample can be made: write FILE NOTE [LINES [START]]"),
        ("sample claims.json nothing", "no sample can be made: there is no note ‘nothing’"),
        ("sample claims.json quay-date many", "no sample can be made: ‘many’ is no number of lines"),
        ("nothing", "there is no list ‘nothing’"),
    ],
)
def test_a_list_that_cannot_be_made_is_a_warning_with_its_place(build: Build, asked: str, said: str) -> None:
    built = build({"docs/extra.md": f"{HEAD}:::{{collect}} {asked}\n:::\n"})
    (line,) = built.warnings.read_text("utf-8").splitlines()
    assert re.search(r"docs/extra\.md:6: WARNING: ", line), line
    assert said in line


def test_citations_of_docutils_may_stand_beside_the_bibliography(build: Build, project: Path) -> None:
    page = project / "docs/sources.md"
    write_text(
        page, f"{page.read_text('utf-8')}\n```{{eval-rst}}\n.. [other] Not in the bibliography, see [other]_.\n```\n"
    )
    shown = build().page("sources.html")
    assert "Not in the bibliography" in shown
    assert 'id="source-ledger1902"' in shown


def test_a_source_without_a_title_is_a_finding_and_no_traceback(build: Build, project: Path) -> None:
    bib = project / "refs.bib"
    text = bib.read_text("utf-8")
    title = "  title = {Открытие причала},\n"
    assert title in text
    write_text(bib, text.replace(title, ""))
    built = build()
    assert "‘gazette1901quay’" in built.warnings.read_text("utf-8")
    assert 'id="source-gazette1901quay"' in built.page("sources.html")


def test_a_brief_anywhere_else_is_no_brief(build: Build, project: Path) -> None:
    write_text(project / "docs/work.yml", (project / "docs/briefs/sample/work.yml").read_text("utf-8"))
    built = build()
    assert [brief.docname for brief in built.corpus.briefs] == ["briefs/sample/index"]
    assert "docs/work.yml:1: WARNING: index.md is no place for a brief; move both" in built.warnings.read_text("utf-8")
