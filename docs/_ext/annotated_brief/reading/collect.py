"""From a finished doctree to records: one pass a document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes

from ..diagnostics import Diagnostic
from ..model.dates import EdtfDate, Point
from ..model.records import (
    Actor,
    Annotation,
    Brief,
    Event,
    Location,
    Membership,
    Paragraph,
    Quotation,
    Recommendation,
    Term,
    Use,
)
from ..model.text import quotation_marks
from . import nodes as n

REVIEW_YEARS = 2  # after which a note that names no date of its own wants another look


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one document adds to the corpus."""

    briefs: tuple[Brief, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    terms: tuple[Term, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    uses: tuple[Use, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    collects: tuple[str, ...] = ()  # what the document shows of the whole set: lists, numbers, where cards are used


def collect_document(doctree: nodes.document, docname: str, path: str) -> Document:
    """Return the records of *doctree*, which stands in the file *path*; problems are taken out of it."""
    problems = tuple(node["diagnostic"] for node in doctree.findall(n.problem))
    for node in list(doctree.findall(n.problem)):
        node.parent.remove(node)
    paragraphs = tuple(_paragraph(node, docname, path) for node in doctree.findall(n.passage))
    by_id = {paragraph.id: paragraph for paragraph in paragraphs}
    return Document(
        paragraphs=paragraphs,
        annotations=tuple(_annotations(doctree, docname, by_id)),
        terms=tuple(_records(doctree, n.card, Term, docname)),
        actors=tuple(_records(doctree, n.actor, Actor, docname)),
        events=tuple(_records(doctree, n.event, Event, docname)),
        recommendations=tuple(_records(doctree, n.recommendation, Recommendation, docname)),
        memberships=tuple(_records(doctree, n.membership, Membership, docname)),
        quotations=tuple(_quotations(doctree, docname)),
        uses=tuple(_uses(doctree, docname, path)),
        problems=problems,
        collects=tuple(sorted(_collects(doctree))),
    )


def _collects(doctree: nodes.document) -> Iterator[str]:
    """Yield what the document shows that is made from records of other documents."""
    yield from {node["collect"] for node in doctree.findall(n.collected)}
    yield from {node["of"] for node in doctree.findall(n.count)}
    if next(iter(doctree.findall(n.card)), None) is not None:
        yield "where cards are used"


def _paragraph(node: n.passage, docname: str, path: str) -> Paragraph:
    """Return the record of a restated paragraph; its text leaves out number and annotations."""
    return Paragraph(
        id=node["ids"][0],
        number=node["number"],
        label=node["label"],
        docname=docname,
        text=_passage_text(node)[0],
        location=Location(path=path, line=node.line or 0),
    )


def _passage_text(passage: n.passage) -> tuple[str, dict[str, int]]:
    """Return the text of a restated paragraph, white space folded, and where in it each mark begins."""
    paragraph = next(iter(passage.findall(nodes.paragraph)))
    text = ""
    starts: dict[str, int] = {}
    for node in paragraph.findall():
        if isinstance(node, n.mark):
            starts.setdefault(node["annotation"], len(" ".join(f"{text}|".split())) - 1)
        elif isinstance(node, nodes.Text) and isinstance(node.parent, n.quotation):
            text += node.astext().join(quotation_marks(node.parent["lang"]))
        elif isinstance(node, nodes.Text) and not isinstance(node.parent, n.passage_number):
            text += node.astext()
    return " ".join(text.split()), starts


def _fields_of(cls: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """Return those of *fields* that a record of *cls* has."""
    known = {field.name for field in dataclasses.fields(cls)}
    return {name: value for name, value in fields.items() if name in known}


def _records(doctree: nodes.document, node_class: type[nodes.Element], cls: Any, docname: str) -> Iterator[Any]:
    """Yield a record of *cls* for each node of *node_class* whose required dates are there."""
    for node in doctree.findall(node_class):
        fields = _fields_of(cls, node["fields"])
        if "text" in {field.name for field in dataclasses.fields(cls)}:
            fields["text"] = node["text"]
        if cls is Term:
            fields["foreign"] = tuple(_foreign(node))
        if fields.get("date", 1) is None or ("outcome" in fields and fields["as_of"] is None):
            continue  # reported as missing or bad; without a date there is no such record
        yield cls(docname=docname, **fields)


def _foreign(card: nodes.Element) -> Iterator[tuple[str, str]]:
    """Yield the words in other languages in the text of a *card*, with their languages."""
    for words in card.findall(lambda node: isinstance(node, n.foreign | n.quotation)):
        assert isinstance(words, nodes.Element)
        if not isinstance(words.parent, n.card_names) and not words["lang"].startswith("en"):
            yield words.astext(), words["lang"]


def _annotations(doctree: nodes.document, docname: str, paragraphs: dict[str, Paragraph]) -> Iterator[Annotation]:
    """Yield the annotations; ``review_by`` defaults to two years after ``checked``."""
    for node in doctree.findall(n.annotation):
        fields = _fields_of(Annotation, node["fields"])
        if fields["checked"] is None or fields["as_of"] is None:
            continue
        group = cast("nodes.Element", node.parent)
        passage = group.parent if isinstance(group, n.annotation_group) else None
        starts = _passage_text(passage)[1] if isinstance(passage, n.passage) else {}
        fields["review_by"] = fields["review_by"] or years_later(fields["checked"], REVIEW_YEARS)
        yield Annotation(
            docname=docname,
            number=node.get("number", ""),
            mark=" ".join(node.get("mark", "").split()),
            start=starts.get(fields["id"], 0),
            paragraph=paragraphs[passage["ids"][0]] if passage is not None else None,
            text=node["text"],
            links=tuple(dict.fromkeys(x["reftarget"] for x in node.findall(addnodes.pending_xref))),
            **fields,
        )


def years_later(date: EdtfDate, years: int) -> EdtfDate:
    """Return the date *years* after the start of *date*; 29 February becomes the 28th."""
    start = date.start or date.end
    assert start is not None, "a parsed date has at least one end"
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    point = Point(year=start.year + years, month=start.month, day=day)
    parts = [f"{point.year:04}", *(f"{part:02}" for part in (point.month, point.day) if part)]
    return EdtfDate(source="-".join(parts), start=point, end=point)


def _quotations(doctree: nodes.document, docname: str) -> Iterator[Quotation]:
    """Yield the quotations, inline and displayed."""
    for node in doctree.findall(lambda found: isinstance(found, n.quotation | n.quotation_block)):
        assert isinstance(node, nodes.Element)
        text = " ".join(child.astext() for child in node.children if not isinstance(child, nodes.attribution))
        yield Quotation(
            docname=docname,
            text=text,
            lang=node["lang"],
            item=node["item"],
            location=node["location"],
        )


def _uses(doctree: nodes.document, docname: str, path: str) -> Iterator[Use]:
    """Yield every link to a record, every citation and every quotation's source."""
    for node in doctree.findall(addnodes.pending_xref):
        domain = node.get("refdomain")
        if domain not in {"brief", "cite"} or node.get("intersphinx"):  # the latter is about another edition
            continue
        within, location = _within(node, path)
        location = node.get("location", location)
        targets = node["reftarget"].split(",") if domain == "cite" else [node["reftarget"]]
        for target in targets:
            kind = "source" if domain == "cite" else node["reftype"]
            shown = node.astext() if node.get("refexplicit") else ""
            yield Use(kind=kind, id=target.strip(), docname=docname, within=within, shown=shown, location=location)
    for quotation in doctree.findall(n.quotation):
        within, location = _within(quotation, path)
        yield Use(
            kind="source",
            id=quotation["item"].id,
            docname=docname,
            within=within,
            location=quotation["location"],
        )


def _within(node: nodes.Node, path: str) -> tuple[str, Location]:
    """Return the id of the record or passage around *node*, and where it stands."""
    line = 0
    ancestor: nodes.Element | None = node.parent
    while ancestor is not None:
        line = line or ancestor.line or 0
        if "fields" in ancestor:
            fields = ancestor["fields"]
            return fields["id"], fields["location"]
        if isinstance(ancestor, n.passage):
            return ancestor["ids"][0], Location(path=path, line=line)
        ancestor = ancestor.parent
    return "", Location(path=path, line=line)
