"""``docs/data/links.json``: what the addresses of the sources answered when they were last asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..model.json_text import parse_json
from ..model.records import LinkCheck
from ..model.text import shortened
from ..model.vocabulary import Light
from .data_files import day

FILE_NAME = "data/links.json"  # below the source folder
_LIGHTS = {str(light): light for light in Light}


class LightsError(ValueError):
    """A file that `brief links` cannot have written; the message says what is wrong."""


def load_lights(path: Path) -> tuple[LinkCheck, ...]:
    """Return the results in *path*, ordered by address; none where there is no such file.

    Raises :class:`LightsError` for a file that is not of the form that :func:`to_lights_json` writes.
    """
    if not path.exists():
        return ()
    try:
        links = parse_json(path.read_text("utf-8"))["links"]
        return tuple(_check(url, found) for url, found in sorted(links.items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LightsError(f"it is not of the form that ‘brief links’ writes ({shortened(error)})") from None


def _check(url: str, found: dict[str, Any]) -> LinkCheck:
    """Return what the file says of an address; raises ValueError or TypeError for a value of another kind."""
    texts = [value for name, value in found.items() if name != "status"]
    if not isinstance(found.get("status"), int | None) or not all(isinstance(text, str) for text in texts):
        raise TypeError(f"a value of ‘{url}’ is of another kind")
    return LinkCheck(url=url, **{**found, "light": _LIGHTS[found["light"]], "checked": day(found["checked"])})


def to_lights_json(checks: Iterable[LinkCheck]) -> str:
    """Return *checks* as the text of the file: one object an address, in the order of the addresses."""
    links: dict[str, dict[str, Any]] = {}
    for check in sorted(checks, key=lambda found: found.url):
        fields = {"light": str(check.light), "checked": check.checked, "status": check.status}
        fields |= {name: value for name in ("final", "archive", "reason") if (value := getattr(check, name))}
        links[check.url] = fields
    return json.dumps({"links": links}, ensure_ascii=False, indent=1) + "\n"
