"""Where the project stands, and the two ways in which a verb can stop."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Interrupted(Exception):
    """Somebody has ended a question; the message says what became of it."""


class Fault(Exception):
    """Something in the project is wrong: exit code 1."""


class Refusal(Exception):
    """Something in the machine or the folder keeps a verb from running: exit code 3."""


_FULL = "the disk is full: free some room and run again"
_CLOSED = "make the project writable for you, or copy it to a folder of your own"
REMEDIES = {  # what the machine says that is no fault of the text, and what helps
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _CLOSED,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
}


def failure(error: OSError, message: str) -> Fault | Refusal:
    """Return how a verb stops that could not write, as *message* says: where the machine is the cause, with a remedy."""
    remedy = REMEDIES.get(error.errno or 0)
    return Refusal(f"{message}; {remedy}") if remedy else Fault(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The folders of one checkout."""

    root: Path

    @property
    def docs(self) -> Path:
        """The sources, with conf.py."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """Everything made, and nothing else."""
        return self.root / "build"

    def shorten(self, path: Path) -> str:
        """Return a path as a reader would type it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def git(self, *arguments: str) -> str | None:
        """Return what git says in the project's folder, or None where it fails or there is no git."""
        argv = ["git", "--no-optional-locks", *arguments]  # a lock that a kill leaves would stop the author’s git
        try:
            done = subprocess.run(argv, cwd=self.root, capture_output=True, check=False)
        except FileNotFoundError:
            return None
        return None if done.returncode else done.stdout.decode(errors="replace")

    @contextmanager
    def only_one_run(self, folder: str = "build") -> Iterator[None]:
        """Keep two runs from writing into one folder; the system frees the lock when its holder ends, however it ends.

        So no lock goes stale. Who holds it stands in the file, for the other to say.
        """
        state = self.root / ".tools"
        state.mkdir(exist_ok=True)
        with (state / f"{folder.replace('/', '-')}.lock").open("a+b") as file:
            try:
                if sys.platform == "win32":
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                raise Refusal(
                    f"another `brief`{_holder(file)} is writing to {folder}/: wait until it is done and run again"
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            yield


def _holder(file: IO[bytes]) -> str:
    """Return who holds the lock *file*, where that can be read: Windows lets nobody else read it."""
    try:
        file.seek(0)
        number = file.read().decode()
    except OSError:
        return ""
    return f" (process {number})" if number.isdecimal() else ""


def find_project() -> Project:
    """Return the project that this package belongs to or, for a copy installed elsewhere, the one around us."""
    here = Path.cwd()
    for folder in (Path(__file__).resolve().parents[4], here, *here.parents):
        if (folder / "docs" / "conf.py").is_file() and (folder / "pyproject.toml").is_file():
            return Project(root=folder)
    raise Refusal(f"no project in {here} or above it: go to a folder that has docs/conf.py, and run again")
