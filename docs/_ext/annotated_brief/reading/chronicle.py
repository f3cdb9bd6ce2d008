"""The directives of the timeline and of memberships: actors, events, members of bodies."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes

from ..model.vocabulary import ActorKind, Lane
from . import nodes as n
from . import options as o
from .links import cited, dated, labelled, reference, related
from .options import Option
from .record_directive import EVIDENCE, IDS, RecordDirective


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
        "actors": Option(read=o.identifiers, help=IDS, required=True, default=()),
        "sources": Option(read=o.citation_items, help=EVIDENCE, required=True, default=()),
        "annotations": Option(read=o.identifiers, help=IDS, default=()),
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


class MembershipDirective(RecordDirective):
    """The members of a body, with dates."""

    node_class = n.membership
    spec: ClassVar[dict[str, Option]] = {
        "body": Option(read=o.identifier, help="id of the card of the body", required=True),
        "members": Option(
            read=o.members, help="ISO 3166-1 code and EDTF date of each: KZ 1991-12-21; …", required=True, default=()
        ),
        "sources": Option(read=o.citation_items, help=EVIDENCE, required=True, default=()),
    }

    def fill(self, node: nodes.Element, fields: dict[str, Any], body: list[nodes.Node]) -> None:
        """Append body, text and sources."""
        head = n.card_head("", "", n.headline("", "", reference("term", fields["body"])))
        node += [head, *body, labelled("evidence", "Sources:", *cited(fields["sources"]))]
