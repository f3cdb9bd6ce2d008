"""Answers that name records: one that is not there is refused when it is asked for, before the rest is answered in vain."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ..checks.references import nearest
from ..model.corpus import Corpus
from ..model.records import Brief
from ..reading.options import Option
from ..reading.work import WorkError, choose
from .asking import Choices
from .project import Fault


def choices_of(corpus: Corpus) -> dict[str, Choices]:
    """Return what can be named, by kind: ids, and what is said beside each."""
    return {
        "source": {source.id: f"{source.label}: {source.title}" for source in corpus.sources},
        "note": {note.id: note.headline for note in corpus.annotations},
        "card": {term.id: term.name for term in corpus.terms},
        "actor": {actor.id: actor.name for actor in corpus.actors},
    }


def naming_sources(option: Option, known: Collection[str]) -> Option:
    """Return *option* so that it takes no source but those that are *known*."""

    def read(text: str) -> Any:
        items = option.read(text)
        for item in items:
            if item.id not in known:
                new = "a new source is added with ‘brief new source’"
                raise ValueError(f"‘{item.id}’ is not in refs.bib; {nearest(item.id, known)}; {new}")
            if item.locator in known:
                raise ValueError(f"‘{item.locator}’ is a source, and no place in ‘{item.id}’; write ; between sources")
        return items

    return replace(option, read=read)


def naming(kind: str, option: Option, known: Collection[str]) -> Option:
    """Return *option*, which names one record or several of a *kind*, so that it takes none but those that are *known*."""

    def read(text: str) -> Any:
        found = option.read(text)
        for name in (found,) if isinstance(found, str) else found:
            if name not in known:
                raise ValueError(f"there is no {kind} ‘{name}’; {nearest(name, known)}")
        return found

    return replace(option, read=read)


def chosen_brief(corpus: Corpus, slug: str) -> Brief:
    """Return the brief *slug*, or the only one where that is empty; raises :class:`Fault`."""
    try:
        return choose({brief.slug: brief for brief in corpus.briefs}, slug)
    except WorkError as error:
        raise Fault(str(error)) from None
