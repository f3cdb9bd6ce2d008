"""Building TEI elements: text that XML can carry, names that it allows, dates in its attributes."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ...model.dates import EdtfDate, Point
from ...model.records import CitationItem
from ...model.text import visible

NAMESPACE = "http://www.tei-c.org/ns/1.0"
Element = Any  # lxml publishes no types
_XML = "{http://www.w3.org/XML/1998/namespace}"


def el(tag: str, *children: Element | str | None, lang: str = "", xml_id: str = "", **attributes: str) -> Element:
    """Return a TEI element with *children*, text among them; what is None or empty is left out.

    Attributes are written as in Python: ``from_`` for ``from``, ``when_custom`` for ``when-custom``.
    """
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})
    for name, value in ((f"{_XML}id", xml_id), (f"{_XML}lang", lang)):
        if value:
            element.set(name, value)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_").replace("_", "-"), visible(value))
    for child in children:
        if isinstance(child, str):
            _append_text(element, visible(child))
        elif child is not None:
            element.append(child)
    return element


def _append_text(element: Element, text: str) -> None:
    """Put *text* after what *element* holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def keep_space(element: Element) -> Element:
    """Return *element*, in which white space is part of the text."""
    element.set(f"{_XML}space", "preserve")
    return element


def xml_id(kind: str, name: str) -> str:
    """Return the XML id of the record *name* of *kind*; signs that an id may not hold become their code points."""
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9._-]", lambda found: f"_{ord(found[0]):x}_", name)


def pointer(kind: str, name: str) -> str:
    """Return the pointer to the record *name* of *kind* in the same file."""
    return f"#{xml_id(kind, name)}"


def cited(item: CitationItem) -> Element:
    """Return one cited source: a pointer to its entry, and the place in it."""
    place = el("citedRange", item.locator) if item.locator else None
    return el("bibl", el("ptr", target=pointer("source", item.id)), place)


def dated(date: EdtfDate) -> dict[str, str]:
    """Return *date* in the attributes of TEI; what they cannot say is kept in EDTF as ``when-custom``."""
    points = [point for point in (date.start, date.end) if point is not None]
    qualifiers = [point.qualifier for point in points if point.qualifier]
    start, end = _iso(date.start), _iso(date.end)
    found = {"from_": start, "to": end} if date.is_interval else {"when": start}
    if qualifiers:
        found |= {"cert": "low" if "?" in qualifiers else "medium", "when_custom": date.source}
    return found


def _iso(point: Point | None) -> str:
    """Return one end of a date as XML Schema writes it; an open end is empty."""
    if point is None:
        return ""
    return "-".join([f"{point.year:04}", *(f"{part:02}" for part in (point.month, point.day) if part)])
