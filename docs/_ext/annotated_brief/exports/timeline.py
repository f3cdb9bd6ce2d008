"""The timeline as a table: one row an event."""

from __future__ import annotations

from ..model.dates import EdtfDate
from .tables import CITATIONS, DATE, ID, IDS, TEXT, Column, Schema, Table, cited


def _day(description: str) -> Schema:
    return {"type": ["string", "null"], "format": "date", "description": description}


def _first_day(date: EdtfDate) -> str | None:
    return date.first_day().isoformat() if date.start else None


def _last_day(date: EdtfDate) -> str | None:
    return date.last_day().isoformat() if date.end else None


TIMELINE = Table(
    name="timeline",
    title="Dated events",
    holds="event",
    columns=(
        Column("id", ID, lambda event: event.id),
        Column("date", DATE, lambda event: event.date.source),
        Column(
            "first_day",
            _day("the earliest day that the date may mean; null where its start is open"),
            lambda event: _first_day(event.date),
        ),
        Column(
            "last_day",
            _day("the latest day that the date may mean; null where its end is open"),
            lambda event: _last_day(event.date),
        ),
        Column("actors", IDS, lambda event: list(event.actors)),
        Column("sources", CITATIONS, lambda event: cited(event.sources)),
        Column("annotations", IDS, lambda event: list(event.annotations)),
        Column("text", TEXT, lambda event: event.text),
    ),
)
