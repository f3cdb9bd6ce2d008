"""The TEI header: what the file is, from what it was made, and what its verdicts mean."""

from __future__ import annotations

from ...model.citing import LICENCE
from ...model.dates import parse_edtf
from ...model.records import Brief
from ...model.vocabulary import Verdict
from ..csl import PUBLISHER
from ..site import Site
from .elements import Element, dated, el, xml_id


def header(brief: Brief, site: Site) -> Element:
    """Return the header of the file."""
    verdicts = (el("category", el("catDesc", word.definition), xml_id=xml_id("verdict", word)) for word in Verdict)
    return el(
        "teiHeader",
        el(
            "fileDesc",
            el("titleStmt", el("title", f"{site.name}: {brief.title}"), el("editor", PUBLISHER)),
            _publication(brief, site),
            el("sourceDesc", _work(brief)),
        ),
        el(
            "encodingDesc",
            el(
                "projectDesc",
                el("p", "The paragraphs restate the article in our own words; no sentence of it is reproduced."),
            ),
            el("classDecl", el("taxonomy", *verdicts, xml_id="verdicts")),
        ),
    )


def _publication(brief: Brief, site: Site) -> Element:
    """Return who publishes the file, where, and under which licence."""
    address = site.address(brief.docname)
    return el(
        "publicationStmt",
        el("publisher", PUBLISHER),
        el("idno", address, type="URI") if address else None,
        el(
            "availability",
            el("licence", "Creative Commons Attribution 4.0", target=LICENCE),
            status="free",
        ),
    )


def _work(brief: Brief) -> Element:
    """Return the article that is restated."""
    work = brief.work
    return el(
        "bibl",
        el("author", work.author),
        el("title", work.title, level="a", lang=work.lang),
        el("title", work.container, level="j"),
        el("date", work.issued, **dated(parse_edtf(work.issued))),
        *(el("idno", url, type="URI") for url in work.urls),
    )
