"""One file that is published beside the pages: what it is, and how its text is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..model.holdings import Holdings

TEXT_LICENCE = "CC-BY-4.0"
CODE_LICENCE = "MIT"


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """One file; its content is made when it is asked for, so that a list of files costs nothing."""

    path: str  # below the site
    make: Callable[[], str | bytes]
    media_type: str  # as registered with IANA, where it is
    title: str  # what the file is, for people who look at a list
    schema: str = ""  # path of its schema below the site, or address of the standard that defines the format
    licence: str = TEXT_LICENCE  # SPDX identifier
    linked: bool = False  # whether every page names it as an alternative form (``<link rel="alternate">``)
    record: str = ""  # id of the one record that the file is about; empty where it is about the whole
    group: str = ""  # where each record has such a file: what all of them are, for a list that names them once
    holds: Callable[[str], Holdings] = (
        lambda _: {}
    )  # its text → of the kinds of record it is to hold whole: which it has
    columns: tuple[dict[str, Any], ...] = ()  # of a table: its fields, as a Table Schema describes them

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file."""
        made = self.make()
        return made.encode() if isinstance(made, str) else made

    @property
    def held(self) -> Holdings:
        """The ids of the records that the file has, of the kinds that it is to hold whole; read from what it says."""
        return self.holds(self.content.decode())
