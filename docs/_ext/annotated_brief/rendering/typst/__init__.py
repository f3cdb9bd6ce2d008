"""The PDF: a Sphinx builder that writes Typst code and compiles it, with no program but what the lock installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["TypstBuilder", "setup_typst"]


def setup_typst(app: Sphinx) -> None:
    """Register the builder ``brief-pdf``."""
    app.add_builder(TypstBuilder)
