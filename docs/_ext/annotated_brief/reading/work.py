"""The work lock ``work.yml``: facts about the article, none of its sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..model.records import Location, Region, Seal, Work

FILE_NAME = "work.yml"


class WorkError(ValueError):
    """A work lock that cannot be read; the message says what is wrong."""


def load_work(path: Path, shown: str) -> Work:
    """Return the facts that the work lock *path* holds; *shown* is the path to print.

    Raises :class:`WorkError` when the file is no YAML mapping or lacks a key.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WorkError(f"it cannot be read ({str(error).splitlines()[0]})") from None
    if not isinstance(data, dict):
        raise WorkError("it is no mapping")
    try:
        return _work(data, Location(path=shown, line=1))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WorkError(f"the key {error} is missing or malformed") from None


def _work(data: dict[str, Any], location: Location) -> Work:
    """Return the record of the mapping *data*."""
    lock = data.get("lock") or {"salt": "", "regions": {}, "windows": "", "seals": {}}
    return Work(
        title=str(data["title"]),
        author=str(data["author"]),
        issued=str(data["issued"]),
        container=str(data["container"]),
        urls=tuple(map(str, data["urls"])),
        lang=str(data["lang"]),
        paragraphs=int(data["paragraphs"]),
        exceptions=tuple(map(str, data.get("exceptions", ()))),
        salt=str(lock["salt"]),
        regions=tuple(
            Region(id=str(key), sha256=str(value["sha256"]), word_count=int(value["words"]))
            for key, value in lock["regions"].items()
        ),
        windows=frozenset(str(lock["windows"]).split()),
        seals=tuple(
            (str(key), Seal(region=str(v["region"]), offset=int(v["offset"]), hash=str(v["hash"])))
            for key, v in lock["seals"].items()
        ),
        location=location,
    )
