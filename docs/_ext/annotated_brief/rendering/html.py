"""Visitors for HTML and EPUB: semantic elements, ``lang`` and ``cite`` attributes, no script needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx

from ..reading import nodes as n

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

Visitor = Callable[["HTML5Translator", Any], None]

QUOTES = {"en": "“”", "ru": "«»", "be": "«»", "kk": "«»", "uk": "«»", "zh": "「」", "de": "„“", "fr": "«»"}


def quotation_marks(lang: str) -> str:
    """Return the opening and the closing quotation mark of the BCP 47 language *lang*."""
    return QUOTES.get(lang.partition("-")[0], QUOTES["en"])


def element(tag: str, name: str, *copied: str) -> tuple[Visitor, Visitor]:
    """Return the visitors for a node that becomes one element *tag* with the class *name*.

    The attributes *copied* of the node become attributes of the element.
    """

    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        attributes = {key: node[key] for key in copied if node.get(key)}
        self.body.append(self.starttag(node, tag, "", CLASS=name, **attributes))

    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f"</{tag}>")

    return visit, depart


def visit_mark(self: HTML5Translator, node: n.mark) -> None:
    """Open a mark: the words, followed by the number of their annotation as a link."""
    self.body.append(self.starttag(node, "span", "", CLASS=f"brief-mark verdict-{node.get('verdict', '')}"))


def depart_mark(self: HTML5Translator, node: n.mark) -> None:
    """Close a mark with the link to its annotation."""
    if node.get("number"):
        href, number = node["annotation"], node["number"]
        self.body.append(
            f'<a class="brief-noteref" href="#{href}" aria-label="note {number}, {node["verdict"]}">{number}</a>'
        )
    self.body.append("</span>")


def visit_annotation(self: HTML5Translator, node: n.annotation) -> None:
    """Open an annotation; it opens and closes in place, with or without script."""
    self.body.append(self.starttag(node, "details", CLASS="brief-annotation"))


def depart_annotation(self: HTML5Translator, node: n.annotation) -> None:
    """Close an annotation."""
    self.body.append("</details>\n")


def visit_annotation_head(self: HTML5Translator, node: n.annotation_head) -> None:
    """Open the head: the summary of an annotation, a plain line on a recommendation."""
    tag = "summary" if isinstance(node.parent, n.annotation) else "p"
    self.context.append(tag)
    self.body.append(self.starttag(node, tag, "", CLASS="brief-head"))


def depart_annotation_head(self: HTML5Translator, node: n.annotation_head) -> None:
    """Close the head."""
    self.body.append(f"</{self.context.pop()}>\n")


def depart_annotation_body(self: HTML5Translator, node: n.annotation_body) -> None:
    """Close the body of an annotation with its permanent address and the way back to the text."""
    identifier = node.parent["ids"][0]
    self.body.append(
        f'<p class="brief-links"><a href="#{identifier}">Link to this note</a> · '
        f'<a href="#mark-{identifier}">Back to the text</a></p></div>'
    )


def visit_verdict_label(self: HTML5Translator, node: n.verdict_label) -> None:
    """Open a verdict: symbol (hidden from readers of the word) and word."""
    verdict = node["verdict"]
    self.body.append(f'<span class="brief-verdict word-{verdict}"><span aria-hidden="true">{verdict.symbol}</span> ')


def visit_event_date(self: HTML5Translator, node: n.event_date) -> None:
    """Open a date; ``time`` only where HTML knows the form."""
    edtf = node["edtf"]
    plain = "/" not in edtf and not edtf.endswith(("~", "?"))
    self.context.append("time" if plain else "span")
    attribute = f' datetime="{edtf}"' if plain else f' data-edtf="{edtf}"'
    self.body.append(f"<{self.context[-1]}{attribute}>")


def depart_event_date(self: HTML5Translator, node: n.event_date) -> None:
    """Close a date."""
    self.body.append(f"</{self.context.pop()}>")


def visit_quotation(self: HTML5Translator, node: n.quotation) -> None:
    """Open a quotation with the marks of its language."""
    opening = quotation_marks(node["lang"])[0]
    self.body.append(f'<q class="brief-quote" lang="{node["lang"]}">{opening}')


def depart_quotation(self: HTML5Translator, node: n.quotation) -> None:
    """Close a quotation."""
    self.body.append(f"{quotation_marks(node['lang'])[1]}</q>")


def _close_span(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a span."""
    self.body.append("</span>")


VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    n.passage: element("section", "brief-passage"),
    n.passage_number: element("span", "brief-number"),
    n.mark: (visit_mark, depart_mark),
    n.annotation_group: element("aside", "brief-annotations"),
    n.annotation: (visit_annotation, depart_annotation),
    n.annotation_head: (visit_annotation_head, depart_annotation_head),
    n.annotation_body: (element("div", "brief-body")[0], depart_annotation_body),
    n.annotation_number: element("span", "brief-note-number"),
    n.verdict_label: (visit_verdict_label, _close_span),
    n.headline: element("strong", "brief-headline"),
    n.labelled: element("p", "brief-line"),
    n.line_label: element("span", "brief-label"),
    n.card: element("article", "brief-card"),
    n.card_head: element("p", "brief-card-head"),
    n.card_names: element("p", "brief-names"),
    n.actor: element("div", "brief-actor"),
    n.event: element("article", "brief-event"),
    n.event_date: (visit_event_date, depart_event_date),
    n.recommendation: element("article", "brief-recommendation"),
    n.quotation: (visit_quotation, depart_quotation),
    n.quotation_block: element("blockquote", "brief-quotation", "lang"),
    n.foreign: element("span", "brief-foreign", "lang"),
    n.key_points: element("section", "brief-key-points"),
    n.collected: element("div", "brief-collected"),
    n.count: element("span", "brief-count"),
    n.source_list: element("ul", "brief-sources"),
    n.source_item: element("li", "brief-source"),
}


def add_html(app: Sphinx) -> None:
    """Register the nodes with their visitors for all HTML-like builders, and the theme."""
    for node_class, visitors in VISITORS.items():
        app.add_node(node_class, html=visitors, override=True)
    app.add_html_theme("annotated-brief", theme_folder())


def theme_folder() -> str:
    """Return the folder of the site's templates, style sheets and scripts."""
    return str(Path(__file__).resolve().parent.parent / "theme")
