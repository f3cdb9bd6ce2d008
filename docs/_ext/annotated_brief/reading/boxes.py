"""Directives that make no record: the box of key points, displayed quotations, collected lists."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from . import nodes as n
from . import options as o
from .links import cited
from .places import locate


class KeyPointsDirective(SphinxDirective):
    """The box of key points at the head of a brief."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the box with its parsed content."""
        box = n.key_points("", *self.parse_content_to_nodes())
        self.set_source_info(box)
        return [box]


class QuotationDirective(SphinxDirective):
    """A displayed quotation: ``:source:`` (key, locator) and ``:lang:`` (BCP 47)."""

    has_content = True
    option_spec: ClassVar[Any] = {"source": str, "lang": str}

    def run(self) -> list[nodes.Node]:
        """Return the block with language, text and a link to its source."""
        item = o.citation_item(self.options.get("source", ""))
        block = n.quotation_block("", *self.parse_content_to_nodes(), item=item)
        block["lang"] = self.options.get("lang", "en")
        block["location"] = locate(self)
        block += nodes.attribution("", "", *cited((item,)))
        self.set_source_info(block)
        return [block]


class CollectDirective(SphinxDirective):
    """A list or table that is made from the records of the whole set."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled when all documents have been read."""
        node = n.collected("", collect=self.arguments[0])
        self.set_source_info(node)
        return [node]
