"""Annotations made with Hypothesis: the JSON of its API, or the file that its client exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..model.anchoring import Comment
from ..model.json_text import ParseError, parse_json

LIMIT = 50_000_000  # bytes; a hundred thousand annotations have fewer


class HypothesisError(ValueError):
    """A file that holds no annotations of Hypothesis; the message says what is wrong."""


def load_hypothesis(path: Path) -> tuple[Comment, ...]:
    """Return the annotations in *path*, in its order: of a search (``rows``), an export (``annotations``), or one alone.

    Raises :class:`HypothesisError`.
    """
    try:
        if path.stat().st_size > LIMIT:
            raise HypothesisError(f"it has more than {LIMIT:,} bytes; export fewer at a time")
        found = parse_json(path.read_text("utf-8-sig"))
    except OSError as error:
        raise HypothesisError(f"it cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise HypothesisError(f"it is not in UTF-8 from byte {error.start:,} on") from None
    except ParseError as error:
        raise HypothesisError(str(error)) from None
    return tuple(_comment(item, number) for number, item in enumerate(_items(found), 1))


def _items(found: Any) -> list[Any]:
    """Return the list of annotations that *found* holds, under one of the names by which Hypothesis calls it."""
    if isinstance(found, dict):
        if "target" in found and "uri" in found:
            return [found]
        found = found.get("annotations", found.get("rows"))
    if not isinstance(found, list):
        raise HypothesisError("it holds neither ‘annotations’ (export of the client) nor ‘rows’ (API)")
    return found


def _comment(item: Any, number: int) -> Comment:
    """Return annotation *number* of the file."""

    def read(holder: Any, name: str, kind: type[Any]) -> Any:
        value = holder.get(name) if isinstance(holder, dict) else None
        if value is None:
            return kind()
        if not isinstance(value, kind):
            raise HypothesisError(f"annotation {number}: ‘{name}’ is no {'list' if kind is list else 'text'}")
        return value

    if not isinstance(item, dict):
        raise HypothesisError(f"annotation {number} is no object")
    tags = read(item, "tags", list)
    if not all(isinstance(tag, str) for tag in tags):
        raise HypothesisError(f"annotation {number}: a tag is no text")
    targets = read(item, "target", list)
    selectors = [selector for target in targets for selector in read(target, "selector", list)]
    quote: dict[str, Any] = next((found for found in selectors if read(found, "type", str) == "TextQuoteSelector"), {})
    return Comment(
        id=read(item, "id", str) or str(number),
        uri=read(item, "uri", str),
        text=read(item, "text", str),
        exact=read(quote, "exact", str),
        prefix=read(quote, "prefix", str),
        suffix=read(quote, "suffix", str),
        tags=tuple(tags),
        author=read(item, "user", str).removeprefix("acct:"),
        updated=(read(item, "updated", str) or read(item, "created", str))[:10],
        answers=bool(read(item, "references", list)),
    )
