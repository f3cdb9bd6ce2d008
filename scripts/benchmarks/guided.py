"""Fuzzing by coverage: atheris looks for inputs that take a reader of ours to lines where it has not been.

atheris is in no lock, since it is seldom needed and not there for every machine. It is installed beside, and its folder named:

    .venv/bin/uv pip install --target ATHERIS atheris==3.0.0
    .venv/bin/python scripts/benchmarks/guided.py ATHERIS --seconds 60

Each reader gets a valid file to begin with, 1.5 GB and 20 seconds for one input. It must read what it gets, or refuse it in one
line. It fails where one does not, and writes a table that the page on faults includes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from figures import table

HERE = Path(__file__).resolve().parent
TABLE = HERE / "guided.md"
TESTS = HERE.parent.parent / "tests"
MEMORY, LONGEST = 1500, 20  # megabytes, and seconds of one input
FAULT = "FAULT "  # begins the line that says what went wrong
Reader = tuple[Callable[[Path], Any], type[Exception], str]


def readers() -> dict[str, Reader]:
    """Return by name each reader, its refusal, and a valid text."""
    # These are imported here, and so under the eyes of atheris.
    import test_fuzz_files as files  # noqa: PLC0415
    from annotated_brief.model.dates import DateError, parse_edtf  # noqa: PLC0415
    from annotated_brief.reading.catalogue import facts_of_page  # noqa: PLC0415
    from annotated_brief.reading.copies import CopyError  # noqa: PLC0415
    from annotated_brief.reading.extract import extract  # noqa: PLC0415
    from annotated_brief.reading.issue import IssueError, read_issue  # noqa: PLC0415
    from annotated_brief.reading.sources import BibliographyError  # noqa: PLC0415

    found: dict[str, Reader] = {
        name: (read, refusal, valid if isinstance(valid, str) else json.dumps(valid))
        for name, (read, refusal, valid) in (files.JSON_FILES | files.YAML_FILES).items()
    }
    found |= {name: (extract, CopyError, text) for name, text in files.COPIES.items()}
    bibliography = (files.BASE / "refs.bib").read_text("utf-8")
    return {
        **found,
        "refs.bib": (files.read_sources, BibliographyError, bibliography),
        "an issue": (lambda path: read_issue(_text(path)), IssueError, files.ISSUE),
        "a date": (lambda path: parse_edtf(_text(path)), DateError, "2016-05-01~/2020-03?"),
        "a page of a source": (
            lambda path: facts_of_page(path.read_bytes(), "https://example.org/"), ValueError, files.PAGE
        ),
    }  # fmt: skip


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def fuzz(name: str, seconds: int) -> None:
    """Let atheris try the reader *name*; it ends this process."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415

    with atheris.instrument_imports(include=["annotated_brief"]):
        from fuzz import reads  # noqa: PLC0415

        read, refusal, valid = readers()[name]
    with tempfile.TemporaryDirectory() as folder:
        begin, path = Path(folder) / "begin", Path(folder) / name.replace(" ", "-")
        begin.mkdir()
        (begin / "valid").write_text(valid, "utf-8")

        def try_one(data: bytes) -> None:
            path.write_bytes(data)
            try:
                reads(lambda: read(path), refusal)
            except BaseException as error:
                sys.stderr.write(f"\n{FAULT}{type(error).__name__}: {error}; of {data!r}\n")
                raise

        limits = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY}", f"-timeout={LONGEST}", "-seed=1"]
        atheris.Setup(
            [sys.argv[0], *limits, "-print_final_stats=1", f"-artifact_prefix={folder}/", str(begin)], try_one
        )
        atheris.Fuzz()


def run_all(atheris: Path, seconds: int, jobs: int) -> Iterator[tuple[str, int, str]]:
    """Yield of each reader its name, how many inputs were tried, and what went wrong."""

    def run(name: str) -> tuple[str, int, str]:
        path = os.pathsep.join(map(str, (atheris, TESTS, HERE)))
        argv = [sys.executable, __file__, "--reader", name, "--seconds", str(seconds)]
        done = subprocess.run(argv, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
        counted = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
        said = next((line for line in done.stderr.splitlines() if line.startswith(FAULT)), done.stderr[-1000:])
        return name, int(counted[1]) if counted else 0, "" if done.returncode == 0 else said

    sys.path.append(str(TESTS))
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(run, readers())


def main() -> int:
    """Read the arguments; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atheris", type=Path, nargs="?", help="the folder into which atheris was installed")
    parser.add_argument("--seconds", type=int, default=60, help="how long each reader is tried")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many are tried at once")
    parser.add_argument("--reader", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        fuzz(options.reader, options.seconds)
    if options.atheris is None:
        parser.error("name the folder of atheris")
    found = list(run_all(options.atheris.resolve(), options.seconds, options.jobs))
    faults = [f"{name}: {said}" for name, _, said in found if said]
    head = f"Tried on {dt.datetime.now(dt.UTC).date()}, {options.seconds} seconds each, with Python {platform.python_version()}."
    rows = [[f"`{name}`" if "." in name else name, f"{tried:,}", "1" if said else "0"] for name, tried, said in found]
    TABLE.write_text(f"{head}\n\n{table(('Reader', 'Inputs tried', 'Faults'), rows)}\n", encoding="utf-8")
    sys.stderr.write("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
