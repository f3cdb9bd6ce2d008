"""The ledger: one row an annotation."""

from __future__ import annotations

from ..model.citing import text_hash
from ..model.vocabulary import Verdict
from .tables import CITATIONS, DATE, ID, IDS, TEXT, Column, Table, cited

CLAIMS = Table(
    name="claims",
    title="Claims with verdicts, dates and evidence",
    holds="annotation",
    columns=(
        Column("id", ID, lambda note: note.id),
        Column("number", {**TEXT, "description": "paragraph and place in it, as printed"}, lambda note: note.number),
        Column(
            "paragraph",
            {
                "type": ["integer", "null"],
                "minimum": 1,
                "description": "paragraph of the article; null for its title, bio and page furniture",
            },
            lambda note: note.paragraph.number if note.paragraph else None,
        ),
        Column("headline", {**TEXT, "maxLength": 60}, lambda note: note.headline),
        Column("claim", {**TEXT, "description": "what the article asserts, in our words"}, lambda note: note.claim),
        Column(
            "source_words",
            {**TEXT, "description": "at most six words of the article"},
            lambda note: note.source_words,
        ),
        Column("verdict", {"enum": [str(verdict) for verdict in Verdict]}, lambda note: str(note.verdict)),
        Column("as_of", {**DATE, "title": "when the decisive fact held"}, lambda note: note.as_of.source),
        Column("checked", {**DATE, "title": "when we looked"}, lambda note: note.checked.source),
        Column("review_by", {**DATE, "title": "when somebody should look again"}, lambda note: note.review_by.source),
        Column("evidence", CITATIONS, lambda note: cited(note.evidence)),
        Column("see", IDS, lambda note: list(note.see)),
        Column("text", TEXT, lambda note: note.text),
        Column(
            "text_hash",
            {
                "type": "string",
                "pattern": "^[0-9a-f]{12}$",
                "description": "by which citations name the state of the note: the first digits of the SHA-256 of headline, "
                "claim, verdict and text in UTF-8, each with single blanks and ended by a zero byte",
            },
            text_hash,
        ),
    ),
)
