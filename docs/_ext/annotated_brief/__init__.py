"""Annotated policy briefs: annotations, verdicts, evidence, term cards and a timeline for Sphinx."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .config import add_options
from .exports.write import exported_files, write_text
from .reading.domain import BriefDomain, brief_domain
from .reading.pairing import PairingTransform
from .rendering.bibliography import register_styles
from .rendering.collected import CollectTransform
from .rendering.fonts import write_fonts
from .rendering.html import add_html
from .rendering.typst import setup_typst

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__version__ = version("annotated-brief")


def _rewrite_dependents(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages that show a changed record of another page."""
    return brief_domain(env).updated_dependents()


def _write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write the data files and the typefaces beside the site."""
    if exception is None and app.builder.name in {"html", "dirhtml"}:
        for name, text in exported_files(brief_domain(app.env).corpus()):
            write_text(Path(app.outdir) / name, text)
        write_fonts(Path(app.outdir) / "_static")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain, its nodes, transforms, styles, builders and theme."""
    for extension in ("sphinxcontrib.bibtex", "myst_parser"):
        app.setup_extension(extension)
    add_options(app)
    register_styles()
    app.add_domain(BriefDomain)
    app.add_transform(PairingTransform)
    app.add_post_transform(CollectTransform)
    add_html(app)
    setup_typst(app)
    app.connect("env-updated", _rewrite_dependents)
    app.connect("build-finished", _write_exports)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
