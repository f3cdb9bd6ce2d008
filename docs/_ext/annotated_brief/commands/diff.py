"""`brief diff`: what a change means, in records rather than lines."""

from pathlib import Path
from typing import Annotated

import typer

from ..model.changes import states_of
from ..reading.data_files import DataError
from ..reading.published import load_published
from .comparison import Comparison, compare_states, newly_suspect
from .diff_forms import WRITERS, DiffFormat
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, Project, find_project
from .revisions import read_revision

WORKING_TREE = "the working tree"


def diff(
    old: Annotated[str, typer.Argument(metavar="[REV1]", help="The revision before.")] = "HEAD",
    new: Annotated[str, typer.Argument(metavar="[REV2]", help="The revision after; by default the working tree.")] = "",
    *,
    form: Annotated[DiffFormat, typer.Option("--format", help="How to write it.")] = DiffFormat.TEXT,
) -> None:
    """Tell what changed in the edition: verdicts first, then notes, terms, events and sources.

    Revisions are read from git’s objects, with the reader of today. Two published annotations.jsonld are compared
    as well.
    """
    files = [name for name in (old, new) if name.endswith(".jsonld")]
    if len(files) == 1:
        raise typer.BadParameter(f"‘{files[0]}’ is a file: give two files, or revisions alone")
    found = compare_files(Path(old), Path(new)) if files else compare_revisions(find_project(), old, new)
    typer.echo(WRITERS[form](found))


def compare_files(old: Path, new: Path) -> Comparison:
    """Return what lies between two published collections of notes."""
    states = []
    for path in (old, new):
        try:
            states.append(load_published(path))
        except DataError as error:
            raise Fault(f"{path}: {error}") from None
    return compare_states((str(old), str(new)), *states)


def compare_revisions(project: Project, old: str, new: str) -> Comparison:
    """Return what lies between two revisions; an empty *new* stands for the working tree."""
    progress = Progress()
    before = read_revision(project, old, progress)
    if new:
        after = read_revision(project, new, progress)
    else:
        progress.begin(f"reading {WORKING_TREE}")
        after = read_corpus(project, progress)
        progress.end()
    return compare_states(
        (old, new or WORKING_TREE),
        states_of(before),
        states_of(after),
        tombstones=after.tombstones,
        suspects=newly_suspect(before, after),
    )
