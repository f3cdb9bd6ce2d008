"""The files of linked data (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from ..model.corpus import Corpus
from ..model.records import Brief
from .annotations import own_passages, to_annotation_jsonld, to_annotations_jsonld
from .context import CONTEXT_FILE, to_context_jsonld
from .files import ExportedFile
from .schema_org import to_schema_jsonld
from .site import Site

JSON_LD = "application/ld+json"
WEB_ANNOTATION = "https://www.w3.org/TR/annotation-model/"


def context_file() -> ExportedFile:
    """Return the file that says what our own keys mean."""
    return ExportedFile(
        path=CONTEXT_FILE,
        make=to_context_jsonld,
        media_type=JSON_LD,
        title="What the keys of our linked data mean",
        schema="https://www.w3.org/TR/json-ld11/",
    )


def linked_files(corpus: Corpus, brief: Brief, site: Site) -> Iterator[ExportedFile]:
    """Yield the files of linked data of *brief*."""
    folder = f"data/{brief.slug}"
    yield ExportedFile(
        path=f"{folder}/annotations.jsonld",
        make=lambda: to_annotations_jsonld(corpus, brief, site),
        media_type=JSON_LD,
        title="Notes as W3C Web Annotations",
        schema=WEB_ANNOTATION,
        linked=True,
        holds=lambda text: {"annotation": _values_of(text, "Annotation", "identifier")},
    )
    yield ExportedFile(
        path=f"{folder}/schema.jsonld",
        make=lambda: to_schema_jsonld(corpus, brief, site),
        media_type=JSON_LD,
        title="Brief, claim reviews and glossary for schema.org",
        schema="https://schema.org/",
        linked=True,
        holds=_held_by_graph,
    )
    passages = cache(lambda: own_passages(corpus, brief))  # all notes find their places in the same
    for note in corpus.annotations_of(brief.docname):
        yield ExportedFile(
            path=f"{folder}/notes/{note.id}.jsonld",
            make=partial(to_annotation_jsonld, corpus, note, brief, site, passages),
            media_type=JSON_LD,
            title=f"Note {note.number} as a W3C Web Annotation",
            schema=WEB_ANNOTATION,
            record=note.id,
            group="Each note as a W3C Web Annotation",
        )


def _held_by_graph(text: str) -> dict[str, list[str]]:
    """Return which records the graph *text* for schema.org holds."""
    return {
        "annotation": _values_of(text, "ClaimReview", "identifier"),
        "term": _values_of(text, "DefinedTerm", "termCode"),
    }


def _values_of(text: str, kind: str, key: str) -> list[str]:
    """Return what the objects of type *kind* in the JSON-LD *text* have under *key*."""
    found: list[str] = []

    def look(thing: dict[str, Any]) -> dict[str, Any]:
        if kind in (thing.get("type"), thing.get("@type")):
            found.append(thing[key])
        return thing

    json.loads(text, object_hook=look)
    return found
