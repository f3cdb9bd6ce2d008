"""Kills, full disks and runs at once: a few of what `scripts/faults.py` tries, and its page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from annotated_brief.commands.products import UNFINISHED, WORK, publish, unchanged_sources, work_folder
from annotated_brief.commands.project import Fault, Project, Refusal
from annotated_brief.commands.saving import PENDING, changed_file, finish_pending, save_files
from annotated_brief.commands.sphinx_app import told_by_machine
from annotated_brief.exports.write import draft_of, save_text, write_draft
from faults.disk import NotMountedError, close, fill_up, small_disk
from faults.kill import Trial
from faults.place import Place, make_place
from faults.report import RESULTS, TABLES, to_tables
from faults.together import check_out, other_commit
from faults.verbs import KILLED, Verb, edit_built
from local_web import serve_sites

BY_NAME = {verb.name: verb for verb in KILLED}
LATE = {"build": 20, "new annotation": 1}  # in the midst of what is put in place: of the copies; of text and seal
SITE = replace(
    BY_NAME["build"], argv=("build", "--only", "site"), before=partial(edit_built, argv=("build", "--only", "site"))
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A small edition with git, and sites that answer it."""
    with serve_sites() as port:
        made = make_place(tmp_path_factory.mktemp("faults"))
        (made.scratch / "port").write_text(str(port), encoding="utf-8")
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("verb", [SITE, *KILLED[1:]], ids=lambda verb: verb.name)
def test_a_killed_verb_loses_nothing_and_the_next_run_repairs(verb: Verb, place: Place) -> None:
    trial = Trial.of(place, verb)
    late = ("--at", str(trial.moments - LATE.get(verb.name, 0)))
    assert trial.kill(late if trial.moments else trial.seconds / 2)
    assert trial.faults == []


@pytest.mark.slow
def test_a_checkout_during_a_build_is_refused(place: Place) -> None:
    trial = Trial.of(place, SITE)
    wanted = other_commit(trial)
    assert check_out(trial, wanted, moment=8) == "refused"
    assert trial.faults == []


@pytest.mark.slow
def test_a_disk_that_is_full_or_read_only(place: Place) -> None:
    try:
        with small_disk(place.scratch / "disk") as home:
            trial = Trial.of(Place(home, place.scratch), BY_NAME["lock-work"])
            assert fill_up(trial, 0) == "stopped"
            assert close(trial) == "stopped"
            assert trial.faults == []
    except NotMountedError as error:
        if os.environ.get("BRIEF_JUDGES") == "required":
            pytest.fail(str(error))
        pytest.skip(str(error))


def test_the_page_shows_the_results() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    assert TABLES.read_text("utf-8") == to_tables(results)
    assert {found["verb"] for found in results["kills"]} == {*BY_NAME, "set-up"}
    assert results["disks"], results["not_tried"]
    assert [found for group in ("kills", "disks", "together") for found in results[group] if found["faults"]] == []


# Products


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of products: one that readers see, and a new one in the work folder."""
    save_text(tmp_path / "html" / "page.html", "old")
    save_text(tmp_path / WORK / "html" / "page.html", "new")
    return tmp_path


def shown(folder: Path) -> dict[str, str]:
    """What there is beside the work folder."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and WORK not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def test_a_product_takes_the_place_of_the_old_one_when_it_is_whole(folder: Path) -> None:
    publish(folder, ["html"])
    assert shown(folder) == {"html/page.html": "new"}


def test_a_product_that_cannot_be_copied_leaves_the_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", fail)
    monkeypatch.setattr(shutil.copytree, "__defaults__", (False, None, fail, False, False))
    with pytest.raises(Refusal, match="before: No space left on device; the disk is full"):
        publish(folder, ["html"])
    assert shown(folder) == {"html/page.html": "old"}


def test_what_a_kill_between_two_renames_sets_aside_is_put_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == ".html.new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(KeyboardInterrupt):
        publish(folder, ["html"])
    assert shown(folder) == {".html.old/page.html": "old", ".html.new/page.html": "new"}
    monkeypatch.undo()
    with work_folder(folder):
        assert shown(folder) == {"html/page.html": "old", UNFINISHED: ""}


def test_a_run_that_did_not_end_leaves_nothing_to_go_on_from(folder: Path) -> None:
    with work_folder(folder) as work:
        assert (work / "html" / "page.html").exists(), "what the last run has left"
    with pytest.raises(Refusal), work_folder(folder):
        raise Refusal
    with work_folder(folder) as work:
        assert list(work.iterdir()) == []


def test_a_text_that_changes_while_it_is_built_is_refused(project: Path) -> None:
    for name in ("docs/index.md", "refs.bib", "docs/new.md"):
        with pytest.raises(Refusal, match=rf"^{name} was changed while"), unchanged_sources(Project(root=project)):
            save_text(project / name, "other")
    with unchanged_sources(Project(root=project)):
        save_text(project / "build" / "page.html", "made")


def test_the_lock_says_who_holds_it(project: Path) -> None:
    mine = Project(root=project)
    with mine.only_one_run(), pytest.raises(Refusal, match=rf"another `brief` \(process {os.getpid()}\)"):
        mine.only_one_run().__enter__()
    with mine.only_one_run():
        pass


# Files that belong together


@pytest.fixture
def killed(project: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which a run was killed between the first of two files and the second."""
    mine, replaced = Project(root=project), Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "two.md":
            raise SystemExit
        return replaced(self, target)

    for name in ("one", "two"):
        save_text(mine.docs / f"{name}.md", "old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        patch.setattr("annotated_brief.commands.saving.sweep", lambda _: (project / PENDING).rename(project / "kept"))
        with pytest.raises(SystemExit):
            save_files(mine, [changed_file(mine, mine.docs / f"{name}.md", "new") for name in ("one", "two")])
    (project / "kept").rename(project / PENDING)
    return mine


def texts(project: Project) -> list[str]:
    return [(project.docs / f"{name}.md").read_text("utf-8") for name in ("one", "two")]


def test_the_next_run_finishes_what_was_written_in_part(killed: Project) -> None:
    assert texts(killed) == ["new", "old"]
    assert finish_pending(killed) == "finished writing docs/one.md, docs/two.md, at which a run was interrupted"
    assert texts(killed) == ["new", "new"]
    assert finish_pending(killed) == ""
    assert list(killed.docs.glob(".*.tmp")) == []


@pytest.mark.parametrize("name", ["one", "two"])
def test_what_was_changed_since_stays(name: str, killed: Project) -> None:
    save = killed.docs / f"{name}.md"
    save.write_text("mine", encoding="utf-8")
    before = texts(killed)
    assert "cleared away the unfinished drafts" in finish_pending(killed)
    assert texts(killed) == before
    assert list(killed.docs.glob(".*.tmp")) == []
    assert not (killed.root / PENDING).exists()


def test_a_draft_that_is_not_whole_is_cleared_away(killed: Project) -> None:
    draft_of(killed.docs / "two.md").write_text("ne", encoding="utf-8")
    assert "cleared away" in finish_pending(killed)
    assert texts(killed) == ["new", "old"]


def test_a_fault_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_draft(tmp_path / "a.md", b"new", lasting=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_changed_meanwhile_keeps_all_as_it_is(project: Path) -> None:
    mine = Project(root=project)
    files = [changed_file(mine, mine.docs / "index.md", "new"), changed_file(mine, project / "refs.bib", "new")]
    save_text(project / "refs.bib", "mine")
    before = (mine.docs / "index.md").read_bytes()
    with pytest.raises(Fault, match=r"refs\.bib was changed meanwhile"):
        save_files(mine, files)
    assert (mine.docs / "index.md").read_bytes() == before
    assert not (project / PENDING).exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error writing file x.html: [Errno 28] No space left on device: 'x.html'", "the disk is full"),
        ("cannot copy static file PermissionError(13, 'Permission denied')", "make the project writable"),
        ("cannot copy image file 'x.png': [Errno 2] No such file or directory: 'x.png'", ""),
        ("an ordinary warning", ""),
    ],
)
def test_what_sphinx_says_of_the_machine_comes_with_a_remedy(said: str, told: str) -> None:
    assert told in told_by_machine(said)
    assert bool(told) == bool(told_by_machine(said))
