"""What can be linked to: every record that has a place of its own."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.domains.std import StandardDomain

from ..model.corpus import Corpus
from ..model.records import Annotation, Event, Membership, Recommendation, Term
from .collect import Document

Linked = Annotation | Term | Event | Recommendation | Membership


def titled(found: Corpus | Document) -> Iterator[tuple[str, Linked, str]]:
    """Yield kind, record and title of everything that another project may link to by its id."""
    names = {term.id: term.name for term in found.terms}
    yield from (("annotation", note, note.headline) for note in found.annotations)
    yield from (("term", term, term.name) for term in found.terms)
    yield from (("event", event, f"{event.date.text()}: {event.text}") for event in found.events)
    yield from (("recommendation", advice, advice.headline) for advice in found.recommendations)
    yield from (("membership", body, f"Members: {names.get(body.body, body.body)}") for body in found.memberships)


def objects(corpus: Corpus, page: str) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yield what ``objects.inv`` says of each record; *page* is the document of the bibliography, or empty."""
    for kind, record, title in titled(corpus):
        yield record.id, title, kind, record.docname, record.id, 1 if kind in {"annotation", "term"} else 2
    for source in corpus.sources if page else ():
        yield source.id, source.label, "source", page, nodes.make_id(f"source-{source.id}"), -1


def add_labels(standard: StandardDomain, found: Document) -> None:
    """Give each record of a document a label, for ``ref``: a project without this extension knows no role of it."""
    for kind, record, title in titled(found):
        name = f"{kind}-{record.id}"
        standard.anonlabels[name] = record.docname, record.id
        standard.labels[name] = record.docname, record.id, title


def settle_labels(standard: StandardDomain, corpus: Corpus) -> None:
    """Let the label of a paragraph lead to the first brief that has it: each has a ¶1, and Sphinx keeps what it reads last.

    Which that is, depends on the process that ends first.
    """
    for paragraph in reversed(corpus.paragraphs):
        standard.anonlabels[paragraph.id] = paragraph.docname, paragraph.id


def targets(corpus: Corpus, page: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return docname, anchor and text to show for each ``(kind, id)``; *page* is the document of the bibliography."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for brief in corpus.briefs:
        found["brief", brief.slug] = (brief.docname, "", brief.title)
    for paragraph in corpus.paragraphs:
        restated = (paragraph.docname, paragraph.id, paragraph.name)
        found["paragraph", paragraph.qualified] = restated  # each brief has a ¶1
        found.setdefault(("paragraph", paragraph.id), restated)
    for note in corpus.annotations:
        found["annotation", note.id] = (note.docname, note.id, f"note {note.number}")
    for term in corpus.terms:
        found["term", term.id] = (term.docname, term.id, term.abbreviation or term.name)
    for actor in corpus.actors:
        card = corpus.term_by_id.get(actor.term)
        place = (card.docname, card.id) if card else (actor.docname, actor.id)
        found["actor", actor.id] = (*place, actor.name)
    for event in corpus.events:
        found["event", event.id] = (event.docname, event.id, event.date.text())
    for advice in corpus.recommendations:
        found["recommendation", advice.id] = (advice.docname, advice.id, advice.headline)
    for membership in corpus.memberships:
        body = corpus.term_by_id.get(membership.body)
        found["membership", membership.id] = (membership.docname, membership.id, body.name if body else "")
    for source in corpus.sources:
        found["source", source.id] = (page, nodes.make_id(f"source-{source.id}"), source.label)
    return found
