"""`brief read`: the pages of a part are read, for builds of other parts, which need not read them again.

A build of a part must know all pages, since its own show records of the others. Sphinx can read in several processes and
put together what each has found; this is the same with machines in the place of processes.
"""

import pickle
import shutil
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..model.part import SHARED, Part
from .parts import choose, name_of, offered, pages_of, text_of
from .products import Product, publish, unchanged_sources, work_folder
from .progress import Progress
from .project import Fault, Project, find_project
from .sphinx_app import Request, sphinx_app

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.domain import BibtexDomain

P = TypeVar("P", bound=Path)
FOLDER = "readings"  # below build/: a folder for each reading, and the one that Sphinx works in
TREES, FOUND, TEXT = "doctrees", "environment.pickle", "text"  # in the folder of a reading; the last one holds a digest


def read(
    *,
    only: Annotated[
        list[str],
        typer.Option(
            metavar=f"SLUG|{SHARED}", help="Read the pages of this part; may be repeated.", autocompletion=offered
        ),
    ],
) -> None:
    """Read the pages of a part into build/readings/, for builds of parts on other machines.

    ‘brief build --only’ takes over every reading of the same text that it finds in build/readings/.
    """
    started = time.monotonic()
    project, progress = find_project(), Progress()
    products, part = choose(project, only)
    if products != list(Product) or not part.names:
        raise typer.BadParameter(f"a reading is not of a product: name briefs, or ‘{SHARED}’")
    folder = project.build / FOLDER
    with project.only_one_run(), work_folder(folder) as work:
        with unchanged_sources(project):
            name = read_part(project, progress, part, work)
        publish(folder, [name], keep=False)
    typer.echo(f"reading           {project.shorten(folder / name)}")
    typer.echo(f"seconds           {time.monotonic() - started:.1f}")


def read_part(project: Project, progress: Progress, part: Part, work: Path) -> str:
    """Read the pages of *part* into a folder of its own in *work*, and return its name."""
    request = Request(builder="dummy", out=work / "out", doctrees=work / TREES, fresh=True)
    target = work / name_of(part)
    shutil.rmtree(target, ignore_errors=True)
    progress.begin("reading")
    with sphinx_app(project, request, progress) as app:
        own = {str(app.env.path2doc(path)) for path in pages_of(app, project, part)}
        app.connect("env-before-read-docs", lambda _, __, names: keep(names, {app.config.root_doc, *own}))
        app.builder.read()
        for docname in sorted(own - read_by_each(app)):
            copy_tree(work / TREES, target / TREES, docname)
        (target / FOUND).write_bytes(pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL))
    (target / TEXT).write_text(text_of(project), encoding="utf-8")
    progress.end()
    return target.name


def read_by_each(app: Sphinx) -> set[str]:
    """Return the pages that each build reads itself: Sphinx cannot do without the first, and a bibliography holds paths."""
    cite = cast("BibtexDomain", app.env.get_domain("cite"))
    return {app.config.root_doc, *(key.docname for key in cite.bibliographies)}


def keep(docnames: list[str], wanted: set[str]) -> None:
    """Leave in *docnames*, the pages that Sphinx is about to read, those that are *wanted*."""
    docnames[:] = [docname for docname in docnames if docname in wanted]


def copy_tree(source: Path, target: Path, docname: str) -> None:
    """Copy the doctree of the page *docname*."""
    path = target / f"{docname}.doctree"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / f"{docname}.doctree", path)


def use_readings(app: Sphinx, project: Project) -> None:
    """Have *app* take over what the readings of the same text hold, before it reads."""
    text = text_of(project)
    folders = [
        path.parent for path in sorted((project.build / FOLDER).glob(f"*/{TEXT}")) if path.read_text("utf-8") == text
    ]
    readings = {folder: load(project, folder) for folder in folders}
    app.connect("env-before-read-docs", partial(take_over, readings))


def load(project: Project, folder: Path) -> BuildEnvironment:
    """Return what was found in a reading; raises :class:`Fault` where it is none."""
    try:
        return cast("BuildEnvironment", pickle.loads((folder / FOUND).read_bytes()))  # noqa: S301  # of our own making
    except (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.UnpicklingError) as error:
        shown = project.shorten(folder)
        raise Fault(f"{shown} is no reading ({type(error).__name__}): remove it, or read the part again") from None


def take_over(
    readings: Mapping[Path, BuildEnvironment], app: Sphinx, env: BuildEnvironment, docnames: list[str]
) -> None:
    """Put what the *readings*, by folder, hold of *docnames* into *env*, and take these out of the list."""
    for folder, other in readings.items():
        own = {
            path.relative_to(folder / TREES).with_suffix("").as_posix() for path in (folder / TREES).rglob("*.doctree")
        }
        taken = own.intersection(docnames) if other.version == env.version else set()
        for docname in taken:
            app.events.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
        env.merge_info_from(taken, other, app)
        for docname in taken:
            copy_tree(folder / TREES, Path(app.doctreedir), docname)
            env.all_docs[docname] = time.time_ns() // 1000  # else a later checkout would be taken for a change
            found = env.dependencies.get(docname, ())
            env.dependencies[docname] = {moved(path, other.srcdir.parent, env.srcdir.parent) for path in found}
        keep(docnames, set(docnames) - taken)


def moved(path: P, before: P, after: P) -> P:
    """Return *path* as it is in the folder *after*, if it was in the folder *before*."""
    return after / path.relative_to(before) if path.is_relative_to(before) else path
