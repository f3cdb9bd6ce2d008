"""The style sheet of the site: written in parts, one a concern; served as one file, since each file costs a round trip."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from ..model.text import digest
from .fonts import write_fonts

SHEET = "site.css"
PARTS = (
    "fonts",
    "tokens",
    "page",
    "brief",
    "notes",
    "cards",
    "contents",
    "propose",
    "print",
)  # in this order: a later part overrules


def write_style(site: Path) -> None:
    """Write the typefaces for the characters of all pages of *site*, and its style sheet."""
    folder = site / "_static"
    write_fonts(folder, sorted(site.rglob("*.html")))
    write_sheet(folder)


def write_sheet(folder: Path) -> None:
    """Write the parts in the static *folder*, one after the other, into ``SHEET``."""
    parts = [(folder / f"{part}.css").read_text("utf-8") for part in PARTS]
    (folder / SHEET).write_text("".join(parts), encoding="utf-8", newline="\n")


@cache
def version() -> str:
    """Return what tells the theme's files from those of an earlier build that a browser may still keep."""
    static = files("annotated_brief").joinpath("theme/static")
    return digest(*(file.read_text("utf-8") for file in sorted(static.iterdir(), key=lambda file: file.name)))[:8]
