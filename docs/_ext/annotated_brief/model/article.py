"""What can be recorded of an article without keeping its text: regions, word windows, seals."""

from __future__ import annotations

from collections.abc import Iterable

from .records import Annotation, Region, Seal
from .text import digest, fold, seal, window_hashes, words

OUTSIDE = "outside"
_BODY_WORDS = 30  # the first block as long as this is the first paragraph


class ArticleError(ValueError):
    """A text that is not the article, or source words that are not in it; the message says why."""


def region_of(note: Annotation) -> str:
    """Return the region of the article that *note* is about: ``p5``, or ``outside``."""
    paragraph = note.paragraph
    return paragraph.id if paragraph is not None and paragraph.number else OUTSIDE


def split_article(text: str, paragraphs: int) -> dict[str, str]:
    """Return the folded regions of *text*: ``p1`` to ``pN`` and ``outside``, all that is no numbered paragraph.

    Blocks are lines that are not empty; the numbered paragraphs are the first block of 30 words or more and
    those that follow it. Raises :class:`ArticleError` when there are too few.
    """
    blocks = [fold(line) for line in text.splitlines() if line.strip()]
    first = next((i for i, block in enumerate(blocks) if len(block.split()) >= _BODY_WORDS), len(blocks))
    body = blocks[first : first + paragraphs]
    if len(body) < paragraphs:
        raise ArticleError(f"{len(body)} paragraphs found, {paragraphs} expected")
    regions = {f"p{number}": block for number, block in enumerate(body, 1)}
    return {**regions, OUTSIDE: fold("\n".join(blocks[:first] + blocks[first + paragraphs :]))}


def lock_regions(regions: dict[str, str]) -> tuple[Region, ...]:
    """Return the records of the folded *regions*."""
    return tuple(Region(id=key, sha256=digest(text), word_count=len(words(text))) for key, text in regions.items())


def lock_windows(regions: dict[str, str], salt: str) -> list[str]:
    """Return the sorted hashes of all word windows of the *regions*; windows do not cross their borders."""
    return sorted(set().union(*(window_hashes(text, salt) for text in regions.values())))


def lock_seals(notes: Iterable[Annotation], regions: dict[str, str]) -> dict[str, Seal]:
    """Return a seal for each annotation.

    Raises :class:`ArticleError` when source words do not stand in their region, or more than once.
    """
    seals = {}
    for note in notes:
        region, sought = region_of(note), fold(note.source_words)
        found = regions[region].count(sought)
        if found != 1:
            raise ArticleError(
                f"{note.location}: the source words ‘{note.source_words}’ occur {found} times in {region}, not once"
            )
        offset = regions[region].index(sought)
        seals[note.id] = Seal(region=region, offset=offset, hash=seal(digest(regions[region]), offset, sought))
    return seals
