"""The IRIs of pages, notes, terms and sources, and of the words that the linked data needs and no vocabulary has.

Where the address of the site is known, a note is named by its place on the page. Where it is not, a name must hold all
the same (the W3C schemas take no relative IRI): it is a UUID made from what never changes.
"""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID, uuid5

from ..model.records import Annotation, Brief, Source, Term
from .site import Site

NAMESPACE = UUID("cf582966-32bf-44c6-aa0c-4e73916cc83e")
VOCABULARY = f"urn:uuid:{NAMESPACE}#"  # prefix of our own words; data/context.jsonld says what they mean
_IN_URI = "%/:=&?~#+!$,;'@()*[]"  # what stays as it is in a URI (RFC 3986)


def urn(*parts: str) -> str:
    """Return the IRI that is made from *parts*: the same parts, the same IRI."""
    return uuid5(NAMESPACE, "\n".join(parts)).urn


def uri(address: str) -> str:
    """Return *address* with what a URI cannot hold (RFC 3986) percent-encoded."""
    return quote(address, safe=_IN_URI)


def work_of(brief: Brief) -> str:
    """Return the IRI of the article that *brief* restates."""
    work = brief.work
    return uri(work.urls[0]) if work.urls else urn("work", work.title, work.author, work.issued)


def page_of(brief: Brief, site: Site) -> str:
    """Return the IRI of the page of *brief*."""
    return f"{site.base}{site.page(brief.docname)}" if site.base else urn("brief", work_of(brief), brief.slug)


def canonical_of(note: Annotation, brief: Brief) -> str:
    """Return the IRI by which *note* is known wherever it is published."""
    return urn("note", work_of(brief), brief.slug, note.id)


def note_of(note: Annotation, brief: Brief, site: Site) -> str:
    """Return the IRI of *note*: its place on the page or, where the site has no address yet, its canonical IRI."""
    return f"{page_of(brief, site)}#{note.id}" if site.base else canonical_of(note, brief)


def file_of(path: str, site: Site) -> str:
    """Return the IRI of the published file *path*."""
    return f"{site.base}{path}" if site.base else urn("file", path)


def terms_of(docname: str, site: Site) -> str:
    """Return the IRI of the glossary on the page *docname*."""
    return f"{site.base}{site.page(docname)}" if site.base else urn("glossary", docname)


def term_of(term: Term, site: Site) -> str:
    """Return the IRI of *term*: its place on the page or, where the site has no address yet, one made from its id."""
    return f"{terms_of(term.docname, site)}#{term.id}" if site.base else urn("term", term.id)


def source_of(source: Source) -> str:
    """Return the IRI of *source*: its address, else its DOI, else one made from its title."""
    if source.url:
        return uri(source.url)
    return f"https://doi.org/{uri(source.doi)}" if source.doi else urn("source", source.id, source.title)
