"""The work lock ``work.yml``: facts about the article, none of its sentences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jsonschema import Draft7Validator, ValidationError

from ..model.address import is_web_address
from ..model.dates import DateError, parse_edtf
from ..model.json_text import ParseError
from ..model.records import Location, Region, Seal, Work
from ..model.text import shortened
from .yaml_text import parse_yaml

FILE_NAME = "work.yml"
_Found = TypeVar("_Found")
SCHEMA = Path(__file__).parents[1] / "schemas" / "work.schema.json"


class WorkError(ValueError):
    """A work lock that cannot be read; the message says what is wrong."""


def find_lock(docs: Path, slug: str) -> Path:
    """Return the work lock of the brief *slug*, or the only one where that is empty.

    Raises :class:`WorkError` where there is none, or more than one to choose from.
    """
    return choose({path.parent.name: path for path in sorted(docs.glob(f"briefs/*/{FILE_NAME}"))}, slug)


def choose(briefs: Mapping[str, _Found], slug: str) -> _Found:
    """Return that of *briefs* whose slug is *slug*, or the only one where that is empty; raises :class:`WorkError`."""
    if slug in briefs:
        return briefs[slug]
    if slug or len(briefs) != 1:
        wrong = f"there is no brief ‘{slug}’" if slug else "name the brief with --work"
        raise WorkError(f"{wrong}; there is {', '.join(briefs) or 'none'}")
    return next(iter(briefs.values()))


def brief_folders(docs: Path) -> dict[str, str]:
    """Return the slug of each brief below *docs* by its folder, in the order in which the edition has them."""
    folders = [lock.parent for lock in docs.glob(f"briefs/*/{FILE_NAME}")]
    return {folder.relative_to(docs).as_posix(): folder.name for folder in sorted(folders, key=lambda path: f"{path}/")}


def load_work(path: Path, shown: str) -> Work:
    """Return the facts that the work lock *path* holds; *shown* is the path to print.

    Raises :class:`WorkError` when the file is no YAML mapping, or a key is missing or malformed.
    """
    return to_work(read_facts(path), Location(path=shown, line=1))


def to_work(data: dict[str, Any], location: Location) -> Work:
    """Return the record of the mapping that a work lock is; raises :class:`WorkError` for a malformed part ``lock``."""
    if any(list(error.path)[:1] == ["lock"] for error in _validator().iter_errors(data)):
        raise WorkError("the part ‘lock’ is malformed")
    return _work(data, location)


def read_facts(path: Path) -> dict[str, Any]:
    """Return the mapping that the work lock *path* is, whose part ``lock`` may be missing, or be anything.

    Raises :class:`WorkError` when the file is no YAML mapping, or another key is missing or malformed.
    """
    try:
        data = parse_yaml(path.read_text("utf-8"))
    except ParseError as error:
        raise WorkError(str(error)) from None
    except (OSError, ValueError) as error:
        raise WorkError(f"it cannot be read ({shortened(error)})") from None
    if not isinstance(data, dict):
        raise WorkError("it is no mapping")
    data = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in data.items()}
    faults = [error for error in _validator().iter_errors(data) if list(error.path)[:1] != ["lock"]]
    if faults:
        raise WorkError(
            _said(min(faults, key=lambda error: (error.validator != "required", list(map(str, error.path)))))
        )
    _check_values(data)
    return data


def _check_values(data: dict[str, Any]) -> None:
    """Raise :class:`WorkError` for what has the form that the schema asks for, and is no date or no address."""
    try:
        parse_edtf(str(data["issued"]))
    except DateError as error:
        raise WorkError(f"‘issued’: {error}") from None
    for url in data["urls"]:
        if not is_web_address(url):
            raise WorkError(f"‘urls’: ‘{shortened(url)}’ is no address of the web; give it as a browser shows it")


@cache
def _validator() -> Draft7Validator:
    """Return what judges a work lock: the same schema that editors use."""
    return Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))


def _said(error: ValidationError) -> str:
    """Return in words what is wrong with a work lock."""
    rule: Any = error.validator_value
    found: Any = error.instance
    name = str(error.path[0]) if error.path else ""
    if error.validator == "required":
        return f"the key ‘{next(key for key in rule if key not in found)}’ is missing"
    if error.validator == "additionalProperties":
        known: Any = error.schema
        unknown = next(key for key in found if key not in known["properties"])
        return f"there is no key ‘{shortened(unknown)}’; there are {', '.join(known['properties'])}"
    if name == "paragraphs":
        return f"‘paragraphs’ is ‘{shortened(found)}’; it must be their number"
    if found is None or found == "":
        return f"the key ‘{name}’ is missing"
    kind = "list" if rule == "array" else "text; put it in quotation marks"
    return f"‘{name}’ is no {kind}" if error.validator == "type" else f"‘{name}’ is too short"


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
