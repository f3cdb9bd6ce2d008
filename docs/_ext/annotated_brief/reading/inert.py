"""What would act instead of being read, taken out of a page: raw markup, links that run code, images of other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ..diagnostics import Code, Diagnostic
from ..model.address import is_link, is_web_address
from ..model.records import Location
from . import nodes as n

# What MyST itself writes as raw: line breaks, and strokes through words.
_OWN = {"<br />", "\\\\", "<s>", "</s>"}
_USE_IMAGE = "put the file beside the page"
_USE_LINK = "give an address that begins with https://"
_USE_MARKUP = "write it in the markup of the edition, which every product can show"


class InertTransform(SphinxTransform):
    """Replace what acts by its text, and report it: no product is to depend on the good will of a text."""

    default_priority = 800  # after every address in the page is known (660), before the domain reads it (850)

    def apply(self, **kwargs: object) -> None:
        """Go through the page."""
        for raw in list(self.document.findall(nodes.raw)):
            self._read_raw(raw)
        for link in list(self.document.findall(nodes.reference)):
            if not is_link(link.get("refuri", "")):
                self._report(link, Code.UNSAFE_ADDRESS, f"‘{link['refuri']}’ is no address to follow", _USE_LINK)
                link.replace_self(link.children)
        for image in list(self.document.findall(nodes.image)):
            if is_web_address(image["uri"]):
                self._report(image, Code.UNSAFE_ADDRESS, f"the image ‘{image['uri']}’ is of another host", _USE_IMAGE)
                image.replace_self(nodes.inline("", image.get("alt", "")))
        for tree in self.document.findall(addnodes.toctree):
            for _, address in tree["entries"]:
                if not is_link(address):
                    self._report(tree, Code.UNSAFE_ADDRESS, f"‘{address}’ is no address to follow", _USE_LINK)
            tree["entries"] = [entry for entry in tree["entries"] if is_link(entry[1])]

    def _read_raw(self, raw: nodes.raw) -> None:
        """Replace *raw* by the text in it; a comment leaves nothing, and is no fault."""
        source = raw.astext().strip()
        if source in _OWN:
            return
        reader = TextOf()
        if "html" in raw.get("format", "").split():
            reader.feed(source)
            reader.close()
        if reader.has_markup or "html" not in raw.get("format", "").split():
            shown = source.partition("\n")[0][:60]
            self._report(
                raw, Code.RAW_MARKUP, f"‘{shown}’ is raw markup, of which only the words are kept", _USE_MARKUP
            )
        text = nodes.Text(reader.text)
        inline = isinstance(raw.parent, nodes.TextElement)
        raw.replace_self([text] if inline else [nodes.paragraph("", "", text)] if reader.text.strip() else [])

    def _report(self, node: nodes.Node, code: Code, message: str, hint: str) -> None:
        """Leave a problem at *node* for the domain to collect."""
        holder = next(found for found in around(node) if found.line or found.parent is None)
        source, root = Path(holder.source or self.document["source"]), Path(self.env.srcdir).parent
        shown = source.relative_to(root) if source.is_relative_to(root) else source
        location = Location(path=shown.as_posix(), line=holder.line or 1)
        self.document += n.problem("", diagnostic=Diagnostic(code=code, message=message, location=location, hint=hint))


class TextOf(HTMLParser):
    """Collects the text of HTML; scripts and style sheets are no text."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.has_markup = "", False
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Go into an element."""
        self.has_markup = True
        self._hidden = self._hidden or (tag if tag in {"script", "style"} else "")

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element."""
        self._hidden = "" if tag == self._hidden else self._hidden

    def handle_data(self, data: str) -> None:
        """Add text."""
        self.text += "" if self._hidden else data


def around(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield *node* and the nodes that it stands in, from the inside out."""
    holder: nodes.Node | None = node
    while holder is not None:
        yield holder
        holder = holder.parent
