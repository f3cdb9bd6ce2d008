"""Texts that would act, in every field of an edition: every product shows them, and none is moved by them.

The measure is the same edition with words of no harm: what that one does not hold, no text may bring about.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
import rispy
from icalendar import Calendar
from lxml import etree, html
from pybtex.database import parse_string
from rdflib import Graph, Literal

import injection
from annotated_brief.model.address import is_web_address, scheme_of
from conftest import Built, run_sphinx

LINKS = {"href", "src", "srcset", "action", "formaction", "poster", "cite", "data", "target", "ref", "corresp", "url"}
DATA = "data/sample"


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The edition with words of no harm (True), and the hostile one."""
    return {plain: injection.write(tmp_path_factory.mktemp("injection"), plain=plain) for plain in (True, False)}


@pytest.fixture(scope="module")
def sites(projects: dict[bool, Path]) -> dict[bool, Built]:
    return {plain: run_sphinx(project) for plain, project in projects.items()}


@pytest.fixture(scope="module")
def hostile(sites: dict[bool, Built]) -> Built:
    return sites[False]


@pytest.fixture(scope="module")
def books(projects: dict[bool, Path], sites: dict[bool, Built]) -> dict[bool, Path]:
    return {plain: next(run_sphinx(project, "brief-epub").out.glob("*.epub")) for plain, project in projects.items()}


def shapes(roots: Iterator[Any]) -> set[tuple[str, str]]:
    """The elements below *roots* with their attributes; of what leads somewhere, the scheme."""
    found = set()
    for element in chain.from_iterable(root.iter() for root in roots):
        if isinstance(element.tag, str):
            found.add((element.tag, ""))
            for name, value in element.attrib.items():
                leads = re.split("[}:]", name)[-1] in LINKS
                found.add((element.tag, f"{name} {scheme_of(value)}" if leads else name))
    return found


def test_no_text_makes_an_element_of_the_site(sites: dict[bool, Built]) -> None:
    plain, hostile = (
        shapes(html.document_fromstring(path.read_bytes()) for path in sorted(sites[plain].out.rglob("*.html")))
        for plain in (True, False)
    )
    assert ("script", "src ") in plain
    assert ("a", "href https") in plain
    assert hostile <= plain


def test_no_text_makes_an_element_of_the_book(books: dict[bool, Path]) -> None:
    found = {}
    for plain, path in books.items():
        with ZipFile(path) as book:
            names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx", ".svg"))]
            found[plain] = shapes(etree.fromstring(book.read(name)) for name in names)
            assert "<!ENTITY" not in "".join(book.read(name).decode().partition("<html")[0] for name in names)
    assert found[False] <= found[True]


def test_every_text_is_there_to_read(hostile: Built) -> None:
    page = html.document_fromstring(hostile.page("glossary.html").encode())
    shown = [" ".join(card.text_content().split()) for card in page.find_class("brief-card")]
    for number, text in enumerate(injection.TEXTS.values()):
        assert shown[number * 2].count(" ".join(text.split())) >= 3, text


def test_what_a_page_says_to_machines_stays_data(hostile: Built) -> None:
    scripts = [
        script
        for path in hostile.out.rglob("*.html")
        for script in html.document_fromstring(path.read_bytes()).iter("script")
        if not script.get("src")
    ]
    assert {script.get("type") for script in scripts} == {"application/ld+json"}
    titles = [node.get("headline") for script in scripts for node in json.loads(script.text)["@graph"]]
    assert any(title and injection.TEXTS["script in a script"] in title for title in titles)


def test_the_search_index_holds_nothing_but_entries(hostile: Built) -> None:
    code = hostile.page("_static/entries.js")
    listed = re.fullmatch(r'"use strict";\nconst ENTRIES = (.*);\n', code, re.DOTALL)
    assert listed
    entries = json.loads(listed[1])
    assert {text for text in injection.TEXTS.values() if text == " ".join(text.split())} <= {
        entry[2] for entry in entries
    }
    assert all(not scheme_of(entry[3]) for entry in entries)


@pytest.mark.parametrize("name", ["data/changes.atom", f"{DATA}/tei.xml", "sitemap.xml"])
def test_no_text_makes_an_element_of_xml(sites: dict[bool, Built], name: str) -> None:
    plain, hostile = (shapes(iter([etree.parse(sites[plain].out / name).getroot()])) for plain in (True, False))
    assert hostile <= plain
    assert b"<!DOCTYPE" not in (sites[False].out / name).read_bytes()


def leading(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each text in JSON, with the name that it stands under."""
    if isinstance(value, dict):
        for name, found in value.items():
            yield from leading(found, name)
    elif isinstance(value, list):
        for found in value:
            yield from leading(found, key)
    elif isinstance(value, str):
        yield key, value


def test_no_text_becomes_an_address_in_json(sites: dict[bool, Built]) -> None:
    schemes: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for plain, site in sites.items():
        for path in sorted((site.out / "data").rglob("*.json*")):
            for key, value in leading(json.loads(path.read_text("utf-8"))):
                schemes[plain].setdefault(key, set()).add("" if plain and " " in value else scheme_of(value))
    addressed = {key for key, found in schemes[True].items() if "" not in found}
    assert {"id", "@id", "url", "URL", "canonical"} & addressed == {"@id", "url", "URL", "canonical"}
    assert not [key for key in addressed if not schemes[False][key] <= schemes[True][key]]


def test_no_cell_is_a_formula_and_no_text_makes_a_row(sites: dict[bool, Built]) -> None:
    for name in ("claims", "scorecard", "memberships", "timeline"):
        plain, hostile = (
            list(csv.reader(io.StringIO((sites[plain].out / DATA / f"{name}.csv").read_text("utf-8"), newline="")))
            for plain in (True, False)
        )
        assert [len(row) for row in hostile] == [len(row) for row in plain]
        assert not [cell for row in hostile for cell in row if re.match(r"[=+\-@\t\r\n]", cell)]
    notes = list(csv.DictReader(io.StringIO(sites[False].page(f"{DATA}/claims.csv"), newline="")))
    assert notes[list(injection.TEXTS).index("formula")]["claim"] == f"'{injection.TEXTS['formula']}"


def test_no_text_makes_a_record_for_reference_managers(sites: dict[bool, Built]) -> None:
    for name in ("sources", "edition"):
        plain, hostile = (
            rispy.loads((sites[plain].out / DATA / f"{name}.ris").read_bytes().decode().replace("\r\n", "\n"))
            for plain in (True, False)
        )
        assert [record["id"] for record in hostile] == [record["id"] for record in plain]
        assert all(set(new) <= {*old, "end_page"} for new, old in zip(hostile, plain, strict=True))
        assert all(is_web_address(url) for record in hostile for url in record.get("urls", ()))
        plain, hostile = (
            parse_string((sites[plain].out / DATA / f"{name}.bib").read_text("utf-8"), "bibtex").entries
            for plain in (True, False)
        )
        assert list(hostile) == list(plain)
        assert all(set(hostile[key].fields) <= set(plain[key].fields) for key in plain)
        assert all(is_web_address(entry.fields.get("url", "https://none")) for entry in hostile.values())
        assert not re.search(r"(?<!\\textbackslash\{\})\\(input|write18|href)", "".join(map(str, hostile.values())))


def test_no_text_makes_a_line_of_the_calendar(sites: dict[bool, Built]) -> None:
    plain, hostile = (
        [
            (part.name, set(part))
            for part in Calendar.from_ical((sites[plain].out / DATA / "timeline.ics").read_bytes()).walk()
        ]
        for plain in (True, False)
    )
    assert hostile == plain


def test_no_text_makes_a_triple(sites: dict[bool, Built]) -> None:
    plain, hostile = (Graph().parse(sites[plain].out / DATA / "terms.ttl") for plain in (True, False))
    assert set(hostile.predicates()) == set(plain.predicates())
    nodes = {node for triple in hostile for node in triple if not isinstance(node, Literal)}
    assert not [node for node in nodes if scheme_of(str(node)) not in {"", "http", "https", "urn"}]


def test_print_runs_nothing_and_leads_to_the_web_alone(projects: dict[bool, Path], sites: dict[bool, Built]) -> None:
    out = run_sphinx(projects[False], "brief-pdf").out
    for path in out.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            parts = [part for item in pdf.objects for part in dictionaries(item)]
            schemes = {scheme_of(str(part["/URI"])) for part in parts if "/URI" in part}
            assert "https" in schemes
            assert schemes <= {"http", "https", "mailto"}
            kinds = {str(part["/S"]) for part in parts if "/S" in part}
            assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToR"}
            assert not [part for part in parts if {"/JS", "/AA", "/OpenAction"} & set(part.keys())]


def dictionaries(item: Any) -> Iterator[Any]:
    """*item* of a PDF and what stands directly in it, as far as they are dictionaries."""
    if isinstance(item, pikepdf.Array):
        yield from chain.from_iterable(map(dictionaries, (part for part in item if not part_of_its_own(part))))
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        for part in map(item.get, item.keys()):
            if not part_of_its_own(part):
                yield from dictionaries(part)


def part_of_its_own(item: Any) -> bool:
    """Whether *item* of a PDF is an object with a number, which is looked at by itself."""
    return bool(getattr(item, "is_indirect", False))


def test_an_author_is_told(hostile: Built) -> None:
    said = hostile.warnings.read_text("utf-8")
    assert "docs/index.md:3: WARNING: ‘javascript://%0abreach()’ is no address to follow" in said
    assert re.search(r"markup\.md:3: WARNING: ‘<script>breach\(\)</script>’ is raw markup.*\[brief\.raw-markup\]", said)
    assert all(re.match(r"(\x1b\[91m)?/.+:\d+: WARNING: ", line) for line in said.splitlines()), "one line each"
