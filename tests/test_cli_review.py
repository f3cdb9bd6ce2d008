"""`brief review`, `brief freeze`, review dates: who read what, what was promised, what is late."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from annotated_brief.exports.write import write_text
from annotated_brief.reading.data import load_reviews
from conftest import Build, RunBrief, run_sphinx

GLOSSARY = "docs/glossary.md"
INDEX = "docs/briefs/sample/index.md"


def change(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text("utf-8")
    assert text.count(old) == 1
    write_text(project / name, text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "suspects"),
    [
        (
            "refs.bib",
            "title = {Открытие причала}",
            "title = {Открытие моста}",
            {"quay-date": "source ‘gazette1901quay’"},
        ),
        (INDEX, "early, and that", "too early, and that", dict.fromkeys(["quay-date", "quay-cost"], "paragraph ‘p1’")),
        (INDEX, ":verdict: clarified", ":verdict: updated", {"quay-cost": "its own claim, verdict or evidence"}),
        (
            GLOSSARY,
            "The body that ran the harbour.",
            "The body that owned the harbour.",
            {"quay-cost": "term ‘port-board’"},
        ),
        (INDEX, "Not found in the accounts", "Not seen in the accounts", {}),
        ("refs.bib", "@book{ledger1902,", "\n\n@book{ledger1902,", {}),
        (INDEX, ":claim: The quay was finished in March 1901", ":claim: The quay was  finished in March\u00a01901", {}),
    ],
)
def test_a_change_makes_its_dependants_suspect_until_they_are_read_again(
    brief: RunBrief, project: Path, file: str, old: str, new: str, suspects: dict[str, str]
) -> None:
    change(
        project,
        INDEX,
        "The accounts give the town’s share,",
        "Of the {term}`Port Board <port-board>` the accounts say,",
    )
    assert brief("review", "--all", "--by", "A. Reader")[0] == 0
    assert brief("check", "--only", "suspect")[0] == 0
    change(project, file, old, new)
    code, output = brief("check", "--only", "suspect", "--only", "unreviewed")
    assert code == bool(suspects)
    lines = [line for line in output.splitlines() if "brief.suspect" in line]
    assert len(lines) == len(suspects)
    for (note, reason), line in zip(suspects.items(), lines, strict=True):
        assert f"‘{note}’ was last read on" in line
        assert reason in line
        assert brief("review", note, "--by", "B. Reader")[0] == 0
    assert brief("check", "--only", "suspect")[0] == 0
    reviews = {review.annotation: review.by for review in load_reviews(project / "docs/data/reviews.json") or ()}
    assert {name for name, by in reviews.items() if by == "B. Reader"} == set(suspects)


def commit(project: Path, day: str) -> None:
    date = f"{day}T23:30:00+0000"
    known = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*names, "commit", "-qm", day]):
        subprocess.run(["git", *arguments], cwd=project, check=True, env={**os.environ, **known})


def test_the_history_of_a_note_in_a_fence_of_backticks_is_that_of_all_its_lines(
    brief: RunBrief, build: Build, project: Path
) -> None:
    text = (project / INDEX).read_text("utf-8")
    head, start, rest = text.partition(":::{annotation} trade-doubled")
    write_text(project / INDEX, head + "```" + start[3:] + rest.replace(":::", "```", 1))
    commit(project, "2026-11-20")
    change(project, INDEX, "Not found in the accounts", "Not seen in the accounts")
    commit(project, "2026-11-25")
    assert brief("freeze")[0] == 0
    (found,) = (one for one in build().corpus.history if one.annotation == "trade-doubled")
    assert (found.created, found.modified) == ("2026-11-20", "2026-11-25")


def test_a_release_records_when_notes_were_written(brief: RunBrief, build: Build, project: Path) -> None:
    commit(project, "2026-11-20")
    change(project, INDEX, "Not found in the accounts", "Not seen in the accounts")
    commit(project, "2026-11-25")
    change(project, INDEX, "The accounts give the town’s share", "The accounts give its share")  # not committed
    assert brief("freeze")[0] == 0
    recorded = {found.annotation: (found.created, found.modified) for found in build().corpus.history}
    assert recorded["trade-doubled"] == ("2026-11-20", "2026-11-25")
    assert recorded["quay-date"] == recorded["quay-cost"] == ("2026-11-20", "2026-11-20")
    shutil.rmtree(project / ".git")
    assert brief("freeze")[0] == 0
    assert len(build().corpus.history) == 3, "what git once said stays"
    data = json.loads(build().page("data/sample/annotations.jsonld"))
    dates = {item["identifier"]: (item["created"], item["modified"]) for item in data["first"]["items"]}
    assert dates["trade-doubled"] == ("2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z")
    assert dates["quay-date"] == ("2026-11-20T00:00:00Z", "2026-11-23T00:00:00Z"), "it was checked on the 23rd"


def test_review_names_what_is_wrong(brief: RunBrief, project: Path) -> None:
    assert brief("review")[0] == 2
    assert brief("review", "quay-date", "--all")[0] == 2
    code, output = brief("review", "quay-dat", "--by", "A. Reader")
    assert (code, "no annotation ‘quay-dat’" in output) == (1, True)
    write_text(project / "docs/data/reviews.json", '{"quay-date": ')
    before = (project / "docs/data/reviews.json").read_bytes()
    code, output = brief("review", "quay-date", "--by", "A. Reader")
    assert (code, "restore it" in output) == (1, True)
    assert (project / "docs/data/reviews.json").read_bytes() == before


def test_each_review_is_a_line(brief: RunBrief, project: Path) -> None:
    """So that two people can review at once and git merges both."""
    brief("review", "--all", "--by", "Ä. Reader")
    text = (project / "docs/data/reviews.json").read_text("utf-8")
    assert [line.partition('"')[2].partition('"')[0] for line in text.splitlines()[1:-1]] == sorted(json.loads(text))
    assert "Ä. Reader" in text


def test_frozen_ids_may_not_vanish(brief: RunBrief, project: Path) -> None:
    assert brief("freeze")[0] == 0
    assert brief("check")[0] == 0
    change(project, "docs/timeline.md", ":::{event} quay-opened", ":::{event} quay-inaugurated")
    code, output = brief("check", "--only", "id-vanished")
    assert (code, "the event ‘quay-opened’ of the last release is gone" in output) == (1, True)
    before = (project / "docs/data/released.json").read_bytes()
    code, output = brief("freeze")
    assert (code, "‘quay-opened’ of the last release is gone" in output) == (1, True), "a release forgets nothing"
    assert (project / "docs/data/released.json").read_bytes() == before
    stone = "quay-opened:\n  date: 2026-11-24\n  why: renamed\n  instead: quay-inaugurated\n"
    write_text(project / "docs/data/withdrawn.yml", stone)
    assert brief("check", "--only", "id-vanished")[0] == 0
    write_text(project / "docs/changes.md", "# Changes\n\n:::{collect} withdrawn\n:::\n")
    change(project, "docs/index.md", "sources\n", "sources\nchanges\n")
    page = BeautifulSoup(run_sphinx(project).page("changes.html"), "html.parser")
    row = [cell.get_text(strip=True) for cell in page.select("tbody td")]
    assert row == ["quay-opened", "2026-11-24", "renamed", "quay-inaugurated"]
    assert page.select("tbody a")[0]["href"] == "timeline.html#quay-inaugurated"


def test_overdue_notes_turn_grey_in_time_and_without_a_change(project: Path) -> None:
    """The second build changes no source; only the day is another."""
    index = "briefs/sample/index.html"
    fresh = BeautifulSoup(run_sphinx(project).page(index), "html.parser")
    assert fresh.select(".overdue") == []
    change(project, "docs/conf.py", '"2026-11-24"', '"2029-01-01"')
    late = BeautifulSoup(run_sphinx(project).page(index), "html.parser")
    assert len(late.select("details.brief-annotation.overdue")) == 3
    assert len(late.select(".brief-mark.overdue")) == 3
    assert "overdue" in late.select("#quay-date .brief-body")[0].get_text()


def test_the_day_comes_from_source_date_epoch(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a build can be repeated years later, byte for byte."""
    conf = (Path(__file__).parent / "roots/base/docs/conf.py").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # 17 March 2030
    built = build({"docs/conf.py": conf.replace('brief_today = "2026-11-24"', "")})
    assert built.corpus.today.isoformat() == "2030-03-17"
    assert "overdue" in built.page("briefs/sample/index.html")


def test_a_day_that_is_none_is_one_line(brief: RunBrief, project: Path) -> None:
    change(project, "docs/conf.py", '"2026-11-24"', '"24 November"')
    code, output = brief("check")
    assert (code, "brief_today = '24 November' is no day" in output, output.count("\n") < 4) == (1, True, True)
