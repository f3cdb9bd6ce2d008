"""Visitors for what only a screen has: bars, charts, forms, cards beside links, tables that scroll."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ..reading import nodes as n
from .charts import draw

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

Visitor = Callable[["HTML5Translator", Any], None]
MODES = {"text": "text only", "findings": "findings", "everything": "everything"}
WIDE = 200  # pixels above which a bar takes the width that there is
BOX = 6  # pixels that one thing takes of a bar


def attribute(text: str) -> str:
    """Return *text* for a double-quoted attribute."""
    return html.escape(text, quote=True)


def visit_bar(self: HTML5Translator, node: n.bar) -> None:
    """Draw a bar, ``BOX`` pixels a thing; the words beside it are for those who do not see it."""
    boxes, width = "", 0
    box = WIDE if node.get("wide") else BOX
    for word, number in node["parts"]:
        boxes += f'<rect class="word-{word}" x="{width}" width="{box * number - 1}"/>'
        width += box * number
    view = f' viewBox="0 0 {width} 10" preserveAspectRatio="none"' if width > WIDE else ""
    self.body.append(f'<span class="brief-bar"><svg aria-hidden="true" width="{width}"{view}>{boxes}</svg> <span>')


def depart_bar(self: HTML5Translator, node: n.bar) -> None:
    """Close the words of a bar."""
    self.body.append("</span></span>")


def visit_overview(self: HTML5Translator, node: n.overview) -> None:
    """Open the map of a brief."""
    self.body.append('<details class="brief-overview"><summary>Map and filters</summary>')


def visit_modes(self: HTML5Translator, node: n.modes) -> None:
    """Write the reader's choice of what is shown; the style sheet hides it where there is no script."""
    self.body.append('<form class="brief-modes" aria-label="What to show"><fieldset><legend>Show</legend>')
    for word, title in MODES.items():
        checked = " checked" if word == "everything" else ""
        self.body.append(f'<label><input type="radio" name="mode" value="{word}"{checked}> {title}</label>')
    self.body.append("</fieldset><fieldset><legend>Verdicts</legend>")
    for verdict, number in node["verdicts"]:
        self.body.append(
            f'<label class="word-{verdict}"><input type="checkbox" name="verdict" value="{verdict}" checked> '
            f'<span class="brief-verdict"><span aria-hidden="true">{verdict.symbol}</span> {verdict}</span> '
            f"{number}</label>"
        )
    self.body.append("</fieldset></form>")
    raise nodes.SkipNode


def visit_narrowing(self: HTML5Translator, node: n.narrowing) -> None:
    """Write the form that narrows a list; the style sheet hides it where there is no script."""
    self.body.append(f'<form class="brief-filter" data-of="{node["of"]}" aria-label="Narrow the list">')
    self.body.append('<label>Words <input type="search" name="words" autocomplete="off"></label>')
    for label, choices in node["choices"]:
        options = "".join(f'<option value="{name}">{attribute(title)}</option>' for name, title in choices)
        self.body.append(f'<label>{label} <select><option value="">all</option>{options}</select></label>')
    self.body.append("<output></output></form>")
    raise nodes.SkipNode


def visit_disclosure(self: HTML5Translator, node: n.disclosure) -> None:
    """Open what opens on demand."""
    self.body.append(f'<details class="brief-disclosure"><summary>{attribute(node["title"])}</summary>')


def depart_disclosure(self: HTML5Translator, node: n.disclosure) -> None:
    """Close what opens on demand."""
    self.body.append("</details>")


def visit_citing(self: HTML5Translator, node: n.citing) -> None:
    """Open the citation of a note."""
    self.body.append('<details class="brief-citing"><summary>Cite this note</summary>')


def depart_citing(self: HTML5Translator, node: n.citing) -> None:
    """Close the citation with its address, where there is one, and the files for reference managers."""
    here = self.builder.get_target_uri(self.builder.current_docname)
    if node["base"]:
        address = attribute(f"{node['base']}{here}#{node['note']}")
        self.body.append(f'<p><a href="{address}">{address}</a></p>')
    files = " · ".join(f'<a href="{relative_uri(here, path)}">{title}</a>' for title, path in node["files"])
    self.body.append(f"<p>{files}</p></details>")


def visit_preview(self: HTML5Translator, node: n.preview) -> None:
    """Open a card that is shown beside a link."""
    self.body.append("<div popover>")  # some hundred on a page: no class, no id; the script finds them by their links


def depart_preview(self: HTML5Translator, node: n.preview) -> None:
    """Close a card."""
    self.body.append("</div>")


def visit_preview_name(self: HTML5Translator, node: n.preview_name) -> None:
    """Open the name on a card."""
    self.body.append(f'<a href="{attribute(node["uri"])}">')


def depart_preview_name(self: HTML5Translator, node: n.preview_name) -> None:
    """Close the name on a card."""
    self.body.append("</a>")


def visit_table(self: HTML5Translator, node: nodes.table) -> None:
    """Open a table in a box of its own, which scrolls where the screen is narrower; the keyboard can reach it."""
    title = next((child.astext() for child in node.children if isinstance(child, nodes.title)), "Table")
    self.body.append(f'<div class="brief-scroll" role="group" tabindex="0" aria-label="{attribute(title)}">')
    type(self).visit_table(self, node)


def depart_table(self: HTML5Translator, node: nodes.table) -> None:
    """Close a table and its box."""
    type(self).depart_table(self, node)
    self.body.append("</div>")


def visit_chart(self: HTML5Translator, node: n.chart) -> None:
    """Write a chart as it is, with what it shows and where that is from; it scrolls where the screen is narrower."""
    drawn = draw(node["spec"], Path(self.builder.doctreedir))
    self.body.append(self.starttag(node, "figure", CLASS="brief-chart"))
    self.body.append(f"<figcaption><b>{attribute(node['title'])}.</b> {attribute(node['origin'])}</figcaption>")
    self.body.append(f'<div role="group" tabindex="0" aria-label="{attribute(node["alt"])}">{drawn}</div>')
    self.body.append("</figure>")
    raise nodes.SkipNode


def _nothing(self: HTML5Translator, node: nodes.Element) -> None:
    """Close what needs no closing."""


SCREEN_VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    n.bar: (visit_bar, depart_bar),
    n.overview: (visit_overview, depart_disclosure),
    n.modes: (visit_modes, _nothing),
    n.chart: (visit_chart, _nothing),
    n.narrowing: (visit_narrowing, _nothing),
    n.disclosure: (visit_disclosure, depart_disclosure),
    n.citing: (visit_citing, depart_citing),
    n.preview: (visit_preview, depart_preview),
    n.preview_name: (visit_preview_name, depart_preview_name),
    nodes.table: (visit_table, depart_table),
}
