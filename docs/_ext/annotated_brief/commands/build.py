"""`brief build`: the site and the PDF, from one reading."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer
from sphinx.application import Sphinx

from ..reading.domain import brief_domain
from .progress import Progress
from .project import Project, find_project
from .sphinx_app import Request, sphinx_app


class Product(StrEnum):
    """What can be built."""

    SITE = "site"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How one product is made: the stage's title, Sphinx's builder, the folder under build/ and what to show of it."""

    title: str
    builder: str
    folder: str
    shown: str


TARGETS = {
    Product.SITE: Target(title="site", builder="html", folder="html", shown="index.html"),
    Product.PDF: Target(title="PDF", builder="brief-pdf", folder="pdf", shown="*.pdf"),
}


def build(
    *,
    only: Annotated[list[Product] | None, typer.Option(help="Build this alone; may be repeated.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Read everything anew, and fail on any warning or unresolved reference.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what Sphinx says, too.")] = False,
) -> None:
    """Build the site and the PDF into build/."""
    started = time.monotonic()
    project, progress = find_project(), Progress()
    failed = False
    counts: list[str] = []
    products = [product for product in Product if not only or product in only]
    with project.only_one_run():
        for product in products:
            target, first = TARGETS[product], product is products[0]
            request = Request(
                builder=target.builder,
                out=project.build / target.folder,
                doctrees=project.build / "doctrees",
                fresh=strict and first,
                strict=strict,
                verbose=verbose,
            )
            progress.begin("reading" if first else target.title)
            with sphinx_app(project, request, progress) as app:
                if first:  # the others use its reading
                    app.connect("env-updated", lambda *_, title=target.title: progress.next(title))
                app.build()
                clean = app.statuscode == 0
                progress.end("done" if clean else "not clean", good=clean)
                failed = failed or not clean
                counts = count_records(app)
    for line in (*list_outputs(project, products), *counts, f"seconds      {time.monotonic() - started:.1f}"):
        typer.echo(line)
    if failed:
        typer.echo("brief: there were warnings or failures (above)", err=True)
        raise typer.Exit(1)


def count_records(app: Sphinx) -> list[str]:
    """Return the counts of what was read, one line a kind."""
    corpus = brief_domain(app.env).corpus()
    by_verdict = ", ".join(f"{number} {verdict}" for verdict, number in corpus.verdicts().items() if number)
    lines = [
        f"{kind:<13}{len(getattr(corpus, kind))}"
        for kind in ("paragraphs", "annotations", "sources", "terms", "events")
    ]
    if by_verdict:
        lines[1] += f" ({by_verdict})"
    return lines


def list_outputs(project: Project, products: list[Product]) -> list[str]:
    """Return the paths of what was made, one line a product."""
    lines = []
    for product in products:
        target = TARGETS[product]
        paths = sorted((project.build / target.folder).glob(target.shown))
        shown = ", ".join(project.shorten(path) for path in paths) or "nothing was written"
        lines.append(f"{target.title:<13}{shown}")
    return lines
