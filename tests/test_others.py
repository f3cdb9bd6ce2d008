"""The list of others' works is that of the files of the real site, EPUB and PDF."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from annotated_brief.rendering.others import PRODUCTS, load_works
from conftest import ROOT, Built
from licences import is_allowed, licence_of, load_rules

THEME = ROOT / "docs/_ext/annotated_brief/theme/static"
# Written from the records of the edition, without anything of others in it; pages and data are besides.
OURS = {
    "site": {".buildinfo", "_headers", "objects.inv", "parity.json", "_static/entries.js"},
    "epub": {
        "mimetype",
        "META-INF/container.xml",
        "content.opf",
        "toc.ncx",
        "nav.xhtml",
        "cover.xhtml",
        "cover.png",
        "_static/epub.css",
        "_static/fonts.css",
    },
    "pdf": set[str](),
}
PAGES = ("*.html", "*.xhtml", "data/*", "warnings-*.txt")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(real: Built, real_pdf: Built, real_epub: Built) -> dict[str, set[str]]:
    """What is in each product: files, and of a PDF the faces and profiles."""
    site = {path.relative_to(real.out).as_posix() for path in real.out.rglob("*") if path.is_file()}
    books = [name for path in real_epub.out.glob("[!.]*.epub") for name in ZipFile(path).namelist()]
    pdf = [name for path in real_pdf.out.glob("*.pdf") for name in carried(PdfReader(path))]
    return {"site": site, "epub": set(books), "pdf": set(pdf)}


def carried(reader: PdfReader) -> set[str]:
    """The faces and the profiles of colours in a PDF."""
    intents: Any = reader.root_object["/OutputIntents"]
    found = {str(intent.get_object()["/Info"]) for intent in intents}
    for number in {*reader.xref[0], *reader.xref_objStm}:
        thing: Any = reader.get_object(number)
        if isinstance(thing, dict) and thing.get("/Type") == "/FontDescriptor":
            found.add(str(thing["/FontName"]).removeprefix("/").partition("+")[2])
    return found


def is_ours(product: str, name: str) -> bool:
    """Whether a file is written by us, from the edition or as part of the theme."""
    own = THEME / Path(name).name
    return name in OURS[product] or any(fnmatchcase(name, page) for page in PAGES) or own.is_file()


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_file_is_ours_or_that_of_somebody_in_the_list(product: str, made: dict[str, set[str]]) -> None:
    patterns = [pattern for work in load_works() for pattern in getattr(work, product)]
    foreign = {name for name in made[product] if not is_ours(product, name)}
    assert foreign
    assert {name for name in foreign if not any(fnmatchcase(name, pattern) for pattern in patterns)} == set()


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_line_of_the_list_has_its_files(product: str, made: dict[str, set[str]]) -> None:
    patterns = {pattern for work in load_works() for pattern in getattr(work, product)}
    assert {one for one in patterns if not any(fnmatchcase(name, one) for name in made[product])} == set()


def test_a_work_has_the_licence_of_its_package() -> None:
    allowed = load_rules().shipped | {"Bitstream-Vera"}
    for work in load_works():
        assert is_allowed(work.licence, allowed), work
        if work.notice:
            assert licence_of(work.package) == work.licence


def test_the_outlines_are_said_to_be_whose_they_are() -> None:
    source = json.loads((ROOT / "docs/data/atlas.json").read_text("utf-8"))["source"]
    work = load_works()[-1]
    assert source.startswith(work.name.partition(":")[0])
    assert all(word in source for word in ("public domain", "ISC"))
    assert "world-atlas" in source
    assert "world-atlas" in work.holder


def test_the_page_shows_the_list_and_each_notice(real: Built) -> None:
    page = BeautifulSoup(real.page("contributing/licences.html"), "html.parser")
    text = " ".join(page.get_text().split())
    for work in load_works():
        assert work.name in text
        assert work.licence in text
        if work.notice:
            assert " ".join(work.notice_text().split()) in text
    assert len(page.select("pre")) == len({work.notice_text() for work in load_works() if work.notice})
