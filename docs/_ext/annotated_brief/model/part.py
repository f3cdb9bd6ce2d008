"""What of an edition one build writes, where several machines share the work.

A part reads everything, so that its pages know all others; it writes what some briefs have for their own, and what belongs
to none of them where it is named :data:`SHARED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

SHARED = "shared"  # front page, glossary, sources, ledger, timeline: all that stands in the folder of no brief


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an edition: slugs of briefs, and :data:`SHARED`; no names stand for everything."""

    names: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Return whether the part writes what belongs to the brief *name*, or to none if that is :data:`SHARED`."""
        return not self.names or name in self.names


EVERYTHING = Part()


def owner(docname: str, folders: Mapping[str, str]) -> str:
    """Return the brief to which the page *docname* belongs, of *folders*, which give a slug each, or :data:`SHARED`."""
    return next(
        (folders[str(parent)] for parent in PurePosixPath(docname).parents if str(parent) in folders),
        SHARED,
    )
