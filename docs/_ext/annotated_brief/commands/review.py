"""`brief review` and `brief freeze`: who read what, and what was released."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from ..checks.identity import check_lifetimes
from ..exports.write import save_text
from ..model.changes import compare, states_of
from ..model.corpus import Corpus
from ..model.records import Review
from ..model.reviews import Foundations
from ..model.states import KINDS, Release
from ..reading.data import (
    FOLDER,
    HISTORY,
    RELEASED,
    REVIEWS,
    load_reviews,
    to_history_json,
    to_released_json,
    to_reviews_json,
)
from ..reading.data_files import DataError
from ..reading.releases import CHANGES, STATE, load_releases, load_state, to_changes_json, to_state_json
from .check import read_day
from .history import read_history
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, Project, find_project
from .saving import changed_file, save_files


def read_version(text: str) -> str:
    """Return a version that can stand in an address."""
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.+-]*", text):
        raise typer.BadParameter(f"‘{text}’ is no version; write letters, digits, dots, + and - alone, as 0.2.0")
    return text


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
    now = {**before, **record(corpus, chosen, reader, today())}
    kept = [found for name, found in now.items() if name in corpus.annotation_by_id]
    save_text(path, to_reviews_json(kept))
    typer.echo(f"{project.shorten(path)}: {len(chosen)} reviewed by {reader}, {len(kept)} reviews in all")


def record(corpus: Corpus, ids: Collection[str], by: str, on: str) -> dict[str, Review]:
    """Return a review for each of *ids*, in the present state of all that it rests on."""
    foundations = Foundations(corpus)
    return {
        name: Review(annotation=name, by=by, on=on, rests=tuple(foundations.of(corpus.annotation_by_id[name]).items()))
        for name in ids
    }


def freeze(
    version: Annotated[
        str | None,
        typer.Argument(metavar="[VERSION]", parser=read_version, help="The release whose changes are recorded."),
    ] = None,
    *,
    on: Annotated[
        str | None, typer.Option(parser=read_day, metavar="DATE", help="Its day; by default today (UTC).")
    ] = None,
) -> None:
    """Record the ids of this release, when its notes were written and, with VERSION, what it changed.

    From now on none of the ids may vanish without a tombstone. The dates come from git; where there is none, those
    that were recorded before stay. What changed is told against the last VERSION that was recorded.
    """
    project, progress = find_project(), Progress()
    corpus = read(project, progress)
    for found in check_lifetimes(corpus):
        raise Fault(f"nothing was recorded: {found.message}; {found.hint}")  # to record it would be to forget it
    release = next_release(project, corpus, version, on or today()) if version else None
    folder = project.docs / FOLDER
    names = [identity for identity, _ in corpus.identified()]
    texts, told = {folder / RELEASED: to_released_json(names)}, [f"{len(names)} ids"]
    dated = corpus.history_by_id | {found.annotation: found for found in read_history(project, corpus)}
    history = [dated[note.id] for note in corpus.annotations if note.id in dated]
    if history:
        texts[folder / HISTORY] = to_history_json(history)
        told.append(f"dates of {len(history)} annotations")
    if release is not None:
        texts |= release_texts(project, corpus, release)
        told += tell_release(release)
    files = [changed_file(project, path, text) for path, text in texts.items()]
    save_files(project, files)
    for file, said in zip(files, told, strict=True):
        typer.echo(f"{file.shown}: {said}")


def next_release(project: Project, corpus: Corpus, version: str, on: str) -> Release:
    """Return what *version* changes, or the release of that name where it is recorded and nothing has changed since."""
    folder = project.docs / FOLDER
    try:
        path = folder / CHANGES
        releases = load_releases(path)
        path = folder / STATE
        frozen = load_state(path)
        if bool(releases) != bool(frozen):
            raise DataError(f"it does not belong to {CHANGES}")
    except DataError as error:
        raise Fault(
            f"nothing was recorded: {project.shorten(path)}: {error}; restore it from the last commit"
        ) from None
    states = states_of(corpus)
    changes = compare(frozen, states, corpus.tombstones) if releases else ()
    last = releases[-1] if releases else None
    if last is not None and last.version == version and not changes:
        return last
    if version in {release.version for release in releases}:
        raise Fault(
            f"nothing was recorded: {version} is a release already, and differs in {len(changes)} records; "
            "give the next release another version"
        )
    if last is not None and on < last.on:
        raise Fault(f"nothing was recorded: {on} is before the last release, {last.version} of {last.on}")
    counts = Counter(state.kind for state in states)
    return Release(version=version, on=on, counts=tuple((kind, counts[kind]) for kind in KINDS), changes=changes)


def release_texts(project: Project, corpus: Corpus, release: Release) -> dict[Path, str]:
    """Return the files of releases with *release* in them, and with the state of its records for the next."""
    before = [found for found in corpus.releases if found.version != release.version]
    folder = project.docs / FOLDER
    return {
        folder / CHANGES: to_changes_json([*before, release]),
        folder / STATE: to_state_json(states_of(corpus)),
    }


def tell_release(release: Release) -> list[str]:
    """Return in words what is recorded of *release*: its changes, and the state after them."""
    kinds = Counter(str(change.what) for change in release.changes)
    listed = ", ".join(f"{number} {what}" for what, number in kinds.items()) or "nothing to compare with, or no change"
    state = f"the state of {sum(number for _, number in release.counts)} records"
    return [f"{release.version} of {release.on}: {listed}", state]


def today() -> str:
    """Return today (UTC) as ISO 8601 writes it."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def read(project: Project, progress: Progress) -> Corpus:
    """Return the records of a fresh reading, with a line of progress."""
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    return corpus
