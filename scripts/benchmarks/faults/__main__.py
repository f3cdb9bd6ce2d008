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
from collections.abc import Callable, Collection, Iterator
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


def tasks(points: int, seed: int) -> Iterator[tuple[str, str, Task]]:
    """Yield all that is to be tried, each after the group of its results and its name; the longest first."""
    fewer = max(points // SHARE, 1)
    yield "kills", "set-up", partial(kill_setup, points=points, seed=seed)
    yield "together", "together", partial(try_together, points=fewer, seed=seed)
    for verb in KILLED:
        yield "kills", verb.name, partial(kill_verb, verb=verb, points=points, seed=seed)
    for verb in (*KILLED, *OTHERS):
        yield "disks", verb.name, partial(try_disk, verb=verb, points=fewer, seed=seed)


def laid_over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the *new* results with those of the *old* that were not tried again, in the order of :func:`tasks`."""
    order = [name for _, name, _ in tasks(1, 1)]
    for group in ("kills", "disks", "together"):
        tried = {one.get("verb", one.get("what")) for one in new[group]}
        kept = [one for one in old[group] if one.get("verb", one.get("what")) not in tried]
        new[group] = sorted(
            [*kept, *new[group]], key=lambda one: order.index(one["verb"]) if one.get("verb") in order else -1
        )
    return new


def try_all(points: int, seed: int, jobs: int, only: Collection[str] = ()) -> dict[str, Any]:
    """Try everything, or *only* what has these names, so many at once, and return the results."""
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

        chosen = [(group, task) for group, name, task in tasks(points, seed) if name in (only or {name})]
        begun = [(group, pool.submit(do, number, task)) for number, (group, task) in enumerate(chosen)]
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
    parser.add_argument("--only", nargs="+", default=[], help="these verbs alone; the results of the others are kept")
    options = parser.parse_args()
    if options.tables:
        results = json.loads(RESULTS.read_text("utf-8"))
    else:
        results = try_all(options.points, options.seed, options.jobs, options.only)
        if options.only:
            results = laid_over(json.loads(RESULTS.read_text("utf-8")), results)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    TABLES.write_text(to_tables(results), encoding="utf-8")
    found = faults_of(results)
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
