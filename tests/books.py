"""An EPUB taken apart again, by no means of its writer: the archive, its package document, its pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from bs4 import BeautifulSoup, Tag

from conftest import Built


class Book:
    """The EPUB at *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with ZipFile(path) as archive:
            self.infos = archive.infolist()
            self.files = {info.filename: archive.read(info) for info in self.infos}

    @cached_property
    def package(self) -> BeautifulSoup:
        return BeautifulSoup(self.files["content.opf"], "xml")

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """The pages by name, read as XML: a page that is none has no text here."""
        return {name: BeautifulSoup(data, "xml") for name, data in self.files.items() if name.endswith(".xhtml")}

    def named(self, ending: str) -> BeautifulSoup:
        """The one page whose name has this ending."""
        (found,) = (page for name, page in self.pages.items() if name.endswith(ending))
        return found

    def fact(self, name: str) -> str:
        """The one element of Dublin Core of this name."""
        (found,) = self.package.find_all(name)
        return found.get_text()

    def meta(self, name: str) -> list[str]:
        """The values of a property of the package."""
        return [found.get_text() for found in self.package.find_all("meta", property=name)]

    @cached_property
    def text(self) -> str:
        """All text of the pages, each run of white space as one space."""
        return " ".join(" ".join(page.get_text(" ") for page in self.pages.values()).split())

    def select(self, selector: str) -> Iterator[Tag]:
        """All elements that a CSS selector finds, in whatever page."""
        for page in self.pages.values():
            yield from page.select(selector)

    def broken_links(self) -> list[str]:
        """The links and references within the book that lead nowhere."""
        ids = {name: {str(found["id"]) for found in page.find_all(id=True)} for name, page in self.pages.items()}
        broken = []
        for name, page in self.pages.items():
            for element in page.find_all(["a", "img", "link"]):
                link = str(element.get("href") or element.get("src") or "")
                parts = urlsplit(link)
                if parts.scheme:
                    continue
                target = normpath(str(PurePosixPath(name).parent / unquote(parts.path))) if parts.path else name
                if target not in self.files or (parts.fragment and parts.fragment not in ids[target]):
                    broken.append(f"{name}: {link}")
        return broken


def book_of(built: Built) -> Book:
    """The EPUB that was built."""
    (path,) = built.out.glob("[!.]*.epub")
    return Book(path)
