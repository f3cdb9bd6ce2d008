"""The works of others that are in the products: who made them, under which licence, and what must travel with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from docutils import nodes

from ..model.corpus import Corpus
from .build import Cell, joined, table

PRODUCTS = {"site": "Site", "epub": "EPUB", "pdf": "PDF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One work, as ``others.toml`` lists it."""

    name: str
    holder: str
    licence: str
    package: str = ""
    notice: str = ""
    site: Sequence[str] = ()
    epub: Sequence[str] = ()
    pdf: Sequence[str] = ()

    def notice_text(self) -> str:
        """Return what must travel with the work, as its package says it."""
        found = (file for file in distribution(self.package).files or [] if file.as_posix().endswith(f"/{self.notice}"))
        return next(found).read_text("utf-8")


@cache
def load_works() -> tuple[Work, ...]:
    """Return what ``others.toml`` holds."""
    loaded: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("others.toml").read_text("utf-8"))["work"]
    return tuple(Work(**found) for found in loaded)


def works_of_others(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The works of others in the products, and where they are."""
    rows: list[list[Cell]] = [
        [work.name, work.holder, work.licence, *(_code(getattr(work, product)) for product in PRODUCTS)]
        for work in load_works()
    ]
    return [table(("Work", "Made by", "Licence (SPDX)", *PRODUCTS.values()), rows)]


def notices(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What must travel with these works, each text once."""
    names: dict[str, list[str]] = {}
    for work in load_works():
        if work.notice:
            names.setdefault(work.notice_text(), []).append(work.name)
    found: list[nodes.Node] = []
    for text, works in names.items():
        found += [nodes.rubric("", ", ".join(works)), nodes.literal_block("", text.strip("\n"), language="none")]
    return found


def _code(patterns: Iterable[str]) -> list[nodes.Node]:
    """Return patterns as a cell."""
    return joined(nodes.literal("", pattern) for pattern in patterns)
