"""Visitors for the nodes of the edition: passages, notes, cards, events, sources."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from docutils import nodes

from ...model.text import quotation_marks
from ...reading import nodes as n
from ..charts import draw_for_print, svg_width
from ..freshness import OVERDUE
from .code import Code, Value, body, call, literal, text_of
from .writer import Writer, is_of_cards, neighbour, wrapped

_Found = TypeVar("_Found", bound=nodes.Element)
_FEW = 15_000  # characters of code up to which a run of cards is divided in halves
_FULL = 800  # pixels of a chart that takes the width of a page
_SHORT = 700  # characters up to which a note, card or source is kept on one page


class EditionVisitors(Writer):
    """What the edition adds to docutils."""

    visit_overview, depart_overview = wrapped("group")
    visit_passage_number, depart_passage_number = wrapped("gutter")
    visit_annotation_head, depart_annotation_head = wrapped("par")
    visit_annotation_body, depart_annotation_body = wrapped("group")
    visit_annotation_number, depart_annotation_number = wrapped("number")
    visit_headline, depart_headline = wrapped("headline")
    visit_line_label, depart_line_label = wrapped("small-label")
    visit_card_head, depart_card_head = wrapped("entry-head")
    visit_card_names, depart_card_names = wrapped("names")
    visit_event_date, depart_event_date = wrapped("group")
    visit_quotation_block, depart_quotation_block = wrapped("displayed")
    visit_foreign, depart_foreign = wrapped("group")
    visit_key_points, depart_key_points = wrapped("key-points")
    visit_collected, depart_collected = wrapped("group")
    visit_count, depart_count = wrapped("group")
    visit_source_list, depart_source_list = wrapped("columned")

    def visit_modes(self, node: n.modes) -> None:
        """Leave out what only a screen has."""
        raise nodes.SkipNode

    visit_narrowing = visit_disclosure = visit_citing = visit_preview = visit_preview_name = visit_modes

    def visit_chart(self, node: n.chart) -> None:
        """Add a chart, with a sentence for those who do not see it."""
        svg = draw_for_print(node["spec"], Path(self.builder.doctreedir))
        caption = f"{node['title']}. {node['origin']}"
        self.add(call("chart", svg, node["alt"], literal(caption), share=min(1.0, svg_width(svg) / _FULL)))
        raise nodes.SkipNode

    def visit_passage(self, node: n.passage) -> None:
        """Add a restated paragraph, its notes in short beside it and in full below; running heads show its number."""
        groups = [child for child in node.children if isinstance(child, n.annotation_group)]
        self.begin(node)
        for child in node.children:
            if child not in groups:
                child.walkabout(self)
        text = self.end(node)
        beside = [self._in_short(note) for group in groups for note in group.findall(n.annotation)]
        number = node.get("number")
        running = f"¶{number}" if number else ""
        notes = self.code_of(*groups) if groups else None
        self.add(call("passage", text, running=running, margin=beside, notes=notes))
        raise nodes.SkipNode

    visit_annotation_group, depart_annotation_group = wrapped("notes")

    def _in_short(self, node: n.annotation) -> Code:
        """Return the line in the margin that stands for a note: number, verdict, headline, as a link to it."""
        head = child_of(node, n.annotation_head)
        verdict = child_of(head, n.verdict_label)["verdict"]
        return call(
            "in-short",
            text_of(child_of(head, n.headline).astext()),
            number=child_of(head, n.annotation_number).astext(),
            verdict="" if OVERDUE in node["classes"] else str(verdict),
            symbol=verdict.symbol,
            target=self.want(self.label(node["ids"][0]), node),
        )

    def visit_bar(self, node: n.bar) -> None:
        """Begin the words of a bar."""
        self.begin(node)

    def depart_bar(self, node: n.bar) -> None:
        """Add the words; what has colours of its own is drawn below them, too."""
        parts, words = parts_of(node), self.end(node)
        self.add(call("verdict-bar", parts, words) if all(part["symbol"] for part in parts) else words)

    def visit_mark(self, node: n.mark) -> None:
        """Begin the words that a note hangs on."""
        self.begin(node)

    def depart_mark(self, node: n.mark) -> None:
        """Add the words, with the number of the note as a link to it."""
        words = self.end(node)
        if node.get("number"):
            target = self.want(self.label(node["annotation"]), node)
            verdict = "" if OVERDUE in node["classes"] else str(node["verdict"])  # no verdict: grey
            words = call("mark", words, number=node["number"], verdict=verdict, target=target)
        self.add(words)

    visit_original, depart_original = wrapped("original")

    def visit_original_words(self, node: n.original_words) -> None:
        """Begin the author's words that a note is about."""
        self.begin(node)

    def depart_original_words(self, node: n.original_words) -> None:
        """Add the words as a link to the note."""
        target = self.want(self.label(node["annotation"]), node)
        self.add(call("original-words", self.end(node), target=target))

    def visit_verdict_label(self, node: n.verdict_label) -> None:
        """Begin the word of a verdict or outcome."""
        self.begin(node)

    def depart_verdict_label(self, node: n.verdict_label) -> None:
        """Add the word with its symbol."""
        verdict = node["verdict"]
        self.add(call("verdict", str(verdict), verdict.symbol, self.end(node)))

    def visit_annotation(self, node: n.annotation) -> None:
        """Add a note: number, verdict and dates in the margin, the rest in the text."""
        inner = child_of(node, n.annotation_body)
        dates = [line for line in inner.children if isinstance(line, n.labelled) and line["kind"] == "dates"]
        back = f"mark-{node['ids'][0]}" if node.get("number") else ""
        self._note(node, [child for child in inner.children if child not in dates], dates, back)
        raise nodes.SkipNode

    def visit_recommendation(self, node: n.recommendation) -> None:
        """Add a recommendation in the form of a note."""
        head = child_of(node, n.annotation_head)
        self._note(node, [child for child in node.children if child is not head], [], "")
        raise nodes.SkipNode

    def _note(self, node: nodes.Element, text: Iterable[nodes.Node], dates: list[n.labelled], back: str) -> None:
        """Add a note made of the head of *node*, *text* and *dates*; its number links *back* to the mark."""
        head = child_of(node, n.annotation_head)
        number = self.code_of(*child_of(head, n.annotation_number).children)
        if back:
            number = call("inner", self.want(self.label(back), node), number)
        self.begin(node)
        for child in text:
            child.walkabout(self)
        self.add(
            call(
                "note",
                self.end(node),
                number=number,
                verdict=self.code_of(child_of(head, n.verdict_label)),
                level=self.level + 1,
                whole=is_short(node),
                headline=self.code_of(child_of(head, n.headline)),
                dates=self.code_of(*(part for line in dates for part in line.children[1:])) if dates else None,
            )
        )

    def visit_labelled(self, node: n.labelled) -> None:
        """Begin a line with a small label."""
        self.begin(node)

    def depart_labelled(self, node: n.labelled) -> None:
        """Add the line; a claim stays with the note on it."""
        is_claim = node["kind"] == "claim"
        self.add(call("line-of", self.end(node), large=is_claim, sticky=is_claim and is_short(node)))

    def visit_card(self, node: n.card) -> None:
        """Begin a card; cards that follow each other share columns."""
        self._begin_run(node)

    def depart_card(self, node: n.card) -> None:
        """Add the card, after the last of a run the columns."""
        self._end_run(node, call("entry", self.end(node), whole=is_short(node)))

    visit_membership, depart_membership = visit_card, depart_card

    def visit_actor(self, node: n.actor) -> None:
        """Begin an actor; actors that follow each other share columns."""
        self._begin_run(node)

    def depart_actor(self, node: n.actor) -> None:
        """Add the actor, after the last of a run the columns."""
        self._end_run(node, call("actor", self.end(node)))

    def _begin_run(self, node: nodes.Element) -> None:
        """Begin *node*, and before the first of its kind in a row a body for all of them."""
        if not is_of_cards(node.parent) and type(neighbour(node, -1)) is not type(node):
            self.begin()
        self.begin(node)

    def _end_run(self, node: nodes.Element, code: Code) -> None:
        """Add the *code* of *node*, and after the last of its kind in a row all of them in columns."""
        self.add(code)
        if not is_of_cards(node.parent) and type(neighbour(node, 1)) is not type(node):
            self.add(in_columns(self.end_parts()))

    def visit_source_item(self, node: n.source_item) -> None:
        """Begin a source of the bibliography."""
        self.begin(node)

    def depart_source_item(self, node: n.source_item) -> None:
        """Add the source."""
        self.add(call("entry", self.end(node), whole=is_short(node)))

    def visit_event(self, node: n.event) -> None:
        """Add an event: date in the margin, the rest in the text."""
        dates = [c for c in node.children if isinstance(c, nodes.Element) and "brief-event-date" in c["classes"]]
        self.begin(node)
        for child in node.children:
            if child not in dates:
                child.walkabout(self)
        shown = self.code_of(*(part for line in dates for part in line.children))
        self.add(call("event", self.end(node), date=shown, whole=is_short(node)))
        raise nodes.SkipNode

    def visit_quotation(self, node: n.quotation) -> None:
        """Begin words from a source."""
        self.begin(node)

    def depart_quotation(self, node: n.quotation) -> None:
        """Add the words between the quotation marks of their language."""
        words, marks = self.end(node), quotation_marks(node["lang"])
        for part in (literal(marks[0]), words, literal(marks[-1])):
            self.add(part)


def child_of(node: nodes.Element, wanted: type[_Found]) -> _Found:
    """Return the first child of *node* that is a *wanted*."""
    return next(child for child in node.children if isinstance(child, wanted))


def in_columns(entries: list[str]) -> Code:
    """Return *entries* in two columns: a few as halves of about equal length, many as running text."""
    total = sum(map(len, entries))
    if total > _FEW:
        return call("columned", body(entries))
    length = 0
    left: list[str] = []
    while entries and (not left or length + len(entries[0]) / 2 < total / 2):
        left.append(entries.pop(0))
        length += len(left[-1])
    return call("abreast", body(left), body(entries))


def parts_of(node: n.bar) -> list[dict[str, Value]]:
    """Return the words of a bar with their signs and numbers."""
    return [{"word": str(word), "symbol": word.symbol, "count": number} for word, number in node["parts"]]


def is_short(node: nodes.Element) -> bool:
    """Whether *node* is short enough to be kept on one page."""
    return len(node.astext()) <= _SHORT
