"""What the readers of ``docs/data/`` share: a file that is not there says nothing, and a wrong one is a :class:`DataError`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..model.json_text import ParseError
from ..model.text import shortened


class DataError(ValueError):
    """A data file that no command can have written; the message says what is wrong."""


def load_mapping(path: Path, parse: Callable[[str], Any]) -> Any:
    """Return what *path* holds, or None where there is no such file; raises :class:`DataError`."""
    if not path.exists():
        return None
    try:
        found = parse(path.read_text("utf-8"))
    except ParseError as error:
        raise DataError(str(error)) from None
    except (OSError, ValueError) as error:
        raise DataError(f"it cannot be read ({shortened(error)})") from None
    if not isinstance(found, dict):
        raise DataError("it is no mapping")
    return found


def day(text: str) -> str:
    """Return an ISO 8601 day, or raise :class:`DataError`."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise DataError(f"‘{shortened(text)}’ is no day") from None


def said(value: Any, name: str) -> str:
    """Return *value* as text; raises :class:`ValueError` where it says nothing."""
    if not str(value or "").strip():
        raise ValueError(f"‘{name}’ says nothing")
    return str(value)
