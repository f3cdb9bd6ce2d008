"""Run a verb, and at a chosen moment kill its group or run another command.

``driver.py FOLDER [--web] [--count FILE] [--at N] [--after SECONDS] [--do COMMAND] -- VERB…``

A moment is the N-th time that the run opens a file for writing below FOLDER, or makes, renames or removes one; Python tells
so before it is done. With ``--after`` the kill comes that much later, in the midst of what follows.
"""

from __future__ import annotations

import argparse
import mmap
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.copyfile"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watch:
    """Counts the moments, in this process and in those that it forks."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.folder = options, str(options.folder)
        self.shared = mmap.mmap(-1, 8)

    @property
    def count(self) -> int:
        """How many moments there were."""
        return int.from_bytes(self.shared[:8], "little")

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an audit event."""
        if (event == "open" and arguments[2] & WRITING) or event in CHANGES:
            place = arguments[0]
            # What is removed with a whole folder has relative names.
            if isinstance(place, str | bytes | os.PathLike) and os.fsdecode(place).startswith(self.folder):
                self.shared[:8] = (self.count + 1).to_bytes(8, "little")
                if self.count == self.options.at:
                    self.act()

    def act(self) -> None:
        """Do what was asked for."""
        if self.options.do:
            subprocess.run(
                shlex.split(self.options.do), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        elif self.options.after:
            threading.Thread(target=self.kill, daemon=True).start()
        else:
            os.killpg(0, signal.SIGKILL)

    def kill(self) -> None:
        """Kill the group a little later."""
        time.sleep(self.options.after)
        os.killpg(0, signal.SIGKILL)


def ask_locally() -> None:
    """Let every host be this machine, as in the tests, and hosts be asked without pauses."""
    from annotated_brief.network.client import open_client  # noqa: PLC0415
    from annotated_brief.network.limits import Limits  # noqa: PLC0415
    from local_web import LocalNames  # noqa: PLC0415

    links = sys.modules["annotated_brief.commands.links"]  # whose name the package gives to the function in it
    links.open_client = partial(open_client, permit=lambda ip: ip == "127.0.0.1", resolver=LocalNames())  # type: ignore[attr-defined]
    links.Limits = partial(Limits, pause=0.0, back_off=0.0)  # type: ignore[attr-defined]


def main() -> None:
    """Run the verb."""
    cut = sys.argv.index("--")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--web", action="store_true")
    parser.add_argument("--count", type=Path)
    parser.add_argument("--at", type=int, default=0)
    parser.add_argument("--after", type=float, default=0.0)
    parser.add_argument("--do", default="")
    options = parser.parse_args(sys.argv[1:cut])
    from annotated_brief import commands  # noqa: PLC0415  (before the watch begins)

    if options.web:
        ask_locally()
    sys.argv = ["brief", *sys.argv[cut + 1 :]]
    watch = Watch(options)
    sys.addaudithook(watch)
    try:
        commands.main()
    finally:
        if options.count:
            options.count.write_text(str(watch.count), encoding="utf-8")


if __name__ == "__main__":
    main()
