"""What one form of the edition holds: the ids of its records, so that no form has more or fewer than another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .corpus import Corpus
from .records import Location, Paragraph

Holdings = Mapping[str, Collection[str]]  # the ids of records by kind
Whole = Mapping[str, Mapping[str, Location]]  # what a form that is whole holds: by kind, each id and its place
KINDS = {  # a kind of record, and the part of the corpus that lists its records
    "annotation": "annotations",
    "source": "sources",
    "term": "terms",
    "event": "events",
    "recommendation": "recommendations",
    "membership": "memberships",
    "actor": "actors",
    "paragraph": "paragraphs",
}


def holdings_of(corpus: Corpus) -> Whole:
    """Return what a form of *corpus* that is whole holds: by kind, each id and where it was written."""
    return {
        kind: {_name_of(record): record.location for record in getattr(corpus, records)}
        for kind, records in KINDS.items()
    }


def _name_of(record: Any) -> str:
    """Return what tells *record* from all others of its kind."""
    return record.qualified if isinstance(record, Paragraph) else str(record.id)


def together(parts: Iterable[Mapping[str, Mapping[str, Iterable[str]]]]) -> dict[str, dict[str, list[str]]]:
    """Return what the forms of each name hold together: each of *parts* gives by name what its own hold."""
    found: dict[str, dict[str, list[str]]] = {}
    for part in parts:
        for name, held in part.items():
            for kind, ids in held.items():
                found.setdefault(name, {}).setdefault(kind, []).extend(ids)
    return found


def differences(whole: Whole, held: Holdings) -> Iterator[tuple[str, Location | None]]:
    """Yield in words what *held* lacks of the *whole*, with its place, and what it has beyond it.

    Only the kinds that *held* names are compared: a table of claims has no events.
    """
    for kind, found in held.items():
        for name in sorted(whole[kind].keys() - set(found)):
            yield f"lacks the {kind} ‘{name}’", whole[kind][name]
        for name in sorted(set(found) - whole[kind].keys()):
            yield f"has the {kind} ‘{name}’, which is in no page", None
