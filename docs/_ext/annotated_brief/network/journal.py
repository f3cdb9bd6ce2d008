"""What was answered so far, so that an interrupted survey goes on where it stopped."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Self, TextIO

from ..model.records import LinkCheck
from ..model.vocabulary import Light

_LIGHTS = {str(light): light for light in Light}
_FRESH = dt.timedelta(days=1)  # older answers are asked for again


class Journal:
    """A file with one JSON line an answer, each written at once; a line torn by an interrupt is left out.

    A context manager: the file goes when all went well, and stays after an interrupt. Without a *path* nothing is
    written. Answers whose light is in *anew* are asked for again.
    """

    def __init__(self, path: Path | None, today: dt.date, *, anew: Collection[Light] = ()) -> None:
        self.path, self.today = path, today
        self.answers: dict[str, LinkCheck] = {}
        self._file: TextIO | None = None
        lines = path.read_text("utf-8", errors="replace").splitlines() if path is not None and path.exists() else []
        for line in lines:
            try:
                found = json.loads(line)
                check = LinkCheck(**{**found, "light": _LIGHTS[found["light"]]})
                fresh = today - dt.date.fromisoformat(check.checked) <= _FRESH
            except (ValueError, KeyError, TypeError):
                continue
            if fresh:
                self.answers[check.url] = check
        self.answers = {url: check for url, check in self.answers.items() if check.light not in anew}

    def add(self, check: LinkCheck) -> None:
        """Write down one answer."""
        self.answers[check.url] = check
        if self.path is None:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
            self._file = self.path.open("a", encoding="utf-8", newline="\n")
            self._file.write("\n" if torn else "")
        self._file.write(_line(check))
        self._file.flush()

    def withdraw(self, urls: Collection[str]) -> None:
        """Take the answers of *urls* out again."""
        self.answers = {url: check for url, check in self.answers.items() if url not in urls}
        if self.path is not None:
            self._close()
            draft = self.path.with_name(f".{self.path.name}.tmp")
            draft.write_text("".join(map(_line, self.answers.values())), encoding="utf-8", newline="\n")
            draft.replace(self.path)

    def _close(self) -> None:
        """Close the file, if it is open."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Return the journal itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close the file, and take it away unless something went wrong."""
        self._close()
        if kind is None and self.path is not None:
            self.path.unlink(missing_ok=True)


def _line(check: LinkCheck) -> str:
    """Return *check* as a line of the file."""
    return json.dumps({**asdict(check), "light": str(check.light)}) + "\n"
