"""How a source is printed: a pybtex style that reads ``langid``, and author–year labels.

Registered as ``brief`` for formatting, sorting and labels, so that ``{bibliography}`` and ``{cite:t}`` of
sphinxcontrib-bibtex print the same short forms as the evidence of an annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pybtex.plugin
from pybtex.database import Entry
from pybtex.richtext import HRef, Tag, Text
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node, node
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.template import entry_label, join, reference

from ..model.address import is_web_address
from ..model.dates import DateError, parse_edtf
from ..reading.sources import TYPES, UNDATED, plain, short_labels

_AND = {"ru": "и", "be": "і", "kk": "және", "uk": "і", "de": "und", "fr": "et", "it": "e", "es": "y"}
_PLACES = ("journal", "booktitle", "organization", "institution", "school", "publisher", "howpublished")
_DETAILS = (("volume", "vol. "), ("number", "no. "), ("pages", "pp. "))


def _name(person: Any) -> str:
    """Return a name in reading order."""
    parts = person.first_names + person.middle_names + person.prelast_names + person.last_names
    return plain(" ".join([*parts, *person.lineage_names]))


def _people(entry: Entry) -> str:
    """Return the authors, or the editors, joined in the language of the text."""
    people = [_name(p) for p in entry.persons.get("author") or entry.persons.get("editor") or ()]
    word = _AND.get(entry.fields.get("langid", "en").partition("-")[0], "and")
    if len(people) < 2:
        return "".join(people)
    return f"{', '.join(people[:-1])} {word} {people[-1]}"


def _date(entry: Entry) -> str:
    """Return the date in words; the year where the date is no EDTF."""
    try:
        return parse_edtf(entry.fields.get("date", "")).text()
    except DateError:
        return str(entry.fields.get("year", UNDATED))


@node  # type: ignore[untyped-decorator]  # pybtex has no types
def whole_entry(children: list[Any], data: dict[str, Any]) -> Text:
    """Format all of an entry: people, title, place, date, address, note."""
    entry: Entry = data["entry"]
    fields = entry.fields
    title = Tag("em", plain(fields.get("title", "")))
    latin = plain(fields.get("x-title-latin", ""))
    gloss = plain(fields.get("x-title-en", ""))
    head: list[Any] = [[people, ". "] if (people := _people(entry)) else [], [title]]
    head.append([f" [{'; '.join(filter(None, [latin, gloss]))}]"] if latin or gloss else [])
    places = [plain(fields[place]) for place in _PLACES if fields.get(place)]
    details = [word + plain(fields[name]) for name, word in _DETAILS if fields.get(name)]
    tail = ", ".join([*places, *details, _date(entry)])
    parts: list[Any] = [part for group in head for part in group] + [". ", tail.rstrip("."), "."]
    if fields.get("doi"):
        address = f"https://doi.org/{fields['doi']}"
        parts += [" ", HRef(address, f"doi:{fields['doi']}"), "."]
    if is_web_address(fields.get("url", "")):
        parts += [" ", HRef(fields["url"], fields["url"])]
    if fields.get("note"):
        parts += [" ", plain(fields["note"]).rstrip("."), "."]
    return Text(*parts)


class BriefStyle(UnsrtStyle):  # type: ignore[misc]  # pybtex has no types
    """One layout for every entry type of the closed list."""

    default_sorting_style = "brief"
    default_label_style = "brief"

    def entry_template(self, entry: Entry) -> Node:
        """Return the layout of *entry*."""
        return whole_entry()


for _type in TYPES:
    setattr(BriefStyle, f"get_{_type}_template", BriefStyle.entry_template)


class BriefLabelStyle(BaseLabelStyle):  # type: ignore[misc]
    """Author and year, told apart by letters."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the label of each entry; letters follow the order of the keys."""
        entries = {entry.key: entry for entry in sorted_entries}
        labels = short_labels(sorted(entries.items(), key=lambda item: item[0].casefold()))
        yield from (labels[key] for key in entries)


class BriefSortingStyle(BaseSortingStyle):  # type: ignore[misc]
    """By label, without regard to case."""

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries in the order of their labels."""
        by_key = sorted(((entry.key, entry) for entry in entries), key=lambda item: item[0].casefold())
        labels = short_labels(by_key)
        return sorted((entry for _, entry in by_key), key=lambda e: (labels[e.key].casefold(), e.key))


@dataclass
class LabelStyle(BaseReferenceStyle):
    """A citation in running text: the label, linked, whatever the role."""

    def role_names(self) -> Iterable[str]:
        """All roles of sphinxcontrib-bibtex that print a whole citation."""
        return ["p", "ps", "t", "ts", "ct", "cts", "alp", "alps", "label", "labelpar"]

    def outer(self, role_name: str, children: list[Any]) -> Node:
        """Several citations are separated by semicolons; the parenthetical roles add brackets."""
        joined = join(sep="; ")[children]
        return join["(", joined, ")"] if role_name in {"p", "ps", "labelpar"} else joined

    def inner(self, role_name: str) -> Node:
        """One citation."""
        return reference[entry_label]


@dataclass
class BriefReferenceStyle(GroupReferenceStyle):
    """Citations in running text by author–year label."""

    styles: list[BaseReferenceStyle] = field(default_factory=lambda: [LabelStyle()])


def register_styles() -> None:
    """Make the styles known to pybtex and sphinxcontrib-bibtex under the name ``brief``."""
    for group, style in (
        ("pybtex.style.formatting", BriefStyle),
        ("pybtex.style.labels", BriefLabelStyle),
        ("pybtex.style.sorting", BriefSortingStyle),
    ):
        pybtex.plugin.register_plugin(group, "brief", style)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "brief", BriefReferenceStyle)
