"""Products are made beside those that are there, and take their places when all are whole.

Sphinx writes page after page, so the folder that it writes to is half old and half new for as long as a build runs, and
stays so where a build is killed. It therefore writes to a folder of its own; readers have another.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .project import Project, Refusal
from .sphinx_app import condense, told_by_machine

WORK = "work"  # below the folder of an edition: what Sphinx writes, and goes on from the next time
UNFINISHED = ".unfinished"  # beside it: stands there as long as WORK may be half
_FRESH, _OLD = ".{}.new", ".{}.old"
State = dict[Path, tuple[int, int]]


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


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """Give the folder to work in below *folder*: with what the last run has left, or empty if that did not end well."""
    work, mark = folder / WORK, folder / UNFINISHED
    mend(folder)
    if mark.exists() and work.exists():
        shutil.rmtree(work)
    work.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield work
    mark.unlink()


def publish(folder: Path, names: Iterable[str], *, keep: bool = True) -> None:
    """Put the products *names* of the work folder in the place of those that *folder* shows.

    Copies are made first, of all, or unless Sphinx is to *keep* its own they are moved: then two renames a product, between
    which a kill leaves the old one set aside, whole.
    """
    chosen = list(names)
    try:
        for name in chosen:
            work, fresh = folder / WORK / name, folder / _FRESH.format(name)
            if keep:
                shutil.copytree(work, fresh)
            else:
                work.rename(fresh)
    except OSError as error:
        mend(folder)
        message = f"build/ shows what it showed before: {told_by_machine(str(error)) or condense(str(error))}"
        raise Refusal(message) from error
    for name in chosen:
        if (folder / name).exists():
            (folder / name).rename(folder / _OLD.format(name))
        (folder / _FRESH.format(name)).rename(folder / name)
    mend(folder)


def put_beside(folder: Path, products: Iterable[Product]) -> None:
    """Copy what is no page beside the pages in *folder*, which link to it."""
    site = folder / TARGETS[Product.SITE].folder
    for product in set(products) - {Product.SITE} if site.exists() else ():
        for path in (folder / TARGETS[product].folder).glob(TARGETS[product].shown):
            (site / path.name).unlink(missing_ok=True)  # it may be one file with that of a part
            shutil.copyfile(path, site / path.name)


def list_outputs(project: Project, products: Iterable[Product], folder: Path, suffix: str = "") -> list[str]:
    """Return the paths of the *products* in *folder*, one line a product."""
    lines = []
    for product in products:
        target = TARGETS[product]
        paths = sorted((folder / target.folder).glob(target.shown))
        shown = ", ".join(project.shorten(path) for path in paths) or "nothing was written"
        lines.append(f"{target.title + suffix:<18}{shown}")
    return lines


def mend(folder: Path) -> None:
    """Put back a product that was set aside and not replaced, and remove what else :func:`publish` leaves."""
    for old in folder.glob(_OLD.format("*")):
        shown = folder / old.name[len(_OLD.partition("{")[0]) : -len(_OLD.partition("}")[2])]
        if shown.exists():
            shutil.rmtree(old)
        else:
            old.rename(shown)
    for fresh in folder.glob(_FRESH.format("*")):
        shutil.rmtree(fresh)


@contextmanager
def unchanged_sources(project: Project) -> Iterator[None]:
    """Refuse where the text has changed meanwhile: what was made of it would be half of one state, half of another."""
    before = _state_of(project)
    yield
    after = _state_of(project)
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            raise Refusal(
                f"{project.shorten(path)} was changed while it was built: build/ shows what it showed before; run again"
            )


def _state_of(project: Project) -> State:
    """Return time and size of every file that a build reads."""
    found = ((path, path.stat()) for path in sources_of(project))
    return {path: (status.st_mtime_ns, status.st_size) for path, status in found}


def sources_of(project: Project) -> list[Path]:
    """Return every file that a build reads, in the order of their paths."""
    paths = [*project.docs.rglob("*"), *project.root.glob("*.bib")]
    return sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
