"""The typefaces of the PDF: those of the font packages in the lock, never those of the machine.

Typst's own typefaces come with its wheel, which the lock pins, too; the monospaced one is used for code and symbols.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

_FACES = {
    "font_source_serif_pro.files": ("SourceSerifPro", ("Regular", "It", "Semibold", "SemiboldIt")),
    "font_source_sans_pro.files": ("SourceSansPro", ("Regular", "It", "Semibold", "SemiboldIt")),
    "pylopdf_fonts_zh_cn": ("NotoSerifSC", ("Regular",)),
}
OPTIONAL = "pylopdf_fonts_zh_cn"


@contextmanager
def open_fonts() -> Iterator[typst.Fonts]:
    """Offer the faces in use, one file each.

    The packages hold each face in two formats; which of them Typst would take depends on the order in which the
    file system lists them.
    """
    with TemporaryDirectory() as name:
        for package, (family, styles) in _FACES.items():
            if package == OPTIONAL and find_spec(package) is None:
                continue
            for style in styles:
                face = f"{family}-{style}.otf"
                with as_file(files(package) / face) as path:
                    shutil.copyfile(path, Path(name) / face)
        yield typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[name])
