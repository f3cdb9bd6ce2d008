"""Build synthetic editions with this project and with its peers, and write down what it takes.

Run it with ``.venv/bin/python scripts/bench.py run 1 5 20``; the page on performance tells the rest. The tools take turns, so
that a machine that slows down slows all of them; what is published are ratios, of the processor's time where one process works.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from figures import RESULTS, TABLES, to_tables
from synthetic import make_edition
from tools import Tool, all_tools, environment_of

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent / "docs" / "_ext" / "annotated_brief"


@dataclass(frozen=True, slots=True)
class Taken:
    """What one command took: seconds of the processor and on the clock, and the memory (MB) of its largest process."""

    seconds: float
    clock: float
    memory: float


def take(argv: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Taken:
    """Run a command and return what it took; ends the run where it fails."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(argv, cwd=folder, env=environment, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(
                f"{' '.join(argv)}: exit code {process.returncode}\n{said.read().decode(errors='replace')[-2000:]}"
            )
    return Taken(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024)


@dataclass(slots=True)
class Contest:
    """One tool with its edition of one size, and what its steps took so far."""

    tool: Tool
    briefs: int
    scratch: Path
    taken: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    size: dict[str, int] = field(default_factory=dict)
    edits: int = 0

    @property
    def folder(self) -> Path:
        """Where its edition is."""
        return self.scratch / f"{self.tool.name}-{self.briefs}"

    def take_turn(self, skipped: set[str]) -> None:
        """Run all steps once, but for those that are *skipped*."""
        for step in self.tool.steps:
            if step.name in skipped:
                continue
            for name in step.clear:
                shutil.rmtree(self.folder / name, ignore_errors=True)
            if step.edit:
                self.edit()
            self.taken[step.name].append(take(step.argv, self.folder, environment_of(self.tool, self.scratch)))
            if step.name == "clean_1":
                self.weigh()

    def edit(self) -> None:
        """Add a sentence to the first note of the first brief."""
        brief = make_edition(1).briefs[0]
        path = self.folder / self.tool.docs / "briefs" / brief.slug / "index.md"
        self.edits += 1
        text = path.read_text("utf-8")
        changed = text.replace(brief.notes[0].text, f"{brief.notes[0].text} Edit {self.edits}.", 1)
        assert changed != text
        path.write_text(changed, encoding="utf-8")

    def weigh(self) -> None:
        """Note the size of what a clean build has written."""
        files = [path for path in (self.folder / self.tool.out).rglob("*") if path.is_file()]
        pages = [path for path in files if path.match(self.tool.page)]
        self.size = {
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
            "pages": len(pages),
            "page_bytes": sum(path.stat().st_size for path in pages),
        }

    def result(self) -> dict[str, Any]:
        """Return the medians, for the file of results."""
        return {
            "tool": self.tool.name,
            "title": self.tool.title,
            "briefs": self.briefs,
            "rounds": max(map(len, self.taken.values())),
            "seconds": {name: _middle(one.seconds for one in all_) for name, all_ in self.taken.items()},
            "clock": {name: _middle(one.clock for one in all_) for name, all_ in self.taken.items()},
            "memory_mb": {name: round(max(one.memory for one in all_)) for name, all_ in self.taken.items()},
            **self.size,
        }


def _middle(seconds: Iterable[float]) -> float:
    return round(statistics.median(seconds), 2)


def run_size(contests: list[Contest], rounds: int, skipped: set[str]) -> list[dict[str, Any]]:
    """Let the tools take turns on editions of one size, and return their results."""
    for contest in contests:
        argv = [sys.executable, str(HERE / "generate.py"), contest.tool.name, str(contest.briefs), str(contest.folder)]
        subprocess.run(argv, check=True)
    for _ in range(rounds):
        for contest in contests:
            contest.take_turn(skipped)
            seconds = {name: round(all_[-1].seconds, 1) for name, all_ in contest.taken.items()}
            sys.stderr.write(f"{contest.briefs} briefs, {contest.tool.name}: {seconds}\n")
    return [contest.result() for contest in contests]


def time_pdf(scratch: Path, rounds: int) -> float:
    """Return the seconds of the processor that writing the PDF of one brief takes, once all is read."""
    folder = scratch / "pdf"
    subprocess.run([sys.executable, HERE / "generate.py", "ours", "1", folder], check=True)
    argv = [sys.executable, str(HERE / "print.py"), str(folder)]
    told = [subprocess.run(argv, check=True, capture_output=True, text=True).stdout for _ in range(rounds)]
    return _middle(float(line.split()[1]) for line in told)


def run(options: argparse.Namespace) -> None:
    """Measure, and write results and tables."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        scratch = Path(name)
        shutil.copytree(PACKAGE, scratch / "library" / "annotated_brief", ignore=shutil.ignore_patterns("__pycache__"))
        tools = [
            tool for tool in all_tools(scratch / "library", options.peers) if tool.name in (options.tools or tool.name)
        ]
        spared = {"clean_2", "write_1", "write_2", "edited"}
        run_size([Contest(tool, 1, scratch) for tool in tools], 1, spared)  # to have everything compiled
        results: dict[str, Any] = (
            json.loads(RESULTS.read_text("utf-8")) if options.add else describe(scratch, options.rounds)
        )
        for briefs in options.briefs:
            contests = [Contest(tool, briefs, scratch) for tool in tools]
            skipped = {
                name for name, _, size in (skip.partition(":") for skip in options.skip) if size in ("", str(briefs))
            }
            kept = [run for run in results["runs"] if run["briefs"] != briefs]
            results["runs"] = [*kept, *run_size(contests, options.rounds, skipped)]
            write(results)


def describe(scratch: Path, rounds: int) -> dict[str, Any]:
    """Return results with no runs yet: where and when they are taken, and the time of a PDF."""
    return {
        "on": dt.datetime.now(dt.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sphinx": version("sphinx"),
        "pdf_seconds": time_pdf(scratch, rounds),
        "runs": [],
    }


def write(results: dict[str, Any]) -> None:
    """Write the results, and the tables that the page includes."""
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    TABLES.write_text(to_tables(results), encoding="utf-8")


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    runs = verbs.add_parser("run", help="measure, and write results and tables")
    runs.add_argument("briefs", type=int, nargs="+", help="sizes of the editions, in briefs")
    runs.add_argument("--rounds", type=int, default=3, help="turns of each tool; the medians count")
    runs.add_argument("--peers", type=Path, help="folder with mkdocs/bin/mkdocs and node_modules/.bin/myst")
    runs.add_argument("--tools", nargs="+", help="these alone: ours, plain, needs, mkdocs, mystmd")
    runs.add_argument("--skip", nargs="+", default=[], help="steps to leave out, as write_2, or check:200")
    runs.add_argument("--add", action="store_true", help="keep the sizes that the results have already")
    runs.set_defaults(do=run)
    tables = verbs.add_parser("tables", help="write the tables anew from the results")
    tables.set_defaults(do=lambda _: write(json.loads(RESULTS.read_text("utf-8"))))
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
