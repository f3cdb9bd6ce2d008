"""Small builders of docutils nodes: tables, links to records, lists of links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from ..model.vocabulary import Described
from ..reading import nodes as n
from ..reading.links import reference


class CollectError(ValueError):
    """A list or sample that cannot be made of what was asked for; the message says why."""


Cell = str | nodes.Node | Sequence[nodes.Node]


def cell_nodes(cell: Cell) -> list[nodes.Node]:
    """Return the inline nodes of a table cell."""
    if isinstance(cell, str):
        return [nodes.Text(cell)]
    return [cell] if isinstance(cell, nodes.Node) else list(cell)


def table(
    header: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str = "",
    classes: Sequence[str] = (),
    stub: bool = False,
) -> nodes.table:
    """Return a table with one header row, with *stub* also a header column; widths are left to the writer."""
    group = nodes.tgroup("", cols=len(header))
    group += [
        nodes.colspec("", colwidth=1, **({"stub": 1} if stub and not place else {})) for place, _ in enumerate(header)
    ]
    group += nodes.thead("", _row(header))
    group += nodes.tbody("", *(_row(row) for row in rows))
    found = nodes.table("", classes=list(classes))
    if title:
        found["ids"] = [nodes.make_id(title)]
        found += nodes.title("", title)
    found += group
    return found


def _row(cells: Sequence[Cell]) -> nodes.row:
    """Return a table row."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell_nodes(cell))) for cell in cells))


def worded(word: Described) -> n.verdict_label:
    """Return a verdict, an outcome or the like as symbol and word, with its rank in the word list for sorting."""
    return n.verdict_label("", word.shown, verdict=word, rank=word.rank)


def joined(parts: Iterable[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    """Return *parts* with *separator* between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(separator)] if found else []
        found.append(part)
    return found


def links(kind: str, ids: Iterable[str]) -> list[nodes.Node]:
    """Return links to the records *ids* of *kind*, separated by commas."""
    return joined(reference(kind, identifier) for identifier in ids)
