"""The pages that the menu of every page names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from ..model.address import is_link, scheme_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx.environment import BuildEnvironment

LISTED = 8  # more briefs than this are no menu: one entry leads to the first page, which lists them


def listed(env: BuildEnvironment, briefs: Collection[str]) -> dict[str, str]:
    """Return the titles of what the toctrees of the first page list, by docname or address; *briefs* are docnames."""
    gathered = briefs if len(briefs) > LISTED else ()
    found = dict[str, str]()
    for title, name in _entries(env):
        if name in gathered:
            found[str(env.config.root_doc)] = "All briefs"
        elif name in env.titles or (scheme_of(name) and is_link(name)):
            found[name] = title or (env.titles[name].astext() if name in env.titles else name)
    return found


def _entries(env: BuildEnvironment) -> Iterator[tuple[str | None, str]]:
    """Yield the title, if one is written, and the docname or address of each entry."""
    root = str(env.config.root_doc)
    for tree in env.tocs[root].findall(addnodes.toctree):
        for title, name in tree["entries"]:
            yield title, root if name == "self" else name
