"""The glossary as a SKOS concept scheme, in Turtle.

Every card is a concept. Its name is the preferred label in the language of the edition, its names in other languages
are those in theirs; abbreviations, forms and transliterations are alternative labels. The kinds of cards are
collections, since a body and a text share no broader concept.
"""

from __future__ import annotations

from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.records import Brief, Term
from ..model.text import visible
from ..model.vocabulary import CardKind
from .csl import PUBLISHER
from .site import Site

LANG = "en"  # of the edition
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")


def to_skos(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return the glossary as Turtle; where the address of the site is unknown, references are relative to the file."""
    folder = f"data/{brief.slug}"
    scheme = URIRef(f"{site.base}{folder}/terms.ttl" if site.base else "terms.ttl")
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for label in (DCTERMS.title, RDFS.label):
        graph.add((scheme, label, _text(f"Glossary: {site.name}", LANG)))
    graph.add((scheme, DCTERMS.creator, _text(PUBLISHER, LANG)))
    graph.add((scheme, DCTERMS.license, URIRef(LICENCE)))
    concepts = {term.id: URIRef(site.reference(folder, term.docname, term.id)) for term in corpus.terms}
    for term in corpus.terms:
        _add_concept(graph, corpus, concepts, term, scheme)
    for kind in CardKind:
        members = [concepts[term.id] for term in corpus.terms if term.kind is kind]
        collection = URIRef(f"{scheme}#{kind}")
        for member in members:
            graph.add((collection, SKOS.member, member))
        if members:
            graph.add((collection, RDF.type, SKOS.Collection))
            graph.add((collection, SKOS.prefLabel, _text(str(kind), LANG)))
            graph.add((collection, SKOS.scopeNote, _text(kind.definition, LANG)))
    return graph.serialize(format="turtle")


def skos_held(text: str) -> dict[str, list[str]]:
    """Return the ids of the cards that the scheme *text* has."""
    return {
        "term": [str(found) for found in Graph().parse(data=text, format="turtle").objects(None, DCTERMS.identifier)]
    }


def _add_concept(graph: Graph, corpus: Corpus, concepts: dict[str, URIRef], term: Term, scheme: URIRef) -> None:
    """Add the concept of one card."""
    concept = concepts[term.id]
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, concept))
    graph.add((concept, DCTERMS.identifier, Literal(term.id)))
    _add_labels(graph, concept, term)
    graph.add((concept, SKOS.definition, _text(term.text, LANG)))
    if term.valid is not None:
        graph.add((concept, DCTERMS.temporal, Literal(term.valid.source, datatype=EDTF)))
    if term.successor in concepts:
        graph.add((concept, DCTERMS.isReplacedBy, concepts[term.successor]))
    for item in term.sources:
        source = corpus.source_by_id.get(item.id)
        if source is not None and (address := f"https://doi.org/{source.doi}" if source.doi else source.url):
            graph.add((concept, DCTERMS.source, URIRef(_iri(address))))


def _add_labels(graph: Graph, concept: URIRef, term: Term) -> None:
    """Add the labels of one card; a language has one preferred label, and no label is of two kinds (SKOS S13, S14)."""
    labels = [_text(term.name, LANG), *(_text(name.text, name.lang) for name in term.names)]
    preferred: dict[str | None, Literal] = {}
    for label in labels:
        preferred.setdefault(label.language, label)
    others = [*labels, *(_text(form.text, LANG) for form in term.forms), _text(term.abbreviation, LANG)]
    for name in term.names:
        others += [
            _text(name.abbreviation, name.lang),
            _text(name.transliteration, f"{name.lang.partition('-')[0]}-Latn"),
        ]
    for label in preferred.values():
        graph.add((concept, SKOS.prefLabel, label))
    for label in others:
        if str(label) and preferred.get(label.language) != label:
            graph.add((concept, SKOS.altLabel, label))


def _text(text: str, lang: str) -> Literal:
    return Literal(visible(text), lang=lang)


def _iri(address: str) -> str:
    """Return *address* with the characters that no IRI may hold percent-encoded."""
    return "".join(quote(sign) if sign in '<>"{}|\\^`' or sign <= " " else sign for sign in address)
