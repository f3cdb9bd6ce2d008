"""The translator of the EPUB: that of the site, with the semantics of books and without what needs a screen."""

from __future__ import annotations

import posixpath
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from docutils import nodes
from sphinx.errors import SphinxError

from ...model.address import is_link
from ...reading import nodes as n
from ..faithful import place_of
from ..html import SiteTranslator
from .endnotes import ENDNOTES

# The structure of a book, by node: `epub:type` (EPUB 3 Structural Semantics) and `role` (DPUB-ARIA), which always go together.
SEMANTICS: dict[type[nodes.Element], tuple[str, str]] = {
    n.annotation: ("footnote", "doc-footnote"),
    n.key_points: ("abstract", "doc-abstract"),
    nodes.footnote: ("footnote", "doc-footnote"),
    nodes.footnote_reference: ("noteref", "doc-noteref"),
}
PAGES: dict[type[nodes.Element], tuple[str, str]] = {  # of a page that holds such a node
    n.passage: ("chapter", "doc-chapter"),
    n.card: ("glossary", "doc-glossary"),
    n.source_list: ("bibliography", "doc-bibliography"),
}
LINKS = {  # to a record of this kind
    "annotation": ("noteref", "doc-noteref"),
    "source": ("biblioref", "doc-biblioref"),
    "term": ("glossref", "doc-glossref"),
}


class EpubError(SphinxError):
    """The EPUB cannot be made; the message says of what and where."""

    category = "EPUB error"


def refuse(node: nodes.Node, message: str) -> EpubError:
    """Return the error that *message* tells of, at the place of *node*."""
    return EpubError(f"{place_of(node)}: {message}".removeprefix(": "))


def valid_address(address: str) -> str:
    """Return *address* with the characters escaped that no URL may hold; empty if it is none that a reader may follow."""
    try:
        urlsplit(address)
    except ValueError:  # such as an unfinished IPv6 host
        return ""
    return quote(address, safe="!#$%&'()*+,/:;=?@~", errors="replace") if is_link(address) else ""


def heading_of(entry: nodes.entry) -> str:
    """Return the heading of the column of *entry*; empty in the head itself, and where cells span."""
    row = entry.parent
    head = next(iter(row.parent.parent.findall(nodes.thead)), None)
    if head is None or row.parent is head or len(head[-1].children) != len(row.children):
        return ""
    return str(head[-1][row.index(entry)].astext())


class EpubTranslator(SiteTranslator):
    """Writes XHTML; the builder adds the visitors of ``visitors.py``."""

    product: ClassVar[str] = "the EPUB"

    def starttag(self, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any) -> str:
        """Return a start tag with the semantics of *node*, and with its language in both of the forms in use."""
        if isinstance(node, nodes.Element):
            kind, role = self._semantics(node)
            if kind:
                attributes |= {"epub:type": kind, "role": role}
            if isinstance(node, nodes.entry) and (label := heading_of(node)) and node.astext():
                attributes |= {"data-label": label}
        lang = attributes.get("lang") or (node.get("lang") if isinstance(node, nodes.Element) else "")
        if lang:
            attributes |= {"lang": lang, "xml:lang": lang}
        if "href" in attributes:
            attributes["href"] = valid_address(attributes["href"])
            if not attributes["href"] or not self._is_held(attributes["href"]):
                del attributes["href"]
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def _is_held(self, address: str) -> bool:
        """Whether *address* is of another site, or of a page of the book."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return True
        target = posixpath.normpath(
            posixpath.join(posixpath.dirname(self.builder.current_docname), unquote(parts.path))
        )
        return target.removesuffix(self.builder.out_suffix) in self.builder.env.all_docs

    def _semantics(self, node: nodes.Element) -> tuple[str, str]:
        """Return what *node* is in a book: ``epub:type`` and role, both empty for plain text."""
        if isinstance(node, nodes.section) and node.parent is self.document:
            return next((found for holds, found in PAGES.items() if any(node.findall(holds))), ("", ""))
        if ENDNOTES in node["classes"]:
            return "endnotes", "doc-endnotes"
        if isinstance(node, nodes.reference):
            return LINKS.get(node.get("brief", ("", ""))[0], ("", ""))
        return SEMANTICS.get(type(node), ("", ""))

    def visit_image(self, node: nodes.image) -> None:
        """Write an image of the package, which needs an alternative text."""
        if node["uri"] not in self.builder.images:
            raise refuse(node, f"the image ‘{node['uri']}’ is not at hand, or of no type that an EPUB can show")
        if not node.get("alt", "").strip():
            raise refuse(node, f"the image ‘{node['uri']}’ has no alternative text (:alt:)")
        super().visit_image(node)

    def visit_system_message(self, node: nodes.system_message) -> None:
        """Refuse a document that docutils itself found fault with."""
        raise refuse(node, f"docutils reports: {node.astext()}")

    def visit_problematic(self, node: nodes.problematic) -> None:
        """Refuse markup that docutils could not read."""
        raise refuse(node, f"this markup could not be read: {node.astext()}")
