"""The corpus: all records of an edition together, the one input of checks, pages and exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from .records import (
    Actor,
    Annotation,
    Brief,
    Event,
    History,
    LinkCheck,
    Location,
    Membership,
    Paragraph,
    Quotation,
    Recommendation,
    Review,
    Source,
    Term,
    Tombstone,
    Use,
)
from .states import Correction, Release, State
from .vocabulary import Verdict

_Record = TypeVar("_Record")


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Everything an edition says, in a stable order; the one input of checks and exports."""

    briefs: tuple[Brief, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    sources: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    uses: tuple[Use, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    reviews: tuple[Review, ...] | None = None  # None where no record of them is kept, or it cannot be read
    history: tuple[History, ...] = ()
    released: tuple[tuple[str, str], ...] = ()  # kind and id of every record of the last release
    released_in: str = ""  # the file that lists them
    tombstones: tuple[Tombstone, ...] = ()
    corrections: tuple[Correction, ...] = ()
    releases: tuple[Release, ...] = ()  # in their order, with what each changed
    frozen: tuple[State, ...] = ()  # of every record, as the last of the releases had it
    atlas: str = ""  # outlines of states as TopoJSON; empty where there are none
    neighbours: tuple[Brief, ...] = ()  # of the share of a brief: the other briefs whose notes it sees
    today: dt.date = dt.date.min  # the day for which review dates are judged

    @cached_property
    def brief_by_page(self) -> dict[str, Brief]:
        """The briefs by docname, with those whose notes they see."""
        return {brief.docname: brief for brief in (*self.briefs, *self.neighbours)}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by key."""
        return {source.id: source for source in self.sources}

    @cached_property
    def annotation_by_id(self) -> dict[str, Annotation]:
        """The annotations by id."""
        return {annotation.id: annotation for annotation in self.annotations}

    @cached_property
    def term_by_id(self) -> dict[str, Term]:
        """The term cards by id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def actor_by_id(self) -> dict[str, Actor]:
        """The actors by id."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def event_by_id(self) -> dict[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def recommendation_by_id(self) -> dict[str, Recommendation]:
        """The recommendations by id."""
        return {advice.id: advice for advice in self.recommendations}

    @cached_property
    def history_by_id(self) -> dict[str, History]:
        """When annotations were written, by id."""
        return {found.annotation: found for found in self.history}

    @cached_property
    def link_by_url(self) -> dict[str, LinkCheck]:
        """What the addresses answered, by address."""
        return {check.url: check for check in self.links}

    @cached_property
    def links_asked(self) -> str:
        """The day (ISO 8601) on which an address was last asked; empty where none was."""
        return max((check.checked for check in self.links), default="")

    def page_of_withdrawn(self, name: str) -> str:
        """Return the document in which the withdrawn record *name* stood at last; empty where no release had it."""
        pages = [state.page for state in self.frozen if state.id == name]
        changes = [change for release in reversed(self.releases) for change in release.changes]
        pages += [change.page for change in changes if change.id == name]
        return next(filter(None, pages), "")

    def withdrawn_from(self, docname: str) -> tuple[Tombstone, ...]:
        """The withdrawn records that stood in one document at last."""
        return self._withdrawn_by_page.get(docname, ())

    @cached_property
    def _withdrawn_by_page(self) -> dict[str, tuple[Tombstone, ...]]:
        return _by_page((self.page_of_withdrawn(stone.id), stone) for stone in self.tombstones)

    def identified(self) -> Iterator[tuple[tuple[str, str], Location]]:
        """Yield kind, id and place of every record that has an address of its own."""
        for kind, records in (
            ("annotation", self.annotations),
            ("term", self.terms),
            ("event", self.events),
            ("recommendation", self.recommendations),
            ("membership", self.memberships),
            ("actor", self.actors),
            ("source", self.sources),
        ):
            for record in records:
                yield (kind, record.id), record.location

    def annotations_of(self, docname: str) -> tuple[Annotation, ...]:
        """The annotations of one document, in the order of the page."""
        return self._annotations_by_page.get(docname, ())

    @cached_property
    def _annotations_by_page(self) -> dict[str, tuple[Annotation, ...]]:
        return _by_page((note.docname, note) for note in self.annotations)

    def quotations_of(self, docname: str) -> tuple[Quotation, ...]:
        """The quotations of one document, in the order of the page."""
        return self._quotations_by_page.get(docname, ())

    @cached_property
    def _quotations_by_page(self) -> dict[str, tuple[Quotation, ...]]:
        return _by_page((quotation.docname, quotation) for quotation in self.quotations)

    def paragraphs_of(self, docname: str) -> tuple[Paragraph, ...]:
        """The paragraphs of one document, in the order of the page."""
        return self._paragraphs_by_page.get(docname, ())

    @cached_property
    def _paragraphs_by_page(self) -> dict[str, tuple[Paragraph, ...]]:
        return _by_page((paragraph.docname, paragraph) for paragraph in self.paragraphs)

    def is_overdue(self, note: Annotation) -> bool:
        """Whether the day by which *note* should have been looked at again is past."""
        return note.review_by.last_day() < self.today

    def verdicts(self) -> dict[Verdict, int]:
        """The number of annotations by verdict, in the order of the word list."""
        found = [annotation.verdict for annotation in self.annotations]
        return {verdict: found.count(verdict) for verdict in Verdict}


def _by_page(found: Iterable[tuple[str, _Record]]) -> dict[str, tuple[_Record, ...]]:
    """Return records by their documents: each file and page of a brief asks for its own."""
    pages: dict[str, list[_Record]] = {}
    for docname, record in found:
        pages.setdefault(docname, []).append(record)
    return {docname: tuple(records) for docname, records in pages.items()}
