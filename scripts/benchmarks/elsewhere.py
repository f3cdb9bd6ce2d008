"""Run a module as on another machine: ``elsewhere.py PROCESSORS forwards|backwards MODULE WORDS…``.

Python then sees so many processors, which is how many processes Sphinx uses, and gets the names in a folder in their
order or in its reverse: which one a file system lists them in is its own affair.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Self

listdir, scandir = os.listdir, os.scandir


class Scan:
    """The entries of a folder in order, in the form of `os.scandir`."""

    backwards = False

    def __init__(self, path: str = ".") -> None:
        with scandir(path) as found:
            self._entries = iter(sorted(found, key=lambda entry: entry.name, reverse=self.backwards))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Do nothing: the folder was closed when it was read."""


def main() -> None:
    """Change what Python sees, and hand over."""
    processors, order, module, *words = sys.argv[1:]
    Scan.backwards = order == "backwards"
    os.cpu_count = lambda: int(processors)
    os.listdir = lambda path=".": sorted(listdir(path), reverse=Scan.backwards)  # type: ignore[assignment]
    os.scandir = Scan  # type: ignore[assignment]
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
