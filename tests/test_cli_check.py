"""`brief check` and the three forms of its findings, on a small set with a domain of its own."""

import json
from pathlib import Path

import pytest

from annotated_brief.commands.check import find
from annotated_brief.commands.findings import Finding, to_github, to_json, to_text
from annotated_brief.commands.progress import Progress
from annotated_brief.commands.project import Fault, Project

CONF = """
from sphinx.domains import Domain
from annotated_brief.diagnostics import Code, Diagnostic
from annotated_brief.model.records import Corpus, Location

extensions = ["myst_parser"]

class Brief(Domain):
    name = "brief"
    def corpus(self):
        return Corpus()
    def diagnostics(self):
        place = Location(path="docs/index.md", line=3)
        return (Diagnostic(code=Code.BAD_DATE, message="January 34", location=place, hint="correct :date:"),)
    def resolve_any_xref(self, *_):
        return []
    def merge_domaindata(self, *_):
        pass

def setup(app):
    app.add_domain(Brief)
"""
FINDINGS = (
    Finding(path="docs/a,b.md", line=3, code="brief.bad-date", message="100 %\nwrong", hint="mend it"),
    Finding(path="", line=None, code="sphinx", message="нет такой страницы"),
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text("# Title\n\n[text](#nowhere) {nonsense}`x`\n", encoding="utf-8")
    return Project(root=tmp_path)


def test_every_finding_has_code_place_and_hint(project: Project) -> None:
    found = find(project, Progress())
    assert [(finding.path, finding.line, finding.code) for finding in found] == [
        ("docs/index.md", 3, "brief.bad-date"),
        ("docs/index.md", 3, "myst.role_unknown"),
        ("docs/index.md", 3, "myst.xref_missing"),
    ]
    assert found[0].hint == "correct :date:"
    assert found[1].message == 'Unknown interpreted text role "nonsense".'


def test_a_second_reading_says_the_same_and_leaves_nothing(project: Project) -> None:
    """Sphinx alone is silent about a document that it need not read again."""
    assert find(project, Progress()) == find(project, Progress())
    assert sorted(path.name for path in project.root.iterdir()) == ["docs"]


def test_a_broken_setting_is_one_line(project: Project) -> None:
    (project.docs / "conf.py").write_text("x = 1 / 0\n")
    with pytest.raises(Fault, match=r"conf\.py:1: ZeroDivisionError: division by zero") as fault:
        find(project, Progress())
    assert "\n" not in str(fault.value)


def test_text() -> None:
    assert to_text(FINDINGS) == (
        "docs/a,b.md:3: brief.bad-date  100 %\nwrong; mend it\nsphinx  нет такой страницы\n2 findings"
    )
    assert to_text(()) == "no findings"


def test_json() -> None:
    written = json.loads(to_json(FINDINGS))
    assert written["count"] == 2
    assert written["findings"][0] == {
        "path": "docs/a,b.md",
        "line": 3,
        "code": "brief.bad-date",
        "message": "100 %\nwrong",
        "hint": "mend it",
    }
    assert to_json(FINDINGS).isascii()


def test_github() -> None:
    assert to_github(FINDINGS).splitlines() == [
        "::error file=docs/a%2Cb.md,line=3,title=brief.bad-date::100 %25%0Awrong; mend it",
        "::error title=sphinx::нет такой страницы",
    ]
    assert to_github(()) == ""
