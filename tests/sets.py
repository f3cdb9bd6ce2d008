"""A synthetic edition of several small briefs, for tests of what a set shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import synthetic
from annotated_brief.exports.write import write_text
from written import to_ours

SLUGS = ("ferry", "lamp", "quay", "quay-2")  # of the last two the shorter goes first as a name, but not as a folder
_SMALL = {"PARAGRAPHS": 3, "NOTES": 12, "CITATIONS": 12, "LINKS": 12}


def files_of_set() -> dict[str, str]:
    """The texts of the edition, by path."""
    with pytest.MonkeyPatch.context() as patch:
        for name, number in _SMALL.items():
            patch.setattr(synthetic, name, number)
        made = synthetic.make_edition(len(SLUGS))
        named = zip(SLUGS, made.briefs, strict=True)
        return to_ours(replace(made, briefs=tuple(replace(brief, slug=slug) for slug, brief in named)))


def write_set(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """Write the edition into *folder*, with *more* texts by path in the place of its own, and return it, a project."""
    for path, text in (files_of_set() | dict(more or {})).items():
        write_text(folder / path, text)
    return folder
