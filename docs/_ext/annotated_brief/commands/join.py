"""`brief join`: the parts of an edition, built apart, become one, the same as if it had been built at once."""

import filecmp
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from ..exports.index import PATH as INDEX
from ..exports.index import join_indexes
from ..model.holdings import Holdings, Whole, differences
from ..model.part import SHARED
from ..rendering.faithful import REPORT, join_reports, write_report
from ..rendering.style import write_style
from .parts import COUNTED, FOLDER, RECORD, Record, read_record
from .products import TARGETS, Product, list_outputs, publish, put_beside, work_folder
from .progress import Progress
from .project import Fault, Project, find_project

Parts = Mapping[Path, Record]  # by folder


def join(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder that holds the parts; by default build/parts.", show_default=False)
    ] = None,
) -> None:
    """Join the parts that `brief build --only` has built, each on a machine of its own.

    Each of them stands in a folder below FOLDER. All briefs and the shared pages must be there, once each, and all of
    the same text. What comes out is what `brief build` would have made of it.
    """
    started = time.monotonic()
    project, progress = find_project(), Progress()
    parts = find_parts(project, folder or project.build / FOLDER)
    require_whole(parts)
    products = next(iter(parts.values())).products
    progress.begin("joining")
    try:
        with project.only_one_run(), work_folder(project.build) as work:
            for path in work.iterdir():  # the next build finds no pages here that it has not written itself
                shutil.rmtree(path)
            texts = lay_together(parts, work)
            lacks = finish_site(work / TARGETS[Product.SITE].folder, texts, parts) if Product.SITE in products else []
            put_beside(work, products)
            publish(project.build, [TARGETS[product].folder for product in products], keep=False)
    except BaseException:
        progress.end("failed", good=False)
        raise
    progress.end("done" if not lacks else "not clean", good=not lacks)
    for line in (
        *list_outputs(project, products, project.build),
        f"parts             {len(parts)}",
        f"seconds           {time.monotonic() - started:.1f}",
    ):
        typer.echo(line)
    if lacks:
        typer.echo("\n".join([*lacks, "brief: pages and records differ (above)"]), err=True)
        raise typer.Exit(1)


def find_parts(project: Project, folder: Path) -> Parts:
    """Return the parts that stand in *folder*, in the order of their names; raises :class:`Fault` where there is none."""
    found = {path.parent: read_record(project, path) for path in sorted(folder.glob(f"*/{RECORD}"))}
    if not found:
        shown = project.shorten(folder)
        raise Fault(f"no part in {shown}: build parts with ‘brief build --only’, or name the folder that holds them")
    return found


def require_whole(parts: Parts) -> None:
    """Raise :class:`Fault` unless the *parts* are of one text, and together a whole edition."""
    (first, known), *others = parts.items()
    for folder, record in others:
        for fact, value in known.state.items():
            if record.state.get(fact) != value:
                raise Fault(f"the parts {first.name} and {folder.name} differ in their {fact}: build both of one state")
        if record.products != known.products:
            raise Fault(f"the parts {first.name} and {folder.name} differ in their products: name the same for both")
    held = defaultdict(list)
    for folder, record in parts.items():
        for name in record.names:
            held[name].append(folder.name)
    for name in (SHARED, *known.slugs):
        if len(held[name]) != 1:
            if held[name]:
                raise Fault(f"‘{name}’ is in more than one part: {', '.join(held[name])}; take all but one away")
            raise Fault(f"‘{name}’ is in no part; build it with ‘brief build --only {name}’")


def lay_together(parts: Parts, work: Path) -> dict[str, list[str]]:
    """Put all files of the *parts* into *work*; return the texts of those that each part has for itself, by path."""
    texts: dict[str, list[str]] = {name: [] for name in COUNTED}
    for folder in parts:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECORD):
            inner = path.relative_to(folder)
            counted = Path(*inner.parts[1:]).as_posix()
            if inner.parts[0] == TARGETS[Product.SITE].folder and counted in COUNTED:
                texts[counted].append(path.read_text("utf-8"))
                continue
            target = work / inner
            if target.exists() and not filecmp.cmp(path, target, shallow=False):
                raise Fault(
                    f"{inner.as_posix()} is not the same in each part: {folder.name} has another than a part before it"
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            give(path, target)
    return texts


def give(path: Path, target: Path) -> None:
    """Make *target* the same file as *path* where the disk can, else a copy: both are replaced, and never written into."""
    try:
        os.link(path, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(path, target)


def finish_site(site: Path, texts: Mapping[str, Iterable[str]], parts: Parts) -> list[str]:
    """Write what rests on the pages of all *parts*; return in what pages and records differ."""
    slugs = next(iter(parts.values())).slugs
    (site / INDEX).write_text(join_indexes(texts[INDEX], slugs), encoding="utf-8", newline="\n")
    held = join_reports(texts[REPORT])
    write_report(site, held)
    write_style(site)
    (whole,) = (record.whole for record in parts.values() if SHARED in record.names)
    return list(told(whole, held))


def told(whole: Whole, products: Mapping[str, Holdings]) -> Iterable[str]:
    """Yield a line for each difference of the *products*, by name, from the *whole*."""
    for name, held in products.items():
        for said, place in differences(whole, held):
            yield f"{f'{place.path}:{place.line}: ' if place else ''}{name} {said}"
