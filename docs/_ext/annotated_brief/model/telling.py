"""Changes and corrections in words, the same on the page, in the feed and in ``brief diff``."""

from __future__ import annotations

from collections.abc import Iterable

from .changes import states_of
from .corpus import Corpus
from .states import KINDS, Change, State, What

_NAMES = {
    "annotation": "Note",
    "paragraph": "Paragraph",
    "recommendation": "Recommendation",
    "term": "Card",
    "event": "Event",
    "membership": "Members",
    "source": "Source",
}


def name_of(record: Change | State) -> str:
    """Return what *record* is called: kind, number or the like, and title."""
    label = f" {record.label}" if record.label and record.label != record.title else ""
    return f"{_NAMES[record.kind]}{label}: {record.title}"


def kind_and_label(record: Change | State) -> str:
    """Return what *record* is called in a narrow column."""
    return f"{_NAMES[record.kind]} {record.label}".rstrip()


def told(change: Change) -> str:
    """Return in a few words what became of the record."""
    fields = ", ".join(change.fields)
    match change.what:
        case What.VERDICT:
            return f"{change.now}, no longer {change.was}" + (f"; also {fields}" if fields else "")
        case What.WITHDRAWN:
            instead = f"; instead: {change.instead}" if change.instead else ""
            return f"withdrawn: {change.why or 'no reason is recorded'}{instead}"
        case What.ADDED:
            return f"new: {change.now}" if change.now else "new"
    return f"{change.what}: {fields}"


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """Return numbers of records by kind as a list in words."""
    return ", ".join(f"{number} {KINDS[kind]}" for kind, number in counts if number)


def known_states(corpus: Corpus) -> dict[str, State]:
    """Return by id what is known of each record: as it is, or of a withdrawn one as the last release had it."""
    return {state.id: state for state in (*corpus.frozen, *states_of(corpus))}
