"""Kill tests of scripts/brief: the set-up is killed, what it has started ends by itself, and the next run repairs .venv."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from faults.place import Ended, Files, Place, wait
from setup_project import make_project

VERB = ("build",)
if sys.platform != "win32":
    import fcntl


def start(project: Path) -> subprocess.Popen[bytes]:
    """Start a verb that needs .venv, as the leader of a group of its own."""
    return subprocess.Popen(
        [sys.executable, project / "scripts" / "brief", *VERB],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill(project: Path, seconds: float) -> Ended:
    """Kill the set-up after so many seconds; return how it ended, once the installer that it had started has, too."""
    process = start(project)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    ended = wait(process)
    with (project / ".tools" / "setup.lock").open("ab") as lock:  # the installer holds it, in a group of its own
        fcntl.flock(lock, fcntl.LOCK_EX)
    return ended


def authored(project: Path) -> Files:
    """Return every file that the set-up has no business with."""
    paths = (path for path in sorted(project.rglob("*")) if path.is_file())
    own = {path.relative_to(project): path for path in paths}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in own.items()
        if name.parts[0] not in {".venv", ".tools"} and "__pycache__" not in name.parts
    }


def installed(project: Path) -> set[str]:
    """Return the names of all files of .venv, but for what Python compiles on the way."""
    paths = (path.relative_to(project / ".venv") for path in (project / ".venv").rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


def kill_setup(place: Place, points: int, seed: int) -> list[dict[str, Any]]:
    """Kill the set-up at so many points, and return what happened."""
    project = make_project(place.scratch / "setup")
    before = authored(project)
    started = time.monotonic()
    whole = wait(start(project))
    seconds = time.monotonic() - started
    assert whole.code == 0, whole.err
    wanted, dice = installed(project), random.Random(f"{seed} setup")  # noqa: S311  (to be the same again)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for _ in range(points):
        shutil.rmtree(project / ".venv", ignore_errors=True)
        (project / ".tools").mkdir(exist_ok=True)
        ended = kill(project, dice.uniform(0.02, 1) * seconds)
        new = (project / ".venv" / "brief-stamp.json").exists()
        counts["ended before" if ended.code != -signal.SIGKILL else "new" if new else "old"] += 1
        if authored(project) != before:
            faults.append("a file outside .venv and .tools has changed")
        again = wait(start(project))
        if (again.code, again.out) != (0, whole.out):
            faults.append(f"the next run ended with {again.code}: {again.err[-500:]}")
        if installed(project) != wanted:
            faults.append("the next run came to another .venv")
    found = {name: counts[name] for name in ("old", "new", "ended before")}
    row = {
        "verb": "set-up",
        "points": points,
        "seconds": round(seconds, 1),
        "moments": 0,
        **found,
        "faults": faults,
    }
    return [row]
