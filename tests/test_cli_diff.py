"""`brief diff`: what changed between two revisions, in records, in every form; git and the tree stay as they are."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from annotated_brief.commands.comparison import Comparison, Suspect
from annotated_brief.commands.diff_forms import to_markdown
from annotated_brief.exports.annotations import to_annotations_jsonld
from annotated_brief.exports.site import Site
from annotated_brief.exports.write import write_text
from annotated_brief.model.changes import compare, states_of
from annotated_brief.reading.published import load_published
from browser.conftest import nu
from conftest import Build, RunBrief
from exports.corpora import NASTY, edition
from test_cli_review import GLOSSARY, INDEX, change, commit


def git(project: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def history(brief: RunBrief, project: Path) -> Iterator[RunBrief]:
    """Two commits, and a change that is in none; at the end everything is as it was."""
    brief("review", "--all", "--by", "A. Reader")
    commit(project, "2026-11-20")
    change(project, INDEX, ":verdict: unverified", ":verdict: corroborated")
    change(project, INDEX, "Not found in the accounts that were read.", "The accounts of 1902 <say> so.")
    change(project, INDEX, "{mark}`doubled <trade-doubled>`", "{mark}`grew twofold <trade-doubled>`")
    change(project, INDEX, "{mark}`paid for it alone <quay-cost>`", "paid {mark}`for it alone <quay-cost>`")
    change(project, "docs/timeline.md", ":::{event} quay-opened", ":::{event} quay-inaugurated")
    write_text(project / "docs/data/withdrawn.yml", "quay-opened:\n  date: 2026-11-24\n  why: renamed\n")
    commit(project, "2026-11-25")
    change(project, "refs.bib", "title = {Открытие причала}", "title = {Открытие моста}")
    change(project, GLOSSARY, "The body that ran the harbour.", "The body that owned the harbour.")
    before = tree(project)
    yield brief
    assert tree(project) == before


def tree(project: Path) -> dict[str, bytes]:
    """Every file of the project and of its repository."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and path.name != "index"  # which git refreshes when it looks at the tree
    }


def told(brief: RunBrief, *arguments: str) -> str:
    code, output = brief("diff", *arguments)
    assert code == 0, output
    return output


def test_the_working_tree_is_compared_with_the_last_commit(history: RunBrief) -> None:
    output = told(history)
    assert "HEAD → the working tree" in output
    body = output[output.index("HEAD →") :].splitlines()
    assert "Changed (2)" in body
    assert "    text: The body that [-ran-]{+owned+} the harbour." in body
    assert any(line.startswith("    title: Открытие [-причала-]{+моста+}") for line in body)
    assert body[-2] == "Newly suspect (1)"
    assert body[-1].startswith(
        "  Note 1.1: Finished in May 1901, not in March: its source ‘gazette1901quay’ has changed"
    )


def test_two_revisions_are_compared_verdicts_first(history: RunBrief) -> None:
    output = told(history, "HEAD~1", "HEAD")
    lines = output[output.index("HEAD~1 →") :].splitlines()
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings[1:] == [
        "Other verdicts (1)",
        "Withdrawn (1)",
        "Added (1)",
        "Changed (1)",
        "Moved (1)",
        "Newly suspect (1)",
    ]
    assert "  Note 2.1: No figures were found: corroborated, no longer unverified; also text, mark" in lines
    assert "    mark: [-doubled-]{+grew twofold+}" in lines
    assert any("withdrawn: renamed" in line for line in lines)
    assert "    mark: [-paid -]for it alone" in lines
    assert "Other verdicts" not in told(history, "HEAD", "HEAD")
    assert "Nothing changed" in told(history, "HEAD", "HEAD")


def test_each_form_says_the_same(history: RunBrief, tmp_path: Path) -> None:
    def result(form: str, start: str) -> str:
        output = told(history, "HEAD~1", "HEAD", "--format", form)
        return output[output.index(start) :]

    data = json.loads(result("json", "{"))
    assert data["changes"][0]["was"] == "unverified"
    assert data["changes"][0]["fields"]["text"] == {
        "before": "Not found in the accounts that were read.",
        "after": "The accounts of 1902 <say> so.",
    }
    assert {item["id"] for item in data["suspect"]} == {"trade-doubled"}
    page = tmp_path / "diff.html"
    write_text(page, result("html", "<!doctype"))
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert len(soup.select("li")) == len(data["changes"]) + len(data["suspect"])
    assert "unread" not in soup.get_text()
    assert any("<say>" in found.get_text() for found in soup.select("ins"))
    assert nu(page) == ""
    comment = result("markdown", "**HEAD")
    assert comment.count("\n- ") == len(data["changes"]) + len(data["suspect"])
    assert "&lt;say&gt;" in comment


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere"], 2, "there is no revision ‘nowhere’"),
        (["--", "--upload-pack=x"], 2, "there is no revision"),
        (["HEAD", "nowhere"], 2, "there is no revision ‘nowhere’"),
        (["a.jsonld"], 2, "give two files"),
        (["a.jsonld", "b.jsonld"], 1, "a.jsonld: there is no such file"),
    ],
)
def test_what_cannot_be_compared_is_one_line(history: RunBrief, arguments: list[str], code: int, message: str) -> None:
    found = history("diff", *arguments)
    assert found[0] == code, found
    assert message in " ".join(found[1].replace("│", " ").split())


def test_without_a_repository_there_is_nothing_to_compare_with(brief: RunBrief, tmp_path: Path) -> None:
    code, output = brief("diff")
    assert (code, "no git repository" in output) == (3, True)


def test_without_git_there_is_nothing_to_compare_with(brief: RunBrief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    code, output = brief("diff")
    assert (code, "git is not installed" in output) == (3, True)


def test_a_shallow_clone_says_how_to_deepen_it(history: RunBrief, project: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), str(clone))
    missing = git(project, "rev-parse", "HEAD~1").strip()
    (project / ".git").rename(tmp_path / "kept")
    (clone / ".git").rename(project / ".git")
    code, output = history("diff", missing)
    assert (code, "git fetch --unshallow" in output) == (3, True)
    (project / ".git").rename(clone / ".git")
    (tmp_path / "kept").rename(project / ".git")


def test_a_revision_that_cannot_be_read_is_named(brief: RunBrief, project: Path) -> None:
    conf = (project / "docs/conf.py").read_text("utf-8")
    write_text(project / "docs/conf.py", f"{conf}\nextensions.append('no_such_extension')\n")
    commit(project, "2026-11-20")
    write_text(project / "docs/conf.py", conf)
    code, output = brief("diff", "HEAD")
    assert (code, "HEAD cannot be read: " in output, "no_such_extension" in output) == (1, True, True)
    (project / "docs/conf.py").unlink()
    commit(project, "2026-11-21")
    code, output = brief("diff", "HEAD")
    assert (code, "HEAD cannot be read: it has no docs/conf.py" in output) == (1, True)


def test_two_published_files_are_compared(history: RunBrief, build: Build, tmp_path: Path) -> None:
    now = build(folder=tmp_path)
    write_text(tmp_path / "new.jsonld", now.page("data/sample/annotations.jsonld"))
    data: dict[str, Any] = json.loads(now.page("data/sample/annotations.jsonld"))
    data["first"]["items"][0]["verdict"] = "updated"
    data["first"]["items"][1]["body"][0]["value"] = "Another text."
    write_text(tmp_path / "old.jsonld", json.dumps(data))
    output = told(history, str(tmp_path / "old.jsonld"), str(tmp_path / "new.jsonld"))
    assert "corrected, no longer updated" in output
    assert "text: [-Another text-]{+The accounts give the town’s share" in output
    write_text(tmp_path / "old.jsonld", '{"type": "Collection"}')
    code, output = history("diff", str(tmp_path / "old.jsonld"), str(tmp_path / "new.jsonld"))
    assert (code, "it holds no AnnotationCollection" in output) == (1, True)


def test_a_published_file_says_what_its_records_say(tmp_path: Path) -> None:
    """So that a field that one of the two readers forgets is seen."""
    corpus = edition([text for text in NASTY if "\x00" not in text])
    annotations = tuple(dataclasses.replace(note, prefix="before", tags=("a", "b")) for note in corpus.annotations)
    corpus = dataclasses.replace(corpus, annotations=annotations)
    path = tmp_path / "annotations.jsonld"
    write_text(path, to_annotations_jsonld(corpus, corpus.briefs[0], Site(name="Sample", base="https://example.org/")))
    notes = [state for state in states_of(corpus) if state.kind == "annotation"]
    published = load_published(path)
    assert compare(notes, published) == ()
    assert {name for name, _ in notes[0].prints} - {name for name, _ in published[0].prints} == {"page"}


def test_text_of_the_edition_does_nothing_in_a_comment(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "a.jsonld", tmp_path / "b.jsonld"
    for path, text in ((before, "x"), (after, "@someone <script>alert(1)</script> *b* [l](javascript:x) `c`")):
        corpus = edition([text])
        write_text(path, to_annotations_jsonld(corpus, corpus.briefs[0], Site(name="Sample")))
    comment = told(brief, str(before), str(after), "--format", "markdown")
    assert "<script" not in comment
    assert "@someone" not in comment
    assert "\\[l\\]\\(javascript" in comment
    page = BeautifulSoup(told(brief, str(before), str(after), "--format", "html"), "html.parser")
    assert page.select("script") == []


def test_a_comment_is_not_longer_than_github_takes() -> None:
    notes = edition(["x"]).annotations
    many = tuple(Suspect(note=note, why="word " * 60) for note in notes * 300)
    comment = to_markdown(Comparison(old="a", new="b", changes=(), suspects=many))
    assert len(comment) < 65_536
    shown = comment.count("\n- ")
    assert comment.endswith(f"… and {300 - shown} lines more: run `brief diff`.")
