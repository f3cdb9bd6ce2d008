"""From what catalogues and pages say of a source to the fields of an entry of ``refs.bib``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from trafilatura.metadata import extract_metadata

from .copies import CopyError, decode

Facts = dict[str, str]  # by the names of the options of `brief new source`; none is empty
_TYPES = {
    "article-journal": "article",
    "article": "article",
    "journal-article": "article",
    "book": "book",
    "monograph": "book",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
    "post-weblog": "online",
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def facts_of_work(found: Any) -> Facts:
    """Return the facts of a work in CSL-JSON; raises :class:`ValueError` where it is none."""
    if not isinstance(found, dict) or not _said(found.get("title")):
        raise ValueError("the catalogue gives no title")
    people = found.get("author") or found.get("editor") or []
    return _kept(
        {
            "type": _TYPES.get(str(found.get("type", "")), "misc"),
            "author": "; ".join(filter(None, map(_person, people if isinstance(people, list) else []))),
            "title": ": ".join(filter(None, [_said(found.get("title")), _said(found.get("subtitle"))])),
            "container": _said(found.get("container-title")),
            "publisher": _said(found.get("publisher")),
            "date": _parts(found.get("issued")),
            "volume": _said(found.get("volume")),
            "number": _said(found.get("issue")),
            "pages": _said(found.get("page")).replace("-", "--"),
            "doi": _said(found.get("DOI")),
            "lang": _said(found.get("language")),
        }
    )


def facts_of_book(found: Any) -> Facts:
    """Return the facts of a book as Open Library writes them; raises :class:`ValueError` where it knows none."""
    if not isinstance(found, dict) or not _said(found.get("title")):
        raise ValueError("the catalogue does not know the book")

    def names(key: str) -> list[str]:
        listed = found.get(key)
        return (
            [_said(item.get("name")) for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        )

    return _kept(
        {
            "type": "book",
            "author": "; ".join(map(_inverted, names("authors"))),
            "title": ": ".join(filter(None, [_said(found.get("title")), _said(found.get("subtitle"))])),
            "publisher": next(iter(names("publishers")), ""),
            "date": _read_date(_said(found.get("publish_date"))),
        }
    )


def facts_of_page(data: bytes, url: str) -> Facts:
    """Return what the page at *url* says of itself; raises :class:`ValueError` where it says no title."""
    try:
        text = decode(data)
    except CopyError as error:
        raise ValueError(f"the page cannot be read: {error}") from None
    found = extract_metadata(text, default_url=url, extensive=False)
    title = _said(getattr(found, "title", ""))
    if not title:
        raise ValueError("the page gives no title")
    lang = re.search(r"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z-]{2,12})", text[:5000])
    return _kept(
        {
            "type": "online",
            "author": "; ".join(_inverted(name.strip()) for name in _said(found.author).split(";") if name.strip()),
            "title": title,
            "publisher": _said(found.sitename),
            "date": _read_date(_said(found.date)),
            "url": url,
            "lang": lang[1].partition("-")[0].lower() if lang else "",
        }
    )


def _kept(facts: Facts) -> Facts:
    """Return those of *facts* that say something."""
    return {key: value for key, value in facts.items() if value}


def _said(value: Any) -> str:
    """Return a value as one line of text: of a list the first, of anything else that is no text or number nothing."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(re.sub("<[^>]*>", "", str(value)).split()) if isinstance(value, str | int) else ""


def _person(found: Any) -> str:
    """Return a name of CSL: ``Family, Given``, or that of an organisation in braces."""
    if not isinstance(found, dict):
        return ""
    literal = _said(found.get("literal")) or _said(found.get("name"))
    if literal:
        return f"{{{literal}}}"
    family = " ".join(filter(None, [_said(found.get("non-dropping-particle")), _said(found.get("family"))]))
    return ", ".join(filter(None, [family, _said(found.get("given"))]))


def _inverted(name: str) -> str:
    """Return a name that is written in its usual order, family name last, as ``Family, Given``."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given and "," not in name else name


def _parts(issued: Any) -> str:
    """Return a date of CSL in EDTF, or nothing."""
    try:
        numbers = [int(part) for part in issued["date-parts"][0] if part][:3]
        dt.date(*(numbers[:1] + [*numbers[1:], 1, 1][:2]))
    except (LookupError, TypeError, ValueError, OverflowError):
        return ""
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _read_date(text: str) -> str:
    """Return a date as catalogues write it (``2014-08-29``, ``August 29, 2014``, ``2014``) in EDTF, or nothing."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    year = re.search(r"\b\d{4}\b", text)
    month = re.search(r"[A-Za-z]{3,}", text)
    number = _MONTHS.get(month[0][:3].lower(), 0) if month else 0
    day = re.search(r"\b(\d{1,2})\b(?!\d)", text)
    if year is None:
        return ""
    return _parts({"date-parts": [[int(year[0]), number or None, int(day[1]) if day and number else None]]})
