"""`brief check`: every finding in the text, from a fresh reading; the single gate of the edition."""

import datetime as dt
import logging
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from sphinx.application import Sphinx
from sphinx.util.logging import OnceFilter, WarningLogRecordTranslator, WarningSuppressor

from ..diagnostics import Code, Level
from ..reading.domain import brief_domain
from .findings import WRITERS, Finding, Format, count, to_finding
from .local import find_local
from .progress import Progress
from .project import Project, find_project
from .sphinx_app import Request, sphinx_app


def read_code(text: str) -> str:
    """Return a code as findings bear it: `bad-date` and `brief.bad-date` both name `brief.bad-date`.

    Codes of Sphinx and MyST have a dot, as `myst.header`; which of them there are is theirs to say.
    """
    name = text.removeprefix("brief.")
    if name == text and "." in text:
        return text
    if name not in {str(code) for code in Code}:
        raise typer.BadParameter(f"there is no code ‘{text}’; docs/contributing/check.md lists them")
    return f"brief.{name}"


def read_day(text: str) -> str:
    """Return a day as ISO 8601 writes it."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"‘{text}’ is no day; write YYYY-MM-DD") from None


Codes = list[str]


def check(
    *,
    form: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    only: Annotated[
        Codes | None, typer.Option("--only", parser=read_code, metavar="CODE", help="Look for this alone; repeatable.")
    ] = None,
    ignore: Annotated[
        Codes | None, typer.Option("--ignore", parser=read_code, metavar="CODE", help="Pass over this; repeatable.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="List the notes one by one, not only their number.")] = False,
    today: Annotated[
        str | None, typer.Option(parser=read_day, metavar="DATE", help="Judge review dates as of this day.")
    ] = None,
) -> None:
    """List every finding in the text; with attached copies, compare anchors and quotations with them.

    Every document is read anew; each finding comes with file, line and hint. Errors fail the check (exit code 1);
    warnings and notes do not.
    """
    project, progress = find_project(), Progress()
    progress.begin("reading")
    findings = choose(find(project, progress, today or ""), only or [], ignore or [])
    progress.end(count(findings), good=not any(finding.level is Level.ERROR for finding in findings))
    shown = [found for found in findings if notes or form is not Format.TEXT or found.level is not Level.NOTE]
    if (shown or not findings or form is not Format.TEXT) and (output := WRITERS[form](shown)):
        typer.echo(output)
    if form is Format.TEXT and len(shown) < len(findings):
        typer.echo(summarise(found for found in findings if found not in shown))
    if any(finding.level is Level.ERROR for finding in findings):
        raise typer.Exit(1)


def choose(findings: Sequence[Finding], only: list[str], ignore: list[str]) -> list[Finding]:
    """Return those findings that were asked for; a code that is ignored for nothing is a finding itself."""
    kept = [found for found in findings if (not only or found.code in only)]
    fired = {found.code for found in findings}
    stale = [
        Finding(
            path="",
            line=None,
            code=f"brief.{Code.UNUSED_IGNORE}",
            message=f"--ignore {code}: nothing fires with that code",
            hint="take the option away",
        )
        for code in dict.fromkeys(ignore)
        if code not in fired
    ]
    return [*(found for found in kept if found.code not in ignore), *stale]


def summarise(notes: Iterable[Finding]) -> str:
    """Return one line on the notes that are not listed: how many of each code."""
    counts = Counter(found.code for found in notes)
    listed = ", ".join(f"{number} × {code}" for code, number in sorted(counts.items()))
    return f"{counts.total()} notes not listed: {listed} (--notes lists them)"


def find(project: Project, progress: Progress, today: str = "") -> list[Finding]:
    """Return all findings, sorted by place.

    The reading is fresh, in a folder of its own: Sphinx says nothing of a document that it need not read again.
    """
    settings: dict[str, Any] = {"nitpicky": True, **({"brief_today": today} if today else {})}
    with tempfile.TemporaryDirectory(prefix="brief-check-") as folder:
        out = Path(folder)
        request = Request(builder="dummy", out=out / "out", doctrees=out / "doctrees", fresh=True, settings=settings)
        with sphinx_app(project, request, progress) as app:
            records = Records(app)
            app.build()
            domain = brief_domain(app.env)
            found = {to_finding(diagnostic) for diagnostic in domain.diagnostics()}
            found |= {to_finding(diagnostic) for diagnostic in find_local(project, domain.corpus())}
            found |= {finding for record in records.kept if (finding := read_record(project, record))}
    return sorted(found, key=lambda finding: (finding.path, finding.line or 0, finding.code, finding.message))


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
