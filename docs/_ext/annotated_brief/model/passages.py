"""The text of a restated paragraph as a page shows it, and where in it the marks stand.

A page prints the number of the paragraph before its text and the number of a note behind the words that it is about.
Whoever selects by position (TextPositionSelector of the W3C Web Annotation model) or by the words around
(TextQuoteSelector) counts them as characters of the text; so does this module. Positions are in Unicode code points,
white space is folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .records import Annotation, Paragraph

CONTEXT = 32  # characters of prefix and suffix: what annotation tools commonly keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The words of a note in a passage: *end* is behind the last, before the number of the note."""

    annotation: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a page shows of a restated paragraph."""

    paragraph: Paragraph
    text: str
    marks: tuple[Mark, ...] = ()
    numbers: tuple[tuple[int, int], ...] = ()  # where numbers stand that are no words of the paragraph

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Return the prefix and the suffix of what stands between *start* and *end*."""
        return self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]

    def words(self, start: int, end: int) -> str:
        """Return what stands between *start* and *end* without the numbers."""
        hidden = {place for first, last in self.numbers for place in range(first, last)}
        return "".join(self.text[place] for place in range(start, end) if place not in hidden)


def show_passage(paragraph: Paragraph, notes: Iterable[Annotation]) -> Passage:
    """Return *paragraph* as a page shows it; *notes* may hold those of other paragraphs, too."""
    mine = [note for note in notes if note.mark and note.paragraph is not None and note.paragraph.id == paragraph.id]
    shown = f"¶{paragraph.label}" if paragraph.number else ""
    numbers = [(0, len(shown))] if shown else []
    marks, read = [], 0
    for note in sorted(mine, key=lambda found: found.start):
        end = note.start + len(note.mark)
        shown += paragraph.text[read:end]
        marks.append(Mark(annotation=note.id, start=len(shown) - len(note.mark), end=len(shown)))
        numbers.append((len(shown), len(shown) + len(note.number)))
        shown += note.number
        read = end
    text = shown + paragraph.text[read:]
    return Passage(paragraph=paragraph, text=text, marks=tuple(marks), numbers=tuple(numbers))


def passages_of(paragraphs: Iterable[Paragraph], notes: Iterable[Annotation]) -> tuple[Passage, ...]:
    """Return *paragraphs* as pages show them, with their *notes*."""
    by_place: dict[tuple[str, str], list[Annotation]] = {}
    for note in notes:
        if note.paragraph is not None:
            by_place.setdefault((note.docname, note.paragraph.id), []).append(note)
    return tuple(show_passage(found, by_place.get((found.docname, found.id), ())) for found in paragraphs)
