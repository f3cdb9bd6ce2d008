"""What only a checkout can be asked: its files, and the copies that its reader has attached."""

from collections.abc import Iterator

from ..checks.anchors import check_anchors
from ..checks.quote_lock import check_quote_lock
from ..checks.works import check_borrowed
from ..diagnostics import Diagnostic
from ..model.copies import Copy, take_apart
from ..model.corpus import Corpus
from ..reading.copies import SOURCES, WORKS, CopyError, decode, stored_copies
from .project import Project, Refusal


def find_local(project: Project, corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield the findings about borrowed words, anchors and quotations.

    Raises :class:`Refusal` for a copy that cannot be read.
    """
    yield from check_borrowed(corpus.briefs, repository_files(project))
    try:
        copies = dict(attached_works(project, corpus))
        held = dict(stored_copies(project.root, SOURCES))
    except CopyError as error:
        raise Refusal(str(error)) from None
    yield from check_anchors(corpus, copies)
    yield from check_quote_lock(corpus, held)


def attached_works(project: Project, corpus: Corpus) -> Iterator[tuple[str, Copy]]:
    """Yield slug and parts of each attached copy of a work that a brief restates; raises :class:`CopyError`."""
    briefs = {brief.slug: brief for brief in corpus.briefs}
    for slug, text in stored_copies(project.root, WORKS):
        if slug in briefs:
            yield slug, take_apart(text, briefs[slug].work)


def repository_files(project: Project) -> Iterator[tuple[str, str]]:
    """Yield path and text of every text file that is, or with the next commit could be, in the repository.

    Without a repository these are the files outside the hidden folders and `build/`.
    """
    listed = project.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        paths = (path.relative_to(project.root) for path in project.root.rglob("*") if path.is_file())
        names = [path.as_posix() for path in paths if path.parts[0] != "build" and not path.parts[0].startswith(".")]
    else:
        names = [name for name in listed.split("\0") if name]
    for name in sorted(names):
        try:
            yield name, decode((project.root / name).read_bytes())
        except (CopyError, FileNotFoundError, IsADirectoryError):
            continue  # no text, or deleted and not yet committed
