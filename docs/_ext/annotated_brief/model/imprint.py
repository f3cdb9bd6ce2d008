"""What reference managers ask of a source, in the terms of the Citation Style Language (CSL)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """The name of a person or body (CSL name variable); a body has its whole name as *family*."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        """``Family, Given``, or the name of a body as it stands."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a reference manager asks of a source beyond what the edition itself uses."""

    authors: tuple[PersonName, ...] = ()
    editors: tuple[PersonName, ...] = ()
    container: str = ""  # journal, or book that a chapter is in
    publisher: str = ""  # who brought it out; never the journal
    place: str = ""
    volume: str = ""
    number: str = ""  # issue of a journal, number of a report
    pages: str = ""
    genre: str = ""  # kind of report or thesis
    title_en: str = ""  # our translation of the title
