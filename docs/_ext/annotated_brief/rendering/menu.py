"""The menu in the head of each page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model.address import scheme_of
from ..reading.domain import brief_domain

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that the menu names: its title, its address as seen from the page with the menu, and ``aria-current``."""

    title: str
    href: str
    current: str  # page: this one; true: one above it; empty: another


def menu(builder: Builder, docname: str, above: Collection[str]) -> list[Entry]:
    """Return the menu of the page *docname*; *above* holds the addresses of the pages above it.

    Sphinx's ``toctree()`` would copy and resolve the whole list for each page, in a time that grows with the square of the
    number of briefs.
    """
    domain, root, entries = brief_domain(builder.env), str(builder.config.root_doc), list[Entry]()
    is_brief = docname in domain.corpus().brief_by_page
    for name, title in domain.menu().items():
        href = name if scheme_of(name) else builder.get_relative_uri(docname, name) or "#"
        is_above = href in above or (name == root and is_brief)
        entries.append(Entry(title, href, "page" if name == docname else "true" if is_above else ""))
    return entries
