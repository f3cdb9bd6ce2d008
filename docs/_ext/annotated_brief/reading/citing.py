"""The roles of sphinxcontrib-bibtex, which end a build where a key is mistyped: here that is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole

from ..diagnostics import Code, Diagnostic
from . import nodes as n
from .places import locate

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class CitationRole(CiteRole):
    """``{cite:t}`key```: a citation in running text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation; where its target names no key, the text as it stands."""
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            problem = Diagnostic(
                code=Code.UNKNOWN_SOURCE,
                message=f"‘{self.target}’ is no list of keys",
                location=locate(self),
                hint="write a key of refs.bib, or several with commas between them",
            )
            return [n.problem("", diagnostic=problem), nodes.Text(self.text)], []
        found: tuple[list[nodes.Node], list[nodes.system_message]] = super().run()
        return found


def add_citations(app: Sphinx) -> None:
    """Put our role in the place of every role of sphinxcontrib-bibtex."""
    app.add_role("cite", CitationRole(), override=True)
    for name in BibtexDomain.roles:
        app.add_role_to_domain("cite", name, CitationRole(), override=True)
