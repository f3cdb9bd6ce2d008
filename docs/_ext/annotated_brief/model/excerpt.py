"""An excerpt of a corpus: one note and a little of each kind around it, for samples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from .corpus import Corpus
from .records import Annotation, Event, Recommendation

_Record = TypeVar("_Record")
_Noted = TypeVar("_Noted", Event, Recommendation)


def excerpt(corpus: Corpus, annotation: str) -> Corpus:
    """Return *corpus* with the note *annotation* and at most one record of each other kind, close to it if there is one.

    Raises :class:`KeyError` where there is no such note.
    """
    note = corpus.annotation_by_id[annotation]
    events = _about(note, corpus.events)
    actors = {actor for event in events for actor in event.actors}
    return replace(
        corpus,
        briefs=_first(brief for brief in corpus.briefs if brief.docname == note.docname),
        paragraphs=(note.paragraph,) if note.paragraph is not None else (),
        annotations=(note,),
        sources=_first(source for item in note.evidence for source in corpus.sources if source.id == item.id),
        terms=_first(term for link in note.links for term in corpus.terms if term.id == link) or corpus.terms[:1],
        actors=tuple(actor for actor in corpus.actors if actor.id in actors),
        events=events,
        recommendations=_about(note, corpus.recommendations),
        memberships=tuple(replace(body, members=body.members[:1]) for body in corpus.memberships[:1]),
        quotations=(),
        uses=(),
    )


def _first(found: Iterable[_Record]) -> tuple[_Record, ...]:
    """Return the first of *found*, or nothing."""
    return tuple(found)[:1]


def _about(note: Annotation, records: tuple[_Noted, ...]) -> tuple[_Noted, ...]:
    """Return the first of *records* that names *note*, or else shares a source with it, or else the first."""
    keys = {item.id for item in note.evidence}
    naming = _first(record for record in records if note.id in record.annotations)
    sharing = _first(record for record in records if not keys.isdisjoint(item.id for item in record.sources))
    return naming or sharing or records[:1]
