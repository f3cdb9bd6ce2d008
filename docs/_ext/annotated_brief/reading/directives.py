"""The directives: they build nodes from the markup and touch no state."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..model.vocabulary import Attribution, CardKind, Outcome, Verdict
from . import nodes as n
from . import options as o
from .boxes import CollectDirective, KeyPointsDirective, QuotationDirective
from .chronicle import ActorDirective, EventDirective, MembershipDirective
from .links import cited, dated, evidence_line, labelled, reference, related, years
from .options import Option
from .record_directive import EVIDENCE, IDS, RecordDirective


class AnnotationDirective(RecordDirective):
    """A note on one claim of the article."""

    node_class = n.annotation
    spec: ClassVar[dict[str, Option]] = {
        "headline": Option(read=o.headline, help="the finding, at most 60 characters", required=True),
        "claim": Option(read=o.text, help="what the article asserts, in our words", required=True),
        "source-words": Option(read=o.source_words, help="at most six words of the article, verbatim", required=True),
        "prefix": Option(read=o.prefix, help="the words before them in the article, where they occur twice"),
        "verdict": Option(read=o.word(Verdict), help=Verdict.words(), required=True, default=Verdict.UNVERIFIED),
        "evidence": Option(read=o.citation_items, help=EVIDENCE, default=()),
        "as-of": Option(read=o.edtf, help="EDTF date at which the decisive fact held", required=True, default=None),
        "checked": Option(read=o.edtf, help="EDTF date of the check", required=True, default=None),
        "review-by": Option(read=o.edtf, help="EDTF date of the next check; two years on by default", default=None),
        "see": Option(read=o.identifiers, help=IDS, default=()),
        "tags": Option(read=o.listing, help="words to file it under, separated by semicolons", default=()),
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
        if fields["tags"]:
            inner += labelled("tags", "Tags:", nodes.Text(", ".join(fields["tags"])))
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
        "forms": Option(
            read=o.forms, help="strings by which running text names it; [EDTF] after one says when", default=()
        ),
        "valid": Option(
            read=o.edtf, help="EDTF interval in which it existed; of a person, from birth to death", default=None
        ),
        "successor": Option(read=o.identifier, help="id of the card of what replaced it"),
        "sources": Option(read=o.citation_items, help=EVIDENCE, default=()),
    }

    def classes(self, fields: dict[str, Any]) -> list[str]:
        """Return the kind as a style class."""
        return [f"kind-{fields['kind']}"]

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
            label, shown = years(fields["kind"], fields["valid"])
            node += labelled("valid", label, shown)
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
        "sources": Option(read=o.citation_items, help=EVIDENCE, required=True, default=()),
        "annotations": Option(read=o.identifiers, help=IDS, default=()),
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
            n.verdict_label("", fields["outcome"].shown, verdict=fields["outcome"]),
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
    "membership": MembershipDirective,
}
DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **RECORD_DIRECTIVES,
    "key-points": KeyPointsDirective,
    "quotation": QuotationDirective,
    "collect": CollectDirective,
}
