"""From the entries of ``refs.bib`` to :class:`~annotated_brief.model.records.Source` records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any, TypeVar

from pybtex.database import BibliographyDataError, Entry, InvalidNameString, parse_file
from pybtex.plugin import find_plugin
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError

from ..diagnostics import Code, Diagnostic
from ..model.address import is_web_address
from ..model.dates import DateError, parse_edtf
from ..model.imprint import Imprint, PersonName
from ..model.records import Location, Source
from ..model.text import shortened
from ..model.vocabulary import Described, Grade, Owner

TYPES = (
    "article",
    "book",
    "incollection",
    "mastersthesis",
    "misc",
    "online",
    "phdthesis",
    "techreport",
)
UNDATED = "n.d."  # what `year` says of a source that bears no date
_PUBLISHERS = ("journal", "organization", "institution", "publisher", "school", "howpublished")
_ENTRY = re.compile(r"^\s*@(\w+)\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)
_ADDRESSES = ("url", "doi")
_WITHOUT_MARKUP = re.compile(
    r"(?! )(?:[^\W_]|[,.;:()/?!]| (?! )|-(?!-))*"
)  # what the decoder, which is slow, gives back as it is
_COMMENT = re.compile(r"(?<!\\)%")
_PLAIN = find_plugin("pybtex.backends", "plaintext")()
_Word = TypeVar("_Word", bound=Described)


class BibliographyError(ValueError):
    """A BibTeX file that cannot be parsed; the message is ``line: what is wrong``."""


def parse_bibliography(path: Path) -> Mapping[str, Entry]:
    """Return the entries of the BibTeX file *path* by key; raises :class:`BibliographyError`."""
    try:
        path.read_text("utf-8")  # of bytes that are no text pybtex does not tell the place
        entries: Mapping[str, Entry] = parse_file(str(path), bib_format="bibtex").entries
    except PybtexSyntaxError as error:
        what = str(error).partition(": ")[2] or str(error)
        raise BibliographyError(f"{error.lineno}: {' '.join(what.split())}; mend the entry before it") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise BibliographyError(f"{line}: it is not in UTF-8; save it as UTF-8") from None
    except InvalidNameString as error:
        name = str(error).partition("'")[2].partition(",")[0]
        raise BibliographyError(f"{_line_of(path, name)}: {shortened(error)}; join people by ‘ and ’") from None
    except BibliographyDataError as error:
        key = str(error).rpartition(" ")[2]
        lines = [
            number
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if re.match(rf"\s*@\w+\s*\{{\s*{re.escape(key)}\s*,", line, re.IGNORECASE)
        ]
        raise BibliographyError(f"{lines[-1] if lines else 1}: {error}; give it a key of its own") from None
    return entries


def _line_of(path: Path, words: str) -> int:
    """Return the first line of *path* that has *words*, counted from 1; 1 where they go over a line end."""
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)


def entry_lines(text: str) -> dict[str, int]:
    """Return the line, counted from 1, on which each entry of a BibTeX *text* begins."""
    return {key: line for line, key in _entries(text)}


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and key of each entry of a BibTeX *text*."""
    line, done = 1, 0
    for match in _ENTRY.finditer(text):
        line, done = line + text.count("\n", done, match.start(1)), match.start(1)
        yield line, match[2]


def _repeated(text: str, shown: str) -> Iterator[Diagnostic]:
    """Yield a finding for each entry of a BibTeX *text* whose key, whatever its case, an earlier one has.

    BibTeX knows one entry a key: what follows a second one may not be read at all.
    """
    first: dict[str, int] = {}
    for line, name in _entries(text):
        key = name.casefold()
        if key in first:
            yield Diagnostic(
                code=Code.DUPLICATE_ID,
                message=f"the key ‘{name}’ is already used at {shown}:{first[key]}",
                location=Location(path=shown, line=line),
                hint="give one of the two another key, or make them one entry",
            )
        first.setdefault(key, line)


def load_sources(
    entries: Mapping[str, Entry], path: Path, shown: str
) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """Return the records of *entries*, parsed from the file *path*, and the faults found.

    *shown* is the path to print. Records come in the order of their keys. Labels are author–year, told apart by
    letters.
    """
    text = path.read_text("utf-8")
    lines = entry_lines(text)
    problems = list(_repeated(text, shown))
    drafts = []
    for key, entry in sorted(entries.items(), key=lambda item: item[0].casefold()):
        location = Location(path=shown, line=lines.get(key, 0))
        problems += _check_entry(key, entry, location)
        drafts.append((key, entry, location))
    labels = short_labels((key, entry) for key, entry, _ in drafts)
    sources = tuple(_source(key, entry, location, labels[key]) for key, entry, location in drafts)
    return sources, tuple(problems)


@cache  # labels, styles and records ask for the same fields, and the decoder is slow
def plain(value: str) -> str:
    """Return a BibTeX *value* without its markup: braces, escapes, ``--`` and ``'`` resolved, as TeX would set them.

    A bare ``%``, which is a finding, stays a letter here: what it would hide may close a brace.
    """
    return value if _WITHOUT_MARKUP.fullmatch(value) else _decoded(value)


def _decoded(value: str) -> str:
    return str(Text.from_latex(_COMMENT.sub(r"\\%", value)).render(_PLAIN)).replace("'", "’")


def _persons(entry: Entry) -> list[Any]:
    return list(entry.persons.get("author") or entry.persons.get("editor") or [])


def _name(person: Any) -> PersonName:
    """Return a name in its two parts."""
    return PersonName(
        family=plain(" ".join(person.prelast_names + person.last_names)),
        given=plain(" ".join(person.first_names + person.middle_names)),
    )


def _publisher(entry: Entry, names: Iterable[str] = _PUBLISHERS) -> str:
    return next((plain(entry.fields[name]) for name in names if name in entry.fields), "")


def _imprint(entry: Entry) -> Imprint:
    """Return what reference managers want to know of one entry."""

    def field(name: str) -> str:
        return plain(entry.fields.get(name, ""))

    return Imprint(
        authors=tuple(map(_name, entry.persons.get("author", []))),
        editors=tuple(map(_name, entry.persons.get("editor", []))),
        container=field("journal") or field("booktitle"),
        publisher=_publisher(entry, _PUBLISHERS[1:]),
        place=field("address"),
        volume=field("volume"),
        number=field("number"),
        pages=field("pages"),
        genre=field("type"),
        title_en=field("x-title-en"),
    )


def _short_author(entry: Entry) -> str:
    """Return the family names of the authors, or the publisher, or the first words of the title."""
    families = [str(_name(person)).partition(",")[0] for person in _persons(entry)]
    if len(families) > 2:
        return f"{families[0]} et al."
    if families:
        return " and ".join(families)
    return _publisher(entry) or " ".join(plain(entry.fields.get("title", "")).split()[:4])


def short_labels(entries: Iterable[tuple[str, Entry]]) -> dict[str, str]:
    """Return a unique author–year label for each key; equal ones get a, b, c … in key order."""
    bare = {key: f"{_short_author(entry)} {entry.fields.get('year', UNDATED)}" for key, entry in entries}
    totals, given = Counter(bare.values()), Counter[str]()
    labels = {}
    for key, label in bare.items():
        suffix = ""
        if totals[label] > 1:
            index = given[label]
            given[label] += 1
            suffix = ascii_lowercase[index] if index < 26 else f"-{index + 1}"
        labels[key] = label + suffix
    return labels


def _word(words: type[_Word], value: str, default: _Word) -> _Word:
    """Return the member of *words* that *value* names, or *default*."""
    return next((word for word in words if word == value), default)


def _source(key: str, entry: Entry, location: Location, label: str) -> Source:
    """Return the record of one entry."""
    fields = entry.fields
    address = fields.get("url", "")
    return Source(
        id=key,
        type=entry.type,
        label=label,
        title=plain(fields.get("title", "")),
        title_latin=plain(fields.get("x-title-latin", "")),
        authors=tuple(str(_name(person)) for person in _persons(entry)),
        publisher=_publisher(entry),
        date=fields.get("date", ""),
        url=address if is_web_address(address) else "",
        doi=fields.get("doi", ""),
        note=plain(fields.get("note", "")),
        lang=fields.get("langid", ""),
        grade=_word(Grade, fields.get("x-grade", ""), Grade.REPOST),
        country=fields.get("x-country", "unknown"),
        owner=_word(Owner, fields.get("x-owner", ""), Owner.UNKNOWN),
        seen=fields.get("x-seen") == "yes",
        read=fields.get("urldate", ""),
        imprint=_imprint(entry),
        location=location,
    )


def _check_entry(key: str, entry: Entry, location: Location) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each field of an entry that is missing or outside its closed list."""
    for message, hint in (*_missing(entry), *_outside(entry), *_misdated(entry), *_commented(entry)):
        yield Diagnostic(code=Code.BAD_SOURCE, message=f"‘{key}’: {message}", location=location, hint=hint)


def _missing(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield message and hint for each field that every entry needs."""
    for field in ("title", "year", "date", "langid", "x-grade", "x-country", "x-owner", "x-seen"):
        undated = field == "date" and entry.fields.get("year") == UNDATED
        if not entry.fields.get(field) and not undated:
            yield f"the field ‘{field}’ is missing", f"add {field} = {{…}}"
    if entry.fields.get("x-seen") == "yes" and not entry.fields.get("urldate"):
        yield "a source that was read has no ‘urldate’", "add the month it was read in"


def _outside(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield message and hint for each value outside its closed list."""
    if entry.type not in TYPES:
        yield f"the entry type @{entry.type} is not in the list", f"use {', '.join(TYPES)}"
    for field, words in (("x-grade", Grade), ("x-owner", Owner)):
        value = entry.fields.get(field, "")
        if value and value not in set(words):
            yield f"{field} ‘{value}’ is not in the word list", f"use {words.words()}"
    url = entry.fields.get("url", "")
    if url and not is_web_address(url):
        yield f"the address ‘{url}’ is not one of the web", "give it as a browser shows it: https://, host and path"


def _commented(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield message and hint for each field of text in which LaTeX would take the rest for a comment."""
    for field, value in entry.fields.items():
        if field not in _ADDRESSES and _COMMENT.search(value):
            yield f"the field ‘{field}’ has a bare %, after which LaTeX reads nothing", "write \\%"


def _misdated(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield message and hint for a date that is impossible, or differs from the year."""
    date, year = entry.fields.get("date", ""), entry.fields.get("year", "")
    if not date:
        return
    try:
        start = parse_edtf(date).start
    except DateError as error:
        yield f"date: {error}", "write an EDTF date such as 2014-08-29"
        return
    if start and year and str(start.year) != year:
        yield f"date {date} and year {year} differ", "make them agree"
