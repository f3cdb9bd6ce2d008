"""The tabs of sphinx-design one after the other: a book has nothing to click, and theirs are no XHTML."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import is_component


class TabsTransform(SphinxPostTransform):
    """Put in the place of each set of tabs what they hold, each under its label."""

    default_priority = 199  # before sphinx-design makes fields of a form of them (200)
    builders = ("brief-epub",)

    def run(self, **kwargs: object) -> None:
        """Open the tabs of the document, sets within others last."""
        for tabs in list(self.document.findall(lambda node: is_component(node, "tab-set"))):
            opened: list[nodes.Node] = []
            for item in tabs.children:
                if not (is_component(item, "tab-item") and len(item.children) == 2):
                    opened.append(item)
                    continue
                label, content = item.children
                opened += [nodes.rubric("", "", *label.children), *content.children]
            tabs.parent.replace(tabs, opened)
