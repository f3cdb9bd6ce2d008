"""One folder a diagnostic code: files laid over the valid base, and the findings they must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotated_brief.commands.local import find_local
from annotated_brief.commands.project import Project
from annotated_brief.diagnostics import Code, Level
from conftest import Build

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())
BY_ITSELF = {Code.UNUSED_IGNORE}  # about the command line: see test_cli_check.py


def found_in(build: Build, name: str) -> list[str]:
    """Lay the case over the base and return what is found in it; notes only where the case is about one."""
    folder = CASES / name
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"expected.txt", "replace.txt"}
    }
    changes = folder / "replace.txt"
    if changes.exists():
        for change in changes.read_text("utf-8").split("\n====\n"):
            file, old, new = change.removesuffix("\n").split("\n----\n")
            base = files.get(file) or (Path(__file__).parent / "roots" / "base" / file).read_text("utf-8")
            assert base.count(old) == 1, f"{file}: {old!r} must occur once in the base"
            files[file] = base.replace(old, new)
    built = build(files, "dummy")
    root = Path(built.app.srcdir).parent
    (root / "article.txt").unlink()  # it is not in the repository that the case stands for
    found = [*built.domain.diagnostics(), *find_local(Project(root=root), built.corpus)]
    about_notes = Code(name.partition("+")[0]).level is Level.NOTE
    return built.lines(item for item in found if about_notes or item.code.level is not Level.NOTE)


def test_every_code_has_a_case() -> None:
    assert {name.partition("+")[0] for name in NAMES} == {str(code) for code in Code if code not in BY_ITSELF}


@pytest.mark.parametrize("name", NAMES)
def test_case(build: Build, name: str) -> None:
    expected = (CASES / name / "expected.txt").read_text("utf-8").splitlines()
    assert found_in(build, name) == expected


def test_each_case_shows_its_own_code() -> None:
    for name in NAMES:
        assert f" brief.{name.partition('+')[0]}  " in (CASES / name / "expected.txt").read_text("utf-8"), name


def test_the_base_is_clean(build: Build) -> None:
    built = build()
    assert built.found() == []
    assert built.warnings.read_text("utf-8") == ""
