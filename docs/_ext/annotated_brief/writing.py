"""What a build writes beside the pages, and which pages and files it need not write again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, parallel_available

from .config import part_of
from .exports.index import PATH as INDEX
from .exports.index import index_file
from .exports.kept import Kept, load_kept, save_kept, write_kept
from .exports.site import Site
from .exports.sitemap import PATH as SITEMAP
from .exports.sitemap import to_sitemap
from .exports.write import brief_files, shared_files, write_bytes
from .model.corpus import Corpus
from .model.holdings import KINDS, together
from .model.part import SHARED, owner
from .model.records import Brief
from .model.share import shares
from .model.text import digest
from .publishing import citable_site
from .reading.domain import brief_domain
from .reading.shown import AT_LENGTH, dependents
from .reading.work import brief_folders
from .rendering.addresses import base_of
from .rendering.html import POLICY
from .rendering.note_pages import Frame, note_pages, note_paths, withdrawn_pages
from .rendering.pictures import brief_picture, draw_pictures, note_picture
from .rendering.style import version

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def pages_to_write(app: Sphinx) -> Iterable[str]:
    """Return the pages that are to be written again because of what they show of others."""
    try:
        before = json.loads(_shown_file(app).read_bytes())
    except (OSError, ValueError):  # no build has ended yet, or its last words were cut off
        before = {}
    return dependents(brief_domain(app.env), before if isinstance(before, dict) else {})


def keep_shown(app: Sphinx) -> None:
    """Remember what all pages show, once they are written: after a build that fails they are to be written again."""
    domain = brief_domain(app.env)
    if domain.shown != domain.shown_before:
        write_bytes(_shown_file(app), json.dumps(domain.shown).encode())


def _shown_file(app: Sphinx) -> Path:
    """Return the file, beside the doctrees, of digests of what the pages of a builder show."""
    return Path(app.doctreedir) / f"{app.builder.name}-shown.json"


def own_pages(app: Sphinx) -> list[str]:
    """Return the pages that belong to the part of the edition that *app* builds."""
    part = part_of(app.config.brief_part)
    folders = brief_folders(Path(app.srcdir))
    return [docname for docname in sorted(app.env.all_docs) if part.has(owner(docname, folders))]


def write_exports(app: Sphinx) -> dict[str, dict[str, list[str]]]:
    """Write the files of the part beside the pages of a site: data, and small pages where the site has an address.

    Those of a brief of which nothing has changed stay, and those that are made no more go. Returns what the data files
    hold, by the name of the file.
    """
    corpus, site, part = brief_domain(app.env).corpus(), citable_site(app), part_of(app.config.brief_part)
    out, used, before, kept = Path(app.outdir), shares(corpus), _take_known(app), dict[str, Kept]()
    if part.has(SHARED):
        kept[SHARED] = write_kept(shared_files(corpus, site), _shared_pages(app), out, site, "")
    for brief in (brief for brief in corpus.briefs if part.has(brief.slug)):
        share, found = used[brief.slug], before.get(brief.slug)
        made_of = _made_of(app, share, site)
        if found is None or not found.stands(out, made_of):
            found = write_kept(brief_files(share, brief, site), _brief_pages(app, share, brief), out, site, made_of)
        kept[brief.slug] = found
    index = index_file(lambda: [entry for one in kept.values() for entry in one.resources], site)
    write_bytes(out / index.path, index.content)
    gone = {path for name, one in before.items() if part.has(name) for path in one.paths}
    for path in gone.difference(*(one.paths for one in kept.values())):
        (out / path).unlink(missing_ok=True)
    save_kept(_known(app), kept)
    return together(one.held for one in kept.values())


class Writer:
    """What writes the files of one build: while Sphinx writes pages, by a process of its own, where it may have several.

    They are made of what was read, and need no page.
    """

    def __init__(self) -> None:
        self._tasks = ParallelTasks(1)
        self._held: dict[str, dict[str, list[str]]] | None = None

    def begin(self, app: Sphinx) -> None:
        """Begin to write the files, if there are processes for it and something to write."""
        self._tasks, self._held = ParallelTasks(1), None
        if app.parallel > 1 and parallel_available and not _is_seen(app):
            self._tasks.add_task(write_exports, app, self._keep)

    def _keep(self, _: Sphinx, held: dict[str, dict[str, list[str]]]) -> None:
        self._held = held

    def end(self, app: Sphinx) -> dict[str, dict[str, list[str]]]:
        """Wait for the files, or write them now; return what they hold."""
        self._tasks.join()
        return write_exports(app) if self._held is None else self._held

    def give_up(self) -> None:
        """Leave the files as they are: the build has failed."""
        self._tasks.terminate()


def _known(app: Sphinx) -> Path:
    """Return the file that says what is known of the files that were written, beside the doctrees."""
    return Path(app.doctreedir) / f"{app.builder.name}-files.json"


def _take_known(app: Sphinx) -> dict[str, Kept]:
    """Return what is known of the files, and have it known no more: whoever is killed from here on leaves nothing to rely on.

    What the last run to end had written stays on a list, since it may have to go.
    """
    earlier = _known(app).with_suffix(".earlier")
    if found := load_kept(_known(app)):
        _known(app).replace(earlier)
        return found
    return {name: replace(one, made_of="") for name, one in load_kept(earlier).items()}


def _made_of(app: Sphinx, share: Corpus, site: Site) -> str:
    """Return a digest of what the files of a brief are made of: its *share*, whose records have digests already."""
    records = brief_domain(app.env).shown
    names = [f"briefs:{brief.slug}" for brief in (*share.briefs, *share.neighbours)]
    names += [
        f"{part}:{record.id}" for kind, part in KINDS.items() if kind != "paragraph" for record in getattr(share, part)
    ]
    names += [f"{AT_LENGTH}{note.id}" for note in share.annotations]
    beside = (
        share.paragraphs,
        share.quotations,
        share.links,
        share.history,
        *_parts_of(site),
        _program(),
    )
    return digest(repr(([(name, records[name]) for name in names], beside)))


def is_current(app: Sphinx) -> bool:
    """Return whether nothing has changed since :func:`mark_current`: neither records nor pages, and no file is gone."""
    out = Path(app.outdir)
    pages = [out / app.builder.get_target_uri(docname) for docname in app.env.all_docs]
    try:
        written = _stamp(app).stat().st_mtime_ns
        if any(page.stat().st_mtime_ns > written for page in pages):
            return False
    except OSError:
        return False
    if not _is_seen(app):
        return False
    kept = load_kept(_known(app))
    return bool(kept) and (out / INDEX).is_file() and all(one.is_whole(out) for one in kept.values())


def mark_current(app: Sphinx) -> None:
    """Remember what all files were written of, once they are written and agree with the pages."""
    write_bytes(_stamp(app), _seen(app).encode())


def _stamp(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"{app.builder.name}-data"


def _is_seen(app: Sphinx) -> bool:
    """Return whether the records are those of :func:`mark_current`."""
    try:
        return _stamp(app).read_text("utf-8") == _seen(app)
    except OSError:
        return False


def _seen(app: Sphinx) -> str:
    """Return a digest of what the data files are made of."""
    domain, site = brief_domain(app.env), citable_site(app)
    corpus = domain.corpus()
    records = sorted(domain.shown.items())
    beside = (corpus.history, corpus.paragraphs, corpus.released, *_parts_of(site), _program())
    return digest(repr((records, beside)))


def _parts_of(site: Site) -> tuple[str, ...]:
    """Return what files say of *site*."""
    return site.name, site.base, site.identifier, site.cited


@cache
def _program() -> str:
    """Return a digest of this package: what it writes may be another with any of its files."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest(*(f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}" for path in files))


def _frame(app: Sphinx) -> Frame | None:
    """Return what the small pages share, which only a site with an address has: networks read no others."""
    base = base_of(app.config)
    if not base or app.config.brief_facing:
        return None
    page = app.builder.get_target_uri
    return Frame(edition=str(app.config.project), base=base, page=page, policy=POLICY, version=version())


def _brief_pages(app: Sphinx, share: Corpus, brief: Brief) -> dict[str, bytes]:
    """Return by path a page with a picture for each note of *brief*, and the picture of the brief."""
    frame = _frame(app)
    if frame is None:
        return {}
    pages = {path: text.encode() for path, text in note_pages(share, brief, frame)}
    notes = (note_picture(note, brief, frame.edition) for note in share.annotations_of(brief.docname))
    return pages | dict(draw_pictures([brief_picture(share, brief, frame.edition), *notes], Path(app.doctreedir)))


def _shared_pages(app: Sphinx) -> dict[str, bytes]:
    """Return by path the sitemap, and a page for each note that was withdrawn."""
    frame, corpus = _frame(app), brief_domain(app.env).corpus()
    if frame is None:
        return {}
    pages = {path: text.encode() for brief in corpus.briefs for path, text in withdrawn_pages(corpus, brief, frame)}
    paths = [frame.page(docname) for docname in sorted(app.env.all_docs)]
    paths += [path for brief in corpus.briefs for path in note_paths(corpus, brief)]
    return {**pages, SITEMAP: to_sitemap(frame.base, paths)}
