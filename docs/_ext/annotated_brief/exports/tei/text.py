"""The text: the restated paragraphs, with a segment for each mark that a note points at."""

from __future__ import annotations

from ...model.corpus import Corpus
from ...model.records import Annotation, Brief, Paragraph
from .elements import Element, el, keep_space, xml_id


def body(corpus: Corpus, brief: Brief) -> Element:
    """Return the restatement."""
    paragraphs = corpus.paragraphs_of(brief.docname)
    written = [_paragraph(corpus, paragraph) for paragraph in paragraphs] or [el("p")]
    return el("text", el("body", el("div", *written, type="restatement")))


def _paragraph(corpus: Corpus, paragraph: Paragraph) -> Element:
    """Return one paragraph."""
    children: list[Element | str] = []
    done = 0
    for note in _in_order(corpus, paragraph):
        end = note.start + len(note.mark)
        children += [paragraph.text[done : note.start], _segment(note, paragraph.text[note.start : end])]
        done = end
    children.append(paragraph.text[done:])
    number = str(paragraph.number or "")
    return keep_space(el("p", *children, n=number, xml_id=xml_id("paragraph", paragraph.id)))


def _in_order(corpus: Corpus, paragraph: Paragraph) -> list[Annotation]:
    """Return the notes on *paragraph* in the order of their marks."""
    notes = corpus.annotations_of(paragraph.docname)
    own = (note for note in notes if note.paragraph is not None and note.paragraph.id == paragraph.id)
    return sorted(own, key=lambda note: note.start)


def _segment(note: Annotation, words: str) -> Element:
    """Return the words that *note* hangs on."""
    return el("seg", words, type="mark", xml_id=xml_id("mark", note.id))
