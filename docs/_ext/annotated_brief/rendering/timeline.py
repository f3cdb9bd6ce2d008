"""The timeline as a drawing: one lane for each group of actors, one mark for each event, uncertain dates hollow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.corpus import Corpus
from ..model.dates import DateError, EdtfDate, parse_edtf
from ..model.records import Event
from ..model.vocabulary import Lane
from ..reading import nodes as n
from ..reading.domain import SITES, brief_domain
from ..reading.links import cited, reference
from .build import Cell, CollectError, links, table
from .charts import WIDTH

_STEP = 13  # pixels between two rows of a lane
_GAP = 10.0  # pixels between two marks of a row
_REPEAT = 400  # pixels after which a narrow screen, which shows a part of the drawing, is told the lane again
_DAY = 86_400_000  # milliseconds


class Kind(StrEnum):
    """How a date is drawn."""

    DAY = "day"  # a dot
    SPAN = "span"  # a stroke: it lasted
    IMPRECISE = "imprecise"  # a dashed stroke: some day of the month or year
    DOUBTFUL = "doubtful"  # a ring at the start of a dashed stroke: approximate or uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event in a lane: from when to when (days), and in which row of all."""

    event: Event
    lane: Lane
    start: dt.date
    end: dt.date
    row: int


def timeline(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The events of the EDTF interval *argument* as a drawing, and as a table."""
    try:
        era = parse_edtf(argument)
    except DateError as error:
        raise CollectError(f"‘{argument}’ is no interval ({error}); write one as 1991/2014") from None
    events = [event for event in corpus.events if era.first_day() <= event.date.first_day() <= era.last_day()]
    if not events:
        return []
    listed = n.disclosure("", _table(corpus, events), title=f"The {len(events)} events as a table")
    lanes, marks = lay_out(corpus, events, era)
    if not marks:
        return [listed]
    said = f"{len(events)} events, {era.text()}"
    alt = f"{len(events)} events from {events[0].date.text()} to {events[-1].date.text()}, in lanes: {', '.join(lanes)}"
    chart = n.chart(
        "",
        spec=_spec(era, events, lanes, marks),
        alt=alt,
        classes=["brief-lanes"],
        title=said,
        origin="Drawn from the events of this page, each of which names its sources.",
    )
    return [chart, listed]


def _table(corpus: Corpus, events: list[Event]) -> nodes.table:
    """Return what the drawing shows as a table."""
    rows: list[list[Cell]] = [
        [
            reference("event", event.id, event.date.text()),
            ", ".join(lane.definition for lane in Lane if lane in lanes_of(corpus, event)),
            event.text,
            links("annotation", event.annotations) or "–",
            cited(event.sources),
        ]
        for event in events
    ]
    title = f"{events[0].date.text()} to {events[-1].date.text()}"
    return table(("Date", "Lanes", "Event", "Notes", "Sources"), rows, title=title, classes=["brief-chronicle"])


def event_filter(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The form that narrows the events by words and lane."""
    lanes = [(f"lane-{lane}", lane.definition) for lane in Lane]
    return [n.narrowing("", of=".brief-event", choices=[("Lane", lanes)])]


class LaneTransform(SphinxPostTransform):
    """Give each event the lanes of its actors as style classes, by which :func:`event_filter` finds it."""

    default_priority = 7
    builders = SITES

    def run(self, **kwargs: object) -> None:
        """Mark the events of the document."""
        corpus = brief_domain(self.env).corpus()
        for node in self.document.findall(n.event):
            event = corpus.event_by_id.get(node["fields"]["id"])
            if event is not None:
                node["classes"] += [f"lane-{lane}" for lane in sorted(lanes_of(corpus, event))]


def lay_out(corpus: Corpus, events: Iterable[Event], era: EdtfDate) -> tuple[dict[str, int], list[Mark]]:
    """Return the row of each lane that is used, by name, and the marks below it, no two of them on top of each other."""
    events = list(events)
    first, last = _span(era, events)
    gap = (last - first) * _GAP / WIDTH  # what is no day is drawn at least as long
    heads: dict[str, int] = {}
    marks: list[Mark] = []
    top = 0
    for lane in Lane:
        free: list[dt.date] = []  # by row, the first day at which there is room
        for event in events:
            if lane not in lanes_of(corpus, event):
                continue
            start = event.date.first_day()
            end = max(min(event.date.last_day(), last), start + gap if event.date.last_day() > start else start)
            row = next((row for row, day in enumerate(free) if day <= start), len(free))
            free[row:] = [end + gap, *free[row + 1 :]]
            marks.append(Mark(event=event, lane=lane, start=start, end=end, row=top + 1 + row))
        if free:
            heads[lane.definition] = top
            top += len(free) + 2
    return heads, marks


def lanes_of(corpus: Corpus, event: Event) -> set[Lane]:
    """Return the lanes of the actors of *event*."""
    return {corpus.actor_by_id[actor].lane for actor in event.actors if actor in corpus.actor_by_id}


def kind_of(date: EdtfDate) -> Kind:
    """Return how *date* is drawn."""
    if any(point is not None and point.qualifier for point in (date.start, date.end)):
        return Kind.DOUBTFUL
    if date.is_interval:
        return Kind.SPAN
    return Kind.DAY if date.first_day() == date.last_day() else Kind.IMPRECISE


def _span(era: EdtfDate, events: list[Event]) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that is drawn."""
    last = max(event.date.first_day() for event in events)
    return max(era.first_day(), min(event.date.first_day() for event in events)), min(era.last_day(), last)


def _values(marks: Iterable[Mark]) -> Iterator[dict[str, Any]]:
    """Yield what is drawn of each mark."""
    for mark in marks:
        yield {
            "from": _moment(mark.start),
            "to": _moment(mark.end),
            "row": mark.row,
            "kind": kind_of(mark.event.date),
            "href": f"#{mark.event.id}",
            "about": f"{mark.event.date.text()}: {mark.event.text}",
        }


def _moment(day: dt.date) -> int:
    """Return *day* in milliseconds since 1970 (UTC), as Vega counts time."""
    return (day - dt.date(1970, 1, 1)).days * _DAY


def _spec(era: EdtfDate, events: list[Event], lanes: dict[str, int], marks: list[Mark]) -> dict[str, Any]:
    """Return the Vega-Lite specification of the drawing."""
    first, last = _span(era, events)
    edge = (last - first) * _GAP / WIDTH
    rows = max(mark.row for mark in marks) + 1
    x: dict[str, Any] = {
        "field": "from",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [_moment(first - edge), _moment(last + edge)]},
        "axis": {"orient": "top", "labelOverlap": True, "tickCount": 12, "domain": False},
    }
    y: dict[str, Any] = {
        "field": "row",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [-0.6, rows - 0.4], "reverse": True, "nice": False, "zero": False},
        "axis": None,
    }
    shared = {"href": {"field": "href"}, "description": {"field": "about"}, "y": y, "x": x}
    long = {**shared, "x2": {"field": "to"}}
    stroke = {"type": "rule", "strokeWidth": 5, "opacity": 0.7, "color": "var(--link)", "strokeCap": "butt"}
    point = {"type": "point", "size": 62, "opacity": 1, "color": "var(--link)"}
    layers: list[tuple[set[Kind], dict[str, Any], dict[str, Any]]] = [
        ({Kind.SPAN}, stroke, long),
        ({Kind.IMPRECISE, Kind.DOUBTFUL}, {**stroke, "strokeDash": [3, 2]}, long),
        ({Kind.DAY}, {**point, "filled": True}, shared),
        ({Kind.DOUBTFUL}, {**point, "filled": False, "fill": "var(--paper)"}, shared),
    ]
    values = list(_values(marks))
    found = {value["kind"] for value in values}
    return {
        "width": WIDTH,
        "height": rows * _STEP,
        "data": {"values": values},
        "layer": [
            *_names(lanes, y),
            *(
                {
                    "transform": [{"filter": {"field": "kind", "oneOf": sorted(kinds)}}],
                    "mark": mark,
                    "encoding": encoding,
                }
                for kinds, mark, encoding in layers
                if kinds & found  # a layer without marks would be an image without a name
            ),
        ],
    }


def _names(lanes: dict[str, int], y: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the layers with the names of the lanes: once, and again, unseen, for screens that show a part of the drawing."""
    for at in range(0, WIDTH, _REPEAT):
        yield {
            "data": {"values": [{"row": row, "lane": lane} for lane, row in lanes.items()]},
            "mark": {"type": "text", "align": "left", "fontWeight": 600, "opacity": 0 if at else 1, "aria": False},
            "encoding": {"y": y, "x": {"value": at}, "text": {"field": "lane"}},
        }
