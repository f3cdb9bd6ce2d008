"""Annotated policy briefs: annotations, verdicts, evidence, term cards and a timeline for Sphinx."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .config import Stage, add_options, part_of
from .exports.write import write_text
from .model.part import EVERYTHING, SHARED
from .publishing import FilesTransform, attachments, describe_page
from .reading.citing import add_citations
from .reading.domain import SITES, BriefDomain, brief_domain
from .reading.inert import InertTransform
from .reading.pairing import PairingTransform
from .reading.patience import add_patience
from .reading.targets import settle_labels
from .rendering.bibliography import register_styles
from .rendering.changes import TombstoneTransform
from .rendering.collected import CollectTransform
from .rendering.epub import setup_epub
from .rendering.facing import FacingTransform
from .rendering.faithful import collect_reports, compare, write_report
from .rendering.freshness import OverdueTransform
from .rendering.html import POLICY, add_html
from .rendering.notes import CitingTransform, ProfileTransform
from .rendering.previews import PreviewTransform
from .rendering.search import SearchTransform, search_page, take_over_search, write_index
from .rendering.style import write_style
from .rendering.timeline import LaneTransform
from .rendering.typst import EVENT, setup_typst
from .writing import Writer, is_current, keep_shown, mark_current, own_pages, pages_to_write

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__version__ = version("annotated-brief")


def _rewrite_dependents(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages that show a changed record of another page."""
    settle_labels(env.domains.standard_domain, brief_domain(env).corpus())
    return pages_to_write(app) if app.config.brief_stage != Stage.PAGES else []


def _has_files(app: Sphinx) -> bool:
    """Return whether this build writes files beside pages."""
    return app.builder.name in SITES and app.config.brief_stage == Stage.ALL


def _look_again(app: Sphinx, env: BuildEnvironment, *found: set[str]) -> list[str]:
    """Forget files that are read beside the documents: a preview builds again and again in one process."""
    brief_domain(env).forget()
    return []


def _finish(app: Sphinx, writer: Writer) -> None:
    """Have data files and small pages written, write typefaces beside the site, and compare what pages and files hold."""
    part, out, held = part_of(app.config.brief_part), Path(app.outdir), writer.end(app)
    held = {"the site": collect_reports(app.builder, own_pages(app)), **held}
    if part.has(SHARED):
        write_index(app)
        write_text(out / "_headers", f"/*\n  Content-Security-Policy: {POLICY}\n")
    if part == EVERYTHING:
        write_style(out)
        if compare(app.builder, brief_domain(app.env).corpus(), held):
            mark_current(app)
    else:  # what rests on the pages of all parts is left to `brief join`
        write_report(out, held)


def _add_files(app: Sphinx) -> None:
    """Have files written beside the pages of a site, from when all is read until the end."""
    writer = Writer()

    def begin(app: Sphinx, env: BuildEnvironment) -> None:
        if _has_files(app):
            writer.begin(app)

    def end(app: Sphinx, exception: Exception | None) -> None:
        if exception is not None:
            writer.give_up()
            return
        keep_shown(app)
        if _has_files(app) and not is_current(app):
            _finish(app, writer)

    app.connect("env-updated", begin)  # after the handler that compares all records with those of the last build
    app.connect("build-finished", end)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain, its nodes, transforms, styles, builders and theme."""
    for extension in ("sphinxcontrib.bibtex", "myst_parser"):
        app.setup_extension(extension)
    add_patience(app)
    add_citations(app)
    add_options(app)
    register_styles()
    app.add_domain(BriefDomain)
    app.add_transform(PairingTransform)
    app.add_transform(InertTransform)
    app.add_post_transform(FilesTransform)
    app.add_post_transform(CollectTransform)
    app.add_post_transform(TombstoneTransform)
    app.add_post_transform(OverdueTransform)
    app.add_post_transform(ProfileTransform)
    app.add_post_transform(CitingTransform)
    app.add_post_transform(LaneTransform)
    app.add_post_transform(PreviewTransform)
    app.add_post_transform(FacingTransform)
    app.add_post_transform(SearchTransform)
    add_html(app)
    setup_typst(app)
    setup_epub(app)
    app.connect("builder-inited", take_over_search)
    app.connect("html-collect-pages", search_page)
    app.connect("html-page-context", describe_page)
    app.connect("env-get-outdated", _look_again)
    app.connect("env-updated", _rewrite_dependents)
    _add_files(app)
    app.connect(EVENT, attachments)
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
