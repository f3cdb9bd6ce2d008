"""A small page for each note, for networks that show what is linked: they read no fragment of a longer one.

Each says what the note says and leads to its place on the page of the brief, which is named as canonical. It is made from the
records alone, without the pipeline of the site: a hundred of them take a moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from sphinx.util.osutil import relative_uri

from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Tombstone
from .metadata import Shown, social_meta
from .pictures import note_picture

_CYRILLIC = r"[\u0400-\u052f]+(?:[\s-]+[\u0400-\u052f]+)*"
_HAN = r"[\u3400-\u9fff]+"
_SCRIPTS = {"und-Cyrl": _CYRILLIC, "und-Hani": _HAN}
Runs = list[tuple[str, str]]  # text, and its language where that is not English


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all pages of notes share."""

    edition: str
    base: str  # address of the site, ending in a slash
    page: Callable[[str], str]  # from a docname to the path of its page below the site
    policy: str  # for the content of pages
    version: str  # of the style sheet


def note_path(brief: Brief, name: str) -> str:
    """Return the path, below the site, of the page of the note *name*."""
    return f"{brief.docname.rpartition('/')[0]}/notes/{name}.html"


def note_paths(corpus: Corpus, brief: Brief) -> Iterator[str]:
    """Yield the paths of the pages that :func:`note_pages` and :func:`withdrawn_pages` give."""
    yield from (note_path(brief, note.id) for note in corpus.annotations_of(brief.docname))
    yield from (note_path(brief, stone.id) for stone in corpus.withdrawn_from(brief.docname))


def note_pages(corpus: Corpus, brief: Brief, frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield path and text of the page of each note of *brief*."""
    for note in corpus.annotations_of(brief.docname):
        yield note_path(brief, note.id), _note_page(corpus, note, brief, frame)


def withdrawn_pages(corpus: Corpus, brief: Brief, frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield path and text of the page of each record that was withdrawn from *brief*."""
    for stone in corpus.withdrawn_from(brief.docname):
        yield note_path(brief, stone.id), _withdrawn_page(corpus, stone, brief, frame)


def _note_page(corpus: Corpus, note: Annotation, brief: Brief, frame: Frame) -> str:
    """Return the page of *note*."""
    picture = note_picture(note, brief, frame.edition)
    shown = Shown(
        title=note.headline,
        description=f"{str(note.verdict).capitalize()}: {note.claim}",
        address=f"{frame.base}{note_path(brief, note.id)}",
        picture=f"{frame.base}{picture.path}",
        alt=picture.alt,
        is_article=True,
    )
    sources = [(corpus.source_by_id[item.id], item.locator) for item in note.evidence if item.id in corpus.source_by_id]
    return _page(
        brief,
        frame,
        note.id,
        title=note.headline,
        description=shown.description,
        meta=social_meta(shown, frame.edition),
        note=note,
        paragraphs=[_runs(corpus, note, part) for part in note.text.split("\n\n")],
        sources=sources,
    )


def _withdrawn_page(corpus: Corpus, stone: Tombstone, brief: Brief, frame: Frame) -> str:
    """Return the page that tells what became of a note."""
    has_page = stone.instead in {note.id for note in corpus.annotations_of(brief.docname)}
    instead = f"{stone.instead}.html" if has_page else ""
    return _page(brief, frame, stone.id, title=f"{stone.id}: withdrawn", description="", stone=stone, instead=instead)


def _page(brief: Brief, frame: Frame, name: str, **more: Any) -> str:
    """Return a page from the template."""
    here, there = note_path(brief, name), frame.page(brief.docname)
    text: str = _template().render(
        brief=brief,
        edition=frame.edition,
        policy=frame.policy,
        canonical=f"{frame.base}{there}#{name}",
        place=f"{relative_uri(here, there)}#{name}",
        home=relative_uri(here, frame.page("index")) or "./",
        sheet=f"{relative_uri(here, '_static/site.css')}?v={frame.version}",
        icon=relative_uri(here, "_static/icon.svg"),
        licence=LICENCE,
        **more,
    )
    return f"{text}\n"


@cache
def _template() -> Any:
    """Return the template of the pages."""
    text = files("annotated_brief").joinpath("theme/note.html").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)


def _runs(corpus: Corpus, note: Annotation, text: str) -> Runs:
    """Return a paragraph of *note* in runs: quotations with their language, other letters than Latin with their script."""
    langs = {
        quotation.text: quotation.lang
        for quotation in corpus.quotations_of(note.docname)
        if quotation.text and not quotation.lang.startswith("en")
    }
    quoted = sorted((re.escape(words) for words in langs if words in text), key=len, reverse=True)
    pattern = "|".join([*quoted, _CYRILLIC, _HAN])
    return [(run, langs.get(run) or _script(run)) for run in re.split(f"({pattern})", text) if run]


def _script(run: str) -> str:
    """Return the tag of a *run* in a script of which no language is known (BCP 47), or nothing for Latin letters."""
    return next((tag for tag, pattern in _SCRIPTS.items() if re.fullmatch(pattern, run)), "")
