"""What the last page says: which state of which files this copy was made from, by what, and how that can be checked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.corpus import Corpus
from ...model.dates import parse_edtf
from .attachments import Attachment
from .code import Code, Value, call, text_of
from .compile import STANDARDS
from .front import counts, spoken

if TYPE_CHECKING:
    from sphinx.builders import Builder

NAMES = {"ua-1": "PDF/UA-1 (ISO 14289-1)", "a-3a": "PDF/A-3a (ISO 19005-3)"}
JUDGES = ("veraPDF", "page-validation", "qpdf")  # those that the tests run; a test holds this list to them
FACES = "Source Serif and Source Sans; DejaVu Sans Mono for code and signs; Noto Serif SC for Chinese"


def colophon(builder: Builder, corpus: Corpus, date: dt.datetime, attachments: Iterable[Attachment]) -> Code:
    """Return the call that sets the colophon of a document of *corpus*."""
    facts: list[Value] = [[name, list(map(text_of, lines))] for name, lines in _facts(builder, corpus, date) if lines]
    return call(
        "colophon",
        facts=facts,
        digests=[[text_of(name), found] for name, found in digests(builder, corpus, attachments)],
    )


def _facts(builder: Builder, corpus: Corpus, date: dt.datetime) -> Iterator[tuple[str, list[str]]]:
    """Yield name and lines of each fact."""
    config = builder.config
    yield "Edition", [config.project, *filter(None, [config.html_baseurl])]
    state = [f"version {config.release}"] if config.release else []
    if config.brief_commit:
        state.append(f"commit {config.brief_commit}")
    yield "State", state
    yield "Dates", list(_dates(corpus, date))
    yield "Holds", [", ".join(str(count) for count in counts(corpus))]
    yield "Made with", [f"Sphinx {version('sphinx')} and Typst {version('typst')}, from one reading of the files below"]
    yield "Typefaces", [FACES]
    standards = " and ".join(NAMES[standard] for standard in STANDARDS)
    judges = f"{', '.join(JUDGES[:-1])} and {JUDGES[-1]}"
    yield "Format", [f"exported as {standards}; checked by {judges} in the tests of the edition"]


def _dates(corpus: Corpus, date: dt.datetime) -> Iterator[str]:
    """Yield the days that matter to whoever reads this later."""
    yield f"this copy bears the date {spoken(date.date())}"
    checked = sorted(day for note in corpus.annotations if (day := note.checked.first_day()) != dt.date.min)
    if checked:
        span = spoken(checked[0]) if checked[0] == checked[-1] else f"{spoken(checked[0])} to {spoken(checked[-1])}"
        yield f"notes checked {span}"
    read = sorted(source.read for source in corpus.sources if source.read)
    if read:
        yield f"sources last read {parse_edtf(read[-1]).text()}"
    asked = max((link.checked for link in corpus.links), default="")
    if asked:
        yield f"addresses of sources last asked {parse_edtf(asked).text()}"


def digests(builder: Builder, corpus: Corpus, attachments: Iterable[Attachment]) -> Iterator[tuple[str, str]]:
    """Yield path and SHA-256 of what a reader can compare: the lock and the source of each brief, the sources, the data."""
    root = Path(builder.srcdir).parent
    files = [root / brief.work.location.path for brief in corpus.briefs]
    files += [Path(builder.env.doc2path(brief.docname)) for brief in corpus.briefs]
    files += [(Path(builder.srcdir) / name).resolve() for name in builder.config.bibtex_bibfiles]
    for path in files:
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        yield shown, hashlib.sha256(path.read_bytes()).hexdigest()
    for item in attachments:
        yield f"{item.name} (attached: {item.title})", hashlib.sha256(item.text.encode()).hexdigest()
