"""What `brief check` adds to Sphinx's own reading of the same files, as a ratio taken in one run.

Run it with ``.venv/bin/python scripts/benchmarks/check.py``; it fails where the ratio of the medians is above 1.5.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS, LARGEST = 3, 1.5
SPHINX = ("-m", "sphinx", "--quiet", "--fresh-env", "-b", "dummy")
CHECK = ("-m", "annotated_brief", "check", "--format", "json")


def seconds(*arguments: str) -> float:
    """Return how long Python takes with these arguments; ends the run where it fails."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: exit code {done.returncode}")
    return time.perf_counter() - started


def main() -> None:
    """Take turns, so that a machine that slows down slows both."""
    times: dict[str, list[float]] = {"sphinx": [], "check": []}
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(ROUNDS):
            times["sphinx"].append(seconds(*SPHINX, "--doctree-dir", f"{scratch}/doctrees", "docs", f"{scratch}/out"))
            times["check"].append(seconds(*CHECK))
    bare, check = (statistics.median(taken) for taken in times.values())
    sys.stdout.write(f"brief check {check:.1f} s, Sphinx reading {bare:.1f} s: ratio {check / bare:.2f}\n")
    sys.exit(check / bare > LARGEST)


if __name__ == "__main__":
    main()
