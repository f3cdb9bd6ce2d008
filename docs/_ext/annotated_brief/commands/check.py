"""`brief check`: every finding in the text, from a fresh reading."""

import logging
import re
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from sphinx.application import Sphinx
from sphinx.util.logging import OnceFilter, WarningLogRecordTranslator, WarningSuppressor

from ..diagnostics import Diagnostic
from ..reading.domain import brief_domain
from .findings import WRITERS, Finding, Format
from .progress import Progress
from .project import Project, find_project
from .sphinx_app import Request, sphinx_app


def check(
    *,
    form: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
) -> None:
    """List every finding in the text.

    Every document is read anew; each finding comes with file, line and hint.
    """
    project, progress = find_project(), Progress()
    progress.begin("reading")
    findings = find(project, progress)
    if output := WRITERS[form](findings):
        typer.echo(output)
    if findings:
        raise typer.Exit(1)


def find(project: Project, progress: Progress) -> list[Finding]:
    """Return all findings, sorted by place.

    The reading is fresh, in a folder of its own: Sphinx says nothing of a document that it need not read again.
    """
    with tempfile.TemporaryDirectory(prefix="brief-check-") as folder:
        out = Path(folder)
        request = Request(
            builder="dummy", out=out / "out", doctrees=out / "doctrees", fresh=True, settings={"nitpicky": True}
        )
        with sphinx_app(project, request, progress) as app:
            records = Records(app)
            app.build()
            found = {to_finding(diagnostic) for diagnostic in brief_domain(app.env).diagnostics()}
            found |= {finding for record in records.kept if (finding := read_record(project, record))}
            progress.end("clean" if not found else "findings", good=not found)
    return sorted(found, key=lambda finding: (finding.path, finding.line or 0, finding.code, finding.message))


def to_finding(diagnostic: Diagnostic) -> Finding:
    """Return a diagnostic of the extension as a finding."""
    return Finding(
        path=diagnostic.location.path,
        line=diagnostic.location.line,
        code=f"brief.{diagnostic.code}",
        message=diagnostic.message,
        hint=diagnostic.hint,
    )


class Records(logging.Handler):
    """What Sphinx and the other extensions warn of, in place of its printing."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[logging.LogRecord] = []
        logger = logging.getLogger("sphinx")
        for handler in logger.handlers[:]:
            if handler.level >= logging.WARNING:
                logger.removeHandler(handler)
        for wanted in (WarningSuppressor(app), WarningLogRecordTranslator(app), OnceFilter()):
            self.addFilter(wanted)
        logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.kept.append(record)


def read_record(project: Project, record: logging.LogRecord) -> Finding | None:
    """Return a warning as a finding; the extension's own are there as diagnostics already."""
    kind, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
    if kind == "brief":
        return None
    path, line = split_location(project, str(getattr(record, "location", None) or ""))
    code = ".".join(str(part) for part in (kind, subtype) if part) or "sphinx"
    message = logging.LogRecord.getMessage(record)  # Sphinx's own adds the place, MyST the code
    return Finding(path=path, line=line, code=code, message=re.sub(rf"(?: \[{re.escape(code)}\])+$", "", message))


def split_location(project: Project, location: str) -> tuple[str, int | None]:
    """Split `path:line`, or a bare path; a path in the project is given from its root."""
    found = re.fullmatch(r"(.*?)(?::(\d+|<[^>]*>))?", location)
    path, line = (found.group(1), found.group(2)) if found else (location, None)
    return project.shorten(Path(path)) if path else "", int(line) if line and line.isdigit() else None
