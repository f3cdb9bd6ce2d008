"""Every form of the edition holds the same records: as its writer reports, and as somebody finds who takes it apart.

A new form is added to ``FORMS``, under the name that it has in ``parity.json``, with what counts it anew.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from pypdf import PdfReader
from sphinx.util.docutils import new_document

from annotated_brief.model.corpus import Corpus
from annotated_brief.model.holdings import KINDS, holdings_of
from annotated_brief.reading import nodes as n
from annotated_brief.rendering.epub.translator import EpubTranslator
from annotated_brief.rendering.epub.visitors import EPUB_VISITORS
from annotated_brief.rendering.faithful import UnknownNodeError
from annotated_brief.rendering.html import VISITORS, SiteTranslator
from annotated_brief.rendering.screen import SCREEN_VISITORS
from annotated_brief.rendering.typst.translator import TypstTranslator
from books import book_of
from conftest import Build, Built

Counted = dict[str, set[str]]
SELECTORS = {
    "annotation": ".brief-annotation",
    "source": ".brief-source",
    "term": ".brief-card[class*=kind-]",
    "event": ".brief-event",
    "recommendation": ".brief-recommendation",
    "membership": ".brief-card:not([class*=kind-])",
    "actor": ".brief-actor",
    "paragraph": ".brief-passage",
}


@dataclass(frozen=True, kw_only=True)
class Products:
    """What `brief build` makes, of the real set."""

    site: Built
    pdf: Built
    epub: Built

    @property
    def corpus(self) -> Corpus:
        return self.site.corpus


@pytest.fixture(scope="module")
def products(real: Built, real_pdf: Built, real_epub: Built) -> Products:
    return Products(site=real, pdf=real_pdf, epub=real_epub)


def in_pages(corpus: Corpus, pages: Iterable[BeautifulSoup]) -> Counted:
    """The ids of the elements that show records, each found once."""
    keys = {nodes.make_id(f"source-{source.id}"): source.id for source in corpus.sources}
    found: dict[str, list[str]] = {kind: [] for kind in SELECTORS}
    for page in pages:
        for kind, selector in SELECTORS.items():
            found[kind] += [keys.get(str(element["id"]), str(element["id"])) for element in page.select(selector)]
    assert all(len(ids) == len(set(ids)) for ids in found.values()), "nothing stands twice"
    return {kind: set(ids) for kind, ids in found.items()}


def in_site(products: Products) -> Counted:
    pages = sorted(products.site.out.rglob("*.html"))
    return in_pages(products.corpus, (BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in pages))


def in_epub(products: Products) -> Counted:
    return in_pages(products.corpus, book_of(products.epub).pages.values())


def squeeze(text: str) -> str:
    """Letters and digits alone: hyphenation, ligatures and line breaks do not count."""
    return re.sub(r"[\W_]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff"))


@cache
def reader(path: Path) -> PdfReader:
    return PdfReader(path)


def pdf_of(products: Products) -> PdfReader:
    return reader(products.pdf.out / "reaffirming-balance.pdf")


def in_pdf(products: Products) -> Counted:
    """The records whose words the pages say."""
    corpus = products.corpus
    said = squeeze("".join(page.extract_text() for page in pdf_of(products).pages))
    words = {
        "annotation": {note.id: f"{note.number} {note.verdict}" for note in corpus.annotations},
        "source": {source.id: source.label for source in corpus.sources},
        "term": {term.id: term.name for term in corpus.terms},
        "event": {event.id: f"{event.date.text()} {event.text[:40]}" for event in corpus.events},
        "recommendation": {advice.id: advice.headline for advice in corpus.recommendations},
        "membership": {members.id: members.text[:60] for members in corpus.memberships},
        "actor": {actor.id: actor.name for actor in corpus.actors},
        "paragraph": {p.id: " ".join(p.text.split()[1:4]) for p in corpus.paragraphs},  # before the first note's number
    }
    return {kind: {name for name, text in found.items() if squeeze(text) in said} for kind, found in words.items()}


def files_of(products: Products, name: str) -> list[str]:
    """The texts of the files of this name, one for each brief."""
    found = [file.read_text("utf-8") for file in sorted(products.site.out.glob(f"data/*/{name}"))]
    assert found, name
    return found


def in_rows(name: str, kind: str) -> dict[str, Callable[[Products], Counted]]:
    """The two forms of a table *name*: the records of *kind* by what stands in its first column."""

    def in_json(products: Products) -> Counted:
        rows = [row for text in files_of(products, f"{name}.json") for row in json.loads(text)]
        return {kind: {next(iter(row.values())) for row in rows}}

    def in_csv(products: Products) -> Counted:
        rows = [row for text in files_of(products, f"{name}.csv") for row in list(csv.reader(text.splitlines()))[1:]]
        return {kind: {row[0] for row in rows}}

    return {f"{name}.json": in_json, f"{name}.csv": in_csv}


def in_lines(name: str, **patterns: str) -> dict[str, Callable[[Products], Counted]]:
    """A form that is text: the ids that a pattern finds, by kind."""

    def count(products: Products) -> Counted:
        text = "\n".join(files_of(products, name))
        return {kind: set(re.findall(pattern, text, re.MULTILINE)) for kind, pattern in patterns.items()}

    return {name: count}


def in_tei(products: Products) -> Counted:
    """The records by elements: notes and paragraphs by number, sources, cards and events by what they are called."""
    corpus = products.corpus
    (text,) = files_of(products, "tei.xml")
    tree = BeautifulSoup(text, "xml")
    numbers = {note.number: note.id for note in corpus.annotations}
    names = {" ".join(term.name.split()): term.id for term in corpus.terms}
    events = {" ".join(event.text.split()): event.id for event in corpus.events}

    def said(selector: str) -> set[str]:
        return {" ".join(found.get_text().split()) for found in tree.select(selector)}

    cards = said("person > persName, org > orgName, place > placeName, list[type=gloss] > label")
    return {
        "annotation": {numbers[str(found["n"])] for found in tree.select("listAnnotation > annotation")},
        "source": {str(found["xml:id"]).removeprefix("source-") for found in tree.select("listBibl > *")},
        "term": {names[name] for name in cards & names.keys()},
        "event": {events[text] for text in said("listEvent > event > label")},
        "paragraph": {str(found["xml:id"]).removeprefix("paragraph-") for found in tree.select("body p")},
    }


def in_needs(products: Products) -> Counted:
    kinds = {"claim": "annotation", "recommendation": "recommendation", "term": "term", "event": "event"}
    found: Counted = {kind: set() for kind in kinds.values()}
    for text in files_of(products, "needs.json"):
        for need in json.loads(text)["versions"]["current"]["needs"].values():
            found[kinds[need["type"]]].add(need["id"])
    return found


def in_annotations(products: Products) -> Counted:
    """The notes by number, their ids being what the writer counts by."""
    numbers = {note.number: note.id for note in products.corpus.annotations}
    files = [json.loads(file.read_text("utf-8")) for file in products.site.out.glob("data/*/annotations.jsonld")]
    assert sum(file["total"] for file in files) == len(numbers)
    return {"annotation": {numbers[item["number"]] for file in files for item in file["first"]["items"]}}


def in_schema(products: Products) -> Counted:
    """The claims and the cards by what they are called."""
    claims = {note.claim: note.id for note in products.corpus.annotations}
    names = {term.name: term.id for term in products.corpus.terms}
    found: Counted = {"annotation": set(), "term": set()}
    for file in products.site.out.glob("data/*/schema.jsonld"):
        for thing in json.loads(file.read_text("utf-8"))["@graph"]:
            if thing["@type"] == "ClaimReview":
                found["annotation"].add(claims[thing["claimReviewed"]])
            if thing["@type"] == "DefinedTerm":
                found["term"].add(names[thing["name"]])
    return found


FORMS: dict[str, Callable[[Products], Counted]] = {
    "the site": in_site,
    "the PDF": in_pdf,
    "the EPUB": in_epub,
    "annotations.jsonld": in_annotations,
    "schema.jsonld": in_schema,
    "tei.xml": in_tei,
    "needs.json": in_needs,
    **in_rows("claims", "annotation"),
    **in_rows("scorecard", "recommendation"),
    **in_rows("memberships", "membership"),
    **in_rows("timeline", "event"),
    **in_lines("timeline.ics", event=r"^UID:([a-z0-9-]+)@"),
    **in_lines("terms.ttl", term=r'dcterms:identifier "([^"]+)"'),
    **in_lines("sources.bib", source=r"^@\w+\{([^,]+),"),
    **in_lines("sources.ris", source=r"^ID  - (\S+)"),
    **in_lines("sources.csl.json", source=r'^  +"id": "([^"]+)"'),
}


def reports(products: Products) -> dict[str, dict[str, list[str]]]:
    """What the writers say that they have written."""
    found: dict[str, dict[str, list[str]]] = {}
    for built in (products.site, products.pdf, products.epub):
        found |= json.loads((built.out / "parity.json").read_text("utf-8"))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_every_record_as_reported_and_as_counted_anew(form: str, products: Products) -> None:
    whole = {kind: set(records) for kind, records in holdings_of(products.corpus).items()}
    counted, reported = FORMS[form](products), reports(products)[form]
    (brief,) = products.corpus.briefs
    if "paragraph" in counted:  # the form names them by their numbers alone
        counted["paragraph"] = {f"{brief.docname}#{name}" for name in counted["paragraph"]}
    for kind, found in counted.items():
        assert found == whole[kind], kind
    assert {kind: set(found) for kind, found in reported.items()} == {kind: whole[kind] for kind in reported}
    assert counted.keys() == reported.keys()
    assert all(whole.values()), "the real set has records of every kind"


@pytest.mark.slow
def test_every_form_that_reports_is_counted(products: Products) -> None:
    assert reports(products).keys() == FORMS.keys()


@pytest.mark.slow
def test_the_structure_of_the_pdf_has_a_row_for_each_note(products: Products) -> None:
    def rows(element: Any) -> int:
        element = element.get_object()
        if not isinstance(element, dict):
            return 0
        children = element.get("/K", [])
        children = children if isinstance(children, list) else [children]
        own = element.get("/S") == "/TR" and [child.get_object().get("/S") for child in children] == ["/TD"] * 6
        return own + sum(rows(child) for child in children)

    tree: Any = pdf_of(products).trailer["/Root"]
    assert rows(tree["/StructTreeRoot"]) == len(products.corpus.annotations), "the ledger alone has six columns"


def test_a_record_that_a_product_lacks_is_a_warning_with_its_place(build: Build) -> None:
    extra = "---\norphan: true\n---\n# Extra\n\n:::{term} crane\n:name: Crane\n:kind: body\n\nIt lifts.\n:::\n"
    built = build({"docs/extra.md": extra}, "brief-pdf")
    said = built.warnings.read_text("utf-8")
    assert re.search(r"docs/extra\.md:6: WARNING: the PDF lacks the term ‘crane’", said), said
    for builder in ("html", "brief-epub"):
        built = build(builder=builder)
        assert "lacks" not in built.warnings.read_text("utf-8")
        (report,) = (held for name, held in json.loads(built.page("parity.json")).items() if name.startswith("the "))
        assert "crane" in report["term"]


def test_a_site_knows_what_it_holds_whatever_was_written_anew(build: Build, project: Path) -> None:
    first = build(parallel=2).page("parity.json")
    text = (project / "docs/timeline.md").read_text("utf-8")
    assert build({"docs/timeline.md": text + "\nMore.\n"}).page("parity.json") == first
    gone = build({"docs/timeline.md": "# Timeline\n"})
    assert json.loads(gone.page("parity.json"))["the site"]["event"] == []


class unheard(nodes.container):
    """A node that no writer knows, though each knows the class under it."""


@pytest.mark.parametrize(
    ("builder", "product"), [("html", "the site"), ("brief-epub", "the EPUB"), ("brief-pdf", "the PDF")]
)
def test_an_unknown_node_is_an_error_with_a_place(build: Build, builder: str, product: str) -> None:
    built = build(builder=builder)
    app = built.app
    settings = app.env.settings if builder == "brief-pdf" else app.builder.docsettings  # type: ignore[attr-defined]
    document = new_document("sample.md", settings)
    node = unheard("", nodes.paragraph("", "Words"))
    node.source, node.line = "sample.md", 7
    document += node
    translator = app.builder.create_translator(document, app.builder)
    expected = UnknownNodeError if builder != "brief-pdf" else Exception
    with pytest.raises(expected, match=rf"sample\.md:7: {product} has no visitor for the node class .*unheard"):
        document.walkabout(translator)


def test_every_node_class_is_listed() -> None:
    ours = {found for found in vars(n).values() if isinstance(found, type) and issubclass(found, nodes.Element)}
    assert ours - set(n.NODES) == {n.problem}, "what is no problem is written"
    assert set(n.RECORDS) <= set(n.NODES)
    assert set(n.RECORDS.values()) == set(KINDS)


@pytest.mark.parametrize("node", n.NODES, ids=lambda node: node.__name__)
def test_every_node_has_visitors_of_its_own_in_every_writer(node: type[nodes.Element]) -> None:
    assert node in VISITORS | SCREEN_VISITORS
    assert node in EPUB_VISITORS
    assert hasattr(TypstTranslator, f"visit_{node.__name__}")
    assert not hasattr(SiteTranslator, f"visit_{node.__name__}"), "no node of docutils has its name"
    assert issubclass(EpubTranslator, SiteTranslator)
