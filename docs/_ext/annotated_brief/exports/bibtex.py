"""BibTeX, with the fields of biblatex that say more: ``date`` (EDTF), ``urldate``, ``langid``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ..model.text import visible
from .csl import Item

_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "webpage": "online",
    "entry": "inbook",
}
_CONTAINERS = {"article": "journal", "online": "organization"}  # else booktitle
_PUBLISHERS = {  # else publisher
    "techreport": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "misc": "howpublished",
}
_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "`": r"\`{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_PHANTOMS = {"{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"}
_LIGATURE = re.compile("--+|,,+|''+")  # which TeX would set as a dash or a quotation mark
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def to_bibtex(items: Iterable[Item]) -> str:
    """Return CSL *items* as BibTeX."""
    return "\n".join(map(_entry, items))


def _entry(item: Item) -> str:
    """Return one item as an entry."""
    kind = _TYPES.get(item["type"], "misc")
    if item["type"] == "thesis":
        kind = "mastersthesis" if item.get("genre", "").startswith("Master") else "phdthesis"
    lines = [f"  {name} = {value}," for name, value in _fields(item, kind) if value not in {"", "{}", "{{}}"}]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}", ""])


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each field; a title stands in two pairs of braces, so that no style changes its case."""

    def text(name: str) -> str:
        return f"{{{escaped(item.get(name, ''))}}}"

    yield "author", _names(item, "author")
    yield "editor", _names(item, "editor")
    yield "title", f"{{{text('title')}}}"
    yield _CONTAINERS.get(kind, "booktitle"), text("container-title")
    yield _PUBLISHERS.get(kind, "publisher"), text("publisher")
    yield "address", text("publisher-place")
    yield "volume", text("volume")
    yield "number", text("issue") if kind == "article" else text("number")
    yield "pages", text("page").replace("–", "--")
    yield "type", text("genre")
    yield from _dates(item.get("issued", {}))
    yield "doi", f"{{{_verbatim(item.get('DOI', ''))}}}"
    yield "url", f"{{{_verbatim(item.get('URL', ''))}}}"
    yield "urldate", f"{{{_edtf(item.get('accessed', {}))}}}"
    yield "langid", text("language")
    yield "note", text("note")


def _dates(date: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields of a CSL date: those of BibTeX, and ``date`` as biblatex has it."""
    first = (date.get("date-parts") or [[]])[0]
    if first:
        yield "year", f"{{{first[0]:04}}}"
    if len(first) > 1:
        yield "month", _MONTHS[first[1] - 1]
    yield "date", f"{{{_edtf(date)}}}"


def _edtf(date: Item) -> str:
    """Return a CSL date in EDTF; one in words is none."""
    about = "~" if date.get("circa") else ""
    points = [
        "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]) for parts in date.get("date-parts", ())
    ]
    return "/".join(f"{point}{about}" for point in points)


def _names(item: Item, role: str) -> str:
    """Return the names in one role; a body stands in braces of its own, so that it is not taken apart."""
    names = [
        f"{{{escaped(name['literal'])}}}" if "literal" in name else f"{_part(name['family'])}, {_part(name['given'])}"
        for name in item.get(role, ())
    ]
    return f"{{{' and '.join(names)}}}"


def _part(text: str) -> str:
    """Return a part of a name; what BibTeX would divide it at is held together."""
    written = escaped(text)
    return f"{{{written}}}" if re.search(r",|\band\b", written) else written


def escaped(text: str) -> str:
    """Return *text* on one line, with the characters that mean something to BibTeX and TeX made harmless."""
    line = " ".join(visible(text).split())
    written = "".join(_SIGNS.get(character, character) for character in line)
    return _balanced(_LIGATURE.sub(lambda found: "{}".join(found[0]), written))


def _balanced(written: str) -> str:
    """Return *written* with a phantom partner for each escaped brace that has none: BibTeX counts those, too."""
    partnerless: list[int] = []
    opened: list[int] = []
    for found in re.finditer(r"\\[{}]", written):
        if found[0] == r"\{":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            partnerless.append(found.start())
    for start in sorted([*opened, *partnerless], reverse=True):
        written = written[:start] + _PHANTOMS[written[start + 1]] + written[start + 2 :]
    return written


def _verbatim(address: str) -> str:
    """Return an address in which nothing ends the field; TeX takes the rest as it stands."""
    return quote(visible(address), safe="%/:?#[]@!$&'()*+,;=~-._|") if re.search(r"[{}\\\s]", address) else address
