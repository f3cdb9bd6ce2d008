"""Source words stand in the attached copy of their work, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics import Code, Diagnostic
from ..model.article import OUTSIDE, find_anchor, region_of
from ..model.copies import Copy, Likeness
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief
from ..model.text import words
from .evidence import finding


def check_anchors(corpus: Corpus, copies: Mapping[str, Copy]) -> Iterator[Diagnostic]:
    """Yield a finding for each annotation whose source words do not resolve; *copies* are those of briefs, by slug."""
    for brief in corpus.briefs:
        if (copy := copies.get(brief.slug)) is not None:
            for note in corpus.annotations_of(brief.docname):
                yield from _resolve(note, brief, copy)


def _resolve(note: Annotation, brief: Brief, copy: Copy) -> Iterator[Diagnostic]:
    """Yield what is wrong with the place of *note* in *copy*."""
    name = region_of(note)
    where = "the page around the paragraphs" if name == OUTSIDE else f"¶{name.removeprefix('p')}"
    part = copy.part(name)
    if part is None or part.likeness is Likeness.MISSING:
        yield finding(note, Code.ANCHOR_LOST, f"is about {where}, which the attached copy lacks", "attach a whole copy")
        return
    places = find_anchor(part.text, note)
    if name == OUTSIDE and part.likeness is Likeness.DIFFERS:
        # A copy may come without the furniture of the page, and may bring other furniture: then the seal must do.
        region = next((region for region in brief.work.regions if region.id == OUTSIDE), None)
        if places or (region is not None and 2 * len(words(part.text)) < region.word_count):
            return
    if not places:
        yield finding(
            note,
            Code.ANCHOR_LOST,
            f"has source words that do not stand in {where} of the attached copy: ‘{note.source_words}’",
            "copy them from the article as they stand",
        )
    elif len(places) > 1:
        yield finding(
            note,
            Code.ANCHOR_AMBIGUOUS,
            f"has source words that stand {len(places)} times in {where}: ‘{note.source_words}’",
            "take more words, or give the words before them as :prefix:",
        )
