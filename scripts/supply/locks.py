"""The packages of the locks: which files may be installed, and who asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD, TEST = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
BLOCK = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\\n(?P<rest>(?:[ \t]+.*\n)*)", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One version of one package.

    A hash belongs to a file of that version: a wheel for one system, or the source. *needed_by* holds names of packages, and
    of groups of pyproject.toml in brackets.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]


def read_lock(path: Path) -> list[Pin]:
    """Return the pins of a lock; raise :class:`ValueError` where a line of it belongs to none."""
    text = path.read_text("utf-8")
    if left := BLOCK.sub("", text).strip():
        raise ValueError(f"{path.name}: these lines belong to no pin with a hash: {left[:200]!r}")
    return list(_pins(text))


def _pins(text: str) -> Iterator[Pin]:
    """Yield the pins in a text of a lock."""
    for found in BLOCK.finditer(text):
        yield Pin(
            name=found["name"],
            version=found["version"],
            marker=found["marker"] or "",
            hashes=tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})(?!\w)", found["rest"])),
            needed_by=tuple(
                re.findall(r"^ +# +(?:via )?(\[?[a-z0-9-]+\]?)(?: \(\S+\))?$", found["rest"], re.MULTILINE)
            ),
        )
