"""Which files are exported, and writing them without ever leaving half a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from ..model.corpus import Corpus
from ..model.part import EVERYTHING, SHARED, Part
from ..model.records import Brief
from ..model.share import shares
from .citations import citation_files
from .claims import CLAIMS
from .feed import feed_file
from .files import ExportedFile
from .ical import ical_held, to_ical
from .index import index_file, resources_of
from .linked import context_file, linked_files
from .memberships import MEMBERSHIPS, members
from .needs import needs_held, to_needs
from .scorecard import SCORECARD
from .site import Site
from .skos import skos_held, to_skos
from .tei import tei_held, to_tei
from .timeline import TIMELINE


def exported_files(corpus: Corpus, site: Site, part: Part = EVERYTHING) -> Iterator[ExportedFile]:
    """Yield the exported files of the edition that *site* publishes, as far as they belong to *part*."""
    parts = shares(corpus)
    own = [(brief, parts[brief.slug]) for brief in corpus.briefs if part.has(brief.slug)]
    return _files(corpus, site, own, shared=part.has(SHARED))


def alternatives(corpus: Corpus, site: Site, docname: str) -> list[ExportedFile]:
    """Return the files that the page *docname* names in its head: a brief its own, any other page those of a single brief.

    In a set of several the latter names what belongs to none of them, and so the index, which names all.
    """
    own = [brief for brief in corpus.briefs if brief.docname == docname or len(corpus.briefs) == 1]
    return [file for file in described_files(corpus, site, own) if file.linked]


def described_files(corpus: Corpus, site: Site, briefs: Iterable[Brief]) -> Iterator[ExportedFile]:
    """Yield what belongs to no brief, and the files of *briefs*.

    Each is good for what is said of it; its content, where it lists others or depends on what a brief uses, is not that of
    the published file.
    """
    return _files(corpus, site, [(brief, corpus) for brief in briefs])


def _files(
    corpus: Corpus, site: Site, briefs: Iterable[tuple[Brief, Corpus]], *, shared: bool = True
) -> Iterator[ExportedFile]:
    """Yield the files of these *briefs* with what each uses, before them those that are *shared*, and last the index."""
    files = list(shared_files(corpus, site)) if shared else []
    files += [file for brief, used in briefs for file in brief_files(used, brief, site)]
    yield from files
    yield index_file(lambda: resources_of(files, site), site)


def shared_files(corpus: Corpus, site: Site) -> Iterator[ExportedFile]:
    """Yield what belongs to no brief, but for the index."""
    if corpus.briefs:
        yield context_file()
    yield feed_file(corpus, site)


def brief_files(corpus: Corpus, brief: Brief, site: Site) -> Iterator[ExportedFile]:
    """Yield what lies in the folder of *brief*: all that *corpus* has, which is what the brief uses."""
    folder = f"data/{brief.slug}"
    yield from linked_files(corpus, brief, site)
    yield from CLAIMS.files(folder, lambda: corpus.annotations_of(brief.docname))
    yield from SCORECARD.files(
        folder, lambda: sorted(corpus.recommendations, key=lambda advice: (advice.number, advice.id))
    )
    yield from MEMBERSHIPS.files(folder, lambda: members(corpus))
    yield from TIMELINE.files(folder, lambda: corpus.events)
    yield ExportedFile(
        path=f"{folder}/timeline.ics",
        make=lambda: to_ical(corpus, brief, site),
        media_type="text/calendar",
        title="Dated events, as a calendar",
        schema="https://www.rfc-editor.org/rfc/rfc5545",
        linked=True,
        holds=ical_held,
    )
    yield ExportedFile(
        path=f"{folder}/terms.ttl",
        make=lambda: to_skos(corpus, brief, site),
        media_type="text/turtle",
        title="Glossary, as a concept scheme (SKOS)",
        schema="http://www.w3.org/2004/02/skos/core",
        linked=True,
        holds=skos_held,
    )
    yield ExportedFile(
        path=f"{folder}/tei.xml",
        make=lambda: to_tei(corpus, brief, site),
        media_type="application/tei+xml",
        title="The restatement with all records, as TEI P5",
        schema="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
        linked=True,
        holds=partial(tei_held, corpus),
    )
    yield ExportedFile(
        path=f"{folder}/needs.json",
        make=lambda: to_needs(corpus, brief, site),
        media_type="application/json",
        title="Claims, recommendations, terms and events, for sphinx-needs",
        schema="https://sphinx-needs.readthedocs.io/en/latest/builders.html",
        linked=True,
        holds=needs_held,
    )
    yield from citation_files(corpus, brief, site)


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* by way of a temporary file beside it, so that no reader sees half of it."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write *content* to *path* in the same way."""
    write_draft(path, content).replace(path)


def save_text(path: Path, text: str) -> None:
    """Write *text* that cannot be made again: in the same way, but on the disk before the old text goes."""
    write_draft(path, text.encode(), lasting=True).replace(path)


def draft_of(path: Path) -> Path:
    """Return the temporary file of *path*, in the same folder, since only there a file takes another's place at once."""
    return path.with_name(f".{path.name}.tmp")


def write_draft(path: Path, content: bytes, *, lasting: bool = False) -> Path:
    """Write the temporary file of *path*, if *lasting* through to the disk, and return it; a fault leaves none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    try:
        with draft.open("wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        if draft.is_file():  # and not something that stood in the way
            draft.unlink()
        raise
    return draft
