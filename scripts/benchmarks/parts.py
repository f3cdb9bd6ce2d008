"""Measure what an edition costs that is built in parts: ``.venv/bin/python scripts/benchmarks/parts.py run 8 20``.

Each part is read and written by a process of its own, one after the other, so that times of the processor are those of a
machine that has nothing else to do. What comes out is compared with the edition that one build makes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import table
from scale import HERE, PACKAGE, take
from synthetic import make_edition

RESULTS, TABLES = HERE / "parts.json", HERE / "parts.md"
BRIEF, SITE = (sys.executable, "-m", "annotated_brief"), ("--only", "site")


def divide(briefs: int, parts: int) -> list[tuple[str, ...]]:
    """Return the options that name each part: what is shared, and the briefs in so many groups."""
    slugs = [brief.slug for brief in make_edition(briefs).briefs]
    groups = [["shared"], *(slugs[place::parts] for place in range(parts))]
    return [tuple(word for name in group for word in ("--only", name)) for group in groups]


def measure(briefs: int, parts: int, scratch: Path) -> dict[str, Any]:
    """Return the seconds of the processor that an edition of so many *briefs* takes, at once and in *parts*."""
    folder, kept = scratch / f"edition-{briefs}", scratch / f"kept-{briefs}"
    subprocess.run([sys.executable, str(HERE / "generate.py"), "ours", str(briefs), str(folder)], check=True)
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(scratch / "library")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(*words: str) -> float:
        return take((*BRIEF, *words), folder, environment).seconds

    def start_anew(*names: str) -> None:
        """Remove what was built; take with us what another machine would fetch."""
        shutil.rmtree(folder / "build")
        for name in names:
            shutil.copytree(kept / name, folder / "build" / name)

    names = divide(briefs, parts)
    run("build", *SITE)  # to have everything compiled
    start_anew()
    result: dict[str, Any] = {"briefs": briefs, "parts": parts, "whole": run("build", *SITE)}
    shutil.copytree(folder / "build/html", kept / "html")
    for stage, verb, before, after in (
        ("alone", ("build", *SITE), (), "parts-alone"),
        ("read", ("read",), (), "readings"),
        ("written", ("build", *SITE), ("readings",), "parts"),
    ):
        seconds = []
        for options in names:
            start_anew(*before)
            seconds.append(run(*verb, *options))
            made = folder / "build" / after.partition("-")[0]
            shutil.rmtree(made / "work")
            shutil.copytree(made, kept / after, dirs_exist_ok=True)
        result[stage] = [round(one, 2) for one in seconds]
    start_anew("parts")
    result["joined"] = run("join")
    result["same"] = not differing(kept / "html", folder / "build/html")
    return result | {name: round(result[name], 2) for name in ("whole", "joined")}


def differing(one: Path, other: Path) -> list[str]:
    """Return the paths of the files that are not the same in both folders."""
    files = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}

    def content(path: Path) -> bytes | None:
        return path.read_bytes() if path.is_file() else None

    return sorted(str(path) for path in files if content(one / path) != content(other / path))


def keep(run: dict[str, Any]) -> None:
    """Put what was measured into the file of results, in the place of an edition of the same size."""
    known = json.loads(RESULTS.read_text("utf-8"))["runs"] if RESULTS.exists() else []
    runs = sorted([*(one for one in known if one["briefs"] != run["briefs"]), run], key=lambda one: one["briefs"])
    results = {"on": dt.datetime.now(dt.UTC).date().isoformat(), "runs": runs}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def to_tables(results: dict[str, Any]) -> str:
    """Return what the page on performance shows."""
    rows = []
    for run in results["runs"]:
        reading, writing = max(run["read"]), max(run["written"])
        longest = reading + writing + run["joined"]
        rows.append(
            [
                f"{run['briefs']} in {run['parts']}",
                f"{run['whole']:.1f} s",
                f"{max(run['alone']):.1f} s",
                f"{reading:.1f} s",
                f"{run['written'][0]:.1f} s",
                f"{max(run['written'][1:]):.1f} s",
                f"{run['joined']:.1f} s",
                f"{run['whole'] / (max(run['alone']) + run['joined']):.2f} ×",
                f"{run['whole'] / longest:.2f} ×",
                "yes" if run["same"] else "no",
            ]
        )
    header = [
        "Briefs in parts",
        "one build",
        "longest part that reads all",
        "longest reading",
        "shared part",
        "longest part of briefs",
        "joining",
        "gain, all read by each",
        "gain, read in parts",
        "same bytes",
    ]
    return f"Measured on {results['on']}, in seconds of the processor.\n\n{table(header, rows)}\n"


def main() -> None:
    """Read the arguments, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    runs = verbs.add_parser("run", help="measure, and write results and table")
    runs.add_argument("briefs", type=int, nargs="+", help="sizes of the editions, in briefs")
    runs.add_argument("--parts", type=int, default=4, help="into how many parts the briefs are divided")
    verbs.add_parser("tables", help="write the table anew from the results")
    options = parser.parse_args()
    if "briefs" in options:
        with tempfile.TemporaryDirectory(prefix="parts-") as name:
            scratch = Path(name)
            shutil.copytree(PACKAGE, scratch / "library" / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
            for briefs in options.briefs:
                keep(measure(briefs, options.parts, scratch))
    TABLES.write_text(to_tables(json.loads(RESULTS.read_text("utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
