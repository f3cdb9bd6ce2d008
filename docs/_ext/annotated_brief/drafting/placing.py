"""Where in a file a mark, a note, a card or an event goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ..model.anchoring import find_shown
from ..model.collation import cyrillic_key
from ..model.dates import EdtfDate
from ..model.records import Annotation, Event, Paragraph, Term
from .source_file import DraftError, SourceFile

_FENCE = re.compile(r"\s*(:{3,}|`{3,})\{")
# What is no plain text of a paragraph: roles, code, links, emphasis, attributes, escapes.
_MARKUP = re.compile(
    r"\{[\w:+-]+\}(`+).+?\1|(`+).+?\2|\[[^\]]*\]\([^)]*\)|\{[^}]*\}|\\.|\*+|(?<!\w)_+|_+(?!\w)", re.DOTALL
)
_MASK = "\ue000"
_Record = TypeVar("_Record", Term, Event)
_MARK = re.compile(r"\{(?:brief:)?mark\}`[^`]*<\s*([^<>`]+?)\s*>`", re.DOTALL)


def span_of_paragraph(file: SourceFile, paragraph: Paragraph) -> tuple[int, int]:
    """Return the lines, the end excluded, on which the text of *paragraph* stands, counted from 0.

    Raises :class:`DraftError` where the file is not as it was read.
    """
    lines = file.lines
    label = re.compile(rf"\s*\{{[^}}]*#{re.escape(paragraph.id)}(?![\w-])[^}}]*\}}\s*$")
    at = next((number for number, line in enumerate(lines) if label.match(line)), None)
    if at is None:
        raise DraftError(f"{file.shown}: there is no line {{#{paragraph.id}}} above a paragraph; write one")
    begin = at + 1
    while begin < len(lines) and re.fullmatch(r"\s*\{[^}]*\}\s*", lines[begin]):
        begin += 1
    end = begin
    while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
        end += 1
    return begin, end


def end_of_directive(lines: Sequence[str], line: int) -> int:
    """Return the line behind the directive that opens on *line*; both counted from 0."""
    opening = _FENCE.match(lines[line])
    if opening is None:
        raise DraftError("a directive does not begin where it was read")
    fence = opening[1]
    for number in range(line + 1, len(lines)):
        row = lines[number].strip()
        if len(row) >= len(fence) and row == fence[0] * len(row):
            return number + 1
    return len(lines)


def place_mark(file: SourceFile, paragraph: Paragraph, words: str, name: str) -> tuple[SourceFile, list[str]]:
    """Return the file with a mark for the note *name* on *words* of *paragraph*, and the notes marked before it.

    Raises :class:`DraftError` where the words do not stand in the paragraph exactly once, or hold markup.
    """
    shown = len(_find_whole(paragraph.text, words))
    if shown != 1:
        how = f"stand {shown} times in" if shown else "do not stand in"
        hint = "take more words" if shown else "copy them from the paragraph above"
        raise DraftError(f"‘{words}’ {how} {paragraph.name}; {hint}")
    begin, end = span_of_paragraph(file, paragraph)
    rows = file.text.split("\n")
    offset = sum(len(row) + 1 for row in rows[:begin])
    raw = "\n".join(rows[begin:end])
    masked = _MARKUP.sub(lambda found: _MASK * len(found[0]), raw)
    places = _find_whole(masked, words)
    if len(places) != 1:
        raise DraftError(
            f"‘{words}’ are partly in a link, a quotation or another mark of {paragraph.name}; "
            "take words beside it, or set the mark by hand"
        )
    start, stop = places[0]
    before = [found[1] for found in _MARK.finditer(raw, 0, start)]
    marked = f"{{mark}}`{raw[start:stop]} <{name}>`"
    return file.with_words(offset + start, offset + stop, marked), before


def _find_whole(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the folded *words* stand in *text* as whole words."""
    found = find_shown(text, words) if words.strip() else []
    return [
        (start, end)
        for start, end in found
        if not (text[start - 1 : start].isalnum() and text[start].isalnum())
        and not (text[end : end + 1].isalnum() and text[end - 1].isalnum())
    ]


def place_note(file: SourceFile, paragraph: Paragraph, after: Annotation | None) -> int:
    """Return the line before which a note of *paragraph* goes: behind the note *after*, or behind the paragraph."""
    if after is None:
        return span_of_paragraph(file, paragraph)[1]
    return end_of_directive(file.lines, line_of(file, "annotation", after.id))


def line_of(file: SourceFile, directive: str, name: str) -> int:
    """Return the line, counted from 0, on which the record *name* begins; raises :class:`DraftError`."""
    opening = re.compile(rf"\s*(?::{{3,}}|`{{3,}})\{{(?:brief:)?{directive}\}}\s+{re.escape(name)}\s*$")
    found = next((number for number, line in enumerate(file.lines) if opening.match(line)), None)
    if found is None:
        raise DraftError(f"{file.shown}: the {directive} ‘{name}’ is not where it was read; run again")
    return found


def place_term(file: SourceFile, terms: Iterable[Term], name: str, heading: str) -> int:
    """Return the line before which the card *name* goes, by the alphabet among the *terms*, those of its kind.

    Where there are none it is the end of the section *heading* or, without such a section, of the file.
    """
    return _among(
        file,
        "term",
        sorted(terms, key=lambda term: term.location.line),
        lambda term: cyrillic_key(term.name) > cyrillic_key(name),
        lambda: _end_of_section(file, heading),
    )


def place_event(file: SourceFile, events: Iterable[Event], date: EdtfDate) -> int:
    """Return the line before which an event of *date* goes: by date, and in the section whose years hold it."""
    ordered = sorted(events, key=lambda event: event.location.line)
    later = next((event for event in ordered if event.date.sort_key() > date.sort_key()), None)
    at = _among(file, "event", ordered, lambda event: event is later, lambda: len(file.lines))
    if later is None or later is ordered[0]:
        return at
    earlier = ordered[ordered.index(later) - 1]
    behind = end_of_directive(file.lines, line_of(file, "event", earlier.id))
    between = [line for line in file.lines[behind:at] if line.startswith("#")]
    years = re.search(r"\d{4}", between[-1]) if between else None
    fits = years is not None and date.first_day().year >= int(years[0])
    return at if fits or not between else behind


def _among(
    file: SourceFile,
    directive: str,
    ordered: Sequence[_Record],
    follows: Callable[[_Record], bool],
    otherwise: Callable[[], int],
) -> int:
    """Return the line of the first of the *ordered* records that *follows*, or that behind the last of them."""
    for record in ordered:
        if follows(record):
            return line_of(file, directive, record.id)
    return end_of_directive(file.lines, line_of(file, directive, ordered[-1].id)) if ordered else otherwise()


def _end_of_section(file: SourceFile, heading: str) -> int:
    """Return the line behind the section *heading*, or behind the file."""
    lines = file.lines
    at = next((number for number, line in enumerate(lines) if re.match(rf"##\s+{heading}\b", line)), None)
    if at is None:
        return len(lines)
    return next((number for number in range(at + 1, len(lines)) if lines[number].startswith("## ")), len(lines))
