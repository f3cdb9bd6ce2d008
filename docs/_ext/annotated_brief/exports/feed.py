"""``changes.atom``: what each release changed, and what we have corrected, as an Atom feed (RFC 4287).

Ids are made from the identifier of the edition, which never changes, and dates are those of the releases: the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.states import Change, Correction, Release, State
from ..model.telling import counted, known_states, name_of, told
from ..model.text import visible
from .csl import PUBLISHER
from .files import ExportedFile
from .identifiers import urn, work_of
from .site import Site

PATH = "data/changes.atom"
NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = Any  # lxml publishes no types


def feed_file(corpus: Corpus, site: Site) -> ExportedFile:
    """Return the feed, as a file."""
    return ExportedFile(
        path=PATH,
        make=lambda: to_atom(corpus, site),
        media_type="application/atom+xml",
        title="Changes of the content, as a feed",
        schema="https://www.rfc-editor.org/rfc/rfc4287",
        linked=True,
    )


def to_atom(corpus: Corpus, site: Site) -> bytes:
    """Return the releases with their changes and our corrections, the newest first."""
    checked = (note.checked.last_day().isoformat() for note in corpus.annotations)
    days = [*(release.on for release in corpus.releases), *(found.date for found in corpus.corrections)]
    feed = _el("feed")
    feed.set(_LANG, "en")
    feed.append(_el("id", urn("feed", _named(corpus, site))))
    feed.append(_el("title", f"{site.name}: changes"))
    feed.append(_el("updated", _moment(max(days or checked, default="1970-01-01"))))
    author = _el("author")
    author.append(_el("name", PUBLISHER))
    feed.append(author)
    feed.append(_el("rights", LICENCE))
    feed.append(_el("generator", "annotated-brief"))
    feed.append(_el("link", rel="alternate", type="text/html", href=site.reference("data", "index")))
    if site.base:
        feed.append(_el("link", rel="self", type="application/atom+xml", href=f"{site.base}{PATH}"))
    for _, entry in sorted(_entries(corpus, site), key=lambda found: found[0], reverse=True):
        feed.append(entry)
    etree.indent(feed)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _entries(corpus: Corpus, site: Site) -> Iterator[tuple[tuple[str, int, int], Element]]:
    """Yield each entry with what it is ordered by: day, number of the release, place in it from the end."""
    edition = _named(corpus, site)
    states = known_states(corpus) if corpus.corrections else {}
    for number, release in enumerate(corpus.releases):
        yield (release.on, number, 1), _release(release, edition)
        for place, change in enumerate(release.changes):
            yield (release.on, number, -place), _change(change, release, edition, site)
    for place, correction in enumerate(corpus.corrections):
        entry = _correction(correction, states.get(correction.id), edition, site)
        yield (correction.date, len(corpus.releases), place), entry


def _release(release: Release, edition: str) -> Element:
    """Return the entry of a release as a whole."""
    changes = len(release.changes)
    said = f"{changes} change{'s' if changes > 1 else ''}" if changes else "Nothing to compare with, or no change"
    return _entry(
        urn("release", edition, release.version),
        f"Release {release.version}",
        release.on,
        "release",
        f"{said}: {counted(release.counts)}.",
    )


def _change(change: Change, release: Release, edition: str, site: Site) -> Element:
    """Return the entry of what became of one record."""
    said = (
        f"{name_of(change)}. {_sentence(told(change))} Release {release.version}, text {change.hash}, id {change.id}."
    )
    return _entry(
        urn("change", edition, release.version, change.kind, change.id),
        f"{name_of(change)} – {told(change)}",
        release.on,
        str(change.what),
        said,
        site.reference("data", change.page, change.anchor) if change.page else "",
    )


def _correction(correction: Correction, state: State | None, edition: str, site: Site) -> Element:
    """Return the entry of a correction; *state* is that of the record, if any is known."""
    name = name_of(state) if state is not None else correction.id
    return _entry(
        urn("correction", edition, correction.date, correction.id, correction.wrong),
        f"Correction – {name}",
        correction.date,
        "correction",
        correction.wrong,
        site.reference("data", state.page, state.id) if state is not None and state.page else "",
    )


def _entry(identifier: str, title: str, day: str, category: str, content: str, link: str = "") -> Element:
    """Return an entry."""
    entry = _el("entry")
    entry.append(_el("id", identifier))
    entry.append(_el("title", title))
    entry.append(_el("updated", _moment(day)))
    entry.append(_el("category", term=category))
    if link:
        entry.append(_el("link", rel="alternate", type="text/html", href=link))
    entry.append(_el("content", content, type="text"))
    return entry


def _el(tag: str, text: str = "", **attributes: str) -> Element:
    """Return an element of Atom, with text that XML can carry."""
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})
    for name, value in attributes.items():
        element.set(name, visible(value))
    element.text = visible(text) or None
    return element


def _sentence(text: str) -> str:
    """Return *text* as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def _moment(day: str) -> str:
    """Return the beginning of an ISO 8601 *day*, in UTC, as RFC 3339 writes it."""
    return f"{day}T00:00:00Z"


def _named(corpus: Corpus, site: Site) -> str:
    """Return what the edition is known by: its identifier, else the works that it restates, without any its name."""
    return site.identifier or "\n".join(f"{work_of(brief)} {brief.slug}" for brief in corpus.briefs) or site.name
