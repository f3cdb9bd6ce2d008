"""What became of a record, in a few words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotated_brief.model.holdings import differences, holdings_of
from annotated_brief.model.reviews import Foundations
from annotated_brief.model.states import Change, What
from annotated_brief.model.telling import told
from exports.corpora import edition

CHANGE = Change(
    kind="annotation", id="quay", label="1.1", title="Finished in May", page="briefs/one/index", what=What.CHANGED
)
TOLD = {
    "changed: evidence, claim": {"fields": ("evidence", "claim")},
    "moved: paragraph": {"what": What.MOVED, "fields": ("paragraph",)},
    "new": {"what": What.ADDED},
    "new: updated": {"what": What.ADDED, "now": "updated"},
    "withdrawn: no reason is recorded": {"what": What.WITHDRAWN},
    "withdrawn: said twice; instead: pier": {"what": What.WITHDRAWN, "why": "said twice", "instead": "pier"},
    "updated, no longer disputed": {"what": What.VERDICT, "was": "disputed", "now": "updated"},
    "updated, no longer disputed; also claim": {
        "what": What.VERDICT,
        "was": "disputed",
        "now": "updated",
        "fields": ("claim",),
    },
}


@pytest.mark.parametrize("words", TOLD)
def test_a_change_is_told_in_a_few_words(words: str) -> None:
    assert told(replace(CHANGE, **TOLD[words])) == words  # type: ignore[arg-type]


def test_what_a_form_has_beyond_the_edition_is_told_with_what_it_lacks() -> None:
    corpus = edition(["a"])
    held = {"annotation": ["note-0", "stray"], "term": []}
    assert list(differences(holdings_of(corpus), held)) == [
        ("has the annotation ‘stray’, which is in no page", None),
        ("lacks the term ‘term-0’", corpus.terms[0].location),
    ]


def test_a_note_on_the_whole_article_rests_on_no_paragraph() -> None:
    corpus = edition(["a"])
    (note,) = corpus.annotations
    assert "paragraph:p1" in Foundations(corpus).of(note)
    whole = Foundations(corpus).of(replace(note, paragraph=None))
    assert not any(name.startswith("paragraph:") for name in whole)
