"""Verdicts pass the tests of the editorial method, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Code, Diagnostic
from ..model.records import Annotation, Corpus
from ..model.vocabulary import Grade, Verdict

_WEAK = {Grade.REFERENCE, Grade.REPOST}


def _finding(note: Annotation, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a finding about *note*."""
    return Diagnostic(code=code, message=f"‘{note.id}’ {message}", location=note.location, hint=hint)


def check_evidence(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each verdict whose evidence is missing, one-sided or weak."""
    for note in corpus.annotations:
        grades = {corpus.source_by_id[item.id].grade for item in note.evidence if item.id in corpus.source_by_id}
        if not note.evidence and note.verdict is not Verdict.UNVERIFIED:
            yield _finding(
                note,
                Code.NO_EVIDENCE,
                f"is {note.verdict} without a source",
                "add :evidence:, or make it unverified",
            )
        elif note.verdict is Verdict.DISPUTED and len({item.id for item in note.evidence}) < 2:
            yield _finding(
                note,
                Code.ONE_SIDED,
                "is disputed but names one source",
                "name a source on each side, or choose another verdict",
            )
        elif note.verdict in {Verdict.CORRECTED, Verdict.DISPUTED} and grades and grades <= _WEAK:
            yield _finding(
                note,
                Code.WEAK_EVIDENCE,
                f"is {note.verdict} on reference works and reposts alone",
                "find the original or a better source",
            )


def check_reviews(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each updated claim without its date, and each review date out of order."""
    for note in corpus.annotations:
        if note.verdict is Verdict.UPDATED and note.as_of is None:
            yield _finding(
                note,
                Code.UNDATED_UPDATE,
                "is updated, but nothing says when the facts changed",
                "add :as-of: with the date of the change",
            )
        if note.review_by.sort_key() <= note.checked.sort_key():
            yield _finding(
                note,
                Code.REVIEW_ORDER,
                "is to be reviewed before it was checked",
                "give a later :review-by:, or leave it out",
            )
