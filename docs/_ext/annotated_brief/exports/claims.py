"""``claims.json``: one object an annotation, and the JSON Schema that it keeps to."""

from __future__ import annotations

import json
from typing import Any

from ..model.records import Annotation, Brief, Corpus
from ..model.vocabulary import Verdict

_DATE = {"type": "string", "description": "a date in EDTF (ISO 8601-2)"}
_NULL_DATE = {"type": ["string", "null"], "description": "a date in EDTF (ISO 8601-2), or null"}


def to_claims_json(corpus: Corpus, brief: Brief) -> str:
    """Return the annotations of *brief* as a JSON array, in the order of the page."""
    notes = [note for note in corpus.annotations if note.docname == brief.docname]
    return _dump([_claim(note) for note in notes])


def to_claims_schema() -> str:
    """Return the JSON Schema (2020-12) of ``claims.json``."""
    text = {"type": "string", "minLength": 1}
    properties: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
        "number": {**text, "description": "paragraph and place in it, as printed"},
        "paragraph": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "paragraph of the article; null for its title, bio and page furniture",
        },
        "headline": {**text, "maxLength": 60},
        "claim": {**text, "description": "what the article asserts, in our words"},
        "source_words": {**text, "description": "at most six words of the article"},
        "verdict": {"enum": [str(verdict) for verdict in Verdict]},
        "as_of": {**_NULL_DATE, "title": "when the decisive fact held"},
        "checked": {**_DATE, "title": "when we looked"},
        "review_by": {**_DATE, "title": "when somebody should look again"},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/item"}},
        "see": {"type": "array", "items": {"type": "string"}},
        "text": text,
    }
    item = {
        "type": "object",
        "properties": {
            "id": {**text, "description": "key of the source in refs.bib"},
            "locator": {"type": ["string", "null"], "description": "place in the source"},
        },
        "required": ["id", "locator"],
        "additionalProperties": False,
    }
    return _dump(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Claims of an annotated brief",
            "type": "array",
            "items": {
                "type": "object",
                "properties": properties,
                "required": sorted(properties),
                "additionalProperties": False,
            },
            "$defs": {"item": item},
        }
    )


def _claim(note: Annotation) -> dict[str, Any]:
    """Return one annotation as a JSON object."""
    return {
        "id": note.id,
        "number": note.number,
        "paragraph": note.paragraph.number if note.paragraph else None,
        "headline": note.headline,
        "claim": note.claim,
        "source_words": note.source_words,
        "verdict": str(note.verdict),
        "as_of": note.as_of.source if note.as_of else None,
        "checked": note.checked.source,
        "review_by": note.review_by.source,
        "evidence": [{"id": item.id, "locator": item.locator or None} for item in note.evidence],
        "see": list(note.see),
        "text": note.text,
    }


def _dump(value: Any) -> str:
    """Return *value* as indented JSON with a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
