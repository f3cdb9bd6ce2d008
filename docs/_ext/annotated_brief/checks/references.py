"""Every link names a record that exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.records import Annotation, Event, Membership, Recommendation, Term

_CODES = {
    "term": Code.UNKNOWN_TERM,
    "annotation": Code.UNKNOWN_ANNOTATION,
    "source": Code.UNKNOWN_SOURCE,
    "actor": Code.UNKNOWN_ACTOR,
}
_WHERE = {
    "term": "the glossary",
    "annotation": "the briefs",
    "source": "refs.bib",
    "actor": "the list of actors",
}


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the most similar of the *known* ids, if one is near."""
    matches = get_close_matches(name, list(known), n=1)
    return f"did you mean ‘{matches[0]}’?" if matches else "correct the id, or add the record"


def check_references(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each link to a term, annotation, source or actor that does not exist."""
    known = {
        "term": set(corpus.term_by_id),
        "annotation": set(corpus.annotation_by_id),
        "source": set(corpus.source_by_id),
        "actor": set(corpus.actor_by_id),
    }
    yield from _sources_as_places(corpus)
    for use in corpus.uses:
        if use.kind in known and use.id not in known[use.kind]:
            yield Diagnostic(
                code=_CODES[use.kind],
                message=f"‘{use.id}’ is not in {_WHERE[use.kind]}",
                location=use.location,
                hint=nearest(use.id, known[use.kind]),
            )


def _sources_as_places(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each citation whose place in a source is another source: commas divide no sources."""
    records: tuple[Annotation | Term | Event | Recommendation | Membership, ...] = (
        *corpus.annotations,
        *corpus.terms,
        *corpus.events,
        *corpus.recommendations,
        *corpus.memberships,
    )
    for record in records:
        for item in record.evidence if isinstance(record, Annotation) else record.sources:
            if item.locator in corpus.source_by_id:
                yield Diagnostic(
                    code=Code.UNKNOWN_SOURCE,
                    message=f"‘{record.id}’ cites ‘{item.id}’ with the place ‘{item.locator}’, which is a source itself",
                    location=record.location,
                    hint="write ; between sources",
                )
