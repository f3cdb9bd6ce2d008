"""``sitemap.xml``: the addresses of all pages, for search engines (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ..model.text import visible
from .identifiers import uri

PATH = "sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def to_sitemap(base: str, pages: Iterable[str]) -> bytes:
    """Return the sitemap of the *pages*, paths below the site at *base*; when each changed is left to its server."""
    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap={None: NAMESPACE})
    for page in pages:
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = visible(uri(f"{base}{page}"))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"
