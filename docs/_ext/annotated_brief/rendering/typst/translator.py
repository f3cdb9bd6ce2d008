"""The visitors together."""

from __future__ import annotations

from .blocks import BlockVisitors
from .edition import EditionVisitors
from .inline import InlineVisitors
from .links import LinkVisitors
from .tables import TableVisitors


class TypstTranslator(EditionVisitors, TableVisitors, LinkVisitors, BlockVisitors, InlineVisitors):
    """From the tree of the whole document to Typst code."""

    def astext(self) -> str:
        """Return the code of the document; refuses a document with links that lead nowhere."""
        self.check_labels()
        return self.end()
