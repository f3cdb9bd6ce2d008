"""The inline roles: marks, links to records, quotations, foreign words, computed numbers."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util.docutils import ReferenceRole, SphinxRole

from . import nodes as n
from .links import cited, reference
from .options import citation_item
from .places import locate


class MarkRole(ReferenceRole):
    """``{mark}`our words <annotation-id>```: the words that an annotation hangs on."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark."""
        mark = n.mark("", self.title, annotation=self.target, location=locate(self))
        return [mark], []


class RecordRole(ReferenceRole):
    """``{term}`CICA <cica>``` and the like: a link to a record, by id."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, to be resolved by the domain."""
        kind = self.name.rpartition(":")[2]
        node = reference(kind, self.target, self.title if self.has_explicit_title else "")
        node["location"] = locate(self)
        return [node], []


class QuoteRole(ReferenceRole):
    """``{quote}`за развитие <ecis2014putin, p. 2; ru>```: words quoted from a source."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the quotation and, after it, nothing: the source stands in its attributes."""
        source, _, lang = self.target.partition(";")
        item = citation_item(source)
        quotation = n.quotation("", self.title, lang=lang.strip() or "en", item=item)
        quotation["location"] = locate(self)
        return [quotation], []


class LangRole(ReferenceRole):
    """``{lang}`Селигер <ru>```: a word or name in another language."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the word with its language tag."""
        return [n.foreign("", self.title, lang=self.target)], []


class CountRole(SphinxRole):
    """``{count}`annotations verdict=corrected```: a number computed from the records."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place where the number will stand."""
        of = re.sub(r"\s+", " ", self.text.strip())
        return [n.count("", of, of=of, location=locate(self))], []


class SourceRole(ReferenceRole):
    """``{source}`key, p. 2```: a source in short form, with a locator where given."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link and the locator."""
        found = cited((citation_item(self.target),))
        for node in found:
            if isinstance(node, nodes.Element):
                node["location"] = locate(self)
        return found, []


ROLES = {
    "mark": MarkRole(),
    "annotation": RecordRole(),
    "paragraph": RecordRole(),
    "term": RecordRole(),
    "actor": RecordRole(),
    "event": RecordRole(),
    "recommendation": RecordRole(),
    "membership": RecordRole(),
    "data": RecordRole(),
    "source": SourceRole(),
    "quote": QuoteRole(),
    "lang": LangRole(),
    "count": CountRole(),
}
