"""What time does to a page: overdue notes turn grey, and each source says what its address answered."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.corpus import Corpus
from ..model.records import LinkCheck, Source
from ..model.vocabulary import Light
from ..reading import nodes as n
from ..reading.domain import brief_domain
from ..reading.links import labelled

OVERDUE = "overdue"  # the style class of a note whose review date is past, and of its mark


class OverdueTransform(SphinxPostTransform):
    """Say of each annotation whose review date is past that it is overdue; the verdict stands until it is changed."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:
        """Mark the document."""
        corpus, docname = brief_domain(self.env).corpus(), self.env.current_document.docname
        late = {note.id for note in corpus.annotations_of(docname) if corpus.is_overdue(note)}
        if not late:
            return
        for mark in self.document.findall(n.mark):
            if mark["annotation"] in late:
                mark["classes"].append(OVERDUE)
        for note in self.document.findall(n.annotation):
            if note["fields"]["id"] in late:
                note["classes"].append(OVERDUE)
                for line in note.findall(n.labelled):
                    if line["kind"] == "dates":
                        line += nodes.Text(" · overdue: it may no longer hold")


def light_line(corpus: Corpus, source: Source) -> list[nodes.Node]:
    """Return the line that says what the address of *source* answered, and when; nothing before any was asked."""
    if not source.url or not corpus.links:
        return []
    check = corpus.link_by_url.get(source.url)
    if check is None:
        return [labelled("light", "Address:", *_light(Light.NOT_CHECKED))]
    parts = [*_light(check.light), nodes.Text(f", asked {check.checked}{_reason(check)}")]
    if check.archive:
        parts += [nodes.Text(" · "), nodes.reference("", "archived copy", refuri=check.archive, internal=False)]
    return [labelled("light", "Address:", *parts)]


def _light(light: Light) -> list[nodes.Node]:
    """Return a light as symbol and word."""
    return [n.verdict_label("", light.shown, verdict=light)]


def _reason(check: LinkCheck) -> str:
    """Return why an address is not live, in brackets."""
    return f" ({check.reason})" if check.reason and check.light is not Light.LIVE else ""
