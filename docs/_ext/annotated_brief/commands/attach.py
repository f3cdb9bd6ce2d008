"""`brief attach` and `brief detach`: the reader's own copies of the article and of the sources."""

import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ..model.article import OUTSIDE
from ..model.copies import Copy, Likeness, Part, compare_words, is_oversized, take_apart
from ..model.records import Work
from ..reading.copies import SOURCES, WORKS, CopyError, place_of, read_copy, store_copy, sweep
from ..reading.sources import entry_lines
from ..reading.work import WorkError, find_lock, load_work
from .progress import is_plain
from .project import Fault, Project, failure, find_project


def read_path(text: str) -> Path:
    """Return the path that the reader has typed; an empty one would be the folder that we are in."""
    if not text:
        raise typer.BadParameter("the name of the file is empty")
    return Path(text)


CopyArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", parser=read_path, help="The copy: plain text, Markdown or saved HTML.", show_default=False
    ),
]
WorkOption = Annotated[str, typer.Option("--work", metavar="SLUG", help="The brief that restates it.")]
SourceOption = Annotated[str, typer.Option("--source", metavar="KEY", help="A source instead: its key in refs.bib.")]


def attach(
    file: CopyArgument,
    work: WorkOption = "",
    source: SourceOption = "",
) -> None:
    """Keep a private copy of the article or of a source.

    It is stored in .sources/, which never becomes part of the repository. The checks compare with it: `brief check`
    resolves every anchor in a copy of the article, and `brief build` makes the facing edition, too.
    """
    project = find_project()
    try:
        place, facts = find_place(project, work, source), load_facts(project, work, source)
        text = read_copy(file)
        if facts is not None:
            compare(text, facts)
        with project.only_one_run():
            store_copy(place, text)
    except CopyError as error:
        raise Fault(f"{file}: {error}; nothing was changed") from None
    except OSError as error:
        raise failure(error, f"{file}: the copy could not be written ({error.strerror}); nothing was changed") from None
    typer.echo(f"{project.shorten(place)}: attached; run `brief check`")


def detach(work: WorkOption = "", source: SourceOption = "") -> None:
    """Remove the private copy of the article or of a source.

    With that of the article goes the facing edition, which was made from it.
    """
    project = find_project()
    try:
        place = find_place(project, work, source)
        with project.only_one_run():
            facing = project.build / "facing"
            if not source and facing.exists():  # first, since it holds the text, too
                shutil.rmtree(facing)
                typer.echo(f"{project.shorten(facing)}: removed")
            sweep(place.parent)
            place.unlink()
    except CopyError as error:
        raise Fault(str(error)) from None
    except FileNotFoundError:
        raise Fault("no copy of that name is attached") from None
    except OSError as error:
        raise failure(error, f"{error.filename} cannot be removed ({error.strerror}): remove it yourself") from None
    typer.echo(f"{project.shorten(place)}: removed")


def find_place(project: Project, work: str, source: str) -> Path:
    """Return where the copy is kept, be it there or not; raises :class:`CopyError`."""
    if work and source:
        raise typer.BadParameter("--work and --source exclude each other")
    if source:
        return place_of(project.root, SOURCES, source)
    try:
        return place_of(project.root, WORKS, find_lock(project.docs, work).parent.name)
    except WorkError as error:
        raise CopyError(str(error)) from None


def load_facts(project: Project, work: str, source: str) -> Work | None:
    """Return the facts about the article, or None for a source of refs.bib; raises :class:`CopyError`."""
    if source:
        if source not in entry_lines((project.root / "refs.bib").read_text("utf-8")):
            raise CopyError(f"‘{source}’ is not in refs.bib")
        return None
    try:
        lock = find_lock(project.docs, work)
        return load_work(lock, project.shorten(lock))
    except WorkError as error:
        raise CopyError(str(error)) from None


def compare(text: str, work: Work) -> None:
    """Say how *text* compares with *work*; raises :class:`CopyError` where it is no whole copy."""
    if is_oversized(text, work):
        raise CopyError(f"it is far longer than ‘{work.title}’; save the text of the article alone")
    report(copy := take_apart(text, work), work)
    lost, cut = copy.of(Likeness.MISSING), copy.of(Likeness.CUT)
    if lost or cut:
        faults = [f"{', '.join(ids)} {fault}" for ids, fault in ((lost, "not found"), (cut, "cut short")) if ids]
        raise CopyError(f"{'; '.join(faults)}: it is no whole copy of ‘{work.title}’")


def report(copy: Copy, work: Work) -> None:
    """Say of each paragraph whether it is the same, and show the words of those that differ."""
    console = Console(highlight=False, no_color=is_plain() or None, soft_wrap=True)
    for part in copy.parts:
        if part.id == OUTSIDE:
            around = "the same" if part.likeness is Likeness.SAME else "other than in the original, or left out"
            console.print(Text(f"{part.id:>8}  {around}"))
            continue
        console.print(Text(f"{part.id:>8}  {part.likeness}"))
        if part.likeness is Likeness.DIFFERS:
            console.print(mark_differences(part, work))


def mark_differences(part: Part, work: Work) -> Text:
    """Return the words of *part* with those marked that the original has not, and the places where it has more."""
    pieces = compare_words(part.text, work)
    if all(piece.known for piece in pieces):
        return Text("          the words are the same: punctuation, capitals, or words at an end differ")
    line = Text("          ")
    for place, piece in enumerate(pieces):
        if not piece.known:
            shown = piece.text.strip()
            line.append(f"{{+{shown}+}} " if shown else "{…} ", style="bold red")
        else:
            kept = piece.text.split()
            around = kept if len(kept) <= 8 else [*(kept[:4] if place else []), "…", *kept[-4:]]
            line.append(" ".join(around if place + 1 < len(pieces) else around[:5]) + " ")
    return line
