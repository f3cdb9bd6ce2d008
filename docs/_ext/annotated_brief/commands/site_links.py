"""The links inside a built site: does each lead to a page, and to a place on it?"""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .findings import Finding

ADDRESSES = ("href", "src")


class Page(HTMLParser):
    """The ids of one page and the links out of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element offers and where it leads."""
        for name, value in attrs:
            if value and (name == "id" or (tag == "a" and name == "name")):
                self.ids.add(value)
            elif value and name in ADDRESSES:
                self.links.append((self.getpos()[0], value))


def find_dead_links(site: Path, shown_as: str) -> list[Finding]:
    """Return every link in a site that leads to no file of it, or to no id."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    findings = []
    for path, page in pages.items():
        for line, link in page.links:
            if why := explain_dead_link(site, path, link, pages):
                shown = f"{shown_as}/{path.relative_to(site).as_posix()}"
                findings.append(Finding(path=shown, line=line, code="links.inner", message=f"{link}: {why}"))
    return findings


def explain_dead_link(site: Path, path: Path, link: str, pages: dict[Path, Page]) -> str | None:
    """Return why a link is dead; None for a good one and for one to another site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return "begins at the root of the host, where the site need not stand"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_relative_to(site.resolve()):
        return "leads out of the site"
    if target.is_dir():
        target /= "index.html"
    if not target.exists():
        return "no such file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "no such id on that page"
    return None
