"""What is known of files since they were written: those of a brief that is as it was need not be made again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ..model.holdings import Holdings
from .files import ExportedFile
from .index import resources_of
from .site import Site
from .write import write_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The files of one brief, or those that belong to none."""

    made_of: str  # digest of all that they are made of
    paths: tuple[str, ...]  # below the site
    resources: tuple[str, ...]  # the data files among them, as the index lists them
    held: dict[str, dict[str, list[str]]]  # by the name of a file, the ids of what it holds by kind

    def stands(self, out: Path, made_of: str) -> bool:
        """Return whether the files in the folder *out* are those that would be made of the same."""
        return self.made_of == made_of and self.is_whole(out)

    def is_whole(self, out: Path) -> bool:
        """Return whether no file has gone from the folder *out*."""
        return all((out / path).is_file() for path in self.paths)


def write_kept(files: Iterable[ExportedFile], more: Mapping[str, bytes], out: Path, site: Site, made_of: str) -> Kept:
    """Write data *files*, and what lies beside them by its path, into the folder *out*, and return what is known of them."""
    written = list(files)
    for file in written:
        write_bytes(out / file.path, file.content)
    for path, content in more.items():
        write_bytes(out / path, content)
    return Kept(
        made_of=made_of,
        paths=(*(file.path for file in written), *more),
        resources=tuple(resources_of(written, site)),
        held={file.path.rpartition("/")[2]: _listed(held) for file in written if (held := file.held)},
    )


def _listed(held: Holdings) -> dict[str, list[str]]:
    return {kind: list(names) for kind, names in held.items()}


def save_kept(path: Path, kept: Mapping[str, Kept]) -> None:
    """Keep what is known, by the name of a part of the edition, in the file *path*."""
    parts = {name: {field.name: getattr(one, field.name) for field in fields(one)} for name, one in kept.items()}
    write_bytes(path, json.dumps(parts).encode())


def load_kept(path: Path) -> dict[str, Kept]:
    """Return what :func:`save_kept` kept; nothing where the file is gone, cut off or of another version of the program."""
    try:
        return {
            name: Kept(**{**one, "paths": tuple(one["paths"]), "resources": tuple(one["resources"])})
            for name, one in json.loads(path.read_bytes()).items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
