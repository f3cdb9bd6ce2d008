"""The scorecard: one row a recommendation."""

from __future__ import annotations

from ..model.vocabulary import Attribution, Outcome
from .tables import CITATIONS, DATE, ID, IDS, TEXT, Column, Table, cited

SCORECARD = Table(
    name="scorecard",
    title="Recommendations and what became of them",
    holds="recommendation",
    columns=(
        Column("id", ID, lambda advice: advice.id),
        Column("number", {"type": "integer", "minimum": 1}, lambda advice: advice.number),
        Column("headline", TEXT, lambda advice: advice.headline),
        Column(
            "paragraph",
            {"type": "integer", "minimum": 1, "description": "paragraph of the article"},
            lambda advice: advice.paragraph,
        ),
        Column("addressee", TEXT, lambda advice: advice.addressee),
        Column(
            "attributed",
            {"enum": [str(word) for word in Attribution], "description": "whose recommendation it is"},
            lambda advice: str(advice.attributed),
        ),
        Column("outcome", {"enum": [str(word) for word in Outcome]}, lambda advice: str(advice.outcome)),
        Column("as_of", {**DATE, "title": "date of the latest source read"}, lambda advice: advice.as_of.source),
        Column("sources", CITATIONS, lambda advice: cited(advice.sources)),
        Column("annotations", IDS, lambda advice: list(advice.annotations)),
        Column("text", TEXT, lambda advice: advice.text),
    ),
)
