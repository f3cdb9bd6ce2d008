"""The EPUB: Sphinx's builder, and what it lacks for readers, judges and archives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .builder import THEME, EpubBuilder
from .endnotes import EndnotesTransform
from .tabs import TabsTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["EpubBuilder", "setup_epub"]


def setup_epub(app: Sphinx) -> None:
    """Register the builder ``brief-epub``, its theme, and what it does to a page first."""
    app.add_builder(EpubBuilder)
    app.add_post_transform(EndnotesTransform)
    app.add_post_transform(TabsTransform)
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
