"""The cover: the facts of the title page as a picture, drawn by Typst with the typefaces of the lock."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import TYPE_CHECKING

import typst

from ...model.corpus import Corpus
from ...model.dates import parse_edtf
from ..facing import WARNING
from ..tokens import colours
from ..typst.code import Value, call
from ..typst.fonts import open_fonts
from ..typst.front import counts, facts
from .translator import EpubError

if TYPE_CHECKING:
    from sphinx.config import Config

HEIGHT = 2400  # pixels
_PAGE = 225 / 25.4  # its height in inches, as cover.typ has it


def title_facts(corpus: Corpus, config: Config, date: dt.datetime) -> dict[str, Value]:
    """Return what cover and title page say: of the work, of the edition, and its verdicts in numbers."""
    return {
        "title": config.project,
        "author": config.author,
        "date": parse_edtf(f"{date:%Y-%m-%d}").text(),
        "works": [facts(brief.work) for brief in corpus.briefs],
        "verdicts": [
            {"word": str(verdict), "symbol": verdict.symbol, "count": count}
            for verdict, count in corpus.verdicts().items()
        ],
        "counts": counts(corpus),
        "notice": WARNING if config.brief_facing else "",
    }


def draw_cover(corpus: Corpus, config: Config, date: dt.datetime) -> bytes:
    """Return the cover as PNG, always the same bytes for the same edition: a square for each note, by verdict."""
    code = call(
        "cover",
        **title_facts(corpus, config, date),
        lang=(config.language or "en").partition("-")[0].partition("_")[0],
        squares=[str(verdict) for verdict, count in corpus.verdicts().items() for _ in range(count)],
        colours={name: light for name, (light, _) in colours().items()},
    )
    template = files(__package__).joinpath("cover.typ").read_text("utf-8")
    with open_fonts() as fonts:
        try:
            drawn: bytes | list[bytes] = typst.compile(
                f"{template}\n#{code}\n".encode(),
                font_paths=fonts,
                ignore_system_fonts=True,
                format="png",
                ppi=HEIGHT / _PAGE,
            )
        except typst.TypstError as error:
            raise EpubError(f"the cover cannot be drawn: {error.diagnostic or error.message}") from error
    # A title of many lines runs over to another page; the title page has all of it.
    return drawn[0] if isinstance(drawn, list) else drawn
