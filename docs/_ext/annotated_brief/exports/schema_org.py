"""``schema.jsonld``: the brief, its claims and its glossary in the vocabulary of schema.org.

The brief is a ScholarlyArticle based on the article, each note a ClaimReview of a Claim, the glossary a DefinedTermSet.
The scale of the ratings only puts the verdicts in an order; ``alternateName`` bears the verdict itself, and a claim that
could not be verified has no number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Source, Term
from ..model.vocabulary import RATINGS
from .annotations import body_text, written
from .csl import PUBLISHER
from .identifiers import canonical_of, note_of, page_of, source_of, term_of, terms_of, uri, urn, work_of
from .site import Site

Json = dict[str, Any]
_CONTEXT = "https://schema.org"


def to_schema_jsonld(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return *brief*, its claims, their sources and the glossary as a graph of schema.org (JSON-LD)."""
    notes = corpus.annotations_of(brief.docname)
    cited = {
        item.id: corpus.source_by_id[item.id]
        for note in notes
        for item in note.evidence
        if item.id in corpus.source_by_id
    }
    graph = [
        _article(corpus, brief, site, notes),
        _work(brief),
        _publisher(),
        *(_review(corpus, note, brief, site) for note in notes),
        *(_source(source) for _, source in sorted(cited.items())),
        *_glossary(corpus, site),
    ]
    return _dump(graph, indent=1)


def to_page_jsonld(corpus: Corpus, docname: str, site: Site) -> str:
    """Return what the head of the page *docname* says of it, or an empty string (JSON-LD that may stand in HTML).

    It is part of :func:`to_schema_jsonld`: the brief or the glossary. Claims and verdicts are added where the site has
    an address: they are for search engines, which take no others, and make the page a seventh heavier.
    """
    graph: list[Json] = []
    for brief in corpus.briefs:
        if brief.docname == docname:
            notes = corpus.annotations_of(docname)
            graph += [_article(corpus, brief, site, notes), _work(brief), _publisher()]
            graph += [_verdict(corpus, note, brief, site) for note in notes if site.base]
    if not graph:
        graph = [found for found in _glossary(corpus, site, docname) if found["@type"] == "DefinedTermSet"]
    return _dump(graph).replace("<", "\\u003c").strip() if graph else ""


def _article(corpus: Corpus, brief: Brief, site: Site, notes: Iterable[Annotation]) -> Json:
    """Return the brief as a ScholarlyArticle."""
    dates = [written(corpus, note) for note in notes]
    return {
        "@type": "ScholarlyArticle",
        "@id": page_of(brief, site),
        **({"url": page_of(brief, site)} if site.base else {}),
        "headline": brief.title,
        "isPartOf": {"@type": "CreativeWork", "@id": site.base or urn("edition", site.name), "name": site.name},
        "isBasedOn": {"@id": work_of(brief)},
        "author": {"@id": urn("agent", PUBLISHER)},
        "publisher": {"@id": urn("agent", PUBLISHER)},
        "inLanguage": "en",
        "license": LICENCE,
        **({"datePublished": min(day for day, _ in dates)[:10]} if dates else {}),
        **({"dateModified": max(day for _, day in dates)[:10]} if dates else {}),
    }


def _work(brief: Brief) -> Json:
    """Return the article that the brief restates."""
    work = brief.work
    return {
        "@type": "Article",
        "@id": work_of(brief),
        "headline": work.title,
        "author": {"@type": "Person", "name": work.author},
        "datePublished": work.issued,
        "isPartOf": {"@type": "Periodical", "name": work.container},
        "inLanguage": work.lang,
        **({"url": uri(work.urls[0])} if work.urls else {}),
    }


def _publisher() -> Json:
    """Return who wrote the notes."""
    return {"@type": "Organization", "@id": urn("agent", PUBLISHER), "name": PUBLISHER}


def _verdict(corpus: Corpus, note: Annotation, brief: Brief, site: Site) -> Json:
    """Return claim and verdict of *note* as a ClaimReview."""
    best, worst = max(RATINGS.values()), min(RATINGS.values())
    rating = {"ratingValue": RATINGS[note.verdict]} if note.verdict in RATINGS else {}
    return {
        "@type": "ClaimReview",
        "@id": note_of(note, brief, site),
        **({"url": note_of(note, brief, site)} if site.base else {}),
        "claimReviewed": note.claim,
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{canonical_of(note, brief)}#claim",
            "appearance": {"@id": work_of(brief)},
        },
        "reviewRating": {
            "@type": "Rating",
            **rating,
            "bestRating": best,
            "worstRating": worst,
            "alternateName": str(note.verdict),
        },
        "author": {"@id": urn("agent", PUBLISHER)},
        "datePublished": written(corpus, note)[0][:10],
    }


def _review(corpus: Corpus, note: Annotation, brief: Brief, site: Site) -> Json:
    """Return *note* as a ClaimReview with its text, its evidence and the meaning of its verdict."""
    review = _verdict(corpus, note, brief, site)
    review["itemReviewed"] |= {
        "text": note.claim,
        "author": {"@type": "Person", "name": brief.work.author},
        "datePublished": brief.work.issued,
    }
    review["reviewRating"] |= {"ratingExplanation": note.verdict.definition}
    cited = [corpus.source_by_id[item.id] for item in note.evidence if item.id in corpus.source_by_id]
    return review | {
        "identifier": note.id,
        "position": note.number,
        "headline": note.headline,
        "reviewBody": body_text(note.text),
        "dateModified": written(corpus, note)[1][:10],
        "expires": note.review_by.last_day().isoformat(),
        "inLanguage": "en",
        "license": LICENCE,
        "isPartOf": {"@id": page_of(brief, site)},
        **({"keywords": ", ".join(note.tags)} if note.tags else {}),
        **({"citation": [{"@id": source_of(source)} for source in dict.fromkeys(cited)]} if cited else {}),
    }


def _source(source: Source) -> Json:
    """Return a cited source."""
    described = {
        "name": source.title,
        "creditText": ", ".join(source.authors),  # an author may be a person or a body: nobody has said which
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "url": uri(source.url),
        "inLanguage": source.lang,
    }
    return {
        "@type": "CreativeWork",
        "@id": source_of(source),
        **{key: value for key, value in described.items() if value},
    }


def _glossary(corpus: Corpus, site: Site, docname: str = "") -> Iterator[Json]:
    """Yield each glossary, or that of the page *docname*, and its terms."""
    for page in sorted({term.docname for term in corpus.terms if docname in {"", term.docname}}):
        terms = [term for term in corpus.terms if term.docname == page]
        yield {
            "@type": "DefinedTermSet",
            "@id": terms_of(page, site),
            **({"url": terms_of(page, site)} if site.base else {}),
            "name": "Glossary",
            "inLanguage": "en",
            "license": LICENCE,
            "publisher": {"@id": urn("agent", PUBLISHER)},
        }
        for term in terms:
            yield _term(term, site)


def _term(term: Term, site: Site) -> Json:
    """Return a card as a DefinedTerm."""
    others = [term.abbreviation, *(text for name in term.names for text in (name.text, name.abbreviation))]
    names = [name for name in dict.fromkeys(others) if name]
    return {
        "@type": "DefinedTerm",
        "@id": term_of(term, site),
        **({"url": term_of(term, site)} if site.base else {}),
        "termCode": term.id,
        "name": term.name,
        **({"alternateName": names} if names else {}),
        "description": body_text(term.text),
        "inDefinedTermSet": {"@id": terms_of(term.docname, site)},
    }


def _dump(graph: list[Json], indent: int | None = None) -> str:
    """Return *graph* as JSON-LD."""
    separators = (",", ":") if indent is None else None
    value = {"@context": _CONTEXT, "@graph": graph}
    return f"{json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)}\n"
