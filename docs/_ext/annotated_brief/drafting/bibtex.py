"""An entry of ``refs.bib`` from its fields, and its place among the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pybtex.database import BibliographyDataError, parse_string
from pybtex.scanner import PybtexSyntaxError

from ..model.dates import MONTHS, parse_edtf
from ..reading.sources import UNDATED, entry_lines, plain
from .source_file import DraftError, SourceFile

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "\\": r"\textbackslash{}"}
_CONTAINER = {"article": "journal", "incollection": "booktitle"}
_PUBLISHER = {
    "article": "publisher",
    "book": "publisher",
    "incollection": "publisher",
    "mastersthesis": "school",
    "phdthesis": "school",
    "techreport": "institution",
}
_PROTECTED = {"title", "x-title-en"}  # whose capitals are to stay as they are
# Words of an article or preposition say little of a title.
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"])


def key_from(fields: Mapping[str, str]) -> str:
    """Return a key in the manner of the others: first author or publisher, year, first word of the title."""
    family = re.split(r"[,;{}]", fields.get("author", "").lstrip("{"))[0]
    first = _latin(family)[:1] or _latin(fields.get("publisher", ""))[:1]
    words = [word for word in _latin(fields.get("title", "")) if word not in _SMALL]
    year = re.search(r"\d{4}", fields.get("date", ""))
    parts = [*first, year[0] if year else "nd", *words[:1]]
    name = "".join(parts)
    return name if KEY.fullmatch(name) else ""


def _latin(text: str) -> list[str]:
    """Return the words of *text* in lower-case ASCII letters, as far as it has such."""
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain_text)


def to_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return the entry; *fields* are by the names of options, empty ones are left out.

    Raises :class:`DraftError` for a value that BibTeX cannot hold as it is.
    """
    rows = {name: value for name, value in _rows(kind, fields) if value}
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in rows.items())
    text = f"@{kind}{{{key},\n{body}\n}}\n"
    _require_same(text, key, kind, fields)
    return text


def _rows(kind: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the fields of the entry in the order of refs.bib, escaped."""
    date = fields.get("date", "")
    point = parse_edtf(date).start if date else None
    people = [_name(person) for person in fields.get("author", "").split(";") if person.strip()]

    def said(name: str) -> str:
        return _escaped(fields.get(name, ""))

    return [
        ("author", " and ".join(people)),
        ("title", f"{{{said('title')}}}"),
        (_CONTAINER.get(kind, "howpublished"), said("container")),
        (_PUBLISHER.get(kind, "organization"), said("publisher")),
        ("volume", said("volume")),
        ("number", said("number")),
        ("pages", said("pages")),
        ("year", str(point.year) if point else UNDATED),
        ("month", MONTHS[point.month - 1] if point and point.month else ""),
        ("day", str(point.day) if point and point.day else ""),
        ("date", date),
        ("url", fields.get("url", "")),
        ("doi", fields.get("doi", "")),
        ("urldate", fields.get("read", "")),
        ("langid", fields.get("lang", "")),
        ("x-grade", fields.get("grade", "")),
        ("x-country", fields.get("country", "")),
        ("x-owner", fields.get("owner", "")),
        ("x-seen", fields.get("seen", "")),
        ("x-title-latin", said("title-latin")),
        ("x-title-en", said("title-en")),
        ("note", said("note")),
    ]


def _name(person: str) -> str:
    """Return a name as BibTeX parts it: ``Family, Given``; one without a comma is an organisation, in braces."""
    bare = person.strip().removeprefix("{").removesuffix("}")
    return _escaped(bare) if "," in bare and not person.strip().startswith("{") else f"{{{_escaped(bare)}}}"


def _escaped(value: str) -> str:
    """Return *value* with the signs that mean something to BibTeX and TeX escaped."""
    return "".join(_SPECIAL.get(character, character) for character in value)


def _require_same(text: str, key: str, kind: str, fields: Mapping[str, str]) -> None:
    """Raise :class:`DraftError` where the entry *text* reads otherwise than it was given."""
    try:
        entries = parse_string(text, "bibtex").entries
    except (PybtexSyntaxError, BibliographyDataError) as error:
        raise DraftError(f"BibTeX cannot read the entry back ({' '.join(str(error).split())})") from None
    if list(entries) != [key] or entries[key].type != kind:
        raise DraftError("a field ends the entry; take the braces and quotation marks out of it")
    read = entries[key].fields
    wanted = {"title": "title", "title-latin": "x-title-latin", "title-en": "x-title-en", "note": "note"}
    wanted |= {"container": _CONTAINER.get(kind, "howpublished"), "publisher": _PUBLISHER.get(kind, "organization")}
    for name, field in wanted.items():
        given = " ".join(fields.get(name, "").split())
        try:
            found = plain(read.get(field, ""))
        except PybtexSyntaxError:
            found = ""
        if given and found != given:
            raise DraftError(f"--{name} reads back as ‘{found}’; take braces and double signs out of it")
    for name in ("url", "doi", "lang"):
        if read.get({"lang": "langid"}.get(name, name), "") != fields.get(name, ""):
            raise DraftError(f"--{name} holds what an entry cannot; mend it")


def place_entry(file: SourceFile, key: str, entry: str) -> SourceFile:
    """Return *file* with *entry* in the order of the keys, where the others keep one, or else at its end."""
    lines = entry_lines(file.text.replace("\r\n", "\n"))
    keys = list(lines)
    if keys == sorted(keys, key=str.casefold):
        later = next((name for name in keys if name.casefold() > key.casefold()), None)
        if later is not None:
            return file.with_block(lines[later] - 1, entry)
    return file.with_block(len(file.lines), entry)
