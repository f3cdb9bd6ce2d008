"""From Typst code to a tagged PDF: the same bytes for the same code."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import typst

from .fonts import open_fonts
from .writer import TypstError

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
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
            missing = missing_characters(error.diagnostic)
            if missing:
                raise MissingGlyphsError(missing) from error
            raise TypstError(f"Typst refuses {source.name}: {error.diagnostic or error.message}") from error
    return packed(pdf), [str(warning.message) for warning in warnings]


def missing_characters(diagnostic: str) -> set[str]:
    r"""Return the characters that Typst cannot show, as it names them: the text around a mark, and ``\u{…}`` for some.

    What is ASCII is shown by every typeface; it stands beside a mark that is not.
    """
    named = "".join(_NO_GLYPH.findall(diagnostic))
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    return {character for character in plain if not character.isascii()}


def packed(pdf: bytes) -> bytes:
    """Return *pdf* with its small objects in compressed streams.

    Typst writes each link and each tag as an object of its own, in plain text: two thirds of the file.
    """
    shrunk = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            shrunk,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,  # it would write the hour into the file
        )
    return shrunk.getvalue()
