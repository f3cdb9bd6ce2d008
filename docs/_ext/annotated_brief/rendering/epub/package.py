"""What the package document says: identity, metadata of the edition and of its accessibility, files, landmarks."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ...model.corpus import Corpus
from ..typst.front import counts, facts, keywords
from .endnotes import ANCHOR

if TYPE_CHECKING:
    from sphinx.config import Config

MEDIA_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".otf": "font/otf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
_UNSET = {"", "unknown"}  # what Sphinx takes for a setting that conf.py does not make

# https://www.w3.org/TR/epub-a11y-11/#sec-disc-package, in the words of
# https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20241209/
ACCESS_MODES = ("textual", "visual")
SUFFICIENT = ("textual", "textual,visual")
FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "longDescription",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)
SUMMARY = (
    "All of the text can be read aloud and set in other sizes, faces and colours. Headings, contents and landmarks lead "
    "through it; notes, sources and terms are linked in both directions. Words in other languages are marked as such. Each "
    "chart has a sentence that says what it shows, and a table of the same numbers. Colour never stands alone for a meaning. "
    "There is no sound, film, script or flashing."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of the package."""

    href: str
    properties: str = ""  # https://www.w3.org/TR/epub-33/#sec-item-resource-properties
    linear: bool | None = None  # whether it stands in the order of reading or aside of it; None for what is no page

    @property
    def id(self) -> str:
        """A name for the file within the package document."""
        return "file-" + "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in self.href)

    @property
    def media_type(self) -> str:
        """The media type, as registered with IANA."""
        return MEDIA_TYPES[PurePosixPath(self.href).suffix.lower()]


def identifier_of(corpus: Corpus, config: Config) -> str:
    """Return the identifier of the edition: ``epub_identifier``, ``brief_identifier``, or one that follows from what it annotates.

    It stays the same from release to release; releases are told apart by ``dcterms:modified``.
    """
    if config.epub_identifier not in _UNSET:
        return str(config.epub_identifier)
    if config.brief_identifier:
        return str(config.brief_identifier)
    named = [config.project, *(brief.slug for brief in corpus.briefs), *_addresses(corpus)]
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(named)).urn


def _addresses(corpus: Corpus) -> Iterator[str]:
    """Yield the addresses of the works."""
    for brief in corpus.briefs:
        yield from brief.work.urls


def metadata(corpus: Corpus, config: Config, date: dt.datetime) -> dict[str, Any]:
    """Return the metadata of the package."""
    works = [brief.work for brief in corpus.briefs]
    about = [
        f"An annotated restatement of ‘{work.title}’ ({', '.join(filter(None, told))})."
        for work in works
        if (told := [str(facts(work)[key]) for key in ("author", "container", "issued")])
    ]
    described = " ".join([*about, f"{', '.join(map(str, counts(corpus)))}."]) if corpus.annotations else config.project
    return {
        "identifier": identifier_of(corpus, config),
        "title": config.epub_title or config.project,
        "lang": config.epub_language or "en",
        "creator": config.epub_author or config.author,
        "contributor": "" if config.epub_contributor in _UNSET else config.epub_contributor,
        "publisher": config.epub_publisher or config.author,
        "rights": config.epub_copyright,
        "description": described if config.epub_description in _UNSET else config.epub_description,
        "subjects": keywords(works),
        "sources": list(_addresses(corpus)),
        "modified": f"{date:%Y-%m-%dT%H:%M:%SZ}",
        "release": config.release or config.version,
        "access_modes": ACCESS_MODES,
        "sufficient": SUFFICIENT,
        "features": FEATURES,
        "summary": SUMMARY,
    }


def landmarks(corpus: Corpus, bibliography: str, suffix: str) -> list[tuple[str, str, str]]:
    """Return the parts that a reader may want to go to: ``epub:type``, address and title of each."""
    found = [("bodymatter", f"{brief.docname}{suffix}", brief.title) for brief in corpus.briefs[:1]]
    found += [("endnotes", f"{note.docname}{suffix}#{ANCHOR}", "Notes") for note in corpus.annotations[:1]]
    found += [("glossary", f"{term.docname}{suffix}", "Glossary") for term in corpus.terms[:1]]
    found += [("bibliography", f"{bibliography}{suffix}", "Sources")] if bibliography else []
    return found
