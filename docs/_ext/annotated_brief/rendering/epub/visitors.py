"""Visitors in which the EPUB differs from the site: notes that pop up, drawings in XML, nothing that needs a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ...model.text import quotation_marks
from ...reading import nodes as n
from ..charts import draw_for_book
from ..html import VISITORS, element
from ..screen import BOX, SCREEN_VISITORS, WIDE, attribute

if TYPE_CHECKING:
    from .translator import EpubTranslator

MANY = 10  # columns that a page of an ordinary reader has room for
_SVG = 'xmlns="http://www.w3.org/2000/svg"'


def depart_mark(self: EpubTranslator, node: n.mark) -> None:
    """Close a mark with the link at which a reader shows the note."""
    self.body.append("</u>")
    if node.get("number"):
        number = node["number"]
        self.body.append(
            f'<a class="brief-noteref" epub:type="noteref" role="doc-noteref" href="#{node["annotation"]}"'
            f' aria-label="note {number}, {node["verdict"]}">{number}</a>'
        )
    self.body.append("</span>")


def depart_annotation_body(self: EpubTranslator, node: n.annotation_body) -> None:
    """Close the body of a note with the way back to the text."""
    if node.parent.get("number"):
        name = node.parent["ids"][0]
        self.body.append(
            f'<p class="brief-links"><a epub:type="backlink" role="doc-backlink" href="#mark-{name}">Back to the text</a></p>'
        )
    self.body.append("</div>")


def visit_quotation(self: EpubTranslator, node: n.quotation) -> None:
    """Open a quotation with the marks of its language."""
    self.body.append(self.starttag(node, "span", "", CLASS="brief-quote") + quotation_marks(node["lang"])[0])


def depart_quotation(self: EpubTranslator, node: n.quotation) -> None:
    """Close a quotation."""
    self.body.append(f"{quotation_marks(node['lang'])[1]}</span>")


def visit_event_date(self: EpubTranslator, node: n.event_date) -> None:
    """Open a date: what no form of ``time`` can say is plain text."""
    edtf = node["edtf"]
    plain = "/" not in edtf and not edtf.endswith(("~", "?"))
    self.context.append("time" if plain else "span")
    self.body.append(f'<time datetime="{edtf}">' if plain else "<span>")


def visit_bar(self: EpubTranslator, node: n.bar) -> None:
    """Draw a bar; the words beside it say the same."""
    boxes, width = "", 0
    box = WIDE if node.get("wide") else BOX
    for word, number in node["parts"]:
        boxes += f'<rect class="word-{word}" x="{width}" y="0" width="{box * number - 1}" height="10"/>'
        width += box * number
    shape = f'viewBox="0 0 {width} 10" preserveAspectRatio="none"'
    self.body.append(
        f'<span class="brief-bar"><svg {_SVG} aria-hidden="true" width="{width}" height="10" {shape}>{boxes}</svg> <span>'
    )


def visit_chart(self: EpubTranslator, node: n.chart) -> None:
    """Write a chart as one picture with a sentence for those who do not see it; the table below it has the links."""
    drawn = draw_for_book(node["spec"], node["alt"], Path(self.builder.doctreedir))
    self.body.append(f'<figure class="brief-chart">{drawn}')
    self.body.append(f"<figcaption>{attribute(node['title'])}. {attribute(node['origin'])}</figcaption></figure>")
    raise nodes.SkipNode


def visit_table(self: EpubTranslator, node: nodes.table) -> None:
    """Open a table; one that no page is wide enough for may break its words."""
    if len(list(node.findall(nodes.colspec))) > MANY:
        node["classes"].append("brief-wide")
    type(self).visit_table(self, node)


def depart_table(self: EpubTranslator, node: nodes.table) -> None:
    """Close a table."""
    type(self).depart_table(self, node)


def skip(self: EpubTranslator, node: nodes.Element) -> None:
    """Leave out what only a screen with a script has."""
    raise nodes.SkipNode


def nothing(self: EpubTranslator, node: nodes.Element) -> None:
    """Close what needs no closing."""


_SKIPPED = (skip, nothing)
EPUB_VISITORS: dict[type[nodes.Element], tuple[Any, Any]] = {
    **VISITORS,
    **SCREEN_VISITORS,
    n.mark: (VISITORS[n.mark][0], depart_mark),
    n.passage_number: element("span", "brief-number"),
    n.annotation_group: element("div", "brief-annotations"),
    n.annotation: element("div", "brief-annotation"),
    n.annotation_head: element("p", "brief-head"),
    n.annotation_body: (VISITORS[n.annotation_body][0], depart_annotation_body),
    n.quotation: (visit_quotation, depart_quotation),
    n.event_date: (visit_event_date, VISITORS[n.event_date][1]),
    n.overview: element("div", "brief-overview"),
    n.bar: (visit_bar, SCREEN_VISITORS[n.bar][1]),
    n.chart: (visit_chart, nothing),
    n.modes: _SKIPPED,
    n.narrowing: _SKIPPED,
    n.citing: _SKIPPED,
    n.preview: _SKIPPED,
    n.preview_name: _SKIPPED,
    nodes.table: (visit_table, depart_table),
}
