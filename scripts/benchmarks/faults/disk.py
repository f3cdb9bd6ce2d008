"""A disk that is full, and one that is read-only: a verb says so in one line, with the right exit code, and loses nothing."""

from __future__ import annotations

import os
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from faults.kill import State, Trial
from faults.place import Ended, Place
from faults.verbs import Verb

MEGABYTES = 64  # of the small disk: the edition and all its products take a fifth
BALLAST = "ballast"
STOPPED = 3  # the exit code for what is the fault of the machine


class NotMountedError(Exception):
    """No file system could be mounted here, so none of this was tried."""


def mount(*arguments: str | Path) -> None:
    """Call mount; raises :class:`NotMountedError` where that is refused."""
    argv = ["mount", *map(str, arguments)]
    done = subprocess.run(argv, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotMountedError(
            f"NOT TRIED: mount is refused here ({done.stderr.strip()}); it takes a system administrator"
        )


def unmount(folder: Path) -> None:
    """Take a file system away again."""
    argv = ["umount", str(folder)]
    subprocess.run(argv, check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a small file system of its own at *folder*."""
    folder.mkdir(parents=True)
    try:
        mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", folder)
    except FileNotFoundError:
        raise NotMountedError("NOT TRIED: there is no program mount on this system") from None
    try:
        yield folder
    finally:
        unmount(folder)


def fill(place: Place, free: int) -> None:
    """Fill the disk but for so many bytes."""
    status = os.statvfs(place.home)
    room = status.f_bavail * status.f_frsize - free
    with (place.home / BALLAST).open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(room, 1))


def judge_stopped(trial: Trial, ended: Ended) -> str:
    """Return whether the verb was stopped or went through; note where it did neither as it should."""
    state = trial.judge_killed()  # whatever stands there is old or new
    if ended.code == trial.ended.code and ended.told == trial.ended.told:
        return "went through"
    if ended.code != STOPPED or len(ended.reasons) != 1 or "Traceback" in ended.err + ended.out:
        trial.faults.append(f"exit code {ended.code}, {state}: {ended.err[-500:]}")
    return "stopped"


def fill_up(trial: Trial, free: int) -> str:
    """Run the verb with so many bytes free, judge, make room, run it again and judge; return what happened."""
    place = trial.place
    place.put_back(trial.verb.name)
    fill(place, free)
    told = judge_stopped(trial, place.run(trial.verb.argv, *trial.verb.driven))
    (place.home / BALLAST).unlink()
    trial.judge_repaired(place.run(trial.verb.argv, *trial.verb.driven))
    return told


def close(trial: Trial) -> str:
    """Run the verb where nothing can be written in the project, and judge."""
    place = trial.place
    place.put_back(trial.verb.name)
    before = State.of(place)
    mount("-o", "bind", place.root, place.root)
    try:
        mount("-o", "remount,bind,ro", place.root)
        ended = place.run(trial.verb.argv, *trial.verb.driven)
        told = judge_stopped(trial, ended)
        if State.of(place) != before:
            trial.faults.append("something was written all the same")
        if trial.verb.writes == (told == "went through"):
            trial.faults.append(f"{told}, although it {'writes' if trial.verb.writes else 'only reads'}")
    finally:
        unmount(place.root)
    return told


def try_disk(place: Place, verb: Verb, points: int, seed: int) -> list[dict[str, Any]]:
    """Fill the disk to so many degrees and close it once, and return what happened."""
    counts: Counter[str] = Counter()
    dice = random.Random(f"{seed} disk {verb.name}")  # noqa: S311  (to be the same again)
    with small_disk(place.scratch / "disk") as home:
        trial = Trial.of(Place(home, place.scratch), verb)
        taken = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        for number in range(points):
            free = 0 if number == 0 else int(4096 * (taken / 4096) ** dice.random())
            counts[fill_up(trial, free)] += 1
        closed = close(trial)
    row = {
        "verb": verb.name,
        "points": points,
        "stopped": counts["stopped"],
        "went through": counts["went through"],
        "read-only": closed,
        "faults": trial.faults,
    }
    return [row]
