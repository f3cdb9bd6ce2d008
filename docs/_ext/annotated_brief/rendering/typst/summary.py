"""The summary: one page with the key points, the verdicts, the corrections, the scorecard, and the way to the rest."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import segno
from docutils import nodes
from sphinx import addnodes

from ...model.vocabulary import Verdict
from ...reading import nodes as n
from ...reading.domain import brief_domain
from .code import Code, Value, body, call, text_of
from .front import counted, counts, imprint, metadata, printed
from .links import file_of
from .translator import TypstTranslator

if TYPE_CHECKING:
    from sphinx.builders import Builder


class SummaryTranslator(TypstTranslator):
    """Writes parts of the edition for a page on which nothing else of it stands: links inside it lead to the site."""

    def _inner_link(self, node: nodes.Element, label: str, words: Code) -> Code:
        """Return a link to the site, or the words alone where its address is not known."""
        if not self.config.html_baseurl:
            return words
        docname, _, identifier = label.partition("--")
        return call("outer", self.on_site(docname, identifier), words)


def summary(builder: Builder, tree: nodes.document, date: dt.datetime) -> Code:
    """Return the call that sets the summary of the edition that *tree* holds."""
    config, corpus = builder.config, brief_domain(builder.env).corpus()
    works = [brief.work for brief in corpus.briefs]
    points = list(key_points(builder, tree))
    corrected = [note for note in corpus.annotations if note.verdict is Verdict.CORRECTED]
    scores: list[Value] = [
        {
            "number": f"R{item.number}",
            "headline": text_of(item.headline),
            "word": str(item.outcome),
            "symbol": item.outcome.symbol,
        }
        for item in corpus.recommendations
    ]
    return call(
        "summary",
        **metadata(builder, works, date, config.project),
        works=[printed(work) for work in works],
        verdicts=counted(corpus),
        counts=counts(corpus),
        points=body(points) if points else None,
        corrected=[[note.number, text_of(note.headline)] for note in corrected],
        scores=scores,
        address=[config.html_baseurl, text_of(config.html_baseurl)] if config.html_baseurl else None,
        code=qr_code(config.html_baseurl) if config.html_baseurl else None,
        imprint=imprint(builder, date, config.project),
    )


def key_points(builder: Builder, tree: nodes.document) -> Iterator[Code]:
    """Yield the key points of each brief."""
    visitor = SummaryTranslator(tree, builder)
    for node in tree.findall(n.key_points):
        file = file_of(node)
        if isinstance(file, addnodes.start_of_file):
            visitor.docname = file["docname"]
        yield visitor.code_of(*node.children)


def qr_code(address: str) -> str:
    """Return a QR code (ISO/IEC 18004) of *address* as SVG; a quarter of it may be dirty and it still reads."""
    drawing = io.BytesIO()
    segno.make(address, error="q", boost_error=False, micro=False).save(
        drawing, kind="svg", xmldecl=False, border=0, scale=4
    )
    return drawing.getvalue().decode()
