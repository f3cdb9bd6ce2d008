"""The search of a site: an index with one entry for each record and each section, and the page that searches it.

Sphinx's own index knows pages; here the unit is the note, the card, the source. Words are reduced to their stems by the
Snowball programs that Sphinx carries (English, Russian); Kazakh endings are cut by the page's own script. The index is a
script, so that it loads from a disk, too.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.corpus import Corpus
from ..model.records import Term
from ..model.vocabulary import Verdict
from ..reading.domain import SITES, brief_domain
from .names import country_name, language_name

STEMMERS = ("base-stemmer.js", "english-stemmer.js", "russian-stemmer.js")
INDEX = "entries.js"
KINDS = {
    "annotation": "note",
    "paragraph": "paragraph",
    "term": "card",
    "event": "event",
    "source": "source",
    "recommendation": "recommendation",
    "membership": "membership",
    "page": "page",
}


class Entry(NamedTuple):
    """One thing to be found; the order of the fields is that of the index."""

    kind: str
    verdict: str  # of an annotation; empty for all else
    title: str
    address: str  # from the root of the site
    text: str


def entries(app: Sphinx) -> Iterator[Entry]:
    """Yield everything that can be found, in the order of the corpus, pages last."""
    domain = brief_domain(app.env)
    corpus = domain.corpus()
    places = domain.targets()
    for kind, identifier, verdict, title, text in _records(corpus):
        docname, anchor, _ = places[kind, identifier]
        yield Entry(kind, verdict, title, f"{app.builder.get_target_uri(docname)}#{anchor}", " ".join(text.split()))
    told = {docname for docname, _, _ in places.values()}
    for docname in sorted(app.env.all_docs):
        if docname not in told:
            yield from _sections(app, docname)


def _records(corpus: Corpus) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, id, verdict, title and text of each record."""
    for note in corpus.annotations:
        title = f"{note.number} {note.headline}"
        yield "annotation", note.id, note.verdict, title, f"{note.claim}. {note.text}"
    for paragraph in corpus.paragraphs:
        yield "paragraph", paragraph.qualified, "", paragraph.name.capitalize(), paragraph.text
    for term in corpus.terms:
        yield "term", term.id, "", term.name, " · ".join(filter(None, [*_aliases(term), term.text]))
    for event in corpus.events:
        yield "event", event.id, "", event.date.text(), event.text
    for advice in corpus.recommendations:
        yield "recommendation", advice.id, "", advice.headline, advice.text
    for membership in corpus.memberships:
        body = corpus.term_by_id.get(membership.body)
        states = ", ".join(country_name(code) for code, _ in membership.members)
        yield "membership", membership.id, "", f"Members: {body.name if body else ''}", f"{states}. {membership.text}"
    for source in corpus.sources:
        facts = [
            source.title,
            source.title_latin,
            "; ".join(source.authors),
            source.publisher,
            language_name(source.lang),
        ]
        yield "source", source.id, "", source.label, " · ".join(filter(None, facts))


def _aliases(term: Term) -> Iterable[str]:
    """Return the other names by which somebody may look for *term*."""
    found = [term.abbreviation, *(form.text for form in term.forms)]
    for name in term.names:
        found += [name.text, name.abbreviation, name.transliteration]
    return dict.fromkeys(name for name in found if name and name != term.name)


def _sections(app: Sphinx, docname: str) -> Iterator[Entry]:
    """Yield the sections of a page that holds no records."""
    page = app.env.titles[docname].astext()
    for section in app.env.get_doctree(docname).findall(nodes.section):
        title = next((child.astext() for child in section.children if isinstance(child, nodes.title)), "")
        text = " ".join(
            child.astext() for child in section.children if not isinstance(child, nodes.section | nodes.title)
        )
        shown = title if title == page else f"{page}: {title}"
        address = f"{app.builder.get_target_uri(docname)}#{section['ids'][0]}"
        yield Entry("page", "", shown, address, " ".join(text.split()))


def take_over_search(app: Sphinx) -> None:
    """Keep Sphinx from making an index of its own."""
    if hasattr(app.builder, "search"):
        app.builder.search = False


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that searches the index of a site, with the choices of its menus."""
    if app.builder.name in SITES:
        yield "search", {"brief_kinds": KINDS, "brief_verdicts": list(Verdict)}, "search.html"


class SearchTransform(SphinxPostTransform):
    """Take the search out of lists of pages, in products that have none."""

    default_priority = 9  # before links are resolved (10)
    builders = ("brief-pdf", "brief-epub")

    def run(self, **kwargs: object) -> None:
        """Remove the items that lead to the search."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            item = link.parent
            while item is not None and not isinstance(item, nodes.list_item):
                item = item.parent
            if item is not None and (link["reftype"], link["reftarget"]) == ("ref", "search"):
                item.parent.remove(item)


def write_index(app: Sphinx) -> None:
    """Write the index and copy the stemmers into the static folder of the site."""
    folder = Path(app.outdir) / "_static"
    found = json.dumps(list(entries(app)), ensure_ascii=False, separators=(",", ":"))
    (folder / INDEX).write_text(f'"use strict";\nconst ENTRIES = {found};\n', encoding="utf-8", newline="\n")
    for name in STEMMERS:
        with (
            (files("sphinx") / "search" / "minified-js" / name).open("rb") as source,
            (folder / name).open("wb") as copy,
        ):
            shutil.copyfileobj(source, copy)
