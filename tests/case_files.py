"""The cases of the diagnostics: files laid over the valid base, what is found in them, and the findings they must give."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotated_brief.diagnostics import Code, Diagnostic, Level

HERE = Path(__file__).resolve().parent
CASES, BASE = HERE / "cases", HERE / "roots" / "base"
NAMES = sorted(folder.name for folder in CASES.iterdir())


def files_of(name: str) -> dict[str, str]:
    """The texts, by path, that the case lays over the base."""
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
            base = files.get(file) or (BASE / file).read_text("utf-8")
            assert base.count(old) == 1, f"{file}: {old!r} must occur once in the base"
            files[file] = base.replace(old, new)
    return files


def expected_of(name: str) -> list[str]:
    """The lines that the case must give."""
    return (CASES / name / "expected.txt").read_text("utf-8").splitlines()


def lines_of(name: str, found: Iterable[Diagnostic]) -> list[str]:
    """The findings as lines, each with its remedy; notes only where the case is about one."""
    about_notes = Code(name.partition("+")[0]).level is Level.NOTE
    shown = [item for item in found if about_notes or item.code.level is not Level.NOTE]
    return [f"{item.location}: brief.{item.code}  {item.message}; {item.hint}" for item in shown]
