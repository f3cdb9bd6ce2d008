"""What the title page says: facts of the work and of the edition, counted from the records."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from ...model.corpus import Corpus
from ...model.dates import DateError, Point, parse_edtf
from ...model.records import Work
from ..facing import WARNING
from .code import Code, Value, call, text_of
from .writer import TypstError

if TYPE_CHECKING:
    from sphinx.builders import Builder

PAPERS = ("a4", "us-letter")
QUOTED = (
    "The work itself belongs to its author and publisher. No paragraph and no sentence of it is reprinted here: it is "
    "restated in other words, and a note quotes at most six words of it, to say which claim it is about."
)


def build_date(corpus: Corpus) -> dt.datetime:
    """Return the date in the PDF: ``SOURCE_DATE_EPOCH``, else the day of the latest check, never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC)
    days = [note.checked.start.first_day() for note in corpus.annotations if note.checked.start]
    return dt.datetime.combine(max(days, default=dt.date(2000, 1, 1)), dt.time(), tzinfo=dt.UTC)


def front_matter(builder: Builder, corpus: Corpus, title: str, date: dt.datetime, attached: list[Value]) -> Code:
    """Return the call that sets up a document of *corpus*: metadata, page, title page, contents, and the files in it."""
    config = builder.config
    if config.brief_pdf_paper not in PAPERS:
        raise TypstError(f"brief_pdf_paper is ‘{config.brief_pdf_paper}’; it can be {' or '.join(PAPERS)}")
    works = [brief.work for brief in corpus.briefs]
    return call(
        "edition.with",
        **metadata(builder, works, date, title),
        imprint=imprint(builder, date, title),
        works=[printed(work) for work in works],
        verdicts=counted(corpus),
        counts=counts(corpus),
        quoted=QUOTED,
        attached=attached,
        notice=WARNING if config.brief_facing else "",
    )


def metadata(builder: Builder, works: list[Work], date: dt.datetime, title: str) -> dict[str, Value]:
    """Return what every PDF says of itself: title, author, language, subject, date, and the paper it is for."""
    config = builder.config
    return {
        "title": title,
        "author": config.author,
        "lang": (config.language or "en").partition("-")[0].partition("_")[0],
        "keywords": keywords(works),
        "description": "; ".join(f"{work.title}, by {work.author}, restated and checked" for work in works),
        "date": call("datetime", year=date.year, month=date.month, day=date.day),
        "paper": config.brief_pdf_paper,
    }


def imprint(builder: Builder, date: dt.datetime, title: str) -> dict[str, Value]:
    """Return what title page and summary say of the edition, as it is shown."""
    config = builder.config
    return {
        "title": text_of(title),
        "author": text_of(config.author),
        "rights": text_of(config.copyright),
        "release": text_of(config.release),
        "dated": spoken(date.date()),
    }


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


def printed(work: Work) -> dict[str, Value]:
    """Return the same for print, where a long word must break; an address is a pair of itself and what is shown."""
    plain = {key: text_of(text) for key, text in facts(work).items() if isinstance(text, str)}
    return {**plain, "urls": [[url, text_of(url)] for url in work.urls]}


def spoken(day: dt.date) -> str:
    """Return *day* in words: ``23 November 2026``."""
    return Point(year=day.year, month=day.month, day=day.day).text()


def counted(corpus: Corpus) -> list[Value]:
    """Return the verdicts with their signs and how often each was given."""
    return [
        {"word": str(verdict), "symbol": verdict.symbol, "count": count} for verdict, count in corpus.verdicts().items()
    ]


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
