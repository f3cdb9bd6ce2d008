"""Two runs at once, and a checkout during a build: each is right, or refused in one line."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
from collections import Counter
from contextlib import closing
from typing import Any

from faults.disk import STOPPED
from faults.kill import State, Trial
from faults.place import Place, commit, wait
from faults.verbs import INDEX, KILLED

OTHER = "The town paid a fifth"


def build_twice(trial: Trial) -> str:
    """Start two builds at once; return how they ended."""
    place = trial.place
    place.put_back(trial.verb.name)
    ended = [wait(process) for process in [place.start(trial.verb.argv) for _ in range(2)]]
    codes = sorted(one.code for one in ended)
    refused = [one for one in ended if one.code == STOPPED]
    if codes not in ([0, 0], [0, STOPPED]):
        trial.faults.append(f"two builds ended with {codes}: {ended[0].err[-300:]} {ended[1].err[-300:]}")
    if any(len(one.reasons) != 1 or "another `brief` (process" not in one.err for one in refused):
        trial.faults.append(f"the refusal does not say who is at work: {refused[0].err[-300:]}")
    trial.faults += [f"two builds left {name} otherwise" for name in State.of(place).differences(trial.after)]
    return "one refused" if refused else "one after the other"


def other_commit(trial: Trial) -> State:
    """Commit another state of the text on a branch, and return what it builds."""
    place = trial.place
    place.put_back(trial.verb.name)
    place.git("checkout", "--quiet", "-b", "other")
    place.change(INDEX, "The town paid a fourth", OTHER)
    commit(place, "Edit it otherwise")
    place.git("checkout", "--quiet", "main")
    place.keep("checkout")
    place.git("checkout", "--quiet", "other")
    assert place.run(trial.verb.argv).code == 0
    return State.of(place)


def check_out(trial: Trial, wanted: State, moment: int) -> str:
    """Check another commit out at a moment of a build, build again, and return what became of the first."""
    place = trial.place
    place.put_back("checkout")
    ended = place.run(trial.verb.argv, "--at", str(moment), "--do", "git checkout --quiet other")
    products = State.of(place).products
    if ended.code == STOPPED:
        if len(ended.reasons) != 1 or "was changed while it was built" not in ended.err:
            trial.faults.append(f"the refusal does not say why: {ended.err[-300:]}")
        if products != trial.before.products:
            trial.faults.append("refused, and build/ is not what it was")
    elif ended.code or products != trial.after.products:
        trial.faults.append(f"exit code {ended.code}, and build/ is not what was asked for: {ended.err[-300:]}")
    assert place.run(trial.verb.argv).code == 0
    trial.faults += [f"the next build left {name} otherwise" for name in State.of(place).differences(wanted)]
    return "refused" if ended.code == STOPPED else "went through"


def serve_and_check(trial: Trial, times: int) -> int:
    """Serve the site, run the check beside it, and return how often both did what they do alone."""
    place, good = trial.place, 0
    place.put_back("base")
    wanted = place.run(("check",))
    place.put_back("base")
    with closing(Served(place)) as served:
        for number in range(times):
            place.change(INDEX, "The town paid a", "The town paid a")  # its time changes, and it is built again
            found = place.run(("check",))
            if (found.code, found.told) != (wanted.code, wanted.told):
                trial.faults.append(f"check {number} beside serve ended with {found.code}: {found.err[-300:]}")
            elif "The town paid a third" not in served.page():
                trial.faults.append(f"the page beside check {number} is not whole")
            else:
                good += 1
    return good


class Served:
    """`brief serve`, at work."""

    def __init__(self, place: Place) -> None:
        self.process = place.start(("serve", "--port", "0"))
        assert self.process.stdout is not None
        lines = map(bytes.decode, iter(self.process.stdout.readline, b""))
        self.address = next(found[1] for line in lines if (found := re.search(r"http://([\d.]+:\d+)", line)))

    def page(self) -> str:
        """Return the page of the brief; while it is built again, the last one."""
        asked = http.client.HTTPConnection(self.address)
        try:
            asked.request("GET", "/briefs/sample/index.html")
            return asked.getresponse().read().decode()
        except OSError as error:
            return f"no page: {error}"
        finally:
            asked.close()

    def close(self) -> None:
        """End it, and the server that it has started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.communicate()


def try_together(place: Place, points: int, seed: int) -> list[dict[str, Any]]:
    """Try each so many times, and return what happened."""
    dice = random.Random(f"{seed} together")  # noqa: S311  (to be the same again)
    trial = Trial.of(place, KILLED[0])
    twice = Counter(build_twice(trial) for _ in range(points))
    found = [row("two builds at once", twice, trial)]
    wanted = other_commit(trial)
    checkouts = Counter(check_out(trial, wanted, dice.randint(1, trial.moments)) for _ in range(points))
    found.append(row("git checkout during a build", checkouts, trial))
    served = Counter({"both as alone": serve_and_check(trial, points)})
    return [*found, row("serve while check runs", served, trial)]


def row(what: str, counts: Counter[str], trial: Trial) -> dict[str, Any]:
    """Return the result of one, and clear its faults for the next."""
    faults, trial.faults = trial.faults, []
    return {"what": what, "counts": dict(sorted(counts.items())), "faults": faults}
