"""Pairing: groups each restated paragraph with its annotations, numbers both, reports what has no partner."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

from ..diagnostics import Code, Diagnostic
from . import nodes as n

_NUMBERED = re.compile(r"p([1-9]\d*)")


class PairingTransform(SphinxTransform):
    """Build a passage from each paragraph that has an id and marks, and number its annotations."""

    default_priority = 600  # after the block attributes of the markup are on their paragraphs

    def apply(self, **kwargs: object) -> None:
        """Group, number and report; without marks and annotations the document is left alone."""
        seen: set[str] = set()
        for paragraph in list(self.document.findall(nodes.paragraph)):
            marks = list(paragraph.findall(n.mark))
            if paragraph["ids"] and (marks or _NUMBERED.fullmatch(paragraph["ids"][0])):
                seen |= self._group(paragraph, marks)
        for mark in self.document.findall(n.mark):
            if mark["annotation"] not in seen:
                self._report(
                    mark,
                    Code.MARK_STRAY,
                    f"the mark ‘{mark['annotation']}’ has no annotation after its paragraph",
                    "write the annotation below the paragraph, or correct the id in the mark",
                )
        for note in self.document.findall(n.annotation):
            if note["fields"]["id"] not in seen:
                self._report(
                    note,
                    Code.MARK_MISSING,
                    f"the annotation ‘{note['fields']['id']}’ has no mark in the paragraph before it",
                    "mark our words that it is about with {mark}`…`, in a paragraph with an id",
                )

    def _group(self, paragraph: nodes.paragraph, marks: list[n.mark]) -> set[str]:
        """Put *paragraph* and the annotations after it into a passage; return the ids paired."""
        identifier = paragraph["ids"][0]
        match = _NUMBERED.fullmatch(identifier)
        label = match[1] if match else identifier[0].upper()
        passage = n.passage("", ids=paragraph["ids"], label=label, docname=self.env.current_document.docname)
        passage["number"] = int(match[1]) if match else None
        passage.source, passage.line = paragraph.source, paragraph.line
        notes = self._following(paragraph)
        paragraph.replace_self(passage)
        paragraph["ids"], paragraph["names"] = [], []
        passage += paragraph
        group = n.annotation_group()
        passage += group
        for note in notes:
            note.parent.remove(note)
            group += note
        paired = self._number(passage, marks, group)
        if match:
            paragraph.insert(0, n.passage_number("", f"¶{label}"))
        if not group.children:
            passage.remove(group)
        return paired

    @staticmethod
    def _following(paragraph: nodes.paragraph) -> list[nodes.Element]:
        """Return the annotations (and problems found in them) that directly follow *paragraph*."""
        siblings = paragraph.parent.children
        found: list[nodes.Element] = []
        for sibling in siblings[siblings.index(paragraph) + 1 :]:
            if isinstance(sibling, nodes.comment):
                continue
            if not isinstance(sibling, n.annotation | n.problem):
                break
            found.append(sibling)
        return found

    def _number(self, passage: n.passage, marks: list[n.mark], group: n.annotation_group) -> set[str]:
        """Number the annotations of *group* in the order of *marks*; return the ids paired."""
        notes = {note["fields"]["id"]: note for note in group.children if isinstance(note, n.annotation)}
        paired: set[str] = set()
        for mark in marks:
            identifier = mark["annotation"]
            if identifier in paired:
                self._report(
                    mark,
                    Code.MARK_REPEATED,
                    f"the annotation ‘{identifier}’ has a second mark",
                    "keep one mark; link to the annotation with {annotation}`…` elsewhere",
                )
            elif identifier in notes:
                paired.add(identifier)
                number = f"{passage['label']}.{len(paired)}"
                note = notes[identifier]
                note["number"], note["mark"] = number, mark.astext()
                mark["number"], mark["verdict"] = number, note["fields"]["verdict"]
                mark["ids"] = [f"mark-{identifier}"]
                next(iter(note.findall(n.annotation_number))).append(nodes.Text(number))
        order = [i for mark in marks if (i := mark["annotation"]) in paired]
        written = [i for i in notes if i in paired]
        if written != list(dict.fromkeys(order)):
            self._report(
                group,
                Code.MARK_ORDER,
                f"the annotations of ¶{passage['label']} do not stand in the order of their marks",
                f"order them {', '.join(dict.fromkeys(order))}",
            )
        return paired

    def _report(self, node: nodes.Element, code: Code, message: str, hint: str) -> None:
        """Leave a problem at *node* for the domain to collect."""
        where = node if isinstance(node, n.mark) else next(iter(node.findall(n.annotation)), None)
        location = where["location"] if isinstance(where, n.mark) else None
        if location is None and where is not None:
            location = where["fields"]["location"]
        assert location is not None, "marks and annotations always know where they stand"
        problem = Diagnostic(code=code, message=message, location=location, hint=hint)
        self.document += n.problem("", diagnostic=problem)
