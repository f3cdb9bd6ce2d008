"""The glossary as a whole: an index of each kind, of the names in three languages, and a form that narrows it."""

from __future__ import annotations

from docutils import nodes

from ..model.collation import cyrillic_key
from ..model.corpus import Corpus
from ..model.records import Term
from ..model.vocabulary import CardKind
from ..reading import nodes as n
from ..reading.links import reference


def card_index(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The cards of one kind, or with *argument* ``kk`` or ``ru`` the names in that language, in its alphabetic order."""
    listing = nodes.bullet_list(classes=["brief-index"])
    for term, name in _names(corpus, argument):
        link = reference("term", term.id, name)
        shown = n.foreign("", "", link, lang=argument) if argument in {"kk", "ru"} else link
        listing += nodes.list_item("", nodes.paragraph("", "", shown))
    return [listing] if listing.children else []


def card_indexes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """An index of each kind, to be opened; on paper the cards stand in the same order."""
    found: list[nodes.Node] = []
    for kind in CardKind:
        listing = card_index(corpus, kind)
        number = sum(term.kind is kind for term in corpus.terms)
        found += [n.disclosure("", *listing, title=f"{kind.plural} ({number})")] if listing else []
    return found


def _names(corpus: Corpus, argument: str) -> list[tuple[Term, str]]:
    """Return cards and the names under which they are listed, in order."""
    if argument in {"kk", "ru"}:
        found = [
            (term, name.text) for term in corpus.terms for name in term.names if name.lang == argument and name.text
        ]
        return sorted(found, key=lambda item: cyrillic_key(item[1]))
    found = [(term, term.name) for term in corpus.terms if term.kind == argument]
    return sorted(found, key=lambda item: item[1].casefold())


def card_filter(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The form that narrows the glossary by words and kind."""
    kinds = [(f"kind-{kind}", str(kind)) for kind in CardKind]
    return [n.narrowing("", of=".brief-card", choices=[("Kind", kinds)])]
