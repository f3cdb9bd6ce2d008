"""JSON as anybody may send it: what no file of ours can hold is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .text import shortened


class ParseError(ValueError):
    """A text that cannot be read, or holds what cannot be written again; the message says what and where."""


def parse_json(text: str | bytes) -> Any:
    """Return the value of the JSON *text* (RFC 8259); raises :class:`ParseError`."""
    try:
        return writable(json.loads(text, parse_constant=_refuse))
    except ParseError:
        raise
    except json.JSONDecodeError as error:
        raise ParseError(f"it is no JSON (line {error.lineno}, column {error.colno}: {error.msg})") from None
    except RecursionError:
        raise ParseError("it is nested too deeply") from None
    except ValueError as error:  # a number of thousands of digits, or bytes that are no text
        raise ParseError(f"it holds a value that is none ({shortened(error)})") from None


def writable(value: Any) -> Any:
    """Return *value*; raises :class:`ParseError` where a text in it has half a character, which no file can hold."""
    for text in _texts(value):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ParseError(f"it holds half a character (U+{ord(text[error.start]):04X})") from None
    return value


def _refuse(name: str) -> None:
    """Refuse what Python reads as a number and JSON does not know."""
    raise ParseError(f"‘{name}’ is no number")


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in *value*, through lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _texts(list(pair))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
