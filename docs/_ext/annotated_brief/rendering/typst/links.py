"""Visitors for links, footnotes and citations."""

from __future__ import annotations

from typing import cast

from docutils import nodes

from ...model.address import is_link, scheme_of
from ...reading import nodes as n
from ...reading.domain import brief_domain
from .code import Code, call
from .writer import Writer, nothing, refuse, skip

_PAGED = {"annotation", "recommendation", ""}  # kinds of targets that stand in no order by which they are found
_LISTED = {"term", "event", "membership"}  # kinds that an index leads to
_WITHOUT_PAGE = {"used", "grade", "evidence", "actors"}  # lines that are lists of links already


class LinkVisitors(Writer):
    """References of all kinds; a link inside the document must have a target."""

    def visit_reference(self, node: nodes.reference) -> None:
        """Begin the words of a link."""
        self.begin(node)

    def depart_reference(self, node: nodes.reference) -> None:
        """Add the link: inside the document, to an outside address, or plain words where there is neither."""
        words = self.end(node)
        label = self._label_of(node)
        uri = str(node.get("refuri", ""))
        if label and "sd-stretched-link" in node["classes"]:  # a card that is a link as a whole
            self.add(call("page-of", self.want(label, node)))
        elif label:
            self.add(self._inner_link(node, label, words))
        elif uri.startswith("%") and self.config.html_baseurl:  # a page that is on the site alone
            self.add(call("outer", self.on_site(*uri[1:].partition("#")[::2]), words))
        elif scheme_of(uri) and is_link(uri):
            self.add(call("outer", uri, words))
        else:
            self.add(words)

    def _label_of(self, node: nodes.Element) -> str:
        """Return the label that *node* links to; empty for outside addresses and documents left out of the PDF."""
        if node.get("refid"):
            return self.label(node["refid"])
        uri = str(node.get("refuri", ""))
        if uri.startswith("#"):
            return self.label(uri[1:])
        if not uri.startswith("%"):
            return ""
        docname, _, identifier = uri[1:].partition("#")
        return self.label(identifier, docname) if docname in self.docnames else ""

    def on_site(self, docname: str, identifier: str) -> str:
        """Return the address on the site of *identifier* in *docname*."""
        fragment = f"#{identifier}" if identifier else ""
        return f"{self.config.html_baseurl.rstrip('/')}/{docname}.html{fragment}"

    def _inner_link(self, node: nodes.Element, label: str, words: Code) -> Code:
        """Return a link inside the document; notes are named by number, and print shows the page."""
        kind, identifier = node.get("brief", ("", ""))
        number = self._number(identifier) if kind == "annotation" else ""
        if number in node.astext():
            number = ""
        return call("inner", self.want(label, node), words, kind=kind, number=number, paged=shows_page(node, kind))

    def _number(self, identifier: str) -> str:
        """Return the number of the annotation *identifier*."""
        found = brief_domain(self.builder.env).corpus().annotation_by_id.get(identifier)
        return found.number if found else ""

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        """Add the footnote at its first call, a repeated number at later ones."""
        label = self.label(node["refid"])
        if label in self.defined:
            self.add(call("footnote", Code(call("label", label))))
            raise nodes.SkipNode
        self.defined.add(label)
        notes = [found for found in self.document.findall(nodes.footnote) if node["refid"] in found["ids"]]
        notes = [found for found in notes if self.same_document(found, node)]
        if not notes:
            raise refuse(node, f"the footnote ‘{node['refid']}’ does not exist")
        self.add(call("note-below", label, self.code_of(*running_text(notes[0]))))
        raise nodes.SkipNode

    def same_document(self, one: nodes.Node, other: nodes.Node) -> bool:
        """Whether two nodes come from the same source document."""
        return file_of(one) is file_of(other)

    visit_footnote = skip

    def visit_citation(self, node: nodes.citation) -> None:
        """Begin an entry of a bibliography."""
        self.begin(node)

    def depart_citation(self, node: nodes.citation) -> None:
        """Add the entry, hanging from its label."""
        self.add(call("hanging", self.end(node)))

    def visit_label(self, node: nodes.label) -> None:
        """Add the label of a citation."""
        self.add(call("strong", self.code_of(*node.children)))
        raise nodes.SkipNode

    def visit_citation_reference(self, node: nodes.citation_reference) -> None:
        """Begin a citation of docutils' own kind."""
        self.begin(node)

    def depart_citation_reference(self, node: nodes.citation_reference) -> None:
        """Add the link to the entry."""
        self.add(call("inner", self.want(self.label(node["refid"]), node), self.end(node)))

    visit_pending_xref = nothing
    depart_pending_xref = nothing


def file_of(node: nodes.Node) -> nodes.Node | None:
    """Return the node of the source document that *node* stands in."""
    holder = node.parent
    while holder is not None and holder.tagname not in {"start_of_file", "document"}:
        holder = holder.parent
    return cast("nodes.Node | None", holder)


def running_text(footnote: nodes.footnote) -> list[nodes.Node]:
    """Return what *footnote* says; its first paragraph without the paragraph, to stand beside the number."""
    first, *rest = [child for child in footnote.children if not isinstance(child, nodes.label)]
    return [*(first.children if isinstance(first, nodes.paragraph) else [first]), *rest]


def shows_page(node: nodes.Element, kind: str) -> bool:
    """Whether print names the page of the target: of notes and sections where there is room, and of all in an index."""
    if kind in _PAGED | _LISTED and stands_alone(node):
        return True
    if kind not in _PAGED:
        return False
    holder: nodes.Element | None = node.parent
    while holder is not None:
        if isinstance(holder, nodes.entry | n.source_item):
            return False
        if isinstance(holder, n.labelled) and holder["kind"] in _WITHOUT_PAGE:
            return False
        holder = holder.parent
    return True


def stands_alone(node: nodes.Element) -> bool:
    """Whether *node* is all that an item of a list or a cell of a table holds: a line of an index."""
    holder = node.parent
    while holder is not None and not isinstance(holder, nodes.list_item | nodes.entry):
        holder = holder.parent
    if holder is None or isinstance(holder, n.source_item):
        return False
    return len(holder.astext()) == len(node.astext())
