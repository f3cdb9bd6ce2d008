"""What stands at the head of a brief: what it is, how the verdicts fall, and a map of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from docutils import nodes

from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Paragraph
from ..model.vocabulary import Verdict
from ..reading import nodes as n
from ..reading.links import dated, reference
from .build import worded


def status(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What the brief *argument* (a slug) is: its :func:`summary`, a map, and what the reader may choose to see."""
    brief, notes = _brief(corpus, argument)
    if brief is None:
        return summary(corpus, argument)
    paragraphs = corpus.paragraphs_of(brief.docname)
    return [*summary(corpus, argument), n.overview("", _map(paragraphs, notes), n.modes("", verdicts=_counted(notes)))]


def summary(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The brief *argument* (a slug) in two lines: the work, the day of the last check, the verdicts in numbers."""
    brief, notes = _brief(corpus, argument)
    if brief is None:
        return [nodes.paragraph("", f"There is no brief ‘{argument}’.")]
    line = nodes.paragraph("", f"Text of {brief.work.issued[:4]}, restated", classes=["brief-summary"])
    if notes:
        last = max(notes, key=lambda note: note.checked.sort_key())
        line += [nodes.Text(", checked to "), dated(last.checked), nodes.Text(". ")]
        line += n.bar("", f"{len(notes)} notes: {_said(_counted(notes))}.", parts=_counted(notes))
    return [line]


def briefs(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The briefs of the set, where there is more than one: the page of each, and its :func:`summary`."""
    listing = nodes.bullet_list(classes=["brief-briefs"])
    for brief in corpus.briefs:
        line = nodes.paragraph("", "", reference("brief", brief.slug, brief.title))
        line += nodes.Text(f" ({brief.work.author})" if brief.work.author else "")
        listing += nodes.list_item("", line, *summary(corpus, brief.slug))
    return [listing] if len(corpus.briefs) > 1 else []


def findings(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The notes of the ids in *argument*, each in one line that leads to it."""
    listing = nodes.bullet_list(classes=["brief-findings"])
    for identifier in argument.split():
        note = corpus.annotation_by_id.get(identifier)
        if note is None:
            return [nodes.paragraph("", f"There is no note ‘{identifier}’.")]
        line = nodes.paragraph("", "", worded(note.verdict), nodes.Text(" "))
        line += reference("annotation", note.id, note.headline)
        listing += nodes.list_item("", line)
    return [listing]


def _brief(corpus: Corpus, slug: str) -> tuple[Brief | None, list[Annotation]]:
    """Return the brief *slug*, if there is one, and its notes."""
    brief = next((brief for brief in corpus.briefs if brief.slug == slug), None)
    return brief, list(corpus.annotations_of(brief.docname)) if brief is not None else []


def _counted(notes: Iterable[Annotation]) -> tuple[tuple[Verdict, int], ...]:
    """Return the number of *notes* by verdict, in the order of the word list, without those that do not occur."""
    found = Counter(note.verdict for note in notes)
    return tuple((verdict, found[verdict]) for verdict in Verdict if found[verdict])


def _said(counts: Iterable[tuple[Verdict, int]]) -> str:
    """Return *counts* in words."""
    return ", ".join(f"{number} {verdict}" for verdict, number in counts)


def _map(paragraphs: Sequence[Paragraph], notes: list[Annotation]) -> nodes.bullet_list:
    """Return links to the parts of the brief, each with a bar of its verdicts."""
    listing = nodes.bullet_list(classes=["brief-map"])
    for paragraph in paragraphs:
        counts = _counted(note for note in notes if note.paragraph is not None and note.paragraph.id == paragraph.id)
        if counts:
            line = nodes.paragraph("", "", reference("paragraph", paragraph.qualified), nodes.Text(" "))
            line += n.bar("", _said(counts), parts=counts)
            listing += nodes.list_item("", line)
    return listing
