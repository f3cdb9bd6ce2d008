"""Visitors for HTML and EPUB: semantic elements, ``lang`` and ``cite`` attributes, no script needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from ..model.address import is_link
from ..model.text import quotation_marks
from ..reading import nodes as n
from ..reading.domain import SITES, brief_domain
from .addresses import base_of
from .facing import WARNING
from .faithful import FaithfulTranslator, keep_report
from .menu import menu
from .metadata import Shown, citation_meta, social_meta
from .pictures import brief_picture
from .proposing import proposal_patterns, suggestion_address
from .screen import SCREEN_VISITORS, Visitor, attribute
from .style import version

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; script-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'self'"
)
PROPOSE = "propose.js"
SCRIPTS = {  # each script, and what a page must hold to need it, as a pattern
    "modes.js": 'class="brief-modes"',
    "marks.js": 'class="brief-mark',
    "previews.js": "<div popover>",
    "tables.js": "brief-(filter|sortable)",
    PROPOSE: 'class="brief-passage"',
}


class SiteTranslator(FaithfulTranslator, HTML5Translator):
    """The translator of the site; :data:`VISITORS` are its visitors for what the edition adds to docutils."""

    product: ClassVar[str] = "the site"

    def starttag(self, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any) -> str:
        """Return a start tag, with no link to what is none; with the tag of a node its address is written."""
        if not is_link(attributes.get("href", "")):
            del attributes["href"]
        if isinstance(node, nodes.Node):
            self.note_written(node)
        return str(super().starttag(node, tagname, suffix, empty, **attributes))


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
    # The underline is that of an element of its own: on the mark it would run on below the number.
    self.body.append(self.starttag(node, "span", "", CLASS=f"brief-mark verdict-{node.get('verdict', '')}") + "<u>")


def depart_mark(self: HTML5Translator, node: n.mark) -> None:
    """Close a mark with the link to its annotation."""
    self.body.append("</u>")
    if node.get("number"):
        href, number = node["annotation"], node["number"]
        self.body.append(
            f'<a class="brief-noteref" href="#{href}" aria-label="note {number}, {node["verdict"]}">{number}</a>'
        )
    self.body.append("</span>")


def visit_passage_number(self: HTML5Translator, node: n.passage_number) -> None:
    """Open the number of a paragraph, a link to the paragraph: the address to give to others."""
    holder = node.parent.parent
    self.body.append(f'<a class="brief-number" href="#{holder["ids"][0]}">')


def depart_passage_number(self: HTML5Translator, node: n.passage_number) -> None:
    """Close the number of a paragraph."""
    self.body.append("</a>")


def visit_original_words(self: HTML5Translator, node: n.original_words) -> None:
    """Open the author's words: marked, and linked to their annotation."""
    self.body.append(self.starttag(node, "mark", "", CLASS="brief-original-words"))
    self.body.append(f'<a href="#{node["annotation"]}">')


def depart_original_words(self: HTML5Translator, node: n.original_words) -> None:
    """Close the author's words."""
    self.body.append("</a></mark>")


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
    name = node.parent["ids"][0]
    links = [f'<a href="#{name}">Link to this note</a>', f'<a href="#mark-{name}">Back to the text</a>']
    if self.config.brief_suggest:
        address = suggestion_address(self.config, name, self.builder.current_docname)
        links.append(f'<a href="{attribute(address)}">Suggest a change</a>')
    self.body.append(f'<p class="brief-links">{" · ".join(links)}</p></div>')


def visit_verdict_label(self: HTML5Translator, node: n.verdict_label) -> None:
    """Open a verdict: symbol (hidden from readers of the word) and word."""
    verdict = node["verdict"]
    rank = f' data-rank="{node["rank"]}"' if "rank" in node else ""
    self.body.append(
        f'<span class="brief-verdict word-{verdict}"{rank}><span aria-hidden="true">{verdict.symbol}</span> '
    )


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
    self.body.append(self.starttag(node, "q", opening, CLASS="brief-quote", lang=node["lang"]))


def depart_quotation(self: HTML5Translator, node: n.quotation) -> None:
    """Close a quotation."""
    self.body.append(f"{quotation_marks(node['lang'])[1]}</q>")


def _close_span(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a span."""
    self.body.append("</span>")


VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    n.passage: element("section", "brief-passage"),
    n.passage_number: (visit_passage_number, depart_passage_number),
    n.mark: (visit_mark, depart_mark),
    n.original: element("blockquote", "brief-original", "lang"),
    n.original_words: (visit_original_words, depart_original_words),
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
    n.membership: element("article", "brief-card"),
    n.quotation: (visit_quotation, depart_quotation),
    n.quotation_block: element("blockquote", "brief-quotation", "lang"),
    n.foreign: element("span", "", "lang"),
    n.key_points: element("section", "brief-key-points"),
    n.collected: element("div", "brief-collected"),
    n.count: element("span", ""),
    n.source_list: element("ul", "brief-sources"),
    n.source_item: element("li", "brief-source"),
}


def add_html(app: Sphinx) -> None:
    """Register the nodes with their visitors for all HTML-like builders, and the theme."""
    for node_class, visitors in (VISITORS | SCREEN_VISITORS).items():
        app.add_node(node_class, html=visitors, override=True)
    for builder in SITES:
        app.set_translator(builder, SiteTranslator)
    app.add_html_theme("annotated-brief", theme_folder())
    app.connect("html-page-context", _add_context)


def _add_context(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Tell the templates what the foot and the banner of a page say; keep what was written of its records."""
    if isinstance(doctree, nodes.document):
        keep_report(app.builder, pagename, doctree)
    corpus = brief_domain(app.env).corpus()
    context["brief_menu"] = menu(app.builder, pagename, {page["link"] for page in context.get("parents", ())})
    context["brief_links_checked"] = corpus.links_asked
    base = base_of(app.config)
    address = f"{base}{app.builder.get_target_uri(pagename)}" if base else ""
    context["brief_meta"] = citation_meta(corpus, pagename, app.config.project, app.config.author, address)
    body = context.get("body", "")
    data = {PROPOSE: proposal_patterns(app.config, pagename)}
    # The facing edition shows the author’s words, which are not to be sent on.
    hidden = {PROPOSE} if app.config.brief_facing else set()
    context["brief_scripts"] = [
        (name, data.get(name, {})) for name, sign in SCRIPTS.items() if name not in hidden and re.search(sign, body)
    ]
    context["brief_pdf"] = f"{base}{app.config.brief_pdf_name}.pdf"
    context["brief_policy"] = POLICY
    context["brief_social"] = _social(app, pagename, context, doctree)
    context["brief_version"] = version()
    context["brief_beside"] = list(files_beside(app))
    context["brief_facing"] = WARNING if app.config.brief_facing else ""


def _social(app: Sphinx, pagename: str, context: dict[str, Any], doctree: object) -> tuple[tuple[str, str, str], ...]:
    """Return what networks show beside a link to the page; nothing where the site knows no address."""
    corpus, base, edition = brief_domain(app.env).corpus(), base_of(app.config), str(app.config.project)
    brief = corpus.brief_by_page.get(pagename, next(iter(corpus.briefs), None))
    if not base or brief is None:
        return ()
    metas = doctree.findall(nodes.meta) if isinstance(doctree, nodes.document) else ()
    picture = brief_picture(corpus, brief, edition)
    shown = Shown(
        title=unescape(re.sub(r"<[^>]+>", "", str(context.get("title") or edition))),
        description=next((meta["content"] for meta in metas if meta.get("name") == "description"), ""),
        address=f"{base}{app.builder.get_target_uri(pagename)}",
        picture=f"{base}{picture.path}",
        alt=picture.alt if brief.docname == pagename else brief.title,  # its counts are not what the page shows
        is_article=brief.docname == pagename,
    )
    return social_meta(shown, edition)


def files_beside(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield path, below the site, and title of each file that stands beside the pages."""
    products = app.config.brief_beside.split()
    if "pdf" in products:
        yield f"{app.config.brief_pdf_name}.pdf", "PDF"
        yield "summary.pdf", "summary on one page (PDF)"
    if "epub" in products:
        yield f"{app.config.epub_basename}.epub", "EPUB"


def theme_folder() -> str:
    """Return the folder of the site's templates, style sheets and scripts."""
    return str(Path(__file__).resolve().parent.parent / "theme")
