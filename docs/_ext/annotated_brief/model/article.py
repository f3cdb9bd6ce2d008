"""What can be recorded of an article without keeping its text: regions, word windows, seals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .records import Annotation, Paragraph, Region, Seal
from .text import digest, fold, seal, window_hashes, words

OUTSIDE = "outside"
NOT_RESTATED = "is not restated yet"  # what stands in the place of a paragraph that nobody has restated
SOURCE_WORDS_LIMIT = 6  # words of the article that a note may name
PREFIX_LIMIT = 3  # words before them
_BODY_WORDS = 30  # the first block as long as this is the first paragraph
_BREAK = re.compile(r"(?<=\w-)\n(?=\w)")  # a line that ends at the hyphen of a compound


class ArticleError(ValueError):
    """A text that is not the article, or source words that are not in it; the message says why."""


def region_of(note: Annotation) -> str:
    """Return the region of the article that *note* is about: ``p5``, or ``outside``."""
    return region_restated(note.paragraph)


def region_restated(paragraph: Paragraph | None) -> str:
    """Return the region of the article that *paragraph* restates; without a number it is what stands around those that have one."""
    return paragraph.id if paragraph is not None and paragraph.number else OUTSIDE


def join_lines(lines: Iterable[str]) -> str:
    """Return the text of a paragraph that stands on *lines*."""
    return _BREAK.sub("", "\n".join(line.strip() for line in lines if line.strip())).replace("\n", " ")


def split_article(text: str, paragraphs: int) -> dict[str, str]:
    """Return the folded regions of *text*: ``p1`` to ``pN`` and ``outside``, all that is no numbered paragraph.

    The numbered paragraphs are the first block of 30 words or more and those that follow it. Raises
    :class:`ArticleError` when there are too few.
    """
    lines = text.splitlines()
    spans = split_blocks(lines, 0, len(lines))
    first = next((i for i, span in enumerate(spans) if len(_join(lines, span).split()) >= _BODY_WORDS), len(spans))
    body = spans[first : first + paragraphs]
    if len(body) < paragraphs:
        raise ArticleError(f"{len(body)} paragraphs found, {paragraphs} expected; empty lines must stand between them")
    regions = {f"p{number}": fold(_join(lines, span)) for number, span in enumerate(body, 1)}
    begin, end = body[0][0], body[-1][1]
    return {**regions, OUTSIDE: fold(join_lines(lines[:begin] + lines[end:]))}


def _join(lines: Sequence[str], span: tuple[int, int]) -> str:
    """Return the text of the block that stands in *span*."""
    return join_lines(lines[slice(*span)])


def split_blocks(lines: Sequence[str], begin: int, end: int) -> list[tuple[int, int]]:
    """Return the spans, ends excluded, between empty lines from *begin* to *end*; where there are none, each line."""
    filled = [number for number in range(begin, end) if lines[number].strip()]
    if len(filled) == end - begin:
        return [(number, number + 1) for number in filled]
    spans: list[tuple[int, int]] = []
    for number in filled:
        if spans and spans[-1][1] == number:
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
    return spans


def lock_regions(regions: dict[str, str]) -> tuple[Region, ...]:
    """Return the records of the folded *regions*."""
    return tuple(Region(id=key, sha256=digest(text), word_count=len(words(text))) for key, text in regions.items())


def lock_windows(regions: dict[str, str], salt: str) -> list[str]:
    """Return the sorted hashes of all word windows of the *regions*; windows do not cross their borders."""
    return sorted(set().union(*(window_hashes(words(text), salt) for text in regions.values())))


def find_anchor(region: str, note: Annotation) -> list[int]:
    """Return where the source words of *note* stand in the folded *region*: offsets in characters."""
    return find_words(region, note.source_words, note.prefix)


def find_words(region: str, words: str, prefix: str = "") -> list[int]:
    """Return where *words* stand in the folded *region*: offsets in characters.

    Only whole words count, and only those that follow the *prefix*, where there is one (TextQuoteSelector of the
    W3C Web Annotation model).
    """
    sought, prefix = fold(words), fold(prefix)
    before = rf"(?<=(?<!\w){re.escape(prefix)} )" if prefix else r"(?<!\w)" if sought[:1].isalnum() else ""
    after = r"(?!\w)" if sought[-1:].isalnum() else ""
    # A lookahead takes no room, so that places that overlap are found, too.
    pattern = rf"{before}(?={re.escape(sought)}{after})"
    return [found.start() for found in re.finditer(pattern, region)] if sought else []


def lock_seals(notes: Iterable[Annotation], regions: dict[str, str]) -> dict[str, Seal]:
    """Return a seal for each annotation.

    Raises :class:`ArticleError` when source words do not stand in their region, or more than once, or there is no
    such region.
    """
    seals = {}
    for note in notes:
        region = region_of(note)
        if region not in regions:
            raise ArticleError(
                f"{note.location}: ‘{note.id}’ is about {region}, but ‘paragraphs’ of the work lock counts "
                f"{len(regions) - 1}"
            )
        found = find_anchor(regions[region], note)
        if len(found) != 1:
            more = "; take more words, or give those before them as :prefix:" if found else ""
            raise ArticleError(
                f"{note.location}: the source words ‘{note.source_words}’ occur {len(found)} times in {region}, "
                f"not once{more}"
            )
        offset = found[0]
        seals[note.id] = Seal(
            region=region, offset=offset, hash=seal(digest(regions[region]), offset, note.source_words)
        )
    return seals
