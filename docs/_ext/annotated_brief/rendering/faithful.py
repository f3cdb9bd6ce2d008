"""What the writers of all products share: they take no unknown node, and tell which records they have written.

A product is compared with the corpus when it is finished, so that site, PDF and EPUB hold the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.logging import get_node_location

from ..model.corpus import Corpus
from ..model.holdings import KINDS, Holdings, differences, holdings_of, together
from ..reading import nodes as n

if TYPE_CHECKING:
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)
REPORT = "parity.json"  # the file, beside a product, that says what it holds
_WRITTEN = "brief_written"  # the attribute of a document under which its translator keeps what it has written


class UnknownNodeError(SphinxError):
    """A node that a writer has no visitor for: its text would be lost, or written in another's shape."""

    category = "Writer error"


def place_of(node: nodes.Node) -> str:
    """Return where *node* was written, ``path:line``, or the place of the nearest node around it that has one."""
    holder: nodes.Node = node
    while not holder.line and holder.parent is not None:
        holder = holder.parent
    return get_node_location(holder if holder.line else node) or ""


class FaithfulTranslator(SphinxTranslator):
    """The base of the translators.

    docutils falls back on the visitor of a base class. Here a node is written by a visitor of its own or not at all: a
    new kind of node must not slip into a product unseen.
    """

    product: ClassVar[str]

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Visit *node*; refuse one without a visitor under its own name."""
        if not hasattr(self, f"visit_{type(node).__name__}"):
            self.unknown_visit(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Refuse *node*."""
        name = f"{type(node).__module__}.{type(node).__qualname__}"
        raise UnknownNodeError(
            f"{place_of(node)}: {self.product} has no visitor for the node class {name}".lstrip(": ")
        )

    def note_written(self, node: nodes.Node) -> None:
        """Remember that the address of *node* stands in the product now, if it shows a record."""
        found = n.record_of(node)
        if found is not None:
            so_far: list[tuple[str, str]] = self.document.setdefault(_WRITTEN, [])
            so_far.append(found)


def written(document: nodes.document) -> dict[str, list[str]]:
    """Return the ids of the records that were written of *document*, by kind; every kind is named."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    pairs: list[tuple[str, str]] = document.get(_WRITTEN, [])
    for kind, name in pairs:
        found[kind].append(name)
    return found


def keep_report(builder: Builder, docname: str, document: nodes.document) -> None:
    """Keep what was written of one page, for builds that write it in another process, or not at all as unchanged."""
    kept = _kept(builder) / f"{docname}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(written(document)), encoding="utf-8")


def collect_reports(builder: Builder, docnames: Iterable[str]) -> dict[str, list[str]]:
    """Return what the pages *docnames* hold, from the reports that were kept."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for docname in sorted(docnames):
        kept: dict[str, list[str]] = json.loads((_kept(builder) / f"{docname}.json").read_text("utf-8"))
        for kind, names in kept.items():
            found[kind] += names
    return found


def _kept(builder: Builder) -> Path:
    """Return the folder of the reports of *builder*, beside the doctrees that its pages were written from."""
    return Path(builder.doctreedir) / f"{builder.name}-written"


def compare(builder: Builder, corpus: Corpus, products: Mapping[str, Holdings]) -> bool:
    """Write what *products*, by name, hold into ``parity.json``; warn of each difference from *corpus*, and return whether none is."""
    root, whole = Path(builder.srcdir).parent, holdings_of(corpus)
    found = [(name, *difference) for name, held in products.items() for difference in differences(whole, held)]
    for name, said, place in found:
        location = f"{root / place.path}:{place.line}" if place else None
        logger.warning("%s %s", name, said, location=location, type="brief", subtype="parity")
    write_report(Path(builder.outdir), products)
    return not found


def write_report(folder: Path, products: Mapping[str, Holdings]) -> None:
    """Write what *products*, by name, hold into ``parity.json`` in *folder*."""
    report = {name: {kind: sorted(held[kind]) for kind in KINDS if kind in held} for name, held in products.items()}
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def join_reports(texts: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return what the products of an edition hold, from the reports of its parts."""
    return together(map(json.loads, texts))
