"""The restatement and its annotations fit the work lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..diagnostics import Code, Diagnostic
from ..model.article import NOT_RESTATED, OUTSIDE, region_of
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Location, Work
from ..model.text import WINDOW, seal, window_hashes, words
from .evidence import finding


def check_works(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each page of annotations without a work lock, and each lock that proves nothing."""
    locked = {brief.docname for brief in corpus.briefs}
    first = {note.docname: note for note in reversed(corpus.annotations)}
    for docname, note in sorted(first.items()):
        if docname not in locked:
            yield finding(
                note,
                Code.BAD_WORK,
                "stands on a page that no work lock belongs to, so that nothing proves its words",
                "put work.yml beside the page, from the last commit or by ‘brief lock-work’",
            )
    for brief in corpus.briefs:
        work = brief.work
        wanted = {OUTSIDE, *(f"p{number}" for number in range(1, work.paragraphs + 1))}
        lacking = sorted(wanted - {region.id for region in work.regions})
        if lacking or not work.windows:
            what = f"holds no digest of {', '.join(lacking)}" if lacking else "holds no hashes of eight-word windows"
            yield Diagnostic(
                code=Code.BAD_WORK,
                message=f"the lock {what}",
                location=work.location,
                hint="restore it from the last commit, or have a holder of the article run ‘brief lock-work’",
            )


def check_paragraphs(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each brief that does not restate the paragraphs 1, 2, … of its work in order, and each stub."""
    for paragraph in corpus.paragraphs:
        if NOT_RESTATED in paragraph.text:
            yield Diagnostic(
                code=Code.NOT_RESTATED,
                message=f"¶{paragraph.label} {NOT_RESTATED}",
                location=paragraph.location,
                hint="say in your own words what it says",
            )
    for brief in corpus.briefs:
        found = [p.number for p in corpus.paragraphs_of(brief.docname) if p.number]
        if found != list(range(1, brief.work.paragraphs + 1)):
            yield Diagnostic(
                code=Code.PARAGRAPH_MISSING,
                message=f"{brief.slug} restates paragraphs {found}, the work has {brief.work.paragraphs}",
                location=brief.work.location,
                hint="restate each paragraph once, in order, with ids p1, p2, …",
            )


def check_source_words(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each annotation whose prefix and source words are together too long a quotation."""
    for note in corpus.annotations:
        length = len(note.prefix.split()) + len(note.source_words.split())
        if note.prefix and length >= WINDOW:
            yield finding(
                note,
                Code.SOURCE_WORDS_LENGTH,
                f"takes {length} words from the article, prefix and source words together",
                f"shorten them to {WINDOW - 1}",
            )


def check_seals(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each annotation whose source words do not fit the lock."""
    for brief in corpus.briefs:
        regions = {region.id: region.sha256 for region in brief.work.regions}
        seals = dict(brief.work.seals)
        for note in corpus.annotations_of(brief.docname):
            recorded = seals.get(note.id)
            if recorded is None:
                yield _seal(note, Code.SEAL_MISSING, "has no seal in the work lock")
            elif recorded.region != region_of(note) or recorded.hash != seal(
                regions.get(recorded.region, ""), recorded.offset, note.source_words
            ):
                yield _seal(note, Code.SEAL_BROKEN, f"has other source words than were sealed: ‘{note.source_words}’")


def _seal(note: Annotation, code: Code, message: str) -> Diagnostic:
    """Return a finding about the seal of *note*."""
    return finding(note, code, message, "correct :source-words:, or have a holder of the article run ‘brief lock-work’")


def check_borrowed(briefs: Iterable[Brief], files: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Yield a finding for each run of eight words of the article of one of *briefs* in *files*, pairs of path and text.

    A run of which half or more is a title or name that the work lock lists as an exception is not counted. Each file is
    hashed once for each salt, which the locks of a set share.
    """
    holders: dict[str, dict[str, list[Work]]] = defaultdict(lambda: defaultdict(list))
    for brief in briefs:
        for window in brief.work.windows:
            holders[brief.work.salt][window].append(brief.work)
    for path, text in files:
        found = [(word, number) for number, line in enumerate(text.splitlines(), 1) for word in words(line)]
        tokens = [word for word, _ in found]
        for start in sorted({start for salt, held in holders.items() for start in _shared(held, salt, tokens)}):
            yield Diagnostic(
                code=Code.BORROWED_WORDS,
                message=f"eight words of the article: ‘{' '.join(tokens[start : start + WINDOW])}’",
                location=Location(path=path, line=found[start][1]),
                hint="say it in other words",
            )


def _shared(held: Mapping[str, Sequence[Work]], salt: str, tokens: list[str]) -> Iterator[int]:
    """Yield where a window of *tokens* is one of the works that *held* gives for it."""
    shared: dict[int, list[int]] = defaultdict(list)  # by the place of a work in this list
    works: list[Work] = []
    for start, hashed in enumerate(window_hashes(tokens, salt)):
        for work in held.get(hashed, ()):
            if work not in works:
                works.append(work)
            shared[works.index(work)].append(start)
    for place, starts in shared.items():
        yield from _not_excepted(works[place], tokens, starts)


def _not_excepted(work: Work, tokens: list[str], shared: list[int]) -> Iterator[int]:
    """Yield which of the *shared* windows are more than titles and names."""
    excepted: set[int] = set()
    for phrase in (words(exception) for exception in work.exceptions):
        for start in range(len(tokens) - len(phrase) + 1):
            if tokens[start : start + len(phrase)] == phrase:
                excepted.update(range(start, start + len(phrase)))
    for start in shared:
        if 2 * sum(place in excepted for place in range(start, start + WINDOW)) < WINDOW:
            yield start
