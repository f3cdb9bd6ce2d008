"""A small edition in a folder of its own, with git, where verbs can be run, stopped and compared."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
BASE = REPOSITORY / "tests" / "roots" / "base"
PACKAGE = REPOSITORY / "docs" / "_ext" / "annotated_brief"
DRIVER = Path(__file__).with_name("driver.py")
PRODUCTS = ("html", "pdf", "epub", "parts/sample", "readings/sample")  # folders below build/
STRAY = (".*.tmp", ".*.new", ".*.old", ".unfinished", ".*.txt.*", "index.lock", "pending.json")
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, below zero where it was killed, and what it said."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> list[str]:
        """What it said as its result, without the time that it took."""
        return [line for line in self.out.splitlines() if not line.startswith("seconds ")]

    @property
    def reasons(self) -> list[str]:
        """The lines in which it says why it stopped."""
        return [line for line in self.err.splitlines() if line.startswith("brief: ")]


@dataclass(frozen=True, slots=True)
class Place:
    """The edition in *home*, beside the folder for what is temporary; what both need for their runs is in *scratch*."""

    home: Path
    scratch: Path

    @property
    def root(self) -> Path:
        """The project."""
        return self.home / "project"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files."""
        return self.home / "temporary"

    @property
    def article(self) -> Path:
        """A copy of the article, outside the project."""
        return self.scratch / "article.txt"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of each run: with a copy of the package, whose project is then the one around it."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(map(str, (self.scratch / "library", REPOSITORY / "tests"))),
            "TMPDIR": str(self.temporary),
            "NO_COLOR": "1",
            "PYTHONUNBUFFERED": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }

    def argv(self, verb: tuple[str, ...], *driven: str) -> list[str]:
        """Return the call of a *verb*, with what the driver is asked to do meanwhile; it watches the project."""
        words = [word.replace("{article}", str(self.article)).replace("{home}", str(self.home)) for word in verb]
        return [sys.executable, "-P", str(DRIVER), str(self.root), *driven, "--", *words]

    def start(self, verb: tuple[str, ...], *driven: str) -> subprocess.Popen[bytes]:
        """Start a verb as the leader of a group of its own."""
        return subprocess.Popen(
            self.argv(verb, *driven),
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, verb: tuple[str, ...], *driven: str) -> Ended:
        """Run a verb to its end."""
        return wait(self.start(verb, *driven))

    def git(self, *arguments: str) -> str:
        """Return what git says of the project."""
        argv = ["git", *arguments]
        done = subprocess.run(argv, cwd=self.root, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def visible(self) -> Files:
        """Return every file that git holds or would take in, and the reader's copies: what nobody can make again."""
        listed = self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        copies = [path.relative_to(self.root).as_posix() for path in (self.root / ".sources").rglob("[!.]*.txt")]
        paths = {name: self.root / name for name in {*listed, *copies} if name}
        return {name: path.read_bytes() for name, path in sorted(paths.items()) if path.exists()}

    def product(self, name: str) -> Files:
        """Return the files of one product, or part, that others go on from; none where it is not there."""
        return files_below(self.root / "build" / name)

    def set_aside(self, name: str) -> Files:
        """Return the product that a kill between two renames leaves under another name."""
        shown = self.root / "build" / name
        return files_below(shown.with_name(f".{shown.name}.old"))

    def stray(self) -> list[str]:
        """Return what no run that has ended well leaves."""
        found = (path for pattern in STRAY for path in self.root.rglob(pattern))
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def keep(self, name: str) -> None:
        """Keep the project as it is, under a name."""
        kept = self.scratch / "kept" / name
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.root, kept, symlinks=True)

    def put_back(self, name: str) -> None:
        """Make the project what it was when it was kept under that name."""
        for folder in (self.root, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.scratch / "kept" / name, self.root, symlinks=True)
        self.temporary.mkdir(parents=True)

    def change(self, name: str, old: str, new: str) -> None:
        """Put other words into a file of the project."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} does not say ‘{old}’"
        path.write_text(text.replace(old, new), encoding="utf-8")


def wait(process: subprocess.Popen[bytes]) -> Ended:
    """Return how a run ended, once all of its group have: each of them holds the pipe."""
    out, err = process.communicate()
    return Ended(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


def files_below(folder: Path) -> Files:
    """Return all files below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _content(path) for path in paths}


def _content(path: Path) -> bytes:
    """Return what is in a file; of one that Python has pickled, whose bytes are not the same each time, what it stands for."""
    data = path.read_bytes()
    if path.suffix not in {".pickle", ".doctree"}:
        return data
    try:
        found = pickle.loads(data)  # noqa: S301  (made by the run that is tried)
    except (EOFError, pickle.UnpicklingError):
        return data
    return found.pformat().encode() if path.suffix == ".doctree" else f"{sorted(found.all_docs)}".encode()


def make_place(scratch: Path) -> Place:
    """Make the place below *scratch*: the base edition of the tests, committed, and kept as ``base``."""
    place = Place(scratch / "home", scratch)
    shutil.copytree(PACKAGE, scratch / "library" / "annotated_brief", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(BASE, place.root, ignore=shutil.ignore_patterns("article.txt"))
    shutil.copyfile(BASE / "article.txt", place.article)
    shutil.copyfile(REPOSITORY / ".gitignore", place.root / ".gitignore")
    (place.root / "pyproject.toml").write_text('[project]\nname = "small"\nversion = "1"\n', encoding="utf-8")
    place.temporary.mkdir()
    place.git("init", "--quiet", "--initial-branch", "main")
    place.git("config", "user.name", "A. Writer")
    place.git("config", "user.email", "writer@example.org")
    commit(place, "Begin")
    place.keep("base")
    return place


def commit(place: Place, message: str) -> None:
    """Commit all that there is."""
    place.git("add", "--all")
    place.git("commit", "--quiet", "--message", message)
