"""What a site shows beside a link before it is followed: the card of its target, written into the page.

The table of cards comes from the domain, never from pages written earlier in the same process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.corpus import Corpus
from ..model.records import Annotation, Event, Recommendation, Source, Term
from ..model.text import CUT, beginning
from ..reading import nodes as n
from ..reading.domain import SITES, brief_domain
from ..reading.links import dated, labelled, years
from .names import country_name, language_name

_LONG = 180  # characters of a text that a preview shows


class PreviewTransform(SphinxPostTransform):
    """Append to each page the cards of the records that it links to and does not hold itself."""

    default_priority = 900  # after every link is resolved
    builders = SITES

    def run(self, **kwargs: object) -> None:
        """Append the cards."""
        domain = brief_domain(self.env)
        corpus = domain.corpus()
        records = domain.anchors()
        wanted: dict[str, nodes.reference] = {}
        for link in self.document.findall(nodes.reference):
            anchor = link.get("refuri", "").partition("#")[2] if link.get("internal") else ""  # not of other sites
            if anchor in records and records[anchor][1] != self.env.current_document.docname:
                wanted.setdefault(anchor, link)
        for anchor, link in wanted.items():
            (kind, identifier), _ = records[anchor]
            content = list(preview(corpus, kind, identifier, link["refuri"]))
            if content:
                self.document += n.preview("", *content)


def preview(corpus: Corpus, kind: str, identifier: str, uri: str) -> Iterator[nodes.Node]:
    """Yield the content of the card of a record, its name a link to *uri*; nothing for kinds without a card."""
    if kind == "actor":
        actor = corpus.actor_by_id[identifier]
        kind, identifier = ("term", actor.term) if actor.term in corpus.term_by_id else ("", "")
    if kind in _WRITERS:
        by_id, write = _WRITERS[kind]
        yield from write(getattr(corpus, by_id)[identifier], uri)


def _name(uri: str, *content: nodes.Node) -> nodes.paragraph:
    """Return the first line of a card: the name, as a link."""
    return nodes.paragraph("", "", n.preview_name("", "", *content, uri=uri))


def _term(term: Term, uri: str) -> Iterator[nodes.Node]:
    shown = f"{term.name} ({term.abbreviation})" if term.abbreviation else term.name
    yield _name(uri, nodes.Text(shown))
    yield nodes.paragraph("", "", *_tagged(term.text, term.foreign))
    if term.valid:
        label, valid = years(term.kind, term.valid)
        yield labelled("valid", label, valid)


def _tagged(text: str, foreign: tuple[tuple[str, str], ...]) -> Iterator[nodes.Node]:
    """Yield *text*, cut, its *foreign* words tagged with their languages, be they cut or not."""
    shown, at = beginning(text, _LONG), 0
    end = len(shown.removesuffix(CUT))
    for words, lang in foreign:
        start = text.find(words, at)
        stop = min(start + len(words), end)
        if at <= start < stop:
            yield from (nodes.Text(shown[at:start]), n.foreign("", shown[start:stop], lang=lang))
            at = stop
    yield nodes.Text(shown[at:])


def _source(source: Source, uri: str) -> Iterator[nodes.Node]:
    title = beginning(source.title or source.label, _LONG)
    yield _name(uri, nodes.Text(title) if source.lang.startswith("en") else n.foreign("", title, lang=source.lang))
    facts = [source.publisher, str(source.grade), country_name(source.country)]
    facts += [] if source.lang.startswith("en") else [language_name(source.lang)]
    yield nodes.paragraph("", " · ".join(filter(None, facts)))


def _annotation(note: Annotation, uri: str) -> Iterator[nodes.Node]:
    yield _name(uri, nodes.Text(f"{note.number} {note.headline}"))
    yield nodes.paragraph("", "", n.verdict_label("", str(note.verdict), verdict=note.verdict))


def _event(event: Event, uri: str) -> Iterator[nodes.Node]:
    yield _name(uri, dated(event.date))
    yield nodes.paragraph("", beginning(event.text, _LONG))


def _recommendation(advice: Recommendation, uri: str) -> Iterator[nodes.Node]:
    yield _name(uri, nodes.Text(advice.headline))
    yield nodes.paragraph("", "", n.verdict_label("", advice.outcome.shown, verdict=advice.outcome))


_WRITERS: dict[str, tuple[str, Callable[..., Iterator[nodes.Node]]]] = {
    "term": ("term_by_id", _term),
    "source": ("source_by_id", _source),
    "annotation": ("annotation_by_id", _annotation),
    "event": ("event_by_id", _event),
    "recommendation": ("recommendation_by_id", _recommendation),
}
