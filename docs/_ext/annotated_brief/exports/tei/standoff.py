"""What stands off from the text: notes, sources, persons, organisations, places, other cards and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.corpus import Corpus
from ...model.dates import DateError, parse_edtf
from ...model.records import Actor, Annotation, Brief, Event, Source, Term
from ...model.vocabulary import ActorKind, CardKind
from .elements import Element, cited, dated, el, pointer, xml_id

_NAMES = {CardKind.PERSON: "persName", CardKind.BODY: "orgName", CardKind.PLACE: "placeName"}


def stand_off(corpus: Corpus, brief: Brief) -> Element:
    """Return the records of the edition, in one list a kind."""
    cards = {kind: [term for term in corpus.terms if term.kind is kind] for kind in CardKind}
    actors = [actor for actor in corpus.actors if actor.term not in corpus.term_by_id]
    others = [term for kind, found in cards.items() if kind not in _NAMES for term in found]
    return el(
        "standOff",
        _list("listAnnotation", (_annotation(corpus, note, brief) for note in corpus.annotations_of(brief.docname))),
        _list("listBibl", map(_source, corpus.sources)),
        _list("listPerson", [*map(_person, cards[CardKind.PERSON]), *_actors(actors, ActorKind.PERSON)]),
        _list(
            "listOrg",
            [*map(_body, cards[CardKind.BODY]), *_actors(actors, ActorKind.STATE, ActorKind.BODY, ActorKind.GROUP)],
        ),
        _list("listPlace", map(_place, cards[CardKind.PLACE])),
        _list("list", _glosses(others), type="gloss"),
        _list("listEvent", (_event(corpus, event, brief) for event in corpus.events)),
    )


def _list(tag: str, items: Iterable[Element], **attributes: str) -> Element | None:
    """Return the list *tag* of *items*, or None without any: TEI knows no empty list."""
    items = list(items)
    return el(tag, *items, **attributes) if items else None


def _annotation(corpus: Corpus, note: Annotation, brief: Brief) -> Element:
    """Return one note; its targets are our words, and the article."""
    targets = [pointer("mark", note.id), *brief.work.urls[:1]]
    return el(
        "annotation",
        el("revisionDesc", el("change", "Checked", **dated(note.checked))),
        el("note", note.headline, type="headline"),
        el("note", note.claim, type="claim"),
        el("note", el("quote", note.source_words, lang=brief.work.lang), type="source-words"),
        el("note", note.text, type="text"),
        el("note", el("date", note.as_of.text(), **dated(note.as_of)), type="as-of"),
        el("note", *map(cited, note.evidence), type="evidence") if note.evidence else None,
        *(el("ptr", type="see", target=target) for target in _notes(corpus, brief, note.see)),
        xml_id=xml_id("note", note.id),
        n=note.number,
        target=" ".join(targets),
        motivation="assessing",
        ana=pointer("verdict", note.verdict),
    )


def _notes(corpus: Corpus, brief: Brief, names: Iterable[str]) -> Iterator[str]:
    """Yield pointers to the notes *names*: in this file or, of another brief of the set, in the file of that."""
    for note in (corpus.annotation_by_id[name] for name in names if name in corpus.annotation_by_id):
        other = corpus.brief_by_page[note.docname]
        yield ("" if other == brief else f"../{other.slug}/tei.xml") + pointer("note", note.id)


def _source(source: Source) -> Element:
    """Return one source."""
    imprint = source.imprint
    latin = f"{source.lang.partition('-')[0]}-Latn"
    return el(
        "bibl",
        *(el("author", str(name)) for name in imprint.authors),
        *(el("editor", str(name)) for name in imprint.editors),
        el("title", source.title, lang=source.lang),
        el("title", source.title_latin, type="transliteration", lang=latin) if source.title_latin else None,
        el("title", imprint.title_en, type="translation", lang="en") if imprint.title_en else None,
        el("title", imprint.container, level="j" if source.type == "article" else "m") if imprint.container else None,
        el("publisher", imprint.publisher) if imprint.publisher else None,
        el("pubPlace", imprint.place) if imprint.place else None,
        el("biblScope", imprint.volume, unit="volume") if imprint.volume else None,
        el("biblScope", imprint.number, unit="issue") if imprint.number else None,
        el("biblScope", imprint.pages, unit="page") if imprint.pages else None,
        _published(source.date),
        el("idno", source.doi, type="DOI") if source.doi else None,
        el("idno", source.url, type="URI") if source.url else None,
        el("note", source.note) if source.note else None,
        xml_id=xml_id("source", source.id),
        type=source.type,
        n=source.label,
    )


def _published(date: str) -> Element | None:
    """Return the date of a source; one that is wrong, which the checks report, stands as text alone."""
    try:
        parsed = parse_edtf(date) if date else None
    except DateError:
        return el("date", date)
    return el("date", parsed.text(), **dated(parsed)) if parsed is not None else None


def _names(term: Term) -> Iterator[Element]:
    """Yield the names of a card, in every language."""
    tag = _NAMES[term.kind]
    yield el(tag, term.name, lang="en")
    if term.abbreviation:
        yield el(tag, term.abbreviation, type="abbreviation", lang="en")
    for name in term.names:
        yield el(tag, name.text, lang=name.lang)
        if name.abbreviation:
            yield el(tag, name.abbreviation, type="abbreviation", lang=name.lang)


def _person(term: Term) -> Element:
    """Return a card about a person."""
    return el("person", *_names(term), el("note", term.text), *map(cited, term.sources), xml_id=xml_id("term", term.id))


def _body(term: Term) -> Element:
    """Return a card about a body."""
    return el("org", *_names(term), el("desc", term.text), *map(cited, term.sources), xml_id=xml_id("term", term.id))


def _place(term: Term) -> Element:
    """Return a card about a place."""
    return el("place", *_names(term), el("desc", term.text), *map(cited, term.sources), xml_id=xml_id("term", term.id))


def _glosses(terms: Iterable[Term]) -> Iterator[Element]:
    """Yield label and item of each other card."""
    for term in terms:
        others = (el("foreign", name.text, lang=name.lang) for name in term.names)
        yield el("label", term.name, xml_id=xml_id("term", term.id), type=term.kind)
        yield el("item", term.text, *others, *map(cited, term.sources))


def _actors(actors: Iterable[Actor], *kinds: ActorKind) -> Iterator[Element]:
    """Yield the parties to events, of these *kinds*, that have no card."""
    for actor in actors:
        if actor.kind in kinds:
            is_person = actor.kind is ActorKind.PERSON
            name = el("persName" if is_person else "orgName", actor.name)
            yield el("person" if is_person else "org", name, role=actor.kind, xml_id=xml_id("actor", actor.id))


def _event(corpus: Corpus, event: Event, brief: Brief) -> Element:
    """Return one event of the timeline."""
    names = []
    for actor in (corpus.actor_by_id[key] for key in event.actors if key in corpus.actor_by_id):
        card = actor.term if actor.term in corpus.term_by_id else ""
        names.append(el("name", actor.name, ref=pointer("term", card) if card else pointer("actor", actor.id)))
    return el(
        "event",
        el("label", event.text),
        el("note", *names, type="actors") if names else None,
        *map(cited, event.sources),
        *(el("ptr", type="annotation", target=target) for target in _notes(corpus, brief, event.annotations)),
        xml_id=xml_id("event", event.id),
        **dated(event.date),
    )
