"""The base of the visitors: a stack of unfinished bodies, anchors, and the two shapes most visitors have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import SphinxError

from ...reading import nodes as n
from ..faithful import FaithfulTranslator, place_of
from .code import Code, Value, body, call

Visitor = Any  # a function of writer and node; mypy would ask docutils' own argument names of it


class TypstError(SphinxError):
    """The PDF cannot be made; the message says of what and where."""

    category = "PDF error"


def refuse(node: nodes.Node, message: str) -> TypstError:
    """Return the error that *message* tells of, at the place of *node*."""
    place = place_of(node)
    return TypstError(f"{place}: {message}" if place else message)


class Writer(FaithfulTranslator):
    """Collects Typst code while it walks the tree of the whole document."""

    product = "the PDF"

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.docname: str = builder.config.root_doc
        self.docnames = {self.docname, *(found["docname"] for found in document.findall(addnodes.start_of_file))}
        self.around: list[str] = []
        self.level = 0
        self.contents_shown = False
        self.defined: set[str] = set()
        self.wanted: dict[str, nodes.Node] = {}
        self._bodies: list[list[str]] = [[]]

    def add(self, code: Code) -> None:
        """Append *code* to the body that is being written."""
        self._bodies[-1].append(code)

    def begin(self, node: nodes.Element | None = None) -> None:
        """Begin a body; the ids of *node* become anchors in it."""
        self._bodies.append([])
        if node is not None:
            self.note_written(node)
            self.anchor(node.get("ids", ()))

    def end_parts(self) -> list[str]:
        """End the body begun last and return its statements one by one."""
        return self._bodies.pop()

    def end(self, node: nodes.Element | None = None) -> Code:
        """End the body begun last and return it, in the language of *node* where that is given."""
        code = body(self._bodies.pop())
        lang = node.get("lang", "") if node is not None else ""
        return in_language(lang, code) if lang else code

    def code_of(self, *found: nodes.Node) -> Code:
        """Return the code for *found* as a body of its own."""
        self.begin()
        for node in found:
            node.walkabout(self)
        return self.end()

    def label(self, identifier: str, docname: str = "") -> str:
        """Return the label of *identifier* in *docname*, by default the document that is being written."""
        return f"{docname or self.docname}--{identifier}"

    def anchor(self, identifiers: Iterable[str]) -> None:
        """Put anchors for *identifiers* at the present place; an id that has one already is passed over."""
        for identifier in identifiers:
            label = self.label(identifier)
            if label not in self.defined:
                self.defined.add(label)
                self.add(call("anchor", label))

    def want(self, label: str, node: nodes.Node) -> str:
        """Note that *node* links to *label*; the document is refused where nothing defines it."""
        self.wanted.setdefault(label, node)
        return label

    def check_labels(self) -> None:
        """Refuse the document if a link leads nowhere."""
        for label, node in self.wanted.items():
            if label not in self.defined:
                raise refuse(node, f"the link to ‘{label}’ leads nowhere in the PDF")

    def unknown_visit(self, node: nodes.Node) -> None:
        """Refuse a node that no visitor takes: its text would be lost."""
        name = f"{type(node).__module__}.{type(node).__qualname__}"
        raise refuse(node, f"the PDF has no visitor for the node class {name}")


def in_language(tag: str, code: Code) -> Code:
    """Return *code* set in the language of the BCP 47 *tag*; Typst knows language and region."""
    language, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == 2 and part.isalpha()), None)
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        return code
    return call("text", code, lang=language.lower(), region=region and region.lower())


def wrapped(function: str, **named: Value) -> tuple[Visitor, Visitor]:
    """Return the visitors for a node that becomes one call of *function* around its content."""

    def visit(self: Writer, node: nodes.Element) -> None:
        self.begin(node)

    def depart(self: Writer, node: nodes.Element) -> None:
        self.add(call(function, self.end(node), **named))

    return visit, depart


def skip(self: Writer, node: nodes.Node) -> None:
    """Leave out a node that holds nothing for readers."""
    raise nodes.SkipNode


def nothing(self: Writer, node: nodes.Node) -> None:
    """Add nothing on leaving a node."""


def neighbour(node: nodes.Element, step: int) -> nodes.Node | None:
    """Return the sibling *step* places after *node*, or None; comments and the like count."""
    siblings = node.parent.children
    index = siblings.index(node) + step
    return siblings[index] if 0 <= index < len(siblings) else None


def is_of_cards(node: nodes.Node | None) -> bool:
    """Whether *node* is a section below a chapter that holds cards, and besides them a title and words at most."""
    if not isinstance(node, nodes.section) or not isinstance(node.parent, nodes.section):
        return False
    plain = nodes.title | nodes.paragraph | nodes.Invisible
    return any(isinstance(child, n.card) for child in node.children) and all(
        isinstance(child, n.card | plain) for child in node.children
    )
