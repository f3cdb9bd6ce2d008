"""The timeline as iCalendar (RFC 5545): whole days, and honest about dates that are no single day.

A calendar knows days, not years or *about*. So an event whose date may mean several days spans all of them, is
transparent (nobody is busy), says its date in words in its summary, and keeps the EDTF form as ``X-EDTF``; one whose
date is approximate or uncertain is tentative. Where one end is open, the calendar shows the day that is known.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from ..model.corpus import Corpus
from ..model.dates import EdtfDate
from ..model.records import Brief
from ..model.records import Event as Record
from ..model.text import visible
from .site import Site

PRODUCT = "-//annotated-brief//timeline//EN"


def to_ical(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return the events of the edition as a calendar.

    The stamp that the standard asks of each is the day of the last check of the edition, so that the same records
    always give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", visible(site.name))
    calendar.add("x-wr-calname", visible(site.name))
    last = max((note.checked.last_day() for note in corpus.annotations), default=dt.date(1970, 1, 1))
    stamp = dt.datetime.combine(last, dt.time(), dt.UTC)
    for record in corpus.events:
        calendar.add_component(_event(corpus, brief, site, record, stamp))
    return str(calendar.to_ical(), "utf-8")


def ical_held(text: str) -> dict[str, list[str]]:
    """Return the ids of the events that the calendar *text* has."""
    return {"event": [str(event["uid"]).rpartition("@")[0] for event in Calendar.from_ical(text).walk("VEVENT")]}


def _event(corpus: Corpus, brief: Brief, site: Site, record: Record, stamp: dt.datetime) -> Event:
    """Return one event."""
    event = Event()
    event.add("uid", f"{record.id}@{brief.slug}")
    event.add("dtstamp", stamp)
    first, last = _span(record.date)
    event.add("dtstart", first)
    if last > first:  # the standard names the day after the last
        event.add("dtend", min(last, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1))
    event.add("summary", visible(record.text if _is_day(record.date) else f"{record.date.text()}: {record.text}"))
    event.add("description", visible(_description(corpus, record)))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if _qualified(record.date) else "CONFIRMED")
    names = [corpus.actor_by_id[actor].name for actor in record.actors if actor in corpus.actor_by_id]
    if names:
        event.add("categories", list(map(visible, names)))
    if address := site.address(record.docname, record.id):
        event.add("url", address)
    event.add("x-edtf", record.date.source)
    return event


def _qualified(date: EdtfDate) -> bool:
    """Whether an end of *date* is approximate or uncertain."""
    return any(point is not None and point.qualifier for point in (date.start, date.end))


def _is_day(date: EdtfDate) -> bool:
    """Whether *date* is one day, and known."""
    return not date.is_interval and date.start is not None and bool(date.start.day) and not _qualified(date)


def _span(date: EdtfDate) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of *date*; of an open date, the day at the end that is known."""
    first, last = date.first_day(), date.last_day()
    if date.start is None:
        return last, last
    return (first, first) if date.end is None else (first, last)


def _description(corpus: Corpus, record: Record) -> str:
    """Return what stands below an event: its date, its text and its sources."""
    lines = [record.text, f"Date: {record.date.text()} (EDTF {record.date.source})"]
    for item in record.sources:
        source = corpus.source_by_id.get(item.id)
        where = f", {item.locator}" if item.locator else ""
        lines.append(f"Source: {source.label}{where}, {source.title}" if source else f"Source: {item.id}{where}")
    return "\n".join(lines)
