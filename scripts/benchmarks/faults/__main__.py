"""Try what a kill, a full or read-only disk, and a second run do, and write it down.

Run it with ``.venv/bin/python scripts/faults.py --points 50``; the page on performance tells the rest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from faults.disk import NotMountedError, try_disk
from faults.kill import kill_verb
from faults.place import Place, make_place
from faults.report import RESULTS, TABLES, to_tables
from faults.setup import kill_setup
from faults.together import try_together
from faults.verbs import KILLED, OTHERS
from local_web import serve_sites

SHARE = 10  # of a number of points, what is done as often for a disk, or for two runs: each takes several runs
Task = Callable[[Place], list[dict[str, Any]]]


def tasks(points: int, seed: int) -> Iterator[tuple[str, Task]]:
    """Yield all that is to be tried, each with the name of its results; the longest first."""
    fewer = max(points // SHARE, 1)
    yield "kills", partial(kill_setup, points=points, seed=seed)
    yield "together", partial(try_together, points=fewer, seed=seed)
    for verb in KILLED:
        yield "kills", partial(kill_verb, verb=verb, points=points, seed=seed)
    for verb in (*KILLED, *OTHERS):
        yield "disks", partial(try_disk, verb=verb, points=fewer, seed=seed)


def try_all(points: int, seed: int, jobs: int) -> dict[str, Any]:
    """Try everything, so many at once, and return the results."""
    results: dict[str, Any] = {
        "on": dt.datetime.now(dt.UTC).date().isoformat(),
        "seed": seed,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "not_tried": "",
        "kills": [],
        "disks": [],
        "together": [],
    }
    with (
        tempfile.TemporaryDirectory(prefix="faults-") as folder,
        serve_sites() as port,
        ThreadPoolExecutor(jobs) as pool,
    ):

        def do(number: int, task: Task) -> list[dict[str, Any]]:
            """Do one in a place of its own."""
            place = make_place(Path(folder) / str(number))
            (place.scratch / "port").write_text(str(port), encoding="utf-8")
            found = task(place)
            sys.stderr.write("".join(f"{one}\n" for one in found))
            return found

        begun = [(name, pool.submit(do, number, task)) for number, (name, task) in enumerate(tasks(points, seed))]
        for name, future in begun:
            try:
                results[name] += future.result()
            except NotMountedError as error:
                results["not_tried"] = str(error)
    return results


def faults_of(results: dict[str, Any]) -> list[str]:
    """Return all faults, and what was not tried where all must be."""
    groups = [*results["kills"], *results["disks"], *results["together"]]
    found = [f"{group.get('verb', group.get('what'))}: {fault}" for group in groups for fault in group["faults"]]
    if results["not_tried"] and os.environ.get("BRIEF_JUDGES") == "required":
        found.append(results["not_tried"])
    return found


def main() -> int:
    """Read the arguments; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=50, help="how often each verb is killed")
    parser.add_argument("--seed", type=int, default=1, help="of the points, which are the same again for the same seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how much is tried at once")
    parser.add_argument("--tables", action="store_true", help="write the tables anew from the results, and try nothing")
    options = parser.parse_args()
    results = (
        json.loads(RESULTS.read_text("utf-8"))
        if options.tables
        else try_all(options.points, options.seed, options.jobs)
    )
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    TABLES.write_text(to_tables(results), encoding="utf-8")
    found = faults_of(results)
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
