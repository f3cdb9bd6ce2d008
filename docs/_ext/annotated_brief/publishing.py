"""Where exports meet pages: the files are written, each page names them, and one page describes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .config import part_of
from .exports.schema_org import to_page_jsonld
from .exports.site import Site
from .exports.write import alternatives, described_files, exported_files
from .model.corpus import Corpus
from .model.excerpt import excerpt
from .model.part import EVERYTHING, SHARED
from .reading import nodes as n
from .reading.domain import brief_domain
from .reading.links import reference
from .rendering.addresses import base_of, cited_base
from .rendering.build import Cell, CollectError, table
from .rendering.typst import Attachment

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
ARCHIVED = {"annotations.jsonld", "claims.json", "sources.csl.json", "tei.xml"}  # what travels inside the PDF
SAMPLE_BASE = "https://example.org/"


def site_of(app: Sphinx) -> Site:
    """Return the edition that *app* builds."""
    return Site(
        name=app.config.project,
        base=base_of(app.config),
        identifier=app.config.brief_identifier,
        page=app.builder.get_target_uri,
    )


def citable_site(app: Sphinx) -> Site:
    """Return the same with the address by which it is cited, which takes a comparison with the last release."""
    return replace(site_of(app), cited=cited_base(app.env))


def describe_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Tell the templates the files that every page names, and what the page says of itself to machines.

    The latter is data, which the policy of the site lets stand.
    """
    corpus, site = brief_domain(app.env).corpus(), site_of(app)
    context["brief_alternatives"] = alternatives(corpus, site, pagename)
    context["brief_linked_data"] = to_page_jsonld(corpus, pagename, site)


def attachments(app: Sphinx) -> Iterable[Attachment]:
    """Yield for the PDF what an archive needs beside the pages: notes, claims, sources and the text, each in one form.

    The PDF of the whole edition, which is shared, carries those of all briefs.
    """
    corpus, part = brief_domain(app.env).corpus(), part_of(app.config.brief_part)
    for file in exported_files(corpus, citable_site(app), EVERYTHING if part.has(SHARED) else part):
        plain = PurePosixPath(file.path).name
        if plain in ARCHIVED:
            name = file.path.replace("/", "-") if len(corpus.briefs) > 1 else plain
            yield Attachment(name=name, text=file.content.decode(), media_type=file.media_type, title=file.title)


class FilesTransform(SphinxPostTransform):
    """Fill ``{collect} files`` with their list, and ``{collect} sample FILE NOTE [LINES [START]]`` with a small one."""

    default_priority = 6  # before the other places are filled from the records (7)

    def run(self, **kwargs: object) -> None:
        """Fill the document."""
        corpus, name = brief_domain(self.env).corpus(), str(self.config.project)
        for place in list(self.document.findall(n.collected)):
            match place["collect"].split():
                case ["files"]:
                    place.replace_self(files_table(corpus, name))
                case ["sample", *words]:
                    try:
                        text = sample(corpus, name, *words)
                    except CollectError as error:
                        logger.warning("no sample can be made: %s", error, location=place, type="brief")
                        place.parent.remove(place)
                    else:
                        place.replace_self(nodes.literal_block("", text, language="none"))


def files_table(corpus: Corpus, name: str) -> nodes.table:
    """Return the table of all files; of those that every note has, one of each form stands for all."""
    rows: dict[str, list[Cell]] = {}
    for file in described_files(corpus, Site(name=name), corpus.briefs):
        path = file.path.removeprefix("data/")
        shown = path.replace(file.record, "…") if file.group else path
        title = file.group or file.title
        link = reference("data", path, shown)
        rows.setdefault(shown, [link, title, nodes.literal("", file.media_type), file.licence])
    return table(("File", "What it is", "Media type", "Licence"), rows.values(), title="Files")


def sample(corpus: Corpus, name: str, *words: str) -> str:
    """Return an exported file as it would be for an edition of one note: *words* are the file, and the id of the note.

    It is cut after so many lines, if a third word says how many, and begins with the first that holds the fourth, if any.
    Raises :class:`CollectError`.
    """
    if not 2 <= len(words) <= 4:
        raise CollectError("write FILE NOTE [LINES [START]]")
    file, note, lines, start = (*words, *("0", "")[len(words) - 2 :])
    if note not in corpus.annotation_by_id:
        raise CollectError(f"there is no note ‘{note}’")
    if not lines.isdecimal():
        raise CollectError(f"‘{lines}’ is no number of lines")
    files = exported_files(excerpt(corpus, note), Site(name=name, base=SAMPLE_BASE))
    content = next((found.content for found in files if found.path.endswith(f"/{file}")), None)
    if content is None:
        raise CollectError(f"there is no file ‘{file}’")
    kept = content.decode().replace("\r\n", "\n").rstrip("\n").split("\n")
    first = next((place for place, line in enumerate(kept) if start in line), 0)
    last = first + int(lines) if int(lines) else len(kept)
    parts = [["…"] if first else [], kept[first:last], ["…"] if last < len(kept) else []]
    return "\n".join(line for part in parts for line in part)
