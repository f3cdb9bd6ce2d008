"""Where the markup stands, relative to the project."""

from __future__ import annotations

from pathlib import Path

from sphinx.util.docutils import SphinxDirective, SphinxRole

from ..model.records import Location


def locate(markup: SphinxDirective | SphinxRole) -> Location:
    """Return where a directive or role stands; the project is the parent of the source folder."""
    source, line = markup.get_source_info()
    root = Path(markup.env.srcdir).parent
    path = Path(source or markup.env.doc2path(markup.env.docname))  # after reStructuredText, MyST forgets where it is
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Location(path=shown.as_posix(), line=line or 0)
