"""Names: linked at their first use, in the right case, in their years, and claimed by one card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.dates import EdtfDate, parse_edtf
from ..model.naming import Finder
from ..model.records import Location, Term
from ..model.vocabulary import CardKind

_PROPER = {CardKind.BODY, CardKind.PERSON, CardKind.PLACE}  # named by proper nouns


def check_forms(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each form of a name that two cards claim, and each body with two abbreviations at a time."""
    first: dict[str, Term] = {}
    for term in corpus.terms:
        for form in term.forms:
            other = first.setdefault(form.text, term)
            if other is not term:
                yield Diagnostic(
                    code=Code.SHARED_FORM,
                    message=f"‘{form.text}’ is already a form of ‘{other.id}’ ({other.location})",
                    location=term.location,
                    hint="leave it to one card",
                )
        short = [form for form in term.forms if form.text.isupper() and form.text.isalpha() and len(form.text) > 1]
        for one, two in combinations(short, 2):
            if one.valid is None or two.valid is None or one.valid.meets(two.valid):
                yield Diagnostic(
                    code=Code.TWO_ABBREVIATIONS,
                    message=f"‘{term.id}’ is abbreviated both {one.text} and {two.text}",
                    location=term.location,
                    hint=f"choose one, or give each its years: {one.text} [../2014]; {two.text} [2015/..]",
                )


def check_first_uses(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each restated paragraph that names a term without a link to its card."""
    owners = {form.text: (term, form) for term in corpus.terms for form in term.forms}
    names = Finder(owners)
    linked = {(use.docname, use.within, use.id) for use in corpus.uses if use.kind == "term"}
    for paragraph in corpus.paragraphs:
        named = {owners[form][0].id: form for form in reversed(list(names.find(paragraph.text)))}
        for term, form in named.items():
            if (paragraph.docname, paragraph.id, term) not in linked:
                yield Diagnostic(
                    code=Code.TERM_UNLINKED,
                    message=f"‘{form}’ is not linked to its card in ¶{paragraph.label}",
                    location=paragraph.location,
                    hint=f"write {{term}}`{form} <{term}>` at its first use",
                )


def check_case(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each link to a term whose text is a form of the card but for the case of its letters."""
    for use in corpus.uses:
        term = corpus.term_by_id.get(use.id) if use.kind == "term" else None
        if term is None or not use.shown:
            continue
        names = [term.name, *filter(None, [term.abbreviation]), *(form.text for form in term.forms)]
        meant = next((name for name in names if name.casefold() == use.shown.casefold()), use.shown)
        # A sentence may begin with any name; a common noun begins small within one.
        begun = {meant[:1].upper() + meant[1:]}
        if term.kind not in _PROPER and meant[1:] == meant[1:].lower():
            begun.add(meant[:1].lower() + meant[1:])
        if meant != use.shown and use.shown not in {*names, *begun}:
            yield Diagnostic(
                code=Code.TERM_CASE,
                message=f"‘{use.shown}’ is written ‘{meant}’ on its card",
                location=use.location,
                hint=f"write {{term}}`{meant} <{term.id}>`",
            )


def check_years(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each name that is used outside its years.

    A restated paragraph speaks at the date of its work, an event at its own. A form is judged by its years, and
    a card that an event names by the years in which its subject existed.
    """
    owners = {form.text: (term, form) for term in corpus.terms for form in term.forms}
    names = Finder(owners)
    issued = {brief.docname: parse_edtf(brief.work.issued) for brief in corpus.briefs}
    texts = [(p.text, issued[p.docname], p.location) for p in corpus.paragraphs if p.docname in issued]
    texts += [(event.text, event.date, event.location) for event in corpus.events]
    for text, date, location in texts:
        for name in dict.fromkeys(names.find(text)):
            form = owners[name][1]
            if form.valid is not None and not form.valid.meets(date):
                yield _anachronism(name, form.valid, date, location)
    cards = {actor.id: corpus.term_by_id[actor.term] for actor in corpus.actors if actor.term in corpus.term_by_id}
    for event in corpus.events:
        for card in (cards[actor] for actor in event.actors if actor in cards):
            if card.valid is not None and not card.valid.meets(event.date):
                yield _anachronism(card.name, card.valid, event.date, event.location)


def _anachronism(name: str, valid: EdtfDate, date: EdtfDate, location: Location) -> Diagnostic:
    """Return the finding that *name* is used for a time that is not its own."""
    return Diagnostic(
        code=Code.TERM_YEARS,
        location=location,
        message=f"‘{name}’ belongs to {valid.text()}, and is used for {date.text()}",
        hint="use the name of that time, or correct the years on the card",
    )
