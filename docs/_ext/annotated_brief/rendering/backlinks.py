"""From a card or a source back to the places that use it."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from ..model.corpus import Corpus
from ..model.records import Source
from ..reading import nodes as n
from ..reading.links import labelled, reference
from .build import joined, links
from .freshness import light_line
from .names import INTERNATIONAL, country_name, language_name
from .sourcing import source_classes


def add_where_used(document: nodes.document, corpus: Corpus) -> None:
    """Add *where used* to each card of the document."""
    cards = list(document.findall(n.card))
    if not cards:
        return
    used, order = _uses_of_terms(corpus), _Order(corpus)
    for card in cards:
        places = used.get(card["fields"]["id"], set())
        found = order.links(places, "paragraph", "annotation")
        card += [labelled("used", "Where used:", *joined(found))] if found else []
        card += _elsewhere(order, places)


class _Order:
    """The order of a corpus: who asks for the places of many cards goes through all records once."""

    def __init__(self, corpus: Corpus) -> None:
        ids = {
            "paragraph": (paragraph.qualified for paragraph in corpus.paragraphs),
            "annotation": (note.id for note in corpus.annotations),
            "term": (term.id for term in corpus.terms),
            "event": (event.id for event in corpus.events),
            "membership": (members.id for members in corpus.memberships),
            "recommendation": (advice.id for advice in corpus.recommendations),
        }
        self._places = {kind: {name: place for place, name in enumerate(names)} for kind, names in ids.items()}

    def among(self, places: Iterable[str], kind: str) -> list[str]:
        """Return which of *places* are records of a *kind*, in their order."""
        order = self._places[kind]
        return sorted({name for name in places if name in order}, key=order.__getitem__)

    def links(self, places: Iterable[str], *kinds: str) -> list[nodes.Node]:
        """Return a link to each record of *kinds* among *places*."""
        return [reference(kind, name) for kind in kinds for name in self.among(places, kind)]


def _uses_of_terms(corpus: Corpus) -> dict[str, set[str]]:
    """Return the ids of what names each term: by a link, as the actor of an event, as the body of a membership."""
    used: dict[str, set[str]] = {}
    for use in corpus.uses:
        if use.kind == "term" and use.within != use.id:
            used.setdefault(use.id, set()).update((use.within, f"{use.docname}#{use.within}"))
    cards = {actor.id: actor.term for actor in corpus.actors if actor.term}
    for event in corpus.events:
        for actor in event.actors:
            used.setdefault(cards.get(actor, ""), set()).add(event.id)
    for membership in corpus.memberships:
        used.setdefault(membership.body, set()).add(membership.id)
    return used


def list_sources(document: nodes.document, corpus: Corpus) -> None:
    """Turn the citations of the bibliography into list items with grade and *cited in*."""
    by_anchor = {nodes.make_id(f"source-{source.id}"): source for source in corpus.sources}
    citations = [found for found in document.findall(nodes.citation) if found["ids"][0] in by_anchor]
    if not citations:
        return
    users: dict[str, dict[str, None]] = {}
    for use in corpus.uses:
        if use.kind == "source" and use.within:
            users.setdefault(use.id, {})[use.within] = None
    order = _Order(corpus)
    container = citations[0].parent
    listing = n.source_list()
    for citation in citations:
        source = by_anchor[citation["ids"][0]]
        item = n.source_item("", ids=citation["ids"], key=source.id, classes=source_classes(source))
        head = n.card_head("", "", n.headline("", source.label))
        text = next(iter(citation.findall(nodes.paragraph)))
        _tag_title(text, source)
        facts = [str(source.grade), language_name(source.lang)]
        facts += [] if source.country == INTERNATIONAL else [country_name(source.country)]
        facts += [f"owner: {source.owner}", f"read {source.read}" if source.seen else "text not seen"]
        item += [head, text, labelled("grade", "Grade:", nodes.Text(" · ".join(facts)))]
        item += light_line(corpus, source)
        places = users.get(source.id, {})
        if notes := order.among(places, "annotation"):
            item += labelled("used", "Notes:", *links("annotation", notes))
        item += _elsewhere(order, places)
        listing += item
    container.replace_self(listing)


def _tag_title(text: nodes.paragraph, source: Source) -> None:
    """Tag title and transliteration of *source* in its printed entry with its language; what stands around is English."""
    if source.lang.startswith("en"):
        return
    title = next(iter(text.findall(nodes.emphasis)), None)
    if title is None:  # the check says that it is missing
        return
    tagged = n.foreign("", lang=source.lang)
    title.replace_self(tagged)
    tagged += title
    for words in list(text.findall(nodes.Text)):
        before, found, after = words.partition(source.title_latin) if source.title_latin else ("", "", "")
        if found and words.parent is text:
            latin = n.foreign("", found, lang=f"{source.lang}-Latn")
            text.replace(words, [nodes.Text(before), latin, nodes.Text(after)])


def _elsewhere(order: _Order, places: Iterable[str]) -> list[nodes.Node]:
    """Return the line with the cards, events, memberships and recommendations among *places*, if there are any."""
    found = order.links(places, "term", "event", "membership", "recommendation")
    return [labelled("used", "Elsewhere:", *joined(found))] if found else []
