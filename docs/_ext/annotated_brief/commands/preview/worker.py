"""The process that keeps the site: it has read everything, and reads and writes what a change touches.

Run as ``python -m annotated_brief.commands.preview ROOT OUT [fresh]``. Each line of the standard input names a stage, in the
order of :class:`Stage`; each gets one :class:`Report` as a line of JSON on the standard output.
"""

import json
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ...config import Stage
from ...diagnostics import Level
from ...reading.domain import brief_domain
from ..check import Records, read_record
from ..findings import Finding, to_finding
from ..progress import Progress
from ..project import Fault, Project
from ..sphinx_app import Request, sphinx_app

_TICK = 20_000  # µs: file systems date a file by a clock that is behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a stage has done: the pages that it wrote, and what is to be mended now; *failed* says why it did nothing."""

    stage: str
    pages: tuple[str, ...] = ()  # docnames
    findings: tuple[Finding, ...] = ()
    failed: str = ""
    seconds: float = 0.0


def read_report(line: str | bytes) -> Report:
    """Return a report that was written as JSON."""
    said = json.loads(line)
    findings = tuple(Finding(**{**found, "level": Level(found["level"])}) for found in said["findings"])
    return Report(**{**said, "pages": tuple(said["pages"]), "findings": findings})


class Keeper:
    """The site of *project*, kept up to date by *app*."""

    def __init__(self, project: Project, app: Sphinx) -> None:
        self._project, self._app = project, app
        self._records, self._jobs = Records(app), app.parallel
        self._said: dict[str, set[Finding]] = {}  # by path: what Sphinx and MyST said when it was last read
        self._read: set[str] = set()
        self._begun = 0  # when reading began, as Sphinx counts: µs since 1970
        app.connect("env-before-read-docs", self._begin)
        app.connect("env-updated", self._date)

    def _begin(self, _: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Note what is about to be read, and have what was read before forgotten: Sphinx keeps it as if it built but once."""
        self._read.update(docnames)
        self._begun = time.time_ns() // 1_000 - _TICK
        for docname in docnames:
            env._pickled_doctree_cache.pop(docname, None)  # noqa: SLF001

    def _date(self, _: Sphinx, env: BuildEnvironment) -> None:
        """Date what was read by the beginning of that, not by its end: what was saved in between is to be read again."""
        env.all_docs.update(dict.fromkeys(self._read & env.all_docs.keys(), self._begun))

    def run(self, stage: Stage) -> Report:
        """Bring the site up to date, as far as *stage* goes."""
        started, before = time.perf_counter(), self._written()
        self._app.config.brief_stage = str(stage)
        # For one page more processes cost more than they save.
        self._app.parallel = 1 if stage is Stage.PAGES else self._jobs
        self._app.build()
        after = self._written()
        return Report(
            stage=str(stage),
            pages=tuple(sorted(page for page, moment in after.items() if before.get(page) != moment)),
            findings=tuple(self._findings()),
            seconds=round(time.perf_counter() - started, 2),
        )

    def _written(self) -> dict[str, int]:
        """Return when each page was written, by docname."""
        out = Path(self._app.outdir)
        return {
            path.relative_to(out).with_suffix("").as_posix(): path.stat().st_mtime_ns for path in out.rglob("*.html")
        }

    def _findings(self) -> list[Finding]:
        """Return what `brief check` would list, without what it compares with copies; notes are left out."""
        for docname in self._read:
            self._said.pop(self._project.shorten(Path(self._app.env.doc2path(docname))), None)
        self._read.clear()
        for record in self._records.kept:
            if (finding := read_record(self._project, record)) is not None:
                self._said.setdefault(finding.path, set()).add(finding)
        self._records.kept.clear()
        found = {to_finding(diagnostic) for diagnostic in brief_domain(self._app.env).diagnostics()}
        found = {finding for finding in found.union(*self._said.values()) if finding.level is not Level.NOTE}
        return sorted(found, key=lambda finding: (finding.path, finding.line or 0, finding.code, finding.message))


def main(root: Path, out: Path, stages: Iterable[str], *, fresh: bool = False) -> None:
    """Run the *stages* for the project in *root*, with its site in *out*; the first fault that Sphinx cannot go on from ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer

    def answer(report: Report) -> None:
        answers.write(f"{json.dumps(asdict(report))}\n")
        answers.flush()

    project, stage = Project(root=root), ""
    request = Request(
        builder="html", out=out / "html", doctrees=out / "doctrees", fresh=fresh, settings={"nitpicky": True}
    )
    try:
        with sphinx_app(project, request, Progress()) as app:
            keeper = Keeper(project, app)
            for line in stages:
                stage = line.strip()
                answer(keeper.run(Stage(stage)))
    except Fault as fault:
        answer(Report(stage=stage, failed=str(fault)))
    except Exception as error:  # noqa: BLE001  (the preview goes on: the next change begins another worker)
        answer(Report(stage=stage, failed=f"{type(error).__name__}: {error} (a fault in the program itself)"))
