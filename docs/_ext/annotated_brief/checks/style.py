"""How the words are set: the marks that a typesetter would use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus

_STRAIGHT = re.compile(r"\S*['\"]\S*")
_SHOWN = ("name", "headline", "claim", "text")  # the fields of records that hold words of ours


def check_marks(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each record of ours that holds a straight quotation mark or apostrophe, with the first one."""
    records: Iterator[Any] = chain(
        corpus.paragraphs, corpus.annotations, corpus.terms, corpus.events, corpus.recommendations, corpus.memberships
    )
    for record in records:
        texts = (getattr(record, name, "") for name in _SHOWN)
        found = next((_STRAIGHT.search(text) for text in texts if "'" in text or '"' in text), None)
        if found is not None:
            yield Diagnostic(
                code=Code.STRAIGHT_MARK,
                message=f"{found[0]} has a straight quotation mark or apostrophe",
                location=record.location,
                hint="write ’, or “ and ” around words",
            )
