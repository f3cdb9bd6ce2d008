"""What the head of a page says of it to others: reference managers (Highwire Press tags, Dublin Core) and networks.

Zotero and its like read ``citation_…``; libraries read ``DC.…``. The words are those of Google Scholar’s guidelines and
of the Dublin Core Metadata Initiative (DC-HTML).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.records import Brief
from .pictures import HEIGHT, WIDTH


def citation_meta(corpus: Corpus, docname: str, edition: str, author: str, address: str) -> tuple[tuple[str, str], ...]:
    """Return name and content of each ``meta`` element of the page *docname*; none where it is no brief.

    *author* is who wrote the edition, *address* that of the page, or empty where unknown.
    """
    brief = corpus.brief_by_page.get(docname)
    return tuple(_meta(corpus, brief, edition, author, address)) if brief is not None else ()


def _meta(corpus: Corpus, brief: Brief, edition: str, author: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield name and content."""
    checked = max((note.checked.first_day().isoformat() for note in corpus.annotations_of(brief.docname)), default="")
    found = (
        ("citation_title", brief.title),
        ("citation_author", author),
        ("citation_publication_date", checked.replace("-", "/")),
        ("citation_inbook_title", edition),
        ("citation_language", "en"),
        ("citation_public_url", address),
        ("citation_fulltext_html_url", address),
        ("DC.title", brief.title),
        ("DC.creator", author),
        ("DC.date", checked),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.language", "en"),
        ("DC.rights", LICENCE),
        ("DC.identifier", address),
        ("DC.source", brief.work.urls[0] if brief.work.urls else ""),
        (
            "DC.relation",
            ", ".join(
                filter(None, [brief.work.author, f"“{brief.work.title}”", brief.work.container, brief.work.issued])
            ),
        ),
    )
    yield from ((name, content) for name, content in found if content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a network shows beside a link to a page."""

    title: str
    description: str
    address: str
    picture: str  # address of the picture
    alt: str  # what it says, in words
    is_article: bool = False


def social_meta(shown: Shown, edition: str) -> tuple[tuple[str, str, str], ...]:
    """Return attribute, key and content of each ``meta`` element by which networks show a page (Open Graph, X)."""
    found = (
        ("property", "og:title", shown.title),
        ("property", "og:type", "article" if shown.is_article else "website"),
        ("property", "og:url", shown.address),
        ("property", "og:site_name", edition),
        ("property", "og:description", shown.description),
        ("property", "og:image", shown.picture),
        ("property", "og:image:type", "image/png"),
        ("property", "og:image:width", str(WIDTH)),
        ("property", "og:image:height", str(HEIGHT)),
        ("property", "og:image:alt", shown.alt),
        ("name", "twitter:card", "summary_large_image"),
    )
    return tuple(meta for meta in found if meta[2])
