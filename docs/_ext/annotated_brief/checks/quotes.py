"""Quotations are short, say where they stand, and are marked as such."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.records import Annotation, Event, Membership, Paragraph, Recommendation, Term
from ..model.text import fold, words

Told = Paragraph | Annotation | Term | Event | Recommendation | Membership  # what has a text of ours
_WORD = re.compile(r"\w+")
_MARKED = re.compile(r'"([^"]+)"')  # in folded text
_EDGES = " .,;:!?…"
LIMIT = 12  # words; a quotation has fewer
_PAGED = {"book", "collection", "incollection", "inproceedings", "phdthesis", "techreport", "thesis"}


def check_quotations(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each quotation that is too long, or has no place in a source with pages."""
    for quotation in corpus.quotations:
        length = len(words(quotation.text))
        if length >= LIMIT:
            yield Diagnostic(
                code=Code.QUOTE_LENGTH,
                message=f"the quotation from ‘{quotation.item.id}’ has {length} words",
                location=quotation.location,
                hint=f"quote fewer than {LIMIT}, and say the rest in other words",
            )
        source = corpus.source_by_id.get(quotation.item.id)
        if source is not None and source.type in _PAGED and not quotation.item.locator:
            yield Diagnostic(
                code=Code.QUOTE_UNPLACED,
                message=f"the quotation from ‘{source.id}’ names no page or section",
                location=quotation.location,
                hint=f"write <{source.id}, p. 2>",
            )


def check_unmarked(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each run of words in double quotation marks that no other rule can compare with anything.

    Such words may be sealed source words of the article, a title, a name on a card, or a quotation that is marked as
    one elsewhere. Only whole words count; the first letter may differ in case, as at the beginning of a sentence.
    """
    known = _Known(_comparable(corpus))
    records: tuple[Told, ...] = (
        *corpus.paragraphs,
        *corpus.annotations,
        *corpus.terms,
        *corpus.events,
        *corpus.recommendations,
        *corpus.memberships,
    )
    for record in records:
        text = "\n".join(getattr(record, name, "") for name in ("headline", "claim", "text"))
        for quoted in dict.fromkeys(_MARKED.findall(fold(text))):
            if quoted.replace("...", "").strip(_EDGES) not in known:
                yield Diagnostic(
                    code=Code.QUOTE_UNMARKED,
                    message=f"‘{record.id}’ has “{quoted}” in quotation marks, and names no source of it",
                    location=record.location,
                    hint=f"write {{quote}}`{quoted} <source>`, or say it without the marks",
                )


class _Known:
    """Texts of which is asked whether one has some words, in a time that does not depend on how long they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(map(fold, texts))
        self._places: dict[str, list[int]] = defaultdict(list)  # of each word
        for found in _WORD.finditer(self._text):
            self._places[_small(found[0])].append(found.start())

    def __contains__(self, sought: str) -> bool:
        first = _WORD.search(sought)
        if first is None:  # signs alone say nothing
            return True
        places = self._places.get(_small(first[0]), ())
        return any(self._stands(sought, place - first.start()) for place in places if place >= first.start())

    def _stands(self, sought: str, start: int) -> bool:
        """Whether the words stand at *start*, and are whole words there."""
        end = start + len(sought)
        limits = self._text[start - 1 : start], self._text[end : end + 1]
        return _small(self._text[start:end]) == _small(sought) and not any(map(_WORD.match, limits))


def _small(words: str) -> str:
    """Return *words* with a small first letter."""
    return words[:1].lower() + words[1:]


def _comparable(corpus: Corpus) -> Iterator[str]:
    """Yield what is compared elsewhere: source words, titles, names, marked quotations."""
    for brief in corpus.briefs:
        yield from (brief.work.title, brief.work.container)
    for note in corpus.annotations:
        yield f"{note.prefix} {note.source_words}"
    for source in corpus.sources:
        yield from (source.title, source.title_latin)
    for term in corpus.terms:
        yield from (term.name, term.abbreviation, *(form.text for form in term.forms))
        for name in term.names:
            yield from (name.text, name.transliteration)
    for quotation in corpus.quotations:
        yield quotation.text
