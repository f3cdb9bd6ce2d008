"""Notes are looked at again: in time, and when something that they rest on has changed."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.reviews import Foundations
from .evidence import finding


def check_dates(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each date that cannot be, and each review date that is out of order or past."""
    for note in corpus.annotations:
        if note.checked.first_day() > corpus.today:
            yield finding(
                note,
                Code.BAD_DATE,
                f"was checked on {note.checked.text()}, which is to come",
                "give the day of the check",
            )
        if note.as_of.first_day() > note.checked.last_day():
            yield finding(
                note,
                Code.BAD_DATE,
                f"is as of {note.as_of.text()}, later than its check on {note.checked.text()}",
                "say when the fact held that was found, or check again",
            )
        if note.review_by.sort_key() <= note.checked.sort_key():
            yield finding(
                note,
                Code.REVIEW_ORDER,
                "is to be reviewed before it was checked",
                "give a later :review-by:, or leave it out",
            )
        elif corpus.is_overdue(note):
            yield finding(
                note,
                Code.REVIEW_OVERDUE,
                f"was to be looked at again by {note.review_by.text()}",
                "check it again, then set :checked: and :review-by:",
            )


def check_suspects(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each annotation that nobody has read in its present surroundings.

    A set that keeps no record of reviews has no suspects.
    """
    if corpus.reviews is None:
        return
    foundations = Foundations(corpus)
    reviews = {review.annotation: review for review in corpus.reviews}
    for note in corpus.annotations:
        hint = f"read it again, then run ‘brief review {note.id}’"
        review = reviews.get(note.id)
        if review is None:
            yield finding(note, Code.UNREVIEWED, "has no recorded review", hint)
            continue
        before, now = dict(review.rests), foundations.of(note)
        changed = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
        if changed:
            reasons = ", ".join(_change(name, before, now) for name in changed)
            yield finding(note, Code.SUSPECT, f"was last read on {review.on}; since then {reasons}", hint)


def _change(name: str, before: dict[str, str], now: dict[str, str]) -> str:
    """Return in words what became of one thing that an annotation rests on."""
    kind, _, key = name.partition(":")
    shown = f"its {kind} ‘{key}’" if key else "its own claim, verdict or evidence"
    how = "is new" if name not in before else "is gone" if name not in now else "has changed"
    return f"{shown} {how}"
