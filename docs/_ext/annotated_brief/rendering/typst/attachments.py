"""Files that travel inside the PDF. Whoever has some to give answers the event ``brief-attachments``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sphinx.builders import Builder

from .code import Value

EVENT = "brief-attachments"  # handlers get the application and return an iterable of Attachment
FOLDER = "attached"  # beside the code


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file inside the PDF; PDF/A-3 wants its media type and what it is."""

    name: str  # a plain file name
    text: str
    media_type: str
    title: str


def gather(builder: Builder) -> list[Attachment]:
    """Return what all handlers of the event give, under names that tell them apart."""
    found = [item for given in builder.events.emit(EVENT) for item in given or ()]
    taken = Counter(PurePosixPath(item.name).name for item in found)
    return [
        Attachment(
            name=plain if taken[plain := PurePosixPath(item.name).name] == 1 else item.name.replace("/", "-"),
            text=item.text,
            media_type=item.media_type,
            title=item.title,
        )
        for item in found
    ]


def write_attachments(attachments: list[Attachment], folder: Path) -> list[Value]:
    """Write the files into *folder*, where Typst reads them; return what the code says of each."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for item in attachments:
        (folder / FOLDER / item.name).write_text(item.text, encoding="utf-8", newline="")
    return [
        {"name": item.name, "path": f"{FOLDER}/{item.name}", "media-type": item.media_type, "title": item.title}
        for item in attachments
    ]
