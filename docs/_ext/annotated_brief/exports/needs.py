"""``needs.json``: the edition as the objects that sphinx-needs imports, or links to where they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Event, Recommendation, Term
from ..model.text import visible
from .site import Site
from .tables import dump

VERSION = "current"  # such a file holds versions of one list; the edition writes one
_KINDS = {"claim": "annotation", "recommendation": "recommendation", "term": "term", "event": "event"}
TYPES = tuple(_KINDS)  # what a project that imports them must know (``needs_types``)
Need = dict[str, Any]
_MARKUP = re.compile(r"[\\*`_|<>\[\]{}:]|^.")


def to_needs(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return claims, recommendations, terms and events as needs; their ``links`` lead from one to the others.

    Only fields that every project knows are used. The time of writing is left out, as sphinx-needs does for lists that
    can be reproduced.
    """
    needs = {need["id"]: need for need in _needs(corpus, brief)}
    version = {"creator": {"program": "annotated-brief", "version": ""}, "needs": needs, "needs_amount": len(needs)}
    return dump({"project": site.name, "current_version": VERSION, "versions": {VERSION: version}})


def needs_held(text: str) -> dict[str, list[str]]:
    """Return the ids of the records that the list *text* holds, by kind."""
    held: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    for need in json.loads(text)["versions"][VERSION]["needs"].values():
        held[_KINDS[need["type"]]].append(need["id"])
    return held


def _needs(corpus: Corpus, brief: Brief) -> Iterator[Need]:
    """Yield every need."""
    notes = corpus.annotations_of(brief.docname)
    known = {note.id for note in notes}
    for note in notes:
        yield _need("claim", note, note.headline, [note.claim, note.text]) | {
            "status": str(note.verdict),
            "tags": [item.id for item in note.evidence],
            "links": [other for other in note.see if other in known],
        }
    for advice in corpus.recommendations:
        yield _need("recommendation", advice, advice.headline, [advice.text]) | {
            "status": str(advice.outcome),
            "tags": [item.id for item in advice.sources],
            "links": [other for other in advice.annotations if other in known],
        }
    for term in corpus.terms:
        yield _need("term", term, term.name, [term.text]) | {"tags": [item.id for item in term.sources]}
    for event in corpus.events:
        yield _need("event", event, f"{event.date.text()}: {event.text}", [event.text]) | {
            "tags": [item.id for item in event.sources],
            "links": [other for other in event.annotations if other in known],
        }


def _need(kind: str, record: Annotation | Recommendation | Term | Event, title: str, texts: list[str]) -> Need:
    """Return what every need has; ``docname`` and ``id`` together are its address in the edition."""
    return {
        "id": record.id,
        "type": kind,
        "title": " ".join(visible(title).split()),
        "docname": record.docname,
        "doctype": ".rst",
        "content": "\n\n".join(map(escaped, texts)),
    }


def escaped(text: str) -> str:
    """Return *text* on one line of reStructuredText that is no markup: contents of needs are read as such."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(visible(text).split()))
