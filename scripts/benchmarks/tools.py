"""The tools that are compared: how each is started, what it writes, and what is asked of it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

SPHINX = (sys.executable, "-m", "sphinx", "--quiet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to measure: what is cleared before, whether a note is edited before, and the command."""

    name: str
    argv: tuple[str, ...]
    clear: tuple[str, ...] = ()
    edit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool: what readers call it, its steps in order, its output folder and the ending of its pages."""

    name: str
    title: str
    steps: tuple[Step, ...]
    out: str
    page: str = "*.html"
    docs: str = ""  # folder of the sources below the edition's
    environment: dict[str, str] = field(default_factory=dict)


def sphinx_tool(name: str, title: str, docs: str, more: tuple[Step, ...] = (), **environment: str) -> Tool:
    """Return a tool that is Sphinx with some extension."""

    def build(jobs: int) -> tuple[str, ...]:
        return (*SPHINX, "--jobs", str(jobs), "-b", "html", "--doctree-dir", "build/trees", docs or ".", "build/html")

    steps = (
        Step(name="clean_2", argv=build(2), clear=("build",)),
        Step(name="clean_1", argv=build(1), clear=("build",)),
        Step(name="write_2", argv=build(2), clear=("build/html",)),
        Step(name="write_1", argv=build(1), clear=("build/html",)),
        Step(name="no_op", argv=build(1)),
        Step(name="edited", argv=build(1), edit=True),
        *more,
    )
    return Tool(name=name, title=title, steps=steps, out="build/html", docs=docs, environment=environment)


def other_tool(name: str, title: str, command: tuple[str, ...], out: str, page: str = "*.html", docs: str = "") -> Tool:
    """Return a tool that is no Sphinx: one command for everything, with one process."""
    steps = (
        Step(name="clean_1", argv=command, clear=(out,)),
        Step(name="no_op", argv=command),
        Step(name="edited", argv=command, edit=True),
    )
    return Tool(name=name, title=title, steps=steps, out=out, page=page, docs=docs)


def all_tools(library: Path, peers: Path | None) -> list[Tool]:
    """Return the tools that are there.

    *library* holds a copy of the extension, for `brief` takes for its project the one that it is installed from; *peers* is the
    folder, if any, into which somebody has installed those that our lock does not hold (see the page on performance).
    """
    check = Step(name="check", argv=(sys.executable, "-m", "annotated_brief", "check"))
    found = [
        sphinx_tool("ours", "this project", "docs", (check,), PYTHONPATH=str(library)),
        sphinx_tool("plain", "Sphinx and MyST alone", ""),
        sphinx_tool("needs", "Sphinx and sphinx-needs", ""),
    ]
    if peers:
        mkdocs = peers / "mkdocs" / "bin" / "mkdocs"
        mystmd = peers / "node_modules" / ".bin" / "myst"
        if mkdocs.exists():
            command = (str(mkdocs), "build", "--quiet")
            found.append(other_tool("mkdocs", "Material for MkDocs", command, "site", docs="docs"))
        if mystmd.exists():
            command = (str(mystmd), "build", "--site")
            found.append(other_tool("mystmd", "mystmd, without pages", command, "_build", "content/*.json"))
    return found


def environment_of(tool: Tool, scratch: Path) -> dict[str, str]:
    """Return the environment in which *tool* runs: without colours, and with what Python has compiled kept in *scratch*.

    Where somebody's settings forbid to keep it, every start takes seconds that no reader's would.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_COLOR": "1", "PYTHONPYCACHEPREFIX": str(scratch / "compiled"), **tool.environment}
