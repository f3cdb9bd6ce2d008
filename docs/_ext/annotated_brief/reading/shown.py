"""What each build shows of the records, so that the next one writes again the pages that show what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model.records import Location
from ..model.text import digest

if TYPE_CHECKING:
    from .domain import BriefDomain

AT_LENGTH = "at-length:"  # before the id of a note or paragraph: what it says, which its own page alone shows
EVERYWHERE = "everywhere"  # what every page shows: the menu, when links were asked, the address to cite
_NOWHERE = Location(path="", line=0)  # a page that only moves down its file is the same


def dependents(domain: BriefDomain, before: Mapping[str, str]) -> Iterable[str]:
    """Return the documents that are to be written again because of what they show of others.

    A page depends on the records that it links to; a page that collects depends on all. What notes say at length, other
    pages show in samples of data alone. *before* are the digests, one a record, of what the last build showed; those of
    this one are in :attr:`BriefDomain.shown` then.
    """
    corpus = domain.corpus()
    now = dict(_digests(domain))
    domain.shown, domain.shown_before = now, before
    if now == before:
        return []
    if now[EVERYWHERE] != before.get(EVERYWHERE):
        return sorted(domain.env.all_docs)
    changed = {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}
    if all(key.startswith(AT_LENGTH) for key in changed):
        return sorted(name for name, found in domain.documents.items() if any(map(_is_sample, found.collects)))
    ids = {key.partition(":")[2] for key in changed}
    users = {use.docname for use in corpus.uses if use.id in ids}
    users |= {note.docname for note in corpus.annotations if note.id in ids}
    users |= {brief.docname for brief in corpus.briefs if brief.slug in ids}
    collecting = {name for name, found in domain.documents.items() if found.collects}
    others = {domain.bibliography(), *(corpus.page_of_withdrawn(stone.id) for stone in corpus.tombstones)}
    return sorted(users | collecting | (others & domain.documents.keys()))


def _digests(domain: BriefDomain) -> Iterator[tuple[str, str]]:
    """Yield kind and id of each record, and a digest of what pages show of it; of notes another one of what they say at length."""
    corpus = domain.corpus()
    for note in corpus.annotations:
        around = note.paragraph and replace(note.paragraph, text="", location=_NOWHERE)
        seen = replace(note, text="", links=(), start=0, paragraph=around, location=_NOWHERE)
        yield f"annotations:{note.id}", digest(repr(seen), "overdue" if corpus.is_overdue(note) else "")
        yield f"{AT_LENGTH}{note.id}", digest(note.text, repr(note.links), str(note.start))
    for paragraph in corpus.paragraphs:
        yield f"{AT_LENGTH}{paragraph.qualified}", digest(paragraph.text)
    for source in corpus.sources:
        light = repr(corpus.link_by_url.get(source.url, ""))
        yield f"sources:{source.id}", digest(repr(replace(source, location=_NOWHERE)), light)
    for part in ("terms", "actors", "events", "recommendations", "memberships"):
        for record in getattr(corpus, part):
            yield f"{part}:{record.id}", digest(repr(replace(record, location=_NOWHERE)))
    for brief in corpus.briefs:  # the windows are a set, whose order is not the same in each process
        work = replace(brief.work, windows=frozenset(), location=_NOWHERE)
        yield f"briefs:{brief.slug}", digest(brief.title, repr(work))
    uses = [(use.kind, use.id, use.docname, use.within, use.shown) for use in corpus.uses]
    recorded = (corpus.tombstones, corpus.corrections, corpus.releases)
    numbered = [(paragraph.qualified, paragraph.name) for paragraph in corpus.paragraphs]
    yield "whole", digest(repr((uses, numbered, *recorded, corpus.atlas, domain.unreleased())))
    yield EVERYWHERE, digest(repr((domain.menu(), corpus.links_asked, domain.is_release())))


def _is_sample(collect: str) -> bool:
    """Whether a collected place shows data files, which hold all that notes say."""
    return collect.startswith("sample ")
