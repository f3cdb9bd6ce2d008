"""``data/context.jsonld``: what our own keys mean, in the words of known vocabularies where there are such.

A key that no context maps vanishes when JSON-LD is expanded; so each file of linked data names this context, too.
"""

from __future__ import annotations

import json
from typing import Any

from ..model.vocabulary import Grade, Verdict
from .identifiers import VOCABULARY

CONTEXT_FILE = "data/context.jsonld"  # below the site
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_WORDS = {
    "verdict": "What the evidence says of the claim, at the date of the check.",
    "asOf": "When the decisive fact held.",
    "checked": "When somebody looked.",
    "grade": "How near the source stands to the fact that it is cited for.",
    "paragraph": "The number of a paragraph in the running text of a work, counted from 1.",
    "ParagraphSelector": "Selects a paragraph of a work by its number.",
}

_MORE: dict[str, dict[str, Any]] = {"ParagraphSelector": {"rdfs:subClassOf": {"@id": "oa:Selector"}}}


def to_context_jsonld() -> str:
    """Return the context of our keys (JSON-LD 1.1), and beside it what our own words mean."""
    words: dict[str, str] = {**_WORDS, **{str(word): word.definition for word in (*Verdict, *Grade)}}
    described = [
        {"@id": f"brief:{name}", "rdfs:label": name, "rdfs:comment": meaning, **_MORE.get(name, {})}
        for name, meaning in words.items()
    ]
    return f"{json.dumps({'@context': _terms(), '@graph': described}, ensure_ascii=False, indent=2)}\n"


def _terms() -> dict[str, Any]:
    """Return the terms of the context."""
    date = {"@type": _EDTF}
    word = {"@type": "@vocab"}
    return {
        "brief": VOCABULARY,
        "oa": "http://www.w3.org/ns/oa#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "identifier": "http://purl.org/dc/terms/identifier",
        "citationKey": "http://purl.org/dc/terms/identifier",
        "title": "http://purl.org/dc/terms/title",
        "issued": {"@id": "http://purl.org/dc/terms/issued", **date},
        "see": {"@id": "http://purl.org/dc/terms/references", "@type": "@id"},
        "locator": "http://purl.org/ontology/bibo/locator",
        "page": {"@id": "http://xmlns.com/foaf/0.1/page", "@type": "@id"},
        "number": "http://schema.org/position",
        "headline": "http://schema.org/headline",
        "claim": "http://schema.org/claimReviewed",
        "reviewBy": {"@id": "http://schema.org/expires", **date},
        "verdict": {"@id": "brief:verdict", **word},
        "grade": {"@id": "brief:grade", **word},
        "asOf": {"@id": "brief:asOf", **date},
        "checked": {"@id": "brief:checked", **date},
        "paragraph": "brief:paragraph",
        "ParagraphSelector": "brief:ParagraphSelector",
        **{str(name): f"brief:{name}" for name in (*Verdict, *Grade)},
    }
