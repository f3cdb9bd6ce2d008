"""Pure rules over the corpus: each takes a :class:`Corpus` and yields diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic
from ..model.records import Corpus
from .evidence import check_evidence, check_reviews
from .identity import check_identity, check_unused
from .references import check_references
from .terms import check_first_uses, check_forms
from .works import check_paragraphs, check_seals

RULES: tuple[Callable[[Corpus], Iterator[Diagnostic]], ...] = (
    check_identity,
    check_references,
    check_evidence,
    check_reviews,
    check_forms,
    check_first_uses,
    check_paragraphs,
    check_seals,
    check_unused,
)


def check_corpus(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield the findings of all rules."""
    for rule in RULES:
        yield from rule(corpus)
