"""Fixtures: a small valid project, real builds of it, and the article where a copy is at hand."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from typer.testing import CliRunner

from annotated_brief.commands import app
from annotated_brief.commands.project import Fault, Interrupted, Project, Refusal
from annotated_brief.commands.review import next_release, release_texts
from annotated_brief.diagnostics import Diagnostic, Level
from annotated_brief.exports.write import write_text
from annotated_brief.model.corpus import Corpus
from annotated_brief.reading.domain import BriefDomain, brief_domain

# No property test looks at a clock: a machine that does other things at the same time is no fault of ours.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For a night: pytest tests -k fuzz --hypothesis-profile long
settings.register_profile("long", settings.get_profile("calm"), max_examples=20_000)
settings.load_profile("calm")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
Build = Callable[..., "Built"]
RunBrief = Callable[..., tuple[int, str]]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: a third of the time tests wait for browsers, servers and disks."""
    return (os.cpu_count() or 1) + 1


def need(found: str | Path | None, what: str) -> Path:
    """Return the tool *found*; without it the test is skipped, in CI (``BRIEF_JUDGES=required``) it fails."""
    if found and Path(found).exists():
        return Path(found)
    reason = f"NOT CHECKED: {what} is not installed (.ci/run installs it)"
    if os.environ.get("BRIEF_JUDGES") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


class Built:
    """A finished build: its domain, its output folder and its warnings."""

    def __init__(self, app: Sphinx, warnings: Path) -> None:
        self.app, self.out, self.warnings = app, Path(app.outdir), warnings

    @property
    def domain(self) -> BriefDomain:
        return brief_domain(self.app.env)

    @property
    def corpus(self) -> Corpus:
        return self.domain.corpus()

    def found(self) -> list[str]:
        """What the domain finds, but for notes, as :meth:`lines`."""
        return self.lines(item for item in self.domain.diagnostics() if item.code.level is not Level.NOTE)

    @staticmethod
    def lines(found: Iterable[Diagnostic]) -> list[str]:
        """The diagnostics as lines without hints: ``path:line: code  message``."""
        return [f"{item.location}: brief.{item.code}  {item.message}" for item in found]

    def page(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """The written files by path, but for the build's own notes on itself."""
        files = (path for path in self.out.rglob("*") if path.is_file() and not path.name.startswith(".buildinfo"))
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in files}


def run_sphinx(
    project: Path,
    builder: str = "html",
    *,
    folder: Path | None = None,
    out: str = "out",
    parallel: int = 1,
    fresh: bool = False,
    settings: dict[str, Any] | None = None,
    doctrees: Path | None = None,
) -> Built:
    """Build *project* into *folder*, by default inside it; *out* tells several builds of one project apart.

    *settings* go before those of conf.py; *doctrees* is the folder of a reading to start from.
    """
    target = (folder or project) / out
    target.mkdir(parents=True, exist_ok=True)
    warnings = target / f"warnings-{builder}.txt"
    with patch_docutils(project / "docs"), docutils_namespace(), warnings.open("w", encoding="utf-8") as stream:
        app = Sphinx(
            srcdir=project / "docs",
            confdir=project / "docs",
            outdir=target / builder,
            doctreedir=doctrees or target / "doctrees",
            buildername=builder,
            confoverrides=settings,
            status=None,
            warning=stream,
            freshenv=fresh,
            parallel=parallel,
        )
        app.build()
    return Built(app, warnings)


def record_release(project: Path, version: str) -> None:
    """Record a release, as `brief freeze` does."""
    where = Project(root=project)
    corpus = run_sphinx(project, "dummy").corpus
    for path, text in release_texts(where, corpus, next_release(where, corpus, version, "2026-11-24")).items():
        write_text(path, text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the valid base project, with its work lock."""
    target = tmp_path / "project"
    shutil.copytree(HERE / "roots" / "base", target)
    return target


@pytest.fixture
def build(project: Path) -> Build:
    """Build the project; files given as ``{path: text}`` are laid over it first."""

    def run(files: dict[str, str] | None = None, builder: str = "html", **options: object) -> Built:
        for name, text in (files or {}).items():
            write_text(project / name, text)
        return run_sphinx(project, builder, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def brief(project: Path, monkeypatch: pytest.MonkeyPatch) -> RunBrief:
    """Run a verb of the command on the base project: arguments in, exit code and output out."""
    (project / "article.txt").unlink()  # it is not in the repository that the base stands for
    for name, module in list(sys.modules.items()):
        if name.startswith("annotated_brief.commands.") and hasattr(module, "find_project"):
            monkeypatch.setattr(module, "find_project", lambda: Project(root=project))

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        for kind, code in ((Fault, 1), (Refusal, 3), (Interrupted, 130)):  # `main` says these in one line
            if isinstance(done.exception, kind):
                return code, f"{done.output}brief: {done.exception}"
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real set, built once as a site."""
    return run_sphinx(ROOT, folder=tmp_path_factory.mktemp("real"))


def beside(real: Built, builder: str) -> Built:
    """Another product of the real set, from the same reading."""
    return run_sphinx(ROOT, builder, folder=real.out.parent.parent)


@pytest.fixture(scope="session")
def real_pdf(real: Built) -> Built:
    """The real set, built once as a PDF."""
    return beside(real, "brief-pdf")


@pytest.fixture(scope="session")
def real_epub(real: Built) -> Built:
    """The real set, built once as an EPUB."""
    return beside(real, "brief-epub")


@pytest.fixture(scope="session")
def work() -> dict[str, object]:
    """The work lock of the real brief."""
    path = ROOT / "docs" / "briefs" / "reaffirming-balance" / "work.yml"
    loaded: dict[str, object] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def article() -> str:
    """The article, where a copy is at hand; the same claims are tested by the work lock everywhere."""
    path = os.environ.get("BRIEF_ARTICLE", "")
    candidate = Path(path) if path else ROOT.parent / "shared" / "source" / "reaffirming-balance.txt"
    if not candidate.is_file():
        pytest.skip("NOT CHECKED against the article itself: no copy at hand (the seals of work.yml are checked)")
    return candidate.read_text("utf-8")
