"""The facing edition: for whoever holds a copy of the article, its paragraphs beside the restatement.

A local copy, not for publication. The transform does nothing unless ``brief_facing`` names the project whose
``.sources/`` holds the copy, which only ``brief build`` sets, for builds into ``build/facing/``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.article import OUTSIDE, find_anchor
from ..model.copies import Copy, take_apart
from ..model.corpus import Corpus
from ..model.records import Annotation
from ..model.text import fold
from ..reading import nodes as n
from ..reading.copies import WORKS, stored_copies
from ..reading.domain import brief_domain
from ..reading.links import labelled

WARNING = "Local copy, not for publication"


def anchor_id(note: str) -> str:
    """Return the id of the author's words that the annotation *note* is about."""
    return f"source-{note}"


def find_raw(raw: str, start: int, length: int) -> tuple[int, int]:
    """Return the span of *raw* that folds to the *length* characters from *start* of the folded text."""

    def folded(end: int) -> int:
        """Return how many characters the first *end* fold to; a sentinel keeps the last blank."""
        return len(fold(raw[:end] + "|")) - 1

    places = range(len(raw) + 1)
    return bisect_right(places, start, key=folded) - 1, bisect_left(places, start + length, key=folded)


class FacingTransform(SphinxPostTransform):
    """Put the author's paragraph before each restated one, its annotated words marked and linked both ways."""

    default_priority = 8  # after the lists are filled (7), before links are resolved (10)

    def run(self, **kwargs: object) -> None:
        """Fill the document, if it is a brief of which a copy is at hand."""
        if not self.config.brief_facing:
            return
        corpus = brief_domain(self.env).corpus()
        brief = corpus.brief_by_page.get(self.env.current_document.docname)
        text = dict(stored_copies(Path(self.config.brief_facing), WORKS)).get(brief.slug) if brief else None
        if brief and text:
            copy = take_apart(text, brief.work)
            for passage in list(self.document.findall(n.passage)):
                self._face(passage, brief.work.lang, copy, corpus)

    def _face(self, passage: n.passage, lang: str, copy: Copy, corpus: Corpus) -> None:
        """Put the author's text before *passage* and link both ways."""
        noted = [note for note in passage.findall(n.annotation) if note["fields"]["id"] in corpus.annotation_by_id]
        notes = [corpus.annotation_by_id[node["fields"]["id"]] for node in noted]
        marked: set[str] = set()
        blocks = list(self._originals(copy, passage, notes, marked))
        if blocks:
            passage.insert(0, n.original("", *blocks, lang=lang))
        for node, note in zip(noted, notes, strict=True):
            if note.id in marked:
                words = nodes.reference("", note.source_words, refid=anchor_id(note.id), internal=True)
                body = next(iter(node.findall(n.annotation_body)))
                body.insert(1, labelled("original", "In the original:", words))

    @staticmethod
    def _originals(
        copy: Copy, passage: n.passage, notes: list[Annotation], marked: set[str]
    ) -> Iterator[nodes.paragraph]:
        """Yield the author's text for *passage*; the ids of annotations that found their words go into *marked*."""
        if passage["number"]:
            part = copy.part(f"p{passage['number']}")
            lines = [part.raw] if part is not None and part.raw else []
        else:
            outside = copy.part(OUTSIDE)
            lines = outside.raw.splitlines() if outside is not None else []
        for line in lines:
            spans = sorted(
                (*find_raw(line, places[0], len(fold(note.source_words))), note.id)
                for note in notes
                if note.id not in marked and (places := find_anchor(fold(line), note))
            )
            if spans or passage["number"]:
                marked |= {name for _, _, name in spans}
                yield nodes.paragraph("", "", *highlighted(line, spans))


def highlighted(text: str, spans: Iterable[tuple[int, int, str]]) -> list[nodes.Node]:
    """Return *text* with the sorted *spans* (start, end, id of an annotation) marked; overlaps go to the earlier."""
    found: list[nodes.Node] = []
    at = 0
    for start, end, name in spans:
        begin = max(start, at)
        found.append(nodes.Text(text[at:begin]))
        found.append(n.original_words("", text[begin:end], ids=[anchor_id(name)], annotation=name))
        at = max(at, end)
    found.append(nodes.Text(text[at:]))
    return found
