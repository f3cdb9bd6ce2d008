"""Visitors for blocks: sections, paragraphs, lists, quotations, boxes, figures, code."""

from __future__ import annotations

from math import ceil

from docutils import nodes
from sphinx import addnodes

from ...reading import nodes as n
from .code import Code, Value, body, call
from .edition import parts_of
from .writer import Writer, is_of_cards, neighbour, nothing, skip, wrapped

_BOXES = {
    "note": "Note",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "attention": "Attention",
    "danger": "Danger",
    "error": "Error",
    "seealso": "See also",
}

_LONG = 12  # items from which a list of short lines stands in columns
_SHORT_LINE = 40  # characters, in the mean
_PAGE = 150  # items of a list in columns that a page surely holds
_DESIGN = {"card": "tile", "card-title": "tile-title"}


class BlockVisitors(Writer):
    """Blocks of text. Section levels follow the nesting of the whole document, so none is ever skipped."""

    visit_document = nothing
    depart_document = nothing
    visit_paragraph, depart_paragraph = wrapped("par")
    visit_compact_paragraph, depart_compact_paragraph = wrapped("group")
    visit_compound, depart_compound = wrapped("group")
    visit_only, depart_only = wrapped("group")
    visit_versionmodified, depart_versionmodified = wrapped("group")
    visit_glossary, depart_glossary = wrapped("group")
    visit_hlist, depart_hlist = wrapped("group")
    visit_hlistcol, depart_hlistcol = wrapped("group")
    visit_block_quote, depart_block_quote = wrapped("displayed")
    visit_attribution, depart_attribution = wrapped("attributed")
    visit_rubric, depart_rubric = wrapped("rubric")
    visit_centered, depart_centered = wrapped("rubric")
    visit_topic, depart_topic = wrapped("aside")
    visit_sidebar, depart_sidebar = wrapped("aside")
    visit_subtitle, depart_subtitle = wrapped("rubric")
    visit_legend, depart_legend = wrapped("group")
    visit_definition_list, depart_definition_list = wrapped("group")
    visit_term, depart_term = wrapped("defined")
    visit_classifier, depart_classifier = wrapped("classifier")
    visit_definition, depart_definition = wrapped("definition")
    visit_field_list, depart_field_list = wrapped("group")
    visit_field_name, depart_field_name = wrapped("defined")
    visit_field_body, depart_field_body = wrapped("definition")
    visit_definition_list_item = depart_definition_list_item = nothing
    visit_field = depart_field = nothing
    visit_line_block, depart_line_block = wrapped("verse")
    visit_line, depart_line = wrapped("verse-line")
    visit_toctree = skip

    def visit_start_of_file(self, node: addnodes.start_of_file) -> None:
        """Go into a document of the tree; links that name only the document lead to its first place."""
        if self.level == 0 and not self.around and not self.contents_shown:
            self.contents_shown = True
            self.add(call("contents"))
        self.around.append(self.docname)
        self.docname = node["docname"]
        if not any(isinstance(child, nodes.section) for child in node.children):
            self.anchor([""])

    def depart_start_of_file(self, node: addnodes.start_of_file) -> None:
        """Come back to the document around it."""
        self.docname = self.around.pop()

    def visit_container(self, node: nodes.Element) -> None:
        """Begin a container."""
        self.begin(node)

    def depart_container(self, node: nodes.Element) -> None:
        """Add what the container holds; the cards of sphinx-design are set apart."""
        self.add(call(_DESIGN.get(node.get("design_component", ""), "group"), self.end(node)))

    def visit_section(self, node: nodes.section) -> None:
        """Go one level down; the section of the root document is the whole, and its title is on the title page.

        Sections of cards that follow each other share columns.
        """
        if not self._is_whole(node):
            self.level += 1
        if is_of_cards(node) and not is_of_cards(neighbour(node, -1)):
            self.begin()

    def depart_section(self, node: nodes.section) -> None:
        """Come one level up."""
        if is_of_cards(node) and not is_of_cards(neighbour(node, 1)):
            self.add(call("columned", self.end()))
        if not self._is_whole(node):
            self.level -= 1

    @staticmethod
    def _is_whole(node: nodes.Element) -> bool:
        """Whether *node* is the section that holds the whole document."""
        return isinstance(node.parent, nodes.document) and node.parent.next_node(nodes.section) is node

    def visit_title(self, node: nodes.title) -> None:
        """Add a heading with the anchors of its section; titles of other things are bold lines."""
        section = node.parent
        if not isinstance(section, nodes.section):
            self.add(call("rubric", self.code_of(*node.children)))
            raise nodes.SkipNode
        first = not isinstance(section.parent, nodes.section)
        names = [self.label(name) for name in ([""] if first else []) + section["ids"] + node["ids"]]
        names = [name for name in dict.fromkeys(names) if name not in self.defined]
        self.defined.update(names)
        if self._is_whole(section):
            for name in names:
                self.add(call("anchor", name))
        else:
            self.add(call("headed", self.level, names, self.code_of(*node.children)))
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        """Begin a list; the map of a brief is a table of bars, and long lists of short lines stand in columns."""
        if "brief-map" in node["classes"]:
            self.add(call("part-map", *(self._map_row(item) for item in node.children)))
            raise nodes.SkipNode
        self.begin(node)

    def depart_bullet_list(self, node: nodes.bullet_list) -> None:
        """Add the list."""
        if len(node.children) < _LONG or len(node.astext()) > _SHORT_LINE * len(node.children):
            self.add(call("bullets", self.end(node)))
        else:
            self.add(in_thirds(self.end_parts()))

    def _map_row(self, item: nodes.Node) -> list[Value]:
        """Return what the map says of one part of a brief: its name as a link, and its verdicts."""
        bar = next(iter(item.findall(n.bar)))
        link = next(iter(item.findall(nodes.reference)))
        return [self.code_of(link), parts_of(bar), bar.astext()]

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Begin a numbered list."""
        self.begin(node)

    def depart_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Add the list, counting as it was written."""
        shapes = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
        shape = shapes.get(node.get("enumtype", "arabic"), "1")
        self.add(call("numbers", self.end(node), start=node.get("start", 1), numbering=f"{shape}."))

    def visit_list_item(self, node: nodes.list_item) -> None:
        """Begin an item of a list."""
        self.begin(node)

    def depart_list_item(self, node: nodes.list_item) -> None:
        """Add the item to its list."""
        kind = "enum.item" if isinstance(node.parent, nodes.enumerated_list) else "list.item"
        self.add(call(kind, self.end(node)))

    def visit_admonition(self, node: nodes.Element) -> None:
        """Begin a box; the kinds that docutils names get their name as its title."""
        self.begin(node)
        if node.tagname in _BOXES:
            self.add(call("rubric", _BOXES[node.tagname]))

    def depart_admonition(self, node: nodes.Element) -> None:
        """Add the box."""
        self.add(call("aside", self.end(node)))

    visit_note = visit_tip = visit_hint = visit_important = visit_warning = visit_caution = visit_admonition
    visit_attention = visit_danger = visit_error = visit_seealso = visit_admonition
    depart_note = depart_tip = depart_hint = depart_important = depart_warning = depart_caution = depart_admonition
    depart_attention = depart_danger = depart_error = depart_seealso = depart_admonition

    def visit_transition(self, node: nodes.transition) -> None:
        """Add a break between paragraphs, unless only footnotes follow."""
        siblings = node.parent.children
        if any(not isinstance(later, nodes.footnote) for later in siblings[siblings.index(node) + 1 :]):
            self.add(call("asterism"))
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.FixedTextElement) -> None:
        """Add a block of code as it stands."""
        self.anchor(node["ids"])
        self.add(call("listing", node.astext()))
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_figure(self, node: nodes.figure) -> None:
        """Add a figure; caption and legend stand below it."""
        below = [child for child in node.children if isinstance(child, nodes.caption | nodes.legend)]
        above = [child for child in node.children if child not in below]
        self.anchor(node["ids"])
        self.add(call("illustration", self.code_of(*above), self.code_of(*below) if below else Code("none")))
        raise nodes.SkipNode

    visit_caption, depart_caption = wrapped("par")


def in_thirds(items: list[str]) -> Code:
    """Return *items* in three columns: side by side where a page holds them, else as running text."""
    if len(items) > _PAGE:
        return call("listed", body(items))
    height = ceil(len(items) / 3)
    return call("listed", *(body(items[start : start + height]) for start in range(0, len(items), height)))
