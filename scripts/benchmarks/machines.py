"""Two machines that differ in everything that must not matter to a build, and the first difference of what they make."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ELSEWHERE = Path(__file__).with_name("elsewhere.py")
NAMESPACE = ("unshare", "--user")  # a process without a name of its own: the system calls it “nobody”
FIRST_BYTES = 40  # shown of a difference


class NoOtherUserError(Exception):
    """This machine lets nobody be another user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How one machine differs from another; *called* says it in the page on reproduction."""

    called: Mapping[str, str]
    folder: str
    umask: int
    processors: int
    order: str
    settings: Mapping[str, str] = field(default_factory=dict)
    other_user: bool = False

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment of a process there, with *home* for the user and for temporary files."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        return {**kept, "HOME": str(home), "TMPDIR": str(home), "NO_COLOR": "1", **self.settings}

    def run(
        self, argv: Sequence[str | Path], *, folder: Path, home: Path, user: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program there: as the *user*, which takes an administrator, or as one without a name."""
        nameless = self.other_user and not user
        if nameless and not can_be_nameless():
            raise NoOtherUserError(
                "NOT CHECKED: `unshare --user` does not work here, so nothing can run as another user"
            )
        return subprocess.run(
            [*(NAMESPACE if nameless else ()), *map(str, argv)],
            cwd=folder,
            env={**self.environment(home), **settings},
            umask=self.umask,
            user=user or None,
            group=group_of(user) if user else None,
            extra_groups=[] if user else None,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def python(self, python: str | Path, *words: str, driver: Path = ELSEWHERE) -> list[str | Path]:
        """Return the call of a Python module there: its name and arguments, run by the *driver*."""
        return [python, "-P", driver, str(self.processors), self.order, *words]


HERE = Machine(
    called={
        "path": "short",
        "user": "the one who runs it",
        "locale": "C.UTF-8",
        "time zone": "Pacific/Chatham (UTC+12:45)",
        "umask": "022",
        "hash seed": "1",
        "processes (`-j`)": "1",
        "files of a folder": "in order",
    },
    folder="here",
    umask=0o022,
    processors=1,
    order="forwards",
    settings={
        "LC_ALL": "C.UTF-8",
        "TZ": "Pacific/Chatham",
        "PYTHONHASHSEED": "1",
        "USER": "anna",
        "LOGNAME": "anna",
        "COLUMNS": "80",
    },
)
THERE = Machine(
    called={
        "path": "longer, with spaces",
        "user": "another",
        "locale": "C, which is ASCII, and Russian for messages",
        "time zone": "Pacific/Marquesas (UTC−9:30)",
        "umask": "077",
        "hash seed": "2",
        "processes (`-j`)": "4",
        "files of a folder": "in reverse order",
    },
    folder="another place, further down",
    umask=0o077,
    processors=4,
    order="backwards",
    settings={
        "LC_ALL": "C",
        "LANGUAGE": "ru",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "TZ": "Pacific/Marquesas",
        "PYTHONHASHSEED": "2",
        "USER": "boris",
        "LOGNAME": "boris",
        "COLUMNS": "200",
    },
    other_user=True,
)
MACHINES = (HERE, THERE)


def group_of(user: str) -> int:
    """Return the group of a user of this system."""
    import pwd  # noqa: PLC0415  (Windows has none)

    return pwd.getpwnam(user).pw_gid


def can_be_nameless() -> bool:
    """Return whether a process can leave its name behind here."""
    found = shutil.which(NAMESPACE[0])
    return bool(found) and not subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield each file that differs between two folders, by name, with the first bytes that do."""
    first, second = digests(one), digests(other)
    for name in sorted(first.keys() | second.keys()):
        if name not in first or name not in second:
            yield f"{name}: only in {one if name in first else other}"
        elif first[name] != second[name]:
            yield f"{name}: {first_difference((one / name).read_bytes(), (other / name).read_bytes())}"


def first_difference(one: bytes, other: bytes) -> str:
    """Return where two contents begin to differ, and what stands there."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"from byte {same} on, {one[same:][:FIRST_BYTES]!r} and {other[same:][:FIRST_BYTES]!r}"
