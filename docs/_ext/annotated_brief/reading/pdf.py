"""The text of a PDF, paragraph by paragraph: what its lines say, and where on the page they stand."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from .copies import CopyError

_MARGIN = 2  # lines at the top and the bottom of a page that may be running heads or numbers
_WIDER = 1.25  # times the usual distance of lines: further apart are two paragraphs
_SHORT = 0.8  # of a full line: a shorter one that ends a sentence ends its paragraph
_NUMERALS = re.compile(r"\W*(?:\d+|[ivxlc]+|page \d+)(?: (?:of|/) \d+)?\W*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of a page: its text, where it begins, in points from the lower left corner, and how large its letters are."""

    text: str
    x: float
    y: float
    size: float


def text_of_pdf(data: bytes) -> str:
    """Return the text of a PDF with empty lines between its paragraphs, and with words joined that a line end parted.

    Running heads and page numbers are left out. Raises :class:`~annotated_brief.reading.copies.CopyError` where the
    file cannot be opened or holds no text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [lines_of(page) for page in reader.pages]
    # What is wrong in a file shows itself in many ways, and pypdf promises none of them.
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise CopyError(f"the PDF cannot be read ({' '.join(str(error).split())[:80]}); save the text itself") from None
    if locked:
        raise CopyError("the PDF is locked by a password; save the text itself")
    if not any(line.text.strip() for page in pages for line in page):
        raise CopyError("the PDF holds pictures of pages and no text; have it recognised, or save the text itself")
    return _joined("\n".join(_paragraphed(_without_margins(pages))))


def lines_of(page: PageObject) -> list[Line]:
    """Return the lines of a page in the order in which it draws them."""
    lines = [Line("", 0.0, 0.0, 0.0)]

    def draw(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append(Line("", 0.0, 0.0, 0.0))
            if part.strip() and not lines[-1].text:
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                lines[-1] = Line("", x, y, abs(size * (tm[3] or 1) * (cm[3] or 1)))
            lines[-1].text += part if lines[-1].text or part.strip() else ""

    page.extract_text(visitor_text=draw)
    return [line for line in lines if line.text.strip()]


def _without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Return *pages* without the lines that most of them have at top or bottom, numbers apart."""

    def bare(line: Line) -> str:
        return re.sub(r"\d+", "#", line.text.strip())

    edges = [set([*range(len(page))][:_MARGIN] + [*range(len(page))][-_MARGIN:]) for page in pages]
    seen = Counter(shown for page, edge in zip(pages, edges, strict=True) for shown in {bare(page[at]) for at in edge})
    often = {shown for shown, count in seen.items() if len(pages) > 1 and 2 * count > len(pages)}
    return [
        [
            line
            for at, line in enumerate(page)
            if at not in edge or not (bare(line) in often or _NUMERALS.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _paragraphed(pages: list[list[Line]]) -> Iterator[str]:
    """Yield the lines of *pages*, and an empty one between two that belong to different paragraphs."""
    steps = [a.y - b.y for page in pages for a, b in pairwise(page) if 0 < a.y - b.y < 4 * a.size]
    usual = median(steps) if steps else 0.0
    lengths = sorted(len(line.text) for page in pages for line in page)
    full = lengths[len(lengths) * 3 // 4] if lengths else 0
    left = Counter(round(line.x) for page in pages for line in page).most_common(1)
    last: Line | None = None
    for page in pages:
        for at, line in enumerate(page):
            if last is not None and _parts(last, line, usual if at else 0.0, full, left[0][0]):
                yield ""
            yield line.text.strip()
            last = line


def _parts(last: Line, line: Line, usual: float, full: int, left: int) -> bool:
    """Whether a paragraph ends between two lines; *usual* is their usual distance, 0 where a page ends between them."""
    ended = re.search(r"[.;:!?”\"’)\]\d]\s*$", last.text) is not None
    if usual and abs(last.size - line.size) > 0.04 * max(last.size, line.size):
        return True
    if usual and not -0.5 * usual < last.y - line.y < _WIDER * usual:
        return last.y - line.y > 0 or ended  # upwards, as to a new column, the paragraph may go on
    indented = 4 < line.x - left < 60 and last.x - left <= 4
    capital = re.match(r"[\"“‘«(\[]?[^\W\d_a-zа-я]|\d|\(", line.text.strip()) is not None
    short = len(last.text) < _SHORT * full
    return (indented and capital) or (short and capital and ended)


def _joined(text: str) -> str:
    """Return *text* with the words whole that a line end parted; one that elsewhere has its hyphen keeps it."""
    known = Counter(re.findall(r"\w+(?:-\w+)*", text))

    def join(found: re.Match[str]) -> str:
        whole, compound = found[1] + found[2], f"{found[1]}-{found[2]}"
        return compound if known[compound] and not known[whole] else whole

    return re.sub(r"([^\W\d_]+)-\n([^\W\d_]+)", lambda found: join(found) if found[2].islower() else found[0], text)
