"""A file of the author, kept letter by letter: what is put into it takes its line ends, and nothing else moves."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from pathlib import Path

_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?\r?$", re.MULTILINE)  # as git leaves them


class DraftError(ValueError):
    """Something that cannot be written as asked; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The text of one file with its own line ends; *shown* is the path to print."""

    path: Path
    shown: str
    text: str
    before: bytes  # as it was read

    @property
    def content(self) -> bytes:
        """The bytes to write."""
        return self.text.encode()

    @property
    def end(self) -> str:
        """The line end that most lines have."""
        return "\r\n" if 2 * self.text.count("\r\n") > self.text.count("\n") else "\n"

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; the last one is what follows the last end."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def with_block(self, line: int, block: str) -> SourceFile:
        """Return the file with *block* before *line* (counted from 0), and an empty line between it and others."""
        rows = re.findall(r"[^\n]*\n|[^\n]+", self.text)
        above, below = rows[:line], rows[line:]
        if above and not above[-1].endswith("\n"):
            above[-1] += self.end
        added = [row + self.end for row in block.rstrip("\n").split("\n")]
        before = [self.end] if above and above[-1].strip() else []
        after = [self.end] if below and below[0].strip() else []
        return replace(self, text="".join([*above, *before, *added, *after, *below]))

    def with_words(self, start: int, end: int, words: str) -> SourceFile:
        """Return the file with *words* in place of what stands between two places, in characters."""
        return replace(self, text=self.text[:start] + words + self.text[end:])

    def diff(self) -> str:
        """Return what is changed, as a unified diff."""
        old = self.before.decode().splitlines(keepends=True)
        found = difflib.unified_diff(
            old, self.text.splitlines(keepends=True), f"a/{self.shown}", f"b/{self.shown}", n=2
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def load_file(path: Path, shown: str) -> SourceFile:
    """Return the file *path*.

    Raises :class:`DraftError` where it cannot be read, is not in UTF-8, or holds a merge that nobody has resolved.
    """
    try:
        data = path.read_bytes()
        text = data.decode()
    except OSError as error:
        raise DraftError(f"{shown}: it cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DraftError(f"{shown}:{line}: it is not in UTF-8 (byte {error.start:,}); save it as UTF-8") from None
    if found := _CONFLICT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DraftError(f"{shown}:{line}: a merge conflict stands here; resolve it, and run again")
    return SourceFile(path=path, shown=shown, text=text, before=data)
