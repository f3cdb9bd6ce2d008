"""What `brief diff` has found: the changes with the texts before and after, and the notes that they make suspect."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..checks.reviews import check_suspects
from ..diagnostics import Code
from ..model.changes import compare
from ..model.corpus import Corpus
from ..model.records import Annotation, Tombstone
from ..model.states import Change, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One field of a record, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A note that somebody should read again, and why."""

    note: Annotation
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two states of the edition, by the names of which *old* and *new* are called, and what lies between them."""

    old: str
    new: str
    changes: tuple[tuple[Change, tuple[Edit, ...]], ...]
    suspects: tuple[Suspect, ...] = ()


def compare_states(
    names: tuple[str, str],
    before: Iterable[State],
    after: Iterable[State],
    *,
    tombstones: tuple[Tombstone, ...] = (),
    suspects: tuple[Suspect, ...] = (),
) -> Comparison:
    """Return what lies between two states."""
    old = {(state.kind, state.id): dict(state.texts) for state in before}
    new = {(state.kind, state.id): dict(state.texts) for state in after}
    changes = compare(before, after, tombstones)
    return Comparison(
        old=names[0],
        new=names[1],
        changes=tuple(
            (change, _edits(change, old.get((change.kind, change.id), {}), new.get((change.kind, change.id), {})))
            for change in changes
        ),
        suspects=suspects,
    )


def _edits(change: Change, before: dict[str, str], after: dict[str, str]) -> tuple[Edit, ...]:
    """Return the fields that *change* names, with their texts."""
    return tuple(Edit(field=name, before=before[name], after=after[name]) for name in change.fields)


def newly_suspect(before: Corpus, after: Corpus) -> tuple[Suspect, ...]:
    """Return the notes that were not suspect *before*, and are *after*."""
    known = {suspect.note.id for suspect in _suspects(before)}
    return tuple(suspect for suspect in _suspects(after) if suspect.note.id not in known)


def _suspects(corpus: Corpus) -> list[Suspect]:
    """Return the notes that have changed, or whose ground has, since somebody read them."""
    notes = {note.location: note for note in corpus.annotations}
    return [
        Suspect(note=notes[found.location], why=found.message.partition("; since then ")[2])
        for found in check_suspects(corpus)
        if found.code is Code.SUSPECT
    ]
