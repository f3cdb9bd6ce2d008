"""What catalogues and pages say of a source: by DOI, by ISBN, by address."""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import quote

from ..model.json_text import parse_json
from .client import Client

DOI, BOOKS = "https://doi.org", "https://openlibrary.org"


class Catalogue(Protocol):
    """Something that knows sources. Each method raises OSError where nobody answers, ValueError for a strange answer."""

    async def work(self, doi: str) -> Any:
        """Return what is registered for *doi*, as CSL-JSON."""
        ...

    async def book(self, isbn: str) -> Any:
        """Return what is known of the book *isbn*, as Open Library writes it; None where it is not known."""
        ...

    async def page(self, url: str) -> bytes:
        """Return the page at *url*."""
        ...


class WebCatalogue:
    """The resolver of the DOI foundation, which hands on to every registry; Open Library; and the web itself."""

    def __init__(self, client: Client, doi: str = DOI, books: str = BOOKS) -> None:
        self._client, self._doi, self._books = client, doi, books

    async def work(self, doi: str) -> Any:
        """Return what is registered for *doi*, by content negotiation."""
        address = f"{self._doi}/{quote(doi, safe='/')}"
        return parse_json(await self._client.fetch(address, "application/vnd.citationstyles.csl+json"))

    async def book(self, isbn: str) -> Any:
        """Return what Open Library knows of the book *isbn*."""
        query = f"bibkeys=ISBN:{isbn}&format=json&jscmd=data"
        found = parse_json(await self._client.fetch(f"{self._books}/api/books?{query}", "application/json"))
        return found.get(f"ISBN:{isbn}") if isinstance(found, dict) else None

    async def page(self, url: str) -> bytes:
        """Return the page at *url*."""
        return await self._client.fetch(url, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
