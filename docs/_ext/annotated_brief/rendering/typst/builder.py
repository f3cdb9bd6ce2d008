"""The Sphinx builder: one document from all pages, as Typst code and as PDF."""

from __future__ import annotations

import shutil
from collections.abc import Set
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.osutil import ensuredir

from ...reading.domain import brief_domain
from .assemble import assemble
from .compile import MissingGlyphsError, compile_pdf
from .front import build_date, front_matter
from .translator import TypstTranslator

logger = logging.getLogger(__name__)
_STAND_IN = "\N{REPLACEMENT CHARACTER}"


class TypstBuilder(Builder):
    """Writes ``<brief_pdf_name>.typ`` and, compiled from it, ``<brief_pdf_name>.pdf``."""

    name = "brief-pdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
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
        """Write the one document, whatever has changed."""
        tree = assemble(self)
        visitor = self.create_translator(tree, self)
        assert isinstance(visitor, TypstTranslator)
        tree.walkabout(visitor)
        self._copy_images()
        date = build_date(brief_domain(self.env).corpus())
        template = files(__package__).joinpath("template.typ").read_text("utf-8")
        code = f"{template}\n#show: {front_matter(self, date)}\n#{visitor.astext()}\n"
        source = Path(self.outdir) / f"{self.config.brief_pdf_name}.typ"
        source.write_text(code, encoding="utf-8", newline="\n")
        try:
            pdf, warnings = compile_pdf(source, date)
        except MissingGlyphsError as error:
            self._report_missing(tree, error.characters)
            shown = code.translate(dict.fromkeys(map(ord, error.characters), _STAND_IN))
            source.write_text(shown, encoding="utf-8", newline="\n")
            pdf, warnings = compile_pdf(source, date)
        source.with_suffix(".pdf").write_bytes(pdf)
        for warning in warnings:
            logger.warning("Typst: %s", warning, type="brief", subtype="typst")

    def _report_missing(self, tree: nodes.document, characters: Set[str]) -> None:
        """Warn of each place that holds *characters* which no typeface has."""
        for node in tree.findall(nodes.Text):
            found = sorted(characters & set(node.astext()))
            if found:
                named = ", ".join(f"{character} (U+{ord(character):04X})" for character in found)
                logger.warning(
                    "no typeface of the PDF has %s; shown as %s",
                    named,
                    _STAND_IN,
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
