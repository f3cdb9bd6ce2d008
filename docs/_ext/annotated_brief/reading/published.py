"""A published ``annotations.jsonld`` as states, so that two releases can be compared without their sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..model.changes import to_state
from ..model.json_text import parse_json
from ..model.states import State
from ..model.text import shortened
from .data_files import DataError, load_mapping

_HTML_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"  # what the fragment of our own page conforms to


def load_published(path: Path) -> tuple[State, ...]:
    """Return the state of each note in *path*; raises :class:`DataError`."""
    if not path.is_file():
        raise DataError("there is no such file")
    collection = load_mapping(path, parse_json)
    try:
        if collection["type"] != "AnnotationCollection":
            raise DataError(f"it holds no AnnotationCollection, but ‘{shortened(collection['type'])}’")
        items = collection.get("first", {}).get("items", [])
        ids = {item[name]: item["identifier"] for item in items for name in ("id", "canonical")}
        return tuple(_state(item, ids) for item in items)
    except DataError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration) as error:
        raise DataError(f"it is not as the site publishes it ({type(error).__name__}: {shortened(error)})") from None


def _state(item: Any, ids: dict[str, str]) -> State:
    """Return the state of one Annotation; *ids* are those of all notes, by IRI."""
    bodies = item["body"]
    texts = [body for body in bodies if body["type"] == "TextualBody"]
    article, *ours = item["target"]
    quote = article["selector"][0]
    _, *tags = [body["value"] for body in texts if body["purpose"] == "tagging"]  # the first is the verdict
    fragment: Any = next(_fragments(ours), {})
    fields = {
        "headline": item["headline"],
        "claim": item["claim"],
        "text": texts[0]["value"],
        "evidence": "; ".join(_cited(body) for body in bodies if body["type"] == "SpecificResource"),
        "as-of": item["asOf"],
        "checked": item["checked"],
        "review-by": item["reviewBy"],
        "see": ", ".join(ids.get(name, name) for name in item.get("see", ())),
        "tags": ", ".join(tags),
        "paragraph": fragment.get("value", ""),
        "mark": fragment["refinedBy"][0]["exact"] if fragment else "",
        "source-words": quote["exact"],
        "prefix": quote.get("prefix", ""),
    }
    if not all(isinstance(value, str) for value in fields.values()):
        raise TypeError("a text is none")
    return to_state(
        "annotation",
        item["identifier"],
        fields,
        label=item["number"],
        title=item["headline"],
        verdict=item["verdict"],
    )


def _fragments(targets: list[Any]) -> Iterator[Any]:
    """Yield the selectors of our paragraphs."""
    for target in targets:
        yield from (found for found in target["selector"] if found.get("conformsTo") == _HTML_FRAGMENTS)


def _cited(body: Any) -> str:
    """Return a cited source as the markup writes it."""
    key = body["source"]["citationKey"]
    return f"{key}, {body['locator']}" if "locator" in body else str(key)
