"""The releases in ``docs/data/``: the state of the last one, what each changed, and what we have corrected."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..model.json_text import parse_json
from ..model.records import Location
from ..model.states import KINDS, Change, Correction, Release, State, What
from ..model.text import shortened
from .data_files import DataError, day, load_mapping, said
from .yaml_text import parse_yaml

STATE = "state.json"
CHANGES = "changes.json"
CORRECTIONS = "corrections.yml"
_WHATS = {str(what): what for what in What}


def load_state(path: Path) -> tuple[State, ...]:
    """Return the state of every record of the last release, as recorded in *path*; raises :class:`DataError`."""
    return tuple(_state(key, found) for key, found in (load_mapping(path, parse_json) or {}).items())


def _state(key: str, found: Any) -> State:
    """Return the state under *key*; raises :class:`DataError`."""
    kind, name = _kind_and_id(key)
    try:
        return State(
            kind=kind,
            id=name,
            label=_text(found["label"]),
            title=_text(found["title"]),
            page=_text(found["page"]),
            verdict=_text(found["verdict"]),
            hash=_text(found["hash"]),
            prints=tuple((field, _text(value)) for field, value in found["prints"].items()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"the state of ‘{shortened(key)}’ is not as ‘brief freeze’ writes it ({shortened(error)})"
        ) from None


def to_state_json(states: Iterable[State]) -> str:
    """Return *states* as the text of their file: a line each, in the order of kinds and ids, so that changes merge."""
    kinds = list(KINDS)
    return _lines(
        (
            f"{state.kind} {state.id}",
            {
                "label": state.label,
                "title": state.title,
                "page": state.page,
                "verdict": state.verdict,
                "hash": state.hash,
                "prints": dict(state.prints),
            },
        )
        for state in sorted(states, key=lambda state: (kinds.index(state.kind), state.id))
    )


def load_releases(path: Path) -> tuple[Release, ...]:
    """Return the releases and what each changed, as recorded in *path*; raises :class:`DataError`."""
    days: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {}
    changes: dict[str, list[Change]] = {}
    for key, found in (load_mapping(path, parse_json) or {}).items():
        version, _, rest = key.partition(" ")
        try:
            if rest:
                changes[version].append(_change(rest, found))
            else:
                counts = tuple((kind, int(number)) for kind, number in found["records"].items())
                days[version], changes[version] = (day(found["on"]), counts), []
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise DataError(
                f"the entry ‘{shortened(key)}’ is not as ‘brief freeze’ writes it ({shortened(error)})"
            ) from None
    return tuple(
        Release(version=version, on=on, counts=counts, changes=tuple(changes[version]))
        for version, (on, counts) in days.items()
    )


def _change(key: str, found: Any) -> Change:
    """Return the change under *key*; raises what :func:`load_releases` expects."""
    kind, name = _kind_and_id(key)
    texts = {field: _text(found.get(field, "")) for field in ("label", "page", "was", "now", "hash", "why", "instead")}
    return Change(
        what=_WHATS[found["what"]],
        kind=kind,
        id=name,
        title=_text(found["title"]),
        fields=tuple(map(_text, found.get("fields", ()))),
        **texts,
    )


def to_changes_json(releases: Iterable[Release]) -> str:
    """Return *releases* as the text of their file, in their order: a line for each, and one for each of its changes."""

    def entries() -> Iterator[tuple[str, dict[str, Any]]]:
        for release in releases:
            yield release.version, {"on": release.on, "records": dict(release.counts)}
            for change in release.changes:
                told = {
                    "what": str(change.what),
                    "label": change.label,
                    "title": change.title,
                    "page": change.page,
                    "was": change.was,
                    "now": change.now,
                    "hash": change.hash,
                    "fields": list(change.fields),
                    "why": change.why,
                    "instead": change.instead,
                }
                yield (
                    f"{release.version} {change.kind} {change.id}",
                    {name: value for name, value in told.items() if value or name == "title"},
                )

    return _lines(entries())


def load_corrections(path: Path, shown: str) -> tuple[Correction, ...]:
    """Return the corrections in *path*, which messages call *shown*, by day and id; raises :class:`DataError`."""
    corrections = [
        _correction(str(name), entry, shown)
        for name, found in (load_mapping(path, parse_yaml) or {}).items()
        for entry in (found if isinstance(found, list) else [found])
    ]
    return tuple(sorted(corrections, key=lambda correction: (correction.date, correction.id, correction.wrong)))


def _correction(name: str, found: Any, shown: str) -> Correction:
    """Return one correction of the record *name*; raises :class:`DataError`."""
    try:
        return Correction(
            id=name,
            date=dt.date.fromisoformat(str(found["date"])).isoformat(),
            wrong=said(found["wrong"], "wrong"),
            location=Location(path=shown, line=1),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"the correction of ‘{shortened(name)}’ lacks {shortened(error)}; it needs ‘date’ and ‘wrong’"
        ) from None
    except ValueError as error:
        raise DataError(
            f"the correction of ‘{shortened(name)}’ is not as it should be ({shortened(error)}); ‘date’ is a day, ‘wrong’ a sentence"
        ) from None


def _kind_and_id(key: str) -> tuple[str, str]:
    """Return kind and id that *key* names; raises :class:`DataError`."""
    kind, _, name = key.partition(" ")
    if kind not in KINDS or not name:
        raise DataError(f"‘{shortened(key)}’ names no record")
    return kind, name


def _text(value: Any) -> str:
    """Return *value*, which must be text; raises :class:`TypeError`."""
    if not isinstance(value, str):
        raise TypeError(f"‘{shortened(value)}’ is no text")
    return value


def _lines(entries: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """Return *entries* as a JSON object with a line for each."""
    lines = [
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(found, ensure_ascii=False)}" for key, found in entries
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"
