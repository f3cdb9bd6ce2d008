"""Memberships: one row a state in a body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.corpus import Corpus
from ..model.dates import EdtfDate
from ..model.records import Membership
from .tables import CITATIONS, DATE, ID, TEXT, Column, Table, cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One state in one body."""

    membership: Membership
    body: str  # name of the body
    state: str
    valid: EdtfDate


MEMBERSHIPS = Table(
    name="memberships",
    title="Who belongs to what, and since when",
    holds="membership",
    columns=(
        Column("membership", ID, lambda member: member.membership.id),
        Column(
            "body",
            {**ID, "description": "id of the body’s card in the glossary"},
            lambda member: member.membership.body,
        ),
        Column("body_name", TEXT, lambda member: member.body),
        Column(
            "state",
            {"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 code"},
            lambda member: member.state,
        ),
        Column(
            "valid",
            {**DATE, "title": "since when, or from when to when, as far as the sources say"},
            lambda member: member.valid.source,
        ),
        Column("sources", CITATIONS, lambda member: cited(member.membership.sources)),
        Column("text", {"type": "string"}, lambda member: member.membership.text),
    ),
)


def members(corpus: Corpus) -> Iterator[Member]:
    """Yield every state in every body."""
    for found in corpus.memberships:
        card = corpus.term_by_id.get(found.body)
        for state, valid in found.members:
            yield Member(membership=found, body=card.name if card else found.body, state=state, valid=valid)
