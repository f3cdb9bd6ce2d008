"""CSL-JSON (schema 1.0.2 of the Citation Style Language), and the items that all forms of citation are made from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..model.citing import text_hash
from ..model.corpus import Corpus
from ..model.dates import DateError, EdtfDate, Point, parse_edtf
from ..model.imprint import PersonName
from ..model.records import Annotation, Brief, Source
from .site import Site

PUBLISHER = "The annotated-brief contributors"
Item = dict[str, Any]  # a CSL item, with the names of the standard

_TYPES = {  # from entry types of BibTeX
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "online": "webpage",
}
_GENRES = {"mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis"}


def to_csl(items: Iterable[Item]) -> str:
    """Return *items* as CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def note_item(note: Annotation, brief: Brief, site: Site) -> Item:
    """Return *note* as an item; the hash of its text tells which state of it was cited."""
    return _full(
        {
            "id": note.id,
            "type": "entry",
            "author": [{"literal": PUBLISHER}],
            "title": f"Note {note.number}: {note.headline}",
            "container-title": f"{site.name}: {brief.title}",
            "issued": date_variable(note.checked),
            "URL": site.note(note),
            "language": "en",
            "note": f"{note.verdict}; checked {note.checked.source}; text {text_hash(note)}; id {note.id}",
        }
    )


def edition_item(corpus: Corpus, brief: Brief, site: Site) -> Item:
    """Return the edition of *brief* as an item, dated by the last of its checks."""
    checks = [note.checked for note in corpus.annotations_of(brief.docname)]
    work = brief.work
    return _full(
        {
            "id": brief.slug,
            "type": "webpage",
            "author": [{"literal": PUBLISHER}],
            "title": brief.title,
            "container-title": site.name,
            "issued": date_variable(max(checks, key=EdtfDate.last_day)) if checks else None,
            "URL": site.citation(brief.docname),
            "language": "en",
            "note": f"Annotated restatement of: {work.author}, “{work.title}”, {work.container}, {work.issued}",
        }
    )


def source_item(source: Source) -> Item:
    """Return *source* as an item."""
    imprint = source.imprint
    is_page = source.type == "online"
    notes = [source.note, _said("Title in Latin letters", source.title_latin), _said("In English", imprint.title_en)]
    return _full(
        {
            "id": source.id,
            "type": _TYPES.get(source.type, "document"),
            "author": list(map(_name, imprint.authors)),
            "editor": list(map(_name, imprint.editors)),
            "title": source.title,
            "container-title": imprint.container or (imprint.publisher if is_page else ""),
            "publisher": "" if is_page else imprint.publisher,
            "publisher-place": imprint.place,
            "volume": imprint.volume,
            "issue" if source.type == "article" else "number": imprint.number,
            "page": imprint.pages,
            "genre": imprint.genre or _GENRES.get(source.type, ""),
            "issued": _parsed(source.date),
            "accessed": _parsed(source.read),
            "DOI": source.doi,
            "URL": source.url,
            "language": source.lang,
            "note": ". ".join(filter(None, notes)),
        }
    )


def date_variable(date: EdtfDate) -> dict[str, Any]:
    """Return *date* as a CSL date; what CSL cannot say, an open end, is put in words."""
    if date.start is None or date.end is None:
        return {"literal": date.text()}
    points = [date.start, date.end] if date.is_interval else [date.start]
    about = any(point.qualifier for point in points)
    return {"date-parts": [_date_parts(point) for point in points]} | ({"circa": True} if about else {})


def _date_parts(point: Point) -> list[int]:
    return [part for part in (point.year, point.month, point.day) if part]


def _parsed(source: str) -> dict[str, Any] | None:
    """Return the date that *source* writes in EDTF; one that is wrong, which the checks report, is kept in words."""
    try:
        return date_variable(parse_edtf(source)) if source else None
    except DateError:
        return {"literal": source}


def _name(name: PersonName) -> dict[str, str]:
    """Return a name variable; a body is literal."""
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _said(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _full(item: Item) -> Item:
    """Return *item* without its empty variables."""
    return {name: value for name, value in item.items() if value}
