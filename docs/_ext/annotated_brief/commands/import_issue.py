"""`brief import issue`: a note that a reader proposed by an issue, as a draft."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..exports.drafts import draft_id, to_draft_myst
from ..exports.write import save_text
from ..model.anchoring import Anchor, LostError, anchor, is_page_of
from ..model.corpus import Corpus
from ..model.passages import passages_of
from ..reading.issue import IssueError, Proposal, read_issue, read_person
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, failure, find_project


def import_issue(
    file: Annotated[
        Path, typer.Argument(help="The text of the issue, or `gh issue view NUMBER --json body,author,number`.")
    ] = Path("-"),
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write the draft there; by default it is printed.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="'NAME <ADDRESS>'", help="Who proposed it, where the issue does not say.")
    ] = "",
) -> None:
    """Turn an accepted issue into a draft of a note, with its proposer as co-author.

    Without FILE, or with -, it is read from the standard input. The draft is anchored exactly in the paragraph that the
    issue names, or reported as not anchored (exit code 1). The line for the commit message goes to the standard error.
    """
    if by and not read_person(by):
        raise typer.BadParameter("write it as git does: 'Name <address@example.org>'", param_hint="--by")
    name, text = read(file)
    try:
        proposal = read_issue(text)
    except IssueError as error:
        raise Fault(f"{name}: {error}") from None
    project, progress = find_project(), Progress()
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    try:
        place = place_of(proposal, corpus)
    except LostError as error:
        raise Fault(f"{name}: not anchored: {error}") from None
    taken = {known for (_, known), _ in corpus.identified()}
    draft = to_draft_myst(proposal.comment, place, draft_id(place, taken), corpus.today, origin=proposal.origin)
    if to is None:
        typer.echo(draft, nl=False)
    else:
        try:
            save_text(to, draft)
        except OSError as error:
            raise failure(error, f"{to}: the draft could not be written ({error.strerror})") from None
    proposer = read_person(by) or proposal.proposer
    if proposer:
        typer.echo(f"Co-authored-by: {proposer}", err=True)
    else:
        typer.echo(f"brief: {name}: it does not say who proposed it; name them with --by 'NAME <ADDRESS>'", err=True)


def read(file: Path) -> tuple[str, str]:
    """Return what to call the issue, and its text."""
    if str(file) == "-":
        name, content = "standard input", sys.stdin.buffer.read()
    else:
        name = str(file)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise Fault(f"{file}: it cannot be read ({error.strerror})") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"{name}: it is not in UTF-8 from byte {error.start:,} on") from None
    if not text.strip():
        raise Fault(f"{name}: it is empty")
    return name, text


def place_of(proposal: Proposal, corpus: Corpus) -> Anchor:
    """Return where the note belongs: in the paragraph that the issue names, or in the one that has the words.

    The page leaves the numbers of the notes out of what it hands over, so they are left out here, too. Raises
    :class:`LostError`.
    """
    brief = next((found for found in corpus.briefs if is_page_of(proposal.comment.uri, found)), None)
    if brief is None:
        raise LostError(f"there is no brief on the page ‘{proposal.comment.uri[1:]}’")
    passages = passages_of(corpus.paragraphs, ())
    if proposal.paragraph:
        passages = tuple(found for found in passages if found.paragraph.id == proposal.paragraph)
        if not passages:
            raise LostError(f"there is no paragraph ‘{proposal.paragraph}’")
    return anchor(proposal.comment, brief, passages, corpus.annotations, {})
