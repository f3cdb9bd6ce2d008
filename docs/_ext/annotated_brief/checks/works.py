"""The restatement and its annotations fit the work lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Code, Diagnostic
from ..model.article import region_of
from ..model.records import Annotation, Brief, Corpus, Location, Work
from ..model.text import WINDOW, fold, seal, window_hash, words


def check_paragraphs(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each brief that does not restate the paragraphs 1, 2, … of its work in order."""
    for brief in corpus.briefs:
        found = [p.number for p in corpus.paragraphs if p.docname == brief.docname and p.number]
        if found != list(range(1, brief.work.paragraphs + 1)):
            yield Diagnostic(
                code=Code.PARAGRAPH_MISSING,
                message=f"{brief.slug} restates paragraphs {found}, the work has {brief.work.paragraphs}",
                location=brief.work.location,
                hint="restate each paragraph once, in order, with ids p1, p2, …",
            )


def check_seals(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each annotation whose source words do not fit the lock."""
    for brief in corpus.briefs:
        regions = {region.id: region.sha256 for region in brief.work.regions}
        seals = dict(brief.work.seals)
        for note in corpus.annotations:
            if note.docname != brief.docname:
                continue
            recorded = seals.get(note.id)
            if recorded is None:
                yield _seal(note, Code.SEAL_MISSING, "has no seal in the work lock")
            elif recorded.region != region_of(note) or recorded.hash != seal(
                regions.get(recorded.region, ""), recorded.offset, note.source_words
            ):
                yield _seal(note, Code.SEAL_BROKEN, f"has other source words than were sealed: ‘{note.source_words}’")


def _seal(note: Annotation, code: Code, message: str) -> Diagnostic:
    """Return a finding about the seal of *note*."""
    return Diagnostic(
        code=code,
        message=f"‘{note.id}’ {message}",
        location=note.location,
        hint="correct :source-words:, or have a holder of the article run ‘brief lock-work’",
    )


def check_borrowed(brief: Brief, files: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Yield a finding for each run of eight words of the article in *files*, pairs of path and text.

    A run of which half or more is a title or name that the work lock lists as an exception is not counted.
    """
    work = brief.work
    for path, text in files:
        yield from _borrowed(work, path, text)


def _borrowed(work: Work, path: str, text: str) -> Iterator[Diagnostic]:
    """Yield the findings in one file."""
    found = [(word, number) for number, line in enumerate(text.splitlines(), 1) for word in words(line)]
    allowed = [words(fold(exception)) for exception in work.exceptions]
    skip: set[int] = set()
    tokens = [word for word, _ in found]
    for phrase in allowed:
        for start in range(len(tokens) - len(phrase) + 1):
            if tokens[start : start + len(phrase)] == phrase:
                skip.update(range(start, start + len(phrase)))
    for start in range(len(tokens) - WINDOW + 1):
        excepted = sum(i in skip for i in range(start, start + WINDOW))
        if 2 * excepted < WINDOW and window_hash(work.salt, tokens[start : start + WINDOW]) in work.windows:
            yield Diagnostic(
                code=Code.BORROWED_WORDS,
                message=f"eight words of the article: ‘{' '.join(tokens[start : start + WINDOW])}’",
                location=Location(path=path, line=found[start][1]),
                hint="say it in other words",
            )
