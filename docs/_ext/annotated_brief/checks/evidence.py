"""Verdicts pass the tests of the editorial method, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.records import Annotation, Source
from ..model.sourcing import author_of, evidence_of, has_stake, is_own
from ..model.vocabulary import Grade, Verdict

_WEAK = {Grade.REFERENCE, Grade.REPOST}


def finding(note: Annotation, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a finding about *note*."""
    return Diagnostic(code=code, message=f"‘{note.id}’ {message}", location=note.location, hint=hint)


def check_evidence(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each verdict whose evidence is missing, one-sided, weak or not independent."""
    for note in corpus.annotations:
        keys = {item.id for item in note.evidence}
        sources = evidence_of(corpus, note)
        if not keys and note.verdict is not Verdict.UNVERIFIED:
            yield finding(
                note,
                Code.NO_EVIDENCE,
                f"is {note.verdict} without a source",
                "add :evidence:, or make it unverified",
            )
        elif note.verdict is Verdict.DISPUTED and len(keys) < 2:
            yield finding(
                note,
                Code.ONE_SIDED,
                "is disputed but names one source",
                "name a source on each side, or choose another verdict",
            )
        elif note.verdict in {Verdict.CORRECTED, Verdict.DISPUTED} and sources and _grades(sources) <= _WEAK:
            yield finding(
                note,
                Code.WEAK_EVIDENCE,
                f"is {note.verdict} on reference works and reposts alone",
                "find the original or a better source",
            )
        elif sources:
            yield from _parties(note, sources, author_of(corpus, note))


def _grades(sources: list[Source]) -> set[Grade]:
    """Return the evidence grades of *sources*."""
    return {source.grade for source in sources}


def _parties(note: Annotation, sources: list[Source], author: str) -> Iterator[Diagnostic]:
    """Yield what is to be said of the independence of *sources*, of which there is at least one."""
    if note.verdict is Verdict.CORROBORATED and all(is_own(source, author) for source in sources):
        yield finding(
            note,
            Code.NOT_INDEPENDENT,
            "is corroborated by the author of the article alone",
            "add a source that is independent of the author, or make it unverified",
        )
    elif note.verdict is not Verdict.UNVERIFIED:
        if len(sources) == 1:
            yield finding(note, Code.ONE_SOURCE, f"rests on ‘{sources[0].id}’ alone", "look for a second source")
        if all(has_stake(source, author) for source in sources):
            yield finding(
                note,
                Code.INTERESTED_ONLY,
                f"rests on interested parties alone: {', '.join(source.id for source in sources)}",
                "look for a source without a stake",
            )
