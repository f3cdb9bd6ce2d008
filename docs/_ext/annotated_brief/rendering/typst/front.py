"""What the title page says: facts of the work and of the edition, counted from the records."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from ...model.dates import DateError, parse_edtf
from ...model.records import Corpus, Work
from ...reading.domain import brief_domain
from .code import Code, Value, call
from .writer import TypstError

if TYPE_CHECKING:
    from sphinx.builders import Builder

PAPERS = ("a4", "us-letter")


def build_date(corpus: Corpus) -> dt.datetime:
    """Return the date in the PDF: ``SOURCE_DATE_EPOCH``, else the day of the latest check, never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC)
    days = [note.checked.start.first_day() for note in corpus.annotations if note.checked.start]
    return dt.datetime.combine(max(days, default=dt.date(2000, 1, 1)), dt.time(), tzinfo=dt.UTC)


def front_matter(builder: Builder, date: dt.datetime) -> Code:
    """Return the call that sets up the document: metadata, page, title page, contents."""
    config = builder.config
    if config.brief_pdf_paper not in PAPERS:
        raise TypstError(f"brief_pdf_paper is ‘{config.brief_pdf_paper}’; it can be {' or '.join(PAPERS)}")
    corpus = brief_domain(builder.env).corpus()
    works = [brief.work for brief in corpus.briefs]
    return call(
        "edition.with",
        title=config.project,
        author=config.author,
        lang=(config.language or "en").partition("-")[0].partition("_")[0],
        keywords=keywords(works),
        date=call("datetime", year=date.year, month=date.month, day=date.day),
        paper=config.brief_pdf_paper,
        rights=config.copyright,
        release=config.release,
        works=[facts(work) for work in works],
        verdicts=[
            {"word": str(verdict), "symbol": verdict.symbol, "count": count}
            for verdict, count in corpus.verdicts().items()
        ],
        counts=counts(corpus),
    )


def keywords(works: list[Work]) -> list[str]:
    """Return the keywords: what the works are, who wrote them, where they stood."""
    found = ["annotated edition", "fact-checking"]
    for work in works:
        found += [work.title, work.author, work.container]
    return [word for word in dict.fromkeys(found) if word]


def facts(work: Work) -> dict[str, Value]:
    """Return what the title page says of *work*."""
    try:
        issued = parse_edtf(work.issued).text()
    except DateError:
        issued = work.issued
    return {
        "title": work.title,
        "author": work.author,
        "container": work.container,
        "issued": issued,
        "urls": list(work.urls),
    }


def counts(corpus: Corpus) -> list[Value]:
    """Return how many records of each kind there are, in words: ``149 notes``."""
    named = (
        (corpus.annotations, "note", "notes"),
        (corpus.sources, "source", "sources"),
        (corpus.terms, "card in the glossary", "cards in the glossary"),
        (corpus.events, "dated event", "dated events"),
        (corpus.recommendations, "recommendation", "recommendations"),
    )
    return [f"{len(found)} {one if len(found) == 1 else many}" for found, one, many in named if found]
