"""The repository repeats no eight words of the article, and its source words stand where it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from annotated_brief.checks.works import check_borrowed
from annotated_brief.model.article import OUTSIDE, lock_regions, lock_seals, lock_windows, split_article
from annotated_brief.model.records import Brief
from annotated_brief.model.text import WINDOW, words
from annotated_brief.reading.work import load_work
from conftest import ROOT, Build, Built

LOCK = ROOT / "docs" / "briefs" / "reaffirming-balance" / "work.yml"


def repository_files() -> list[tuple[str, str]]:
    """Path and text of every text file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        names = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*") if path.is_file()]
    else:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    files = []
    for name in names:
        try:
            files.append((name, (ROOT / name).read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    assert len(files) > 50
    return files


@pytest.fixture(scope="module")
def brief() -> Brief:
    return Brief(slug="reaffirming-balance", docname="", title="", work=load_work(LOCK, LOCK.name))


def test_no_file_repeats_eight_words_of_the_article(brief: Brief) -> None:
    assert brief.work.windows
    assert [str(item) for item in check_borrowed([brief], repository_files())] == []


def test_the_check_finds_borrowed_words(build: Build) -> None:
    found = build(builder="dummy").corpus.briefs[0]
    article = (Path(__file__).parent / "roots" / "base" / "article.txt").read_text("utf-8")
    stolen = " ".join(words(article.splitlines()[4])[: WINDOW + 1])
    findings = list(check_borrowed([found], [("a.md", f"An opening line\nand {stolen}.")]))
    assert [finding.location.line for finding in findings] == [2, 2]
    assert list(check_borrowed([found], [("a.md", "It is called A tale of a harbour, by a writer of ours.")])) == []


def test_the_lock_fits_the_article(brief: Brief, article: str) -> None:
    regions = split_article(article, brief.work.paragraphs)
    assert lock_regions(regions) == brief.work.regions
    assert set(lock_windows(regions, brief.work.salt)) == brief.work.windows


def test_source_words_stand_in_the_article_where_the_seals_say(real: Built, brief: Brief, article: str) -> None:
    regions = split_article(article, brief.work.paragraphs)
    assert lock_seals(real.corpus.annotations, regions) == dict(brief.work.seals)


def test_every_annotation_is_sealed(real: Built, brief: Brief) -> None:
    assert {key for key, _ in brief.work.seals} == {note.id for note in real.corpus.annotations}
    assert {seal.region for _, seal in brief.work.seals} == {f"p{n}" for n in range(1, 15)} | {OUTSIDE}
