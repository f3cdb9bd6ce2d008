"""The PDF: a Sphinx builder that writes Typst code and compiles it, with no program but what the lock installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attachments import EVENT, Attachment
from .builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["EVENT", "Attachment", "TypstBuilder", "setup_typst"]


def setup_typst(app: Sphinx) -> None:
    """Register the builder ``brief-pdf`` and the event by which it asks for files to attach."""
    app.add_event(EVENT)
    app.add_builder(TypstBuilder)
