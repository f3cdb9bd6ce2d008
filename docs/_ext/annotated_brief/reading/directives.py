"""The directives: they build nodes from the markup and touch no state."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..diagnostics import Code, Diagnostic
from ..model.records import Location
from ..model.vocabulary import (
    ActorKind,
    Attribution,
    CardKind,
    Lane,
    Outcome,
    Verdict,
)
from . import nodes as n
from . import options as o
from .boxes import CollectDirective, KeyPointsDirective, QuotationDirective
from .links import cited, dated, evidence_line, labelled, reference, related
from .options import Option
from .places import locate

_EVIDENCE = "citation keys with locators: key; key, p. 2"
_IDS = "ids separated by semicolons"


class RecordDirective(SphinxDirective):
    """Base of the directives that make a record: an id, typed options, a text."""

    required_arguments = 1
    has_content = True
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = o.AnyOption()
    node_class: ClassVar[type[nodes.Element]]
    spec: ClassVar[dict[str, Option]]
    needs_text: ClassVar[bool] = True
    named: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Return the node of the record, after the problems found in it."""
        location = locate(self)
        problems: list[Diagnostic] = []
        fields: dict[str, Any] = {"location": location}
        for item in o.read_options(self.spec, self.options, location, named=self.named):
            if isinstance(item, Diagnostic):
                problems.append(item)
            else:
                fields[item[0]] = item[1]
        fields["id"] = self._read_id(location, problems)
        body = self.parse_content_to_nodes() if self.content else []
        if self.needs_text and not any(child.astext().strip() for child in body):
            problems.append(
                Diagnostic(
                    code=Code.NO_TEXT,
                    message=f"‘{fields['id']}’ has no text",
                    location=location,
                    hint="write the note below the options, after an empty line",
                )
            )
        node = self.node_class("", ids=[fields["id"]], fields=fields)
        node["text"] = "\n\n".join(child.astext() for child in body if child.astext().strip())
        node["classes"] += self.classes(fields)
        self.set_source_info(node)
        self.fill(node, fields, body)
        return [*(n.problem("", diagnostic=problem) for problem in problems), node]

    def _read_id(self, location: Location, problems: list[Diagnostic]) -> str:
        """Return the id in the directive's argument; a bad one is reported and used as it stands."""
        try:
            return o.identifier(self.arguments[0])
        except o.OptionError as error:
            problems.append(Diagnostic(code=error.code, message=str(error), location=location, hint=error.hint))
            return nodes.make_id(self.arguments[0]) or "unnamed"

    def classes(self, fields: dict[str, Any]) -> list[str]:
        """Return the style classes of the node."""
        return []

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append the visible children to *node*."""
        node += body


class AnnotationDirective(RecordDirective):
    """A note on one claim of the article."""

    node_class = n.annotation
    spec: ClassVar[dict[str, Option]] = {
        "headline": Option(read=o.headline, help="the finding, at most 60 characters", required=True),
        "claim": Option(read=o.text, help="what the article asserts, in our words", required=True),
        "source-words": Option(read=o.source_words, help="at most six words of the article, verbatim", required=True),
        "verdict": Option(read=o.word(Verdict), help=Verdict.words(), required=True, default=Verdict.UNVERIFIED),
        "evidence": Option(read=o.citation_items, help=_EVIDENCE, default=()),
        "as-of": Option(read=o.edtf, help="EDTF date at which the decisive fact held", default=None),
        "checked": Option(read=o.edtf, help="EDTF date of the check", required=True, default=None),
        "review-by": Option(read=o.edtf, help="EDTF date of the next check; two years on by default", default=None),
        "see": Option(read=o.identifiers, help=_IDS, default=()),
    }

    def classes(self, fields: dict[str, Any]) -> list[str]:
        """Return the verdict as a style class."""
        return [f"verdict-{fields['verdict']}"]

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append head and body: claim, note, evidence, related notes, dates."""
        head = n.annotation_head()
        head += [
            n.annotation_number(),
            nodes.Text(" "),
            n.verdict_label("", str(fields["verdict"]), verdict=fields["verdict"]),
            nodes.Text(" "),
            n.headline("", fields["headline"]),
        ]
        inner = n.annotation_body()
        inner += labelled("claim", "The article says:", nodes.Text(fields["claim"]))
        inner += body
        inner += evidence_line(fields["evidence"])
        if fields["see"]:
            links: list[nodes.Node] = []
            for target in fields["see"]:
                links += [nodes.Text("; ")] if links else []
                links.append(reference("annotation", target))
            inner += labelled("see", "See also:", *links)
        inner += self._dates(fields)
        node += [head, inner]

    @staticmethod
    def _dates(fields: dict[str, Any]) -> n.labelled:
        """Return the line with the two clocks: when the fact held, when we looked."""
        parts: list[nodes.Node] = []
        for label, field in (("as of", "as_of"), ("checked", "checked"), ("review by", "review_by")):
            if fields[field]:
                parts += [nodes.Text(" · ")] if parts else []
                parts += [nodes.Text(f"{label} "), dated(fields[field])]
        return labelled("dates", "Dates:", *parts)


class TermDirective(RecordDirective):
    """A card of the glossary."""

    node_class = n.card
    named = True
    spec: ClassVar[dict[str, Option]] = {
        "name": Option(read=o.text, help="full name in English", required=True),
        "abbreviation": Option(read=o.text, help="abbreviation in English"),
        "kind": Option(read=o.word(CardKind), help=CardKind.words(), required=True, default=CardKind.CONCEPT),
        "forms": Option(read=o.listing, help="strings by which running text names it", default=()),
        "valid": Option(read=o.edtf, help="EDTF interval in which it existed", default=None),
        "successor": Option(read=o.identifier, help="id of the card of what replaced it"),
        "sources": Option(read=o.citation_items, help=_EVIDENCE, default=()),
    }

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append head, names, definition, validity and sources."""
        fields["names"] = o.names(self.options)
        head = n.card_head()
        head += n.headline("", fields["name"])
        if fields["abbreviation"]:
            head += nodes.Text(f" ({fields['abbreviation']})")
        node += head
        if fields["names"]:
            node += self._names(fields)
        node += body
        if fields["valid"]:
            node += labelled("valid", "Valid:", dated(fields["valid"]))
        if fields["successor"]:
            node += labelled("successor", "Followed by:", reference("term", fields["successor"]))
        if fields["sources"]:
            node += labelled("evidence", "Sources:", *cited(fields["sources"]))

    @staticmethod
    def _names(fields: dict[str, Any]) -> n.card_names:
        """Return the names in other languages, each tagged with its language."""
        line = n.card_names()
        for name in fields["names"]:
            line += [nodes.Text(" · ")] if line.children else []
            shown = " ".join(filter(None, [name.text, f"({name.abbreviation})" if name.abbreviation else ""]))
            line += n.foreign("", shown, lang=name.lang)
            if name.transliteration:
                line += n.foreign("", f" {name.transliteration}", lang=f"{name.lang}-Latn")
        return line


class ActorDirective(RecordDirective):
    """A party to events of the timeline."""

    node_class = n.actor
    needs_text = False
    spec: ClassVar[dict[str, Option]] = {
        "name": Option(read=o.text, help="name in English", required=True),
        "kind": Option(read=o.word(ActorKind), help=ActorKind.words(), required=True, default=ActorKind.BODY),
        "lane": Option(read=o.word(Lane), help=Lane.words(), required=True, default=Lane.INSTITUTIONS),
        "term": Option(read=o.identifier, help="id of its card"),
    }

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append the name, linked to the card where there is one, and the lane."""
        line = nodes.paragraph()
        name = fields["name"]
        line += reference("term", fields["term"], name) if fields["term"] else nodes.Text(name)
        line += nodes.Text(f" – {fields['lane'].definition}")
        node += [line, *body]


class EventDirective(RecordDirective):
    """A dated event of the timeline."""

    node_class = n.event
    spec: ClassVar[dict[str, Option]] = {
        "date": Option(read=o.edtf, help="EDTF date", required=True, default=None),
        "actors": Option(read=o.identifiers, help=_IDS, required=True, default=()),
        "sources": Option(read=o.citation_items, help=_EVIDENCE, required=True, default=()),
        "annotations": Option(read=o.identifiers, help=_IDS, default=()),
    }

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append date, text, actors, sources and notes."""
        head = nodes.paragraph(classes=["brief-event-date"])
        if fields["date"]:
            head += dated(fields["date"])
        node += [head, *body]
        actors: list[nodes.Node] = []
        for actor in fields["actors"]:
            actors += [nodes.Text(", ")] if actors else []
            actors.append(reference("actor", actor))
        node += labelled("actors", "Actors:", *actors)
        node += related(fields)


class RecommendationDirective(RecordDirective):
    """A recommendation of the article and what became of it."""

    node_class = n.recommendation
    spec: ClassVar[dict[str, Option]] = {
        "number": Option(read=o.number, help="place in the scorecard", required=True, default=0),
        "headline": Option(read=o.headline, help="what is recommended", required=True),
        "paragraph": Option(read=o.number, help="paragraph of the article", required=True, default=0),
        "addressee": Option(read=o.text, help="who is to act", required=True),
        "attributed": Option(
            read=o.word(Attribution),
            help=Attribution.words(),
            required=True,
            default=Attribution.ARTICLE,
        ),
        "outcome": Option(read=o.word(Outcome), help=Outcome.words(), required=True, default=Outcome.UNTESTED),
        "as-of": Option(read=o.edtf, help="EDTF date of the latest source read", required=True, default=None),
        "sources": Option(read=o.citation_items, help=_EVIDENCE, required=True, default=()),
        "annotations": Option(read=o.identifiers, help=_IDS, default=()),
    }

    def classes(self, fields: dict[str, Any]) -> list[str]:
        """Return the outcome as a style class."""
        return [f"outcome-{fields['outcome']}"]

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append head, outcome and sources."""
        head = n.annotation_head()
        head += [
            n.annotation_number("", f"R{fields['number']}"),
            nodes.Text(" "),
            n.verdict_label("", str(fields["outcome"]), verdict=fields["outcome"]),
            nodes.Text(" "),
            n.headline("", fields["headline"]),
        ]
        line = labelled("addressee", "For:", nodes.Text(f"{fields['addressee']} · ¶{fields['paragraph']}"))
        if fields["as_of"]:
            line += [nodes.Text(" · latest source read: "), dated(fields["as_of"])]
        node += [head, line, *body, *related(fields)]


RECORD_DIRECTIVES: dict[str, type[RecordDirective]] = {
    "annotation": AnnotationDirective,
    "term": TermDirective,
    "actor": ActorDirective,
    "event": EventDirective,
    "recommendation": RecommendationDirective,
}
DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **RECORD_DIRECTIVES,
    "key-points": KeyPointsDirective,
    "quotation": QuotationDirective,
    "collect": CollectDirective,
}
