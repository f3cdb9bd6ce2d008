"""The Sphinx builder ``brief-epub``: the EPUB of Sphinx with its own pages, package document and archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import MethodType
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util.fileutil import copy_asset_file

from ...model.corpus import Corpus
from ...reading.domain import brief_domain
from ..faithful import collect_reports, compare
from ..fonts import write_book_fonts
from ..tokens import colours, tones
from ..typst.front import build_date
from .archive import write_archive
from .cover import draw_cover, title_facts
from .package import Item, identifier_of, landmarks, metadata
from .translator import EpubError, EpubTranslator
from .visitors import EPUB_VISITORS

THEME = "annotated-brief-epub"
COVER, COVER_PAGE, TITLE_PAGE = "cover.png", "epub-cover", "epub-title"
_DOCUMENTS = ("content.opf", "toc.ncx")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_OWN = Path(__file__).parent / "package"


def shown_in_xml(text: str) -> str:
    """Return *text* with every character that XML cannot hold as �."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


class EpubBuilder(Epub3Builder):
    """Writes ``<epub_basename>.epub``; pages, fonts, cover and package document stand unpacked beside it."""

    name = "brief-epub"
    epilog = "The EPUB is in %(outdir)s."
    search = False
    default_translator_class: ClassVar[type[EpubTranslator]] = EpubTranslator

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        """Return the theme of the pages and its options."""
        return THEME, {}

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield every page: what is in the archive is always of one making."""
        yield from sorted(self.env.found_docs)

    def create_translator(self, *arguments: Any) -> nodes.NodeVisitor:
        """Return a translator of the site with the visitors of the EPUB put in the place of its own."""
        translator = super().create_translator(*arguments)
        for node_class, (visit, depart) in EPUB_VISITORS.items():
            setattr(translator, f"visit_{node_class.__name__}", MethodType(visit, translator))
            setattr(translator, f"depart_{node_class.__name__}", MethodType(depart, translator))
        return translator

    def add_visible_links(self, tree: nodes.document, show_urls: str = "no") -> None:
        """Add no addresses to the text: the sources print theirs."""

    def prepare_writing(self, docnames: Any) -> None:
        """Give the templates the facts of the edition and the colours of the site."""
        super().prepare_writing(docnames)
        date = build_date(self.corpus)
        self.globalcontext |= title_facts(self.corpus, self.config, date) | {
            "lang": self.config.epub_language or "en",
            "palette": colours(),
            "tones": tones(),
            "links_checked": self.corpus.links_asked,
        }

    @cached_property
    def corpus(self) -> Corpus:
        """The records of the edition."""
        return brief_domain(self.env).corpus()

    def finish(self) -> None:
        """Write what is not a page of the text; index pages, and those that conf.py adds, are for sites."""
        self.copy_image_files()
        self.handle_finish()

    def handle_finish(self) -> None:
        """Write the front pages, the typefaces, the package document and the archive."""
        self.get_toc()
        self.build_mimetype()
        self.build_container()
        (self.outdir / COVER).write_bytes(draw_cover(self.corpus, self.config, build_date(self.corpus)))
        self.handle_page(COVER_PAGE, {"title": "Cover", "image": COVER}, "cover.html")
        self.handle_page(TITLE_PAGE, {"title": self.config.project}, "title.html")
        self.ignored_files = []  # Sphinx leaves these out of its contents
        self.build_navigation_doc()
        items = list(self._items())
        self.build_package(items)
        self.build_toc()
        self._check([*_DOCUMENTS, *(item.href for item in items if item.href.endswith(self.out_suffix))])
        names = ["META-INF/container.xml", *_DOCUMENTS, *(item.href for item in items)]
        write_archive(Path(self.outdir), names, f"{self.config.epub_basename}.epub")
        compare(self, self.corpus, {EpubTranslator.product: collect_reports(self, self.env.all_docs)})

    def _items(self) -> Iterator[Item]:
        """Yield all files of the package: first what is read, in the order of reading, then what the pages use."""
        listed = dict.fromkeys(node["refuri"] for node in self.refnodes if "#" not in node["refuri"])
        pages = [f"{docname}{self.out_suffix}" for docname in sorted(self.env.all_docs)]
        yield Item(href=f"{COVER_PAGE}{self.out_suffix}", linear=True)
        yield Item(href=f"{TITLE_PAGE}{self.out_suffix}", linear=True)
        yield Item(href="nav.xhtml", properties="nav", linear=True)
        for page in [*listed, *(page for page in pages if page not in listed)]:
            drawn = "<svg " in (self.outdir / page).read_text("utf-8")
            yield Item(href=page, properties="svg" if drawn else "", linear=page in listed)
        texts = [self.outdir / page for page in (*pages, "nav.xhtml", f"{TITLE_PAGE}{self.out_suffix}")]
        fonts = write_book_fonts(self.outdir / "_static", texts)
        yield from (Item(href=f"_static/{name}") for name in ("epub.css", "fonts.css", *fonts))
        yield from (Item(href=f"_images/{name}") for name in sorted(set(self.images.values())))
        yield Item(href=COVER, properties="cover-image")

    def _check(self, names: Iterable[str]) -> None:
        """Show what XML cannot hold as �, and refuse documents that are not well-formed: no reader would open them."""
        for name in names:
            path = Path(self.outdir) / name
            text = path.read_text("utf-8")
            shown = shown_in_xml(text)
            if shown != text:
                path.write_text(shown, encoding="utf-8")
            try:
                ET.fromstring(shown.encode())  # noqa: S314  # text of our own making
            except ET.ParseError as error:
                raise EpubError(f"{name} is not well-formed: {error}") from error

    def build_package(self, items: list[Item]) -> None:
        """Write the package document: what the edition is, whom it suits, its files and their order."""
        context = {
            "items": items,
            "progression": "rtl" if self.config.epub_writing_mode == "vertical" else "ltr",
            **metadata(self.corpus, self.config, build_date(self.corpus)),
        }
        copy_asset_file(_OWN / "content.opf.jinja", self.outdir, context=context, force=True)

    def build_navigation_doc(self) -> None:
        """Write the contents and the landmarks."""
        pages = {page: f"{page}{self.out_suffix}" for page in (COVER_PAGE, TITLE_PAGE)}
        context = self.navigation_doc_metadata(self.build_navlist(self.refnodes)) | {
            "cover": pages[COVER_PAGE],
            "title_page": pages[TITLE_PAGE],
            "landmarks": landmarks(self.corpus, brief_domain(self.env).bibliography(), self.out_suffix),
        }
        copy_asset_file(_OWN / "nav.xhtml.jinja", self.outdir, context=context, force=True)

    def toc_metadata(self, level: int, navpoints: Any) -> dict[str, Any]:
        """Return what the contents for readers of EPUB 2 say, under the identifier of the package."""
        return super().toc_metadata(level, navpoints) | {"uid": identifier_of(self.corpus, self.config)}
