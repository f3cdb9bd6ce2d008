"""Terms are linked at their first use, and no two cards claim the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Code, Diagnostic
from ..model.records import Corpus, Term


def check_forms(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each form of a name that two cards claim."""
    first: dict[str, Term] = {}
    for term in corpus.terms:
        for form in term.forms:
            other = first.setdefault(form, term)
            if other is not term:
                yield Diagnostic(
                    code=Code.SHARED_FORM,
                    message=f"‘{form}’ is already a form of ‘{other.id}’ ({other.location})",
                    location=term.location,
                    hint="leave it to one card",
                )


def check_first_uses(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each restated paragraph that names a term without a link to its card."""
    owners = {form: term.id for term in corpus.terms for form in term.forms}
    if not owners:
        return
    longest_first = sorted(owners, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    linked = {(use.docname, use.within, use.id) for use in corpus.uses if use.kind == "term"}
    for paragraph in corpus.paragraphs:
        named = {owners[form]: form for form in reversed(pattern.findall(paragraph.text))}
        for term, form in named.items():
            if (paragraph.docname, paragraph.id, term) not in linked:
                yield Diagnostic(
                    code=Code.TERM_UNLINKED,
                    message=f"‘{form}’ is not linked to its card in ¶{paragraph.label}",
                    location=paragraph.location,
                    hint=f"write {{term}}`{form} <{term}>` at its first use",
                )
