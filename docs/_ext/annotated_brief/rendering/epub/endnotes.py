"""The notes of a brief after its text, as in a printed book: the text is read without a break, a note pops up on demand."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...reading import nodes as n
from ...reading.links import reference

ENDNOTES = "brief-endnotes"  # the style class of the section
ANCHOR = "_endnotes"  # its id; no heading or record can have one with an underscore


class EndnotesTransform(SphinxPostTransform):
    """Move the notes of each passage into a section at the end of their page, under a link back to the passage."""

    default_priority = 9  # after the author's words are set beside ours (8), before links are resolved (10)
    builders = ("brief-epub",)

    def run(self, **kwargs: object) -> None:
        """Move the notes of the document; they stay in one file with the text, so that any reader can show them."""
        groups = list(self.document.findall(n.annotation_group))
        if not groups:
            return
        gathered = nodes.section("", nodes.title("", "Notes"), classes=[ENDNOTES], ids=[ANCHOR])
        for group in groups:
            passage = group.parent
            passage.remove(group)
            title = nodes.title("", "Notes on ", reference("paragraph", passage["ids"][0]))
            gathered += nodes.section("", title, group, ids=[f"{ANCHOR}-{passage['ids'][0]}"])
        page: nodes.Element = next(iter(self.document.findall(nodes.section)), self.document)
        page.append(gathered)
