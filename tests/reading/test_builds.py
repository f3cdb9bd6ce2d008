"""The same text gives the same bytes: serial or parallel, fresh or rebuilt."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import re
import threading
import time
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxParallelError

from annotated_brief.exports.write import write_text
from annotated_brief.reading.patience import RARELY
from annotated_brief.writing import write_exports
from conftest import Build

INDEX = "docs/briefs/sample/index.md"


def test_parallel_equals_serial(build: Build) -> None:
    serial = build(out="serial", fresh=True).files()
    parallel = build(out="parallel", fresh=True, parallel=2).files()
    assert serial == parallel


@pytest.mark.parametrize("parallel", [1, 2])
def test_data_are_written_by_another_process_where_there_are_several(
    build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parallel: int
) -> None:
    told = tmp_path / "told"

    def write(app: Sphinx) -> dict[str, dict[str, list[str]]]:
        held = write_exports(app)
        told.write_text(str(os.getpid()), encoding="utf-8")
        return held

    monkeypatch.setattr("annotated_brief.writing.write_exports", write)
    built = build(parallel=parallel)
    assert (told.read_text("utf-8") == str(os.getpid())) == (parallel == 1)
    assert "data/sample/claims.json" in built.files()
    told.unlink()
    build(parallel=parallel)
    assert not told.exists()


def test_a_fault_while_data_are_written_ends_the_build(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Sphinx) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("annotated_brief.writing.write_exports", fail)
    with pytest.raises(SphinxParallelError, match=r"\[Errno 28\]"):
        build(parallel=2)
    assert multiprocessing.active_children() == []


def test_a_build_that_fails_leaves_nobody_writing(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a page that cannot be written")

    monkeypatch.setattr("annotated_brief.writing.write_exports", lambda _: threading.Event().wait())
    monkeypatch.setattr("annotated_brief.rendering.html.citation_meta", fail)
    with pytest.raises(ExtensionError, match="a page"):
        build(parallel=2)
    for process in multiprocessing.active_children():
        process.join(10)
    assert multiprocessing.active_children() == []


def test_the_epoch_stands_for_the_clock(build: Build, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = project / "docs/conf.py"
    conf.write_text(re.sub(r"^brief_today.*\n", "", conf.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # September 2026: the notes are not overdue, nor checked yet
    first = build(out="first", fresh=True).files()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 4 * 365 * 86400)
    assert build(out="later", fresh=True).files() == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1890000000")
    assert build(out="overdue", fresh=True).files() != first


EDITS = {
    "what a note says": (INDEX, "Not found in the accounts", "Found in none of the accounts"),
    "what a note says, and where it stands": (INDEX, "Not found in the", "Not found\nin any of the"),
    "the restated words": (INDEX, "Trade, it is said,", "Trade, as they say,"),
    "a link in a note": (
        INDEX,
        "Not found in the accounts",
        "The {term}`Port Board <port-board>` gives none in the accounts",
    ),
    "a headline shown on other pages": (INDEX, "Finished in May 1901, not in March", "Finished in May"),
    "a verdict": (INDEX, ":verdict: clarified", ":verdict: corroborated"),
    "a term's name": ("docs/glossary.md", ":abbreviation: Port Board", ":abbreviation: The Board"),
    "a note that cites one source less": (INDEX, ":evidence: ledger1902", ":evidence: gazette1901quay"),
    "the year of a source": (
        "refs.bib",
        "  year = {1901},\n  date = {1901-05-05}",
        "  year = {1904},\n  date = {1904-05-05}",
    ),
    "the date of an event": ("docs/timeline.md", ":date: 1901-05-04", ":date: 1901-05"),
    "a paragraph more": (INDEX, "{#p2}\n", "{#p3}\nOne more.\n\n{#p2}\n"),
    "the work lock": ("docs/briefs/sample/work.yml", "container: Sample", "container: Another"),
}


SAMPLE = "# Data\n\n:::{collect} sample annotations.jsonld trade-doubled\n:::\n\n:::{collect} verdicts\n:::\n"


def test_only_pages_that_show_what_a_note_says_at_length_are_written_again(build: Build, project: Path) -> None:
    write_text(project / "docs/samples.md", SAMPLE)
    first = build()
    pages = sorted(first.out.rglob("*.html"))
    stamps = {page: page.stat().st_mtime_ns for page in pages}
    edit = project / INDEX
    write_text(edit, edit.read_text("utf-8").replace("Not found in the accounts", "Not found in any of the accounts"))
    build()
    again = {page.relative_to(first.out).as_posix() for page in pages if page.stat().st_mtime_ns != stamps[page]}
    by_sphinx = {"index.html", "search.html"}  # it writes the page with the table of contents again, and the search
    assert again - by_sphinx == {"briefs/sample/index.html", "samples.html"}
    assert "Not found in any of the accounts" in (first.out / "samples.html").read_text("utf-8")


@pytest.mark.parametrize("between", ["nothing", "dummy"])  # what another builder has read is new to this one
@pytest.mark.parametrize("edit", EDITS)
def test_edited_and_rebuilt_equals_fresh(build: Build, project: Path, edit: str, between: str) -> None:
    name, old, new = EDITS[edit]
    write_text(project / "docs/paragraphs.md", "# Paragraphs\n\n{paragraph}`p3`\n\n:::{collect} paragraphs\n:::\n")
    build(out="rebuilt", fresh=True)
    before = (project / name).read_text("utf-8")
    assert before.count(old) == 1
    write_text(project / name, before.replace(old, new))
    if between != "nothing":
        build(out="rebuilt", builder=between)
    rebuilt = build(out="rebuilt").files()
    assert rebuilt == build(out="fresh", fresh=True).files()


def test_what_a_failed_build_did_not_write_is_written_by_the_next(
    build: Build, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a page that cannot be written")

    build(out="rebuilt")
    name, old, new = EDITS["a verdict"]
    write_text(project / name, (project / name).read_text("utf-8").replace(old, new))
    monkeypatch.setattr("annotated_brief.rendering.html.citation_meta", fail)
    with pytest.raises(ExtensionError):
        build(out="rebuilt")
    monkeypatch.undo()
    assert build(out="rebuilt").files() == build(out="fresh").files()


def test_a_page_taken_away_leaves_nothing_behind(build: Build, project: Path) -> None:
    build(out="rebuilt", fresh=True)
    (project / "docs/timeline.md").unlink()
    rebuilt = build(out="rebuilt")
    assert rebuilt.corpus.events == ()
    assert rebuilt.corpus.actors == ()


def test_no_change_writes_nothing(build: Build) -> None:
    first = build()
    page = first.out / "briefs/sample/index.html"
    stamp = page.stat().st_mtime_ns
    second = build()
    assert page.stat().st_mtime_ns == stamp
    assert second.corpus == first.corpus


def test_data_of_what_has_not_changed_is_left_alone(build: Build) -> None:
    claims = build().out / "data/sample/claims.json"
    written = claims.read_text("utf-8")
    claims.write_text("left alone", encoding="utf-8")
    build()
    assert claims.read_text("utf-8") == "left alone"
    claims.unlink()
    build()
    assert claims.read_text("utf-8") == written


def test_data_that_differs_is_told_of_at_every_build(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotated_brief.writing.write_exports", lambda _: {"claims.json": {"annotation": []}})
    for _ in range(2):
        assert "claims.json lacks the annotation ‘quay-cost’" in build().warnings.read_text("utf-8")


def test_python_looks_for_garbage_less_often_while_a_build_runs(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    own, during = (700, 10, 10), set[tuple[int, int, int]]()
    gc.set_threshold(*own)

    def write(app: Sphinx) -> dict[str, dict[str, list[str]]]:
        during.add(gc.get_threshold())
        return write_exports(app)

    monkeypatch.setattr("annotated_brief.writing.write_exports", write)
    app = build().app
    assert during == {RARELY}
    assert gc.get_threshold() == own
    app.build()
    assert gc.get_threshold() == own
