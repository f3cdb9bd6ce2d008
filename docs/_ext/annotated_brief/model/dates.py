"""Dates in the Extended Date/Time Format (ISO 8601-2:2019, EDTF).

The edition uses level 0 (``2014``, ``2014-08``, ``2014-08-29``, intervals with ``/``) and, of level 1, the
qualifiers ``~`` (approximate) and ``?`` (uncertain) and the open end ``..``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from .text import shortened

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?]?)")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class DateError(ValueError):
    """A text that is no date of the supported part of EDTF; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """One end of a date: a year, month or day, in the proleptic Gregorian calendar."""

    year: int
    month: int = 0  # 1-12; 0 where the date names no month
    day: int = 0  # 1-31; 0 where the date names no day
    qualifier: str = ""  # "", "~" approximate, "?" uncertain

    def first_day(self) -> dt.date:
        """The earliest day the point may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """The latest day the point may mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def text(self) -> str:
        """The point in words: ``29 August 2014``, ``about 1992``."""
        month = MONTHS[self.month - 1] if self.month else ""
        words = " ".join(filter(None, [str(self.day or ""), month, str(self.year)]))
        prefix = {"~": "about ", "?": "perhaps ", "": ""}[self.qualifier]
        return prefix + words


@dataclass(frozen=True, slots=True, kw_only=True)
class EdtfDate:
    """A date or interval as written (*source*), with its two ends; None is an open end."""

    source: str
    start: Point | None
    end: Point | None

    @property
    def is_interval(self) -> bool:
        """Whether the date was written with a slash."""
        return "/" in self.source

    def sort_key(self) -> tuple[dt.date, str]:
        """Order by first possible day, coarser dates of the same day first."""
        point = self.start or self.end
        return (point.first_day() if point else dt.date.min, self.source)

    def first_day(self) -> dt.date:
        """The earliest day that the date may mean; the beginning of time where its start is open."""
        return self.start.first_day() if self.start else dt.date.min

    def last_day(self) -> dt.date:
        """The latest day that the date may mean; the end of time where its end is open."""
        return self.end.last_day() if self.end else dt.date.max

    def meets(self, other: EdtfDate) -> bool:
        """Whether some day may belong to both dates."""
        return self.first_day() <= other.last_day() and other.first_day() <= self.last_day()

    def text(self) -> str:
        """The date in words, for readers: ``1 May 2016 – 1 March 2020``, ``since 1992``."""
        if not self.is_interval:
            return self.start.text() if self.start else ""
        if self.start and self.end:
            return f"{self.start.text()} – {self.end.text()}"
        if self.start:
            return f"since {self.start.text()}"
        return f"until {self.end.text()}" if self.end else ""


def parse_edtf(source: str) -> EdtfDate:
    """Return the date that *source* denotes.

    Raises :class:`DateError` for anything outside the supported part of EDTF, impossible days
    (``2022-01-34``) and intervals that end before they begin.
    """
    parts = source.split("/")
    if len(parts) > 2:
        raise DateError(f"‘{shortened(source)}’ has more than one slash")
    if len(parts) == 1:
        point = _point(source)
        return EdtfDate(source=source, start=point, end=point)
    start, end = (None if part in {"..", ""} else _point(part) for part in parts)
    if start is None and end is None:
        raise DateError(f"‘{shortened(source)}’ names no date at either end")
    if start and end and end.first_day() < start.first_day():
        raise DateError(f"‘{shortened(source)}’ ends before it begins")
    return EdtfDate(source=source, start=start, end=end)


def _point(source: str) -> Point:
    """Return the single date that *source* denotes, or raise :class:`DateError`."""
    match = _POINT.fullmatch(source)
    if not match or not source.isascii():
        raise DateError(f"‘{shortened(source)}’ is not written as YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(group or 0) for group in match.group(1, 2, 3))
    try:
        dt.date(year, month if match[2] else 1, day if match[3] else 1)
    except ValueError:
        raise DateError(f"‘{shortened(source)}’ is not a day of the calendar") from None
    return Point(year=year, month=month, day=day, qualifier=match[4])
