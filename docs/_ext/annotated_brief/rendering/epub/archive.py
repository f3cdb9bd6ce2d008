"""The archive: a ZIP file of the same bytes for the same files, in the order and form that EPUB asks for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FIRST = "mimetype"  # stored uncompressed, before all else: https://www.w3.org/TR/epub-33/#sec-zip-container-mime
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can tell; the package document has the true date
_UNIX, _MODE = 3, 0o100644


def write_archive(folder: Path, names: Iterable[str], name: str) -> None:
    """Write the files *names* of *folder* into the EPUB *name* in it, by way of a temporary file beside it."""
    draft = folder / f".{name}.tmp"
    with ZipFile(draft, "w") as archive:
        for file in (_FIRST, *names):
            info = ZipInfo(file, _WHEN)
            info.create_system, info.external_attr = _UNIX, _MODE << 16
            info.compress_type = ZIP_STORED if file == _FIRST else ZIP_DEFLATED
            archive.writestr(info, (folder / file).read_bytes())
    draft.replace(folder / name)
