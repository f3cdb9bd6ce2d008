"""The typefaces of site and EPUB: subsets of those in the lock.

Only the characters that the pages use are kept. On a site the Latin faces stand in the style sheet itself, and
``faces.js`` shows a page when they are read: no line moves, from a disk as from a server; the Cyrillic ones are loaded by
the pages that show such letters, and one that is late is for the next page. An EPUB has one OpenType file a face, which old
readers know, too. The Open Font License keeps the name “Source” for the unmodified faces; a subset must not carry it.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from unicodedata import combining

from ..model.text import digest

_FEATURES = ["kern", "liga", "locl", "onum", "lnum", "pnum", "tnum"]
_JOINING = ["ccmp", "mark"]  # they bring every accent along, a tenth of a face
_NAMES = [0, 1, 2, 4, 6, 13, 14]  # of the name table: rights, family, style, names, licence
_CYRILLIC = range(0x400, 0x530)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face: the CSS family, weight and style, and the file of the font package."""

    family: str
    weight: int
    style: str
    package: str  # folder of the file, as a module path
    file: str

    @property
    def name(self) -> str:
        """The name of the subset, and that of its file without script and ending."""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}-{self.style}"


_SERIF, _SANS = "font_source_serif_pro.files", "font_source_sans_pro.files"
FACES = (
    Face(family="Brief Serif", weight=400, style="normal", package=_SERIF, file="SourceSerifPro-Regular.otf"),
    Face(family="Brief Serif", weight=400, style="italic", package=_SERIF, file="SourceSerifPro-It.otf"),
    Face(family="Brief Sans", weight=400, style="normal", package=_SANS, file="SourceSansPro-Regular.otf"),
    Face(family="Brief Sans", weight=600, style="normal", package=_SANS, file="SourceSansPro-Semibold.otf"),
)


def write_fonts(folder: Path, pages: Iterable[Path]) -> None:
    """Write ``fonts.css`` and the Cyrillic faces of a site into *folder*, for the characters of the *pages*.

    The italic of the package has no Cyrillic letters, so none are asked of it.
    """
    used = _characters(pages)
    latin, cyrillic = used - set(_CYRILLIC), used & set(_CYRILLIC)
    if _is_made_of(folder, used):
        return
    rules = []
    for face in FACES:
        embedded = f"data:font/woff2;base64,{b64encode(subset_face(face, latin)).decode()}"
        rules.append(_rule(face, embedded, "woff2", "font-display: swap;"))
        if face.style == "normal":
            name = f"{face.name}-cyrillic.woff2"
            (folder / name).write_bytes(subset_face(face, cyrillic))
            limits = f"unicode-range: U+{_CYRILLIC.start:X}-{_CYRILLIC[-1]:X};"
            rules.append(_rule(face, name, "woff2", f"font-display: optional; {limits}"))
    _write_sheet(folder, used, rules)


def write_book_fonts(folder: Path, pages: Iterable[Path]) -> list[str]:
    """Write ``fonts.css`` and the faces of an EPUB into *folder*, for the characters of the *pages*; return their names."""
    used = _characters(pages)
    names = {f"{face.name}.otf": face for face in FACES}
    if not _is_made_of(folder, used):
        for name, face in names.items():
            (folder / name).write_bytes(subset_face(face, used, flavor=None))
        _write_sheet(folder, used, [_rule(face, name, "opentype") for name, face in names.items()])
    return list(names)


def _characters(pages: Iterable[Path]) -> frozenset[int]:
    """Return the code points of all characters in the *pages*, and of all of ASCII that can be seen."""
    used: set[str] = set()
    for page in pages:
        used.update(html.unescape(page.read_text("utf-8")))
    return frozenset({*map(ord, used), *range(0x20, 0x7F)})


def _stamp(used: frozenset[int]) -> str:
    """Return the first line of a sheet with faces of the characters *used*, by which it is known again."""
    return f"/* {digest(*map(str, sorted(used)))[:12]} */\n"


def _is_made_of(folder: Path, used: frozenset[int]) -> bool:
    """Return whether the faces in *folder* are those of the characters *used*; if not, make room for them."""
    sheet = folder / "fonts.css"
    if sheet.exists() and sheet.read_text("utf-8").startswith(_stamp(used)):
        return True
    folder.mkdir(parents=True, exist_ok=True)
    sheet.unlink(missing_ok=True)
    return False


def _write_sheet(folder: Path, used: frozenset[int], rules: list[str]) -> None:
    """Write the style sheet of the faces; it comes last, so that a sheet speaks for the files beside it."""
    (folder / "fonts.css").write_text(_stamp(used) + "".join(rules), encoding="utf-8", newline="\n")


def _rule(face: Face, address: str, form: str, loaded: str = "font-display: swap;") -> str:
    """Return the style rule for a face at *address* in the *form* that CSS names so; *loaded* says when it is."""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'{loaded} src: url("{address}") format("{form}"); }}\n'
    )


@cache  # few edits of a text bring a new character
def subset_face(face: Face, codes: frozenset[int], flavor: str | None = "woff2") -> bytes:
    """Return the subset of *face* with the characters *codes* under its own name; always the same bytes."""
    # Imports for products alone: `brief check` and `brief --help` go without.
    import uharfbuzz  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    wanted, flags = uharfbuzz.SubsetInput(), uharfbuzz.SubsetFlags
    joins = any(combining(chr(code)) for code in codes)
    features = {int.from_bytes(tag.encode()) for tag in _FEATURES + (_JOINING if joins else [])}
    for kept, chosen in (
        (wanted.unicode_set, codes),
        (wanted.layout_feature_tag_set, features),
        (wanted.name_id_set, _NAMES),
    ):
        kept.clear()
        kept.update(chosen)
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE
    if flavor == "woff2":  # what outlines have in common, it finds better than a table of it
        wanted.flags |= flags.DESUBROUTINIZE
    original = uharfbuzz.Face((files(face.package) / face.file).read_bytes())
    font = TTFont(BytesIO(uharfbuzz.subset(original, wanted).blob.data), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in {1, 4, 6}:
            record.string = face.family if record.nameID == 1 else face.name
    font["CFF "].cff.fontNames = [face.name]
    buffer = BytesIO()
    font.flavor = flavor
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()
