"""One folder a diagnostic code: files laid over the valid base, and the findings they must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotated_brief.commands.local import find_local
from annotated_brief.commands.project import Project
from annotated_brief.diagnostics import Code
from case_files import NAMES, expected_of, files_of, lines_of
from conftest import Build

BY_ITSELF = {Code.UNUSED_IGNORE}  # about the command line: see test_cli_check.py


def found_in(build: Build, name: str) -> list[str]:
    """Lay the case over the base and return what is found in it."""
    built = build(files_of(name), "dummy")
    root = Path(built.app.srcdir).parent
    (root / "article.txt").unlink()  # it is not in the repository that the case stands for
    return lines_of(name, [*built.domain.diagnostics(), *find_local(Project(root=root), built.corpus)])


def test_every_code_has_a_case() -> None:
    assert {name.partition("+")[0] for name in NAMES} == {str(code) for code in Code if code not in BY_ITSELF}


@pytest.mark.parametrize("name", NAMES)
def test_case(build: Build, name: str) -> None:
    assert found_in(build, name) == expected_of(name)


def test_each_case_shows_its_own_code() -> None:
    for name in NAMES:
        assert any(f" brief.{name.partition('+')[0]}  " in line for line in expected_of(name)), name


def test_the_base_is_clean(build: Build) -> None:
    built = build()
    assert built.found() == []
    assert built.warnings.read_text("utf-8") == ""
