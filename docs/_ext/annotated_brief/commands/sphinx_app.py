"""Sphinx, run in this process."""

import logging
import multiprocessing
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..reading.sources import BibliographyError, parse_bibliography
from .progress import NoteStream, Progress, is_plain
from .project import REMEDIES, Fault, Project, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What Sphinx is asked to do."""

    builder: str
    out: Path
    doctrees: Path
    fresh: bool = False
    strict: bool = False
    verbose: bool = False
    warn: bool = True
    settings: dict[str, Any] = field(default_factory=dict)


@contextmanager
def sphinx_app(project: Project, request: Request, progress: Progress) -> Iterator[Sphinx]:
    """Make the application for one builder; its warnings become notes, its faults one line."""
    if is_plain():
        nocolor()
    for folder in (request.out, request.doctrees):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with patch_docutils(project.docs), docutils_namespace():
            app = Sphinx(
                srcdir=project.docs,
                confdir=project.docs,
                outdir=request.out,
                doctreedir=request.doctrees,
                buildername=request.builder,
                confoverrides={"nitpicky": True, **request.settings} if request.strict else request.settings,
                status=sys.stdout if request.verbose else None,
                warning=cast("IO[str]", NoteStream(progress)) if request.warn else None,
                freshenv=request.fresh,
                warningiserror=request.strict,
                parallel=os.cpu_count() or 1,
                verbosity=1 if request.verbose else 0,
            )
            unwritten = Unwritten()
            yield app
            if unwritten.message:
                raise Refusal(unwritten.message)
    except BaseException as error:
        progress.end("failed", good=False)
        for worker in multiprocessing.active_children():  # one that waits to be heard would keep this process alive
            worker.terminate()
        if isinstance(error, SphinxError) and (reason := told_by_machine(str(error))):
            raise Refusal(reason) from error
        if isinstance(error, SphinxError):
            raise Fault(unreadable(project) or f"{error.category}: {condense(str(error))}") from error
        if isinstance(error, UnicodeError | OSError) and (found := unreadable(project)):
            raise Fault(found) from error  # of a document that is read in this process
        raise


class Unwritten(logging.Handler):
    """Listens for files that Sphinx could not write: it only warns of them, and would leave the half that was written."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.message = ""
        logging.getLogger("sphinx").addHandler(self)  # Sphinx takes it away with its own, before the next run

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the first such message comes to."""
        self.message = self.message or told_by_machine(logging.LogRecord.getMessage(record))


def told_by_machine(message: str) -> str:
    """Return what a *message* of Sphinx with an error of the machine in it comes to, with a remedy, or nothing."""
    found = re.search(r"(?:\[Errno |Error\()(\d+)", message)
    number = int(found[1]) if found else 0
    return f"{os.strerror(number)}; {REMEDIES[number]}" if number in REMEDIES else ""


def unreadable(project: Project) -> str:
    """Return which source cannot be read, and why, or nothing: Sphinx names neither the file nor the line."""
    for path in sorted((*project.docs.rglob("*.md"), *project.root.glob("*.bib"))):
        try:
            data = path.read_bytes()
            data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return f"{project.shorten(path)}:{line}: it is not in UTF-8 (byte {error.start:,}); save it as UTF-8"
        except OSError as error:
            return f"{project.shorten(path)}: it cannot be read ({error.strerror})"
    for path in sorted(project.root.glob("*.bib")):
        try:
            parse_bibliography(path)
        except BibliographyError as error:
            return f"{project.shorten(path)}:{error}"
    return ""


def condense(message: str) -> str:
    """Return a message of Sphinx as one line; of a traceback in it only the last place and the error."""
    head, found, trace = message.partition("Traceback (most recent call last):")
    if not found:
        return " ".join(message.split())
    places = re.findall(r'File "(.*?)", line (\d+)', trace)
    place = ":".join(places[-1]) + ": " if places else ""
    return f"{' '.join(head.split())} {place}{trace.strip().splitlines()[-1]}"
