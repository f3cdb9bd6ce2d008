"""`brief check` and the four forms of its findings, on a small set with a domain of its own."""

import json
import re
from pathlib import Path

import pytest
import typer
from jsonschema import Draft4Validator

from annotated_brief.commands.check import choose, find, read_code, read_day
from annotated_brief.commands.findings import Finding, to_github, to_json, to_sarif, to_text
from annotated_brief.commands.progress import Progress
from annotated_brief.commands.project import Fault, Project
from annotated_brief.diagnostics import Code, Level
from annotated_brief.exports.write import write_text
from browser.conftest import judge
from conftest import HERE, RunBrief

CONF = """
from sphinx.domains import Domain
from annotated_brief.diagnostics import Code, Diagnostic
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.records import Location

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
NOTE = Finding(path="refs.bib", line=7, code="brief.one-source", message="one", level=Level.NOTE)


@pytest.fixture
def odd(tmp_path: Path) -> Project:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text("# Title\n\n[text](#nowhere) {nonsense}`x`\n", encoding="utf-8")
    return Project(root=tmp_path)


def test_every_finding_has_code_place_and_hint(odd: Project) -> None:
    found = find(odd, Progress())
    assert [(finding.path, finding.line, finding.code) for finding in found] == [
        ("docs/index.md", 3, "brief.bad-date"),
        ("docs/index.md", 3, "myst.role_unknown"),
        ("docs/index.md", 3, "myst.xref_missing"),
    ]
    assert found[0].hint == "correct :date:"
    assert found[1].message == 'Unknown interpreted text role "nonsense".'


def test_a_second_reading_says_the_same_and_leaves_nothing(odd: Project) -> None:
    """Sphinx alone is silent about a document that it need not read again."""
    assert find(odd, Progress()) == find(odd, Progress())
    assert sorted(path.name for path in odd.root.iterdir()) == ["docs"]


def test_a_broken_setting_is_one_line(odd: Project) -> None:
    (odd.docs / "conf.py").write_text("x = 1 / 0\n")
    with pytest.raises(Fault, match=r"conf\.py:1: ZeroDivisionError: division by zero") as fault:
        find(odd, Progress())
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("refs.bib", b"@misc{a,\n title = {x}}\n@misc{b, title = {unclosed\n", r"^refs\.bib:3: premature end of file"),
        ("refs.bib", b"@misc{a,\n title = {\xe4}}\n", r"^refs\.bib:2: it is not in UTF-8"),
        ("docs/claims.md", b"# Claims\n\nKasach\xe4n\n", r"^docs/claims\.md:3: it is not in UTF-8"),
    ],
)
def test_a_source_that_cannot_be_read_is_named(
    brief: RunBrief, project: Path, name: str, data: bytes, said: str
) -> None:
    (project / name).write_bytes(data)
    code, output = brief("check")
    assert code == 1
    assert re.search(said, output.splitlines()[-1].removeprefix("brief: ")), output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_article_is_found_in_a_file_of_any_encoding(brief: RunBrief, project: Path, encoding: str) -> None:
    article = (HERE / "roots" / "base" / "article.txt").read_text("utf-8")
    (project / "docs" / "stolen.txt").write_bytes(f"{article} – fin".encode(encoding))
    code, output = brief("check", "--only", "borrowed-words")
    assert (code, "docs/stolen.txt:" in output) == (1, True)


def test_text() -> None:
    assert to_text(FINDINGS) == (
        "docs/a,b.md:3: brief.bad-date  100 % wrong; mend it\nsphinx  нет такой страницы\n2 errors"
    )
    assert to_text(()) == "no findings"
    assert to_text([NOTE]) == "refs.bib:7: brief.one-source  note: one\n1 note"


def test_json() -> None:
    written = json.loads(to_json(FINDINGS))
    assert written["count"] == 2
    assert written["findings"][0] == {
        "path": "docs/a,b.md",
        "line": 3,
        "code": "brief.bad-date",
        "message": "100 %\nwrong",
        "hint": "mend it",
        "level": "error",
    }
    assert to_json(FINDINGS).isascii()


def test_github() -> None:
    assert to_github(FINDINGS).splitlines() == [
        "::error file=docs/a%2Cb.md,line=3,title=brief.bad-date::100 %25%0Awrong; mend it",
        "::error title=sphinx::нет такой страницы",
    ]
    assert to_github(()) == ""
    assert to_github([NOTE]) == "::notice file=refs.bib,line=7,title=brief.one-source::one"


def test_sarif_is_valid_by_the_schema_of_its_standard() -> None:
    every = [Finding(path="docs/ы б.md", line=1, code=f"brief.{code}", message="ы", hint="ұ") for code in Code]
    schema = json.loads(judge("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    validator = Draft4Validator(schema)
    for findings in ([*FINDINGS, NOTE], every, []):
        assert [error.message for error in validator.iter_errors(json.loads(to_sarif(findings)))] == []


def test_sarif() -> None:
    run = json.loads(to_sarif([*FINDINGS, NOTE]))["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [result["ruleId"] for result in results]
    assert [result["level"] for result in results] == ["error", "error", "note"]
    assert results[0]["message"]["text"] == "100 %\nwrong; mend it"
    assert results[0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/a%2Cb.md"},
        "region": {"startLine": 3},
    }
    assert "locations" not in results[1]
    assert rules[0]["defaultConfiguration"] == {"level": "error"}
    assert rules[0]["shortDescription"]["text"] == Code.BAD_DATE.rule.title


def test_only_and_ignore() -> None:
    codes = ["brief.bad-date", "brief.one-source"]
    findings = [FINDINGS[0], NOTE]
    assert choose(findings, only=codes[:1], ignore=[]) == findings[:1]
    assert choose(findings, only=[], ignore=codes[:1]) == findings[1:]
    assert choose(findings, only=codes[1:], ignore=codes[:1]) == findings[1:], "it fires, though nobody asked for it"
    stale = choose(findings[1:], only=[], ignore=codes[:1])
    assert [found.code for found in stale] == ["brief.one-source", "brief.unused-ignore"]
    assert "brief.bad-date" in stale[1].message
    foreign = Finding(path="docs/index.md", line=3, code="myst.header", message="levels")
    assert choose([foreign], only=[], ignore=[read_code("myst.header")]) == []


def test_codes_and_days_are_read_strictly() -> None:
    assert read_code("bad-date") == read_code("brief.bad-date") == "brief.bad-date"
    assert read_day("2026-11-24") == "2026-11-24"
    with pytest.raises(typer.BadParameter, match="no code ‘bad-dates’"):
        read_code("bad-dates")
    with pytest.raises(typer.BadParameter, match="no day"):
        read_day("24.11.2026")


def test_exit_codes(brief: RunBrief, project: Path) -> None:
    """Errors fail, warnings and notes do not, and what is asked wrongly is told apart from what is found."""
    index = project / "docs" / "briefs" / "sample" / "index.md"
    code, output = brief("check")
    assert (code, "2 × brief.one-source, " in output) == (0, True), output
    assert "brief.one-source  note: " in brief("check", "--notes")[1]
    code, output = brief("check", "--today=2029-01-01")
    assert code == 0
    assert output.count("brief.review-overdue  warning: ") == 3
    code, output = brief("check", "--ignore=bad-date")
    assert code == 1
    assert "brief.unused-ignore" in output
    assert brief("check", "--only=nonsense")[0] == 2
    text = index.read_text("utf-8")
    write_text(index, text.replace(":verdict: clarified", ":verdict: half-true"))
    code, output = brief("check", "--format=sarif", "--only=unknown-word")
    assert code == 1
    assert [result["ruleId"] for result in json.loads(output[output.index("{") :])["runs"][0]["results"]] == [
        "brief.unknown-word"
    ]
