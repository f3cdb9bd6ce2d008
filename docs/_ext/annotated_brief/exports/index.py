"""``data/index.json``: every exported file, as a Data Package (version 2 of the standard)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..model.citing import LICENCE
from .files import TEXT_LICENCE, ExportedFile
from .site import Site
from .tables import dump

PATH = "data/index.json"
_FOLDER = "data/"
_NONE = '"resources": []'
_LICENCES = {
    "CC-BY-4.0": (LICENCE, "Creative Commons Attribution 4.0"),
    "MIT": ("https://opensource.org/license/mit", "MIT License"),
}


def index_file(resources: Callable[[], Iterable[str]], site: Site) -> ExportedFile:
    """Return the list of all *resources*, as a file."""
    return ExportedFile(
        path=PATH,
        make=lambda: to_index(resources(), site),
        media_type="application/json",
        title="Index of all data files",
        schema="https://datapackage.org/profiles/2.0/datapackage.json",
        linked=True,
    )


def to_index(resources: Iterable[str], site: Site) -> str:
    """Return the list of *resources*, which :func:`resources_of` gives: a set has more of them than are written for one change."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", site.name.lower()).strip("-") or "edition",
        "title": site.name,
        "licenses": [_licence(TEXT_LICENCE)],
        "resources": [],
    }
    around = dump(package | ({"homepage": site.base} if site.base else {}))
    listed = ",\n".join(resources)
    return around.replace(_NONE, _NONE.replace("[]", f"[\n{listed}\n  ]"), 1) if listed else around


def resources_of(files: Iterable[ExportedFile], site: Site) -> Iterator[str]:
    """Yield each of *files* as it stands in the list: media type, size, SHA-256, licence and what it conforms to.

    A Data Package lies beside what it lists, so files that are published elsewhere are named by their address, and
    left out where that of the site is unknown. ``conformsTo`` is the property of DCAT and Dublin Core; ``schema`` is
    kept for tables, of which the standard says what it holds.
    """
    for file in files:
        if (resource := _resource(file, site)) is not None:
            yield f"    {dump(resource).rstrip()}".replace("\n", "\n    ")


def join_indexes(texts: Iterable[str], slugs: Sequence[str]) -> str:
    """Return the index of an edition from those of its parts: first what belongs to no brief, then that of each of *slugs*."""
    whole: dict[str, Any] = {}
    resources: list[dict[str, Any]] = []
    for text in texts:
        whole = json.loads(text)
        resources += whole["resources"]
    places = {slug: place for place, slug in enumerate(slugs)}
    whole["resources"] = sorted(resources, key=lambda found: places.get(found["path"].partition("/")[0], -1))
    return dump(whole)


def _resource(file: ExportedFile, site: Site) -> dict[str, Any] | None:
    """Return one file as a resource, or None where it has no address."""
    path = _place(file.path, site)
    if not path:
        return None
    resource: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", file.path.removeprefix(_FOLDER).lower()),
        "path": path,
        "title": file.title,
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        "licenses": [_licence(file.licence)],
    }
    if file.schema:
        resource["conformsTo"] = _place(file.schema, site)
    if file.record:
        resource["about"] = file.record
    if file.columns:
        resource |= {"type": "table", "schema": {"fields": list(file.columns)}}
    elif file.media_type.endswith("json"):
        resource["type"] = "json"  # else readers take what is called a schema for that of a table
    return resource


def _place(path: str, site: Site) -> str:
    """Return *path* relative to the index, or an address for what does not lie below it."""
    if "://" in path:
        return path
    if path.startswith(_FOLDER):
        return path.removeprefix(_FOLDER)
    return f"{site.base}{path}" if site.base else ""


def _licence(name: str) -> dict[str, str]:
    """Return the licence with this SPDX identifier."""
    path, title = _LICENCES[name]
    return {"name": name, "path": path, "title": title}
