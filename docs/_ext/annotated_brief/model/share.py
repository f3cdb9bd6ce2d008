"""What each brief of a set needs of the records that the set shares: its data files hold that, and not the rest.

Otherwise the files of a set would grow with the square of its briefs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from .corpus import Corpus
from .holdings import KINDS
from .records import Brief, CitationItem, Term


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Record = TypeVar("_Record", bound=_Identified)


def shares(corpus: Corpus) -> dict[str, Corpus]:
    """Return by slug what each brief uses of *corpus*; what no brief uses, all have. A single brief uses every record.

    A brief uses what its page links to, what its notes cite and see, the events and recommendations that name its notes,
    and what all these name in turn. What is no record, and not said of one, is left out: today, releases, the atlas.
    """
    users = _users(corpus)
    divided: dict[str, dict[str, Any]] = {
        records: users.divide(kind, getattr(corpus, records))
        for kind, records in KINDS.items()
        if kind != "paragraph"  # which already says of which brief it is
    }
    return {
        brief.slug: _share(corpus, brief, {records: found[brief.docname] for records, found in divided.items()})
        for brief in corpus.briefs
    }


def _share(corpus: Corpus, brief: Brief, used: dict[str, Any]) -> Corpus:
    """Return the records that are *used*, the text of *brief*, and what is known of both."""
    checks = (corpus.link_by_url.get(source.url) for source in used["sources"])
    dated = (corpus.history_by_id.get(note.id) for note in used["annotations"])
    others = {note.docname for note in used["annotations"]} - {brief.docname}
    return Corpus(
        briefs=(brief,),
        neighbours=tuple(corpus.brief_by_page[page] for page in sorted(others & corpus.brief_by_page.keys())),
        paragraphs=corpus.paragraphs_of(brief.docname),
        quotations=corpus.quotations_of(brief.docname),
        links=tuple(dict.fromkeys(check for check in checks if check is not None)),
        history=tuple(found for found in dated if found is not None),
        **used,
    )


class _Users:
    """By kind and id of a record: the pages of the briefs that use it."""

    def __init__(self, pages: Iterable[str]) -> None:
        self._all = frozenset(pages)
        self._found: dict[tuple[str, str], set[str]] = {}

    def add(self, kind: str, name: str, pages: Iterable[str]) -> None:
        """Note that those of *pages* that are briefs use a record."""
        if mine := self._all.intersection(pages):
            self._found.setdefault((kind, name), set()).update(mine)

    def of(self, kind: str, name: str) -> set[str] | frozenset[str]:
        """Return the pages of those who use a record, all where nobody does."""
        return self.named(kind, name) or self._all

    def named(self, kind: str, name: str) -> set[str] | frozenset[str]:
        """Return the pages of those who use a record, none where nobody does."""
        return self._found.get((kind, name), frozenset())

    def cite(self, kind: str, record: str, items: Iterable[CitationItem]) -> None:
        """Note that who uses *record* uses the sources that it cites."""
        for item in items:
            self.add("source", item.id, self.of(kind, record))

    def divide(self, kind: str, records: Iterable[_Record]) -> dict[str, tuple[_Record, ...]]:
        """Return by page those of *records* that are used there, in their order."""
        found: dict[str, list[_Record]] = {page: [] for page in self._all}
        for record in records:
            for page in self.of(kind, record.id):
                found[page].append(record)
        return {page: tuple(own) for page, own in found.items()}


def _users(corpus: Corpus) -> _Users:
    """Return who uses what, each kind after those that lead to it."""
    users = _Users(brief.docname for brief in corpus.briefs)
    for use in corpus.uses:
        users.add(use.kind, use.id, [use.docname])
    for note in corpus.annotations:
        for name in (note.id, *note.see):
            users.add("annotation", name, [note.docname])
    _follow_notes(corpus, users)
    _follow_cards(corpus, users)
    _follow_citations(corpus, users)
    return users


def _follow_notes(corpus: Corpus, users: _Users) -> None:
    """Add what names notes, and the actors of that with their cards."""
    pages = {note.id: note.docname for note in corpus.annotations}
    for advice in corpus.recommendations:
        users.add("recommendation", advice.id, (pages[name] for name in advice.annotations if name in pages))
    for event in corpus.events:
        users.add("event", event.id, (pages[name] for name in event.annotations if name in pages))
        for name in event.actors:
            users.add("actor", name, users.of("event", event.id))
    for actor in corpus.actors:
        users.add("term", actor.term, users.of("actor", actor.id))


def _follow_cards(corpus: Corpus, users: _Users) -> None:
    """Add the cards of memberships, those that followed another, however many in a row, and the memberships of all these."""
    for membership in corpus.memberships:
        users.add("term", membership.body, users.named("membership", membership.id))
    # First from the cards that are used, then from those that nothing leads to.
    for pages_of in (users.named, users.of):
        first = {term.id: set(pages_of("term", term.id)) for term in corpus.terms}
        for term in corpus.terms:
            for name in _followers(corpus, term):
                users.add("term", name, first[term.id])
    for membership in corpus.memberships:
        users.add("membership", membership.id, users.of("term", membership.body))


def _followers(corpus: Corpus, term: Term) -> Iterator[str]:
    """Yield the cards that followed *term*, one after the other; of a circle each once."""
    seen, name = {term.id}, term.successor
    while name not in seen and name in corpus.term_by_id:
        yield name
        seen.add(name)
        name = corpus.term_by_id[name].successor


def _follow_citations(corpus: Corpus, users: _Users) -> None:
    """Add the sources of all that is used."""
    for note in corpus.annotations:
        users.cite("annotation", note.id, note.evidence)
    for event in corpus.events:
        users.cite("event", event.id, event.sources)
    for advice in corpus.recommendations:
        users.cite("recommendation", advice.id, advice.sources)
    for membership in corpus.memberships:
        users.cite("membership", membership.id, membership.sources)
    for term in corpus.terms:
        users.cite("term", term.id, term.sources)
