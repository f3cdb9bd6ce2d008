"""One line for each stage of a verb: moving on a terminal, plain everywhere else."""

import os
import sys
import time
from io import TextIOBase

from rich.console import Console
from rich.status import Status
from rich.text import Text


def is_plain() -> bool:
    """Say whether output should be bare text: no terminal reads it, or the reader asked for that."""
    return not sys.stderr.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"


class Progress:
    """The stages of one run, written to standard error, so that standard output holds results alone."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self.plain = is_plain()
        self._title = ""
        self._started = 0.0
        self._status: Status | None = None
        self._line_open = False

    def begin(self, title: str) -> None:
        """Start a stage."""
        self._title, self._started = title, time.monotonic()
        if self.plain:
            self._write(f"{title} ... ")
            self._line_open = True
        else:
            self._status = self.console.status(title)
            self._status.start()

    def end(self, outcome: str = "done", *, good: bool = True) -> None:
        """Finish the stage, if one is open, with a word and its seconds."""
        words = f"{outcome}, {time.monotonic() - self._started:.1f} s"
        if self._status is not None:
            self._status.stop()
            self._status = None
            mark = Text("✓ ", style="green") if good else Text("✗ ", style="red")
            self.console.print(mark + Text(f"{self._title} ") + Text(words, style="dim"))
        elif self._title:
            self._write(f"{words}\n" if self._line_open else f"{self._title} ... {words}\n")
        self._title, self._line_open = "", False

    def next(self, title: str) -> None:
        """Finish the stage and start another."""
        self.end()
        self.begin(title)

    def note(self, text: str) -> None:
        """Write lines between the stages, such as warnings."""
        if self._status is not None:
            self.console.print(Text(text.rstrip("\n")), soft_wrap=True)
            return
        self._write(("\n" if self._line_open else "") + text.rstrip("\n") + "\n")
        self._line_open = False

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


class NoteStream(TextIOBase):
    """A text stream whose every line becomes a note: Sphinx writes its warnings into it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def write(self, text: str) -> int:
        """Pass text on."""
        if text.strip():
            self._progress.note(text)
        return len(text)
