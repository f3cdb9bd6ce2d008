"""The Sphinx builder: one document from all pages, as Typst code and as PDF."""

from __future__ import annotations

import datetime as dt
import shutil
import unicodedata
from collections.abc import Set
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.osutil import ensuredir

from ...config import part_of
from ...model.corpus import Corpus
from ...model.part import SHARED
from ...model.records import Brief
from ...reading.domain import brief_domain
from ..faithful import compare, written
from .assemble import assemble
from .attachments import Attachment, gather, write_attachments
from .colophon import colophon
from .compile import MissingGlyphsError, compile_pdf
from .front import build_date, front_matter
from .summary import summary
from .translator import TypstTranslator

logger = logging.getLogger(__name__)
SUMMARY = "summary"  # name of the file
_UNSEEN = {"Cf", "Mn", "Me"}  # joiners and selectors, which change another character


class TypstBuilder(Builder):
    """Writes ``<brief_pdf_name>.pdf`` and ``summary.pdf``, and beside them the Typst code that they are made from.

    Of a set of several briefs each has a ``brief-<slug>.pdf``, too: with glossary and sources, without the other briefs.
    """

    name = "brief-pdf"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg"]
    default_translator_class = TypstTranslator

    def init(self) -> None:
        """Say where images go, below the folder of the output."""
        self.imagedir = "images"

    def get_outdated_docs(self) -> str:
        """Return what is built: always the one document."""
        return "all pages as one document"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of *docname* inside the document, marked by a percent sign."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of *to*, the same from everywhere."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write edition, summary and briefs, as far as they belong to the part, whatever has changed."""
        corpus, part = brief_domain(self.env).corpus(), part_of(self.config.brief_part)
        attachments = gather(self)
        for brief in corpus.briefs if len(corpus.briefs) > 1 else ():
            if part.has(brief.slug):
                own = [item for item in attachments if item.name.rpartition("-")[0] == f"data-{brief.slug}"]
                self._write_edition(f"brief-{brief.slug}", excerpt_of(corpus, brief), brief.title, own)
        if part.has(SHARED):
            tree = self._write_edition(self.config.brief_pdf_name, corpus, self.config.project, attachments)
            compare(self, corpus, {TypstTranslator.product: written(tree)})
            date = build_date(corpus)
            page = f"{templates('look', 'edition', 'summary')}\n#{summary(self, tree, date)}\n"
            self._write_pdf(SUMMARY, page, date, tree)

    def _write_edition(self, name: str, corpus: Corpus, title: str, attachments: list[Attachment]) -> nodes.document:
        """Write the PDF *name* of the briefs of *corpus*, and return its tree."""
        whole = brief_domain(self.env).corpus()
        tree = assemble(self, {brief.docname for brief in whole.briefs if brief not in corpus.briefs})
        visitor = self.create_translator(tree, self)
        assert isinstance(visitor, TypstTranslator)
        tree.walkabout(visitor)
        self._copy_images()
        date = build_date(corpus)
        front = front_matter(self, corpus, title, date, write_attachments(attachments, Path(self.outdir)))
        last = colophon(self, corpus, date, attachments)
        code = f"{templates('look', 'edition')}\n#show: {front}\n#{visitor.astext()}\n#{last}\n"
        self._write_pdf(name, code, date, tree)
        return tree

    def _write_pdf(self, name: str, code: str, date: dt.datetime, tree: nodes.document) -> None:
        """Write *code*, made of *tree*, and the PDF that it makes; what cannot be shown is named in words."""
        source = Path(self.outdir) / f"{name}.typ"
        missing: set[str] = set()
        while True:
            source.write_text(code, encoding="utf-8", newline="\n")
            try:
                pdf, warnings = compile_pdf(source, date)
                break
            except MissingGlyphsError as error:  # named for some first, for others once those are replaced
                if error.characters <= missing:
                    raise
                missing |= error.characters
                code = code.translate({ord(character): named(character) for character in error.characters})
        self._report_missing(tree, missing)
        source.with_suffix(".pdf").write_bytes(pdf)
        for warning in warnings:
            logger.warning("Typst: %s", warning, type="brief", subtype="typst")

    def _report_missing(self, tree: nodes.document, characters: Set[str]) -> None:
        """Warn of each place that holds *characters* which no typeface has."""
        for node in tree.findall(nodes.Text):
            for character in sorted(characters & set(node.astext())):
                logger.warning(
                    "no typeface of the PDF has %s (U+%04X); shown as %s",
                    character,
                    ord(character),
                    named(character) or "nothing",
                    location=node.parent,
                    type="brief",
                    subtype="glyph",
                )

    def _copy_images(self) -> None:
        """Copy the images beside the code."""
        folder = Path(self.outdir) / self.imagedir
        for found, name in self.images.items():
            ensuredir(folder)
            shutil.copyfile(Path(self.srcdir) / found, folder / name)


def excerpt_of(corpus: Corpus, brief: Brief) -> Corpus:
    """Return what *corpus* says of *brief* alone; glossary, timeline and sources are shared."""
    return replace(
        corpus,
        briefs=(brief,),
        paragraphs=corpus.paragraphs_of(brief.docname),
        annotations=corpus.annotations_of(brief.docname),
    )


def named(character: str) -> str:
    """Return the Unicode name of *character* in brackets, to stand for it: ``[owl]``; nothing for a joiner."""
    if unicodedata.category(character) in _UNSEEN:
        return ""
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def templates(*names: str) -> str:
    """Return the Typst files *names* of this package, one after the other."""
    folder = files(__package__)
    return "\n".join(folder.joinpath(f"{name}.typ").read_text("utf-8") for name in names)
