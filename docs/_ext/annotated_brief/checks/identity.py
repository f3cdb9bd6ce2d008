"""Ids are unique in the set and outlive it; sources, terms and actors are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.naming import Finder
from ..model.records import Actor, Annotation, Event, Location, Membership, Recommendation, Term

Named = Annotation | Term | Event | Recommendation | Membership | Actor


def check_identity(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each id that is used twice; actors have ids of their own, apart from the others."""
    yield from _repeated(
        (*corpus.annotations, *corpus.terms, *corpus.events, *corpus.recommendations, *corpus.memberships)
    )
    yield from _repeated(corpus.actors)


def _repeated(records: Iterable[Named]) -> Iterator[Diagnostic]:
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


def check_lifetimes(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each released id that is gone without a tombstone, and each that has risen again."""
    living = dict(corpus.identified())
    buried = {tombstone.id for tombstone in corpus.tombstones}
    for kind, name in corpus.released:
        if (kind, name) not in living and name not in buried:
            yield Diagnostic(
                code=Code.ID_VANISHED,
                message=f"the {kind} ‘{name}’ of the last release is gone",
                location=Location(path=corpus.released_in, line=1),
                hint="put it back, or record it in docs/data/withdrawn.yml",
            )
    places = {name: location for (_, name), location in living.items()}
    for tombstone in corpus.tombstones:
        if tombstone.instead and tombstone.instead not in places.keys() | buried:
            yield Diagnostic(
                code=Code.BAD_DATA,
                message=f"the tombstone of ‘{tombstone.id}’ leads on to ‘{tombstone.instead}’, which does not exist",
                location=tombstone.location,
                hint="name the record that took its place, or leave ‘instead’ out",
            )
    for correction in corpus.corrections:
        if correction.id not in places.keys() | buried:
            yield Diagnostic(
                code=Code.BAD_DATA,
                message=f"the correction of ‘{correction.id}’ is about no record that is or was there",
                location=correction.location,
                hint="give the id of the record that was wrong",
            )
    for name in sorted(buried & places.keys()):
        yield Diagnostic(
            code=Code.ID_REUSED,
            message=f"the id ‘{name}’ belonged to a withdrawn record",
            location=places[name],
            hint="give the new record another id",
        )


def check_unused(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each source that nothing cites, each idle actor and each card that nothing names."""
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
    yield from _unused_terms(corpus)


def _unused_terms(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each card that is neither linked nor an actor nor named in any text or source."""
    used = {use.id for use in corpus.uses if use.kind == "term" and use.within != use.id}
    used |= {actor.term for actor in corpus.actors}
    texts = [(note.id, f"{note.text}\n{note.headline}\n{note.claim}") for note in corpus.annotations]
    texts += [(p.id, p.text) for p in corpus.paragraphs]
    texts += [(term.id, term.text) for term in corpus.terms]
    texts += [(event.id, event.text) for event in corpus.events]
    texts += [(advice.id, f"{advice.text}\n{advice.headline}") for advice in corpus.recommendations]
    texts += [("", f"{source.publisher}\n{source.title}\n{source.note}\n{source.authors}") for source in corpus.sources]
    bearers: dict[str, set[str]] = defaultdict(set)
    for term in (term for term in corpus.terms if term.id not in used):
        for name in (term.name, *(form.text for form in term.forms)):
            bearers[name].add(term.id)
    names = Finder(bearers)
    for owner, text in texts if bearers else ():
        used |= {name for _, found in names.find_all(text) for name in bearers[found] - {owner}}
    for term in corpus.terms:
        if term.id not in used:
            yield Diagnostic(
                code=Code.UNUSED_TERM,
                message=f"nothing links to ‘{term.id}’ or names it",
                location=term.location,
                hint="link it, give the form that the texts use, or take the card out",
            )
