"""Every link names a record that exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.records import Annotation, Event, Membership, Recommendation, Term

_KINDS = {  # a kind of record: what a link to none of it is, and where those that there are stand
    "term": (Code.UNKNOWN_TERM, "the glossary"),
    "annotation": (Code.UNKNOWN_ANNOTATION, "the briefs"),
    "source": (Code.UNKNOWN_SOURCE, "refs.bib"),
    "actor": (Code.UNKNOWN_ACTOR, "the list of actors"),
    "event": (Code.UNKNOWN_RECORD, "the timeline"),
    "recommendation": (Code.UNKNOWN_RECORD, "the scorecard"),
    "membership": (Code.UNKNOWN_RECORD, "the memberships"),
    "paragraph": (Code.UNKNOWN_RECORD, "the briefs"),
    "brief": (Code.UNKNOWN_RECORD, "the set"),
}


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the most similar of the *known* ids, if one is near."""
    matches = get_close_matches(name, list(known), n=1)
    return f"did you mean ‘{matches[0]}’?" if matches else "correct the id, or add the record"


def check_references(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each link to a record that does not exist."""
    known: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for (kind, name), _ in corpus.identified():
        known[kind].add(name)
    known["paragraph"] = {name for found in corpus.paragraphs for name in (found.id, found.qualified)}
    known["brief"] = {brief.slug for brief in corpus.briefs}
    yield from _sources_as_places(corpus)
    for use in corpus.uses:
        if use.kind in known and use.id not in known[use.kind]:
            code, where = _KINDS[use.kind]
            yield Diagnostic(
                code=code,
                message=f"‘{use.id}’ is not in {where}",
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
