"""Sphinx, run in this process."""

import gc
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
from .project import Fault, Project


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
        with patch_docutils(project.docs), docutils_namespace(), _patience():
            yield Sphinx(
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
    except BaseException as error:
        progress.end("failed", good=False)
        for worker in multiprocessing.active_children():  # one that waits to be heard would keep this process alive
            worker.terminate()
        if isinstance(error, SphinxError):
            raise Fault(unreadable(project) or f"{error.category}: {condense(str(error))}") from error
        if isinstance(error, UnicodeError | OSError) and (found := unreadable(project)):
            raise Fault(found) from error  # of a document that is read in this process
        raise


@contextmanager
def _patience() -> Iterator[None]:
    """Have Python look for garbage less often.

    A doctree is one large cycle, and lives long; with Python's own thresholds a quarter of a reading went into looking
    at living ones (measured: 8.2 s of the processor's time to 5.9 s, for 5 % more memory).
    """
    before = gc.get_threshold()
    gc.set_threshold(500_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
