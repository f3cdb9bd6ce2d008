"""The site's typefaces: subsets of the Source families from the lock, as WOFF2.

The Open Font License keeps the name “Source” for the unmodified faces; a subset must not carry it. Only the
characters below are kept: Latin, Cyrillic with the Kazakh letters, punctuation, arrows and a few signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from ..model.text import digest

_RANGES = ((0x20, 0x17F), (0x2B0, 0x2DF), (0x400, 0x52F), (0x2010, 0x2044), (0x2190, 0x2193), (0x25A0, 0x25D0))
_SINGLE = (0x2116, 0x20AC, 0x20B8, 0x2212, 0x2BC, 0x218, 0x219, 0x21A, 0x21B)
_FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One web face: the CSS family, weight and style, and the file in the font package."""

    family: str
    weight: int
    style: str
    package: str
    file: str

    @property
    def name(self) -> str:
        """The file name of the subset, without its ending."""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}-{self.style}"


FACES = (
    Face(
        family="Brief Serif",
        weight=400,
        style="normal",
        package="font_source_serif_pro",
        file="SourceSerifPro-Regular.otf",
    ),
    Face(
        family="Brief Serif", weight=400, style="italic", package="font_source_serif_pro", file="SourceSerifPro-It.otf"
    ),
    Face(
        family="Brief Serif",
        weight=600,
        style="normal",
        package="font_source_serif_pro",
        file="SourceSerifPro-Semibold.otf",
    ),
    Face(
        family="Brief Sans",
        weight=400,
        style="normal",
        package="font_source_sans_pro",
        file="SourceSansPro-Regular.otf",
    ),
    Face(
        family="Brief Sans",
        weight=600,
        style="normal",
        package="font_source_sans_pro",
        file="SourceSansPro-Semibold.otf",
    ),
)


def _original(face: Face) -> bytes:
    """Return the font file of *face* from its package."""
    return (files(face.package) / "files" / face.file).read_bytes()


@cache
def subset_face(face: Face) -> bytes:
    """Return the WOFF2 subset of *face* under its own name; the same bytes at every call."""
    font = TTFont(BytesIO(_original(face)), recalcTimestamp=False)
    options = subset.Options(
        layout_features=_FEATURES, flavor="woff2", notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14]
    )
    subsetter = subset.Subsetter(options)
    wanted = {code for first, last in _RANGES for code in range(first, last + 1)} | set(_SINGLE)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 4, 6}:
            record.string = face.family if record.nameID == 1 else face.name
    if "CFF " in font:
        font["CFF "].cff.fontNames = [face.name]
    buffer = BytesIO()
    font.flavor = "woff2"
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def write_fonts(folder: Path) -> None:
    """Write the faces and ``fonts.css`` into the static *folder*; faces that are there already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for face, key in zip(FACES, _keys(), strict=True):
        target = folder / f"{face.name}-{key}.woff2"
        if not target.exists():
            draft = target.with_suffix(".tmp")
            draft.write_bytes(subset_face(face))
            draft.replace(target)
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f'font-display: swap; src: url("{target.name}") format("woff2"); }}\n'
        )
    (folder / "fonts.css").write_text("".join(rules), encoding="utf-8", newline="\n")


def _keys() -> Iterator[str]:
    """Yield a short digest for each face: its file and the characters kept, so that a change gets a new name."""
    for face in FACES:
        yield digest(face.package, face.file, str(len(_original(face))), repr((_RANGES, _SINGLE, _FEATURES)))[:8]
