"""`brief test`: everything that CI checks."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .progress import Progress
from .project import Project, find_project
from .steps import STEPS, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one step ended."""

    step: Step
    passed: bool
    seconds: float
    note: str
    output: str


def run_tests(
    *,
    only: Annotated[
        list[str] | None, typer.Option(help="Run this step alone; may be repeated.", metavar="STEP")
    ] = None,
    exit_first: Annotated[bool, typer.Option("--exitfirst", "-x", help="Stop at the first failure.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the tests marked slow; CI never does.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Ask the other sites that links lead to.")] = False,
    show: Annotated[bool, typer.Option("--list", help="List the steps and exit.")] = False,
) -> None:
    """Run every check that CI runs.

    The output of a failed step is shown in full, and that of every step kept in build/test/log.
    """
    if show:
        for step in STEPS:
            typer.echo(f"{step.name:<12} finds {step.finds}")
        return
    chosen = choose(only)
    project, progress = find_project(), Progress()
    words = {
        "{out}": project.shorten(project.build / "test"),
        "{slow}": "-m 'not slow'" if fast else "",
        "{online}": "--online" if online else "",
    }
    started = time.monotonic()
    with project.only_one_run():
        outcomes = run_steps(project, chosen, words, progress, exit_first=exit_first)
    show_table(outcomes, time.monotonic() - started, plain=progress.plain)
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(1)


def choose(names: Sequence[str] | None) -> list[Step]:
    """Return the steps of these names, or all."""
    known = {step.name: step for step in STEPS}
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"no step {name!r}; there are {', '.join(known)}", param_hint="--only")
    return [step for step in STEPS if not names or step.name in names]


def run_steps(
    project: Project, steps: Sequence[Step], words: dict[str, str], progress: Progress, *, exit_first: bool
) -> list[Outcome]:
    """Run steps one after the other, with a progress line each."""
    outcomes = []
    for step in steps:
        progress.begin(step.name)
        outcome = run_step(project, step, words)
        outcomes.append(outcome)
        progress.end(outcome.note, good=outcome.passed)
        if not outcome.passed:
            typer.echo(outcome.output)
            if exit_first:
                break
    return outcomes


def run_step(project: Project, step: Step, words: dict[str, str]) -> Outcome:
    """Run one step and keep what it said; a judge that is not there is a failure, never a pass."""
    started = time.monotonic()
    argv = expand(project, step, words)
    # Most steps start Python many times: what one has compiled, the next reads, whatever the caller's own habit.
    bytecode = {"PYTHONPYCACHEPREFIX": str(project.build / "test" / "pycache"), "PYTHONDONTWRITEBYTECODE": ""}
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", **bytecode}
    try:
        ended = subprocess.run(
            argv, cwd=project.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        output, passed = ended.stdout.decode(errors="replace"), ended.returncode == 0
        note = "ok" if passed else f"FAILED (exit code {ended.returncode})"
    except FileNotFoundError:
        output, passed = f"{argv[0]} is not installed: run `./scripts/brief test`, which installs it\n", False
        note = "FAILED (not installed)"
    log = project.build / "test" / "log" / f"{step.name}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(f"$ {shlex.join(argv)}\n{output}", encoding="utf-8")
    if passed and "not checked" in output:
        note = "ok; links to other sites not checked: offline"
    return Outcome(step=step, passed=passed, seconds=time.monotonic() - started, note=note, output=output)


def expand(project: Project, step: Step, words: dict[str, str]) -> list[str]:
    """Return the argument list of a step's command."""
    command = step.command
    for name, value in words.items():
        command = command.replace(name, value)
    program, *arguments = shlex.split(command)
    argv = [sys.executable if program == "python" else str(find_program(program))]
    for argument in arguments:
        found = sorted(project.root.glob(argument)) if "*" in argument else []
        argv += [project.shorten(path) for path in found] or [argument]
    return argv


def find_program(name: str) -> Path:
    """Return where a program of .venv stands, never one of the same name elsewhere on the machine."""
    return Path(sys.executable).parent / (f"{name}.exe" if sys.platform == "win32" else name)


def show_table(outcomes: Sequence[Outcome], seconds: float, *, plain: bool) -> None:
    """Print what ran, how it ended and how long it took."""
    failed = sum(not outcome.passed for outcome in outcomes)
    if plain:
        for outcome in outcomes:
            typer.echo(f"{outcome.step.name:<12} {outcome.seconds:7.1f} s  {outcome.note}")
    else:
        table = Table(box=None, pad_edge=False)
        table.add_column("step")
        table.add_column("seconds", justify="right")
        table.add_column("outcome")
        for outcome in outcomes:
            style = "green" if outcome.passed else "bold red"
            table.add_row(outcome.step.name, f"{outcome.seconds:.1f}", outcome.note, style=style)
        Console().print(table)
    typer.echo(f"{len(outcomes)} steps, {failed} failed, {seconds:.1f} s")
