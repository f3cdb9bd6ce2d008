"""The work lock ``work.yml``: facts about the article, none of its sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..model.records import Location, Region, Seal, Work

FILE_NAME = "work.yml"
_KEYS = ("title", "author", "issued", "container", "urls", "lang", "paragraphs")


class WorkError(ValueError):
    """A work lock that cannot be read; the message says what is wrong."""


def find_lock(docs: Path, slug: str) -> Path:
    """Return the work lock of the brief *slug*, or the only one where that is empty.

    Raises :class:`WorkError` where there is none, or more than one to choose from.
    """
    locks = {path.parent.name: path for path in sorted(docs.glob(f"briefs/*/{FILE_NAME}"))}
    if slug in locks:
        return locks[slug]
    if slug:
        raise WorkError(f"there is no brief ‘{slug}’; there is {', '.join(locks) or 'none'}")
    if len(locks) != 1:
        raise WorkError(f"name the brief with --work: {', '.join(locks) or 'there is none'}")
    return next(iter(locks.values()))


def load_work(path: Path, shown: str) -> Work:
    """Return the facts that the work lock *path* holds; *shown* is the path to print.

    Raises :class:`WorkError` when the file is no YAML mapping, or a key is missing or malformed.
    """
    return to_work(read_facts(path), Location(path=shown, line=1))


def to_work(data: dict[str, Any], location: Location) -> Work:
    """Return the record of the mapping that a work lock is; raises :class:`WorkError` for a malformed part ``lock``."""
    try:
        return _work(data, location)
    except (TypeError, ValueError, AttributeError, KeyError):
        raise WorkError("the part ‘lock’ is malformed") from None


def read_facts(path: Path) -> dict[str, Any]:
    """Return the mapping that the work lock *path* is, whose part ``lock`` may be missing, or be anything.

    Raises :class:`WorkError` when the file is no YAML mapping, or another key is missing or malformed.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise WorkError(f"it cannot be read ({str(error).splitlines()[0]})") from None
    if not isinstance(data, dict):
        raise WorkError("it is no mapping")
    for key in _KEYS:
        if data.get(key) is None:
            raise WorkError(f"the key ‘{key}’ is missing")
    for key in ("urls", "exceptions"):
        if not isinstance(data.get(key, []), list):
            raise WorkError(f"‘{key}’ is no list")
    if type(data["paragraphs"]) is not int or data["paragraphs"] < 1:
        raise WorkError(f"‘paragraphs’ is ‘{data['paragraphs']}’; it must be their number")
    return data


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
        paragraphs=data["paragraphs"],
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
