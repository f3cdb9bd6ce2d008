"""The notes as a file that the Hypothesis client imports, to show them beside the page to readers of that tool."""

from __future__ import annotations

import json
from typing import Any

from ..model.corpus import Corpus
from ..model.passages import passages_of
from ..model.records import Annotation, Brief
from .annotations import body_text, written
from .identifiers import canonical_of, page_of
from .site import Site


def to_hypothesis_json(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return the notes of *brief* as an export of the Hypothesis client; the *site* must have an address.

    Of each annotation the import takes over page, words, text and tags.
    """
    notes = corpus.annotations_of(brief.docname)
    page = page_of(brief, site)
    quotes: dict[str, dict[str, str]] = {}
    for passage in passages_of(corpus.paragraphs, notes):
        for mark in passage.marks:
            prefix, suffix = passage.around(mark.start, mark.end)
            exact = passage.text[mark.start : mark.end]
            quotes[mark.annotation] = {
                "type": "TextQuoteSelector",
                "exact": exact,
                "prefix": prefix,
                "suffix": suffix,
            }
    found = [_annotation(corpus, note, brief, page, quotes[note.id]) for note in notes if note.id in quotes]
    date = max((item["updated"] for item in found), default=f"{corpus.today}T00:00:00Z")
    content = {"export_date": date, "export_userid": "", "client_version": "", "annotations": found}
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n"


def _annotation(corpus: Corpus, note: Annotation, brief: Brief, page: str, quote: dict[str, str]) -> dict[str, Any]:
    """Return one note in the form of the API."""
    created, updated = written(corpus, note)
    return {
        "id": canonical_of(note, brief).rpartition(":")[2],
        "created": created,
        "updated": updated,
        "user": "",
        "uri": page,
        "text": body_text(note.text),
        "tags": [str(note.verdict), *note.tags],
        "group": "__world__",
        "target": [{"source": page, "selector": [quote]}],
        "document": {"title": [brief.title]},
    }
