"""Answers that name records: one that is not there is refused when it is asked for, before the rest is answered in vain."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ..checks.references import nearest
from ..reading.options import Option


def naming_sources(option: Option, known: Collection[str]) -> Option:
    """Return *option* so that it takes no source but those that are *known*."""

    def read(text: str) -> Any:
        items = option.read(text)
        for item in items:
            if item.id not in known:
                hint = f"{nearest(item.id, known)} A new source is added with ‘brief new source’"
                raise ValueError(f"‘{item.id}’ is not in refs.bib; {hint}")
            if item.locator in known:
                raise ValueError(f"‘{item.locator}’ is a source, and no place in ‘{item.id}’; write ; between sources")
        return items

    return replace(option, read=read)


def naming(kind: str, option: Option, known: Collection[str]) -> Option:
    """Return *option*, which names one record or several of a *kind*, so that it takes none but those that are *known*."""

    def read(text: str) -> Any:
        found = option.read(text)
        for name in (found,) if isinstance(found, str) else found:
            if name not in known:
                raise ValueError(f"there is no {kind} ‘{name}’; {nearest(name, known)}")
        return found

    return replace(option, read=read)
