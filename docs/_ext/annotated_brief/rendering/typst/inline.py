"""Visitors for what stands inside a line: text, emphasis, literals, images."""

from __future__ import annotations

import re

from docutils import nodes

from .code import Code, call, one_line, pieces_of, text_of
from .writer import Writer, nothing, refuse, skip, wrapped


class InlineVisitors(Writer):
    """Text and inline markup."""

    visit_emphasis, depart_emphasis = wrapped("emph")
    visit_strong, depart_strong = wrapped("strong")
    visit_inline, depart_inline = wrapped("group")
    visit_generated, depart_generated = wrapped("group")
    visit_abbreviation, depart_abbreviation = wrapped("group")
    visit_acronym, depart_acronym = wrapped("group")
    visit_title_reference, depart_title_reference = wrapped("emph")
    visit_superscript, depart_superscript = wrapped("super")
    visit_subscript, depart_subscript = wrapped("sub")
    visit_literal_emphasis, depart_literal_emphasis = wrapped("emph")
    visit_literal_strong, depart_literal_strong = wrapped("strong")
    visit_manpage, depart_manpage = wrapped("emph")
    visit_download_reference, depart_download_reference = wrapped("group")
    visit_index = visit_comment = visit_substitution_definition = visit_meta = visit_pending = skip
    visit_docinfo = visit_tabular_col_spec = visit_highlightlang = skip

    def visit_Text(self, node: nodes.Text) -> None:
        """Add the text as a literal."""
        text = one_line(node.astext())
        if text:
            self.add(text_of(text))

    def depart_Text(self, node: nodes.Text) -> None:
        """Add nothing: text has no end of its own."""

    def visit_PassthroughTextElement(self, node: nodes.TextElement) -> None:
        """Begin words that sphinx-design set outside of paragraphs."""
        self.begin(node)

    def depart_PassthroughTextElement(self, node: nodes.TextElement) -> None:
        """Add the words."""
        self.add(self.end(node))

    def visit_literal(self, node: nodes.literal) -> None:
        """Add the text in the typeface of code."""
        self.anchor(node["ids"])
        parts = pieces_of(one_line(node.astext()))
        self.add(call("code", *parts))
        raise nodes.SkipNode

    def visit_target(self, node: nodes.target) -> None:
        """Put anchors where a link may lead to."""
        self.anchor(node["ids"])

    depart_target = nothing

    def visit_raw(self, node: nodes.raw) -> None:
        """Break the line where MyST does; all else that is raw was taken out when the page was read."""
        if node.astext().strip() == "<br />":
            self.add(call("linebreak"))
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        """Add an image from the folder of images; the alternative text is required by PDF/UA."""
        uri = node["uri"]
        if uri not in self.builder.images:
            raise refuse(node, f"the image ‘{uri}’ is not at hand, or of no type that the PDF can show")
        if not node.get("alt", "").strip():
            raise refuse(node, f"the image ‘{uri}’ has no alternative text (:alt:)")
        path = f"{self.builder.imagedir}/{self.builder.images[uri]}"
        self.anchor(node["ids"])
        width = str(node.get("width", ""))
        shown = Code(width) if re.fullmatch(r"\d+%", width) else None
        self.add(call("picture", path, node["alt"], width=shown))
        raise nodes.SkipNode

    def visit_system_message(self, node: nodes.system_message) -> None:
        """Refuse a document that docutils itself found fault with."""
        raise refuse(node, f"docutils reports: {node.astext()}")

    def visit_problematic(self, node: nodes.problematic) -> None:
        """Refuse markup that docutils could not read."""
        raise refuse(node, f"this markup could not be read: {node.astext()}")
