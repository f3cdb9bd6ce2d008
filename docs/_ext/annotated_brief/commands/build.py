"""`brief build`: the site, the PDF and the EPUB, from one reading."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from sphinx.application import Sphinx

from ..model.part import EVERYTHING, SHARED, Part
from ..reading.copies import FOLDER, WORKS
from ..reading.domain import brief_domain
from .parts import FOLDER as PARTS
from .parts import choose, gather, made_in, offered, pages_of, record_of
from .products import TARGETS, Product, list_outputs, publish, put_beside, unchanged_sources, work_folder
from .progress import Progress
from .project import Project, find_project
from .read import use_readings
from .sphinx_app import Request, sphinx_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One set of products: its folder under build/, what tells it apart, how much of it, and the settings that make it so."""

    folder: str = ""
    suffix: str = ""
    part: Part = EVERYTHING
    settings: dict[str, Any] = field(default_factory=dict)


def build(
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar=f"{'|'.join(Product)}|SLUG|{SHARED}",
            help=f"Build this alone, a product or a part: the brief SLUG, or what is {SHARED}; may be repeated.",
            autocompletion=offered,
        ),
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

    A part goes into build/parts/. It holds the pages and files of its briefs alone; `brief join` makes the edition of
    all parts.
    """
    started = time.monotonic()
    project, progress = find_project(), Progress()
    products, part = choose(project, only or [])
    made = made_in(part, products)
    editions = editions_of(project, products, part, facing=facing)
    clean = True
    lines: list[str] = []
    with project.only_one_run():
        for edition in editions:
            folder = project.build / edition.folder
            with work_folder(folder) as work:
                with unchanged_sources(project):
                    good, app = make(project, progress, made, edition, work, strict=strict, verbose=verbose)
                    names = [TARGETS[product].folder for product in made]
                    if part != EVERYTHING:
                        names = [gather(project, work, record_of(app, project, part, products))]
                publish(folder, names, keep=part == EVERYTHING)
            clean = clean and good
            if part == EVERYTHING:
                lines += list_outputs(project, made, folder, edition.suffix)
            else:
                lines.append(f"part              {project.shorten(folder / names[0])}")
        lines += count_records(app)
    for line in (*lines, f"seconds           {time.monotonic() - started:.1f}"):
        typer.echo(line)
    if not clean:
        typer.echo("brief: there were warnings or failures (above)", err=True)
        raise typer.Exit(1)


def editions_of(project: Project, products: list[Product], part: Part, *, facing: bool) -> list[Edition]:
    """Return what is built: a part alone, or everything and, if *facing* and a copy is attached, the facing edition."""
    beside = " ".join(products) if Product.SITE in products else ""
    settings = {"brief_commit": name_commit(project), "brief_beside": beside}
    if part != EVERYTHING:
        return [Edition(folder=PARTS, part=part, settings={**settings, "brief_part": " ".join(sorted(part.names))})]
    editions = [Edition(settings=settings)]
    if facing and any((project.root / FOLDER / WORKS).glob("[!.]*.txt")):
        settings = {**settings, "brief_facing": str(project.root)}
        editions.append(Edition(folder="facing", suffix=", facing", settings=settings))
    return editions


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
) -> tuple[bool, Sphinx]:
    """Build the *products* of one *edition* into *folder*, from one reading; return whether all went well, and what has read."""
    clean = True
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
            if first and edition.part != EVERYTHING:
                use_readings(app, project)
            in_part = edition.part != EVERYTHING and product is Product.SITE
            app.build(filenames=pages_of(app, project, edition.part) if in_part else ())
            good = app.statuscode == 0
            progress.end("done" if good else "not clean", good=good)
            clean = clean and good
    if edition.part == EVERYTHING:
        put_beside(folder, products)
    return clean, app


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
