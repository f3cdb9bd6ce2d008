"""Small builders of nodes for the directives: links to records, labelled lines, dates."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes

from ..model.dates import EdtfDate
from ..model.records import CitationItem
from ..model.vocabulary import CardKind
from . import nodes as n


def reference(kind: str, target: str, text: str = "") -> addnodes.pending_xref:
    """Return a link to the record *target* of *kind*, to be resolved by the domain."""
    inner = nodes.inline("", text or target, classes=["xref", f"to-{kind}"])
    return addnodes.pending_xref("", inner, refdomain="brief", reftype=kind, reftarget=target, refexplicit=bool(text))


def cited(items: tuple[CitationItem, ...]) -> list[nodes.Node]:
    """Return links to the cited sources, separated by semicolons, each with its locator."""
    found: list[nodes.Node] = []
    for item in items:
        found += [nodes.Text("; ")] if found else []
        found.append(reference("source", item.id))
        if item.locator:
            found.append(nodes.Text(f", {item.locator}"))
    return found


def labelled(kind: str, label: str, *children: nodes.Node) -> n.labelled:
    """Return a line that begins with a small *label*."""
    line = n.labelled("", kind=kind, classes=["brief-claim"] if kind == "claim" else [])  # sought by a script
    line += [n.line_label("", label), nodes.Text(" "), *children]
    return line


def dated(date: EdtfDate) -> n.event_date:
    """Return *date* in words, keeping its EDTF form for machines."""
    return n.event_date("", date.text(), edtf=date.source)


def years(kind: CardKind, date: EdtfDate) -> tuple[str, n.event_date]:
    """Return the label and the words for the years on a card: a person was born or lived, all else is valid."""
    if kind is CardKind.PERSON:
        if date.end is None and date.start is not None:
            return "Born:", n.event_date("", date.start.text(), edtf=date.source)
        return "Lived:", dated(date)
    return ("When:" if kind is CardKind.EVENT else "Valid:"), dated(date)


def evidence_line(items: tuple[CitationItem, ...]) -> n.labelled:
    """Return the line that lists the evidence, or says that there is none."""
    if not items:
        return labelled("evidence", "Evidence:", nodes.Text("none found"))
    return labelled("evidence", "Evidence:", *cited(items))


def related(fields: dict[str, Any]) -> list[nodes.Node]:
    """Return the lines with the sources and the annotations of an event or recommendation."""
    lines: list[nodes.Node] = [labelled("evidence", "Sources:", *cited(fields["sources"]))]
    if fields["annotations"]:
        links: list[nodes.Node] = []
        for target in fields["annotations"]:
            links += [nodes.Text("; ")] if links else []
            links.append(reference("annotation", target))
        lines.append(labelled("see", "Notes:", *links))
    return lines
