"""Build one commit on two machines that differ in everything that must not matter, and compare every byte.

Run it with ``.venv/bin/python scripts/benchmarks/reproduce.py``: each machine gets a clone and a ``.venv`` of its own, below
a temporary folder. An administrator may add ``--user nobody``, and ``--python`` with an interpreter that this user may run;
otherwise the other user is one without a name. The page on reproduction tells the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from figures import table
from machines import HERE, MACHINES, THERE, Machine, NoOtherUserError, differences, digests

ROOT = Path(__file__).resolve().parents[2]
RESULTS, TABLES = Path(__file__).with_name("reproduced.json"), Path(__file__).with_name("reproduced.md")
PRODUCTS = {"html": "site and data", "pdf": "PDF", "epub": "EPUB", "release": "archives of a release"}


class BrokenRunError(Exception):
    """A program that was run on one of the machines failed; the message holds its last words."""


def git(*arguments: str, folder: Path = ROOT) -> str:
    """Return what git says of a checkout."""
    argv = ["git", *arguments]
    return subprocess.run(argv, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a temporary folder that another user may enter."""
    with tempfile.TemporaryDirectory(prefix="reproduce-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def clone(commit: str, folder: Path, user: str) -> Path:
    """Make the clone of a machine, with a home beside it, owned by its user; return the clone."""
    place = folder / "project"
    (folder / "home").mkdir(parents=True)
    git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(place))
    git("checkout", "--quiet", "--detach", commit, folder=place)
    if user:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)
    return place


def build(machine: Machine, commit: str, moment: str, top: Path, python: str, user: str = "") -> Path:
    """Set a machine up, build everything there, and return where it lies."""
    folder = top / machine.folder
    place = clone(commit, folder, user)
    own = place / ".venv" / "bin" / "python"
    driver = place / "scripts" / "benchmarks" / "elsewhere.py"
    calls: tuple[list[str | Path], ...] = (
        [python, "scripts/brief", "clean"],  # makes .venv, too
        machine.python(own, "annotated_brief", "build", driver=driver),
        [own, "scripts/pack-release", "0", "build/release"],
    )
    for argv in calls:
        done = machine.run(argv, folder=place, home=folder / "home", user=user, SOURCE_DATE_EPOCH=moment)
        if done.returncode:
            raise BrokenRunError(f"{' '.join(map(str, argv))}: exit code {done.returncode}: {done.stderr[-2000:]}")
    return place / "build"


def compare(commit: str, python: str, user: str) -> dict[str, Any]:
    """Build twice and return the results."""
    moment = git("show", "--no-patch", "--format=%ct", commit)
    with open_folder() as top:
        one = build(HERE, commit, moment, top, sys.executable)
        other = build(THERE, commit, moment, top, python, user)
        return {
            "on": git("show", "--no-patch", "--format=%cs", commit),
            "pythons": [version(sys.executable), version(python)],
            "user": user or "one without a name, by `unshare --user`",
            "files": {name: len(digests(one / name)) for name in PRODUCTS},
            "differences": [f"{name}/{found}" for name in PRODUCTS for found in differences(one / name, other / name)],
        }


def version(python: str) -> str:
    """Return the version of an interpreter."""
    argv = [python, "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def to_tables(results: dict[str, Any]) -> str:
    """Return the results as Markdown: how the machines differed, and what was compared."""
    called = [
        {**machine.called, "Python": python} for machine, python in zip(MACHINES, results["pythons"], strict=True)
    ]
    called[1]["user"] = results["user"]
    rows = [[name, called[0][name], called[1][name]] for name in called[0]]
    counts = [
        [PRODUCTS[name], str(number), str(sum(found.startswith(f"{name}/") for found in results["differences"]))]
        for name, number in results["files"].items()
    ]
    parts = [
        f"Tried on a commit of {results['on']}.",
        table(("What differs", "One machine", "The other"), rows),
        table(("What is compared", "Files", "Different"), counts),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Read the arguments; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commit", default="HEAD", help="what is built; changes that are not committed never are")
    parser.add_argument("--python", default=sys.executable, help="the Python of the other machine")
    parser.add_argument("--user", default="", help="the user of the other machine")
    parser.add_argument(
        "--tables", action="store_true", help="write the tables anew from the results, and build nothing"
    )
    options = parser.parse_args()
    if options.user and os.geteuid():
        parser.error("--user takes an administrator")
    try:
        results = (
            json.loads(RESULTS.read_text("utf-8"))
            if options.tables
            else compare(git("rev-parse", options.commit), options.python, options.user)
        )
    except (BrokenRunError, NoOtherUserError) as error:
        print(f"reproduce: {error}", file=sys.stderr)
        return 3
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    TABLES.write_text(to_tables(results), encoding="utf-8")
    print("\n".join(results["differences"]) or f"the same bytes in {sum(results['files'].values())} files")
    return 1 if results["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
