"""What releases are compared by: the state of each record, the changes between two states, what we got wrong."""

from __future__ import annotations

from dataclasses import dataclass

from .records import Location
from .vocabulary import Described

KINDS = {  # the kinds that are compared, in the order of lists, and how several of them are called
    "annotation": "annotations",
    "paragraph": "paragraphs",
    "recommendation": "recommendations",
    "term": "terms",
    "event": "events",
    "membership": "memberships",
    "source": "sources",
}
ANCHORS = ("page", "paragraph", "mark", "source-words", "prefix")  # fields that say where a record stands


class What(Described):
    """What became of a record between two states; the gravest that holds is said."""

    VERDICT = ("verdict", "another verdict or outcome")
    WITHDRAWN = ("withdrawn", "no longer part of the edition")
    ADDED = ("added", "new")
    CHANGED = ("changed", "said otherwise")
    MOVED = ("moved", "the same, at another place")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One record as it was at one time, as far as two times are compared."""

    kind: str  # a key of KINDS
    id: str  # of a paragraph with its document, ``docname#id``: two briefs may both have a first one
    label: str = ""  # number, abbreviation or date by which lists call it; may be empty
    title: str  # headline, name or first words
    page: str = ""  # docname; empty where the record has no page of its own
    verdict: str = ""  # verdict or outcome; empty where the kind has none
    hash: str  # of a note that by which it is cited, of all else a fingerprint of the whole
    prints: tuple[tuple[str, str], ...]  # name of each compared field, and the fingerprint of its text
    texts: tuple[tuple[str, str], ...] = ()  # name and text of each field; empty where only fingerprints were kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one record."""

    what: What
    kind: str
    id: str
    label: str = ""
    title: str
    page: str = ""  # docname where it stands or, of a withdrawn record, stood
    was: str = ""  # verdict before, where it is another now
    now: str = ""
    hash: str = ""  # of the state after the change; of a withdrawn record, of the last one
    fields: tuple[str, ...] = ()  # the compared fields that differ, the verdict not among them
    why: str = ""  # of a withdrawn record: what its tombstone says
    instead: str = ""  # id of the record that took its place

    @property
    def anchor(self) -> str:
        """The fragment of its address on the page."""
        return self.id.rpartition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of the content: what it held, and what changed since the one before."""

    version: str
    on: str  # ISO 8601 day
    counts: tuple[tuple[str, int], ...] = ()  # number of records by kind
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fault of our own that was mended, told by whoever mended it."""

    id: str  # of the record; the same record may have several
    date: str  # ISO 8601 day
    wrong: str
    location: Location
