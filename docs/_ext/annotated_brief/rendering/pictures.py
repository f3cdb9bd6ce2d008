"""The pictures that networks show beside a link to the brief or to a note, drawn by Typst.

Typst breaks lines, knows only the typefaces of the lock and gives the same bytes everywhere; a drawing as SVG would leave
the first to us and the second to the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import typst

from ..model.corpus import Corpus
from ..model.records import Annotation, Brief
from ..model.text import digest
from ..model.vocabulary import Verdict
from .tokens import colours
from .typst.code import Code, Value, call, text_of
from .typst.fonts import open_fonts

WIDTH, HEIGHT = 1200, 630  # pixels, as Open Graph readers want it
_LONG = 90  # characters of a title that is set smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: its path below the site, what it says in words, and the code that draws it."""

    path: str
    alt: str
    code: Code


def brief_picture(corpus: Corpus, brief: Brief, edition: str) -> Picture:
    """Return the picture of *brief*: its title, and a square for each note, by verdict."""
    notes = corpus.annotations_of(brief.docname)
    found = [note.verdict for note in sorted(notes, key=lambda note: note.verdict.rank)]
    counts = ", ".join(f"{found.count(verdict)} {verdict}" for verdict in Verdict if verdict in found)
    kicker = f"{len(notes)} claims of “{brief.work.title}”, checked"
    return Picture(
        path=picture_path(brief),
        alt=f"{brief.title}: {len(notes)} notes, {counts}",
        code=_code(kicker, brief.title, edition, tone="ink", squares=[str(verdict) for verdict in found]),
    )


def note_picture(note: Annotation, brief: Brief, edition: str) -> Picture:
    """Return the picture of *note*: number, finding, verdict."""
    return Picture(
        path=picture_path(brief, note),
        alt=f"Note {note.number}, {note.verdict}: {note.headline}",
        code=_code(
            f"Note {note.number}",
            note.headline,
            edition,
            tone=str(note.verdict),
            word=str(note.verdict),
            symbol=note.verdict.symbol,
        ),
    )


def picture_path(brief: Brief, note: Annotation | None = None) -> str:
    """Return the path below the site of the picture of *brief* or of its *note*."""
    folder = brief.docname.rpartition("/")[0]
    return f"{folder}/notes/{note.id}.png" if note is not None else f"{folder}/picture.png"


def draw_pictures(pictures: Iterable[Picture], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes (PNG) of each picture; what is drawn is kept in *folder*, beside the doctrees."""
    template = files(__package__).joinpath("pictures.typ").read_text("utf-8")
    wanted = {
        picture: folder / "pictures" / f"{digest(version('typst'), template, picture.code)}.png" for picture in pictures
    }
    missing = [picture for picture, file in wanted.items() if not file.exists()]
    for picture, drawn in zip(missing, _draw(template, [picture.code for picture in missing]), strict=True):
        file = wanted[picture]
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".tmp")
        draft.write_bytes(drawn)
        draft.replace(file)
    for picture, file in wanted.items():
        yield picture.path, file.read_bytes()


def _draw(template: str, codes: Sequence[Code]) -> list[bytes]:
    """Return a PNG for each of *codes*."""
    if not codes:
        return []
    source = "\n".join([template, *(f"#{code}" for code in codes)])
    with open_fonts() as fonts:
        drawn: bytes | list[bytes] = typst.compile(source.encode(), font_paths=fonts, format="png", ppi=72)
    return drawn if isinstance(drawn, list) else [drawn]


def _code(kicker: str, title: str, edition: str, **more: Value) -> Code:
    """Return the code of one picture."""
    light: Mapping[str, Value] = {name: colour for name, (colour, _) in colours().items()}
    texts = {"kicker": text_of(kicker), "title": text_of(title), "edition": text_of(edition)}
    return call("picture", **texts, long=len(title) > _LONG, colours=light, **more)
