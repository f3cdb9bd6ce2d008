"""What an annotation rests on, and the fingerprint of each thing: the ground of the suspect ripple."""

from __future__ import annotations

import dataclasses
from typing import Any

from .corpus import Corpus
from .records import Annotation
from .text import digest, fold

_LENGTH = 12  # hex digits: enough to tell versions of one record apart
_ASIDE = {  # where a record stands, how it is shown and catalogued, how another language calls it
    "location",
    "docname",
    "label",
    "names",
    "foreign",
    "imprint",
}
_CLAIM = ("claim", "source_words", "prefix", "verdict", "evidence", "as_of")


def fingerprint(value: Any) -> str:
    """Return 12 hex digits that stand for the content of a record, a text or a tuple of values, folded."""
    return digest(repr(_content(value)))[:_LENGTH]


def _content(value: Any) -> Any:
    """Return *value* without what stands aside; a text that is only set otherwise is the same text."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, tuple):
        return [_content(part) for part in value]
    if dataclasses.is_dataclass(value):
        return [
            (field.name, _content(getattr(value, field.name)))
            for field in dataclasses.fields(value)
            if field.name not in _ASIDE
        ]
    return value


class Foundations:
    """The fingerprints of what each annotation of a corpus rests on."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._linked: dict[str, set[tuple[str, str]]] = {}
        for use in corpus.uses:
            if use.kind in {"source", "term"}:
                self._linked.setdefault(use.within, set()).add((use.kind, use.id))
        self._prints: dict[tuple[str, str], str] = {}

    def of(self, note: Annotation) -> dict[str, str]:
        """Return ``{"source:key": …, "term:id": …, "paragraph:id": …, "claim": …}`` for *note*, sorted.

        ``claim`` stands for the annotation's own verdict and what it is a verdict on. What a link leads to and
        does not exist is left out: that is a finding of its own.
        """
        linked = self._linked.get(note.id, set()) | {("source", item.id) for item in note.evidence}
        found = {f"{kind}:{name}": print_ for kind, name in linked if (print_ := self._print(kind, name))}
        if note.paragraph is not None:
            found[f"paragraph:{note.paragraph.id}"] = fingerprint(note.paragraph.text)
        found["claim"] = fingerprint(tuple(getattr(note, name) for name in _CLAIM))
        return dict(sorted(found.items()))

    def _print(self, kind: str, name: str) -> str:
        """Return the fingerprint of a source or term, or an empty string where there is none."""
        if (kind, name) not in self._prints:
            record = (self._corpus.source_by_id if kind == "source" else self._corpus.term_by_id).get(name)
            self._prints[kind, name] = fingerprint(record) if record is not None else ""
        return self._prints[kind, name]
