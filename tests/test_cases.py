"""One folder a diagnostic code: files laid over the valid base, and the findings they must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotated_brief.diagnostics import Code
from conftest import Build

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())
BY_ITSELF = {Code.BORROWED_WORDS}  # looks at files, not at the corpus: see test_rights.py


def test_every_code_has_a_case() -> None:
    assert {name.partition("+")[0] for name in NAMES} == {str(code) for code in Code if code not in BY_ITSELF}


@pytest.mark.parametrize("name", NAMES)
def test_case(build: Build, name: str) -> None:
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
    expected = (folder / "expected.txt").read_text("utf-8").splitlines()
    assert build(files, "dummy").found() == expected


def test_the_base_is_clean(build: Build) -> None:
    built = build()
    assert built.found() == []
    assert built.warnings.read_text("utf-8") == ""
