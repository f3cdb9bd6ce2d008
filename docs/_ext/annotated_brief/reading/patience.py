"""Python looks for garbage less often while a build runs.

A doctree is one large cycle, and lives long: with Python's own thresholds a fifth of a large build goes into looking at trees
that are in use. Measured on 100 briefs: 97 s in place of 119, 780 MB in place of 620; five times the first threshold gains 7 s
more, for another 150 MB.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RARELY = (100_000, 10, 3)  # new objects before a look at the youngest, and looks before one at the older


class Patience:
    """The thresholds of one application: its own from the beginning of a build to the end, else those that were found."""

    def __init__(self) -> None:
        self._found: tuple[int, int, int] | None = None

    def begin(self, *_: object) -> list[str]:
        """Set the thresholds of a build; as a handler it names no documents to read."""
        if self._found is None:
            self._found = gc.get_threshold()
            gc.set_threshold(*RARELY)
        return []

    def end(self, *_: object) -> None:
        """Set those that were found."""
        if self._found is not None:
            gc.set_threshold(*self._found)
            self._found = None


def add_patience(app: Sphinx) -> None:
    """Have every build of *app* be patient."""
    patience = Patience()
    app.connect("env-get-outdated", patience.begin)  # the first event of each build, of which a preview makes many
    app.connect("build-finished", patience.end, priority=900)  # after what is still written then
