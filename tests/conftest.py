"""Fixtures: a small valid project, real builds of it, and the article where a copy is at hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from annotated_brief.exports.write import write_text
from annotated_brief.model.records import Corpus
from annotated_brief.reading.domain import BriefDomain, brief_domain

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
Build = Callable[..., "Built"]


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
        """The diagnostics as lines without hints: ``path:line: code  message``."""
        return [f"{item.location}: brief.{item.code}  {item.message}" for item in self.domain.diagnostics()]

    def page(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")


def run_sphinx(
    project: Path,
    builder: str = "html",
    *,
    folder: Path | None = None,
    out: str = "out",
    parallel: int = 1,
    fresh: bool = False,
) -> Built:
    """Build *project* into *folder*, by default inside it; *out* tells several builds of one project apart."""
    target = (folder or project) / out
    target.mkdir(parents=True, exist_ok=True)
    warnings = target / "warnings.txt"
    with patch_docutils(project / "docs"), docutils_namespace(), warnings.open("w", encoding="utf-8") as stream:
        app = Sphinx(
            srcdir=project / "docs",
            confdir=project / "docs",
            outdir=target / builder,
            doctreedir=target / "doctrees",
            buildername=builder,
            status=None,
            warning=stream,
            freshenv=fresh,
            parallel=parallel,
        )
        app.build()
    return Built(app, warnings)


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


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real set, built once as a site."""
    return run_sphinx(ROOT, folder=tmp_path_factory.mktemp("real"))


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
