"""`brief lock-work`: what is recorded of the article, and what keeps it from being recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotated_brief.commands.lock_work import HEADER, lock
from annotated_brief.exports.write import write_text
from conftest import HERE, Built, RunBrief

ARTICLE = (HERE / "roots" / "base" / "article.txt").read_text("utf-8")
LOCK = "docs/briefs/sample/work.yml"
INDEX = "docs/briefs/sample/index.md"


def change(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text("utf-8")
    assert text.count(old) == 1
    write_text(project / name, text.replace(old, new))


@pytest.mark.parametrize("form", ["as it is", "wrapped", "lines alone"])
def test_the_lock_is_the_same_from_every_copy(form: str, brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file, text = tmp_path / "a.txt", ARTICLE
    if form == "wrapped":
        text = text.replace(", ", ",\n")
    elif form == "lines alone":
        text = "\n".join(line for line in text.splitlines() if line)
    file.write_text(text, encoding="utf-8")
    before = (project / LOCK).read_text("utf-8")
    code, output = brief("lock-work", file)
    assert code == 0, output
    assert output.endswith(f"{LOCK}: 2 paragraphs (words: p1 43, p2 41; outside them 16), 3 seals\n")
    assert (project / LOCK).read_text("utf-8") == HEADER + before
    assert brief("check")[0] == 0
    assert not (project / ".sources").exists(), "the copy is not kept"


def test_a_lock_that_is_not_there_yet_or_spoilt_is_written(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    whole = (project / LOCK).read_text("utf-8")
    for lock_part in ("", "lock: 3\n", "lock:\n  salt: A tale of a harbour, 1903\n"):
        write_text(project / LOCK, whole.partition("lock:")[0] + lock_part)
        assert brief("lock-work", file)[0] == 0
        assert (project / LOCK).read_text("utf-8") == HEADER + whole


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (INDEX, ":source-words: done by March", ":source-words: done by May", "‘done by May’ occur 0 times in p1"),
        (INDEX, ":source-words: done by March", ":source-words: of the", "‘of the’ occur 3 times in p1, not once; take more"),
        (LOCK, "paragraphs: 2", "paragraphs: many", "‘paragraphs’ is ‘many’; it must be their number"),
        (LOCK, "paragraphs: 2", "paragraphs: 0", "‘paragraphs’ is ‘0’; it must be their number"),
        (LOCK, "paragraphs: 2", "paragraphs: true", "‘paragraphs’ is ‘True’; it must be their number"),
        (LOCK, "paragraphs: 2", "paragraphs: 1", "‘trade-doubled’ is about p2, but ‘paragraphs’ of the work lock counts 1"),
        (LOCK, "paragraphs: 2", "paragraphs: 9", "3 paragraphs found, 9 expected"),
        (LOCK, "author: A writer of the sample\n", "", "the key ‘author’ is missing"),
        (LOCK, "title: A tale", "title: [", "it is no YAML (line 2"),
        (LOCK, "- https://example.org/tale", "  https://example.org/tale", "‘urls’ is no list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_and_changes_nothing(
    name: str, old: str, new: str, said: str, brief: RunBrief, project: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    change(project, name, old, new)
    before = (project / LOCK).read_bytes()
    code, output = brief("lock-work", file)
    assert (code, said in output) == (1, True), output
    assert output.splitlines()[-1].startswith("brief: the lock was not written: ")
    assert (project / LOCK).read_bytes() == before


def test_the_lock_of_the_article_is_what_its_copy_gives(real: Built, work: dict[str, object], article: str) -> None:
    assert lock(real.corpus, "briefs/reaffirming-balance/index", article, work) == work["lock"]
