"""From Typst code to a tagged PDF: the same bytes for the same code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import typst

from .fonts import open_fonts
from .writer import TypstError

STANDARDS: list[typst.PDFStandard] = ["ua-1"]
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


class MissingGlyphsError(TypstError):
    """Characters that no typeface has."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = frozenset(characters)
        super().__init__(f"no typeface has the characters {' '.join(sorted(self.characters))}")


def compile_pdf(source: Path, date: dt.datetime) -> tuple[bytes, list[str]]:
    """Return the PDF of the file *source*, and what Typst warns of.

    Raises :class:`MissingGlyphsError` where a character cannot be shown, and :class:`TypstError` for all else.
    """
    with open_fonts() as fonts:
        try:
            pdf, warnings = typst.compile_with_warnings(
                source,
                root=source.parent,
                font_paths=fonts,
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=date,
            )
        except typst.TypstError as error:
            missing = set("".join(_NO_GLYPH.findall(error.diagnostic)))
            if missing:
                raise MissingGlyphsError(missing) from error
            raise TypstError(f"Typst refuses {source.name}: {error.diagnostic or error.message}") from error
    return pdf, [str(warning.message) for warning in warnings]
