"""A reader's own copy of a work, compared with what the work lock records of the original.

The copy may be wrapped differently, stand among page furniture, or differ from the original here and there. No
sentence of the original is at hand: a paragraph is known by the digest of its folded text, and a paragraph that
differs by the hashed word windows that it shares with the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

from .article import OUTSIDE, join_lines, split_blocks
from .records import Region, Work
from .text import WINDOW, digest, fold, window_hashes, words

_WORD = re.compile(r"\w+")
_ALIKE = 0.5  # share of known windows above which a block is a paragraph that differs
_ROOM = 20  # times the words of the work: more is no page around it


class Likeness(StrEnum):
    """How a paragraph of a copy compares with the original."""

    SAME = "same"
    DIFFERS = "differs"
    CUT = "cut short"  # what is there is the original's, and words at an end are lost
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One region of the work in a copy: *lines* are those of the copy, from 0, the end excluded."""

    id: str
    likeness: Likeness
    text: str = ""  # folded
    raw: str = ""  # as the copy has it: a paragraph on one line, what is outside them line by line
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy taken apart: the numbered paragraphs in order, and then the region outside them."""

    parts: tuple[Part, ...]

    def part(self, region: str) -> Part | None:
        """Return the part of that id, or None."""
        return next((part for part in self.parts if part.id == region), None)

    def of(self, likeness: Likeness) -> list[str]:
        """Return the ids of the numbered paragraphs of that likeness."""
        return [part.id for part in self.parts if part.likeness is likeness and part.id != OUTSIDE]


def is_oversized(text: str, work: Work) -> bool:
    """Whether *text* is far too long for a copy of *work*, whatever page it stands on."""
    return len(words(text)) > _ROOM * sum(region.word_count for region in work.regions)


class _Lines:
    """The lines of a copy, with what is asked of every run of them: how many words, and how many known windows."""

    def __init__(self, text: str, work: Work) -> None:
        self.lines = text.splitlines()
        by_line = [words(line) for line in self.lines]
        self.starts = list(accumulate(map(len, by_line), initial=0))  # words before each line, and in all
        known = _known([word for line in by_line for word in line], work)
        self._known = list(accumulate(known, initial=0))

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.lines)

    def text(self, begin: int, end: int) -> str:
        """Return the text of a paragraph that stands on these lines."""
        return join_lines(self.lines[begin:end])

    def words(self, begin: int, end: int) -> int:
        """Return the number of words on these lines."""
        return self.starts[end] - self.starts[begin]

    def share(self, begin: int, end: int) -> float:
        """Return the share, from 0 to 1, of the word windows on these lines that the work has."""
        windows = self.words(begin, end) - WINDOW + 1
        first = self.starts[begin]
        return (self._known[first + windows] - self._known[first]) / windows if windows > 0 else 0.0


def take_apart(text: str, work: Work) -> Copy:
    """Return *text* as a copy of *work*."""
    lines = _Lines(text, work)
    wanted = [region for region in work.regions if region.id != OUTSIDE]
    found = {region.id: span for region in wanted if (span := _find(lines, region)) is not None}
    parts = [_part(region.id, Likeness.SAME, lines, found[region.id]) for region in wanted if region.id in found]
    for gap in _gaps(wanted, found):
        parts += _fill(gap, found, lines, work)
    taken = {number for part in parts for number in range(*part.lines)}
    parts.sort(key=lambda part: [region.id for region in wanted].index(part.id))
    rest = [line for number, line in enumerate(lines.lines) if number not in taken]
    recorded = {region.id: region.sha256 for region in work.regions}
    text = fold(join_lines(rest))
    same = digest(text) == recorded.get(OUTSIDE)
    likeness = Likeness.SAME if same else Likeness.DIFFERS
    outside = Part(id=OUTSIDE, likeness=likeness, text=text, raw="\n".join(rest))
    return Copy(parts=(*parts, outside))


def _part(name: str, likeness: Likeness, lines: _Lines, span: tuple[int, int]) -> Part:
    """Return the part that stands in *span*."""
    raw = lines.text(*span)
    return Part(id=name, likeness=likeness, text=fold(raw), raw=raw, lines=span)


def _find(lines: _Lines, region: Region) -> tuple[int, int] | None:
    """Return the run of lines whose joined text has the digest of *region*, or None."""
    for start in range(len(lines)):
        end = bisect_left(lines.starts, lines.starts[start] + region.word_count)
        if end > len(lines) or not lines.words(start, start + 1) or lines.words(start, end) != region.word_count:
            continue
        # The digest is dear, and of a run with unknown windows it cannot fit.
        likely = region.word_count < WINDOW or lines.share(start, end) == 1
        if likely and digest(fold(lines.text(start, end))) == region.sha256:
            return start, end
    return None


def _gaps(wanted: list[Region], found: dict[str, tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the runs of neighbouring regions that were not found, as places in *wanted* with their outer neighbours."""
    return (
        list(range(start, end + 1))
        for start, end in pairwise([-1, *(i for i, region in enumerate(wanted) if region.id in found), len(wanted)])
        if end - start > 1
    )


def _fill(gap: list[int], found: dict[str, tuple[int, int]], lines: _Lines, work: Work) -> Iterator[Part]:
    """Yield a part for each region of *gap*: the blocks between its neighbours that share words with the work."""
    wanted = [region for region in work.regions if region.id != OUTSIDE]
    begin = found[wanted[gap[0]].id][1] if gap[0] >= 0 else 0
    end = found[wanted[gap[-1]].id][0] if gap[-1] < len(wanted) else len(lines)
    regions = [wanted[i] for i in gap[1:-1]]
    blocks = [block for block in _blocks(lines, begin, end, single=len(regions) == 1) if lines.share(*block) >= _ALIKE]
    for region in regions:
        size = region.word_count
        near = [block for block in blocks if 2 * abs(lines.words(*block) - size) <= size]
        # As many blocks must be left as there are regions to come, so that the order holds.
        if not near or (len(blocks) < len(regions) and near[0] != blocks[0]):
            yield Part(id=region.id, likeness=Likeness.MISSING)
            continue
        cut = _is_cut(fold(lines.text(*near[0])), region, work)
        yield _part(region.id, Likeness.CUT if cut else Likeness.DIFFERS, lines, near[0])
        blocks = [block for block in blocks if block > near[0]]


def _is_cut(text: str, region: Region, work: Work) -> bool:
    """Whether the folded *text* is *region* but for words lost at its ends.

    Not where as many others stand in their place; one may be the stump of a word.
    """
    pieces = compare_words(text, work)
    known = [number for number, piece in enumerate(pieces) if piece.known]
    strange = sum(len(words(piece.text)) for piece in pieces if not piece.known)
    lost = region.word_count - len(words(text))
    return len(known) == 1 and lost > (strange if strange > 1 else 0)


def _blocks(lines: _Lines, begin: int, end: int, *, single: bool) -> list[tuple[int, int]]:
    """Return the spans between empty lines; where there are none, each line, or all where a *single* one is sought."""
    if single and all(line.strip() for line in lines.lines[begin:end]):
        return [(begin, end)] if begin < end else []
    return split_blocks(lines.lines, begin, end)


def _known(found: list[str], work: Work) -> list[bool]:
    """Return for each window of the words *found* whether the work has it."""
    return [hashed in work.windows for hashed in window_hashes(found, work.salt)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of a copy; *known* runs are the original's, between two of them words may be lacking."""

    text: str
    known: bool


def compare_words(text: str, work: Work) -> list[Piece]:
    """Return the folded *text* in pieces: those that the original has word for word, and those that it has not.

    An empty piece that is not known stands where the copy lacks words. Where all is known, what differs is
    punctuation, the case of letters, or words lost at an end.
    """
    spans = [found.span() for found in _WORD.finditer(text)]
    known = _known([text[slice(*span)].casefold() for span in spans], work)
    covered = [any(known[max(0, i - WINDOW + 1) : i + 1]) for i in range(len(spans))]
    # Two neighbours belong together where one known window holds both.
    together = [any(known[max(0, i - WINDOW + 2) : i + 1]) for i in range(len(spans) - 1)]
    pieces: list[Piece] = []
    begin = 0
    for i in range(len(spans)):
        last = i + 1 == len(spans)
        if not last and covered[i] == covered[i + 1] and (together[i] or not covered[i]):
            continue
        end = len(text) if last else spans[i + 1][0]
        pieces.append(Piece(text=text[begin:end], known=covered[i]))
        if not last and covered[i] and covered[i + 1]:
            pieces.append(Piece(text="", known=False))
        begin = end
    return pieces
