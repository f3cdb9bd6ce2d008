"""How a note is cited: in one sentence, and in the forms that reference managers read."""

from __future__ import annotations

from .records import Annotation, Brief
from .text import digest

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the text
HEADLINE_LIMIT = 60  # characters
FORMS = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}  # ending of the file, and how the form is called


def text_hash(note: Annotation) -> str:
    """Return the digest by which a citation says which state of *note* was meant: 12 hex digits.

    They are the first of the SHA-256 of headline, claim, verdict and text in UTF-8, each with its white space as single
    blanks and ended by a zero byte.
    """
    told = (note.headline, note.claim, note.verdict, note.text)
    return digest(*(" ".join(text.split()) for text in told))[:12]


def short_form(note: Annotation, brief: Brief, edition: str) -> str:
    """Return the citation of *note* in the *edition* as one sentence without its address."""
    return (
        f"Note {note.number}, “{note.headline}”, in {edition}: {brief.title}, "
        f"checked {note.checked.text()}, id {note.id}, text {text_hash(note)}."
    )


def citation_file(note: Annotation, brief: Brief, ending: str) -> str:
    """Return the path, below the site, of the citation of *note* in one of the forms."""
    return f"data/{brief.slug}/notes/{note.id}.{ending}"
