"""Kill tests: a verb is killed with its whole group, the files are looked at, the verb is run again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from faults.place import PRODUCTS, Ended, Files, Place, wait
from faults.verbs import Verb

LATEST = 0.004  # seconds from a moment to the kill that is to hit what follows it
TRIES = 3  # draws for a point, where the run is over before its turn comes


@dataclass(frozen=True, slots=True)
class State:
    """What there is of an edition: files that nobody can make again, and products."""

    visible: Files
    products: dict[str, Files]

    @classmethod
    def of(cls, place: Place) -> State:
        """Return the present state."""
        return cls(place.visible(), {name: place.product(name) for name in PRODUCTS})

    def differences(self, other: State) -> list[str]:
        """Return what is not the same in both."""
        mine, theirs = (
            {
                **state.visible,
                **{
                    f"build/{product}/{name}": data
                    for product, files in state.products.items()
                    for name, data in files.items()
                },
            }
            for state in (self, other)
        )
        return sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))


@dataclass(slots=True)
class Trial:
    """One verb, undisturbed: the states before and after, how long it takes, and how often it changes a file."""

    place: Place
    verb: Verb
    before: State
    after: State
    ended: Ended
    seconds: float
    moments: int
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, place: Place, verb: Verb) -> Trial:
        """Bring the edition into the state before, keep it, and run the verb."""
        place.put_back("base")
        verb.before(place)
        place.keep(verb.name)
        before = State.of(place)
        place.put_back(verb.name)
        started = time.monotonic()
        count = place.scratch / "count"
        ended = place.run(verb.argv, *verb.driven, "--count", str(count))
        seconds = time.monotonic() - started
        assert ended.code in {0, 1}, f"{verb.name}: {ended.err}"
        return cls(place, verb, before, State.of(place), ended, seconds, int(count.read_text("utf-8")))

    def judge_killed(self) -> str:
        """Return whether the old or the new state is there; whatever is neither is a fault."""
        now, new = State.of(self.place), False
        for name in sorted(now.visible.keys() | self.before.visible.keys() | self.after.visible.keys()):
            here, old, made = (state.visible.get(name) for state in (now, self.before, self.after))
            if here not in (old, made):
                self.faults.append(f"{name} is neither old nor new")
            new |= old != made and here == made
        for name, files in now.products.items():
            if not files and self.before.products[name]:
                files = now.products[name] = self.place.set_aside(name)
            if files not in (self.before.products[name], self.after.products[name]):
                self.faults.append(f"build/{name} is neither old nor new")
            new |= self.before.products[name] != self.after.products[name] == files
        return "new" if new else "old"

    def judge_repaired(self, ended: Ended) -> None:
        """Note where the next run does not end as an undisturbed one."""
        done = self.verb.done and self.verb.done in ended.err + ended.out
        if not done and (ended.code, ended.told) != (self.ended.code, self.ended.told):
            self.faults.append(f"the next run ended with {ended.code}: {ended.err[-500:]}")
        self.faults += [f"the next run left {name} otherwise" for name in State.of(self.place).differences(self.after)]
        self.faults += [f"the next run left {name}" for name in self.place.stray()]

    def kill(self, point: tuple[str, ...] | float) -> bool:
        """Kill the verb at *point*, judge, run it again and judge; return whether it was killed at all."""
        self.place.put_back(self.verb.name)
        ended = self.stop(point)
        if ended.code != -signal.SIGKILL:
            return False
        self.counts[self.judge_killed()] += 1
        self.judge_repaired(self.place.run(self.verb.argv, *self.verb.driven))
        return True

    def stop(self, point: tuple[str, ...] | float) -> Ended:
        """Run the verb up to *point*: after so many seconds, or as the driver is told."""
        if isinstance(point, tuple):
            return self.place.run(self.verb.argv, *self.verb.driven, *point)
        process = self.place.start(self.verb.argv, *self.verb.driven)
        with suppress(subprocess.TimeoutExpired):
            process.wait(point)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return wait(process)

    def point(self, number: int, dice: random.Random) -> tuple[str, ...] | float:
        """Return a point: in turn a time within the run, just before a change of a file, and shortly after one."""
        if number % 3 == 0 or not self.moments:
            return self.seconds * dice.uniform(0.02, 1)
        moment = ("--at", str(dice.randint(1, self.moments)))
        return (*moment, "--after", f"{dice.uniform(0.0001, LATEST):.5f}") if number % 3 == 2 else moment


def kill_verb(place: Place, verb: Verb, points: int, seed: int) -> list[dict[str, Any]]:
    """Kill a verb at so many points, and return what happened."""
    trial, dice = Trial.of(place, verb), random.Random(f"{seed} {verb.name}")  # noqa: S311  (to be the same again)
    for number in range(points):
        if not any(trial.kill(trial.point(number, dice)) for _ in range(TRIES)):
            trial.counts["ended before"] += 1
    row = {
        "verb": verb.name,
        "points": points,
        "seconds": round(trial.seconds, 1),
        "moments": trial.moments,
        **{name: trial.counts[name] for name in ("old", "new", "ended before")},
        "faults": trial.faults,
    }
    return [row]
