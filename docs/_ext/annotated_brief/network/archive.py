"""Whether an archive holds a copy of an address that is gone."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote

from .client import Client

WAYBACK = "https://archive.org"


class Archive(Protocol):
    """Something that keeps copies of web pages."""

    async def find(self, url: str) -> str:
        """Return the address of a copy of *url*, or an empty string."""
        ...


class Wayback:
    """The Wayback Machine, by its availability API (archive.org/help/wayback_api.php)."""

    def __init__(self, client: Client, base: str = WAYBACK) -> None:
        self._client, self._base = client, base

    async def find(self, url: str) -> str:
        """Return the address of the copy nearest to today, or an empty string; an archive that fails has none."""
        try:
            found = await self._client.fetch_json(f"{self._base}/wayback/available?url={quote(url, safe='')}")
            copy = found["archived_snapshots"]["closest"]
            address = str(copy["url"]) if copy["available"] else ""
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""
        return address.replace("http://web.archive.org/", "https://web.archive.org/")


class NoArchive:
    """Asks nobody."""

    async def find(self, url: str) -> str:
        """Return an empty string."""
        return ""
