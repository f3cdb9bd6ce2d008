"""Which file each export goes to, and writing them without ever leaving half a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..model.records import Corpus
from .claims import to_claims_json, to_claims_schema


def exported_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield path below the site and text of every exported file."""
    for brief in corpus.briefs:
        folder = f"data/{brief.slug}"
        yield f"{folder}/claims.json", to_claims_json(corpus, brief)
        yield f"{folder}/claims.schema.json", to_claims_schema()


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* by way of a temporary file beside it, so that no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
