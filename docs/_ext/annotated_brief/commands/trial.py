"""A change to the text, tried in a copy of the set before the set itself is touched."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from ..checks.anchors import check_anchors
from ..checks.quote_lock import check_quote_lock
from ..checks.works import check_borrowed
from ..diagnostics import Code, Diagnostic, Level
from ..drafting.source_file import DraftError, SourceFile
from ..model.corpus import Corpus
from ..reading.copies import SOURCES, CopyError, stored_copies
from ..reading.domain import brief_domain
from .check import Records, read_record
from .findings import Finding, to_finding, to_text
from .local import attached_works
from .progress import Progress
from .project import Fault, Project, Refusal, failure
from .saving import save_files
from .sphinx_app import Request, sphinx_app, told_by_machine


class Trial:
    """The set as it is, read into *corpus*, and a copy of it in which changes are tried; made by :func:`open_trial`."""

    def __init__(self, project: Project, copy: Project, progress: Progress) -> None:
        self.project, self._copy, self._progress = project, copy, progress
        self._before: set[tuple[str, str, str]] = set()
        self.corpus, found = self._read([], fresh=True)
        self._before = {_without_line(finding) for finding in found}

    def _read(self, changed: Sequence[SourceFile], *, fresh: bool) -> tuple[Corpus, list[Finding]]:
        """Return the records of the copy, and all findings that the *changed* files can bring about."""
        out = self._copy.build
        request = Request(
            builder="dummy", out=out / "out", doctrees=out / "doctrees", fresh=fresh, settings={"nitpicky": True}
        )
        with sphinx_app(self._copy, request, self._progress) as app:
            records = Records(app)
            app.build()
            domain = brief_domain(app.env)
            corpus = domain.corpus()
            found = {to_finding(diagnostic) for diagnostic in domain.diagnostics()}
            found |= {finding for record in records.kept if (finding := read_record(self._copy, record))}
        found |= {to_finding(diagnostic) for diagnostic in self._local(corpus, changed)}
        return corpus, sorted(found, key=lambda finding: (finding.path, finding.line or 0, finding.code))

    def _local(self, corpus: Corpus, changed: Sequence[SourceFile]) -> Iterator[Diagnostic]:
        """Yield what only a checkout can be asked, of the *changed* files and the attached copies."""
        before = check_borrowed(corpus.briefs, [(file.shown, file.before.decode()) for file in changed])
        own = {found.message for found in before}
        borrowed = check_borrowed(corpus.briefs, [(file.shown, file.text) for file in changed])
        yield from (found for found in borrowed if found.message not in own)
        try:
            yield from check_anchors(corpus, dict(attached_works(self.project, corpus)))
            yield from check_quote_lock(corpus, dict(stored_copies(self.project.root, SOURCES)))
        except CopyError as error:
            raise Refusal(str(error)) from None

    def apply(self, changed: Sequence[SourceFile]) -> tuple[Corpus, list[Finding]]:
        """Return the records of the set with the *changed* files, and the findings that it had not before."""
        for file in changed:
            path = self._copy.root / file.path.relative_to(self.project.root)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
            except OSError as error:  # the copy has the modes of the set
                raise failure(error, f"{file.shown}: {error.strerror}; nothing was written") from None
        self._progress.begin("checking")
        corpus, found = self._read(changed, fresh=False)
        new = [finding for finding in found if _without_line(finding) not in self._before]
        self._progress.end("done")
        return corpus, new


def _without_line(finding: Finding) -> tuple[str, str, str]:
    """Return what tells a finding apart from others wherever it stands; numbers of lines in its words do not count."""
    return finding.path, finding.code, re.sub(r":\d+", "", finding.message)


@contextmanager
def open_trial(project: Project, progress: Progress) -> Iterator[Trial]:
    """Copy the set into a folder that goes again, and read it there."""
    with tempfile.TemporaryDirectory(prefix="brief-new-") as folder:
        copy = Project(root=Path(folder).resolve() / "set")
        progress.begin("reading")
        try:
            shutil.copytree(project.docs, copy.docs, ignore=shutil.ignore_patterns("_ext", "__pycache__"))
            for path in project.root.glob("*.bib"):
                shutil.copyfile(path, copy.root / path.name)
        except OSError as error:
            progress.end("failed", good=False)
            reason = told_by_machine(_first(error)) or _first(error)
            raise Refusal(f"the set cannot be copied, to try the change: {reason}") from None
        trial = Trial(project, copy, progress)
        progress.end("done")
        yield trial


def _first(error: Exception) -> str:
    """Return the first of what an error names."""
    return str(error.args[0][0][2] if isinstance(error, shutil.Error) else error)


def finish(
    trial: Trial,
    changed: Sequence[SourceFile],
    same: Callable[[Corpus], str],
    *,
    dry_run: bool,
    later: Mapping[Code, str],
    told: str,
    new: int = 1,
) -> None:
    """Show what the *changed* files do or, unless it is a *dry_run*, write them, and report the new findings.

    Findings of the codes *later* are what is always left to do, and how; other errors fail the run. *told* is what to
    say when all is written; *new* is the number of records that come. Raises :class:`Fault`, before anything is written, where *same* names what reads otherwise
    than it was given, or where another record than the new one comes, goes or changes.
    """
    after, found = trial.apply(changed)
    if fault := same(after) or others_changed(trial.corpus, after, new):
        raise Fault(f"{fault}; nothing was written: put it in other words, or write it by hand")
    if dry_run:
        typer.echo("".join(file.diff() for file in changed), nl=False)
    else:
        save_files(trial.project, changed)
        typer.echo(told)
    waiting = {f"brief.{code}": how for code, how in later.items()}
    wrong = [finding for finding in found if finding.level is not Level.NOTE and finding.code not in waiting]
    if wrong:
        typer.echo(to_text(wrong))
    for code in dict.fromkeys(finding.code for finding in found if finding.code in waiting):
        typer.echo(f"still to do: {waiting[code]} ({code})")
    if any(finding.level is Level.ERROR for finding in wrong):
        raise Fault("it would fail the check" if dry_run else "it is written, and fails the check; mend it there")


_KINDS = ("paragraphs", "annotations", "terms", "actors", "events", "recommendations", "memberships", "sources")


def others_changed(before: Corpus, after: Corpus, expected: int = 1) -> str:
    """Return which record of *before* is gone or says something else in *after*, or that other than *expected* come."""
    new: list[str] = []
    for kind in _KINDS:
        old = {_key(record): record for record in getattr(before, kind)}
        now = {_key(record): record for record in getattr(after, kind)}
        new += [name for _, name in now.keys() - old.keys()]
        for key, record in old.items():
            if key not in now or _words(record) != _words(now[key]):
                return f"‘{record.id}’ would change, too"
    return "" if len(new) == expected else f"{len(new)} records would be new ({', '.join(sorted(new))}), not {expected}"


def _key(record: Any) -> tuple[str, str]:
    """Return what tells a record apart from the others of its kind."""
    return getattr(record, "docname", ""), record.id


def _words(record: Any) -> str:
    """Return what a record says."""
    return f"{getattr(record, 'text', '')}|{getattr(record, 'headline', '')}|{getattr(record, 'title', '')}"


def drafted(make: Callable[[], Any]) -> Any:
    """Return what *make* returns; what cannot be drafted ends the run in one line."""
    try:
        return make()
    except DraftError as error:
        raise Fault(f"{error}; nothing was written") from None
