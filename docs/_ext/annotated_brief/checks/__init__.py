"""Pure rules over the corpus: each takes a :class:`Corpus` and yields diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic
from ..model.corpus import Corpus
from .evidence import check_evidence
from .identity import check_identity, check_lifetimes, check_unused
from .lights import check_lights
from .quotes import check_quotations, check_unmarked
from .references import check_references
from .reviews import check_dates, check_suspects
from .style import check_marks
from .terms import check_case, check_first_uses, check_forms, check_years
from .works import check_paragraphs, check_seals, check_source_words, check_works

RULES: tuple[Callable[[Corpus], Iterator[Diagnostic]], ...] = (
    check_identity,
    check_lifetimes,
    check_references,
    check_evidence,
    check_dates,
    check_suspects,
    check_forms,
    check_first_uses,
    check_case,
    check_years,
    check_marks,
    check_quotations,
    check_unmarked,
    check_lights,
    check_works,
    check_paragraphs,
    check_source_words,
    check_seals,
    check_unused,
)


def check_corpus(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield the findings of all rules."""
    for rule in RULES:
        yield from rule(corpus)
