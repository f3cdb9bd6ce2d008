"""Where the pages of the edition are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model.records import Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The published edition, as far as a file that names its pages must know it."""

    name: str  # name of the edition
    base: str = ""  # address of the site, ending in a slash; empty where unknown
    identifier: str = ""  # URI by which the edition is known for ever; empty where none was given
    cited: str = ""  # address that citations name: of a release that of its version; empty where it is the base
    page: Callable[[str], str] = "{}.html".format  # from a docname to the path of its page below the site

    def address(self, docname: str, anchor: str = "") -> str:
        """Return the full address of a place in the edition, or an empty string where that of the site is unknown."""
        return self._place(self.base, docname, anchor) if self.base else ""

    def reference(self, folder: str, docname: str, anchor: str = "") -> str:
        """Return the address of a place, or else its reference relative to a file in *folder* (RFC 3986)."""
        return self._place(self.base or "../" * (folder.count("/") + 1), docname, anchor)

    def note(self, note: Annotation) -> str:
        """Return the full address by which *note* is cited, or an empty string."""
        return self.citation(note.docname, note.id)

    def citation(self, docname: str, anchor: str = "") -> str:
        """Return the full address by which a place is cited, or an empty string."""
        return self._place(self.cited or self.base, docname, anchor) if self.base else ""

    def _place(self, start: str, docname: str, anchor: str) -> str:
        return f"{start}{self.page(docname)}" + (f"#{anchor}" if anchor else "")
