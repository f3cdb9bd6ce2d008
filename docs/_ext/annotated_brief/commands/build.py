"""`brief build`: the site, the PDF and the EPUB, from one reading."""

import shutil
import time
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sphinx.application import Sphinx

from ..reading.copies import FOLDER, WORKS
from ..reading.domain import brief_domain
from .products import publish, unchanged_sources, work_folder
from .progress import Progress
from .project import Project, find_project
from .sphinx_app import Request, sphinx_app


class Product(StrEnum):
    """What can be built."""

    SITE = "site"
    PDF = "pdf"
    EPUB = "epub"


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
    Product.EPUB: Target(title="EPUB", builder="brief-epub", folder="epub", shown="[!.]*.epub"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One set of products: its folder under build/, what tells it apart, and the settings that make it so."""

    folder: str = ""
    suffix: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


def build(
    *,
    only: Annotated[
        list[Product] | None, typer.Option(metavar="|".join(Product), help="Build this alone; may be repeated.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Read everything anew, and fail on any warning or unresolved reference.")
    ] = False,
    facing: Annotated[
        bool, typer.Option("--facing/--no-facing", help="Make the local facing edition, too, where a copy is attached.")
    ] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what Sphinx says, too.")] = False,
) -> None:
    """Build the site, the PDF and the EPUB into build/.

    With a copy of the article attached, also the facing edition into build/facing/: the author's text beside the
    restatement, for your own eyes, not for publication.
    """
    started = time.monotonic()
    project, progress = find_project(), Progress()
    products = [product for product in Product if not only or product in only]
    beside = " ".join(products) if Product.SITE in products else ""
    settings = {"brief_commit": name_commit(project), "brief_beside": beside}
    editions = [Edition(settings=settings)]
    if facing and any((project.root / FOLDER / WORKS).glob("[!.]*.txt")):
        settings = {**settings, "brief_facing": str(project.root)}
        editions.append(Edition(folder="facing", suffix=", facing", settings=settings))
    clean = True
    lines: list[str] = []
    with project.only_one_run():
        for edition in editions:
            folder = project.build / edition.folder
            with work_folder(folder) as work:
                with unchanged_sources(project):
                    good, counts = make(project, progress, products, edition, work, strict=strict, verbose=verbose)
                publish(folder, [TARGETS[product].folder for product in products])
            clean = clean and good
            lines += [*list_outputs(project, products, edition), *(counts if edition is editions[-1] else [])]
    for line in (*lines, f"seconds           {time.monotonic() - started:.1f}"):
        typer.echo(line)
    if not clean:
        typer.echo("brief: there were warnings or failures (above)", err=True)
        raise typer.Exit(1)


def name_commit(project: Project) -> str:
    """Return the commit that is built, and whether files differ from it; empty without git."""
    commit = (project.git("rev-parse", "HEAD") or "").strip()
    changed = commit and project.git("status", "--porcelain")
    return f"{commit}, with changes that are not committed" if changed else commit


def make(
    project: Project,
    progress: Progress,
    products: list[Product],
    edition: Edition,
    folder: Path,
    *,
    strict: bool,
    verbose: bool,
) -> tuple[bool, list[str]]:
    """Build the *products* of one *edition* into *folder*, from one reading; return whether all went well, and the counts."""
    clean, counts = True, []
    for product in products:
        target, first = TARGETS[product], product is products[0]
        request = Request(
            builder=target.builder,
            out=folder / target.folder,
            doctrees=folder / "doctrees",
            fresh=strict and first,
            strict=strict,
            verbose=verbose,
            settings=edition.settings,
        )
        title = target.title + edition.suffix
        progress.begin(f"reading{edition.suffix}" if first else title)
        with sphinx_app(project, request, progress) as app:
            if first:  # the others use its reading
                app.connect("env-updated", lambda *_, title=title: progress.next(title))
            app.build()
            good = app.statuscode == 0
            progress.end("done" if good else "not clean", good=good)
            clean = clean and good
            counts = count_records(app)
    put_beside(folder, products)
    return clean, counts


def put_beside(folder: Path, products: list[Product]) -> None:
    """Copy what is no page beside the pages, which link to it."""
    if Product.SITE in products:
        site = folder / TARGETS[Product.SITE].folder
        for product in set(products) - {Product.SITE}:
            for path in (folder / TARGETS[product].folder).glob(TARGETS[product].shown):
                shutil.copyfile(path, site / path.name)


def count_records(app: Sphinx) -> list[str]:
    """Return the counts of what was read, one line a kind."""
    corpus = brief_domain(app.env).corpus()
    by_verdict = ", ".join(f"{number} {verdict}" for verdict, number in corpus.verdicts().items() if number)
    lines = [
        f"{kind:<18}{len(getattr(corpus, kind))}"
        for kind in ("paragraphs", "annotations", "sources", "terms", "events")
    ]
    if by_verdict:
        lines[1] += f" ({by_verdict})"
    return lines


def list_outputs(project: Project, products: list[Product], edition: Edition) -> list[str]:
    """Return the paths of what was made, one line a product."""
    lines = []
    for product in products:
        target = TARGETS[product]
        paths = sorted((project.build / edition.folder / target.folder).glob(target.shown))
        shown = ", ".join(project.shorten(path) for path in paths) or "nothing was written"
        lines.append(f"{target.title + edition.suffix:<18}{shown}")
    return lines
