"""Ids are unique in the set; sources and actors are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Code, Diagnostic
from ..model.records import Actor, Annotation, Corpus, Event, Location, Recommendation, Term


def check_identity(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each id that is used twice; actors have ids of their own, apart from the others."""
    yield from _repeated((*corpus.annotations, *corpus.terms, *corpus.events, *corpus.recommendations))
    yield from _repeated(corpus.actors)


def _repeated(records: Iterable[Annotation | Term | Event | Recommendation | Actor]) -> Iterator[Diagnostic]:
    """Yield a finding for each record whose id an earlier one has; both places are named."""
    first: dict[str, Location] = {}
    for record in records:
        if record.id in first:
            yield Diagnostic(
                code=Code.DUPLICATE_ID,
                message=f"the id ‘{record.id}’ is already used at {first[record.id]}",
                location=record.location,
                hint="give one of the two another id",
            )
        first.setdefault(record.id, record.location)


def check_unused(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each source that nothing cites and each actor without an event."""
    cited = {use.id for use in corpus.uses if use.kind == "source"}
    for source in corpus.sources:
        if source.id not in cited:
            yield Diagnostic(
                code=Code.UNUSED_SOURCE,
                message=f"nothing cites ‘{source.id}’",
                location=source.location,
                hint="cite it, or take the entry out",
            )
    acting = {actor for event in corpus.events for actor in event.actors}
    for actor in corpus.actors:
        if actor.id not in acting:
            yield Diagnostic(
                code=Code.UNUSED_ACTOR,
                message=f"the actor ‘{actor.id}’ takes part in no event",
                location=actor.location,
                hint="name it in an event, or take it out",
            )
