"""The files in ``docs/data/``: what was reviewed, released, withdrawn and corrected, and the outlines of states."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from ..diagnostics import Code, Diagnostic
from ..model.json_text import parse_json
from ..model.records import History, Location, Review, Tombstone
from ..model.text import shortened
from .data_files import DataError, day, load_mapping, said
from .lights import FILE_NAME as LIGHTS
from .lights import LightsError, load_lights
from .releases import CHANGES, CORRECTIONS, STATE, load_corrections, load_releases, load_state
from .yaml_text import parse_yaml

FOLDER = "data"  # below the source folder
REVIEWS = "reviews.json"
RELEASED = "released.json"
WITHDRAWN = "withdrawn.yml"
HISTORY = "history.json"
ATLAS = "atlas.json"


def load_reviews(path: Path) -> tuple[Review, ...] | None:
    """Return the recorded reviews in *path*, or None where there is no such file; raises :class:`DataError`."""
    found = load_mapping(path, parse_json)
    return None if found is None else tuple(_review(name, review) for name, review in found.items())


def _review(name: str, found: Any) -> Review:
    """Return the review of the annotation *name*; raises :class:`DataError`."""
    try:
        by, on, rests = found["by"], dt.date.fromisoformat(found["on"]), sorted(found["rests"].items())
        if not by or not all(isinstance(part, str) for part in (by, *(part for pair in rests for part in pair))):
            raise ValueError("an empty or strange value")
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DataError(
            f"the review of ‘{shortened(name)}’ is not as ‘brief review’ writes it ({shortened(error)})"
        ) from None
    return Review(annotation=name, by=by, on=on.isoformat(), rests=tuple(rests))


def to_reviews_json(reviews: Iterable[Review]) -> str:
    """Return *reviews* as the text of their file: a line each, in the order of the ids, so that changes merge."""
    lines = [
        f"{json.dumps(review.annotation)}: "
        + json.dumps({"by": review.by, "on": review.on, "rests": dict(review.rests)}, ensure_ascii=False)
        for review in sorted(reviews, key=lambda found: found.annotation)
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def load_history(path: Path) -> tuple[History, ...]:
    """Return when each annotation was written, as recorded in *path*; raises :class:`DataError`."""
    try:
        return tuple(
            History(annotation=name, created=day(found["created"]), modified=day(found["modified"]))
            for name, found in (load_mapping(path, parse_json) or {}).items()
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"a date is not as ‘brief freeze’ writes it ({shortened(error)})") from None


def to_history_json(history: Iterable[History]) -> str:
    """Return *history* as the text of its file: a line each, in the order of the ids, so that changes merge."""
    lines = [
        f"{json.dumps(found.annotation)}: " + json.dumps({"created": found.created, "modified": found.modified})
        for found in sorted(history, key=lambda found: found.annotation)
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def load_released(path: Path) -> tuple[tuple[str, str], ...]:
    """Return kind and id of every record of the last release; raises :class:`DataError`."""
    found = load_mapping(path, parse_json) or {}
    if not all(isinstance(names, list) for names in found.values()):
        raise DataError("it is not as ‘brief freeze’ writes it")
    return tuple((kind, str(name)) for kind, names in found.items() for name in names)


def to_released_json(identified: Iterable[tuple[str, str]]) -> str:
    """Return kinds and ids as the text of their file, sorted."""
    kinds: dict[str, list[str]] = {}
    for kind, name in sorted(identified):
        kinds.setdefault(kind, []).append(name)
    return json.dumps(kinds, indent=1) + "\n"


def load_withdrawn(path: Path, shown: str) -> tuple[Tombstone, ...]:
    """Return the tombstones in *path*, which messages call *shown*; raises :class:`DataError`."""
    try:
        return tuple(
            Tombstone(
                id=str(name),
                date=dt.date.fromisoformat(str(found["date"])).isoformat(),
                why=said(found["why"], "why"),
                instead=str(found.get("instead", "")),
                location=Location(path=shown, line=1),
            )
            for name, found in (load_mapping(path, parse_yaml) or {}).items()
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"a tombstone lacks {shortened(error)}; it needs ‘date’ and ‘why’") from None
    except DataError:
        raise
    except ValueError as error:
        raise DataError(
            f"a tombstone is not as it should be ({shortened(error)}); ‘date’ is a day, ‘why’ a sentence"
        ) from None


def load_atlas(path: Path) -> str:
    """Return the outlines of states in *path* as TopoJSON, or nothing where there are none; raises :class:`DataError`."""
    found = load_mapping(path, parse_json)
    if found is None:
        return ""
    if found.get("type") != "Topology" or not {"source", "view"} <= found.keys():
        raise DataError("it is not as ‘scripts/refresh-map’ writes it")
    return json.dumps(found)


def load_recorded(
    docs: Path, show: Callable[[Path], str], *, required: bool
) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Return the parts of the corpus that commands write below *docs*, and what is wrong with their files.

    *show* returns the path that messages print. Where the records of reviews and releases are *required*, one that is
    gone is a fault: without it the rules that rest on it would be silent.
    """
    folder = docs / FOLDER
    reviews, released = folder / REVIEWS, folder / RELEASED
    history, state, changes = folder / HISTORY, folder / STATE, folder / CHANGES
    withdrawn, corrections, lights = folder / WITHDRAWN, folder / CORRECTIONS, docs / LIGHTS
    readers: dict[str, tuple[Path, Callable[[], Any]]] = {
        "links": (lights, partial(load_lights, lights)),
        "reviews": (reviews, partial(load_reviews, reviews)),
        "history": (history, partial(load_history, history)),
        "released": (released, partial(load_released, released)),
        "atlas": (folder / ATLAS, partial(load_atlas, folder / ATLAS)),
        "tombstones": (withdrawn, partial(load_withdrawn, withdrawn, show(withdrawn))),
        "corrections": (corrections, partial(load_corrections, corrections, show(corrections))),
        "releases": (changes, partial(load_releases, changes)),
        "frozen": (state, partial(load_state, state)),
    }
    parts: dict[str, Any] = {"released_in": show(released)}
    problems: list[Diagnostic] = []
    for part, (path, read) in readers.items():
        try:
            if required and path in {reviews, released} and not path.exists():
                raise DataError("it is gone, so that nothing is known of what was reviewed or released")
            if path in {state, changes} and not path.exists() and (state.exists() or changes.exists()):
                raise DataError("it is gone, so that nothing is known of what the last release changed")
            parts[part] = read()
        except (LightsError, DataError) as error:
            problems.append(
                Diagnostic(
                    code=Code.BAD_DATA,
                    message=str(error),
                    location=Location(path=show(path), line=1),
                    hint="restore it from the last commit, or write it again",
                )
            )
    return parts, tuple(problems)
