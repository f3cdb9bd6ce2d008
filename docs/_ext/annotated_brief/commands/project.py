"""Where the project stands, and the two ways in which a verb can stop."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Fault(Exception):
    """Something in the project is wrong: exit code 1."""


class Refusal(Exception):
    """Something in the machine or the folder keeps a verb from running: exit code 3."""


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
        argv = ["git", *arguments]
        try:
            done = subprocess.run(argv, cwd=self.root, capture_output=True, check=False)
        except FileNotFoundError:
            return None
        return None if done.returncode else done.stdout.decode(errors="replace")

    @contextmanager
    def only_one_run(self) -> Iterator[None]:
        """Keep two builds from writing into the same folders; the system frees the lock when its holder ends."""
        state = self.root / ".tools"
        state.mkdir(exist_ok=True)
        with (state / "build.lock").open("ab") as file:
            try:
                if sys.platform == "win32":
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                raise Refusal("another `brief` is writing to build/: wait until it is done and run again") from None
            yield


def find_project() -> Project:
    """Return the project that this package belongs to or, for a copy installed elsewhere, the one around us."""
    here = Path.cwd()
    for folder in (Path(__file__).resolve().parents[4], here, *here.parents):
        if (folder / "docs" / "conf.py").is_file() and (folder / "pyproject.toml").is_file():
            return Project(root=folder)
    raise Refusal(f"no project in {here} or above it: go to a folder that has docs/conf.py, and run again")
