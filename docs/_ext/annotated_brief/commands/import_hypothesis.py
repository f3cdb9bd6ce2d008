"""`brief import hypothesis`: annotations that others made with Hypothesis, as drafts of notes."""

from pathlib import Path
from typing import Annotated

import typer

from ..exports.drafts import draft_id, to_draft_myst
from ..exports.write import save_text
from ..model.anchoring import Comment, LostError, anchor
from ..model.corpus import Corpus
from ..model.passages import passages_of
from ..reading.copies import CopyError
from ..reading.hypothesis import HypothesisError, load_hypothesis
from .local import attached_works
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, Project, failure, find_project


def import_hypothesis(
    file: Annotated[Path, typer.Argument(help="An export of the client, or an answer of the API (JSON).")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write the drafts there; by default they are printed.")
    ] = None,
) -> None:
    """Turn annotations made with Hypothesis into drafts of notes.

    A draft is anchored exactly, in the restatement or in the words of the article, or reported as not anchored (exit
    code 1). Texts are taken over letter by letter; an author completes the drafts and puts them in their place.
    """
    project, progress = find_project(), Progress()
    try:
        comments = load_hypothesis(file)
    except HypothesisError as error:
        raise Fault(f"{file}: {error}") from None
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    drafts, lost = draft(comments, corpus, article_regions(project, corpus))
    text = "\n".join(drafts)
    if to is not None and drafts:
        try:
            save_text(to, text)
        except OSError as error:
            raise failure(error, f"{to}: the drafts could not be written ({error.strerror})") from None
    elif drafts:
        typer.echo(text, nl=False)
    for comment, reason in lost:
        typer.echo(f"{file}: {comment.id}: not anchored: {reason}", err=True)
    typer.echo(f"{len(drafts)} of {len(comments)} anchored" + (f"; drafts in {to}" if to and drafts else ""), err=True)
    if lost:
        raise typer.Exit(1)


def draft(
    comments: tuple[Comment, ...], corpus: Corpus, regions: dict[str, dict[str, str]]
) -> tuple[list[str], list[tuple[Comment, str]]]:
    """Return the drafts, and the comments that have no place with the reason; *regions* are those of each brief."""
    passages = passages_of(corpus.paragraphs, corpus.annotations)
    taken = {name for (_, name), _ in corpus.identified()}
    drafts: list[str] = []
    lost: list[tuple[Comment, str]] = []
    for comment in comments:
        reasons = []
        for brief in corpus.briefs:
            try:
                place = anchor(comment, brief, passages, corpus.annotations, regions.get(brief.slug, {}))
            except LostError as error:
                reasons.append(str(error))
                continue
            name = draft_id(place, taken)
            taken.add(name)
            drafts.append(to_draft_myst(comment, place, name, corpus.today))
            break
        else:
            lost.append((comment, reasons[0] if reasons else "there is no brief here"))
    return drafts, lost


def article_regions(project: Project, corpus: Corpus) -> dict[str, dict[str, str]]:
    """Return the folded regions of each article of which a copy is attached, by the slug of its brief."""
    try:
        return {slug: {part.id: part.text for part in copy.parts} for slug, copy in attached_works(project, corpus)}
    except CopyError as error:
        raise Fault(f"the attached copy of the article: {error}") from None
