"""Products are made beside those that are there, and take their places when all are whole.

Sphinx writes page after page, so the folder that it writes to is half old and half new for as long as a build runs, and
stays so where a build is killed. It therefore writes to a folder of its own; readers have another.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .project import Project, Refusal
from .sphinx_app import condense, told_by_machine

WORK = "work"  # below the folder of an edition: what Sphinx writes, and goes on from the next time
UNFINISHED = ".unfinished"  # beside it: stands there as long as WORK may be half
_FRESH, _OLD = ".{}.new", ".{}.old"
State = dict[Path, tuple[int, int]]


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


def publish(folder: Path, names: Iterable[str]) -> None:
    """Put the products *names* of the work folder in the place of those that *folder* shows.

    Copies are made first, of all: then two renames a product, between which a kill leaves the old one set aside, whole.
    """
    chosen = list(names)
    try:
        for name in chosen:
            shutil.copytree(folder / WORK / name, folder / _FRESH.format(name))
    except OSError as error:
        mend(folder)
        message = f"build/ shows what it showed before: {told_by_machine(str(error)) or condense(str(error))}"
        raise Refusal(message) from error
    for name in chosen:
        if (folder / name).exists():
            (folder / name).rename(folder / _OLD.format(name))
        (folder / _FRESH.format(name)).rename(folder / name)
    mend(folder)


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
    paths = [*project.docs.rglob("*"), *project.root.glob("*.bib")]
    found = ((path, path.stat()) for path in paths if path.is_file() and "__pycache__" not in path.parts)
    return {path: (status.st_mtime_ns, status.st_size) for path, status in found}
