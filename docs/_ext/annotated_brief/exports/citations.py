"""Citations for reference managers: of the sources, of the edition and of each note, in every form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ..model.citing import FORMS, citation_file
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief
from .bibtex import to_bibtex
from .csl import Item, edition_item, note_item, source_item, to_csl
from .files import ExportedFile
from .ris import to_ris
from .site import Site

Items = Callable[[], list[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of citation: who writes it, how its text names the sources, and what it is called on the net."""

    write: Callable[[Iterable[Item]], str]
    keys: Callable[[str], list[str]]
    media_type: str
    standard: str = ""

    def file(self, path: str, title: str, items: Items) -> ExportedFile:
        """Return the file that holds *items* in this form."""
        return ExportedFile(
            path=path,
            make=lambda: self.write(items()),
            media_type=self.media_type,
            title=title,
            schema=self.standard,
        )


WRITERS = {
    "bib": Form(
        write=to_bibtex,
        keys=re.compile(r"^@\w+\{([^,]+),", re.MULTILINE).findall,
        media_type="application/x-bibtex",
        standard="https://ctan.org/pkg/biblatex",
    ),
    "ris": Form(
        write=to_ris,
        keys=re.compile(r"^ID  - ([^\r\n]+)", re.MULTILINE).findall,
        media_type="application/x-research-info-systems",
    ),
    "csl.json": Form(
        write=to_csl,
        keys=lambda text: [item["id"] for item in json.loads(text)],
        media_type="application/vnd.citationstyles.csl+json",
        standard="https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json",
    ),
}


def _held(form: Form, text: str) -> dict[str, list[str]]:
    return {"source": form.keys(text)}


def citation_files(corpus: Corpus, brief: Brief, site: Site) -> Iterator[ExportedFile]:
    """Yield the citations of sources, edition and notes in each of the forms."""

    def sources() -> list[Item]:
        return [source_item(source) for source in corpus.sources]

    def edition() -> list[Item]:
        return [edition_item(corpus, brief, site)]

    def one(note: Annotation) -> list[Item]:
        return [note_item(note, brief, site)]

    for ending, name in FORMS.items():
        form = WRITERS[ending]
        folder = f"data/{brief.slug}"
        yield replace(
            form.file(f"{folder}/sources.{ending}", f"Sources as {name}", sources),
            linked=True,
            holds=partial(_held, form),
        )
        yield replace(
            form.file(f"{folder}/edition.{ending}", f"Citation of the edition as {name}", edition), linked=True
        )
        for note in corpus.annotations_of(brief.docname):
            path, title = citation_file(note, brief, ending), f"Citation of note {note.number} as {name}"
            group = f"Citation of each note as {name}"
            yield replace(form.file(path, title, partial(one, note)), record=note.id, group=group)
