"""`brief import issue`: from the form of a reader to a draft that builds, with the reader as co-author."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.proposal import NOTE, to_text
from annotated_brief.reading.issue import IssueError, read_issue, read_parts, read_person
from conftest import Build, RunBrief
from test_cli_hypothesis import take_in

SAID = "Who counted?\n\n### Words\n\n{cite}`x` не сказано 🙂\n::: {raw} html"
PARTS = {
    "page": "briefs/sample/index",
    "paragraph": "p2",
    "words": "Trade, it",
    "prefix": "",
    "suffix": "is said, doubled",
    "version": "1.2",
    "comment": SAID,
    "verdict": "disputed",
    "sources": "The ledger of 1902,\np. 4",
    "credit": "_No response_",
}


def save(project: Path, body: str, **more: object) -> Path:
    """An issue as `gh issue view --json` prints it."""
    author = {"id": "U_1", "is_bot": False, "login": "reader-1", "name": "Анна Reader"}
    path = project / "issue.json"
    path.write_text(json.dumps({"author": author, "body": body, "number": 12, **more}), "utf-8")
    return path


def test_a_form_becomes_a_draft_that_builds_with_its_proposer_named(
    brief: RunBrief, build: Build, project: Path
) -> None:
    draft = project / "draft.md"
    issue = save(project, to_text("note", PARTS).replace("\n", "\r\n"))
    code, output = brief("import", "issue", issue, "--to", draft)
    assert code == 0
    assert output.endswith("Co-authored-by: Анна Reader <reader-1@users.noreply.github.com>\n")
    written = draft.read_text("utf-8")
    assert written.startswith(
        "% From issue 12 by reader-1, who read version 1.2\n% In #p2 of sample, mark at character 0: {mark}`Trade, it <"
    )
    name = take_in(project, written, "Trade, it")
    (note,) = [found for found in build().corpus.annotations if found.id == name]
    assert (note.verdict, note.mark) == ("disputed", "Trade, it")
    body = build().page("briefs/sample/index.html")
    for said in ("### Words", "{cite}`x` не сказано 🙂", "::: {raw} html", "Sources:\nThe ledger of 1902,\np. 4"):
        assert said in body


def test_the_text_alone_will_do_and_names_itself(brief: RunBrief, project: Path) -> None:
    path = project / "mail.txt"
    credit = {**PARTS, "credit": "Боб B. <bob@example.org>"}
    path.write_text(f"Dear editor,\n\n{to_text('note', credit)}", "utf-8")
    code, output = brief("import", "issue", path)
    assert (code, ":::{annotation} draft-trade-it\n" in output) == (0, True)
    assert output.endswith("Co-authored-by: Боб B. <bob@example.org>\n")
    path.write_text(to_text("note", PARTS), "utf-8")
    assert "it does not say who proposed it" in brief("import", "issue", path)[1]
    assert "Co-authored-by: C <c@example.org>" in brief("import", "issue", path, "--by", "C <c@example.org>")[1]
    assert brief("import", "issue", path, "--by", "C")[0] == 2


def test_words_across_a_mark_are_found_without_its_number(brief: RunBrief, project: Path) -> None:
    parts = {**PARTS, "paragraph": "p1", "words": "finished early, and"}
    code, output = brief("import", "issue", save(project, to_text("note", parts)))
    assert (code, "{mark}`finished early, and <draft-finished-early-and>`" in output) == (0, True)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"words": "Trade, it was"}, "‘Trade, it was’ stands in no restated paragraph"),
        ({"paragraph": "p1"}, "‘Trade, it’ stands in no restated paragraph"),
        ({"paragraph": "p9"}, "there is no paragraph ‘p9’"),
        ({"page": "briefs/other/index"}, "there is no brief on the page ‘briefs/other/index’"),
        ({"comment": "_No response_"}, "it marks words and says nothing of them"),
        ({"words": "_No response_"}, "it is about the page as a whole"),
    ],
)
def test_what_has_no_place_is_reported(brief: RunBrief, project: Path, changed: dict[str, str], reason: str) -> None:
    code, output = brief("import", "issue", save(project, to_text("note", {**PARTS, **changed})))
    assert (code, f"issue.json: not anchored: {reason}" in output, ":::" in output) == (1, True, False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe", "it is not in UTF-8"),
        (b"{", "it is no JSON (line 1"),
        (b'{"a":' * 100_000, "it is nested too deeply"),
        (b'{"body": 7}', "‘body’ is no text"),
        (b'{"body": "hello"}', "it is no proposal of a note: there is no heading ‘### Words’"),
        (b"x" * 1_000_001, "no issue has as many"),
        (json.dumps({"body": to_text("note", PARTS), "author": "x"}).encode(), "‘author’ is no object"),
    ],
)
def test_a_file_of_another_kind_is_named_in_one_line(
    brief: RunBrief, project: Path, content: bytes, message: str
) -> None:
    path = project / "issue.json"
    path.write_bytes(content)
    code, output = brief("import", "issue", path)
    assert (code, message in output, len(output.strip().splitlines())) == (1, True, 1)


def test_the_first_heading_of_a_kind_counts() -> None:
    parts = read_parts(to_text("note", PARTS))
    assert parts["words"] == "Trade, it"
    assert parts["comment"] == SAID
    assert parts["credit"] == ""


@pytest.mark.parametrize("text", ["x", "<a@b.org>", "A <a>", "A <a@b.org> B <b@c.org>", "A\x1b[31m <a@b.org>"])
def test_a_credit_that_is_none_is_not_taken(text: str) -> None:
    assert read_person(text) == ""


@given(st.dictionaries(st.sampled_from([*NOTE]), st.text(), min_size=1), st.text())
def test_any_text_is_read_or_refused(values: dict[str, str], name: str) -> None:
    issue = json.dumps({"body": to_text("note", values), "author": {"login": name, "name": name}})
    for text in (issue, to_text("note", values)):
        try:
            proposer = read_issue(text).proposer
        except IssueError:
            continue
        assert "\n" not in proposer
