"""What the head of a page says of it to reference managers: Highwire Press tags and Dublin Core.

Zotero and its like read ``citation_…``; libraries read ``DC.…``. The words are those of Google Scholar’s guidelines and
of the Dublin Core Metadata Initiative (DC-HTML).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.records import Brief


def citation_meta(corpus: Corpus, docname: str, edition: str, author: str, base: str) -> tuple[tuple[str, str], ...]:
    """Return name and content of each ``meta`` element of the page *docname*; none where it is no brief.

    *author* is who wrote the edition, *base* the address of the site, ending in a slash, or empty where unknown.
    """
    brief = next((found for found in corpus.briefs if found.docname == docname), None)
    return tuple(_meta(corpus, brief, edition, author, base)) if brief is not None else ()


def _meta(corpus: Corpus, brief: Brief, edition: str, author: str, base: str) -> Iterator[tuple[str, str]]:
    """Yield name and content."""
    checked = max((note.checked.first_day().isoformat() for note in corpus.annotations_of(brief.docname)), default="")
    address = f"{base}{brief.docname}.html" if base else ""
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
