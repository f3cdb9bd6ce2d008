"""Where exports meet pages: the files are written, each page names them, and one page describes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .config import part_of
from .exports.schema_org import to_page_jsonld
from .exports.site import Site
from .exports.sitemap import PATH as SITEMAP
from .exports.sitemap import to_sitemap
from .exports.write import alternatives, exported_files, held_by_format, write_bytes
from .model.corpus import Corpus
from .model.excerpt import excerpt
from .model.part import EVERYTHING, SHARED, owner
from .model.text import digest
from .reading import nodes as n
from .reading.domain import brief_domain
from .reading.links import reference
from .reading.work import brief_folders
from .rendering.addresses import base_of, cited_base
from .rendering.build import Cell, table
from .rendering.html import POLICY
from .rendering.note_pages import Frame, note_pages, note_paths
from .rendering.pictures import brief_picture, draw_pictures, note_picture
from .rendering.style import version
from .rendering.typst import Attachment

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
ARCHIVED = {"annotations.jsonld", "claims.json", "sources.csl.json", "tei.xml"}  # what travels inside the PDF
SAMPLE_BASE = "https://example.org/"


class SampleError(ValueError):
    """A sample that cannot be made; the message says why."""


def site_of(app: Sphinx) -> Site:
    """Return the edition that *app* builds."""
    return Site(name=app.config.project, base=base_of(app.config), page=app.builder.get_target_uri)


def citable_site(app: Sphinx) -> Site:
    """Return the same with the address by which it is cited, which takes a comparison with the last release."""
    return replace(site_of(app), cited=cited_base(app.config, brief_domain(app.env).corpus()))


def own_pages(app: Sphinx) -> list[str]:
    """Return the pages that belong to the part of the edition that *app* builds."""
    part = part_of(app.config.brief_part)
    folders = brief_folders(Path(app.srcdir))
    return [docname for docname in sorted(app.env.all_docs) if part.has(owner(docname, folders))]


def write_exports(app: Sphinx) -> dict[str, dict[str, list[str]]]:
    """Write the exported files of the part beside the pages of a site; return what they hold, by the name of the file."""
    part = part_of(app.config.brief_part)
    files = list(exported_files(brief_domain(app.env).corpus(), citable_site(app), part))
    for file in files:
        write_bytes(Path(app.outdir) / file.path, file.content)
    return held_by_format(files)


def is_current(app: Sphinx) -> bool:
    """Return whether nothing has changed since :func:`mark_current`: neither records nor pages, and no data file is gone."""
    out, stamp = Path(app.outdir), _stamp(app)
    pages = [out / app.builder.get_target_uri(docname) for docname in app.env.all_docs]
    try:
        written = stamp.stat().st_mtime_ns
        if any(page.stat().st_mtime_ns > written for page in pages) or stamp.read_text("utf-8") != _seen(app):
            return False
    except OSError:
        return False
    files = exported_files(brief_domain(app.env).corpus(), citable_site(app))
    return all((out / file.path).is_file() for file in files)


def mark_current(app: Sphinx) -> None:
    """Remember what the data files were written of, once they are written and agree with the pages."""
    write_bytes(_stamp(app), _seen(app).encode())


def _stamp(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"{app.builder.name}-data"


def _seen(app: Sphinx) -> str:
    """Return a digest of what the data files are made of."""
    domain, site = brief_domain(app.env), citable_site(app)
    corpus = domain.corpus()
    records = sorted(domain.data["digests"].get(app.builder.name, {}).items())
    beside = (corpus.history, corpus.paragraphs, corpus.released, site.name, site.base, site.cited, version())
    return digest(repr((records, beside)))


def write_addressed(app: Sphinx) -> None:
    """Write what only a site with an address can offer: a sitemap, and for each note a page with a picture."""
    base = base_of(app.config)
    if not base or app.config.brief_facing:
        return
    corpus, edition, page = brief_domain(app.env).corpus(), str(app.config.project), app.builder.get_target_uri
    part = part_of(app.config.brief_part)
    frame = Frame(edition=edition, base=base, page=page, policy=POLICY, version=version())
    for brief in (brief for brief in corpus.briefs if part.has(brief.slug)):
        for path, text in note_pages(corpus, brief, frame):
            write_bytes(Path(app.outdir) / path, text.encode())
        notes = (note_picture(note, brief, edition) for note in corpus.annotations_of(brief.docname))
        for path, drawn in draw_pictures([brief_picture(corpus, brief, edition), *notes], Path(app.doctreedir)):
            write_bytes(Path(app.outdir) / path, drawn)
    if part.has(SHARED):
        paths = [page(docname) for docname in sorted(app.env.all_docs)]
        paths += [path for brief in corpus.briefs for path in note_paths(corpus, brief)]
        write_bytes(Path(app.outdir) / SITEMAP, to_sitemap(base, paths))


def describe_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Tell the templates the files that every page names, and what the page says of itself to machines.

    The latter is data, which the policy of the site lets stand.
    """
    corpus, site = brief_domain(app.env).corpus(), site_of(app)
    context["brief_alternatives"] = alternatives(corpus, site, pagename)
    context["brief_linked_data"] = to_page_jsonld(corpus, pagename, site.name, site.base)


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
                case ["sample", file, note, *options] if len(options) <= 2:
                    try:
                        text = sample(corpus, name, file, note, *options)
                    except SampleError as error:
                        logger.warning("no sample can be made: %s", error, location=place, type="brief")
                        place.parent.remove(place)
                    else:
                        place.replace_self(nodes.literal_block("", text, language="none"))


def files_table(corpus: Corpus, name: str) -> nodes.table:
    """Return the table of all files; of those that every note has, one of each form stands for all."""
    rows: dict[str, list[Cell]] = {}
    for file in exported_files(corpus, Site(name=name)):
        path = file.path.removeprefix("data/")
        shown = path.replace(file.record, "…") if file.group else path
        title = file.group or file.title
        link = reference("data", path, shown)
        rows.setdefault(shown, [link, title, nodes.literal("", file.media_type), file.licence])
    return table(("File", "What it is", "Media type", "Licence"), rows.values(), title="Files")


def sample(corpus: Corpus, name: str, file: str, note: str, lines: str = "0", start: str = "") -> str:
    """Return the exported *file* as it would be for an edition of one *note*.

    It begins with the first line that holds *start*, and is cut after so many *lines*, if any. Raises
    :class:`SampleError`.
    """
    if note not in corpus.annotation_by_id:
        raise SampleError(f"there is no note ‘{note}’")
    if not lines.isdecimal():
        raise SampleError(f"‘{lines}’ is no number of lines")
    files = exported_files(excerpt(corpus, note), Site(name=name, base=SAMPLE_BASE))
    content = next((found.content for found in files if found.path.endswith(f"/{file}")), None)
    if content is None:
        raise SampleError(f"there is no file ‘{file}’")
    kept = content.decode().replace("\r\n", "\n").rstrip("\n").split("\n")
    first = next((place for place, line in enumerate(kept) if start in line), 0)
    last = first + int(lines) if int(lines) else len(kept)
    parts = [["…"] if first else [], kept[first:last], ["…"] if last < len(kept) else []]
    return "\n".join(line for part in parts for line in part)
