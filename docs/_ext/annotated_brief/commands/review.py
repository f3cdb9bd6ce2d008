"""`brief review` and `brief freeze`: who read what, and what was released."""

import datetime as dt
from collections.abc import Collection
from typing import Annotated

import typer

from ..checks.identity import check_lifetimes
from ..exports.write import write_text
from ..model.corpus import Corpus
from ..model.records import Review
from ..model.reviews import Foundations
from ..reading.data import (
    FOLDER,
    HISTORY,
    RELEASED,
    REVIEWS,
    DataError,
    load_reviews,
    to_history_json,
    to_released_json,
    to_reviews_json,
)
from .history import read_history
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, Project, find_project


def review(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="The annotations that were read.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All annotations of the set.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who read them; by default the name that git knows.")] = "",
) -> None:
    """Record that annotations were read again, against all that they rest on now.

    Do so after reading: the record says that a person compared claim, verdict and note with their sources.
    """
    if bool(ids) == everything:
        raise typer.BadParameter("name the annotations, or say --all")
    project, progress = find_project(), Progress()
    reader = by.strip() or (project.git("config", "user.name") or "").strip()
    if not reader:
        raise Fault("nobody knows who you are: give --by NAME, or set user.name in git")
    corpus = read(project, progress)
    unknown = sorted(set(ids or ()) - corpus.annotation_by_id.keys())
    if unknown:
        raise Fault(f"there is no annotation ‘{unknown[0]}’")
    path = project.docs / FOLDER / REVIEWS
    try:
        before = {found.annotation: found for found in load_reviews(path) or ()}
    except DataError as error:
        raise Fault(f"{project.shorten(path)}: {error}; restore it from the last commit") from None
    chosen = ids or sorted(corpus.annotation_by_id)
    now = {**before, **record(corpus, chosen, reader, dt.datetime.now(dt.UTC).date().isoformat())}
    kept = [found for name, found in now.items() if name in corpus.annotation_by_id]
    write_text(path, to_reviews_json(kept))
    typer.echo(f"{project.shorten(path)}: {len(chosen)} reviewed by {reader}, {len(kept)} reviews in all")


def record(corpus: Corpus, ids: Collection[str], by: str, on: str) -> dict[str, Review]:
    """Return a review for each of *ids*, in the present state of all that it rests on."""
    foundations = Foundations(corpus)
    return {
        name: Review(annotation=name, by=by, on=on, rests=tuple(foundations.of(corpus.annotation_by_id[name]).items()))
        for name in ids
    }


def freeze() -> None:
    """Record the ids of this release, and when its notes were written.

    From now on none of the ids may vanish without a tombstone. The dates come from git; where there is none, those
    that were recorded before stay.
    """
    project, progress = find_project(), Progress()
    corpus = read(project, progress)
    for found in check_lifetimes(corpus):
        raise Fault(f"nothing was recorded: {found.message}; {found.hint}")  # to record it would be to forget it
    path = project.docs / FOLDER / RELEASED
    names = [identity for identity, _ in corpus.identified()]
    write_text(path, to_released_json(names))
    typer.echo(f"{project.shorten(path)}: {len(names)} ids")
    dated = corpus.history_by_id | {found.annotation: found for found in read_history(project, corpus)}
    history = [dated[note.id] for note in corpus.annotations if note.id in dated]
    if history:
        path = project.docs / FOLDER / HISTORY
        write_text(path, to_history_json(history))
        typer.echo(f"{project.shorten(path)}: dates of {len(history)} annotations")


def read(project: Project, progress: Progress) -> Corpus:
    """Return the records of a fresh reading, with a line of progress."""
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    return corpus
