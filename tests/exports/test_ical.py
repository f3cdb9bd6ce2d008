"""The timeline as iCalendar: read back by a parser, honest about dates that are no day."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from annotated_brief.exports.ical import to_ical
from annotated_brief.model.dates import parse_edtf
from annotated_brief.model.text import visible
from conftest import Built
from exports.corpora import DATES, NASTY, SITE, TEXTS, edition


def events(text: str) -> list[Event]:
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    found = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    assert not [event.errors for event in found if event.errors]
    return found


def test_the_real_timeline_is_a_calendar(real: Built) -> None:
    path = real.out / "data/reaffirming-balance/timeline.ics"
    found = events(path.read_bytes().decode())
    assert [str(event["uid"]).partition("@")[0] for event in found] == [event.id for event in real.corpus.events]
    assert [str(event["x-edtf"]) for event in found] == [event.date.source for event in real.corpus.events]
    lines = path.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75  # octets, as the standard asks
    assert b"\n" not in b"".join(lines)


def ended(text: str) -> str:
    """Return *text* with the line ends that the format knows, which is one kind."""
    return visible(text).replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=len(DATES)))
@example(list(NASTY))
def test_any_text_survives_icalendar(texts: list[str]) -> None:
    corpus = edition(texts)
    found = events(to_ical(corpus, corpus.briefs[0], SITE))
    for event, record in zip(found, corpus.events, strict=True):
        assert str(event["summary"]).endswith(ended(record.text))
        assert str(event["description"]).startswith(ended(record.text))
        assert list(event.categories) == [ended(record.text)]


@pytest.mark.parametrize(
    ("edtf", "start", "end", "status", "summary"),
    [
        ("2014-08-29", dt.date(2014, 8, 29), None, "CONFIRMED", "x"),
        ("2014-08", dt.date(2014, 8, 1), dt.date(2014, 9, 1), "CONFIRMED", "August 2014: x"),
        ("2014", dt.date(2014, 1, 1), dt.date(2015, 1, 1), "CONFIRMED", "2014: x"),
        ("2014-08-29~", dt.date(2014, 8, 29), None, "TENTATIVE", "about 29 August 2014: x"),
        ("2012-04?", dt.date(2012, 4, 1), dt.date(2012, 5, 1), "TENTATIVE", "perhaps April 2012: x"),
        ("2014-08-29/2014-09-02", dt.date(2014, 8, 29), dt.date(2014, 9, 3), "CONFIRMED", None),
        ("1992/..", dt.date(1992, 1, 1), None, "CONFIRMED", "since 1992: x"),
        ("../2012", dt.date(2012, 12, 31), None, "CONFIRMED", "until 2012: x"),
        ("9999-12-31", dt.date(9999, 12, 31), None, "CONFIRMED", "x"),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31), "CONFIRMED", "9999: x"),
    ],
)
def test_a_date_claims_no_more_than_it_knows(
    edtf: str, start: dt.date, end: dt.date | None, status: str, summary: str | None
) -> None:
    corpus = edition(["x"])
    record = dataclasses.replace(corpus.events[0], date=parse_edtf(edtf))
    corpus = dataclasses.replace(corpus, events=(record,))
    (event,) = events(to_ical(corpus, corpus.briefs[0], SITE))
    assert start == event.DTSTART
    assert end == event.DTEND
    assert (str(event["status"]), str(event["transp"]), str(event["x-edtf"])) == (status, "TRANSPARENT", edtf)
    assert str(event["summary"]) == (summary or f"{record.date.text()}: x")
