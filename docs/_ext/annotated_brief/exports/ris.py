"""RIS, in the tags that reference managers share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.text import visible
from .csl import Item

_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
    "entry": "ELEC",
}
_TAGS = {  # tag, and the CSL variable that it holds
    "TI": "title",
    "T2": "container-title",
    "PB": "publisher",
    "CY": "publisher-place",
    "VL": "volume",
    "IS": "issue",
    "SN": "number",
    "M3": "genre",
    "DO": "DOI",
    "UR": "URL",
    "LA": "language",
    "N1": "note",
}


def to_ris(items: Iterable[Item]) -> str:
    """Return CSL *items* as RIS records."""
    return "".join(_record(item) for item in items)


def _record(item: Item) -> str:
    """Return one item as a record."""
    lines = [f"{tag}  - {' '.join(visible(value).split())}" for tag, value in _values(item) if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _values(item: Item) -> Iterator[tuple[str, str]]:
    """Yield tag and value of each line; a comma at its end says that a name is that of a body, not to be divided."""
    yield "TY", _TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for tag, role in (("AU", "author"), ("A2", "editor")):
        for name in item.get(role, ()):
            yield tag, f"{name['literal']}," if "literal" in name else f"{name['family']}, {name['given']}"
    for tag, variable in _TAGS.items():
        yield tag, item.get(variable, "")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    yield "SP", first
    yield "EP", last
    yield from _dates("PY", "DA", item.get("issued", {}))
    yield from _dates("", "Y2", item.get("accessed", {}))


def _dates(year: str, day: str, date: Item) -> Iterator[tuple[str, str]]:
    """Yield the year and the day, month or year (``YYYY/MM/DD/``) on which a date begins."""
    parts = (date.get("date-parts") or [[]])[0]
    if not parts:
        return
    written = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
    if year:
        yield year, written[0]
    yield day, "/".join([*written, *[""] * (4 - len(written))])
