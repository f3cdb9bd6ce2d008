"""The base of the directives that make a record: an id, typed options, a text."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..diagnostics import Code, Diagnostic
from ..model.records import Location
from . import nodes as n
from . import options as o
from .options import Option
from .places import locate

EVIDENCE = "citation keys with locators: key; key, p. 2"
_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # where the author's line ends, which says nothing
IDS = "ids separated by semicolons"


class RecordDirective(SphinxDirective):
    """Base of the directives that make a record: an id, typed options, a text."""

    required_arguments = 1
    has_content = True
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = o.AnyOption()
    node_class: ClassVar[type[nodes.Element]]
    spec: ClassVar[dict[str, Option]]
    needs_text: ClassVar[bool] = True
    named: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Return the node of the record, after the problems found in it."""
        location = locate(self)
        problems: list[Diagnostic] = []
        fields: dict[str, Any] = {"location": location}
        for item in o.read_options(self.spec, self.options, location, named=self.named):
            if isinstance(item, Diagnostic):
                problems.append(item)
            else:
                fields[item[0]] = item[1]
        fields["id"] = self._read_id(location, problems)
        body = self.parse_content_to_nodes() if self.content else []
        if self.needs_text and not any(child.astext().strip() for child in body):
            problems.append(
                Diagnostic(
                    code=Code.NO_TEXT,
                    message=f"‘{fields['id']}’ has no text",
                    location=location,
                    hint="write the note below the options, after an empty line",
                )
            )
        node = self.node_class("", ids=[fields["id"]], fields=fields)
        text = "\n\n".join(child.astext() for child in body if child.astext().strip())
        node["text"] = _SOFT_BREAK.sub(" ", text)
        node["classes"] += self.classes(fields)
        self.set_source_info(node)
        self.fill(node, fields, body)
        return [*(n.problem("", diagnostic=problem) for problem in problems), node]

    def _read_id(self, location: Location, problems: list[Diagnostic]) -> str:
        """Return the id in the directive's argument; a bad one is reported and used as it stands."""
        try:
            return o.identifier(self.arguments[0])
        except o.OptionError as error:
            problems.append(Diagnostic(code=error.code, message=str(error), location=location, hint=error.hint))
            return nodes.make_id(self.arguments[0]) or "unnamed"

    def classes(self, fields: dict[str, Any]) -> list[str]:
        """Return the style classes of the node."""
        return []

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append the visible children to *node*."""
        node += body
