"""The timeline: marks that do not cover each other, dates drawn by what is known of them, a table with the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from annotated_brief.model.dates import parse_edtf
from annotated_brief.model.vocabulary import Lane
from annotated_brief.rendering.timeline import Kind, kind_of, lanes_of, lay_out, timeline
from conftest import Built

ERAS = ["1991/2026", "1991/1999", "2014-01/2014-12", "2020/2026"]


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        ("2014-08-29", Kind.DAY),
        ("2014-08-24/2014-08-30", Kind.SPAN),
        ("2014-08", Kind.IMPRECISE),
        ("1995", Kind.IMPRECISE),
        ("2012-04~", Kind.DOUBTFUL),
        ("1992?/1995", Kind.DOUBTFUL),
    ],
)
def test_a_date_is_drawn_by_what_is_known_of_it(date: str, kind: Kind) -> None:
    assert kind_of(parse_edtf(date)) is kind


@pytest.mark.parametrize("era", ERAS)
def test_no_mark_covers_another(real: Built, era: str) -> None:
    events = [event for event in real.corpus.events if parse_edtf(era).meets(event.date)]
    heads, marks = lay_out(real.corpus, events, parse_edtf(era))
    assert {mark.row for mark in marks}.isdisjoint(heads.values())
    for row in {mark.row for mark in marks}:
        there = sorted((mark for mark in marks if mark.row == row), key=lambda mark: mark.start)
        assert all(before.end < after.start for before, after in pairwise(there))
        assert len({mark.lane for mark in there}) == 1


def test_every_event_has_a_mark_in_each_of_its_lanes(real: Built) -> None:
    heads, marks = lay_out(real.corpus, real.corpus.events, parse_edtf("1400/2026"))
    drawn = {(mark.event.id, mark.lane) for mark in marks}
    assert drawn == {(event.id, lane) for event in real.corpus.events for lane in lanes_of(real.corpus, event)}
    assert list(heads) == [lane.definition for lane in Lane]
    assert list(heads.values()) == sorted(heads.values())


def test_nothing_is_drawn_of_an_era_without_events(real: Built) -> None:
    assert timeline(real.corpus, "1700/1800") == []


@pytest.mark.parametrize("place", [0, 1])
def test_drawing_and_table_hold_the_same_events_with_notes_and_sources(real: Built, place: int) -> None:
    page = BeautifulSoup(real.page("timeline.html"), "html.parser")
    drawing, table = page.select(".brief-lanes")[place], page.select(".brief-chronicle")[place]
    drawn = {str(link["href"]) for link in drawing.select("svg a")}
    assert drawn == {str(link["href"]) for link in table.select("td:first-child a")}
    events = {event.id: event for event in real.corpus.events}
    for row in table.select("tbody tr"):
        cells = row.find_all("td")
        event = events[str(cells[0].select("a")[0]["href"]).lstrip("#")]
        assert len(cells[3].find_all("a")) == len(event.annotations)
        assert len(cells[4].find_all("a")) == len(event.sources)


def test_each_mark_tells_its_event_and_leaves_the_keyboard_alone(real: Built) -> None:
    page = BeautifulSoup(real.page("timeline.html"), "html.parser")
    told = {f"{event.date.text()}: {event.text}" for event in real.corpus.events}
    links = page.select(".brief-lanes svg a")
    assert links
    assert {link["tabindex"] for link in links} == {"-1"}
    assert {" ".join(link.select("title")[0].get_text().split()) for link in links} <= {
        " ".join(text.split()) for text in told
    }


def test_the_years_stand_above_the_drawing(real: Built) -> None:
    drawing = BeautifulSoup(real.page("timeline.html"), "html.parser").select_one(".brief-lanes svg")
    assert drawing is not None
    years = [text for text in drawing.find_all("text") if re.fullmatch(r"\d{4}", text.get_text())]
    assert len(years) >= 6
    assert not [text for text in years if float(str(text["transform"]).partition(",")[2].rstrip(")")) > 0]
